//! `gouji packs`: user-written rules.

use std::path::PathBuf;

use super::{complain, exit, impact, print};
use crate::{
    operator::{hold, load_pack},
    packs::{Pack, Written, schema_of_pack, schema_of_rules},
    render::severity_name,
    rulebook::{profiles, reserved, trial::Trial, waivers},
    words::{Language, Text, system},
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
    New {
        /// 要新建的文件夹 / The folder to make
        #[arg(value_name = "文件夹 / FOLDER")]
        folder: PathBuf,
    },
    /// 检查规则包 / Check a pack: names, types, codes, sizes
    Check {
        /// 规则包文件夹 / The folder with the pack
        #[arg(value_name = "文件夹 / FOLDER")]
        folder: PathBuf,
    },
    /// 以规则自带的例子检验规则包 / Hold each rule of a pack to its examples
    Test {
        /// 规则包文件夹 / The folder with the pack
        #[arg(value_name = "文件夹 / FOLDER")]
        folder: PathBuf,
    },
    /// 输出供编辑器使用的 JSON Schema / Print a JSON Schema for editors
    Schema {
        /// 文件的种类 / The kind of file
        #[arg(value_name = "种类 / KIND")]
        of: File,
    },
    /// 列出规则包中的规则 / Tell what rules a pack has
    Explain {
        /// 规则包文件夹 / The folder with the pack
        #[arg(value_name = "文件夹 / FOLDER")]
        folder: PathBuf,
        /// 规则代码；不给出则说明全部规则 / The code of a rule; else all are told
        #[arg(value_name = "代码 / CODE")]
        code: Option<String>,
    },
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
pub(super) fn run(arguments: &Arguments, language: Language) -> u8 {
    match &arguments.command {
        Command::New { folder } => new(folder, language),
        Command::Check { folder } => with(folder, language, |pack| {
            let (rules, name, version) = (pack.rules.len(), &pack.name, &pack.version);
            let words = Text::new(format!("{rules} 条规则"), format!("{rules} rules"));
            print(&format!("{name} {version}: {} · {}\n", words.in_language(language), pack.digest));
            exit::COMPLIANT
        }),
        Command::Schema { of } => schema(*of),
        Command::Test { folder } => with(folder, language, |pack| test(pack, language)),
        Command::Impact(arguments) => impact::run(arguments, language),
        Command::Explain { folder, code } => with(folder, language, |pack| explain(pack, code.as_deref(), language)),
    }
}

/// Opens the pack in a folder and prints its problems.
fn open(folder: &std::path::Path, language: Language) -> Option<Pack> {
    match load_pack(folder, &reserved()) {
        Ok(pack) => Some(pack),
        Err(problems) => {
            problems.iter().for_each(|problem| complain(&problem.in_language(language)));
            None
        }
    }
}

fn with(folder: &std::path::Path, language: Language, work: impl FnOnce(&Pack) -> u8) -> u8 {
    open(folder, language).as_ref().map_or(exit::NOT_COMPLIANT, work)
}

/// Creates a pack, and beside it the schemas that its first lines point editors to.
fn new(folder: &std::path::Path, language: Language) -> u8 {
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
            complain(&format!("{}: {}", folder.display(), system::why(&error).in_language(language)));
            exit::FAILED
        }
    }
}

/// Checks each rule against its examples.
fn test(pack: &Pack, language: Language) -> u8 {
    let Trial { examples, problems } = hold(pack);
    problems.iter().for_each(|problem| complain(&problem.in_language(language)));
    let failed = problems.len();
    let rules = pack.rules.len();
    let words = Text::new(
        format!("{rules} 条规则，{examples} 个例子，{failed} 个不符\n"),
        format!("{rules} rules, {examples} examples, {failed} failed\n"),
    );
    print(words.in_language(language));
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

fn explain(pack: &Pack, code: Option<&str>, language: Language) -> u8 {
    let wanted = |written: &&Written| code.is_none_or(|code| written.rule.code.eq_ignore_ascii_case(code));
    let rules: Vec<&Written> = pack.rules.iter().filter(wanted).collect();
    for written in &rules {
        let rule = &written.rule;
        let (severity, title) = (severity_name(rule.severity, language), rule.title.in_language(language));
        print(&format!("# {} {title} [{severity}]\n\n{}\n\n", rule.code, rule.documentation(language)));
    }
    if rules.is_empty() {
        let code = code.unwrap_or_default();
        let words = Text::new(format!("规则包中没有规则 {code}"), format!("the pack has no rule {code}"));
        complain(words.in_language(language));
        return exit::USAGE;
    }
    exit::COMPLIANT
}
