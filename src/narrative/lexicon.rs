//! The words that rules over text look for, in lists, together with the vocabulary of the statements; they are all
//! found in one pass: see [`super::scan`].
//!
//! Source: where no other is named, the words of 条例, 30号 and 60号, and the wordings and slips of real reports that
//! were read by hand. A word and what is meant instead are written `word=meant`.

use std::collections::BTreeMap;

use super::vocabulary::{Kind, WORDS};

/// A list of words that a rule looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// CON-001: the first of the five matters of 总体情况 (30号 一（一）), 主动公开.
    ActiveDisclosure,
    /// CON-001: 依申请公开.
    OnApplication,
    /// CON-001: 政府信息管理.
    Management,
    /// CON-001: 平台建设.
    Platform,
    /// CON-001: 监督保障.
    Safeguards,
    /// CON-002: what a government reports on (条例 50（四）, 30号 一（一）), 工作考核.
    Assessment,
    /// CON-002: 社会评议.
    Appraisal,
    /// CON-002: 责任追究.
    Accountability,
    /// CON-004: the words by which problems are told.
    Problems,
    /// CON-004: those of improvements.
    Improvements,
    /// CON-004, TXT-004: 将 with a verb is a plan.
    Will,
    /// CON-005: that charges were made.
    Charges,
    /// CON-005: or were not.
    NotCharged,
    /// CON-006: what the amounts behind it make up.
    Parts,
    /// CON-007: that no notice of charges was sent.
    NoNotice,
    /// CON-008: with which a period of reporting is given in other words.
    Period,
    /// CON-009: what only the old regulation says (国务院令第492号).
    OldRegulation,
    /// CON-010: words of headings, and words that say that there is nothing.
    Nothing,
    /// EDN-002: how texts name 60号, by number or by what only its title has.
    Notice60,
    /// EDN-002: how texts name 30号.
    Notice30,
    /// REG-005: documents of no kind.
    AnyDocument,
    /// REG-007: the text says why there are more cases than applications.
    CasesExplained,
    /// SEC-004: behind the number of parts that a text announces.
    Announced,
    /// SEC-006: words of the template, and of HTML, that are no part of a report.
    Leftovers,
    /// SEC-006: words of pages around a report.
    Navigation,
    /// TXT-004: 拟, 计划.
    Plans,
    /// TXT-006: what is met, and what is meant: only what can't be right in such a report.
    Misspelt,
    /// TXT-007: what was typed twice or lost a character.
    Slips,
    /// TXT-008: ordinals, in their order.
    Ordinals,
    /// TXT-008: ordinals in brackets.
    BracketedOrdinals,
    /// TXT-009: punctuation that is doubled, and entities of HTML.
    Punctuation,
    /// TXT-013: with which an address of the network begins.
    Address,
    /// TXT-013: with which a telephone number is told.
    Telephone,
}

impl List {
    /// How many there are.
    pub const COUNT: usize = LISTS.len();
}

