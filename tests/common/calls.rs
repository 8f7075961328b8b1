//! Calls and what is told of them: requests, reasons of errors, and HTTP/2 without a gRPC client.

use std::net::SocketAddr;

use bytes::Bytes;
use gouji::wire::{
    google::rpc::{self, BadRequest, ErrorInfo},
    report::report_to,
    v1,
};
use prost::Message;
use tokio::time::timeout;
use tonic::Status;

use super::{clean, dossier, server::PATIENCE};

pub fn structured(edition: &str) -> v1::Filing {
    let report = report_to(&dossier(&clean(edition)).report);
    v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) }
}

pub fn document(content: impl Into<Bytes>) -> v1::Filing {
    let document = v1::Document { content: content.into(), ..Default::default() };
    v1::Filing { content: Some(v1::filing::Content::Document(Box::new(document))) }
}

pub fn request(subject: v1::Filing) -> v1::CheckReportRequest {
    v1::CheckReportRequest { subject: Some(subject), ..Default::default() }
}

/// The reason of an error, and its faulty fields.
pub fn told(status: &Status) -> (String, Vec<String>) {
    details(&rpc::Status::decode(status.details()).unwrap())
}

pub fn details(status: &rpc::Status) -> (String, Vec<String>) {
    let find = |name: &str| status.details.iter().find(|any| any.type_url.ends_with(name)).map(|any| any.value.clone());
    let info = ErrorInfo::decode(find("google.rpc.ErrorInfo").unwrap()).unwrap();
    assert_eq!(info.domain, "gouji");
    let fields = find("google.rpc.BadRequest").map(|value| BadRequest::decode(value).unwrap().field_violations);
    (info.reason, fields.unwrap_or_default().into_iter().map(|violation| violation.field).collect())
}

pub type Connection = tokio::task::JoinHandle<Result<(), h2::Error>>;

/// A connection without a gRPC client.
pub async fn h2_client(address: SocketAddr) -> (h2::client::SendRequest<Bytes>, Connection) {
    let socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let (send, connection) = h2::client::Builder::new().initial_window_size(1 << 24).handshake(socket).await.unwrap();
    (send, tokio::spawn(connection))
}

/// The head of a call.
pub fn call(address: SocketAddr, method: &str) -> http::Request<()> {
    let service = if method.contains('/') { "" } else { "gouji.v1.ComplianceService/" };
    let uri = format!("http://{address}/{service}{method}");
    let head = http::Request::post(uri).header("content-type", "application/grpc").header("te", "trailers");
    head.body(()).unwrap()
}

/// A message as a call's body carries it.
pub fn framed(message: &impl Message) -> Bytes {
    prefixed(&message.encode_to_vec())
}

pub fn prefixed(bytes: &[u8]) -> Bytes {
    [&[0][..], &u32::try_from(bytes.len()).unwrap().to_be_bytes(), bytes].concat().into()
}

/// The status that ends a call, at once or behind messages.
pub async fn ended(answer: h2::client::ResponseFuture) -> Status {
    let (head, mut body) = timeout(PATIENCE, answer).await.unwrap().unwrap().into_parts();
    if let Some(status) = Status::from_header_map(&head.headers) {
        return status;
    }
    while let Some(data) = timeout(PATIENCE, body.data()).await.unwrap() {
        drop(data.unwrap());
    }
    Status::from_header_map(&body.trailers().await.unwrap().unwrap()).unwrap()
}

/// Sends raw bytes as the body of a CheckReport call; returns the gRPC status and the reason of the answer.
pub async fn raw(address: SocketAddr, body: &'static [u8]) -> (i32, String) {
    raw_within(address, body, None).await
}

/// The same with a `grpc-timeout`.
pub async fn raw_within(address: SocketAddr, body: impl Into<Bytes>, timeout: Option<&str>) -> (i32, String) {
    let (send, _connection) = h2_client(address).await;
    let mut request = call(address, "CheckReport");
    if let Some(timeout) = timeout {
        request.headers_mut().insert("grpc-timeout", timeout.parse().unwrap());
    }
    let (response, mut stream) = send.ready().await.unwrap().send_request(request, false).unwrap();
    stream.send_data(body.into(), true).unwrap();
    let response = response.await.unwrap();
    let status = Status::from_header_map(response.headers()).expect("an error at once");
    (status.code() as i32, told(&status).0)
}
