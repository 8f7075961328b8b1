//! What is wrong with an expression that can be parsed, and what may have been meant.

use cel::common::ast::{CallExpr, Expr, IdedExpr};

use super::{Checker, catalogue, dotted};
use crate::packs::expression::{hints::meant_by, names, parsing::character, tree::Tree, wrong::Wrong};
use crate::words::{
    Text,
    spelling::{instead, near, perhaps},
};

impl Checker<'_> {
    /// The error for an expression: at the name that it begins with, or at its own place.
    pub fn wrong(&self, expression: &IdedExpr, why: Text) -> Wrong {
        let (from, to) = self.info.offset_for(root(expression).id).unwrap_or_default();
        // The parser counts in bytes.
        let (from, to) = (character(self.source, from as usize), character(self.source, to as usize));
        let name = dotted(expression).map_or(0, |name| name.chars().count());
        Wrong { at: from..to.max(from + name), why }
    }

    /// The error for an unknown dotted name.
    pub fn unknown_name(&self, expression: &IdedExpr, name: &str) -> Wrong {
        let (subject, path) = name.split_once('.').unwrap_or((name, ""));
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
                _ => {
                    let (zh, en) = perhaps(names::nearest(name).as_deref());
                    Text::new(format!("没有名为 {name} 的数字或文字{zh}"), format!("there is no {name}{en}"))
                }
            },
        };
        self.wrong(expression, why)
    }

    /// The error for a value of another kind.
    pub(super) fn expected(&self, expression: &IdedExpr, zh: &str, en: &str, found: &Tree) -> Wrong {
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

/// The error for an unknown function, with the nearest one that exists.
pub(super) fn unknown_function(checker: &Checker<'_>, tree: &IdedExpr, call: &CallExpr) -> Wrong {
    let name = call.func_name.as_str();
    let known: Vec<&str> = catalogue::names().collect();
    let why = match near(name, known.iter().copied()) {
        _ if meant_by(name).is_some() => meant_by(name).unwrap_or_default(),
        Some(near) if near == name => {
            let written = catalogue::written(name);
            Text::new(format!("{name} 的用法不对，应写作 {written}"), format!("{name} is written as {written}"))
        }
        _ => {
            let (zh, en) = instead(name, &known);
            Text::new(format!("没有函数 {name}{zh}"), format!("there is no function {name}{en}"))
        }
    };
    let wrong = checker.wrong(tree, why);
    // The parser points at the bracket that follows the name.
    let before: String = checker.source.chars().take(wrong.at.start).collect();
    let Some(rest) = before.trim_end().strip_suffix(name) else {
        return wrong;
    };
    let start = rest.chars().count();
    Wrong { at: start..start + name.chars().count(), ..wrong }
}
