//! How many connections are open, in all and by the address that they come from. Where there is no room for another, one that has no
//! call under way gives way to it: else strangers who ask nothing would keep everybody out.

use std::{
    collections::{BTreeMap, HashMap},
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::presence::Presence;

/// How many may be on their way out at once, who are open still and don't count any more.
const LEAVING: usize = 32;

/// Room for connections.
pub(super) struct Room {
    connections: usize,
    per_peer: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    open: BTreeMap<u64, Open>,
    by_peer: HashMap<IpAddr, usize>,
    leaving: usize,
    next: u64,
}

/// A connection that is open.
struct Open {
    presence: Arc<Presence>,
    /// Whether it has given way to another.
    is_leaving: bool,
}

/// The place of a connection, given back when it is closed.
pub(super) struct Place {
    room: Arc<Room>,
    number: u64,
    presence: Arc<Presence>,
    has_replaced: bool,
}

impl Room {
    /// Room for this many connections, and this many from one address.
    pub fn new(connections: usize, per_peer: usize) -> Arc<Self> {
        Arc::new(Self { connections, per_peer, taken: Mutex::default() })
    }

    /// A place for a connection: a free one, or that of another which gives way.
    ///
    /// # Errors
    ///
    /// The setting that leaves no place.
    pub fn enter(self: &Arc<Self>, peer: Option<IpAddr>) -> Result<Place, &'static str> {
        let peer = peer.map(network);
        let mut taken = self.taken();
        // Whoever has too many makes room among their own.
        let crowd = peer.filter(|peer| taken.by_peer.get(peer).is_some_and(|own| *own >= self.per_peer));
        let limit = match crowd {
            Some(_) => Some("connections_per_peer"),
            None => (taken.open.len() - taken.leaving >= self.connections).then_some("connections"),
        };
        if let Some(limit) = limit {
            taken.make_room(crowd).ok_or(limit)?;
        }
        let presence = Arc::new(Presence::of(peer));
        let number = taken.next;
        taken.next += 1;
        taken.open.insert(number, Open { presence: presence.clone(), is_leaving: false });
        if let Some(peer) = peer {
            *taken.by_peer.entry(peer).or_default() += 1;
        }
        Ok(Place { room: self.clone(), number, presence, has_replaced: limit.is_some() })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// Asks the one connection to go that can be missed most easily: of a peer, or of all. Nothing, if there is none.
    fn make_room(&mut self, of: Option<IpAddr>) -> Option<()> {
        if self.leaving >= LEAVING {
            return None;
        }
        let all = self.open.values_mut().filter(|open| !open.is_leaving && (of.is_none() || open.presence.peer == of));
        let (_, one) = all.filter_map(|open| Some((open.presence.may_go()?, open))).min_by_key(|(order, _)| *order)?;
        one.is_leaving = true;
        let presence = one.presence.clone();
        self.leaving += 1;
        self.leaves(presence.peer);
        presence.leave.cancel();
        Some(())
    }

    /// One connection of a peer less.
    fn leaves(&mut self, peer: Option<IpAddr>) {
        let Some(peer) = peer else { return };
        if let Some(own) = self.by_peer.get_mut(&peer) {
            *own -= 1;
            if *own == 0 {
                self.by_peer.remove(&peer);
            }
        }
    }
}

impl Place {
    /// What is known of the connection.
    pub fn presence(&self) -> &Arc<Presence> {
        &self.presence
    }

    /// Whether another connection has given way to it.
    pub fn has_replaced(&self) -> bool {
        self.has_replaced
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.room.taken();
        match taken.open.remove(&self.number) {
            Some(Open { is_leaving: true, .. }) => taken.leaving -= 1,
            _ => taken.leaves(self.presence.peer),
        }
    }
}

/// Whom an address stands for: who has one address of IPv6 has all of its network.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(text: &str) -> Option<IpAddr> {
        Some(text.parse().expect("an address"))
    }

    /// A place that is made use of.
    fn busy(room: &Arc<Room>, from: Option<IpAddr>) -> Result<Place, &'static str> {
        room.enter(from).inspect(|place| place.presence.begins())
    }

    #[test]
    fn places_are_counted_in_all_and_by_network_and_given_back() {
        let room = Room::new(3, 2);
        let first = busy(&room, peer("2001:db8::1"));
        let second = busy(&room, peer("2001:db8::2"));
        assert_eq!(room.enter(peer("2001:db8::3")).err(), Some("connections_per_peer"));
        // The same in both ways of writing it.
        let third = busy(&room, peer("::ffff:10.0.0.1"));
        assert_eq!(room.enter(None).err(), Some("connections"));
        drop(first);
        let fourth = busy(&room, peer("10.0.0.1"));
        drop(second);
        assert_eq!(room.enter(peer("10.0.0.1")).err(), Some("connections_per_peer"));
        assert!(third.is_ok() && fourth.is_ok() && room.enter(None).is_ok());
        drop((third, fourth));
        assert!(room.taken().by_peer.is_empty() && room.taken().open.is_empty());
    }

    #[test]
    fn who_can_be_missed_most_easily_gives_way() {
        let room = Room::new(4, 3);
        let places = ["10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.1"].map(|from| room.enter(peer(from)));
        let [used, health, under_way, unused] = places.map(|place| place.expect("room"));
        let gone = || [&used, &health, &under_way, &unused].map(|place| place.presence.leave.is_cancelled());
        used.presence.begins();
        used.presence.ends();
        health.presence.comes();
        under_way.presence.begins();
        // Who has too many makes room among their own, and of others the unused one would be next.
        let fifth = busy(&room, peer("10.0.0.1")).expect("room");
        assert_eq!((gone(), fifth.has_replaced()), ([false, false, false, true], true));
        let sixth = busy(&room, None).expect("room");
        assert_eq!(gone(), [false, true, false, true]);
        let seventh = busy(&room, peer("10.0.0.3")).expect("room");
        assert_eq!(gone(), [true, true, false, true]);
        // Nobody else is without a call.
        assert_eq!(room.enter(None).err(), Some("connections"));
        drop((used, health, under_way, unused, fifth, sixth, seventh));
        let taken = room.taken();
        assert!(taken.by_peer.is_empty() && taken.open.is_empty() && taken.leaving == 0);
    }

    #[test]
    fn who_has_given_way_and_does_not_go_bounds_how_many_others_come() {
        let room = Room::new(1, 1);
        let all: Vec<_> = std::iter::from_fn(|| room.enter(peer("10.0.0.1")).ok()).take(3 * LEAVING).collect();
        assert_eq!(all.len(), LEAVING + 1);
    }
}
