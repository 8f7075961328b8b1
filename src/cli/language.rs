//! Help in one language. Each help text and each name of a value is written as `中文 / English`, and divided here, so
//! that both stand beside the option that they describe.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command, ValueEnum};

use super::Lang;
use crate::{
    config::LANGUAGE_VARIABLE,
    words::{Language, part},
};

/// Where options stand that all commands have.
pub(super) const LAST: usize = 1_000;

/// The language that a command line asks for, before it is parsed: help and errors need it too.
pub(super) fn asked(arguments: &[OsString]) -> Language {
    let mut named = None;
    let mut words = arguments.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        match word.as_ref() {
            "--" => break,
            "--lang" => named = words.next().map(|name| name.into_owned()),
            word => named = word.strip_prefix("--lang=").map(str::to_owned).or(named),
        }
    }
    let name = named.or_else(|| std::env::var(LANGUAGE_VARIABLE).ok());
    name.and_then(|name| Lang::from_str(&name, true).ok()).unwrap_or_default().into()
}

/// A command in one language, with all its subcommands.
pub(super) fn localised(command: Command, language: Language) -> Command {
    let command = in_words(command, language).arg(
        Arg::new("version").short('V').long("version").action(ArgAction::Version).display_order(LAST).help(
            match language {
                Language::Zh => "显示版本",
                Language::En => "Print version",
            },
        ),
    );
    let command = with_headings(command, language);
    match language {
        // Only the parser knows how a command is used, and only in English.
        Language::Zh => {
            let mut built = command.clone();
            built.build();
            with_usage(command, &mut built)
        }
        Language::En => command,
    }
}

/// Divides all texts; adds what the parser would add in English.
fn in_words(command: Command, language: Language) -> Command {
    let part = |text: &dyn ToString| part(&text.to_string(), language).to_owned();
    let (about, after) = (command.get_about().map(|it| part(it)), command.get_after_help().map(|it| part(it)));
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .mut_args(|arg| arg_in_words(arg, language))
        .mut_subcommands(|command| in_words(command, language))
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).display_order(LAST).help(
            match language {
                Language::Zh => "显示帮助",
                Language::En => "Print help",
            },
        ));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    command
}

fn arg_in_words(arg: Arg, language: Language) -> Arg {
    let help = arg.get_help().map(|help| part(&help.to_string(), language).to_owned()).unwrap_or_default();
    if !arg.get_action().takes_values() {
        return arg.help(help);
    }
    let names = arg.get_value_names().unwrap_or_default();
    let names: Vec<String> = names.iter().map(|name| part(name, language).to_owned()).collect();
    let help = help + &remarks(&arg, language);
    let arg = arg.help(help).hide_default_value(true).hide_possible_values(true).hide_env(true);
    if names.is_empty() { arg } else { arg.value_names(names) }
}

/// What the parser would add to a help text, only in English and on lines of its own.
fn remarks(arg: &Arg, language: Language) -> String {
    let mut remarks = Vec::new();
    let mut remark = |zh: &str, en: &str, words: Vec<String>| {
        if words.iter().any(|word| !word.is_empty()) {
            remarks.push(match language {
                Language::Zh => format!("{zh}：{}", words.join("、")),
                Language::En => format!("{en}: {}", words.join(", ")),
            });
        }
    };
    let own = |word: &std::ffi::OsStr| word.to_string_lossy().into_owned();
    remark("可选", "one of", arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect());
    remark("默认", "default", arg.get_default_values().iter().map(|value| own(value)).collect());
    remark("环境变量", "variable", arg.get_env().map(own).into_iter().collect());
    match (remarks.is_empty(), language) {
        (true, _) => String::new(),
        (false, Language::Zh) => format!("［{}］", remarks.join("；")),
        (false, Language::En) => format!(" [{}]", remarks.join("; ")),
    }
}

/// The parser's own headings are in English.
fn with_headings(command: Command, language: Language) -> Command {
    if language == Language::En {
        return command;
    }
    let mut template = "{about-with-newline}\n用法：{usage}\n".to_owned();
    if command.get_positionals().next().is_some() {
        template += "\n参数：\n{positionals}\n";
    }
    if command.has_subcommands() {
        template += "\n命令：\n{subcommands}\n";
    }
    template += "\n选项：\n{options}{after-help}";
    command
        .help_template(template)
        .subcommand_value_name("命令")
        .mut_subcommands(|command| with_headings(command, language))
}

/// Sets how each command is used; `built` is the same command as the parser completes it.
fn with_usage(command: Command, built: &mut Command) -> Command {
    let usage = built.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().replace("[OPTIONS]", "[选项]");
    let command = command.override_usage(usage);
    command.mut_subcommands(|command| {
        let name = command.get_name().to_owned();
        match built.find_subcommand_mut(&name) {
            Some(built) => with_usage(command, built),
            None => command,
        }
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{super::Arguments, *};

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|char| ('\u{4e00}'..='\u{9fff}').contains(&char))
    }

    fn each_text(command: &Command, hold: &mut impl FnMut(&str)) {
        let own = command.get_arguments().filter(|arg| !arg.is_hide_set());
        own.filter_map(Arg::get_help).for_each(|help| hold(&help.to_string()));
        command.get_about().into_iter().for_each(|about| hold(&about.to_string()));
        command.get_subcommands().filter(|own| !own.is_hide_set()).for_each(|own| each_text(own, hold));
    }

    #[test]
    fn every_help_text_has_both_languages_and_is_shown_in_one() {
        let mut seen = 0;
        each_text(&Arguments::command(), &mut |text| {
            assert_eq!(text.matches(" / ").count(), 1, "{text}");
            assert!(is_chinese(part(text, Language::Zh)) && !part(text, Language::En).contains('：'), "{text}");
            seen += 1;
        });
        assert!(seen > 40, "{seen} texts");
        each_text(&localised(Arguments::command(), Language::Zh), &mut |text| {
            assert!(is_chinese(text) && !text.contains(" / "), "{text}");
        });
    }

    #[test]
    fn the_command_is_sound_in_both_languages() {
        for language in [Language::Zh, Language::En] {
            localised(Arguments::command(), language).debug_assert();
        }
    }

    #[test]
    fn the_language_is_asked_for_anywhere_on_the_line() {
        let asked = |line: &str| asked(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        for line in ["gouji --lang en check x", "gouji check --lang=en x", "gouji check x --lang EN"] {
            assert_eq!(asked(line), Language::En, "{line}");
        }
        for line in ["gouji check x", "gouji check -- --lang en", "gouji check --lang", "gouji check --lang fr"] {
            assert_eq!(asked(line), Language::Zh, "{line}");
        }
    }
}
