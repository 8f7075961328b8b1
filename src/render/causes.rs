//! Causes for people, in a terminal: what to change first, and the findings that it explains below.

use std::fmt::Write;

use anstyle::Style;

use super::{terminal::Terminal, visible::visible};
use crate::{
    engine::{Assessment, Cause, CauseKind, Finding, Repair, State},
    report::{AnnualReport, Location},
    rule::{Operand, Origin, Side},
    words::Text,
};

/// The most places of one finding that are listed.
const MOST_PLACES: usize = 8;
/// The names of alternatives.
const ALTERNATIVES: [&str; 6] = ["甲", "乙", "丙", "丁", "戊", "己"];

impl Terminal {
    /// One cause with its findings. `name` is the file's name.
    pub(super) fn cause(
        self,
        out: &mut String,
        name: &str,
        report: &AnnualReport,
        assessment: &Assessment,
        cause: &Cause,
    ) {
        let findings: Vec<&Finding> = cause.findings.iter().filter_map(|at| assessment.findings.get(*at)).collect();
        match findings[..] {
            _ if cause.kind == CauseKind::WrongValue => self.wrong_value(out, name, report, cause, &findings),
            [finding] => self.finding(out, name, report, finding),
            _ => self.many(out, name, cause, &findings),
        }
        let mut waivers: Vec<usize> = findings.iter().filter_map(|finding| finding.waiver).collect();
        waivers.dedup();
        for used in waivers.into_iter().filter_map(|at| assessment.waivers.get(at)) {
            self.waived(out, &used.waiver);
        }
    }

    fn header(self, out: &mut String, name: &str, cause_place: &crate::report::Place, (lead, title): (&str, &str)) {
        let place = cause_place.shown();
        let (name, place) = (visible(name), visible(place.in_language(self.language)));
        let title = self.painted(Style::new().bold(), title);
        let _ = writeln!(out, "{lead}  {title}    {name}{place}");
    }

    /// Figures that contradict each other: the corrections first, then the relations that they mend.
    fn wrong_value(self, out: &mut String, name: &str, report: &AnnualReport, cause: &Cause, findings: &[&Finding]) {
        let mut findings = findings.to_vec();
        findings.sort_by_key(|finding| &finding.code);
        let mut codes: Vec<&str> = findings.iter().map(|finding| &*finding.code).collect();
        codes.dedup();
        let lead = format!("{} {}", self.severity(cause.severity), codes.join(self.words("、", ", ")));
        let title = self.words("数字不能勾稽", "figures contradict each other");
        self.header(out, name, &cause.place, (&lead, title));
        let several = cause.alternatives.len() > 1;
        for (at, repair) in cause.alternatives.iter().enumerate() {
            let label = match (several, ALTERNATIVES.get(at)) {
                (true, Some(name)) => format!("{}{name}", self.words("改法", "either ")),
                (true, None) => self.words("改法", "or").to_owned(),
                _ => self.words("应改", "change").to_owned(),
            };
            self.alternative(out, &label, repair);
        }
        for finding in &findings {
            let _ = writeln!(out, "  {} {}", finding.code, visible(finding.title.in_language(self.language)));
            match finding.equation.is_empty() {
                true => self.line(out, "  ", finding.message.in_language(self.language)),
                false => self.equation(out, report, finding),
            }
        }
        if let Some(first) = findings.first() {
            self.basis(out, first);
            self.line(out, self.words("建议", "advice  "), first.advice.in_language(self.language));
        }
    }

    fn alternative(self, out: &mut String, label: &str, repair: &Repair) {
        for change in &repair.changes {
            let (place, from) = (change.cell.printed(), change.from.shown());
            let from = from.in_language(self.language);
            self.line(out, label, &format!("{place}: {from} → {}", change.to));
        }
        self.line(out, "", repair.reason.in_language(self.language));
    }

