//! Names the build: a hash of all that the program is made of. The same sources give the same name on any machine, with a
//! git repository or without, and a change that was not committed gives another.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs, io};

use sha2::{Digest, Sha256};

/// What the program is made of. Two of the documents are texts that it prints.
const SOURCES: [&str; 5] = ["src", "docs/methods.md", "docs/simulation.md", "Cargo.toml", "Cargo.lock"];
/// How many hexadecimal digits the name has: 48 bits.
const DIGITS: usize = 12;

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut files = BTreeMap::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        add(Path::new(&root), source, &mut files)?;
    }
    let mut hash = Sha256::new();
    for (name, bytes) in files {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(&bytes);
    }
    let name: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=STANCE_BUILD={}", &name[..DIGITS]);
    Ok(())
}

/// Adds a file, or all files of a folder, by their names below the root. What is not there is left out.
fn add(root: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let path = root.join(name);
    if path.is_dir() {
        for entry in fs::read_dir(&path)? {
            add(root, &format!("{name}/{}", entry?.file_name().to_string_lossy()), files)?;
        }
    } else if path.is_file() {
        // Some checkouts change the ends of lines.
        files.insert(name.to_owned(), fs::read(&path)?.into_iter().filter(|byte| *byte != b'\r').collect());
    }
    Ok(())
}
