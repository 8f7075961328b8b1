//! `gouji packs`: rules that users write.

use std::path::PathBuf;

use super::{complain, exit, impact, print};
use crate::{
    engine::Engine,
    packs::{Pack, Problem, Written, load},
    rules,
    wire::dossier::{CLEAN, example},
};

/// What to do with packs.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What to do with a pack.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// 新建规则包 / Make a new pack, to be changed
    New { folder: PathBuf },
    /// 检查规则包 / Check a pack: names, types, codes, sizes
    Check { folder: PathBuf },
    /// 以规则自带的例子检验规则包 / Hold each rule of a pack to its examples
    Test { folder: PathBuf },
    /// 列出规则包中的规则 / Tell what rules a pack has
    Explain { folder: PathBuf, code: Option<String> },
    /// 比较规则变更前后对一批报告的影响 / What a change of rules changes for a folder of reports
    Impact(impact::Arguments),
}

/// Works on a pack. Ends with 1 where the pack is refused or fails its examples.
pub(super) fn run(arguments: &Arguments) -> u8 {
    match &arguments.command {
        Command::New { folder } => new(folder),
        Command::Check { folder } => with(folder, |pack| {
            let (rules, name, version) = (pack.rules.len(), &pack.name, &pack.version);
            print(&format!("{name} {version}: {rules} 条规则 / rules · {}\n", pack.digest));
            exit::COMPLIANT
        }),
        Command::Test { folder } => with(folder, test),
        Command::Impact(arguments) => impact::run(arguments),
        Command::Explain { folder, code } => with(folder, |pack| explain(pack, code.as_deref())),
    }
}

/// The pack in a folder; its problems are told.
fn open(folder: &std::path::Path) -> Option<Pack> {
    let reserved: Vec<&str> = rules::FAMILIES.iter().map(|family| family.prefix).collect();
    match load(folder, &reserved) {
        Ok(pack) => Some(pack),
        Err(problems) => {
            problems.iter().map(Problem::to_string).for_each(|problem| complain(&problem));
            None
        }
    }
}

/// The packs in these folders, if none of them is refused.
pub(super) fn open_all(folders: &[PathBuf]) -> Option<Vec<Pack>> {
    let packs: Vec<Pack> = folders.iter().map(|folder| open(folder)).collect::<Option<_>>()?;
    let mut codes: Vec<_> = packs.iter().flat_map(|pack| &pack.rules).map(|written| &written.rule.code).collect();
    codes.sort_unstable();
    match codes.windows(2).find(|pair| pair[0] == pair[1]) {
        None => Some(packs),
        Some(pair) => {
            let code = pair[0];
            complain(&format!("规则代码 {code} 在两个规则包中重复 / the code {code} is in two packs"));
            None
        }
    }
}

fn with(folder: &std::path::Path, work: impl FnOnce(&Pack) -> u8) -> u8 {
    open(folder).as_ref().map_or(exit::NOT_COMPLIANT, work)
}

fn new(folder: &std::path::Path) -> u8 {
    const FILES: [(&str, &str); 2] = [
        ("pack.yaml", include_str!("../../examples/packs/new/pack.yaml")),
        ("rules.yaml", include_str!("../../examples/packs/new/rules.yaml")),
    ];
    let write = || {
        std::fs::create_dir_all(folder)?;
        FILES.iter().try_for_each(|(name, text)| {
            let file = std::fs::File::create_new(folder.join(name))?;
            std::io::Write::write_all(&mut &file, text.as_bytes())
        })
    };
    match write() {
        Ok(()) => {
            print(&format!("gouji packs test {}\n", folder.display()));
            exit::COMPLIANT
        }
        Err(error) => {
            complain(&format!("{}: {error}", folder.display()));
            exit::FAILED
        }
    }
}

/// Holds each rule to its examples.
fn test(pack: &Pack) -> u8 {
    let engine = Engine::of(pack.rules.iter().map(|written| written.rule.clone()).collect(), Vec::new());
    let mut held = 0;
    let mut failed = 0;
    for written in &pack.rules {
        let bad = written.bad.iter().map(|patch| (patch, vec![written.rule.code.as_ref()]));
        let good = written.good.iter().map(|patch| (patch, Vec::new()));
        for (patch, expected) in bad.chain(good) {
            for problem in broken(&engine, written, patch, &expected) {
                complain(&format!("{}: {problem}", written.file));
                failed += 1;
            }
            held += 1;
        }
        if written.bad.is_empty() {
            complain(&format!("{}: {} 没有反例（examples.bad）/ has no bad example", written.file, written.rule.code));
            failed += 1;
        }
    }
    print(&format!("{} 条规则 / rules, {held} 个例子 / examples, {failed} 个不符 / failed\n", pack.rules.len()));
    if failed == 0 { exit::COMPLIANT } else { exit::NOT_COMPLIANT }
}

/// How an example differs from what it should be, on the clean dossier of each edition of the rule.
fn broken(engine: &Engine, written: &Written, patch: &str, expected: &[&str]) -> Vec<String> {
    let editions = written.rule.editions.iter().map(|edition| edition.name().0.chars().take(4).collect::<String>());
    let editions: Vec<String> = editions.collect();
    let clean = CLEAN.iter().filter(|(edition, _)| editions.iter().any(|own| own == edition));
    let problems = clean.filter_map(|(edition, text)| {
        let code = &written.rule.code;
        let dossier = match example(text, patch) {
            Ok(dossier) => dossier,
            Err(why) => return Some(format!("{code} {edition}: {} / {}: {patch}", why.zh, why.en)),
        };
        let assessment = engine.assess(&dossier, &[0; 32], None);
        let mut found: Vec<&str> = assessment.findings.iter().map(|finding| &*finding.code).collect();
        found.dedup();
        (found != expected).then(|| format!("{code} {edition}: {found:?} ≠ {expected:?}: {patch}"))
    });
    problems.collect()
}

fn explain(pack: &Pack, code: Option<&str>) -> u8 {
    let wanted = |written: &&Written| code.is_none_or(|code| written.rule.code.eq_ignore_ascii_case(code));
    let rules: Vec<&Written> = pack.rules.iter().filter(wanted).collect();
    for written in &rules {
        let rule = &written.rule;
        print(&format!("# {} {} / {}\n{}\n", rule.code, rule.title.zh, rule.title.en, rule.documentation()));
    }
    if rules.is_empty() { exit::USAGE } else { exit::COMPLIANT }
}
