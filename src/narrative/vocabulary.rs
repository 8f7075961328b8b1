//! The words that reports count with, each with its kind: see [`super::lexicon`].
//!
//! Source: the words of 30号 and its form, and the wordings of real reports that were read by hand. Words that contain
//! others (无法提供 and 无, 未经复议 and 未) are here so that the longest is met.

use super::{Outcome, Suits};

/// What a word says of the number that it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// 收到, 受理.
    Receive,
    /// 新收.
    ReceiveNew,
    /// 办结, 答复.
    Close,
    /// 办理, 处理: received or closed.
    Handle,
    /// 申请: what is received and closed.
    Application,
    /// 依申请公开, 信息公开: applications, or an attribute of something else.
    Disclosure,
    /// Results of 表三.
    Granted,
    PartiallyGranted,
    GrantedOrPartially,
    Denied,
    Unavailable,
    NotProcessed,
    OtherOutcome,
    ShareOfGranted,
    ShareOfUnavailable,
    /// 结转.
    Carry,
    /// 转下年度: carried on.
    CarryOn,
    /// The year behind, where something is carried to.
    NextYear,
    /// The year before.
    LastYear,
    /// This year.
    ThisYear,
    /// Applicants.
    NaturalPerson,
    Organization,
    Business,
    ResearchInstitution,
    PublicWelfare,
    LegalService,
    OtherOrganization,
    /// Ways to apply.
    Channel,
    /// Reviews and suits, and how they ended.
    Suit(Suits),
    Ended(Outcome),
    /// 规章.
    Regulations,
    /// 规范性文件.
    Normative,
    /// 文件, beside those.
    Document,
    Issue,
    Repeal,
    InForce,
    Permits,
    Penalties,
    CoerciveMeasures,
    /// 处理决定.
    Decision,
    /// 行政事业性收费.
    Fees,
    /// 信息处理费.
    ProcessingFee,
    /// 未, 无, 没有.
    Negation,
    /// 均, 全部.
    All,
    /// 较, 同比, 增加: the number is a difference.
    Compare,
    /// 其中: the numbers that follow are parts.
    Parts,
    /// 含, 包括.
    Including,
    /// 占.
    Share,
    /// 信访, 提案: what offices receive and answer beside applications.
    OtherMatter,
    /// 本级, 办公室: a part of what a government reports on.
    OwnOffice,
    /// 复议机关, 基层单位: others.
    OtherBody,
    /// 全市, 全省: more than this body, if it is below.
    WholeCity,
    WholeProvince,
    /// 我县, 本局.
    Ours,
    /// 未办结, 正在办理: carried on.
    Unfinished,
    /// 乡镇, 街道.
    Township,
    /// 期限: what is said is about time.
    Time,
    /// 按时, 及时: beside what was done.
    Punctual,
    /// 公开 by itself: 予以公开 where the text is about results.
    Public,
    /// 公布: of 规章 that they were issued.
    Publish,
    /// 计划, 拟: not yet so.
    Plan,
    /// 延期答复, 主动公开: counts something else.
    Else,
    /// 隐私, 重复: some applications only.
    SomeOnly,
    /// 不当, 违法: lost cases only.
    LostOnly,
    /// Words that contain others, and say nothing here.
    Neutral,
}

