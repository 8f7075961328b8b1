//! What the machine lets this process have.

use std::fs;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// What a process may have.
#[derive(Clone, Copy, Debug)]
pub struct Machine {
    /// How many files it may have open, if there is a limit.
    pub files: Option<u64>,
    /// How many bytes of memory there are for it, if that is known.
    pub memory: Option<u64>,
}

impl Machine {
    /// Claims what this process may have, and tells what that is.
    ///
    /// A shell's limit of open files is for programs that look at all of them in turn. Whoever doesn't may raise it to the hard one.
    pub fn claimed() -> Self {
        let files = getrlimit(Resource::Nofile);
        // Where the system refuses, the limit is what it was.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: files.maximum, ..files });
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
