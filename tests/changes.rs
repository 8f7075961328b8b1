//! Files of callers and certificates: what is wrong with them refuses the start, and what changes counts while calls are made.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
#[path = "common/entrance.rs"]
mod entrance;
#[path = "common/tls.rs"]
mod tls;

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Instant,
};

use common::{bearer, server::PATIENCE};
use entrance::{Files, ask, entry, outcome};
use gouji::{
    config::{ClientCertificates, Config, Tls},
    grpc::Server,
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    wire::v1,
    words::Language,
};
use rustls::ClientConfig;
use tls::{Authority, replace, trusting};

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

/// Puts a pipe in the place of a file.
fn pipe(file: &Path) {
    std::fs::remove_file(file).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(file).status().unwrap().success());
}

#[tokio::test]
async fn what_is_wrong_with_files_or_settings_refuses_the_start() {
    let (ca, other) = (Authority::new("ours"), Authority::new("theirs"));
    let files = Files::new(&ca.server(), &ca, &entry("a", "token a", "roles: [check]"));
    type Change = fn(&Files, &mut Config, &Authority);
    let cases: [(Change, &str); 22] = [
        (|files, _, other| other.expired("CN=localhost").write(files.folder.path()), "the certificate has expired"),
        (|files, _, other| other.not_yet_valid("CN=localhost").write(files.folder.path()), "证书尚未生效"),
        (|_, config, _| config.tls.key.clear(), "certificate and key must both be set"),
        (|files, _, other| replace(&files.file("key.pem"), &other.server().key), "key.pem: 与证书 "),
        (|files, _, _| replace(&files.file("key.pem"), "x"), "key.pem: 没有 PEM 格式的私钥"),
        (
            |files, _, _| replace(&files.file("key.pem"), &as_pem("ENCRYPTED PRIVATE KEY")),
            "key.pem: 私钥有密码保护，应先去掉密码",
        ),
        (|files, _, _| replace(&files.file("key.pem"), &as_pem("PRIVATE KEY")), "key.pem: 不能使用：私钥无效"),
        (|files, _, _| replace(&files.file("certificate.pem"), &as_pem("CERTIFICATE")), "不能使用：证书无效"),
        (|files, _, _| replace(&files.file("ca.pem"), &Authority::expired_itself().pem), "ca.pem: 证书已过期"),
        (|files, _, _| replace(&files.file("certificate.pem"), ""), "there is no certificate in it"),
        (|files, _, _| replace(&files.file("ca.pem"), "x"), "ca.pem: 没有证书"),
        (|files, _, _| replace(&files.file("callers.yaml"), "callers: [{ nam: a }]"), "是否为 name"),
        (|_, config, _| config.callers = "/nowhere".into(), "callers /nowhere: 无法读取：文件不存在"),
        (|_, config, _| config.tls.certificate = "/nowhere".into(), "tls.certificate /nowhere: 无法读取：文件不存在"),
        (
            |_, config, _| (config.tls.key, config.tls.certificate) = ("/".into(), "/".into()),
            "tls.certificate、tls.key /: 无法读取：是文件夹",
        ),
        (
            |files, _, _| std::fs::write(files.file("callers.yaml"), b"\xff").unwrap(),
            "callers.yaml: 内容不是 UTF-8 文字",
        ),
        (|_, config, _| config.listen = "unix:/".into(), "无法监听 unix:/：已有同名的文件或文件夹"),
        (|files, _, _| pipe(&files.file("callers.yaml")), "callers.yaml: 应为普通文件"),
        (|files, _, _| pipe(&files.file("key.pem")), "key.pem: 应为普通文件"),
        (|_, config, _| config.callers = "/dev/zero".into(), "no pipe and no device"),
        (
            |files, _, other| other.client("DNS:localhost").write(files.folder.path()),
            "certificate.pem: 证书的用途不含服务端",
        ),
        (
            |_, config, _| {
                config.tls = Tls { client_certificates: ClientCertificates::Optional, ..Tls::default() };
            },
            "client_certificates 为 optional，应同时设置 client_ca",
        ),
    ];
    for (change, expected) in cases {
        ca.server().write(files.folder.path());
        replace(&files.file("ca.pem"), &ca.pem);
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

/// What is named as something in PEM, and is nothing.
fn as_pem(kind: &str) -> String {
    format!("-----BEGIN {kind}-----\nMAA=\n-----END {kind}-----\n")
}

#[tokio::test]
async fn a_ca_that_has_expired_is_left_out_beside_one_that_holds_and_refused_alone() {
    let (ca, past) = (Authority::new("ours"), Authority::expired_itself());
    let entry = entry("a", "CN=x", "roles: [check]");
    let files = Files::new(&ca.server(), &ca, &entry);
    replace(&files.file("ca.pem"), &(past.pem.clone() + &ca.pem));
    let address = files.serve(|config| config.times.reload_ms = 1).await;
    let (theirs, ours) = (trusting(&[&ca], Some(&past.client("CN=x"))), trusting(&[&ca], Some(&ca.client("CN=x"))));
    assert_eq!(ask(address, ours.clone(), None).await.0, "OK");
    assert_eq!(ask(address, theirs.clone(), None).await.0, "closed");
    // Alone it is no change: what was before stays, also when a later change has been seen.
    replace(&files.file("ca.pem"), &past.pem);
    for token in ["first", "second"] {
        files.callers(&format!("{entry}{}", self::entry("b", &format!("token {token}"), "roles: [check]")));
        until(address, &trusting(&[&ca], None), Some(token), "OK").await;
    }
    assert_eq!(ask(address, ours, None).await.0, "OK");
    assert_eq!(ask(address, theirs, None).await.0, "closed");
}

#[tokio::test]
async fn asked_in_clear_text_how_it_is_an_encrypted_service_is_told_for_one() {
    let ca = Authority::new("ours");
    let files = Files::new(&ca.server(), &ca, &entry("a", "token a", "roles: [check]"));
    let address = files.serve(|_| {}).await;
    for (language, told) in [("zh", "要求加密（TLS）"), ("en", "no answer (")] {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
        let asked = command.args(["health", "--lang", language, &address.to_string()]).output().await.unwrap();
        let said = String::from_utf8(asked.stdout).unwrap();
        assert!(asked.status.code() == Some(1) && said.contains(told), "{said}");
    }
}
