//! Which of several totals in a sentence is the body's own: 全县收到申请31件，其中我局收到5件.

use super::{Claim, Sense, Statement, reading::Reading};
use crate::words::clause::since;

/// Of several numbers received in a sentence only one is this body's: the one that says so, else the first.
pub(super) fn keep(reading: &mut Reading<'_>) {
    const OWN: [&str; 8] = ["我", "本局", "本机关", "合计", "总计", "全年", "本单位", "共计"];
    let is_total = |own: &Statement| own.sense == Sense::Received && own.claim == Claim::Counted;
    let found = &reading.found;
    let totals: Vec<usize> = (0..found.len()).filter(|at| is_total(&found[*at])).collect();
    if totals.len() < 2 {
        return;
    }
    let clause = |own: &Statement| {
        let before = &reading.sentence.folded.original()[..own.place.end];
        since(before, &['，', ',', '；', ';', '。', '、'])
    };
    let says = |at: &&usize| OWN.iter().any(|word| clause(&found[**at]).contains(word));
    // 办理 beside 收到 is what was done with them.
    let plain: Vec<usize> = totals.iter().copied().filter(|at| found[*at].also.is_none()).collect();
    let totals = if plain.is_empty() { totals } else { plain };
    let kept = totals.iter().find(says).or(totals.first()).copied();
    let mut at = 0;
    reading.found.retain(|own| {
        at += 1;
        !is_total(own) || Some(at - 1) == kept
    });
}
