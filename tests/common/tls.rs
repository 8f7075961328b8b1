//! Certificates made for a test, and connections that show them.
#![allow(dead_code, clippy::unwrap_used)]

use std::{net::SocketAddr, path::Path, sync::Arc};

use hyper_util::rt::TokioIo;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose as Purpose, IsCa, Issuer, KeyPair, SanType,
    date_time_ymd,
};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use tonic::transport::{Channel, Endpoint};

/// One who signs certificates.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub pem: String,
}

/// A certificate and its key, in PEM.
#[derive(Clone)]
pub struct Pair {
    pub certificate: String,
    pub key: String,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        Self::of(name, CertificateParams::default())
    }

    /// One whose own certificate's last day is long past.
    pub fn expired_itself() -> Self {
        let mut params = CertificateParams::default();
        (params.not_before, params.not_after) = (date_time_ymd(2000, 1, 1), date_time_ymd(2001, 1, 1));
        Self::of("past", params)
    }

    fn of(name: &str, mut params: CertificateParams) -> Self {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// A certificate for a server at `localhost`.
    pub fn server(&self) -> Pair {
        self.sign(CertificateParams::new(["localhost".to_owned()]).unwrap(), Purpose::ServerAuth)
    }

    /// A certificate for a client, named `CN=…`, `DNS:…` or `URI:…`.
    pub fn client(&self, name: &str) -> Pair {
        self.sign(named(name), Purpose::ClientAuth)
    }

    /// A certificate for a client with two names.
    pub fn client_with(&self, first: &str, second: &str) -> Pair {
        let (mut params, other) = (named(first), named(second));
        params.subject_alt_names.extend(other.subject_alt_names);
        self.sign(params, Purpose::ClientAuth)
    }

    /// One whose last day is long past.
    pub fn expired(&self, name: &str) -> Pair {
        let mut params = named(name);
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(2001, 1, 1);
        self.sign(params, Purpose::ClientAuth)
    }

    /// One whose first day is far off.
    pub fn not_yet_valid(&self, name: &str) -> Pair {
        let mut params = named(name);
        (params.not_before, params.not_after) = (date_time_ymd(4000, 1, 1), date_time_ymd(4001, 1, 1));
        self.sign(params, Purpose::ServerAuth)
    }

    /// A client's name in a certificate for servers.
    pub fn of_another_purpose(&self, name: &str) -> Pair {
        self.sign(named(name), Purpose::ServerAuth)
    }

    fn sign(&self, mut params: CertificateParams, purpose: Purpose) -> Pair {
        params.extended_key_usages = vec![purpose];
        let key = KeyPair::generate().unwrap();
        Pair { certificate: params.signed_by(&key, &self.issuer).unwrap().pem(), key: key.serialize_pem() }
    }
}

fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    let (kind, value) = name.split_at(name.find([':', '=']).unwrap() + 1);
    match kind {
        "CN=" => params.distinguished_name.push(DnType::CommonName, value),
        "DNS:" => params.subject_alt_names.push(SanType::DnsName(value.try_into().unwrap())),
        _ => params.subject_alt_names.push(SanType::URI(value.try_into().unwrap())),
    }
    params
}

impl Pair {
    /// Writes both files of a server, each by renaming, as certificate managers do.
    pub fn write(&self, folder: &Path) {
        for (name, text) in [("key.pem", &self.key), ("certificate.pem", &self.certificate)] {
            replace(&folder.join(name), text);
        }
    }
}

/// Writes a file as a whole.
pub fn replace(file: &Path, text: &str) {
    let new = file.with_extension("new");
    std::fs::write(&new, text).unwrap();
    std::fs::rename(new, file).unwrap();
}

/// What a client trusts and shows.
pub fn trusting(roots: &[&Authority], own: Option<&Pair>) -> Arc<ClientConfig> {
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(CertificateDer::from_pem_slice(root.pem.as_bytes()).unwrap()).unwrap();
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap().with_root_certificates(store);
    let mut config = match own {
        None => builder.with_no_client_auth(),
        Some(pair) => {
            let chain = vec![CertificateDer::from_pem_slice(pair.certificate.as_bytes()).unwrap()];
            builder.with_client_auth_cert(chain, PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).unwrap()).unwrap()
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    Arc::new(config)
}

/// An encrypted socket.
pub async fn socket(address: SocketAddr, config: Arc<ClientConfig>) -> std::io::Result<TlsStream<TcpStream>> {
    let socket = TcpStream::connect(address).await?;
    TlsConnector::from(config).connect("localhost".try_into().unwrap(), socket).await
}

/// An encrypted connection.
pub async fn channel(address: SocketAddr, config: Arc<ClientConfig>) -> Result<Channel, tonic::transport::Error> {
    let connect = tower::service_fn(move |_| {
        let config = config.clone();
        async move { socket(address, config).await.map(TokioIo::new) }
    });
    Endpoint::from_static("http://localhost").connect_with_connector(connect).await
}
