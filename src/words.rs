//! How dates, counts, names and quotations are written and compared, and how any text may be shown.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// A day as people write it: `8 July 2025`.
pub fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// Two days, with what they share written once: `8 July and 1 August 2025`.
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

/// A share in whole percent. 0 and 100 are printed only if they are exact.
pub fn percent(share: f64) -> String {
    let whole = (100.0 * share).round();
    let whole = if share > 0.0 && share < 1.0 { whole.clamp(1.0, 99.0) } else { whole };
    format!("{whole} %")
}

/// A p with 2 significant figures.
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

/// The level of a test: as it was given if it has few digits, otherwise with 2 significant figures.
pub fn alpha(alpha: f64) -> String {
    const MOST: f64 = 10_000.0;
    let short = (alpha * MOST).round() / MOST;
    if (short - alpha).abs() < 1e-12 {
        return short.to_string();
    }
    let (mut decimals, mut left) = (2, alpha * 10.0);
    while left < 1.0 && decimals < 12 {
        (decimals, left) = (decimals + 1, left * 10.0);
    }
    format!("{alpha:.decimals$}").trim_end_matches('0').to_owned()
}

/// A value between levels, with its sign.
pub fn level(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { "0.0".to_owned() } else { format!("{rounded:+.1}") }
}

/// A text on one line. It is cut after a word if it has more than `most` characters.
pub fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

/// A quotation between quotation marks, or a paraphrase marked as one. It is cut as in [`shortened`].
pub fn quoted(text: &str, indirect: bool, most: usize) -> String {
    let text = shortened(text, most);
    if indirect { format!("{text} (paraphrase)") } else { format!("“{text}”") }
}

/// A hash that the same bytes always have, and other bytes hardly ever: FNV-1a. It distinguishes versions, but does
/// not protect against forgery.
pub fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The SHA-256 of some bytes in hexadecimal digits, as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// 8 hexadecimal digits that change with the texts.
pub fn fingerprint<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let hash = hash(texts.flat_map(|text| text.bytes().chain([0])));
    format!("{:08x}", (hash >> 32) as u32 ^ hash as u32)
}

/// Names as a list for people. A very long list is cut, with the total.
pub fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    const MOST: usize = 50;
    let count = names.len();
    let list = names.take(MOST).collect::<Vec<_>>().join(", ");
    if count > MOST { format!("{list}, … ({count} in all)") } else { list }
}

/// The candidate most like `name`, if one is similar enough.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.8;
    candidates
        .map(|candidate| (strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// `did you mean …?` with the candidate most like `name`. `None` if none is similar enough.
pub fn did_you_mean<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(meant)
}

/// `did you mean …?` with a name that may be meant.
pub fn meant(name: &str) -> String {
    format!("did you mean `{name}`?")
}

/// A hint, with `did you mean …?` before it if a candidate is like `name`.
pub fn guess_before<'a>(hint: &str, name: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    did_you_mean(name, candidates).map_or(hint.to_owned(), |guess| format!("{guess} {hint}"))
}

/// A text that is safe to show on a terminal. Line breaks and tabs stay. Characters that would act on the terminal,
/// or on the order in which a reader sees the letters, are written out as `\u{202e}`.
///
/// Those characters are: control characters (also ESC, and a carriage return without a line feed), marks that turn
/// the direction of writing, characters without width, line and paragraph separators, and tags. A joiner (U+200C,
/// U+200D) stays if spelling needs it: after a letter of a script that joins letters, such as Arabic, Persian or
/// Hindi, and between pictures that form one. There it changes the form of a letter and hides nothing.
///
/// Text from a file or a page passes through here, or through [`printable_line`], on its way to a terminal. Exports
/// (CSV, JSON) do not: they stay byte for byte.
pub fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, |c| matches!(c, '\n' | '\t'))
}

