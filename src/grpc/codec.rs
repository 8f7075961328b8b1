//! The codec of all calls: prost's, preceded by a count of the message's elements, and with buffers of the size that is needed.

use std::marker::PhantomData;

use prost::{
    DecodeError, EncodeError, Message,
    bytes::{Buf, BufMut, Bytes},
};
use tonic::{
    Status,
    codec::{BufferSettings, Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
};

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

/// What is sent: a message, or the bytes of one.
pub trait Outgoing {
    /// How many bytes it has.
    fn size(&self) -> usize;
    /// Writes them.
    ///
    /// # Errors
    ///
    /// If there is no room, which is made before.
    fn put(self, buffer: &mut EncodeBuf<'_>) -> Result<(), EncodeError>;
}

impl<M: Message> Outgoing for M {
    fn size(&self) -> usize {
        self.encoded_len()
    }

    fn put(self, buffer: &mut EncodeBuf<'_>) -> Result<(), EncodeError> {
        self.encode(buffer)
    }
}

/// A message that was encoded beforehand: while it waits it holds its bytes and no more.
#[derive(Debug)]
pub struct Encoded(Bytes);

impl Encoded {
    /// The bytes of a message.
    pub fn of(message: &impl Message) -> Self {
        Self(message.encode_to_vec().into())
    }
}

impl Outgoing for Encoded {
    fn size(&self) -> usize {
        self.0.len()
    }

    fn put(self, buffer: &mut EncodeBuf<'_>) -> Result<(), EncodeError> {
        buffer.put(self.0);
        Ok(())
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
    T: Outgoing + Send + 'static,
    U: Incoming + Send + 'static,
{
    type Encode = T;
    type Decode = U;
    type Encoder = SizedEncoder<T>;
    type Decoder = CountedDecoder<U>;

    fn encoder(&mut self) -> Self::Encoder {
        SizedEncoder(PhantomData)
    }

    fn decoder(&mut self) -> Self::Decoder {
        CountedDecoder(PhantomData)
    }
}

/// What a call has from its beginning, in each direction, whatever comes; and when messages that are ready go out.
fn buffers() -> BufferSettings {
    BufferSettings::new(1 << 10, 32 << 10)
}

/// The encoding half: makes room for all of a message at once, since a buffer that grows doubles.
#[derive(Debug)]
pub struct SizedEncoder<T>(PhantomData<T>);

impl<T: Outgoing> Encoder for SizedEncoder<T> {
    type Item = T;
    type Error = Status;

    fn encode(&mut self, message: T, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.reserve(message.size());
        message.put(buffer).map_err(|error| Status::internal(error.to_string()))
    }

    fn buffer_settings(&self) -> BufferSettings {
        buffers()
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

    fn buffer_settings(&self) -> BufferSettings {
        buffers()
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
