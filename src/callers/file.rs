//! The file in which an operator lists callers.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use schemars::JsonSchema;
use serde::Deserialize;
use serde_saphyr::Spanned;
use sha2::{Digest, Sha256};

use super::{
    caller::{Caller, Role},
    register::{Entry, Hash, Known, Register},
};
use crate::{
    report::Date,
    words::Text,
    written::{NamedText, Noted, Problem, is_stand_in},
};

/// The most entries of a file.
const MAX_ENTRIES: usize = 10_000;
/// The longest name, in characters.
const MAX_NAME: usize = 100;
/// The most calls a second that can be written.
const MAX_RATE: u32 = 1_000_000;

/// 调用方 / Callers
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct File {
    /// 各调用方 / Those who may call
    #[schemars(with = "Vec<EntryText>")]
    callers: Vec<Spanned<EntryText>>,
}

/// 令牌或证书 / A token or a certificate
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EntryText {
    /// 名称；同一调用方可有几项 / Its name; a caller may have several entries
    #[schemars(with = "String")]
    name: Spanned<String>,
    /// 令牌的 SHA-256 摘要 / The SHA-256 of a token
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    sha256: Option<Spanned<String>>,
    /// 证书中的名称，如 CN=… / A name in the certificate: CN=…, DNS:… or URI:…
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    certificate: Option<Spanned<String>>,
    /// 可做的事 / What it may do
    #[schemars(with = "BTreeSet<Role>")]
    roles: Spanned<BTreeSet<Role>>,
    /// 有效期的最后一日 / The last day on which it counts
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    expires: Option<Spanned<String>>,
    /// 每秒调用次数 / How many calls a second
    #[serde(default)]
    #[schemars(with = "Option<u32>")]
    rate: Option<Spanned<u32>>,
}

/// The JSON Schema of the file, for editors.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(File)
}

/// Reads a file of callers.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn parse(source: NamedText<'_>) -> Result<Register, Vec<Problem>> {
    let (mut read, mut noted) = (Vec::new(), Noted::of(source));
    for part in source.parse_list::<File>("callers") {
        noted.extend(part.problems);
        read.extend(part.content.into_iter().flat_map(|file| file.callers));
    }
    if read.len() > MAX_ENTRIES {
        let (zh, en) = (format!("最多 {MAX_ENTRIES} 项"), format!("at most {MAX_ENTRIES} entries"));
        return Err(vec![Problem::whole(source.name, Text::new(zh, en))]);
    }
    let mut reader = Reader { callers: HashMap::new(), seen: HashSet::new(), noted };
    let entries = read.iter().filter_map(|entry| reader.entry(entry)).collect();
    reader.noted.end(Register::of(entries))
}

/// A caller, with what its first entry says of it.
struct Own<'a> {
    caller: Arc<Caller>,
    roles: &'a Spanned<BTreeSet<Role>>,
    rate: Option<&'a Spanned<u32>>,
}

impl Own<'_> {
    /// Whether two entries say the same of their caller, as far as they can be read.
    fn agrees(&self, other: &Self) -> bool {
        let rate = |own: &Self| own.rate.map(|rate| rate.value);
        let is_known = |own: &Self| !is_stand_in(own.roles) && !own.rate.is_some_and(is_stand_in);
        (&self.roles.value, rate(self)) == (&other.roles.value, rate(other)) || !is_known(self) || !is_known(other)
    }
}

struct Reader<'a, 'f> {
    callers: HashMap<&'a str, Own<'a>>,
    seen: HashSet<String>,
    noted: Noted<'f>,
}

