//! Files packed as a ZIP: written with nothing in it that depends on the machine or the day, and read without trust.
//!
//! A ZIP may come from anyone. Refused are: a name that leads out of the folder, a link, a name that occurs twice, more
//! files than a corpus has, and more bytes than fit. Nothing is written to the disk here.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use unicode_normalization::UnicodeNormalization;
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
/// [`Error::Request`] if they could not be read again: there are too many, a name is none that every system takes, or 2 names
/// differ only in case.
pub fn pack(files: &Files) -> Result<Vec<u8>> {
    let bytes: u64 = files.values().map(|bytes| bytes.len() as u64).sum();
    if files.len() > MOST_FILES || bytes > MOST_UNPACKED {
        let what = format!("a bundle has at most {MOST_FILES} files and {} MiB", MOST_UNPACKED >> 20);
        return Err(Error::request(what, "make a smaller corpus: `stance label` exports a selection of statements"));
    }
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for name in files.keys() {
        if let Some(fault) = fault_of(name, false) {
            let what = format!("`{name}` cannot be in a bundle: its name {fault}");
            return Err(Error::request(what, "give the file another name, or move it out of the corpus"));
        }
        if let Some(other) = seen.insert(folded(name), name) {
            let what =
                format!("`{other}` and `{name}` cannot both be in a bundle: some systems take them for one name");
            return Err(Error::request(what, "give one another name, or move it out of the corpus"));
        }
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
        let (method, header) = (entry.compression(), entry.header_start());
        // As it is written, before it is decoded: older programs write names in the letters of DOS.
        let raw_name = entry.name_raw().to_vec();
        drop(entry);
        if let Some(fault) = fault_of(&name, folder) {
            return Err(format!("the name `{name}` in it {fault}"));
        }
        // Some programs go by the name before the file, and not by the one in the directory at the end.
        if local_name(bytes, header) != Some(&raw_name[..]) {
            return Err(format!("`{name}` in it has another name before its bytes than in the directory of the ZIP"));
        }
        if link {
            return Err(format!("`{name}` in it is a link"));
        }
        if locked {
            return Err(format!("`{name}` in it is protected with a password"));
        }
        if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) {
            let what = format!("`{name}` in it is packed by {}, and Stance reads only", method_in_words(method));
            return Err(format!("{what} what is stored or deflated, as `stance bundle` and most programs pack"));
        }
        if let Some(other) = seen.insert(folded(&name), name.clone()) {
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

/// A name as file systems may take it: some have A and a for one name, or é as one letter and as two.
fn folded(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

/// The name that stands before the bytes of a file.
fn local_name(bytes: &[u8], header: u64) -> Option<&[u8]> {
    const MARK: &[u8] = b"PK\x03\x04";
    const LENGTH: usize = 26;
    const NAME: usize = 30;
    let header = bytes.get(usize::try_from(header).ok()?..)?;
    let length = u16::from_le_bytes(header.get(LENGTH..LENGTH + 2)?.try_into().ok()?);
    header.starts_with(MARK).then(|| header.get(NAME..NAME + usize::from(length))).flatten()
}

/// A method of packing, as its number in a ZIP and as people call it.
fn method_in_words(method: CompressionMethod) -> String {
    #[allow(deprecated, reason = "the number of a method that cannot be read has no other way out")]
    let number = method.to_u16();
    let known = match number {
        1 => "shrinking",
        2..=5 => "reducing",
        6 | 10 => "imploding",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "xz",
        98 => "PPMd",
        _ => return format!("an unknown method ({number})"),
    };
    format!("{known} (method {number})")
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

    /// Whatever a bundle is written with can be read again.
    #[test]
    fn what_could_not_be_unpacked_is_not_packed() {
        for names in [&["corpus/notes: a.txt"][..], &["corpus/README.md", "corpus/Readme.md"], &["../a"], &[""]] {
            let files: Files = names.iter().map(|name| ((*name).to_owned(), b"x".to_vec())).collect();
            assert!(pack(&files).is_err(), "{names:?}");
        }
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

    /// The file of somebody who packs by other means is not called damaged.
    #[test]
    fn other_ways_of_packing_are_named() {
        for (method, words) in
            [(12_u8, "bzip2 (method 12)"), (93, "Zstandard"), (14, "LZMA"), (77, "unknown method (77)")]
        {
            let mut bytes = zip(&[("a.csv", b"x")], None);
            let local = bytes.windows(4).position(|window| window == b"PK\x03\x04").unwrap();
            let central = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
            (bytes[local + 8], bytes[central + 10]) = (method, method);
            let error = unpack(&bytes).unwrap_err();
            assert!(error.contains(words) && error.contains("stored or deflated"), "{method}: {error}");
        }
    }

    /// The number of files in a ZIP has 16 bits, or 64 in another record. What it says need not be so.
    #[test]
    fn very_many_files_and_wrong_numbers_of_files_are_refused() {
        for count in [65_535_usize, 65_536, 65_537] {
            let names: Vec<String> = (0..count).map(|number| number.to_string()).collect();
            let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
            let error = unpack(&zip(&many, None)).unwrap_err();
            assert!(error.contains("more than 2000 files"), "{count}: {error}");
        }
        let bytes = zip(&[("a", b"1"), ("b", b"2"), ("c", b"3")], None);
        let end = bytes.windows(4).rposition(|window| window == b"PK\x05\x06").unwrap();
        for count in [0_u16, 1, 2, 4, 100, 1_999, 2_001, 65_534] {
            let mut wrong = bytes.clone();
            for place in [end + 8, end + 10] {
                wrong[place..place + 2].copy_from_slice(&count.to_le_bytes());
            }
            // What is not announced is not read, and then the manifest misses it.
            let read = unpack(&wrong);
            let fewer = |read: &UnpackedFiles| count < 3 && read.files.len() == usize::from(count);
            assert!(read.as_ref().map_or(true, fewer), "{count}: {read:?}");
        }
    }

    /// 2 entries that share their bytes, and an entry whose bytes follow another name.
    #[test]
    fn entries_that_overlap_or_have_2_names_are_refused() {
        let bytes = zip(&[("aaaa", b"1"), ("bbbb", b"2")], None);
        let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
        let mut shared = bytes.clone();
        let first: [u8; 4] = shared[places[0] + 42..places[0] + 46].try_into().unwrap();
        shared[places[1] + 42..places[1] + 46].copy_from_slice(&first);
        let error = unpack(&shared).unwrap_err();
        assert!(error.contains("another name"), "{error}");
        let mut hidden = bytes.clone();
        let local = hidden.windows(4).position(|window| window == b"aaaa").unwrap();
        hidden[local..local + 4].copy_from_slice(b"../x");
        let error = unpack(&hidden).unwrap_err();
        assert!(error.contains("`aaaa` in it has another name"), "{error}");
        let twins = zip(&[("caf\u{e9}.csv", b"1"), ("cafe\u{301}.csv", b"2")], None);
        assert!(unpack(&twins).unwrap_err().contains("nearly the same name"));
        // A size that is not so is no way around the limit.
        let mut small = zip(&[("a", &vec![0; 3 << 20])], None);
        let central = small.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        small[central + 24..central + 28].copy_from_slice(&1_u32.to_le_bytes());
        let read = unpack_within(&small, 1 << 20);
        assert!(read.is_err() || read.unwrap().files.values().all(|bytes| bytes.len() <= 1 << 20));
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
