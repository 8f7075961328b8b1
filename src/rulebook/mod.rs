//! The rules in force: the built-in ones and those of packs, as each profile has them, and the waivers.
//!
//! A rulebook is loaded as a whole: packs are parsed, checked and held to their examples, profiles to
//! the rules that there are. Whatever is wrong with any part refuses it all.

mod in_force;
pub mod profiles;
mod reader;
pub mod trial;
pub mod waivers;

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

pub use in_force::{InForce, Reload};

use crate::{
    engine::{Engine, PackInForce},
    packs::{self, Pack},
    profile::Profile,
    rule::Rule,
    rules,
    submission::Waiver,
    words::Text,
    written::{MAX_PROBLEMS, Problem},
};

/// Where an operator's rules stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Folders of packs.
    pub packs: Vec<PathBuf>,
    /// A file of profiles.
    pub profiles: Option<PathBuf>,
    /// A file of waivers.
    pub waivers: Option<PathBuf>,
    /// The profile of requests that name none; empty for `national`.
    pub profile: String,
}

/// The rules in force, as each profile has them, and the waivers.
pub struct Rulebook {
    /// One for each profile, that of requests that name none first.
    engines: Vec<Engine>,
    packs: Vec<PackInForce>,
    waivers: Vec<Waiver>,
}

impl Rulebook {
    /// The rules that come with gouji.
    pub fn built_in() -> Self {
        Self::of(&[], Vec::new(), Vec::new())
    }

    /// The rules that come with gouji, those of packs, profiles beside the built-in ones, and waivers.
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

    /// Loads everything anew.
    ///
    /// # Errors
    ///
    /// All that is wrong, with file, line and column.
    pub fn load(sources: &Sources) -> Result<Self, Vec<Problem>> {
        let packs = load_packs(&sources.packs)?;
        let mut problems: Vec<Problem> = packs.iter().flat_map(|pack| trial::hold(pack).problems).collect();
        let rules = all_rules(&packs);
        let profiles = sources.profiles.as_deref().map_or(Ok(Vec::new()), |file| profiles::load(file, &rules));
        let profiles = profiles.unwrap_or_else(|mut wrong| {
            problems.append(&mut wrong);
            Vec::new()
        });
        let waivers = sources.waivers.as_deref().map_or(Ok(Vec::new()), |file| waivers::load(file, &rules));
        let waivers = waivers.unwrap_or_else(|mut wrong| {
            problems.append(&mut wrong);
            Vec::new()
        });
        let mut rulebook = Self::of(&packs, profiles, waivers);
        if problems.is_empty() && !rulebook.prefer(&sources.profile) {
            let (zh, en) =
                (format!("没有方案 {}", sources.profile), format!("there is no profile {}", sources.profile));
            problems.push(Problem::whole("profile", Text::new(zh, en)));
        }
        problems.truncate(MAX_PROBLEMS);
        if problems.is_empty() { Ok(rulebook) } else { Err(problems) }
    }

    /// The engine of a profile; of the one for requests that name none, where the name is empty.
    pub fn engine(&self, profile: &str) -> Option<&Engine> {
        self.engines.iter().find(|engine| profile.is_empty() || engine.profile().name == profile)
    }

    /// The engines of all profiles, that of requests that name none first.
    pub fn engines(&self) -> &[Engine] {
        &self.engines
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

    /// Makes a profile that of requests that name none.
    fn prefer(&mut self, profile: &str) -> bool {
        let place = self.engines.iter().position(|engine| profile.is_empty() || engine.profile().name == profile);
        if let Some(place) = place {
            self.engines[..=place].rotate_right(1);
        }
        place.is_some()
    }
}

/// The beginnings of the codes of the rules that come with gouji, which packs may not use.
pub fn reserved() -> Vec<&'static str> {
    rules::FAMILIES.iter().map(|family| family.prefix).collect()
}

fn all_rules(packs: &[Pack]) -> Arc<[Rule]> {
    let written = packs.iter().flat_map(|pack| &pack.rules).map(|written| written.rule.clone());
    rules::all().into_iter().cloned().chain(written).collect()
}

/// The packs in these folders; no code may stand in two of them.
fn load_packs(folders: &[PathBuf]) -> Result<Vec<Pack>, Vec<Problem>> {
    let mut packs: Vec<Pack> = Vec::new();
    let mut problems = Vec::new();
    let mut codes = BTreeSet::new();
    for folder in folders {
        let within = |problem: Problem| Problem { file: folder.join(&problem.file).display().to_string(), ..problem };
        match packs::load(folder, &reserved()) {
            Ok(pack) => {
                for written in pack.rules.iter().filter(|written| !codes.insert(written.rule.code.clone())) {
                    let code = &written.rule.code;
                    let (zh, en) = (format!("规则代码 {code} 在两个规则包中重复"), format!("{code} is in two packs"));
                    problems.push(within(written.problem(Text::new(zh, en))));
                }
                if packs.iter().any(|other| other.name == pack.name) {
                    let (zh, en) =
                        (format!("有两个规则包名为 {}", pack.name), format!("two packs are called {}", pack.name));
                    problems.push(within(Problem::whole("pack.yaml", Text::new(zh, en))));
                }
                packs.push(pack);
            }
            Err(wrong) => {
                problems.extend(wrong.into_iter().map(within));
            }
        }
    }
    problems.truncate(MAX_PROBLEMS);
    if problems.is_empty() { Ok(packs) } else { Err(problems) }
}
