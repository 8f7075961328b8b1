//! A percentage beside a number fits some total that it can be a share of.
//!
//! Tried are all totals that the text gives for applications and those of 表三. A percentage that fits
//! none of them at its printed digits, properly rounded, is wrong; where the digits were cut off instead, or the last one behind
//! the point is off by one, it is a matter of rounding, and no more than an info.
//!
//! # 说明
//! 正文数字旁的占比，应等于该数字除以某一总数（正文给出的收到、办结数或表三的总计），按所印位数四舍五入。与任何一个总数都不符的，为占比有误；只是没有进位，或小数末位差 1 的，仅作提示。
//!
//! # Bad
//! ```json 2021
//! { "report": { "sections": { "3": { "text": "全年共收到政府信息公开申请16件，其中自然人12件，占76%。" } } } }
//! ```
//!
//! # Good
//! ```json 2021
//! { "report": { "sections": { "3": { "text": "全年共收到政府信息公开申请16件，其中自然人12件，占75%。" } } } }
//! ```
use super::compare::at;
use crate::{
    dossier::Dossier,
    narrative::{Claim, Sense, Statement, meaning::total},
    report::Row,
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "NAR-014",
    title: &Text::fixed("占比应与件数相符", "Percentages fit their numbers"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Statements],
    basis: &[Basis::of_30("一（三）（数据准确）"), Basis::of_60("附件 三")],
    source: include_str!("nar_014_percentages.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    let shares: Vec<&Statement> = dossier.statements().iter().filter(|it| it.percent.is_some()).collect();
    if shares.is_empty() {
        return Ruling::not_applicable(Text::fixed("正文没有占比", "the text gives no percentage"));
    }
    let wholes = wholes(dossier);
    Ruling::of(shares.into_iter().filter_map(|share| judge(share, &wholes)))
}

/// All totals of which a number can be a share.
fn wholes(dossier: &Dossier) -> Vec<i64> {
    let totals = |it: &&Statement| {
        let total = matches!(it.sense, Sense::Received | Sense::ReceivedNew | Sense::Closed | Sense::ListedTotal);
        total && it.claim == Claim::Counted
    };
    let mut wholes: Vec<i64> = dossier.statements().iter().filter(totals).map(|it| it.number).collect();
    let figure = |row: Row| dossier.report.figures.count(total(row)).known();
    let (new, over) = (figure(Row::Received), figure(Row::CarriedOver));
    wholes.extend([new, figure(Row::OutcomesTotal)].into_iter().flatten());
    wholes.extend(new.zip(over).map(|(new, over)| new + over));
    let carried: i64 =
        dossier.statements().iter().filter(|it| it.sense == Sense::CarriedOver).map(|it| it.number).sum();
    wholes.extend(wholes.clone().into_iter().map(|whole| whole + carried));
    wholes
}

fn judge(share: &Statement, wholes: &[i64]) -> Option<Violation> {
    let (units, places) = share.percent?;
    let scale = 10i64.checked_pow(places + 2)?;
    // Rounded half up: (2·n·scale + d) / 2d.
    let percent_of = |whole: i64| share.number.checked_mul(2 * scale).map(|twice| (twice + whole) / (2 * whole));
    let whole = wholes.iter().copied().filter(|whole| *whole > 0);
    if wholes.iter().all(|whole| *whole <= 0) || whole.clone().any(|whole| percent_of(whole) == Some(units)) {
        return None;
    }
    let shown = |units: i64| crate::report::Decimal { units: units.into(), places }.to_string() + "%";
    let nearest = whole
        .filter_map(|whole| Some((whole, percent_of(whole)?)))
        .min_by_key(|(_, percent)| (percent - units).abs())?;
    let (number, found, due) = (share.number, shown(units), shown(nearest.1));
    let cut_off = share.number.checked_mul(scale).map(|times| times / nearest.0) == Some(units);
    let last_digit = places > 0 && (nearest.1 - units).abs() == 1;
    let severity = if cut_off || last_digit { Severity::Info } else { Severity::Warning };
    let message = Text::new(
        format!("{}写“{}”占 {found}：{number} 占 {} 应为 {due}", share.location().named(), share.quote, nearest.0),
        format!("the text gives {found} for “{}”: {number} of {} is {due}", share.quote, nearest.0),
    );
    Some(
        at(share, message)
            .expecting(Text::same(due), Text::same(found))
            .graded(severity)
            .advising(Text::fixed("重新计算占比", "work out the percentage again")),
    )
}
