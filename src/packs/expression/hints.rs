//! What is probably meant where an expression can't be parsed: in words, and with what belongs there instead of it.

use std::ops::Range;

use super::wrong::Wrong;
use crate::words::Text;

/// A piece of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A name or a number.
    Word,
    /// A text in quotes.
    Quoted,
    /// A text whose quotes are not closed.
    Unclosed,
    /// A text in full-width quotes.
    Wide,
    /// An operator, a bracket, or anything else.
    Sign,
}

#[derive(Clone, Debug)]
struct Token {
    kind: Kind,
    at: Range<usize>,
    text: String,
}

impl Token {
    /// Whether a value ends with it.
    fn ends_value(&self) -> bool {
        self.kind != Kind::Sign || matches!(self.text.as_str(), ")" | "]")
    }

    /// Whether it is a word of other letters than names have.
    fn is_foreign(&self) -> bool {
        self.kind == Kind::Word && !self.text.is_ascii()
    }

    fn is(&self, text: &str) -> bool {
        self.kind == Kind::Sign && self.text == text
    }
}

/// Quotes that are none here.
const WIDE_QUOTES: [char; 6] = ['“', '”', '‘', '’', '＂', '＇'];

/// Signs of two characters.
const DOUBLE: [&str; 8] = ["==", "!=", "<=", ">=", "&&", "||", "<>", "=>"];

/// What people write, and what it is called here.
const MEANT: [(&str, &str); 24] = [
    ("and", "&&"),
    ("AND", "&&"),
    ("or", "||"),
    ("OR", "||"),
    ("not", "!"),
    ("NOT", "!"),
    ("并且", "&&"),
    ("或者", "||"),
    ("=", "=="),
    ("<>", "!="),
    ("=>", ">="),
    ("&", "&&"),
    ("|", "||"),
    ("≠", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("×", "*"),
    ("（", "("),
    ("）", ")"),
    ("，", ","),
    ("＝", "=="),
    ("＞", ">"),
    ("＜", "<"),
    ("＋", "+"),
];

/// What people mean by a word that is not known here.
pub(super) fn meant_by(word: &str) -> Option<Text> {
    let known = MEANT.iter().find(|(written, _)| *written == word);
    known.map(|(written, meant)| {
        Text::new(format!("没有 {written}，应写作 {meant}"), format!("there is no {written}: write {meant}"))
    })
}

/// All that is wrong with an expression that the parser refuses at `at`.
pub(super) fn wrong(source: &str, at: usize) -> Vec<Wrong> {
    let tokens = tokens(source);
    let meant = meant(&tokens);
    match meant.is_empty() {
        true => vec![unbalanced(&tokens).unwrap_or_else(|| expected(&tokens, at))],
        false => meant,
    }
}

/// Everything that is written in another way here.
fn meant(tokens: &[Token]) -> Vec<Wrong> {
    let told = tokens.iter().enumerate().filter_map(|(place, token)| {
        let field = place > 0 && tokens[place - 1].is(".");
        if token.kind == Kind::Unclosed {
            let why = Text::fixed("引号没有配对", "a quote is not closed");
            return Some(Wrong { at: token.at.clone(), why });
        }
        if token.kind == Kind::Wide {
            let own: String = token.text.chars().filter(|char| !WIDE_QUOTES.contains(char)).collect();
            let whole = Text::new(
                format!("表达式本身不加全角引号，应写作 {own}"),
                format!("an expression has no full-width quotes around it: write {own}"),
            );
            let why = if tokens.len() == 1 { whole } else { quotes(&own) };
            return Some(Wrong { at: token.at.clone(), why });
        }
        if token.kind == Kind::Sign && token.text.starts_with(WIDE_QUOTES) {
            let why = Text::fixed("文字应写在半角引号中：\"…\"", "texts stand in straight quotes: \"…\"");
            return Some(Wrong { at: token.at.clone(), why });
        }
        let sought = token.kind != Kind::Quoted && !field;
        let is_called = tokens.get(place + 1).is_some_and(|next| next.is("("));
        let text = || (token.is_foreign() && !is_called).then(|| quotes(&token.text));
        let why = sought.then(|| meant_by(&token.text).or_else(|| narrow(&token.text)).or_else(text)).flatten()?;
        Some(Wrong { at: token.at.clone(), why })
    });
    told.collect()
}

/// That a text has straight quotes.
fn quotes(text: &str) -> Text {
    Text::new(format!("文字应写在半角引号中：'{text}'"), format!("texts stand in straight quotes: '{text}'"))
}

/// That full-width letters, figures and signs are not known, if all of a word are such.
fn narrow(word: &str) -> Option<Text> {
    let one = |char: char| match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0),
        char => char.is_ascii().then_some(char),
    };
    let meant: String = word.chars().map(one).collect::<Option<_>>()?;
    (meant != word)
        .then(|| Text::new(format!("{word} 是全角，应写作 {meant}"), format!("{word} is full-width: write {meant}")))
}

/// A bracket that is not closed, or closes none.
fn unbalanced(tokens: &[Token]) -> Option<Wrong> {
    let wrong = |token: &Token, zh: &str, en: &str| {
        let own = &token.text;
        Wrong { at: token.at.clone(), why: Text::new(format!("括号 {own} {zh}"), format!("the bracket {own} {en}")) }
    };
    let mut open: Vec<&Token> = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == Kind::Sign) {
        match token.text.as_str() {
            "(" | "[" | "{" => open.push(token),
            ")" | "]" | "}" => {
                let fits = open
                    .pop()
                    .is_some_and(|own| matches!((&*own.text, &*token.text), ("(", ")") | ("[", "]") | ("{", "}")));
                if !fits {
                    return Some(wrong(token, "没有与之配对的前括号", "closes none"));
                }
            }
            _ => {}
        }
    }
    open.last().map(|token| wrong(token, "没有配对的后括号", "is not closed"))
}

