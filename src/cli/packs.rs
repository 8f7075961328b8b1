//! `gouji packs`: user-written rules.

use std::path::{Path, PathBuf};

use super::{Format, complain, eval, exit, impact, print, problems::Telling, rules};
use crate::{
    callers,
    engine::{Engine, PackInForce},
    operator::{Sources, hold, load, load_pack, within},
    packs::{Pack, Written, schema_of_pack, schema_of_rules},
    profile::Profile,
    rule::Check,
    rulebook::{Rulebook, profiles, reserved, trial::Trial, waivers},
    words::{Language, Text, system},
};

/// What to do with packs.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// 输出形式：text 供阅读，json 为每处错误或每份报告一行 / Form of the output: text, or json (a line for each fault or report)
    #[arg(long, value_enum, default_value_t, global = true, value_name = "形式 / FORMAT")]
    format: Format,
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
    /// 检查规则包、方案和豁免文件能否施行 / Check whether packs, profiles and waivers can be put in force
    Check {
        /// 规则包文件夹 / Folders of packs
        #[arg(required_unless_present_any = ["profiles", "waivers"], value_name = "文件夹 / FOLDERS")]
        folders: Vec<PathBuf>,
        /// 方案文件 / A file of profiles
        #[arg(long, value_name = "文件 / FILE")]
        profiles: Option<PathBuf>,
        /// 豁免文件 / A file of waivers
        #[arg(long, value_name = "文件 / FILE")]
        waivers: Option<PathBuf>,
    },
    /// 以规则自带的例子检验规则包 / Hold each rule of a pack to its examples
    Test {
        /// 规则包文件夹 / The folder with the pack
        #[arg(value_name = "文件夹 / FOLDER")]
        folder: PathBuf,
    },
    /// 求表达式在一份报告上的值 / Tell what an expression is on a report, and what it looks at
    Eval(eval::Arguments),
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
    /// Those who may call the service.
    Callers,
}

/// Works on a pack. Exits with 1 if the pack is refused or fails its examples.
pub(super) fn run(arguments: &Arguments, language: Language) -> u8 {
    let Arguments { command, format } = arguments;
    let telling = Telling::of(*format, language);
    match command {
        Command::New { folder } => new(folder, language),
        Command::Check { folders, profiles, waivers } => {
            let (profiles, waivers) = (profiles.clone(), waivers.clone());
            let sources = Sources { packs: folders.clone(), profiles, waivers, ..Sources::default() };
            check(&sources, *format, language, telling)
        }
        Command::Schema { of } => schema(*of),
        Command::Test { folder } => with(folder, telling, |pack| test(folder, pack, *format, language, telling)),
        Command::Eval(arguments) => eval::run(arguments, *format, language),
        Command::Impact(arguments) => impact::run(arguments, *format, language),
        Command::Explain { folder, code } => {
            with(folder, telling, |pack| explain(pack, code.as_deref(), *format, language))
        }
    }
}

/// Opens the pack in a folder, or tells what is wrong with it.
fn with(folder: &Path, telling: Telling, work: impl FnOnce(&Pack) -> u8) -> u8 {
    match load_pack(folder, &reserved()) {
        Ok(pack) => work(&pack),
        Err(problems) => {
            telling.tell(&problems.into_iter().map(|problem| within(folder, problem)).collect::<Vec<_>>());
            exit::NOT_COMPLIANT
        }
    }
}

