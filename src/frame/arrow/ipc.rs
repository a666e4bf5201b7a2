//! Arrow streams, and Arrow files, which are streams with a mark before them and a list of contents after them.
//!
//! Each message is read whole and checked against its own length before it is decoded, because a wrong number in it
//! could ask for more memory than there is.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use polars_arrow::array::Array;
use polars_arrow::io::ipc::read::{StreamReader, StreamState, read_stream_metadata};

use crate::error::{Error, Result};
use crate::frame::arrow::message::read_message;
use crate::frame::arrow::{ArrowRows, MOST_ROWS, damaged};

/// What an Arrow file begins with.
pub const FILE_MARK: &[u8] = b"ARROW1\0\0";

/// A batch: its columns, how many rows it has, and how many of them were given.
type Batch = (Vec<Box<dyn Array>>, usize, usize);

/// An Arrow stream that is being read.
pub struct IpcRows<R> {
    path: PathBuf,
    from: R,
    feed: Feed,
    reader: StreamReader<Feed>,
    /// The batch that is given in parts.
    batch: Option<Batch>,
    before: usize,
    is_file: bool,
    ended: bool,
}

impl<R: Read> IpcRows<R> {
    /// Reads which columns the stream has.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is not an Arrow stream, [`Error::Read`] if the system refuses.
    pub fn open(path: &Path, mut from: R) -> Result<IpcRows<R>> {
        let mut start = Vec::new();
        let failed = |source: io::Error| Error::Read { path: path.to_owned(), source };
        from.by_ref().take(FILE_MARK.len() as u64).read_to_end(&mut start).map_err(failed)?;
        let is_file = start == FILE_MARK;
        let read = if is_file {
            read_message(path, &mut from)?
        } else {
            read_message(path, &mut (&start[..]).chain(from.by_ref()))?
        };
        let Some(first) = read else { return Err(damaged(path, "Arrow stream", "it is empty")) };
        let wrong = |why: polars::prelude::PolarsError| damaged(path, "Arrow stream", why);
        let metadata = read_stream_metadata(&mut Cursor::new(first.bytes())).map_err(wrong)?;
        let feed = Feed::default();
        let reader = StreamReader::new(feed.clone(), metadata, None);
        let path = path.to_owned();
        Ok(IpcRows { path, from, feed, reader, batch: None, before: 0, is_file, ended: false })
    }

    /// The names of all columns.
    pub fn names(&self) -> Vec<String> {
        self.reader.metadata().schema.iter_values().map(|field| field.name.to_string()).collect()
    }

    /// The next rows; `None` after the last.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the stream is damaged or cut off, [`Error::Read`] if the system refuses.
    pub fn rows(&mut self) -> Result<Option<ArrowRows>> {
        loop {
            if let Some((arrays, length, given)) = &mut self.batch
                && given < length
            {
                let count = MOST_ROWS.min(*length - *given);
                let arrays = arrays.iter().map(|array| array.sliced(*given, count)).collect();
                let rows = ArrowRows { before: self.before, count, arrays };
                *given += count;
                self.before += count;
                return Ok(Some(rows));
            }
            self.batch = None;
            if self.ended || !self.next_batch()? {
                return Ok(None);
            }
        }
    }

    /// Reads the next message. `false` after the last.
    fn next_batch(&mut self) -> Result<bool> {
        let wrong = |why: &dyn std::fmt::Display| {
            let what = format!("{why}, after row {}", self.before);
            damaged(&self.path, "Arrow stream", what)
        };
        let Some(message) = read_message(&self.path, &mut self.from)? else {
            self.ended = true;
            // A stream may end where it likes. A file has a mark for the end.
            return if self.is_file { Err(wrong(&"it ends too early")) } else { Ok(false) };
        };
        if message.is_end() {
            self.ended = true;
            return Ok(false);
        }
        let message = message.unpacked().map_err(|why| wrong(&why))?;
        self.feed.set(message.bytes());
        match self.reader.next() {
            Some(Ok(StreamState::Some(batch))) => {
                let (length, arrays) = (batch.len(), batch.into_arrays());
                self.batch = Some((arrays, length, 0));
                Ok(true)
            }
            // A message with a dictionary.
            Some(Ok(StreamState::Waiting)) => Ok(true),
            Some(Err(why)) => Err(wrong(&why)),
            None => Ok(false),
        }
    }
}

/// What the reader reads: one message at a time, which is replaced when it was read.
#[derive(Clone, Default)]
struct Feed(Arc<Mutex<Cursor<Vec<u8>>>>);

impl Feed {
    fn get(&self) -> MutexGuard<'_, Cursor<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, bytes: Vec<u8>) {
        *self.get() = Cursor::new(bytes);
    }
}

impl Read for Feed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.get().read(buffer)
    }
}

impl Seek for Feed {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.get().seek(to)
    }
}
