//! The rules in force: the built-in rules and those of packs, as each profile adjusts them, and the waivers.
//!
//! A rulebook is loaded as a whole: packs that were parsed, checked and held to their examples; profiles and waivers, which
//! are checked against the existing rules. A fault in any part refuses all of it.

mod printed;
pub mod profiles;
mod reader;
pub mod trial;
pub mod waivers;

pub use printed::printed;

use std::sync::Arc;

use crate::{
    engine::{Engine, PackInForce},
    packs::Pack,
    profile::Profile,
    rule::Rule,
    rules,
    submission::Waiver,
    words::{Text, spelling::instead},
    written::{Limit, MAX_PROBLEMS, NamedText, Problem},
};

/// What an operator wrote, read but not checked yet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Texts<'a> {
    /// Packs.
    pub packs: &'a [Pack],
    /// Whether these are all packs: none was refused, whose rules would be missing.
    pub has_all: bool,
    /// Profiles.
    pub profiles: Option<NamedText<'a>>,
    /// Waivers.
    pub waivers: Option<NamedText<'a>>,
    /// The profile of requests that name none; empty for `national`.
    pub profile: &'a str,
}

/// The rules against which profiles and waivers are held.
#[derive(Clone, Copy)]
struct KnownRules<'a> {
    rules: &'a [Rule],
    are_all: bool,
}

impl KnownRules<'_> {
    /// Whether a rule of this code, or of this beginning, would be among them if it existed.
    fn would_have(&self, code: &str) -> bool {
        self.are_all || reserved().iter().any(|family| code.to_ascii_uppercase().starts_with(family))
    }
}

/// Provides the rulebook in force.
pub trait Rules: Send + Sync {
    /// The rulebook in force. A caller keeps using it, even if another replaces it meanwhile.
    fn rulebook(&self) -> Arc<Rulebook>;
}

/// A rulebook that never changes.
pub struct Fixed(pub Arc<Rulebook>);

impl Rules for Fixed {
    fn rulebook(&self) -> Arc<Rulebook> {
        self.0.clone()
    }
}

/// The rules in force, as each profile adjusts them, and the waivers.
pub struct Rulebook {
    /// One for each profile; the default profile's comes first.
    engines: Vec<Engine>,
    packs: Vec<PackInForce>,
    waivers: Vec<Waiver>,
}

/// What is in force, for logs.
pub struct Summary {
    /// The packs, by name and version; empty for none.
    pub packs: String,
    /// The profiles, that of requests which name none first.
    pub profiles: String,
    /// How many waivers there are.
    pub waivers: usize,
}

impl Rulebook {
    /// The built-in rules.
    pub fn built_in() -> Self {
        Self::of(&[], Vec::new(), Vec::new())
    }

    /// The built-in rules, those of packs, profiles besides the built-in ones, and waivers.
    pub fn of(packs: &[Pack], profiles: Vec<Profile>, waivers: Vec<Waiver>) -> Self {
        let in_force = |pack: &Pack| PackInForce {
            name: pack.name.clone(),
            version: pack.version.clone(),
            digest: pack.digest.clone(),
        };
        let (rules, packs) = (all_rules(packs), packs.iter().map(in_force).collect::<Vec<_>>());
        let profiles = [Profile::national(), Profile::beijing()].into_iter().chain(profiles);
        let engines = profiles.map(|profile| Engine::by(profile, rules.clone(), packs.clone())).collect();
        Self { engines, packs, waivers }
    }