    /// What one rule says of many places.
    fn many(self, out: &mut String, name: &str, cause: &Cause, findings: &[&Finding]) {
        let first = findings[0];
        let lead = format!("{} {}", self.severity(cause.severity), first.code);
        let count = findings.len();
        let title =
            Text::new(format!("{}（{count} 处）", first.title.zh), format!("{} ({count} places)", first.title.en));
        self.header(out, name, &cause.place, (&lead, title.in_language(self.language)));
        for finding in findings.iter().take(MOST_PLACES) {
            let place = finding.place.shown();
            let (message, place) = (finding.message.in_language(self.language), place.in_language(self.language));
            self.line(
                out,
                "",
                &format!(
                    "{message}{}{}",
                    self.state(finding),
                    if place.is_empty() { String::new() } else { format!("  {place}") }
                ),
            );
        }
        if count > MOST_PLACES {
            let words = Text::new(format!("……共 {count} 处"), format!("… {count} places in all"));
            self.line(out, "", words.in_language(self.language));
        }
        self.basis(out, first);
        self.line(out, self.words("建议", "advice  "), first.advice.in_language(self.language));
    }

    fn state(self, finding: &Finding) -> &'static str {
        match finding.state {
            Some(State::New) => self.words("（新增）", " (new)"),
            Some(State::Persisting) => self.words("（仍存在）", " (persisting)"),
            None => "",
        }
    }

    fn basis(self, out: &mut String, finding: &Finding) {
        let basis: Vec<String> =
            finding.basis.iter().map(|basis| format!("{} {}", basis.instrument, basis.clause)).collect();
        self.line(out, self.words("依据", "basis   "), &basis.join("；"));
    }

    fn finding(self, out: &mut String, name: &str, report: &AnnualReport, finding: &Finding) {
        let lead = format!("{} {}", self.severity(finding.severity), finding.code);
        let title = format!("{}{}", finding.title.in_language(self.language), self.state(finding));
        self.header(out, name, &finding.place, (&lead, &title));
        self.line(out, "", finding.message.in_language(self.language));
        let (expected, actual) =
            (finding.expected.in_language(self.language), finding.actual.in_language(self.language));
        let drawn = finding.operands.iter().any(|operand| operand.side != Side::Beside);
        if finding.equation.is_empty() || !drawn {
            self.line(out, self.words("应为", "expected"), expected);
            self.line(out, self.words("实为", "actual  "), actual);
        } else {
            self.equation(out, report, finding);
        }
        self.basis(out, finding);
        self.line(out, self.words("建议", "advice  "), finding.advice.in_language(self.language));
    }

    /// The relation as in the form: the cells with figures, one per line, then the sum.
    fn equation(self, out: &mut String, report: &AnnualReport, finding: &Finding) {
        let crowded = finding.operands.len() > 6;
        let mut side = Side::Left;
        let mut first = true;
        for operand in &finding.operands {
            let new_side = operand.side != side;
            side = operand.side;
            let sign = if new_side {
                '='
            } else if first {
                ' '
            } else {
                '+'
            };
            if crowded && operand.figure.known() == Some(0) && !new_side {
                continue;
            }
            first = false;
            let (value, place) = (self.value(report, operand), self.term(finding.location, operand));
            let _ = writeln!(out, "     {sign} {value:>8}  {place}");
        }
        let differs = finding.difference.map(i64::unsigned_abs).map_or_else(Text::default, |difference| {
            Text::new(format!("，相差 {difference}"), format!(", a difference of {difference}"))
        });
        self.line(out, "", &format!("{}{}", finding.equation, differs.in_language(self.language)));
    }

    fn value(self, report: &AnnualReport, operand: &Operand) -> String {
        let shown = match operand.origin {
            Origin::Subject => report.figures.shown(operand.cell),
            _ => operand.figure.shown(),
        };
        shown.in_language(self.language).to_owned()
    }

    /// A figure's place, as far as the relation's own place doesn't tell it.
    fn term(self, of: Location, operand: &Operand) -> String {
        let place = match of {
            Location::Cell(cell) if cell.row() == operand.cell.row() => operand.cell.printed(),
            _ => Location::Row(operand.cell.row()).printed(),
        };
        let place = place.split_once(" · ").map_or(place.as_str(), |(_, place)| place).to_owned();
        match operand.origin {
            Origin::Previous => format!("{}{place}", self.words("上一年度 · ", "last year · ")),
            _ => place,
        }
    }
}
