//! Finds the files of some kinds in a folder and its subfolders.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::file::read;

/// The result of a search through folders.
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
    /// Searches a folder and its subfolders for files with one of some endings.
    pub fn folder(&mut self, folder: &Path, endings: &[&str]) {
        let entries = match read::entries(folder) {
            Ok(entries) => entries,
            Err(source) => return self.unread.push(Error::Read { path: folder.to_owned(), source }),
        };
        for path in entries {
            let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
            // A link to a folder may lead back to a folder above it.
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
