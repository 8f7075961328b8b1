//! Works on many things at once, and hands the results on in order.

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// As many as there are processors.
pub(super) fn processors() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Does `work` on each thing, on at most `jobs` threads, and gives each result to `then` in the order of the things,
/// as soon as it and all before it are there.
pub(super) fn in_order<T: Sync, R: Send>(
    things: &[T],
    jobs: NonZeroUsize,
    work: impl Fn(&T) -> R + Sync,
    mut then: impl FnMut(R),
) {
    let next = AtomicUsize::new(0);
    let (done, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs.get().min(things.len()) {
            let (done, next, work) = (done.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(thing) = things.get(at) else { return };
                    if done.send((at, work(thing))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        let (mut waiting, mut turn) = (BTreeMap::new(), 0);
        for (at, result) in results {
            waiting.insert(at, result);
            while let Some(result) = waiting.remove(&turn) {
                then(result);
                turn += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::{Barrier, Mutex};

    use super::*;

    #[test]
    fn results_come_in_order_however_many_work_and_two_work_at_once() {
        for jobs in [1, 2, 7, 100] {
            let mut results = Vec::new();
            let things: Vec<usize> = (0..50).collect();
            in_order(&things, NonZeroUsize::new(jobs).expect("not zero"), |thing| thing * 2, |it| results.push(it));
            assert_eq!(results, (0..50).map(|it| it * 2).collect::<Vec<_>>(), "{jobs} jobs");
        }
        // Each of two waits for the other: with one thread this would never end.
        let both = Barrier::new(2);
        in_order(&[(), ()], NonZeroUsize::new(2).expect("not zero"), |()| both.wait(), drop);
    }

    #[test]
    fn the_first_result_does_not_wait_for_the_last() {
        let (told, first_was_there) = mpsc::channel();
        let first_was_there = Mutex::new(first_was_there);
        let work = |thing: &u8| {
            if *thing == 1 {
                first_was_there.lock().expect("no panic").recv().expect("the first was handed on");
            }
        };
        in_order(&[0, 1], NonZeroUsize::new(2).expect("not zero"), work, |()| _ = told.send(()));
    }
}
