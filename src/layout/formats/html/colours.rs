//! The colours of a text and of what is behind it, as attributes and styles name them: what has the colour of its ground is
//! not seen. A colour that isn't known here is never taken for another's.

use super::elements::Attributes;

/// Red, green and blue.
type Colour = [u8; 3];

/// What a text is painted with, and on; `None` where that isn't known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paint {
    text: Option<Colour>,
    ground: Option<Colour>,
    /// What links are painted with.
    link: Option<Colour>,
}

impl Paint {
    /// Black on white; where style sheets may paint otherwise it isn't known.
    pub fn of_page(is_styled: bool) -> Self {
        let own = |colour: Colour| (!is_styled).then_some(colour);
        Self { text: own([0; 3]), ground: own([255; 3]), link: None }
    }

    /// Within an element that stands in what is painted so.
    pub fn within(mut self, own: &Attributes<'_>) -> Self {
        if own.name == "body" {
            self.link = own.link.and_then(by_attribute).or(self.link);
        }
        if own.is_link() {
            self.text = self.link;
        }
        if let Some(colour) = own.color.filter(|_| own.name == "font").or(own.text.filter(|_| own.name == "body")) {
            self.text = by_attribute(colour).or(self.text);
        }
        if PAPERS.contains(&own.name) {
            self.ground = own.bgcolor.and_then(by_attribute).or(self.ground);
            // A picture, whatever it shows.
            self.ground = self.ground.filter(|_| own.background.is_none());
        }
        for (property, value) in own.style.iter().flat_map(|style| style.split(';')).filter_map(|it| it.split_once(':'))
        {
            let value = value.trim_end_matches("!important");
            match property {
                // What is no colour leaves that of what is around.
                "color" => self.text = by_style(value).or(self.text),
                "background" | "background-color" if !KEPT.contains(&value) => match opacity(value) {
                    Opacity::Full => self.ground = by_style(value),
                    Opacity::Some => self.ground = None,
                    Opacity::None => {}
                },
                "background-image" if !KEPT.contains(&value) => self.ground = None,
                _ => {}
            }
        }
        self
    }

    /// Whether the text has about the colour of what is behind it.
    pub fn is_unseen(self) -> bool {
        const NEARLY: u8 = 20;
        let (Some(text), Some(ground)) = (self.text, self.ground) else { return false };
        text.iter().zip(ground).all(|(own, behind)| own.abs_diff(behind) <= NEARLY)
    }
}

/// The elements whose ground an attribute paints.
const PAPERS: [&str; 8] = ["body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"];

/// Values with which the colour stays that of what is around.
const KEPT: [&str; 10] =
    ["", "inherit", "initial", "unset", "revert", "revert-layer", "none", "transparent", "currentcolor", "auto"];

/// The names of colours that texts and tables have.
const NAMES: [(&str, Colour); 24] = [
    ("white", [255, 255, 255]),
    ("snow", [255, 250, 250]),
    ("ivory", [255, 255, 240]),
    ("ghostwhite", [248, 248, 255]),
    ("floralwhite", [255, 250, 240]),
    ("mintcream", [245, 255, 250]),
    ("azure", [240, 255, 255]),
    ("whitesmoke", [245, 245, 245]),
    ("black", [0, 0, 0]),
    ("windowtext", [0, 0, 0]),
    ("silver", [192, 192, 192]),
    ("gray", [128, 128, 128]),
    ("grey", [128, 128, 128]),
    ("red", [255, 0, 0]),
    ("maroon", [128, 0, 0]),
    ("yellow", [255, 255, 0]),
    ("olive", [128, 128, 0]),
    ("lime", [0, 255, 0]),
    ("green", [0, 128, 0]),
    ("aqua", [0, 255, 255]),
    ("teal", [0, 128, 128]),
    ("blue", [0, 0, 255]),
    ("navy", [0, 0, 128]),
    ("purple", [128, 0, 128]),
];

/// How much of what is behind it a colour covers.
enum Opacity {
    Full,
    Some,
    None,
}

