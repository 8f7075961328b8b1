//! What an operator can set. Each field's comment is the manual; `gouji serve --print-config` prints the settings
//! in force.
//!
//! Later sources win: the defaults here, a TOML or YAML file, variables `GOUJI_…` (levels separated by two
//! underscores: `GOUJI_LIMITS__REQUEST_BYTES`), flags. An unknown key is an error.

use std::{collections::HashMap, path::Path};

use config::{ConfigError, Environment, File};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    isolation::Documents,
    service::{CallLimits, Settings, Times},
    telemetry::LogFormat,
};

/// The variable that names the configuration file; it is not a setting itself.
pub const FILE_VARIABLE: &str = "GOUJI_CONFIG";
/// The variable that names the language of the command line; it is not a setting either.
pub const LANGUAGE_VARIABLE: &str = "GOUJI_LANG";

/// All settings of the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where to listen: `127.0.0.1:50051`, `localhost:50051` (on all addresses of that name), `unix:/run/gouji.sock`;
    /// several with commas between them. Port 0 takes a free one.
    pub listen: String,
    /// Encryption, and whether clear text is allowed.
    pub tls: Tls,
    /// A YAML file of those who may call; empty for none. Each entry has a `name`, `roles` (of `check`, `waive`,
    /// `administer`), and either `sha256`, the hash of a token, or `certificate`, a name in the certificate that the
    /// caller shows (`CN=…`, `DNS:…` or `URI:…`); and, where wanted, `expires`, the last day on which it counts, and
    /// `rate`, how many calls a second are allowed. A caller may have several entries, with the same roles and rate. The
    /// file is checked for changes as the rules are (`times.reload_ms`), and an entry that was removed counts no longer
    /// from the next call on.
    ///
    /// To make a token, and its hash: `openssl rand -hex 32 | tr -d '\n' | tee token | sha256sum`. The caller sends
    /// it as `authorization: Bearer …`.
    ///
    /// Without this file, and without `tls.client_ca`, everybody may check reports. With `tls.client_ca` alone, everybody
    /// may whose certificate is good. `check` also allows to list rules; callers with `administer` are told in addition
    /// what is wrong with the operator's files.
    pub callers: String,
    /// Whether health checks are answered without asking who calls.
    pub health_open: bool,
    /// Whether the reflection service describes the contract to clients.
    pub reflection: bool,
    /// Whether it does so without asking who calls.
    pub reflection_open: bool,
    /// Limits on sizes and counts.
    pub limits: CallLimits,
    /// Limits on documents, and the processes that read them.
    pub documents: Documents,
    /// Folders with packs of rules that are in force besides the built-in rules. Packs, profiles and waivers are
    /// checked for changes while the service runs (`times.reload_ms`): a change takes effect as a whole, or not at all
    /// if anything in it is wrong.
    pub packs: Vec<String>,
    /// A YAML file of profiles besides `national` and `beijing`; empty for none.
    pub profiles: String,
    /// The profile of requests that name none; empty for `national`.
    pub profile: String,
    /// A YAML file of waivers; empty for none.
    pub waivers: String,
    /// Whether waivers that come with a request count, where nobody is asked who calls, or by certificate alone; callers
    /// of the file `callers` need the role `waive` instead. If not, callers can't waive the errors of their own reports;
    /// the answer says that the request's waivers were ignored.
    pub request_waivers: bool,
    /// Time limits and intervals.
    pub times: Times,
    /// Logging.
    pub log: Log,
}

/// Encryption. Certificate, key and CA are checked for changes as the rules are (`times.reload_ms`); new connections get
/// the new ones, and those that are open stay. A client whose certificate a new CA no longer knows may go on until its
/// connection is too old (`times.connection_age_ms`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// A PEM file of the server's certificate, followed by those between it and the CA; empty for clear text.
    pub certificate: String,
    /// A PEM file of its private key.
    pub key: String,
    /// A PEM file of the CAs of clients' certificates; empty if clients show none.
    pub client_ca: String,
    /// Whether a client must show a certificate (`required`), or may show a token instead (`optional`).
    pub client_certificates: ClientCertificates,
    /// Whether clear text is allowed on addresses that other machines reach. Otherwise clear text is for loopback
    /// addresses and Unix sockets.
    pub clear_text: bool,
}

/// Whether a client must show a certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClientCertificates {
    /// It must.
    #[default]
    Required,
    /// It may.
    Optional,
}

/// Logging.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// `text` or `json`.
    pub format: LogFormat,
    /// A log filter, as in `info,gouji=debug`.
    pub filter: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:50051".into(),
            tls: Tls::default(),
            callers: String::new(),
            health_open: true,
            reflection: true,
            reflection_open: false,
            limits: CallLimits::default(),
            documents: Documents::default(),
            packs: Vec::new(),
            profiles: String::new(),
            profile: String::new(),
            waivers: String::new(),
            request_waivers: false,
            times: Times::default(),
            log: Log::default(),
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info".into() }
    }
}

