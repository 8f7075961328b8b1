//! Traditional characters, and texts that are written in them.

use std::sync::LazyLock;

/// The ideographs of the basic block.
const FIRST: usize = 0x4e00;
const LAST: usize = 0x9fff;

/// The simplified form of each ideograph of the basic block; 0 for one that is its own.
static SIMPLIFIED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut forms = vec![0; LAST - FIRST + 1];
    for line in include_str!("traditional.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut chars = line.chars();
        while let (Some(traditional), Some(simple)) = (chars.next(), chars.next()) {
            forms[traditional as usize - FIRST] = u16::try_from(simple as u32).unwrap_or(0);
        }
    }
    forms
});

/// The simplified forms of the ideographs of the basic block, from U+4E00 on; 0 for one that is its own.
pub fn forms() -> &'static [u16] {
    &SIMPLIFIED
}

/// The simplified form of a character; itself for all that have none.
pub fn simplified(char: char) -> char {
    let form = (char as usize).checked_sub(FIRST).and_then(|at| SIMPLIFIED.get(at)).copied().unwrap_or(0);
    char::from_u32(form.into()).filter(|_| form != 0).unwrap_or(char)
}

/// Whether a text is written in traditional characters: a few names and quotations don't make it one.
pub fn is_traditional<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    /// Of so many ideographs one is traditional, in a text that is.
    const ONE_IN: usize = 8;
    let (mut ideographs, mut traditional) = (0, 0);
    let forms = &*SIMPLIFIED;
    for text in texts {
        let forms = text.chars().filter_map(|char| forms.get((char as usize).checked_sub(FIRST)?));
        for form in forms {
            ideographs += 1;
            traditional += usize::from(*form != 0);
        }
    }
    traditional > 0 && traditional * ONE_IN > ideographs
}

/// A text in simplified characters; each takes as many bytes as before.
pub fn in_simplified(text: &str) -> String {
    let simple: String = text.chars().map(simplified).collect();
    // 覆 is its own simplified form, but not in these words.
    ["反覆", "答覆", "回覆"].iter().fold(simple, |simple, word| simple.replace(word, &word.replace('覆', "复")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_traditional_characters_is_told_from_one_that_quotes_some() {
        assert_eq!(in_simplified("一、總體情況，結轉下年度繼續辦理"), "一、总体情况，结转下年度继续办理");
        assert_eq!(in_simplified("大量反覆申請"), "大量反复申请");
        assert!(is_traditional(["規範性文件", "總體情況"].into_iter()));
        assert!(!is_traditional(["本机关办理“國務院”字样的历史档案一件，其余均为简体文件，依法公开。"].into_iter()));
        assert_eq!(simplified('著'), '著');
    }

    #[test]
    fn forms_are_as_long_as_what_they_stand_for_and_final() {
        for char in (FIRST..=LAST).filter_map(|code| char::from_u32(u32::try_from(code).ok()?)) {
            let form = simplified(char);
            assert_eq!((form.len_utf8(), simplified(form)), (char.len_utf8(), form), "{char}");
        }
    }
}
