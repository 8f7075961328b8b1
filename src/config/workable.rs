//! Settings that can't work: each is told before the service starts, with its value and what was expected.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::Config;
use crate::{isolation::Machine, words::Text};

/// How many files the process has open besides its connections: listeners, readers of documents, files of rules.
const OTHER_FILES: u64 = 64;

/// A message may take four times its bytes while it is served, as it came, as a copy and decoded; and a caller may hold half of the
/// budget.
const OF_ONE: usize = 8;

impl Config {
    /// The settings that can't work on this machine, of which the process claims what it may have, or not beside each other.
    pub fn faults(&self) -> Vec<Text> {
        self.too_much_for(&Machine::claimed()).into_iter().chain(self.contradictions()).collect()
    }

    /// The settings that need more than a machine has.
    fn too_much_for(&self, machine: &Machine) -> Vec<Text> {
        let (bytes, connections) = (self.limits.pending_bytes, self.limits.connections);
        let files = machine.files.map(|files| files.saturating_sub(OTHER_FILES));
        let memory = ("内存的字节数", "the bytes of memory that there are");
        let open = ("进程可打开的文件数，见 ulimit -Hn", "as many files as a process may open: see ulimit -Hn");
        [("limits.pending_bytes", bytes, machine.memory, memory), ("limits.connections", connections, files, open)]
            .into_iter()
            .filter_map(|(name, own, most, (zh, en))| {
                let most = most.filter(|most| own as u64 > *most)?;
                let expected = Text::new(format!("不超过 {most}（{zh}）"), format!("at most {most} ({en})"));
                Some(fault(name, own, &expected))
            })
            .collect()
    }

    /// The settings that no machine can follow as they stand.
    fn contradictions(&self) -> Vec<Text> {
        let mut found = Vec::new();
        let (one, all) = (self.limits.request_bytes, self.limits.pending_bytes);
        // The largest message would be refused for ever, with the advice to come again.
        if one > all / OF_ONE {
            let expected = Text::new(
                format!("不超过 limits.pending_bytes（{all}）的八分之一"),
                format!("at most an eighth of limits.pending_bytes ({all})"),
            );
            found.push(fault("limits.request_bytes", one, &expected));
        }
        let program = &self.documents.program;
        if !program.is_empty() && !is_program(program) {
            let expected =
                Text::fixed("可执行的文件，或留空以采用本程序", "a file that can be run, or nothing for this program");
            found.push(fault("documents.program", program, &expected));
        }
        found
    }
}

fn fault(name: &str, value: impl std::fmt::Display, expected: &Text) -> Text {
    let zh = format!("{name} 应为{}，实为 {value}", expected.zh);
    Text::new(zh, format!("{name} must be {}, and is {value}", expected.en))
}

/// Whether the system could run a program of this name.
fn is_program(name: &str) -> bool {
    let can_run =
        |path: &Path| fs::metadata(path).is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0);
    if name.contains('/') {
        return can_run(Path::new(name));
    }
    let folders = env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = env::split_paths(&folders).map(|folder| folder.join(name)).collect();
    found.retain(|path| can_run(path));
    !found.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_work_is_told_with_its_name_its_value_and_what_was_expected() {
        type Change = fn(&mut Config);
        let cases: [(Change, &str, &str); 3] = [
            (
                |own| own.limits.pending_bytes = 2_048,
                "limits.request_bytes 应为不超过 limits.pending_bytes（2048）的八分之一，实为 16777216",
                "",
            ),
            (
                |own| own.documents.program = "/no/such".into(),
                "documents.program 应为可执行的文件，或留空以采用本程序，实为 /no/such",
                "can be run",
            ),
            (|own| own.documents.program = "no-such-program".into(), "，实为 no-such-program", "can be run"),
        ];
        for (change, zh, en) in cases {
            let mut config = Config::default();
            change(&mut config);
            let faults = config.faults();
            assert!(faults.iter().any(|fault| fault.zh.contains(zh) && fault.en.contains(en)), "{zh}: {faults:?}");
        }
        let sound = Config {
            documents: crate::isolation::Documents { program: "sh".into(), ..Default::default() },
            ..Config::default()
        };
        assert_eq!(sound.contradictions(), []);
    }

    #[test]
    fn what_is_more_than_the_machine_has_is_told() {
        let (config, small) = (Config::default(), Machine { files: Some(1_024), memory: Some(1 << 20) });
        let told: Vec<String> = config.too_much_for(&small).into_iter().map(|fault| fault.en.into_owned()).collect();
        assert!(told[0].contains("limits.pending_bytes must be at most 1048576"), "{told:?}");
        assert!(told[1].contains("limits.connections must be at most 960"), "{told:?}");
        assert_eq!(config.too_much_for(&Machine { files: None, memory: None }), []);
        assert!(Machine::claimed().memory.is_some());
    }
}
