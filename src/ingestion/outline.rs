//! Finds the six sections of a report by their headings.

use std::{ops::Range, sync::LazyLock};

use memchr::memmem::Finder;

use crate::words::{plain, plain::last_plain};

/// A heading that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// 1 to 6, by what the section is about.
    pub number: u8,
    /// Where it stands in the original.
    pub range: Range<usize>,
}

/// The ordinals with their marks, where headings may begin: 一、
fn ordinals(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_ordinal = |char: char| matches!(char, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '⼀' | '⼆');
    text.char_indices().filter(move |(_, char)| is_ordinal(*char)).filter_map(|(at, char)| {
        let behind = text[at + char.len_utf8()..].trim_start();
        let mark = behind.chars().next().filter(|mark| matches!(mark, '、' | '.' | '．'))?;
        Some(at..text.len() - behind.len() + mark.len_utf8())
    })
}

/// The longest heading, in characters.
const LONGEST: usize = 40;

/// The most headings that are looked at: six make a report.
const MOST: usize = 400;

/// What a heading may be, and how much speaks for it.
struct Candidate {
    heading: Heading,
    /// Whether it is a line of its own.
    is_line: bool,
    weight: u32,
}

/// All that may be headings of a text.
pub(super) struct Outline(Vec<Candidate>);

impl Outline {
    /// What may be headings in a text.
    pub fn of(text: &str) -> Self {
        let numbered = ordinals(text).filter_map(|own| candidate(text, own)).take(MOST);
        let mut candidates: Vec<Candidate> = numbered.collect();
        candidates.extend(titles(text).take(MOST));
        candidates.sort_by_key(|own| own.heading.range.start);
        Self(candidates)
    }

    /// Also those of a table of contents or of a second report, in the order of the document.
    pub fn all(&self) -> impl Iterator<Item = &Heading> {
        self.0.iter().map(|own| &own.heading)
    }

    /// The headings of the sections, in the order of the document.
    ///
    /// Of all that may be headings those are taken that follow each other in the form's order and for which most
    /// speaks: a line of their own, the ordinal that the form has. Where two are alike the later is taken, since a
    /// table of contents comes before. A line of its own that stands out of order is a heading too, if its section
    /// has no other.
    pub fn headings(&self) -> Vec<Heading> {
        let Self(candidates) = self;
        let chosen = heaviest_rising(candidates);
        let has = |number: u8| chosen.iter().any(|at| candidates[*at].heading.number == number);
        let mut taken = [false; 7];
        let mut headings = Vec::new();
        for (at, candidate) in candidates.iter().enumerate() {
            let number = candidate.heading.number;
            let out_of_order = candidate.is_line && !has(number) && !taken[usize::from(number)];
            if chosen.contains(&at) || out_of_order {
                taken[usize::from(number)] = true;
                headings.push(candidate.heading.clone());
            }
        }
        headings
    }
}

/// Lines that are the form's own titles, without their ordinals or under others: numbering is lost when a text is
/// pasted.
fn titles(text: &str) -> impl Iterator<Item = Candidate> {
    const TITLES: [&str; 6] = [
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议行政诉讼情况",
        "存在的主要问题及改进情况",
        "其他需要报告的事项",
    ];
    /// The longest line that is a title, in bytes.
    const LONGEST: usize = 120;
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = start;
        start += line.len();
        let line = line.trim_end();
        let may_be_one =
            line.len() <= LONGEST && last_plain(line).is_some_and(|last| TITLES.iter().any(|own| own.ends_with(last)));
        let words = may_be_one.then(|| plain(line))?;
        let bare = words.trim_start_matches('第');
        let bare = bare.trim_start_matches(|char: char| "一二三四五六123456".contains(char)).trim_start_matches("部分");
        let number = TITLES.iter().zip(1..).find(|(title, _)| **title == bare)?.1;
        // Those with the form's ordinal are candidates already, and weigh more.
        let range = at + line.len() - line.trim_start().len()..at + line.len();
        Some(Candidate { heading: Heading { number, range }, is_line: false, weight: 6 })
    })
}

/// Whether a line begins as the heading of a section does.
pub(super) fn is_heading(line: &str) -> bool {
    ordinals(line).next().is_some_and(|own| own.start == 0 && candidate(line, own).is_some())
}

/// The candidates, by their places, that rise in number and for which most speaks.
fn heaviest_rising(candidates: &[Candidate]) -> Vec<usize> {
    let mut best: Vec<(u32, Option<usize>)> = Vec::with_capacity(candidates.len());
    for (at, own) in candidates.iter().enumerate() {
        let before = (0..at).filter(|before| candidates[*before].heading.number < own.heading.number);
        let before = before.max_by_key(|before| best[*before].0);
        best.push((own.weight + before.map_or(0, |before| best[before].0), before));
    }
    let mut chosen = Vec::new();
    let mut next = (0..best.len()).max_by_key(|at| best[*at].0);
    while let Some(at) = next {
        chosen.push(at);
        next = best[at].1;
    }
    chosen.reverse();
    chosen
}

fn is_space(char: char) -> bool {
    char.is_whitespace() || char == '#' || char == '*'
}

