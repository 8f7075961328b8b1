//! `gouji rules`: the catalogue in force.

use super::{Format, complain, exit, print, problems::Telling, rulebook::Rules};
use crate::{
    profile::Profile,
    render::{rule_explained, rule_list, visible_json},
    rule::Rule,
    rulebook::printed,
    wire::{
        json,
        rules::{rule_to, with_examples},
    },
    words::{
        Language, Text,
        spelling::{near_code, perhaps},
    },
};

/// What to print about the rules.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What to print.
#[derive(Debug, clap::Subcommand)]
enum Command {
    /// 列出全部规则 / List all rules
    List {
        /// 输出形式：text 供阅读，json 为每条规则一行 Rule / Form of the output: text or json (a `Rule` a line)
        #[arg(long, value_enum, default_value_t, value_name = "形式 / FORMAT")]
        format: Format,
        #[command(flatten)]
        rules: Rules,
    },
    /// 解释一条规则 / Explain one rule
    Explain {
        /// 规则代码，如 TAL-001 / The rule's code
        #[arg(value_name = "代码 / CODE")]
        code: String,
        /// 输出形式：text 供阅读，json 为一行，含例子 / Form of the output: text, or json (a line, with the examples)
        #[arg(long, value_enum, default_value_t, value_name = "形式 / FORMAT")]
        format: Format,
        #[command(flatten)]
        rules: Rules,
    },
}

/// Prints the rules.
pub(super) fn run(arguments: &Arguments, language: Language) -> u8 {
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
        Command::Explain { code, format, .. } => match rules.iter().find(|rule| rule.code.eq_ignore_ascii_case(code)) {
            Some(rule) => explain(rule, engine.profile(), *format, language),
            None => {
                let codes: Vec<&str> = rules.iter().map(|rule| &*rule.code).collect();
                complain(no_rule(code, &codes).in_language(language));
                return exit::USAGE;
            }
        },
    }
    exit::COMPLIANT
}

/// Prints all that is to be known of a rule.
pub(super) fn explain(rule: &Rule, profile: &Profile, format: Format, language: Language) {
    print(&match format {
        Format::Text => rule_explained(rule, profile, printed(rule).as_ref(), language),
        Format::Json => visible_json(&with_examples(rule, profile, language)).into_owned() + "\n",
    });
}

/// There is no such rule; the nearest, or where all stand.
fn no_rule(code: &str, codes: &[&str]) -> Text {
    let (zh, en) = match near_code(code, codes.iter().copied()) {
        Some(near) => perhaps(Some(near)),
        None => ("；用 gouji rules list 查看全部".to_owned(), "; see gouji rules list".to_owned()),
    };
    Text::new(format!("没有规则 {code}{zh}"), format!("there is no rule {code}{en}"))
}
