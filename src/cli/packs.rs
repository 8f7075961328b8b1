//! `gouji packs`: user-written rules.

use std::path::PathBuf;

use super::{complain, exit, impact, print};
use crate::{
    operator::{hold, load_pack},
    packs::{Pack, Written, schema_of_pack, schema_of_rules},
    render::severity_name,
    rulebook::{profiles, reserved, trial::Trial, waivers},
    words::Language,
    written::Problem,
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
    /// 输出供编辑器使用的 JSON Schema / Print a JSON Schema for editors
    Schema { of: File },
    /// 列出规则包中的规则 / Tell what rules a pack has
    Explain { folder: PathBuf, code: Option<String> },
    /// 比较规则变更前后对一批报告的影响 / What a change of rules changes for a folder of reports
    Impact(impact::Arguments),
}

/// A kind of file that operators write.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum File {
    /// pack.yaml
    Pack,
    /// The other files of a pack.
    Rules,
    /// Profiles.
    Profiles,
    /// Waivers.
    Waivers,
}

/// Works on a pack. Exits with 1 if the pack is refused or fails its examples.
pub(super) fn run(arguments: &Arguments) -> u8 {
    match &arguments.command {
        Command::New { folder } => new(folder),
        Command::Check { folder } => with(folder, |pack| {
            let (rules, name, version) = (pack.rules.len(), &pack.name, &pack.version);
            print(&format!("{name} {version}: {rules} 条规则 / rules · {}\n", pack.digest));
            exit::COMPLIANT
        }),
        Command::Schema { of } => schema(*of),
        Command::Test { folder } => with(folder, test),
        Command::Impact(arguments) => impact::run(arguments),
        Command::Explain { folder, code } => with(folder, |pack| explain(pack, code.as_deref())),
    }
}

/// Opens the pack in a folder and prints its problems.
fn open(folder: &std::path::Path) -> Option<Pack> {
    match load_pack(folder, &reserved()) {
        Ok(pack) => Some(pack),
        Err(problems) => {
            problems.iter().map(Problem::to_string).for_each(|problem| complain(&problem));
            None
        }
    }
}

fn with(folder: &std::path::Path, work: impl FnOnce(&Pack) -> u8) -> u8 {
    open(folder).as_ref().map_or(exit::NOT_COMPLIANT, work)
}

/// Creates a pack, and beside it the schemas that its first lines point editors to.
fn new(folder: &std::path::Path) -> u8 {
    const PACK: &str = include_str!("../../examples/packs/new/pack.yaml");
    const RULES: &str = include_str!("../../examples/packs/new/rules.yaml");
    let modeline = |schema: &str, text: &str| format!("# yaml-language-server: $schema={schema}\n{text}");
    let files = [
        ("pack.yaml", modeline("pack.schema.json", PACK)),
        ("rules.yaml", modeline("rules.schema.json", RULES)),
        ("pack.schema.json", pretty(&schema_of_pack())),
        ("rules.schema.json", pretty(&schema_of_rules())),
    ];
    let write = || {
        std::fs::create_dir_all(folder)?;
        files.iter().try_for_each(|(name, text)| {
            let file = std::fs::OpenOptions::new().write(true).create_new(true).open(folder.join(name))?;
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

/// Checks each rule against its examples.
fn test(pack: &Pack) -> u8 {
    let Trial { examples, problems } = hold(pack);
    problems.iter().for_each(|problem| complain(&problem.to_string()));
    let failed = problems.len();
    print(&format!("{} 条规则 / rules, {examples} 个例子 / examples, {failed} 个不符 / failed\n", pack.rules.len()));
    if failed == 0 { exit::COMPLIANT } else { exit::NOT_COMPLIANT }
}

fn schema(of: File) -> u8 {
    let schema = match of {
        File::Pack => schema_of_pack(),
        File::Rules => schema_of_rules(),
        File::Profiles => profiles::schema(),
        File::Waivers => waivers::schema(),
    };
    print(&pretty(&schema));
    exit::COMPLIANT
}

fn pretty(schema: &schemars::Schema) -> String {
    format!("{:#}\n", schema.as_value())
}

fn explain(pack: &Pack, code: Option<&str>) -> u8 {
    let wanted = |written: &&Written| code.is_none_or(|code| written.rule.code.eq_ignore_ascii_case(code));
    let rules: Vec<&Written> = pack.rules.iter().filter(wanted).collect();
    for written in &rules {
        let rule = &written.rule;
        let severity = severity_name(rule.severity, Language::Zh);
        print(&format!(
            "# {} {} / {} [{severity}]\n\n{}\n\n",
            rule.code,
            rule.title.zh,
            rule.title.en,
            rule.documentation(Language::Zh)
        ));
    }
    if rules.is_empty() {
        let code = code.unwrap_or_default();
        complain(&format!("规则包中没有规则 {code} / the pack has no rule {code}"));
        return exit::USAGE;
    }
    exit::COMPLIANT
}
