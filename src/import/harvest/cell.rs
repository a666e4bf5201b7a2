//! Cells as they go into the corpus: texts, names of coders, ids, and the words of fixed columns.

use std::borrow::Cow;

use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::import::clean;
use crate::words;

/// A cell with composed letters and without the wrapping that keeps a number from being one: `="0012"`.
pub fn cleaned(cell: &str) -> Cow<'_, str> {
    let cell = cell
        .strip_prefix("=\"")
        .and_then(|inside| inside.strip_suffix('"'))
        .filter(|inside| !inside.contains('"'))
        .unwrap_or(cell);
    // The apostrophe before a cell that a spreadsheet would run, as in what `--for-spreadsheet` writes.
    let cell = cell.strip_prefix('\'').filter(|rest| words::formula_mark(rest.trim_start()).is_some()).unwrap_or(cell);
    if is_nfc(cell) { Cow::Borrowed(cell) } else { Cow::Owned(cell.nfc().collect()) }
}

/// A quotation as it goes into the corpus.
pub fn quotation(cell: &str) -> Cow<'_, str> {
    match clean::without_outer_marks(cell) {
        Some(inside) if is_nfc(inside) => Cow::Borrowed(inside),
        Some(inside) => Cow::Owned(inside.nfc().collect()),
        None => cleaned(cell),
    }
}

/// The name of a coder as the name of a file.
pub fn coder_name(written: &str) -> String {
    let plain: String = words::plain(written)
        .chars()
        .map(|c| if c.is_alphanumeric() || " -_.".contains(c) { c } else { '-' })
        .collect();
    let plain = plain.trim_matches(['.', ' ']).to_owned();
    if plain.is_empty() { "me".to_owned() } else { plain }
}

/// An id that the same statement always gets: the speaker's last name, the day, and a hash of speaker, day and words.
pub fn made_id(speaker: &str, date: Option<NaiveDate>, text: &str) -> String {
    let last: String = speaker
        .rsplit(' ')
        .next()
        .unwrap_or(speaker)
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(20)
        .collect();
    let last = if last.is_empty() { "speaker".to_owned() } else { last };
    let date = date.map_or_else(String::new, |date| date.to_string());
    let hash = words::fingerprint([speaker, date.as_str(), words::name(text).as_str()].into_iter());
    format!("{last}-{date}-{hash}")
}
