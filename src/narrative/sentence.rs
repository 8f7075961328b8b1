//! A sentence as statements are looked for in it: its tokens without asides, and what each clause is about.

use super::{
    Sense,
    folded::Folded,
    tokens::{Placed, Token, Unit},
    vocabulary::Kind,
};

/// How far a clause is looked at, in tokens: the longest of a real report has some thirty.
const REACH: usize = 120;

/// A sentence of a section.
pub(super) struct Sentence<'a> {
    pub folded: &'a Folded,
    /// The tokens, without those in brackets that only name something.
    pub tokens: Vec<&'a Placed>,
    /// How often a token was looked at.
    #[cfg(test)]
    looks: std::cell::Cell<usize>,
}

impl<'a> Sentence<'a> {
    /// The sentence that tokens make up.
    pub fn of(folded: &'a Folded, tokens: &'a [Placed]) -> Self {
        Self {
            folded,
            tokens: without_asides(tokens),
            #[cfg(test)]
            looks: std::cell::Cell::default(),
        }
    }

    /// The word at a place.
    pub fn word(&self, at: usize) -> Option<Kind> {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        match self.tokens.get(at)?.token {
            Token::Word(kind) => Some(kind),
            _ => None,
        }
    }

    /// How often a token was looked at.
    #[cfg(test)]
    pub fn looks(&self) -> usize {
        self.looks.get()
    }

    /// The words of a part, each with its place among the tokens.
    pub fn words(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = (usize, Kind)> + '_ {
        (from..to.min(self.tokens.len())).filter_map(|at| Some((at, self.word(at)?)))
    }

    /// The text between two tokens.
    pub fn between(&self, from: usize, to: usize) -> &str {
        let (from, to) = (self.tokens[from].at.end, self.tokens[to].at.start);
        self.folded.text().get(from..to).unwrap_or_default()
    }

    /// Whether a clause goes on beyond what is looked at.
    pub fn is_too_long(&self) -> bool {
        self.tokens.split(|placed| ends_clause(placed.token)).any(|clause| clause.len() > REACH)
    }

    /// Where the clause of a token begins.
    pub fn clause_start(&self, at: usize) -> usize {
        let from = at.saturating_sub(REACH);
        (from..at).rev().find(|before| ends_clause(self.tokens[*before].token)).map_or(from, |before| before + 1)
    }

    /// Where the clause of a token ends.
    pub fn clause_end(&self, at: usize) -> usize {
        let to = self.tokens.len().min(at + REACH);
        (at..to).find(|own| ends_clause(self.tokens[*own].token)).unwrap_or(to)
    }
}

/// Whether a token ends a clause.
fn ends_clause(token: Token) -> bool {
    matches!(token, Token::Comma | Token::Semicolon | Token::Open | Token::Close | Token::End | Token::Colon)
}

/// Whether a token is a number that something is counted with.
pub(super) fn is_count(token: Token) -> bool {
    matches!(token, Token::Number { unit, .. } if !matches!(unit, Unit::None | Unit::Other))
}

/// The tokens without those in brackets, but for brackets that tell what a number is made up of, or its share.
fn without_asides(tokens: &[Placed]) -> Vec<&Placed> {
    let kept = |kind: Kind| {
        let of_applications = outcome_of(kind).is_some() || applicant_of(kind).is_some() || kind == Kind::Channel;
        of_applications
            || matches!(
                kind,
                Kind::Parts | Kind::Carry | Kind::ReceiveNew | Kind::Including | Kind::Share | Kind::Ended(_)
            )
    };
    let mut own: Vec<&Placed> = Vec::with_capacity(tokens.len());
    // Where the bracket that is open began among the kept tokens, whether it tells something, and counts.
    let mut open: Option<(usize, bool, bool)> = None;
    for placed in tokens {
        match placed.token {
            Token::Open => open = Some((own.len(), false, false)),
            Token::Close => {
                if let Some((from, tells, counts)) = open.take()
                    && !(tells && counts)
                {
                    own.truncate(from);
                    continue;
                }
            }
            Token::Word(kind) if kept(kind) => open = open.map(|(from, _, counts)| (from, true, counts)),
            Token::Number { unit: Unit::Percent, .. } => open = open.map(|(from, ..)| (from, true, true)),
            token if is_count(token) => open = open.map(|(from, tells, _)| (from, tells, true)),
            _ => {}
        }
        own.push(placed);
    }
    own
}

/// Whether a word names what is received and closed.
pub(super) fn is_object(kind: Kind) -> bool {
    matches!(kind, Kind::Application | Kind::Disclosure)
}

/// The sense of a result of 表三.
pub(super) fn outcome_of(kind: Kind) -> Option<Sense> {
    Some(match kind {
        Kind::Granted => Sense::Granted,
        Kind::PartiallyGranted => Sense::PartiallyGranted,
        Kind::GrantedOrPartially => Sense::GrantedOrPartially,
        Kind::Denied => Sense::Denied,
        Kind::Unavailable => Sense::Unavailable,
        Kind::NotProcessed => Sense::NotProcessed,
        Kind::OtherOutcome => Sense::OtherOutcome,
        Kind::ShareOfGranted => Sense::ShareOfGranted,
        Kind::ShareOfUnavailable => Sense::ShareOfUnavailable,
        _ => return None,
    })
}

/// The sense of a kind of applicants.
pub(super) fn applicant_of(kind: Kind) -> Option<Sense> {
    Some(match kind {
        Kind::NaturalPerson => Sense::NaturalPerson,
        Kind::Organization => Sense::Organization,
        Kind::Business => Sense::Business,
        Kind::ResearchInstitution => Sense::ResearchInstitution,
        Kind::PublicWelfare => Sense::PublicWelfareOrganization,
        Kind::LegalService => Sense::LegalServiceOrganization,
        Kind::OtherOrganization => Sense::OtherOrganization,
        _ => return None,
    })
}

/// Whether a sentence is about applications, as its words show: 申请 is named, or several results or kinds of applicants.
pub(super) fn names_applications(sentence: &Sentence<'_>) -> bool {
    let named = |placed: &&Placed| {
        let word = &sentence.folded.text().as_bytes()[placed.at.clone()];
        matches!(placed.token, Token::Word(_)) && word.windows("申请".len()).any(|part| part == "申请".as_bytes())
    };
    let several = |sense: fn(Kind) -> Option<Sense>| {
        let mut senses = sentence.words(0, sentence.tokens.len()).filter_map(|(_, kind)| sense(kind));
        let first = senses.next();
        senses.any(|own| first != Some(own))
    };
    sentence.tokens.iter().any(named) || several(outcome_of) || several(applicant_of)
}
