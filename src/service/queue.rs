//! A bounded number of places for work, and a bounded queue before them that knows deadlines: who can't make it is refused at
//! once, and told when to come back. Callers take turns, so that none waits behind another's crowd.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use super::{
    pace::Pace,
    turns::{Lane, Turns},
};

/// Places for work, and those who wait for one.
pub struct Queue {
    most: usize,
    longest: usize,
    state: Mutex<State>,
}

struct State {
    free: usize,
    turns: Turns<Waiter>,
    pace: Pace,
}

/// One who waits.
struct Waiter {
    waiting: Waiting,
    place: oneshot::Sender<()>,
}

/// A place: whoever holds it may work.
pub struct Place {
    queue: Arc<Queue>,
    end_by: Instant,
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
            self.queue.locked().hand_on(self.queue, Instant::now());
        }
    }
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// The queue is full, or a place would come too late; when to come back.
    Busy(Duration),
    /// Time ran out while waiting.
    Late,
}

/// Where a call waits.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    /// Behind whom.
    pub lane: Lane,
    /// Until when the work must begin.
    pub begin_by: Instant,
    /// Until when it must be done.
    pub end_by: Instant,
    /// Whether it waits whatever the queue is like: its own stream bounds how many such there are.
    pub is_patient: bool,
}

impl Queue {
    /// This many places, and a queue of so many before them.
    pub fn new(most: usize, longest: usize) -> Arc<Self> {
        let most = most.max(1);
        let state = State { free: most, turns: Turns::new(), pace: Pace::default() };
        Arc::new(Self { most, longest, state: Mutex::new(state) })
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a call would be served in time, if it came to the queue now.
    ///
    /// # Errors
    ///
    /// When to come back, if not.
    pub fn would_take(&self, waiting: Waiting) -> Result<(), Duration> {
        self.locked().would_take(self, waiting, Instant::now())
    }

    /// Waits for a place.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub async fn place(self: &Arc<Self>, waiting: Waiting) -> Result<Place, NoPlace> {
        let place = || Place { queue: self.clone(), end_by: waiting.end_by };
        let asked = self.locked().ask(self, waiting);
        let Some(coming) = asked.map_err(NoPlace::Busy)? else {
            let place = place();
            // Work may begin in the next line, and end without a pause. All who have come meanwhile look at the queue first: else
            // they would wait for a processor, where nobody knows of their deadlines.
            tokio::task::yield_now().await;
            return Ok(place);
        };
        let mut coming = Coming { queue: self, coming };
        match tokio::time::timeout_at(waiting.begin_by.into(), &mut coming.coming).await {
            Ok(Ok(())) => Ok(place()),
            Ok(Err(_)) => Err(NoPlace::Busy(self.locked().drained())),
            Err(_) => Err(NoPlace::Late),
        }
    }
}

impl State {
    /// Whether a call would be served in time.
    fn would_take(&self, queue: &Queue, waiting: Waiting, now: Instant) -> Result<(), Duration> {
        // A free place is always given: else nobody would ever find out that the pace has become better.
        if self.free > 0 || waiting.is_patient {
            return Ok(());
        }
        let before = self.turns.before(waiting.lane);
        let has_room = self.turns.len() < queue.longest || self.turns.has_longer(waiting.lane);
        let wait = self.pace.apart().saturating_mul(u32::try_from(before + 1).unwrap_or(u32::MAX));
        let begins = wait <= waiting.begin_by.saturating_duration_since(now);
        // Where there is too much to do all wait as long as they may: a quarter of their time, since the ways there and back are as
        // crowded as the place itself, and those who are let in shall be served in time.
        let need = wait.saturating_mul(4).saturating_add(self.work(queue));
        let ends = need <= waiting.end_by.saturating_duration_since(now);
        if has_room && begins && ends { Ok(()) } else { Err(self.drained()) }
    }

    /// How long the work itself takes: all places are at it at once.
    fn work(&self, queue: &Queue) -> Duration {
        self.pace.apart().saturating_mul(u32::try_from(queue.most).unwrap_or(u32::MAX))
    }

    /// After how long nobody will wait any more of those who wait now, within reason.
    fn drained(&self) -> Duration {
        let waiting = u32::try_from(self.turns.len() + 1).unwrap_or(u32::MAX);
        self.pace.apart().saturating_mul(waiting).clamp(SOONEST, LATEST)
    }

    /// Takes a free place, or joins the queue, in which a place comes later.
    fn ask(&mut self, queue: &Queue, waiting: Waiting) -> Result<Option<oneshot::Receiver<()>>, Duration> {
        let now = Instant::now();
        self.would_take(queue, waiting, now)?;
        if self.free == queue.most {
            self.pace.begins(now);
        }
        if let Some(free) = self.free.checked_sub(1) {
            self.free = free;
            return Ok(None);
        }
        if self.turns.len() >= queue.longest && !waiting.is_patient {
            // Who has the most waiting makes room, and is told so.
            drop(self.turns.make_room(waiting.lane));
        }
        let (place, coming) = oneshot::channel();
        self.turns.join(waiting.lane, Waiter { waiting, place });
        Ok(Some(coming))
    }

