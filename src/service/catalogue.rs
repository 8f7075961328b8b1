//! The rules in force, for callers.

use super::Refused;
use crate::{
    checker::engine,
    operator::InForce,
    submission::{Error, FaultKind, Faults, Reason},
    wire::{
        assessment::pack_to,
        filing::language_from,
        limits::{FINGERPRINT_SCHEME, LIMITS, MAX_PAGE},
        rules::{profile_to, rule_to},
        v1,
    },
    words::{
        Text,
        spelling::{instead, near_code, perhaps},
    },
};

/// The number of rules on a page where the request doesn't say.
const PAGE: usize = 50;
const PAGES_DIFFER: Text = Text::fixed(
    "page_token：规则已变更，请从第一页重新列出",
    "page_token: the rules have changed since the first page: list them anew",
);

/// A page of the rules, as a profile adjusts them.
pub(super) fn list(in_force: &InForce, request: &v1::ListRulesRequest) -> Result<v1::ListRulesResponse, Refused> {
    let mut faults = Faults::default();
    let language = language_from(request.language, &mut faults);
    let refused = |error| Refused { error, language };
    let (rulebook, problems) = in_force.standing();
    let size = usize::try_from(request.page_size).ok().filter(|size| *size <= MAX_PAGE);
    if size.is_none() {
        let (zh, en) = (format!("应为 0 至 {MAX_PAGE}"), format!("must be from 0 to {MAX_PAGE}"));
        faults.note(FaultKind::OutOfRange, "page_size", Text::new(zh, en));
    }
    let engine = match engine(&rulebook, &request.profile) {
        Ok(engine) => engine,
        // Which page is meant can't be told.
        Err(fault) => return Err(refused(Error::invalid(faults.into_list().into_iter().chain([fault]).collect()))),
    };
    let rules = engine.rules();
    // A page's token names the rule set and the first rule: pages of different rule sets don't fit together.
    let start = match request.page_token.split_once(' ') {
        _ if request.page_token.is_empty() => Some(0),
        // The token of another profile's page.
        Some((digest, _)) if digest != engine.digest() && rulebook.engines().iter().any(|it| it.digest() == digest) => {
            None
        }
        Some((digest, _)) if digest != engine.digest() && digest.len() == engine.digest().len() => {
            let error = Error::plain(Reason::RuleSetChanged, PAGES_DIFFER);
            return Err(refused(error.with("rule_set_digest", engine.digest())));
        }
        Some((_, code)) => rules.iter().position(|rule| rule.code == code),
        None => None,
    };
    if start.is_none() {
        let (zh, en) =
            ("应为同一方案上一页给出的标记", "must be the token that the page before gave, for the same profile");
        faults.note(FaultKind::Malformed, "page_token", Text::fixed(zh, en));
    }
    let faults = faults.into_list();
    let (Some(start), Some(size), true) = (start, size, faults.is_empty()) else {
        return Err(refused(Error::invalid(faults)));
    };
    let end = (start + if size == 0 { PAGE } else { size }).min(rules.len());
    Ok(v1::ListRulesResponse {
        rules: rules[start..end].iter().map(|rule| rule_to(rule, engine.profile(), language)).collect(),
        next_page_token: rules.get(end).map(|rule| format!("{} {}", engine.digest(), rule.code)).unwrap_or_default(),
        rule_set_digest: engine.digest().to_owned(),
        profiles: rulebook.engines().iter().map(|it| profile_to(it.profile(), it.digest(), language)).collect(),
        packs: rulebook.packs().iter().map(pack_to).collect(),
        refused: problems.iter().map(ToString::to_string).collect(),
    })
}

/// What the service is, reads and allows; `own` are the operator's limits.
pub(super) fn info(in_force: &InForce, own: &[(&str, usize)]) -> v1::GetServerInfoResponse {
    let rulebook = in_force.in_force();
    let limit = |(name, most): &(&str, usize)| v1::Limit {
        name: (*name).to_owned(),
        most: i64::try_from(*most).unwrap_or(i64::MAX),
    };
    let language = crate::words::Language::Zh;
    let formats = [
        v1::Format::Text,
        v1::Format::Html,
        v1::Format::Docx,
        v1::Format::Xlsx,
        v1::Format::Odt,
        v1::Format::Ods,
        v1::Format::Pdf,
    ];
    v1::GetServerInfoResponse {
        engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        fingerprint_scheme: FINGERPRINT_SCHEME.to_owned(),
        formats: formats.map(i32::from).to_vec(),
        languages: [v1::Language::Zh, v1::Language::En].map(i32::from).to_vec(),
        limits: LIMITS.iter().chain(own).map(limit).collect(),
        profiles: rulebook.engines().iter().map(|it| profile_to(it.profile(), it.digest(), language)).collect(),
        packs: rulebook.packs().iter().map(pack_to).collect(),
    }
}

/// One rule, as a profile adjusts it.
pub(super) fn get(in_force: &InForce, request: &v1::GetRuleRequest) -> Result<v1::GetRuleResponse, Refused> {
    let mut faults = Faults::default();
    let language = language_from(request.language, &mut faults);
    let refused = |error| Refused { error, language };
    if request.code.is_empty() {
        faults.note(
            FaultKind::Required,
            "code",
            Text::fixed("必填，应为规则代码，如 TAL-001", "is required: a rule's code, such as TAL-001"),
        );
    }
    let rulebook = in_force.in_force();
    let engine = match (engine(&rulebook, &request.profile), faults.into_list()) {
        (Ok(engine), faults) if faults.is_empty() => engine,
        (engine, faults) => return Err(refused(Error::invalid(faults.into_iter().chain(engine.err()).collect()))),
    };
    let Some(rule) = engine.rules().iter().find(|rule| rule.code == request.code) else {
        let codes: Vec<&str> = engine.rules().iter().map(|rule| &*rule.code).collect();
        let near = near_code(&request.code, codes.iter().copied());
        let (zh, en) = if near.is_some() { perhaps(near) } else { instead(&request.code, &codes) };
        let words = Text::new(format!("code：没有这条规则{zh}"), format!("code: there is no such rule{en}"));
        return Err(refused(Error::plain(Reason::RuleNotFound, words).with("code", &request.code)));
    };
    let rule = Some(rule_to(rule, engine.profile(), language));
    Ok(v1::GetRuleResponse { rule, rule_set_digest: engine.digest().to_owned() })
}
