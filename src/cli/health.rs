//! `gouji health`: whether a service answers, for containers and supervisors.

use super::{complain, exit, print};
use crate::{
    grpc::is_serving,
    words::{Language, Text},
};

/// Which service to ask.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// 服务的地址，或 unix:路径；只用明文 / The service's address, or unix:PATH; in clear text alone
    #[arg(value_name = "地址 / ADDRESS", default_value = "127.0.0.1:50051")]
    address: String,
}

/// Asks once. Exits with 0 if it serves.
pub(super) fn run(arguments: &Arguments, language: Language) -> u8 {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&error.to_string());
            return exit::FAILED;
        }
    };
    let address = &arguments.address;
    let (words, code) = match runtime.block_on(is_serving(address)) {
        Ok(true) => (Text::new(format!("{address}：正常服务"), format!("{address}: serving")), exit::COMPLIANT),
        Ok(false) => {
            (Text::new(format!("{address}：正在停止"), format!("{address}: not serving")), exit::NOT_COMPLIANT)
        }
        Err(why) => {
            let Text { zh, en } = why;
            let words = Text::new(format!("{address}：没有应答（{zh}）"), format!("{address}: no answer ({en})"));
            (words, exit::NOT_COMPLIANT)
        }
    };
    print(&format!("{}\n", words.in_language(language)));
    code
}
