//! Schools, hospitals and other public enterprises are not bound by the form.
//!
//! 条例 第五十五条 has public enterprises (education, health, water, power, transport and so on) disclose by rules of their
//! own; the form is for administrative bodies and what laws authorise (第五十四条). Where the name tells such a body the
//! finding says so, and errors count as warnings: its report is never called non-compliant. A kind of body that
//! the caller states is heeded instead.
//!
//! # 说明
//! 学校、医院、供水、供电、公交等公共企事业单位按主管部门的规定公开信息（条例第五十五条），年度报告格式不对其适用；法律、法规授权组织适用（第五十四条）。从名称能认出的，予以提示，其余规则的错误一律降为警告，结论不会是“不合规”。调用方写明机关性质的，以所写的为准。
//!
//! # Bad
//! ```json 2021
//! { "report": { "body": { "kind": "KIND_UNSPECIFIED", "name": "青溪县人民医院" }, "title": "青溪县人民医院2023年政府信息公开工作年度报告" } }
//! ```
use crate::{
    dossier::Dossier,
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "EDN-005",
    title: &Text::fixed("公共企事业单位的报告不应按统一格式判定", "Public enterprises are not bound by the form"),
    severity: Severity::Info,
    editions: NOT_LEGACY,
    basis: &[Basis::of_regulation("第五十四条、第五十五条")],
    source: include_str!("edn_005_public_enterprise.rs"),
    ..BuiltIn::new(check)
};

fn check(dossier: &Dossier) -> Ruling {
    if !dossier.report.is_of_public_enterprise() {
        return Ruling::satisfied();
    }
    let name = &dossier.report.body.name;
    let message = Text::new(
        format!("“{name}”疑为公共企事业单位，统一格式不对其适用，各项问题仅供参考"),
        format!("“{name}” seems to be a public enterprise: the form does not bind it, and what is found is advice"),
    );
    Ruling::of([Violation::at(Location::Report, message)
        .expecting(Text::fixed("行政机关或授权组织", "an administrative body"), Text::same(name.clone()))
        .advising(Text::fixed(
            "属行政机关或法律、法规授权组织的，请写明机关性质",
            "where it is bound after all, state the kind of body",
        ))])
}
