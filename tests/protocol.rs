//! What is said around a check: bytes, sizes, compression, identifiers, and the services beside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "protocol/refusals.rs"]
mod refusals;

use bytes::Bytes;
use common::{
    calls::{call, document, framed, h2_client, prefixed, raw, raw_within, request, structured, told},
    server::{channel, start},
};
use gouji::wire::v1;
use tonic::{Code, Request, codec::CompressionEncoding};

#[tokio::test]
async fn a_message_that_is_too_large_gets_its_reason() {
    let running = start(|config| config.limits.request_bytes = 1_000).await;
    let large = || request(document(vec![b'x'; 2_000]));
    let mut compressing = running.client().await.send_compressed(CompressionEncoding::Gzip);
    for answer in [running.client().await.check_report(large()).await, compressing.check_report(large()).await] {
        let error = answer.unwrap_err();
        assert_eq!((error.code(), told(&error).0.as_str()), (Code::ResourceExhausted, "MESSAGE_TOO_LARGE"));
    }
}

#[tokio::test]
async fn bytes_that_are_not_the_message_get_their_reason() {
    let running = start(|_| {}).await;
    let invalid = (Code::InvalidArgument as i32, "MALFORMED_MESSAGE".to_owned());
    assert_eq!(raw(running.address, b"\0\0\0\0\x03\x0a\x7fa").await, invalid);
    assert_eq!(raw(running.address, b"\0\0\0\0\x0a\x0a\x02").await, invalid, "the frame is cut short");
    assert_eq!(raw(running.address, b"\0\0\0\0\0\0\0\0\0\0").await, invalid, "two messages");
    assert_eq!(raw(running.address, b"\0\0\0\0\0\0").await, invalid, "a message, and something");
}

#[tokio::test]
async fn a_message_of_many_small_parts_is_refused_before_it_takes_memory() {
    let running = start(|_| {}).await;
    let empty = prefixed(&[0x1a, 0x00].repeat(2_000_000));
    let refused = (Code::InvalidArgument as i32, "INVALID_REQUEST".to_owned());
    assert_eq!(raw_within(running.address, empty, None).await, refused);
}

#[tokio::test]
async fn both_compressions_work() {
    let running = start(|_| {}).await;
    for encoding in [CompressionEncoding::Gzip, CompressionEncoding::Zstd] {
        let mut client = running.client().await.send_compressed(encoding).accept_compressed(encoding);
        let answer = client.check_report(request(structured("2021"))).await.unwrap();
        assert_eq!(
            answer.metadata().get("grpc-encoding").unwrap(),
            if encoding == CompressionEncoding::Gzip { "gzip" } else { "zstd" }
        );
    }
}

#[tokio::test]
async fn only_a_large_answer_to_a_single_call_is_compressed() {
    let running = start(|_| {}).await;
    let flag = async |method: &str, message: Bytes| {
        let (mut send, _connection) = h2_client(running.address).await;
        let mut head = call(running.address, method);
        head.headers_mut().insert("grpc-accept-encoding", "identity, deflate, gzip".parse().unwrap());
        let (answer, mut body) = send.send_request(head, false).unwrap();
        body.send_data(message, true).unwrap();
        let data = answer.await.unwrap().into_body().data().await.unwrap().unwrap();
        data[0]
    };
    assert_eq!(flag("CheckReport", framed(&request(structured("2021")))).await, 0);
    let mut wrong = structured("2021");
    let Some(v1::filing::Content::Report(report)) = &mut wrong.content else { unreachable!() };
    for section in &mut report.sections {
        section.text = "本年度我局工作作工作作，公开公开的的信息。）（（详情见见。".repeat(40);
    }
    let wrong = request(wrong);
    assert_eq!(flag("CheckReport", framed(&wrong)).await, 1);
    let item = v1::CheckReportsRequest { key: "a".into(), request: Some(wrong), ..Default::default() };
    assert_eq!(flag("CheckReports", framed(&item)).await, 0);
}

#[tokio::test]
async fn a_call_has_an_identifier_and_keeps_its_own() {
    let running = start(|_| {}).await;
    let mut client = running.client().await;
    let mut own = Request::new(request(structured("2021")));
    own.metadata_mut().insert("x-request-id", "case-7".parse().unwrap());
    let answer = client.check_report(own).await.unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap(), "case-7");
    let answer = client.check_report(request(structured("2021"))).await.unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap().len(), 36);
}

#[tokio::test]
async fn what_is_no_grpc_is_refused_as_http_does() {
    let running = start(|_| {}).await;
    let status = async |method: &str, kind: &str| {
        let mut stream = tokio::net::TcpStream::connect(running.address).await.unwrap();
        let (mut sender, connection) = h2::client::handshake(&mut stream).await.unwrap();
        let request = http::Request::builder().method(method).uri("http://x/gouji.v1.ComplianceService/CheckReport");
        let request = request.header("content-type", kind).body(()).unwrap();
        let (answer, _) = sender.send_request(request, true).unwrap();
        tokio::select! {
            answer = answer => answer.unwrap().status().as_u16(),
            ended = connection => panic!("{ended:?}"),
        }
    };
    assert_eq!(status("POST", "application/json").await, 415);
    assert_eq!(status("GET", "application/grpc").await, 405);
    assert_eq!(status("POST", "application/grpc-web").await, 415);
    assert_eq!(status("POST", "application/grpc+json").await, 415);
    assert_eq!(status("POST", "application/grpc+proto").await, 200);
}

#[tokio::test]
async fn reflection_answers_in_both_versions() {
    use tonic_reflection::pb::{v1, v1alpha};
    let running = start(|_| {}).await;
    let channel = channel(running.address).await;
    let request = v1::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(v1::server_reflection_request::MessageRequest::ListServices(String::new())),
    };
    let mut newer = v1::server_reflection_client::ServerReflectionClient::new(channel.clone());
    let mut answers = newer.server_reflection_info(tokio_stream::iter([request])).await.unwrap().into_inner();
    let answer = format!("{:?}", answers.message().await.unwrap().unwrap());
    assert!(answer.contains("gouji.v1.ComplianceService"), "{answer}");
    let request = v1alpha::ServerReflectionRequest {
        host: String::new(),
        message_request: Some(v1alpha::server_reflection_request::MessageRequest::FileContainingSymbol(
            "gouji.v1.Assessment".into(),
        )),
    };
    let mut older = v1alpha::server_reflection_client::ServerReflectionClient::new(channel);
    let mut answers = older.server_reflection_info(tokio_stream::iter([request])).await.unwrap().into_inner();
    let answer = answers.message().await.unwrap().unwrap();
    assert!(matches!(
        answer.message_response,
        Some(v1alpha::server_reflection_response::MessageResponse::FileDescriptorResponse(_))
    ));
}
