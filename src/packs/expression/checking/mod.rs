//! Names and types of an expression, checked against the form: the parsed CEL becomes a typed tree, or
//! an error that points at what is wrong.

pub(in crate::packs) mod catalogue;
mod faults;
mod functions;
mod operators;
mod unknown;

use crate::report::arithmetic::SCALE;
use cel::common::ast::{Expr, IdedExpr, LiteralValue, SourceInfo};

use super::{
    names::{self, Field, Subject, Variable},
    parsing::{MAX_DEPTH, parsed},
    tree::{Kind, List, Number, Tree, Truth, Words},
    wrong::{Unknown, Wrong},
};
use crate::words::Text;

/// The most nodes of an expression's tree, and the deepest nesting of comprehensions.
pub(in crate::packs) const MAX_NODES: usize = 500;
pub(in crate::packs) const MAX_NESTING: usize = 3;

/// An expression whose names and types are right, and what it needs besides the report.
#[derive(Clone, Debug)]
pub(in crate::packs) struct Checked<T> {
    /// The typed tree.
    pub tree: T,
    /// How many nodes it has.
    pub nodes: usize,
    /// Whether it looks at last year's report.
    pub previous: bool,
    /// Whether it looks at the subordinates' reports.
    pub subordinates: bool,
}

/// The condition that an expression states.
pub(in crate::packs) fn condition(source: &str) -> Result<Checked<Truth>, Vec<Wrong>> {
    checked(source, |checker, expression, depth| checker.truth(expression, depth))
}

/// An expression whose value is a number or a text.
pub(in crate::packs) fn value(source: &str) -> Result<Checked<Tree>, Vec<Wrong>> {
    checked(source, |checker, expression, depth| match checker.tree(expression, depth)? {
        tree @ (Tree::Number(_) | Tree::Words(_)) => Ok(tree),
        other => Err(checker.expected(expression, "数字或文字", "a number or a text", &other)),
    })
}

/// An expression of any kind, for people who want to see its value.
pub(in crate::packs) fn any(source: &str) -> Result<Checked<Tree>, Vec<Wrong>> {
    checked(source, |checker, expression, depth| match checker.tree(expression, depth)? {
        other @ Tree::Report(_) => Err(checker.expected(expression, "数字、文字、条件或列表", "a value", &other)),
        tree => Ok(tree),
    })
}

fn checked<T: Send>(
    source: &str,
    check: impl FnOnce(&mut Checker<'_>, &IdedExpr, usize) -> Result<T, Unknown> + Send,
) -> Result<Checked<T>, Vec<Wrong>> {
    parsed(source, |expression, info| {
        let mut checker = Checker {
            source,
            info,
            nodes: 0,
            names: Vec::new(),
            previous: false,
            subordinates: false,
            faults: Vec::new(),
            is_too_large: false,
        };
        let tree = check(&mut checker, expression, 0);
        let Checker { nodes, previous, subordinates, faults, .. } = checker;
        let tree = tree.ok().filter(|_| faults.is_empty()).ok_or(faults)?;
        Ok(Checked { tree, nodes, previous, subordinates })
    })
}

/// The state while an expression is checked.
pub(in crate::packs) struct Checker<'a> {
    source: &'a str,
    info: SourceInfo,
    nodes: usize,
    /// The names of the enclosing comprehensions, outermost first, with the kind of value that each stands for, if it
    /// is known.
    names: Vec<(String, Option<Kind>)>,
    previous: bool,
    subordinates: bool,
    /// What is wrong so far.
    faults: Vec<Wrong>,
    is_too_large: bool,
}

