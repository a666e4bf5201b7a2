//! A file is written beside its place, and moved there when it is complete.
//!
//! Its name is `.stance-XXXXXX.tmp`, and it is locked while a program works on it. An unlocked one was left by a
//! program that was killed, and the next write to its folder removes it. Ctrl-C and `SIGTERM` remove it at once.
//!
//! Before it is exchanged with the file it replaces, it is renamed to `.stance-XXXXXX-OLD-NEW.kept`, because from then
//! on another program's work may be under its name. OLD and NEW are the hashes of what was read and of what is
//! written. If the program is killed, the next write to the folder removes it if it has one of these two contents.
//! Otherwise it is the only copy of what another program saved, and it is left there and reported.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{NamedTempFile, TempPath};

use crate::error::Warning;
use crate::file::content::Content;
use crate::file::writers;

const PREFIX: &str = ".stance-";
const SUFFIX: &str = ".tmp";
const KEPT: &str = ".kept";
const LETTERS: usize = 6;

/// The temporary files of this program.
static LIVE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A temporary file, removed when it is dropped.
pub struct Temporary {
    file: Option<NamedTempFile>,
    path: PathBuf,
    content: Content,
}

/// Makes signals wait, so that a step is done whole.
pub struct Hold {
    live: MutexGuard<'static, Vec<PathBuf>>,
}

/// Makes signals wait until the returned value is dropped.
pub fn hold() -> Hold {
    Hold { live: live() }
}

fn live() -> MutexGuard<'static, Vec<PathBuf>> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Temporary {
    /// Creates one in a folder: for its owner only, or with the rights of any new file.
    ///
    /// # Errors
    /// The error of the system.
    pub fn new(folder: &Path, private: bool) -> io::Result<Temporary> {
        const TRIES: usize = 16;
        signals::watch();
        for _ in 0..TRIES {
            // A signal between creating it and recording it would leave it behind.
            let mut live = live();
            let file = make(folder, private)?;
            let path = file.path().to_owned();
            live.push(path.clone());
            drop(live);
            let temporary = Temporary { file: Some(file), path, content: Content::of(b"") };
            // Before it was locked, a sweep may have removed it as left behind.
            if temporary.is_locked() && temporary.is_itself() {
                return Ok(temporary);
            }
        }
        Err(io::ErrorKind::ResourceBusy.into())
    }

    fn is_locked(&self) -> bool {
        // A file system without locks has no sweep either.
        self.as_file().is_none_or(|file| !matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    }

    /// Whether the file at its path is still the one that was created.
    pub fn is_itself(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let same = |file: &File| {
                let (made, there) = (file.metadata().ok()?, fs::symlink_metadata(&self.path).ok()?);
                Some((made.dev(), made.ino()) == (there.dev(), there.ino()))
            };
            self.as_file().and_then(same).unwrap_or(false)
        }
        #[cfg(not(unix))]
        self.path.exists()
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The open file.
    pub fn as_file(&self) -> Option<&File> {
        self.file.as_ref().map(NamedTempFile::as_file)
    }

    /// Writes the content, and waits until it is on the disk.
    ///
    /// # Errors
    /// The error of the system.
    pub fn fill(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        file.as_file_mut().write_all(bytes)?;
        self.content = Content::of(bytes);
        file.as_file().sync_all()
    }

    /// Adds to the content. [`Temporary::complete`] must follow the last part.
    ///
    /// # Errors
    /// The error of the system.
    pub fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        file.as_file_mut().write_all(bytes)
    }

    /// Ends a content that came in parts, and waits until it is on the disk.
    ///
    /// # Errors
    /// The error of the system.
    pub fn complete(&mut self, content: Content) -> io::Result<()> {
        self.content = content;
        self.as_file().map_or(Ok(()), File::sync_all)
    }

    /// Gives it a name under which [`sweep`] removes nothing but what was read, or what was written into it.
    ///
    /// # Errors
    /// The error of the system.
    pub fn rename_to_keep(&mut self, read: Content, hold: &mut Hold) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let kept = self.path.with_file_name(format!("{stem}-{:016x}-{:016x}{KEPT}", read.hash, self.content.hash));
        let path = TempPath::try_from_path(&kept)?;
        fs::rename(&self.path, &kept)?;
        let (file, before) = file.into_parts();
        // There is nothing at the old path, so nothing is to be removed.
        let _ = before.keep();
        self.file = Some(NamedTempFile::from_parts(file, path));
        hold.live.retain(|path| *path != self.path);
        hold.live.push(kept.clone());
        self.path = kept;
        Ok(())
    }

    /// Leaves the file where it is, because it has the only copy of what another program saved.
    pub fn leave(&mut self, hold: &mut Hold) {
        hold.live.retain(|path| *path != self.path);
        if let Some(file) = self.file.take() {
            let _ = file.into_parts().1.keep();
        }
    }

    /// Moves it to a place that must be empty.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] if something is there, otherwise the error of the system.
    pub fn move_to_new(mut self, path: &Path) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        // Dropping the error drops the file in it.
        file.persist_noclobber(path).map(drop).map_err(|error| error.error)
    }

    /// Moves it to a place if nothing is there. Otherwise it stays where it is.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] if something is there, otherwise the error of the system.
    pub fn move_back(&mut self, path: &Path) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        file.persist_noclobber(path).map(drop).map_err(|error| {
            self.file = Some(error.file);
            error.error
        })
    }

    /// Moves it over whatever is at a place.
    ///
    /// # Errors
    /// The error of the system.
    pub fn move_over(&mut self, path: &Path) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        file.persist(path).map(drop).map_err(|error| error.error)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        drop(self.file.take());
        live().retain(|path| *path != self.path);
    }
}

