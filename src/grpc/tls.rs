//! TLS: the server's certificate and the clients', from files, and the handshake.

use std::{
    io,
    path::PathBuf,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use rustls::{
    RootCertStore, ServerConfig,
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{Acceptor, WebPkiClientVerifier, danger::ClientCertVerifier},
};
use tokio_rustls::{LazyConfigAcceptor, StartHandshake};

use super::{
    listen::AnySocket,
    names::{begins, certificate_of, is_for_servers},
};
use crate::{
    callers::Certificate,
    config::{ClientCertificates, Tls},
    operator::Kept,
    words::Text,
    written::Problem,
};

/// How connections are encrypted, as the files now say.
pub(super) type Encryption = Arc<Kept<Keys>>;

/// What connections are encrypted with.
pub(super) struct Keys(pub Arc<ServerConfig>);

/// Loads the files of the settings; nothing where the settings are for clear text.
///
/// # Errors
///
/// What is wrong with the settings or with the files.
pub(super) fn load(tls: &Tls) -> Result<Option<Encryption>, Vec<Problem>> {
    let files: Vec<PathBuf> = [&tls.certificate, &tls.key, &tls.client_ca]
        .into_iter()
        .filter(|file| !file.is_empty())
        .map(PathBuf::from)
        .collect();
    if tls.client_ca.is_empty() && tls.client_certificates == ClientCertificates::Optional {
        let zh = "client_certificates 为 optional，应同时设置 client_ca：没有它，任何证书都无法确认";
        let en =
            "client_certificates is optional: expected client_ca too, without which no certificate can be verified";
        return Err(vec![Problem::whole("tls", Text::fixed(zh, en))]);
    }
    if files.is_empty() {
        return Ok(None);
    }
    if tls.certificate.is_empty() || tls.key.is_empty() {
        let (zh, en) = ("certificate 和 key 应一并设置", "certificate and key must both be set");
        return Err(vec![Problem::whole("tls", Text::fixed(zh, en))]);
    }
    let own = tls.clone();
    Kept::load("tls", files, move |contents| keys(&own, contents)).map(|kept| Some(Arc::new(kept)))
}

/// The keys in the files' contents.
fn keys(tls: &Tls, contents: &[Vec<u8>]) -> Result<Keys, Vec<Problem>> {
    let [certificate, key, rest @ ..] = contents else { return Err(Vec::new()) };
    let chain = certificates(&tls.certificate, certificate)?;
    is_good(tls, &chain)?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| wrong(&tls.key, &error.to_string()))?;
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| wrong("tls", &error.to_string()))?;
    let builder = match rest.first() {
        Some(roots) => builder.with_client_cert_verifier(verifier(tls, roots, provider)?),
        None => builder.with_no_client_auth(),
    };
    // Also refused where certificate and key are no pair, as while only one of them has been replaced.
    let config = builder.with_single_cert(chain, key).map_err(|error| wrong(&tls.certificate, &error.to_string()));
    let mut config = config?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(Keys(Arc::new(config)))
}

/// Clients would refuse an expired certificate, and one for other ends: better the one before stays, or the start is refused.
fn is_good(tls: &Tls, chain: &[CertificateDer<'_>]) -> Result<(), Vec<Problem>> {
    let Some(own) = chain.first() else { return Ok(()) };
    let unreadable = |error: io::Error| wrong(&tls.certificate, &error.to_string());
    let refused = |zh, en| Err(vec![Problem::whole(&tls.certificate, Text::fixed(zh, en))]);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    if u64::try_from(certificate_of(own).map_err(unreadable)?.expires).unwrap_or_default() < now {
        return refused("证书已过期", "the certificate has expired");
    }
    if u64::try_from(begins(own).map_err(unreadable)?).unwrap_or_default() > now {
        return refused("证书尚未生效", "the certificate isn't valid yet");
    }
    if !is_for_servers(own).map_err(unreadable)? {
        return refused(
            "证书的用途不含服务端（serverAuth）",
            "the certificate is for other ends than servers (serverAuth)",
        );
    }
    Ok(())
}

fn verifier(
    tls: &Tls,
    roots: &[u8],
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ClientCertVerifier>, Vec<Problem>> {
    let mut store = RootCertStore::empty();
    for root in certificates(&tls.client_ca, roots)? {
        store.add(root).map_err(|error| wrong(&tls.client_ca, &error.to_string()))?;
    }
    let builder = WebPkiClientVerifier::builder_with_provider(Arc::new(store), provider);
    let builder = match tls.client_certificates {
        ClientCertificates::Required => builder,
        ClientCertificates::Optional => builder.allow_unauthenticated(),
    };
    builder.build().map_err(|error| wrong(&tls.client_ca, &error.to_string()))
}

/// All certificates of a PEM file.
fn certificates(file: &str, content: &[u8]) -> Result<Vec<CertificateDer<'static>>, Vec<Problem>> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(content).collect();
    let read = read.map_err(|error| wrong(file, &error.to_string()))?;
    match read.is_empty() {
        true => Err(vec![Problem::whole(file, Text::fixed("没有证书", "there is no certificate in it"))]),
        false => Ok(read),
    }
}

fn wrong(file: &str, why: &str) -> Vec<Problem> {
    let (zh, en) = (format!("不能使用：{why}"), format!("can't be used: {why}"));
    vec![Problem::whole(file, Text::new(zh, en))]
}

/// The first message of a client.
pub(super) async fn hello(socket: AnySocket) -> io::Result<StartHandshake<AnySocket>> {
    LazyConfigAcceptor::new(Acceptor::default(), socket).await
}

/// The rest of the handshake; and the certificate that the client has shown, which is verified.
pub(super) async fn encrypted(
    hello: StartHandshake<AnySocket>,
    config: Arc<ServerConfig>,
) -> io::Result<(AnySocket, Option<Arc<Certificate>>)> {
    let socket = hello.into_stream(config).await?;
    let shown = socket.get_ref().1.peer_certificates().and_then(|chain| chain.first());
    let certificate = shown.map(|shown| certificate_of(shown)).transpose()?.map(Arc::new);
    Ok((Box::pin(socket), certificate))
}
