//! Ordinals neither skip nor repeat.
//!
//! 一是 … 三是 lost its 二是, or was numbered anew. Ordinals of one kind are followed through a section from
//! each 一是 or（一）on; one that begins anew at 一 is another list, perhaps within the first.
//!
//! # 说明
//! “一是……三是”“（一）……（三）”等序号应连续，不跳号、不重号；从“一”重新开始的视为另一组。
//!
//! # Bad
//! ```json
//! { "report": { "sections": { "3": { "text": "一是完善制度；三是加强培训。" } } } }
//! ```
//!
//! # Good
//! ```json
//! { "report": { "sections": { "3": { "text": "一是完善制度；二是加强培训。一是畅通渠道；二是及时答复。" } } } }
//! ```
//! ```json
//! { "report": { "sections": { "3": { "text": "一是完善制度；二是加强培训：一是集中授课，二是个别辅导。三是畅通渠道。" } } } }
//! ```
use crate::{
    dossier::Dossier,
    narrative::{List, Met, Passage},
    report::Location,
    rule::{Basis, BuiltIn, NOT_LEGACY, Ruling, Severity, Violation},
    rules::prose::at,
    words::Text,
};

pub(super) static RULE: BuiltIn = BuiltIn {
    code: "TXT-008",
    title: &Text::fixed("序号不应跳号或重号", "Ordinals neither skip nor repeat"),
    severity: Severity::Warning,
    editions: NOT_LEGACY,
    basis: &[Basis::of_30("三（二）（全面准确）"), Basis::of_30("三（四）"), Basis::accurate_before_30()],
    source: include_str!("txt_008_ordinals.rs"),
    ..BuiltIn::new(check)
};

const DIGITS: &str = "一二三四五六七八九十";
/// The most lists that stand open within each other.
const DEEPEST: usize = 50;

fn check(dossier: &Dossier) -> Ruling {
    let index = dossier.index();
    let texts = index.texts().filter(|passage| passage.location() != Location::Preamble && passage.gaps() == 0);
    let found = texts.flat_map(|passage| {
        let kinds = [List::Ordinals, List::BracketedOrdinals].into_iter();
        kinds.filter_map(|kind| first_break(passage, kind)).map(move |(before, met)| violation(passage, before, &met))
    });
    Ruling::of(found)
}

/// The first ordinal that neither goes on with a list that is open, nor begins a new one, with the
/// one before it. A list within a list closes when the outer one goes on.
fn first_break(passage: &Passage, kind: List) -> Option<(&'static str, Met)> {
    let text = passage.text();
    let mut open: Vec<usize> = Vec::new();
    let mut before = "";
    for met in passage.words(kind) {
        // 第一是, 十一是, 第二十条第（一）项, and the second of 第（五）（六）项 are no list.
        let last = text[..met.at.start].chars().next_back();
        let cites = || text[met.at.end..].starts_with(['项', '目', '款']) || text[met.at.end..].starts_with('(');
        if last.is_some_and(|char| char == '第' || DIGITS.contains(char)) || last == Some(')') || cites() {
            continue;
        }
        let number = met.number + 1;
        match open.iter().rposition(|last| last + 1 == number) {
            Some(list) => {
                open.truncate(list + 1);
                open[list] = number;
            }
            // Nobody nests lists so deep: it is a text without end that does.
            None if number == 1 && open.len() < DEEPEST => open.push(1),
            None if number == 1 => {}
            None if open.is_empty() => {}
            None => return Some((before, met)),
        }
        before = met.word;
    }
    None
}

fn violation(passage: &Passage, before: &str, met: &Met) -> Violation {
    let found = met.word;
    let message =
        Text::new(format!("“{before}”之后是“{found}”，序号不连续"), format!("“{before}” is followed by “{found}”"));
    at(passage, &met.at, message)
        .expecting(Text::fixed("连续的序号", "ordinals in sequence"), Text::same(format!("{before}…{found}")))
        .advising(Text::fixed("核对序号，补上缺漏的内容或改正序号", "check the ordinals"))
}
