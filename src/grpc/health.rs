//! Asks a server of this kind how it is.

use std::time::Duration;

use tonic::transport::Endpoint;
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};

/// How long to wait for the answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether the server at an address (`127.0.0.1:50051`, `unix:/run/gouji.sock`) serves.
///
/// # Errors
///
/// Why it didn't answer, in the transport's words.
pub async fn is_serving(address: &str) -> Result<bool, String> {
    let uri = match address.strip_prefix("unix:") {
        Some(path) => format!("unix://{path}"),
        None => format!("http://{address}"),
    };
    let endpoint = Endpoint::from_shared(uri).map_err(|error| error.to_string())?;
    let channel = endpoint.connect_timeout(PATIENCE).timeout(PATIENCE).connect().await;
    let mut client = HealthClient::new(channel.map_err(|error| error.to_string())?);
    let answer = client.check(HealthCheckRequest::default()).await.map_err(|status| status.message().to_owned())?;
    Ok(answer.into_inner().status() == ServingStatus::Serving)
}
