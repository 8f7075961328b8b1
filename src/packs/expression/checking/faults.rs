//! What is wrong with an expression that can be parsed, and what may have been meant.

use cel::common::ast::{Expr, IdedExpr};

use super::{Checker, dotted};
use crate::packs::expression::{
    names,
    parsing::character,
    tree::Tree,
    wrong::{Unknown, Wrong},
};
use crate::words::{
    Text,
    spelling::{near, perhaps},
};

/// What a name may begin with.
const REPORTS: [&str; 4] = ["report", "previous", "subordinates", "subordinates_complete"];

impl Checker<'_> {
    /// Notes what is wrong with an expression.
    pub fn wrong(&mut self, expression: &IdedExpr, why: Text) -> Unknown {
        let wrong = self.placed(expression, why);
        self.faults.push(wrong);
        Unknown
    }

    /// A fault of an expression: at the name that it begins with, or at its own place.
    pub(super) fn placed(&self, expression: &IdedExpr, why: Text) -> Wrong {
        let (from, to) = self.info.offset_for(root(expression).id).unwrap_or_default();
        // The parser counts in bytes.
        let (from, to) = (character(self.source, from as usize), character(self.source, to as usize));
        if let Expr::Call(call) = &expression.expr {
            // The parser points at the bracket that follows the name.
            let before: String = self.source.chars().take(from).collect();
            if let Some(rest) = before.trim_end().strip_suffix(call.func_name.as_str()) {
                let start = rest.chars().count();
                return Wrong { at: start..start + call.func_name.chars().count(), why };
            }
        }
        let name = dotted(expression).map_or(0, |name| name.chars().count());
        Wrong { at: from..to.max(from + name), why }
    }

    /// Notes an unknown dotted name.
    pub fn unknown_name(&mut self, expression: &IdedExpr, name: &str) -> Unknown {
        let (subject, path) = name.split_once('.').unwrap_or((name, ""));
        let own = self.locals();
        let misspelt = near(subject, REPORTS.into_iter().chain(own.iter().copied()));
        let misspelt = misspelt.filter(|_| !names::is_subject(subject, &own));
        let why = match names::row(path).filter(|_| names::is_subject(subject, &self.locals())) {
            Some(row) => of_row(name, row.columns().iter().map(|column| column.field())),
            None if names::field(name).is_some() || names::row(name).is_some() => {
                Text::new(format!("应写作 report.{name}"), format!("write report.{name}"))
            }
            None => match names::under(path) {
                parts if !parts.is_empty() && !path.is_empty() && names::is_subject(subject, &self.locals()) => {
                    Text::new(
                        format!("{name} 不是一格，其下有：{}", parts.join("、")),
                        format!("{name} is no cell: it has {}", parts.join(", ")),
                    )
                }
                _ if misspelt.is_some() && names::field(name).is_none() => {
                    let (zh, en) = perhaps(misspelt);
                    Text::new(format!("没有名为 {subject} 的报告或名称{zh}"), format!("there is no {subject}{en}"))
                }
                _ => {
                    let near = names::nearest(name);
                    let (zh, en) = if near.is_some() { perhaps(near.as_deref()) } else { quoted(expression) };
                    Text::new(format!("没有名为 {name} 的数字或文字{zh}"), format!("there is no {name}{en}"))
                }
            },
        };
        self.wrong(expression, why)
    }

    /// Notes a value of another kind.
    pub(super) fn expected(&mut self, expression: &IdedExpr, zh: &str, en: &str, found: &Tree) -> Unknown {
        let (found_zh, found_en) = match found {
            Tree::Number(_) => ("数字", "a number"),
            Tree::Truth(_) => ("条件", "a condition"),
            Tree::Words(_) => ("文字", "a text"),
            Tree::Report(_) => ("报告", "a report"),
            Tree::List(_) => ("列表", "a list"),
        };
        let why = Text::new(
            format!("此处应为{zh}，而不是{found_zh}"),
            format!("{en} is expected here, and this is {found_en}"),
        );
        self.wrong(expression, why)
    }

    fn locals(&self) -> Vec<&str> {
        self.names.iter().map(|(name, _)| name.as_str()).collect()
    }
}

/// That a name is that of a row, and the columns of it.
fn of_row(name: &str, columns: impl Iterator<Item = &'static str>) -> Text {
    let columns: Vec<&str> = columns.collect();
    let one = columns.last().copied().unwrap_or_default();
    Text::new(
        format!("{name} 是一行，不是一格，应写明哪一列，如 {name}.{one}；有：{}", columns.join("、")),
        format!("{name} is a row, not a cell: name its column, as in {name}.{one}; there are {}", columns.join(", ")),
    )
}

/// The name that a chain of field selections begins with.
fn root(tree: &IdedExpr) -> &IdedExpr {
    match &tree.expr {
        Expr::Select(select) => root(&select.operand),
        _ => tree,
    }
}

/// That a word was meant as a text, if it is a single word: texts have quotes.
pub(super) fn quoted(tree: &IdedExpr) -> (String, String) {
    match &tree.expr {
        Expr::Ident(word) => (format!("；如果是文字，应写作 '{word}'"), format!("; a text is written as '{word}'")),
        _ => Default::default(),
    }
}
