//! What a number format shows of a stored number.
//!
//! Source: ECMA-376 part 1, 18.8.30 and 18.8.31 (numFmt). Signs between thousands are left out: they are no part of
//! a figure. Dates, exponents, fractions and Chinese numerals are not rendered: nobody needs their text, only that the
//! stored number is not what the page shows.

use super::decimal::Decimal;

/// What a cell shows of its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// The number itself, with words beside it perhaps.
    Same(String),
    /// Another number: rounded or scaled.
    Other(String),
    /// Nothing.
    Nothing,
    /// Something that is no plain number: a date, a fraction, a number without its sign.
    Unknown,
}

/// A parsed number format.
#[derive(Clone, Debug)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Literal(char),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    General,
}

/// A part of a format, for some of the numbers.
#[derive(Clone, Debug, Default)]
struct Section {
    tokens: Vec<Token>,
    /// How many decimal places the number is moved to the left before it is shown.
    scale: i32,
    /// Whether it shows a date, a fraction or an exponent.
    is_unknown: bool,
    condition: Option<(String, f64)>,
}

impl NumberFormat {
    /// Parses a format code, or the code of one of the formats that every workbook has.
    pub fn of(code: &str) -> Self {
        Self { sections: sections(code).iter().map(|code| section(code)).collect() }
    }

    /// The code of a format that every workbook has without declaring it.
    pub fn built_in(id: usize) -> &'static str {
        match id {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 | 48 => "0.00E+00",
            12 | 13 => "# ?/?",
            14..=22 | 27..=36 | 45..=47 | 50..=58 => "yyyy/m/d",
            37 | 38 => "#,##0_);(#,##0)",
            39 | 40 => "#,##0.00_);(#,##0.00)",
            41 | 42 => "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
            43 | 44 => "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            _ => "General",
        }
    }

    /// What a stored number looks like in the format General.
    pub fn general(stored: &str) -> Option<Shown> {
        /// Whole numbers of so few digits are shown as they are stored.
        const SHOWN_WHOLE: usize = 9;
        let digits = stored.len() <= SHOWN_WHOLE && stored.bytes().all(|byte| byte.is_ascii_digit());
        if stored == "0" || digits && stored.starts_with(|first: char| first != '0') {
            return Some(Shown::Same(stored.to_owned()));
        }
        let number = Decimal::of(stored)?;
        let shown = number.general();
        let text = shown.to_string();
        Some(if shown == number { Shown::Same(text) } else { Shown::Other(text) })
    }

    /// What a stored number looks like; `None` for a text that is no number.
    pub fn shown(&self, stored: &str) -> Option<Shown> {
        let number = Decimal::of(stored)?;
        let (section, is_signed) = self.section_of(&number, stored.trim().parse().ok()?);
        if section.is_unknown {
            return Some(Shown::Unknown);
        }
        let (text, shown) = section.rendered(&number, is_signed);
        let text = text.trim();
        Some(match shown {
            _ if text.is_empty() => Shown::Nothing,
            // A stroke may stand for nought, and nothing else may stand for another number.
            None if number.is_zero() => Shown::Same(text.to_owned()),
            None => Shown::Unknown,
            Some(shown) if shown == number => Shown::Same(text.to_owned()),
            Some(shown) if shown.is_negative() == number.is_negative() || shown.is_zero() => {
                Shown::Other(text.to_owned())
            }
            Some(_) => Shown::Unknown,
        })
    }

    /// The section for a number, and whether a minus is put before it.
    fn section_of(&self, number: &Decimal, value: f64) -> (&Section, bool) {
        let holds = |section: &&Section| {
            section.condition.as_ref().is_some_and(|(sign, limit)| match sign.as_str() {
                "<" => value < *limit,
                "<=" => value <= *limit,
                ">" => value > *limit,
                ">=" => value >= *limit,
                "=" => value == *limit,
                _ => value != *limit,
            })
        };
        let numbers = &self.sections[..self.sections.len().min(3)];
        let last = numbers.len() - 1;
        if numbers.iter().any(|section| section.condition.is_some()) {
            let own = numbers.iter().find(holds).or_else(|| numbers.iter().rfind(|own| own.condition.is_none()));
            return (own.unwrap_or(&numbers[last]), true);
        }
        match numbers {
            [only] => (only, true),
            [_, negative, ..] if number.is_negative() => (negative, false),
            [_, _, zero] if number.is_zero() => (zero, false),
            [first, ..] => (first, true),
            [] => unreachable!("a code has at least one section"),
        }
    }
}

