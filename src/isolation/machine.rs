//! What the machine lets this process have.

use std::fs;

use rustix::process::{Resource, getrlimit};

/// What a process may have.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    /// How many files it may have open, if there is a limit.
    pub files: Option<u64>,
    /// How many bytes of memory there are for it, if that is known.
    pub memory: Option<u64>,
}

impl Machine {
    /// What this process may have.
    pub fn this() -> Self {
        let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
        let kilobytes = read("/proc/meminfo").lines().find_map(|line| number(line.strip_prefix("MemTotal:")?));
        let all = kilobytes.map(|kilobytes| kilobytes.saturating_mul(1_024));
        // A container has less than its machine.
        let own = number(&read("/sys/fs/cgroup/memory.max"));
        Self { files: getrlimit(Resource::Nofile).current, memory: all.into_iter().chain(own).min() }
    }
}

/// The number that a text begins with.
fn number(text: &str) -> Option<u64> {
    text.split_whitespace().next()?.parse().ok()
}
