//! Amounts of money: decimal text, parsed into scaled integers, never into floating point.

/// The most digits of an amount that is parsed: far beyond any budget in 万元.
const MAX_DIGITS: usize = 30;

/// A decimal number as written, with its number of decimal places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// The number times ten to the power of `places`.
    pub units: i128,
    /// How many decimal places were written.
    pub places: u32,
}

impl Decimal {
    /// Parses `[-]digits[.digits]` and nothing else: no unit, no thousands separator, no exponent.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match rest.split_once('.') {
            Some((_, "")) => return None,
            Some((whole, fraction)) => (whole, fraction),
            None => (rest, ""),
        };
        if whole.is_empty() || whole.len() + fraction.len() > MAX_DIGITS {
            return None;
        }
        // 30 digits are less than 2^127.
        let mut magnitude = 0_i128;
        for byte in whole.bytes().chain(fraction.bytes()) {
            magnitude = magnitude * 10 + i128::from(byte.is_ascii_digit().then(|| byte - b'0')?);
        }
        let places = u32::try_from(fraction.len()).ok()?;
        Some(Self { units: if negative { -magnitude } else { magnitude }, places })
    }

    /// Whether the number is below zero.
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// Whether the number is zero.
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }

    /// The number divided by ten thousand, exactly: 元 into 万元.
    pub fn ten_thousandth(self) -> Self {
        let mut result = Self { units: self.units, places: self.places + 4 };
        while result.places > 0 && result.units % 10 == 0 {
            result = Self { units: result.units / 10, places: result.places - 1 };
        }
        result
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let width = self.places as usize + 1;
        let digits = format!("{:0width$}", self.units.unsigned_abs());
        let (whole, fraction) = digits.split_at(digits.len() - self.places as usize);
        let sign = if self.is_negative() { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn only_plain_decimal_text_is_an_amount() {
        for text in ["0", "859.2551", "-0.1", "007.50"] {
            assert!(Decimal::parse(text).is_some(), "{text}");
        }
        for text in ["", ".", "1.", ".5", "1,000", "1e3", "12元", "１２", "--1", "+1", "1.2.3", &"9".repeat(31)] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn yuan_become_ten_thousands_exactly() {
        let in_wan = |text: &str| Decimal::parse(text).map(|yuan| yuan.ten_thousandth().to_string());
        assert_eq!(in_wan("251000").as_deref(), Some("25.1"));
        assert_eq!(in_wan("13575394432.52").as_deref(), Some("1357539.443252"));
        assert_eq!(in_wan("0").as_deref(), Some("0"));
        assert_eq!(in_wan("-5").as_deref(), Some("-0.0005"));
    }
}