impl Section {
    /// The text that is shown, and the number that a reader takes from it.
    fn rendered(&self, number: &Decimal, is_signed: bool) -> (String, Option<Decimal>) {
        if self.tokens.contains(&Token::General) {
            let shown = number.general();
            let with = |token: &Token| match token {
                Token::General => shown.to_string(),
                Token::Literal(char) => char.to_string(),
                Token::Digit(_) | Token::Point => String::new(),
            };
            return (self.tokens.iter().map(with).collect(), Some(shown));
        }
        let places = self.tokens.iter().skip_while(|token| **token != Token::Point);
        let places = places.filter(|token| matches!(token, Token::Digit(_))).count();
        let shown = number.moved(self.scale).rounded(places);
        let digits = self.digits(&shown);
        let minus = if is_signed && shown.is_negative() { "-" } else { "" };
        let text = format!("{minus}{digits}");
        let own: String = text.chars().filter(|char| char.is_ascii_digit() || matches!(char, '.' | '-')).collect();
        let read = Decimal::of(own.trim_end_matches('.')).filter(|_| own.bytes().any(|byte| byte.is_ascii_digit()));
        (text, read)
    }

    /// The digits in their places, among the format's literals.
    fn digits(&self, shown: &Decimal) -> String {
        let point = self.tokens.iter().position(|token| *token == Token::Point).unwrap_or(self.tokens.len());
        let (before, behind) = self.tokens.split_at(point);
        let is_digit = |token: &&Token| matches!(token, Token::Digit(_));
        let mut left: Vec<char> = shown.whole().trim_start_matches('0').chars().collect();
        let mut open = before.iter().filter(is_digit).count();
        let mut text: Vec<char> = Vec::new();
        // From right to left: the first place takes all digits that are left.
        for token in before.iter().rev() {
            match token {
                Token::Digit(kind) => {
                    open -= 1;
                    match left.pop() {
                        Some(digit) => text.push(digit),
                        None if *kind == '0' => text.push('0'),
                        None if *kind == '?' => text.push(' '),
                        None => {}
                    }
                    while open == 0
                        && let Some(digit) = left.pop()
                    {
                        text.push(digit);
                    }
                }
                Token::Literal(char) => text.push(*char),
                Token::Point | Token::General => {}
            }
        }
        text.reverse();
        let mut fraction: Vec<char> = shown.fraction().chars().collect();
        let kinds: Vec<char> =
            behind.iter().filter_map(|token| if let Token::Digit(kind) = token { Some(*kind) } else { None }).collect();
        fraction.resize(kinds.len(), '0');
        while let (Some('0'), Some('#' | '?')) = (fraction.last(), kinds.get(fraction.len().wrapping_sub(1))) {
            fraction.pop();
        }
        let mut fraction = fraction.into_iter();
        for token in behind {
            match token {
                Token::Digit(_) => text.extend(fraction.next()),
                Token::Literal(char) => text.push(*char),
                Token::Point => text.push('.'),
                Token::General => {}
            }
        }
        text.into_iter().collect()
    }
}

/// The sections of a code, which semicolons part.
fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for char in code.chars() {
        if char == ';' && !quoted && !escaped {
            sections.push(String::new());
            continue;
        }
        if let Some(last) = sections.last_mut() {
            last.push(char);
        }
        quoted ^= char == '"' && !escaped;
        escaped = !escaped && !quoted && matches!(char, '\\' | '!' | '_' | '*');
    }
    sections
}

