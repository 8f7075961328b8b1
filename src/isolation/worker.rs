//! The process that reads documents: it limits itself, then answers document by document.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
    thread,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, poll},
    process::{Resource, Rlimit, nice, setrlimit},
    time::{ClockId, clock_gettime},
};

use super::{
    frame::{self, Answer},
    settings::Documents,
};
use crate::layout::{Obstacle, Refusal, lay_out, limits::MAX_DOCUMENT};

/// The niceness of this process.
const PRIORITY: i32 = 10;

/// How many documents a process reads: what one of them leaves behind doesn't last.
const DOCUMENTS: usize = 100;

/// The longest settings, in bytes.
const MAX_SETTINGS: usize = 64 << 10;

/// Reads its limits, then documents from standard input until it ends.
///
/// # Errors
///
/// The system's error: a limit that can't be set, or a broken pipe.
pub fn run() -> io::Result<()> {
    // The first frame has the limits: they are nobody's who lists processes.
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let Some(settings) = frame::read(&mut input, MAX_SETTINGS)? else {
        return Ok(());
    };
    let own: Documents = serde_json::from_slice(&settings)?;
    limit(&own)?;
    // Callers can wait longer for a document than for figures.
    nice(PRIORITY)?;
    thread::Builder::new().spawn(end_with_the_parent)?;
    // A panic becomes an answer; nobody reads what it prints.
    set_hook(Box::new(|_| {}));
    let mut number = 0;
    while let Some(document) = frame::read(&mut input, MAX_DOCUMENT)? {
        if document.is_empty() {
            // The question whether this process is well.
            frame::write(&mut output, &[])?;
            continue;
        }
        number += 1;
        let read = catch_unwind(AssertUnwindSafe(|| lay_out(&document, &own.limits)));
        let read = read.unwrap_or_else(|_| Err(defeated())).map_err(Into::into);
        let goes_on = number < DOCUMENTS && time_used() < Duration::from_secs(own.processor_seconds) / 4;
        frame::write(&mut output, &serde_json::to_vec(&Answer { read, goes_on })?)?;
        if !goes_on {
            break;
        }
    }
    Ok(())
}

/// Exits as soon as the other end of standard input is closed, for whatever reason: a killed service leaves no
/// reader running. (The kernel's parent-death signal comes when the thread that started the process ends, which is
/// not when the service ends.)
fn end_with_the_parent() {
    let input = io::stdin();
    loop {
        // No events are requested, so that only a closed pipe wakes this.
        match poll(&mut [PollFd::new(&input, PollFlags::empty())], None) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) | Err(_) => std::process::exit(0),
        }
    }
}

/// Sets the limits of this process permanently.
fn limit(own: &Documents) -> io::Result<()> {
    let within = |resource: Resource, limit: u64, maximum: u64| {
        setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(maximum) }).map_err(io::Error::from)
    };
    let most = |resource: Resource, limit: u64| within(resource, limit, limit);
    most(Resource::As, own.memory_bytes)?;
    // The limit ends a process by a signal of its own, the maximum by the one that anybody may send.
    within(Resource::Cpu, own.processor_seconds, own.processor_seconds.saturating_add(1))?;
    most(Resource::Fsize, 0)?;
    most(Resource::Core, 0)?;
    // Standard input, output and error: no other can be opened.
    most(Resource::Nofile, 3)
}

/// The processor time used by this process.
fn time_used() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::from_secs(u64::try_from(time.tv_sec).unwrap_or(0))
}

/// The refusal of a document that a parser failed on.
fn defeated() -> Refusal {
    Refusal::new(
        Obstacle::Unreadable,
        "文档结构异常，解析失败，请重新导出后提交",
        "the document's structure is broken: the parser gave up",
    )
}
