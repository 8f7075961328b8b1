//! The sections stand in order, are numbered 一 to 六, and each comes once.
//!
//! A heading that repeats, stands out of order, or bears another ordinal than its place in the form
//! makes the report hard to compare with others.
//!
//! # 说明
//! 六个部分应按格式规定的顺序排列，序号为一至六，每部分出现一次。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "5": { "heading": "四、存在的主要问题及改进情况" } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Location, Section},
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::{Text, plain::first_plain},
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "SEC-002",
    title: &Text::fixed("六个部分应按顺序编号，各出现一次", "The sections are in order, numbered 一 to 六, once each"),
    severity: Severity::Warning,
    of_form: true,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("附件（格式模板）"), Basis::of_60("附件（格式模板）")],
    source: include_str!("sec_002_in_order.rs"),
    ..BuiltIn::new(check)
};

const ORDINALS: [char; 6] = ['一', '二', '三', '四', '五', '六'];

fn check(dossier: &Dossier) -> Ruling {
    let sections: Vec<&Section> =
        dossier.report.sections.iter().filter(|section| (1..=6).contains(&section.number)).collect();
    let added = added(&sections);
    let ordinals = sections.iter().filter(|_| added.is_none()).filter_map(|section| ordinal(section));
    let disorder = sections.windows(2).filter_map(|pair| disorder(pair[0], pair[1]));
    Ruling::of(added.iter().cloned().chain(ordinals).chain(disorder))
}

/// The section that the form does not have, where all later ones count on from it.
fn added(sections: &[&Section]) -> Option<Violation> {
    let place = |section: &Section| {
        let first = first_plain(&section.heading)?;
        "一二三四五六七八".chars().position(|own| own == first).map(|at| at + 1)
    };
    let shifted = sections.iter().position(|section| place(section) == Some(usize::from(section.number) + 1))?;
    let own = |section: &&Section, shift: usize| place(section) == Some(usize::from(section.number) + shift);
    let (before, behind) = sections.split_at(shifted);
    if !before.iter().all(|section| own(section, 0)) || !behind.iter().all(|section| own(section, 1)) {
        return None;
    }
    // It stands at the end of the section before, under the ordinal that is left out.
    let ordinal = ORDINALS.get(usize::from(behind[0].number) - 1)?;
    let mark = format!("{ordinal}、");
    let text = before.last().map_or("", |section| section.text.as_str());
    let heading = text.rfind(&mark).map(|at| {
        let title: String =
            text[at..].chars().take_while(|char| !matches!(char, '\n' | '。' | '；')).take(25).collect();
        title
    });
    let named = heading.map_or_else(|| format!("序号“{mark}”之下"), |heading| format!("“{heading}”"));
    let message = Text::new(
        format!("{named}不是格式规定的部分，其后各部分的序号因此顺延"),
        format!("{named} is no part of the form; all later parts count on from it"),
    );
    Some(wrong(
        behind[0],
        message,
        format!("{mark}{}", behind[0].heading.trim_start_matches(|char| char != '、').trim_start_matches('、')),
    ))
}

/// A heading whose ordinal isn't that of its place in the form.
fn ordinal(section: &Section) -> Option<Violation> {
    let due = ORDINALS[usize::from(section.number) - 1];
    let found = first_plain(&section.heading)?;
    if found == due {
        return None;
    }
    let message = Text::new(
        format!("“{}”的序号应为“{due}、”", section.heading),
        format!("“{}” should be numbered “{due}、”", section.heading),
    );
    Some(wrong(section, message, format!("{due}、")))
}

/// A section that repeats the one before it, or should have come before it.
fn disorder(before: &Section, section: &Section) -> Option<Violation> {
    let message = match before.number.cmp(&section.number) {
        std::cmp::Ordering::Less => return None,
        std::cmp::Ordering::Equal => Text::new(
            format!("“{}”出现了不止一次", section.heading),
            format!("“{}” comes more than once", section.heading),
        ),
        std::cmp::Ordering::Greater => Text::new(
            format!("“{}”应在“{}”之前", section.heading, before.heading),
            format!("“{}” should stand before “{}”", section.heading, before.heading),
        ),
    };
    Some(wrong(section, message, super::sec_001_all_present::TITLES[usize::from(section.number) - 1].to_owned()))
}

fn wrong(section: &Section, message: Text, expected: String) -> Violation {
    Violation::at(Location::Section(section.number), message)
        .expecting(Text::same(expected), Text::same(section.heading.clone()))
        .advising(Text::fixed("按格式规定的顺序和序号调整", "follow the order and the ordinals of the form"))
}