/// The heading that an ordinal begins, if it may be one.
fn candidate(text: &str, ordinal: Range<usize>) -> Option<Candidate> {
    let starts_line = text[..ordinal.start].chars().rev().take_while(|char| *char != '\n').all(is_space);
    let after = &text[ordinal.end..];
    let window = after.char_indices().nth(LONGEST).map_or(after, |(end, _)| &after[..end]);
    let line = window.split('\n').next().unwrap_or_default();
    let is_whole = starts_line && (line.len() < window.len() || line.len() == after.len());
    let mut ends = vec![last_word(line)];
    if is_whole {
        ends.insert(0, Some(line.len()));
    }
    ends.push(last_word(window));
    let (number, end) = ends.into_iter().flatten().find_map(|end| {
        let title = &window[..end];
        let is_title = !title.contains(['。', '；', ';', '：', ':', '|', '，', ','])
            && !title.chars().any(|char| char.is_ascii_digit());
        Some((classify(&plain(title)).filter(|_| is_title)?, end))
    })?;
    let title = window[..end].trim_end();
    let behind = window[end..].chars().next();
    let is_line = starts_line && window[end..].split('\n').next().is_some_and(|rest| rest.trim().is_empty());
    let own_number = "一二三四五六七".chars().zip(1..).find(|(own, _)| plain(&text[ordinal.clone()]).starts_with(*own));
    // A sentence goes on behind it, or a list of the parts that there are.
    let goes_on = behind.is_some_and(|char| matches!(char, '；' | ';' | '、' | '，' | '。' | '等'));
    let mut weight = 10;
    weight += if is_line {
        6
    } else if starts_line && !goes_on {
        3
    } else {
        0
    };
    weight += if own_number.is_some_and(|(_, own)| own == number) { 4 } else { 0 };
    weight -= if goes_on { 5 } else { 0 };
    let heading = Heading { number, range: ordinal.start..ordinal.end + title.len() };
    Some(Candidate { heading, is_line, weight })
}

/// Where a title ends in a text: behind the first word with which titles end, and what is joined to it.
fn last_word(text: &str) -> Option<usize> {
    static LAST: LazyLock<[Finder<'static>; 13]> = LazyLock::new(|| {
        ["情况", "事项", "措施", "举措", "问题", "不足", "建议", "打算", "方向", "思路", "计划", "安排", "重点"]
            .map(Finder::new)
    });
    const JOINS: [&str; 6] = ["以及", "及", "和", "与", "、", "暨"];
    /// So far a joined part may reach, in characters.
    const REACH: usize = 14;
    // All are as long as each other, so that one that ends before another begins before it.
    let first = |text: &str| {
        let end_before = |end: Option<usize>, last: &Finder<'_>| {
            let before = &text.as_bytes()[..end.unwrap_or(text.len())];
            last.find(before).map(|at| at + last.needle().len()).or(end)
        };
        LAST.iter().fold(None, end_before)
    };
    let mut end = first(text)?;
    while let Some(join) = JOINS.iter().find(|join| text[end..].starts_with(**join)) {
        let rest = &text[end + join.len()..];
        let rest = rest.char_indices().nth(REACH).map_or(rest, |(at, _)| &rest[..at]);
        let stops = |char: char| char.is_ascii_digit() || matches!(char, '。' | '；' | '，' | '：' | '（' | '(' | '\n');
        let rest = rest.split(stops).next().unwrap_or_default();
        let Some(more) = first(rest) else { break };
        end += join.len() + more;
    }
    Some(end)
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
        () if has(&["不足"]) && has(&["打算", "改进", "措施", "建议", "方向", "思路"]) => Some(5),
        () if has(&["其他", "其它"]) && has(&["报告", "事项"]) => Some(6),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(u8, &str)> {
        Outline::of(text).headings().into_iter().map(|heading| (heading.number, &text[heading.range])).collect()
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
    fn numbered_paragraphs_and_lists_of_parts_are_no_headings() {
        let text = "报告由一、总体情况；二、主动公开政府信息情况；六、其他需要报告的事项组成。\n一、总体情况\n一、加强组织领导。\n\
                    三、主动公开政府信息情况。本年公开。\n二、主动公开政府信息情况\n正文";
        let starts: Vec<usize> = Outline::of(text)
            .headings()
            .into_iter()
            .map(|heading| text[..heading.range.start].matches('\n').count())
            .collect();
        assert_eq!(starts, [1, 4]);
    }

    #[test]
    fn a_heading_in_running_text_ends_with_what_is_joined_to_it() {
        let text = "一、总体情况2023年五、存在的主要问题及改进措施（一）存在问题2023年六、其他需要报告的事项无";
        assert_eq!(found(text)[1], (5, "五、存在的主要问题及改进措施"));
        let text = "一、总体情况2023年，五、工作中的不足和下一步打算一是六、其他需要报告的事项无";
        assert_eq!(found(text).into_iter().map(|(number, _)| number).collect::<Vec<_>>(), [1, 5, 6]);
    }

    #[test]
    fn a_section_out_of_order_is_still_one() {
        let text = "一、总体情况\n三、收到和处理政府信息公开申请情况\n二、主动公开政府信息情况\n四、政府信息公开行政复议、行政诉讼情况\n";
        assert_eq!(Outline::of(text).headings().len(), 4);
    }

    #[test]
    fn a_heading_may_be_worded_otherwise_or_be_a_whole_line() {
        assert_eq!(found("一、总体情况\n五、存在的主要问题和改进措施\n文字\n六、其他需要报告的事项\n").len(), 3);
        assert_eq!(found("一、总体情况\n五、加强组织领导，解决存在的突出问题。\n六、其他需要报告的事项\n").len(), 2);
    }
}
