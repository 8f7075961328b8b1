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
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject},
    },
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
    if let Some(own) = chain.first() {
        holds_today(&tls.certificate, own)?;
        serves(&tls.certificate, own)?;
    }
    let key = key_of(&tls.key, key)?;
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| wrong("tls", "加密设置无效", &error))?;
    let builder = match rest.first() {
        Some(roots) => builder.with_client_cert_verifier(verifier(tls, roots, provider)?),
        None => builder.with_no_client_auth(),
    };
    // Also refused where certificate and key are no pair, as while only one of them has been replaced.
    let config = builder.with_single_cert(chain, key).map_err(|error| unfit(tls, &error));
    let mut config = config?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(Keys(Arc::new(config)))
}

/// A private key in PEM.
fn key_of(file: &str, content: &[u8]) -> Result<PrivateKeyDer<'static>, Vec<Problem>> {
    PrivateKeyDer::from_pem_slice(content).map_err(|error| {
        let has = |words: &[u8]| content.windows(words.len()).any(|own| own == words);
        // Of PKCS #8, and of the older form.
        let (zh, en) = if has(b"BEGIN ENCRYPTED PRIVATE KEY") || has(b"Proc-Type: 4,ENCRYPTED") {
            (
                "私钥有密码保护，应先去掉密码（openssl pkey -in 原文件 -out 新文件）",
                "the key has a password: remove it first (openssl pkey -in OLD -out NEW)",
            )
        } else if matches!(error, pem::Error::NoItemsFound) {
            ("没有 PEM 格式的私钥", "there is no private key in PEM in it")
        } else {
            ("PEM 格式有误，读不出私钥", "no private key can be read: its PEM is wrong")
        };
        refused(file, Text::fixed(zh, en))
    })
}

/// Why a key and a certificate can't be used together.
fn unfit(tls: &Tls, error: &rustls::Error) -> Vec<Problem> {
    match error {
        rustls::Error::InconsistentKeys(_) => {
            let (zh, en) = (
                format!("与证书 {} 不是一对", tls.certificate),
                format!("isn't the key of the certificate {}", tls.certificate),
            );
            refused(&tls.key, Text::new(zh, en))
        }
        // Of what is no certificate in itself more was said before.
        rustls::Error::InvalidCertificate(_) => wrong(&tls.certificate, "证书无效", error),
        _ => wrong(&tls.key, "私钥无效，或种类不受支持", error),
    }
}

/// Clients would refuse an expired certificate, and whoever has one of an expired CA is refused here: better the one before
/// stays, or the start is refused.
fn holds_today(file: &str, own: &CertificateDer<'_>) -> Result<(), Vec<Problem>> {
    let unreadable = |error: io::Error| wrong(file, "证书无效", &error);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    if u64::try_from(certificate_of(own).map_err(unreadable)?.expires).unwrap_or_default() < now {
        return Err(refused(file, Text::fixed("证书已过期", "the certificate has expired")));
    }
    if u64::try_from(begins(own).map_err(unreadable)?).unwrap_or_default() > now {
        return Err(refused(file, Text::fixed("证书尚未生效", "the certificate isn't valid yet")));
    }
    Ok(())
}

/// That a certificate is one that servers show.
fn serves(file: &str, own: &CertificateDer<'_>) -> Result<(), Vec<Problem>> {
    if is_for_servers(own).map_err(|error| wrong(file, "证书无效", &error))? {
        return Ok(());
    }
    let (zh, en) =
        ("证书的用途不含服务端（serverAuth）", "the certificate is for other ends than servers (serverAuth)");
    Err(refused(file, Text::fixed(zh, en)))
}

fn verifier(
    tls: &Tls,
    roots: &[u8],
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ClientCertVerifier>, Vec<Problem>> {
    let mut store = RootCertStore::empty();
    // One that holds is enough: while a CA is replaced, the file has the old one too.
    let mut out_of_date = None;
    for root in certificates(&tls.client_ca, roots)? {
        match holds_today(&tls.client_ca, &root) {
            Ok(()) => store.add(root).map_err(|error| wrong(&tls.client_ca, "不能用作 CA 证书", &error))?,
            Err(problems) => out_of_date = out_of_date.or(Some(problems)),
        }
    }
    if let Some(problems) = out_of_date {
        if store.is_empty() {
            return Err(problems);
        }
        let why: Vec<String> = problems.iter().map(ToString::to_string).collect();
        tracing::warn!(why = why.join("; "), "a CA of clients is left out");
    }
    let builder = WebPkiClientVerifier::builder_with_provider(Arc::new(store), provider);
    let builder = match tls.client_certificates {
        ClientCertificates::Required => builder,
        ClientCertificates::Optional => builder.allow_unauthenticated(),
    };
    builder.build().map_err(|error| wrong(&tls.client_ca, "不能用作 CA 证书", &error))
}

/// All certificates of a PEM file.
fn certificates(file: &str, content: &[u8]) -> Result<Vec<CertificateDer<'static>>, Vec<Problem>> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(content).collect();
    let read = read.map_err(|error| wrong(file, "PEM 格式有误", &error))?;
    match read.is_empty() {
        true => Err(refused(file, Text::fixed("没有证书", "there is no certificate in it"))),
        false => Ok(read),
    }
}

/// What a library refused, in our words and beside them in its own.
fn wrong(file: &str, zh: &str, error: &impl std::fmt::Display) -> Vec<Problem> {
    refused(file, Text::new(format!("不能使用：{zh}"), format!("can't be used: {error}")))
}

fn refused(file: &str, why: Text) -> Vec<Problem> {
    vec![Problem::whole(file, why)]
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
