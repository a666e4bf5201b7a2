//! A file that is read from its beginning to its end in small parts, and is never in memory as a whole.
//!
//! `-` is the standard input, which the caller hands in. A pipe is read, too, because whoever names one wants it read.
//! What is compressed by gzip or Zstandard is recognised by its first bytes, whatever its name.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use flate2::read::MultiGzDecoder;

use crate::error::{Error, Problem, Result};
use crate::file::read;

/// How many bytes are asked of the system at a time.
const BLOCK: usize = 256 << 10;

/// An open file or stream.
pub struct Input {
    /// The path as the user gave it; `-` for the standard input.
    pub path: PathBuf,
    /// The bytes, no longer compressed.
    pub bytes: Box<dyn Read + Send>,
    /// How far it is read.
    pub progress: InputProgress,
    stamp: Option<Stamp>,
}

/// What changes if a file is saved: see [`read::stamp`].
type Stamp = (SystemTime, u64, (u64, u64));

/// How many bytes of a file were read, before they were unpacked.
#[derive(Debug, Clone, Default)]
pub struct InputProgress {
    read: Arc<AtomicU64>,
    /// The length of the file. `None` if it is a pipe.
    pub length: Option<u64>,
}

impl InputProgress {
    /// How many bytes were read so far.
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

/// A file in which one may jump.
pub struct JumpingInput {
    file: File,
    progress: InputProgress,
}

/// Opens a file, or the standard input, for reading from its beginning to its end.
///
/// # Errors
/// [`Error::Read`] if the system refuses, [`Error::Invalid`] for a folder or for damaged compressed data.
pub fn open(path: &Path, stdin: impl FnOnce() -> Box<dyn Read + Send>) -> Result<Input> {
    let failed = |source: io::Error| Error::Read { path: path.to_owned(), source };
    let (raw, length): (Box<dyn Read + Send>, Option<u64>) = if path == Path::new("-") {
        (stdin(), None)
    } else {
        let file = File::open(path).map_err(failed)?;
        let about = not_a_folder(path, &file)?;
        let length = about.is_file().then_some(about.len());
        (Box::new(file), length)
    };
    let progress = InputProgress { length, ..InputProgress::default() };
    let mut counted = BufReader::with_capacity(BLOCK, Counting { inner: raw, read: progress.read.clone() });
    let start = start_of(&mut counted).map_err(failed)?;
    let (is_gzip, is_zstd) = (start.starts_with(&[0x1f, 0x8b]), start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]));
    let start = io::Cursor::new(start);
    let bytes: Box<dyn Read + Send> = if is_gzip {
        Box::new(BufReader::with_capacity(BLOCK, MultiGzDecoder::new(start.chain(counted))))
    } else if is_zstd {
        let decoder = zstd::stream::read::Decoder::new(start.chain(counted)).map_err(failed)?;
        Box::new(BufReader::with_capacity(BLOCK, decoder))
    } else {
        Box::new(start.chain(counted))
    };
    Ok(Input { path: path.to_owned(), bytes, progress, stamp: read::stamp(path) })
}

/// Opens a file in which the reader has to jump.
///
/// # Errors
/// [`Error::Read`] if the system refuses, [`Error::Invalid`] for what is not a file.
pub fn open_to_jump(path: &Path) -> Result<JumpingInput> {
    let failed = |source: io::Error| Error::Read { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let about = not_a_folder(path, &file)?;
    if !about.is_file() {
        let hint = "save it to a file first, and name that file";
        return Err(Error::Invalid(vec![Problem::fault(path, None, "a Parquet file cannot come from a pipe", hint)]));
    }
    let progress = InputProgress { length: Some(about.len()), ..InputProgress::default() };
    Ok(JumpingInput { file, progress })
}

impl JumpingInput {
    /// How far it is read.
    pub fn progress(&self) -> InputProgress {
        self.progress.clone()
    }
}

impl Read for JumpingInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.progress.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for JumpingInput {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// A file as it was when it was first looked at.
#[derive(Debug)]
pub struct Seen {
    path: PathBuf,
    stamp: Option<Stamp>,
}

impl Seen {
    /// Looks at a file.
    pub fn of(path: &Path) -> Seen {
        Seen { path: path.to_owned(), stamp: read::stamp(path) }
    }

    /// Checks that no other program has saved it since.
    ///
    /// # Errors
    /// [`Error::Request`] if one has.
    pub fn unchanged(&self) -> Result<()> {
        if self.stamp.is_none() || read::stamp(&self.path) == self.stamp {
            return Ok(());
        }
        let what = format!("another program changed {} while it was read", self.path.display());
        Err(Error::request(what, "run the command again once that program is done"))
    }
}

impl Input {
    /// What it was when it was opened.
    pub fn seen(&self) -> Seen {
        Seen { path: self.path.clone(), stamp: self.stamp }
    }
}

fn not_a_folder(path: &Path, file: &File) -> Result<fs::Metadata> {
    let about = file.metadata().map_err(|source| Error::Read { path: path.to_owned(), source })?;
    if about.is_dir() {
        let fault = Problem::fault(path, None, "this is a folder, not a file", "name a file in it");
        return Err(Error::Invalid(vec![fault]));
    }
    Ok(about)
}

/// The first bytes.
fn start_of(from: &mut impl Read) -> io::Result<Vec<u8>> {
    const MARK: u64 = 4;
    let mut start = Vec::new();
    from.take(MARK).read_to_end(&mut start)?;
    Ok(start)
}

/// Counts what is read.
struct Counting {
    inner: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
