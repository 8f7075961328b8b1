//! Quotation marks in what is quoted: single within others, “…‘…’…” (GB/T 15834), and none whose counterpart was cut off.

use std::borrow::Cow;

/// A text in which marks within others are single.
pub fn nested(text: &str) -> Cow<'_, str> {
    let mut depth = 0usize;
    let doubled = text.chars().any(|char| {
        match char {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 1
    });
    if !doubled {
        return Cow::Borrowed(text);
    }
    let mut depth = 0usize;
    let single = text.chars().map(|char| match char {
        '“' => {
            depth += 1;
            if depth > 1 { '‘' } else { char }
        }
        '”' => {
            depth = depth.saturating_sub(1);
            if depth > 0 { '’' } else { char }
        }
        other => other,
    });
    Cow::Owned(single.collect())
}

/// A part of a text without the quotation marks whose counterparts lie outside of it: “甲 of “甲”乙 is 甲.
pub fn balanced(part: &str) -> Cow<'_, str> {
    if !part.contains(['“', '”', '‘', '’']) {
        return Cow::Borrowed(part);
    }
    let (mut open, mut single): (Vec<(usize, char)>, Vec<usize>) = (Vec::new(), Vec::new());
    // How many of each kind are open: one that isn't is not looked for.
    let mut waiting = [0usize; 2];
    let kind = |close: char| usize::from(close == '’');
    for (at, char) in part.char_indices() {
        // An apostrophe closes nothing.
        let apostrophe = char == '’' && part[..at].ends_with(|before: char| before.is_ascii_alphabetic());
        match char {
            '“' | '‘' => {
                let close = if char == '“' { '”' } else { '’' };
                waiting[kind(close)] += 1;
                open.push((at, close));
            }
            '”' | '’' if !apostrophe && waiting[kind(char)] == 0 => single.push(at),
            '”' | '’' if !apostrophe => {
                // What was opened after it is not closed within it.
                while let Some((own, close)) = open.pop() {
                    waiting[kind(close)] -= 1;
                    if close == char {
                        break;
                    }
                    single.push(own);
                }
            }
            _ => {}
        }
    }
    single.extend(open.into_iter().map(|(at, _)| at));
    single.sort_unstable();
    let kept = part.char_indices().filter(|(at, _)| single.binary_search(at).is_err());
    Cow::Owned(kept.map(|(_, char)| char).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_within_marks_are_single() {
        assert_eq!(nested("正文“开展“一件事”服务”，表中“总计”"), "正文“开展‘一件事’服务”，表中“总计”");
        assert!(matches!(nested("“甲”和“乙”"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_mark_that_was_cut_from_its_counterpart_is_no_part_of_a_quotation() {
        for (part, quoted) in [
            ("1件属于“本机关不掌握", "1件属于本机关不掌握"),
            ("不掌握”的1件", "不掌握的1件"),
            ("”的1件，“一件事”和“六稳", "的1件，“一件事”和六稳"),
            ("“甲‘乙”丙", "“甲乙”丙"),
            ("甲’、“乙‘丙’”", "甲、“乙‘丙’”"),
            ("last year’s “report”", "last year’s “report”"),
            ("“一件事”", "“一件事”"),
            ("无", "无"),
        ] {
            assert_eq!(balanced(part), quoted);
        }
    }
}
