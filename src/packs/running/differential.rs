//! The two ways of running an expression must agree, blanks and unread cells included; and where every figure is
//! known, both must agree with the `cel` crate's own interpreter.

use crate::report::arithmetic::Known;
use std::collections::BTreeMap;

use cel::{Context, Program, Value};
use proptest::prelude::*;

use super::{
    interpreter::{Budget, Run, Stop},
    linear,
};
use crate::packs::expression::checking;
use crate::{
    deadline::Deadline,
    dossier::Dossier,
    report::{AnnualReport, Date, Defect, DefectKind, Edition, Figure, Location, Place, Row, Section, Table},
};

const BUDGET: Budget<'static> = Budget { steps: 1_000_000, deadline: &Deadline::NEVER };
/// The rows whose cells the expressions name.
const ROWS: [(Row, &str); 3] =
    [(Row::Received, "received"), (Row::CarriedOver, "carried_over"), (Row::CarriedForward, "carried_forward")];
const COLUMNS: [&str; 3] = ["natural_person", "business", "total"];

/// A report with these figures, row by row, in the columns of [`COLUMNS`].
fn report(figures: &[Figure; 9]) -> AnnualReport {
    let mut report = AnnualReport { edition: Edition::Of2021, year: Some(2023), ..AnnualReport::default() };
    report.published_on = Date::new(2024, 1, 30);
    for ((row, _), values) in ROWS.iter().zip(figures.chunks(COLUMNS.len())) {
        let mut counts = [Figure::Known(0); 7];
        (counts[0], counts[1], counts[6]) = (values[0], values[1], values[2]);
        report.figures.put_row(*row, counts);
    }
    report.sections.push(Section { number: 1, text: "甲乙丙".to_owned(), ..Section::default() });
    report
}

fn dossier(figures: &[Figure; 9]) -> Dossier {
    Dossier { report: report(figures), ..Dossier::default() }
}

/// The same dossier, but of a document that ends in the tables of section two.
fn cut_short(mut dossier: Dossier) -> Dossier {
    dossier.report.defects.push(Defect {
        location: Location::Table(Table::Disclosure2021),
        printed: String::new(),
        kind: DefectKind::Truncated,
        candidates: Vec::new(),
        place: Place::default(),
    });
    dossier
}

fn figure() -> impl Strategy<Value = Figure> {
    prop_oneof![5 => (-1..4).prop_map(Figure::Known), 1 => Just(Figure::Blank), 1 => Just(Figure::Unread)]
}

fn cell() -> impl Strategy<Value = String> {
    (0..ROWS.len(), 0..COLUMNS.len())
        .prop_map(|(row, column)| format!("report.applications.{}.{}", ROWS[row].1, COLUMNS[column]))
}

/// Numbers that both CEL and the linear form can express; `domain` adds the functions that CEL lacks.
fn number(domain: bool) -> BoxedStrategy<String> {
    let plain = prop_oneof![4 => cell(), 2 => (0..5_i64).prop_map(|number| number.to_string())];
    let own = prop_oneof![
        Just("decimal(\"0.5\")".to_owned()),
        Just("sum(parts(report.applications.received))".to_owned()),
        Just("sum(column(report.applications.outcomes, \"business\"))".to_owned()),
        Just("size(section(1))".to_owned()),
        Just("report.year".to_owned()),
        Just("report.published_on.day - report.year".to_owned()),
        Just("report.submitted_on.day".to_owned()),
        Just("previous.applications.received.total".to_owned()),
    ];
    let leaf = if domain { prop_oneof![4 => plain, 1 => own].boxed() } else { plain.boxed() };
    leaf.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("({one} + {other})")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("({one} - {other})")),
            inner.clone().prop_map(|one| format!("-({one})")),
            (1..4_i64, inner).prop_map(|(factor, one)| format!("{factor} * ({one})")),
        ]
    })
    .boxed()
}

