//! Reports to measure with: each has figures and sentences of its own, so that no branch predictor learns one of them, and
//! all of them hold.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gouji::{
    report::AnnualReport,
    wire::{dossier::patched, report::report_to, v1},
};
use prost::Message;
use serde_json::{Value, json};

use crate::common::{clean, dossier};

/// What texts are made of. Marks in braces stand for figures of the tables, times the report's own factor.
const SENTENCES: [&str; 40] = [
    "认真贯彻落实《中华人民共和国政府信息公开条例》，把政府信息公开工作列入重要议事日程。",
    "坚持以公开为常态、不公开为例外，持续规范主动公开的内容和程序。",
    "围绕重大建设项目、公共资源配置和社会公益事业，及时发布群众关心的信息。",
    "全年新收政府信息公开申请{16}件，上年结转{2}件，依法办理和答复。",
    "完善依申请公开工作制度，规范登记、审核、办理、答复和归档各个环节。",
    "对内容复杂的申请，由承办单位会同法制机构共同研究，统一答复口径。",
    "加强政府信息全生命周期管理，明确制作、保存、清理和解密的责任。",
    "对历年公开的政策文件开展专项清理，标注有效性，方便公众查阅。",
    "门户网站开设政策解读专栏，用图表、问答和短视频说明政策要点。",
    "落实政务新媒体备案和巡查制度，关停长期不更新的账号。",
    "在政务服务中心、图书馆和档案馆设置查阅点，提供纸质文件和查询设备。",
    "将政府信息公开纳入年度综合考核，定期通报各单位工作情况。",
    "邀请群众代表和专家走进机关，面对面听取对公开工作的意见。",
    "组织业务培训，讲解申请办理流程和常见问题的处理方法。",
    "重大行政决策事项在网上征求意见，并公布采纳情况和理由。",
    "依法公开财政预算决算和部门收支，细化项目支出说明。",
    "做好生态环境、食品药品和安全生产等领域的监督检查信息公开。",
    "公开义务教育招生范围、条件和程序，回应家长关切。",
    "及时发布就业创业、社会保险和养老服务的申请条件与办理结果。",
    "规范村（居）务公开栏，推动基层公开向惠农补贴发放延伸。",
    "健全保密审查机制，坚持先审查、后公开，防止泄露个人隐私。",
    "定期抽查公开目录，对更新不及时的单位发出提醒并督促整改。",
    "畅通信函、网络和当面申请渠道，公布受理地址和联系方式。",
    "加强与申请人的沟通，引导其准确描述所需信息，提高答复质量。",
    "建立重点工作台账，逐项明确责任单位、完成时限和公开方式。",
    "对公开工作中的薄弱环节认真分析，制定改进措施并跟踪落实。",
    "推进公共企事业单位信息公开，明确教育、供水和供气等领域的公开事项。",
    "执行政府信息公开信息处理费管理办法，没有违规收费的情形。",
    "利用大数据分析公众搜索习惯，优化栏目设置和检索功能。",
    "规范行政执法信息公示，统一公示内容、格式和时限。",
    "加强政策发布、解读和回应的衔接，提高政策知晓度。",
    "组织开展自查自评，对发现的问题建立清单并限期整改。",
    "完善发布审核流程，实行分级负责和多人校对，减少文字差错。",
    "依托政务热线收集咨询问题，整理形成常见问题知识库。",
    "围绕优化营商环境，集中发布惠企政策并提供计算工具。",
    "加强历史文件电子化，逐步实现纸质文件的在线查阅。",
    "做好人大代表建议和政协委员提案办理结果的公开工作。",
    "开展公开标准化规范化建设，编制目录并动态调整。",
    "强化监督问责，对不履行公开义务的行为依法依规处理。",
    "与上级部门保持沟通，及时掌握政策要求并抓好落实。",
];

/// How much text a report has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// What it is called.
    pub name: &'static str,
    /// About how many characters the sections have in all.
    pub characters: usize,
}

/// Figures with next to no text, a short text, and one of the usual length.
pub const SIZES: [Size; 3] = [
    Size { name: "figures", characters: 0 },
    Size { name: "521 characters", characters: 521 },
    Size { name: "3,121 characters", characters: 3_121 },
];

/// Multiplies the counts of the tables: every relation holds as before.
fn times(value: &mut Value, factor: u64) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|own| times(own, factor)),
        Value::Number(number) => *value = json!(number.as_u64().unwrap_or_default() * factor),
        _ => {}
    }
}

/// Sentences from a place of the list on, until there are so many characters.
pub fn text(from: usize, characters: usize, factor: u64) -> String {
    let mut text = String::new();
    let mut at = from;
    while text.chars().count() < characters {
        // A step that shares no divisor with the length visits all of them.
        let sentence = SENTENCES[at % SENTENCES.len()];
        let figures = [("{16}", 16), ("{2}", 2)];
        text += &figures
            .iter()
            .fold(sentence.to_owned(), |text, (mark, own)| text.replace(mark, &(own * factor).to_string()));
        at += 7;
    }
    text
}

/// The `nth` report of a size, as a message.
pub fn report(size: Size, nth: usize) -> v1::AnnualReport {
    report_to(&printed(size, nth))
}

/// The `nth` report of a size.
pub fn printed(size: Size, nth: usize) -> AnnualReport {
    let factor = 1 + nth as u64 % 41;
    let mut value = clean("2021");
    let report = &mut value["report"];
    for table in ["applications", "remedies", "disclosure_2021"] {
        times(&mut report[table], factor);
    }
    // A department needs no more than this in its text.
    let first = "主动公开、依申请公开、政府信息管理、公开平台建设、监督保障各项工作均已落实。";
    let fifth = "存在的主要问题是更新不够及时，改进情况是按季度检查。";
    let left = size.characters.saturating_sub(80);
    let sections = json!({
        "1": { "text": format!("{first}{}", text(nth, left.min(850), factor)) },
        "4": { "text": "" },
        "5": { "text": format!("{fifth}{}", text(nth + 3, left.saturating_sub(850), factor)) },
        "6": { "text": "没有收取信息处理费。" },
    });
    let body = json!({ "name": "青溪县水务局", "kind": "KIND_DEPARTMENT" });
    let title = "青溪县水务局2023年政府信息公开工作年度报告";
    let patch = json!({ "report": { "body": body, "title": title, "preamble": "", "sections": sections,
        "published_on": { "year": 2024, "month": 1, "day": 20 } } });
    dossier(&patched(value, &patch)).report
}

/// The request to check the `nth` report of a size, encoded.
pub fn request(size: Size, nth: usize) -> Vec<u8> {
    let filing = v1::Filing { content: Some(v1::filing::Content::Report(report(size, nth).into())) };
    v1::CheckReportRequest { subject: Some(filing), ..Default::default() }.encode_to_vec()
}
