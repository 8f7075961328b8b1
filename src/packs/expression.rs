//! Expressions in CEL, brought to a [`Condition`]: names and types are checked when a pack is loaded.
//!
//! Parsed by the `cel` crate; then sums and comparisons of figures, `&&`, `||`, `!`, and the few
//! functions of the domain. What else CEL can say is refused, with the place.

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use cel::{
    common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, SourceInfo},
    parser::Parser,
};

use super::{
    condition::{Comparison, Condition, SCALE, Sum, scaled},
    names::{self, Variable, Whose},
};
use crate::report::{Decimal, Text};

/// The longest expression, in bytes; the most nodes of its tree, and how deep they may stand.
const MAX_SOURCE: usize = 4 << 10;
const MAX_NODES: usize = 500;
const MAX_DEPTH: usize = 64;
/// The stack of the thread that parses: long chains of `+` nest in the parser's tree.
const STACK: usize = 32 << 20;

/// What is wrong with an expression, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// The characters that are to blame.
    pub at: Range<usize>,
    /// What is wrong.
    pub why: Text,
}

/// The condition that an expression states.
pub(super) fn condition(source: &str) -> Result<Condition, Wrong> {
    compiled(source, |compiler, tree| compiler.condition(tree, 0))
}

/// The sum that an expression states.
pub(super) fn sum(source: &str) -> Result<Sum, Wrong> {
    compiled(source, |compiler, tree| compiler.sum(tree, 0))
}

fn compiled<T: Send>(
    source: &str,
    compile: impl FnOnce(&mut Compiler, &IdedExpr) -> Result<T, Wrong> + Send,
) -> Result<T, Wrong> {
    if source.len() > MAX_SOURCE {
        let (zh, en) = (format!("表达式超过 {MAX_SOURCE} 字节"), format!("longer than {MAX_SOURCE} bytes"));
        return Err(Wrong { at: 0..0, why: Text::new(zh, en) });
    }
    if let Some(at) = too_deep(source) {
        let (zh, en) = (format!("嵌套超过 {MAX_DEPTH} 层"), format!("nested more than {MAX_DEPTH} deep"));
        return Err(Wrong { at: at..at, why: Text::new(zh, en) });
    }
    let work = || {
        let (tree, info) =
            Parser::default().parse_with_source_info(source).map_err(|errors| syntax(source, &errors))?;
        compile(&mut Compiler { info, nodes: 0 }, &tree)
    };
    // The parser's own tree nests as deep as the expression is long; a panic of it is a wrong expression.
    let done = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let handle = thread.spawn_scoped(scope, || catch_unwind(AssertUnwindSafe(work)));
        handle.ok().and_then(|handle| handle.join().ok())
    });
    let failed = || Wrong { at: 0..0, why: Text::fixed("表达式无法解析", "the expression can't be parsed") };
    done.and_then(Result::ok).unwrap_or_else(|| Err(failed()))
}

/// Where brackets and conditional operators nest too deep: the parser calls itself for them, and a
/// stack that overflows ends the process. Brackets in strings count too; nobody needs so many.
fn too_deep(source: &str) -> Option<usize> {
    let mut depth = 0usize;
    source.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'(' | b'[' | b'{' | b'?' | b'!' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > MAX_DEPTH).then_some(at)
    })
}

fn syntax(source: &str, errors: &cel::ParseErrors) -> Wrong {
    let first = errors.errors.first();
    let message: String = first.map(|error| error.msg.chars().take(200).collect()).unwrap_or_default();
    let column = first.and_then(|error| usize::try_from(error.pos.1).ok()).unwrap_or(0).min(source.len());
    Wrong {
        at: column..column, why: Text::new(format!("语法错误：{message}"), format!("syntax error: {message}"))
    }
}

struct Compiler {
    info: SourceInfo,
    nodes: usize,
}

