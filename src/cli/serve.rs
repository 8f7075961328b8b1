//! `gouji serve`: the gRPC service.

use std::{fmt::Display, path::PathBuf, sync::Arc};

use config::ConfigError;

use super::{complain, exit, print, problems::Telling};
use crate::{
    config::Config,
    grpc,
    operator::{InForce, Sources},
    telemetry,
    words::{Language, Text, spelling::instead},
};

/// How to serve.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// 监听地址，或 unix:路径；可用逗号分隔 / The address to listen on, or unix:PATH; several with commas
    #[arg(long, value_name = "地址 / ADDRESS")]
    listen: Option<String>,
    /// 配置文件（TOML 或 YAML） / Configuration file (TOML or YAML)
    #[arg(long, value_name = "文件 / FILE", env = crate::config::FILE_VARIABLE)]
    config: Option<PathBuf>,
    /// 打印生效的配置后退出 / Print the configuration in force and leave
    #[arg(long)]
    print_config: bool,
}

/// Serves until a signal stops it.
pub(super) fn run(arguments: &Arguments, language: Language) -> u8 {
    match serve(arguments, language) {
        Ok(()) => exit::COMPLIANT,
        Err((code, problem)) => {
            complain(&problem);
            code
        }
    }
}

fn serve(arguments: &Arguments, language: Language) -> Result<(), (u8, String)> {
    let usage = |problem: &dyn Display| (exit::USAGE, problem.to_string());
    let failed = |problem: &dyn Display| (exit::FAILED, problem.to_string());
    let config = Config::load(arguments.config.as_deref(), std::env::vars().collect());
    let mut config = config.map_err(|error| usage(&settings_fault(&error).in_language(language)))?;
    config.listen = arguments.listen.clone().unwrap_or(config.listen);
    let faults = config.faults().map_err(|error| failed(&error))?;
    if !faults.is_empty() {
        let told: Vec<&str> = faults.iter().map(|fault| fault.in_language(language)).collect();
        return Err(usage(&told.join("\n")));
    }
    if arguments.print_config {
        print(&config.to_toml(language).map_err(|error| failed(&error))?);
        return Ok(());
    }
    let rules = InForce::watched(sources(&config)).map_err(|problems| {
        Telling::People(language).tell(&problems);
        let refused = Text::fixed("规则有误，服务未启动", "the rules are refused: the service didn't start");
        usage(&refused.in_language(language))
    })?;
    telemetry::start(config.log.format, &config.log.filter).map_err(|error| usage(&error))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed(&error))?;
    let served = runtime.block_on(grpc::serve(config, Arc::new(rules)));
    // Work that ignores its deadline must not keep the process alive.
    runtime.shutdown_background();
    served.map_err(|error| {
        let told = error.told(language);
        if error.is_of_settings() { usage(&told) } else { failed(&told) }
    })
}

/// What is wrong with the settings. The library's own words are English: what they name is told in ours.
fn settings_fault(error: &ConfigError) -> Text {
    let plain = error.to_string();
    match error {
        ConfigError::Type { unexpected, expected, key, .. } => {
            let key = key.as_deref().unwrap_or_default();
            let wanted = match *expected {
                "an integer" => "整数",
                "a boolean" => "true 或 false",
                "a string" => "一段文字",
                other => other,
            };
            let found = unexpected.to_string();
            // The library says what kind of value it has before it.
            let found =
                found.split_once(' ').filter(|(kind, _)| kind.is_ascii()).map_or(found.as_str(), |(_, own)| own);
            let zh = format!("配置有误：{key} 应为{wanted}，实为 {found}");
            Text::new(zh, format!("the settings are wrong: {plain}"))
        }
        _ if plain.contains("not found") => {
            Text::new(format!("配置文件不存在：{plain}"), format!("there is no such file of settings: {plain}"))
        }
        _ => match unknown_setting(&plain) {
            Some((name, known)) => {
                let (zh, en) = instead(name, &known);
                Text::new(format!("配置有误：没有 {name} 这项设置{zh}"), format!("there is no setting {name}{en}"))
            }
            None => Text::new(format!("配置有误：{plain}"), format!("the settings are wrong: {plain}")),
        },
    }
}

/// The name that is no setting, and those that are: unknown field `x`, expected one of `a`, `b`.
fn unknown_setting(plain: &str) -> Option<(&str, Vec<&str>)> {
    let (name, rest) = plain.split_once("unknown field `")?.1.split_once('`')?;
    Some((name, rest.split('`').skip(1).step_by(2).collect()))
}

fn sources(config: &Config) -> Sources {
    let file = |name: &String| (!name.is_empty()).then(|| PathBuf::from(name));
    Sources {
        packs: config.packs.iter().map(PathBuf::from).collect(),
        profiles: file(&config.profiles),
        waivers: file(&config.waivers),
        profile: config.profile.clone(),
    }
}
