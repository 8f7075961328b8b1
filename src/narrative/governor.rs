//! What a number counts: the nearest fitting word before it, else behind its unit, and never across another number.

use super::{
    Outcome, Sense, Suits,
    reading::{Reading, is_kind_of_applicant, suits_of},
    sentence::{applicant_of, is_count, is_object, outcome_of},
    tokens::{Token, Unit},
    vocabulary::Kind,
};

/// A number's sense, and the tokens that its words reach over.
pub(super) struct Governed {
    pub sense: Sense,
    /// What else it may count.
    pub also: Option<Sense>,
    pub from: usize,
    pub to: usize,
}

impl Reading<'_> {
    /// What the number at a place counts; `None` if that isn't certain.
    pub fn governed(&self, at: usize) -> Option<Governed> {
        let Token::Number { unit, is_rough, is_numeral, digits, .. } = self.sentence.tokens[at].token else {
            return None;
        };
        // 无一件.
        let denied = at > 0
            && self.sentence.word(at - 1) == Some(Kind::Negation)
            && self.sentence.between(at - 1, at).is_empty();
        if is_rough || denied || matches!(unit, Unit::Percent | Unit::Other) {
            return None;
        }
        let clause = self.sentence.clause_start(at).max(self.consumed);
        let start =
            (clause..at).rev().find(|own| is_count(self.sentence.tokens[*own].token)).map_or(clause, |own| own + 1);
        let mut from = start;
        // 收到申请，共9件: the clause before, if it counts nothing itself.
        if !self.has_governor(start, at)
            && start == clause
            && clause > 0
            && matches!(self.sentence.tokens[clause - 1].token, Token::Comma | Token::Colon)
        {
            let before = self.sentence.clause_start(clause - 1);
            let counts = (before..clause).any(|own| is_count(self.sentence.tokens[own].token));
            let governs = |kind: Kind| matches!(kind, Kind::Receive | Kind::ReceiveNew | Kind::Close);
            if !counts && self.sentence.words(before, clause).any(|(_, kind)| governs(kind)) {
                from = before;
            }
        }
        let to = self.right_end(at);
        let left = self.by_the_left(from, at, to, unit);
        let (sense, first) = match left {
            Left::Sense(sense, first) => (sense, first),
            Left::Nothing => return None,
            Left::Open => return self.by_the_right(from, at, to, unit),
        };
        // 办结一件: an idiom, unless its governor touches it.
        let apart = is_numeral && digits == 1 && {
            let beside = self.sentence.between(self.last_word(from, at)?, at);
            !["", "案件", "案", "共"].contains(&beside)
        };
        let handled = self.sentence.word(first) == Some(Kind::Handle) && sense == Sense::Received;
        let also = handled.then_some(Sense::Closed);
        (!apart).then_some(Governed { sense, also, from: first, to: at + 1 })
    }

    fn last_word(&self, from: usize, at: usize) -> Option<usize> {
        self.sentence.words(from, at).next_back().map(|(own, _)| own)
    }

    /// Where the words behind a number end: at the next mark or number.
    fn right_end(&self, at: usize) -> usize {
        let ends = |token: Token| !matches!(token, Token::Word(_) | Token::Year(_));
        let to = self.sentence.clause_end(at);
        (at + 1..to).find(|own| ends(self.sentence.tokens[*own].token)).unwrap_or(to)
    }

    fn has_governor(&self, from: usize, to: usize) -> bool {
        self.sentence.words(from, to).any(|(_, kind)| !is_beside(kind))
    }

    pub fn has(&self, from: usize, to: usize, wanted: impl Fn(Kind) -> bool) -> bool {
        self.sentence.words(from, to).any(|(_, kind)| wanted(kind))
    }

    /// What the words before a number say that it counts.
    fn by_the_left(&self, from: usize, at: usize, to: usize, unit: Unit) -> Left {
        let money = matches!(unit, Unit::Yuan | Unit::TenThousandYuan);
        let words: Vec<(usize, Kind)> = self.sentence.words(from, at).collect();
        for (which, (place, kind)) in words.iter().copied().enumerate().rev() {
            let before = &words[..which];
            let sense = match kind {
                _ if is_beside(kind) => continue,
                Kind::Fees if money => Some(Sense::Fees).filter(|_| !self.is_waived(place)),
                Kind::ProcessingFee if money => Some(Sense::ProcessingFee),
                // 信息处理费收费金额为0元.
                Kind::SomeOnly if money => continue,
                _ if money => return Left::Nothing,
                Kind::Parts | Kind::Including => return Left::Open,
                Kind::Public => {
                    // 不属于本机关公开1件: what stands before says it.
                    let touches = ["", "的", "共", "了"].contains(&self.sentence.between(place, at));
                    // 未公开9件.
                    if before.last().is_some_and(|(own, kind)| *kind == Kind::Negation && own + 1 == place) {
                        return Left::Nothing;
                    }
                    if !touches || before.iter().any(|(_, kind)| outcome_of(*kind).is_some()) {
                        continue;
                    }
                    Some(Sense::Granted).filter(|_| unit == Unit::Case && self.is_about_applications())
                }
                Kind::Publish if self.has(from, at, |kind| kind == Kind::Regulations) => Some(Sense::RegulationsIssued),
                Kind::Carry => self.carried(from, to, place),
                Kind::CarryOn => Some(Sense::CarriedForward),
                Kind::Unfinished => self.unfinished(from, place),
                // 15日内答复8件: some of them.
                Kind::Close if self.before(place).ends_with("日内") => None,
                Kind::Close => match before.iter().rev().find(|(_, kind)| !is_beside(*kind)) {
                    // 予以公开答复5件.
                    Some((own, outcome))
                        if outcome_of(*outcome).is_some() && self.sentence.between(*own, place).len() <= 12 =>
                    {
                        outcome_of(*outcome).filter(|_| self.is_about_applications())
                    }
                    _ if self.has(from, at, |kind| matches!(kind, Kind::Suit(_))) => None,
                    _ => Some(Sense::Closed).filter(|_| self.is_about_applications() || self.has(from, at, is_object)),
                },
                // 结转下年度继续办理3件, 线上办理26件.
                Kind::Handle if before.iter().any(|(_, kind)| !is_beside(*kind)) => continue,
                Kind::Handle => Some(Sense::Received).filter(|_| unit == Unit::Case && self.has(from, at, is_object)),
                Kind::Receive | Kind::ReceiveNew => self.received(kind, from, place, at, to),
                Kind::Suit(suits) => self.suits_as_they_stand(suits, before, place, at),
                Kind::Ended(outcome) => self.ended(outcome, at),
                Kind::Regulations | Kind::Normative => self.documents(kind, from, at, to),
                Kind::Issue | Kind::Repeal | Kind::InForce => self.documents_by_verb(kind, from, at, to),
                Kind::Permits | Kind::Penalties | Kind::CoerciveMeasures => {
                    let decision =
                        |sense: Sense| matches!(sense, Sense::Permits | Sense::Penalties | Sense::CoerciveMeasures);
                    let decided = self.has(from, to, |kind| kind == Kind::Decision)
                        || self.found.iter().any(|own| decision(own.sense))
                        || unit == Unit::Case && self.names_several_decisions();
                    // 公示行政处罚信息74条.
                    decision_of(kind).filter(|_| decided && unit != Unit::Line)
                }
                // 办理通过网站、邮寄等途径提出的申请12件.
                Kind::Channel if self.names_all_channels(before, place, at) => continue,
                Kind::Channel => {
                    Some(Sense::Channel).filter(|_| self.may_divide_received() && self.is_about_applications())
                }
                kind if applicant_of(kind).is_some() => {
                    // 公民、法人和其他组织 name everybody.
                    if self.sentence.words(from, at).any(|(own, named)| own != place && applicant_of(named).is_some()) {
                        continue;
                    }
                    applicant_of(kind).filter(|_| self.may_divide_received() && self.is_about_applications())
                }
                // 不予处理中属信访类的75件: some of them.
                kind if outcome_of(kind).is_some() && self.sentence.between(place, place + 1).starts_with('中') => {
                    None
                }
                // 第三方同意公开2件.
                kind if outcome_of(kind).is_some() && self.before(place).ends_with("第三方") => None,
                kind => outcome_of(kind).filter(|_| self.is_about_applications() && unit != Unit::Line),
            };
            return sense.map_or(Left::Nothing, |sense| Left::Sense(sense, place));
        }
        // 政府信息公开申请共31件.
        let object = words.iter().rev().find(|(place, kind)| {
            // 依申请公开数量17件.
            let counted = || ["数量", "件数", "数量为", "件数为"].contains(&self.sentence.between(*place, at));
            *kind == Kind::Application || *kind == Kind::Disclosure && unit == Unit::Case && counted()
        });
        let counts = |place: usize| {
            let between = self.sentence.between(place, at);
            [
                "",
                "共",
                "共计",
                "合计",
                "总数",
                "数量",
                "总量",
                "总计",
                "件数",
                "数",
                "数量为",
                "数为",
                "量为",
                "件数为",
                "为",
                "共有",
            ]
            .contains(&between)
        };
        let first = !self.found.iter().any(|own| own.sentence == self.number && own.section == self.section);
        // 法律服务机构申请3件、其他1件.
        let divided =
            |sense: Sense| is_kind_of_applicant(sense) && !matches!(sense, Sense::NaturalPerson | Sense::Channel);
        let others = self.found.last().is_some_and(|own| self.is_here(own) && divided(own.sense));
        if words.is_empty() && others && at > 0 && self.sentence.between(at - 1, at) == "其他" {
            return Left::Sense(Sense::OtherOrganization, at);
        }
        match object {
            Some((place, _))
                if counts(*place) && first && !money && !self.has(at + 1, to, |kind| kind == Kind::Carry) =>
            {
                Left::Sense(Sense::Received, *place)
            }
            _ => Left::Open,
        }
    }

    /// What the words behind a number say that it counts: 34件结转到2024年度, 19件已作出答复.
    fn by_the_right(&self, from: usize, at: usize, to: usize, unit: Unit) -> Option<Governed> {
        if matches!(unit, Unit::Yuan | Unit::TenThousandYuan | Unit::None | Unit::Line) {
            return None;
        }
        let parted = self.has(from, at, |kind| kind == Kind::Parts);
        if unit != Unit::Case {
            return None;
        }
        let mut words = self.sentence.words(at + 1, to).filter(|(_, kind)| !is_beside(*kind));
        let (place, kind) = words.next()?;
        let about = self.is_about_applications();
        let is_of = self.sentence.between(at, place) == "为";
        let sense = match kind {
            // 因信息不存在无法提供.
            Kind::ShareOfUnavailable if words.any(|(_, kind)| kind == Kind::Unavailable) => {
                Some(Sense::Unavailable).filter(|_| about)
            }
            kind if applicant_of(kind).is_some() => {
                applicant_of(kind).filter(|_| is_of && about && self.may_divide_received())
            }
            Kind::Carry => self.carried(at + 1, to, place),
            Kind::CarryOn => Some(Sense::CarriedForward),
            Kind::Unfinished => self.unfinished(from, place).filter(|_| about),
            Kind::Close if words.next().is_some_and(|(_, kind)| kind == Kind::Time) => None,
            Kind::Close => {
                Some(Sense::Closed).filter(|_| about && (!parted || self.sentence.between(at, place).len() <= 9))
            }
            Kind::Suit(suits) => Some(suits.sense()).filter(|_| self.is_about_disclosure(at) && !parted),
            // 1件尚未审结的行政复议案件.
            Kind::Ended(outcome) => match words.find_map(|(_, kind)| suits_in(kind)) {
                Some(suits) => Some(Sense::Ended(suits, outcome)).filter(|_| self.is_about_disclosure(at)),
                None => self.ended(outcome, at),
            },
            kind => outcome_of(kind).filter(|_| about),
        };
        sense.map(|sense| Governed { sense, also: None, from: at, to: place + 1 })
    }

    /// Whether channels only describe what is received: a verb before them, its object behind.
    fn names_all_channels(&self, before: &[(usize, Kind)], place: usize, at: usize) -> bool {
        let verb = |kind: Kind| matches!(kind, Kind::Receive | Kind::ReceiveNew | Kind::Handle);
        let between = self.sentence.between(place, at);
        let several = before.iter().any(|(_, kind)| *kind == Kind::Channel);
        before.iter().any(|(_, kind)| verb(*kind))
            && self.has(place, at, is_object)
            && (several || ["等", "途径", "方式", "渠道"].iter().any(|word| between.contains(word)))
    }

    /// Carried in or on, by the year that is named nearest.
    fn carried(&self, from: usize, to: usize, carry: usize) -> Option<Sense> {
        let to = to.min(self.sentence.tokens.len());
        let direction = |at: usize| match self.sentence.tokens[at].token {
            Token::Word(Kind::NextYear) => Some(Sense::CarriedForward),
            Token::Word(Kind::LastYear | Kind::ThisYear) => Some(Sense::CarriedOver),
            Token::Year(year) => match year - self.report.year? {
                0 if at > carry => Some(Sense::CarriedOver),
                0 => None,
                later if later > 0 => Some(Sense::CarriedForward),
                _ => Some(Sense::CarriedOver),
            },
            _ => None,
        };
        let near = |at: usize| at.abs_diff(carry) <= 3;
        // 全年 before it says nothing of where it goes.
        let this = |at: usize| at < carry && self.sentence.word(at) == Some(Kind::ThisYear);
        let mut places: Vec<usize> =
            (from..to).filter(|at| near(*at) && direction(*at).is_some() && !this(*at)).collect();
        places.sort_by_key(|at| (at.abs_diff(carry), *at < carry));
        let goes_on = || {
            self.sentence.folded.text()[self.sentence.tokens[carry].at.end..]
                .chars()
                .take(8)
                .collect::<String>()
                .contains("继续")
        };
        places.first().and_then(|at| direction(*at)).or_else(|| goes_on().then_some(Sense::CarriedForward))
    }

    /// Applications received: the verb with its object, before or behind.
    fn received(&self, kind: Kind, from: usize, verb: usize, at: usize, to: usize) -> Option<Sense> {
        let object = self.has(from, to, is_object);
        let close = self.sentence.between(verb, at).chars().all(|char| "共计合总到的了为有各".contains(char));
        let some_only = self.has(from, at, |kind| matches!(kind, Kind::SomeOnly | Kind::Including | Kind::Negation));
        let unit = match self.sentence.tokens[at].token {
            Token::Number { unit, .. } => unit,
            _ => Unit::None,
        };
        // 申请受理点35个.
        if unit == Unit::Thing || some_only || !(object || close && self.is_about_applications()) {
            return None;
        }
        let new = kind == Kind::ReceiveNew;
        let own = |sense: Sense| self.found.iter().any(|it| it.sense == sense && self.is_here(it));
        let channels = self.sentence.words(from, verb).filter(|(_, kind)| *kind == Kind::Channel).count();
        let touching = self.sentence.words(from, verb).next_back().filter(|(_, kind)| *kind == Kind::Channel);
        let touching = touching.is_some_and(|(own, _)| self.sentence.between(own, verb).len() <= 12);
        if touching && channels == 1 && close && !self.has(verb, at, is_object) {
            return Some(Sense::Channel);
        }
        match channels {
            1 if own(Sense::Received) || own(Sense::ReceivedNew) => Some(Sense::Channel),
            _ if new => Some(Sense::ReceivedNew),
            _ => Some(Sense::Received),
        }
    }

    /// The text before a token.
    fn before(&self, place: usize) -> &str {
        &self.sentence.folded.text()[..self.sentence.tokens[place].at.start]
    }

    /// Whether charges are spoken of that were not made.
    fn is_waived(&self, place: usize) -> bool {
        ["减免", "免征", "免收", "降低", "减轻"].iter().any(|word| self.before(place).ends_with(word))
    }

    /// What is not finished: carried on, or in where it is last year's.
    fn unfinished(&self, from: usize, place: usize) -> Option<Sense> {
        let last_year = self.has(from, place, |kind| kind == Kind::LastYear);
        Some(if last_year { Sense::CarriedOver } else { Sense::CarriedForward })
    }

    /// Whether the sentence names decisions of several kinds.
    fn names_several_decisions(&self) -> bool {
        let named = |wanted: Kind| self.has(0, self.sentence.tokens.len(), |kind| kind == wanted);
        [Kind::Permits, Kind::Penalties, Kind::CoerciveMeasures].into_iter().filter(|kind| named(*kind)).count() > 1
    }

    /// Reviews and suits, or those that ended in one way: 尚未审结的行政复议1件, 复议1件在审.
    fn suits_as_they_stand(&self, suits: Suits, before: &[(usize, Kind)], place: usize, at: usize) -> Option<Sense> {
        let led = before.last().filter(|(own, _)| self.sentence.between(*own, place) == "的");
        let behind = self.sentence.word(at + 1).filter(|_| {
            let counts = self.sentence.tokens.get(at + 2).is_some_and(|next| is_count(next.token));
            !counts && self.sentence.between(at, at + 1).is_empty()
        });
        let ended = [led.map(|(_, kind)| *kind), behind].into_iter().flatten().find_map(|kind| match kind {
            Kind::Ended(outcome) => Some(outcome),
            _ => None,
        });
        let own = self.suits(suits, before, place, at)?;
        match ended {
            Some(outcome) => suits_of(own).map(|suits| Sense::Ended(suits, outcome)),
            None => Some(own),
        }
    }

    /// Reviews and suits, of one kind or of several that are named side by side.
    fn suits(&self, suits: Suits, before: &[(usize, Kind)], place: usize, at: usize) -> Option<Sense> {
        // What courts and offices of review close is not about this body.
        let of_courts = before.iter().any(|(_, kind)| *kind == Kind::Else)
            || ["一审", "二审"].iter().any(|word| self.sentence.between(place, at).contains(word))
            || before.is_empty() && place > 0 && self.sentence.between(place - 1, place).contains("各类")
            || before.last().is_some_and(|(own, _)| self.sentence.between(*own, place).contains("各类"));
        if of_courts {
            return None;
        }
        let other = before.iter().rev().find_map(|(at, kind)| match kind {
            Kind::Suit(own) => Some((*at, *own)),
            _ => None,
        });
        let both = other.is_some_and(|(at, own)| {
            let between = self.sentence.between(at, place);
            let joined = ["和", "及", "与", "、", "或"].iter().any(|word| between.contains(word));
            joined && between.len() <= 24 && (own == Suits::Reconsideration) != (suits == Suits::Reconsideration)
        });
        let suits = if both { Suits::ReconsiderationAndLitigation } else { suits };
        // That there were none is said of this body's, in such a report.
        let nought = matches!(self.sentence.tokens[at].token, Token::Number { digits: 0, .. });
        Some(suits.sense()).filter(|_| nought && self.section == 1 || self.is_about_disclosure(place))
    }

    /// How cases ended: of the kind that was named last.
    fn ended(&self, outcome: Outcome, at: usize) -> Option<Sense> {
        let suits = self.suits.or(self.suits_before)?;
        Some(Sense::Ended(suits, outcome)).filter(|_| self.is_about_disclosure(at))
    }
}

/// What the words before a number tell.
enum Left {
    /// What it counts, and the token that says so.
    Sense(Sense, usize),
    /// That it counts something else.
    Nothing,
    /// Nothing: the words behind it may.
    Open,
}

/// Words that stand beside a governor and are none.
fn is_beside(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Application
            | Kind::Disclosure
            | Kind::Document
            | Kind::Decision
            | Kind::LastYear
            | Kind::NextYear
            | Kind::ThisYear
            | Kind::All
            | Kind::Time
            | Kind::Punctual
            | Kind::Neutral
            | Kind::OwnOffice
            | Kind::Ours
            | Kind::WholeCity
            | Kind::WholeProvince
            | Kind::Township
            | Kind::LostOnly
    )
}

fn suits_in(kind: Kind) -> Option<Suits> {
    match kind {
        Kind::Suit(suits) => Some(suits),
        _ => None,
    }
}

fn decision_of(kind: Kind) -> Option<Sense> {
    Some(match kind {
        Kind::Permits => Sense::Permits,
        Kind::Penalties => Sense::Penalties,
        Kind::CoerciveMeasures => Sense::CoerciveMeasures,
        _ => return None,
    })
}