/// The lists, in their order.
#[rustfmt::skip]
const LISTS: &[(List, &str)] = &[
    (List::ActiveDisclosure, "主动公开 主动发布 刊发 公示"),
    (List::OnApplication, "依申请 申请公开 公开申请"),
    (List::Management, "信息管理 制作与管理 制作和管理 公开管理 信息资源 文件管理 文件清理 文件备案 文件审查 文件审核 文件库 合法性审 \
        清理规范性文件 清理行政规范性文件 集中公开 归档 动态调整 信息审核 保密审查 公开审查 发布审核 三审 目录 公开属性"),
    (List::Platform, "平台 网站 政务新媒体 微信公众号 专栏 公报 查阅"),
    (List::Safeguards, "监督保障 监督检查 监督考核 监督指导 监督管理 监督与 监督和 专项检查 能力建设 考核 培训 评议 组织领导 责任追究 督查 督促"),
    (List::Assessment, "考核 绩效 考评"),
    (List::Appraisal, "评议 满意度 社会评价 第三方评估 监督员"),
    (List::Accountability, "追究 追责 问责"),
    (List::Problems, "问题 不足 不够 差距 短板 薄弱 有待 欠缺 不强 不高 需要进一步 还需 还不能 尚不能 未能 不能完全"),
    (List::Improvements, "改进 加强 提升 完善 下一步 举措 措施 优化 推进 强化 今后 健全"),
    (List::Will, "将"),
    (List::Charges, "处理费 收取 收费 免收 减免"),
    (List::NotCharged, "没有 未 无"),
    (List::Parts, "其中"),
    (List::NoNotice, "未发出 没有发出 未制发 无收费通知 未通知 没有制发"),
    (List::Period, "数据截至 数据截止 统计期为 统计时间 统计周期 统计期限 统计时限"),
    (List::OldRegulation, "生产、生活、科研等特殊需要 生产生活科研等特殊需要 国务院令第492号 收费及减免情况 检索、复制、邮寄等成本费用"),
    (List::Nothing, "政府信息公开工作 存在的主要问题 主要问题 存在问题 存在的问题 改进情况 改进措施 下一步工作 问题 改进 措施 情况 暂无 没有 不存在 无 及"),
    (List::Notice60, "2019〕60号 2019]60号 2019)60号 年度报告有关事项的通知"),
    (List::Notice30, "2021〕30号 2021]30号 2021)30号 年度报告格式"),
    (List::AnyDocument, "文件 公文"),
    (List::CasesExplained, "上年申请 上年度申请 往年申请 以前年度 上年度办理 共同被告 上级机关 作为被申请人 去年申请 2次复议 同一申请"),
    (List::Announced, "部分 方面"),
    (List::Leftovers, "该部分以表格形式报告 此部分以表格形式报告 (文字描述 <!-- </"),
    (List::Navigation, "当前位置 打印本页 关闭窗口 上一篇 下一篇 QQ空间"),
    (List::Plans, "将 拟 计划"),
    (List::Misspelt, "不子公开=不予公开 予已公开=予以公开 不子处理=不予处理 全融局=金融局 “大保”=“六保” 信息公幵=信息公开 政府信急=政府信息 \
        信息公升=信息公开 依申清=依申请 申清人=申请人 行政夏议=行政复议 行政复仪=行政复议 行政法复议=行政复议 行政诉松=行政诉讼 \
        行政诉颂=行政诉讼 信息公开条列=信息公开条例 信息公开条倒=信息公开条例 无法题供=无法提供 规范姓文件=规范性文件 规犯性文件=规范性文件 \
        行政许可证可=行政许可 行政处法=行政处罚 行政强质=行政强制 事业性收废=事业性收费 结传下年度=结转下年度 接转下年度=结转下年度 \
        主动公幵=主动公开 政务新煤体=政务新媒体 门户网战=门户网站 公开指男=公开指南 责任追就=责任追究 社会平议=社会评议 保秘审查=保密审查 \
        统计其限=统计期限 按时达复=按时答复 重大决测=重大决策"),
    (List::Slips, "的的=的 了了=了 和和=和 信息信息=信息 公开公开=公开 申请申请=申请 情况情况=情况 进一步进一步=进一步 政府信公开=政府信息公开 \
        政府息公开=政府信息公开 信息公工作=信息公开工作 依申公开=依申请公开 公共企事业单信息=公共企事业单位信息 \
        行政复诉讼=行政复议、行政诉讼 受理渠。=受理渠道。 规范性件=规范性文件 年报告度=年度报告"),
    (List::Ordinals, "一是 二是 三是 四是 五是 六是 七是 八是 九是 十是"),
    (List::BracketedOrdinals, "(一) (二) (三) (四) (五) (六) (七) (八) (九) (十)"),
    (List::Punctuation, "。。 ,, 、、 ;; :: ,。 。, 、。 ;。 ,; &nbsp; &amp; &lt; &gt; &quot; &ldquo;"),
    (List::Address, "http:// https:// www."),
    (List::Telephone, "电话 传真"),
];

/// A word of the lexicon: what it says of a number, if anything, and the lists in which it stands.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub text: &'static str,
    pub kind: Option<Kind>,
    /// Each list with the word's place in it, and what is meant instead.
    pub lists: Vec<(List, usize, &'static str)>,
}

/// The words of the vocabulary and of the lists, each once, in their order.
pub(super) fn words() -> Vec<Word> {
    let mut words: BTreeMap<&'static str, Word> = BTreeMap::new();
    for (kind, text) in WORDS.iter().flat_map(|(kind, words)| words.iter().map(move |word| (*kind, *word))) {
        words.entry(text).or_default().kind = Some(kind);
    }
    for (list, all) in LISTS {
        for (at, word) in all.split_whitespace().enumerate() {
            let (text, meant) = word.split_once('=').unwrap_or((word, ""));
            words.entry(text).or_default().lists.push((*list, at, meant));
        }
    }
    words.into_iter().map(|(text, word)| Word { text, ..word }).collect()
}
