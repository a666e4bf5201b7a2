//! Cuts a stream of text into chunks of whole records, without reading what is in them.

use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::error::{Error, Place, Problem, Result};

/// How large a chunk is, in bytes, unless a record is larger.
const CHUNK: usize = 1 << 20;
/// The largest record, in bytes: 64 MiB, more than any text that someone said.
const LARGEST_RECORD: usize = 64 << 20;
/// How many bytes are read at a time.
const BLOCK: usize = 256 << 10;

/// Whole records.
pub struct Chunk {
    /// Their bytes.
    pub bytes: Vec<u8>,
    /// How many lines of the file are before them.
    pub lines_before: usize,
}

/// What ends a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordEnd {
    /// The end of a line.
    Line,
    /// The end of a line that is not within quotation marks. A cell ends at this separator.
    Quoted(u8),
}

/// Where in a record the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// At the beginning of a cell.
    Start,
    /// In a cell without quotation marks.
    Bare,
    /// In a cell with quotation marks.
    Quoted,
    /// After a quotation mark within such a cell: it closes it, or is the first of two.
    QuoteSeen,
}

/// A stream of text that is cut into chunks.
pub struct Splitter<R> {
    path: PathBuf,
    from: R,
    end: RecordEnd,
    buffer: Vec<u8>,
    /// How far the buffer is looked at.
    seen: usize,
    /// Where the last whole record in the buffer ends.
    whole: usize,
    at: At,
    lines: usize,
    ended: bool,
}

impl<R: Read> Splitter<R> {
    /// Begins with what was read of the stream already.
    pub fn new(path: &Path, start: Vec<u8>, from: R, end: RecordEnd) -> Splitter<R> {
        let path = path.to_owned();
        Splitter { path, from, end, buffer: start, seen: 0, whole: 0, at: At::Start, lines: 0, ended: false }
    }

    /// The next chunk; `None` after the last.
    ///
    /// # Errors
    /// [`Error::Read`] if the system refuses. [`Error::Invalid`] if a record is too large, with the line on which it
    /// begins.
    pub fn chunk(&mut self) -> Result<Option<Chunk>> {
        loop {
            self.look();
            if self.whole >= CHUNK {
                return Ok(Some(self.cut(self.whole)));
            }
            if self.ended {
                let rest = self.buffer.len();
                return Ok((rest > 0).then(|| self.cut(rest)));
            }
            if self.buffer.len() - self.whole > LARGEST_RECORD {
                return Err(self.too_large());
            }
            let before = self.buffer.len();
            let read = read_block(&mut self.from, &mut self.buffer)
                .map_err(|source| Error::Read { path: self.path.clone(), source })?;
            self.ended = read == 0;
            debug_assert_eq!(self.buffer.len(), before + read);
        }
    }

    fn cut(&mut self, length: usize) -> Chunk {
        let rest = self.buffer.split_off(length);
        let bytes = std::mem::replace(&mut self.buffer, rest);
        let chunk = Chunk { lines_before: self.lines, bytes };
        self.lines += memchr::memchr_iter(b'\n', &chunk.bytes).count();
        self.seen = self.seen.saturating_sub(length);
        self.whole = 0;
        chunk
    }

    /// Looks for the ends of records in what is new in the buffer.
    fn look(&mut self) {
        let mut whole = self.whole;
        self.at = scan(&self.buffer, self.seen, self.at, self.end, |end| whole = end);
        (self.seen, self.whole) = (self.buffer.len(), whole);
    }

    fn too_large(&self) -> Error {
        let line = self.lines + memchr::memchr_iter(b'\n', &self.buffer[..self.whole]).count() + 1;
        let place = Some(Place { line, column: 1 });
        let what = format!("the record that begins here has more than {} MiB", LARGEST_RECORD >> 20);
        let hint = match self.end {
            RecordEnd::Line => "check that each line has one JSON object",
            RecordEnd::Quoted(_) => {
                "look for a quotation mark that opens and is never closed, or for missing line ends"
            }
        };
        Error::Invalid(vec![Problem::fault(&self.path, place, what, hint)])
    }
}

/// Calls `each` with the end of every record in some bytes from a place on. Returns where in a record they end.
fn scan(bytes: &[u8], from: usize, at: At, end: RecordEnd, mut each: impl FnMut(usize)) -> At {
    let RecordEnd::Quoted(separator) = end else {
        memchr::memchr_iter(b'\n', &bytes[from..]).for_each(|line_end| each(from + line_end + 1));
        return At::Start;
    };
    let (mut place, mut at) = (from, at);
    while place < bytes.len() {
        let rest = &bytes[place..];
        match at {
            At::Quoted => match memchr::memchr(b'"', rest) {
                Some(quote) => (place, at) = (place + quote + 1, At::QuoteSeen),
                None => place = bytes.len(),
            },
            At::Bare => match memchr::memchr3(separator, b'\n', b'\r', rest) {
                Some(next) => {
                    place += next + 1;
                    at = At::Start;
                    if rest[next] == b'\n' {
                        each(place);
                    }
                }
                None => place = bytes.len(),
            },
            At::Start | At::QuoteSeen => {
                place += 1;
                at = match rest[0] {
                    b'"' => At::Quoted,
                    b'\n' => {
                        each(place);
                        At::Start
                    }
                    byte if byte == separator || byte == b'\r' => At::Start,
                    _ => At::Bare,
                };
            }
        }
    }
    at
}

