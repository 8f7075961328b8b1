//! A faulty command line, explained in the caller's language.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::words::{Language, part};

/// What is wrong with a command line, and how the command is used.
pub(super) fn explained(error: &Error, language: Language) -> String {
    let own = match language {
        Language::Zh => in_chinese(error),
        Language::En => None,
    };
    match own {
        Some(own) => format!("gouji: {own}{}\n", usage(error)),
        // Also help, which is no error, and is printed as it is; reasons of our own have both languages.
        None => match reason(error, language) {
            Some(reason) if language == Language::En => {
                let (arg, value) = rejected(error).unwrap_or_default();
                format!("error: invalid value '{value}' for '{arg}': {reason}\n")
            }
            _ => error.render().to_string(),
        },
    }
}

fn in_chinese(error: &Error) -> Option<String> {
    let arg = || text(error, ContextKind::InvalidArg);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => {
            format!("没有 {} 这个选项{}", arg()?, perhaps(error, ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let name = text(error, ContextKind::InvalidSubcommand)?;
            format!("没有 {name} 这个命令{}", perhaps(error, ContextKind::SuggestedSubcommand))
        }
        ErrorKind::InvalidValue => match text(error, ContextKind::InvalidValue).filter(|value| !value.is_empty()) {
            Some(value) => {
                let known = text(error, ContextKind::ValidValue).unwrap_or_default();
                format!("{} 的值“{value}”无效，应为 {known} 之一", arg()?)
            }
            None => format!("{} 缺少值", arg()?),
        },
        ErrorKind::ValueValidation => {
            let reason = reason(error, Language::Zh).map(|reason| format!("：{reason}")).unwrap_or_default();
            let (arg, value) = rejected(error)?;
            format!("{arg} 的值“{value}”无效{reason}")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {}", arg()?),
        ErrorKind::ArgumentConflict => match text(error, ContextKind::PriorArg)? {
            prior if prior == arg()? => format!("{prior} 只能给出一次"),
            prior => format!("{} 不能与 {prior} 同时使用", arg()?),
        },
        ErrorKind::TooManyValues => format!("{} 多了一个值", arg()?),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("{} 的值不完整", arg()?)
        }
        ErrorKind::InvalidUtf8 => "命令中有不是 UTF-8 的文字".to_owned(),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        _ => return None,
    })
}

/// The option whose value is rejected, and the value.
fn rejected(error: &Error) -> Option<(String, String)> {
    Some((text(error, ContextKind::InvalidArg)?, text(error, ContextKind::InvalidValue)?))
}

/// The reason that a parser of our own gives; those of libraries are in English.
fn reason(error: &Error, language: Language) -> Option<String> {
    let why = error.source()?.to_string();
    why.contains(" / ").then(|| part(&why, language).to_owned())
}

fn text(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join("、")),
        other => Some(other.to_string()),
    }
}

fn perhaps(error: &Error, kind: ContextKind) -> String {
    text(error, kind).map(|near| format!("，是否为 {near}？")).unwrap_or_default()
}

fn usage(error: &Error) -> String {
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    let usage = usage.trim().trim_start_matches("Usage:").trim().to_owned();
    if usage.is_empty() { String::new() } else { format!("\n用法：{usage}\n用 --help 查看全部选项") }
}
