//! Who reports, for which year, under which title, and when it was published.

use unicode_normalization::UnicodeNormalization;

use super::reader::Reader;
use crate::{
    report::Date,
    words::{
        compatible,
        numbers::{YEAR, named_years, years},
    },
};

/// What a text says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Identity {
    pub title: String,
    pub body: String,
    pub year: Option<i32>,
    pub published_on: Option<Date>,
}

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
    identity.published_on = published(&head.join("\n"));
    identity
}

/// The last line or pair of lines that is the title of a report.
pub(super) fn last_title(text: &str) -> Option<Identity> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty() && line.len() <= LINE).collect();
    let last = lines[lines.len().saturating_sub(HEAD)..].to_vec();
    let pairs = last.windows(2).map(|pair| pair.concat());
    let single = last.iter().map(|line| stated(line).unwrap_or(line).to_owned());
    let found: Vec<Identity> = single.chain(pairs).filter_map(|line| from_title(&line)).collect();
    // Of a title on two lines the second may be one without its body.
    found.into_iter().max_by_key(|own| !own.body.is_empty())
}

/// The year of which a caption says that a table is: 附：2022年度收到和处理政府信息公开申请情况. A date, or a comparison
/// with another year, is no caption.
pub(super) fn year_of_caption(line: &str) -> Option<i32> {
    const ENDS: [&str; 4] = ["统计表", "情况", "统计", "表"];
    /// What dates and comparisons have.
    const OTHER: [char; 4] = ['月', '日', '比', '较'];
    let line = compatible(line);
    let bare = line.trim_start_matches('附').trim_start_matches(['件', '表', '录']);
    let bare = if bare.len() < line.len() {
        bare.trim_start_matches(|char: char| "0123456789一二三:".contains(char))
    } else {
        bare
    };
    let is_plain = |text: &str, most: usize| {
        text.chars().count() <= most && !text.contains(OTHER) && !text.contains(|char: char| char.is_ascii_digit())
    };
    [line.as_str(), bare].into_iter().find_map(|line| {
        let (at, year) = years(line).next()?;
        let rest = line[at + YEAR..].strip_prefix('年')?;
        let rest = rest.strip_prefix('度').unwrap_or(rest);
        let words = ENDS.iter().find_map(|end| rest.strip_suffix(end))?;
        (is_plain(&line[..at], 20) && is_plain(words, 40) && words.chars().count() >= 2).then_some(year)
    })
}

fn first_lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty() && line.len() <= LINE).take(HEAD).collect()
}

/// A title of one or two lines, or a first line that names body and year.
fn titled(head: &[&str]) -> Option<Identity> {
    let stated = head.iter().find_map(|line| stated(line));
    if let Some(identity) = stated.and_then(from_title) {
        return Some(identity);
    }
    let pairs = head.windows(2).map(|pair| pair.concat());
    let single = head.iter().map(|line| (*line).to_owned());
    if let Some(identity) = single.chain(pairs).find_map(|line| from_title(&line)) {
        return Some(identity);
    }
    let first = compatible(head.first()?);
    let (at, year) = years(&first).last()?;
    let ends = matches!(&first[at + YEAR..], "" | "年");
    let named = is_name(&first[..at], 30) && !first[..at].contains(char::is_whitespace);
    (ends && named).then(|| Identity { body: first[..at].to_owned(), year: Some(year), ..Identity::default() })
}

/// The title behind 标题：.
fn stated(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("标题")?.trim_start();
    rest.strip_prefix([':', '：']).map(str::trim).filter(|title| !title.is_empty())
}

/// Whether a text can be the name of a body: of two characters to so many, without a mark.
fn is_name(text: &str, most: usize) -> bool {
    (2..=most).contains(&text.chars().count()) && !text.contains(MARKS)
}

/// Marks that no name has.
const MARKS: [char; 8] = ['，', '。', '；', '：', ',', ';', ':', '、'];

const SUBJECT: &str = "政府信息公开";

fn from_title(line: &str) -> Option<Identity> {
    let line = compatible(line);
    if !line.contains(SUBJECT) {
        return None;
    }
    let (body, year) = body_first(&line).or_else(|| year_first(&line))?;
    Some(Identity {
        body: body.trim_start_matches("关于").to_owned(),
        year: Some(year),
        title: line,
        published_on: None,
    })
}

/// 青溪县人民政府2023年政府信息公开工作年度报告.
fn body_first(line: &str) -> Option<(&str, i32)> {
    years(line).find_map(|(at, year)| {
        let rest = &line[at + YEAR..];
        let rest = ["年年度", "年度", "年"].iter().find_map(|word| rest.strip_prefix(word))?;
        let ends = rest.strip_prefix(SUBJECT).is_some_and(ends_as_title);
        (ends && is_name(&line[..at], 60) && !line[..at].contains('我')).then_some((&line[..at], year))
    })
}

