//! What the text of a report may state, by the names that rules use, for the manual.

use crate::narrative::{Outcome, Sense, Suits};
use crate::words::Text;

/// All names that `statement()` takes, with what each counts.
pub fn statements() -> impl Iterator<Item = (String, Text)> {
    Sense::all().map(|sense| (sense.name(), meaning(sense)))
}

fn meaning(sense: Sense) -> Text {
    match sense {
        Sense::Ended(suits, outcome) => ended(suits, outcome),
        Sense::Reconsideration => Text::fixed("行政复议件数", "administrative reconsiderations"),
        Sense::Litigation => Text::fixed("行政诉讼件数（两种合计）", "administrative litigation, both kinds together"),
        Sense::LitigationAfterReconsideration => Text::fixed("复议后起诉件数", "litigation after reconsideration"),
        Sense::DirectLitigation => Text::fixed("未经复议直接起诉件数", "litigation without reconsideration"),
        Sense::ReconsiderationAndLitigation => {
            Text::fixed("行政复议和行政诉讼合计件数", "reconsiderations and litigation in one figure")
        }
        sense => of_applications(sense).or_else(|| of_applicants(sense)).unwrap_or_else(|| of_others(sense)),
    }
}

fn of_applications(sense: Sense) -> Option<Text> {
    Some(match sense {
        Sense::Received => Text::fixed(
            "收到、受理的申请（可能含上年结转）",
            "applications received, which may count those carried over",
        ),
        Sense::ReceivedNew => Text::fixed("写明“新收”的申请", "applications said to be newly received"),
        Sense::CarriedOver => Text::fixed("上年结转的申请", "applications carried over from last year"),
        Sense::Closed => Text::fixed("办结、答复的申请", "applications closed or answered"),
        Sense::CarriedForward => Text::fixed("结转下年度的申请", "applications carried forward to next year"),
        Sense::Granted => Text::fixed("予以公开", "granted"),
        Sense::PartiallyGranted => Text::fixed("部分公开", "partially granted"),
        Sense::GrantedOrPartially => {
            Text::fixed("予以公开和部分公开合计", "granted and partially granted in one figure")
        }
        Sense::Denied => Text::fixed("不予公开", "denied"),
        Sense::Unavailable => Text::fixed("无法提供", "unavailable"),
        Sense::NotProcessed => Text::fixed("不予处理", "not processed"),
        Sense::OtherOutcome => Text::fixed("其他处理", "other outcomes"),
        Sense::ShareOfGranted => {
            Text::fixed("予以公开的一部分（同意公开、已主动公开等）", "a share of those granted, in other words")
        }
        Sense::ShareOfUnavailable => {
            Text::fixed("无法提供的一部分（信息不存在等）", "a share of those unavailable, in other words")
        }
        _ => return None,
    })
}

fn of_applicants(sense: Sense) -> Option<Text> {
    Some(match sense {
        Sense::NaturalPerson => Text::fixed("自然人的申请", "applications of natural persons"),
        Sense::Organization => Text::fixed("法人或其他组织的申请", "applications of organisations"),
        Sense::Business => Text::fixed("商业企业的申请", "applications of companies"),
        Sense::ResearchInstitution => Text::fixed("科研机构的申请", "applications of research institutions"),
        Sense::PublicWelfareOrganization => {
            Text::fixed("社会公益组织的申请", "applications of public welfare organisations")
        }
        Sense::LegalServiceOrganization => {
            Text::fixed("法律服务机构的申请", "applications of legal service organisations")
        }
        Sense::OtherOrganization => Text::fixed("其他组织的申请", "applications of other organisations"),
        Sense::Channel => Text::fixed(
            "某一渠道的申请（信函、网上、当面等）",
            "applications by one channel: by letter, online, in person",
        ),
        _ => return None,
    })
}

fn of_others(sense: Sense) -> Text {
    match sense {
        Sense::RegulationsIssued => Text::fixed("本年制发规章件数", "regulations made in the year"),
        Sense::RegulationsRepealed => Text::fixed("本年废止规章件数", "regulations repealed in the year"),
        Sense::RegulationsInForce => Text::fixed("现行有效规章件数", "regulations in force"),
        Sense::NormativeIssued => Text::fixed("本年制发规范性文件件数", "normative documents issued in the year"),
        Sense::NormativeRepealed => Text::fixed("本年废止规范性文件件数", "normative documents repealed in the year"),
        Sense::NormativeInForce => Text::fixed("现行有效规范性文件件数", "normative documents in force"),
        Sense::Permits => Text::fixed("行政许可决定数", "decisions on permits"),
        Sense::Penalties => Text::fixed("行政处罚决定数", "decisions on penalties"),
        Sense::CoerciveMeasures => Text::fixed("行政强制决定数", "decisions on coercive measures"),
        Sense::Fees => Text::fixed("行政事业性收费金额，单位元", "administrative fees, in 元"),
        Sense::ProcessingFee => Text::fixed("信息处理费金额，单位元", "the fee for processing information, in 元"),
        Sense::Unfilled => {
            Text::fixed("没有填写的数字（__件、XX件），值为 0", "a number left blank in the text; its value is 0")
        }
        _ => Text::fixed("正文列出各项的合计数", "a total whose parts the text lists"),
    }
}

fn ended(suits: Suits, outcome: Outcome) -> Text {
    let (zh, en) = match suits {
        Suits::Reconsideration => ("行政复议", "reconsiderations"),
        Suits::Litigation => ("行政诉讼（两种合计）", "litigation, both kinds together"),
        Suits::Direct => ("未经复议直接起诉", "litigation without reconsideration"),
        Suits::AfterReconsideration => ("复议后起诉", "litigation after reconsideration"),
        Suits::ReconsiderationAndLitigation => ("行政复议和行政诉讼", "reconsiderations and litigation"),
    };
    let (how_zh, how_en) = match outcome {
        Outcome::Upheld => ("结果维持", "upheld"),
        Outcome::Corrected => ("结果纠正", "corrected"),
        Outcome::Other => ("其他结果", "with another result"),
        Outcome::Pending => ("尚未审结", "pending"),
    };
    Text::new(format!("{zh}：{how_zh}"), format!("{en}: {how_en}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_statement_has_words_of_its_own() {
        let mut words: Vec<String> = super::statements().map(|(_, meaning)| meaning.zh.into_owned()).collect();
        let count = words.len();
        words.sort();
        words.dedup();
        assert!(count > 50 && words.len() == count);
    }
}
