//! Why the server could not serve.

use std::{error::Error, fmt, io, net::SocketAddr};

use crate::written::Problem;

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
    /// The transport failed.
    Transport(tonic::transport::Error),
    /// The serving task was cancelled, or panicked.
    Ended(tokio::task::JoinError),
}

impl ServeError {
    /// Whether the operator's settings, or the files that they name, are at fault.
    pub fn is_of_settings(&self) -> bool {
        matches!(self, Self::ClearText(_) | Self::Files(_))
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, error) => write!(formatter, "无法监听 / can't listen on {address}: {error}"),
            Self::ClearText(address) => write!(
                formatter,
                "{address} 可被其他计算机访问，应设置 tls.certificate 和 tls.key；如确需明文，设 tls.clear_text = true / \
                 other machines reach {address}: set tls.certificate and tls.key, or tls.clear_text = true if it must be \
                 clear text"
            ),
            Self::Files(problems) => {
                let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
                formatter.write_str(&problems.join("\n"))
            }
            Self::Signals(error) => write!(formatter, "无法接收信号 / signals can't be heard: {error}"),
            Self::Reflection(error) => write!(formatter, "反射服务 / reflection: {error}"),
            Self::Transport(error) => write!(formatter, "传输层 / transport: {error}"),
            Self::Ended(error) => write!(formatter, "服务任务 / the serving task: {error}"),
        }
    }
}

impl Error for ServeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Listen(_, error) | Self::Signals(error) => Some(error),
            Self::ClearText(_) | Self::Files(_) => None,
            Self::Reflection(error) => Some(error),
            Self::Transport(error) => Some(error),
            Self::Ended(error) => Some(error),
        }
    }
}
