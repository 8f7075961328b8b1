//! The codec of all calls: prost's, preceded by a count of the message's elements.

use std::marker::PhantomData;

use prost::{
    DecodeError, Message,
    bytes::{Buf, Bytes},
};
use tonic::{
    Status,
    codec::{Codec, DecodeBuf, Decoder},
};
use tonic_prost::ProstEncoder;

use super::status::of_unread;
use crate::{
    submission::{Error, Fault, FaultKind, Reason},
    wire::{
        counted::{Counted, Excess, count},
        received::Received,
    },
    words::Text,
};

/// What is received: a message, with its bytes or without.
pub trait Incoming: Sized {
    /// The message.
    type Message: Counted;
    /// What its bytes say.
    ///
    /// # Errors
    ///
    /// What is malformed.
    fn of(bytes: Bytes) -> Result<Self, DecodeError>;
}

impl<M: Message + Counted + Default> Incoming for M {
    type Message = Self;

    fn of(bytes: Bytes) -> Result<Self, DecodeError> {
        Self::decode(bytes)
    }
}

impl<M: Message + Counted + Default> Incoming for Received<M> {
    type Message = M;

    fn of(bytes: Bytes) -> Result<Self, DecodeError> {
        Ok(Self { message: M::decode(bytes.clone())?, bytes })
    }
}

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
    U: Incoming + Send + 'static,
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

impl<U: Incoming> Decoder for CountedDecoder<U> {
    type Item = U;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<U>, Status> {
        let bytes = buffer.copy_to_bytes(buffer.remaining());
        count::<U::Message>(&bytes).map_err(refused)?;
        U::of(bytes).map(Some).map_err(|error| Status::internal(error.to_string()))
    }
}

fn refused(excess: Excess) -> Status {
    let error = match excess.most {
        Some(most) => {
            let expected = Text::new(format!("不得超过 {most} 项"), format!("must have at most {most} items"));
            Error::invalid(vec![Fault { kind: FaultKind::TooMany, field: excess.field, expected }])
        }
        None => {
            let (zh, en) = ("消息中零碎的项过多", "the message has too many small parts for its size");
            Error::plain(Reason::MessageTooLarge, Text::fixed(zh, en))
        }
    };
    of_unread(&error)
}
