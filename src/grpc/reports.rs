//! The reports of a stream, one by one: their keys, what they take from the stream's defaults, and the memory that they hold until
//! they are answered.

use std::{collections::HashSet, sync::Arc};

use prost::{Message, bytes::Bytes};

use crate::{
    service::{Budget, Held, Refused, full},
    submission::{Error, Fault, FaultKind, Faults, Reason},
    wire::{
        counted::memory,
        filing::language_from,
        limits::MAX_KEY,
        received::{CheckReport, CheckReports, part},
        v1,
    },
    words::{Language, Text},
};

/// One report of a stream.
pub(super) struct Item {
    pub key: String,
    pub sequence: i64,
    pub request: CheckReport,
    pub taken: Taken,
    pub fault: Option<Fault>,
    /// What it takes in memory, with its copy of the defaults; nothing where there is no room for that.
    pub held: Option<Held>,
}

/// The reports of a stream: what they have in common, and the room that they take.
pub(super) struct Reports {
    budget: Arc<Budget>,
    /// Of those that are under way.
    keys: HashSet<String>,
    defaults: Defaults,
    sequence: i64,
    /// The largest message so far, and the room for it: where it was put together, or decompressed, as much is kept for the next.
    largest: usize,
    room: Held,
}

impl Reports {
    /// None yet.
    pub fn new(budget: &Arc<Budget>) -> Self {
        let defaults = Defaults { message: v1::StreamDefaults::default(), bytes: 0, _held: budget.hold() };
        let (keys, room) = (HashSet::new(), budget.hold());
        Self { budget: budget.clone(), keys, defaults, sequence: 0, largest: 0, room }
    }

    /// The report of a message, if there is one in it.
    ///
    /// # Errors
    ///
    /// If there is no room for what the stream keeps.
    pub fn next(&mut self, CheckReports { mut message, bytes }: CheckReports) -> Result<Option<Item>, Error> {
        let more = bytes.len().saturating_sub(self.largest);
        if !self.room.more(more) {
            return Err(full());
        }
        self.largest += more;
        if let Some(new) = message.defaults.take() {
            self.defaults = Defaults::of(new, &self.budget).ok_or_else(full)?;
            if message.key.is_empty() && message.request.is_none() {
                return Ok(None);
            }
        }
        let (own, held) = (part(&bytes, 2), self.budget.hold());
        let beside = bytes.len() - own.len().min(bytes.len());
        let takes = memory::<v1::CheckReportRequest>(&own) + beside + self.defaults.bytes;
        let held = held.more(takes).then_some(held);
        let item = match held.is_some() {
            true => Item::of(message, own, self.sequence, &self.defaults.message, &mut self.keys),
            false => {
                let defaults = self.defaults.alone();
                Item::of(without_report(message), Bytes::new(), self.sequence, &defaults, &mut self.keys)
            }
        };
        self.sequence += 1;
        Ok(Some(Item { held, ..item }))
    }

    /// The report of a key is answered.
    pub fn done(&mut self, key: &str) {
        self.keys.remove(key);
    }
}

/// The defaults of a stream, which are held as long as they are in force.
struct Defaults {
    message: v1::StreamDefaults,
    bytes: usize,
    _held: Held,
}

impl Defaults {
    /// Without what takes room.
    fn alone(&self) -> v1::StreamDefaults {
        v1::StreamDefaults { language: self.message.language, ..Default::default() }
    }

    /// New ones; nothing where there is no room for them.
    fn of(message: v1::StreamDefaults, budget: &Arc<Budget>) -> Option<Self> {
        let bytes = message.encoded_len() + message.waivers.len() * size_of::<v1::Waiver>();
        let held = budget.hold();
        held.more(bytes).then_some(Self { message, bytes, _held: held })
    }
}

/// What a request takes from the stream's defaults.
#[derive(Default)]
pub(super) struct Taken {
    fields: Vec<&'static str>,
    /// How many waivers are the request's own: those behind them are the defaults'.
    own_waivers: usize,
}

impl Taken {
    /// A refusal of the report: its fields are those of the item, or of the stream's defaults.
    pub fn refused(&self, mut refused: Refused) -> Refused {
        refused.error.faults.iter_mut().for_each(|fault| fault.field = self.path(&fault.field));
        if refused.error.reason == Reason::InvalidRequest {
            refused.error = Error::invalid(refused.error.faults);
        }
        refused
    }

