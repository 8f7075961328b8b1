//! Amounts of money: decimal text, parsed into scaled integers, never into floating point.

/// The most digits of an amount that is parsed: far beyond any budget in 万元.
const MAX_DIGITS: u32 = 30;

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
        let places = Self::places(text)?;
        // 30 digits are less than 2^127.
        let digits = text.bytes().filter(u8::is_ascii_digit);
        let magnitude = digits.fold(0_i128, |magnitude, digit| magnitude * 10 + i128::from(digit - b'0'));
        Some(Self { units: if text.starts_with('-') { -magnitude } else { magnitude }, places })
    }

    /// How many decimal places are written, if the text is a number.
    pub fn places(text: &str) -> Option<u32> {
        let (mut digits, mut point) = (0, None);
        for byte in text.strip_prefix('-').unwrap_or(text).bytes() {
            match byte {
                b'0'..=b'9' => digits += 1,
                b'.' if digits > 0 && point.is_none() => point = Some(digits),
                _ => return None,
            }
        }
        let places = point.map_or(0, |before| digits - before);
        (1..=MAX_DIGITS).contains(&digits).then_some(places).filter(|places| *places > 0 || point.is_none())
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
        let places = ["0", "-12", "1.5", "-859.2551", "12.", ".5", "1.2.3"].map(Decimal::places);
        assert_eq!(places, [Some(0), Some(0), Some(1), Some(4), None, None, None]);
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
