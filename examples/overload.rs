//! What a server does under more load than it can bear: good answers per second of its own processor time, at one, two, four
//! and ten times its capacity, so that the client beside it doesn't count. `cargo run --release --example overload`
#![allow(missing_docs, clippy::expect_used, clippy::float_arithmetic, clippy::cast_precision_loss)]

#[path = "load/mod.rs"]
mod load;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use load::{
    Served,
    calls::{Line, Messages, Tally, closed, open},
    document, structured,
};

/// Each load is offered in turn with one that just keeps the server busy, so that what else the machine does falls on both.
const ROUNDS: u32 = 6;
const SPAN: Duration = Duration::from_millis(800);
/// How long a caller waits.
const PATIENCE: Duration = Duration::from_millis(200);

fn main() {
    load::with_server(&[], run);
}

async fn run(server: Served) {
    let bench = Bench {
        lines: Line::open(&server.address, 8).await,
        messages: Messages::of(structured),
        papers: Messages::of(document),
        server,
    };
    bench.peak().await;
    let (mut all, mut worst) = (Tally::default(), 1.0);
    let loads = std::env::var("LOADS").unwrap_or("1 2 4 10".into());
    for times in loads.split(' ').map(|times| times.parse().expect("numbers")) {
        let (goodput, told) = bench.offered(times).await;
        all.add(&told);
        worst = goodput;
    }
    let (quiet, told) = bench.beside(0.0).await;
    all.add(&told);
    let (mixed, told) = bench.beside(50.0).await;
    all.add(&told);
    assert_eq!((all.unsaid, all.other), (0, 0), "a refusal doesn't say when to come back, or is none");
    println!("structured calls beside documents: {:.2} of the goodput without", mixed / quiet);
    println!("goodput {worst:.2} of peak at 10 x");
}

struct Bench {
    server: Served,
    lines: Vec<Line>,
    messages: Arc<Messages>,
    papers: Arc<Messages>,
}

/// What came of calls, in so much of the server's processor time and of time.
#[derive(Default)]
struct Measured {
    told: Tally,
    processor: f64,
    time: f64,
}

impl Bench {
    async fn measured(&self, into: &mut Measured, calls: impl Future<Output = Tally>) {
        let (before, begun) = (self.server.processor(), Instant::now());
        into.told.add(&calls.await);
        into.processor += (self.server.processor() - before).as_secs_f64();
        into.time += begun.elapsed().as_secs_f64();
    }

    /// Sixteen callers of whom each waits for its answer: how many good answers there are, a second.
    async fn peak(&self) -> f64 {
        let mut peak = Measured::default();
        self.measured(&mut peak, closed(&self.lines, &self.messages, 16, SPAN)).await;
        let capacity = peak.told.good as f64 / peak.time;
        println!(
            "capacity {capacity:.0}/s, {:.0} a second of the server's processor",
            peak.told.good as f64 / peak.processor
        );
        capacity
    }

    /// Offers so many times the capacity; good answers of the server's processor time, compared with the peak.
    async fn offered(&self, times: f64) -> (f64, Tally) {
        let (mut peak, mut crowd) = (Measured::default(), Measured::default());
        for _ in 0..ROUNDS {
            self.measured(&mut peak, closed(&self.lines, &self.messages, 16, SPAN)).await;
            let rate = peak.told.good as f64 / peak.time * times;
            self.measured(&mut crowd, open(&self.lines, &self.messages, rate, SPAN, PATIENCE)).await;
        }
        let best = peak.told.good as f64 / peak.processor;
        let (goodput, offered) =
            [crowd.told.good, crowd.told.all()].map(|many| many as f64 / crowd.processor / best).into();
        let memory = self.server.memory();
        println!(
            "{times:>4} x  {goodput:.2} of peak  {}  {memory} MB (offered {offered:.1} x what the processor could do)",
            shown(&crowd.told)
        );
        // What a good answer costs at the peak bounds what there is to win: no transport refuses for nothing.
        let others = (crowd.told.all() - crowd.told.good) as f64;
        println!(
            "        a good answer takes {:.0} µs of the server's processor; each of the other calls took {:.1} µs",
            1e6 / best,
            (crowd.processor * 1e6 - crowd.told.good as f64 * 1e6 / best).max(0.0) / others.max(1.0),
        );
        (goodput, crowd.told)
    }

    /// Half of the capacity, with so many documents a second beside it; which part of the structured calls is answered well.
    async fn beside(&self, documents: f64) -> (f64, Tally) {
        let (patience, span) = (Duration::from_secs(2), SPAN * ROUNDS);
        let rate = self.peak().await / 2.0;
        let (mut told, papers) = tokio::join!(
            open(&self.lines, &self.messages, rate, span, PATIENCE),
            open(&self.lines, &self.papers, documents, span, patience),
        );
        let part = told.good as f64 / told.all() as f64;
        println!(
            "half the capacity beside {documents} documents a second: {part:.2} answered well, {}; documents: {}",
            shown(&told),
            shown(&papers)
        );
        told.add(&papers);
        (part, told)
    }
}

fn shown(told: &Tally) -> String {
    let Tally { good, refused, late, unsaid, other } = told;
    format!("good {good}, refused {refused} ({unsaid} without saying when to come back), late {late}, other {other}")
}
