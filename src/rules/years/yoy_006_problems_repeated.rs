//! Section five is not last year's over again.
//!
//! 30号 一（五） asks for problems and improvements that are this year's own, and forbids 年年雷同. Section
//! five is compared with last year's as YOY-005 compares whole texts; from a similarity of 80 percent on
//! it repeats last year's. Sections of fewer than 80 characters are not compared.
//!
//! # 说明
//! 第五部分（存在的主要问题及改进情况）与上一年度相似度达到 80% 的，属于年年雷同，30号文一（五）明确不得出现。比较方法同 YOY-005；不足 80 字的不比较。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "5": { "text": "（一）存在的主要问题。一是政策解读形式较为单一，图文、视频解读偏少；二是公开目录更新不够及时，个别栏目更新滞后；三是依申请公开答复文书不够规范，说理不够充分。\n（二）改进情况。一是增加图文和视频解读；二是按月检查公开目录的更新情况；三是组织答复文书专题培训3次。" } } },
//!   "previous": { "sections": { "5": { "text": "（一）存在的主要问题。一是政策解读形式较为单一，图文、视频解读偏少；二是公开目录更新不够及时，个别栏目更新滞后；三是依申请公开答复文书不够规范，说理不够充分。\n（二）改进情况。一是增加图文和视频解读；二是按月检查公开目录的更新情况；三是组织答复文书专题培训2次。" } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "sections": { "5": { "text": "（一）存在的主要问题。一是政策解读形式较为单一，图文、视频解读偏少；二是公开目录更新不够及时，个别栏目更新滞后；三是依申请公开答复文书不够规范，说理不够充分。\n（二）改进情况。一是增加图文和视频解读；二是针对上年网站检索功能不便的问题，改版检索页面；三是组织答复文书专题培训3次。" } } },
//!   "previous": { "sections": { "5": { "text": "（一）存在的主要问题。一是基层公开栏目内容偏少，群众关心的事项公开不细；二是工作人员变动较多，业务不够熟练；三是网站检索功能不便。\n（二）改进情况。一是编制基层公开事项清单；二是开展新任人员培训；三是优化网站检索，增加常用栏目入口。" } } } }
//! ```
use super::repetition::Comparison;
use crate::{
    narrative::similarity::SHORTEST_SECTION,
    report::{AnnualReport, Location},
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "YOY-006",
    title: &Text::fixed("问题与改进情况不应年年雷同", "Section five is not last year's over again"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("一（五）"), Basis::of_30("三（四）"), Basis::of_regulation("第四十七条")],
    source: include_str!("yoy_006_problems_repeated.rs"),
    ..BuiltIn::new(|dossier| COMPARISON.ruling(dossier, section_five))
};

static COMPARISON: Comparison = Comparison {
    location: Location::Section(5),
    name: Text::fixed("第五部分", "sections five"),
    shortest: SHORTEST_SECTION,
    threshold: |parameters| parameters.problems_similarity,
};

fn section_five(report: &AnnualReport) -> String {
    report.section(5).map(|section| section.text.clone()).unwrap_or_default()
}
