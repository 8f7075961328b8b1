//! One problem: what to change and why, or what one rule says of many places.

use super::{
    shape::{Choice, Problem, Relation},
    writer::Writer,
};
use crate::{
    engine::{Cause, Change, Finding, Repair, State},
    render::ordinal::{alternative, ordinal},
    report::{Cell, Location, Row},
    rule::Side,
    submission::Waiver,
    words::{Language, Text},
};

static CELLS_NAMED: Text = Text::fixed(
    "对照台账核对所列单元格；没有填错的，再核对关系中的其他各项",
    "compare the cells named with your records, and correct what is wrong; if they are right, check the others of the relations",
);

/// The most lines of places under one finding.
const MOST_PLACES: usize = 4;

impl Writer<'_> {
    pub fn problem(&self, number: usize, cause: &Cause) -> Problem {
        let mut findings: Vec<&Finding> =
            cause.findings.iter().filter_map(|at| self.assessment.findings.get(*at)).collect();
        findings.sort_by_key(|finding| &finding.code);
        let mut codes: Vec<String> = findings.iter().map(|finding| finding.code.to_string()).collect();
        codes.sort_unstable();
        codes.dedup();
        let name = match self.language {
            Language::Zh => format!("问题{}", ordinal(number)),
            Language::En => format!("Problem {number}"),
        };
        let place = self.place_of(cause, &findings);
        let mut problem = Problem {
            name,
            severity: cause.severity,
            codes,
            title: String::new(),
            place,
            choices: Vec::new(),
            reason: String::new(),
            relations: Vec::new(),
            lines: Vec::new(),
            labelled: Vec::new(),
        };
        match findings[..] {
            _ if !cause.alternatives.is_empty() => self.contradiction(&mut problem, cause, &findings),
            [finding] => self.single(&mut problem, finding),
            _ => self.many(&mut problem, &findings),
        }
        if let Some(first) = findings.first() {
            // Where the wrong cell is known, the rule's own advice would have the reader search for it.
            let advice = match cause.alternatives.is_empty() {
                true => self.text(&first.advice),
                false => self.text(&CELLS_NAMED),
            };
            problem.labelled.push((self.words("依据", "basis   "), basis(&findings)));
            problem.labelled.push((self.words("建议", "advice  "), advice));
            problem.labelled.retain(|(_, text)| !text.is_empty());
        }
        let mut waivers: Vec<(usize, &str)> =
            findings.iter().filter_map(|own| Some((own.waiver?, &*own.code))).collect();
        waivers.dedup();
        let some_count = findings.iter().any(|finding| finding.waiver.is_none());
        let used = waivers.into_iter().filter_map(|(at, code)| Some((self.assessment.waivers.get(at)?, code)));
        problem.labelled.extend(used.map(|(used, code)| self.waived(&used.waiver, some_count.then_some(code))));
        problem
    }

    /// Figures that contradict each other: the corrections first, then the relations that they mend.
    fn contradiction(&self, problem: &mut Problem, cause: &Cause, findings: &[&Finding]) {
        let several = cause.alternatives.len() > 1;
        let edits = |repair: &Repair| -> Vec<String> {
            let edit = |change: &Change| {
                let (place, from) = (change.cell.printed(), change.from.shown());
                let from = from.in_language(self.language);
                match self.language {
                    Language::Zh => format!("{place}：{from} 应为 {}", change.to),
                    Language::En => format!("{place}: {from} should be {}", change.to),
                }
            };
            repair.changes.iter().map(edit).collect()
        };
        problem.title = match &cause.alternatives[..] {
            [only] if only.changes.len() == 1 => edits(only).concat(),
            _ => {
                let table = cause.location.whole().printed();
                let what = self.words("数字不能勾稽", ": figures contradict each other");
                let any = self.words("，下列改法任一种即可", "; either would do");
                format!("{table}{what}{}", if several { any } else { "" })
            }
        };
        let [first, rest @ ..] = findings else { return };
        let alike = rest.iter().all(|own| own.state == first.state);
        let state = |own: &Finding| if alike { "" } else { self.state(own) };
        if problem.title != edits(&cause.alternatives[0]).concat() {
            problem.choices = cause
                .alternatives
                .iter()
                .enumerate()
                .map(|(at, repair)| Choice { label: self.choice(several, at), edits: edits(repair) })
                .collect();
        }
        problem.reason = self.text(&cause.alternatives[0].reason);
        for finding in findings {
            if finding.equation.is_empty() {
                problem.lines.push(format!("{}  {}{}", finding.code, self.text(&finding.message), state(finding)));
            } else {
                let relation = self.relation(finding);
                problem.relations.push(Relation { title: relation.title + state(finding), ..relation });
            }
        }
        if alike {
            problem.title.push_str(self.state(first));
        }
        // The reason counts all relations; the reader may have chosen rules.
        let left_out = cause.alternatives[0].explains.len().saturating_sub(findings.len());
        if left_out > 0 {
            problem.lines.push(match self.language {
                Language::Zh => format!("另有 {left_out} 条关系没有列出"),
                Language::En => format!("{left_out} more relations are not listed"),
            });
        }
    }

    fn choice(&self, several: bool, at: usize) -> String {
        match (several, self.language) {
            (false, _) => self.words("应改", "change").to_owned(),
            (true, Language::Zh) => format!("改法{}", alternative(at)),
            (true, Language::En) => format!("either {}", at + 1),
        }
    }

    /// One finding by itself.
    fn single(&self, problem: &mut Problem, finding: &Finding) {
        problem.title = format!("{}{}", self.text(&finding.title), self.state(finding));
        let drawn = finding.operands.iter().any(|operand| operand.side != Side::Beside);
        if drawn && !finding.equation.is_empty() {
            // Its code and what it asks stand above.
            let message = self.text(&finding.message);
            problem.relations.push(Relation { code: String::new(), title: message, ..self.relation(finding) });
            return;
        }
        problem.lines.push(self.text(&finding.message) + &self.beside(finding, finding));
        // What the title or the message says already isn't said again.
        let (expected, actual) = (self.text(&finding.expected), self.text(&finding.actual));
        let said = |value: &str| says(&problem.title, value) || says(&problem.lines[0], value);
        if !said(&expected) {
            problem.labelled.push((self.words("应为", "expected"), expected));
            if !said(&actual) {
                problem.labelled.push((self.words("实为", "actual  "), actual));
            }
        }
    }

    /// What one rule says of many places: cells of a row in one line, where the rule says the same of all.
    fn many(&self, problem: &mut Problem, findings: &[&Finding]) {
        let (first, count) = (findings[0], findings.len());
        problem.title = match self.language {
            Language::Zh => format!("{}（{count} 处）", self.text(&first.title)),
            Language::En => format!("{} ({count} places)", self.text(&first.title)),
        };
        let alike = findings
            .iter()
            .all(|own| (&own.expected, &own.actual, own.state) == (&first.expected, &first.actual, first.state));
        let cells: Option<Vec<Cell>> = findings.iter().map(|own| own.location.cell()).collect();
        let listed_alone = alike && cells.is_some();
        let mut lines = match cells.filter(|_| alike) {
            Some(cells) => self.rows(&cells),
            None => self.at_their_places(findings),
        };
        self.shorten(&mut lines, MOST_PLACES, count);
        problem.lines = lines;
        // Places alone don't tell figures that all of them share.
        let (expected, actual) = (self.text(&first.expected), self.text(&first.actual));
        if listed_alone && is_figure(&expected) {
            problem.labelled.push((self.words("应为", "expected"), expected));
            problem.labelled.push((self.words("实为", "actual  "), actual));
        }
    }

    /// What is wrong at each of many places; those of which the same is said stand together.
    fn at_their_places(&self, findings: &[&Finding]) -> Vec<String> {
        let first = findings[0];
        let mut lines: Vec<(Vec<String>, String)> = Vec::new();
        for own in findings {
            let (place, line) = (own.location.printed(), self.at_its_place(own, first));
            let said = line.strip_prefix(&place).filter(|said| said.starts_with(['：', ':']));
            let (place, said) = said.map_or((String::new(), line.as_str()), |said| (place, said));
            match lines.iter_mut().find(|(_, told)| told == said) {
                // What is said of the report as a whole is said again.
                Some((places, _)) if !place.is_empty() => {
                    let table = format!("{} · ", own.location.whole().printed());
                    places.push(place.strip_prefix(&table).unwrap_or(&place).to_owned());
                }
                _ => lines.push((vec![place], said.to_owned())),
            }
        }
        let between = self.words("、", ", ");
        lines.into_iter().map(|(places, said)| places.join(between) + &said).collect()
    }

    /// What is wrong at one of many places, and where in the document that is, as far as nothing else tells it.
    fn at_its_place(&self, finding: &Finding, first: &Finding) -> String {
        let expected = self.text(&finding.expected);
        let message = match finding.location {
            Location::Cell(cell) if finding.difference.is_none() && is_figure(&expected) => match self.language {
                Language::Zh => format!("{}：应为 {expected}", cell.printed()),
                Language::En => format!("{}: {expected} is expected", cell.printed()),
            },
            _ => self.text(&finding.message),
        };
        format!("{message}{}{}", self.state(finding), self.beside(finding, first))
    }

    /// Cells, those of a row in one line.
    fn rows(&self, cells: &[Cell]) -> Vec<String> {
        let mut lines: Vec<(Row, Vec<&str>)> = Vec::new();
        for cell in cells {
            let label = cell.column().label(cell.row().table());
            match lines.last_mut() {
                Some((row, labels)) if *row == cell.row() => labels.push(label),
                _ => lines.push((cell.row(), vec![label])),
            }
        }
        let line = |(row, labels): (Row, Vec<&str>)| {
            let labels = match labels[..] {
                [_, _, ..] if row.columns().len() == labels.len() => self.words("全行", "the whole row").to_owned(),
                [one, other, _, _, ..] => match self.language {
                    Language::Zh => format!("{one}、{other}等 {} 列", labels.len()),
                    Language::En => format!("{one}, {other} and others, {} in all", labels.len()),
                },
                _ => labels.join(self.words("、", ", ")),
            };
            format!("{}{}{labels}", Location::Row(row).printed(), self.words("：", ": "))
        };
        lines.into_iter().map(line).collect()
    }

    fn state(&self, finding: &Finding) -> &'static str {
        match finding.state {
            Some(State::New) => self.words("（新增）", " (new)"),
            Some(State::Persisting) => self.words("（仍存在）", " (persisting)"),
            None => "",
        }
    }

    /// A waiver; `only` is the rule that it covers where others of the problem still count.
    fn waived(&self, waiver: &Waiver, only: Option<&str>) -> (&'static str, String) {
        let Waiver { reason, approver, expires, .. } = waiver;
        let only = match (only, self.language) {
            (None, _) => String::new(),
            (Some(code), Language::Zh) => format!("只限 {code}："),
            (Some(code), Language::En) => format!("{code} alone: "),
        };
        let words = Text::new(
            format!("{only}{reason}（{approver}批准，有效期至 {expires}，不计入结论）"),
            format!("{only}{reason} (approved by {approver}, until {expires}; it does not count)"),
        );
        (self.words("豁免", "waived  "), self.text(&words))
    }
}

