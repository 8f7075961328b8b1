//! A million reports through streams: how the server's memory grows after the first tenth, and how the processor time that it
//! takes compares with checking them in process. `cargo run --release --example million`; the variable REPORTS sets another number.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::float_arithmetic, clippy::cast_precision_loss)]

#[path = "load/mod.rs"]
mod load;

use std::time::Duration;

use gouji::{
    answer::answer,
    checker::{Checker, Reading},
    deadline::Deadline,
    layout::Limits,
    wire::v1,
};
use load::{Served, structured};
use rustix::time::{ClockId, clock_gettime};
use tokio_stream::StreamExt;

fn main() {
    load::with_server(&[], run);
}

async fn run(server: Served) {
    let all: usize = std::env::var("REPORTS").ok().map_or(1_000_000, |many| many.parse().expect("a number"));
    let (mut growth, mut here, mut there) = (0, Duration::ZERO, Duration::ZERO);
    for (name, many, make) in [("small", all / 2, small as fn(usize) -> _), ("figures", all - all / 2, structured)] {
        let (span, memory) = stream(&server, many, make).await;
        let limit = in_process(make, many.min(2_000)).mul_f64(many as f64);
        let ratio = limit.as_secs_f64() / span.as_secs_f64();
        println!("{name}: reports {many}, growth {memory} MB, {ratio:.2} of the in-process limit");
        (growth, here, there) = (growth.max(memory), here + limit, there + span);
    }
    let ratio = here.as_secs_f64() / there.as_secs_f64();
    println!("reports {all}, growth {growth} MB, {ratio:.2} of the in-process limit");
}

/// A report that says next to nothing.
fn small(number: usize) -> v1::CheckReportRequest {
    let title = format!("青溪县人民政府{number}");
    let report = v1::AnnualReport { year: Some(2023), title, ..Default::default() };
    let subject = v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) };
    v1::CheckReportRequest { subject: Some(subject), ..Default::default() }
}

/// Sends so many reports through a stream; the server's processor time, and how its memory grew after the first tenth.
async fn stream(server: &Served, many: usize, make: fn(usize) -> v1::CheckReportRequest) -> (Duration, u64) {
    let mut client = server.clients(1).await.remove(0);
    let compact = v1::StreamDefaults { view: v1::View::Compact.into(), ..Default::default() };
    let items = tokio_stream::iter(0..many).map(move |at| v1::CheckReportsRequest {
        key: at.to_string(),
        request: Some(make(at)),
        defaults: (at == 0).then(|| compact.clone()),
    });
    let before = server.processor();
    let mut answers = client.check_reports(items).await.unwrap().into_inner();
    let (mut answered, mut memory) = (0, 0);
    while let Some(answer) = answers.next().await {
        assert!(answer.unwrap().result.is_some());
        answered += 1;
        if answered == many / 10 {
            memory = server.memory();
        }
    }
    assert_eq!(answered, many);
    (server.processor() - before, server.memory().saturating_sub(memory))
}

/// The processor time of one report in this process.
fn in_process(make: fn(usize) -> v1::CheckReportRequest, many: usize) -> Duration {
    let checker = Checker::new(Reading::Here(Limits::default()));
    let requests: Vec<_> = (0..many).map(make).collect();
    let begun = own_processor();
    for request in requests {
        let request = v1::CheckReportRequest { view: v1::View::Compact.into(), ..request };
        assert!(answer(&checker, request.into(), false, &Deadline::NEVER).is_ok());
    }
    (own_processor() - begun) / u32::try_from(many).unwrap()
}

/// The processor time of this thread.
fn own_processor() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap()
}