    /// The rulebook that an operator wrote: profiles and waivers are checked against the existing rules. Packs are held to
    /// their examples before ([`trial::hold`]), where there is a clock.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, with file, line and column.
    pub fn written(texts: Texts<'_>) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let rules = all_rules(texts.packs);
        let known = KnownRules { rules: &rules, are_all: texts.has_all };
        let mut note = |mut wrong: Vec<Problem>| problems.append(&mut wrong);
        let profiles = texts.profiles.map_or(Ok(Vec::new()), |source| profiles::parse(source, known));
        let profiles = profiles.map_err(&mut note).unwrap_or_default();
        let waivers = texts.waivers.map_or(Ok(Vec::new()), |source| waivers::parse(source, known));
        let waivers = waivers.map_err(&mut note).unwrap_or_default();
        let mut rulebook = Self::of(texts.packs, profiles, waivers);
        if problems.is_empty() && texts.has_all && !rulebook.prefer(texts.profile) {
            let names: Vec<&str> = rulebook.engines.iter().map(|engine| engine.profile().name.as_str()).collect();
            let (zh, en) = instead(texts.profile, &names);
            let (zh, en) =
                (format!("没有方案 {}{zh}", texts.profile), format!("there is no profile {}{en}", texts.profile));
            problems.push(Problem::whole("profile", Text::new(zh, en)));
        }
        problems.truncate(MAX_PROBLEMS);
        if problems.is_empty() { Ok(rulebook) } else { Err(problems) }
    }

    /// The engine of a profile; of the default profile if the name is empty.
    pub fn engine(&self, profile: &str) -> Option<&Engine> {
        self.engines.iter().find(|engine| profile.is_empty() || engine.profile().name == profile)
    }

    /// The engines of all profiles; the default profile's comes first.
    pub fn engines(&self) -> &[Engine] {
        &self.engines
    }

    /// Whether rules that users wrote are in force.
    pub fn has_packs(&self) -> bool {
        !self.packs().is_empty()
    }

    /// The packs whose rules are in force.
    pub fn packs(&self) -> &[PackInForce] {
        &self.packs
    }

    /// Whether a pack of this name and digest is in force.
    pub fn has(&self, name: &str, digest: &str) -> bool {
        self.packs.iter().any(|pack| pack.name == name && pack.digest.eq_ignore_ascii_case(digest))
    }

    /// The operator's waivers.
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// What is in force, in few words.
    pub fn summary(&self) -> Summary {
        let packs = self.packs.iter().map(|pack| format!("{} {}", pack.name, pack.version));
        let profiles = self.engines.iter().map(|engine| engine.profile().name.as_str());
        Summary {
            packs: packs.collect::<Vec<_>>().join(", "),
            profiles: profiles.collect::<Vec<_>>().join(", "),
            waivers: self.waivers.len(),
        }
    }

    /// Makes a profile the default.
    fn prefer(&mut self, profile: &str) -> bool {
        let place = self.engines.iter().position(|engine| profile.is_empty() || engine.profile().name == profile);
        if let Some(place) = place {
            self.engines[..=place].rotate_right(1);
        }
        place.is_some()
    }
}

/// The code prefixes of the built-in rules, which packs may not use.
pub fn reserved() -> Vec<&'static str> {
    rules::FAMILIES.iter().map(|family| family.prefix).collect()
}

/// All limits of files of profiles and waivers, for the manual.
pub fn limits() -> [Limit; 6] {
    [
        Limit::new("方案文件中的方案", "profiles of a file", profiles::MAX_PROFILES as u64),
        Limit::new("每个方案的设定", "settings of a profile", profiles::MAX_SETTINGS as u64),
        Limit::new("方案中不得出现的词", "forbidden words of a profile", profiles::MAX_WORDS as u64),
        Limit::new("不得出现的词的字数", "characters of a forbidden word", profiles::MAX_WORD as u64),
        Limit::new("豁免文件中的豁免", "waivers of a file", waivers::MAX_WAIVERS as u64),
        Limit::new("豁免理由、批准人的字数", "characters of a waiver's reason or approver", waivers::MAX_TEXT as u64),
    ]
}

fn all_rules(packs: &[Pack]) -> Arc<[Rule]> {
    let written = packs.iter().flat_map(|pack| &pack.rules).map(|written| written.rule.clone());
    rules::all().into_iter().chain(written).collect()
}
