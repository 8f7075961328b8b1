//! Whose doing it is that a reader process ended.

use std::{os::unix::process::ExitStatusExt, process::ExitStatus};

use rustix::process::Signal;

/// The signals by which a process ends through what it does itself: faults, an abort for want of memory or at the end of the
/// stack, its limits of processor time and of what it writes, and a call that it may not make.
const OWN: [Signal; 9] = [
    Signal::ABORT,
    Signal::SEGV,
    Signal::BUS,
    Signal::ILL,
    Signal::FPE,
    Signal::TRAP,
    Signal::XCPU,
    Signal::XFSZ,
    Signal::SYS,
];

/// Whether a process was ended by somebody else: the kernel, for want of memory in all, or an operator.
pub(super) fn by_others(status: ExitStatus) -> bool {
    status.signal().is_some_and(|signal| !OWN.iter().any(|own| own.as_raw() == signal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_by_its_own_doing_is_told_from_what_is_ended() {
        let by = |signal: Signal| by_others(ExitStatus::from_raw(signal.as_raw()));
        for signal in [Signal::KILL, Signal::TERM, Signal::INT, Signal::HUP, Signal::QUIT, Signal::USR1, Signal::ALARM]
        {
            assert!(by(signal), "{signal:?}");
        }
        assert!(!OWN.into_iter().any(by));
        for code in [0, 1, 70, 101] {
            assert!(!by_others(ExitStatus::from_raw(code << 8)), "{code}");
        }
    }
}
