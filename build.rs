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
    let root = Path::new(&root);
    for source in SOURCES {
        // cargo builds again and again if a file that it is to watch is missing.
        if root.join(source).exists() {
            println!("cargo::rerun-if-changed={source}");
        }
        // A packaged crate has a manifest that cargo wrote, and the original beside it.
        let original = format!("{source}.orig");
        let from = if root.join(&original).is_file() { original.as_str() } else { source };
        add(root, source, from, &mut files)?;
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
/// `from` is where it is, if that is another name. What editors keep beside a file is no source.
fn add(root: &Path, name: &str, from: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let path = root.join(from);
    if path.is_dir() {
        for entry in fs::read_dir(&path)? {
            let file = entry?.file_name().to_string_lossy().into_owned();
            if !file.starts_with('.') && !file.ends_with('~') {
                let name = format!("{name}/{file}");
                add(root, &name, &name, files)?;
            }
        }
    } else if path.is_file() {
        // Some checkouts change the ends of lines.
        files.insert(name.to_owned(), fs::read(&path)?.into_iter().filter(|byte| *byte != b'\r').collect());
    }
    Ok(())
}