fn section(code: &str) -> Section {
    let mut own = Section::default();
    for name in ["General", "G/通用格式", "GENERAL", "general"] {
        if let Some((before, behind)) = code.split_once(name) {
            own.tokens = literals(before);
            own.tokens.push(Token::General);
            own.tokens.extend(literals(behind));
            return own;
        }
    }
    let mut chars = code.chars().peekable();
    // Commas behind the last digit: each divides by a thousand.
    let mut commas = 0;
    while let Some(char) = chars.next() {
        match char {
            '"' => own.tokens.extend(chars.by_ref().take_while(|char| *char != '"').map(Token::Literal)),
            '\\' | '!' => own.tokens.extend(chars.next().map(Token::Literal)),
            '_' => own.tokens.extend(chars.next().map(|_| Token::Literal(' '))),
            '*' => _ = chars.next(),
            '[' => own.bracket(&chars.by_ref().take_while(|char| *char != ']').collect::<String>()),
            '0' | '#' | '?' => {
                own.tokens.push(Token::Digit(char));
                commas = 0;
            }
            '.' => own.tokens.push(Token::Point),
            ',' => commas += 1,
            '%' => {
                own.scale -= 2;
                own.tokens.push(Token::Literal('%'));
            }
            '@' => own.tokens.push(Token::General),
            'E' | 'e' | 'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'g' | 'G' | 'b' | 'B' | 'a'
            | 'A' => {
                own.is_unknown = true;
            }
            '/' if own.tokens.iter().any(|token| matches!(token, Token::Digit(_))) => own.is_unknown = true,
            char => own.tokens.push(Token::Literal(char)),
        }
    }
    own.scale += 3 * commas;
    own
}

impl Section {
    /// What stands in brackets: a colour, a condition, a currency, an elapsed time, or a way to write digits.
    fn bracket(&mut self, inner: &str) {
        let sign: String = inner.chars().take_while(|char| matches!(char, '<' | '>' | '=')).collect();
        if let Some(limit) = inner[sign.len()..].trim().parse().ok().filter(|_| !sign.is_empty()) {
            self.condition = Some((sign, limit));
        } else if let Some(currency) = inner.strip_prefix('$') {
            self.tokens.extend(currency.chars().take_while(|char| *char != '-').map(Token::Literal));
        }
        let lower = inner.to_ascii_lowercase();
        self.is_unknown |= lower.starts_with("dbnum") || lower.chars().all(|char| matches!(char, 'h' | 'm' | 's'));
    }
}

/// The literals of a code without digits.
fn literals(code: &str) -> Vec<Token> {
    let tokens = if code.is_empty() { Vec::new() } else { section(code).tokens };
    tokens.into_iter().filter(|token| matches!(token, Token::Literal(_))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Shown::*, *};

    #[test]
    fn a_format_shows_what_excel_shows() {
        let same = |text: &str| Same(text.to_owned());
        let other = |text: &str| Other(text.to_owned());
        for (code, stored, shown) in [
            ("General", "18230", same("18230")),
            ("General", "13.000000000000002", same("13")),
            ("General", "0.1", same("0.1")),
            ("General", "1234567.123456", other("1234567.123")),
            ("0", "12.6", other("13")),
            ("#,##0.0000_ ", "859.255", same("859.2550")),
            ("0.00", "859.255", other("859.26")),
            ("0!.0,", "4123600", other("412.4")),
            ("0\"件\"", "13", same("13件")),
            ("0.0,,\"百万\"", "4123600", other("4.1百万")),
            ("0%", "13", other("1300%")),
            (";;;", "18230", Nothing),
            ("0;-0;;@", "0", Nothing),
            ("#", "0", Nothing),
            ("_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"??_ ;_ @_ ", "0", same("-")),
            ("_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"??_ ;_ @_ ", "-5", same("-5")),
            ("#,##0;[Red]#,##0", "-5", Unknown),
            ("0_);(0)", "-5", Unknown),
            ("m\"月\"d\"日\"", "45366", Unknown),
            ("[$-804]yyyy\"年\"m\"月\"", "45366", Unknown),
            ("[h]:mm", "1.5", Unknown),
            ("# ?/?", "1.5", Unknown),
            ("0.00E+00", "18230", Unknown),
            ("[DBNum1]0", "13", Unknown),
            ("[>=10000]0!.0,\"万\";0", "13", same("13")),
            ("[>=10000]0!.0,\"万\";0", "18230", other("1.8万")),
            ("0.##", "12.5", same("12.5")),
            ("@", "12", same("12")),
            ("[$￥-804]#,##0.00", "3", same("￥3.00")),
            ("000", "7", same("007")),
        ] {
            assert_eq!(NumberFormat::of(code).shown(stored), Some(shown), "{code} {stored}");
        }
        assert_eq!(NumberFormat::of("0").shown("甲"), None);
    }
}
