//! Which rules a command uses.

use std::{path::PathBuf, sync::Arc};

use super::problems::Telling;
use crate::operator::{InForce, Sources};

/// The rules to use: packs besides the built-in rules, and the profile that adjusts them.
#[derive(Debug, clap::Args)]
pub(super) struct Rules {
    /// 规则包文件夹，可多次给出 / A folder with a pack of rules; may be given several times
    #[arg(long = "packs", value_name = "文件夹 / FOLDER")]
    packs: Vec<PathBuf>,
    /// 方案文件 / A file of profiles
    #[arg(long, value_name = "文件 / FILE")]
    profiles: Option<PathBuf>,
    /// 采用的方案：national、beijing 或方案文件中的方案 / The profile: national, beijing or one of the file's
    #[arg(long, value_name = "方案 / NAME", default_value = "")]
    profile: String,
}

impl Rules {
    /// Loads the chosen rules, and a file of waivers if there is one; prints what is wrong with them.
    pub fn open(&self, waivers: Option<&PathBuf>, telling: Telling) -> Option<Arc<InForce>> {
        let sources = Sources {
            packs: self.packs.clone(),
            profiles: self.profiles.clone(),
            waivers: waivers.cloned(),
            profile: self.profile.clone(),
        };
        open(sources, telling)
    }
}

/// Loads the rules of these sources; prints what is wrong with them.
pub(super) fn open(sources: Sources, telling: Telling) -> Option<Arc<InForce>> {
    match InForce::load(sources) {
        Ok(rules) => Some(Arc::new(rules)),
        Err(problems) => {
            telling.tell(&problems);
            None
        }
    }
}
