//! Replaces a file with a complete new one, unless the file is no longer what was read.
//!
//! Comparing before the move would leave a moment in which an editor may save, and that save would be lost. So the
//! two files are exchanged in one step, which Linux and macOS can do, and the file that came out is compared. If it is not
//! what was read, the two are exchanged back. An editor that opened the old file before the exchange may still write
//! to it, so Stance waits for it. From the exchange on, the name of the temporary file is one that no other run of
//! Stance removes, and it is locked: whatever comes out is not lost, even if this run is killed.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::file::content::Content;
use crate::file::temporary::{Hold, Temporary, hold};
use crate::file::writers;

/// What happened to the old file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replaced {
    /// The new file is in its place.
    Done,
    /// Another program has changed it. The content of that program is in its place.
    Changed,
    /// Another program has it open for writing. The old file is in its place.
    Open,
    /// Another program has changed it, and the content of that program could not be put back. It is at this path.
    Kept(PathBuf),
}

/// Puts a new file in place of one that was read. A file that people edit (`edited`) is replaced only if no program
/// has it open for writing.
///
/// # Errors
/// The error of the system. The old file is then in its place.
pub fn replace_file(mut temporary: Temporary, place: &Path, read: Content, edited: bool) -> io::Result<Replaced> {
    // A signal must wait until one of the two files is in place for good.
    let mut hold = hold();
    temporary.rename_to_keep(read, &mut hold)?;
    match exchange(temporary.path(), place) {
        Ok(()) => {
            // It may be another file than the one that was read and locked.
            let came_out = File::open(temporary.path());
            let _locked = came_out.as_ref().map(File::try_lock);
            // After the folder is on the disk, to leave as little time as possible for a late save.
            sync(place);
            let closed = !edited || writers::wait(temporary.path());
            let same = read.is_in(temporary.path());
            if same && closed {
                return Ok(Replaced::Done);
            }
            if let Err(path) = put_back(&mut temporary, place, &mut hold) {
                return Ok(Replaced::Kept(path));
            }
            Ok(if same { Replaced::Open } else { Replaced::Changed })
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Replaced::Changed),
        Err(error) if is_unknown(&error) => {
            if !read.is_in(place) {
                return Ok(Replaced::Changed);
            }
            temporary.move_over(place)?;
            sync(place);
            Ok(Replaced::Done)
        }
        Err(error) => Err(error),
    }
}

/// Puts the save of another program back in its place. The error is the path that it is left at.
fn put_back(temporary: &mut Temporary, place: &Path, hold: &mut Hold) -> Result<(), PathBuf> {
    let is_back = match exchange(temporary.path(), place) {
        Ok(()) if temporary.is_itself() => true,
        // Yet another save came between. It is the later one, so it gets its place again.
        Ok(()) => {
            let _ = exchange(temporary.path(), place);
            false
        }
        // Our file may have been removed in the meantime, and then the saved file takes its place.
        Err(_) => temporary.move_back(place).is_ok(),
    };
    sync(place);
    if is_back {
        return Ok(());
    }
    temporary.leave(hold);
    Err(temporary.path().to_owned())
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Whether the system or the disk cannot exchange files.
fn is_unknown(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput)
}

/// Locks a file or a folder, and waits up to 10 seconds for a program that holds the lock. Only for systems on which a lock
/// does not hinder programs that ask for none. On others, such a program could not even read the file.
pub fn lock(file: &File) -> bool {
    const TRIES: usize = 1000;
    const PAUSE: Duration = Duration::from_millis(10);
    if !cfg!(unix) {
        return true;
    }
    for _ in 0..TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            // A file system without locks has nothing to wait for.
            _ => return true,
        }
    }
    false
}

/// Waits until the folder of a file is on the disk. Some systems cannot do so, and then nothing is waited for.
pub fn sync(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn new_file(folder: &Path, text: &str) -> Temporary {
        let mut temporary = Temporary::new(folder, true).unwrap();
        temporary.fill(text.as_bytes()).unwrap();
        temporary
    }

    #[test]
    fn only_what_was_read_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a");
        fs::write(&place, "old").unwrap();
        let replace = |read: &str| {
            replace_file(new_file(folder.path(), "new"), &place, Content::of(read.as_bytes()), true).unwrap()
        };
        assert_eq!(replace("older"), Replaced::Changed);
        assert_eq!(fs::read(&place).unwrap(), b"old");
        let open = fs::OpenOptions::new().append(true).open(&place).unwrap();
        assert_eq!(replace("old"), if cfg!(target_os = "linux") { Replaced::Open } else { Replaced::Done });
        drop(open);
        fs::write(&place, "old").unwrap();
        assert_eq!(replace("old"), Replaced::Done);
        assert_eq!(fs::read(&place).unwrap(), b"new");
        fs::remove_file(&place).unwrap();
        assert_eq!(replace("new"), Replaced::Changed);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_later_of_two_saves_stays() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a");
        // As after 2 saves in between: the first has come out, the second has replaced our file.
        let mut temporary = new_file(folder.path(), "ours");
        fs::write(folder.path().join("first"), "first").unwrap();
        fs::rename(folder.path().join("first"), temporary.path()).unwrap();
        fs::write(&place, "second").unwrap();
        let kept = put_back(&mut temporary, &place, &mut hold()).unwrap_err();
        assert_eq!(fs::read(&place).unwrap(), b"second");
        drop(temporary);
        assert_eq!(fs::read(kept).unwrap(), b"first");
    }

    #[test]
    fn a_save_that_cannot_be_put_back_stays_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let mut temporary = new_file(folder.path(), "ours");
        fs::write(folder.path().join("saved"), "saved").unwrap();
        fs::rename(folder.path().join("saved"), temporary.path()).unwrap();
        let gone = folder.path().join("gone/a");
        let kept = put_back(&mut temporary, &gone, &mut hold()).unwrap_err();
        drop(temporary);
        assert_eq!(fs::read(kept).unwrap(), b"saved");
    }

    /// While one run waits for the editor, another writes to the same folder and removes what killed runs left.
    #[test]
    #[cfg(target_os = "linux")]
    fn no_other_run_removes_what_came_out() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a");
        fs::write(&place, "saved by an editor").unwrap();
        let temporary = new_file(folder.path(), "new");
        let editor = fs::OpenOptions::new().append(true).open(&place).unwrap();
        let other = folder.path().to_owned();
        let sweeping = thread::spawn(move || {
            for _ in 0..30 {
                thread::sleep(Duration::from_millis(10));
                crate::file::temporary::sweep(&other);
            }
        });
        assert_eq!(replace_file(temporary, &place, Content::of(b"read"), true).unwrap(), Replaced::Changed);
        sweeping.join().unwrap();
        drop(editor);
        assert_eq!(fs::read(&place).unwrap(), b"saved by an editor");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
