//! Clauses, as far as whoever looks back from a word must read.

/// The end of a text since the last of some marks, and no more of it than a clause has: whoever looks back from each number
/// of a text without marks must not read all of it each time.
pub fn since<'t>(text: &'t str, marks: &[char]) -> &'t str {
    /// In bytes: longer than clauses are.
    const LONGEST: usize = 600;
    let from = text.ceil_char_boundary(text.len().saturating_sub(LONGEST));
    text[from..].rsplit(marks).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mark_begins_is_looked_at_and_of_a_text_without_marks_only_its_end() {
        assert_eq!(since("受理1件，县教育局", &['，', '。']), "县教育局");
        assert_eq!(since("县教育局", &['，']), "县教育局");
        let end = since(&"本机关收到申请1件".repeat(10_000), &['，']).len();
        assert!((500..700).contains(&end), "{end}");
    }
}