impl<'a> Reader<'a, '_> {
    fn note<T>(&mut self, at: &Spanned<T>, zh: &'static str, en: &'static str) {
        self.noted.note(at, Text::fixed(zh, en));
    }

    fn entry(&mut self, element: &'a Spanned<EntryText>) -> Option<(Known, Entry)> {
        let text = &element.value;
        let known = self.known(element);
        let expires = text.expires.as_ref().map(|expires| {
            let day = Date::parse(&expires.value);
            if day.is_none() {
                self.note(expires, "应为存在的日期，如 2026-12-31", "a day that exists: 2026-12-31");
            }
            day
        });
        let caller = self.caller(text);
        // A day that can't be read is noted: then there are no entries at all.
        Some((known?, Entry { caller: caller?, expires: expires.flatten() }))
    }

    fn known(&mut self, element: &Spanned<EntryText>) -> Option<Known> {
        let (known, at) = match (&element.value.sha256, &element.value.certificate) {
            (Some(hash), None) => (self.hash(hash).map(Known::Token), hash),
            (None, Some(name)) => (self.certificate(name).map(Known::Certificate), name),
            (found, _) => {
                let why = match found {
                    None => {
                        Text::fixed("缺少字段 sha256 或 certificate", "the field sha256 is missing, or certificate")
                    }
                    Some(_) => {
                        Text::fixed("sha256 和 certificate 只能写一个", "either a sha256 or a certificate, not both")
                    }
                };
                self.noted.note_element(element, why);
                return None;
            }
        };
        if known.is_some() && !self.seen.insert(at.value.to_ascii_lowercase()) {
            self.note(at, "与另一项重复", "it is in another entry too");
        }
        known
    }

    fn hash(&mut self, text: &Spanned<String>) -> Option<Hash> {
        let hash = unhex(&text.value);
        if hash.is_none() {
            self.note(text, "应为 64 位十六进制数", "64 hexadecimal digits");
        }
        // What sha256sum says of an empty file.
        if hash == Some(Sha256::digest(b"").into()) {
            self.note(text, "这是空令牌的摘要", "this is the hash of an empty token");
        }
        hash
    }

    fn certificate(&mut self, text: &Spanned<String>) -> Option<String> {
        let forms = ["CN=", "DNS:", "URI:"];
        let good = forms.iter().any(|form| text.value.strip_prefix(form).is_some_and(|name| !name.is_empty()));
        if !good {
            self.note(text, "应以 CN=、DNS: 或 URI: 开头", "a name that begins with CN=, DNS: or URI:");
        }
        good.then(|| text.value.clone())
    }

    /// The caller of an entry: one for all its entries, so that they have one rate.
    fn caller(&mut self, text: &'a EntryText) -> Option<Arc<Caller>> {
        let (name, roles, rate) = (text.name.value.as_str(), &text.roles, text.rate.as_ref());
        let of_rate = rate.filter(|rate| !(1..=MAX_RATE).contains(&rate.value));
        if let Some(written) = of_rate {
            self.note(written, "应为 1 至 1000000 的整数", "a whole number from 1 to 1000000");
        }
        let is_name = (1..=MAX_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if !is_name {
            self.note(&text.name, "应为 1 至 100 字", "1 to 100 characters");
        }
        if of_rate.is_some() || !is_name {
            return None;
        }
        let caller = Arc::new(Caller::new(name, roles.value.clone(), rate.map(|rate| rate.value)));
        let new = Own { caller, roles, rate };
        let own = self.callers.get(name);
        let (agrees, caller) = (own.is_none_or(|own| own.agrees(&new)), own.unwrap_or(&new).caller.clone());
        if !agrees {
            let (zh, en) =
                ("同一调用方各项的 roles 和 rate 应一致", "the entries of one caller have the same roles and rate");
            self.note(&text.name, zh, en);
            return None;
        }
        self.callers.entry(name).or_insert(new);
        Some(caller)
    }
}

/// The bytes of a hash in hexadecimal digits.
fn unhex(text: &str) -> Option<Hash> {
    let mut hash = Hash::default();
    if text.len() != 2 * hash.len() || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_with_entries_is_told_at_once() {
        let hash = "ab".repeat(32);
        let text = format!(
            "callers:
- {{ name: '', sha256: ab, roles: [chek], expires: 2026-02-30, rate: 0 }}
- {{ name: a, sha256: {hash}, roles: [check], rates: 5 }}
- {{ name: a, sha256: {hash}, roles: check, rate: -1 }}
- {{ nam: b, certificate: b }}
"
        );
        let problems = parse(NamedText { name: "c.yaml", text: &text }).err().unwrap_or_default();
        let told: Vec<String> = problems.iter().map(|own| format!("{}: {}", own.line, own.why.zh)).collect();
        let expected = [
            "2: 应为 1 至 100 字",
            "2: 应为 64 位",
            "2: 不能写 chek",
            "2: 应为存在的日期",
            "2: 应为 1 至 1000000",
            "3: 没有 rates 这个字段",
            "4: 与另一项重复",
            "4: 此处应为列表",
            "4: 此处应为整数",
            "5: 缺少字段 roles",
            "5: 没有 nam 这个字段",
            "5: 应以 CN=",
        ];
        assert_eq!(told.len(), expected.len(), "{told:#?}");
        for (told, expected) in told.iter().zip(expected) {
            assert!(told.starts_with(expected), "{told}: {expected}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_entry_is_told_with_its_place() {
        let (hash, empty) = ("ab".repeat(32), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        let problem = |entries: &str| {
            let text = format!("callers:\n{entries}");
            match parse(NamedText { name: "c.yaml", text: &text }) {
                Ok(_) => String::new(),
                Err(problems) => problems[0].to_string(),
            }
        };
        let twice = format!(
            "- {{ name: a, sha256: {hash}, roles: [check] }}\n- {{ name: b, sha256: {}, roles: [] }}",
            hash.to_uppercase()
        );
        let differ = format!(
            "- {{ name: a, sha256: {hash}, roles: [check] }}\n- {{ name: a, certificate: CN=a, roles: [waive] }}"
        );
        for (entries, expected) in [
            (format!("- {{ name: a, sha256: {hash}, roles: [check], rate: 5 }}"), ""),
            ("- { name: a, roles: [check] }".into(), "c.yaml:2:3: 缺少字段 sha256 或 certificate"),
            ("- { name: a, sha256: ab, roles: [check] }".into(), "应为 64 位十六进制数"),
            (format!("- {{ name: a, sha256: {empty}, roles: [check] }}"), "空令牌"),
            ("- { name: a, certificate: a, roles: [check] }".into(), "应以 CN=、DNS: 或 URI: 开头"),
            (format!("- {{ name: a, sha256: {hash}, roles: [chek] }}"), "是否为 check"),
            (format!("- {{ name: a, sha256: {hash}, roles: [], expires: 2026-02-30 }}"), "存在的日期"),
            (format!("- {{ name: a, sha256: {hash}, roles: [], rate: 0 }}"), "1 至 1000000"),
            (format!("- {{ name: '', sha256: {hash}, roles: [] }}"), "1 至 100 字"),
            (twice, "c.yaml:3:22: 与另一项重复"),
            (differ, "应一致"),
        ] {
            let found = problem(&entries);
            assert!(found.contains(expected) && found.is_empty() == expected.is_empty(), "{entries}: {found}");
        }
    }
}
