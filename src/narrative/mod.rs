//! What the text of a report states: who counts what, how many, in which sense, and where.
//!
//! A statement that may be about something else — an earlier year, one district of many, plans —
//! is not taken: a missed statement costs a warning, a wrong one costs trust.

mod denials;
mod documents;
mod find;
mod folded;
mod governor;
mod index;
mod lexicon;
mod lists;
pub mod meaning;
mod own_total;
mod reading;
mod scan;
mod sentence;
pub mod similarity;
mod tokens;
mod vocabulary;

pub use find::statements;
pub use index::{Index, Met, Passage};
pub use lexicon::List;

use crate::{report::Location, words::Text};

/// What a number in the text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// Applications received, in the open sense: 收到 and 受理 may count those carried in too.
    Received,
    /// Applications newly received, said to be new: 新收.
    ReceivedNew,
    /// Applications carried in from the year before.
    CarriedOver,
    /// Applications closed or answered.
    Closed,
    /// Applications carried on to the next year.
    CarriedForward,
    /// 予以公开.
    Granted,
    /// 部分公开.
    PartiallyGranted,
    /// 予以公开 and 部分公开 in one figure.
    GrantedOrPartially,
    /// 不予公开.
    Denied,
    /// 无法提供.
    Unavailable,
    /// 不予处理.
    NotProcessed,
    /// 其他处理.
    OtherOutcome,
    /// In other words, a share of 予以公开: 同意公开, 已主动公开.
    ShareOfGranted,
    /// In other words, a share of 无法提供: 信息不存在, 不属于本机关.
    ShareOfUnavailable,
    /// Applications of natural persons.
    NaturalPerson,
    /// Applications of legal persons and other organisations.
    Organization,
    /// Applications of companies.
    Business,
    /// Applications of research institutions.
    ResearchInstitution,
    /// Applications of public welfare organisations.
    PublicWelfareOrganization,
    /// Applications of legal service institutions.
    LegalServiceOrganization,
    /// Applications of other organisations.
    OtherOrganization,
    /// Applications that came by one channel: by letter, online, in person.
    Channel,
    /// Administrative reconsiderations.
    Reconsideration,
    /// Administrative litigation, both kinds together.
    Litigation,
    /// Litigation after reconsideration.
    LitigationAfterReconsideration,
    /// Litigation without reconsideration.
    DirectLitigation,
    /// Reconsiderations and litigation in one figure.
    ReconsiderationAndLitigation,
    /// Cases that ended, or didn't: 维持, 纠正, 其他, 尚未审结.
    Ended(Suits, Outcome),
    /// 规章 made in the year.
    RegulationsIssued,
    /// 规章 repealed in the year.
    RegulationsRepealed,
    /// 规章 in force.
    RegulationsInForce,
    /// Normative documents issued in the year.
    NormativeIssued,
    /// Normative documents repealed in the year.
    NormativeRepealed,
    /// Normative documents in force.
    NormativeInForce,
    /// Decisions on permits.
    Permits,
    /// Decisions on penalties.
    Penalties,
    /// Decisions on coercive measures.
    CoerciveMeasures,
    /// Administrative fees charged, in ten-thousandths of 万元, that is in 元.
    Fees,
    /// Charged for the processing of information, in 元.
    ProcessingFee,
    /// A number that the text leaves blank: __件, XX件. Its number is 0 and says nothing.
    Unfilled,
    /// A total whose parts the text lists; `parts` has their sum.
    ListedTotal,
}

impl Sense {
    /// The senses that aren't about how cases ended.
    const PLAIN: [Self; 40] = [
        Self::Received,
        Self::ReceivedNew,
        Self::CarriedOver,
        Self::Closed,
        Self::CarriedForward,
        Self::Granted,
        Self::PartiallyGranted,
        Self::GrantedOrPartially,
        Self::Denied,
        Self::Unavailable,
        Self::NotProcessed,
        Self::OtherOutcome,
        Self::ShareOfGranted,
        Self::ShareOfUnavailable,
        Self::NaturalPerson,
        Self::Organization,
        Self::Business,
        Self::ResearchInstitution,
        Self::PublicWelfareOrganization,
        Self::LegalServiceOrganization,
        Self::OtherOrganization,
        Self::Channel,
        Self::Reconsideration,
        Self::Litigation,
        Self::LitigationAfterReconsideration,
        Self::DirectLitigation,
        Self::ReconsiderationAndLitigation,
        Self::RegulationsIssued,
        Self::RegulationsRepealed,
        Self::RegulationsInForce,
        Self::NormativeIssued,
        Self::NormativeRepealed,
        Self::NormativeInForce,
        Self::Permits,
        Self::Penalties,
        Self::CoerciveMeasures,
        Self::Fees,
        Self::ProcessingFee,
        Self::Unfilled,
        Self::ListedTotal,
    ];

    /// All senses, those of how cases ended last.
    pub fn all() -> impl Iterator<Item = Self> {
        let ended = |suits: Suits| Outcome::ALL.into_iter().map(move |outcome| Self::Ended(suits, outcome));
        Self::PLAIN.into_iter().chain(Suits::ALL.into_iter().flat_map(ended))
    }

