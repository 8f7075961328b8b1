//! A server in a process of its own, on a free port of this machine.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::{net::SocketAddr, process::Stdio};

use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::ChildStderr,
};

use super::common::server::PATIENCE;

/// A server in a process of its own, and its log.
pub struct Process {
    pub server: tokio::process::Child,
    pub log: Lines<BufReader<ChildStderr>>,
    pub address: SocketAddr,
    /// What it said when it began to listen.
    pub listening: String,
}

impl Process {
    pub async fn start(settings: &[(&str, &str)]) -> Self {
        Self::start_by(tokio::process::Command::new(env!("CARGO_BIN_EXE_gouji")), settings).await
    }

    /// The same by a command that takes the service's arguments.
    pub async fn start_by(mut command: tokio::process::Command, settings: &[(&str, &str)]) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0"]).env("GOUJI_LOG__FORMAT", "json");
        command.envs(settings.iter().copied()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut server = command.spawn().unwrap();
        let mut log = BufReader::new(server.stderr.take().unwrap()).lines();
        loop {
            let listening = log.next_line().await.unwrap().unwrap();
            let entry: serde_json::Value = serde_json::from_str(&listening).unwrap_or_default();
            let address = entry.get("address").and_then(serde_json::Value::as_str);
            if let Some(address) = address.and_then(|address| address.parse().ok()) {
                return Self { server, log, address, listening };
            }
        }
    }

    pub fn signal(&self, name: &str) {
        let pid = self.server.id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    /// Waits until it has ended, and well.
    pub async fn ended(&mut self) {
        let status = tokio::time::timeout(PATIENCE, self.server.wait()).await.unwrap().unwrap();
        assert!(status.success(), "{status}");
    }

    /// The lines until one says this.
    pub async fn said(&mut self, wanted: &str) -> String {
        let mut lines = String::new();
        while !lines.contains(wanted) {
            lines.push_str(&self.log.next_line().await.unwrap().expect(wanted));
        }
        lines
    }

    /// The most memory that it has held so far, in bytes.
    pub fn most_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id().unwrap())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.split_whitespace().next().unwrap().parse::<u64>().unwrap() << 10
    }
}
