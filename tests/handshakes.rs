//! Handshakes that come to nothing, or come by the thousand: the operator sees why, and others go on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/process.rs"]
mod process;
#[path = "common/tls.rs"]
mod tls;

use std::{net::SocketAddr, sync::Arc};

use common::server::{PATIENCE, start};
use gouji::{grpc::stubs::compliance_service_client::ComplianceServiceClient, wire::v1};
use process::Process;
use rustls::ClientConfig;
use tls::{Authority, trusting};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};
use tokio_rustls::TlsConnector;

/// The settings of a server that asks for certificates of an authority.
fn settings(ca: &Authority, folder: &std::path::Path) -> [(&'static str, String); 3] {
    ca.server().write(folder);
    tls::replace(&folder.join("ca.pem"), &ca.pem);
    let name = |name: &str| folder.join(name).to_string_lossy().into_owned();
    [
        ("GOUJI_TLS__CERTIFICATE", name("certificate.pem")),
        ("GOUJI_TLS__KEY", name("key.pem")),
        ("GOUJI_TLS__CLIENT_CA", name("ca.pem")),
    ]
}

/// A client that shakes hands as far as it comes; its address.
async fn tried(address: SocketAddr, config: Arc<ClientConfig>) -> SocketAddr {
    let socket = TcpStream::connect(address).await.unwrap();
    let own = socket.local_addr().unwrap();
    // A client of TLS 1.3 is done before the server has seen its certificate.
    if let Ok(mut socket) = TlsConnector::from(config).connect("localhost".try_into().unwrap(), socket).await {
        let _ = timeout(PATIENCE, socket.read_to_end(&mut Vec::new())).await.unwrap();
    }
    own
}

#[tokio::test]
async fn of_a_burst_that_nothing_follows_all_are_told() {
    const MANY: u64 = 20;
    let ours = Authority::new("ours");
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&ours, folder.path());
    let mut server = Process::start(&settings.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
    for _ in 0..MANY {
        let mut plain = TcpStream::connect(server.address).await.unwrap();
        plain.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
        let _ = timeout(PATIENCE, plain.read_to_end(&mut Vec::new())).await.unwrap();
    }
    let mut told = 0;
    while told < MANY {
        let line = timeout(PATIENCE, server.said("\"why\":\"handshake\"")).await.unwrap();
        let number = line.split("\"connections\":").nth(1).unwrap().split(',').next().unwrap();
        told += number.parse::<u64>().unwrap();
    }
    assert_eq!(told, MANY);
}

#[tokio::test]
async fn each_handshake_that_fails_is_told_with_its_peer_and_its_reason() {
    let (ours, other) = (Authority::new("ours"), Authority::new("other"));
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(&ours, folder.path());
    let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
    let shows = |pair| trusting(&[&ours], Some(&pair));
    let mut http_1 = (*shows(ours.client("CN=a"))).clone();
    http_1.alpn_protocols = vec![b"http/1.1".to_vec()];
    let wrong = [
        ("UnknownIssuer", Some(shows(other.client("CN=a")))),
        ("expired", Some(shows(ours.expired("CN=a")))),
        ("no certificates", Some(trusting(&[&ours], None))),
        ("any known protocol", Some(Arc::new(http_1))),
        ("InvalidContentType", None),
    ];
    for (why, config) in wrong {
        let mut server = Process::start(&settings).await;
        let peer = match config {
            Some(config) => tried(server.address, config).await,
            None => {
                let mut plain = TcpStream::connect(server.address).await.unwrap();
                plain.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.unwrap();
                plain.local_addr().unwrap()
            }
        };
        let told = timeout(PATIENCE, server.said("\"why\":\"handshake\"")).await.expect(why);
        for said in ["\"level\":\"WARN\"", "\"connections\":1", &peer.to_string(), why] {
            assert!(told.contains(said), "{said}: {told}");
        }
        // Who only looks whether somebody listens is no news.
        drop(TcpStream::connect(server.address).await.unwrap());
        server.signal("-TERM");
        let rest = server.said("draining").await;
        assert!(!rest.contains("WARN"), "{rest}");
    }
}

/// Whatever else the certificate says of its owner, and says first.
#[tokio::test]
async fn the_log_names_a_caller_as_the_list_of_callers_does() {
    let (ours, folder) = (Authority::new("ours"), tempfile::tempdir().unwrap());
    let file = folder.path().join("callers.yaml");
    tls::replace(&file, "callers: [{ name: portal, certificate: 'DNS:portal.gov.cn', roles: [check] }]");
    let settings = [&settings(&ours, folder.path())[..], &[("GOUJI_CALLERS", file.display().to_string())]].concat();
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut server = Process::start(&settings).await;
    let own = ours.client_with("DNS:other.gov.cn", "DNS:portal.gov.cn");
    let channel = tls::channel(server.address, trusting(&[&ours], Some(&own))).await.unwrap();
    assert!(ComplianceServiceClient::new(channel).get_server_info(v1::GetServerInfoRequest {}).await.is_ok());
    let told = server.said("answered").await;
    assert!(told.contains("\"caller\":\"portal\"") && !told.contains("other.gov.cn"), "{told}");
}

#[tokio::test]
async fn whoever_shakes_hands_by_the_thousand_waits_behind_itself() {
    const CROWD: usize = 60;
    let (ours, folder) = (Authority::new("ours"), tempfile::tempdir().unwrap());
    ours.server().write(folder.path());
    let running = start(|config| {
        let name = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        (config.tls.certificate, config.tls.key) = (name("certificate.pem"), name("key.pem"));
        (config.times.handshake_ms, config.limits.handshakes) = (3_600_000, 1);
    })
    .await;
    let mut hello = Vec::new();
    let name = "localhost".try_into().unwrap();
    rustls::ClientConnection::new(trusting(&[&ours], None), name).unwrap().write_tls(&mut hello).unwrap();
    // All from another address, each with a whole first message and nothing after it.
    let mut crowd = Vec::new();
    for _ in 0..CROWD {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
        let mut socket = socket.connect(running.address).await.unwrap();
        socket.write_all(&hello).await.unwrap();
        crowd.push(socket);
    }
    // The first of them has been answered: they are there.
    timeout(PATIENCE, crowd[0].readable()).await.unwrap().unwrap();
    let channel = tls::channel(running.address, trusting(&[&ours], None)).await.unwrap();
    let mut client = ComplianceServiceClient::new(channel);
    assert!(client.get_server_info(v1::GetServerInfoRequest {}).await.is_ok());
    let answered = crowd.iter().filter(|socket| socket.try_read(&mut [0]).is_ok()).count();
    assert!(answered < CROWD / 2, "{answered} of the crowd went before");
}
