//! What is taken off a cell, and what a spreadsheet or a wrong encoding has done to one.

use encoding_rs::WINDOWS_1252;
use unicode_normalization::char::is_combining_mark;

/// Pairs of quotation marks around a whole quotation.
const PAIRS: [(char, char); 12] = [
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('”', '”'),
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
    ('‘', '’'),
    ('‚', '‘'),
    ('「', '」'),
    ('"', '"'),
    ('\'', '\''),
];

/// A quotation without the quotation marks around it, if nothing is outside of them and they are one pair. They come
/// back on charts.
pub fn without_outer_marks(text: &str) -> Option<&str> {
    let text = text.trim();
    PAIRS.iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(*open)?.strip_suffix(*close)?;
        if is_one_pair_with_others(inside, *open, *close) {
            return Some(inside.trim());
        }
        let apostrophe = matches!(close, '\'' | '’' | '‘');
        let mut others = inside.match_indices([*open, *close]);
        let one_pair = others.all(|(at, mark)| {
            // An apostrophe stands between letters, or ends a word before another: don't, the speakers' list.
            let before = inside[..at].chars().next_back().is_some_and(char::is_alphabetic);
            let after = inside[at + mark.len()..].chars().next();
            apostrophe
                && mark != open.to_string().as_str().replace('\'', "")
                && before
                && after.is_some_and(|c| c.is_alphabetic())
        });
        (one_pair && inside.chars().any(char::is_alphanumeric)).then(|| inside.trim())
    })
}

/// Whether marks within a quotation open and close again before its end: `said “no” and “yes”`. Straight marks open
/// behind a space. Apostrophes are no marks of this kind.
fn is_one_pair_with_others(inside: &str, open: char, close: char) -> bool {
    if matches!(close, '\'' | '’' | '‘') || (open == close && open != '"') || !inside.contains([open, close]) {
        return false;
    }
    let mut depth = 0;
    let mut before = ' ';
    for c in inside.chars() {
        let opens = if open == close { c == open && (before.is_whitespace() || before == '(') } else { c == open };
        if opens {
            depth += 1;
        } else if c == close {
            depth -= 1;
        }
        if depth < 0 {
            return false;
        }
        before = c;
    }
    depth == 0 && inside.chars().any(char::is_alphanumeric)
}

/// What has happened to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// A spreadsheet could not calculate it.
    ErrorCell,
    /// A spreadsheet has rounded a long number.
    Rounded,
    /// Its letters were read in a wrong encoding.
    Mojibake,
}

impl Damage {
    /// What is wrong, as what a cell is or has, and how to fix it.
    pub fn in_words(self) -> (&'static str, &'static str) {
        match self {
            Damage::ErrorCell => ("is an error of a spreadsheet", "fix the formula in the sheet, or type the value"),
            Damage::Rounded => (
                "is a long number that a spreadsheet has rounded",
                "take the column again from where it comes from, and format it as text before you paste it",
            ),
            Damage::Mojibake => (
                "has letters that were read in a wrong encoding",
                "open the original again, and choose UTF-8 as its encoding",
            ),
        }
    }
}

/// The errors that spreadsheets show in cells.
const ERRORS: [&str; 11] =
    ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#ERROR!", "#SPILL!", "#CALC!", "#BEZUG!"];

/// What has happened to a cell, if anything shows it.
pub fn damage(cell: &str) -> Option<Damage> {
    if cell.starts_with('#') && (ERRORS.contains(&cell) || cell.starts_with("#NV") || cell.starts_with("Err:5")) {
        return Some(Damage::ErrorCell);
    }
    if is_scientific(cell) {
        return Some(Damage::Rounded);
    }
    is_mojibake(cell).then_some(Damage::Mojibake)
}

/// A number such as `1.20454E+18`.
fn is_scientific(cell: &str) -> bool {
    let Some((number, power)) = cell.split_once(['E', 'e']).filter(|_| cell.len() <= 24) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    digits(whole) && whole.len() == 1 && digits(fraction) && power.strip_prefix('+').is_some_and(digits)
}

/// How many characters of a text stand where no writer puts them: a sign within a word, or a capital behind a small
/// letter that is none of a camel's hump. A wrong encoding makes many of them.
pub fn strange_letters(text: &str) -> usize {
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    let mut count = 0;
    while let Some(c) = letters.next() {
        let after = letters.peek().copied().unwrap_or(' ');
        if !c.is_ascii() && before.is_alphabetic() {
            let sign = !c.is_alphanumeric() && after.is_alphabetic() && is_no_joint(c);
            let capital = c.is_uppercase() && before.is_lowercase();
            count += usize::from(sign || capital);
        }
        before = c;
    }
    count
}