fn condition(domain: bool) -> BoxedStrategy<String> {
    let sign = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let compared =
        (number(domain), sign, number(domain)).prop_map(|(one, sign, other)| format!("{one} {sign} {other}"));
    let own = prop_oneof![
        Just("has_section(1)".to_owned()),
        Just("has_section(2)".to_owned()),
        Just("section(1).contains(\"乙\")".to_owned()),
        Just("section(2).contains(\"乙\")".to_owned()),
        Just("size(section(2)) > 0".to_owned()),
        Just("(has_section(2) || 1 == 1)".to_owned()),
    ];
    let leaf = if domain { prop_oneof![4 => compared, 1 => own].boxed() } else { compared.boxed() };
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("({one}) && ({other})")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("({one}) || ({other})")),
            inner.prop_map(|one| format!("!({one})")),
        ]
    })
    .boxed()
}

/// What is known of a condition by the linear form and by the interpreter.
fn both(source: &str, dossier: &Dossier) -> (Known, Known) {
    let tree = checking::condition(source).unwrap_or_else(|wrong| panic!("{source}: {wrong:?}")).tree;
    let linear = linear::condition(&tree).unwrap_or_else(|| panic!("{source} is not linear"));
    let interpreted = Run::new(dossier, BUDGET).truth(&tree).unwrap_or_else(|stop| panic!("{source}: {stop:?}"));
    (linear.of(dossier), interpreted)
}

proptest! {
    #[test]
    fn both_ways_agree_blanks_and_all(
        source in condition(true),
        figures in prop::array::uniform9(figure()),
        cut in any::<bool>(),
    ) {
        let dossier = if cut { cut_short(dossier(&figures)) } else { dossier(&figures) };
        let (linear, interpreted) = both(&source, &dossier);
        prop_assert_eq!(linear, interpreted, "{}", source);
    }

    #[test]
    fn both_ways_agree_with_cel_where_all_is_known(
        source in condition(false),
        figures in prop::array::uniform9((-1..4).prop_map(Figure::Known)),
    ) {
        // As i64: serde_json would turn these numbers into unsigned ones, which CEL doesn't mix with signed ones.
        let named = |at: usize| COLUMNS.iter().zip(&figures[at..]).map(|(name, it)| (*name, it.known())).collect();
        let rows: BTreeMap<&str, BTreeMap<&str, Option<i64>>> =
            ROWS.iter().enumerate().map(|(at, (_, name))| (*name, named(3 * at))).collect();
        let report = BTreeMap::from([("applications", rows)]);
        let mut context = Context::default();
        context.add_variable("report", report).unwrap_or_else(|error| panic!("{error}"));
        let program = Program::compile(&source).unwrap_or_else(|error| panic!("{source}: {error}"));
        let expected = match program.execute(&context) {
            Ok(Value::Bool(holds)) => Known::certainly(holds),
            other => panic!("{source}: {other:?}"),
        };
        prop_assert_eq!(both(&source, &dossier(&figures)), (expected, expected), "{}", source);
    }
}

/// What the interpreter knows of a condition on a report with these figures and two subordinates.
fn known(source: &str) -> Result<Known, Stop> {
    let figures = [3, 0, 3, 1, 0, 1, 2, 0, 2].map(Figure::Known);
    let mut dossier = dossier(&figures);
    let mut other = report(&[1, 0, 1, 0, 0, 0, 0, 0, 0].map(Figure::Known));
    other.body.name = "大庙乡人民政府".to_owned();
    let mut third = other.clone();
    third.body.name = "小庙乡人民政府".to_owned();
    dossier.subordinates = vec![other, third];
    dossier.report.sections[0].text = "全年收到政府信息公开申请3件，上年结转1件。".to_owned();
    let tree = checking::condition(source).unwrap_or_else(|wrong| panic!("{source}: {wrong:?}")).tree;
    Run::new(&dossier, BUDGET).truth(&tree)
}

