//! What the caller says of the report is what the report says.
//!
//! Hints fill what a report leaves open and overrule nothing, but for the day of publication. Where one contradicts the
//! report, the wrong document may have been sent.
//!
//! # 说明
//! 提交报告的人另行说明的年度、单位（代码、名称、类型、层级、区划代码、上级代码），只用来补报告没有写明的内容。与报告所写不一致的，可能提交了错误的文件，应予核对；公布日期、检查日期早于报告年度结束的，
//! 公布日期与报告所载公布日期不一致的（网页可能重新发布，只看是否早于所给日期），同样应予核对。公布日期晚于检查日期的，可能是计划公布的日期，只作提示。落款日期晚于公布日期的见 TXT-012。
//!
//! # Bad
//! ```json 2021
//! { "hints": { "year": 2022 } }
//! ```
//! ```json 2021
//! { "hints": { "body": { "name": "丰原县人民政府" } } }
//! ```
//! ```json 2021
//! { "hints": { "published_on": { "year": 2023, "month": 1, "day": 20 } } }
//! ```
//! ```json 2021
//! { "report": { "published_on": { "year": 2024, "month": 1, "day": 18 } }, "hints": { "published_on": { "year": 2024, "month": 1, "day": 20 } } }
//! ```
//! ```json 2021
//! { "report": { "published_on": null }, "hints": { "published_on": { "year": 2024, "month": 1, "day": 20 } }, "as_of": { "year": 2024, "month": 1, "day": 10 } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "hints": { "year": 2023 } }
//! ```
use crate::{
    dossier::{Dossier, Misplaced, other_body},
    report::{Body, Date, Edition, Location},
    rule::{Basis, Bounds, BuiltIn, Input, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "CTX-004",
    title: &Text::fixed("提交时另行说明的应与报告一致", "What the caller says agrees with the report"),
    severity: Severity::Warning,
    bounds: Bounds::KEPT,
    of_context: true,
    inputs: &[Input::Report],
    basis: &[Basis::of("接口约定", Edition::Unknown, "提交时的说明")],
    source: include_str!("ctx_004_hints_contradict.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let (report, hints) = (&dossier.report, &dossier.hints);
    let year = hints.year.zip(report.year).filter(|(said, own)| said != own);
    let year =
        year.map(|(said, own)| ("year", Location::Year, Text::same(said.to_string()), Text::same(own.to_string())));
    let body = hints.body.as_ref().and_then(|said| body(&report.body, said));
    let told = [year, body].into_iter().flatten().map(|(field, location, said, own)| {
        let message = Text::new(
            format!("提交时说明的{}是“{}”，报告写的是“{}”，按报告所写检查", what(field).zh, said.zh, own.zh),
            format!(
                "the caller says that the {} is “{}”, the report says “{}”, which was heeded",
                what(field).en,
                said.en,
                own.en
            ),
        );
        let violation = Violation::at(location, message)
            .expecting(said, own)
            .advising(Text::fixed("核对提交的文件和说明", "check the document and the hints"));
        Violation { instance: field.to_owned(), ..violation }
    });
    let days = [("published_on", hints.published_on), ("as_of", dossier.as_of)];
    let early = days.into_iter().filter_map(|(field, day)| early(dossier, field, day?));
    Ruling::of(told.chain(early).chain(other_day(dossier)).chain(to_come(dossier)))
}

/// The caller's day of publication, which is heeded, against the report's own. A page may have been published again, but not before it
/// was published.
fn other_day(dossier: &Dossier) -> Option<Violation> {
    let (said, own) = dossier.hints.published_on.zip(dossier.report.published_on)?;
    let on_a_page = !dossier.report.readings.is_empty();
    let agrees = if on_a_page { said <= own } else { said == own };
    if agrees {
        return None;
    }
    let message = Text::new(
        format!("提交时给出的公布日期是 {said}，报告所载公布日期是 {own}，按 {said} 检查"),
        format!("the caller says that it was published on {said}, which was heeded; the report says {own}"),
    );
    Some(of_publication(message, Text::same(own.to_string()), said, "published_on.other"))
}

/// A day of publication behind the one as of which to check: it may be planned.
fn to_come(dossier: &Dossier) -> Option<Violation> {
    let (said, today) = dossier.hints.published_on.zip(dossier.as_of).filter(|(said, today)| said > today)?;
    let message = Text::new(
        format!("提交时给出的公布日期 {said} 晚于检查日期 {today}，视为计划公布的日期"),
        format!("the day of publication that the caller gives, {said}, is after {today}: it was taken as planned"),
    );
    let expected = Text::new(format!("不晚于 {today}"), format!("by {today}"));
    Some(of_publication(message, expected, said, "published_on.to_come").graded(Severity::Info))
}

fn of_publication(message: Text, expected: Text, said: Date, instance: &str) -> Violation {
    let violation = Violation::at(Location::Report, message)
        .expecting(expected, Text::same(said.to_string()))
        .advising(Text::fixed("核对公布日期", "check the day of publication"));
    Violation { instance: instance.to_owned(), ..violation }
}

/// What the caller says of the body, against what the report says: its code, else its name, its kind and its level.
fn body(own: &Body, said: &Body) -> Option<(&'static str, Location, Text, Text)> {
    let pair = |field, said: Text, own: Text| Some((field, Location::Body, said, own));
    match other_body(own, said) {
        Some(Misplaced::Code) => pair("body.code", Text::same(said.code.clone()), Text::same(own.code.clone())),
        Some(_) => pair("body.name", Text::same(said.name.clone()), Text::same(own.name.clone())),
        None if differ(said.kind, own.kind) => pair("body.kind", said.kind.shown(), own.kind.shown()),
        None if differ(said.level, own.level) => pair("body.level", said.level.shown(), own.level.shown()),
        None => {
            let codes = [
                ("body.region_code", &said.region_code, &own.region_code),
                ("body.parent_code", &said.parent_code, &own.parent_code),
            ];
            let other = codes.into_iter().find(|(_, said, own)| differ(said.as_str(), own.as_str()));
            other.and_then(|(field, said, own)| pair(field, Text::same(said.clone()), Text::same(own.clone())))
        }
    }
}

/// What a field holds, for people.
fn what(field: &str) -> Text {
    match field {
        "year" => Text::fixed("报告年度", "year"),
        "body.code" => Text::fixed("单位代码", "body's code"),
        "body.kind" => Text::fixed("单位性质", "kind of body"),
        "body.level" => Text::fixed("单位层级", "level of the body"),
        "body.region_code" => Text::fixed("行政区划代码", "body's region"),
        "body.parent_code" => Text::fixed("上级单位代码", "code of the body above"),
        _ => Text::fixed("单位名称", "body's name"),
    }
}

/// Whether both are stated, and differ.
fn differ<T: PartialEq + Default>(one: T, other: T) -> bool {
    one != T::default() && other != T::default() && one != other
}

/// A report is neither made public nor checked before its year is over.
fn early(dossier: &Dossier, field: &'static str, day: Date) -> Option<Violation> {
    let year = dossier.report.year?;
    let end = Date::new(year, 12, 31).filter(|end| day < *end)?;
    let (zh, en) = match field {
        "as_of" => ("检查日期", "the date as of which to check"),
        _ => ("公布日期", "the day of publication"),
    };
    let message = Text::new(
        format!("提交时给出的{zh} {day} 在报告年度（{year}年）结束之前"),
        format!("{en} that the caller gives, {day}, is before the end of {year}"),
    );
    let violation = Violation::at(Location::Report, message)
        .expecting(Text::new(format!("{end} 以后"), format!("after {end}")), Text::same(day.to_string()))
        .advising(Text::new(format!("核对{zh}"), format!("check {field}")));
    Some(Violation { instance: field.to_owned(), ..violation })
}
