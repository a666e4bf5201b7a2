//! Files packed as a ZIP: written with nothing in it that depends on the machine or the day, and read without trust.
//!
//! A ZIP may come from anyone. Refused are: a name that leads out of the folder, a link, a name that occurs twice, more
//! files than a corpus has, and more bytes than fit. Nothing is written to the disk here.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::error::{Error, Result};

/// Files by their names, `/` between folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The most that a ZIP may unpack to, in bytes: 512 MiB.
const MOST_UNPACKED: u64 = 512 << 20;
/// The most files and folders in a ZIP.
const MOST_FILES: usize = 2_000;
/// The longest name of a file, in bytes.
const LONGEST_NAME: usize = 512;

/// What a ZIP holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct UnpackedFiles {
    /// The files that could be read.
    pub files: Files,
    /// Those that are damaged, with what is wrong.
    pub damaged: Vec<(String, String)>,
}

/// Packs files. The same files give the same bytes.
///
/// # Errors
/// [`Error::Request`] if there are so many that they could not be read again.
pub fn pack(files: &Files) -> Result<Vec<u8>> {
    let bytes: u64 = files.values().map(|bytes| bytes.len() as u64).sum();
    if files.len() > MOST_FILES || bytes > MOST_UNPACKED {
        let what = format!("a bundle has at most {MOST_FILES} files and {} MiB", MOST_UNPACKED >> 20);
        return Err(Error::request(what, "make a smaller corpus: `stance label` exports a selection of statements"));
    }
    let packed = || -> zip::result::ZipResult<Vec<u8>> {
        const READABLE: u32 = 0o644;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(READABLE);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(name.as_str(), options)?;
            zip.write_all(bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    };
    packed().map_err(|error| Error::Output(std::io::Error::other(error)))
}

/// Unpacks a ZIP into the memory.
///
/// # Errors
/// What is wrong with it: it is no ZIP, or not whole, or one that nobody should unpack.
pub fn unpack(bytes: &[u8]) -> std::result::Result<UnpackedFiles, String> {
    unpack_within(bytes, MOST_UNPACKED)
}

fn unpack_within(bytes: &[u8], most: u64) -> std::result::Result<UnpackedFiles, String> {
    let announced = announced(bytes)?;
    if announced > MOST_FILES {
        return Err(format!("it has {announced} files, and Stance reads at most {MOST_FILES}"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("it cannot be unpacked: {error}"))?;
    // An archive lists each name once, so of 2 files with one name only the last is there.
    if archive.len() != announced {
        return Err(format!("it announces {announced} files and has {} names: one occurs twice", archive.len()));
    }
    let mut left = most;
    let mut unpacked = UnpackedFiles::default();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).map_err(|error| format!("it cannot be unpacked: {error}"))?;
        let name = entry.name().map_err(|error| format!("a name in it cannot be read: {error}"))?.into_owned();
        let (folder, link, locked) = (name.ends_with('/'), entry.is_symlink(), entry.encrypted());
        drop(entry);
        if let Some(fault) = fault_of(&name, folder) {
            return Err(format!("the name `{name}` in it {fault}"));
        }
        if link {
            return Err(format!("`{name}` in it is a link"));
        }
        if locked {
            return Err(format!("`{name}` in it is protected with a password"));
        }
        // Some file systems take A and a for one name.
        if let Some(other) = seen.insert(name.to_lowercase(), name.clone()) {
            return Err(format!("2 files in it have nearly the same name: `{other}` and `{name}`"));
        }
        if folder {
            continue;
        }
        let mut read = Vec::new();
        let whole = archive
            .by_index(place)
            .map_err(|error| error.to_string())
            .and_then(|entry| entry.take(left + 1).read_to_end(&mut read).map_err(|error| error.to_string()));
        if read.len() as u64 > left {
            return Err(format!("it unpacks to more than {} MiB, the most that Stance reads", most >> 20));
        }
        left -= read.len() as u64;
        match whole {
            Ok(_) => drop(unpacked.files.insert(name, read)),
            Err(error) => unpacked.damaged.push((name, error)),
        }
    }
    Ok(unpacked)
}

/// Why a name is not that of a file below a folder; `None` if it is.
fn fault_of(name: &str, folder: bool) -> Option<&'static str> {
    let path = if folder { name.strip_suffix('/').unwrap_or(name) } else { name };
    if name.len() > LONGEST_NAME {
        return Some("is too long");
    }
    if path.chars().any(|c| c.is_control() || c == '\\' || c == ':') {
        return Some("has a character that no file of a bundle has");
    }
    if path.starts_with('/') {
        return Some("begins at the root of the disk");
    }
    if path.split('/').any(|part| part == "..") {
        return Some("leads out of the folder");
    }
    path.split('/').any(|part| part.is_empty() || part == ".").then_some("is no name of a file")
}

