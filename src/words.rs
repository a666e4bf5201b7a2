//! How dates, counts and quotations are written in sentences.

use chrono::{Datelike, NaiveDate};

/// A day as a reader writes it: `8 July 2025`.
pub fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// Two days, what they share said once: `8 July and 1 August 2025`.
pub fn days(from: NaiveDate, to: NaiveDate, between: &str) -> String {
    let from = match (from.year() == to.year(), from.month() == to.month()) {
        (true, true) => from.format("%-d").to_string(),
        (true, false) => from.format("%-d %B").to_string(),
        _ => day(from),
    };
    format!("{from} {between} {}", day(to))
}

/// A count with its noun: `1 day`, `2 days`.
pub fn many(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// A share in whole percent; never 0 or 100 where it is not.
pub fn percent(share: f64) -> String {
    let whole = (100.0 * share).round();
    let whole = if share > 0.0 && share < 1.0 { whole.clamp(1.0, 99.0) } else { whole };
    format!("{whole} %")
}

/// A p with two figures that count.
pub fn p(p: f64) -> String {
    if p >= 0.1 {
        format!("{p:.2}")
    } else if p >= 0.01 {
        format!("{p:.3}")
    } else if p >= 0.000_1 {
        format!("{p:.4}")
    } else {
        "below 0.0001".to_owned()
    }
}

/// A value between levels, with its sign.
pub fn level(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { "0.0".to_owned() } else { format!("{rounded:+.1}") }
}

/// A text on one line, cut after a word where it has more than so many characters.
pub fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

/// A quotation between quotation marks, a paraphrase marked as one; cut as in [`shortened`].
pub fn quoted(text: &str, indirect: bool, most: usize) -> String {
    let text = shortened(text, most);
    if indirect { format!("{text} (paraphrase)") } else { format!("“{text}”") }
}

/// A number that bytes always give, and other bytes hardly ever: FNV-1a. It tells versions apart and
/// keeps nobody from forging one.
pub fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Eight hexadecimal digits that change with the texts.
pub fn fingerprint<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let hash = hash(texts.flat_map(|text| text.bytes().chain([0])));
    format!("{:08x}", (hash >> 32) as u32 ^ hash as u32)
}

/// The candidate most like `name`, if one is alike enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.8;
    candidates
        .map(|candidate| (strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// `did you mean …?` with the candidate most like `name`; `None` if none is alike enough.
pub fn did_you_mean<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|meant| format!("did you mean `{meant}`?"))
}