/// 2023年青溪县人民政府政府信息公开工作年度报告.
fn year_first(line: &str) -> Option<(&str, i32)> {
    let (_, year) = years(line).next().filter(|(at, _)| *at == 0)?;
    let rest = line[YEAR..].strip_prefix('年')?;
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    let mut subjects = rest.match_indices(SUBJECT);
    let at = subjects.find(|(at, _)| ends_as_title(&rest[at + SUBJECT.len()..])).map(|(at, _)| at)?;
    (is_name(&rest[..at], 60) && !rest[..at].contains('我')).then_some((&rest[..at], year))
}

/// Whether a title ends so: 工作年度报告, with a few characters more or less.
fn ends_as_title(rest: &str) -> bool {
    /// What may stand before 年度报, and behind it.
    const BEFORE: usize = 4;
    const BEHIND: usize = 2;
    rest.match_indices('报').any(|(at, report)| {
        let before = rest[..at].strip_suffix('度').unwrap_or(&rest[..at]);
        let before = before.strip_suffix('年').unwrap_or(&rest[..at]);
        before.chars().count() <= BEFORE && rest[at + report.len()..].chars().count() <= BEHIND
    })
}

/// A title that stands in running text. What leads up to it is no part of the body's name.
fn in_text(preamble: &str) -> Option<Identity> {
    const LEADS: [&str; 9] = ["现公布", "现将", "特编制", "编制了", "编制", "形成", "发布", "公布", "现发布"];
    const LONGEST: usize = 40;
    let is_of_name = |char: char| !char.is_whitespace() && !MARKS.contains(&char) && !"（）()》".contains(char);
    let flat: String = preamble.nfkc().filter(|char| *char != '\n').collect();
    let (body, rest, year) = flat.match_indices(SUBJECT).find_map(|(at, _)| {
        let behind = &flat[at + SUBJECT.len()..];
        let behind = behind.strip_prefix("工作").unwrap_or(behind).strip_prefix("年度报告")?;
        let before = flat[..at].strip_suffix('度').unwrap_or(&flat[..at]).strip_suffix('年')?;
        let (from, year) = years(before).last().filter(|(from, _)| from + YEAR == before.len())?;
        let own: Vec<(usize, char)> =
            before[..from].char_indices().rev().take(LONGEST).take_while(|(_, char)| is_of_name(*char)).collect();
        let start = own.last().filter(|_| own.len() >= 2)?.0;
        Some((&flat[start..from], &flat[from..flat.len() - behind.len()], year))
    })?;
    let lead_end = LEADS.iter().filter_map(|lead| Some(body.find(lead)? + lead.len())).max().unwrap_or(0);
    let body = &body[lead_end..];
    let title = format!("{body}{rest}");
    let (body, year) = (body.to_owned(), Some(year));
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
    let periods = flat.match_indices("年1月1日").filter(|(at, begin)| {
        let rest = &flat[at + begin.len()..];
        rest.strip_prefix('起').unwrap_or(rest).starts_with('至')
    });
    let before = |at: usize| years(&flat[at.checked_sub(YEAR)?..at]).next().map(|(_, year)| year);
    let is_boundary = |(at, _): &(usize, &str)| at.checked_sub(YEAR).is_some_and(|from| flat.is_char_boundary(from));
    if let Some(year) = periods.filter(is_boundary).find_map(|(at, _)| before(at)) {
        return Some(year);
    }
    let mut counts: Vec<(i32, usize)> = Vec::new();
    for year in named_years(&flat).map(|(_, year)| year) {
        match counts.iter_mut().find(|(own, _)| *own == year) {
            Some((_, count)) => *count += 1,
            None => counts.push((year, 1)),
        }
    }
    // Of years that are named equally often the first counts.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(year, _)| year)
}

/// The day that a text gives as that of publication: 发布时间：2024-01-15.
fn published(text: &str) -> Option<Date> {
    const LABELS: [&str; 4] = ["发布时间", "发布日期", "公开日期", "时间"];
    let mut places = LABELS.iter().flat_map(|label| text.match_indices(label).map(|(at, label)| at + label.len()));
    places.find_map(|at| {
        let mut rest = Reader::new(text[at..].trim_start().strip_prefix([':', '：'])?);
        let year = rest.number(4..=4)?;
        rest.skip(&['-', '/', '.', '年'])?;
        let month = rest.number(1..=2)?;
        rest.skip(&['-', '/', '.', '月'])?;
        Date::new(year, month, rest.number(1..=2)?)
    })
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
