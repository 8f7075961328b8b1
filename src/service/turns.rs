//! Those who wait, by turns: callers take turns, and so do the streams of one caller, so that none waits behind another's crowd.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::lengths::Lengths;

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
        self.0.longest().is_some_and(|(length, _)| length > own + 1)
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

/// Lines that take turns: the first is served next, and goes to the end. However many there are, none is gone through.
struct Round<L> {
    lines: HashMap<u64, (Age, L)>,
    /// Who is next. A line that ended out of its turn still has its place here, under its age, until it is met or there are too
    /// many of these.
    order: VecDeque<(u64, Age)>,
    lengths: Lengths,
    /// The lines by their lengths, of those that are as long as each other the older ones first.
    by_length: BTreeSet<(usize, Age, u64)>,
    begun: Age,
    waiting: usize,
}

/// How many lines had begun before one.
type Age = u64;

impl<L> Default for Round<L> {
    fn default() -> Self {
        Self {
            lines: HashMap::new(),
            order: VecDeque::new(),
            lengths: Lengths::default(),
            by_length: BTreeSet::new(),
            begun: 0,
            waiting: 0,
        }
    }
}

impl<L: Line> Round<L> {
    fn line(&self, name: u64) -> Option<&L> {
        self.lines.get(&name).map(|(_, line)| line)
    }

    /// How long the longest line is, and its name.
    fn longest(&self) -> Option<(usize, u64)> {
        self.by_length.last().map(|(length, _, name)| (*length, *name))
    }

    fn goes_on(&self, (name, age): &(u64, Age)) -> bool {
        self.lines.get(name).is_some_and(|(own, _)| own == age)
    }

    /// Takes a call out of a line, which ends with its last one.
    fn take(&mut self, name: u64, take: impl FnOnce(&mut L) -> Option<L::Call>) -> Option<L::Call> {
        let (age, line) = self.lines.get_mut(&name)?;
        let (age, before) = (*age, line.waiting());
        let taken = take(line)?;
        self.lengths.shrink(before);
        self.by_length.remove(&(before, age, name));
        self.waiting -= 1;
        match before - 1 {
            0 => drop(self.lines.remove(&name)),
            left => _ = self.by_length.insert((left, age, name)),
        }
        Some(taken)
    }
}

impl<L: Line> Line for Round<L> {
    type Call = L::Call;

    fn waiting(&self) -> usize {
        self.waiting
    }

    fn before(&self, path: &[u64]) -> usize {
        let Some((name, rest)) = path.split_first() else { return self.waiting };
        let line = self.line(*name);
        let own = line.map_or(0, |line| line.before(rest));
        // Of each other line as many go before as of the own, and one.
        let most = own + 1;
        own + self.lengths.of_at_most(most) - line.map_or(0, Line::waiting).min(most)
    }

    fn join(&mut self, path: &[u64], call: Self::Call) {
        let Some((name, rest)) = path.split_first() else { return };
        let (age, line) = self.lines.entry(*name).or_insert_with(|| {
            self.begun += 1;
            self.order.push_back((*name, self.begun));
            (self.begun, L::default())
        });
        let before = line.waiting();
        line.join(rest, call);
        self.waiting += 1;
        self.lengths.grow(before + 1);
        self.by_length.remove(&(before, *age, *name));
        self.by_length.insert((before + 1, *age, *name));
    }

    fn next(&mut self) -> Option<Self::Call> {
        let turn = loop {
            let turn = self.order.pop_front()?;
            if self.goes_on(&turn) {
                break turn;
            }
        };
        let next = self.take(turn.0, L::next);
        if self.goes_on(&turn) {
            self.order.push_back(turn);
        }
        next
    }

    fn last(&mut self) -> Option<Self::Call> {
        let (_, name) = self.longest()?;
        let last = self.take(name, L::last);
        if self.order.len() > 2 * self.lines.len() + 1 {
            let Self { lines, order, .. } = self;
            order.retain(|(name, age)| lines.get(name).is_some_and(|(own, _)| own == age));
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
        // Who comes again after having made room has one turn, at the end.
        turns.join(lane(1, 3), 6);
        let order: Vec<u64> = std::iter::from_fn(|| turns.next()).collect();
        assert_eq!(order, [0, 5, 1, 6]);
    }
}
