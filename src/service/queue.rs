//! A bounded number of places for work, and a bounded queue before them that knows deadlines: who can't make it is refused at
//! once, and told when to come back. Callers take turns, so that none waits behind another's crowd.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

/// Whose turn it is: calls with the same lane wait behind each other.
pub(super) type Lane = u64;

/// Places for work, and those who wait for one.
pub(super) struct Queue {
    most: usize,
    longest: usize,
    state: Mutex<State>,
}

struct State {
    free: usize,
    /// Each lane with those who wait in it; the first is served next, and goes to the end.
    lanes: VecDeque<(Lane, VecDeque<oneshot::Sender<()>>)>,
    waiting: usize,
    /// How long a place is held, as a mean that forgets.
    pace: Duration,
    /// How many calls have come and are not answered yet, those included that wait for a processor.
    admitted: usize,
    /// How far apart answers are while there is something to do, as a mean that forgets, and when the last one was.
    gap: Duration,
    answered: Option<Instant>,
}

/// A place: whoever holds it may work.
pub(super) struct Place {
    queue: Arc<Queue>,
    since: Instant,
}

/// A place that is on its way: if it comes when nobody waits any more, it is handed on.
struct Coming<'q> {
    queue: &'q Arc<Queue>,
    coming: oneshot::Receiver<()>,
}

impl Drop for Coming<'_> {
    fn drop(&mut self) {
        self.coming.close();
        if self.coming.try_recv().is_ok() {
            self.queue.hand_on(Duration::ZERO);
        }
    }
}

/// A call that was let in; it ends with its answer.
pub struct Ticket {
    queue: Arc<Queue>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut state = self.queue.locked();
        state.admitted -= 1;
        let now = Instant::now();
        if let Some(last) = state.answered.replace(now) {
            state.gap = (state.gap * 31 + (now - last)) / 32;
        }
    }
}

/// When to come back, within reason.
fn bounded(wait: Duration) -> Duration {
    wait.clamp(Duration::from_millis(50), Duration::from_secs(10))
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoPlace {
    /// The queue is full, or a place would come too late; when to come back.
    Busy(Duration),
    /// Time ran out while waiting.
    Late,
}

/// Where a call waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    /// Behind whom.
    pub lane: Lane,
    /// Until when.
    pub until: Instant,
    /// Whether it waits whatever the queue is like: its own stream bounds how many such there are.
    pub is_patient: bool,
}

impl Waiting {
    fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }
}

impl Queue {
    /// This many places, and a queue of so many before them.
    pub fn new(most: usize, longest: usize) -> Arc<Self> {
        let state = State {
            free: most.max(1),
            lanes: VecDeque::new(),
            waiting: 0,
            pace: Duration::ZERO,
            admitted: 0,
            gap: Duration::ZERO,
            answered: None,
        };
        Arc::new(Self { most: most.max(1), longest, state: Mutex::new(state) })
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a call in whose message is still to be read. It waits for a processor before it waits for a place, so that all who
    /// were let in count, and how fast they are answered.
    ///
    /// # Errors
    ///
    /// When to come back, if it would be answered too late.
    pub fn let_in(self: &Arc<Self>, waiting: Waiting) -> Result<Ticket, Duration> {
        let mut state = self.locked();
        state.would_take(self, waiting)?;
        let ahead = u32::try_from(state.admitted).unwrap_or(u32::MAX);
        let wait = state.gap.saturating_mul(ahead.saturating_add(1));
        let is_crowd = state.admitted >= self.most;
        if is_crowd && (state.admitted >= self.longest || wait > waiting.left()) {
            return Err(bounded(wait));
        }
        if state.admitted == 0 {
            // Nothing was to be done until now.
            state.answered = None;
        }
        state.admitted += 1;
        Ok(Ticket { queue: self.clone() })
    }

    /// Waits for a place.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub async fn place(self: &Arc<Self>, waiting: Waiting) -> Result<Place, NoPlace> {
        let coming = {
            let mut state = self.locked();
            if !waiting.is_patient {
                state.would_take(self, waiting).map_err(NoPlace::Busy)?;
            }
            if state.free > 0 {
                state.free -= 1;
                return Ok(self.taken());
            }
            state.join(waiting.lane)
        };
        let mut coming = Coming { queue: self, coming };
        match tokio::time::timeout_at(waiting.until.into(), &mut coming.coming).await {
            Ok(Ok(())) => Ok(self.taken()),
            _ => Err(NoPlace::Late),
        }
    }

    fn taken(self: &Arc<Self>) -> Place {
        Place { queue: self.clone(), since: Instant::now() }
    }

    /// Hands a place on to who is next; those who left are passed over.
    fn hand_on(&self, held: Duration) {
        let mut state = self.locked();
        if !held.is_zero() {
            state.pace = (state.pace * 15 + held) / 16;
        }
        loop {
            let Some(next) = state.next() else {
                state.free += 1;
                return;
            };
            // The place is made where it arrives: dropped here it would lock again.
            if next.send(()).is_ok() {
                return;
            }
        }
    }
}