/// What belongs at a place where something else is.
fn expected(tokens: &[Token], at: usize) -> Wrong {
    let place = tokens.iter().position(|token| token.at.end > at).unwrap_or(tokens.len());
    // The parser may tell the first of two values, or the second.
    let two =
        |place: &usize| *place > 0 && tokens[*place - 1].ends_value() && !matches!(tokens[*place].kind, Kind::Sign);
    let place = (place..(place + 2).min(tokens.len())).find(two).unwrap_or(place);
    let before = place.checked_sub(1).map(|before| &tokens[before]);
    let end = before.map_or(0, |token| token.at.end);
    let found = tokens.get(place);
    let here = found.map_or(end..end, |token| token.at.clone());
    let why = match (found, before.is_some_and(Token::ends_value)) {
        (Some(token), true) => Text::new(
            format!("{} 之前缺少运算符，如 == < + && ||", token.text),
            format!("an operator is missing before {}, such as == < + && ||", token.text),
        ),
        (Some(token), false) => Text::new(
            format!("此处应为数字、名称、文字或括号，而不是 {}", token.text),
            format!("a number, a name, a text or a bracket is expected here, not {}", token.text),
        ),
        (None, _) if tokens.is_empty() => Text::fixed("表达式是空的", "the expression is empty"),
        (None, _) => Text::fixed(
            "表达式不完整：后面应为数字、名称、文字或括号",
            "the expression is not complete: a number, a name, a text or a bracket is expected behind it",
        ),
    };
    Wrong { at: here, why }
}

/// The pieces of an expression, without white space.
fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        let start = at;
        let kind = match chars[at] {
            char if char.is_whitespace() => {
                at += 1;
                continue;
            }
            quote @ ('"' | '\'') => {
                at = closed(&chars, at + 1, quote);
                if at > chars.len() { Kind::Unclosed } else { Kind::Quoted }
            }
            '“' | '‘' | '”' | '’' | '＂' | '＇' if wide_end(&chars, at).is_some() => {
                at = wide_end(&chars, at).unwrap_or(at + 1);
                Kind::Wide
            }
            char if is_word(char) => {
                while at < chars.len() && is_word(chars[at]) {
                    at += 1;
                }
                Kind::Word
            }
            char => {
                let next = chars.get(at + 1);
                let double = next.is_some_and(|next| DOUBLE.contains(&format!("{char}{next}").as_str()));
                at += if double { 2 } else { 1 };
                Kind::Sign
            }
        };
        at = at.min(chars.len());
        tokens.push(Token { kind, at: start..at, text: chars[start..at].iter().collect() });
    }
    tokens
}

/// Behind the full-width quote that closes a text which begins with such a quote.
fn wide_end(chars: &[char], at: usize) -> Option<usize> {
    let rest = chars.get(at + 1..)?;
    rest.iter().position(|char| WIDE_QUOTES.contains(char)).map(|long| at + long + 2)
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// Behind the quote that closes a text; behind the end of all if there is none.
fn closed(chars: &[char], mut at: usize, quote: char) -> usize {
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            char if char == quote => return at + 1,
            _ => at += 1,
        }
    }
    chars.len() + 1
}

#[cfg(test)]
mod tests {
    use crate::packs::expression::checking::condition;

    #[test]
    fn what_cant_be_parsed_is_told_with_what_belongs_there() {
        for (source, at, said) in [
            ("report.year > 1 and report.year < 2", 16..19, "没有 and，应写作 &&"),
            ("not (report.year > 1)", 0..3, "没有 not，应写作 !"),
            ("report.year = 2023", 12..13, "没有 =，应写作 =="),
            ("report.year ≥ 2023", 12..13, "没有 ≥，应写作 >="),
            ("has（report.year）", 3..4, "没有 （，应写作 ("),
            ("report.title == “年度报告”", 16..22, "文字应写在半角引号中：'年度报告'"),
            ("report.title == “年度报告", 16..17, "文字应写在半角引号中"),
            ("section(1).matches(甲)", 19..20, "文字应写在半角引号中：'甲'"),
            ("report.body.name == 甲局2", 20..23, "文字应写在半角引号中：'甲局2'"),
            ("report.year > ２０２３", 14..18, "２０２３ 是全角，应写作 2023"),
            ("report.title == \"年度", 16..19, "引号没有配对"),
            ("(report.year > 1", 0..1, "括号 ( 没有配对的后括号"),
            ("report.year > 1)", 15..16, "括号 ) 没有与之配对的前括号"),
            ("report.year > 1 report.year < 2", 16..22, "report 之前缺少运算符"),
            ("report.year > > 1", 14..15, "此处应为数字、名称、文字或括号，而不是 >"),
            ("report.year >", 13..13, "表达式不完整"),
            ("", 0..0, "表达式是空的"),
        ] {
            let wrong = condition(source).err().unwrap_or_else(|| panic!("{source} is accepted"));
            let [wrong, ..] = &wrong[..] else { panic!("{source}: {wrong:?}") };
            assert!(wrong.at == at && wrong.why.zh.contains(said), "{source}: {wrong:?}");
        }
        // One doesn't hide the other.
        let all = condition("report.year = 2023 and report.title == “甲”").err().unwrap_or_default();
        assert_eq!(all.iter().map(|wrong| wrong.at.clone()).collect::<Vec<_>>(), [12..13, 19..22, 39..42]);
        // Fields and texts may be called so.
        assert!(condition("report.title.contains('a and b = c')").is_ok());
    }
}
