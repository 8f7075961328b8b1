//! Messages with the bytes that they came in: what was sent is named by the digest of just these, also where a caller's
//! contract is newer than ours and has fields that we don't know.

use prost::{
    bytes::{Buf, Bytes},
    encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field},
};

use super::v1;

/// A request as it came.
pub type CheckReport = Received<v1::CheckReportRequest>;
/// A message of a stream as it came.
pub type CheckReports = Received<v1::CheckReportsRequest>;

/// A message, with the bytes that it came in: none where it came otherwise, as JSON or from the command line.
#[derive(Clone, Debug, Default)]
pub struct Received<M> {
    /// The message.
    pub message: M,
    /// Its bytes, or none.
    pub bytes: Bytes,
}

impl<M> From<M> for Received<M> {
    fn from(message: M) -> Self {
        Self { message, bytes: Bytes::new() }
    }
}

/// The length-delimited fields of an encoded message, until its end or until it is malformed: number and content.
pub(super) fn parts(mut message: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        while message.has_remaining() {
            let (number, wire_type) = decode_key(&mut message).ok()?;
            if wire_type != WireType::LengthDelimited {
                skip_field(wire_type, number, &mut message, DecodeContext::default()).ok()?;
                continue;
            }
            let length = usize::try_from(decode_varint(&mut message).ok()?).ok()?;
            let (own, rest) = message.split_at_checked(length)?;
            message = rest;
            return Some((number, own));
        }
        None
    })
}

/// All contents of a field that is a list.
pub fn list(message: &Bytes, number: u32) -> Vec<Bytes> {
    let own = parts(message).filter(|(own, _)| *own == number);
    own.map(|(_, content)| message.slice_ref(content)).collect()
}

/// The content of a field that is a message. One that comes in several parts is all of them together, as protobuf has it.
pub fn part(message: &Bytes, number: u32) -> Bytes {
    let mut all = list(message, number);
    match all.len() {
        0 | 1 => all.pop().unwrap_or_default(),
        _ => all.concat().into(),
    }
}

#[cfg(test)]
mod tests {
    use prost::Message;

    use super::*;

    #[test]
    fn parts_are_as_they_came_and_repeated_ones_together() {
        let filing = |year: i32| v1::Filing {
            content: Some(v1::filing::Content::Report(
                v1::AnnualReport { year: Some(year), ..Default::default() }.into(),
            )),
        };
        let one = v1::CheckReportRequest { subject: Some(filing(2023)), ..Default::default() };
        let two = v1::CheckReportRequest {
            subject: Some(filing(2022)),
            subordinates: vec![filing(1), filing(2)],
            ..Default::default()
        };
        let both: Bytes = [one.encode_to_vec(), two.encode_to_vec()].concat().into();
        let encoded = |year| filing(year).encode_to_vec();
        assert_eq!(part(&both, 1), [encoded(2023), encoded(2022)].concat());
        assert_eq!(list(&both, 3), [encoded(1), encoded(2)]);
        assert_eq!(part(&both, 9), Bytes::new());
        assert_eq!(part(&both.slice(..3), 1), Bytes::new(), "what is cut off is no part");
    }
}
