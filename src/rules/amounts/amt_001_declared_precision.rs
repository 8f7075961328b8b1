//! The procurement amount has exactly the decimal places that are declared.
//!
//! 采购总金额 is to be given with four decimal places where that precision is declared: by the header of
//! the column (保留四位小数, a local requirement that the national form does not state), by a structured
//! message (whose field is defined with four decimals), or by the profile in use. Where none is
//! declared, the rule does not apply. 0 passes for a body without projects.
//!
//! # 说明
//! 采购总金额规定了小数位数的（表头注明“保留四位小数”，或以结构化消息报送——该字段定义为四位小数，或所用方案规定一律四位小数），应恰好为所规定的位数。全国格式本身没有规定小数位数，未另行规定的不适用本条。项目数为 0 时，金额填 0 即可。
//!
//! # Bad
//! ```json
//! { "report": { "disclosure_2019": { "procurement": { "amount": "859.255" } } } }
//! ```
//! ```json
//! { "report": { "disclosure_2019": { "procurement": { "amount": "859.25510" } } } }
//! ```
//! ```json
//! { "parameters": { "four_decimals": true },
//!   "report": { "disclosure_2019": { "procurement": { "amount": "859.25", "declared_decimals": 0 } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "disclosure_2019": { "procurement": { "projects": 0, "amount": "0" } } } }
//! ```
//! ```json
//! { "report": { "disclosure_2019": { "procurement": { "amount": "859.25", "declared_decimals": 0 } } } }
//! ```
use crate::{
    dossier::Dossier,
    report::{Edition, Figure, Location, Row},
    rule::{Basis, BuiltIn, OF_2019, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "AMT-001",
    title: &Text::fixed("采购总金额应为表头注明的小数位数（四位）", "The procurement amount has exactly four decimals"),
    severity: Severity::Error,
    editions: OF_2019,
    basis: &[
        Basis::of("报告表头", Edition::Of2019, "采购总金额一栏注明的小数位数"),
        Basis::of_60("附件 二 第二十条第（九）项"),
    ],
    source: include_str!("amt_001_declared_precision.rs"),
    ..BuiltIn::new(check)
};

/// What a structured message declares by its definition.
const BY_DEFINITION: u8 = 4;

fn check(dossier: &Dossier) -> Ruling {
    let figures = &dossier.report.figures;
    let declared = figures.declared_decimals.unwrap_or(BY_DEFINITION);
    let places = if dossier.parameters.four_decimals { BY_DEFINITION } else { declared };
    let [projects, cell] = [Row::Procurement.nth(0), Row::Procurement.nth(1)];
    if !figures.has_row(Row::Procurement) {
        return Ruling::not_applicable(Text::fixed("报告中没有政府集中采购", "the report has no procurement block"));
    }
    if places == 0 {
        return Ruling::not_applicable(Text::fixed("表头没有注明小数位数", "no number of decimal places is declared"));
    }
    let Some(amount) = figures.procurement.as_deref() else {
        return match figures.count(cell) {
            Figure::Unread => Ruling::undetermined(Text::fixed("采购总金额未能读出", "the amount could not be read"))
                .lacking([Row::Procurement]),
            _ => Ruling::not_applicable(Text::fixed("采购总金额没有填写", "no amount is given")),
        };
    };
    let nothing = amount == "0" && figures.count(projects) == Figure::Known(0);
    if nothing || has_places(amount, places) {
        return Ruling::satisfied();
    }
    let message = Text::new(
        format!("采购总金额“{amount}”不是恰好 {places} 位小数的数字"),
        format!("the procurement amount “{amount}” is not a number with exactly {places} decimal places"),
    );
    let expected = format!("859.{}", &"2551000000000000"[..usize::from(places.min(16))]);
    Ruling::of([Violation::at(Location::Cell(cell), message)
        .expecting(
            Text::new(format!("{places} 位小数，如 {expected}"), format!("{places} decimal places, as in {expected}")),
            Text::same(amount),
        )
        .about(dossier, [cell])
        .advising(Text::new(
            format!("以万元为单位填写，保留 {places} 位小数，不带单位和分隔符"),
            format!("give it in 万元 with {places} decimal places, without unit or separators"),
        ))])
}

/// Whether the text is digits, a point, and exactly so many digits.
fn has_places(amount: &str, places: u8) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    amount
        .split_once('.')
        .is_some_and(|(whole, fraction)| digits(whole) && digits(fraction) && fraction.len() == usize::from(places))
}
