//! Conversion of waivers from and to messages.

use super::{dates::date_from, enums::enum_from, report::year_from, v1};
use crate::{
    report::Date,
    submission::{Category, Covers, FINGERPRINT, FaultKind, Faults, Waiver, is_fingerprint},
    words::Text,
};

/// The longest id, in characters.
pub const MAX_ID: usize = 100;
/// The longest reason, in characters.
pub const MAX_REASON: usize = 1_000;
/// The longest name of who approved it, in characters.
pub const MAX_APPROVER: usize = 200;
const MAX_BODY: usize = 200;

/// A waiver as shown to callers.
pub(super) fn waiver_to(waiver: &Waiver) -> v1::Waiver {
    v1::Waiver {
        id: waiver.id.clone(),
        covers: Some(match &waiver.covers {
            Covers::Fingerprint(fingerprint) => v1::waiver::Covers::Fingerprint(fingerprint.clone()),
            Covers::Rule { code, body, year } => {
                v1::waiver::Covers::Rule(v1::RuleOfBody { code: code.clone(), body: body.clone(), year: *year })
            }
        }),
        category: v1::WaiverCategory::from(waiver.category).into(),
        reason: waiver.reason.clone(),
        approver: waiver.approver.clone(),
        expires: Some(super::dates::date_to(waiver.expires)),
    }
}

/// The waiver in a message; its faults are noted under `at`.
pub fn waiver_from(message: v1::Waiver, at: &str, faults: &mut Faults) -> Option<Waiver> {
    let field = |name: &str| format!("{at}.{name}");
    within(&message.id, 0, MAX_ID, || field("id"), faults);
    within(&message.reason, 1, MAX_REASON, || field("reason"), faults);
    within(&message.approver, 1, MAX_APPROVER, || field("approver"), faults);
    let covers = covers_from(message.covers, at, faults);
    let category: Option<Category> = enum_from::<v1::WaiverCategory>(message.category, || field("category"), faults);
    if category.is_none() && message.category == 0 {
        let (zh, en) =
            ("必填，应为误报、经批准的例外或整改中", "is required: FALSE_FINDING, ACCEPTED_DEVIATION or BEING_MENDED");
        faults.note(FaultKind::Required, field("category"), Text::fixed(zh, en));
    }
    let expires: Option<Date> = date_from(message.expires.as_ref(), || field("expires"), faults);
    if message.expires.is_none() {
        faults.note(
            FaultKind::Required,
            field("expires"),
            Text::fixed("必填，应为有效期的最后一日", "is required: the last day on which it holds"),
        );
    }
    Some(Waiver {
        id: message.id,
        covers: covers?,
        category: category?,
        reason: message.reason,
        approver: message.approver,
        expires: expires?,
    })
}

fn covers_from(covers: Option<v1::waiver::Covers>, at: &str, faults: &mut Faults) -> Option<Covers> {
    match covers {
        None => {
            faults.note(
                FaultKind::Required,
                at,
                Text::fixed("必填，应为 fingerprint 或 rule", "is required: fingerprint or rule"),
            );
            None
        }
        Some(v1::waiver::Covers::Fingerprint(fingerprint)) => {
            let well_formed = is_fingerprint(&fingerprint);
            if !well_formed {
                faults.note(FaultKind::Malformed, format!("{at}.fingerprint"), FINGERPRINT.clone());
            }
            well_formed.then_some(Covers::Fingerprint(fingerprint))
        }
        Some(v1::waiver::Covers::Rule(rule)) => {
            within(&rule.code, 1, MAX_ID, || format!("{at}.rule.code"), faults);
            within(&rule.body, 1, MAX_BODY, || format!("{at}.rule.body"), faults);
            let year = year_from(rule.year, || format!("{at}.rule.year"), faults);
            Some(Covers::Rule { code: rule.code, body: rule.body, year })
        }
    }
}

fn within(text: &str, least: usize, most: usize, field: impl Fn() -> String, faults: &mut Faults) {
    let blank = least > 0 && text.trim().is_empty();
    if blank || !(least..=most).contains(&text.chars().take(most + 1).count()) {
        faults.note(
            if blank { FaultKind::Required } else { FaultKind::Length },
            field(),
            Text::new(format!("应为 {least} 至 {most} 字"), format!("must have {least} to {most} characters")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiver_is_read_or_its_faulty_fields_are_named() {
        use v1::waiver::Covers as Message;
        let named = || format!("1:TAB-008:{}", "0123456789abcdef".repeat(2));
        let read = |change: &dyn Fn(&mut v1::Waiver)| {
            let mut message = v1::Waiver {
                covers: Some(Message::Fingerprint(named())),
                category: v1::WaiverCategory::BeingMended.into(),
                reason: "正".repeat(MAX_REASON),
                approver: "县".repeat(MAX_APPROVER),
                expires: Some(crate::wire::google::r#type::Date { year: 2030, month: 1, day: 1 }),
                ..Default::default()
            };
            change(&mut message);
            let mut faults = Faults::default();
            let waiver = waiver_from(message, "waivers[0]", &mut faults);
            (waiver, faults.into_list().into_iter().map(|fault| fault.field).collect::<Vec<_>>())
        };
        let (waiver, faults) = read(&|_| {});
        assert_eq!(waiver.map(|it| it.covers), Some(Covers::Fingerprint(named())));
        assert_eq!(faults, [""; 0]);
        let by_name = |message: &mut v1::Waiver, fingerprint: &str| {
            message.covers = Some(Message::Fingerprint(fingerprint.to_owned()));
        };
        let by_rule = |message: &mut v1::Waiver, code: &str, body: &str, year: Option<i32>| {
            message.covers = Some(Message::Rule(v1::RuleOfBody { code: code.into(), body: body.into(), year }));
        };
        type Case<'a> = (&'a dyn Fn(&mut v1::Waiver), &'a str);
        let cases: [Case<'_>; 12] = [
            (&|it| by_name(it, &"0".repeat(31)), "waivers[0].fingerprint"),
            (&|it| by_name(it, &format!("1::{}", "0".repeat(32))), "waivers[0].fingerprint"),
            (&|it| it.covers = None, "waivers[0]"),
            (&|it| by_rule(it, "", "某县", None), "waivers[0].rule.code"),
            (&|it| by_rule(it, "TAL-001", "", None), "waivers[0].rule.body"),
            (&|it| by_rule(it, "TAL-001", "某县", Some(20)), "waivers[0].rule.year"),
            (&|it| it.id = "x".repeat(MAX_ID + 1), "waivers[0].id"),
            (&|it| it.reason.push('正'), "waivers[0].reason"),
            (&|it| it.reason.clear(), "waivers[0].reason"),
            (&|it| it.approver.push('县'), "waivers[0].approver"),
            (&|it| it.category = 0, "waivers[0].category"),
            (&|it| it.expires = None, "waivers[0].expires"),
        ];
        for (change, field) in cases {
            assert_eq!(read(change).1, [field]);
        }
    }
}
