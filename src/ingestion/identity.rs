//! Who reports, for which year, under which title, and when it was published.

use regex::Regex;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::{report::Date, words::compatible};

/// What a text says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Identity {
    pub title: String,
    pub body: String,
    pub year: Option<i32>,
    pub published_on: Option<Date>,
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        #[allow(clippy::expect_used, reason = "a constant pattern, compiled by every test")]
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("a valid pattern"));
    };
}

pattern!(METADATA_TITLE, r"^\s*标题\s*[:：]\s*(.+)$");
pattern!(TITLE, r"^([^，。；：,;:我]{2,60}?)((?:19|20)\d{2})(?:年度?|年年度)政府信息公开.{0,4}(?:年度?)?报.{0,2}$");
pattern!(YEAR_FIRST, r"^((?:19|20)\d{2})年度?([^，。；：,;:我]{2,60}?)政府信息公开.{0,4}(?:年度?)?报.{0,2}$");
pattern!(IN_TEXT, r"([^\s，。、；：,;:（）()》]{2,40}?)((?:19|20)\d{2})年度?政府信息公开(?:工作)?年度报告");
pattern!(BODY_AND_YEAR, r"^([^\s，。、；：,;:]{2,30}?)((?:19|20)\d{2})年?$");
pattern!(PERIOD, r"自?((?:19|20)\d{2})年1月1日(?:起)?至");
pattern!(
    CAPTION,
    r"^(?:附[件表录]?[0-9一二三]?[:：]?)?[^0-9月日比较]{0,20}((?:19|20)\d{2})年度?[^0-9月日比较]{2,40}(?:情况|统计表?|表)$"
);
pattern!(YEAR, r"((?:19|20)\d{2})年");
pattern!(
    PUBLISHED,
    r"(?:发布时间|发布日期|公开日期|时间)\s*[:：]\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})"
);

/// How many lines at the beginning may hold the title.
const HEAD: usize = 15;

/// How much of a line, of an introduction and of a text is looked at, in bytes.
const LINE: usize = 600;
const INTRODUCTION: usize = 10_000;
const TEXT: usize = 1 << 20;

/// The beginning of a text, up to so many bytes.
fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// What a text says of itself; `preamble` is its part before section one.
pub(super) fn identify(text: &str, preamble: &str) -> Identity {
    let (text, preamble) = (beginning(text, TEXT), beginning(preamble, INTRODUCTION));
    let head = if preamble.trim().is_empty() { first_lines(text) } else { first_lines(preamble) };
    let mut identity = titled(&head).or_else(|| in_text(preamble)).unwrap_or_default();
    if identity.year.is_none() {
        identity.year = year_of(text);
    }
    let published = PUBLISHED.captures(&head.join("\n")).map(|found| date(&found));
    identity.published_on = published.flatten();
    identity
}

/// The year of which a caption says that a table is: 附：2022年度收到和处理政府信息公开申请情况. A date, or a comparison
/// with another year, is no caption.
pub(super) fn year_of_caption(line: &str) -> Option<i32> {
    let line = compatible(line);
    CAPTION.captures(&line)?[1].parse().ok()
}

fn first_lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty() && line.len() <= LINE).take(HEAD).collect()
}

/// A title of one or two lines, or a first line that names body and year.
fn titled(head: &[&str]) -> Option<Identity> {
    if let Some(found) = head.iter().find_map(|line| METADATA_TITLE.captures(line)) {
        let identity = from_title(found[1].trim());
        if identity.is_some() {
            return identity;
        }
    }
    let pairs = head.windows(2).map(|pair| pair.concat());
    let single = head.iter().map(|line| (*line).to_owned());
    if let Some(identity) = single.chain(pairs).find_map(|line| from_title(&line)) {
        return Some(identity);
    }
    let first = compatible(head.first()?);
    let found = BODY_AND_YEAR.captures(&first)?;
    Some(Identity { body: found[1].to_owned(), year: found[2].parse().ok(), ..Identity::default() })
}

