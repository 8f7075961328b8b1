//! Those who wait, by turns: callers take turns, and so do the streams of one caller, so that none waits behind another's crowd.

use std::collections::VecDeque;

/// Behind whom a call waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lane {
    /// Whose call it is.
    pub caller: u64,
    /// Of which of the caller's streams it is; 0 for calls by themselves.
    pub stream: u64,
}

impl Lane {
    fn path(self) -> [u64; 2] {
        [self.caller, self.stream]
    }
}

/// Those who wait.
pub(super) struct Turns<T>(Round<Round<VecDeque<T>>>);

impl<T> Turns<T> {
    /// Nobody waits.
    pub fn new() -> Self {
        Self(Round::default())
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.0.waiting
    }

    /// After how many others somebody new in a lane would be served.
    pub fn before(&self, lane: Lane) -> usize {
        self.0.before(&lane.path())
    }

    /// Joins the end of a lane.
    pub fn join(&mut self, lane: Lane, call: T) {
        self.0.join(&lane.path(), call);
    }

    /// Whose turn it is.
    pub fn next(&mut self) -> Option<T> {
        self.0.next()
    }

    /// Whether another caller has so many more waiting that one of them may make room.
    pub fn has_longer(&self, lane: Lane) -> bool {
        let own = self.0.line(lane.caller).map_or(0, Line::waiting);
        self.0.lines.iter().any(|(_, line)| line.waiting() > own + 1)
    }

    /// Takes the last of the longest lane out, if there is such a one.
    pub fn make_room(&mut self, lane: Lane) -> Option<T> {
        if self.has_longer(lane) { self.0.last() } else { None }
    }
}

/// Calls in an order.
trait Line: Default {
    type Call;
    fn waiting(&self) -> usize;
    fn before(&self, path: &[u64]) -> usize;
    fn join(&mut self, path: &[u64], call: Self::Call);
    fn next(&mut self) -> Option<Self::Call>;
    fn last(&mut self) -> Option<Self::Call>;
}

impl<T> Line for VecDeque<T> {
    type Call = T;

    fn waiting(&self) -> usize {
        self.len()
    }

    fn before(&self, _: &[u64]) -> usize {
        self.len()
    }

    fn join(&mut self, _: &[u64], call: T) {
        self.push_back(call);
    }

    fn next(&mut self) -> Option<T> {
        self.pop_front()
    }

    fn last(&mut self) -> Option<T> {
        self.pop_back()
    }
}

/// Lines that take turns: the first is served next, and goes to the end.
struct Round<L> {
    lines: VecDeque<(u64, L)>,
    waiting: usize,
}

impl<L> Default for Round<L> {
    fn default() -> Self {
        Self { lines: VecDeque::new(), waiting: 0 }
    }
}

impl<L: Line> Round<L> {
    fn line(&self, name: u64) -> Option<&L> {
        self.lines.iter().find(|(own, _)| *own == name).map(|(_, line)| line)
    }
}

impl<L: Line> Line for Round<L> {
    type Call = L::Call;

    fn waiting(&self) -> usize {
        self.waiting
    }

    fn before(&self, path: &[u64]) -> usize {
        let Some((name, rest)) = path.split_first() else { return self.waiting };
        let own = self.line(*name).map_or(0, |line| line.before(rest));
        // Of each other line as many go before as of the own, and one.
        let others = self.lines.iter().filter(|(other, _)| other != name);
        own + others.map(|(_, line)| line.waiting().min(own + 1)).sum::<usize>()
    }

    fn join(&mut self, path: &[u64], call: Self::Call) {
        let Some((name, rest)) = path.split_first() else { return };
        self.waiting += 1;
        if let Some((_, line)) = self.lines.iter_mut().find(|(own, _)| own == name) {
            return line.join(rest, call);
        }
        let mut line = L::default();
        line.join(rest, call);
        self.lines.push_back((*name, line));
    }

    fn next(&mut self) -> Option<Self::Call> {
        let (name, mut line) = self.lines.pop_front()?;
        let next = line.next();
        self.waiting -= usize::from(next.is_some());
        if line.waiting() > 0 {
            self.lines.push_back((name, line));
        }
        next
    }

    fn last(&mut self) -> Option<Self::Call> {
        let at = (0..self.lines.len()).max_by_key(|at| self.lines[*at].1.waiting())?;
        let last = self.lines[at].1.last();
        self.waiting -= usize::from(last.is_some());
        if self.lines[at].1.waiting() == 0 {
            self.lines.remove(at);
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(caller: u64, stream: u64) -> Lane {
        Lane { caller, stream }
    }

    #[test]
    fn callers_take_turns_and_so_do_their_streams() {
        let mut turns = Turns::new();
        for (at, (caller, stream)) in [(1, 5), (1, 5), (1, 5), (1, 0), (2, 0), (2, 0)].into_iter().enumerate() {
            turns.join(lane(caller, stream), at);
        }
        assert_eq!((turns.before(lane(3, 0)), turns.before(lane(2, 0)), turns.before(lane(2, 7))), (2, 5, 3));
        let order: Vec<usize> = std::iter::from_fn(|| turns.next()).collect();
        assert_eq!(order, [0, 4, 3, 5, 1, 2]);
        assert_eq!(turns.len(), 0);
    }

    #[test]
    fn the_longest_crowd_makes_room_for_who_has_less() {
        let mut turns = Turns::new();
        for at in 0..4 {
            turns.join(lane(1, at), at);
        }
        turns.join(lane(1, 0), 4);
        turns.join(lane(2, 0), 5);
        assert_eq!(turns.make_room(lane(1, 9)), None);
        assert_eq!(turns.make_room(lane(2, 0)), Some(4));
        assert_eq!(turns.make_room(lane(3, 0)), Some(3));
        assert_eq!(turns.make_room(lane(2, 0)), Some(2));
        assert_eq!((turns.make_room(lane(2, 0)), turns.len()), (None, 3));
    }
}
