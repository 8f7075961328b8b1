//! How many connections are open, in all and by the address that they come from.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Room for connections.
pub(super) struct Room {
    connections: usize,
    per_peer: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    connections: usize,
    by_peer: HashMap<IpAddr, usize>,
}

/// The place of a connection, given back when it is closed.
pub(super) struct Place {
    room: Arc<Room>,
    peer: Option<IpAddr>,
}

impl Room {
    /// Room for this many connections, and this many from one address.
    pub fn new(connections: usize, per_peer: usize) -> Arc<Self> {
        Arc::new(Self { connections, per_peer, taken: Mutex::default() })
    }

    /// A place for a connection.
    ///
    /// # Errors
    ///
    /// The setting that leaves no place.
    pub fn enter(self: &Arc<Self>, peer: Option<IpAddr>) -> Result<Place, &'static str> {
        let peer = peer.map(network);
        let mut taken = self.taken();
        if taken.connections >= self.connections {
            return Err("connections");
        }
        if let Some(peer) = peer {
            let own = taken.by_peer.entry(peer).or_default();
            if *own >= self.per_peer {
                return Err("connections_per_peer");
            }
            *own += 1;
        }
        taken.connections += 1;
        Ok(Place { room: self.clone(), peer })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.room.taken();
        taken.connections -= 1;
        let Some(peer) = self.peer else { return };
        if let Some(own) = taken.by_peer.get_mut(&peer) {
            *own -= 1;
            if *own == 0 {
                taken.by_peer.remove(&peer);
            }
        }
    }
}

/// Whom an address stands for: who has one address of IPv6 has all of its network.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_all_and_by_network_and_given_back() {
        let room = Room::new(3, 2);
        let peer = |text: &str| Some(text.parse().expect("an address"));
        let first = room.enter(peer("2001:db8::1"));
        let second = room.enter(peer("2001:db8::2"));
        assert_eq!(room.enter(peer("2001:db8::3")).err(), Some("connections_per_peer"));
        // The same in both ways of writing it.
        let third = room.enter(peer("::ffff:10.0.0.1"));
        assert_eq!(room.enter(None).err(), Some("connections"));
        drop(first);
        let fourth = room.enter(peer("10.0.0.1"));
        drop(second);
        assert_eq!(room.enter(peer("10.0.0.1")).err(), Some("connections_per_peer"));
        assert!(third.is_ok() && fourth.is_ok() && room.enter(None).is_ok());
        drop((third, fourth));
        assert!(room.taken().by_peer.is_empty());
    }
}
