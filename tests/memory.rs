//! The memory that a message takes besides its bytes: `cargo test --test memory -- --nocapture` prints it for every
//! list of every request.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use bytes::Bytes;
use gouji::wire::{
    counted::{Excess, count},
    filing::request_from,
    received::Received,
    v1::{self, filing::Content},
};
use prost::Message;

/// Above `MANY` bytes a message may take `TIMES` its bytes, and `BESIDE` in addition.
const MANY: usize = 1 << 20;
const TIMES: usize = 8;
const BESIDE: usize = 8 << 20;

/// The peak memory while a request is counted, decoded and converted; and why it was refused before that, if it was.
fn peak(bytes: &Bytes) -> (usize, Option<Excess>) {
    let mut excess = None;
    let measured = allocation_counter::measure(|| match count::<v1::CheckReportRequest>(bytes) {
        Ok(()) => {
            let message = v1::CheckReportRequest::decode(bytes.clone()).unwrap();
            drop(request_from(Received { message, bytes: bytes.clone() }));
        }
        Err(more) => excess = Some(more),
    });
    (usize::try_from(measured.bytes_max).unwrap() + bytes.len(), excess)
}

fn report(report: v1::AnnualReport) -> v1::Filing {
    v1::Filing { content: Some(Content::Report(Box::new(report))) }
}

fn in_subject(own: v1::AnnualReport) -> v1::CheckReportRequest {
    v1::CheckReportRequest { subject: Some(report(own)), ..Default::default() }
}

/// As many subordinates as allowed, all with the same report.
fn in_subordinates(own: v1::AnnualReport) -> v1::CheckReportRequest {
    v1::CheckReportRequest { subordinates: vec![report(own); 1_000], ..Default::default() }
}

type Make = fn(usize, &str) -> v1::CheckReportRequest;

/// Requests with a given number of elements in one list, each with a text.
const LISTS: [(&str, Make); 12] = [
    ("subordinates (empty)", |many, _| v1::CheckReportRequest {
        subordinates: vec![v1::Filing::default(); many],
        ..Default::default()
    }),
    ("subordinates (reports)", |many, text| v1::CheckReportRequest {
        subordinates: vec![report(v1::AnnualReport { title: text.into(), ..Default::default() }); many],
        ..Default::default()
    }),
    ("subordinates (documents)", |many, text| v1::CheckReportRequest {
        subordinates: vec![
            v1::Filing {
                content: Some(Content::Document(Box::new(v1::Document { name: text.into(), ..Default::default() })))
            };
            many
        ],
        ..Default::default()
    }),
    ("subject.report.sections", |many, text| {
        let section = v1::Section { text: text.into(), ..Default::default() };
        in_subject(v1::AnnualReport { sections: vec![section; many], ..Default::default() })
    }),
    ("subordinates.report.sections", |many, text| {
        let section = v1::Section { text: text.into(), ..Default::default() };
        in_subordinates(v1::AnnualReport { sections: vec![section; many / 1_000], ..Default::default() })
    }),
    ("subordinates.report.defects", |many, text| {
        let defect = v1::Defect { printed: text.into(), ..Default::default() };
        in_subordinates(v1::AnnualReport { defects: vec![defect; many / 1_000], ..Default::default() })
    }),
    ("subordinates.report.defects.candidates", |many, text| {
        let defect = v1::Defect { candidates: vec![text.into(); 50], ..Default::default() };
        in_subordinates(v1::AnnualReport { defects: vec![defect; many / 50_000], ..Default::default() })
    }),
    ("subordinates.report.readings", |many, text| {
        let reading = v1::Reading { path: "applications.received.total".into(), printed: text.into(), place: None };
        in_subordinates(v1::AnnualReport { readings: vec![reading; many / 1_000], ..Default::default() })
    }),
    ("baseline.fingerprints", |many, text| v1::CheckReportRequest {
        baseline: Some(v1::Baseline { fingerprints: vec![text.into(); many], citation: None }),
        ..Default::default()
    }),
    ("waivers", |many, text| v1::CheckReportRequest {
        waivers: vec![v1::Waiver { reason: text.into(), ..Default::default() }; many],
        ..Default::default()
    }),
    ("pinned_packs", |many, text| v1::CheckReportRequest {
        pinned_packs: vec![v1::PinnedPack { name: text.into(), ..Default::default() }; many],
        ..Default::default()
    }),
    ("subject.report.sections (one)", |_, text| {
        let section = v1::Section { text: text.repeat(40_000), ..Default::default() };
        in_subject(v1::AnnualReport { sections: vec![section], ..Default::default() })
    }),
];

#[test]
fn no_list_of_a_request_takes_many_times_its_bytes() {
    let mut worst = 0.0_f64;
    println!("{:<42}{:>10}{:>10}{:>12}{:>12}{:>8}", "list", "elements", "text", "bytes", "peak", "times");
    for (name, make) in LISTS {
        for many in [1_000, 50_000, 300_000] {
            for text in ["", "甲", "行政许可处理决定", &"政府信息公开".repeat(8), &"政府信息公开".repeat(60)]
            {
                if many * text.len() > 12 << 20 {
                    continue;
                }
                let bytes = Bytes::from(make(many, text).encode_to_vec());
                let (peak, excess) = peak(&bytes);
                let times = peak as f64 / bytes.len() as f64;
                let refused = excess.map(|excess| format!("refused: {} {:?}", excess.field, excess.most));
                let length = text.chars().count();
                println!(
                    "{name:<42}{many:>10}{length:>10}{:>12}{peak:>12}{times:>8.1}  {}",
                    bytes.len(),
                    refused.unwrap_or_default()
                );
                if bytes.len() >= MANY {
                    assert!(
                        peak <= TIMES * bytes.len() + BESIDE,
                        "{name}, {many} of {length} characters: {peak} bytes"
                    );
                    worst = worst.max((peak.saturating_sub(BESIDE)) as f64 / bytes.len() as f64);
                }
            }
        }
    }
    println!("memory: at most {worst:.1} times the bytes beside {} MB", BESIDE >> 20);
}

/// What a check of a clean report may allocate: the index of its texts, their statements, and the rulings.
const ALLOCATIONS: u64 = 180;

#[test]
fn a_rule_that_holds_allocates_next_to_nothing() {
    use gouji::{deadline::Deadline, engine::Engine, rules};
    let dossier = common::dossier(&common::clean("2021"));
    // What is found once for all, and what each rule makes once in the process.
    let engine = Engine::new(rules::all());
    drop(engine.assess(&dossier, &[0; 32], &Deadline::NEVER));
    for rule in rules::all() {
        let own = allocation_counter::measure(|| drop(rule.check.of(&dossier, &Deadline::NEVER))).count_total;
        assert!(own <= 6, "{} allocates {own} times, though nothing is wrong", rule.code);
    }
    let fresh = common::dossier(&common::clean("2021"));
    let all = allocation_counter::measure(|| drop(engine.assess(&fresh, &[0; 32], &Deadline::NEVER))).count_total;
    println!("a clean report: {all} allocations");
    assert!(all <= ALLOCATIONS, "{all}");
}
