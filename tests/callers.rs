//! Who may call, by token and by certificate, through a real socket; and what changes while calls are made.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/tls.rs"]
mod tls;

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Instant,
};

use common::{
    bearer, clean, dossier, hash,
    server::{self, PATIENCE},
};
use gouji::{
    config::{ClientCertificates, Config},
    grpc::Server,
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    wire::{
        google::rpc::{self, ErrorInfo, RetryInfo},
        report::report_to,
        v1::{self, check_reports_response::Result as Answer},
    },
    words::Language,
};
use prost::Message;
use rustls::ClientConfig;
use tls::{Authority, Pair, replace, trusting};
use tonic::{Code, Status, transport::Channel};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

/// The files of a server, and the means to call it.
struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new(server: &Pair, client_ca: &Authority, callers: &str) -> Self {
        let own = Self { folder: tempfile::tempdir().unwrap() };
        server.write(own.folder.path());
        replace(&own.file("ca.pem"), &client_ca.pem);
        own.callers(callers);
        own
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn callers(&self, entries: &str) {
        replace(&self.file("callers.yaml"), &format!("callers:\n{entries}"));
    }

    async fn serve(&self, change: impl FnOnce(&mut Config)) -> SocketAddr {
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

fn entry(name: &str, known: &str, rest: &str) -> String {
    let known = match known.strip_prefix("token ") {
        Some(token) => format!("sha256: {}", hash(token)),
        None => format!("certificate: '{known}'"),
    };
    format!("- {{ name: {name}, {known}, {rest} }}\n")
}

fn request() -> v1::CheckReportRequest {
    let report = report_to(&dossier(&clean("2021")).report);
    let subject = v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) };
    v1::CheckReportRequest { subject: Some(subject), ..Default::default() }
}

/// `OK`, or the reason of an error.
fn outcome<T>(answer: Result<T, Status>) -> String {
    answer.map_or_else(|status| info(&status).map_or(format!("{status:?}"), |info| info.reason), |_| "OK".into())
}

fn info(status: &Status) -> Option<ErrorInfo> {
    detail(status, "google.rpc.ErrorInfo").and_then(|bytes| ErrorInfo::decode(bytes.as_slice()).ok())
}

fn detail(status: &Status, name: &str) -> Option<Vec<u8>> {
    let status = rpc::Status::decode(status.details()).unwrap();
    status.details.iter().find(|any| any.type_url.ends_with(name)).map(|any| any.value.to_vec())
}

