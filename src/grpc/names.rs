//! What a certificate says: whose it is, until when, for which ends.

use std::io;

use x509_parser::{certificate::X509Certificate, extensions::GeneralName, prelude::FromDer};

use crate::callers::Certificate;

/// What is asked of a verified certificate.
///
/// # Errors
///
/// If it is none.
pub(super) fn certificate_of(bytes: &[u8]) -> io::Result<Certificate> {
    let (_, certificate) = X509Certificate::from_der(bytes).map_err(io::Error::other)?;
    let mut names = Vec::new();
    if let Ok(Some(alternative)) = certificate.subject_alternative_name() {
        names.extend(alternative.value.general_names.iter().filter_map(|name| match name {
            GeneralName::URI(uri) => Some(format!("URI:{uri}")),
            GeneralName::DNSName(name) => Some(format!("DNS:{name}")),
            _ => None,
        }));
    }
    // Of several common names none is the name.
    let mut common = certificate.subject().iter_common_name();
    if let (Some(Ok(name)), None) = (common.next().map(|name| name.as_str()), common.next()) {
        names.push(format!("CN={name}"));
    }
    Ok(Certificate { names, expires: certificate.validity().not_after.timestamp() })
}

/// The second from which a certificate holds.
///
/// # Errors
///
/// If it is none.
pub(super) fn begins(bytes: &[u8]) -> io::Result<i64> {
    let (_, certificate) = X509Certificate::from_der(bytes).map_err(io::Error::other)?;
    Ok(certificate.validity().not_before.timestamp())
}

/// Whether a server may show a certificate: if it says nothing of its ends it serves all.
///
/// # Errors
///
/// If it is none.
pub(super) fn is_for_servers(bytes: &[u8]) -> io::Result<bool> {
    let (_, certificate) = X509Certificate::from_der(bytes).map_err(io::Error::other)?;
    let ends = certificate.extended_key_usage().map_err(io::Error::other)?;
    Ok(ends.is_none_or(|ends| ends.value.any || ends.value.server_auth))
}
