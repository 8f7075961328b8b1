//! A server of its own process, and callers: what the examples of load share.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_arithmetic,
    clippy::cast_precision_loss
)]

pub mod calls;

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use gouji::{
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    wire::{json, v1},
};
use tonic::transport::Channel;

pub type Client = ComplianceServiceClient<Channel>;

/// Runs an example with a server of these settings. Each has half of the processors, where there are several: offering load must
/// not keep the server from bearing it, nor the server keep callers from taking their answers in time.
pub fn with_server<F: Future<Output = ()>>(settings: &[(&str, &str)], run: impl FnOnce(Served) -> F) {
    serve_if_asked();
    let server = Served::start(settings);
    let processors = std::thread::available_parallelism().unwrap().get();
    if let Some(half @ 1..) = processors.checked_div(2) {
        // Threads that there are not yet run where the one that starts them does.
        server.keep_to(&format!("0-{}", half - 1));
        keep_to(std::process::id(), &format!("{half}-{}", processors - 1));
    }
    tokio::runtime::Runtime::new().unwrap().block_on(run(server));
}

/// Keeps all threads of a process to some processors.
fn keep_to(process: u32, processors: &str) {
    let mut taskset = Command::new("taskset");
    let done = taskset.args(["--all-tasks", "--pid", "--cpu-list", processors, &process.to_string()]);
    assert!(done.stdout(Stdio::null()).status().unwrap().success(), "taskset");
}

/// Runs the server, or a reader of documents, where this program was started as one.
pub fn serve_if_asked() {
    // Cargo passes an option to benches.
    if std::env::args().nth(1).is_some_and(|first| first != "--bench") {
        std::process::exit(match gouji::cli::run(std::env::args_os()) {
            code if code == std::process::ExitCode::SUCCESS => 0,
            _ => 1,
        });
    }
}

/// A server in a process of its own, which is killed when dropped.
pub struct Served {
    child: Child,
    pub address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Starts a server with these settings: `limits.checks=4` as `GOUJI_LIMITS__CHECKS=4`.
    pub fn start(settings: &[(&str, &str)]) -> Self {
        Self::start_at("127.0.0.1:0", settings)
    }

    /// The same at an address.
    pub fn start_at(address: &str, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["serve", "--listen", address]).envs(settings.iter().copied());
        command.env("GOUJI_LOG__FORMAT", "json").env("GOUJI_LOG__FILTER", "warn,gouji::grpc::server=info");
        Self::of(command)
    }

    /// Starts a server that tells its address as ours does.
    pub fn of(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let at = line.find("\"address\":\"")? + "\"address\":\"".len();
            Some(line[at..].split('"').next()?.to_owned())
        });
        // The log is read on, so that the server never waits for us.
        let is_shown = std::env::var_os("SHOW_LOG").is_some();
        std::thread::spawn(move || {
            lines.map_while(Result::ok).filter(|_| is_shown).for_each(|line| eprintln!("{line}"));
        });
        Self { child, address: address.expect("the server tells its address") }
    }

    pub async fn clients(&self, many: usize) -> Vec<Client> {
        let mut clients = Vec::new();
        for _ in 0..many {
            let channel = Channel::from_shared(format!("http://{}", self.address)).unwrap();
            clients.push(Client::new(channel.connect().await.unwrap()));
        }
        clients
    }

    /// Starts a server that doesn't tell its address, and waits until it takes connections.
    pub fn at(address: String, mut command: Command) -> Self {
        let server = Self { child: command.spawn().unwrap(), address };
        while std::net::TcpStream::connect(&server.address).is_err() {
            std::thread::yield_now();
        }
        server
    }

    /// Asks the server to end, waits until it has, and starts another.
    pub fn restart(&mut self, start: impl FnOnce() -> Self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(asked.unwrap().success() && self.child.wait().unwrap().success());
        *self = start();
    }

    /// Keeps the server to some processors.
    fn keep_to(&self, processors: &str) {
        keep_to(self.child.id(), processors);
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap()
    }

    /// The processor time that the server has used; its readers of documents not counted.
    pub fn processor(&self) -> Duration {
        let stat = self.read("stat");
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        Duration::from_millis(ticks * 10)
    }

    /// The memory that the server holds, in MB.
    pub fn memory(&self) -> u64 {
        self.kilobytes() / 1024
    }

    /// The same in KB.
    pub fn kilobytes(&self) -> u64 {
        self.status("VmRSS")
    }

    /// The most memory that the server has held, in MB.
    pub fn peak(&self) -> u64 {
        self.status("VmHWM") / 1024
    }

    fn status(&self, name: &str) -> u64 {
        let status = self.read("status");
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

/// A request with a structured report, each with another number in it.
pub fn structured(number: usize) -> v1::CheckReportRequest {
    static REPORT: std::sync::LazyLock<v1::AnnualReport> = std::sync::LazyLock::new(|| {
        json::read(include_bytes!("../report.json")).unwrap_or_else(|why| panic!("{}", why.en))
    });
    let mut report = REPORT.clone();
    report.title = format!("{}{number}", report.title);
    filed(v1::filing::Content::Report(Box::new(report)))
}

/// A request with a document.
pub fn document(_: usize) -> v1::CheckReportRequest {
    let content = include_bytes!("../../tests/documents/report.docx").to_vec();
    filed(v1::filing::Content::Document(Box::new(v1::Document { content: content.into(), name: String::new() })))
}

fn filed(content: v1::filing::Content) -> v1::CheckReportRequest {
    v1::CheckReportRequest { subject: Some(v1::Filing { content: Some(content) }), ..Default::default() }
}