/// Calls CheckReport and ListRules over a new connection, with a token if there is one; `closed` where there was no
/// connection.
async fn ask(address: SocketAddr, config: Arc<ClientConfig>, token: Option<&str>) -> (String, String) {
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
async fn alerted(address: SocketAddr, config: Arc<ClientConfig>) -> String {
    use tokio::io::AsyncReadExt;
    let error = match tls::socket(address, config).await {
        Ok(mut socket) => tokio::time::timeout(PATIENCE, socket.read_u8()).await.unwrap().unwrap_err(),
        Err(error) => error,
    };
    error.to_string()
}

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
            v1::CheckReportsRequest { key: "a".into(), request: Some(self::request()), defaults: Some(defaults) };
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

/// Makes calls over new connections, and over one that stays, until it is told to end; all must be answered.
async fn load(
    address: SocketAddr,
    config: Arc<ClientConfig>,
    token: &'static str,
    made: Arc<AtomicUsize>,
    end: Arc<AtomicBool>,
) {
    let kept = tls::channel(address, config.clone()).await.unwrap();
    while !end.load(Ordering::Relaxed) {
        let new = tls::channel(address, config.clone()).await.unwrap();
        for channel in [kept.clone(), new] {
            let mut client = ComplianceServiceClient::with_interceptor(channel, bearer(token));
            client.get_server_info(v1::GetServerInfoRequest {}).await.unwrap();
            made.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Asks until the answer is this.
async fn until(address: SocketAddr, config: &Arc<ClientConfig>, token: Option<&str>, wanted: &str) {
    let patience = Instant::now() + PATIENCE;
    loop {
        let found = ask(address, config.clone(), token).await.0;
        if found == wanted {
            return;
        }
        assert!(Instant::now() < patience, "{found} instead of {wanted}");
    }
}

#[tokio::test]
async fn certificates_and_callers_change_under_load_and_no_call_fails() {
    let (old, new) = (Authority::new("old"), Authority::new("new"));
    let steady = entry("steady", "token steady", "roles: [check]");
    let callers = |more: &str| format!("{steady}{more}");
    let files = Files::new(&old.server(), &old, &callers(&entry("a", "token old", "roles: [check]")));
    let address = files.serve(|config| config.times.reload_ms = 1).await;
    let both = trusting(&[&old, &new], None);
    let (made, end) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let loads: Vec<_> =
        (0..4).map(|_| tokio::spawn(load(address, both.clone(), "steady", made.clone(), end.clone()))).collect();
    let (old_only, new_only) = (trusting(&[&old], None), trusting(&[&new], None));
    until(address, &old_only, Some("old"), "OK").await;
    // A token follows another: both count for a while.
    let (first, second) = (entry("a", "token old", "roles: [check]"), entry("a", "token new", "roles: [check]"));
    files.callers(&callers(&format!("{first}{second}")));
    until(address, &old_only, Some("new"), "OK").await;
    assert_eq!(ask(address, old_only.clone(), Some("old")).await.0, "OK");
    files.callers(&callers(&second));
    until(address, &old_only, Some("old"), "UNAUTHENTICATED").await;
    // The server's certificate, and the CA of clients.
    let (theirs, ours) = (old.client("CN=x"), new.client("CN=x"));
    until(address, &trusting(&[&old], Some(&theirs)), Some("new"), "OK").await;
    new.server().write(files.folder.path());
    until(address, &new_only, Some("new"), "OK").await;
    until(address, &old_only, Some("new"), "closed").await;
    replace(&files.file("ca.pem"), &new.pem);
    until(address, &trusting(&[&new], Some(&ours)), Some("new"), "OK").await;
    until(address, &trusting(&[&new], Some(&theirs)), Some("new"), "closed").await;
    // What is broken is refused, and what was before stays. The second change of callers is seen by a later look than
    // the first, so that there was one at the broken certificate.
    replace(&files.file("certificate.pem"), "no certificate");
    for token in ["third", "fourth"] {
        let entry = entry("a", &format!("token {token}"), "roles: [check]");
        files.callers(&callers(&entry));
        until(address, &new_only, Some(token), "OK").await;
    }
    replace(&files.file("callers.yaml"), "callers: [{ nam: a }]");
    let before = made.load(Ordering::Relaxed);
    let patience = Instant::now() + PATIENCE;
    while made.load(Ordering::Relaxed) < before + 20 {
        assert!(Instant::now() < patience && loads.iter().all(|load| !load.is_finished()), "a call failed");
        tokio::task::yield_now().await;
    }
    end.store(true, Ordering::Relaxed);
    for load in loads {
        load.await.unwrap();
    }
}

#[tokio::test]
async fn who_is_struck_off_the_list_is_refused_over_the_connection_that_is_open() {
    let ca = Authority::new("ours");
    let callers = [entry("a", "CN=portal", "roles: [check]"), entry("b", "token b", "roles: [check]")];
    let files = Files::new(&ca.server(), &ca, &callers.concat());
    let address = files.serve(|config| config.times.reload_ms = 1).await;
    let channel = tls::channel(address, trusting(&[&ca], Some(&ca.client("CN=portal")))).await.unwrap();
    let mut certified = ComplianceServiceClient::new(channel.clone());
    let mut bearing = ComplianceServiceClient::with_interceptor(channel, bearer("b"));
    let info = v1::GetServerInfoRequest::default;
    assert!(certified.get_server_info(info()).await.is_ok() && bearing.get_server_info(info()).await.is_ok());
    files.callers(&entry("c", "CN=other", "roles: [check]"));
    let patience = Instant::now() + PATIENCE;
    while certified.get_server_info(info()).await.is_ok() {
        assert!(Instant::now() < patience, "the change was not seen");
    }
    assert_eq!(outcome(certified.get_server_info(info()).await), "UNAUTHENTICATED");
    assert_eq!(outcome(bearing.get_server_info(info()).await), "UNAUTHENTICATED");
}

#[test]
fn the_example_of_callers_loads() {
    let text = std::fs::read_to_string(common::root().join("examples/callers.yaml")).unwrap();
    let read = gouji::callers::parse(gouji::written::NamedText { name: "callers.yaml", text: &text });
    assert!(read.is_ok(), "{:?}", read.err());
}

#[tokio::test]
async fn what_is_wrong_with_files_or_settings_refuses_the_start() {
    let (ca, other) = (Authority::new("ours"), Authority::new("theirs"));
    let files = Files::new(&ca.server(), &ca, &entry("a", "token a", "roles: [check]"));
    type Change = fn(&Files, &mut Config, &Authority);
    let cases: [(Change, &str); 7] = [
        (|files, _, other| other.expired("CN=localhost").write(files.folder.path()), "the certificate has expired"),
        (|_, config, _| config.tls.key.clear(), "certificate and key must both be set"),
        (|files, _, other| replace(&files.file("key.pem"), &other.server().key), "certificate.pem: 不能使用"),
        (|files, _, _| replace(&files.file("certificate.pem"), ""), "there is no certificate in it"),
        (|files, _, _| replace(&files.file("ca.pem"), "x"), "ca.pem: 没有证书"),
        (|files, _, _| replace(&files.file("callers.yaml"), "callers: [{ nam: a }]"), "是否为 name"),
        (|_, config, _| config.callers = "/nowhere".into(), "can't be read"),
    ];
    for (change, expected) in cases {
        ca.server().write(files.folder.path());
        replace(&files.file("ca.pem"), &ca.pem);
        files.callers("");
        files.callers(&entry("a", "token a", "roles: [check]"));
        let mut config = common::config();
        let name = |name: &str| files.file(name).to_string_lossy().into_owned();
        config.tls.certificate = name("certificate.pem");
        config.tls.key = name("key.pem");
        config.tls.client_ca = name("ca.pem");
        config.callers = name("callers.yaml");
        change(&files, &mut config, &other);
        let why = Server::bind(config)
            .await
            .err()
            .map(|error| error.told(Language::Zh) + &error.told(Language::En))
            .unwrap_or_default();
        assert!(why.contains(expected), "{expected}: {why}");
    }
}
