//! A server that asks who calls, with its files; and callers of it.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use gouji::{
    config::{ClientCertificates, Config},
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    wire::{
        google::rpc::{self, ErrorInfo},
        report::report_to,
        v1,
    },
};
use prost::Message;
use rustls::ClientConfig;
use tonic::Status;

use super::{
    common::{
        bearer, clean, dossier, hash,
        server::{self, PATIENCE},
    },
    tls::{self, Authority, Pair, replace},
};

/// The files of a server, and the means to call it.
pub struct Files {
    pub folder: tempfile::TempDir,
}

impl Files {
    pub fn new(server: &Pair, client_ca: &Authority, callers: &str) -> Self {
        let own = Self { folder: tempfile::tempdir().unwrap() };
        server.write(own.folder.path());
        replace(&own.file("ca.pem"), &client_ca.pem);
        own.callers(callers);
        own
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn callers(&self, entries: &str) {
        replace(&self.file("callers.yaml"), &format!("callers:\n{entries}"));
    }

    pub async fn serve(&self, change: impl FnOnce(&mut Config)) -> SocketAddr {
        let running = server::start(|config| {
            let name = |name: &str| self.file(name).to_string_lossy().into_owned();
            config.tls.certificate = name("certificate.pem");
            config.tls.key = name("key.pem");
            config.tls.client_ca = name("ca.pem");
            config.tls.client_certificates = ClientCertificates::Optional;
            config.callers = name("callers.yaml");
            change(config);
        });
        running.await.address
    }
}

pub fn entry(name: &str, known: &str, rest: &str) -> String {
    let known = match known.strip_prefix("token ") {
        Some(token) => format!("sha256: {}", hash(token)),
        None => format!("certificate: '{known}'"),
    };
    format!("- {{ name: {name}, {known}, {rest} }}\n")
}

pub fn request() -> v1::CheckReportRequest {
    let report = report_to(&dossier(&clean("2021")).report);
    let subject = v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) };
    v1::CheckReportRequest { subject: Some(subject), ..Default::default() }
}

/// `OK`, or the reason of an error.
pub fn outcome<T>(answer: Result<T, Status>) -> String {
    answer.map_or_else(|status| info(&status).map_or(format!("{status:?}"), |info| info.reason), |_| "OK".into())
}

pub fn info(status: &Status) -> Option<ErrorInfo> {
    detail(status, "google.rpc.ErrorInfo").and_then(|bytes| ErrorInfo::decode(bytes.as_slice()).ok())
}

pub fn detail(status: &Status, name: &str) -> Option<Vec<u8>> {
    let status = rpc::Status::decode(status.details()).unwrap();
    status.details.iter().find(|any| any.type_url.ends_with(name)).map(|any| any.value.to_vec())
}

/// Calls CheckReport and ListRules over a new connection, with a token if there is one; `closed` where there was no
/// connection.
pub async fn ask(address: SocketAddr, config: Arc<ClientConfig>, token: Option<&str>) -> (String, String) {
    let Ok(channel) = tls::channel(address, config).await else { return ("closed".into(), "closed".into()) };
    let rules = v1::ListRulesRequest::default();
    let answers = match token {
        Some(token) => {
            let mut client = ComplianceServiceClient::with_interceptor(channel, bearer(token));
            (client.check_report(request()).await.map(drop), client.list_rules(rules).await.map(drop))
        }
        None => {
            let mut client = ComplianceServiceClient::new(channel);
            (client.check_report(request()).await.map(drop), client.list_rules(rules).await.map(drop))
        }
    };
    let shown = |answer: Result<(), Status>| match answer {
        // What the transport says where the server has closed the connection.
        Err(status) if status.details().is_empty() => "closed".into(),
        answer => outcome(answer),
    };
    (shown(answers.0), shown(answers.1))
}

/// What the server says of a handshake that it refuses.
pub async fn alerted(address: SocketAddr, config: Arc<ClientConfig>) -> String {
    use tokio::io::AsyncReadExt;
    let error = match tls::socket(address, config).await {
        Ok(mut socket) => tokio::time::timeout(PATIENCE, socket.read_u8()).await.unwrap().unwrap_err(),
        Err(error) => error,
    };
    error.to_string()
}