/// As [`printable`], for text on one line: line breaks and tabs are written out too.
pub fn printable_line(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false)
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(|c| acts(c) && !stays(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (c, shown) in with_visibility(text.chars(), stays) {
        if shown {
            out.push(c);
        } else {
            out.extend(c.escape_default());
        }
    }
    Cow::Owned(out)
}

/// Each character, and whether it may be shown as it is.
fn with_visibility(
    text: impl Iterator<Item = char>,
    stays: impl Fn(char) -> bool,
) -> impl Iterator<Item = (char, bool)> {
    let (mut text, mut before) = (text.peekable(), None);
    std::iter::from_fn(move || {
        let c = text.next()?;
        let next = text.peek().copied();
        let shown = !acts(c)
            || stays(c)
            || (c == '\r' && next == Some('\n') && stays('\n'))
            || (matches!(c, '\u{200c}' | '\u{200d}') && joins(before, c, next));
        before = Some(c);
        Some((c, shown))
    })
}

/// Whether a character acts on a terminal or a reader instead of being seen.
fn acts(c: char) -> bool {
    c.is_control() || turns(c) || is_unseen(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character turns the direction of writing.
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// Whether a character has no width and no letter.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{180e}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Whether spelling needs a joiner: see [`printable`].
fn joins(before: Option<char>, joiner: char, next: Option<char>) -> bool {
    let joined = |c: char| {
        matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{18af}')
            || matches!(c, '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
    };
    let picture = |c: char| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}');
    let pictures = joiner == '\u{200d}' && before.is_some_and(picture) && next.is_some_and(picture);
    before.is_some_and(joined) || pictures
}

/// A text on one line without the characters that act on a terminal or a reader. For a title or a publisher from a
/// page, which lose nothing without them.
pub fn plain(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c });
    let seen: String = with_visibility(spaced, |_| false).filter(|(_, shown)| *shown).map(|(c, _)| c).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name in the form in which names are compared: composed letters (Unicode NFC), one space for each run of white
/// space, and no characters without width. `Zoë` typed in two ways is one name, and so is a name with a no-break
/// space in it.
pub fn name(written: &str) -> String {
    let plain = written.is_ascii() && !written.contains("  ") && !written.contains(|c: char| c.is_control());
    if plain && written.trim().len() == written.len() {
        return written.to_owned();
    }
    let letters: String = with_visibility(written.nfc(), |c| c.is_whitespace() || c.is_control())
        .filter(|(_, shown)| *shown)
        .map(|(c, _)| c)
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell says that there is no value, in one of the ways of spreadsheets, R and pandas.
pub fn is_missing(cell: &str) -> bool {
    const WORDS: [&str; 16] = [
        "na",
        "n/a",
        "nan",
        "null",
        "#n/a",
        "n.a.",
        "<na>",
        "nil",
        "k. a.",
        "k.a.",
        "keine angabe",
        "н/д",
        "b/d",
        "none",
        "missing",
        "not available",
    ];
    let cell = cell.trim();
    cell.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | '.')) || WORDS.contains(&cell.to_lowercase().as_str())
}

/// The mark that makes a spreadsheet run a cell as a formula, if the cell begins with one: `=`, `+`, `-`, `@`, a tab
/// or a carriage return. A number with its sign, such as `-5 %`, is not a formula.
pub fn formula_mark(cell: &str) -> Option<char> {
    let mark = cell.chars().next().filter(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r'))?;
    let rest = &cell[mark.len_utf8()..];
    let number = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '…'));
    let is_number = is_number && !goes_on(&rest[number.len()..]);
    (!matches!(mark, '+' | '-') || !is_number).then_some(mark)
}

/// Whether what stands behind a number makes a formula of it: an operator, as in `-1 +2`, a call, or another program.
fn goes_on(behind: &str) -> bool {
    let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || c == '%');
    let calls = behind.match_indices('(').any(|(at, _)| behind[..at].ends_with(char::is_alphanumeric));
    behind.starts_with(['+', '-', '*', '/', '^', '&', '<', '>', '=', ':', '|']) || behind.contains('|') || calls
}

/// Where the part of a text begins that no spreadsheet runs: after the marks at its beginning, and the white space
/// among them.
pub fn after_formula_marks(text: &str) -> usize {
    let mut rest = text.trim_start();
    while let Some(mark) = formula_mark(rest) {
        rest = rest[mark.len_utf8()..].trim_start();
    }
    text.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_keeps_the_digits_that_tell_it_from_another() {
        let written = [0.05, 0.05 / 3.0, 0.05 / 30.0, 0.05 / 1_000.0, 0.001, 0.000_012_3].map(alpha);
        assert_eq!(written, ["0.05", "0.017", "0.0017", "0.00005", "0.001", "0.000012"]);
    }

    #[test]
    fn what_acts_on_a_terminal_is_written_out() {
        assert_eq!(printable("a\x1b[2K\rb\nc\td\r\ne"), "a\\u{1b}[2K\\rb\nc\td\r\ne");
        assert_eq!(printable_line("a\nb\u{9b}m\u{7f}"), "a\\nb\\u{9b}m\\u{7f}");
        for c in
            "\u{202a}\u{202e}\u{2066}\u{2069}\u{200e}\u{200f}\u{61c}\u{200b}\u{200d}\u{2060}\u{feff}\u{2028}\u{2029}"
                .chars()
        {
            let text = format!("a{c}b");
            assert_eq!(printable(&text), format!("a{}b", c.escape_default()));
            assert_eq!(plain(&text).replace(' ', ""), "ab");
        }
        assert!(matches!(printable("Zoë “Kraft”\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn joiners_stay_if_spelling_needs_them() {
        for text in ["می\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}🌾"] {
            assert_eq!((&*printable(text), plain(text).as_str()), (text, text));
        }
        assert_eq!(name("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn one_name_in_several_spellings_is_one() {
        for written in
            ["Zoë Kraft", "Zoe\u{308} Kraft", "Zoë\u{a0}Kraft", " Zoë \u{2009} Kraft", "Zoë\u{200b} Kraft\u{feff}"]
        {
            assert_eq!(name(written), "Zoë Kraft");
        }
        assert_eq!(name("Ada  Holm"), "Ada Holm");
        assert_ne!(name("ada Holm"), "Ada Holm");
    }

    #[test]
    fn formulas_are_not_numbers() {
        for cell in [
            "=1+1",
            "@SUM(A1)",
            "+1+cmd|' /C calc'!A0",
            "-2+3",
            "\t=1",
            "- no",
            "-1 +cmd|' /C calc'!A0",
            "+1 % *A1",
            "-1 HYPERLINK(\"x\")",
        ] {
            assert!(formula_mark(cell).is_some(), "{cell}");
            assert_eq!(formula_mark(&cell[after_formula_marks(cell)..]), None, "{cell}");
        }
        for cell in ["", "-5 per cent", "-5 per cent (net)", "+3.5%", "a=b", "– no"] {
            assert_eq!((formula_mark(cell), after_formula_marks(cell)), (None, 0), "{cell}");
        }
    }
}
