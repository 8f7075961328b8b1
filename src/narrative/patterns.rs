//! How reports word what they count.
//!
//! Patterns are tried in their order; a number that one has taken is not looked at again. In each,
//! the group `n` is the number. They run over text in compatibility form without white space.

use regex::Regex;
use std::sync::LazyLock;

use super::Sense;

/// A wording and what it counts.
pub(super) struct Pattern {
    pub sense: Sense,
    pub regex: Regex,
}

/// What stands between a verb and its number: no digit, and no end of a clause.
const GAP: &str = r"[^\d,。;:!?%]";
/// A count with its unit.
const COUNT: &str = r"(?P<n>\d[\d,]*)(?:件次|件|宗|份|起|笔|例)";

/// The wordings of counted things, in the order in which they are tried.
pub(super) static COUNTED: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    use Sense as S;
    let of = |sense: Sense, pattern: &str| pattern_of(sense, &pattern.replace("GAP", GAP).replace("COUNT", COUNT));
    vec![
        // Carried on, before anything that would take 办理 in it for closed.
        of(
            S::CarriedForward,
            r"(?:结转|转结|转|顺延|延)(?:至|到|入)?(?:下一?年度?|次年|翌年|20\d\d年度?)(?:继续)?(?:办理|辦理|答复|处理)?GAP{0,6}COUNT",
        ),
        of(S::CarriedForward, r"结转GAP{0,8}继续(?:办理|处理)GAP{0,4}COUNT"),
        of(
            S::CarriedForward,
            r"COUNT[^\d,。;:!?%、]{0,24}(?:结转|转结|转|顺延|延)(?:至|到|入)?(?:下一?年度?|次年|20\d\d年度?)",
        ),
        // Carried in.
        of(S::CarriedOver, r"(?:上一?年度?|去年|20\d\d年度?)(?:度)?结转(?:至|到)?(?:本年度?|今年)?GAP{0,20}?COUNT"),
        of(S::ReceivedNew, r"新(?:收|受理|接收)(?:到)?(?:GAP{0,20}?申请GAP{0,6}?)?COUNT"),
        // Results, in the form's own words.
        of(S::GrantedOrPartially, r"予以公开(?:及|和|与|或|、)部分公开(?:的|答复|申请|共|共计)*COUNT"),
        of(
            S::PartiallyGranted,
            r"(?:予以)?部分公开(?:的|答复|申请|决定|共|共计|为)*(?P<n>\d[\d,]*)(?:件|宗|份|起|笔|,占)",
        ),
        of(S::Granted, r"予以公开(?:的|答复|申请|决定|共|共计|为)*COUNT"),
        of(S::Denied, r"不予公开(?:的|答复|申请|决定|共|共计|为)*COUNT"),
        of(S::Unavailable, r"无法提供(?:的|答复|申请|共|共计|为)*COUNT"),
        of(S::NotProcessed, r"不予处理(?:的|答复|申请|共|共计|为)*COUNT"),
        of(S::OtherOutcome, r"(?:作|做)?其他处理(?:\([^)]*\))?(?:的|答复|申请|共|共计|为)*COUNT"),
        // Results, in other words.
        of(S::ShareOfGranted, r"(?:属于)?(?:同意公开|已主动公开|主动公开范围)(?:的|共)*COUNT"),
        of(
            S::ShareOfUnavailable,
            r"(?:信息不存在|不属于本机关(?:公开|职责|掌握|制作)?(?:范围|信息)?|本机关不掌握)(?:的|共)*COUNT",
        ),
        // Applicants and channels.
        of(S::NaturalPerson, r"(?:自然人|公民|个人)(?:申请|提出|提交|的)*(?:共|共计)?COUNT"),
        of(S::Organization, r"法人(?:或|和|及|与|、)(?:者)?其他组织(?:申请|提出|提交|的)*(?:共|共计)?COUNT"),
        of(
            S::Channel,
            r"(?:信函|邮寄|信件|网络|网上|在线|互联网|当面|现场|电子邮件|邮箱|传真|窗口)(?:提交|提出|方式|申请|受理|渠道|平台|的)*(?:共|共计)?COUNT",
        ),
        // Reviews and suits; litigation after reconsideration before either of the two words.
        of(S::LitigationAfterReconsideration, r"复议后(?:提)?起诉(?:讼)?(?:的|案件)*COUNT"),
        of(S::DirectLitigation, r"未经复议直接起诉(?:的|案件)*COUNT"),
        of(S::Reconsideration, r"复议(?:申请|案件|案|共|共计|的|有)*COUNT"),
        of(S::Litigation, r"(?:行政诉讼|诉讼|应诉)(?:申请|案件|案|共|共计|的|有)*COUNT"),
        // Received, by verb and object in either order. 收到 without its object counts anything.
        of(
            S::Received,
            r"(?:收到|接收|受理|接到|收办|办理|收悉|处理)GAP{0,40}?(?:信息公开|依申请公开|依申请)GAP{0,16}?COUNT",
        ),
        of(S::Received, r"(?:收到|接收|受理|接到|收办)(?P<n>\d[\d,]*)(?:件|宗|份|起|笔)GAP{0,10}申请"),
        // Closed or answered.
        of(S::Closed, r"(?:办结|办理完毕|办理完成|答复|办复|回复|处理完毕)GAP{0,16}?COUNT"),
    ]
});