/// How many files a ZIP announces in its last record.
fn announced(bytes: &[u8]) -> std::result::Result<usize, String> {
    const MARK: &[u8] = b"PK\x05\x06";
    const RECORD: usize = 22;
    const COMMENT: usize = 0xffff;
    const LARGE: u16 = 0xffff;
    let from = bytes.len().saturating_sub(RECORD + COMMENT);
    let record =
        bytes[from..].windows(MARK.len()).rposition(|window| window == MARK).map(|place| &bytes[from + place..]);
    let Some(record) = record.filter(|record| record.len() >= RECORD) else {
        return Err("it is no ZIP, or its end is missing".to_owned());
    };
    match u16::from_le_bytes([record[10], record[11]]) {
        LARGE => Err(format!("it has more than {MOST_FILES} files, the most that Stance reads")),
        count => Ok(usize::from(count)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn files(named: &[(&str, &str)]) -> Files {
        named.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    /// A ZIP of entries with any names, and with links.
    fn zip(entries: &[(&str, &[u8])], link: Option<&str>) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, bytes) in entries {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        if let Some(name) = link {
            zip.add_symlink(name, "/etc/passwd", options).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Gives the second of 2 names of equal length the bytes of the first, in both places where it stands.
    fn renamed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
        assert_eq!(from.len(), to.len());
        let mut bytes = bytes.to_vec();
        for place in 0..bytes.len() - from.len() {
            if &bytes[place..place + from.len()] == from.as_bytes() {
                bytes[place..place + from.len()].copy_from_slice(to.as_bytes());
            }
        }
        bytes
    }

    #[test]
    fn what_is_packed_is_unpacked_and_has_the_same_bytes_each_time() {
        let files = files(&[("b/c.txt", "é"), ("a", ""), ("labels/Zoë.csv", "x\r\n")]);
        let bytes = pack(&files).unwrap();
        assert_eq!(bytes, pack(&files).unwrap());
        assert_eq!(unpack(&bytes).unwrap(), UnpackedFiles { files, damaged: Vec::new() });
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        for (name, why) in [
            ("../x", "leads out"),
            ("a/../../x", "leads out"),
            ("/etc/x", "root of the disk"),
            ("c:/x", "a character"),
            ("a\\x", "a character"),
            ("a\u{1b}x", "a character"),
            ("a//x", "no name"),
            ("./x", "no name"),
        ] {
            let placeholder = "q".repeat(name.len());
            let bytes = renamed(&zip(&[(&placeholder, b"x")], None), &placeholder, name);
            let error = unpack(&bytes).unwrap_err();
            assert!(error.contains(why), "{name}: {error}");
        }
    }

    #[test]
    fn links_twins_bombs_and_crowds_are_refused() {
        assert!(unpack(&zip(&[("a", b"x")], Some("b"))).unwrap_err().contains("`b` in it is a link"));
        let twins = renamed(&zip(&[("aaaa", b"1"), ("bbbb", b"2")], None), "bbbb", "aaaa");
        assert!(unpack(&twins).unwrap_err().contains("twice"));
        assert!(unpack(&zip(&[("a.csv", b"1"), ("A.csv", b"2")], None)).unwrap_err().contains("nearly the same name"));
        const MIB: usize = 1 << 20;
        let (half, whole) = (vec![0; MIB / 2 + 1], vec![0; MIB]);
        let bomb = zip(&[("a", &half), ("b", &half)], None);
        assert!(bomb.len() < MIB / 100 && unpack_within(&bomb, MIB as u64).unwrap_err().contains("more than 1 MiB"));
        assert!(unpack_within(&zip(&[("a", &whole)], None), MIB as u64).is_ok());
        let names: Vec<String> = (0..=MOST_FILES).map(|number| number.to_string()).collect();
        let crowd: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert!(unpack(&zip(&crowd, None)).unwrap_err().contains("2001 files"));
    }

    #[test]
    fn a_damaged_file_is_named_and_a_torn_one_refused() {
        let bytes = zip(&[("a", &[b'x'; 100]), ("b", b"y")], None);
        let data = bytes.windows(4).position(|window| window == b"PK\x03\x04").unwrap() + 31;
        let mut damaged = bytes.clone();
        damaged[data] ^= 0x55;
        let unpacked = unpack(&damaged).unwrap();
        assert!(unpacked.files.contains_key("b") && unpacked.damaged[0].0 == "a", "{unpacked:?}");
        for length in [0, 4, bytes.len() / 2, bytes.len() - 1] {
            assert!(unpack(&bytes[..length]).is_err(), "{length}");
        }
        assert!(unpack(b"id,text\n").unwrap_err().contains("no ZIP"));
    }

    proptest! {
        /// Whatever is changed in a ZIP, it is refused, or read within the limits.
        #[test]
        fn no_change_makes_it_panic(place in 0usize..400, byte: u8, cut in 0usize..400) {
            let mut bytes = pack(&files(&[("a/b.csv", "id\r\n1\r\n"), ("c", "x")])).unwrap();
            let at = place % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len().saturating_sub(cut.saturating_sub(200)));
            if let Ok(unpacked) = unpack(&bytes) {
                prop_assert!(unpacked.files.keys().all(|name| fault_of(name, false).is_none()));
            }
        }
    }
}
