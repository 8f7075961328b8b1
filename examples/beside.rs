//! A caller of figures beside callers who hand in what is dear to read: how long it waits.
//!
//! `cargo build --release && cargo run --release --example beside` prints its median and its 99th percentile
//! beside nobody, beside eight callers with a PDF form that paints itself, and beside four with a megabyte
//! of numbers in one sentence. Wall times, so to be compared within one run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    error::Error,
    net::SocketAddr,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use gouji::{
    config::Config,
    grpc::Server,
    grpc::stubs::compliance_service_client::ComplianceServiceClient,
    wire::v1::{self, filing::Content},
};
use tokio::sync::oneshot;
use tonic::transport::Channel;

const CALLS: usize = 500;

/// How many calls of the others were answered, with whatever.
static OTHERS: AtomicUsize = AtomicUsize::new(0);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut config = Config { listen: "127.0.0.1:0".to_owned(), ..Config::default() };
    config.documents.program = reader()?.to_string_lossy().into_owned();
    let server = Server::bind(config).await?;
    let address = server.address()?;
    let (end, signal) = oneshot::channel::<()>();
    let served = tokio::spawn(server.run(async { drop(signal.await) }));
    let figures = request(Content::Report(Box::new(serde_json::from_str(include_str!("report.json"))?)));
    for (beside, callers, content) in [
        ("nobody", 0, String::new()),
        ("8 with a PDF form that paints itself", 8, form_loop()),
        ("4 with a megabyte in one sentence", 4, one_sentence()),
    ] {
        let document = v1::Document { content: content.into(), ..Default::default() };
        let dear = request(Content::Document(Box::new(document)));
        OTHERS.store(0, Ordering::Relaxed);
        let others: Vec<_> = (0..callers).map(|_| tokio::spawn(call_for_ever(address, dear.clone()))).collect();
        while OTHERS.load(Ordering::Relaxed) < callers {
            tokio::task::yield_now().await;
        }
        let mut times = call(address, &figures).await?;
        others.iter().for_each(|other| other.abort());
        times.sort();
        let at = |part: usize| times[times.len() * part / 100];
        println!(
            "beside {beside:<38} p50 {:>9.3?}  p99 {:>9.3?}  {CALLS} of {CALLS} answered; the others: {} calls",
            at(50),
            at(99),
            OTHERS.load(Ordering::Relaxed)
        );
    }
    let _ = end.send(());
    served.await??;
    Ok(())
}

/// The program that reads documents: beside this one's folder.
fn reader() -> Result<PathBuf, Box<dyn Error>> {
    let own = std::env::current_exe()?;
    let program = own.parent().and_then(|folder| folder.parent()).ok_or("no folder")?.join("gouji");
    if program.exists() { Ok(program) } else { Err("build the program first: cargo build --release".into()) }
}

fn request(content: Content) -> v1::CheckReportRequest {
    v1::CheckReportRequest { subject: Some(v1::Filing { content: Some(content) }), ..Default::default() }
}

async fn client(address: SocketAddr) -> Result<ComplianceServiceClient<Channel>, tonic::transport::Error> {
    let channel = Channel::from_shared(format!("http://{address}")).expect("an address").connect().await?;
    Ok(ComplianceServiceClient::new(channel))
}

async fn call(address: SocketAddr, request: &v1::CheckReportRequest) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut client = client(address).await?;
    let mut times = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        let begun = Instant::now();
        client.check_report(request.clone()).await?;
        times.push(begun.elapsed());
    }
    Ok(times)
}

async fn call_for_ever(address: SocketAddr, request: v1::CheckReportRequest) {
    let mut client = client(address).await.expect("a connection");
    loop {
        // Refused or not: what counts is that they keep the service busy.
        drop(client.check_report(request.clone()).await);
        OTHERS.fetch_add(1, Ordering::Relaxed);
    }
}

fn form_loop() -> String {
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
     3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R/Resources<</XObject<</F 4 0 R>>>>>>endobj\n\
     4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Length 11>>stream\n\
     /F Do /F Do\nendstream endobj\n5 0 obj<</Length 5>>stream\n/F Do\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
        .into()
}

fn one_sentence() -> String {
    let clause = "2023年共收到政府信息公开申请12件，其中自然人3件，占比25%，予以公开5件，不予公开1件，";
    format!("甲局2023年政府信息公开工作年度报告\n一、总体情况\n{}", clause.repeat((1 << 20) / clause.len()))
}
