//! The verdict for people: in a word, why, and what would settle it.

use super::visible::visible;
use crate::{
    engine::{Assessment, Verdict},
    report::{AnnualReport, Cell, DefectKind, Edition, Row, Table},
    rule::Severity,
    words::{Language, Text},
};

/// A verdict for people.
pub struct Told {
    /// The verdict itself.
    pub verdict: Verdict,
    /// In a word: 不合规.
    pub word: &'static str,
    /// Of which file.
    pub name: String,
    /// Whose report, of which year, in which form.
    pub about: String,
    /// How many problems and findings.
    pub counts: String,
    /// Why it is so, and what would settle it.
    pub why: String,
}

/// The verdict of an assessment.
pub(super) fn told(name: &str, report: &AnnualReport, assessment: &Assessment, language: Language) -> Told {
    let edition = assessment.edition.name();
    let year = report.year.map(|year| year.to_string()).unwrap_or_else(|| "—".into());
    let body = if report.body.name.is_empty() { "—".into() } else { visible(&report.body.name) };
    let why = why(report, assessment);
    Told {
        verdict: assessment.verdict,
        word: verdict_name(assessment.verdict, language),
        name: visible(name).into_owned(),
        about: format!("{body} · {year} · {}", edition.in_language(language)),
        counts: counts(assessment).in_language(language).to_owned(),
        why: why.in_language(language).to_owned(),
    }
}

fn counts(assessment: &Assessment) -> Text {
    let (counts, problems) = (&assessment.counts, assessment.causes.len());
    let (mut zh, mut en) = (format!("问题 {problems} 个"), format!("problems: {problems}"));
    let each = [
        (counts.errors.saturating_sub(counts.context_errors), "错误", "errors"),
        (counts.warnings, "警告", "warnings"),
        (counts.infos, "提示", "infos"),
        (counts.waived, "豁免", "waived"),
        // These are faults of what was sent beside the report, not the report's.
        (counts.context_errors, "随附材料有误", "errors in what was sent beside"),
    ];
    let told: Vec<_> = each.into_iter().filter(|(count, ..)| *count > 0).collect();
    if !told.is_empty() {
        let zh_counts: Vec<String> = told.iter().map(|(count, name, _)| format!("{name} {count} 处")).collect();
        let plural = |count: usize, name: &str| match count {
            1 => format!("1 {}", name.strip_suffix('s').unwrap_or(name).replace("errors", "error")),
            _ => format!("{count} {name}"),
        };
        let en_counts: Vec<String> = told.iter().map(|(count, _, name)| plural(*count, name)).collect();
        zh = format!("{zh}（{}）", zh_counts.join("，"));
        en = format!("{en} ({})", en_counts.join(", "));
    }
    Text::new(zh, en)
}

/// Why the verdict is what it is, and what would settle it.
fn why(report: &AnnualReport, assessment: &Assessment) -> Text {
    match assessment.verdict {
        // The caller may leave out rules of what is shown, but not of the verdict.
        Verdict::NonCompliant if hides_errors(assessment) => not_shown(),
        Verdict::NonCompliant => {
            let (waits, beside) = (assessment.counts.errors, assessment.counts.context_errors);
            let waits = waits.saturating_sub(beside);
            let those = if waits == 1 { "error: mend it" } else { "errors: mend them" };
            let (zh, en) = match beside {
                0 => ("", ""),
                _ => ("；随附材料有误，一并更换", "; and replace what was sent beside"),
            };
            // Mending what was found settles nothing where the rest was not seen.
            let (zh_cut, en_cut) = match is_cut(report) {
                true => ("；文件在中途断开，一并补全", "; the document breaks off: complete it, too"),
                false => ("", ""),
            };
            Text::new(
                format!("有 {waits} 处错误，改正后重新检查{zh}{zh_cut}"),
                format!("{waits} {those}, and check again{en}{en_cut}"),
            )
        }
        Verdict::Compliant if assessment.rests_on_waivers => Text::fixed("依据豁免得出", "it rests on waivers"),
        // What is open then can be no error.
        Verdict::Compliant if assessment.rulings.iter().any(|own| own.undecided && !own.trial) => Text::fixed(
            "没有发现错误，错误级的规则均已判断",
            "no errors, and every rule whose violation is an error was decided",
        ),
        Verdict::Compliant => Text::fixed("没有发现错误，各项规则均已判断", "no errors, and every rule was decided"),
        Verdict::Undetermined => unsettled(report, assessment),
    }
}

