//! Two replicas behind nginx with its defaults, restarted in turn under load: how many calls fail for who follows the published
//! retry policy (docs/OPERATION.md), and how many would have without it; and what nginx's defaults do to a gRPC service.
//! Needs Debian's `nginx-light`. `cargo run --release --example rolling_restart`
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "load/mod.rs"]
mod load;

use std::{
    fmt::Write,
    net::TcpListener,
    path::Path,
    process::{Child, Command},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use gouji::wire::v1;
use load::{Client, Served, structured};
use tonic::{Code, Status, transport::Channel};

const CALLERS: usize = 8;
const ROUNDS: usize = 3;

fn main() {
    load::serve_if_asked();
    tokio::runtime::Runtime::new().unwrap().block_on(run());
}

async fn run() {
    let ports = free_ports();
    let [plain, set, replicas @ ..] = ports;
    let folder = tempfile::tempdir().unwrap();
    let mut servers = replicas.map(replica);
    let _nginx = Nginx::start(folder.path(), plain, set, replicas).await;
    defaults(plain, set).await;
    let mut restart = |round: usize| servers[round % 2].restart(|| replica(replicas[round % 2]));
    let told = rolling(plain, 1, &mut restart).await;
    println!("nginx's defaults: calls {}, failed {}", told.made, told.failed);
    let told = rolling(set, ROUNDS, &mut restart).await;
    println!(
        "the settings of docs/OPERATION.md, without the retry policy: calls {}, failed {}",
        told.made, told.at_first
    );
    println!("calls {}, failed {}", told.made, told.failed);
}

/// Both replicas are restarted in turn, so many times, while calls are made.
async fn rolling(port: u16, rounds: usize, restart: &mut impl FnMut(usize)) -> Told {
    let (calls, end) = (Arc::new(Calls::default()), Arc::new(AtomicBool::new(false)));
    let callers: Vec<_> = (0..CALLERS).map(|_| tokio::spawn(calls.clone().made(port, end.clone()))).collect();
    for round in 0..2 * rounds {
        calls.more(500).await;
        tokio::task::block_in_place(|| restart(round));
    }
    calls.more(500).await;
    end.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await.unwrap();
    }
    let told = |count: &AtomicUsize| count.load(Ordering::Relaxed);
    Told { made: told(&calls.made), at_first: told(&calls.at_first), failed: told(&calls.failed) }
}

struct Told {
    made: usize,
    at_first: usize,
    failed: usize,
}