#[test]
fn what_is_not_linear_is_interpreted() {
    let holding = [
        "subordinates.all(s, s.applications.received.total <= report.applications.received.total)",
        "sum(subordinates.map(s, s.applications.received.total)) == 2",
        "size(subordinates.filter(s, s.body.name.endsWith('乡人民政府'))) == 2",
        "!subordinates.exists_one(s, s.applications.received.total == 1)",
        "subordinates.exists(s, s.section(1).startsWith('甲') && !s.has_section(2))",
        "parts(report.applications.received).all(cell, cell >= 0)",
        "report.applications.received.total in [1, 2, 3]",
        "'甲' in ['乙', '甲']",
        "section(1).matches('申请[0-9]+件')",
        "statement('received') == report.applications.received.total",
        "has_statement('carried_over') && !has_statement('granted')",
        "similarity(section(1), section(1)) == 100",
        "has(report.applications.received.total) && !has(report.applications.outcomes.granted.total)",
        "(report.applications.received.total > 2 ? 1 : 2) == 1",
        "report.applications.received.total * report.applications.carried_over.total == 3",
        "decimal('0.1') + decimal('0.2') == decimal('0.3')",
        "decimal('0.5') * decimal('0.5') == decimal('0.25')",
    ];
    for source in holding {
        assert_eq!(known(source), Ok(Known::True), "{source}");
        assert_eq!(known(&format!("!({source})")), Ok(Known::False), "{source}");
    }
}

#[test]
fn what_nobody_can_say_stays_open() {
    let open = [
        "statement('granted') == 1",
        "has(report.remedies.reconsideration.total)",
        "size(subordinates.filter(s, s.remedies.reconsideration.total > 0)) == 0",
        "subordinates.all(s, s.remedies.reconsideration.total == 1)",
        "report.remedies.reconsideration.total * report.remedies.reconsideration.total == 1",
    ];
    for source in open {
        assert_eq!(known(source), Ok(Known::Open), "{source}");
    }
    // One side decides, whatever the other is.
    assert_eq!(known("report.remedies.reconsideration.total == 1 || has_section(1)"), Ok(Known::True));
    assert_eq!(known("report.remedies.reconsideration.total == 1 && has_section(2)"), Ok(Known::False));
}

#[test]
fn nobody_can_say_what_stands_behind_a_cut() {
    let dossier = cut_short(dossier(&[Figure::Known(0); 9]));
    for source in ["has_section(2)", "section(2).contains('乙')", "size(section(2)) > 1", "!has_section(2)"] {
        assert_eq!(both(source, &dossier), (Known::Open, Known::Open), "{source}");
    }
    assert_eq!(both("has_section(1) && section(1).contains('乙')", &dossier), (Known::True, Known::True));
}

#[test]
fn a_loop_ends_when_its_steps_do() {
    let many: Vec<String> = (0..100).map(|number| number.to_string()).collect();
    let many = many.join(",");
    let cube = format!("[{many}].all(a, [{many}].all(b, [{many}].all(c, a + b + c >= 0)))");
    assert_eq!(known(&cube), Err(Stop::Steps));
    let deadline = &Deadline::when(|| true);
    let tree = checking::condition(&cube).unwrap_or_else(|wrong| panic!("{wrong:?}")).tree;
    let dossier = Dossier::default();
    assert_eq!(Run::new(&dossier, Budget { deadline, ..BUDGET }).truth(&tree), Err(Stop::Time));
}

/// What was read by assuming that a row adds up proves no more than in TAL-003, in both ways of running.
#[test]
fn a_figure_that_was_read_by_assuming_a_relation_does_not_prove_it() {
    let mut dossier = dossier(&[Figure::Known(1); 9]);
    dossier.report.figures.assume_row(Row::Received);
    dossier.report.figures.assume_column(1);
    for (source, expected) in [
        ("sum(parts(report.applications.received)) == report.applications.received.total", Known::Open),
        ("report.applications.received.natural_person != report.applications.received.total", Known::Open),
        ("report.applications.received.business == report.applications.carried_over.business", Known::Open),
        ("report.applications.received.total == 1", Known::True),
        ("report.applications.received.total == report.applications.carried_over.total", Known::True),
        ("report.applications.received.business <= report.applications.received.total", Known::True),
        ("sum(parts(report.applications.carried_over)) == 2", Known::True),
    ] {
        let tree = checking::condition(source).unwrap_or_else(|wrong| panic!("{source}: {wrong:?}")).tree;
        let linear = linear::condition(&tree).unwrap_or_else(|| panic!("{source} is linear"));
        assert_eq!(linear.of(&dossier), expected, "{source}");
        assert_eq!(Run::new(&dossier, BUDGET).truth(&tree), Ok(expected), "{source}");
    }
}

