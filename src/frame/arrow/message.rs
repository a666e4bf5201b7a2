//! One message of an Arrow stream: read whole, checked against its own length, and unpacked.

use std::io::{self, ErrorKind, Read};
use std::path::Path;

use polars_arrow_format::ipc::planus::{Builder, ReadAsRoot};
use polars_arrow_format::ipc::{Buffer, CompressionType, MessageHeader, MessageRef};

use crate::error::{Error, Result};
use crate::frame::arrow::damaged;

/// The largest message, in bytes.
const LARGEST_MESSAGE: usize = 2 << 30;
/// What each message begins with. Old programs leave it out.
const CONTINUATION: [u8; 4] = [0xff; 4];

/// One message: its description, and what it describes.
pub struct Message {
    description: Vec<u8>,
    body: Vec<u8>,
}

/// Reads a message. `None` at the end; a message without a description says that the stream ends.
pub fn read_message(path: &Path, from: &mut dyn Read) -> Result<Option<Message>> {
    let cut = |source: io::Error| match source.kind() {
        ErrorKind::UnexpectedEof => damaged(path, "Arrow stream", "it is cut off within a batch"),
        _ => Error::Read { path: path.to_owned(), source },
    };
    let mut word = [0; 4];
    match from.read(&mut word[..1]).map_err(cut)? {
        0 => return Ok(None),
        _ => from.read_exact(&mut word[1..]).map_err(cut)?,
    }
    if word == CONTINUATION {
        from.read_exact(&mut word).map_err(cut)?;
    }
    let too_large = || damaged(path, "Arrow stream", "a message says that it has a length that none can have");
    let length = usize::try_from(i32::from_le_bytes(word)).map_err(|_| too_large())?;
    if length > LARGEST_MESSAGE {
        return Err(too_large());
    }
    let description = exactly(from, length).map_err(cut)?;
    if description.is_empty() {
        return Ok(Some(Message { description, body: Vec::new() }));
    }
    let of_body = MessageRef::read_as_root(&description).and_then(|message| message.body_length());
    let of_body = of_body.map_err(|why| damaged(path, "Arrow stream", why))?;
    let of_body = usize::try_from(of_body).ok().filter(|length| *length <= LARGEST_MESSAGE).ok_or_else(too_large)?;
    let body = exactly(from, of_body).map_err(cut)?;
    Ok(Some(Message { description, body }))
}

/// So many bytes. The memory grows with what there is, because a wrong length may be larger than the memory.
fn exactly(from: &mut dyn Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = from.take(length as u64).read_to_end(&mut bytes)?;
    if read == length { Ok(bytes) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

impl Message {
    /// Whether it says that the stream ends.
    pub fn is_end(&self) -> bool {
        self.description.is_empty()
    }

    /// The message as it stands in a stream.
    pub fn bytes(self) -> Vec<u8> {
        let mut bytes = CONTINUATION.to_vec();
        // It was read from a number of this size, or made of one.
        bytes.extend(i32::try_from(self.description.len()).unwrap_or(i32::MAX).to_le_bytes());
        bytes.extend(self.description);
        bytes.extend(self.body);
        bytes
    }

    /// Checks that all that is described is in the body, and unpacks columns that are compressed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn unpacked(self) -> std::result::Result<Message, String> {
        let said = |why: polars_arrow_format::ipc::planus::Error| why.to_string();
        let described = MessageRef::read_as_root(&self.description).map_err(said)?;
        let mut described = polars_arrow_format::ipc::Message::try_from(described).map_err(said)?;
        let batch = match &mut described.header {
            Some(MessageHeader::RecordBatch(batch)) => batch,
            Some(MessageHeader::DictionaryBatch(dictionary)) => match &mut dictionary.data {
                Some(batch) => batch,
                None => return Ok(self),
            },
            _ => return Ok(self),
        };
        let within = |buffer: &Buffer| -> std::result::Result<&[u8], String> {
            let start = usize::try_from(buffer.offset).ok();
            let length = usize::try_from(buffer.length).ok();
            let part = start.zip(length).and_then(|(start, length)| self.body.get(start..start.checked_add(length)?));
            part.ok_or_else(|| "a column is not within its batch".to_owned())
        };
        let Some(compression) = batch.compression.take() else {
            batch.buffers.iter().flatten().try_for_each(|buffer| within(buffer).map(drop))?;
            return Ok(self);
        };
        let mut body = Vec::new();
        for buffer in batch.buffers.iter_mut().flatten() {
            let start = body.len();
            unpack(within(buffer)?, compression.codec, &mut body)?;
            *buffer = Buffer { offset: start as i64, length: (body.len() - start) as i64 };
            body.resize(body.len().next_multiple_of(8), 0);
        }
        described.body_length = body.len() as i64;
        let description = Builder::new().finish(&described, None).to_vec();
        Ok(Message { description, body })
    }
}

/// Unpacks a part of a column. Before it stands its length once it is unpacked, or -1 if it is not packed.
fn unpack(packed: &[u8], codec: CompressionType, to: &mut Vec<u8>) -> std::result::Result<(), String> {
    let Some((length, packed)) = packed.split_first_chunk() else {
        return if packed.is_empty() { Ok(()) } else { Err("a packed column has no length".to_owned()) };
    };
    let length = i64::from_le_bytes(*length);
    if length == -1 {
        to.extend_from_slice(packed);
        return Ok(());
    }
    let length = usize::try_from(length).ok().filter(|length| to.len() + length <= LARGEST_MESSAGE);
    let length = length.ok_or("a packed column has a length that none can have")?;
    let failed = |why: io::Error| why.to_string();
    let unpacked: Box<dyn Read + '_> = match codec {
        CompressionType::Lz4Frame => Box::new(lz4::Decoder::new(packed).map_err(failed)?),
        CompressionType::Zstd => Box::new(zstd::stream::read::Decoder::new(packed).map_err(failed)?),
    };
    let read = unpacked.take(length as u64).read_to_end(to).map_err(failed)?;
    if read == length { Ok(()) } else { Err("a packed column is shorter than it says".to_owned()) }
}
