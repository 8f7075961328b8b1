//! The rulebook in force, and how it is replaced: the new one is loaded separately and swapped in as a whole.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use arc_swap::ArcSwap;
use sha2::{Digest, Sha256};

use super::{
    Sources,
    files::{is_settled, settled, yaml},
    load, load_pack, within,
};
use crate::{
    rulebook::{Rulebook, Rules, reserved},
    written::Problem,
};

/// The rulebook in force.
pub struct InForce {
    sources: Sources,
    state: ArcSwap<State>,
    /// The digest of the files as last checked; locked while another rulebook is loaded.
    seen: Mutex<[u8; 32]>,
}

/// A rulebook, and what is wrong with its intended successor.
struct State {
    rulebook: Arc<Rulebook>,
    refused: Arc<[Problem]>,
}

/// The outcome of checking the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reload {
    /// They have not changed.
    Unchanged,
    /// They are in force.
    Swapped,
    /// They are refused; the previous rules stay in force.
    Refused(Arc<[Problem]>),
}

impl InForce {
    /// Loads an operator's rules from files that may change.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them; that one is a pipe, too, which can be read but once.
    pub fn watched(sources: Sources) -> Result<Self, Vec<Problem>> {
        let seen = Mutex::new(digest(&sources));
        load_settled(&sources).map(|rulebook| Self { sources, state: state(rulebook), seen })
    }

    /// Loads an operator's rules, from pipes too.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    pub fn load(sources: Sources) -> Result<Self, Vec<Problem>> {
        let seen = Mutex::new(digest(&sources));
        load(&sources).map(|rulebook| Self { sources, state: state(rulebook), seen })
    }

    /// A rulebook without files, which never changes.
    pub fn fixed(rulebook: Rulebook) -> Self {
        Self { sources: Sources::default(), state: state(rulebook), seen: Mutex::default() }
    }

    /// The rulebook in force.
    pub fn in_force(&self) -> Arc<Rulebook> {
        self.state.load().rulebook.clone()
    }

    /// The rulebook in force, and what is wrong with the current files if they were refused.
    pub fn standing(&self) -> (Arc<Rulebook>, Arc<[Problem]>) {
        let state = self.state.load();
        (state.rulebook.clone(), state.refused.clone())
    }

    /// Whether there are files that may change.
    pub fn has_files(&self) -> bool {
        !files(&self.sources).is_empty()
    }

    /// Checks the files: if they changed, they are loaded separately and replace the rules in force, unless anything
    /// is wrong with them.
    pub fn reload(&self) -> Reload {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let before = digest(&self.sources);
        if *seen == before {
            return Reload::Unchanged;
        }
        let loaded = load_settled(&self.sources);
        if digest(&self.sources) != before {
            // They changed while they were read: a mixture of two states must not be loaded.
            return Reload::Unchanged;
        }
        *seen = before;
        match loaded {
            Ok(rulebook) => {
                self.state.store(Arc::new(State { rulebook: Arc::new(rulebook), refused: Arc::new([]) }));
                Reload::Swapped
            }
            Err(problems) => {
                let refused: Arc<[Problem]> = problems.into();
                self.state.store(Arc::new(State { rulebook: self.in_force(), refused: refused.clone() }));
                Reload::Refused(refused)
            }
        }
    }
}

impl Rules for InForce {
    fn rulebook(&self) -> Arc<Rulebook> {
        self.in_force()
    }
}

fn state(rulebook: Rulebook) -> ArcSwap<State> {
    ArcSwap::from_pointee(State { rulebook: Arc::new(rulebook), refused: Arc::new([]) })
}

fn files(sources: &Sources) -> Vec<&Path> {
    let single = [&sources.profiles, &sources.waivers].into_iter().flatten();
    sources.packs.iter().chain(single).map(PathBuf::as_path).collect()
}

/// Loads all sources, without reading from pipes and devices, which are refused, each with its name.
fn load_settled(sources: &Sources) -> Result<Rulebook, Vec<Problem>> {
    let mut problems: Vec<Problem> = files(sources).into_iter().filter_map(|file| is_settled(file).err()).collect();
    if problems.is_empty() {
        return load(sources);
    }
    // What is wrong with the others is told too. Rules and profiles that are missing are not: they may be in what was not read.
    let settled = |file: &PathBuf| is_settled(file).is_ok();
    for folder in sources.packs.iter().filter(|folder| settled(folder)) {
        let wrong = load_pack(folder, &reserved()).err().into_iter().flatten();
        problems.extend(wrong.map(|problem| within(folder, problem)));
    }
    Err(problems)
}

/// The digest of the content of all files, following links: a ConfigMap swaps a link. Of a pipe nothing is read.
fn digest(sources: &Sources) -> [u8; 32] {
    let mut hash = Sha256::new();
    for path in files(sources) {
        let mut all = vec![path.to_path_buf()];
        if path.is_dir() {
            all = yaml(path).into_iter().flatten().map(|(_, path)| path).collect();
        }
        for file in all {
            let read = settled(&file);
            hash.update(file.as_os_str().as_encoded_bytes());
            hash.update([0, u8::from(read.is_ok())]);
            // Why a file can't be read is part of its state: what was a pipe may be gone.
            let content = read.unwrap_or_else(|problem| problem.why.en.into_owned().into_bytes());
            hash.update((content.len() as u64).to_be_bytes());
            hash.update(content);
        }
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_pipe_is_read_once_and_where_files_are_watched_never() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("profiles.yaml");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()));
        let sources = Sources { profiles: Some(pipe.clone()), ..Sources::default() };
        let told = |problems: Vec<Problem>| problems[0].to_string();
        assert!(InForce::watched(sources.clone()).err().map(told).is_some_and(|told| told.contains("普通文件")));
        let writer = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::write(pipe, "profiles: [{ name: a }]")
        });
        let rules = InForce::load(sources).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert!(writer.join().is_ok_and(|written| written.is_ok()));
        assert!(rules.in_force().summary().profiles.ends_with(", a"));
        // Nothing is waited for, and a file in its place is read.
        assert_eq!(rules.reload(), Reload::Unchanged);
        fs::remove_file(&pipe).expect("a pipe");
        fs::write(&pipe, "profiles: [{ name: b }]").expect("a file");
        assert_eq!(rules.reload(), Reload::Swapped);
        fs::remove_file(&pipe).expect("a file");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()));
        let Reload::Refused(problems) = rules.reload() else { panic!("a pipe was read") };
        assert!(told(problems.to_vec()).contains("普通文件"));
    }

    #[test]
    fn a_pipe_among_the_files_of_a_pack_is_told_and_not_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("more.yaml");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()));
        let sources = Sources { packs: vec![folder.path().to_path_buf()], ..Sources::default() };
        let problems = InForce::load(sources).err().unwrap_or_default();
        assert!(problems[0].file.ends_with("more.yaml") && problems[0].why.zh.contains("普通文件"), "{problems:?}");
    }
}