    /// The path of a field of the request, in the message in which the caller gave it.
    fn path(&self, field: &str) -> String {
        let waiver = field.strip_prefix("waivers[").and_then(|rest| rest.split_once(']'));
        let waiver = waiver.and_then(|(at, rest)| Some((at.parse::<usize>().ok()?, rest)));
        if let Some((at, rest)) = waiver.filter(|(at, _)| *at >= self.own_waivers) {
            return format!("defaults.waivers[{}]{rest}", at - self.own_waivers);
        }
        let head = field.split(['.', '[']).next().unwrap_or_default();
        let message = if self.fields.contains(&head) { "defaults" } else { "request" };
        format!("{message}.{field}")
    }
}

impl Item {
    /// The report in a message, with the stream's defaults; its key joins those that are under way.
    fn of(
        message: v1::CheckReportsRequest,
        bytes: Bytes,
        sequence: i64,
        defaults: &v1::StreamDefaults,
        keys: &mut HashSet<String>,
    ) -> Self {
        let fault = key_fault(&message.key).or_else(|| {
            let expected = Text::fixed("与正在检查的报告重复", "must be a key that no report under way has");
            (!keys.insert(message.key.clone())).then(|| Fault {
                kind: FaultKind::Conflicting,
                field: "key".into(),
                expected,
            })
        });
        let key = if message.key.len() > MAX_KEY { String::new() } else { message.key };
        let (message, taken) = with_defaults(message.request.unwrap_or_default(), defaults);
        let request = CheckReport { message, bytes };
        Self { key, sequence, request, taken, fault, held: None }
    }

    /// The language of its answer.
    pub fn language(&self) -> Language {
        language_from(self.request.message.language, &mut Faults::default())
    }
}

/// A request, with the stream's defaults where it says nothing, and what it took from them.
fn with_defaults(
    mut request: v1::CheckReportRequest,
    defaults: &v1::StreamDefaults,
) -> (v1::CheckReportRequest, Taken) {
    let mut taken = Taken { own_waivers: request.waivers.len(), fields: Vec::new() };
    if request.language == 0 {
        request.language = defaults.language;
        taken.fields.push("language");
    }
    if request.view == 0 {
        request.view = defaults.view;
        taken.fields.push("view");
    }
    if request.profile.is_empty() {
        request.profile.clone_from(&defaults.profile);
        taken.fields.push("profile");
    }
    if request.as_of.is_none() {
        request.as_of = defaults.as_of;
        taken.fields.push("as_of");
    }
    request.draft = request.draft.or(Some(defaults.draft));
    request.waivers.extend(defaults.waivers.iter().cloned());
    (request, taken)
}

fn key_fault(key: &str) -> Option<Fault> {
    let kind = match key.len() {
        0 => FaultKind::Required,
        1..=MAX_KEY => return None,
        _ => FaultKind::Length,
    };
    let expected = Text::new(format!("应为 1 至 {MAX_KEY} 字节"), format!("must have 1 to {MAX_KEY} bytes"));
    Some(Fault { kind, field: "key".into(), expected })
}

/// What is answered of a message for whose report there is no room.
fn without_report(message: v1::CheckReportsRequest) -> v1::CheckReportsRequest {
    let language = message.request.map(|own| own.language).unwrap_or_default();
    let request = Some(v1::CheckReportRequest { language, ..Default::default() });
    v1::CheckReportsRequest { key: message.key, request, defaults: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_reports_under_way_share_a_key_and_no_key_is_cut() {
        let (mut keys, defaults) = (HashSet::new(), v1::StreamDefaults::default());
        let mut item = |key: &str| {
            let message = v1::CheckReportsRequest { key: key.into(), ..Default::default() };
            let item = Item::of(message, Bytes::new(), 0, &defaults, &mut keys);
            (item.key, item.fault.is_some())
        };
        assert_eq!(item("a"), ("a".into(), false));
        assert_eq!(item("b"), ("b".into(), false));
        assert_eq!(item("a"), ("a".into(), true));
        assert_eq!(item(&"k".repeat(MAX_KEY + 1)), (String::new(), true));
        assert_eq!(item(""), (String::new(), true));
    }
}
