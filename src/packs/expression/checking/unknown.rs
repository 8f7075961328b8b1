//! Calls of functions that don't exist, or not so: which one was meant, and what is wrong with their arguments.

use cel::common::ast::{CallExpr, Expr, IdedExpr};

use super::{Checker, catalogue, dotted, functions::Call};
use crate::packs::expression::{
    hints::meant_by,
    names,
    wrong::{Unknown, Wrong},
};
use crate::words::{
    Text,
    spelling::{instead, near},
};

impl Call<'_> {
    /// Notes an unknown function, with the nearest one that exists, and what is wrong with its arguments.
    pub(super) fn unknown(&self, checker: &mut Checker<'_>) -> Unknown {
        let wrong = self.of_function(checker);
        checker.faults.push(wrong);
        let CallExpr { target, args, .. } = self.call;
        target.iter().for_each(|target| self.argument(checker, target));
        match args.as_slice() {
            // As in a comprehension: what the name stands for is not known.
            [name, body] if target.is_some() && matches!(name.expr, Expr::Ident(_)) => {
                let _ = checker.each(name, None, |checker| checker.tree(body, self.depth));
            }
            args => args.iter().for_each(|argument| self.argument(checker, argument)),
        }
        Unknown
    }

    /// Looks at an argument of which it is not known what it should be: it may be a row or a group of rows.
    fn argument(&self, checker: &mut Checker<'_>, argument: &IdedExpr) {
        let name = dotted(argument).unwrap_or_default();
        let path = name.split_once('.').map_or("", |(_, path)| path);
        let is_place = names::field(path).is_some() || names::row(path).is_some() || !names::under(path).is_empty();
        let _ = match path.is_empty() || !is_place {
            true => checker.tree(argument, self.depth).map(drop),
            false => checker.path(argument).map(drop),
        };
    }

    fn of_function(&self, checker: &Checker<'_>) -> Wrong {
        let name = self.call.func_name.as_str();
        let known: Vec<&str> = catalogue::names().collect();
        let why = match near(name, known.iter().copied()) {
            _ if meant_by(name).is_some() => meant_by(name).unwrap_or_default(),
            _ if catalogue::meant_by(name).is_some() => {
                let written = catalogue::meant_by(name).unwrap_or_default();
                Text::new(
                    format!("没有函数 {name}，应写作 {written}"),
                    format!("there is no function {name}: write {written}"),
                )
            }
            Some(near) if near == name => {
                let written = catalogue::written(name);
                Text::new(format!("{name} 的用法不对，应写作 {written}"), format!("{name} is written as {written}"))
            }
            _ => {
                let (zh, en) = instead(name, &known);
                Text::new(format!("没有函数 {name}{zh}"), format!("there is no function {name}{en}"))
            }
        };
        checker.placed(self.tree, why)
    }
}
