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
use std::ops::Range;

use crate::{
    dossier::Dossier,
    narrative::Passage,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::{
        Text, compatible,
        numbers::{YEAR, named_years},
    },
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-005",
    title: &Text::fixed("机关名称应前后一致", "The body’s name agrees throughout"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）"), Basis::accurate_before_30()],
    source: include_str!("txt_005_body_agrees.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let own = compatible(&dossier.report.body.name);
    if own.is_empty() {
        return Ruling::not_applicable(Text::fixed("机关名称未知", "the body's name is not known"));
    }
    let is_early = |place: Location| matches!(place, Location::Preamble | Location::Section(1));
    let early = dossier.index().texts().filter(|passage| is_early(passage.location()));
    Ruling::of(early.filter_map(|passage| {
        let part = named(passage.text())?;
        let name = &passage.text()[part.clone()];
        (!agree(&own, name)).then(|| violation(passage, &part, &own, name))
    }))
}

/// The name of a government, or of its office, that a text begins with: 2023年，丰原县人民政府办公室….
fn named(text: &str) -> Option<Range<usize>> {
    /// How much of a text is its beginning, and of a name its place, in characters.
    const BEGINNING: usize = 120;
    const LONGEST: usize = 13;
    const GOVERNMENT: &str = "人民政府";
    let end = text.char_indices().nth(BEGINNING).map_or(text.len(), |(at, _)| at);
    let beginning = &text[..end];
    named_years(beginning).find_map(|(at, _)| {
        let rest = beginning[at + YEAR..].strip_prefix('年')?;
        let rest = rest.strip_prefix('度').unwrap_or(rest);
        let name = rest.strip_prefix("以来").unwrap_or(rest).strip_prefix(',')?;
        let place = &name[..name.find(GOVERNMENT)?];
        let is_place = place.ends_with(['县', '区', '市', '镇', '乡'])
            && (3..=LONGEST).contains(&place.chars().count())
            && place.chars().all(|char| ('\u{4e00}'..='\u{9fff}').contains(&char));
        let behind = &name[place.len() + GOVERNMENT.len()..];
        let office = ["办公室", "办公厅"].iter().find(|office| behind.starts_with(**office)).map_or(0, |own| own.len());
        let start = beginning.len() - name.len();
        is_place.then(|| start..start + place.len() + GOVERNMENT.len() + office)
    })
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

fn violation(passage: &Passage, part: &Range<usize>, own: &str, named: &str) -> Violation {
    let message = Text::new(
        format!("正文写的是“{named}”，本报告的机关是“{own}”"),
        format!("the text names “{named}”; the report is of “{own}”"),
    );
    at(passage, part, message)
        .expecting(Text::same(own), Text::same(named))
        .advising(Text::fixed("核对机关名称", "check the body's name"))
}
