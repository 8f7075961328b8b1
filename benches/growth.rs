//! How the work grows with the input, in instructions for 1, 10, 100 and 1,000 times as much: `cargo bench --bench growth`;
//! needs valgrind. What is linear costs no more for each thousandth than for the first tenth; where calls make it
//! grow more than that, the bench fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;
mod counted;
mod reports;

use std::{
    fmt::Write as _,
    fs,
    hint::black_box,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use common::text::{Way, text};
use counted::{COUNT, instructions, times};
use gouji::{
    callers::{self, Entrance, Shown},
    checker::{Checker, Reading},
    deadline::Deadline,
    isolation::Documents,
    layout::Limits,
    operator::{InForce, Kept, load_pack},
    report::{AnnualReport, Section},
    rulebook::Rulebook,
    service::{Asker, CallLimits, Lane, Service, Settings, Times},
    submission::{Content, Filing, Submission},
    written::NamedText,
};
use reports::SIZES;
use sha2::{Digest, Sha256};
use tokio::task::JoinSet;

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
    /// Callers with a token and a rate each, one after the other. Their reports aren't looked at.
    Callers,
    /// The same, all at once where there is one place for work: they take turns.
    CallersAtOnce,
}

const ALL: [Growing; 9] = [
    Growing::Text,
    Growing::Sentence,
    Growing::Unmarked,
    Growing::GluedDigits,
    Growing::ForeignRows,
    Growing::Subordinates,
    Growing::PackRules,
    Growing::Callers,
    Growing::CallersAtOnce,
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
            Self::Callers => called(times, false),
            Self::CallersAtOnce => called(times, true),
        }
    }

    /// How often it is counted: what costs next to nothing often.
    fn runs(self) -> usize {
        match self {
            Self::PackRules => 1_000,
            Self::Callers | Self::CallersAtOnce => 10,
            _ => 1,
        }
    }

    /// Whether the bench fails where it is more than linear: what anybody can make grow who only calls.
    fn is_held(self) -> bool {
        matches!(self, Self::Callers | Self::CallersAtOnce)
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

/// A call of each of so many callers: whoever is known and hasn't called too often is given a place for work, and gives it back.
fn called(number: usize, at_once: bool) -> Box<dyn Fn()> {
    let tokens: Vec<String> = (0..number).map(|nth| format!("token-{nth}")).collect();
    let mut file = "callers:\n".to_owned();
    for (nth, token) in tokens.iter().enumerate() {
        let hash: String = Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(file, "  - {{ name: caller-{nth}, sha256: \"{hash}\", roles: [check], rate: 1000 }}").unwrap();
    }
    let register = move |_: &[Vec<u8>]| callers::parse(NamedText { name: "callers.yaml", text: &file });
    let register = Kept::load("callers", Vec::new(), register).unwrap_or_else(|why| panic!("{why:?}"));
    let entrance = Arc::new(Entrance::new(Some(Arc::new(register)), false, false));
    // Under valgrind all takes long.
    const PATIENCE: Duration = Duration::from_secs(3_600);
    let settings = Settings {
        limits: CallLimits { checks: 1, queue: number, ..CallLimits::default() },
        times: Times { queue_ms: PATIENCE.as_millis() as u64, ..Times::default() },
        documents: Documents::default(),
    };
    let service = Service::new(settings, Arc::new(InForce::fixed(Rulebook::built_in())));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    Box::new(move || {
        runtime.block_on(async {
            let mut calls = JoinSet::new();
            for (nth, token) in tokens.iter().enumerate() {
                let (entrance, service, token) = (entrance.clone(), service.clone(), token.clone());
                calls.spawn(async move {
                    let caller = entrance.identify(Shown { token: Some(token.as_bytes()), certificate: None }).unwrap();
                    caller.count(Instant::now()).unwrap();
                    let lane = Lane { caller: nth as u64 + 1, stream: 0 };
                    let asker = Asker { lane, deadline: Instant::now() + PATIENCE, is_stream: false };
                    service.would_take(asker).unwrap();
                    drop(black_box(service.by(caller).place(asker).await.unwrap()));
                });
                if !at_once {
                    calls.join_next().await.unwrap().unwrap();
                }
            }
            while let Some(call) = calls.join_next().await {
                call.unwrap();
            }
        });
    })
}

/// How many tenths of the cost the last ten times as much may cost: ten times as much where it is linear, and a little for chance.
const MOST: u64 = 110;

fn main() -> ExitCode {
    if let [count, growing, times, runs] = std::env::args().skip(1).collect::<Vec<_>>().as_slice()
        && count == COUNT
    {
        let growing = ALL.into_iter().find(|own| format!("{own:?}") == *growing).unwrap();
        let run = growing.prepared(times.parse().unwrap());
        // What is made at the first use is made.
        (0..=runs.parse().unwrap()).for_each(|_| run());
        return ExitCode::SUCCESS;
    }
    println!("| growing | 1 × | 10 × | 100 × | 1,000 × | the last step, of ten |");
    println!("|---|---|---|---|---|---|");
    let mut too_much = Vec::new();
    for growing in ALL {
        let counted = TIMES.map(|times| {
            let arguments = [&*format!("{growing:?}"), &times.to_string()];
            let counted = || instructions(&arguments, growing.runs()).unwrap_or_default();
            (times <= growing.most()).then(counted)
        });
        let shown = counted.map(|own| own.map_or("–".to_owned(), |own| own.to_string()));
        let mut last = counted.into_iter().flatten().rev();
        let (more, less) = last.next().zip(last.next()).unwrap_or_default();
        println!("| {growing:?} | {} | {} |", shown.join(" | "), times(more, less));
        too_much.extend((growing.is_held() && more * 10 > less * MOST).then_some(growing));
    }
    if too_much.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("more than linear: {too_much:?}");
    ExitCode::FAILURE
}
