//! What fifty checks that a user wrote cost, beside the same checks in other rule languages and written
//! by hand, in instructions: `cargo bench --bench packs`; needs valgrind. Each is held to the same findings before it is counted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;
mod counted;

use std::hint::black_box;

use common::{clean, dossier, patched};
use counted::{COUNT, instructions, times};
use gouji::{
    deadline::Deadline,
    dossier::Dossier,
    operator::load_pack,
    packs::Pack,
    report::{Location, form::APPLICANTS},
};
use serde_json::{Value, json};

/// The rows of 表三 with figures, in the order of the form; the results stand at 2 to 22.
const ROWS: [&str; 25] = [
    "received",
    "carried_over",
    "outcomes.granted",
    "outcomes.partially_granted",
    "outcomes.denied.state_secret",
    "outcomes.denied.prohibited_by_law",
    "outcomes.denied.endangers_stability",
    "outcomes.denied.third_party_rights",
    "outcomes.denied.internal_affairs",
    "outcomes.denied.process_information",
    "outcomes.denied.enforcement_files",
    "outcomes.denied.administrative_inquiry",
    "outcomes.unavailable.not_held",
    "outcomes.unavailable.must_be_created",
    "outcomes.unavailable.still_unclear",
    "outcomes.not_processed.complaint",
    "outcomes.not_processed.repeated",
    "outcomes.not_processed.published_material",
    "outcomes.not_processed.excessive",
    "outcomes.not_processed.confirmation",
    "outcomes.other.not_corrected",
    "outcomes.other.fee_unpaid",
    "outcomes.other.other",
    "outcomes.total",
    "carried_forward",
];
const BLOCKS: [&str; 3] = ["reconsideration", "direct_litigation", "litigation_after_reconsideration"];
const SECTIONS: std::ops::RangeInclusive<u8> = 1..=6;
/// How often each is counted: what costs little often, so that the hash maps of others, made anew in each process, don't count.
const RUNS: [usize; 5] = [20_000, 10_000, 100, 100, 100];
const AMOUNTS: [&str; 2] = ["disclosure_2021.fees.amount", "disclosure_2019.procurement.amount"];

/// The report without faults: all sections have text, both amounts four decimals.
fn good() -> Value {
    let text = "本机关认真贯彻落实政府信息公开条例，围绕重点领域做好主动公开、依申请公开和监督保障工作。".repeat(8);
    let sections: serde_json::Map<String, Value> =
        SECTIONS.map(|number| (number.to_string(), json!({ "text": text }))).collect();
    json!({ "report": {
        "sections": sections,
        "disclosure_2021": { "fees": { "amount": "12.5000" } },
        "disclosure_2019": { "procurement": { "amount": "859.2551" } },
    } })
}

/// Five faults that make seven findings.
fn faults() -> Value {
    json!({ "report": {
        "applications": {
            "received": { "natural_person": 5000 },
            "outcomes": { "denied": { "state_secret": { "total": 900 } } },
        },
        "remedies": { "reconsideration": { "total": 77 } },
        "sections": { "5": { "text": "" } },
        "disclosure_2019": { "procurement": { "amount": "859.255" } },
    } })
}

const EXPECTED: [&str; 7] = [
    "AMOUNT|disclosure_2019.procurement.amount",
    "BALANCE|natural_person",
    "COLSUM|total",
    "ROWSUM|outcomes.denied.state_secret",
    "ROWSUM|received",
    "SECTION|5",
    "T4SUM|reconsideration",
];

/// The figures as arrays: what somebody would write who writes such checks by hand.
struct Plain {
    sections: Vec<(u8, String)>,
    applications: Vec<[i64; 7]>,
    remedies: Vec<[i64; 5]>,
    amounts: [String; 2],
}

impl Plain {
    fn of(dossier: &Dossier) -> Self {
        let figures = &dossier.report.figures;
        let counts = |path: String| match Location::parse(&path) {
            Some(Location::Row(row)) => {
                row.cells().map(|cell| figures.count(cell).known().unwrap()).collect::<Vec<_>>()
            }
            other => panic!("{path}: {other:?}"),
        };
        let amount = |path: &str| match Location::parse(path) {
            Some(Location::Cell(cell)) => figures.amount(cell).unwrap_or_default().to_owned(),
            other => panic!("{path}: {other:?}"),
        };
        Self {
            sections: dossier.report.sections.iter().map(|it| (it.number, it.text.clone())).collect(),
            applications: ROWS.map(|row| counts(format!("applications.{row}")).try_into().unwrap()).to_vec(),
            remedies: BLOCKS.map(|block| counts(format!("remedies.{block}")).try_into().unwrap()).to_vec(),
            amounts: AMOUNTS.map(amount),
        }
    }

