//! Runs calls: what can be done at once where it is, and the rest as tasks. A call ends when its client doesn't take the answer.

use std::{
    cell::Cell,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use hyper::rt::Executor;
use tokio::time::{Instant, Sleep, sleep_until};

tokio::task_local! {
    /// Until when the client may take what was handed over last; nothing, while something else is waited for.
    static TAKEN_BY: Cell<Option<Instant>>;
}

/// The client must take what its call has handed over by then.
pub(super) fn must_be_taken(by: Option<std::time::Instant>) {
    // Bodies are looked at by tests too, of which nobody waits for a client.
    let _ = TAKEN_BY.try_with(|own| own.set(by.map(Into::into)));
}

/// Runs calls.
#[derive(Clone, Copy)]
pub(super) struct AtOnce;

impl<F> Executor<F> for AtOnce
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn execute(&self, call: F) {
        let mut call: Pin<Box<_>> = Box::pin(TAKEN_BY.scope(Cell::new(None), until_left(call)));
        // Nobody needs to be woken: what isn't done is looked at again by its task. A panic is the end of its call alone.
        let first = || call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending();
        if catch_unwind(AssertUnwindSafe(first)).unwrap_or(false) {
            tokio::spawn(call);
        }
    }
}

/// A call until it has ended, or its client doesn't take the answer.
async fn until_left<F: Future>(call: F) {
    let mut call = pin!(call);
    let mut timer: Option<Pin<Box<Sleep>>> = None;
    poll_fn(|context| {
        if call.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        let Some(by) = TAKEN_BY.with(Cell::get) else { return Poll::Pending };
        let timer = timer.get_or_insert_with(|| Box::pin(sleep_until(by)));
        if timer.deadline() != by {
            timer.as_mut().reset(by);
        }
        timer.as_mut().poll(context).map(|()| tracing::info!("an answer was not taken"))
    })
    .await;
}