/// Whether a document ends in the middle of something.
fn is_cut(report: &AnnualReport) -> bool {
    report.defects.iter().any(|defect| defect.kind == DefectKind::Truncated)
}

/// Whether all errors are of rules that the caller has left out of what is shown, but not of the verdict.
pub(super) fn hides_errors(assessment: &Assessment) -> bool {
    assessment.verdict == Verdict::NonCompliant && assessment.counts.errors <= assessment.counts.context_errors
}

/// That errors are hidden so.
pub(super) fn not_shown() -> Text {
    Text::fixed("错误在没有列出的规则中", "the errors are of rules that are not shown")
}

/// What keeps a report without known errors from being compliant, and what would settle it.
fn unsettled(report: &AnnualReport, assessment: &Assessment) -> Text {
    let cells = || Row::ALL.into_iter().filter(|row| report.figures.has_row(*row)).flat_map(Row::cells);
    let blanks = cells().filter(|cell: &Cell| report.figures.is_blank(*cell)).count();
    let unread = report.unread_cells().count();
    let failed = assessment.rulings.iter().any(|ruling| ruling.failed);
    let open = assessment.rulings.iter().filter(|own| own.undecided && own.severity == Severity::Error).count();
    let cut = is_cut(report);
    let whole = !cut;
    let tables = Table::ALL.iter().any(|table| report.figures.has_table(*table));
    let reasons = [
        (
            report.edition == Edition::Legacy,
            Text::fixed(
                "2018年度及以前没有统一格式，不在检查范围之内",
                "there was no form for reports of 2018 and before",
            ),
        ),
        (cut, Text::fixed("文件不完整，中途中断，请提交完整的文件", "the file breaks off: send the whole file")),
        (assessment.provisional, Text::fixed("填报中，填完后再作结论", "it is a draft")),
        (
            assessment.counts.context_errors > 0,
            Text::fixed(
                "一并提交的材料有误，更换后重新检查",
                "what was sent beside is wrong: replace it, and check again",
            ),
        ),
        (
            whole && !tables && report.edition != Edition::Legacy,
            Text::fixed(
                "没有读到表二、表三、表四，请提交含表格的完整报告",
                "no table was read: hand in the whole report with its tables",
            ),
        ),
        (
            whole && unread > 0,
            Text::new(
                format!("{unread} 个单元格未能确定地读出，核对原件，或以表格清楚的文件（DOCX、XLSX、HTML）重新提交"),
                format!(
                    "{unread} cells could not be read for certain: look at the original, or send a file with clear tables (DOCX, XLSX, HTML)"
                ),
            ),
        ),
        (
            whole && blanks > 0 && open > 0,
            Text::new(
                format!("{blanks} 个单元格空白，填写后（没有的填 0）即可判断"),
                format!("{blanks} cells are blank: fill them in (0 where there is nothing)"),
            ),
        ),
        (failed, Text::fixed("有规则未执行完，请重新检查", "a rule did not finish: check again")),
    ];
    let told: Vec<Text> = reasons.into_iter().filter(|(is, _)| *is).map(|(_, text)| text).collect();
    if told.is_empty() && open == 0 {
        return Text::fixed("无法判断的规则没有列出", "the undecided rules are not shown");
    }
    if told.is_empty() {
        return Text::new(format!("{open} 条规则无法判断，原因见上"), format!("{open} rules are undecided, see above"));
    }
    let joined = |language: Language, sign: &str| {
        told.iter().map(|text| text.in_language(language)).collect::<Vec<_>>().join(sign)
    };
    Text::new(joined(Language::Zh, "；"), joined(Language::En, "; "))
}

/// The name of a verdict.
pub fn verdict_name(verdict: Verdict, language: Language) -> &'static str {
    match (verdict, language) {
        (Verdict::Compliant, Language::Zh) => "合规",
        (Verdict::Compliant, Language::En) => "compliant",
        (Verdict::NonCompliant, Language::Zh) => "不合规",
        (Verdict::NonCompliant, Language::En) => "not compliant",
        (Verdict::Undetermined, Language::Zh) => "无法判断",
        (Verdict::Undetermined, Language::En) => "undetermined",
    }
}