    /// The same as the JSON that the other languages are given.
    fn json(&self) -> Value {
        let named = |names: &[&str], rows: Vec<Vec<i64>>| -> Vec<Value> {
            names.iter().zip(rows).map(|(id, v)| json!({ "id": id, "v": v })).collect()
        };
        let sections: Vec<Value> = self.sections.iter().map(|(no, body)| json!({ "no": no, "body": body })).collect();
        json!({
            "sections": sections,
            "t3": named(&ROWS, self.applications.iter().map(|row| row.to_vec()).collect()),
            "t4": named(&BLOCKS, self.remedies.iter().map(|row| row.to_vec()).collect()),
            "amounts": { "fee": self.amounts[0], "procurement": self.amounts[1] },
        })
    }
}

fn by_hand(plain: &Plain) -> Vec<String> {
    let mut found = Vec::new();
    let rows = &plain.applications;
    for (row, name) in rows.iter().zip(ROWS) {
        if row[..6].iter().sum::<i64>() != row[6] {
            found.push(format!("ROWSUM|{name}"));
        }
    }
    for (at, column) in APPLICANTS.iter().enumerate() {
        if rows[2..23].iter().map(|row| row[at]).sum::<i64>() != rows[23][at] {
            found.push(format!("COLSUM|{}", column.field()));
        }
        if rows[0][at] + rows[1][at] != rows[23][at] + rows[24][at] {
            found.push(format!("BALANCE|{}", column.field()));
        }
    }
    for (row, name) in plain.remedies.iter().zip(BLOCKS) {
        if row[..4].iter().sum::<i64>() != row[4] {
            found.push(format!("T4SUM|{name}"));
        }
    }
    for number in SECTIONS {
        if !plain.sections.iter().any(|(own, text)| *own == number && !text.is_empty()) {
            found.push(format!("SECTION|{number}"));
        }
    }
    for (amount, name) in plain.amounts.iter().zip(AMOUNTS) {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = |(whole, fraction): (&str, &str)| {
            !whole.is_empty() && fraction.len() == 4 && digits(whole) && digits(fraction)
        };
        if !amount.split_once('.').is_some_and(fits) {
            found.push(format!("AMOUNT|{name}"));
        }
    }
    found
}

/// What the pack finds, in the words of the others.
fn by_pack(pack: &Pack, dossier: &Dossier) -> Vec<String> {
    let mut found = Vec::new();
    for written in &pack.rules {
        let ruling = written.rule.check.of(dossier, &Deadline::NEVER);
        for violation in &ruling.violations {
            let path = violation.location.path();
            let last = path.rsplit('.').next().unwrap_or_default();
            found.push(match &*written.rule.code {
                "BN-001" => format!("ROWSUM|{}", path.trim_start_matches("applications.")),
                "BN-002" => format!("COLSUM|{last}"),
                "BN-003" => format!("BALANCE|{last}"),
                "BN-004" => format!("T4SUM|{last}"),
                "BN-005" => format!("SECTION|{last}"),
                _ => format!("AMOUNT|{path}"),
            });
        }
    }
    found
}

const REGO: &str = r#"
package ar
import rego.v1
results := array.slice(input.t3, 2, 23)
findings contains {"rule":"ROWSUM","loc":r.id} if { some r in input.t3; e := sum(array.slice(r.v,0,6)); e != r.v[6] }
findings contains {"rule":"COLSUM","loc":sprintf("c%d",[c])} if { some c in numbers.range(0,6); e := sum([r.v[c] | some r in results]); a := input.t3[23].v[c]; e != a }
findings contains {"rule":"BALANCE","loc":sprintf("c%d",[c])} if { some c in numbers.range(0,6); e := input.t3[0].v[c]+input.t3[1].v[c]; a := input.t3[23].v[c]+input.t3[24].v[c]; e != a }
findings contains {"rule":"T4SUM","loc":r.id} if { some r in input.t4; e := sum(array.slice(r.v,0,4)); e != r.v[4] }
have contains s.no if { some s in input.sections; s.body != "" }
findings contains {"rule":"SECTION","loc":sprintf("%d",[n])} if { some n in numbers.range(1,6); not n in have }
findings contains {"rule":"AMOUNT","loc":k} if { some k in ["procurement","fee"]; not regex.match(`^[0-9]+[.][0-9]{4}$`, input.amounts[k]) }
"#;