impl Compiler {
    fn wrong(&self, tree: &IdedExpr, why: Text) -> Wrong {
        let (from, to) = self.info.offset_for(tree.id).unwrap_or_default();
        Wrong { at: from as usize..to as usize, why }
    }

    fn count(&mut self, tree: &IdedExpr, depth: usize) -> Result<(), Wrong> {
        self.nodes += 1;
        if self.nodes > MAX_NODES || depth > MAX_DEPTH {
            let why = Text::new(
                format!("表达式过大：最多 {MAX_NODES} 个节点、{MAX_DEPTH} 层"),
                format!("too large: at most {MAX_NODES} nodes, {MAX_DEPTH} deep"),
            );
            return Err(self.wrong(tree, why));
        }
        Ok(())
    }

    fn condition(&mut self, tree: &IdedExpr, depth: usize) -> Result<Condition, Wrong> {
        self.count(tree, depth)?;
        match &tree.expr {
            Expr::Literal(LiteralValue::Boolean(holds)) => Ok(Condition::Fixed(*holds.inner())),
            Expr::Call(call) => self.condition_of(tree, call, depth),
            _ => Err(self.wrong(tree, Text::fixed("此处应为条件（比较、&&、||、!）", "a condition is expected here"))),
        }
    }

    fn condition_of(&mut self, tree: &IdedExpr, call: &CallExpr, depth: usize) -> Result<Condition, Wrong> {
        let comparison = match call.func_name.as_str() {
            "_&&_" => return Ok(Condition::All(self.conditions(&call.args, depth)?)),
            "_||_" => return Ok(Condition::Any(self.conditions(&call.args, depth)?)),
            "!_" => {
                let mut inner = self.conditions(&call.args, depth)?;
                let inner = inner.pop().unwrap_or(Condition::Fixed(true));
                return Ok(Condition::Not(Box::new(inner)));
            }
            "has_section" => return Ok(Condition::HasSection(self.section(tree, &call.args)?)),
            "contains" => return self.contains(tree, call),
            "_==_" => Comparison::Equal,
            "_!=_" => Comparison::Unequal,
            "_<_" => Comparison::Less,
            "_<=_" => Comparison::LessOrEqual,
            "_>_" => Comparison::Greater,
            "_>=_" => Comparison::GreaterOrEqual,
            other => return Err(self.unknown_function(tree, other)),
        };
        match call.args.as_slice() {
            [left, right] => {
                Ok(Condition::Compare(self.sum(left, depth + 1)?, comparison, self.sum(right, depth + 1)?))
            }
            _ => Err(self.unknown_function(tree, &call.func_name)),
        }
    }

    fn conditions(&mut self, parts: &[IdedExpr], depth: usize) -> Result<Vec<Condition>, Wrong> {
        parts.iter().map(|part| self.condition(part, depth + 1)).collect()
    }

    fn sum(&mut self, tree: &IdedExpr, depth: usize) -> Result<Sum, Wrong> {
        self.count(tree, depth)?;
        match &tree.expr {
            Expr::Literal(LiteralValue::Int(number)) => {
                Ok(Sum { terms: Vec::new(), constant: i128::from(*number.inner()) * SCALE })
            }
            Expr::Literal(LiteralValue::Double(_)) => Err(self.wrong(
                tree,
                Text::fixed(
                    "不接受浮点数，小数请写成 decimal(\"859.2551\")",
                    "floating point is not exact: write decimal(\"859.2551\")",
                ),
            )),
            Expr::Select(_) | Expr::Ident(_) => self.variable(tree),
            Expr::Call(call) => self.sum_of(tree, call, depth),
            _ => Err(self.wrong(tree, Text::fixed("此处应为数字", "a number is expected here"))),
        }
    }