fn from_title(line: &str) -> Option<Identity> {
    let line = compatible(line);
    let (body, year) = match (TITLE.captures(&line), YEAR_FIRST.captures(&line)) {
        (Some(found), _) => (found[1].trim_start_matches("关于").to_owned(), found[2].parse().ok()),
        (_, Some(found)) => (found[2].to_owned(), found[1].parse().ok()),
        _ => return None,
    };
    Some(Identity { title: line, body, year, published_on: None })
}

/// A title that stands in running text. What leads up to it is no part of the body's name.
fn in_text(preamble: &str) -> Option<Identity> {
    const LEADS: [&str; 9] = ["现公布", "现将", "特编制", "编制了", "编制", "形成", "发布", "公布", "现发布"];
    let flat: String = preamble.nfkc().filter(|char| *char != '\n').collect();
    let found = IN_TEXT.captures(&flat)?;
    let lead_end = LEADS.iter().filter_map(|lead| Some(found[1].find(lead)? + lead.len())).max().unwrap_or(0);
    let body = found[1][lead_end..].to_owned();
    let year = found[2].parse().ok();
    let title = found.get(0).map_or("", |all| all.as_str())[lead_end..].to_owned();
    let named = body.chars().count() >= 3 && !body.contains('我');
    Some(if named {
        Identity { title, body, year, published_on: None }
    } else {
        Identity { year, ..Identity::default() }
    })
}

/// The year of the reporting period, else the year that the text names most often.
fn year_of(text: &str) -> Option<i32> {
    let flat = compatible(text);
    if let Some(found) = PERIOD.captures(&flat) {
        return found[1].parse().ok();
    }
    let mut counts: Vec<(i32, usize)> = Vec::new();
    for year in YEAR.captures_iter(&flat).filter_map(|found| found[1].parse().ok()) {
        match counts.iter_mut().find(|(own, _)| *own == year) {
            Some((_, count)) => *count += 1,
            None => counts.push((year, 1)),
        }
    }
    // Of years that are named equally often the first counts.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(year, _)| year)
}

fn date(found: &regex::Captures<'_>) -> Option<Date> {
    Date::new(found[1].parse().ok()?, found[2].parse().ok()?, found[3].parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(text: &str) -> (String, Option<i32>) {
        let identity = identify(text, text);
        (identity.body, identity.year)
    }

    #[test]
    fn a_title_is_found_in_one_line_or_two_or_in_the_metadata() {
        let body = "白川市生态环境局".to_owned();
        assert_eq!(who("白川市生态环境局2020年\n政府信息公开工作年度报告\n正文"), (body.clone(), Some(2020)));
        assert_eq!(who("首页\n白川市生态环境局 2020 年度政府信息公开工作年度报告\n"), (body.clone(), Some(2020)));
        assert_eq!(who("标题: 白川市生态环境局2020年度政府信息公开工作年度报告\n正文"), (body.clone(), Some(2020)));
        assert_eq!(
            who("根据条例规定，现公布白川市生态环境局2020年政府信息公开工作年度报告。"),
            (body.clone(), Some(2020))
        );
        assert_eq!(who("白川市生态环境局2020\n2019年的事。"), (body, Some(2020)));
    }

    #[test]
    fn without_a_title_the_text_tells_the_year_and_no_body() {
        assert_eq!(
            who("统计期限自 2022 年 1 月 1 日起至2022年12月31日止，2021年，2021年"),
            (String::new(), Some(2022))
        );
        assert_eq!(who("2023年，我镇……与2022年相比……2023年"), (String::new(), Some(2023)));
        assert_eq!(who("汇报我镇2023年政府信息公开工作年度报告"), (String::new(), Some(2023)));
        let dated = "标题: 某局2020年度政府信息公开工作年度报告\n发布时间: 2021-03-05 08:58";
        assert_eq!(identify(dated, dated).published_on, Date::new(2021, 3, 5));
    }
}