/// A finding in the words of [`EXPECTED`]: columns by name, amounts by path.
fn named(rule: &str, place: &str) -> String {
    let column = place.strip_prefix('c').and_then(|at| at.parse::<usize>().ok());
    let place = match (rule, column) {
        ("COLSUM" | "BALANCE", Some(at)) => APPLICANTS[at].field(),
        ("AMOUNT", _) if place == "fee" => AMOUNTS[0],
        ("AMOUNT", _) => AMOUNTS[1],
        _ => place,
    };
    format!("{rule}|{place}")
}

/// Fifty checks as a rule and an expression each; `v` writes a figure, `all` joins a section's test.
fn expressions(
    v: impl Fn(&str, usize, usize) -> String,
    section: impl Fn(u8) -> String,
    amount: impl Fn(&str) -> String,
) -> Vec<(String, String)> {
    let sum = |table: &str, cells: Vec<(usize, usize)>| {
        cells.into_iter().map(|(row, at)| v(table, row, at)).collect::<Vec<_>>().join(" + ")
    };
    let mut all = Vec::new();
    for (row, name) in ROWS.iter().enumerate() {
        let parts = sum("t3", (0..6).map(|at| (row, at)).collect());
        all.push((format!("ROWSUM|{name}"), format!("{parts} == {}", v("t3", row, 6))));
    }
    for (at, column) in APPLICANTS.iter().enumerate() {
        let results = sum("t3", (2..23).map(|row| (row, at)).collect());
        all.push((format!("COLSUM|{}", column.field()), format!("{results} == {}", v("t3", 23, at))));
        let (left, right) = (sum("t3", vec![(0, at), (1, at)]), sum("t3", vec![(23, at), (24, at)]));
        all.push((format!("BALANCE|{}", column.field()), format!("{left} == {right}")));
    }
    for (row, name) in BLOCKS.iter().enumerate() {
        let parts = sum("t4", (0..4).map(|at| (row, at)).collect());
        all.push((format!("T4SUM|{name}"), format!("{parts} == {}", v("t4", row, 4))));
    }
    all.extend(SECTIONS.map(|number| (format!("SECTION|{number}"), section(number))));
    all.extend(["fee", "procurement"].map(|name| (named("AMOUNT", name), amount(name))));
    assert_eq!(all.len(), 50);
    all
}

/// A way of checking the good report.
struct Way<'a> {
    name: &'static str,
    run: Box<dyn FnMut() -> usize + 'a>,
}

impl<'a> Way<'a> {
    /// A way, once it has been held to what is expected.
    fn held(name: &'static str, good: Vec<String>, mut bad: Vec<String>, run: impl FnMut() -> usize + 'a) -> Self {
        bad.sort();
        assert_eq!((good.len(), bad.as_slice()), (0, EXPECTED.map(str::to_owned).as_slice()), "{name}");
        Self { name, run: Box::new(run) }
    }
}

fn regorus(good: &str, bad: &str) -> Way<'static> {
    use regorus::{Engine, Rc, Value, languages::rego::compiler::Compiler, rvm::RegoVM};
    const ENTRY: &str = "data.ar.findings";
    let mut engine = Engine::new();
    engine.add_policy("ar.rego".into(), REGO.into()).unwrap();
    let policy = engine.compile_with_entrypoint(&Rc::from(ENTRY)).unwrap();
    let mut machine = RegoVM::new();
    machine.load_program(Compiler::compile_from_policy(&policy, &[ENTRY]).unwrap());
    let mut run = move |input: &Value| {
        machine.set_input(input.clone());
        machine.execute().unwrap()
    };
    let words = |value: &Value| value.as_string().unwrap().to_string();
    let keys = |found: &Value| -> Vec<String> {
        found.as_set().unwrap().iter().map(|it| named(&words(&it["rule"]), &words(&it["loc"]))).collect()
    };
    let [good, bad] = [good, bad].map(|text| Value::from_json_str(text).unwrap());
    let both = (keys(&run(&good)), keys(&run(&bad)));
    Way::held("regorus, its bytecode machine", both.0, both.1, move || {
        run(&good).as_set().map_or(0, |found| found.len())
    })
}

