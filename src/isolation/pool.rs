//! A small pool of processes that read documents.

use std::{
    io::{self, Read, Write},
    os::{fd::AsFd, unix::process::CommandExt},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use super::{
    ended,
    frame::{self, Answer, Refused},
    settings::{Documents, SUBCOMMAND},
};
use crate::{
    deadline::Deadline,
    layout::{Failure, Layout, Limits, Reader},
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// A pool of processes that read documents.
pub struct Readers {
    program: PathBuf,
    settings: Documents,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Process>,
    busy: usize,
}

impl Readers {
    /// A pool of processes with an operator's settings.
    pub fn new(settings: Documents) -> Self {
        // Descriptors that this process inherited must not be passed on; those that it opens itself aren't anyway.
        close_fds::set_fds_cloexec_threadsafe(3, &[]);
        // This link leads to the running program, even if its file was replaced since.
        let own = || PathBuf::from("/proc/self/exe");
        let program = if settings.program.is_empty() { own() } else { PathBuf::from(&settings.program) };
        Self { program, settings, state: Mutex::default(), freed: Condvar::new() }
    }

    /// Whether a process can be started, which is kept for the first document. It takes no document's place.
    ///
    /// # Errors
    ///
    /// Why not. One that doesn't answer at once may be about to: that is told as `TimedOut`.
    pub fn try_one(&self, deadline: &Deadline) -> io::Result<()> {
        const AT_ONCE: Duration = Duration::from_secs(5);
        let patience = Patience { until: Instant::now() + AT_ONCE, deadline };
        let reader = self.start(&patience).map_err(|failure| match failure {
            Failure::NoProcess(error) => error,
            _ => io::ErrorKind::TimedOut.into(),
        })?;
        let mut state = self.locked();
        if state.busy + state.idle.len() < self.settings.most() {
            state.idle.push(reader);
        }
        Ok(())
    }

    /// The process ids of the idle processes.
    pub fn idle(&self) -> Vec<u32> {
        self.locked().idle.iter().map(|reader| reader.child.id()).collect()
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room for a process.
    fn enter(&self, patience: &Patience<'_>) -> Result<(), Failure> {
        let mut state = self.locked();
        while state.busy >= self.settings.most().max(1) {
            let left = patience.left()?;
            state = self.freed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.busy += 1;
        Ok(())
    }

    /// An idle process that answers, or a new one. One that was stopped or killed while it was idle costs nobody a document.
    fn ready(&self, patience: &Patience<'_>) -> Result<Process, Failure> {
        while let Some(mut reader) = self.next_idle() {
            if reader.answers() {
                return Ok(reader);
            }
            // Dropped, which kills it.
        }
        self.start(patience)
    }

    fn next_idle(&self) -> Option<Process> {
        self.locked().idle.pop()
    }

    fn give_back(&self, reader: Option<Process>) {
        let mut state = self.locked();
        state.busy -= 1;
        state.idle.extend(reader);
        drop(state);
        self.freed.notify_one();
    }

    /// A new process that answers. One that doesn't is a fault of the operator's settings, and of no document.
    fn start(&self, patience: &Patience<'_>) -> Result<Process, Failure> {
        let mut reader = self.spawned().map_err(Failure::NoProcess)?;
        reader.greets(patience).map_err(|failure| match failure {
            Failure::Crashed => Failure::NoProcess(io::Error::other("it doesn't answer")),
            other => other,
        })?;
        Ok(reader)
    }

    /// Reads a document in a process, which is given back if it accepts another one; else it is dropped, which kills it.
    fn read_in(&self, mut reader: Process, document: &[u8], patience: &Patience<'_>) -> Result<Given, Failure> {
        let answer = reader.ask(document, self.settings.answer_bytes, patience)?;
        Ok((answer.read, answer.goes_on.then_some(reader)))
    }

    fn spawned(&self) -> io::Result<Process> {
        let settings = serde_json::to_vec(&self.settings)?;
        let mut child = Command::new(&self.program)
            .arg(SUBCOMMAND)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Signals that a terminal sends to this process's group must not reach the readers.
            .process_group(0)
            .spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (mut input, output) = pipes.ok_or_else(|| io::Error::other("it has no pipes"))?;
        frame::write(&mut input, &settings)?;
        Ok(Process { child, input, output })
    }
}

impl Reader for Readers {
    fn limits(&self) -> &Limits {
        &self.settings.limits
    }

    /// Reads a document in a separate process. One that was killed by somebody else says nothing of its document, which a fresh
    /// one gets, in what is left of the time.
    ///
    /// # Errors
    ///
    /// A [`Failure`] of this document alone.
    fn lay_out(&self, document: &[u8], deadline: &Deadline) -> Result<Layout, Failure> {
        let patience = Patience { until: Instant::now() + Duration::from_millis(self.settings.read_ms), deadline };
        self.enter(&patience)?;
        let read_in = |reader| self.read_in(reader, document, &patience);
        let read = match self.ready(&patience).and_then(read_in) {
            Err(Failure::Killed) => self.start(&patience).and_then(read_in),
            read => read,
        };
        let (read, reader) = read.map_or_else(|failure| (Err(failure), None), |(read, reader)| (Ok(read), reader));
        self.give_back(reader);
        read?.map_err(|refused| Failure::Refused(refused.into()))
    }
}

/// What a process read, or why it refused; and the process, if it accepts another document.
type Given = (Result<Layout, Refused>, Option<Process>);

/// How long to wait for a document.
struct Patience<'d> {
    until: Instant,
    deadline: &'d Deadline,
}

impl Patience<'_> {
    /// How long to wait before the deadline is checked again: an abandoned call is noticed within that time.
    fn left(&self) -> Result<Duration, Failure> {
        const A_LOOK: Duration = Duration::from_millis(50);
        let left = self.until.checked_duration_since(Instant::now());
        left.filter(|_| !self.deadline.is_over()).map(|left| left.min(A_LOOK)).ok_or(Failure::OutOfTime)
    }
}

/// A process that reads documents.
struct Process {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// Whether it answers an empty frame, within a short time.
    fn answers(&mut self) -> bool {
        const SHORT: Duration = Duration::from_millis(100);
        self.greets(&Patience { until: Instant::now() + SHORT, deadline: &Deadline::NEVER }).is_ok()
    }

    /// Waits for it to answer an empty frame.
    fn greets(&mut self, patience: &Patience<'_>) -> Result<(), Failure> {
        let (empty, mut answer) = (frame::length(&[]), [u8::MAX; frame::LENGTH]);
        self.send(&empty, patience)?;
        self.receive(&mut answer, patience)?;
        if answer == empty { Ok(()) } else { Err(Failure::Crashed) }
    }

    fn ask(&mut self, document: &[u8], limit: usize, patience: &Patience<'_>) -> Result<Answer, Failure> {
        self.send(&frame::length(document), patience)?;
        self.send(document, patience)?;
        let mut length = [0; frame::LENGTH];
        self.receive(&mut length, patience)?;
        let length = usize::try_from(u64::from_be_bytes(length)).unwrap_or(usize::MAX);
        if length > limit {
            return Err(Failure::Crashed);
        }
        let mut answer = vec![0; length];
        self.receive(&mut answer, patience)?;
        serde_json::from_slice(&answer).map_err(|_| Failure::Crashed)
    }

    fn send(&mut self, bytes: &[u8], patience: &Patience<'_>) -> Result<(), Failure> {
        /// What a ready pipe accepts without blocking.
        const PIECE: usize = 4096;
        for piece in bytes.chunks(PIECE) {
            wait(&self.input, PollFlags::OUT, patience)?;
            if self.input.write_all(piece).is_err() {
                return Err(self.gone(patience));
            }
        }
        Ok(())
    }

    fn receive(&mut self, mut bytes: &mut [u8], patience: &Patience<'_>) -> Result<(), Failure> {
        while !bytes.is_empty() {
            wait(&self.output, PollFlags::IN, patience)?;
            match self.output.read(bytes) {
                Ok(0) | Err(_) => return Err(self.gone(patience)),
                Ok(read) => bytes = &mut bytes[read..],
            }
        }
        Ok(())
    }

    /// Why its pipes are closed: it ended by itself, or somebody ended it.
    fn gone(&mut self, patience: &Patience<'_>) -> Failure {
        /// Pipes close a little before it is known how a process ended.
        const A_MOMENT: Duration = Duration::from_millis(1);
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) if ended::by_others(status) => return Failure::Killed,
                Ok(Some(_)) | Err(_) => return Failure::Crashed,
                Ok(None) => {}
            }
            match patience.left() {
                Ok(_) => thread::sleep(A_MOMENT),
                Err(late) => return late,
            }
        }
    }
}

/// Waits until a pipe is ready or time runs out.
fn wait(pipe: &impl AsFd, ready: PollFlags, patience: &Patience<'_>) -> Result<(), Failure> {
    loop {
        let left = Timespec::try_from(patience.left()?).map_err(|_| Failure::OutOfTime)?;
        match poll(&mut [PollFd::new(pipe, ready)], Some(&left)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) => return Ok(()),
            Err(_) => return Err(Failure::Crashed),
        }
    }
}
