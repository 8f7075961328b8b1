//! Who may call, by token and by certificate, through a real socket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/entrance.rs"]
mod entrance;
#[path = "common/tls.rs"]
mod tls;

use std::time::Instant;

use common::{bearer, server::PATIENCE};
use entrance::{Files, alerted, ask, detail, entry, info, outcome, request};
use gouji::{
    config::ClientCertificates,
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    wire::{
        google::rpc::RetryInfo,
        v1::{self, check_reports_response::Result as Answer},
    },
};
use prost::Message;
use tls::{Authority, Pair, trusting};
use tonic::{Code, transport::Channel};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

/// What is shown: in words, a certificate, a token; and the outcomes of CheckReport and ListRules, or the alert twice.
type Case = (&'static str, Option<Pair>, Option<&'static str>, [&'static str; 2]);

#[tokio::test]
async fn each_token_and_certificate_is_let_in_or_refused_with_its_reason() {
    let (ca, foreign) = (Authority::new("ours"), Authority::new("theirs"));
    let callers = [
        entry("portal", "token good", "roles: [check, waive]"),
        entry("portal", "CN=portal", "roles: [check, waive]"),
        entry("late", "token late", "roles: [check], expires: 2020-12-31"),
        entry("soon", "token soon", "roles: [check], expires: 2999-12-31"),
        entry("idle", "token idle", "roles: []"),
        entry("office", "token office", "roles: [administer]"),
        entry("spiffe", "URI:spiffe://gov.cn/portal", "roles: [check]"),
        entry("host", "DNS:portal.gov.cn", "roles: [check]"),
        entry("none", "CN=idle", "roles: []"),
    ];
    let files = Files::new(&ca.server(), &ca, &callers.concat());
    let address = files.serve(|_| {}).await;
    let (unknown, denied) = ("UNAUTHENTICATED", "PERMISSION_DENIED");
    let good = ca.client("CN=portal");
    let cases: [Case; 18] = [
        ("a token", None, Some("good"), ["OK"; 2]),
        ("a token that will expire", None, Some("soon"), ["OK"; 2]),
        ("nothing", None, None, [unknown; 2]),
        ("an unknown token", None, Some("bad"), [unknown; 2]),
        ("a token of the same beginning", None, Some("goo"), [unknown; 2]),
        ("an expired token", None, Some("late"), [unknown; 2]),
        ("a token without roles", None, Some("idle"), [denied; 2]),
        ("a token of who only administers", None, Some("office"), [denied, "OK"]),
        ("a common name", Some(good.clone()), None, ["OK"; 2]),
        ("a URI", Some(ca.client("URI:spiffe://gov.cn/portal")), None, ["OK"; 2]),
        ("a name of DNS", Some(ca.client("DNS:portal.gov.cn")), None, ["OK"; 2]),
        ("a DNS name that is another's common name", Some(ca.client("DNS:portal")), None, [unknown; 2]),
        ("an unknown name", Some(ca.client("CN=other")), None, [unknown; 2]),
        ("a certificate without roles", Some(ca.client("CN=idle")), None, [denied; 2]),
        ("an expired certificate", Some(ca.expired("CN=portal")), None, ["CertificateExpired"; 2]),
        ("a certificate of another CA", Some(foreign.client("CN=portal")), None, ["UnknownCA"; 2]),
        ("a certificate for servers", Some(ca.of_another_purpose("CN=portal")), None, ["UnsupportedCertificate"; 2]),
        ("a good certificate and a wrong token", Some(good), Some("bad"), [unknown; 2]),
    ];
    for (what, own, token, expected) in cases {
        let config = trusting(&[&ca], own.as_ref());
        if let [alert @ ("CertificateExpired" | "UnknownCA" | "UnsupportedCertificate"), _] = expected {
            let said = alerted(address, config).await;
            assert!(said.contains(alert), "{what}: {said}");
            continue;
        }
        let found = ask(address, config, token).await;
        assert_eq!([found.0.as_str(), found.1.as_str()], expected, "{what}");
    }
    // Who trusts another CA does not connect.
    assert!(tls::channel(address, trusting(&[&foreign], None)).await.is_err());
}

#[tokio::test]
async fn a_refusal_has_its_code_and_health_is_open_where_the_operator_leaves_it_so() {
    let ca = Authority::new("ours");
    let callers = [entry("idle", "token idle", "roles: []")];
    let files = Files::new(&ca.server(), &ca, &callers.concat());
    for open in [true, false] {
        let address = files.serve(|config| (config.health_open, config.reflection_open) = (open, open)).await;
        let channel = tls::channel(address, trusting(&[&ca], None)).await.unwrap();
        let mut client = ComplianceServiceClient::new(channel.clone());
        let code = client.get_server_info(v1::GetServerInfoRequest {}).await.unwrap_err().code();
        assert_eq!(code, Code::Unauthenticated);
        let mut idle = ComplianceServiceClient::with_interceptor(channel.clone(), bearer("idle"));
        let code = idle.get_server_info(v1::GetServerInfoRequest {}).await.unwrap_err().code();
        assert_eq!(code, Code::PermissionDenied);
        let health = HealthClient::new(channel.clone()).check(HealthCheckRequest { service: String::new() }).await;
        assert_eq!(outcome(health), if open { "OK" } else { "UNAUTHENTICATED" });
        assert_eq!(described(channel.clone(), None).await, if open { "OK" } else { "UNAUTHENTICATED" });
        // Who is known may ask.
        assert_eq!(described(channel, Some("idle")).await, "OK");
    }
}

/// The outcome of asking for reflection.
async fn described(channel: Channel, token: Option<&str>) -> String {
    use tonic_reflection::pb::v1::{
        ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
        server_reflection_request::MessageRequest,
    };
    let asked = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let asked = tokio_stream::iter([asked]);
    outcome(match token {
        None => ServerReflectionClient::new(channel).server_reflection_info(asked).await.map(drop),
        Some(token) => {
            let mut client = ServerReflectionClient::with_interceptor(channel, bearer(token));
            client.server_reflection_info(asked).await.map(drop)
        }
    })
}

#[tokio::test]
async fn a_good_certificate_is_enough_where_no_callers_are_listed() {
    let ca = Authority::new("ours");
    let files = Files::new(&ca.server(), &ca, "");
    let address = files.serve(|config| config.callers.clear()).await;
    let known = ask(address, trusting(&[&ca], Some(&ca.client("CN=anybody"))), None).await;
    assert_eq!(known, ("OK".into(), "OK".into()));
    assert_eq!(ask(address, trusting(&[&ca], None), None).await.0, "UNAUTHENTICATED");
    let address = files
        .serve(|config| {
            config.callers.clear();
            config.tls.client_certificates = ClientCertificates::Required;
        })
        .await;
    let said = alerted(address, trusting(&[&ca], None)).await;
    assert!(said.contains("CertificateRequired"), "{said}");
}

#[tokio::test]
async fn waivers_count_for_callers_who_may_waive() {
    let ca = Authority::new("ours");
    let callers =
        [entry("a", "token waives", "roles: [check, waive]"), entry("b", "token checks", "roles: [check]")].concat();
    let files = Files::new(&ca.server(), &ca, &callers);
    // The setting is for those whom nobody asks who they are.
    let address = files.serve(|config| config.request_waivers = true).await;
    let waiver = v1::Waiver {
        covers: Some(v1::waiver::Covers::Fingerprint(format!("1:TAB-008:{}", "0".repeat(32)))),
        category: v1::WaiverCategory::AcceptedDeviation.into(),
        reason: "经批准".into(),
        approver: "某人".into(),
        expires: Some(gouji::wire::google::r#type::Date { year: 2999, month: 1, day: 1 }),
        ..Default::default()
    };
    for (token, heeded) in [("waives", true), ("checks", false)] {
        let channel = tls::channel(address, trusting(&[&ca], None)).await.unwrap();
        let mut client = ComplianceServiceClient::with_interceptor(channel, bearer(token));
        let request = v1::CheckReportRequest { waivers: vec![waiver.clone()], ..request() };
        let assessment = client.check_report(request).await.unwrap().into_inner().assessment.unwrap();
        assert_eq!(assessment.waivers[0].outcome() != v1::WaiverOutcome::NotHeeded, heeded, "{token}");
        // The defaults of a stream are no way around it.
        let defaults = v1::StreamDefaults { waivers: vec![waiver.clone()], ..Default::default() };
        let item =
            v1::CheckReportsRequest { key: "a".into(), request: Some(entrance::request()), defaults: Some(defaults) };
        let mut answers = client.check_reports(tokio_stream::iter([item])).await.unwrap().into_inner();
        let Some(Answer::Response(answer)) = answers.message().await.unwrap().unwrap().result else {
            panic!("{token}")
        };
        let outcome = answer.assessment.unwrap().waivers[0].outcome();
        assert_eq!(outcome != v1::WaiverOutcome::NotHeeded, heeded, "{token}");
    }
}

#[tokio::test]
async fn who_calls_too_often_is_told_when_to_call_again() {
    let ca = Authority::new("ours");
    let callers = [entry("a", "token often", "roles: [check], rate: 1"), entry("b", "token other", "roles: [check]")];
    let files = Files::new(&ca.server(), &ca, &callers.concat());
    let address = files.serve(|_| {}).await;
    let channel = tls::channel(address, trusting(&[&ca], None)).await.unwrap();
    let mut client = ComplianceServiceClient::with_interceptor(channel.clone(), bearer("often"));
    let patience = Instant::now() + PATIENCE;
    let refused = loop {
        match client.get_server_info(v1::GetServerInfoRequest {}).await {
            Ok(_) => assert!(Instant::now() < patience, "no call was too many"),
            Err(status) => break status,
        }
    };
    assert_eq!((refused.code(), info(&refused).unwrap().reason.as_str()), (Code::ResourceExhausted, "TOO_MANY_CALLS"));
    let wait = RetryInfo::decode(detail(&refused, "google.rpc.RetryInfo").unwrap().as_slice()).unwrap();
    let wait = wait.retry_delay.unwrap();
    assert!(wait.seconds <= 1 && (wait.seconds, wait.nanos) > (0, 0), "{wait:?}");
    let pushback = refused.metadata().get("grpc-retry-pushback-ms").unwrap().to_str().unwrap();
    assert!((1..=1001).contains(&pushback.parse::<i32>().unwrap()));
    // It is nobody else's limit.
    let mut other = ComplianceServiceClient::with_interceptor(channel, bearer("other"));
    assert!(other.get_server_info(v1::GetServerInfoRequest {}).await.is_ok());
}

#[test]
fn the_example_of_callers_loads() {
    let text = std::fs::read_to_string(common::root().join("examples/callers.yaml")).unwrap();
    let read = gouji::callers::parse(gouji::written::NamedText { name: "callers.yaml", text: &text });
    assert!(read.is_ok(), "{:?}", read.err());
}
