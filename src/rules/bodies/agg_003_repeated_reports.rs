//! Reports of different bodies don't repeat each other.
//!
//! 30号 三（四） names reports that are alike among what makes somebody answerable: a copied report says
//! nothing of the body that makes it. The running texts of all parts are compared with each other, figures
//! and punctuation apart; from a similarity of 85 percent on they repeat each other. Bodies that copied
//! the same text are named together, in one finding, with the longest passages that the first two of them
//! share. Texts of fewer than 200 characters, and reports of one and the same body, are not compared.
//!
//! # 说明
//! 不同单位的年度报告正文相似度达到 85% 的，属于相互照抄，30号文三（四）点名的问题之一即内容雷同。比较方法同 YOY-005（不计数字、标点和排版的不同）；各单位照抄同一文本的，合并为一处提示。正文不足 200 字的、同一单位的，不比较。
//!
//! # Bad
//! ```json
//! { "subordinates": [
//!     { "body": { "name": "某县水利局" }, "sections": { "1": { "text": "全局认真落实政府信息公开各项要求，主动公开行政许可、行政处罚等信息120条，办理建议提案5件，全部按期答复。健全信息发布审核制度，实行拟稿人初审、科室负责人复审、分管领导终审，未经审核的信息一律不得发布。做好政策解读，重要文件与解读材料同步起草、同步审签、同步发布，通过图解、问答等形式回应群众关切。加强公开栏目日常维护，安排专人每周巡查，及时更新机构职能、办事指南、联系方式等内容。组织全体工作人员参加条例学习和保密审查培训2次，把信息公开工作纳入科室年度目标管理。" } } },
//!     { "body": { "name": "某县林业局" }, "sections": { "1": { "text": "全局认真落实政府信息公开各项要求，主动公开行政许可、行政处罚等信息86条，办理建议提案3件，全部按期答复。健全信息发布审核制度，实行拟稿人初审、科室负责人复审、分管领导终审，未经审核的信息一律不得发布。做好政策解读，重要文件与解读材料同步起草、同步审签、同步发布，通过图解、问答等形式回应群众关切。加强公开栏目日常维护，安排专人每周巡查，及时更新机构职能、办事指南、联系方式等内容。组织全体工作人员参加条例学习和保密审查培训1次，把信息公开工作纳入科室年度目标管理。" } } } ] }
//! ```
//!
//! # Good
//! ```json
//! { "subordinates": [
//!     { "body": { "name": "某县水利局" }, "sections": { "1": { "text": "全局认真落实政府信息公开各项要求，主动公开行政许可、行政处罚等信息120条，办理建议提案5件，全部按期答复。健全信息发布审核制度，实行拟稿人初审、科室负责人复审、分管领导终审，未经审核的信息一律不得发布。做好政策解读，重要文件与解读材料同步起草、同步审签、同步发布，通过图解、问答等形式回应群众关切。加强公开栏目日常维护，安排专人每周巡查，及时更新机构职能、办事指南、联系方式等内容。组织全体工作人员参加条例学习和保密审查培训2次，把信息公开工作纳入科室年度目标管理。" } } },
//!     { "body": { "name": "某县林业局" }, "sections": { "1": { "text": "严格执行政府信息公开规定。" } } } ] }
//! ```
use super::parts::{Parts, name_of};
use crate::{
    dossier::Dossier,
    narrative::similarity::{Fabric, SHORTEST_TEXT, Sketch, quoted, running_text},
    report::{AnnualReport, Location},
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Ruling, Severity, Violation},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "AGG-003",
    title: &Text::fixed("不同单位的报告不应相互雷同", "Reports of different bodies don't repeat each other"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    inputs: &[Input::Subordinates],
    basis: &[Basis::of_30("三（四）"), Basis::of_regulation("第四十七条")],
    source: include_str!("agg_003_repeated_reports.rs"),
    ..BuiltIn::new(check)
};

