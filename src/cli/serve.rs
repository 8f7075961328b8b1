//! `gouji serve`: the gRPC service.

use std::{net::SocketAddr, path::PathBuf};

use super::{complain, exit, packs, print};
use crate::{config::Config, grpc, telemetry};

/// How to serve.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// 监听地址 / The address to listen on
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// 配置文件（TOML 或 YAML） / Configuration file (TOML or YAML)
    #[arg(long, value_name = "FILE", env = crate::config::FILE_VARIABLE)]
    config: Option<PathBuf>,
    /// 打印生效的配置后退出 / Print the configuration in force and leave
    #[arg(long)]
    print_config: bool,
}

/// Serves until a signal ends it.
pub(super) fn run(arguments: &Arguments) -> u8 {
    match serve(arguments) {
        Ok(()) => exit::COMPLIANT,
        Err((code, problem)) => {
            complain(&problem);
            code
        }
    }
}

fn serve(arguments: &Arguments) -> Result<(), (u8, String)> {
    let usage = |problem: String| (exit::USAGE, problem);
    let failed = |problem: String| (exit::FAILED, problem);
    let mut config = Config::load(arguments.config.as_deref(), std::env::vars().collect()).map_err(usage)?;
    config.listen = arguments.listen.unwrap_or(config.listen);
    if arguments.print_config {
        print(&config.to_toml().map_err(failed)?);
        return Ok(());
    }
    let folders: Vec<PathBuf> = config.packs.iter().map(PathBuf::from).collect();
    let packs = packs::open_all(&folders).ok_or_else(|| usage("规则包有误 / a pack is refused".to_owned()))?;
    telemetry::start(config.log.format, &config.log.filter).map_err(usage)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed(error.to_string()))?;
    let served = runtime.block_on(grpc::serve(config, &packs));
    // Work that ignores its deadline must not keep the process.
    runtime.shutdown_background();
    served.map_err(failed)
}
