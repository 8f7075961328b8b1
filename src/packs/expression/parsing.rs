//! Parses CEL into the `cel` crate's tree, within limits.
//!
//! The parser recurses into brackets, and its tree nests as deep as the expression is long; a stack overflow would end
//! the process. So length and brackets are checked before it sees the expression, and it runs in a thread with a large
//! stack.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use cel::{
    Env,
    common::ast::{IdedExpr, SourceInfo},
};

use super::{hints, wrong::Wrong};
use crate::words::Text;

/// The longest expression, in bytes, and the deepest nesting of brackets and conditions.
pub(in crate::packs) const MAX_SOURCE: usize = 4 << 10;
pub(in crate::packs) const MAX_DEPTH: usize = 64;
/// The stack of the thread that parses.
const STACK: usize = 32 << 20;

/// Parses an expression and returns what `work` makes of its tree.
pub(in crate::packs) fn parsed<T: Send>(
    source: &str,
    work: impl FnOnce(&IdedExpr, SourceInfo) -> Result<T, Vec<Wrong>> + Send,
) -> Result<T, Vec<Wrong>> {
    if source.len() > MAX_SOURCE {
        let (zh, en) = (format!("表达式超过 {MAX_SOURCE} 字节"), format!("longer than {MAX_SOURCE} bytes"));
        return Err(vec![Wrong { at: 0..0, why: Text::new(zh, en) }]);
    }
    if let Some(at) = too_deep(source) {
        let (zh, en) = (format!("嵌套超过 {MAX_DEPTH} 层"), format!("nested more than {MAX_DEPTH} deep"));
        return Err(vec![Wrong { at: at..at, why: Text::new(zh, en) }]);
    }
    // An environment without macros leaves all(), map() and the like as they were written.
    let parser = Env::default().parser();
    let work = || {
        let (tree, info) = parser.parse_with_source_info(source).map_err(|errors| syntax(source, &errors))?;
        work(&tree, info)
    };
    // A panic of the parser is a wrong expression.
    let done = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let handle = thread.spawn_scoped(scope, || catch_unwind(AssertUnwindSafe(work)));
        handle.ok().and_then(|handle| handle.join().ok())
    });
    let failed =
        || vec![Wrong { at: 0..0, why: Text::fixed("表达式无法解析", "the expression can't be parsed") }];
    // Whoever refuses an expression says why.
    let refused = |wrong: Vec<Wrong>| if wrong.is_empty() { failed() } else { wrong };
    done.and_then(Result::ok).unwrap_or_else(|| Err(failed())).map_err(refused)
}

/// Where brackets and conditional operators nest too deep. Those in strings count too: no expression needs that
/// many.
fn too_deep(source: &str) -> Option<usize> {
    let mut depth = 0usize;
    source.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'(' | b'[' | b'{' | b'?' | b'!' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > MAX_DEPTH).then_some(at)
    })
}

/// What is wrong where the parser has its first error: it counts lines and columns from 1.
fn syntax(source: &str, errors: &cel::ParseErrors) -> Vec<Wrong> {
    let (line, column) = errors.errors.first().map_or((1, 1), |error| error.pos);
    let before = |count: isize| usize::try_from(count - 1).unwrap_or_default();
    let lines: usize = source.split_inclusive('\n').take(before(line)).map(|line| line.chars().count()).sum();
    hints::wrong(source, (lines + before(column)).min(source.chars().count()))
}

/// The character index of a byte offset.
pub(in crate::packs) fn character(source: &str, byte: usize) -> usize {
    source.char_indices().take_while(|(at, _)| *at < byte).count()
}
