//! The server: its services, its limits, and its shutdown.
//!
//! It shuts down in this order: health says NOT_SERVING; calls are still accepted for a while, so that load balancers
//! notice; streams end with UNAVAILABLE and no new calls are accepted; what is still open at the cap is dropped.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;
use tonic::{codec::CompressionEncoding, service::Routes};
use tonic_health::server::{HealthReporter, health_reporter};

use super::{
    acceptor::{Acceptor, jittered},
    compliance::Compliance,
    conversation::Conversation,
    error::ServeError,
    identity::Gate,
    listen::{Listener, listen},
    stubs::compliance_service_server::ComplianceServiceServer,
    tls::{self, Encryption},
    transport::{self, Transport},
};
use crate::{
    callers::{self, Entrance, Register},
    config::Config,
    operator::{InForce, Kept, Watched},
    rulebook::Rulebook,
    service::Service,
    wire::DESCRIPTORS,
    words::system::why,
    written::{NamedText, Problem},
};

/// A server that is listening but not serving yet.
pub struct Server {
    config: Config,
    listeners: Vec<Listener>,
    encryption: Option<Encryption>,
    callers: Option<Arc<Kept<Register>>>,
    rules: Arc<InForce>,
}

impl Server {
    /// Listens on the configured addresses.
    ///
    /// # Errors
    ///
    /// Why it can't listen there, or may not.
    pub async fn bind(config: Config) -> Result<Self, ServeError> {
        let refused = |problems| ServeError::Files(with_settings(problems, &config));
        let encryption = tls::load(&config.tls).map_err(refused)?;
        let callers = registered(&config.callers).map_err(refused)?;
        let listeners = listen(&config.listen).await;
        let listeners = listeners.map_err(|(address, error)| ServeError::Listen(address, error))?;
        let own =
            Self { config, listeners, encryption, callers, rules: Arc::new(InForce::fixed(Rulebook::built_in())) };
        own.is_private()?;
        Ok(own)
    }

    /// Checks that nobody else can read what is sent, unless the operator says that they may.
    fn is_private(&self) -> Result<(), ServeError> {
        if self.encryption.is_some() {
            return Ok(());
        }
        for listener in &self.listeners {
            let address = listener.address().map_err(ServeError::Signals)?;
            match address.filter(|address| !address.ip().to_canonical().is_loopback()) {
                None => {}
                Some(address) if self.config.tls.clear_text => {
                    tracing::warn!(%address, "clear text: reports and tokens can be read on their way");
                }
                Some(address) => return Err(ServeError::ClearText(address)),
            }
        }
        Ok(())
    }

    /// Replaces the built-in rules with these.
    pub fn with_rules(self, rules: Arc<InForce>) -> Self {
        Self { rules, ..self }
    }

