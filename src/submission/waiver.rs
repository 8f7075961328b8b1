//! Waivers: findings that somebody takes responsibility for, with approver, reason and expiry.

use crate::{
    report::{Body, Date},
    words::Text,
};

/// A decision to let findings stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Its own identifier, for files of waivers; may be empty.
    pub id: String,
    /// Which findings it covers.
    pub covers: Covers,
    /// What kind of decision it is.
    pub category: Category,
    /// Why, in words.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
    /// The last day on which it is valid.
    pub expires: Date,
}

/// Which findings a waiver covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covers {
    /// The finding with this fingerprint.
    Fingerprint(String),
    /// The findings of one rule in the reports of one body.
    Rule {
        /// The rule's code.
        code: String,
        /// The body's full name, or its 统一社会信用代码.
        body: String,
        /// The report year; `None` for every year.
        year: Option<i32>,
    },
}

/// What kind of decision a waiver is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// The finding is wrong: the report is right.
    FalseFinding,
    /// The report is wrong, and that was accepted.
    AcceptedDeviation,
    /// The report is wrong, and is being corrected.
    BeingMended,
}

/// What a fingerprint has to be, for people.
pub static FINGERPRINT: Text = Text::fixed(
    "应为检查结果中的指纹，如 1:TAB-008:后接 32 位十六进制数字",
    "must be a fingerprint as answers have it: 1:TAB-008: and 32 hexadecimal digits",
);

/// Whether a text has the form of a fingerprint: the scheme, the rule's code and 32 hexadecimal digits.
pub fn is_fingerprint(text: &str) -> bool {
    let mut parts = text.split(':');
    let (scheme, code, hash) = (parts.next(), parts.next(), parts.next());
    let is_hash =
        |hash: &str| hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'));
    scheme == Some("1") && code.is_some_and(is_code) && hash.is_some_and(is_hash) && parts.next().is_none()
}

/// Whether a text has the form of a rule's code: TAL-001.
fn is_code(text: &str) -> bool {
    let capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    text.split_once('-').is_some_and(|(family, number)| {
        !family.is_empty() && family.bytes().all(capital) && !number.is_empty() && number.bytes().all(capital)
    })
}

impl Covers {
    /// Whether it may cover findings of a body's report of a year, as far as that is known.
    pub fn concerns(&self, own: &Body, of_year: Option<i32>) -> bool {
        match self {
            Self::Fingerprint(_) => true,
            Self::Rule { body, year, .. } => {
                let named = !body.is_empty() && (*body == own.name || *body == own.code);
                named && year.is_none_or(|year| of_year == Some(year))
            }
        }
    }

    /// Whether it covers a finding with this code and fingerprint, of a report that it concerns.
    pub fn covers(&self, code: &str, fingerprint: &str) -> bool {
        match self {
            Self::Fingerprint(own) => own == fingerprint,
            Self::Rule { code: own, .. } => own == code,
        }
    }
}
