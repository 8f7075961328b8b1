//! The functions that expressions may use, and their operators' way to `operators.rs`.

use crate::report::arithmetic::{SCALE, scaled};
use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};

use super::{Checker, dotted, faults::quoted, kind_of, literal};
use crate::packs::expression::{
    names::{self, Field, Quantity, Subject, Variable},
    pattern::Pattern,
    tree::{List, Number, Position, Share, Tree, Truth, Words},
    wrong::Unknown,
};
use crate::{
    narrative::Sense,
    report::{self, Decimal},
    words::{
        Text,
        spelling::{near, perhaps},
    },
};

/// Checks a call of a function or operator.
pub(in crate::packs) fn call(
    checker: &mut Checker<'_>,
    tree: &IdedExpr,
    call: &CallExpr,
    depth: usize,
) -> Result<Tree, Unknown> {
    let here = Call { tree, call, depth: depth + 1 };
    match (call.func_name.as_str(), call.target.as_deref(), call.args.as_slice()) {
        ("_?_:_", None, [condition, one, other]) => here.choice(checker, condition, one, other),
        ("_==_" | "_!=_" | "_<_" | "_<=_" | "_>_" | "_>=_", None, [left, right]) => {
            here.comparison(checker, left, right).map(Tree::Truth)
        }
        (name, target, args) => {
            if let Some(truth) = here.truth(checker, name, target, args)? {
                return Ok(Tree::Truth(truth));
            }
            if let Some(number) = here.number(checker, name, target, args)? {
                return Ok(Tree::Number(number));
            }
            if let Some(list) = here.list(checker, name, target, args)? {
                return Ok(Tree::List(list));
            }
            match (name, target, args) {
                ("section", target, [number]) => {
                    let (number, subject) = (checker.section(number), here.subject(checker, target));
                    Ok(Tree::Words(Words::Section(subject?, number?)))
                }
                _ => Err(here.unknown(checker)),
            }
        }
    }
}

/// A call, and its depth.
pub(in crate::packs) struct Call<'a> {
    pub tree: &'a IdedExpr,
    pub call: &'a CallExpr,
    pub depth: usize,
}

type Arguments<'a> = &'a [IdedExpr];
type Target<'a> = Option<&'a IdedExpr>;

