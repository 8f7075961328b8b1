//! Why the server could not serve.

use std::{error::Error, fmt, io, net::SocketAddr};

/// Why the server could not serve.
#[derive(Debug)]
pub enum ServeError {
    /// Listening on the address failed.
    Listen(SocketAddr, io::Error),
    /// Signal handlers could not be installed.
    Signals(io::Error),
    /// The reflection service could not be built.
    Reflection(tonic_reflection::server::Error),
    /// The transport failed.
    Transport(tonic::transport::Error),
    /// The serving task was cancelled, or panicked.
    Ended(tokio::task::JoinError),
}

impl fmt::Display for ServeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, error) => write!(formatter, "无法监听 / can't listen on {address}: {error}"),
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
            Self::Reflection(error) => Some(error),
            Self::Transport(error) => Some(error),
            Self::Ended(error) => Some(error),
        }
    }
}