/// The wordings of table two's figures, for section two and the text about it.
pub(super) static DISCLOSED: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    use Sense as S;
    let of = |sense: Sense, pattern: &str| pattern_of(sense, &pattern.replace("GAP", GAP).replace("COUNT", COUNT));
    vec![
        of(S::NormativeInForce, r"现行有效(?:的)?(?:行政)?规范性文件(?:共|共计|为|的)*COUNT"),
        of(S::NormativeIssued, r"制发(?:的)?(?:行政)?规范性文件(?:共|共计|为|的)*COUNT"),
        of(S::NormativeRepealed, r"废止(?:的)?(?:行政)?规范性文件(?:共|共计|为|的)*COUNT"),
        of(
            S::Permits,
            r"行政许可(?:共|共计)?(?:作出)?处理决定(?:数量)?(?:共|共计|为)?(?P<n>\d[\d,]*)(?:件|起|宗|项|条|个|次)",
        ),
        of(
            S::Penalties,
            r"行政处罚(?:共|共计)?(?:作出)?处理决定(?:数量)?(?:共|共计|为)?(?P<n>\d[\d,]*)(?:件|起|宗|项|条|个|次)",
        ),
        of(
            S::CoerciveMeasures,
            r"行政强制(?:共|共计)?(?:作出)?处理决定(?:数量)?(?:共|共计|为)?(?P<n>\d[\d,]*)(?:件|起|宗|项|条|个|次)",
        ),
        of(
            S::Fees,
            r"行政事业性(?:收费|费用)(?:金额|总额)?(?:共|共计|合计|为)?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)",
        ),
    ]
});

/// A number that was left blank.
pub(super) static UNFILLED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:_{2,}|[XxＸ×]{1,4}|[△○□]{1,4})(?:件|宗|份|起|笔|万元)"));

/// No application was received.
pub(super) static NO_APPLICATION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:未|没有|无|尚未|从未)(?:收到|接到|受理|接收|涉及|产生|有)[^\d,。;!?]{0,24}?(?:信息公开|依申请公开|依申请)[^\d,。;!?复诉]{0,8}?(?:申请|来信|来函|件|事项)",
    )
});

/// Nothing was carried on.
pub(super) static NOTHING_CARRIED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:无|没有|未)(?:转结|结转|顺延)(?:至|到)?(?:下一?年度?|次年|20\d\d年)"));

/// No review, no suit, or neither.
pub(super) static NO_REMEDY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:未|没有|无|尚未)(?:发生|引发|出现|收到|涉及|产生|被|有|因)[^\d。;!?]{0,40}?(?:复议|诉讼)[^\d。;!?]{0,20}",
    )
});

/// All cases were upheld.
pub(super) static ALL_UPHELD: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:均|全部)(?:获|予以|被|得到)?维持"));

/// All applications were closed or answered.
pub(super) static ALL_CLOSED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:均|全部)(?:已)?(?:按时|按期|按期限|依法|在法定期限内?|在规定期限内?|予以|依规|规范|及时)*(?:办结|答复|办理完毕|回复)",
    )
});

/// A percentage behind a number.
pub(super) static PERCENT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:件|宗|份|起|笔)?,?(?:占比|占)[^\d,。;%]{0,10}(\d{1,3})(?:\.(\d{1,3}))?%"));

/// A total, behind which the list of its parts begins.
pub(super) static LISTED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?P<n>\d[\d,]*)(?P<unit>条|件|份)[,(]{0,2}其中:?"));

/// All information divided into what was and what wasn't made public: the division is whole.
pub(super) static DIVIDED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"信息总数(?P<n>\d[\d,]*)(?P<unit>条|件),?其中:?(?P<list>主动公开[^\d。;]{0,12}\d[\d,]*(?:条|件),依申请公开[^\d。;]{0,12}\d[\d,]*(?:条|件),不予公开[^\d。;]{0,12}\d[\d,]*(?:条|件))",
    )
});

/// A number with a unit, in a list.
pub(super) static ITEM: LazyLock<Regex> = LazyLock::new(|| regex(r"(\d[\d,]*)(?:条|件|份)"));

/// A year.
pub(super) static YEAR: LazyLock<Regex> = LazyLock::new(|| regex(r"((?:19|20)\d{2})年"));

fn pattern_of(sense: Sense, pattern: &str) -> Pattern {
    Pattern { sense, regex: regex(pattern) }
}

#[allow(clippy::expect_used, reason = "constant patterns, all compiled by the tests")]
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}
