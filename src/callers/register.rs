//! The callers that an operator knows, by what they show.

use std::{collections::HashMap, sync::Arc};

use sha2::{Digest, Sha256};

use super::caller::Caller;
use crate::report::Date;

/// The SHA-256 of a token.
pub(super) type Hash = [u8; 32];

/// What is known of a certificate that a client has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its names, as `URI:…`, `DNS:…` and `CN=…`, in this order.
    pub names: Vec<String>,
    /// Its last second, as seconds since 1970.
    pub expires: i64,
}

/// The callers that an operator knows.
#[derive(Default)]
pub struct Register {
    tokens: HashMap<Hash, Entry>,
    certificates: HashMap<String, Entry>,
}

/// A caller, as long as one of the things that it shows counts.
pub(super) struct Entry {
    pub caller: Arc<Caller>,
    pub expires: Option<Date>,
}

/// By what a caller is known.
pub(super) enum Known {
    Token(Hash),
    Certificate(String),
}

impl Register {
    /// The callers of these entries.
    pub(super) fn of(entries: Vec<(Known, Entry)>) -> Self {
        let mut register = Self::default();
        for (known, entry) in entries {
            match known {
                Known::Token(hash) => register.tokens.insert(hash, entry),
                Known::Certificate(name) => register.certificates.insert(name, entry),
            };
        }
        register
    }

    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty() && self.certificates.is_empty()
    }

    /// Whose token it is. Only its hash is looked up: how long that takes tells nothing about a token.
    pub(super) fn by_token(&self, token: &[u8], today: Date) -> Option<Arc<Caller>> {
        self.tokens.get(&Hash::from(Sha256::digest(token))).and_then(|entry| entry.on(today))
    }

    /// Whose certificate it is: the first of its names that is known.
    pub(super) fn by_certificate(&self, certificate: &Certificate, today: Date) -> Option<Arc<Caller>> {
        let known = certificate.names.iter().find_map(|name| self.certificates.get(name));
        known.and_then(|entry| entry.on(today))
    }
}

impl Entry {
    fn on(&self, today: Date) -> Option<Arc<Caller>> {
        self.expires.is_none_or(|last| today <= last).then(|| self.caller.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::file::parse, *};
    use crate::written::NamedText;

    #[test]
    fn an_entry_counts_up_to_its_last_day() {
        let hash: String = Sha256::digest(b"secret").iter().map(|byte| format!("{byte:02x}")).collect();
        let text = format!(
            "callers: [{{ name: a, sha256: {hash}, roles: [check], expires: 2026-03-01 }},
            {{ name: b, certificate: 'DNS:b', roles: [] }}]"
        );
        let register = parse(NamedText { name: "callers.yaml", text: &text });
        let register = register.unwrap_or_else(|problems| panic!("{problems:?}"));
        let day = |day: i32| Date::new(2026, 3, day).expect("a day");
        assert_eq!(register.by_token(b"secret", day(1)).map(|caller| caller.name.clone()), Some("a".into()));
        assert!(register.by_token(b"secret", day(2)).is_none() && register.by_token(b"secre", day(1)).is_none());
        let shown = Certificate { names: vec!["URI:x".into(), "DNS:b".into(), "CN=a".into()], expires: 0 };
        assert_eq!(register.by_certificate(&shown, day(1)).map(|caller| caller.name.clone()), Some("b".into()));
    }
}