#[test]
fn each_trap_of_cel_is_refused_when_it_is_loaded() {
    let doubling = (0..14).fold("[1]".to_owned(), |inner, at| format!("[{inner}].map(v{at}, v{at} + v{at})"));
    let nested = (0..14).fold("1".to_owned(), |inner, at| format!("[1].map(v{at}, {inner})"));
    let chain = vec!["1"; 2_000].join("+") + " == 1";
    let parens = format!("{}1{} == 1", "(".repeat(2_000), ")".repeat(2_000));
    let cases = [
        (format!("size({doubling}) == 1"), "one kind"),
        (format!("size({nested}) == 1"), "3 comprehensions"),
        ("[1].all(a, [1].all(b, [1].all(c, [1].all(d, a == b))))".to_owned(), "3 comprehensions"),
        (chain, "500"),
        (parens, "64"),
        ("0.1 + 0.2 == 0.3".to_owned(), "decimal"),
        ("section(1).matches('(a{1000}){1000}')".to_owned(), "too large"),
        ("section(1).matches(section(2))".to_owned(), "literal"),
        ("report.applications.received.total / 2 == 1".to_owned(), "multiply"),
        ("section(1) + section(2) == ''".to_owned(), "number"),
        ("[[1]].all(a, true)".to_owned(), "one kind"),
        ("{'a': 1}.a == 1".to_owned(), "no"),
        ("report.nope == 1".to_owned(), "no report.nope"),
        ("report.applications.received.total == '3'".to_owned(), "numbers"),
    ];
    for (source, reason) in cases {
        let wrong = checking::condition(&source).err().unwrap_or_else(|| panic!("{source} is accepted"));
        assert!(wrong.iter().any(|own| own.why.en.contains(reason)), "{source}: {wrong:?}");
    }
}

/// Whatever is repeated to fill an expression, the parser's stack holds out, and there is an answer.
#[test]
fn an_expression_of_one_thing_over_and_over_is_refused_and_nothing_worse() {
    let fragments = [
        "-",
        "!",
        "+1",
        "1+",
        "a.",
        ".a",
        ".a()",
        "a(",
        "[",
        "[0]",
        "{",
        "{a:",
        "(",
        ")",
        "?",
        "a?b:",
        "1?",
        "&&",
        "true&&",
        "true||",
        "a in ",
        "==1",
        "1==",
        ",",
        "\"",
        "\"a\"+",
        "'",
        "\\",
        "r\"",
        "b'",
        "//",
        "\n",
        "\t",
        "申",
        "\u{0}",
        "0x",
        "1e9",
        "1u",
        ".1",
        "..",
        "@",
        "$",
        "`",
        "has(",
        "has(a.",
        ".all(a,",
        ".map(a,",
        "\"\"\"",
        "!-",
        "-(",
        "--1",
        "a[",
        "a.b[0].c(",
    ];
    for fragment in fragments {
        for tail in ["", "1", "a", ")"] {
            let times = (4_096 - tail.len()) / fragment.len();
            let source = fragment.repeat(times) + tail;
            assert!(checking::condition(&source).is_err(), "{fragment}… {tail}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Any sequence of the language's words is an expression or is refused, with a place within it.
    #[test]
    fn any_words_are_an_expression_or_are_refused(
        words in prop::collection::vec(prop::sample::select(vec![
            "report", ".", "applications", ".received", ".total", "previous", "subordinates", "section", "(", ")", "1",
            "[", "]", ",", "==", "&&", "||", "!", "-", "+", "*", "/", "?", ":", "s", ".all", ".filter", ".map", ".matches",
            "\"申请\"", "'", "has", "date", "sum", "parts", "column", "statement", "in", " ", "{", "}", "0.5", "true", "size",
        ]), 0..60),
    ) {
        let source = words.concat();
        for wrong in checking::condition(&source).err().unwrap_or_default() {
            prop_assert!(wrong.at.start <= source.chars().count() && wrong.at.start <= wrong.at.end, "{:?}", wrong);
        }
    }
}