fn make(folder: &Path, private: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(LETTERS);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(if private { 0o600 } else { 0o666 }));
    }
    #[cfg(not(unix))]
    let _ = private;
    builder.tempfile_in(folder)
}

/// Removes what killed programs left in a folder. What may be the only copy of another program's work is left, and a
/// warning names it. Files that cannot be removed are left, because they do no harm.
pub fn sweep(folder: &Path) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let Some(name) = name.to_str().filter(|_| entry.file_type().is_ok_and(|kind| kind.is_file())) else { continue };
        let kept = kept(name);
        if kept.is_none() && !is_temporary(name) {
            continue;
        }
        let Ok(file) = File::open(&path) else { continue };
        let locked = file.try_lock();
        let harmless = |hashes: [u64; 2]| {
            Content::read(&file).is_ok_and(|content| hashes.contains(&content.hash)) && !writers::is_open(&path)
        };
        if !matches!(locked, Err(TryLockError::WouldBlock)) && kept.is_some_and(|hashes| !harmless(hashes)) {
            let what = format!("{} has what another program saved while Stance was stopped", path.display());
            warnings.push(Warning::new(what, "compare it with the file that it belongs to, and move or delete it"));
        } else if locked.is_ok() {
            let _ = fs::remove_file(&path);
        }
    }
    warnings
}

/// Whether a name is that of a temporary file.
fn is_temporary(name: &str) -> bool {
    name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX)).is_some_and(is_random)
}

/// The hashes in the name of a file that was renamed to keep it.
fn kept(name: &str) -> Option<[u64; 2]> {
    let mut parts = name.strip_prefix(PREFIX)?.strip_suffix(KEPT)?.split('-');
    let (letters, old, new) = (parts.next()?, parts.next()?, parts.next()?);
    let hash = |text: &str| u64::from_str_radix(text, 16).ok();
    (is_random(letters) && parts.next().is_none()).then_some([hash(old)?, hash(new)?])
}

fn is_random(letters: &str) -> bool {
    letters.len() == LETTERS && letters.bytes().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(unix)]
mod signals {
    //! Removes temporary files when the program is asked to end.

    use std::fs;
    use std::sync::Once;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// Waits for signals from now on. A signal that the program was started to ignore, as with `nohup` or `&` in a
    /// script, stays ignored.
    pub fn watch() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let wanted = [SIGINT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal));
            // Without the thread, files left behind are swept later.
            let Ok(mut signals) = Signals::new(wanted.collect::<Vec<_>>()) else { return };
            std::thread::spawn(move || {
                for signal in signals.forever() {
                    let live = crate::file::temporary::live();
                    for path in live.iter() {
                        let _ = fs::remove_file(path);
                    }
                    // The program ends as if the signal had not been caught. The lock is held, so no file is created
                    // meanwhile.
                    let _ = emulate_default_handler(signal);
                }
            });
        });
    }

    /// Whether a signal is ignored. Only Linux reports it.
    fn is_ignored(signal: i32) -> bool {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
        mask >> (signal - 1) & 1 == 1
    }
}

#[cfg(not(unix))]
mod signals {
    //! On other systems no signal is caught. Files left behind are swept later.

    /// Does nothing.
    pub fn watch() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_behind_is_swept_and_what_is_in_use_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let live = Temporary::new(folder.path(), true).unwrap();
        fs::write(folder.path().join(".stance-abc123.tmp"), "left").unwrap();
        fs::write(folder.path().join(".stance-notes.tmp"), "someone's").unwrap();
        sweep(folder.path());
        let mut names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let mut expected = [".stance-notes.tmp", live.path().file_name().unwrap().to_str().unwrap()];
        expected.sort();
        assert_eq!(names, expected);
        drop(live);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_another_program_saved_is_never_swept() {
        let folder = tempfile::tempdir().unwrap();
        let [old, new] = [Content::of(b"old"), Content::of(b"new")].map(|content| content.hash);
        let path = folder.path().join(format!(".stance-abc123-{old:016x}-{new:016x}.kept"));
        fs::write(&path, "mine").unwrap();
        for _ in 0..2 {
            let warnings = sweep(folder.path());
            assert!(warnings.len() == 1 && warnings[0].to_string().contains(".stance-abc123"), "{warnings:?}");
            assert_eq!(fs::read(&path).unwrap(), b"mine");
        }
        // A program that works on it puts it back itself.
        let file = File::open(&path).unwrap();
        file.lock().unwrap();
        assert!(sweep(folder.path()).is_empty() && path.exists());
        drop(file);
        for text in ["old", "new"] {
            fs::write(&path, text).unwrap();
            assert!(sweep(folder.path()).is_empty() && !path.exists());
        }
    }
}
