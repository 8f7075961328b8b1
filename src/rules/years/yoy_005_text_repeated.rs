//! The text is not last year's over again.
//!
//! 30号 三（四） names reports that are alike among what makes somebody answerable. The preamble and all
//! sections are compared with last year's, letter by letter in shingles of three, figures and punctuation
//! apart; from a similarity of 85 percent on, the report is last year's with other figures. The message
//! quotes the longest passages that both have. Texts of fewer than 200 characters are not compared.
//!
//! # 说明
//! 报告正文（引言和各部分文字，不含表格）与上一年度相似度达到 85% 的，属于改数字照抄。比较时不计数字、标点和排版的不同，按每三个连续字的重合程度计算。正文不足 200 字的不比较。30号文三（四）点名的问题之一即内容雷同。
//!
//! # Bad
//! ```json 2019
//! {"previous": {"year": 2019, "preamble": "根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）编制本报告。报告由六个部分组成。所列数据的统计期限自2019年1月1日起至2019年12月31日止。", "sections": {"1": {"text": "2019年，白川市生态环境局认真贯彻落实《中华人民共和国政府信息公开条例》，政府信息公开工作平稳有序。\n（一）主动公开。全年通过局门户网站主动公开政府信息560条。\n（二）依申请公开。畅通申请渠道，规范办理程序，依法答复申请人。\n（三）政府信息管理。对规范性文件实行动态管理。\n（四）平台建设。完善局门户网站政府信息公开专栏。\n（五）监督保障。明确专人负责，组织业务培训两次。"}, "4": {"text": "2019年，未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。"}, "5": {"text": "（一）存在的主要问题。一是政策解读形式较为单一；二是公开目录更新不够及时。\n（二）改进情况。一是增加图文解读；二是按月检查公开目录的更新情况。"}, "6": {"text": "没有其他需要报告的事项。"}}}}
//! ```
//! ```json 2021
//! {"previous": {"year": 2022, "preamble": "根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）编制本报告。报告由六个部分组成。所列数据的统计期限自2022年1月1日起至2022年12月31日止。", "sections": {"1": {"text": "2022年，青溪县人民政府认真贯彻落实《中华人民共和国政府信息公开条例》，政府信息公开工作平稳有序。\n（一）主动公开。全年通过县政府门户网站主动公开政府信息1320条。\n（二）依申请公开。畅通申请渠道，规范办理程序，依法答复申请人。\n（三）政府信息管理。及时清理行政规范性文件，动态更新公开目录。\n（四）政府信息公开平台建设。完成县政府门户网站政府信息公开专栏改版。\n（五）监督保障。将政府信息公开纳入年度工作考核，组织社会评议一次，全年没有因政府信息公开工作被追究责任的情形。"}, "4": {"text": "2022年，因政府信息公开工作被申请行政复议2件，被提起行政诉讼1件。"}, "5": {"text": "（一）存在的主要问题。一是部分单位主动公开不够及时；二是答复文书不够规范。\n（二）改进情况。一是按季度检查各单位公开目录的更新情况；二是组织答复文书专题培训两次。"}, "6": {"text": "2022年，本机关依据《政府信息公开信息处理费管理办法》收取信息处理费0元。"}}}}
//! ```
//!
//! # Good
//! ```json
//! { "previous": { "preamble": "上一年度的正文写的是另外的事情。" } }
//! ```
use super::repetition::Comparison;
use crate::{
    narrative::similarity::{SHORTEST_TEXT, running_text},
    report::Location,
    rule::{Basis, BuiltIn, Input, NOT_LEGACY, Severity},
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "YOY-005",
    title: &Text::fixed("报告正文不应与上一年度雷同", "The text is not last year's over again"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    inputs: &[Input::Report, Input::Previous],
    basis: &[Basis::of_30("三（四）"), Basis::of_regulation("第四十七条")],
    source: include_str!("yoy_005_text_repeated.rs"),
    ..BuiltIn::new(|dossier| COMPARISON.ruling(dossier, running_text))
};

static COMPARISON: Comparison = Comparison {
    location: Location::Report,
    name: Text::fixed("报告正文", "the texts"),
    shortest: SHORTEST_TEXT,
    threshold: |parameters| parameters.text_similarity,
};
