//! Why the server could not serve.

use std::{error::Error, fmt, io, net::SocketAddr};

use crate::{
    words::{Language, Text, system::why},
    written::Problem,
};

/// Why the server could not serve.
#[derive(Debug)]
pub enum ServeError {
    /// Listening on the address failed.
    Listen(String, io::Error),
    /// Others could read what is sent to this address.
    ClearText(SocketAddr),
    /// Something is wrong with the files of certificates or callers, or with their settings.
    Files(Vec<Problem>),
    /// Signal handlers could not be installed.
    Signals(io::Error),
    /// The reflection service could not be built.
    Reflection(tonic_reflection::server::Error),
    /// The serving task was cancelled, or panicked.
    Ended(tokio::task::JoinError),
}

impl ServeError {
    /// Whether the operator's settings, or the files that they name, are at fault.
    pub fn is_of_settings(&self) -> bool {
        matches!(self, Self::Listen(..) | Self::ClearText(_) | Self::Files(_))
    }
}

impl ServeError {
    /// What is wrong, in a language.
    pub fn told(&self, language: Language) -> String {
        let words = match self {
            Self::Listen(address, error) => {
                let Text { zh, en } = why_not(error);
                Text::new(format!("无法监听 {address}：{zh}"), format!("can't listen on {address}: {en}"))
            }
            Self::ClearText(address) => Text::new(
                format!(
                    "{address} 可被其他计算机访问，应设置 tls.certificate 和 tls.key；如确需明文，设 tls.clear_text = true"
                ),
                format!(
                    "other machines reach {address}: set tls.certificate and tls.key, or tls.clear_text = true if it must \
                     be clear text"
                ),
            ),
            Self::Files(problems) => {
                let problems: Vec<String> = problems.iter().map(|problem| problem.told(language)).collect();
                return problems.join("\n");
            }
            Self::Signals(error) => {
                Text::new(format!("无法接收信号：{error}"), format!("signals can't be heard: {error}"))
            }
            Self::Reflection(error) => Text::new(format!("反射服务：{error}"), format!("reflection: {error}")),
            Self::Ended(error) => Text::new(format!("服务任务：{error}"), format!("the serving task: {error}")),
        };
        words.in_language(language).to_owned()
    }
}

/// Why an address can't be listened on.
fn why_not(error: &io::Error) -> Text {
    let zh = match error.kind() {
        io::ErrorKind::AddrInUse => "地址已被占用",
        io::ErrorKind::AddrNotAvailable => "本机没有这个地址",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::InvalidInput => "地址应写作 127.0.0.1:50051 或 unix:路径",
        io::ErrorKind::NotFound => "文件夹不存在",
        io::ErrorKind::AlreadyExists => "已有同名的文件或文件夹，不是套接字",
        io::ErrorKind::NotADirectory => "路径中有一级不是文件夹",
        // The resolver's own errors have no kind.
        _ if error.raw_os_error().is_none() => "找不到这个主机名",
        _ => return why(error),
    };
    Text::new(zh, error.to_string())
}

impl fmt::Display for ServeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.told(Language::En))
    }
}

impl Error for ServeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Listen(_, error) | Self::Signals(error) => Some(error),
            Self::ClearText(_) | Self::Files(_) => None,
            Self::Reflection(error) => Some(error),
            Self::Ended(error) => Some(error),
        }
    }
}
