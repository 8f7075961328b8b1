//! Texts in a form for comparison: compatibility form, simplified characters, nothing invisible.

use unicode_normalization::UnicodeNormalization;

use super::traditional;

/// Whether a character's compatibility form is longer than four characters (ﷺ has eighteen): it does not occur in
/// words of a report, and would let a text grow without bound. A test checks the list against Unicode.
fn grows(char: char) -> bool {
    matches!(
        char,
        '\u{3307}' | '\u{3315}'
            ..='\u{3317}'
                | '\u{3319}'
                | '\u{331a}'
                | '\u{3320}'
                | '\u{332b}'
                | '\u{332e}'
                | '\u{3332}'
                | '\u{3334}'
                | '\u{3336}'
                | '\u{3347}'
                | '\u{334a}'
                | '\u{3356}'
                | '\u{33ae}'
                | '\u{33af}'
                | '\u{fdfa}'
                | '\u{fdfb}'
    )
}

/// The compatibility form (NFKC) of a character that is neither ideograph nor ASCII; the character itself if that form
/// is very long. Invisible characters (zero-width spaces, soft hyphens) and marks that point to notes have none.
fn compatibility(char: char) -> impl Iterator<Item = char> {
    let grows = grows(char);
    let form = (!grows && !is_mark(char) && !is_ignorable(char)).then(|| std::iter::once(char).nfkc());
    form.into_iter().flatten().chain(grows.then_some(char)).filter(|char| !is_ignorable(*char))
}

/// Whether a character is a mark that points to a note (², ①, ⑴): never a digit of the number beside it.
pub fn is_mark(char: char) -> bool {
    matches!(char,
        '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{2079}' | '\u{2080}'..='\u{2089}'
        | '\u{2460}'..='\u{2487}' | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325f}'
        | '\u{32b1}'..='\u{32bf}')
}

/// Whether a character is invisible by itself (Unicode's Default_Ignorable_Code_Point): it neither separates the
/// digits of a number nor fills a section.
pub fn is_ignorable(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character is visible.
pub fn is_shown(char: char) -> bool {
    is_ideograph(char) || !char.is_whitespace() && !char.is_control() && !is_ignorable(char)
}

/// Whether a character is soon seen to be its own compatibility form (NFKC), also beside others like it: it is of ASCII or
/// an ideograph.
pub fn is_its_own_form(char: char) -> bool {
    char.is_ascii() || is_ideograph(char)
}

/// Whether a character is one of those that nearly all of a report's text consists of.
fn is_ideograph(char: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&char)
}

/// Passes a character on in compatibility form (NFKC), without white space and invisible characters. Most characters
/// of a report are ideographs, which are their own compatibility form.
pub fn compatible_characters(char: char, mut take: impl FnMut(char)) {
    match char {
        '\u{4e00}'..='\u{9fff}' => take(char),
        char if char.is_whitespace() => {}
        char if char.is_ascii() => take(char),
        char => compatibility(char).filter(|char| !char.is_whitespace()).for_each(take),
    }
}

/// A text in compatibility form, without white space.
pub fn compatible(text: &str) -> String {
    let mut compatible = String::with_capacity(text.len());
    text.chars().for_each(|char| compatible_characters(char, |char| compatible.push(char)));
    compatible
}

/// Whether a character is one of the blocks of punctuation that leave nothing in the form for comparing words.
fn is_punctuation(char: char) -> bool {
    matches!(char,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}')
}

/// Passes a character on in the form for comparing words: compatibility form, simplified, only letters and digits.
pub fn plain_characters(char: char, mut take: impl FnMut(char)) {
    match char {
        '\u{4e00}'..='\u{9fff}' => take(traditional::simplified(char)),
        char if char.is_ascii_alphanumeric() => take(char),
        char if char.is_ascii() || is_punctuation(char) => {}
        char => {
            compatibility(char)
                .filter(|char| char.is_alphanumeric())
                .for_each(|char| take(traditional::simplified(char)));
        }
    }
}

/// The first character of a text in the form for comparing words.
pub fn first_plain(text: &str) -> Option<char> {
    let mut first = None;
    text.chars().find(|char| {
        plain_characters(*char, |plain| first = first.or(Some(plain)));
        first.is_some()
    })?;
    first
}

/// The last character of a text in the form for comparing words.
pub fn last_plain(text: &str) -> Option<char> {
    let mut last = None;
    text.chars().rev().find(|char| {
        plain_characters(*char, |plain| last = Some(plain));
        last.is_some()
    })?;
    last
}

/// A text in the form for comparing words: see [`plain_characters`].
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    text.chars().for_each(|char| plain_characters(char, |char| plain.push(char)));
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_to_compatibility_form_leads_to_the_same_place() {
        let text = "（三）不予 公開\u{3000}⼀、４５ Ab㎡“ﬁ”\u{a0}一—丁鿿";
        let long_way: String = text.nfkc().filter(|char| !char.is_whitespace()).collect();
        assert_eq!(compatible(text), long_way);
    }

    #[test]
    fn what_shows_nothing_and_what_points_to_a_note_is_left_out_and_nothing_grows() {
        assert_eq!(compatible("办\u{200b}结1\u{ad}2①件²"), "办结12件");
        assert_eq!(plain("表三⑴\u{feff}"), "表三");
        assert_eq!(compatible("ﷺ"), "ﷺ");
        let every = || (0..=0x0010_ffff).filter_map(char::from_u32);
        let long = every().filter(|char| std::iter::once(*char).nfkc().count() > 4);
        assert!(long.eq(every().filter(|char| grows(*char))));
        let most = every().map(|char| compatible(char.encode_utf8(&mut [0; 4])).len());
        assert_eq!(most.max(), Some(4 * 3), "a character becomes four at most");
    }

    #[test]
    fn punctuation_leaves_nothing() {
        let punctuation = (0..=0x0010_ffff).filter_map(char::from_u32).filter(|char| is_punctuation(*char));
        assert_eq!(punctuation.clone().flat_map(compatibility).filter(|char| char.is_alphanumeric()).count(), 0);
        assert!(punctuation.count() > 100);
    }

    #[test]
    fn words_are_compared_in_one_form() {
        assert_eq!(plain("（三）不予 公開 ⼀、４５ Ab"), "三不予公开一45Ab");
    }
}
