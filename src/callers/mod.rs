//! Who calls, and what they may do: tokens and certificates, and the file in which an operator lists them.

mod caller;
mod entrance;
mod file;
mod rate;
mod register;

pub use caller::{Caller, Role};
pub use entrance::{Entrance, Shown};
pub use file::{parse, schema};
pub use register::{Certificate, Register};
