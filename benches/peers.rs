//! A call of gouji's whole catalogue beside calls of services that do fifty checks with a rule language: `just bench-peers
//! FOLDER` makes them ready and runs this. Processor time of the servers alone, of calls that all take turns.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_arithmetic,
    clippy::cast_precision_loss
)]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../examples/load/mod.rs"]
mod load;
mod reports;

use std::{net::TcpListener, path::Path, process::Command, sync::Arc, time::Duration};

use load::{
    Served,
    calls::{Line, Messages, closed},
};
use reports::SIZES;

const SPAN: Duration = Duration::from_millis(1_500);
const ROUNDS: usize = 3;

/// A service to call: its name, where it stands, its method, what it is sent.
struct Peer {
    name: &'static str,
    server: Arc<Served>,
    method: &'static str,
    messages: Arc<Messages>,
}

fn main() {
    load::serve_if_asked();
    let Ok(folder) = std::env::var("PEERS") else {
        return println!("no peers here: see `just bench-peers`");
    };
    let folder = Path::new(&folder);
    let message = std::fs::read(folder.join("data/good.pb")).unwrap();
    let ours = Arc::new(Served::start(&[]));
    let own = |name, size: usize| Peer {
        name,
        server: ours.clone(),
        method: "gouji.v1.ComplianceService/CheckReport",
        messages: Messages::encoded((0..500).map(|nth| reports::request(SIZES[size], nth))),
    };
    let theirs = |name, server| Peer {
        name,
        server: Arc::new(server),
        method: "ar.Checker/CheckReport",
        messages: Messages::encoded(std::iter::once(message.clone())),
    };
    let mut python = Command::new(folder.join("python/bin/python"));
    python.env("PYTHONPATH", folder.join("py")).arg(folder.join("py/grpc_server.py"));
    let mut node = Command::new("node");
    node.arg(folder.join("node/grpc_server.mjs"));
    let peers = [
        own("gouji, whole catalogue, figures", 0),
        own("gouji, whole catalogue, 3,121 characters", 2),
        theirs("grpcio and protovalidate, 50 checks", start(python)),
        theirs("grpc-js and protovalidate-es, 50 checks", start(node)),
    ];
    tokio::runtime::Runtime::new().unwrap().block_on(compare(&peers));
}

fn start(mut command: Command) -> Served {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    command.arg(port.to_string());
    Served::at(format!("127.0.0.1:{port}"), command)
}

async fn compare(peers: &[Peer]) {
    let mut least = vec![f64::MAX; peers.len()];
    for _ in 0..ROUNDS {
        for (peer, least) in peers.iter().zip(&mut least) {
            *least = least.min(peer.called().await);
        }
    }
    println!("| a call | µs of the server's processor | × figures | × 3,121 characters |");
    println!("|---|---|---|---|");
    for (peer, least_of_peer) in peers.iter().zip(&least) {
        let times = |own: usize| least_of_peer / least[own];
        println!("| {} | {least_of_peer:.0} | {:.2} | {:.2} |", peer.name, times(0), times(1));
    }
}

impl Peer {
    async fn called(&self) -> f64 {
        let lines = Line::open_for(self.method, &self.server.address, 8).await;
        let before = self.server.processor();
        let told = closed(&lines, &self.messages, 32, SPAN).await;
        assert_eq!(told.good, told.all(), "{}: {told:?}", self.name);
        (self.server.processor() - before).as_secs_f64() * 1e6 / told.good as f64
    }
}
