//! The codec of all calls: prost's, preceded by a count of the message's elements.

use std::marker::PhantomData;

use prost::{Message, bytes::Buf};
use tonic::{
    Status,
    codec::{Codec, DecodeBuf, Decoder},
};
use tonic_prost::ProstEncoder;

use super::status::of_error;
use crate::{
    submission::{Error, Fault, Reason},
    wire::counted::{Counted, Excess, count},
    words::{Language, Text},
};

/// Encodes as prost does; decodes as prost does once the message's lists have been counted.
#[derive(Debug)]
pub struct CountedCodec<T, U>(PhantomData<(T, U)>);

impl<T, U> Default for CountedCodec<T, U> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T, U> Codec for CountedCodec<T, U>
where
    T: Message + Send + 'static,
    U: Message + Counted + Default + Send + 'static,
{
    type Encode = T;
    type Decode = U;
    type Encoder = ProstEncoder<T>;
    type Decoder = CountedDecoder<U>;

    fn encoder(&mut self) -> Self::Encoder {
        ProstEncoder::default()
    }

    fn decoder(&mut self) -> Self::Decoder {
        CountedDecoder(PhantomData)
    }
}

/// The decoding half.
#[derive(Debug)]
pub struct CountedDecoder<U>(PhantomData<U>);

impl<U: Message + Counted + Default> Decoder for CountedDecoder<U> {
    type Item = U;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<U>, Status> {
        let bytes = buffer.copy_to_bytes(buffer.remaining());
        count::<U>(&bytes).map_err(refused)?;
        U::decode(bytes).map(Some).map_err(|error| Status::internal(error.to_string()))
    }
}

fn refused(excess: Excess) -> Status {
    let error = match excess.most {
        Some(most) => {
            let expected = Text::new(format!("不超过 {most} 项"), format!("at most {most} items"));
            Error::invalid(vec![Fault { field: excess.field, expected }])
        }
        None => {
            let (zh, en) = ("消息中零碎的项过多", "the message has too many small parts for its size");
            Error::plain(Reason::MessageTooLarge, Text::fixed(zh, en))
        }
    };
    // Nothing of the message was read: the caller's language is unknown.
    of_error(&error, Language::Zh)
}
