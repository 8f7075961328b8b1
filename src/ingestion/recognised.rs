//! Whether a document is a report at all: a list of reports, a page to which the report is attached and a page
//! about something else are refused, with what to hand in instead.

use super::stream::Stream;
use crate::{
    layout::{Obstacle, Refusal},
    report::{AnnualReport, Standing, Table},
    words::numbers::{YEAR, named_years},
};

/// Whether a text names an attachment: 附件1：, or a file.
fn names_an_attachment(text: &str) -> bool {
    const FILES: [&str; 7] = [".docx", ".doc", ".pdf", ".xlsx", ".xls", ".wps", ".ofd"];
    let titled = text.match_indices("附件").any(|(at, word)| {
        let behind = &text[at + word.len()..];
        let behind = behind.strip_prefix(|char: char| char.is_ascii_digit() || matches!(char, '一' | '二' | '三'));
        let behind = behind.unwrap_or(&text[at + word.len()..]).trim_start();
        behind.starts_with([':', '：'])
    });
    let lower = text.to_ascii_lowercase();
    let ends = |at: usize| !lower[at..].starts_with(|char: char| char.is_alphanumeric() || char == '_');
    titled || FILES.iter().any(|file| lower.match_indices(file).any(|(at, _)| ends(at + file.len())))
}

/// Whether a text speaks of what every report is about.
fn mentions_the_law(stream: &Stream<'_>) -> bool {
    ["信息公开", "依申请公开"].iter().any(|words| stream.find(words, &stream.all()).is_some())
}

/// The refusal of a text in which no table was found, where it can't be a report.
pub(super) fn without_subject(stream: &Stream<'_>, has_table: bool) -> Result<(), Refusal> {
    if has_table || mentions_the_law(stream) {
        return Ok(());
    }
    Err(refusal(
        "文中没有“信息公开”字样，不是政府信息公开工作年度报告",
        "the text does not mention 信息公开: it is no 政府信息公开工作年度报告",
    ))
}

/// The refusal of a document that has nothing of the form: no table, no section.
pub(super) fn without_form(report: &AnnualReport, stream: &Stream<'_>) -> Result<(), Refusal> {
    let seen = Table::ALL.iter().any(|table| report.figures.standing(*table) != Standing::Absent);
    if seen || !report.sections.is_empty() {
        return Ok(());
    }
    /// A page to which a report is attached holds little else.
    const SHORT: usize = 1_500;
    let text = stream.original;
    let is_short = text.chars().nth(SHORT).is_none();
    if is_short && names_an_attachment(text) {
        return Err(refusal(
            "本页没有报告正文，报告似在附件中；请提交附件本身",
            "the page holds no report, which seems to be attached to it: hand in the attachment",
        ));
    }
    let titled = named_years(text).filter(|(at, _)| {
        let behind = text[at + YEAR..].trim_start_matches('年');
        behind.strip_prefix('度').unwrap_or(behind).starts_with("政府信息公开")
    });
    let mut years: Vec<i32> = titled.map(|(_, year)| year).collect();
    years.sort_unstable();
    years.dedup();
    if is_short && years.len() > 1 {
        return Err(refusal(
            "这是年度报告的列表，不是报告；请逐份提交报告本身",
            "this is a list of reports, and none itself: hand in each report",
        ));
    }
    if report.title.is_empty() && report.body.name.is_empty() {
        return Err(refusal(
            "没有找到报告格式中的任何部分（标题、各部分、表格），不是政府信息公开工作年度报告",
            "nothing of the form was found (title, sections, tables): it is no 政府信息公开工作年度报告",
        ));
    }
    Ok(())
}

fn refusal(zh: &'static str, en: &'static str) -> Refusal {
    Refusal::new(Obstacle::NotAReport, zh, en)
}
