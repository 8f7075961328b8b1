//! What a text says there was none of, and what it says of all: 未收到申请, 均已办结.

use super::{
    Claim, Outcome, Sense, Suits,
    reading::{Reading, speaks_of_applications, suits_of},
    sentence::{is_count, is_object, outcome_of},
    tokens::Token,
    vocabulary::Kind,
};

impl Reading<'_> {
    /// What the text says there was none of, in the clause of a word like 未.
    pub fn denied(&mut self, at: usize) {
        let end = self.sentence.clause_end(at);
        let words: Vec<(usize, Kind)> = self.sentence.words(at + 1, end).collect();
        let has = |wanted: Kind| words.iter().any(|(_, kind)| *kind == wanted);
        let none = |token: Token| matches!(token, Token::Number { digits: 1, is_numeral: true, .. });
        let mut tokens = (at + 1..end).map(|own| self.sentence.tokens[own].token);
        let counted = tokens.any(|token| is_count(token) && !none(token));
        if counted
            || has(Kind::Neutral) && words.len() == 1
            || !self.is_of_year && !has(Kind::Carry)
            || has(Kind::Including) && has(Kind::SomeOnly)
        {
            return;
        }
        let suits = words.iter().any(|(_, kind)| matches!(kind, Kind::Suit(_)));
        let last = words.last().map_or(at, |(own, _)| *own) + 1;
        if suits {
            self.denied_suits(at, &words, last);
        }
        if has(Kind::Issue) || has(Kind::Repeal) {
            return self.denied_documents(at, &words, last);
        }
        if let Some(sense) = self.denied_decision(&words).or_else(|| self.denied_outcome(&words)) {
            let statement = self.statement(sense, Claim::None, 0, at..last);
            self.found.push(statement);
            return;
        }
        let sense = if has(Kind::ProcessingFee) {
            Sense::ProcessingFee
        } else if has(Kind::Fees) {
            Sense::Fees
        } else if let Some((carry, _)) = words.iter().find(|(_, kind)| *kind == Kind::Carry) {
            let mut near = self.sentence.words(self.sentence.clause_start(at), end);
            let before = near.any(|(own, kind)| kind == Kind::LastYear && own.abs_diff(*carry) <= 3);
            if before { Sense::CarriedOver } else { Sense::CarriedForward }
        } else if !suits && self.denies_applications(at, &words) {
            Sense::Received
        } else {
            return;
        };
        if self.is_ours(sense, at) {
            let statement = self.statement(sense, Claim::None, 0, at..last);
            self.found.push(statement);
        }
    }

    /// 未实施行政强制.
    fn denied_decision(&self, words: &[(usize, Kind)]) -> Option<Sense> {
        let (place, kind) = words.iter().rfind(|(_, kind)| *kind != Kind::Decision)?;
        let sense = match kind {
            Kind::Permits => Sense::Permits,
            Kind::Penalties => Sense::Penalties,
            Kind::CoerciveMeasures => Sense::CoerciveMeasures,
            _ => return None,
        };
        let end = self.sentence.clause_end(*place);
        let behind = self.sentence.tokens.get(end).map_or(self.sentence.folded.text().len(), |own| own.at.start);
        let rest = &self.sentence.folded.text()[self.sentence.tokens[*place].at.end..behind];
        ["", "决定", "处理决定", "措施", "案件"].contains(&rest).then_some(sense)
    }

    /// 没有不予公开的情形.
    fn denied_outcome(&self, words: &[(usize, Kind)]) -> Option<Sense> {
        let [(place, kind)] = words else { return None };
        let rest = &self.sentence.folded.text()[self.sentence.tokens[*place].at.end..];
        let ends =
            ["情形", "情况", "的情形", "的情况", "的申请", "。", ",", ";"].iter().any(|end| rest.starts_with(end));
        outcome_of(*kind).filter(|_| ends && self.is_about_applications())
    }

    /// 未制定规章及行政规范性文件.
    fn denied_documents(&mut self, at: usize, words: &[(usize, Kind)], last: usize) {
        let has = |wanted: Kind| words.iter().any(|(_, kind)| *kind == wanted);
        let said = self.documents_before == Some(Kind::Normative);
        let (regulations, normative) = match has(Kind::Issue) {
            true => (Sense::RegulationsIssued, Sense::NormativeIssued),
            false => (Sense::RegulationsRepealed, Sense::NormativeRepealed),
        };
        let mut senses: Vec<Sense> = Vec::new();
        senses.extend(has(Kind::Regulations).then_some(regulations));
        senses.extend((has(Kind::Normative) || has(Kind::Document) && said).then_some(normative));
        for sense in senses {
            if self.is_ours(sense, at) {
                let statement = self.statement(sense, Claim::None, 0, at..last);
                self.found.push(statement);
            }
        }
    }

    /// Whether a clause says that no application came: 未收到…申请, 无依申请公开事项. Not that none was refused, or late.
    fn denies_applications(&self, at: usize, words: &[(usize, Kind)]) -> bool {
        let other = |kind: Kind| {
            matches!(
                kind,
                Kind::SomeOnly
                    | Kind::OtherMatter
                    | Kind::Time
                    | Kind::Denied
                    | Kind::Close
                    | Kind::Compare
                    | Kind::LostOnly
            ) || matches!(kind, Kind::Business | Kind::ResearchInstitution | Kind::PublicWelfare | Kind::LegalService)
        };
        let Some((object, kind)) = words.iter().rev().find(|(_, kind)| is_object(*kind)) else { return false };
        let behind: String =
            self.sentence.folded.text()[self.sentence.tokens[*object].at.end..].chars().take(8).collect();
        let ends = self.sentence.clause_end(at) == object + 1;
        let asked = *kind == Kind::Application
            || ends
            || ["申请", "事项", "件", "来信", "来函", "信息"].iter().any(|word| behind.contains(word));
        let verb = words.iter().any(|(_, kind)| matches!(kind, Kind::Receive | Kind::ReceiveNew | Kind::Handle));
        let first = words.iter().find(|(_, kind)| !matches!(kind, Kind::Including | Kind::ThisYear));
        let bare = first.is_some_and(|(own, kind)| {
            is_object(*kind)
                && self.sentence.between(at, *own).len() <= 9
                && !self.sentence.between(at, *own).contains('因')
        });
        asked
            && (verb || bare)
            && !words.iter().any(|(own, kind)| other(*kind) && !(*kind == Kind::OtherMatter && own > object))
    }

    fn denied_suits(&mut self, at: usize, words: &[(usize, Kind)], last: usize) {
        let lost = words.iter().any(|(_, kind)| matches!(kind, Kind::LostOnly));
        let some = words.iter().any(|(_, kind)| matches!(kind, Kind::SomeOnly));
        let ended = words.iter().find_map(|(_, kind)| match kind {
            Kind::Ended(outcome) => Some(*outcome),
            _ => None,
        });
        let corrected = ended == Some(Outcome::Corrected);
        let about = matches!(self.section, 1 | 4)
            || self.about
            || self.names_application
            || self.found.iter().any(|own| speaks_of_applications(own.sense) || own.claim == Claim::None)
            || self.sentence.words(at.saturating_sub(14), last).any(|(_, kind)| is_object(kind));
        if some || lost && !corrected || !about || !self.is_ours(Sense::Reconsideration, at) {
            return;
        }
        let mut senses: Vec<Sense> = Vec::new();
        for (_, kind) in words {
            let Kind::Suit(suits) = kind else { continue };
            let each: &[Suits] = match suits {
                Suits::ReconsiderationAndLitigation => &[Suits::Reconsideration, Suits::Litigation],
                own => std::slice::from_ref(own),
            };
            let sense = |own: &Suits| ended.map_or(own.sense(), |outcome| Sense::Ended(*own, outcome));
            senses.extend(each.iter().map(sense));
        }
        senses.sort_unstable();
        senses.dedup();
        for sense in senses {
            let statement = self.statement(sense, Claim::None, 0, at..last);
            self.found.push(statement);
        }
    }

    /// What the text says of all: 均已办结, 均获维持.
    pub fn of_all(&mut self, at: usize) {
        // 其余均已答复 says it of some; and offices of review have cases of others.
        let before = &self.sentence.folded.text()[..self.sentence.tokens[at].at.start];
        if before.ends_with("其余") || self.is_of_other_body {
            return;
        }
        // 均已全部办结 says it once.
        if at > 0 && self.sentence.word(at - 1) == Some(Kind::All) {
            return;
        }
        let end = self.sentence.clause_end(at);
        let words: Vec<(usize, Kind)> = self.sentence.words(at + 1, end).collect();
        let upheld = words.iter().find(|(_, kind)| *kind == Kind::Ended(Outcome::Upheld));
        if let Some((last, _)) = upheld {
            let counted: Vec<(Suits, i64)> = self.found[self.part.1..]
                .iter()
                .filter_map(|own| Some((suits_of(own.sense)?, own)))
                .filter(|(_, own)| own.claim == Claim::Counted && own.number > 0)
                .map(|(suits, own)| (suits, own.number))
                .collect();
            for (suits, number) in counted {
                let statement = self.statement(Sense::Ended(suits, Outcome::Upheld), Claim::All, number, at..last + 1);
                self.found.push(statement);
            }
            return;
        }
        let close = words.iter().find(|(_, kind)| {
            !matches!(kind, Kind::All | Kind::Handle | Kind::Neutral | Kind::Punctual | Kind::ThisYear)
        });
        let Some((last, Kind::Close)) = close else { return };
        let received = self.found.iter().any(|own| {
            matches!(own.sense, Sense::Received | Sense::ReceivedNew | Sense::Closed) && own.claim == Claim::Counted
        });
        let carried = self.found.iter().any(|own| own.sense == Sense::CarriedForward);
        let number = |own: usize| matches!(self.sentence.tokens[own].token, Token::Number { .. });
        let counted = (self.sentence.clause_start(at)..end).any(number);
        // 在法定期限内 is about time, not about all.
        if (received || self.about && self.found.is_empty())
            && !carried
            && !counted
            && !self.is_other
            && self.is_of_year
        {
            let statement = self.statement(Sense::Closed, Claim::All, 0, at..last + 1);
            self.found.push(statement);
        }
    }
}
