//! How the rules on repeated texts compare two texts and report the result.

use crate::{
    dossier::{Dossier, Parameters},
    narrative::similarity::{Fabric, quoted},
    report::{AnnualReport, Location},
    rule::{Ruling, Violation},
    words::Text,
};

/// Which text of a report is compared, and from which similarity it repeats another.
pub(super) struct Comparison {
    /// The place of a violation.
    pub location: Location,
    /// The name of the text.
    pub name: Text,
    /// Texts with fewer letters are not compared.
    pub shortest: usize,
    /// The similarity in percent from which the text is a repetition.
    pub threshold: fn(&Parameters) -> usize,
}

impl Comparison {
    /// The ruling on this year's text and last year's.
    pub fn ruling(&self, dossier: &Dossier, text: impl Fn(&AnnualReport) -> String) -> Ruling {
        let previous = match super::last_year(dossier) {
            Ok(previous) => previous,
            Err(why) => return Ruling::not_applicable(why),
        };
        let (text, last) = (text(&dossier.report), text(previous));
        let (text, last) = (Fabric::of(&text), Fabric::of(&last));
        if text.len().min(last.len()) < self.shortest {
            let (zh, en, shortest) = (&self.name.zh, &self.name.en, self.shortest);
            return Ruling::not_applicable(Text::new(
                format!("两年的{zh}中有一份不足 {shortest} 字，不作比较"),
                format!("one of the two {en} has fewer than {shortest} characters: they are not compared"),
            ));
        }
        let similarity = text.similarity(&last);
        let threshold = (self.threshold)(&dossier.parameters);
        Ruling::of((similarity >= threshold).then(|| self.repeated(similarity, threshold, &text.passages(&last))))
    }

    fn repeated(&self, similarity: usize, threshold: usize, passages: &[String]) -> Violation {
        let (zh, en) = (&self.name.zh, &self.name.en);
        let quoted = quoted(passages);
        let message = Text::new(
            format!("{zh}与上一年度相似度 {similarity}%（数字变化不计），相同的段落有：{quoted}"),
            format!("{en}: {similarity}% similar to last year's (figures apart); passages in common: {quoted}"),
        );
        Violation::at(self.location, message)
            .expecting(
                Text::new(format!("相似度低于 {threshold}%"), format!("less than {threshold}% similar")),
                Text::same(format!("{similarity}%")),
            )
            .advising(Text::fixed(
                "按本年度的实际情况重新撰写，不得年年雷同",
                "write it anew by what this year was like",
            ))
    }
}
