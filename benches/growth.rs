//! How the work grows with the input, in instructions for 1, 10, 100 and 1,000 times as much: `cargo bench --bench growth`;
//! needs valgrind. What is linear costs no more for each thousandth than for the first tenth.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;
mod counted;
mod reports;

use std::{fmt::Write as _, fs, hint::black_box};

use common::text::{Way, text};
use counted::{COUNT, instructions, times};
use gouji::{
    checker::{Checker, Reading},
    deadline::Deadline,
    layout::Limits,
    operator::load_pack,
    report::{AnnualReport, Section},
    submission::{Content, Filing, Submission},
};
use reports::SIZES;

/// What grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Growing {
    /// The text of a section, 300 characters at first.
    Text,
    /// One number in a sentence, three digits at first.
    Sentence,
    /// Numbers with their words, one behind the other and no mark between them.
    Unmarked,
    /// A run of digits without spaces where a row's figures should stand, seven at first.
    GluedDigits,
    /// Rows that no form has, in a document's table.
    ForeignRows,
    /// The reports of subordinates.
    Subordinates,
    /// The rules of a pack.
    PackRules,
}

const ALL: [Growing; 7] = [
    Growing::Text,
    Growing::Sentence,
    Growing::Unmarked,
    Growing::GluedDigits,
    Growing::ForeignRows,
    Growing::Subordinates,
    Growing::PackRules,
];

/// How many times as much.
const TIMES: [usize; 4] = [1, 10, 100, 1_000];

impl Growing {
    /// How many times as much it may become: a pack has 500 rules at most, so that the last step is left out.
    fn most(self) -> usize {
        if self == Self::PackRules { 100 } else { 1_000 }
    }

    /// What is to be counted, for so many times as much; whatever comes before isn't.
    fn prepared(self, times: usize) -> Box<dyn Fn()> {
        match self {
            Self::Text => structured(vec![filled(&reports::text(0, 300, 1).repeat(times))]),
            Self::Sentence => structured(vec![filled(&format!("全年收到政府信息公开申请{}件。", "1、".repeat(times)))]),
            Self::Unmarked => structured(vec![filled(&"本机关收到申请1件".repeat(times))]),
            Self::GluedDigits => {
                let digits = "0".repeat(7 * times);
                let text = text(&reports::printed(SIZES[0], 0), Way::Glued);
                written(text.replacen("3.危及", &format!("{digits}3.危及"), 1))
            }
            Self::ForeignRows => {
                let rows = "其他事项的数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n".repeat(times);
                let text = text(&reports::printed(SIZES[0], 0), Way::Bars);
                written(text.replacen("（二）部分公开", &format!("{rows}（二）部分公开"), 1))
            }
            Self::Subordinates => structured(std::iter::once(filled("")).chain((0..times).map(subordinate)).collect()),
            Self::PackRules => pack(times),
        }
    }
}

fn filled(text: &str) -> AnnualReport {
    let mut report = reports::printed(SIZES[0], 0);
    let first: &mut Section = report.sections.iter_mut().find(|own| own.number == 1).unwrap();
    first.text.push_str(text);
    report
}

fn subordinate(nth: usize) -> AnnualReport {
    let mut report = reports::printed(SIZES[0], nth);
    report.body.name = format!("青溪县第{nth}街道办事处");
    report
}

/// The check of a report, with those of its subordinates behind it.
fn structured(reports: Vec<AnnualReport>) -> Box<dyn Fn()> {
    let checker = Checker::new(Reading::Here(Limits::default()));
    let filing = |report: &AnnualReport| Filing { content: Content::Report(Box::new(report.clone())), digest: [0; 32] };
    let filings: Vec<Filing> = reports.iter().map(filing).collect();
    Box::new(move || {
        let mut filings = filings.clone().into_iter();
        let mut submission = Submission::of(filings.next().unwrap());
        submission.subordinates = filings.collect();
        black_box(checker.check(submission, &Deadline::NEVER).unwrap());
    })
}

/// The check of a document of text.
fn written(text: String) -> Box<dyn Fn()> {
    let checker = Checker::new(Reading::Here(Limits::default()));
    Box::new(move || {
        let submission = Submission::of(Filing::document(text.clone().into_bytes(), ""));
        drop(black_box(checker.check(submission, &Deadline::NEVER)));
    })
}

/// The rules of a pack, each over one report.
fn pack(rules: usize) -> Box<dyn Fn()> {
    let folder = std::env::temp_dir().join(format!("gouji-growth-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("pack.yaml"), "name: growth\nversion: \"1\"\nnamespace: GR\n").unwrap();
    let mut file = "rules:\n".to_owned();
    for number in 1..=rules {
        write!(
            file,
            "  - code: GR-{number:03}\n    title: {{ zh: 新收不超过一万, en: No more than ten thousand }}\n    severity: info\n    \
             at: applications.received.total\n    assert: report.applications.received.total < 1{number:04}\n    \
             message: {{ zh: 过大, en: too large }}\n    examples:\n      \
             bad: [{{ report: {{ applications: {{ received: {{ natural_person: 90000, total: 90000 }} }} }} }}]\n      \
             good: [{{}}]\n",
        )
        .unwrap();
    }
    fs::write(folder.join("rules.yaml"), file).unwrap();
    let pack = load_pack(&folder, &[]).unwrap_or_else(|why| panic!("{why:?}"));
    fs::remove_dir_all(&folder).unwrap();
    let dossier = common::dossier(&common::clean("2021"));
    Box::new(move || {
        for written in &pack.rules {
            drop(black_box(written.rule.check.of(&dossier, &Deadline::NEVER)));
        }
    })
}

fn main() {
    if let [count, growing, times, runs] = std::env::args().skip(1).collect::<Vec<_>>().as_slice()
        && count == COUNT
    {
        let growing = ALL.into_iter().find(|own| format!("{own:?}") == *growing).unwrap();
        let run = growing.prepared(times.parse().unwrap());
        // What is made at the first use is made.
        (0..=runs.parse().unwrap()).for_each(|_| run());
        return;
    }
    println!("| growing | 1 × | 10 × | 100 × | 1,000 × | the last step, of ten |");
    println!("|---|---|---|---|---|---|");
    for growing in ALL {
        let counted = TIMES.map(|times| {
            // What costs next to nothing is counted often.
            let runs = if growing == Growing::PackRules { 1_000 } else { 1 };
            let counted = || instructions(&[&format!("{growing:?}"), &times.to_string()], runs).unwrap_or_default();
            (times <= growing.most()).then(counted)
        });
        let shown = counted.map(|own| own.map_or("–".to_owned(), |own| own.to_string()));
        let mut last = counted.into_iter().flatten().rev();
        let step = last.next().zip(last.next()).map(|(more, less)| times(more, less)).unwrap_or_default();
        println!("| {growing:?} | {} | {step} |", shown.join(" | "));
    }
}
