//! The files in which an operator writes rules: read, put in force, checked for changes.

mod files;
mod in_force;
mod kept;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

pub use in_force::{InForce, Reload};
pub use kept::{Kept, Watched};

use crate::{
    deadline::Deadline,
    packs::{self, Pack},
    rulebook::{
        self, Rulebook, Texts, reserved,
        trial::{self, Trial},
    },
    words::Text,
    written::{Limit, MAX_PROBLEMS, NamedText, Problem},
};

/// The time for all examples of a pack: a sound pack needs a hundredth of it.
const PATIENCE: Duration = Duration::from_secs(20);

/// All limits of what operators write, for the manual.
pub fn limits() -> Vec<Limit> {
    let own = [
        Limit::new("规则包的文件", "files of a pack", files::MAX_FILES as u64),
        Limit::new("规则包每个文件的字节数", "bytes of each file of a pack", files::MAX_FILE),
        Limit::new("方案或豁免文件的字节数", "bytes of a file of profiles or waivers", files::MAX_LIST),
        Limit::new("一个规则包全部例子的秒数", "seconds for all examples of a pack", PATIENCE.as_secs()),
    ];
    own.into_iter().chain(packs::limits()).chain(rulebook::limits()).collect()
}

/// Where an operator's rules are.
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

/// Loads all sources from scratch.
///
/// # Errors
///
/// Everything that is wrong, with file, line and column.
pub fn load(sources: &Sources) -> Result<Rulebook, Vec<Problem>> {
    let (packs, mut problems) = load_packs(&sources.packs);
    let mut read = |file: Option<&Path>| {
        Named::of(file).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        })
    };
    let (profiles, waivers) = (read(sources.profiles.as_deref()), read(sources.waivers.as_deref()));
    let texts = Texts {
        packs: &packs,
        has_all: problems.is_empty(),
        profiles: profiles.as_ref().map(Named::source),
        waivers: waivers.as_ref().map(Named::source),
        profile: &sources.profile,
    };
    let rulebook = Rulebook::written(texts).map_err(|wrong| problems.extend(wrong));
    problems.truncate(MAX_PROBLEMS);
    rulebook.ok().filter(|_| problems.is_empty()).ok_or(problems)
}

/// Loads the pack in a folder. `reserved` are the code prefixes that packs may not use.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn load_pack(folder: &Path, reserved: &[&str]) -> Result<Pack, Vec<Problem>> {
    let files = files::folder(folder)?;
    packs::parse(&files, reserved)
}

/// Checks the rules of a pack against their examples, within the allowed time.
pub fn hold(pack: &Pack) -> Trial {
    trial::hold(pack, &patience())
}

fn patience() -> Deadline {
    let until = Instant::now() + PATIENCE;
    Deadline::when(move || Instant::now() >= until)
}

/// A file's text and its name.
struct Named {
    name: String,
    text: String,
}

impl Named {
    fn of(file: Option<&Path>) -> Result<Option<Self>, Problem> {
        let read = |file: &Path| files::text(file).map(|text| Self { name: file.display().to_string(), text });
        file.map(read).transpose()
    }

    fn source(&self) -> NamedText<'_> {
        NamedText { name: &self.name, text: &self.text }
    }
}

/// A problem of a pack, with the folder of the pack in the file's name.
pub fn within(folder: &Path, problem: Problem) -> Problem {
    // The folder itself can't be read.
    if folder == Path::new(&problem.file) {
        return problem;
    }
    Problem { file: folder.join(&problem.file).display().to_string(), ..problem }
}

/// The sound packs in these folders, each held to its examples, and what is wrong; no code may occur in two of them.
fn load_packs(folders: &[PathBuf]) -> (Vec<Pack>, Vec<Problem>) {
    let mut packs: Vec<Pack> = Vec::new();
    let mut problems = Vec::new();
    let mut codes = BTreeSet::new();
    for folder in folders {
        let mut wrong = Vec::new();
        if folder.as_os_str().is_empty() {
            // A list in the environment may have a comma too many.
            let why = Text::fixed(
                "规则包文件夹的名称是空的；GOUJI_PACKS 中以逗号分隔，逗号之间不能为空",
                "a folder of a pack has no name: GOUJI_PACKS has commas between names, and nothing else",
            );
            problems.push(Problem::whole("packs", why));
            continue;
        }
        match load_pack(folder, &reserved()) {
            Ok(pack) => {
                for written in pack.rules.iter().filter(|written| !codes.insert(written.rule.code.clone())) {
                    let code = &written.rule.code;
                    let (zh, en) = (format!("规则代码 {code} 在两个规则包中重复"), format!("{code} is in two packs"));
                    wrong.push(written.problem(Text::new(zh, en)));
                }
                if packs.iter().any(|other| other.name == pack.name) {
                    let (zh, en) =
                        (format!("有两个规则包名为 {}", pack.name), format!("two packs are called {}", pack.name));
                    wrong.push(Problem::whole("pack.yaml", Text::new(zh, en)));
                }
                wrong.extend(hold(&pack).problems);
                wrong = pack.with_lines(wrong);
                packs.push(pack);
            }
            Err(refused) => wrong = refused,
        }
        problems.extend(wrong.into_iter().map(|problem| within(folder, problem)));
    }
    (packs, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_that_take_too_long_refuse_the_pack() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/packs/sample");
        let pack = load_pack(&folder, &[]).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!(hold(&pack).problems, []);
        let late = trial::hold(&pack, &Deadline::when(|| true));
        assert!(late.problems.len() == 1 && late.problems[0].why.en.contains("take longer"), "{:?}", late.problems);
    }
}
