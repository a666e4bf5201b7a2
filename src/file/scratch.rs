//! A folder beside all others for files that came packed. It is removed when it is dropped.

use std::fs;
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;

use crate::error::{Error, Result};

/// A folder of its own.
#[derive(Debug)]
pub struct ScratchFolder {
    _folder: TempDir,
    path: PathBuf,
}

impl ScratchFolder {
    /// Writes files into a new folder of this name. Names have `/` between folders.
    ///
    /// # Errors
    /// [`Error::Request`] if the name is not that of a folder, or a file would be outside of it. [`Error::Write`] if the
    /// system refuses.
    pub fn new<'f>(name: &str, files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Result<ScratchFolder> {
        let failed = |path: &Path, source| Error::Write { path: path.to_owned(), source };
        let mut parts = Path::new(name).components();
        if !matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) || name.contains(['/', '\\']) {
            return Err(Error::request(
                format!("`{name}` is no name of a folder"),
                "get the file again from whoever made it",
            ));
        }
        let folder =
            tempfile::tempdir().map_err(|source| failed(Path::new("the folder for temporary files"), source))?;
        let path = folder.path().join(name);
        fs::create_dir(&path).map_err(|source| failed(&path, source))?;
        for (name, bytes) in files {
            let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
            if !inside {
                let what = format!("`{name}` is no name of a file in a folder");
                return Err(Error::request(what, "get the file again from whoever made it"));
            }
            let to = path.join(name);
            let above = to.parent().unwrap_or(&path);
            fs::create_dir_all(above).and_then(|()| fs::write(&to, bytes)).map_err(|source| failed(&to, source))?;
        }
        Ok(ScratchFolder { _folder: folder, path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stay_inside_and_go_with_it() {
        let scratch = ScratchFolder::new("c", [("a/b", &b"x"[..]), ("d", b"y")].into_iter()).unwrap();
        let path = scratch.path().to_owned();
        assert_eq!(fs::read(path.join("a/b")).unwrap(), b"x");
        drop(scratch);
        assert!(!path.exists());
        for name in ["", ".", "..", "a/b", "/", "a/"] {
            assert!(ScratchFolder::new(name, std::iter::empty()).is_err(), "{name}");
        }
        for name in ["../x", "/x", "a/../../x"] {
            assert!(ScratchFolder::new("c", [(name, &b"x"[..])].into_iter()).is_err(), "{name}");
        }
    }
}