/// How many bodies of a group are named.
const NAMED: usize = 10;
/// How many pairs are compared exactly for each report, so that many reports stay bounded.
const EXACT_PER_REPORT: usize = 4;

/// Reports that repeat the first of them.
struct Group<'a> {
    first: &'a AnnualReport,
    sketch: Sketch,
    names: Vec<String>,
    /// The similarity of the second report to the first, and the passages that both have.
    second: Option<(usize, Vec<String>)>,
}

fn check(dossier: &Dossier) -> Ruling {
    let threshold = dossier.parameters.text_similarity;
    let parts = match Parts::of(dossier) {
        Ok(parts) => parts,
        Err(why) => return Ruling::not_applicable(why),
    };
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (at, report) in parts.reports.iter().enumerate() {
        let text = running_text(report);
        let fabric = Fabric::of(&text);
        if fabric.len() < SHORTEST_TEXT {
            continue;
        }
        let (sketch, name) = (fabric.sketch(), name_of(report, at));
        if !joined(&mut groups, &fabric, &sketch, &name, threshold) {
            groups.push(Group { first: report, sketch, names: vec![name], second: None });
        }
    }
    Ruling::of(groups.iter().filter_map(|group| repeated(group, threshold)))
}

/// Adds a report to the group that it repeats; `false` where there is none.
fn joined(groups: &mut [Group<'_>], fabric: &Fabric<'_>, sketch: &Sketch, name: &str, threshold: usize) -> bool {
    let near = groups.iter_mut().filter(|group| group.sketch.may_reach(sketch, threshold));
    for group in near.take(EXACT_PER_REPORT) {
        let text = running_text(group.first);
        let first = Fabric::of(&text);
        let similarity = first.similarity(fabric);
        if similarity >= threshold {
            // A report that was sent twice repeats nobody.
            if !group.names.iter().any(|own| own == name) {
                group.names.push(name.to_owned());
                group.second.get_or_insert_with(|| (similarity, first.passages(fabric)));
            }
            return true;
        }
    }
    false
}

fn repeated(group: &Group<'_>, threshold: usize) -> Option<Violation> {
    let (similarity, passages) = group.second.as_ref()?;
    let named = group.names.iter().take(NAMED).cloned().collect::<Vec<_>>().join("、");
    let (count, quoted) = (group.names.len(), quoted(passages));
    let more = if count > NAMED { "等" } else { "" };
    let message = Text::new(
        format!(
            "{named}{more} {count} 个单位的报告正文雷同，前两份相似度 {similarity}%（数字变化不计），相同的段落有：{quoted}"
        ),
        format!(
            "the reports of {count} bodies repeat each other: {named}; the first two are {similarity}% similar \
             (figures apart); passages in common: {quoted}"
        ),
    );
    Some(
        Violation::at(Location::Report, message)
            .expecting(
                Text::new(format!("相似度低于 {threshold}%"), format!("less than {threshold}% similar")),
                Text::new(format!("{named}{more}：{similarity}%"), format!("{named}: {similarity}%")),
            )
            .advising(Text::fixed(
                "退回有关单位，按各自的实际情况重新撰写",
                "have the bodies write their own reports anew",
            )),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text in which every three letters are unlike any other three.
    fn text(from: u32) -> String {
        (from..from + 300).filter_map(|letter| char::from_u32(0x4e00 + letter)).collect()
    }

    #[test]
    fn bodies_that_copied_one_text_are_one_finding() {
        let part = |name: String, preamble: String| {
            let mut report = AnnualReport { preamble, ..AnnualReport::default() };
            report.body.name = name;
            report
        };
        let copies = (0..60).map(|at| part(format!("第{at}局"), text(at % 2 * 1000)));
        let dossier = Dossier { subordinates: copies.collect(), ..Dossier::default() };
        let violations = check(&dossier).violations;
        assert_eq!(violations.len(), 2);
        assert!(violations.iter().all(|violation| violation.message.zh.contains("等 30 个单位")));
    }
}