impl Call<'_> {
    /// Calls with a truth value.
    fn truth(
        &self,
        checker: &mut Checker<'_>,
        name: &str,
        target: Target<'_>,
        args: Arguments<'_>,
    ) -> Result<Option<Truth>, Unknown> {
        let depth = self.depth;
        Ok(Some(match (name, target, args) {
            ("_&&_", None, parts) => Truth::All(self.truths(checker, parts)?),
            ("_||_", None, parts) => Truth::Any(self.truths(checker, parts)?),
            ("!_", None, [inner]) => Truth::Not(Box::new(checker.truth(inner, depth)?)),
            ("@in" | "_in_", None, [value, list]) => self.among(checker, value, list)?,
            ("has", None, [field]) => self.filled(checker, field)?,
            ("has_section", target, [number]) => {
                let (number, subject) = (checker.section(number), self.subject(checker, target));
                Truth::HasSection(subject?, number?)
            }
            ("has_statement", None, [sense]) => Truth::IsStated(self.sense(checker, sense)?),
            ("contains", Some(text), [part]) => self.part(checker, text, Position::Anywhere, part)?,
            ("startsWith", Some(text), [part]) => self.part(checker, text, Position::Beginning, part)?,
            ("endsWith", Some(text), [part]) => self.part(checker, text, Position::End, part)?,
            ("matches", Some(text), [pattern]) => self.matches(checker, text, pattern)?,
            ("all", Some(list), [name, body]) => self.of(checker, Share::All, list, name, body)?,
            ("exists", Some(list), [name, body]) => self.of(checker, Share::Any, list, name, body)?,
            ("exists_one" | "existsOne", Some(list), [name, body]) => self.of(checker, Share::One, list, name, body)?,
            _ => return Ok(None),
        }))
    }

    /// Calls with a number as value.
    fn number(
        &self,
        checker: &mut Checker<'_>,
        name: &str,
        target: Target<'_>,
        args: Arguments<'_>,
    ) -> Result<Option<Number>, Unknown> {
        let depth = self.depth;
        let mut two = |make: fn(Box<Number>, Box<Number>) -> Number, left, right| {
            let (left, right) = (checker.number(left, depth), checker.number(right, depth));
            Ok::<_, Unknown>(make(Box::new(left?), Box::new(right?)))
        };
        Ok(Some(match (name, target, args) {
            ("_+_", None, [left, right]) => two(Number::Sum, left, right)?,
            ("_-_", None, [left, right]) => two(Number::Difference, left, right)?,
            ("_*_", None, [left, right]) => two(Number::Product, left, right)?,
            ("-_", None, [inner]) => {
                Number::Difference(Box::new(Number::Constant(0)), Box::new(checker.number(inner, depth)?))
            }
            ("_/_" | "_%_", None, parts) => {
                let _ = parts.iter().map(|part| checker.number(part, depth)).collect::<Vec<_>>();
                let why = Text::fixed(
                    "除法会丢失精度：请把除数乘到另一边，如 a * 10 <= b * 3",
                    "division is not exact: multiply the other side instead, as in a * 10 <= b * 3",
                );
                return Err(checker.wrong(self.tree, why));
            }
            ("sum", None, [list]) => Number::Total(Box::new(checker.numbers(list, depth)?)),
            ("decimal", None, [text]) => self.decimal(checker, text)?,
            ("size", None, [of]) | ("size", Some(of), []) => match checker.tree(of, depth)? {
                Tree::List(list) => Number::Size(Box::new(list)),
                Tree::Words(words) => Number::Length(Box::new(words)),
                _ => {
                    return Err(
                        checker.wrong(of, Text::fixed("size() 用于文字或列表", "size() is for texts and lists"))
                    );
                }
            },
            ("date", None, [day]) => self.day(checker, day)?,
            ("date", None, [year, month, day]) => {
                let exists = self.exists(checker, [year, month, day]);
                let [year, month, day] = [year, month, day].map(|part| checker.number(part, depth));
                exists?;
                Self::date(year?, month?, day?)
            }
            ("places", None, [amount]) => self.places(checker, amount)?,
            ("statement", None, [sense]) => Number::Stated(self.sense(checker, sense)?),
            ("similarity", None, [one, other]) => {
                let (one, other) = (checker.words(one, depth), checker.words(other, depth));
                Number::Similarity(Box::new(one?), Box::new(other?))
            }
            _ => return Ok(None),
        }))
    }

    /// Calls with a list as value.
    fn list(
        &self,
        checker: &mut Checker<'_>,
        name: &str,
        target: Target<'_>,
        args: Arguments<'_>,
    ) -> Result<Option<List>, Unknown> {
        Ok(Some(match (name, target, args) {
            ("parts", None, [row]) => self.parts(checker, row)?,
            ("column", None, [group, column]) => self.column(checker, group, column)?,
            ("map", Some(list), [name, body]) => {
                let (list, body) = self.through(checker, list, name, |checker| {
                    let tree = checker.tree(body, self.depth)?;
                    let why = Text::fixed("map() 的结果不能是列表", "map() can't make lists of lists");
                    kind_of(&tree).map(|_| tree).ok_or_else(|| checker.wrong(body, why))
                })?;
                List::Map(Box::new(list), Box::new(body))
            }
            ("filter", Some(list), [name, body]) => {
                let (list, body) = self.through(checker, list, name, |checker| checker.truth(body, self.depth))?;
                List::Filter(Box::new(list), Box::new(body))
            }
            _ => return Ok(None),
        }))
    }

    fn truths(&self, checker: &mut Checker<'_>, parts: Arguments<'_>) -> Result<Vec<Truth>, Unknown> {
        let truths: Vec<_> = parts.iter().map(|part| checker.truth(part, self.depth)).collect();
        truths.into_iter().collect()
    }

    /// A list, and what is made of each of its elements; what is made of them is looked at whatever is wrong with the list.
    fn through<T>(
        &self,
        checker: &mut Checker<'_>,
        list: &IdedExpr,
        name: &IdedExpr,
        body: impl FnOnce(&mut Checker<'_>) -> Result<T, Unknown>,
    ) -> Result<(List, T), Unknown> {
        let list = checker.list(list, self.depth);
        let kind = list.as_ref().ok().map(|(_, kind)| *kind);
        let body = checker.each(name, kind, body);
        Ok((list?.0, body?))
    }

    fn subject(&self, checker: &mut Checker<'_>, target: Target<'_>) -> Result<Subject, Unknown> {
        target.map_or(Ok(Subject::Own), |target| checker.subject(target, self.depth))
    }

    fn filled(&self, checker: &mut Checker<'_>, field: &IdedExpr) -> Result<Truth, Unknown> {
        let (of, path) = checker.path(field)?;
        match names::field(&path) {
            Some(Field::Quantity(what)) => Ok(Truth::Filled(Variable { of, what })),
            Some(Field::Label(label)) => Ok(Truth::IsNamed(of, label)),
            Some(Field::Day(day)) => Ok(Truth::Filled(Variable { of, what: Quantity::Day(day, names::DayPart::Year) })),
            None => Err(checker.unknown_name(field, &dotted(field).unwrap_or_default())),
        }
    }

    fn part(
        &self,
        checker: &mut Checker<'_>,
        text: &IdedExpr,
        position: Position,
        part: &IdedExpr,
    ) -> Result<Truth, Unknown> {
        let (text, part) = (checker.words(text, self.depth), checker.words(part, self.depth));
        Ok(Truth::Part(Box::new(text?), position, Box::new(part?)))
    }

    /// Compiles the pattern here, once, within a size limit.
    fn matches(&self, checker: &mut Checker<'_>, text: &IdedExpr, pattern: &IdedExpr) -> Result<Truth, Unknown> {
        let words = checker.words(text, self.depth);
        let written = literal(pattern).ok_or_else(|| {
            let (zh, en) = quoted(pattern);
            let why = Text::new(format!("正则表达式应为文字常量{zh}"), format!("a pattern is a literal text{en}"));
            checker.wrong(pattern, why)
        })?;
        let compiled = Pattern::of(written).map_err(|why| {
            let why = Text::new(format!("正则表达式有误：{}", why.zh), format!("the pattern is wrong: {}", why.en));
            checker.wrong(pattern, why)
        })?;
        Ok(Truth::Matches(Box::new(words?), Box::new(compiled)))
    }

    fn of(
        &self,
        checker: &mut Checker<'_>,
        share: Share,
        list: &IdedExpr,
        name: &IdedExpr,
        body: &IdedExpr,
    ) -> Result<Truth, Unknown> {
        let (list, body) = self.through(checker, list, name, |checker| checker.truth(body, self.depth))?;
        Ok(Truth::Of(share, Box::new(list), Box::new(body)))
    }

    fn decimal(&self, checker: &mut Checker<'_>, text: &IdedExpr) -> Result<Number, Unknown> {
        let number = literal(text).and_then(Decimal::parse).and_then(scaled);
        number.map(Number::Constant).ok_or_else(|| {
            checker.wrong(
                text,
                Text::fixed(
                    "decimal() 的参数应为加引号的小数，最多八位小数，如 decimal(\"859.2551\")",
                    "decimal() takes a decimal in quotes, such as decimal(\"859.2551\")",
                ),
            )
        })
    }

    /// A day of a report, as a number that grows with the date.
    fn day(&self, checker: &mut Checker<'_>, day: &IdedExpr) -> Result<Number, Unknown> {
        let (of, path) = checker.path(day)?;
        match names::field(&path) {
            Some(Field::Day(day)) => {
                let part = |(_, part)| Number::Variable(Variable { of, what: Quantity::Day(day, part) });
                let [year, month, day] = names::DAY_PARTS.map(part);
                Ok(Self::date(year, month, day))
            }
            _ => Err(checker.wrong(
                day,
                Text::fixed(
                    "应写作 date(report.published_on) 或 date(2024, 1, 31)",
                    "write date(report.published_on) or date(2024, 1, 31)",
                ),
            )),
        }
    }

    /// 20240131 for the last day of January 2024.
    fn date(year: Number, month: Number, day: Number) -> Number {
        let times = |factor: i128, number: Number| {
            Number::Product(Box::new(Number::Constant(factor * SCALE)), Box::new(number))
        };
        let months = Number::Sum(Box::new(times(10_000, year)), Box::new(times(100, month)));
        Number::Day(Box::new(Number::Sum(Box::new(months), Box::new(day))))
    }

    /// Refuses a day that doesn't exist, as far as it is written in figures.
    fn exists(&self, checker: &mut Checker<'_>, parts: [&IdedExpr; 3]) -> Result<(), Unknown> {
        let [year, month, day] = parts.map(whole);
        let (known, other) = (|part: Option<i32>, least: i32| part.unwrap_or(least), 1);
        // A year that is not known may be a leap year.
        if report::Date::new(known(year, 2024), known(month, other), known(day, other)).is_some() {
            return Ok(());
        }
        let why = Text::fixed(
            "没有这一天：应写作 date(年, 月, 日)，如 date(2024, 2, 29)",
            "there is no such day: write date(year, month, day), such as date(2024, 2, 29)",
        );
        let wrong = parts
            .into_iter()
            .zip([9999, 12, 31])
            .find(|(part, most)| whole(part).is_some_and(|own| !(1..=*most).contains(&own)));
        Err(checker.wrong(wrong.map_or(parts[2], |(part, _)| part), why))
    }

    fn places(&self, checker: &mut Checker<'_>, amount: &IdedExpr) -> Result<Number, Unknown> {
        let (of, path) = checker.path(amount)?;
        match names::field(&path) {
            Some(Field::Quantity(Quantity::Cell(cell))) if cell.is_amount() => {
                Ok(Number::Variable(Variable { of, what: Quantity::Places(cell) }))
            }
            _ => Err(checker.wrong(amount, Text::fixed("places() 只用于金额", "places() is for amounts"))),
        }
    }

    /// All cells of a row except its total.
    fn parts(&self, checker: &mut Checker<'_>, row: &IdedExpr) -> Result<List, Unknown> {
        let (of, path) = checker.path(row)?;
        let own = names::row(&path).ok_or_else(|| {
            if let Some(Field::Quantity(Quantity::Cell(_))) = names::field(&path) {
                let why = Text::fixed("parts() 用于一行，不写哪一列", "parts() is for a row: leave its column out");
                return checker.wrong(row, why);
            }
            checker.unknown_name(row, &dotted(row).unwrap_or_default())
        })?;
        let mut cells: Vec<Variable> = own.cells().map(|cell| Variable { of, what: Quantity::Cell(cell) }).collect();
        cells.pop();
        match cells.is_empty() {
            true => Err(checker.wrong(row, Text::fixed("该行没有分项", "the row has no parts"))),
            false => Ok(List::Cells(cells)),
        }
    }

    fn column(&self, checker: &mut Checker<'_>, group: &IdedExpr, column: &IdedExpr) -> Result<List, Unknown> {
        let (of, path) = checker.path(group)?;
        let cells = names::column(&path, literal(column).unwrap_or_default()).into_iter();
        let cells: Vec<Variable> = cells.map(|cell| Variable { of, what: Quantity::Cell(cell) }).collect();
        if cells.is_empty() {
            let why = Text::fixed(
                "应写作 column(report.applications.outcomes, \"natural_person\")",
                "write column(report.applications.outcomes, \"natural_person\")",
            );
            return Err(checker.wrong(column, why));
        }
        Ok(List::Cells(cells))
    }

    fn sense(&self, checker: &mut Checker<'_>, name: &IdedExpr) -> Result<Sense, Unknown> {
        let Some(own) = literal(name) else {
            let written = dotted(name).filter(|own| Sense::all().any(|sense| sense.name() == *own));
            let written = written.unwrap_or_else(|| Sense::Received.name());
            let why = Text::new(
                format!("此处应为加引号的名称，如 \"{written}\""),
                format!("a name in quotes is expected here, such as \"{written}\""),
            );
            return Err(checker.wrong(name, why));
        };
        let known = Sense::all().find(|sense| sense.name() == own);
        known.ok_or_else(|| {
            if names::field(own).is_some() {
                let why = Text::new(
                    format!("{own} 是表格中的一格，不是正文写明的数字：应写作 report.{own}"),
                    format!("{own} is a cell, and none of what the text states: write report.{own}"),
                );
                return checker.wrong(name, why);
            }
            let names: Vec<String> = Sense::all().map(Sense::name).collect();
            let near = near(own, names.iter().map(String::as_str));
            let (zh, en) = match near {
                Some(_) => perhaps(near),
                None => ("；各名称见 docs/PACKS.md".to_owned(), ": docs/PACKS.md lists the names".to_owned()),
            };
            let why = Text::new(format!("正文中没有“{own}”这类数字{zh}"), format!("the narrative has no {own}{en}"));
            checker.wrong(name, why)
        })
    }
}

/// A whole number that is written in figures.
fn whole(tree: &IdedExpr) -> Option<i32> {
    match &tree.expr {
        Expr::Literal(LiteralValue::Int(number)) => Some(i32::try_from(*number.inner()).unwrap_or(i32::MAX)),
        _ => None,
    }
}
