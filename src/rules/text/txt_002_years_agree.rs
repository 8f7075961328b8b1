//! Title, year and text agree.
//!
//! The year in the title is the report year; and a text that speaks of another year all along, and hardly
//! of the report year, was written for another report.
//!
//! # 说明
//! 标题中的年度应与报告年度一致；正文通篇写的是另一年度、而很少提到报告年度的，多为沿用旧稿。
//!
//! # Bad
//! ```json
//! { "report": { "title": "青溪县人民政府2021年政府信息公开工作年度报告" } }
//! ```
use std::collections::BTreeMap;

use crate::{
    dossier::Dossier,
    narrative::Passage,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::{
        Text,
        numbers::{YEAR, named_years},
    },
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-002",
    title: &Text::fixed("标题、年度与正文应一致", "Title, year and text agree"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）"), Basis::accurate_before_30()],
    source: include_str!("txt_002_years_agree.rs"),
    ..BuiltIn::new(check)
};

/// The year of the report that an introduction says it introduces: 现公布…2023年政府信息公开工作年度报告.
fn introduced(preamble: &Passage) -> Option<(usize, i32)> {
    const VERBS: [&str; 7] = ["编制", "形成", "编写", "发布", "公布", "现将", "完成"];
    /// So far before the year, in characters.
    const REACH: usize = 32;
    let text = preamble.text();
    let title = |at: usize| {
        let behind = text[at + YEAR..].trim_start_matches('年').trim_start_matches('度');
        let rest = behind.strip_prefix("政府信息公开").map(|rest| rest.trim_start_matches("工作"));
        // …年度报告有关事项的通知 is another's title.
        let notice = |rest: &str| rest.chars().take(12).take_while(|char| *char != '》').any(|char| char == '通');
        rest.and_then(|rest| rest.strip_prefix("年度报告")).is_some_and(|rest| !notice(rest))
    };
    let led = |at: usize| {
        let before = text[..at].char_indices().rev().take(REACH).take_while(|(_, char)| !matches!(char, '。' | ';'));
        let begins = before.last().map_or(at, |(begins, _)| begins);
        VERBS.iter().any(|verb| text[begins..at].contains(verb))
    };
    preamble.named_years().find(|(at, _)| title(*at) && led(*at))
}

/// Whether a text begins as last year's did: 2022年，….
fn begins_with_last_year(text: &str, year: i32) -> bool {
    let own = text.strip_prefix("总体情况").unwrap_or(text);
    let behind = own.strip_prefix(&format!("{}年", year - 1)).map(|rest| rest.trim_start_matches('度'));
    behind.is_some_and(|rest| rest.starts_with(','))
}

/// How often another year must be named, and how much oftener than the report year.
const OFTEN: usize = 4;

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let Some(year) = report.year else {
        return Ruling::not_applicable(Text::fixed("报告年度未知", "the report year is not known"));
    };
    let index = dossier.index();
    let in_title = named_years(index.title()).map(|(_, year)| year).next();
    let title = in_title.filter(|found| *found != year).map(|found| violation(Location::Title, year, found));
    let introduced = index.preamble().and_then(|passage| Some((passage, introduced(passage)?)));
    let introduced = introduced.filter(|(_, (_, found))| *found != year);
    let introduced = introduced.map(|(passage, (place, found))| in_text(passage, place, year, found));
    let begins =
        index.texts().filter(|passage| matches!(passage.location(), Location::Preamble | Location::Section(1)));
    let begins = begins.filter(|passage| introduced.is_none() && begins_with_last_year(passage.text(), year));
    let first = |passage: &Passage| passage.named_years().next().map_or(0, |(place, _)| place);
    let begins = begins.map(|passage| in_text(passage, first(passage), year, year - 1)).next();
    let mut times: BTreeMap<i32, usize> = BTreeMap::new();
    for (_, named) in index.texts().flat_map(Passage::named_years) {
        *times.entry(named).or_default() += 1;
    }
    let own = times.get(&year).copied().unwrap_or_default();
    let most = times.into_iter().max_by_key(|(_, times)| *times).filter(|(most, _)| *most != year);
    let other = most.filter(|(_, times)| *times >= OFTEN && *times >= 4 * own.max(1)).map(|(most, _)| most);
    // Named again and again: the first place stands for all.
    let other = other.and_then(|found| {
        let named = |passage: &Passage| passage.named_years().find(|(_, named)| *named == found);
        index.texts().find_map(|passage| Some(in_text(passage, named(passage)?.0, year, found)))
    });
    Ruling::of(title.into_iter().chain(introduced).chain(begins).chain(other))
}

/// Another year at a place of a text.
fn in_text(passage: &Passage, place: usize, year: i32, found: i32) -> Violation {
    let Violation { message, expected, actual, advice, .. } = violation(passage.location(), year, found);
    at(passage, &(place..place + YEAR), message).expecting(expected, actual).advising(advice)
}

fn violation(place: Location, year: i32, found: i32) -> Violation {
    let message = Text::new(
        format!("{}写的是{found}年，报告年度为{year}年", place.printed()),
        format!("{found} is named, but the report is of {year}"),
    );
    Violation::at(place, message)
        .expecting(Text::same(year.to_string()), Text::same(found.to_string()))
        .advising(Text::fixed("核对年度", "check the year"))
}
