//! What a server does under more load than it can bear: good answers per second of its own processor time, at one, two, four
//! and ten times its capacity, so that the client beside it doesn't count. `cargo run --release --example overload`
#![allow(missing_docs, clippy::float_arithmetic, clippy::cast_precision_loss)]

#[path = "load/mod.rs"]
mod load;

use std::time::{Duration, Instant};

use load::{
    Served,
    calls::{Line, Messages, Tally, closed, open},
    document, structured,
};

/// How long each load is offered.
const SPAN: Duration = Duration::from_secs(5);
/// How long a caller waits.
const PATIENCE: Duration = Duration::from_millis(200);

fn main() {
    load::with_server(&[], run);
}

async fn run(server: Served) {
    let (lines, messages) = (Line::open(&server.address, 8).await, Messages::of(structured));
    // Warm, then at capacity: sixteen callers of whom each waits for its answer.
    closed(&lines, &messages, 16, Duration::from_secs(1)).await;
    let (before, begun) = (server.processor(), Instant::now());
    let full = closed(&lines, &messages, 16, SPAN).await;
    let peak = full.good as f64 / (server.processor() - before).as_secs_f64();
    let capacity = full.good as f64 / begun.elapsed().as_secs_f64();
    println!("capacity {capacity:.0}/s, {peak:.0} good answers a second of the server's processor");
    let mut all = Tally::default();
    let mut worst = 1.0;
    for times in [1.0, 2.0, 4.0, 10.0] {
        let (goodput, told) = offered(&server, &lines, peak, capacity, times).await;
        all.add(&told);
        worst = goodput;
    }
    beside_documents(&server, &lines, peak, capacity / 2.0).await;
    assert_eq!((all.unsaid, all.other), (0, 0), "a refusal doesn't say when to come back, or is none");
    println!("goodput {worst:.2} of peak at 10 x");
}

/// Offers so many times the capacity: good answers of the server's processor time, compared with the peak. How much was
/// offered is measured by that time too: if others have kept the server or us from it, more or less is offered once more.
async fn offered(server: &Served, lines: &[Line], peak: f64, capacity: f64, times: f64) -> (f64, Tally) {
    let (mut rate, messages) = (capacity * times, Messages::of(structured));
    for again in [true, true, false] {
        let before = server.processor();
        let told = open(lines, &messages, rate, SPAN, PATIENCE).await;
        let answerable = (server.processor() - before).as_secs_f64() * peak;
        let (goodput, offered) = (told.good as f64 / answerable, told.all() as f64 / answerable);
        println!(
            "{times:>4} x  {goodput:.2} of peak  {}  {} MB (offered {offered:.1} x)",
            shown(&told),
            server.memory()
        );
        if !again || offered > 0.8 * times {
            return (goodput, told);
        }
        rate *= times / offered;
    }
    unreachable!()
}

/// Structured calls by themselves, and with documents beside them.
async fn beside_documents(server: &Served, lines: &[Line], peak: f64, rate: f64) {
    let (messages, papers) = (Messages::of(structured), Messages::of(document));
    for documents in [0.0, 50.0] {
        let before = server.processor();
        let (told, beside) = tokio::join!(
            open(lines, &messages, rate, SPAN, PATIENCE),
            open(lines, &papers, documents, SPAN, Duration::from_secs(2)),
        );
        let goodput = told.good as f64 / (server.processor() - before).as_secs_f64() / peak;
        let part = told.good as f64 / told.all() as f64;
        println!(
            "half the capacity beside {documents} documents a second: {part:.2} answered, {goodput:.2} of peak, {}; documents: {}",
            shown(&told),
            shown(&beside)
        );
    }
}

fn shown(told: &Tally) -> String {
    let Tally { good, refused, late, unsaid, other } = told;
    format!("good {good}, refused {refused} ({unsaid} without saying when to come back), late {late}, other {other}")
}