/// Adds some bytes to a buffer. Returns how many; none is the end.
///
/// # Errors
/// The error of the system.
pub fn read_block(from: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let length = buffer.len();
    buffer.resize(length + BLOCK, 0);
    loop {
        match from.read(&mut buffer[length..]) {
            Ok(count) => {
                buffer.truncate(length + count);
                return Ok(count);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => {
                buffer.truncate(length);
                return Err(error);
            }
        }
    }
}

impl Chunk {
    /// The chunk as text. Records that are not UTF-8 are faults, and are left out; the lines of the others keep their
    /// numbers.
    pub fn text(self, path: &Path, end: RecordEnd, problems: &mut Vec<Problem>) -> String {
        let error = match String::from_utf8(self.bytes) {
            Ok(text) => return text,
            Err(error) => error,
        };
        let bytes = error.into_bytes();
        let mut text = String::with_capacity(bytes.len());
        for record in records(&bytes, end) {
            match std::str::from_utf8(record) {
                Ok(record) => text += record,
                Err(error) => {
                    let (good, bad) = (&record[..error.valid_up_to()], record[error.valid_up_to()]);
                    let within = Place::of(&String::from_utf8_lossy(good), good.len());
                    let line = self.lines_before + text.matches('\n').count() + within.line;
                    let place = Some(Place { line, column: within.column });
                    let hint = "save the file as UTF-8; it is probably Windows-1252 or Latin-1";
                    problems.push(Problem::fault(path, place, format!("the byte 0x{bad:02X} is not UTF-8"), hint));
                    text.extend(record.iter().filter(|byte| **byte == b'\n').map(|_| '\n'));
                }
            }
        }
        text
    }
}

/// The records of a chunk, each with its end.
fn records(bytes: &[u8], end: RecordEnd) -> Vec<&[u8]> {
    let mut ends = Vec::new();
    scan(bytes, 0, At::Start, end, |end| ends.push(end));
    if ends.last() != Some(&bytes.len()) {
        ends.push(bytes.len());
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(&ends).map(|(start, end)| &bytes[start..*end]).filter(|record| !record.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a few bytes at a time.
    struct Slow<'t>(&'t [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn records_end_where_a_line_ends_outside_of_quotation_marks() {
        let text = "a,\"b\n\"\"c\",d\r\n5\" pipe,e\n\"f\"g\",\nh\n";
        let expected = ["a,\"b\n\"\"c\",d\r\n", "5\" pipe,e\n", "\"f\"g\",\n", "h\n"];
        for step in [1, 2, 3, 100] {
            let mut splitter =
                Splitter::new(Path::new("f"), Vec::new(), Slow(text.as_bytes(), step), RecordEnd::Quoted(b','));
            let whole = splitter.chunk().unwrap().unwrap();
            assert_eq!((whole.bytes.as_slice(), whole.lines_before), (text.as_bytes(), 0));
            assert!(splitter.chunk().unwrap().is_none());
        }
        let found: Vec<&[u8]> = records(text.as_bytes(), RecordEnd::Quoted(b','));
        assert_eq!(found, expected.map(str::as_bytes));
        assert_eq!(records(text.as_bytes(), RecordEnd::Line).len(), 5);
    }

    #[test]
    fn chunks_are_whole_records_and_know_their_lines() {
        let record = format!("{},\"{}\n\"\n", "x".repeat(1000), "y".repeat(2000));
        let text = record.repeat(2000);
        let mut splitter = Splitter::new(Path::new("f"), Vec::new(), text.as_bytes(), RecordEnd::Quoted(b','));
        let (mut again, mut chunks) = (Vec::new(), 0);
        while let Some(chunk) = splitter.chunk().unwrap() {
            assert_eq!(chunk.bytes.len() % record.len(), 0);
            assert_eq!(chunk.lines_before, 2 * again.len() / record.len());
            again.extend(chunk.bytes);
            chunks += 1;
        }
        assert!(chunks > 3 && again == text.as_bytes());
    }

    #[test]
    fn a_record_without_an_end_is_a_fault_on_its_line() {
        let start = b"a,b\nc,\"".to_vec();
        let endless = io::repeat(b'x');
        let mut splitter = Splitter::new(Path::new("f"), start, endless, RecordEnd::Quoted(b','));
        let fault = splitter.chunk().err().unwrap().to_string();
        assert!(fault.starts_with("f:2:1: the record that begins here has more than 64 MiB"), "{fault}");
    }

    #[test]
    fn a_record_that_is_not_utf_8_is_left_out_and_the_others_keep_their_lines() {
        let chunk = Chunk { bytes: b"a,b\n\"c\n\xe9\",d\ne,f\n".to_vec(), lines_before: 7 };
        let mut problems = Vec::new();
        let text = chunk.text(Path::new("f"), RecordEnd::Quoted(b','), &mut problems);
        assert_eq!(text, "a,b\n\n\ne,f\n");
        assert!(problems.len() == 1 && problems[0].to_string().starts_with("f:10:1: the byte 0xE9"), "{problems:?}");
    }
}