    /// Its name in the contract: `received`, `reconsideration_upheld`.
    pub fn name(self) -> String {
        let snake = |name: String| {
            let mut snake = String::with_capacity(name.len() + 4);
            for char in name.chars() {
                if char.is_uppercase() && !snake.is_empty() {
                    snake.push('_');
                }
                snake.push(char.to_ascii_lowercase());
            }
            snake
        };
        match self {
            Self::Ended(suits, outcome) => format!("{}_{}", suits.sense().name(), snake(format!("{outcome:?}"))),
            sense => snake(format!("{sense:?}")),
        }
    }

    /// What it is counted in: 元 for fees, 件 for what the tables count; empty where the text may count anything.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Fees | Self::ProcessingFee => "元",
            Self::Unfilled | Self::ListedTotal => "",
            _ => "件",
        }
    }
}

/// Which reviews or suits are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suits {
    /// 行政复议.
    Reconsideration,
    /// 行政诉讼, both kinds together.
    Litigation,
    /// 未经复议直接起诉.
    Direct,
    /// 复议后起诉.
    AfterReconsideration,
    /// 行政复议 and 行政诉讼 together.
    ReconsiderationAndLitigation,
}

/// How reviews or suits ended, as the columns of 表四.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// 结果维持.
    Upheld,
    /// 结果纠正.
    Corrected,
    /// 其他结果.
    Other,
    /// 尚未审结.
    Pending,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Upheld, Self::Corrected, Self::Other, Self::Pending];
}

impl Suits {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Reconsideration,
        Self::Litigation,
        Self::Direct,
        Self::AfterReconsideration,
        Self::ReconsiderationAndLitigation,
    ];

    /// The sense of a number of such cases.
    pub const fn sense(self) -> Sense {
        match self {
            Self::Reconsideration => Sense::Reconsideration,
            Self::Litigation => Sense::Litigation,
            Self::Direct => Sense::DirectLitigation,
            Self::AfterReconsideration => Sense::LitigationAfterReconsideration,
            Self::ReconsiderationAndLitigation => Sense::ReconsiderationAndLitigation,
        }
    }
}

/// How a number is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// The text gives the number.
    Counted,
    /// The text says that there were none: 未收到, 未发生.
    None,
    /// The text says it of all: 均获维持 (the number is that of the cases), 均已办结 (the number is 0).
    All,
}

/// What a text states, as far as it was looked at.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The statements, in the text's order.
    pub statements: Vec<Statement>,
    /// Why not all of the text was looked at, if so: then nobody can say what else it states.
    pub cut: Option<Cut>,
}

/// Why not all of a text was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// A sentence turns the direction of writing: what is stored and what is seen differ.
    Turned,
    /// A clause is longer than what is looked at.
    Long,
    /// It states more than is kept.
    Statements,
    /// Time ran out.
    Time,
}

impl Cut {
    /// Why, for people.
    pub const fn why(self) -> Text {
        match self {
            Self::Turned => Text::fixed(
                "正文有改变书写方向的控制字符，显示的数字与存储的不同，请删去后重新提交",
                "the text turns the direction of writing, so that what is seen differs from what is stored",
            ),
            Self::Long => Text::fixed(
                "正文有过长而无标点的句子，只核对了一部分，请人工核对",
                "a sentence is too long without a mark: it was read in part, compare it by hand",
            ),
            Self::Statements => Text::fixed(
                "正文中的数字过多，只核对了一部分，请人工核对",
                "the text states too many numbers: only the first were compared",
            ),
            Self::Time => Text::fixed("时限已到，正文未能全部核对", "out of time before all of the text was read"),
        }
    }
}

/// One thing that the text states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What is counted.
    pub sense: Sense,
    /// How the number is to be taken.
    pub claim: Claim,
    /// The number: a count; for fees in 元, with the decimal places that `places` tells.
    pub number: i64,
    /// The decimal places of a fee as it was printed, counted in 元; negative where it was rounded
    /// to more than an 元 (a fee in 万元 with two places has −2).
    pub places: i32,
    /// The percentage beside it, in units of its last printed digit, and the places printed.
    pub percent: Option<(i64, u32)>,
    /// The sum of the parts that the text lists under the number.
    pub parts: Option<i64>,
    /// The section, 1 to 6; 0 for the text before them.
    pub section: u8,
    /// The sentence's number in the section: what stands in one sentence belongs together.
    pub sentence: usize,
    /// The words, as printed.
    pub quote: String,
    /// Where they stand in the text of the section, in bytes.
    pub place: std::ops::Range<usize>,
    /// What else it may count: 办理 is received or closed.
    pub also: Option<Sense>,
    /// What the number is a part of, where the text says so: 其中.
    pub whole: Option<Sense>,
}

impl Statement {
    /// The text in which it stands.
    pub fn location(&self) -> Location {
        if self.section == 0 { Location::Preamble } else { Location::Section(self.section) }
    }
}
