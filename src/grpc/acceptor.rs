//! Takes connections: within the limits, encrypted where the settings say so, and only of clients that speak HTTP/2.

use std::{
    io::{
        self,
        ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted},
    },
    net::SocketAddr,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::mpsc, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{
    asker::lane_of,
    connection::{Connection, Peer},
    listen::{AnySocket, Listener},
    room::{Place, Room},
    tls::{self, Encryption},
    unlucky,
};
use crate::service::{CallLimits, Queue, Times, Waiting};

/// How long to wait after an error of the system, such as too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// How long a handshake keeps its turn: many times what it computes, and so short that those who stop in the middle of it
/// don't keep others out, even as many of them as one peer may open.
const TURN: Duration = Duration::from_millis(100);

/// Takes connections.
pub(super) struct Acceptor {
    room: Arc<Room>,
    encryption: Option<Encryption>,
    handshakes: Arc<Queue>,
    patience: Duration,
    life: Option<Duration>,
    out: mpsc::Sender<Connection>,
}

impl Acceptor {
    /// An acceptor, and the connections that it takes. `age` is when a connection is asked to end.
    pub fn new(
        limits: &CallLimits,
        times: &Times,
        age: Option<Duration>,
        encryption: Option<Encryption>,
    ) -> (Arc<Self>, mpsc::Receiver<Connection>) {
        let (out, connections) = mpsc::channel(1);
        let grace = (times.connection_grace_ms > 0).then(|| Duration::from_millis(times.connection_grace_ms));
        let acceptor = Self {
            room: Room::new(limits.connections, limits.connections_per_peer),
            encryption,
            // No more wait than connections may be open.
            handshakes: Queue::new(limits.handshakes, limits.connections),
            patience: Duration::from_millis(times.handshake_ms),
            life: age.zip(grace).map(|(age, grace)| age.saturating_add(grace)),
            out,
        };
        (Arc::new(acceptor), connections)
    }

    /// Takes connections until the service ends, or nobody wants them any more. Then it stops listening.
    pub async fn run(self: Arc<Self>, listeners: Vec<Listener>, ending: CancellationToken) {
        let mut listening = tokio::task::JoinSet::new();
        for listener in listeners {
            listening.spawn(self.clone().listen(listener, ending.clone()));
        }
        while listening.join_next().await.is_some() {}
    }

    async fn listen(self: Arc<Self>, listener: Listener, ending: CancellationToken) {
        loop {
            let accepted = tokio::select! {
                () = ending.cancelled() => return,
                () = self.out.closed() => return,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((socket, peer)) => match self.room.enter(peer.map(|peer| peer.ip())) {
                    Ok(place) => {
                        if place.has_replaced() {
                            unlucky::GAVE_WAY.one_more(peer, None);
                        }
                        tokio::spawn(self.clone().receive(socket, peer, place));
                    }
                    Err(limit) => unlucky::by_limit(limit).one_more(peer, None),
                },
                // A client that left before it was taken.
                Err(error) if matches!(error.kind(), ConnectionAborted | ConnectionReset | Interrupted) => {}
                Err(error) => {
                    tracing::debug!(%error, "a connection could not be taken");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    async fn receive(self: Arc<Self>, socket: AnySocket, peer: Option<SocketAddr>, place: Place) {
        let leave = place.presence().leave.clone();
        let opened = tokio::select! {
            opened = timeout(self.patience, self.open(socket, peer, place)) => opened,
            () = leave.cancelled() => return,
        };
        match opened {
            Ok(Ok(connection)) => drop(self.out.send(connection).await),
            Ok(Err(error)) => unlucky::HANDSHAKE.one_more(peer, Some(&error)),
            Err(_) => unlucky::SILENT.one_more(peer, None),
        }
    }

    /// The handshakes of TLS and of HTTP/2.
    async fn open(&self, socket: AnySocket, address: Option<SocketAddr>, place: Place) -> io::Result<Connection> {
        // Nobody listens in on a socket of this machine, which has no address.
        let Some(encryption) = self.encryption.as_ref().filter(|_| address.is_some()) else {
            return Connection::open(socket, Peer { address, certificate: None }, self.life, place).await;
        };
        // Who says nothing takes no turn.
        let hello = tls::hello(socket).await?;
        let turn = self.handshakes.place(self.turn_of(address)).await.map_err(|_| io::ErrorKind::TimedOut)?;
        let mut handshake = pin!(tls::encrypted(hello, encryption.value().0.clone()));
        let in_turn = timeout(TURN, &mut handshake).await;
        drop(turn);
        let (socket, certificate) = match in_turn {
            Ok(done) => done?,
            Err(_) => handshake.await?,
        };
        Connection::open(socket, Peer { address, certificate }, self.life, place).await
    }

    /// Where a handshake waits: behind those of its own address, with which others take turns, for as long as it likes.
    fn turn_of(&self, address: Option<SocketAddr>) -> Waiting {
        let until = Instant::now() + self.patience;
        let lane = lane_of("", address.map(|address| address.ip()));
        Waiting { lane, begin_by: until, end_by: until, is_patient: true }
    }
}

/// An age with a tenth more or less.
pub(super) fn jittered(age: Duration) -> Duration {
    // Of a random identifier, whose first bits are random.
    let part = u32::try_from(uuid::Uuid::new_v4().as_u128() >> 96).unwrap_or_default() % 201;
    age / 1_000 * (900 + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_differs_by_a_tenth_at_most() {
        let ages: Vec<Duration> = (0..1_000).map(|_| jittered(Duration::from_secs(1_000))).collect();
        assert!(ages.iter().all(|age| (900..=1_100).contains(&age.as_secs())));
        assert!(ages.iter().any(|age| age.as_secs() < 930) && ages.iter().any(|age| age.as_secs() > 1_070));
    }
}
