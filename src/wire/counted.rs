//! Counts the elements of a message in its raw bytes, before memory is allocated for them: an empty list element takes
//! two bytes there and hundreds once it is decoded.

use std::mem::size_of;

use super::{
    limits::{MAX_BASELINE, MAX_CANDIDATES, MAX_DEFECTS, MAX_PINNED, MAX_SECTIONS, MAX_SUBORDINATES, MAX_WAIVERS},
    received::parts,
    v1,
};

/// What exceeds a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// The path of the field; empty if all lists together are too large.
    pub field: String,
    /// The most elements allowed; `None` if the whole message is too large.
    pub most: Option<usize>,
}

/// A received message whose lists are counted.
pub trait Counted {
    /// Its lists, and those of its parts; `None` for messages without lists.
    const SHAPE: Option<&'static Shape> = None;
}

/// A message's size in memory, and those of its fields that are lists or contain lists.
pub struct Shape {
    size: usize,
    fields: &'static [Field],
}

struct Field {
    number: u32,
    name: &'static str,
    /// The most elements, if the field is a list.
    most: Option<usize>,
    of: &'static Shape,
}

/// A string in a list.
static STRING: Shape = Shape { size: size_of::<String>(), fields: &[] };
static SECTION: Shape = Shape { size: size_of::<v1::Section>(), fields: &[] };
static DEFECT: Shape =
    Shape { size: size_of::<v1::Defect>(), fields: &[list(4, "candidates", MAX_CANDIDATES, &STRING)] };
static TEXT_PLACE: Shape = Shape { size: size_of::<v1::TextPlace>(), fields: &[] };
static READING: Shape = Shape { size: size_of::<v1::Reading>(), fields: &[] };
static REPORT: Shape = Shape {
    size: size_of::<v1::AnnualReport>(),
    fields: &[
        list(7, "sections", MAX_SECTIONS, &SECTION),
        list(12, "defects", MAX_DEFECTS, &DEFECT),
        list(14, "readings", MAX_DEFECTS, &READING),
        list(16, "text_places", MAX_DEFECTS, &TEXT_PLACE),
    ],
};
static DOCUMENT: Shape = Shape { size: size_of::<v1::Document>(), fields: &[] };
static FILING: Shape =
    Shape { size: size_of::<v1::Filing>(), fields: &[part(1, "report", &REPORT), part(2, "document", &DOCUMENT)] };
static PACK_IN_FORCE: Shape = Shape { size: size_of::<v1::PackInForce>(), fields: &[] };
static CITATION: Shape = Shape {
    size: size_of::<v1::Citation>(),
    fields: &[list(6, "subordinate_digests", MAX_SUBORDINATES, &STRING), list(13, "packs", MAX_PINNED, &PACK_IN_FORCE)],
};
static BASELINE: Shape =
    Shape { size: 0, fields: &[list(1, "fingerprints", MAX_BASELINE, &STRING), part(2, "citation", &CITATION)] };
static WAIVER: Shape = Shape { size: size_of::<v1::Waiver>(), fields: &[] };
static PINNED_PACK: Shape = Shape { size: size_of::<v1::PinnedPack>(), fields: &[] };
static REQUEST: Shape = Shape {
    size: size_of::<v1::CheckReportRequest>(),
    fields: &[
        part(1, "subject", &FILING),
        part(2, "previous", &FILING),
        list(3, "subordinates", MAX_SUBORDINATES, &FILING),
        part(10, "baseline", &BASELINE),
        list(12, "waivers", MAX_WAIVERS, &WAIVER),
        list(13, "pinned_packs", MAX_PINNED, &PINNED_PACK),
    ],
};
static DEFAULTS: Shape =
    Shape { size: size_of::<v1::StreamDefaults>(), fields: &[list(5, "waivers", MAX_WAIVERS, &WAIVER)] };
static ITEM: Shape = Shape { size: 0, fields: &[part(2, "request", &REQUEST), part(3, "defaults", &DEFAULTS)] };

const fn list(number: u32, name: &'static str, most: usize, of: &'static Shape) -> Field {
    Field { number, name, most: Some(most), of }
}

const fn part(number: u32, name: &'static str, of: &'static Shape) -> Field {
    Field { number, name, most: None, of }
}

impl Counted for v1::CheckReportRequest {
    const SHAPE: Option<&'static Shape> = Some(&REQUEST);
}
impl Counted for v1::CheckReportsRequest {
    const SHAPE: Option<&'static Shape> = Some(&ITEM);
}
impl Counted for v1::ListRulesRequest {}
impl Counted for v1::GetRuleRequest {}
impl Counted for v1::GetServerInfoRequest {}
// What clients receive comes from a server that they trust.
impl Counted for v1::CheckReportResponse {}
impl Counted for v1::CheckReportsResponse {}
impl Counted for v1::ListRulesResponse {}
impl Counted for v1::GetRuleResponse {}
impl Counted for v1::GetServerInfoResponse {}

/// How many times its bytes a message may take in memory, beyond what is always allowed.
const TIMES: usize = 3;
const ALLOWED: usize = 5 << 20;

/// Checks the lists of a message against their limits, and the memory of all together against what its bytes allow.
/// Malformed messages are left to the decoder.
///
/// # Errors
///
/// The first limit that is exceeded.
pub fn count<M: Counted>(bytes: &[u8]) -> Result<(), Excess> {
    let Some(shape) = M::SHAPE else { return Ok(()) };
    let mut left = bytes.len() * TIMES + ALLOWED;
    walk(shape, bytes, &mut left)
}