impl State {
    fn would_take(&self, queue: &Queue, waiting: Waiting) -> Result<(), Duration> {
        let places = u32::try_from(queue.most).unwrap_or(u32::MAX);
        let own = self.lanes.iter().find(|(lane, _)| *lane == waiting.lane).map_or(0, |(_, calls)| calls.len());
        // By turns: of each other lane as many go before as wait in the own.
        let others = self.lanes.iter().filter(|(lane, _)| *lane != waiting.lane);
        let before = own + others.map(|(_, calls)| calls.len().min(own + 1)).sum::<usize>();
        let ahead = u32::try_from(before).unwrap_or(u32::MAX);
        let wait = if self.free > 0 { Duration::ZERO } else { self.pace * (ahead + 1) / places };
        let left = waiting.left();
        // It has to be served too.
        if self.waiting >= queue.longest || wait + self.pace > left {
            let drained = self.pace * u32::try_from(self.waiting + 1).unwrap_or(u32::MAX) / places;
            return Err(bounded(drained));
        }
        Ok(())
    }

    fn join(&mut self, lane: Lane) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        match self.lanes.iter_mut().find(|(own, _)| *own == lane) {
            Some((_, calls)) => calls.push_back(sender),
            None => self.lanes.push_back((lane, VecDeque::from([sender]))),
        }
        self.waiting += 1;
        receiver
    }

    fn next(&mut self) -> Option<oneshot::Sender<()>> {
        let (lane, mut calls) = self.lanes.pop_front()?;
        let next = calls.pop_front();
        if !calls.is_empty() {
            self.lanes.push_back((lane, calls));
        }
        self.waiting -= usize::from(next.is_some());
        next
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.queue.hand_on(self.since.elapsed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(lane: Lane) -> Waiting {
        Waiting { lane, until: Instant::now() + Duration::from_secs(60), is_patient: false }
    }

    async fn place(queue: &Arc<Queue>, lane: Lane) -> Place {
        queue.place(waiting(lane)).await.unwrap_or_else(|why| panic!("{why:?}"))
    }

    #[tokio::test]
    async fn callers_take_turns_and_those_who_left_are_passed_over() {
        let queue = Queue::new(1, 100);
        let held = place(&queue, 0).await;
        let (sender, mut order) = tokio::sync::mpsc::unbounded_channel();
        // A crowd in one lane, one call in another; the second of the crowd leaves.
        let mut waits = Vec::new();
        for (at, lane) in [1, 1, 1, 2].into_iter().enumerate() {
            let (own, sender) = (queue.clone(), sender.clone());
            waits.push(tokio::spawn(async move {
                let place = place(&own, lane).await;
                let _ = sender.send(at);
                drop(place);
            }));
            while queue.locked().waiting <= at {
                tokio::task::yield_now().await;
            }
        }
        waits[1].abort();
        drop(held);
        let mut served = Vec::new();
        while served.len() < 3 {
            served.extend(order.recv().await);
        }
        assert_eq!(served, [0, 3, 2]);
        let state = queue.locked();
        assert_eq!((state.free, state.waiting), (1, 0));
    }

    #[tokio::test]
    async fn who_cannot_make_it_is_refused_at_once() {
        let queue = Queue::new(1, 2);
        let held = place(&queue, 0).await;
        queue.locked().pace = Duration::from_secs(2);
        let soon = Waiting { until: Instant::now() + Duration::from_secs(3), ..waiting(1) };
        assert!(matches!(queue.place(soon).await, Err(NoPlace::Busy(back)) if back >= Duration::from_secs(2)));
        assert!(queue.let_in(waiting(1)).is_ok());
        // Two may wait; the third is refused, unless it is of a stream that has a bound of its own.
        let others = [1, 2].map(|lane| {
            tokio::spawn({
                let queue = queue.clone();
                async move { drop(place(&queue, lane).await) }
            })
        });
        while queue.locked().waiting < 2 {
            tokio::task::yield_now().await;
        }
        assert!(queue.let_in(waiting(3)).is_err());
        let patient = Waiting { until: Instant::now(), is_patient: true, ..waiting(3) };
        assert!(matches!(queue.place(patient).await, Err(NoPlace::Late)));
        drop(held);
        for other in others {
            assert!(other.await.is_ok());
        }
        assert_eq!(queue.locked().free, 1);
    }

    #[tokio::test]
    async fn those_who_wait_for_a_processor_count_too() {
        let queue = Queue::new(2, 100);
        let soon = || Waiting { until: Instant::now() + Duration::from_secs(3), ..waiting(1) };
        let in_all: Vec<Ticket> = (0..3).filter_map(|_| queue.let_in(soon()).ok()).collect();
        assert_eq!(in_all.len(), 3);
        queue.locked().gap = Duration::from_secs(1);
        assert!(queue.let_in(soon()).is_err_and(|back| back == Duration::from_secs(4)));
        drop(in_all);
        assert!(queue.let_in(soon()).is_ok());
    }
}