    /// Hands a place on to who is next. Those who left are passed over, and so is who would be served too late.
    fn hand_on(&mut self, queue: &Queue, now: Instant) {
        let need = self.work(queue);
        while let Some(Waiter { waiting, place }) = self.turns.next() {
            let is_late = !waiting.is_patient && (now > waiting.begin_by || now + need > waiting.end_by);
            // The place is made where it arrives: dropped here it would lock again.
            if !is_late && place.send(()).is_ok() {
                return;
            }
        }
        self.free += 1;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let (mut state, now) = (self.queue.locked(), Instant::now());
        state.pace.ended(now, now <= self.end_by);
        state.hand_on(&self.queue, now);
    }
}

/// When to come back at the soonest, and at the latest.
const SOONEST: Duration = Duration::from_millis(50);
const LATEST: Duration = Duration::from_secs(10);

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(caller: u64) -> Waiting {
        let lane = Lane { caller, stream: 0 };
        let far = Instant::now() + Duration::from_secs(3_600);
        Waiting { lane, begin_by: far, end_by: far, is_patient: false }
    }

    async fn place(queue: &Arc<Queue>, caller: u64) -> Place {
        queue.place(waiting(caller)).await.unwrap_or_else(|why| panic!("{why:?}"))
    }

    impl Queue {
        /// So many waiters of a caller, who tell of themselves when they have their place and give it back.
        async fn crowd(
            self: &Arc<Self>,
            callers: &[u64],
        ) -> (Vec<tokio::task::JoinHandle<Result<(), NoPlace>>>, tokio::sync::mpsc::UnboundedReceiver<usize>) {
            let (sender, served) = tokio::sync::mpsc::unbounded_channel();
            let mut waits = Vec::new();
            for (at, caller) in callers.iter().copied().enumerate() {
                let (queue, sender) = (self.clone(), sender.clone());
                let before = self.locked().turns.len();
                waits.push(tokio::spawn(async move {
                    let _place = queue.place(waiting(caller)).await?;
                    let _ = sender.send(at);
                    Ok(())
                }));
                while self.locked().turns.len() == before {
                    tokio::task::yield_now().await;
                }
            }
            (waits, served)
        }
    }

    #[tokio::test]
    async fn callers_take_turns_and_those_who_left_are_passed_over() {
        let queue = Queue::new(1, 100);
        let held = place(&queue, 0).await;
        // A crowd in one lane, one call in another; the second of the crowd leaves.
        let (waits, mut order) = queue.crowd(&[1, 1, 1, 2]).await;
        waits[1].abort();
        drop(held);
        let mut served = Vec::new();
        while served.len() < 3 {
            served.extend(order.recv().await);
        }
        assert_eq!(served, [0, 3, 2]);
        for wait in waits {
            let _ = wait.await;
        }
        let state = queue.locked();
        assert_eq!((state.free, state.turns.len()), (1, 0));
    }

    #[tokio::test]
    async fn who_cannot_make_it_is_refused_at_once() {
        let queue = Queue::new(1, 100);
        let held = place(&queue, 0).await;
        queue.locked().pace = Pace::of(Duration::from_secs(2));
        let within = |seconds| Waiting { end_by: Instant::now() + Duration::from_secs(seconds), ..waiting(1) };
        // Who holds the place and the call itself take two seconds each; a quarter of the time may be waited.
        assert!(queue.would_take(within(11)).is_ok());
        assert_eq!(queue.would_take(within(9)), Err(Duration::from_secs(2)));
        assert!(matches!(queue.place(within(9)).await, Err(NoPlace::Busy(_))));
        // Where there is no such deadline the work must begin in time, and may take its time.
        let from = |seconds| Waiting { begin_by: Instant::now() + Duration::from_secs(seconds), ..waiting(1) };
        assert!(queue.would_take(from(3)).is_ok());
        assert_eq!(queue.would_take(from(1)), Err(Duration::from_secs(2)));
        // A report of a stream waits all the same, until its time is over.
        let patient = Waiting { begin_by: Instant::now(), is_patient: true, ..waiting(3) };
        assert!(matches!(queue.place(patient).await, Err(NoPlace::Late)));
        drop(held);
        // A free place is given however slow it was: else nobody would find out that it isn't any more.
        assert!(queue.would_take(within(1)).is_ok());
    }

    #[tokio::test]
    async fn who_would_be_served_too_late_gets_no_place() {
        let queue = Queue::new(1, 100);
        let held = place(&queue, 0).await;
        let soon = Waiting { end_by: Instant::now() + Duration::from_secs(30), ..waiting(1) };
        let late = tokio::spawn({
            let queue = queue.clone();
            async move { queue.place(soon).await.err() }
        });
        while queue.locked().turns.len() == 0 {
            tokio::task::yield_now().await;
        }
        queue.locked().pace = Pace::of(Duration::from_secs(3_000));
        drop(held);
        assert!(matches!(late.await, Ok(Some(NoPlace::Busy(_)))));
        assert_eq!(queue.locked().free, 1);
    }

    #[tokio::test]
    async fn where_the_queue_is_full_the_crowd_makes_room() {
        let queue = Queue::new(1, 3);
        let held = place(&queue, 0).await;
        let (mut crowd, _served) = queue.crowd(&[1, 1, 1]).await;
        assert!(queue.would_take(waiting(1)).is_err());
        let other = tokio::spawn({
            let queue = queue.clone();
            async move { queue.place(waiting(2)).await.map(drop) }
        });
        let Some(last) = crowd.pop() else { panic!("no crowd") };
        assert!(matches!(last.await, Ok(Err(NoPlace::Busy(_)))));
        drop(held);
        assert_eq!(other.await.ok(), Some(Ok(())));
    }
}
