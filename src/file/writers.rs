//! Finds out whether another program has a file open for writing.
//!
//! A program that opened a file before it was replaced still writes to the old one. Linux shows in `/proc` which
//! programs of this user have a file open. Other systems, and programs of other users, are not seen.

use std::path::Path;
use std::thread;
use std::time::Duration;

/// Waits a little until no program has a file open for writing. `false` if one still has.
pub fn wait(path: &Path) -> bool {
    const TRIES: usize = 100;
    const PAUSE: Duration = Duration::from_millis(10);
    for _ in 0..TRIES {
        if !is_open(path) {
            return true;
        }
        thread::sleep(PAUSE);
    }
    false
}

/// Whether a program has a file open for writing.
#[cfg(target_os = "linux")]
pub fn is_open(path: &Path) -> bool {
    use std::fs;

    let Ok(path) = path.canonicalize() else { return false };
    let numbered = |entry: &fs::DirEntry| entry.file_name().to_str().is_some_and(|name| name.parse::<u32>().is_ok());
    let mut programs = fs::read_dir("/proc").into_iter().flatten().flatten().filter(numbered);
    programs.any(|program| writes(&program.path(), &path))
}

/// Whether a program, as `/proc/<program>`, has a file open for writing.
#[cfg(target_os = "linux")]
fn writes(program: &Path, path: &Path) -> bool {
    for file in std::fs::read_dir(program.join("fd")).into_iter().flatten().flatten() {
        match std::fs::read_link(file.path()) {
            Ok(open) if open == path && is_for_writing(&file.path()) => return true,
            // It may have hundreds, and shows none of them.
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => return false,
            _ => {}
        }
    }
    false
}

/// Whether an open file, as `/proc/<program>/fd/<number>`, may be written.
#[cfg(target_os = "linux")]
fn is_for_writing(file: &Path) -> bool {
    const WRITE: u32 = 0o3;
    let Some((program, number)) = file.parent().and_then(Path::parent).zip(file.file_name()) else { return false };
    let about = std::fs::read_to_string(program.join("fdinfo").join(number)).unwrap_or_default();
    let flags = about.lines().find_map(|line| line.strip_prefix("flags:"));
    flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok()).is_some_and(|flags| flags & WRITE != 0)
}

/// Other systems do not show it.
#[cfg(not(target_os = "linux"))]
pub fn is_open(_: &Path) -> bool {
    false
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::fs::{File, OpenOptions};

    use super::*;

    #[test]
    fn only_those_who_may_write_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "").unwrap();
        let _reader = File::open(&path).unwrap();
        assert!(wait(&path));
        let writer = OpenOptions::new().append(true).open(&path).unwrap();
        assert!(is_open(&path));
        drop(writer);
        assert!(!is_open(&path));
    }
}