/// Loads rules just as for `serve` and `check`, so that what is accepted here is accepted there.
fn check(sources: &Sources, format: Format, language: Language, telling: Telling) -> u8 {
    let rulebook = match load(sources) {
        Ok(rulebook) => rulebook,
        Err(problems) => {
            telling.tell(&problems);
            return exit::NOT_COMPLIANT;
        }
    };
    if format == Format::Json {
        return exit::COMPLIANT;
    }
    for PackInForce { name, version, digest } in rulebook.packs() {
        print(&format!("{name} {version} · {digest}\n"));
    }
    let written = |engine: &Engine| engine.rules().iter().filter(|rule| matches!(rule.check, Check::Pack(_))).count();
    let rules = rulebook.engines().first().map_or(0, written);
    // The built-in profiles are there without a file: they are no news.
    let profiles = rulebook.engines().len() - Rulebook::built_in().engines().len();
    let waivers = rulebook.waivers().len();
    let counted = [
        (!sources.packs.is_empty(), format!("规则包共 {rules} 条规则"), format!("{rules} rules of packs")),
        (sources.profiles.is_some(), format!("{profiles} 个方案"), format!("{profiles} profiles")),
        (sources.waivers.is_some(), format!("{waivers} 项豁免"), format!("{waivers} waivers")),
    ];
    let (zh, en): (Vec<String>, Vec<String>) =
        counted.into_iter().filter(|own| own.0).map(|(_, zh, en)| (zh, en)).unzip();
    let told = Text::new(format!("可以施行：{}\n", zh.join("，")), format!("can be put in force: {}\n", en.join(", ")));
    print(told.in_language(language));
    exit::COMPLIANT
}

/// Creates a pack, and beside it the schemas that its first lines point editors to.
fn new(folder: &Path, language: Language) -> u8 {
    const PACK: &str = include_str!("../../examples/packs/new/pack.yaml");
    const RULES: &str = include_str!("../../examples/packs/new/rules.yaml");
    // The examples' own first lines name the schemas of this repository.
    let behind_first_line = |text: &'static str| text.split_once('\n').map_or(text, |(_, rest)| rest);
    let modeline =
        |schema: &str, text| format!("# yaml-language-server: $schema={schema}\n{}", behind_first_line(text));
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
            let why = match error.kind() {
                std::io::ErrorKind::AlreadyExists => {
                    Text::fixed("其中已有规则包，没有改动", "it holds a pack already, which was left as it is")
                }
                _ => system::why(&error),
            };
            let folder = folder.display();
            let told = Text::new(format!("{folder}：{}", why.zh), format!("{folder}: {}", why.en));
            complain(told.in_language(language));
            exit::USAGE
        }
    }
}

/// Checks each rule against its examples.
fn test(folder: &Path, pack: &Pack, format: Format, language: Language, telling: Telling) -> u8 {
    let Trial { examples, problems } = hold(pack);
    let (rules, failed) = (pack.rules.len(), problems.len());
    telling.tell(&problems.into_iter().map(|problem| within(folder, problem)).collect::<Vec<_>>());
    if format == Format::Text {
        let told = Text::new(
            format!("{rules} 条规则，{examples} 个例子，{failed} 个不符\n"),
            format!("{rules} rules, {examples} examples, {failed} failed\n"),
        );
        print(told.in_language(language));
    }
    if failed == 0 { exit::COMPLIANT } else { exit::NOT_COMPLIANT }
}

fn schema(of: File) -> u8 {
    let schema = match of {
        File::Pack => schema_of_pack(),
        File::Rules => schema_of_rules(),
        File::Profiles => profiles::schema(),
        File::Waivers => waivers::schema(),
        File::Callers => callers::schema(),
    };
    print(&pretty(&schema));
    exit::COMPLIANT
}

fn pretty(schema: &schemars::Schema) -> String {
    format!("{:#}\n", schema.as_value())
}

fn explain(pack: &Pack, code: Option<&str>, format: Format, language: Language) -> u8 {
    let wanted = |written: &&Written| code.is_none_or(|code| written.rule.code.eq_ignore_ascii_case(code));
    let rules: Vec<&Written> = pack.rules.iter().filter(wanted).collect();
    for (at, written) in rules.iter().enumerate() {
        if at > 0 && format == Format::Text {
            print("\n");
        }
        rules::explain(&written.rule, &Profile::default(), format, language);
    }
    if rules.is_empty() {
        let code = code.unwrap_or_default();
        let told = Text::new(format!("规则包中没有规则 {code}"), format!("the pack has no rule {code}"));
        complain(told.in_language(language));
        return exit::USAGE;
    }
    exit::COMPLIANT
}
