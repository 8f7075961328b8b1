//! `gouji rules`: the catalogue in force.

use super::{Format, Lang, complain, exit, print, problems::Telling, rulebook::Rules};
use crate::{
    render::rule_list,
    rule::Rule,
    wire::{json, rules::rule_to},
    words::Language,
};

/// What to print about the rules.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// 语言 / Language
    #[arg(long, value_enum, default_value_t, global = true)]
    lang: Lang,
}

/// What to print.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// 列出全部规则 / List all rules
    List {
        /// 输出形式 / Form of the output: text or json (a `Rule` a line)
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        rules: Rules,
    },
    /// 解释一条规则 / Explain one rule
    Explain {
        /// 规则代码，如 TAL-001 / The rule's code
        code: String,
        #[command(flatten)]
        rules: Rules,
    },
}

/// Prints the rules.
pub(super) fn run(arguments: &Arguments) -> u8 {
    let language = Language::from(arguments.lang);
    let (Command::List { rules, .. } | Command::Explain { rules, .. }) = &arguments.command;
    let Some(in_force) = rules.open(None, Telling::People(language)) else {
        return exit::USAGE;
    };
    let rulebook = in_force.in_force();
    let Some(engine) = rulebook.engine("") else {
        return exit::FAILED;
    };
    let rules = engine.rules();
    match &arguments.command {
        Command::List { format: Format::Text, .. } => print(&rule_list(rules, engine.profile(), language)),
        Command::List { format: Format::Json, .. } => {
            rules.iter().for_each(|rule| print(&(json::write(&rule_to(rule, engine.profile(), language)) + "\n")));
        }
        Command::Explain { code, .. } => match rules.iter().find(|rule| rule.code.eq_ignore_ascii_case(code)) {
            Some(rule) => explain(rule, language),
            None => {
                complain(&format!(
                    "没有规则 {code}；用 gouji rules list 查看全部 / no rule {code}; see gouji rules list"
                ));
                return exit::USAGE;
            }
        },
    }
    exit::COMPLIANT
}

fn explain(rule: &Rule, language: Language) {
    let basis = rule.basis.iter().map(|basis| format!("- {} {}\n", basis.instrument, basis.clause));
    let title = rule.title.in_language(language);
    print(&format!("# {} {title}\n\n{}\n\n", rule.code, rule.documentation(language)));
    print(&format!("# 依据 / Basis\n{}", basis.collect::<String>()));
}
