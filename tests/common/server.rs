//! A server in the test's process, on a free port of this machine.

use std::{net::SocketAddr, time::Duration};

use gouji::{
    config::Config,
    grpc::{ServeError, Server, stubs::compliance_service_client::ComplianceServiceClient},
};
use tokio::{sync::oneshot, task::JoinHandle};
use tonic::transport::Channel;

/// How long a test waits for an event: generous, since nothing is measured.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A server that runs until it is told to end, or the test is over.
pub struct Running {
    pub address: SocketAddr,
    pub end: oneshot::Sender<()>,
    pub served: JoinHandle<Result<(), ServeError>>,
}

/// Starts a server that ends soon once it is told to.
pub async fn start(change: impl FnOnce(&mut Config)) -> Running {
    let mut config = super::config();
    (config.times.drain_delay_ms, config.times.drain_cap_ms) = (0, 200);
    change(&mut config);
    run(Server::bind(config).await.unwrap())
}

/// Runs a server.
pub fn run(server: Server) -> Running {
    let address = server.address().unwrap();
    let (end, told) = oneshot::channel();
    let ending = async {
        if told.await.is_err() {
            std::future::pending().await
        }
    };
    Running { address, end, served: tokio::spawn(server.run(ending)) }
}

/// A connection in clear text.
pub async fn channel(address: SocketAddr) -> Channel {
    Channel::from_shared(format!("http://{address}")).unwrap().connect().await.unwrap()
}

impl Running {
    /// A client with a connection of its own.
    pub async fn client(&self) -> ComplianceServiceClient<Channel> {
        ComplianceServiceClient::new(channel(self.address).await)
    }
}
