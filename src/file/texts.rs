//! Files that are only read: their bytes, and which ones a folder holds.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The bytes of a file.
///
/// # Errors
/// [`Error::Read`] if the system refuses.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// What a search through folders gives.
#[derive(Debug, Default)]
pub struct Search {
    /// The files with one of the endings, by name.
    pub files: Vec<PathBuf>,
    /// The folders that cannot be read.
    pub unread: Vec<Error>,
    /// How many files have other endings.
    pub passed_over: usize,
}

impl Search {
    /// Searches a folder and those in it for files with one of some endings.
    pub fn folder(&mut self, folder: &Path, endings: &[&str]) {
        let entries: io::Result<Vec<PathBuf>> =
            fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect());
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(source) => return self.unread.push(Error::Read { path: folder.to_owned(), source }),
        };
        entries.sort();
        for path in entries {
            let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
            // A link to a folder may lead back to where it is.
            if path.is_dir() && !path.is_symlink() {
                self.folder(&path, endings);
            } else if ending.is_some_and(|ending| endings.contains(&ending.as_str())) {
                self.files.push(path);
            } else {
                self.passed_over += 1;
            }
        }
    }
}
