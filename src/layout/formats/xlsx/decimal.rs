//! A stored number as decimal digits, rounded and moved as a spreadsheet does it: never in binary.

use std::fmt;

/// A decimal number. A fraction is stored in binary; what counts is the shortest decimal of the same value, to
/// fifteen places, which is all that a spreadsheet keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    /// Digits without leading noughts, and how many of them stand behind the point; without noughts at the end.
    digits: Vec<u8>,
    places: usize,
}

/// How many significant digits a spreadsheet keeps.
const KEPT: usize = 15;
/// How many digits and points the format General shows.
const GENERAL: usize = 11;

impl Decimal {
    /// A stored number; `None` for what is none.
    pub fn of(stored: &str) -> Option<Self> {
        let number: f64 = stored.trim().parse().ok().filter(|number: &f64| number.is_finite())?;
        let text = format!("{number}");
        let (negative, text) = text.strip_prefix('-').map_or((false, text.as_str()), |rest| (true, rest));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        let own = Self { negative, digits, places: fraction.len() }.settled();
        let places = own.places.min((KEPT + own.places).saturating_sub(own.digits.len()));
        Some(own.rounded(places))
    }

    /// Whether it is nought.
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether it is below nought.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// The digits before the point.
    pub fn whole(&self) -> String {
        let end = self.digits.len().saturating_sub(self.places);
        if end == 0 { "0".to_owned() } else { text(&self.digits[..end]) }
    }

    /// The digits behind the point.
    pub fn fraction(&self) -> String {
        let start = self.digits.len().saturating_sub(self.places);
        let missing = self.places.saturating_sub(self.digits.len());
        "0".repeat(missing) + &text(&self.digits[start..])
    }

    /// The number with its point moved to the left, or to the right where `places` is negative.
    pub fn moved(&self, places: i32) -> Self {
        let mut own = self.clone();
        if places >= 0 {
            own.places += places.unsigned_abs() as usize;
        } else {
            let right = places.unsigned_abs() as usize;
            own.digits.extend(std::iter::repeat_n(0, right.saturating_sub(own.places)));
            own.places = own.places.saturating_sub(right);
        }
        own.settled()
    }

    /// The number to so many decimal places, half away from nought.
    pub fn rounded(&self, places: usize) -> Self {
        let mut own = self.clone();
        let drop = own.places.saturating_sub(places);
        if drop == 0 {
            return own;
        }
        let rest = own.digits.split_off(own.digits.len().saturating_sub(drop));
        let up = rest.len() == drop && rest.first().is_some_and(|digit| *digit >= 5);
        own.places = places;
        if up {
            let kept = own.digits.iter().rposition(|digit| *digit < 9).map_or(0, |at| at + 1);
            let nines = own.digits.len() - kept;
            own.digits.truncate(kept);
            match own.digits.last_mut() {
                Some(digit) => *digit += 1,
                None => own.digits.push(1),
            }
            own.digits.extend(std::iter::repeat_n(0, nines));
        }
        own.settled()
    }

    /// The number as the format General shows it.
    pub fn general(&self) -> Self {
        self.rounded(GENERAL.saturating_sub(self.whole().len() + 1))
    }

    fn settled(mut self) -> Self {
        let leading = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..leading);
        while self.places > 0 && self.digits.last() == Some(&0) {
            self.digits.pop();
            self.places -= 1;
        }
        if self.digits.is_empty() {
            (self.negative, self.places) = (false, 0);
        }
        self
    }
}

fn text(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let (whole, fraction) = (self.whole(), self.fraction());
        let point = if fraction.is_empty() { "" } else { "." };
        write!(out, "{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_as_decimals() {
        for (stored, places, rounded) in [
            ("0.5", 0, "1"),
            ("9.995", 2, "10"),
            ("-0.004", 2, "0"),
            ("1e3", 0, "1000"),
            ("0.05", 1, "0.1"),
            ("0.04", 1, "0"),
            ("1.005", 2, "1.01"),
            ("859.2550000000001", 4, "859.255"),
        ] {
            assert_eq!(Decimal::of(stored).unwrap().rounded(places).to_string(), rounded, "{stored}");
        }
        assert_eq!(Decimal::of("4123600").unwrap().moved(3).to_string(), "4123.6");
        assert_eq!(Decimal::of("0.13").unwrap().moved(-2).to_string(), "13");
        assert_eq!(Decimal::of("7").unwrap().moved(3).to_string(), "0.007");
        assert!(Decimal::of("甲").is_none() && Decimal::of("inf").is_none());
    }
}
