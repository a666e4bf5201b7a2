//! The texts that statements are read from: which files, their pages, and the names they go by.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, Result, Warning};
use crate::extract::page::{self, Page};
use crate::file::read::{self, LARGEST_PAGE};
use crate::file::search::Search;
use crate::words::many;

/// The endings of files that a folder is searched for.
const ENDINGS: [&str; 8] = ["txt", "text", "html", "htm", "xhtml", "md", "markdown", "mkd"];

/// The files that are meant by some names.
#[derive(Debug, Default)]
pub struct Texts {
    /// The files, each once.
    pub files: Vec<PathBuf>,
    /// What could not be used; it does not stop the others.
    pub unread: Vec<Error>,
    /// What else there is to know.
    pub warnings: Vec<Warning>,
}

impl Texts {
    /// Finds the files that are named and, in a folder that is named, those whose ending says that they are texts.
    /// `here` is the folder that the program was started in.
    ///
    /// # Errors
    /// [`Error::Request`] if nothing is named.
    pub fn find(named: &[PathBuf], here: &Path) -> Result<Texts> {
        if named.is_empty() {
            return Err(Error::request("no text is named", "name files or folders, or - for the standard input"));
        }
        let endings = || ENDINGS.map(|ending| format!(".{ending}")).join(", ");
        let mut search = Search::default();
        for path in named {
            if !path.is_dir() {
                search.files.push(path.clone());
                continue;
            }
            let before = search.files.len() + search.unread.len();
            search.folder(path, &ENDINGS);
            if search.files.len() + search.unread.len() == before {
                let hint = format!("texts end in {}", endings());
                search.unread.push(Error::request(format!("{} holds no text", path.display()), hint));
            }
        }
        let Search { mut files, unread, passed_over } = search;
        // A file that is named twice is one source.
        let mut known = HashSet::new();
        files.retain(|path| known.insert(plain(path, here)));
        // Of the same words in two files the first is the source: their names decide, not the order of the arguments.
        files.sort_by_cached_key(|path| plain(path, here));
        let passed_over = (passed_over > 0).then(|| {
            Warning::new(
                format!("{} of other kinds passed over", many(passed_over, "file")),
                format!("texts end in {}", endings()),
            )
        });
        Ok(Texts { files, unread, warnings: passed_over.into_iter().collect() })
    }
}

/// The article of a file, or why there is none.
///
/// # Errors
/// [`Error::Read`] if the system refuses, [`Error::Invalid`] for what is not a file or too large, [`Error::Request`] if
/// the file holds no text.
pub fn open(path: &Path) -> Result<Page> {
    page_of(&read::bytes(path, LARGEST_PAGE)?, path)
}

/// The article that some bytes are, or why they are none.
///
/// # Errors
/// [`Error::Request`] if the bytes are no text.
pub fn page_of(bytes: &[u8], path: &Path) -> Result<Page> {
    page::read(bytes, &path.to_string_lossy())
        .map_err(|fault| Error::request(format!("{}: {}", path.display(), fault.what), fault.hint))
}

/// A file as it is named in rows: one file has one name, however it was spelt. The standard input has none.
pub fn name_in_rows(path: &Path, here: &Path) -> String {
    if path == Path::new("-") { String::new() } else { plain(path, here).display().to_string() }
}

/// A path without detours: below the folder `here`, and without dots.
fn plain(path: &Path, here: &Path) -> PathBuf {
    let below = path.strip_prefix(here).unwrap_or(path);
    below.components().filter(|component| *component != Component::CurDir).collect()
}
