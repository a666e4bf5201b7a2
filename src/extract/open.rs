//! The texts from which statements are read: which files, their pages, and their names in rows.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, Result, Warning};
use crate::extract::page::{self, Page};
use crate::file::read::{self, LARGEST_PAGE};
use crate::file::search::Search;
use crate::words::many;

/// The endings of files to look for in a folder.
const ENDINGS: [&str; 10] = ["txt", "text", "html", "htm", "xhtml", "md", "markdown", "mkd", "srt", "vtt"];

/// The files meant by the arguments.
#[derive(Debug, Default)]
pub struct Texts {
    /// The files, each once.
    pub files: Vec<PathBuf>,
    /// What could not be used. It does not stop the others.
    pub unread: Vec<Error>,
    /// Anything else to report.
    pub warnings: Vec<Warning>,
}

impl Texts {
    /// Finds the named files and, in a named folder, the files whose ending shows that they are texts.
    /// `here` is the folder in which the program was started.
    ///
    /// # Errors
    /// [`Error::Request`] if no file or folder is named.
    pub fn find(named: &[PathBuf], here: &Path) -> Result<Texts> {
        if named.is_empty() {
            return Err(Error::request(
                "there is no text to read",
                "name files or folders, or - for the standard input",
            ));
        }
        let endings = || ENDINGS.map(|ending| format!(".{ending}")).join(", ");
        let mut search = Search::default();
        for path in named {
            if !read::is_folder(path) {
                search.files.push(path.clone());
                continue;
            }
            let before = search.files.len() + search.unread.len();
            search.folder(path, &ENDINGS);
            if search.files.len() + search.unread.len() == before {
                let hint = format!("texts end in {}", endings());
                search.unread.push(Error::request(format!("there is no text in {}", path.display()), hint));
            }
        }
        let Search { mut files, unread, passed_over } = search;
        // A file named twice is one source.
        let mut known = HashSet::new();
        files.retain(|path| known.insert(plain(path, here)));
        // If two files have the same words, the first is the source. Names decide which is first, not
        // the order of the arguments.
        files.sort_by_cached_key(|path| plain(path, here));
        let passed_over = (passed_over > 0).then(|| {
            Warning::new(
                format!("{} of other kinds skipped", many(passed_over, "file")),
                format!("texts end in {}", endings()),
            )
        });
        Ok(Texts { files, unread, warnings: passed_over.into_iter().collect() })
    }
}

/// The article in a file, or why there is none.
///
/// # Errors
/// [`Error::Read`] if the system refuses, [`Error::Invalid`] if it is not a file or is too large, and
/// [`Error::Request`] if the file contains no text.
pub fn open(path: &Path) -> Result<Page> {
    page_of(&read::bytes(path, LARGEST_PAGE)?, path)
}

/// The article in some bytes, or why there is none.
///
/// # Errors
/// [`Error::Request`] if the bytes are not text.
pub fn page_of(bytes: &[u8], path: &Path) -> Result<Page> {
    page::read(bytes, &path.to_string_lossy())
        .map_err(|fault| Error::request(format!("{}: {}", path.display(), fault.what), fault.hint))
}

/// The name of a file in rows: one file has one name, however it was written. The standard input has
/// none.
pub fn name_in_rows(path: &Path, here: &Path) -> String {
    if path == Path::new("-") { String::new() } else { plain(path, here).display().to_string() }
}

/// A path without detours: relative to the folder `here` if it is below it, and without dots.
fn plain(path: &Path, here: &Path) -> PathBuf {
    let below = path.strip_prefix(here).unwrap_or(path);
    below.components().filter(|component| *component != Component::CurDir).collect()
}
