//! Finds the six sections of a report by their headings.

use regex::Regex;
use std::{ops::Range, sync::LazyLock};

use crate::words::plain;

/// A heading that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// 1 to 6, by what the section is about.
    pub number: u8,
    /// Where it stands in the original.
    pub range: Range<usize>,
}

/// An ordinal with its mark, where a heading may begin.
#[allow(clippy::expect_used, reason = "a constant pattern, compiled by every test")]
static ORDINAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[一二三四五六七⼀⼆]\s*[、.．]").expect("a valid pattern"));

/// The longest heading, in characters.
const LONGEST: usize = 40;

/// The most headings that are looked at: six make a report.
const MOST: usize = 100;

/// The headings of the sections, in the order of the document.
///
/// Headings that begin a line are believed where there are several of them; a document without
/// line breaks has them in running text, where a table of contents may come before.
pub(super) fn headings(text: &str) -> Vec<Heading> {
    let mut beginning = Vec::new();
    let mut running = Vec::new();
    for ordinal in ORDINAL.find_iter(text) {
        let starts_line = text[..ordinal.start()].chars().rev().take_while(|char| *char != '\n').all(is_space);
        match heading(text, ordinal.range(), starts_line) {
            Some(heading) if starts_line => beginning.push(heading),
            Some(heading) => running.push(heading),
            None => {}
        }
    }
    if beginning.len() >= 2 || running.is_empty() {
        beginning.truncate(MOST);
        return beginning;
    }
    running.extend(beginning);
    last_of_each(running)
}

fn is_space(char: char) -> bool {
    char.is_whitespace() || char == '#' || char == '*'
}

/// The heading that an ordinal begins, if it is one: up to 情况 or 事项 in its line, else the
/// whole line, else up to 情况 or 事项 behind a line break.
fn heading(text: &str, ordinal: Range<usize>, starts_line: bool) -> Option<Heading> {
    let after = &text[ordinal.end..];
    let window = after.char_indices().nth(LONGEST).map_or(after, |(end, _)| &after[..end]);
    let line = window.split('\n').next().unwrap_or_default();
    let last_word = |part: &str| ["情况", "事项"].iter().filter_map(|last| Some(part.find(last)? + last.len())).min();
    let ends_here = line.len() < window.len() || line.len() == after.len();
    let ends = [last_word(line), (starts_line && ends_here).then_some(line.len()), last_word(window)];
    ends.into_iter().flatten().find_map(|end| {
        let title = &window[..end];
        let is_title =
            !title.contains(['。', '；', ';', '：', ':', '|']) && !title.chars().any(|char| char.is_ascii_digit());
        let number = classify(&plain(title)).filter(|_| is_title)?;
        Some(Heading { number, range: ordinal.start..ordinal.end + title.trim_end().len() })
    })
}

/// Which section a title is of, by what it is about.
fn classify(title: &str) -> Option<u8> {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    // Rows of 表三 have ordinals too.
    if has(&["申请数量", "办理结果", "继续办理", "本年新收", "上年结转"]) {
        return None;
    }
    match () {
        () if has(&["总体情况"]) => Some(1),
        () if has(&["复议", "诉讼"]) => Some(4),
        () if has(&["收到和处理", "依申请公开", "申请情况"]) => Some(3),
        () if has(&["主动公开"]) => Some(2),
        () if has(&["问题"]) && has(&["存在", "改进", "措施", "不足"]) => Some(5),
        () if has(&["其他", "其它"]) && has(&["报告", "事项"]) => Some(6),
        () => None,
    }
}

/// Of headings in running text, the last of each number: what comes before is a table of contents.
fn last_of_each(headings: Vec<Heading>) -> Vec<Heading> {
    let mut last: [Option<Heading>; 7] = Default::default();
    for heading in headings {
        let kept = &mut last[usize::from(heading.number)];
        if kept.as_ref().is_none_or(|kept| kept.range.start < heading.range.start) {
            *kept = Some(heading);
        }
    }
    let mut headings: Vec<Heading> = last.into_iter().flatten().collect();
    headings.sort_by_key(|heading| heading.range.start);
    headings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(u8, &str)> {
        headings(text).into_iter().map(|heading| (heading.number, &text[heading.range])).collect()
    }

    #[test]
    fn headings_begin_lines_or_stand_in_running_text() {
        let lines = "前言\n一、总体情况\n2023年…\n（一）主动公开\n二、行政机关主动公开政府信息情况\n一、本年新收政府信息公开申请数量\n";
        assert_eq!(found(lines), [(1, "一、总体情况"), (2, "二、行政机关主动公开政府信息情况")]);
        let running = "本报告包括一、总体情况；二、主动公开政府信息情况。一、总体情况2021年，二、主动公开政府信息情况规章000\
                       三、收到和处理政府信息公开申请情况一、本年新收政府信息公开申请数量0四、政府信息公开行政复议、行政诉讼情况";
        let numbers: Vec<u8> = found(running).into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [1, 2, 3, 4]);
        assert!(found(running)[0].1.starts_with("一、总体情况"));
    }

    #[test]
    fn a_heading_may_be_worded_otherwise_or_be_a_whole_line() {
        assert_eq!(found("一、总体情况\n五、存在的主要问题和改进措施\n文字\n六、其他需要报告的事项\n").len(), 3);
        assert_eq!(found("一、总体情况\n五、加强组织领导，解决存在的突出问题。\n六、其他需要报告的事项\n").len(), 2);
    }
}