    fn sum_of(&mut self, tree: &IdedExpr, call: &CallExpr, depth: usize) -> Result<Sum, Wrong> {
        match (call.func_name.as_str(), call.args.as_slice()) {
            ("_+_", [left, right]) => Ok(plus(self.sum(left, depth + 1)?, self.sum(right, depth + 1)?, 1)),
            ("_-_", [left, right]) => Ok(plus(self.sum(left, depth + 1)?, self.sum(right, depth + 1)?, -1)),
            ("-_", [inner]) => Ok(plus(Sum::default(), self.sum(inner, depth + 1)?, -1)),
            ("_*_", [left, right]) => self.product(tree, left, right, depth),
            ("sum", [list]) => self.sum_of_list(list, depth),
            ("parts", [row]) => self.parts(row),
            ("decimal", [text]) => self.decimal(text),
            ("size", [inner]) => self.length(tree, inner),
            ("places", [amount]) => match self.variable(amount)?.terms.as_slice() {
                [(1, Variable::Cell(Whose::Own, cell))] if cell.is_amount() => Ok(single(Variable::Places(*cell))),
                _ => Err(self.wrong(tree, Text::fixed("places() 只用于金额", "places() is for amounts"))),
            },
            (other, _) => Err(self.unknown_function(tree, other)),
        }
    }

    /// A product has one factor that is a whole number.
    fn product(&mut self, tree: &IdedExpr, left: &IdedExpr, right: &IdedExpr, depth: usize) -> Result<Sum, Wrong> {
        let (left, right) = (self.sum(left, depth + 1)?, self.sum(right, depth + 1)?);
        let factor = |sum: &Sum| (sum.terms.is_empty() && sum.constant % SCALE == 0).then_some(sum.constant / SCALE);
        let (factor, sum) = match (factor(&left), factor(&right)) {
            (Some(factor), _) => (factor, right),
            (_, Some(factor)) => (factor, left),
            _ => {
                let why = Text::fixed("乘法的一方必须是整数常数", "one side of a product must be a whole number");
                return Err(self.wrong(tree, why));
            }
        };
        let factor = i64::try_from(factor).ok().filter(|factor| factor.unsigned_abs() <= 1_000_000);
        let factor = factor.ok_or_else(|| self.wrong(tree, Text::fixed("系数过大", "the factor is too large")))?;
        Ok(plus(Sum::default(), sum, factor))
    }

    fn sum_of_list(&mut self, list: &IdedExpr, depth: usize) -> Result<Sum, Wrong> {
        let Expr::List(list) = &list.expr else {
            return Err(self.wrong(list, Text::fixed("sum() 的参数应为列表 […]", "sum() takes a list")));
        };
        let mut all = Sum::default();
        for element in &list.elements {
            all = plus(all, self.sum(element, depth + 1)?, 1);
        }
        Ok(all)
    }

    /// All cells of a row but its total.
    fn parts(&self, tree: &IdedExpr) -> Result<Sum, Wrong> {
        let name = dotted(tree).unwrap_or_default();
        let (whose, row) = names::row(&name).ok_or_else(|| self.unknown_name(tree, &name))?;
        let mut cells: Vec<_> = row.cells().map(|cell| (1, Variable::Cell(whose, cell))).collect();
        cells.pop();
        Ok(Sum { terms: cells, constant: 0 })
    }

    fn decimal(&self, tree: &IdedExpr) -> Result<Sum, Wrong> {
        let text = literal(tree).and_then(|text| Decimal::parse(&text)).and_then(scaled);
        let constant = text.ok_or_else(|| {
            self.wrong(
                tree,
                Text::fixed("decimal() 的参数应为小数文字，最多八位小数", "decimal() takes a decimal in quotes"),
            )
        })?;
        Ok(Sum { terms: Vec::new(), constant })
    }

    fn length(&self, tree: &IdedExpr, inner: &IdedExpr) -> Result<Sum, Wrong> {
        match &inner.expr {
            Expr::Call(call) if call.func_name == "section" => {
                Ok(single(Variable::Length(self.section(inner, &call.args)?)))
            }
            _ => Err(self.wrong(tree, Text::fixed("size() 只用于 section(…)", "size() is for section(…)"))),
        }
    }