/// Whether a sign does not join parts of words, as apostrophes, hyphens, dashes and accents do.
fn is_no_joint(c: char) -> bool {
    !matches!(c, '’' | '‘' | 'ʼ' | '\u{2010}'..='\u{2015}' | '·' | '…' | '\u{ad}' | '−') && !is_unseen(c)
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace() || is_combining_mark(c) || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Whether a sign that no word has stands within one: `Mš§ig`, `Pr‡sident`.
fn has_sign_in_word(text: &str) -> bool {
    const SIGNS: [char; 11] = ['§', '‡', '†', '‰', '¶', '¸', '¢', '¤', '‹', '›', 'Ÿ'];
    if !text.contains(SIGNS) {
        return false;
    }
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|three| {
        let within = three[0].is_alphabetic() && three[2].is_alphabetic();
        within && SIGNS.contains(&three[1]) && (three[1] != 'Ÿ' || three[0].is_lowercase())
    })
}

/// Whether a text has letters such as `Ã©`, which are the bytes of UTF-8 read as Windows-1252.
fn is_mojibake(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    if text.contains('\u{fffd}') || has_sign_in_word(text) {
        return true;
    }
    // Of the letters with which a character of 2 or 3 bytes can begin, these are the likely ones.
    let begins = |c: char| matches!(c, 'Ã' | 'Â' | 'â' | 'Ð' | 'Ñ' | 'Ä' | 'Å');
    text.match_indices(begins).any(|(at, _)| {
        let run: String = text[at..].chars().take_while(|c| !c.is_ascii()).take(3).collect();
        let lengths = (2..=run.chars().count()).rev();
        let mut parts = lengths.filter_map(|count| {
            let part: String = run.chars().take(count).collect();
            let (bytes, _, unmappable) = WINDOWS_1252.encode(&part);
            (!unmappable).then(|| bytes.into_owned())
        });
        // One character, and one of those that Western and Cyrillic texts have.
        parts.any(|bytes| {
            std::str::from_utf8(&bytes).is_ok_and(|read| {
                read.chars().count() == 1 && read.chars().all(|c| c.is_alphabetic() || "“”‘’–—…«»„‚ €§°".contains(c))
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pair_of_outer_marks_is_taken_off() {
        for (text, inside) in [
            ("“We build it.”", "We build it."),
            ("\"We build it.\"", "We build it."),
            ("„Wir bauen.“", "Wir bauen."),
            ("« Nous construisons. »", "Nous construisons."),
            ("»Wir bauen.«", "Wir bauen."),
            ("‘We don’t build it.’", "We don’t build it."),
            ("'We don't build it.'", "We don't build it."),
            ("“My mother said: “first things first”.”", "My mother said: “first things first”."),
            ("“He said “no””", "He said “no”"),
            ("\"She said: \"wait\".\"", "She said: \"wait\"."),
            ("«Він сказав «ні»»", "Він сказав «ні»"),
        ] {
            assert_eq!(without_outer_marks(text), Some(inside), "{text}");
        }
        for text in [
            "“Yes,” he said, “no.”",
            "\"Yes\" and \"no\"",
            "We build.",
            "“We build",
            "\"\"",
            "“”",
            "He said “no”",
            "'a' or 'b'",
            "\"",
        ] {
            assert_eq!(without_outer_marks(text), None, "{text}");
        }
    }

    #[test]
    fn damage_is_seen_and_sound_cells_are_not_suspected() {
        for (cell, what) in [
            ("#REF!", Damage::ErrorCell),
            ("#N/A", Damage::ErrorCell),
            ("1.20454E+18", Damage::Rounded),
            ("1,2E+17", Damage::Rounded),
            ("Itâ€™s late", Damage::Mojibake),
            ("MÃ¼ller", Damage::Mojibake),
            ("caf\u{fffd}", Damage::Mojibake),
            ("ÐšÐ¸Ñ—Ð²", Damage::Mojibake),
            ("Jšrg MŸ§ig", Damage::Mojibake),
            ("Pr‡sident", Damage::Mojibake),
        ] {
            assert_eq!(damage(cell), Some(what), "{cell}");
        }
        for cell in [
            "#tram",
            "E+18",
            "Ãlvaro",
            "Âge",
            "été",
            "château",
            "Ångström",
            "São Paulo",
            "§12",
            "l’État",
            "Šiša",
            "1E5",
            "Київ",
            "# 1",
        ] {
            assert_eq!(damage(cell), None, "{cell}");
        }
    }
}