/// The words, by their kinds.
#[rustfmt::skip]
pub(super) const WORDS: &[(Kind, &[&str])] = &[
    (Kind::Receive, &["收到", "接收", "受理", "接到", "收办", "收悉", "接收处理", "接件", "接受"]),
    (Kind::ReceiveNew, &["新收", "新收到", "新受理", "新接收", "新增受理", "新增收到", "新接"]),
    (Kind::Close, &["办结", "答复", "办复", "回复", "办理完毕", "处理完毕", "办理完成", "办理答复", "办理并答复", "受理并答复",
        "受理并办结", "完成答复", "作出答复", "予以答复", "给予答复", "依法答复", "办理结果", "办毕", "已办", "审结答复"]),
    (Kind::Handle, &["办理", "处理", "处置"]),
    (Kind::Application, &["申请", "政府信息公开申请", "信息公开申请", "申请公开", "依申请公开申请", "依申请件", "申请件", "依申请公开件",
        "公开申请"]),
    (Kind::Disclosure, &["依申请公开", "依申请", "信息公开", "政府信息公开", "依申请公开政府信息", "依申请公开信息"]),
    (Kind::Granted, &["予以公开", "予公开", "全部公开", "准予公开", "予以全部公开"]),
    (Kind::PartiallyGranted, &["区分处理后公开", "区分处理后予以公开", "区分处理", "部分公开", "予以部分公开", "部分予以公开"]),
    (Kind::GrantedOrPartially, &["予以公开及部分公开", "予以公开和部分公开", "予以公开与部分公开", "予以公开或部分公开", "予以公开、部分公开",
        "予以公开或者部分公开", "公开和部分公开", "公开或部分公开", "公开及部分公开", "予以公开(含部分公开)", "公开(含部分公开)"]),
    (Kind::Denied, &["不予公开", "不公开"]),
    (Kind::Unavailable, &["无法提供"]),
    (Kind::NotProcessed, &["不予处理"]),
    (Kind::OtherOutcome, &["其他处理", "作其他处理", "做其他处理", "其它处理", "其他方式处理"]),
    (Kind::ShareOfGranted, &["同意公开", "公开答复", "已主动公开", "主动公开范围", "属于主动公开"]),
    (Kind::ShareOfUnavailable, &["信息不存在", "本机关不掌握", "不掌握相关", "不属于本机关", "不属于本行政机关", "政府信息不存在",
        "没有现成信息", "非本机关"]),
    (Kind::Carry, &["结转", "转结", "顺延", "转入", "结转至", "转至", "延至", "转到", "延续", "结存"]),
    (Kind::CarryOn, &["转下年", "转下年度", "转下一年", "转下一年度", "转入下年度", "转入下一年度", "转至下年度", "转至下一年度", "转次年",
        "留转"]),
    (Kind::NextYear, &["下年", "下一年", "下年度", "下一年度", "次年", "翌年", "来年", "明年"]),
    (Kind::LastYear, &["上年", "上一年", "上年度", "上一年度", "去年", "往年", "历年", "同期", "前年", "近年来", "以往",
        "上半年", "下半年", "年来", "以来", "第一季度", "第二季度", "第三季度", "第四季度", "一季度", "二季度", "三季度", "四季度", "近两年",
        "近三年", "近五年", "1至6月", "1-6月", "7至12月", "7-12月", "截至1月底", "截至2月底", "截至3月底", "截至4月底", "截至5月底", "截至6月底",
        "截至7月底", "截至8月底", "截至9月底", "截至10月底", "截至11月底"]),
    (Kind::ThisYear, &["本年", "本年度", "今年", "全年", "年内", "当年", "年度"]),
    (Kind::NaturalPerson, &["自然人", "公民", "个人"]),
    (Kind::Organization, &["法人或其他组织", "法人和其他组织", "法人及其他组织", "法人与其他组织", "法人、其他组织", "法人或者其他组织",
        "法人或组织", "法人", "企业及其他组织", "企业和其他组织", "企业法人"]),
    (Kind::Business, &["商业企业", "企业"]),
    (Kind::ResearchInstitution, &["科研机构"]),
    (Kind::PublicWelfare, &["社会公益组织", "公益组织"]),
    (Kind::LegalService, &["法律服务机构", "律师事务所"]),
    (Kind::OtherOrganization, &["其他组织", "其他机构"]),
    (Kind::Channel, &["网站平台", "平台提交", "网站提交", "系统提交", "邮寄信函", "信函", "邮寄", "网络", "网上", "线上", "线下", "在线", "互联网", "当面", "现场", "电子邮件", "电子邮箱",
        "邮箱", "传真", "窗口", "纸质", "书面", "信函申请", "网络申请", "当面申请", "在线申请", "邮政", "快递", "挂号信", "EMS",
        "网站申请", "平台申请", "微信", "面对面", "来信申请", "信件申请", "现场申请", "网上申请", "系统申请", "邮件"]),
    (Kind::Suit(Suits::Reconsideration), &["行政复议", "复议"]),
    (Kind::Suit(Suits::Litigation), &["行政诉讼", "诉讼", "应诉", "行政应诉", "起诉", "诉讼应诉", "行政诉讼应诉"]),
    (Kind::Suit(Suits::Direct), &["未经复议直接起诉", "未经复议直接提起诉讼", "直接起诉", "直接提起诉讼", "未经行政复议直接起诉"]),
    (Kind::Suit(Suits::AfterReconsideration), &["复议后起诉", "经复议后起诉", "复议后提起诉讼", "复议后诉讼", "复议后提起行政诉讼",
        "复议后应诉"]),
    (Kind::Suit(Suits::ReconsiderationAndLitigation), &["行政复议、行政诉讼", "行政复议和行政诉讼", "行政复议及行政诉讼",
        "行政复议与行政诉讼", "行政复议、诉讼", "复议诉讼", "行政复议或行政诉讼", "行政复议(诉讼)", "行政复议诉讼", "复议、诉讼", "复议和诉讼",
        "行政复议和诉讼", "行政复议及诉讼", "行政复议或诉讼", "行政复议、应诉", "行政诉讼、行政复议", "行政诉讼和行政复议", "行政复议或者行政诉讼",
        "复议及诉讼", "诉讼、复议", "诉讼和复议", "行政复议以及行政诉讼", "行政复议、行政应诉", "行政复议和行政应诉", "复议、应诉", "行政诉讼及行政复议",
        "复议或诉讼"]),
    (Kind::Ended(Outcome::Upheld), &["维持", "结果维持", "驳回", "胜诉", "驳回诉讼请求"]),
    (Kind::Ended(Outcome::Corrected), &["纠正", "结果纠正", "纠错", "败诉", "撤销", "责令", "被纠错", "确认违法", "被撤销"]),
    (Kind::Ended(Outcome::Other), &["其他结果", "撤回", "终止"]),
    (Kind::Ended(Outcome::Pending), &["尚未审结", "未审结", "正在审理", "审理中", "尚未结案", "未结案", "尚在审理", "尚未审理",
        "在审"]),
    (Kind::Regulations, &["规章", "政府规章", "行政规章"]),
    (Kind::Normative, &["规范性文件", "行政规范性文件"]),
    (Kind::Document, &["文件"]),
    (Kind::Issue, &["制定", "制发", "印发", "出台", "制定发布", "制定印发", "制定出台", "新制定", "新出台", "颁布"]),
    (Kind::Repeal, &["废止", "失效", "宣布失效", "废止失效", "清理废止", "废止和失效", "废止或失效", "宣布废止"]),
    (Kind::InForce, &["现行有效", "继续有效", "现行", "保留有效", "有效"]),
    (Kind::Permits, &["行政许可"]),
    (Kind::Penalties, &["行政处罚"]),
    (Kind::CoerciveMeasures, &["行政强制"]),
    (Kind::Decision, &["处理决定", "决定", "处理决定数量"]),
    (Kind::Fees, &["行政事业性收费", "行政事业性费用", "行政事业收费"]),
    (Kind::ProcessingFee, &["信息公开处理费", "政府信息公开处理费", "信息处理费", "政府信息公开信息处理费"]),
    (Kind::Negation, &["未", "无", "没有", "尚未", "从未", "未曾", "均未", "不存在", "没", "零"]),
    (Kind::All, &["均", "全部", "都", "悉数", "一律", "均已", "全部已"]),
    (Kind::Compare, &["比", "较", "同比", "增加", "增长", "减少", "下降", "回落", "上升", "相比", "对比", "增幅", "降幅",
        "多", "少", "提升", "环比", "上涨"]),
    (Kind::Parts, &["其中", "分别为", "具体为"]),
    (Kind::Including, &["含", "包括", "包含", "涉及"]),
    (Kind::Share, &["占", "占比", "占总数", "比例", "比重", "率"]),
    (Kind::OtherMatter, &["信访", "提案", "建议", "投诉", "工单", "留言", "热线", "咨询", "诉求", "来信", "信件", "举报",
        "案卷", "信箱", "12345", "公文", "答问", "解读", "舆情", "问政", "来电", "群众来访", "人大代表", "政协委员", "议案",
        "网民", "政务服务大厅", "政务大厅", "办事大厅", "行政许可申请", "案件查询", "民意", "微博", "公众号", "求助", "会议", "培训", "信用", "报件", "审批件"]),
    (Kind::OwnOffice, &["本级", "办公室", "办公厅", "本机关", "政府办"]),
    (Kind::WholeCity, &["全市"]),
    (Kind::WholeProvince, &["全省", "全国", "全区域"]),
    (Kind::Ours, &["我省", "我市", "我县", "我区", "我旗", "我局", "我委", "我厅", "我办", "我镇", "我乡", "我街道", "我中心", "我单位", "本局", "本县",
        "本镇", "本街道"]),
    (Kind::Unfinished, &["未办结", "尚未办结", "未办理完毕", "尚未办理完毕", "尚未答复", "正在办理", "正在办理中", "办理中", "待办理", "待办",
        "尚在办理", "尚在办理中"]),
    (Kind::OtherBody, &["各部门", "下级机关", "公共企事业单位", "法院受理", "复议机关", "作为行政复议机关", "作为复议机关", "基层单位", "下属单位", "所属单位", "同级"]),
    (Kind::Township, &["乡镇", "街道", "镇街", "乡镇(街道)"]),
    (Kind::Time, &["期限", "时限", "工作日", "法定期限", "规定期限", "逾期", "未逾期", "超期"]),
    (Kind::Punctual, &["按时", "按期", "及时", "限期", "如期", "按时限", "按规定"]),
    (Kind::Public, &["公开"]),
    (Kind::Publish, &["公布", "发布"]),
    (Kind::Plan, &["计划", "拟", "预计", "力争", "将于"]),
    (Kind::Else, &["依申请公开及不予公开", "依申请公开和不予公开", "依申请公开、不予公开", "审结", "提前办结", "延长", "延长了", "延期答复", "延长答复", "延长答复期限", "延期办理", "主动公开", "开庭", "出庭", "答辩", "听证", "调解", "协助",
        "转办", "补正", "告知书", "解读文件", "登记", "公开政府信息", "公开信息", "发布信息", "主动公开政府信息"]),
    (Kind::SomeOnly, &["隐私", "国家秘密", "商业秘密", "收费", "不满", "重复", "无理", "个人隐私", "口头", "来自", "补正后", "新的", "同一申请人", "同一"]),
    (Kind::LostOnly, &["变更", "违法", "被确认", "不当", "过错", "责任"]),
    (Kind::Neutral, &["不予受理", "不予受理的", "无正当理由", "无效", "无关", "全部内容", "无纸化", "无障碍", "未来", "未成年",
        "较好", "较大", "较多", "较少", "较高", "较为", "比较", "多次", "多种", "多个", "多项", "多样", "许多", "诸多", "更多",
        "众多", "大多", "多渠道", "多元", "多媒体", "不断", "法人代表", "无偿", "无锡", "比例尺", "都市", "成都", "首都", "都江堰",
        "处理方式", "文件精神", "申请人", "申请表", "申请方式", "申请渠道", "个人信息", "企业信用", "一律不", "含义", "无条件",
        "减少数", "率先", "效率", "至少", "处理情况", "办理情况", "办理流程", "答复书", "答复文书", "答复格式", "答复质量", "工作制度",
        "较强", "工作机制", "无误", "办理工作", "行政复议法", "行政诉讼法", "诉讼风险", "复议风险", "占用", "占地", "抢占",
        "占位", "少数民族", "少年", "缺少", "多家", "企业家", "多数", "信访举报投诉类", "信访举报投诉类申请", "信访、举报、投诉类",
        "信访、投诉、举报类", "信访、举报、投诉", "行政执法案卷", "行政执法案卷信息", "行政查询事项", "工作公开", "政务公开", "公开工作", "公开条例",
        "公开目录", "公开平台", "公开指南", "公开栏", "公开专栏", "公开范围", "公开内容", "公开方式", "公开渠道", "公开流程", "公开制度",
        "公开年度报告", "公开时限"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_twice() {
        let mut words: Vec<&str> = WORDS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        words.sort_unstable();
        let before = words.len();
        words.dedup();
        assert_eq!(words.len(), before, "a word stands twice");
    }
}
