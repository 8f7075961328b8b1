//! 规范性文件 are not all the documents that were issued.
//!
//! Only documents that bind people outside and apply again and again are 行政规范性文件; letters, notices
//! and internal papers are not (common knowledge, which no primary text at hand confirmed). Two signs
//! that all documents were counted: the text speaks of so many 文件 or 公文, of no kind, as the table has
//! 规范性文件 (from 10 on); or a township has more than 50, a body at county level more than 500 in one
//! year. In doubt about the body's level only the first sign counts.
//!
//! # 说明
//! 行政规范性文件是涉及公民、法人和其他组织权利义务、在一定期限内反复适用的公文，不是全部发文。有下列情形之一的，疑为把全部发文都计入：正文说制发文件（公文）若干件，没有说是规范性文件，而件数与表中规范性文件的制发（制作）件数相同（10 件及以上）；乡镇、街道一年超过 50 件，县级机关一年超过 500 件。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "2": { "text": "2023年，共制发文件18件。" } },
//!   "disclosure_2021": { "normative_documents": { "issued": 18, "repealed": 0, "in_force": 41 } } } }
//! ```
//! ```json 2021
//! { "report": { "disclosure_2021": { "normative_documents": { "issued": 650, "repealed": 0, "in_force": 700 } } } }
//! ```
//! ```json 2019
//! { "report": { "sections": { "2": { "text": "2020年，共印发各类公文30份。" } },
//!   "disclosure_2019": { "normative_documents": { "made": 30, "disclosed": 30, "total_public": 30 } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "2": { "text": "2023年，共制发行政规范性文件18件。" } },
//!   "disclosure_2021": { "normative_documents": { "issued": 18, "repealed": 0, "in_force": 41 } } } }
//! ```
use std::ops::Range;

use super::standing::{Low, low};
use crate::{
    dossier::Dossier,
    narrative::{Index, List},
    report::{AnnualReport, Column, Figure, Location, Row},
    rule::{Basis, BuiltIn, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "REG-005",
    title: &Text::fixed("规范性文件不应是全部发文", "规范性文件 are not all the documents issued"),
    severity: Severity::Warning,
    basis: &[Basis::of_30("附件 二 第二十条第（一）项"), Basis::of_60("附件 二 第二十条第（一）项")],
    source: include_str!("reg_005_all_documents_counted.rs"),
    ..BuiltIn::new(check)
};

/// From how many documents on a number in the text that is the same is no coincidence.
const NO_COINCIDENCE: i64 = 10;

fn check(dossier: &Dossier) -> Ruling {
    let cells = [Row::NormativeDocuments2019.cell(Column::Made), Row::NormativeDocuments2021.cell(Column::Issued)];
    Ruling::of(cells.into_iter().flatten().filter_map(|cell| {
        let Figure::Known(issued) = dossier.report.figures.count(cell) else {
            return None;
        };
        let sign = said_of_all(dossier.index(), issued.into()).or_else(|| too_many(&dossier.report, issued.into()))?;
        let place = cell.printed();
        let message = Text::new(format!("{place}：{issued}，{}", sign.zh), format!("{place}: {issued}; {}", sign.en));
        Some(
            Violation::at(Location::Cell(cell), message)
                .expecting(Text::fixed("只计行政规范性文件", "none but 行政规范性文件"), Text::same(issued.to_string()))
                .about(dossier, [cell])
                .advising(Text::fixed(
                    "核对是否把全部发文都计入；只有涉及公民、法人和其他组织权利义务、反复适用的才是规范性文件",
                    "check whether all documents issued were counted",
                )),
        )
    }))
}

/// The words of the text that give the figure of the table as that of all documents.
fn said_of_all(index: &Index, issued: i64) -> Option<Text> {
    if issued < NO_COINCIDENCE {
        return None;
    }
    let words = index.texts().find_map(|passage| {
        let all = passage.words(List::AnyDocument).filter_map(|met| documents_of_no_kind(passage.text(), &met.at));
        let mut all = all;
        all.find(|(number, _)| *number == issued).map(|(_, part)| passage.quote(&part))
    })?;
    Some(Text::new(
        format!("与正文所说的“{words}”相同，疑为全部发文"),
        format!("as many as the text says of all documents: “{words}”"),
    ))
}

/// The number of documents that a text gives right behind a word for them, if a verb stands right before it: a word
/// between would be their kind.
fn documents_of_no_kind(text: &str, word: &Range<usize>) -> Option<(i64, Range<usize>)> {
    const VERBS: [&str; 6] = ["制发", "印发", "制定", "发布", "下发", "发出"];
    let before = &text[..word.start];
    let before = ["各类", "各种"].iter().find_map(|all| before.strip_suffix(all)).unwrap_or(before);
    let before = before.strip_suffix('了').unwrap_or(before);
    let verb = VERBS.iter().find(|verb| before.ends_with(**verb))?;
    let behind = &text[word.end..];
    let behind = ["共计", "共"].iter().find_map(|word| behind.strip_prefix(word)).unwrap_or(behind);
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let unit = behind[digits..].chars().next().filter(|unit| "件份个".contains(*unit))?;
    let end = text.len() - behind.len() + digits + unit.len_utf8();
    Some((behind[..digits].parse().ok()?, before.len() - verb.len()..end))
}

/// More documents than a body of that level makes in a year.
fn too_many(report: &AnnualReport, issued: i64) -> Option<Text> {
    let low = low(report)?;
    let most = match low {
        Low::Township => 50,
        Low::County => 500,
    };
    let Text { zh, en } = low.name();
    (issued > most).then(|| {
        Text::new(
            format!("超过{zh}一年可能制发的数量（{most}），疑为全部发文"),
            format!("more than {en} is likely to issue in a year ({most})"),
        )
    })
}
