//! The operators that compare and choose: which operands they accept.

use crate::report::arithmetic::Comparison;
use cel::common::ast::IdedExpr;

use super::{Checker, functions::Call, kind_of};
use crate::packs::expression::{
    tree::{List, Number, Tree, Truth, Words},
    wrong::Unknown,
};
use crate::words::{Text, spelling::instead};

impl Call<'_> {
    /// One value or the other, depending on a condition.
    pub fn choice(
        &self,
        checker: &mut Checker<'_>,
        condition: &IdedExpr,
        one: &IdedExpr,
        other: &IdedExpr,
    ) -> Result<Tree, Unknown> {
        let condition = checker.truth(condition, self.depth);
        let both = (checker.tree(one, self.depth), checker.tree(other, self.depth));
        let (condition, both) = (Box::new(condition?), (both.0?, both.1?));
        Ok(match both {
            (Tree::Number(one), Tree::Number(other)) if one.is_day() == other.is_day() => {
                Tree::Number(Number::Choice(condition, Box::new(one), Box::new(other)))
            }
            (Tree::Truth(one), Tree::Truth(other)) => {
                Tree::Truth(Truth::Choice(condition, Box::new(one), Box::new(other)))
            }
            (Tree::Words(one), Tree::Words(other)) => {
                Tree::Words(Words::Choice(condition, Box::new(one), Box::new(other)))
            }
            _ => {
                let why = Text::fixed("两项应同为数字、文字或条件", "both are numbers, texts or conditions");
                return Err(checker.wrong(other, why));
            }
        })
    }

    /// Compares two numbers or two texts.
    pub fn comparison(&self, checker: &mut Checker<'_>, left: &IdedExpr, right: &IdedExpr) -> Result<Truth, Unknown> {
        let comparison = match self.call.func_name.as_str() {
            "_==_" => Comparison::Equal,
            "_!=_" => Comparison::Unequal,
            "_<_" => Comparison::Less,
            "_<=_" => Comparison::LessOrEqual,
            "_>_" => Comparison::Greater,
            _ => Comparison::GreaterOrEqual,
        };
        let both = (checker.tree(left, self.depth), checker.tree(right, self.depth));
        match ((both.0?, both.1?), comparison) {
            ((Tree::Number(own), Tree::Number(other)), _) if own.is_day() != other.is_day() => {
                let why = Text::fixed(
                    "日期只能与日期比较：数字应写作 date(2024, 1, 31)",
                    "a day is compared with a day: write a number as date(2024, 1, 31)",
                );
                Err(checker.wrong(if own.is_day() { right } else { left }, why))
            }
            ((Tree::Number(left), Tree::Number(right)), _) => {
                Ok(Truth::Compare(Box::new(left), comparison, Box::new(right)))
            }
            ((Tree::Words(own), Tree::Words(other)), Comparison::Equal | Comparison::Unequal) => {
                may_be(checker, right, &own, &other)?;
                may_be(checker, left, &other, &own)?;
                let same = Truth::Same(Box::new(own), Box::new(other));
                Ok(if comparison == Comparison::Equal { same } else { Truth::Not(Box::new(same)) })
            }
            _ => {
                let why = Text::fixed(
                    "比较的两边应同为数字；文字只能用 == 和 !=",
                    "both sides are numbers; texts have == and != only",
                );
                Err(checker.wrong(self.tree, why))
            }
        }
    }

    /// Whether a list contains a value.
    pub fn among(&self, checker: &mut Checker<'_>, value: &IdedExpr, list: &IdedExpr) -> Result<Truth, Unknown> {
        let (tree, list) = (checker.tree(value, self.depth), checker.list(list, self.depth));
        let (tree, (list, kind)) = (tree?, list?);
        if kind_of(&tree) != Some(kind) || !matches!(tree, Tree::Number(_) | Tree::Words(_)) {
            let why = Text::fixed("in 的两边应同为数字或文字", "in is for numbers or texts in a list of their like");
            return Err(checker.wrong(value, why));
        }
        if let (Tree::Words(own), List::Literal(values)) = (&tree, &list) {
            let all: Vec<_> = values
                .iter()
                .filter_map(|other| match other {
                    Tree::Words(other) => Some(may_be(checker, self.tree, own, other)),
                    _ => None,
                })
                .collect();
            all.into_iter().collect::<Result<(), _>>()?;
        }
        Ok(Truth::Among(Box::new(tree), Box::new(list)))
    }
}

/// Refuses to compare a label with a text that is not among the label's possible values.
fn may_be(checker: &mut Checker<'_>, at: &IdedExpr, own: &Words, other: &Words) -> Result<(), Unknown> {
    let (Words::Label(_, label), Words::Literal(text)) = (own, other) else { return Ok(()) };
    let Some(values) = label.values().filter(|values| !values.contains(&text.as_str())) else { return Ok(()) };
    let (zh, en) = instead(text, values);
    let why = Text::new(format!("没有 {text} 这个值{zh}"), format!("there is no value {text}{en}"));
    Err(checker.wrong(at, why))
}