/// Ports that were free a moment ago: a replica comes back to its own.
fn free_ports() -> [u16; 4] {
    let listeners = [(); 4].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

fn replica(port: u16) -> Served {
    Served::start_at(&format!("127.0.0.1:{port}"), &[])
}

/// How calls went.
#[derive(Default)]
struct Calls {
    made: AtomicUsize,
    /// Those whose first try failed.
    at_first: AtomicUsize,
    /// Those that failed all the same.
    failed: AtomicUsize,
}

impl Calls {
    /// Waits until so many more were made.
    async fn more(&self, many: usize) {
        let until = self.made.load(Ordering::Relaxed) + many;
        while self.made.load(Ordering::Relaxed) < until {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn made(self: Arc<Self>, port: u16, end: Arc<AtomicBool>) {
        let mut client = client(port);
        let mut number = 0;
        while !end.load(Ordering::Relaxed) {
            let mut tries = 1;
            let mut answer = client.check_report(structured(number)).await;
            self.at_first.fetch_add(usize::from(answer.is_err()), Ordering::Relaxed);
            while let Err(status) = &answer
                && let Some(wait) = policy(status, tries)
            {
                tokio::time::sleep(wait).await;
                tries += 1;
                answer = client.check_report(structured(number)).await;
            }
            if let Err(status) = answer {
                if self.failed.load(Ordering::Relaxed) == 0 {
                    eprintln!("a call failed: {status}");
                }
                self.failed.fetch_add(1, Ordering::Relaxed);
            }
            self.made.fetch_add(1, Ordering::Relaxed);
            number += 1;
        }
    }
}

/// The published retry policy: how long to wait before the next try, if there is one.
fn policy(status: &Status, tries: u32) -> Option<Duration> {
    const TRIES: u32 = 5;
    let backoff = Duration::from_millis(100) * 2_u32.pow(tries - 1);
    let pushback = status.metadata().get("grpc-retry-pushback-ms").map(|wait| wait.to_str().unwrap().parse().unwrap());
    let wait = pushback.map_or(backoff.min(Duration::from_secs(2)), Duration::from_millis);
    (status.code() == Code::Unavailable && tries < TRIES).then_some(wait)
}

fn client(port: u16) -> Client {
    let channel = Channel::from_shared(format!("http://127.0.0.1:{port}")).unwrap().connect_lazy();
    Client::new(channel)
}

struct Nginx(Child);

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

impl Nginx {
    /// Listens at a port with nginx's defaults, and at another with the settings of docs/OPERATION.md.
    async fn start(folder: &Path, plain: u16, set: u16, replicas: [u16; 2]) -> Self {
        let mut text = format!(
            "daemon off; pid {folder}/pid; error_log {folder}/errors; worker_processes 1; events {{}}
            http {{ access_log off;\n",
            folder = folder.display()
        );
        for temporary in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
            writeln!(text, "{temporary}_temp_path {}/{temporary};", folder.display()).unwrap();
        }
        let [one, other] = replicas;
        let bare = format!(
            "upstream bare {{ server 127.0.0.1:{one}; server 127.0.0.1:{other}; }}
            server {{ listen 127.0.0.1:{plain} http2; location / {{ grpc_pass grpc://bare; }} }}\n"
        );
        text += &bare;
        text += &published()
            .replace("10.0.0.1:50051", &format!("127.0.0.1:{one}"))
            .replace("10.0.0.2:50051", &format!("127.0.0.1:{other}"))
            .replace("listen 50051", &format!("listen 127.0.0.1:{set}"));
        let file = folder.join("nginx.conf");
        std::fs::write(&file, text + "}\n").unwrap();
        let nginx = Command::new("nginx").arg("-e").arg(folder.join("errors")).arg("-c").arg(file).spawn();
        let nginx = Self(nginx.expect("nginx: apt-get install nginx-light"));
        while tokio::net::TcpStream::connect(("127.0.0.1", set)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        nginx
    }
}

/// The settings for nginx, for two replicas, that docs/OPERATION.md publishes.
fn published() -> String {
    let page = include_str!("../docs/OPERATION.md");
    let settings = page.split("```nginx").nth(1).and_then(|rest| rest.split("```").next());
    settings.expect("settings in docs/OPERATION.md").to_owned()
}

/// What comes of a call whose body, or whose refusal, is large.
async fn defaults(plain: u16, set: u16) {
    for (name, port) in [("nginx's defaults", plain), ("the settings of docs/OPERATION.md", set)] {
        let large = client(port).check_report(large()).await;
        let faulty = client(port).check_report(faulty()).await;
        println!("{name}: 2 MB {}; many faults {}", shown(&large), shown(&faulty));
    }
}

/// Its refusal has as many details as there may be.
fn faulty() -> v1::CheckReportRequest {
    let mut request = structured(0);
    if let Some(v1::filing::Content::Report(report)) = request.subject.as_mut().and_then(|it| it.content.as_mut()) {
        report.defects = vec![v1::Defect { path: "无".repeat(100), ..Default::default() }; 500];
    }
    request
}

fn large() -> v1::CheckReportRequest {
    let mut request = structured(0);
    if let Some(v1::filing::Content::Report(report)) = request.subject.as_mut().and_then(|it| it.content.as_mut()) {
        report.sections[0].text = "公开".repeat(350_000);
    }
    request
}

fn shown<T>(answer: &Result<T, Status>) -> String {
    answer.as_ref().map_or_else(|status| format!("{:?}", status.code()), |_| "answered".into())
}
