//! Reads a file whole, after checking that it is a file and not too large.
//!
//! A pipe or a device may never end, and a file of the wrong kind may be larger than the memory. Both are reported as
//! faults. [`stream`] reads `-`, the standard input, because whoever types it expects to wait.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::{Error, Problem, Result};

/// The largest file of a corpus, in bytes: 2 GiB, more than people can read through.
pub const LARGEST_TEXT: u64 = 2 << 30;
/// The largest text that statements are taken from, in bytes: 64 MiB, more than any book.
pub const LARGEST_PAGE: u64 = 64 << 20;
/// The largest font, in bytes: 64 MiB, more than a font with all Chinese characters.
pub const LARGEST_FONT: u64 = 64 << 20;

/// Reads a whole file of at most `most` bytes.
///
/// # Errors
/// [`Error::Read`] if the system refuses. [`Error::Invalid`] for a folder, a pipe or a device, and for a file that is
/// larger.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>> {
    let failed = |source: io::Error| Error::Read { path: path.to_owned(), source };
    // Opening a pipe waits for the program that writes to it, so its kind is checked first.
    let size = regular(path, &fs::metadata(path).map_err(failed)?)?;
    let file = File::open(path).map_err(failed)?;
    // Something else may have taken its place in the meantime.
    regular(path, &file.metadata().map_err(failed)?)?;
    up_to(file, most, size).map_err(failed)?.ok_or_else(|| too_large(path, most))
}

/// Reads a stream to its end, as [`bytes`] reads a file. The standard input has the path `-`.
///
/// # Errors
/// As [`bytes`].
pub fn stream(path: &Path, from: impl Read, most: u64) -> Result<Vec<u8>> {
    let failed = |source: io::Error| Error::Read { path: path.to_owned(), source };
    up_to(from, most, 0).map_err(failed)?.ok_or_else(|| too_large(path, most))
}

/// Whether there is a file at a path, after links are followed.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// How many bytes a file has; `None` if it cannot be told.
pub fn size(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|about| about.len())
}

/// Whether there is a link at a path.
pub fn is_link(path: &Path) -> bool {
    path.is_symlink()
}

/// Whether there is a folder at a path, after links are followed.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether there is anything at a path, after links are followed.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// The whole path without links. `None` if there is nothing.
pub fn real_path(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// How to recognise a folder after another one was moved to its place. `None` if there is nothing.
pub fn identity(path: &Path) -> Option<(u64, u64)> {
    let about = fs::metadata(path).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((about.dev(), about.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = about;
        Some((0, 0))
    }
}

/// What changes with nearly every save of a file: when it was changed, its length, and which file it is. Another
/// program may have saved it if this differs. `None` if there is no file.
pub fn stamp(path: &Path) -> Option<(SystemTime, u64, (u64, u64))> {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len(), identity(path)?))
}

/// The entries of a folder, sorted by name so that results do not depend on the disk.
///
/// # Errors
/// The error of the system.
pub fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<PathBuf>>>()?;
    paths.sort();
    Ok(paths)
}

/// The size of a file, or a fault if it is not a file.
fn regular(path: &Path, about: &fs::Metadata) -> Result<u64> {
    if about.is_file() {
        return Ok(about.len());
    }
    let (what, hint) = match about.is_dir() {
        true => ("this is a folder, not a file", "name a file in it"),
        false => (
            "this is a pipe, a device or a socket, not a file, and may never end",
            "save its output to a file, and name that file",
        ),
    };
    Err(Error::Invalid(vec![Problem::fault(path, None, what, hint)]))
}

/// Reads to the end. `None` if there is more than `most`. A file that reports a larger size is not read at all.
fn up_to(from: impl Read, most: u64, size: u64) -> io::Result<Option<Vec<u8>>> {
    if size > most {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    if bytes.try_reserve(usize::try_from(size).unwrap_or(0)).is_err() {
        return Err(ErrorKind::OutOfMemory.into());
    }
    let read = from.take(most + 1).read_to_end(&mut bytes)?;
    Ok((read as u64 <= most).then_some(bytes))
}

fn too_large(path: &Path, most: u64) -> Error {
    const MIB: u64 = 1 << 20;
    let what = format!("the file has more than {} MiB, the most that Stance reads", most / MIB);
    let hint = "check that it is the file you mean; if it is, split it";
    Error::Invalid(vec![Problem::fault(path, None, what, hint)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_can_be_meant() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "12345").unwrap();
        assert_eq!(bytes(&path, 5).unwrap(), b"12345");
        assert!(bytes(&path, 4).unwrap_err().to_string().contains("more than 0 MiB"));
        assert!(bytes(folder.path(), 4).unwrap_err().to_string().contains("a folder"));
        assert!(matches!(bytes(&folder.path().join("b"), 4), Err(Error::Read { .. })));
        assert_eq!(stream(Path::new("-"), &b"12345"[..], 5).unwrap(), b"12345");
        assert!(stream(Path::new("-"), io::repeat(b'x'), 1 << 20).unwrap_err().to_string().contains("more than 1 MiB"));
    }
}