fn zen(good: &Value, bad: &Value) -> Way<'static> {
    use zen_expression::{compile_expression, variable::Variable, vm::VM};
    let all = expressions(
        |table, row, at| format!("{table}[{row}].v[{at}]"),
        |number| format!("some(sections, #.no == {number} and #.body != '')"),
        |name| format!("matches(amounts.{name}, '^[0-9]+[.][0-9]{{4}}$')"),
    );
    let all: Vec<_> = all.into_iter().map(|(key, it)| (key, compile_expression(&it).unwrap())).collect();
    let mut machine = VM::new();
    let mut run = move |input: &Variable| -> Vec<String> {
        let failing = all
            .iter()
            .filter(|(_, it)| !matches!(it.evaluate_with(input.clone(), &mut machine).unwrap(), Variable::Bool(true)));
        failing.map(|(key, _)| key.clone()).collect()
    };
    let [good, bad] = [good, bad].map(|value| Variable::from(value.clone()));
    let both = (run(&good), run(&bad));
    Way::held("zen-expression", both.0, both.1, move || run(&good).len())
}

fn cel(good: &Value, bad: &Value) -> Way<'static> {
    use cel::{Context, Program, Value as Answer};
    let all = expressions(
        |table, row, at| format!("d.{table}[{row}].v[{at}]"),
        |number| format!("d.sections.exists(s, s.no == {number}u && s.body != '')"),
        |name| format!("d.amounts.{name}.matches('^[0-9]+[.][0-9]{{4}}$')"),
    );
    let all: Vec<_> = all.into_iter().map(|(key, it)| (key, Program::compile(&it).unwrap())).collect();
    let context = |value: &Value| {
        let mut context = Context::default();
        context.add_variable("d", value.clone()).unwrap();
        context
    };
    let run = move |context: &Context<'_, '_>| -> Vec<String> {
        let failing = all.iter().filter(|(_, it)| !matches!(it.execute(context), Ok(Answer::Bool(true))));
        failing.map(|(key, _)| key.clone()).collect()
    };
    let (good, bad) = (context(good), context(bad));
    let both = (run(&good), run(&bad));
    Way::held("the cel crate", both.0, both.1, move || run(&good).len())
}

fn main() {
    let sound = patched(clean("2021"), &good());
    let (good, bad) = (dossier(&sound), dossier(&patched(sound, &faults())));
    let (plain, wrong) = (Plain::of(&good), Plain::of(&bad));
    let (value, other) = (plain.json(), wrong.json());
    let pack = load_pack(&common::root().join("examples/packs/bench"), &[]).unwrap();
    let hand = Way::held("by hand, over arrays", by_hand(&plain), by_hand(&wrong), || by_hand(black_box(&plain)).len());
    let own = Way::held("gouji, the pack", by_pack(&pack, &good), by_pack(&pack, &bad), || {
        by_pack(&pack, black_box(&good)).len()
    });
    let mut ways =
        [hand, own, regorus(&value.to_string(), &other.to_string()), zen(&value, &other), cel(&value, &other)];
    if let [count, name, runs] = std::env::args().skip(1).collect::<Vec<_>>().as_slice()
        && count == COUNT
    {
        let way = ways.iter_mut().find(|own| own.name == name).unwrap();
        (0..runs.parse().unwrap()).for_each(|_| {
            black_box((way.run)());
        });
        return;
    }
    println!("| fifty checks on one report | instructions |");
    println!("|---|---|");
    let mut runs = RUNS.into_iter();
    let counted = ways.each_ref().map(|way| {
        let counted = instructions(&[way.name], runs.next().unwrap()).unwrap_or_default();
        println!("| {} | {counted} |", way.name);
        counted
    });
    let [hand, own, others @ ..] = counted;
    let fastest = others.into_iter().min().unwrap_or_default();
    println!("packs: {} x the fastest rule language, {} x slower than by hand", times(fastest, own), times(own, hand));
}