fn opacity(value: &str) -> Opacity {
    let digits = |hex: &str| hex.len() - hex.trim_start_matches(|char: char| char.is_ascii_hexdigit()).len();
    let covers = match value.strip_prefix('#') {
        Some(hex) if digits(hex) == 4 => hex.get(3..4),
        Some(hex) if digits(hex) == 8 => hex.get(6..8),
        Some(_) => None,
        None => value.split_once('(').and_then(|(_, rest)| rest.split([')']).next()?.split([',', '/']).nth(3)),
    };
    match covers.map(str::trim) {
        None | Some("1" | "1.0" | "100%" | "f" | "ff") => Opacity::Full,
        Some(none) if none.chars().all(|char| matches!(char, '0' | '.' | '%')) => Opacity::None,
        Some(_) => Opacity::Some,
    }
}

fn by_name(name: &str) -> Option<Colour> {
    NAMES.iter().find(|(own, _)| *own == name).map(|(_, colour)| *colour)
}

/// The colour that a value of a style begins with, in normal form.
fn by_style(value: &str) -> Option<Colour> {
    if let Some(hex) = value.strip_prefix('#') {
        let digits = hex.len() - hex.trim_start_matches(|char: char| char.is_ascii_hexdigit()).len();
        return match digits {
            3..=5 => short(hex),
            6.. => pairs(hex),
            _ => None,
        };
    }
    if let Some((_, inner)) = value.split_once('(').filter(|(name, _)| matches!(*name, "rgb" | "rgba")) {
        let mut parts = inner.split([',', ')']).map(|part| part.parse().ok());
        return Some([parts.next()??, parts.next()??, parts.next()??]);
    }
    by_name(value)
}

/// The colour that an attribute names: nearly any value is one, by the rules for colours of old.
fn by_attribute(value: &str) -> Option<Colour> {
    let value = value.trim().to_ascii_lowercase();
    if value.is_empty() || value == "transparent" {
        return None;
    }
    if let Some(colour) = by_name(&value) {
        return Some(colour);
    }
    if value.len() == 4 && value.starts_with('#') {
        return short(&value[1..]);
    }
    // What is no digit is nought; three parts of the same length, of which the first two digits count that are not nought in all.
    const LONGEST: usize = 128;
    let digit = |char: char| if char.is_ascii_hexdigit() { char } else { '0' };
    let mut digits: String = value.strip_prefix('#').unwrap_or(&value).chars().take(LONGEST).map(digit).collect();
    while digits.is_empty() || !digits.len().is_multiple_of(3) {
        digits.push('0');
    }
    let mut parts = [0, 1, 2].map(|part| &digits[part * digits.len() / 3..(part + 1) * digits.len() / 3]);
    let from = parts[0].len().saturating_sub(8);
    parts = parts.map(|part| &part[from..]);
    while parts[0].len() > 2 && parts.iter().all(|part| part.starts_with('0')) {
        parts = parts.map(|part| &part[1..]);
    }
    let [red, green, blue] = parts.map(|part| u8::from_str_radix(&part[..part.len().min(2)], 16).unwrap_or_default());
    Some([red, green, blue])
}

/// A colour of one digit each.
fn short(hex: &str) -> Option<Colour> {
    let digit = |at: usize| u8::from_str_radix(hex.get(at..at + 1)?, 16).ok().map(|digit| digit * 17);
    Some([digit(0)?, digit(1)?, digit(2)?])
}

/// A colour of two digits each.
fn pairs(hex: &str) -> Option<Colour> {
    let pair = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some([pair(0)?, pair(2)?, pair(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_what_a_browser_makes_of_them() {
        for (value, expected) in [
            ("#ffffff", [255; 3]),
            ("#FFF", [255; 3]),
            ("ffffff", [255; 3]),
            (" White ", [255; 3]),
            ("#fffffff", [255, 255, 240]),
            ("#1", [1, 0, 0]),
            ("#000000ffffff", [0, 0, 255]),
            ("甲", [0; 3]),
        ] {
            assert_eq!(by_attribute(value), Some(expected), "{value}");
        }
        assert_eq!(by_attribute(""), None);
        for (value, expected) in [
            ("#fff", Some([255; 3])),
            ("#ffffffff", Some([255; 3])),
            ("#0066ccnone", Some([0, 0x66, 0xcc])),
            ("rgb(255,255,254)", Some([255, 255, 254])),
            ("rgba(1,2,3,0.5)", Some([1, 2, 3])),
            ("url(a.png)", None),
            ("甲", None),
            ("#甲甲甲", None),
        ] {
            assert_eq!(by_style(value), expected, "{value}");
        }
    }
}