    fn contains(&self, tree: &IdedExpr, call: &CallExpr) -> Result<Condition, Wrong> {
        let words = call.args.first().and_then(literal);
        let target = call.target.as_deref().and_then(|target| match &target.expr {
            Expr::Call(call) if call.func_name == "section" => Some((target, call)),
            _ => None,
        });
        match (target, words) {
            (Some((target, section)), Some(words)) => {
                Ok(Condition::Contains(self.section(target, &section.args)?, words))
            }
            _ => {
                let why = Text::fixed("应写作 section(1).contains(\"文字\")", "write section(1).contains(\"words\")");
                Err(self.wrong(tree, why))
            }
        }
    }

    fn section(&self, tree: &IdedExpr, args: &[IdedExpr]) -> Result<u8, Wrong> {
        let number = match args {
            [IdedExpr { expr: Expr::Literal(LiteralValue::Int(number)), .. }] => u8::try_from(*number.inner()).ok(),
            _ => None,
        };
        let number = number.filter(|number| (1..=6).contains(number));
        number
            .ok_or_else(|| self.wrong(tree, Text::fixed("部分的编号应为 1 至 6", "the number of a section is 1 to 6")))
    }

    fn variable(&self, tree: &IdedExpr) -> Result<Sum, Wrong> {
        let name = dotted(tree).unwrap_or_default();
        names::variable(&name).map(single).ok_or_else(|| self.unknown_name(tree, &name))
    }

    fn unknown_name(&self, tree: &IdedExpr, name: &str) -> Wrong {
        let near = names::nearest(name);
        let (zh, en) = match near {
            Some(near) => (format!("，是否为 {near}？"), format!(": is it {near}?")),
            None => (String::new(), String::new()),
        };
        let why = Text::new(format!("没有名为 {name} 的数字{zh}"), format!("there is no figure {name}{en}"));
        let from = self.wrong(root(tree), why.clone()).at.start;
        Wrong { at: from..from + name.chars().count(), why }
    }

    fn unknown_function(&self, tree: &IdedExpr, name: &str) -> Wrong {
        const KNOWN: [&str; 8] = ["sum", "parts", "decimal", "size", "places", "section", "has_section", "contains"];
        let near = KNOWN.into_iter().map(|known| (names::distance(name, known), known)).min();
        let near = near.filter(|(distance, known)| *distance <= known.len() / 2).map(|(_, known)| known);
        let (zh, en) = match near {
            Some(near) => (format!("，是否为 {near}？"), format!(": is it {near}?")),
            None => (format!("；可用：{}", KNOWN.join("、")), format!("; there are {}", KNOWN.join(", "))),
        };
        self.wrong(tree, Text::new(format!("此处不支持 {name}{zh}"), format!("{name} can't stand here{en}")))
    }
}

fn single(variable: Variable) -> Sum {
    Sum { terms: vec![(1, variable)], constant: 0 }
}

/// One sum and so many times another.
fn plus(mut one: Sum, other: Sum, factor: i64) -> Sum {
    let terms = other.terms.into_iter().map(|(times, variable)| (times.saturating_mul(factor), variable));
    one.terms.extend(terms);
    one.constant = one.constant.saturating_add(other.constant.saturating_mul(i128::from(factor)));
    one
}

/// The name with which a chain of selections begins.
fn root(tree: &IdedExpr) -> &IdedExpr {
    match &tree.expr {
        Expr::Select(select) => root(&select.operand),
        _ => tree,
    }
}

/// `a.b.c` of selections of fields.
fn dotted(tree: &IdedExpr) -> Option<String> {
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

fn literal(tree: &IdedExpr) -> Option<String> {
    match &tree.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(text.inner().to_owned()),
        _ => None,
    }
}