impl Config {
    /// The settings of a file, if there is one, overridden by the environment.
    ///
    /// # Errors
    ///
    /// What is wrong, with the key or the file.
    pub fn load(file: Option<&Path>, environment: HashMap<String, String>) -> Result<Self, ConfigError> {
        let own = |name: &String| name.starts_with("GOUJI_") && name != FILE_VARIABLE && name != LANGUAGE_VARIABLE;
        let own: HashMap<String, String> = environment.into_iter().filter(|(name, _)| own(name)).collect();
        let variables = Environment::with_prefix("GOUJI")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("packs")
            .source(Some(own));
        let mut sources = config::Config::builder();
        if let Some(file) = file {
            sources = sources.add_source(File::from(file));
        }
        sources.add_source(variables).build()?.try_deserialize()
    }

    /// The settings of the service, whatever the transport.
    pub fn service(&self) -> Settings {
        let (limits, times, documents) = (self.limits.clone(), self.times.clone(), self.documents.clone());
        Settings { limits, times, documents }
    }

    /// The settings as TOML, each with its comment.
    ///
    /// # Errors
    ///
    /// The serialiser's error; none can occur with these types.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let schema = schemars::schema_for!(Self).to_value();
        let mut out = String::new();
        write_table(&mut out, &toml::Table::try_from(self)?, "", &schema, &schema)?;
        Ok(out)
    }
}

/// Writes a table: its values, then the tables in it, each with what its field's comment says.
fn write_table(
    out: &mut String,
    table: &toml::Table,
    path: &str,
    schema: &Value,
    root: &Value,
) -> Result<(), toml::ser::Error> {
    let field = |key: &str| &schema["properties"][key];
    let is_table = |value: &&toml::Value| value.is_table();
    for (key, value) in table.iter().filter(|(_, value)| !is_table(value)) {
        write_comment(out, field(key));
        *out += &toml::to_string(&toml::Table::from_iter([(key.clone(), value.clone())]))?;
    }
    for (key, value) in table {
        let toml::Value::Table(inner) = value else { continue };
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        out.push('\n');
        write_comment(out, field(key));
        *out += &format!("[{path}]\n");
        write_table(out, inner, &path, resolved(field(key), root), root)?;
    }
    Ok(())
}

/// The schema that a field's schema refers to, if it does.
fn resolved<'s>(field: &'s Value, root: &'s Value) -> &'s Value {
    let name = field["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/"));
    name.map_or(field, |name| &root["$defs"][name])
}

fn write_comment(out: &mut String, field: &Value) {
    let comment = field["description"].as_str().unwrap_or_default();
    for line in comment.lines() {
        *out += format!("# {line}").trim_end();
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn later_sources_win() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("gouji.toml");
        std::fs::write(&file, "reflection = false\n[limits]\nchecks = 3\nrequest_bytes = 10\n").expect("a file");
        let variables = environment(&[
            ("GOUJI_LIMITS__REQUEST_BYTES", "20"),
            ("GOUJI_CONFIG", "x"),
            ("GOUJI_LANG", "en"),
            ("OTHER", "y"),
        ]);
        let config = Config::load(Some(&file), variables).expect("valid settings");
        assert!(!config.reflection);
        assert_eq!((config.limits.checks, config.limits.request_bytes), (3, 20));
        assert_eq!(config.limits.response_bytes, CallLimits::default().response_bytes);
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("gouji.yaml");
        std::fs::write(&file, "limits:\n  chekcs: 3\n").expect("a file");
        let wrong_file = Config::load(Some(&file), HashMap::new()).expect_err("an unknown key").to_string();
        assert!(wrong_file.contains("chekcs"), "{wrong_file}");
        let wrong_variable =
            Config::load(None, environment(&[("GOUJI_LISTEM", "x")])).expect_err("an unknown key").to_string();
        assert!(wrong_variable.contains("listem"), "{wrong_variable}");
    }

    #[test]
    fn what_is_printed_can_be_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("gouji.toml");
        std::fs::write(&file, Config::default().to_toml().expect("TOML")).expect("a file");
        assert_eq!(Config::load(Some(&file), HashMap::new()).expect("valid settings"), Config::default());
    }

    #[test]
    fn each_setting_is_printed_with_its_comment() {
        let text = Config::default().to_toml().expect("TOML");
        let lines: Vec<&str> = text.lines().collect();
        let is_setting = |line: &str| !line.starts_with('#') && (line.contains(" = ") || line.starts_with('['));
        let bare: Vec<&[&str]> =
            lines.windows(2).filter(|pair| is_setting(pair[1]) && !pair[0].starts_with("# ")).collect();
        assert!(lines.len() > 100 && bare.is_empty(), "{bare:?}");
    }
}
