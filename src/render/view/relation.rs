//! A relation that fails, in the words of the form.

use super::{shape::Relation, writer::Writer};
use crate::{
    engine::Finding,
    report::Cell,
    rule::{Operand, Origin, Side},
    words::Language,
};

impl Writer<'_> {
    /// The relation in one line: each figure behind its words, what is 0 left out where there are many.
    pub fn relation(&self, finding: &Finding) -> Relation {
        let cells = || finding.operands.iter().filter(|operand| operand.side != Side::Beside).map(|own| own.cell);
        let in_row = cells().all(|cell| Some(cell.row()) == cells().next().map(Cell::row));
        let crowded = finding.operands.len() > 6;
        let mut terms: Vec<String> = Vec::new();
        let mut side = Side::Left;
        let mut left_out = false;
        for operand in finding.operands.iter().filter(|operand| operand.side != Side::Beside) {
            let turns = operand.side != side;
            side = operand.side;
            if crowded && operand.figure.known() == Some(0) && !turns {
                left_out = true;
                continue;
            }
            let sign = match (turns, operand.factor < 0, terms.is_empty()) {
                (true, ..) => "≠ ",
                (_, true, _) => "－ ",
                (.., true) => "",
                _ => "＋ ",
            };
            terms.push(format!("{sign}{} {}", self.term(in_row, operand), self.figure(operand)));
        }
        if left_out {
            terms.push(self.words("（其余为 0）", "(the others are 0)").to_owned());
        }
        if let Some(difference) = finding.difference.map(i64::unsigned_abs).filter(|own| *own > 0) {
            terms.push(match self.language {
                Language::Zh => format!("（相差 {difference}）"),
                Language::En => format!("(a difference of {difference})"),
            });
        }
        // A column's name stands behind the rule's title, a row's in the problem's.
        let column = cells().next().filter(|_| !in_row).map(|cell| cell.column().label(cell.row().table()));
        let title = self.text(&finding.title);
        let title = match (column, self.language) {
            (None, _) => title,
            (Some(column), Language::Zh) => format!("{title}（{column}）"),
            (Some(column), Language::En) => format!("{title} ({column})"),
        };
        Relation { code: finding.code.to_string(), title, terms }
    }

    fn figure(&self, operand: &Operand) -> String {
        let shown = match operand.origin {
            Origin::Subject => self.report.figures.shown(operand.cell),
            _ => operand.figure.shown(),
        };
        self.text(&shown)
    }

    /// A figure's words, as far as the relation's own place doesn't tell them: where all figures stand in one row its columns.
    fn term(&self, in_row: bool, operand: &Operand) -> String {
        let (row, column) = (operand.cell.row(), operand.cell.column());
        let own = if in_row { column.label(row.table()).to_owned() } else { row.printed().to_owned() };
        match operand.origin {
            Origin::Subject => own,
            Origin::Previous => format!("{}{own}", self.words("上一年度", "last year ")),
            Origin::Subordinate(at) => match self.language {
                Language::Zh => format!("第 {} 份下级报告", at + 1),
                Language::En => format!("subordinate {}", at + 1),
            },
        }
    }
}