impl Checker<'_> {
    /// Checks an expression of any kind.
    pub fn tree(&mut self, expression: &IdedExpr, depth: usize) -> Result<Tree, Unknown> {
        self.nodes += 1;
        if self.nodes > MAX_NODES || depth > MAX_DEPTH {
            let why = Text::new(
                format!("表达式过大：最多 {MAX_NODES} 个节点、{MAX_DEPTH} 层"),
                format!("too large: at most {MAX_NODES} nodes, {MAX_DEPTH} deep"),
            );
            // Once: each further part would repeat it.
            let is_told = std::mem::replace(&mut self.is_too_large, true);
            return Err(if is_told { Unknown } else { self.wrong(expression, why) });
        }
        match &expression.expr {
            Expr::Literal(literal) => self.literal(expression, literal),
            Expr::Ident(name) => self.name(expression, name),
            Expr::Select(_) => self.field(expression),
            Expr::List(list) => Ok(Tree::List(self.list_of(expression, &list.elements, depth)?)),
            Expr::Call(call) => functions::call(self, expression, call, depth),
            _ => Err(self.wrong(expression, Text::fixed("不支持映射和结构", "maps and structures can't stand here"))),
        }
    }

    /// Checks an expression that must be a number.
    pub fn number(&mut self, expression: &IdedExpr, depth: usize) -> Result<Number, Unknown> {
        match self.tree(expression, depth)? {
            Tree::Number(number) if number.is_day() => {
                let why = Text::fixed(
                    "日期只能与日期比较，不能计算：应写作 date(甲) <= date(report.year + 1, 1, 31)，或用其 year、month、day 计算",
                    "days are compared with days, and nothing else: write date(one) <= date(report.year + 1, 1, 31), or reckon with year, month, day",
                );
                Err(self.wrong(expression, why))
            }
            Tree::Number(number) => Ok(number),
            other => Err(self.expected(expression, "数字", "a number", &other)),
        }
    }

    /// Checks an expression that must be a condition.
    pub fn truth(&mut self, expression: &IdedExpr, depth: usize) -> Result<Truth, Unknown> {
        match self.tree(expression, depth)? {
            Tree::Truth(truth) => Ok(truth),
            other => Err(self.expected(expression, "条件（比较、&&、||、!）", "a condition", &other)),
        }
    }

    /// Checks an expression that must be a text.
    pub fn words(&mut self, expression: &IdedExpr, depth: usize) -> Result<Words, Unknown> {
        match self.tree(expression, depth)? {
            Tree::Words(words) => Ok(words),
            other => Err(self.expected(expression, "文字", "a text", &other)),
        }
    }

    /// Checks an expression that must be a list; also returns the kind of its elements.
    pub fn list(&mut self, expression: &IdedExpr, depth: usize) -> Result<(List, Kind), Unknown> {
        match self.tree(expression, depth)? {
            Tree::List(list) => {
                let kind = self.kind_in(&list);
                Ok((list, kind))
            }
            other => Err(self.expected(expression, "列表", "a list", &other)),
        }
    }

    /// Checks an expression that must be a list of numbers.
    pub fn numbers(&mut self, expression: &IdedExpr, depth: usize) -> Result<List, Unknown> {
        match self.list(expression, depth)? {
            (list, Kind::Number) => Ok(list),
            _ => Err(self.wrong(expression, Text::fixed("列表中应为数字", "a list of numbers is expected"))),
        }
    }

    /// Checks the body of a comprehension, in which `name` stands for each element.
    pub fn each<T>(
        &mut self,
        name: &IdedExpr,
        kind: Option<Kind>,
        check: impl FnOnce(&mut Self) -> Result<T, Unknown>,
    ) -> Result<T, Unknown> {
        let Expr::Ident(own) = &name.expr else {
            return Err(self.wrong(name, Text::fixed("此处应为一个名称", "a name is expected here")));
        };
        if self.names.len() >= MAX_NESTING {
            let (zh, en) =
                (format!("列表运算嵌套超过 {MAX_NESTING} 层"), format!("more than {MAX_NESTING} comprehensions deep"));
            return Err(self.wrong(name, Text::new(zh, en)));
        }
        self.names.push((own.clone(), kind));
        let checked = check(self);
        self.names.pop();
        checked
    }

    /// The report that an expression names.
    pub fn subject(&mut self, expression: &IdedExpr, depth: usize) -> Result<Subject, Unknown> {
        match self.tree(expression, depth)? {
            Tree::Report(subject) => Ok(subject),
            other => Err(self.expected(expression, "报告", "a report", &other)),
        }
    }

    /// The number of a section.
    pub fn section(&mut self, tree: &IdedExpr) -> Result<u8, Unknown> {
        let number = match &tree.expr {
            Expr::Literal(LiteralValue::Int(number)) => u8::try_from(*number.inner()).ok(),
            _ => None,
        };
        let number = number.filter(|number| (1..=6).contains(number));
        number
            .ok_or_else(|| self.wrong(tree, Text::fixed("部分的编号应为 1 至 6", "the number of a section is 1 to 6")))
    }

    /// A dotted name, split into the report that it begins with and the path in it.
    pub fn path(&mut self, expression: &IdedExpr) -> Result<(Subject, String), Unknown> {
        let name = dotted(expression).unwrap_or_default();
        let (first, rest) = name.split_once('.').unwrap_or((&name, ""));
        if self.names.iter().any(|(own, kind)| own == first && kind.is_none()) {
            return Err(Unknown);
        }
        match self.report(first) {
            Some(subject) if !rest.is_empty() => Ok((subject, rest.to_owned())),
            _ => Err(self.unknown_name(expression, &name)),
        }
    }

    fn literal(&mut self, expression: &IdedExpr, literal: &LiteralValue) -> Result<Tree, Unknown> {
        match literal {
            LiteralValue::Boolean(holds) => Ok(Tree::Truth(Truth::Fixed(*holds.inner()))),
            LiteralValue::Int(number) => Ok(Tree::Number(Number::Constant(i128::from(*number.inner()) * SCALE))),
            LiteralValue::String(text) => Ok(Tree::Words(Words::Literal(text.inner().to_owned()))),
            LiteralValue::Double(number) => {
                let own = number.inner();
                let why = Text::new(
                    format!("不接受浮点数，小数请写成 decimal(\"{own}\")"),
                    format!("floating point is not exact: write decimal(\"{own}\")"),
                );
                Err(self.wrong(expression, why))
            }
            _ => {
                Err(self.wrong(expression, Text::fixed("此处应为数字、文字或条件", "a number, a text or a condition")))
            }
        }
    }

    fn report(&mut self, name: &str) -> Option<Subject> {
        let local = self.names.iter().rposition(|(own, kind)| own == name && *kind == Some(Kind::Report));
        match (local, name) {
            (Some(at), _) => Some(Subject::Each(at)),
            (None, "report") => Some(Subject::Own),
            (None, "previous") => {
                self.previous = true;
                Some(Subject::Previous)
            }
            _ => None,
        }
    }

    fn name(&mut self, expression: &IdedExpr, name: &str) -> Result<Tree, Unknown> {
        if let Some(at) = self.names.iter().rposition(|(own, _)| own == name) {
            return Ok(match self.names[at].1.ok_or(Unknown)? {
                Kind::Day => Tree::Number(Number::Day(Box::new(Number::Local(at)))),
                Kind::Number => Tree::Number(Number::Local(at)),
                Kind::Truth => Tree::Truth(Truth::Local(at)),
                Kind::Words => Tree::Words(Words::Local(at)),
                Kind::Report => Tree::Report(Subject::Each(at)),
            });
        }
        match name {
            "subordinates" => {
                self.subordinates = true;
                Ok(Tree::List(List::Subordinates))
            }
            "subordinates_complete" => Ok(Tree::Truth(Truth::SubordinatesComplete)),
            _ => {
                let subject = self.report(name);
                match subject {
                    Some(subject) => Ok(Tree::Report(subject)),
                    None => Err(self.unknown_name(expression, name)),
                }
            }
        }
    }

    fn field(&mut self, expression: &IdedExpr) -> Result<Tree, Unknown> {
        let (of, path) = self.path(expression)?;
        match names::field(&path) {
            Some(Field::Quantity(what)) => Ok(Tree::Number(Number::Variable(Variable { of, what }))),
            Some(Field::Label(label)) => Ok(Tree::Words(Words::Label(of, label))),
            Some(Field::Day(_)) => {
                let why = Text::fixed(
                    "日期请写成 date(…)，或取其 year、month、day",
                    "write date(…) of a day, or take its year, month or day",
                );
                Err(self.wrong(expression, why))
            }
            None => Err(self.unknown_name(expression, &dotted(expression).unwrap_or_default())),
        }
    }

    /// A list literal: values of one kind, and no lists.
    fn list_of(&mut self, list: &IdedExpr, elements: &[IdedExpr], depth: usize) -> Result<List, Unknown> {
        let found: Vec<_> = elements.iter().map(|element| (element, self.tree(element, depth + 1))).collect();
        let mut trees = Vec::new();
        for (element, tree) in found {
            let tree = tree?;
            let kind = kind_of(&tree);
            if kind.is_none() || trees.first().is_some_and(|first| kind_of(first) != kind) {
                let why = Text::fixed("列表中的各项应为同一类的值", "a list holds values of one kind");
                return Err(self.wrong(element, why));
            }
            trees.push(tree);
        }
        if trees.is_empty() {
            return Err(self.wrong(list, Text::fixed("列表不应为空", "a list is not empty")));
        }
        Ok(List::Literal(trees))
    }

    fn kind_in(&self, list: &List) -> Kind {
        match list {
            List::Literal(trees) => trees.first().and_then(kind_of).unwrap_or(Kind::Number),
            List::Cells(_) => Kind::Number,
            List::Subordinates => Kind::Report,
            List::Map(_, body) => kind_of(body).unwrap_or(Kind::Number),
            List::Filter(of, _) => self.kind_in(of),
        }
    }
}

/// The kind of a value; `None` for a list.
pub(in crate::packs) fn kind_of(tree: &Tree) -> Option<Kind> {
    match tree {
        Tree::Number(number) => Some(if number.is_day() { Kind::Day } else { Kind::Number }),
        Tree::Truth(_) => Some(Kind::Truth),
        Tree::Words(_) => Some(Kind::Words),
        Tree::Report(_) => Some(Kind::Report),
        Tree::List(_) => None,
    }
}

/// The text of a literal.
pub(in crate::packs) fn literal(tree: &IdedExpr) -> Option<&str> {
    match &tree.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(text.inner()),
        _ => None,
    }
}

/// Field selections as `a.b.c`.
pub(in crate::packs) fn dotted(tree: &IdedExpr) -> Option<String> {
    let mut fields = Vec::new();
    let mut expression = &tree.expr;
    loop {
        match expression {
            Expr::Ident(name) => {
                fields.push(name.as_str());
                fields.reverse();
                return Some(fields.join("."));
            }
            Expr::Select(select) if !select.test => {
                fields.push(select.field.as_str());
                expression = &select.operand.expr;
            }
            _ => return None,
        }
    }
}
