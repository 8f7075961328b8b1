//! What section six says about 信息处理费.

use std::sync::LazyLock;

use regex::Regex;

use crate::{report::AnnualReport, rules::prose::flat};

/// That charges were made, or were not, in words that name no 信息处理费.
static IN_OTHER_WORDS: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:收取|收费|免收|减免)[^。；]{0,20}费用?|(?:没有|未|无)[^。；]{0,20}(?:收取|收费)"));

/// Section six in compatibility form, if it speaks of what was charged for information.
pub(super) fn charges(report: &AnnualReport) -> Option<String> {
    let text = report.section(6).map(|section| flat(&section.text))?;
    (text.contains("处理费") || IN_OTHER_WORDS.is_match(&text)).then_some(text)
}

#[allow(clippy::expect_used, reason = "constant patterns, compiled by the tests")]
fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d[\d,]*(?:\.\d+)?)(万元|元)"));
/// The largest amount that is accepted, in hundredths of an 元: larger ones could overflow sums.
const LARGEST: i64 = 1_000_000_000_000_000;

/// The amounts in the text, in hundredths of an 元, with their positions.
pub(super) fn amounts(text: &str) -> Vec<(usize, i64)> {
    let read = |found: regex::Captures<'_>| {
        let (whole, fraction) = found[1].split_once('.').unwrap_or((&found[1], ""));
        let scale = if &found[2] == "万元" { 6 } else { 2 };
        let digits: String = format!("{}{:0<6}", whole.replace(',', ""), fraction)
            .chars()
            .take(whole.replace(',', "").len() + scale)
            .collect();
        Some((
            found.get(0)?.start(),
            digits.parse().ok().filter(|amount| fraction.len() <= scale && *amount <= LARGEST)?,
        ))
    };
    AMOUNT.captures_iter(text).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_hundredths_of_a_yuan() {
        let read = |text: &str| amounts(text).into_iter().map(|(_, amount)| amount).collect::<Vec<_>>();
        assert_eq!(read("收取2950元，其中420.5元、1.2万元、0元"), [295_000, 42_050, 1_200_000, 0]);
    }
}
