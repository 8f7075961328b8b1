//! Instructions, counted by callgrind: a program runs itself, once for some inputs and once for twice as many, and tells the
//! difference for one of them. What it does at its start falls out.

use std::process::Command;

/// The first argument of a program that runs itself to be counted.
pub const COUNT: &str = "--count";

/// The instructions for one input. The program is called with [`COUNT`], these arguments, and how many inputs it is to take; it
/// must make `2 * inputs` of them in both runs. `None` where valgrind isn't there.
pub fn instructions(arguments: &[&str], inputs: usize) -> Option<u64> {
    let of = |inputs: usize| {
        let mut program = Command::new(std::env::current_exe().ok()?);
        program.arg(COUNT).args(arguments).arg(inputs.to_string());
        of_process(&program)
    };
    Some(of(2 * inputs)?.checked_sub(of(inputs)?)? / inputs as u64)
}

/// The instructions of a whole process.
pub fn of_process(command: &Command) -> Option<u64> {
    let out = std::env::temp_dir().join(format!("gouji-bench-{}", std::process::id()));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={}", out.display())])
        .arg(command.get_program())
        .args(command.get_args())
        .output()
        .ok()?;
    let _ = std::fs::remove_file(out);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    told.split("Collected : ").nth(1)?.split_whitespace().next()?.parse::<u64>().ok()
}

/// How often a part is in a whole, with one decimal.
pub fn times(whole: u64, part: u64) -> String {
    let part = part.max(1);
    format!("{}.{}", whole / part, whole * 10 / part % 10)
}
