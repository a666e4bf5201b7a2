//! The desk: pages on which people code, settle, review, write rules and see what follows. This part makes them from
//! data. Whoever serves them is outside.
//!
//! [`queue`] says which statement comes next, [`backlog`] what is missing, [`confirmed`] which answers another program has
//! dropped since, [`coding`] what a coder has answered and how to undo it, [`disputes`] what has to be settled,
//! [`trial`] what other rules would change. [`pages`] are the rooms. Each can be used without the script, as far as
//! forms go: `desk.js` presses their buttons by keys, and puts what comes back into the page.

pub mod words;
pub mod queue;
pub mod backlog;
pub mod confirmed;
pub mod coding;
pub mod disputes;
pub mod trial;
pub mod search;
pub mod pages;

/// The style of the desk, beside that of every page.
pub const STYLE: &str = include_str!("desk.css");
/// The script of the desk.
pub const SCRIPT: &str = include_str!("desk.js");

/// A small corpus for the tests of this room: two speakers on trams and fares.
#[cfg(test)]
mod sample {
    use std::fs;

    use tempfile::TempDir;

    use crate::corpus::Corpus;

    /// Its codebook, with two issues.
    pub const CODEBOOK: &str = r#"
title = "Trams"
low = "Fewer"
high = "More"
[[issue]]
id = "tram"
name = "Tram"
question = "More trams?"
level = [{ position = 1, words = "More", definition = "x" }, { position = -1, words = "Fewer", definition = "x" }]
[[issue]]
id = "fares"
name = "Fares"
question = "Lower fares?"
level = [{ position = 1, words = "Lower", definition = "x" }, { position = -1, words = "Higher", definition = "x" }]
"#;

    /// A corpus of these files and the codebook. It lasts as long as its folder.
    pub fn corpus(files: &[(&str, &str)]) -> (TempDir, Corpus) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("labels")).unwrap();
        for (name, text) in [("codebook.toml", CODEBOOK)].iter().chain(files) {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let corpus = Corpus::load(folder.path()).unwrap();
        (folder, corpus)
    }
}