/// The clauses of all findings, each instrument and each clause named once.
fn basis(findings: &[&Finding]) -> String {
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    // What is asked of those who send reports is no clause that anybody could cite.
    for own in findings.iter().filter(|finding| !finding.of_context).flat_map(|finding| &finding.basis) {
        match told.iter_mut().find(|(instrument, _)| *instrument == own.instrument) {
            Some((_, clauses)) if clauses.contains(&&*own.clause) => {}
            Some((_, clauses)) => clauses.push(&own.clause),
            None => told.push((&own.instrument, vec![&own.clause])),
        }
    }
    let each = told.into_iter().map(|(instrument, clauses)| format!("{instrument} {}", clauses.join("；")));
    each.collect::<Vec<_>>().join("；")
}

/// Whether a text says a value: 3 isn't said by 13.
fn says(text: &str, value: &str) -> bool {
    let goes_on = |own: Option<char>, next: Option<char>| {
        own.is_some_and(|own| own.is_ascii_digit()) && next.is_some_and(|next| next.is_ascii_digit())
    };
    let apart = |at: usize| {
        let (before, behind) = (&text[..at], &text[at + value.len()..]);
        !goes_on(before.chars().last(), value.chars().next()) && !goes_on(value.chars().last(), behind.chars().next())
    };
    value.is_empty() || text.match_indices(value).any(|(at, _)| apart(at))
}

/// Whether a value is a number.
fn is_figure(text: &str) -> bool {
    text.strip_prefix('-').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Row;

    #[test]
    fn cells_of_a_row_stand_in_one_line() {
        let report = crate::report::AnnualReport::default();
        let assessment = crate::engine::Engine::new(Vec::new()).assess(
            &crate::dossier::Dossier::default(),
            &[0; 32],
            &crate::deadline::Deadline::NEVER,
        );
        let writer = Writer { files: "x".into(), report: &report, assessment: &assessment, language: Language::Zh };
        let lines = writer.rows(&[Row::Received.nth(1), Row::Received.nth(2), Row::Repeated.nth(6)]);
        assert_eq!(lines[0], "表三 · 一、本年新收政府信息公开申请数量：商业企业、科研机构");
        assert!(lines.len() == 2 && lines[1].ends_with("：总计"), "{lines:?}");
    }
}
