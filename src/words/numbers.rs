//! Years and runs of digits in a text.

use std::ops::Range;

/// The length of a year.
pub const YEAR: usize = 4;

/// The years of this century and the last in a text, each with its place.
pub fn years(text: &str) -> impl Iterator<Item = (usize, i32)> + '_ {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(YEAR - 1)).filter_map(move |at| {
        let own = &bytes[at..at + YEAR];
        let is_year = own.iter().all(u8::is_ascii_digit) && (own.starts_with(b"19") || own.starts_with(b"20"));
        is_year.then(|| (at, own.iter().fold(0, |year, digit| year * 10 + i32::from(digit - b'0'))))
    })
}

/// The year with which a run of digits ends, if 年 follows it.
pub fn named_year(text: &str, run: &Range<usize>) -> Option<(usize, i32)> {
    let at = run.end.checked_sub(YEAR).filter(|at| *at >= run.start)?;
    text[run.end..].starts_with('年').then(|| years(&text[at..run.end]).next()).flatten().map(|(_, year)| (at, year))
}

/// The years that are followed by 年.
pub fn named_years(text: &str) -> impl Iterator<Item = (usize, i32)> + '_ {
    digit_runs(text).filter_map(|run| named_year(text, &run))
}

/// The runs of ASCII digits in a text.
pub fn digit_runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
        at = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_runs_are_found_where_they_stand() {
        let text = "2023年至20245年，1999年度、12件";
        assert_eq!(named_years(text).map(|(_, year)| year).collect::<Vec<_>>(), [2023, 1999]);
        assert_eq!(years("20245年").collect::<Vec<_>>(), [(0, 2024)]);
        let runs: Vec<&str> = digit_runs(text).map(|run| &text[run]).collect();
        assert_eq!(runs, ["2023", "20245", "1999", "12"]);
    }
}
