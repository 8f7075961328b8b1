//! What an operator can set. Each field's comment is the manual, as `中文 / English`; `gouji serve --print-config` prints the
//! settings in force with it, in one language.
//!
//! Later sources win: the defaults here, a TOML or YAML file, variables `GOUJI_…` (levels separated by two
//! underscores: `GOUJI_LIMITS__REQUEST_BYTES`), flags. An unknown key is an error.

mod faults;
mod file;
mod places;
mod printed;
mod workable;

use std::{collections::HashMap, path::Path};

use config::{ConfigError, Environment};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use places::Places;

use crate::{
    isolation::Documents,
    service::{CallLimits, Settings, Times},
    telemetry::LogFormat,
    words::{Language, Text},
    written::Problem,
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
    /// 其他机器能到达的地址是否允许明文；否则明文只用于本机地址和 Unix 套接字。Unix 套接字总用明文。 /
    /// Whether clear text is allowed on addresses that other machines reach. Otherwise clear text is for loopback
    /// addresses and Unix sockets. Unix sockets always speak clear text.
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
    /// Everything that is wrong, with the file or the variable.
    pub fn load(file: Option<&Path>, environment: HashMap<String, String>) -> Result<Self, Vec<Problem>> {
        let own = |name: &String| name.starts_with("GOUJI_") && name != FILE_VARIABLE && name != LANGUAGE_VARIABLE;
        let own: HashMap<String, String> = environment.into_iter().filter(|(name, _)| own(name)).collect();
        let variables = Environment::with_prefix("GOUJI")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("packs")
            .source(Some(own));
        let name = file.map(|file| file.display().to_string()).unwrap_or_default();
        let (mut sources, mut places) = (config::Config::builder(), Places::default());
        if let Some(file) = file {
            let (source, own) = file::source(&name, file)?;
            (sources, places) = (sources.add_source(source), own);
        }
        let strange = |error: ConfigError| vec![Problem::whole(&name, Text::same(error.to_string()))];
        let settings = sources.add_source(variables).build().map_err(strange)?;
        let faults = faults::faults(&places, &settings.cache, &schemars::schema_for!(Self).to_value());
        if faults.is_empty() { settings.try_deserialize().map_err(strange) } else { Err(faults) }
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
        std::fs::write(&file, "reflection = false\n[limits]\nchecks = 3\nrequest_bytes = 4096\n").expect("a file");
        let variables = environment(&[
            ("GOUJI_LIMITS__REQUEST_BYTES", "8192"),
            ("GOUJI_CONFIG", "x"),
            ("GOUJI_LANG", "en"),
            ("OTHER", "y"),
        ]);
        let config = Config::load(Some(&file), variables).expect("valid settings");
        assert!(!config.reflection);
        assert_eq!((config.limits.checks, config.limits.request_bytes), (3, 8_192));
        assert_eq!(config.limits.response_bytes, CallLimits::default().response_bytes);
    }

    /// What is wrong with a file of this name and content, in Chinese and in English.
    fn refused(name: &str, text: &str, variables: &[(&str, &str)]) -> [Vec<String>; 2] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("a file");
        let problems = Config::load(Some(&file), environment(variables)).expect_err("wrong settings");
        let place = format!("{}/", folder.path().display());
        let told = |language| problems.iter().map(|own| own.shown(language).replace(&place, "")).collect();
        [told(Language::Zh), told(Language::En)]
    }

    #[test]
    fn each_wrong_setting_is_told_with_its_name_its_value_and_what_is_expected() {
        let text = "reflection = \"ja\"\nlisten = [1]\npacks = \"x\"\n[limits]\nchekcs = 1\nqueue = 1.5\nrequest_bytes = 0\nchecks = -1
calls_per_connection = 99999999999\n[log]\nformat = \"xml\"\n[tls]\nclient_certificates = true\n";
        let [zh, en] = refused("a.toml", text, &[("GOUJI_LIMITS__PENDING_BYTES", "9M"), ("GOUJI_TIMES", "1")]);
        let lines: Vec<&str> = zh.iter().filter_map(|own| own.lines().next()).collect();
        assert_eq!(
            lines,
            [
                "a.toml:1:14: reflection 应为 true 或 false，实为“ja”",
                "a.toml:2:10: listen 应为一段文字，实为列表",
                "a.toml:3:9: packs 应为列表，如 [\"甲\", \"乙\"]，实为“x”",
                "a.toml:5:1: 没有 limits.chekcs 这项设置，是否为 checks？",
                "a.toml:6:9: limits.queue 应为 0 至 10000000 的整数，实为 1.5",
                "a.toml:7:17: limits.request_bytes 应为 1024 至 4294967295 的整数，实为 0",
                "a.toml:8:10: limits.checks 应为 0 至 10000 的整数，实为 -1",
                "a.toml:9:24: limits.calls_per_connection 应为 1 至 1000000 的整数，实为 99999999999",
                "a.toml:11:10: log.format 应为 text 或 json，实为“xml”",
                "a.toml:13:23: tls.client_certificates 应为 required 或 optional，实为 true",
                "GOUJI_LIMITS__PENDING_BYTES: limits.pending_bytes 应为不小于 1 的整数，实为“9M”",
                "GOUJI_TIMES: times 应为若干项设置，实为 1",
            ]
        );
        assert!(zh[3].ends_with("\n  5 | chekcs = 1\n    | ^^^^^^\n"), "{}", zh[3]);
        assert_eq!(en.len(), zh.len());
        assert!(en[7].contains("must be a whole number from 1 to 1000000, and is 99999999999"), "{}", en[7]);
        assert!(en.iter().all(|own| !own.contains("应")), "{en:?}");
    }

    #[test]
    fn a_wrong_setting_is_shown_where_it_stands_however_the_file_is_written() {
        for (name, text, places) in [
            ("a.yaml", "limits:\n  chekcs: 1\n  queue: x\npacks: [a, [b]]\n", vec!["2:3", "3:10", "4:12"]),
            ("a.toml", "limits.chekcs = 1\nlimits.queue = 'x'\npacks = ['a',\n  ['b']]\n", vec!["1:8", "2:16", "4:3"]),
            ("a.toml", "limits = { chekcs = 1, queue = 'x' }\n[tls.keys]\n", vec!["1:12", "1:32", "2:6"]),
        ] {
            let [zh, _] = refused(name, text, &[]);
            let found: Vec<String> = zh
                .iter()
                .filter_map(|own| own.strip_prefix(&format!("{name}:"))?.split_once(": ").map(|own| own.0.to_owned()))
                .collect();
            assert_eq!(found, places, "{zh:?}");
            assert!(zh.iter().all(|own| own.contains(" | ") && own.contains('^')), "{zh:?}");
        }
    }

    #[test]
    fn what_is_no_file_of_settings_is_told_in_our_words_with_its_place() {
        for (name, text, zh) in [
            ("a.toml", "[limits\nchecks = 1\n", "a.toml:1:8: 格式有误：括号没有配对\n  1 | [limits\n    |        ^\n"),
            ("a.toml", "listen = \"甲\n", "a.toml:1:12: 格式有误：引号没有配对，或文字没有加引号\n"),
            ("a.toml", "a b\n", "a.toml:1:3: 格式有误：应写作 名称 = 值"),
            ("a.toml", "profile = 'a'\nprofile = 'b'\n", "a.toml:2:1: 格式有误：profile 重复"),
            ("a.toml", "times = { check_ms = 99999999999999999999 }\n", "a.toml:1:22: 格式有误：数字过大\n"),
            ("a.yaml", "limits:\n  checks: 1\n\tx: 2\n", "格式有误：缩进只能用空格，不能用制表符"),
            ("a.yaml", "limits: {\n", "a.yaml:"),
            ("a.yml", "- a\n", "a.yml:1:1: 此处应为若干字段（名称: 值）"),
            ("a.conf", "", "a.conf: 配置文件名应以 .toml、.yaml 或 .yml 结尾"),
        ] {
            let [told, en] = refused(name, text, &[]);
            assert!(told.len() == 1 && told[0].contains(zh), "{text}: {told:?}");
            let own_words: String = en[0].lines().take(1).collect();
            assert!(own_words.is_ascii(), "{own_words}");
        }
        let missing = Config::load(Some(Path::new("nosuch.toml")), HashMap::new()).expect_err("no file");
        assert_eq!(missing[0].told(Language::Zh), "nosuch.toml: 无法读取：文件不存在");
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
        let zeroes = config::Config::try_from(&zeroes).expect("settings");
        let refused = faults::faults(&Places::default(), &zeroes.cache, &schemars::schema_for!(Config).to_value());
        let refused: Vec<String> = refused.iter().map(|own| own.told(Language::Zh)).collect();
        let printed = Config::default().to_toml(Language::En).expect("TOML");
        for name in &names {
            let is_refused = refused.iter().any(|own| own.starts_with(&format!(": {name} 应为")));
            let setting = format!("\n{} = ", name.rsplit('.').next().unwrap_or(name));
            let before = &printed[..printed.find(&setting).expect("a setting")];
            let comment = before.rsplit("\n\n").next().unwrap_or_default();
            let comment: Vec<&str> = comment.lines().rev().take_while(|line| line.starts_with('#')).collect();
            let explained = comment.iter().any(|line| line.contains(" 0 ") || line.contains("# 0 "));
            assert_ne!(is_refused, explained, "{name}: {comment:?}");
        }
        assert!(names.len() > 30 && refused.len() > 10, "{refused:?}");
    }
}
