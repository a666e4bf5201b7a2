//! Cells of columns with a few fixed answers: whether words are direct, whether a row is verified.

use crate::words;

/// The word of the corpus for a cell of the column `kind` or `verified`. An empty cell stays empty.
pub fn word_of(column: &str, cell: &str) -> Option<&'static str> {
    let cell = cell.to_lowercase();
    if words::is_missing(&cell) {
        return Some("");
    }
    let has = |names: &[&str]| names.contains(&cell.as_str());
    if column == "kind" {
        return if has(&[
            "direct",
            "quote",
            "quotation",
            "direct quote",
            "verbatim",
            "direkt",
            "zitat",
            "wörtlich",
            "directe",
            "directa",
            "пряма",
            "прямая",
        ]) {
            Some("direct")
        } else if has(&[
            "indirect",
            "paraphrase",
            "reported",
            "indirect quote",
            "indirekt",
            "paraphrasiert",
            "indirecte",
            "indirecta",
            "непряма",
            "косвенная",
        ]) {
            Some("indirect")
        } else {
            None
        };
    }
    if has(&[
        "yes", "true", "1", "y", "x", "✓", "✔", "☑", "checked", "ja", "wahr", "oui", "vrai", "sí", "si", "так", "да",
        "tak", "verified",
    ]) {
        Some("yes")
    } else if has(&["no", "false", "0", "n", "unchecked", "nein", "falsch", "non", "faux", "ні", "нет", "nie"]) {
        Some("no")
    } else if has(&["rejected"]) {
        Some("rejected")
    } else {
        None
    }
}

/// Whether a cell of the column `kind` can be about nothing but words: `quote`, `paraphrase`.
pub fn names_words(cell: &str) -> bool {
    const STEMS: [&str; 6] = ["quot", "paraphras", "verbatim", "zitat", "wörtlich", "reported"];
    let cell = cell.to_lowercase();
    STEMS.iter().any(|stem| cell.contains(stem))
}
