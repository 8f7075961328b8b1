//! What an operator can set. Each field's comment is the manual, as `中文 / English`; `gouji serve --print-config` prints the
//! settings in force with it, in one language.
//!
//! Later sources win: the defaults here, a TOML or YAML file, variables `GOUJI_…` (levels separated by two
//! underscores: `GOUJI_LIMITS__REQUEST_BYTES`), flags. An unknown key is an error.

mod faults;
mod printed;

use std::{collections::HashMap, path::Path};

use config::{ConfigError, Environment, File};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    isolation::Documents,
    service::{CallLimits, Settings, Times},
    telemetry::LogFormat,
    words::Language,
};

/// The variable that names the configuration file; it is not a setting itself.
pub const FILE_VARIABLE: &str = "GOUJI_CONFIG";
/// The variable that names the language of the command line; it is not a setting either.
pub const LANGUAGE_VARIABLE: &str = "GOUJI_LANG";

/// All settings of the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// 监听地址：`127.0.0.1:50051`、`localhost:50051`（该名称的全部地址）、`unix:/run/gouji.sock`；多个用逗号分隔。端口 0 为任一空闲端口。 /
    /// Where to listen: `127.0.0.1:50051`, `localhost:50051` (on all addresses of that name), `unix:/run/gouji.sock`; several
    /// with commas between them. Port 0 takes a free one.
    pub listen: String,
    /// 加密，以及是否允许明文。证书、私钥和 CA 的变更随规则一起查看（`times.reload_ms`）：新的连接采用新的，已有的连接不变。新的 CA
    /// 不再承认的客户端，可用到其连接到期为止（`times.connection_age_ms`）。 /
    /// Encryption, and whether clear text is allowed. Certificate, key and CA are checked for changes as the rules are
    /// (`times.reload_ms`); new connections get the new ones, and those that are open stay. A client whose certificate a new
    /// CA no longer knows may go on until its connection is too old (`times.connection_age_ms`).
    pub tls: Tls,
    /// 调用方文件（YAML）；空为没有。每项有 `name`、`roles`（`check` 检查、`waive` 豁免、`administer` 管理），以及 `sha256`（令牌的
    /// 摘要）或 `certificate`（调用方所示证书中的名称：`CN=…`、`DNS:…`、`URI:…`）；需要时写明 `expires`（有效期的最后一天）和 `rate`
    /// （每秒可调用几次）。一个调用方可有几项，角色和频次应相同。文件变更随规则一起查看（`times.reload_ms`），删去的项自下一次调用起无效。
    ///
    /// 生成令牌及其摘要：`openssl rand -hex 32 | tr -d '\n' | tee token | sha256sum`。调用方以 `authorization: Bearer …` 出示。
    ///
    /// 没有此文件，也没有 `tls.client_ca` 的，任何人都可以检查报告；只有 `tls.client_ca` 的，证书有效的都可以。`check` 也可以查看规则；
    /// `administer` 还可以看到运行方的文件有什么错误。 /
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
    /// 健康检查是否不问调用方。 / Whether health checks are answered without asking who calls.
    pub health_open: bool,
    /// 是否提供反射服务，向客户端说明接口。 / Whether the reflection service describes the contract to clients.
    pub reflection: bool,
    /// 反射服务是否不问调用方。 / Whether it does so without asking who calls.
    pub reflection_open: bool,
    /// 大小和数量的上限。 / Limits on sizes and counts.
    pub limits: CallLimits,
    /// 文件的上限，以及读取文件的进程。 / Limits on documents, and the processes that read them.
    pub documents: Documents,
    /// 内置规则之外施行的规则包文件夹。规则包、方案和豁免在运行中查看变更（`times.reload_ms`）：变更整体生效；有任何错误的，整体不生效。 /
    /// Folders with packs of rules that are in force besides the built-in rules. Packs, profiles and waivers are
    /// checked for changes while the service runs (`times.reload_ms`): a change takes effect as a whole, or not at all
    /// if anything in it is wrong.
    pub packs: Vec<String>,
    /// `national`、`beijing` 以外的方案文件（YAML）；空为没有。 / A YAML file of profiles besides `national` and `beijing`; empty for none.
    pub profiles: String,
    /// 请求没有指明方案时采用的方案；空为 `national`。 / The profile of requests that name none; empty for `national`.
    pub profile: String,
    /// 豁免文件（YAML）；空为没有。 / A YAML file of waivers; empty for none.
    pub waivers: String,
    /// 不问调用方或只凭证书的，随请求提交的豁免是否有效；`callers` 文件中的调用方须有 `waive` 角色。无效的，调用方不能自行豁免其
    /// 报告的错误，检查结果会写明没有采用。 /
    /// Whether waivers that come with a request count, where nobody is asked who calls, or by certificate alone; callers
    /// of the file `callers` need the role `waive` instead. If not, callers can't waive the errors of their own reports;
    /// the answer says that the request's waivers were ignored.
    pub request_waivers: bool,
    /// 时限和间隔。 / Time limits and intervals.
    pub times: Times,
    /// 日志。 / Logging.
    pub log: Log,
}

