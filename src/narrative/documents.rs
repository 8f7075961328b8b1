//! Documents that a number counts: 规章 and 规范性文件, made, repealed or in force.

use super::{Sense, reading::Reading, vocabulary::Kind};

impl Reading<'_> {
    /// Documents, by the verb nearest to them.
    pub fn documents(&self, kind: Kind, from: usize, at: usize, to: usize) -> Option<Sense> {
        let verb = |own: Kind| {
            matches!(own, Kind::Issue | Kind::Repeal | Kind::InForce)
                || own == Kind::Publish && kind == Kind::Regulations
        };
        let before = self.sentence.words(from, at).rev().find(|(_, kind)| verb(*kind));
        let (_, verb) = before.or_else(|| self.sentence.words(at + 1, to).find(|(_, kind)| verb(*kind)))?;
        self.document_sense(kind, verb, from, at)
    }

    /// Documents, where the verb is nearer to the number than they are.
    pub fn documents_by_verb(&self, verb: Kind, from: usize, at: usize, to: usize) -> Option<Sense> {
        let is_kind = |kind: &Kind| matches!(kind, Kind::Regulations | Kind::Normative);
        let named = self.sentence.words(from, to).map(|(_, kind)| kind).find(is_kind);
        let document = self.has(from, to, |kind| kind == Kind::Document);
        let bare = || {
            self.sentence.words(from, at).next_back().is_some_and(|(own, _)| self.sentence.between(own, at).len() <= 6)
        };
        let kind = named.or_else(|| self.documents_before.filter(|_| document || bare()))?;
        self.document_sense(kind, verb, from, at)
    }

    fn document_sense(&self, kind: Kind, verb: Kind, from: usize, at: usize) -> Option<Sense> {
        let of_townships = self.has(from, at, |kind| kind == Kind::Township) && !self.is_township();
        let sense = match (kind, verb) {
            (Kind::Regulations, Kind::Issue | Kind::Publish) => Sense::RegulationsIssued,
            (Kind::Regulations, Kind::Repeal) => Sense::RegulationsRepealed,
            (Kind::Regulations, _) => Sense::RegulationsInForce,
            (_, Kind::Issue | Kind::Publish) => Sense::NormativeIssued,
            (_, Kind::Repeal) => Sense::NormativeRepealed,
            _ => Sense::NormativeInForce,
        };
        (!of_townships).then_some(sense)
    }
}
