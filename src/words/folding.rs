//! One character in the form in which texts are looked at: compatibility form, simplified, nothing for white space and
//! for what is invisible. A table answers for what reports are made of; any other character goes the long way.

use std::{ops::RangeInclusive, sync::LazyLock};

use super::{
    plain::compatible_characters,
    traditional::{self, simplified},
};

/// What becomes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It stays.
    Itself,
    /// It becomes another one.
    Other(char),
    /// It isn't looked at.
    Nothing,
    /// The table doesn't know, or it becomes several: see [`folded_characters`].
    LongWay,
}

/// The form of the characters of the basic plane.
pub struct Forms(Vec<u16>);

/// The blocks that the table knows, beside ASCII and the ideographs: general and Chinese punctuation, wide characters.
const BLOCKS: [RangeInclusive<char>; 3] = ['\u{2000}'..='\u{206f}', '\u{3000}'..='\u{303f}', '\u{ff00}'..='\u{ffef}'];
/// No characters have these codes.
const NOTHING: u16 = 0xfffe;
const LONG_WAY: u16 = 0xffff;

/// The table, made when it is first asked for.
pub fn forms() -> &'static Forms {
    static FORMS: LazyLock<Forms> = LazyLock::new(Forms::new);
    &FORMS
}

impl Forms {
    fn new() -> Self {
        let mut forms = vec![LONG_WAY; 1 << 16];
        for char in BLOCKS.into_iter().flatten().chain('\0'..='\x7f') {
            let mut short = None;
            folded_characters(char, |own| short = Some(if short.is_none() { narrow(own) } else { LONG_WAY }));
            forms[char as usize] = short.unwrap_or(NOTHING);
        }
        for ((code, own), simple) in (0..).zip(&mut forms).skip('\u{4e00}' as usize).zip(traditional::forms()) {
            *own = if *simple == 0 { code } else { *simple };
        }
        Self(forms)
    }

    /// What becomes of a character.
    #[inline]
    pub fn of(&self, char: char) -> Form {
        match self.0.get(char as usize).copied().unwrap_or(LONG_WAY) {
            own if u32::from(own) == char as u32 => Form::Itself,
            NOTHING => Form::Nothing,
            LONG_WAY => Form::LongWay,
            own => char::from_u32(own.into()).map_or(Form::LongWay, Form::Other),
        }
    }
}

fn narrow(char: char) -> u16 {
    u16::try_from(char as u32).unwrap_or(LONG_WAY)
}

/// Passes a character on in the form in which texts are looked at, the long way.
pub fn folded_characters(char: char, mut take: impl FnMut(char)) {
    compatible_characters(char, |own| take(simplified(own)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_of_every_character_what_the_long_way_says() {
        for char in '\0'..=char::MAX {
            let mut long = Vec::new();
            folded_characters(char, |own| long.push(own));
            match forms().of(char) {
                Form::Itself => assert_eq!(long, [char]),
                Form::Other(own) => assert_eq!(long, [own]),
                Form::Nothing => assert_eq!(long, []),
                Form::LongWay => {}
            }
        }
        for char in "2０ ，。、；：（）“”？！\u{3000}\u{200b}開公".chars() {
            assert_ne!(forms().of(char), Form::LongWay, "{char} is in every report");
        }
    }
}
