//! A problem with the line in which it is, and carets under the place.

use unicode_width::UnicodeWidthChar;

use super::problem::Problem;
use crate::words::Language;

/// How much of a long line is shown, in columns of the terminal: before the place, and in all.
const BEFORE: usize = 60;
const MOST: usize = 110;

impl Problem {
    /// What is wrong, and where, for people: the place, the line as it was written, and carets under what is at fault.
    pub fn shown(&self, language: Language) -> String {
        format!("{}\n{}", self.told(language), self.marked())
    }

    /// The line in which the problem is, and carets under what is at fault; nothing if the line is not known.
    pub fn marked(&self) -> String {
        if self.line == 0 || self.source.is_empty() {
            return String::new();
        }
        let chars: Vec<(char, usize)> = self.source.chars().map(plain).collect();
        let from = usize::try_from(self.column.max(1) - 1).unwrap_or_default().min(chars.len());
        let long = usize::try_from(self.length.max(1)).unwrap_or(1);
        let mut start = 0;
        if width(&chars[..from]) > BEFORE {
            // Wide characters may make this start a column off; the carets are counted from it all the same.
            start = (0..from).find(|start| width(&chars[*start..from]) <= BEFORE / 2).unwrap_or(from);
        }
        let mut end = start;
        while end < chars.len() && width(&chars[start..=end]) <= MOST {
            end += 1;
        }
        let behind = (from + long).min(end);
        let carets = if from < behind { width(&chars[from..behind]).max(1) } else { 1 };
        let (dots, more) = (if start > 0 { "…" } else { "" }, if end < chars.len() { "…" } else { "" });
        let line: String = chars[start..end].iter().map(|(char, _)| *char).collect();
        let number = self.line.to_string();
        let (margin, blank) = (" ".repeat(number.len()), " ".repeat(width(&chars[start..from]) + dots.chars().count()));
        format!("  {number} | {dots}{}{more}\n  {margin} | {blank}{}\n", line.trim_end(), "^".repeat(carets))
    }
}

/// A character as it is shown, and its width. What has no width of its own could move what stands behind it.
fn plain(char: char) -> (char, usize) {
    match char.width() {
        Some(width @ 1..) => (char, width),
        _ if char == '\t' => (' ', 1),
        _ => ('·', 1),
    }
}

fn width(chars: &[(char, usize)]) -> usize {
    chars.iter().map(|(_, width)| width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Text;

    fn shown(source: &str, column: u64, length: u64) -> String {
        let why = Text::fixed("错", "wrong");
        Problem { file: "x.yaml".into(), line: 7, column, length, source: source.into(), why }.shown(Language::En)
    }

    #[test]
    fn carets_stand_under_the_place_wide_characters_before_it_or_not() {
        assert_eq!(shown("a: b + c", 4, 1), "x.yaml:7:4: wrong\n  7 | a: b + c\n    |    ^\n");
        assert_eq!(shown("甲: 乙丙 + c", 4, 2), "x.yaml:7:4: wrong\n  7 | 甲: 乙丙 + c\n    |     ^^^^\n");
        assert_eq!(shown("a:\tb\u{202e}", 4, 9), "x.yaml:7:4: wrong\n  7 | a: b·\n    |    ^^\n");
        // The end of the line.
        assert_eq!(shown("a:", 3, 0), "x.yaml:7:3: wrong\n  7 | a:\n    |   ^\n");
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let long = format!("{}here{}", "字 ".repeat(100), " 字".repeat(100));
        let shown = shown(&long, 201, 4);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[1].starts_with("  7 | …字") && lines[1].ends_with('…'), "{shown}");
        let before: usize = lines[1].chars().take_while(|char| *char != 'h').map(|char| char.width().unwrap()).sum();
        assert_eq!(lines[2].find('^'), Some(before), "{shown}");
        assert!(lines[2].ends_with(" ^^^^"));
    }
}
