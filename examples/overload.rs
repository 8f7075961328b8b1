//! What a server does under more load than it can bear: good answers per second of its own processor time, at one, two, four
//! and ten times its capacity, so that the client beside it doesn't count. `cargo run --release --example overload`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    missing_docs
)]

#[path = "load/mod.rs"]
mod load;

use std::time::{Duration, Instant};

use load::{Served, Tally, document, structured};

/// How long each load is offered.
const SPAN: Duration = Duration::from_secs(5);
/// How long a caller waits.
const PATIENCE: Duration = Duration::from_millis(200);

fn main() {
    load::serve_if_asked();
    tokio::runtime::Runtime::new().unwrap().block_on(run());
}

async fn run() {
    let server = Served::start(&[]).await;
    let clients = server.clients(8).await;
    // Warm, then at capacity: sixteen callers of whom each waits for its answer.
    load::closed(&clients, structured, 16, Duration::from_secs(1)).await;
    let (before, begun) = (server.processor(), Instant::now());
    let full = load::closed(&clients, structured, 16, SPAN).await;
    let peak = full.good as f64 / (server.processor() - before).as_secs_f64();
    let capacity = full.good as f64 / begun.elapsed().as_secs_f64();
    println!("capacity {capacity:.0}/s, {peak:.0} good answers a second of the server's processor");
    let mut worst = 1.0;
    for times in [1.0, 2.0, 4.0, 10.0] {
        let before = server.processor();
        let told = load::open(&clients, structured, capacity * times, SPAN, PATIENCE).await;
        let goodput = told.good as f64 / (server.processor() - before).as_secs_f64() / peak;
        println!("{times:>4} x  {goodput:.2} of peak  {}  {} MB", shown(&told), server.memory());
        worst = goodput;
    }
    let before = server.processor();
    let (told, documents) = tokio::join!(
        load::open(&clients, structured, capacity / 2.0, SPAN, PATIENCE),
        load::open(&clients, document, 50.0, SPAN, Duration::from_secs(2)),
    );
    let goodput = told.good as f64 / (server.processor() - before).as_secs_f64() / peak;
    println!(
        "half the capacity beside 50 documents a second: {goodput:.2} of peak, {}; documents: {}",
        shown(&told),
        shown(&documents)
    );
    println!("goodput {worst:.2} of peak at 10 x");
}

fn shown(told: &Tally) -> String {
    let Tally { good, refused, late, unsaid, other } = told;
    format!(
        "good {good}, refused {refused} (of these {unsaid} without saying when to come back), late {late}, other {other}"
    )
}
