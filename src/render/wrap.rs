//! Wrapping by the width that terminals show. A line breaks where a reader would pause; a place of the form, which has spaces
//! and marks of its own, is never broken as long as it fits on a line.

use unicode_width::UnicodeWidthStr;

/// The lines of a text, none wider than `width` columns, where that can be.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        fill(&pieces(line, width, 0), width, &mut lines);
    }
    lines
}

/// The lines of pieces of which none is broken as long as it fits on a line.
pub(super) fn joined(whole: &[String], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let apart: Vec<String> =
        whole.iter().enumerate().map(|(at, own)| if at == 0 { own.clone() } else { format!(" {own}") }).collect();
    let pieces: Vec<&str> = apart
        .iter()
        .flat_map(|own| if own.width() <= width { vec![own.as_str()] } else { pieces(own, width, 0) })
        .collect();
    fill(&pieces, width, &mut lines);
    lines
}

/// Behind which a line may break, the best first. The last takes every character.
const BREAKS: [fn(char, char) -> bool; 6] = [
    |mark, next| matches!(mark, '；' | '。' | ';') && !follows(next),
    |mark, next| {
        let quotations = mark == '”' && next == '“';
        quotations
            || matches!(mark, '，' | '：' | '！' | '？') && !follows(next)
            || matches!(mark, ',' | ':') && next == ' '
    },
    // An ordinal of the form is no list: 一、本年新收.
    |mark, next| mark == '、' || mark == ' ' && next != '·',
    // What is quoted stays together.
    |mark, next| mark == '”' && !follows(next) || next == '“' && mark != '（',
    |mark, next| {
        let word = mark.is_ascii_alphanumeric() && next.is_ascii_alphanumeric();
        !word && !follows(next) && !matches!(mark, '（' | '“' | '‘' | '《' | '「' | '(' | '[')
    },
    |_, _| true,
];

/// Whether a mark belongs to what stands before it: no line begins with it.
fn follows(mark: char) -> bool {
    "，。、；：！？）”’》」%％…,.;:!?)]".contains(mark)
}

/// The parts of a text between which a line may break: as few as fit.
fn pieces(text: &str, width: usize, level: usize) -> Vec<&str> {
    let Some(breaks) = BREAKS.get(level).filter(|_| text.width() > width) else { return vec![text] };
    let mut found = Vec::new();
    let mut from = 0;
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, char)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let ordinal = char == '、' && "一二三四五六七八九十".contains(before);
        // Nor is a number broken from what it counts: 2 处.
        let held = char == ' ' && (before == '·' || before.is_ascii_digit());
        if breaks(char, next) && !ordinal && !held {
            let end = at + char.len_utf8();
            found.push(&text[from..end]);
            from = end;
        }
        before = char;
    }
    found.push(&text[from..]);
    found.into_iter().flat_map(|piece| pieces(piece, width, level + 1)).collect()
}

/// Puts pieces into lines as they fit.
fn fill(pieces: &[&str], width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for piece in pieces {
        if !line.is_empty() && line.width() + piece.trim_end().width() > width {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        line.push_str(if line.is_empty() { piece.trim_start() } else { piece });
    }
    lines.push(line.trim_end().to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_terminals_show_them_and_places_stay_whole() {
        let text = "2 处有单元格空白，无法判断：表三 · 一、本年新收政府信息公开申请数量 · 总计；表三 · （三）不予公开 1.属于国家秘密 · 自然人";
        let lines = wrapped(text, 56);
        assert!(lines.iter().all(|line| line.width() <= 56), "{lines:?}");
        assert_eq!(lines[1], "表三 · 一、本年新收政府信息公开申请数量 · 总计；");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn what_fits_on_no_line_is_broken_somewhere_and_nothing_is_lost() {
        let text = "字".repeat(50);
        let lines = wrapped(&text, 21);
        assert_eq!((lines.len(), lines.concat()), (5, text));
        assert_eq!(wrapped("", 10), [""]);
        let quoted = "标题“五、存在的主要问题及明年工作计划”与格式规定的“五、存在的主要问题及改进情况”不一致";
        let lines = wrapped(quoted, 78);
        assert_eq!(lines[1], "“五、存在的主要问题及改进情况”不一致", "{lines:?}");
        assert_eq!(joined(&["甲 1".into(), "＋ 乙 2".into()], 8), ["甲 1", "＋ 乙 2"]);
    }
}