/// Encryption.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// 服务端证书文件（PEM），其后是直至 CA 的中间证书；空为明文。 / A PEM file of the server's certificate, followed by those between it and the CA; empty for clear text.
    pub certificate: String,
    /// 私钥文件（PEM）。 / A PEM file of its private key.
    pub key: String,
    /// 签发客户端证书的 CA 文件（PEM）；客户端不出示证书的为空。 / A PEM file of the CAs of clients' certificates; empty if clients show none.
    pub client_ca: String,
    /// 客户端必须出示证书（`required`），还是可以以令牌代替（`optional`）。 /
    /// Whether a client must show a certificate (`required`), or may show a token instead (`optional`).
    pub client_certificates: ClientCertificates,
    /// 其他机器能到达的地址是否允许明文；否则明文只用于本机地址和 Unix 套接字。 /
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
    /// `text` 供阅读，`json` 每行一个对象。 / `text` or `json`.
    pub format: LogFormat,
    /// 日志过滤，如 `info,gouji=debug`。 / A log filter, as in `info,gouji=debug`.
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
    pub fn to_toml(&self, language: Language) -> Result<String, toml::ser::Error> {
        printed::toml(&toml::Table::try_from(self)?, &schemars::schema_for!(Self).to_value(), language)
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
        for language in [Language::Zh, Language::En] {
            std::fs::write(&file, Config::default().to_toml(language).expect("TOML")).expect("a file");
            assert_eq!(Config::load(Some(&file), HashMap::new()).expect("valid settings"), Config::default());
        }
    }

    #[test]
    fn each_setting_is_printed_with_its_comment_in_the_language_that_was_asked_for() {
        let is_chinese = |line: &str| line.chars().any(|char| ('\u{4e00}'..='\u{9fff}').contains(&char));
        for language in [Language::Zh, Language::En] {
            let text = Config::default().to_toml(language).expect("TOML");
            let lines: Vec<&str> = text.lines().collect();
            let is_setting = |line: &str| !line.starts_with('#') && (line.contains(" = ") || line.starts_with('['));
            let bare: Vec<&[&str]> =
                lines.windows(2).filter(|pair| is_setting(pair[1]) && !pair[0].starts_with("# ")).collect();
            assert!(lines.len() > 100 && bare.is_empty(), "{bare:?}");
            let comments = lines.iter().filter(|line| line.starts_with("# "));
            let strange: Vec<&&str> = comments.filter(|line| is_chinese(line) != (language == Language::Zh)).collect();
            assert!(strange.is_empty(), "{strange:?}");
        }
    }

    /// Where 0 is taken, the comment says what it means.
    #[test]
    fn a_number_of_0_is_refused_unless_its_comment_says_what_it_means() {
        let defaults = toml::Table::try_from(Config::default()).expect("TOML");
        let mut zeroes = defaults.clone();
        fn numbers<'t>(table: &'t mut toml::Table, path: &str, found: &mut Vec<(String, &'t mut toml::Value)>) {
            for (key, value) in table.iter_mut() {
                let path = format!("{path}.{key}").trim_start_matches('.').to_owned();
                match value {
                    toml::Value::Table(inner) => numbers(inner, &path, found),
                    value if value.is_integer() => found.push((path, value)),
                    _ => {}
                }
            }
        }
        let mut found = Vec::new();
        numbers(&mut zeroes, "", &mut found);
        let names: Vec<String> = found.iter().map(|(path, _)| path.clone()).collect();
        found.into_iter().for_each(|(_, value)| *value = toml::Value::Integer(0));
        let schema = schemars::schema_for!(Config).to_value();
        let refused = printed::out_of_range(&zeroes, &schema);
        let printed = Config::default().to_toml(Language::En).expect("TOML");
        for name in &names {
            let is_refused = refused.iter().any(|own| own.name == *name && own.least > 0);
            let setting = format!("\n{} = ", name.rsplit('.').next().unwrap_or(name));
            let before = &printed[..printed.find(&setting).expect("a setting")];
            let comment = before.rsplit("\n\n").next().unwrap_or_default();
            let comment: Vec<&str> = comment.lines().rev().take_while(|line| line.starts_with('#')).collect();
            let explained = comment.iter().any(|line| line.contains(" 0 ") || line.contains("# 0 "));
            assert_ne!(is_refused, explained, "{name}: {comment:?}");
        }
        assert!(names.len() > 30 && printed::out_of_range(&defaults, &schema).is_empty());
    }
}
