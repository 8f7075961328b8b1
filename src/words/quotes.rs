//! Quotation marks within quotation marks: “…‘…’…” (GB/T 15834).

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_within_marks_are_single() {
        assert_eq!(nested("正文“开展“一件事”服务”，表中“总计”"), "正文“开展‘一件事’服务”，表中“总计”");
        assert!(matches!(nested("“甲”和“乙”"), Cow::Borrowed(_)));
    }
}
