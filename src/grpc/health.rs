//! Asks a server of this kind how it is.

use std::{error::Error, io, time::Duration};

use tonic::{Code, transport::Endpoint};
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};

use crate::words::Text;

/// How long to wait for the answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether the server at an address (`127.0.0.1:50051`, `unix:/run/gouji.sock`) serves.
///
/// # Errors
///
/// Why it didn't answer.
pub async fn is_serving(address: &str) -> Result<bool, Text> {
    let uri = match address.strip_prefix("unix:") {
        Some(path) => format!("unix://{path}"),
        None => format!("http://{address}"),
    };
    let endpoint = Endpoint::from_shared(uri).map_err(|error| {
        Text::new("地址应写作 127.0.0.1:50051 或 unix:路径", format!("write 127.0.0.1:50051 or unix:PATH: {error}"))
    })?;
    let channel = endpoint.connect_timeout(PATIENCE).timeout(PATIENCE).connect().await;
    let mut client = HealthClient::new(channel.map_err(|error| unreached(&error))?);
    let answer = client.check(HealthCheckRequest::default()).await.map_err(|status| match status.code() {
        // What the server itself says has its words.
        _ if !status.details().is_empty() => Text::same(status.message().to_owned()),
        Code::DeadlineExceeded => Text::fixed("等待超时", "it took too long"),
        Code::Unimplemented => Text::new("该服务不提供健康检查", format!("it tells no health: {}", status.message())),
        _ => unreached(&status),
    })?;
    Ok(answer.into_inner().status() == ServingStatus::Serving)
}

/// Why there was no answer, by what is behind the error: the transport's own words say nothing of it.
fn unreached(error: &(dyn Error + 'static)) -> Text {
    let chain = || std::iter::successors(Some(error), |own| (*own).source());
    let en: Vec<String> = chain().map(ToString::to_string).collect();
    let of_system = chain().find_map(|error| error.downcast_ref::<io::Error>());
    let zh = match of_system.map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => "该地址没有服务",
        Some(io::ErrorKind::NotFound) => "没有这个套接字文件",
        Some(io::ErrorKind::PermissionDenied) => "没有访问权限",
        Some(io::ErrorKind::TimedOut) => "等待超时",
        Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable) => "网络不通",
        _ if en.iter().any(|own| own.contains("dns error") || own.contains("lookup")) => "找不到这个主机名",
        _ if en.iter().any(|own| own.contains("timed out") || own.contains("Timeout")) => "等待超时",
        // Closed, or answered otherwise: which of them is seen first is chance.
        _ => "对方没有按 gRPC 应答：可能要求加密（TLS），或不是 gRPC 服务",
    };
    Text::new(zh, en.join(": "))
}
