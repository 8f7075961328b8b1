//! `gouji serve`: the gRPC service.

use std::{fmt::Display, path::PathBuf, sync::Arc};

use super::{complain, exit, print, problems::Telling};
use crate::{
    config::Config,
    grpc,
    operator::{InForce, Sources},
    telemetry,
    words::{Language, Text},
    written::Problem,
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
    let told = |problems: Vec<Problem>| Telling::People(language).tell(&problems);
    let config = Config::load(arguments.config.as_deref(), std::env::vars().collect()).map_err(told);
    let refused = Text::fixed("配置有误，服务未启动", "the settings are refused: the service didn't start");
    let mut config = config.map_err(|()| usage(&refused.in_language(language)))?;
    config.listen = arguments.listen.clone().unwrap_or(config.listen);
    let faults = config.faults();
    if !faults.is_empty() {
        // They come of several sources together: a file, variables, flags, and the machine.
        faults.iter().for_each(|fault| complain(fault.in_language(language)));
        return Err(usage(&refused.in_language(language)));
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
    telemetry::start(config.log.format, &config.log.filter).map_err(|error| usage(&error.told(language)))?;
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

fn sources(config: &Config) -> Sources {
    let file = |name: &String| (!name.is_empty()).then(|| PathBuf::from(name));
    Sources {
        packs: config.packs.iter().map(PathBuf::from).collect(),
        profiles: file(&config.profiles),
        waivers: file(&config.waivers),
        profile: config.profile.clone(),
    }
}
