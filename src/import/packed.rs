//! Packed files (ZIP): their names, how much they unpack to, and one file of them. A small file can unpack to any
//! size, so all of it is unpacked once without keeping anything: the sizes that it names may be false.

use std::io::{self, Cursor, Read};

/// The most that a file may unpack to, in bytes: 1 GiB.
const MOST_UNPACKED: u64 = 1 << 30;
/// Any file may unpack to this: 64 MiB.
const ALWAYS_UNPACKED: u64 = 64 << 20;
/// How many times its own size a larger file may unpack to. Workbooks unpack to 4 to 20 times their size; a file of a few
/// MiB that unpacks to hundreds of times as much would take minutes and gigabytes to read.
const MOST_TIMES: u64 = 50;
/// What a packed file begins with.
pub const ZIP_SIGNATURE: &[u8] = b"PK\x03\x04";
/// What is wrong with a file that has a password.
pub const PROTECTED: &str = "the file is protected with a password";

/// The names of the files in a packed file, after it was found to unpack to a bearable size.
///
/// # Errors
/// What is wrong with it.
pub fn names(bytes: &[u8]) -> Result<Vec<String>, String> {
    let cannot = |error: &dyn std::fmt::Display| match error.to_string() {
        text if text.to_lowercase().contains("password") => PROTECTED.to_owned(),
        text => format!("the file cannot be unpacked: {text}"),
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| cannot(&error))?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let most = (bytes.len() as u64).saturating_mul(MOST_TIMES).clamp(ALWAYS_UNPACKED, MOST_UNPACKED);
    let mut left = most;
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|error| cannot(&error))?;
        let read = io::copy(&mut file.take(left + 1), &mut io::sink()).map_err(|error| cannot(&error))?;
        left = left.checked_sub(read).ok_or_else(|| {
            format!(
                "the file unpacks to more than {} MiB, the most that Stance reads from a file of its size",
                most >> 20
            )
        })?;
    }
    Ok(names)
}

/// One file of a packed file. `None` if there is none, or if it cannot be unpacked.
pub fn file(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut unpacked = Vec::new();
    archive.by_name(name).ok()?.take(MOST_UNPACKED).read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}