/// How many bytes a message takes in memory that holds its limits: those it came in, their copies, and its lists.
pub fn memory<M: Counted>(bytes: &[u8]) -> usize {
    let mut left = usize::MAX;
    // What is malformed was refused before.
    let lists = M::SHAPE.map_or(0, |shape| walk(shape, bytes, &mut left).map_or(0, |()| usize::MAX - left));
    lists.saturating_add(bytes.len().saturating_mul(2))
}

fn walk(shape: &'static Shape, bytes: &[u8], left: &mut usize) -> Result<(), Excess> {
    *left = left.checked_sub(shape.size).ok_or(Excess { field: String::new(), most: None })?;
    let mut counts = vec![0; shape.fields.len()];
    for (number, own) in parts(bytes) {
        let Some(which) = shape.fields.iter().position(|field| field.number == number) else { continue };
        let field = &shape.fields[which];
        let at: usize = counts[which];
        counts[which] += 1;
        let within = |excess: Excess| match (&excess.most, field.most) {
            (None, _) => excess,
            (_, None) => Excess { field: format!("{}.{}", field.name, excess.field), ..excess },
            (_, Some(_)) => Excess { field: format!("{}[{at}].{}", field.name, excess.field), ..excess },
        };
        if field.most.is_some_and(|most| at >= most) {
            return Err(Excess { field: field.name.to_owned(), most: field.most });
        }
        walk(field.of, own, left).map_err(within)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use prost::Message;
    use prost_types::{
        DescriptorProto, FileDescriptorSet,
        field_descriptor_proto::{Label, Type},
    };

    use super::*;

    fn leads_to_lists(name: &str, set: &FileDescriptorSet, found: &mut BTreeSet<String>, at: &str) {
        let messages = set.file.iter().flat_map(|file| file.message_type.iter().map(move |it| (file.package(), it)));
        let own = messages.into_iter().find(|(package, it)| name == format!(".{package}.{}", it.name()));
        let Some((_, DescriptorProto { field, .. })) = own else { return };
        for field in field {
            let path = format!("{at}{}", field.name());
            if field.label() == Label::Repeated {
                found.insert(path.clone());
            }
            if field.r#type() == Type::Message {
                leads_to_lists(field.type_name(), set, found, &format!("{path}."));
            }
        }
    }

    fn counted(shape: &'static Shape, found: &mut BTreeSet<String>, at: &str) {
        for field in shape.fields {
            let path = format!("{at}{}", field.name);
            if field.most.is_some() {
                found.insert(path.clone());
            }
            counted(field.of, found, &format!("{path}."));
        }
    }

    #[test]
    fn every_list_of_every_request_is_counted() {
        let set = FileDescriptorSet::decode(super::super::DESCRIPTORS).unwrap();
        for (name, shape) in [
            ("CheckReportRequest", v1::CheckReportRequest::SHAPE),
            ("CheckReportsRequest", v1::CheckReportsRequest::SHAPE),
            ("ListRulesRequest", v1::ListRulesRequest::SHAPE),
            ("GetRuleRequest", v1::GetRuleRequest::SHAPE),
        ] {
            let (mut due, mut own) = (BTreeSet::new(), BTreeSet::new());
            leads_to_lists(&format!(".gouji.v1.{name}"), &set, &mut due, "");
            shape.into_iter().for_each(|shape| counted(shape, &mut own, ""));
            assert_eq!(own, due, "{name}");
        }
    }

    #[test]
    fn a_list_that_is_too_long_is_named_and_what_hides_behind_groups_is_seen() {
        let filing = v1::Filing::default();
        let many = v1::CheckReportRequest { subordinates: vec![filing; 1_001], ..Default::default() };
        let bytes = many.encode_to_vec();
        let excess = Excess { field: "subordinates".into(), most: Some(1_000) };
        assert_eq!(count::<v1::CheckReportRequest>(&bytes), Err(excess.clone()));
        // A group in an unknown field: number 1000, begin and end.
        let behind_a_group = [&[0xc3, 0x3e, 0xc4, 0x3e][..], &bytes].concat();
        assert_eq!(count::<v1::CheckReportRequest>(&behind_a_group), Err(excess));
        let sections = vec![v1::Section::default(); 101];
        let report = v1::AnnualReport { sections, ..Default::default() };
        let filing = v1::Filing { content: Some(v1::filing::Content::Report(Box::new(report))) };
        let request = v1::CheckReportRequest { subordinates: vec![filing], ..Default::default() };
        let item = v1::CheckReportsRequest { key: "k".into(), request: Some(request), defaults: None };
        let excess = Excess { field: "request.subordinates[0].report.sections".into(), most: Some(100) };
        assert_eq!(count::<v1::CheckReportsRequest>(&item.encode_to_vec()), Err(excess));
        assert_eq!(count::<v1::CheckReportRequest>(b"\x0a\x7fa"), Ok(()), "what is no message is left to the decoder");
    }

    #[test]
    fn merged_parts_count_together() {
        // The same report repeated five thousand times, each with a hundred empty sections: they add up.
        let report = [0x3a, 0].repeat(100);
        let filing = [&[0x0a, 200, 1][..], &report].concat();
        let subject = [&[0x0a, 203, 1][..], &filing].concat().repeat(5_000);
        assert_eq!(count::<v1::CheckReportRequest>(&subject), Err(Excess { field: String::new(), most: None }));
    }
}