    /// The address of TCP that it listens on; the first, if there are several.
    ///
    /// # Errors
    ///
    /// The system's error, or that there is none.
    pub fn address(&self) -> io::Result<SocketAddr> {
        let addresses: Result<Vec<_>, _> = self.listeners.iter().map(Listener::address).collect();
        addresses?.into_iter().flatten().next().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// All addresses that it listens on, for people.
    ///
    /// # Errors
    ///
    /// The system's error.
    pub fn addresses(&self) -> io::Result<String> {
        let names: Result<Vec<String>, _> = self.listeners.iter().map(Listener::name).collect();
        names.map(|names| names.join(","))
    }

    /// Logs where it listens, who may call, and what rules are in force.
    fn tell(&self) -> io::Result<()> {
        let (address, version, rules) = (self.addresses()?, env!("CARGO_PKG_VERSION"), self.rules.in_force().summary());
        let tls = match (&self.encryption, self.config.tls.client_ca.is_empty()) {
            (None, _) => "none",
            (Some(_), true) => "server",
            (Some(_), false) => "mutual",
        };
        let callers = match self.config.callers.as_str() {
            "" if self.config.tls.client_ca.is_empty() => "anybody",
            "" => "whoever has a certificate",
            file => file,
        };
        let (packs, profiles, waivers) = (rules.packs, rules.profiles, rules.waivers);
        tracing::info!(%address, version, tls, callers, packs, profiles, waivers, "listening");
        Ok(())
    }

    /// The files that are no rules.
    fn watched(&self) -> Vec<Arc<dyn Watched>> {
        let encryption = self.encryption.iter().map(|it| it.clone() as Arc<dyn Watched>);
        encryption.chain(self.callers.iter().map(|it| it.clone() as Arc<dyn Watched>)).collect()
    }

    /// Who is let in.
    fn gate(&self) -> Gate {
        let config = &self.config;
        let entrance = Entrance::new(self.callers.clone(), !config.tls.client_ca.is_empty(), config.request_waivers);
        Gate { entrance: Arc::new(entrance), health_open: config.health_open, reflection_open: config.reflection_open }
    }

    /// Serves until `signal` completes, then shuts down within the configured times.
    ///
    /// # Errors
    ///
    /// Why serving failed.
    pub async fn run(self, signal: impl Future<Output = ()>) -> Result<(), ServeError> {
        let (watched, gate) = (self.watched(), self.gate());
        let service = Service::new(self.config.service(), self.rules);
        let watching = service.watch(watched).map_err(ServeError::Signals)?;
        let (limits, times, ending) = (service.limits(), service.times(), service.ending());
        let (health, health_service) = health_reporter();
        // What is wrong with it makes no other call wait.
        let trying = service.clone();
        drop(tokio::task::spawn_blocking(move || trying.try_reading()));
        health.set_serving::<ComplianceServiceServer<Compliance>>().await;
        let compliance = ComplianceServiceServer::new(Compliance::new(service.clone()))
            .max_decoding_message_size(limits.request_bytes)
            .max_encoding_message_size(limits.response_bytes)
            .accept_compressed(CompressionEncoding::Gzip)
            .accept_compressed(CompressionEncoding::Zstd)
            .send_compressed(CompressionEncoding::Gzip)
            .send_compressed(CompressionEncoding::Zstd);
        let mut routes = Routes::new(health_service).add_service(compliance);
        if self.config.reflection {
            routes = with_reflection(routes)?;
        }
        let age = (times.connection_age_ms > 0).then(|| jittered(Duration::from_millis(times.connection_age_ms)));
        let (acceptor, connections) = Acceptor::new(limits, times, age, self.encryption);
        let transport = Transport {
            conversation: Conversation::new(routes.prepare(), service.clone(), gate),
            builder: transport::builder(limits, times),
            age,
            unused: (times.unused_ms > 0).then(|| Duration::from_millis(times.unused_ms)),
            ending: ending.clone(),
        };
        // Both end with the service; then no file of a socket is left behind.
        let (serving, accepting) = (transport.serve(connections), acceptor.run(self.listeners, ending.clone()));
        let serving = tokio::spawn(async move {
            tokio::join!(serving, accepting);
        });
        signal.await;
        tracing::info!("draining");
        watching.abort();
        stop_serving(&health).await;
        tokio::time::sleep(Duration::from_millis(times.drain_delay_ms)).await;
        ending.cancel();
        tokio::select! {
            served = serving => served.map_err(ServeError::Ended),
            () = tokio::time::sleep(Duration::from_millis(times.drain_cap_ms)) => {
                tracing::warn!("calls were still open at the cap, and were dropped");
                Ok(())
            }
        }
    }
}

/// Reports to health checks that no service is serving any more.
async fn stop_serving(health: &HealthReporter) {
    health.set_not_serving::<ComplianceServiceServer<Compliance>>().await;
    health.set_service_status("", tonic_health::ServingStatus::NotServing).await;
}

/// Problems of files as wholes, with the settings that name these files.
fn with_settings(problems: Vec<Problem>, config: &Config) -> Vec<Problem> {
    let tls = &config.tls;
    let settings = [
        ("tls.certificate", &tls.certificate),
        ("tls.key", &tls.key),
        ("tls.client_ca", &tls.client_ca),
        ("callers", &config.callers),
    ];
    let named = |problem: Problem| {
        let of_file = settings.iter().filter(|(_, file)| problem.line == 0 && **file == problem.file);
        let names: Vec<&str> = of_file.map(|(name, _)| *name).collect();
        let file = if names.is_empty() { problem.file } else { format!("{} {}", names.join("、"), problem.file) };
        Problem { file, ..problem }
    };
    let mut named: Vec<Problem> = problems.into_iter().map(named).collect();
    // One file may be named by two settings.
    named.dedup();
    named
}

/// The callers of a file, if there is one.
fn registered(file: &str) -> Result<Option<Arc<Kept<Register>>>, Vec<Problem>> {
    if file.is_empty() {
        return Ok(None);
    }
    let name = file.to_owned();
    let parse = move |contents: &[Vec<u8>]| {
        let text = std::str::from_utf8(contents.first().map(Vec::as_slice).unwrap_or_default());
        let no_text = |_| vec![Problem::whole(&name, why(&io::ErrorKind::InvalidData.into()))];
        let text = text.map_err(no_text)?;
        let register = callers::parse(NamedText { name: &name, text })?;
        if register.is_empty() {
            tracing::warn!(file = name, "no callers are listed (callers: []): nobody may make a call");
        }
        Ok(register)
    };
    Kept::load("callers", vec![file.into()], parse).map(|kept| Some(Arc::new(kept)))
}

/// Reflection in both versions: many clients still use the older one.
fn with_reflection(routes: Routes) -> Result<Routes, ServeError> {
    let builder = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(DESCRIPTORS)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };
    let newer = builder().build_v1().map_err(ServeError::Reflection)?;
    let older = builder().build_v1alpha().map_err(ServeError::Reflection)?;
    Ok(routes.add_service(newer).add_service(older))
}

/// Listens and serves until SIGTERM or SIGINT.
///
/// # Errors
///
/// Why the service could not be started, or stopped unexpectedly.
pub async fn serve(config: Config, rules: Arc<InForce>) -> Result<(), ServeError> {
    let (first, second) = terminated()?;
    let server = Server::bind(config).await?.with_rules(rules);
    server.tell().map_err(ServeError::Signals)?;
    tokio::select! {
        served = server.run(first) => served,
        () = second => {
            tracing::warn!("a second signal: ended at once");
            Ok(())
        }
    }
}

/// Complete at the first and at the second SIGTERM or SIGINT.
fn terminated() -> Result<(impl Future<Output = ()>, impl Future<Output = ()>), ServeError> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind: SignalKind| signal(kind).map_err(ServeError::Signals);
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    let [first, second] = [CancellationToken::new(), CancellationToken::new()];
    let told = [first.clone(), second.clone()];
    tokio::spawn(async move {
        for token in told {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            token.cancel();
        }
    });
    Ok((first.cancelled_owned(), second.cancelled_owned()))
}
