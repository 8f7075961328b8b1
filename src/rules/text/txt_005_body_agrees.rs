//! The body’s name agrees throughout.
//!
//! A text that begins with another body's name than that of the title, in the place where a report names its
//! own body, was copied. Compared are full names of governments and their offices at the beginning of section
//! one and of the introduction; a shorter form of the same name agrees.
//!
//! # 说明
//! 引言和总体情况开头所写的机关名称，应与标题中的机关一致（简称、所属政府名称视为一致）。
//!
//! # Bad
//! ```json 2021
//! { "report": { "preamble": "2023年，丰原县人民政府办公室认真落实各项部署。根据国办公开办函〔2021〕30号编制本报告。统计期限自2023年1月1日起至2023年12月31日止。" } }
//! ```
use std::sync::LazyLock;

use regex::Regex;

use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::{flat, texts},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-005",
    title: &Text::fixed("机关名称应前后一致", "The body’s name agrees throughout"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_regulation("第五十条"), Basis::of_30("三（四）（内容准确）")],
    source: include_str!("txt_005_body_agrees.rs"),
    ..BuiltIn::new(check)
};

#[allow(clippy::expect_used, reason = "a constant pattern, compiled by every test")]
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"20\d{2}年度?(?:以来)?[,，]([\u4e00-\u9fff]{2,12}(?:县|区|市|镇|乡)人民政府(?:办公室|办公厅)?)")
        .expect("a valid pattern")
});

/// How much of a text is its beginning, in characters.
const BEGINNING: usize = 120;

fn check(dossier: &Dossier) -> Ruling {
    let report = &dossier.report;
    let own = flat(&report.body.name);
    if own.is_empty() {
        return Ruling::not_applicable(Text::fixed("机关名称未知", "the body's name is not known"));
    }
    let early = texts(report).filter(|(place, _)| matches!(place, Location::Preamble | Location::Section(1)));
    Ruling::of(early.filter_map(|(place, text)| {
        let beginning: String = flat(text).chars().take(BEGINNING).collect();
        let named = NAMED.captures(&beginning)?[1].to_owned();
        (!agree(&own, &named)).then(|| violation(place, &own, &named))
    }))
}

/// Whether two names may be of the same body: one holds the other's place name. A government's
/// office speaks for its government, and not for a department or a township.
fn agree(own: &str, named: &str) -> bool {
    let place = named.split("人民政府").next().unwrap_or(named);
    if named.ends_with("办公室") || named.ends_with("办公厅") {
        return own.contains(place) && (own.ends_with("人民政府") || own.contains("办公"));
    }
    let core: String = place.chars().rev().skip(1).take(2).collect::<Vec<_>>().into_iter().rev().collect();
    own.contains(&core) && (own.contains(place) || place.contains(own) || own.contains("人民政府"))
}

fn violation(place: Location, own: &str, named: &str) -> Violation {
    let message = Text::new(
        format!("正文写的是“{named}”，本报告的机关是“{own}”"),
        format!("the text names “{named}”; the report is of “{own}”"),
    );
    Violation::at(place, message)
        .expecting(Text::same(own), Text::same(named))
        .advising(Text::fixed("核对机关名称", "check the body's name"))
}
