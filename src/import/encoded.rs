//! Bytes as text, with what a reader should know about their encoding.

use std::path::Path;

use encoding_rs::{
    Encoding, ISO_8859_2, KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    WINDOWS_1254, WINDOWS_1257,
};

use crate::error::{Error, Problem, Result};
use crate::extract::page::encoding;
use crate::import::clean::strange_letters;

/// The encodings that are named in a note, as people know them.
const KNOWN: [(&Encoding, &str); 11] = [
    (WINDOWS_1252, "Windows-1252 (Western)"),
    (WINDOWS_1250, "Windows-1250 (Central European)"),
    (WINDOWS_1251, "Windows-1251 (Cyrillic)"),
    (WINDOWS_1254, "Windows-1254 (Turkish)"),
    (WINDOWS_1257, "Windows-1257 (Baltic)"),
    (WINDOWS_1253, "Windows-1253 (Greek)"),
    (ISO_8859_2, "ISO 8859-2 (Central European)"),
    (KOI8_U, "KOI8-U (Cyrillic)"),
    (KOI8_R, "KOI8-R (Cyrillic)"),
    (SHIFT_JIS, "Shift JIS (Japanese)"),
    (MACINTOSH, "Mac Roman, as old programs for the Mac write it"),
];

/// How to have letters that nobody has to guess.
const HINT: &str = "save it as CSV in UTF-8 (in a spreadsheet: \"CSV UTF-8\"), or give the workbook itself";

/// Bytes as text, with a note if they are not UTF-8.
///
/// # Errors
/// [`Error::Invalid`] if they are no text.
pub fn decoded(path: &Path, bytes: &[u8]) -> Result<(String, Vec<String>)> {
    let read = match encoding::decode(bytes, None) {
        Ok(text) => Ok(of_a_mac(bytes, &text).unwrap_or(text)),
        // Mac Roman has letters where Windows-1252 has nothing.
        Err(fault) => of_a_mac_alone(bytes).ok_or(fault),
    };
    let text = read.map_err(|fault| Error::Invalid(vec![Problem::fault(path, None, fault.what, HINT)]))?;
    let plain = text.as_bytes() == bytes || bytes.starts_with(b"\xEF\xBB\xBF");
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let notes = match (plain, wide) {
        (true, _) => Vec::new(),
        (_, true) => vec!["it was read as UTF-16".to_owned()],
        _ => vec![note(bytes, &text)],
    };
    Ok((text, notes))
}

/// Names the encoding that was taken, and shows a word with other than plain letters, so that a person can judge it.
fn note(bytes: &[u8], text: &str) -> String {
    let is_it = |(encoding, _): &&(&'static Encoding, &str)| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some_and(|read| read == text)
    };
    let name = KNOWN.iter().find(is_it).map_or("UTF-16", |(_, name)| name);
    let words = text.split(|c: char| !c.is_alphanumeric() && c.is_ascii());
    let mut shown = words.filter(|word| !word.is_ascii() && word.chars().any(char::is_alphabetic));
    let shown = shown.next().map_or(String::new(), |word| format!("; look whether `{word}` is right"));
    format!("it is not UTF-8; its letters were read in an older encoding: {name}{shown}")
}

/// The text in Mac Roman, if the text in the guessed encoding has signs and capitals within words, and that has not.
fn of_a_mac(bytes: &[u8], guessed: &str) -> Option<String> {
    const FEWEST: usize = 2;
    // Only the encodings of Latin letters are guessed where nothing fits better.
    let western = [WINDOWS_1252, WINDOWS_1250, WINDOWS_1254, WINDOWS_1257, ISO_8859_2];
    let is_guess = |encoding: &&'static Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some_and(|read| read == guessed)
    };
    if guessed.as_bytes() == bytes || bytes.starts_with(b"\xEF\xBB\xBF") || !western.iter().any(is_guess) {
        return None;
    }
    let mac = MACINTOSH.decode_without_bom_handling(bytes).0;
    let (as_guessed, as_mac) = (strange_letters(guessed), strange_letters(&mac));
    (as_guessed >= FEWEST && as_mac * 4 <= as_guessed).then(|| mac.into_owned())
}

/// The text in Mac Roman, if it has hardly a sign or a capital within words, and was no text in the guessed encoding.
fn of_a_mac_alone(bytes: &[u8]) -> Option<String> {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let controls = bytes.iter().any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace());
    if controls
        || high == 0
        || high * 4 > bytes.len()
        || bytes.starts_with(b"\xFF\xFE")
        || bytes.starts_with(b"\xFE\xFF")
    {
        return None;
    }
    // What is nearly UTF-8 is a damaged file.
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let mac = MACINTOSH.decode_without_bom_handling(bytes).0.into_owned();
    let letters = mac.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    (bad > good && letters * 2 > high && strange_letters(&mac) * 10 <= high).then_some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(encoding: &'static Encoding, text: &str) -> (String, Vec<String>) {
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable, "{text}");
        decoded(Path::new("a.csv"), &bytes).unwrap()
    }

    /// The bytes of a text in Mac Roman, which is only read and never written.
    fn mac(text: &str) -> Vec<u8> {
        let one = |c: char| {
            let is = |byte: &u8| MACINTOSH.decode_without_bom_handling(&[*byte]).0.chars().eq([c]);
            (0..=u8::MAX).find(is).unwrap_or_else(|| panic!("{c}"))
        };
        text.chars().map(one).collect()
    }

    #[test]
    fn the_encoding_that_was_taken_is_named() {
        let text = "Wer;Was\nMüller;Größere Straßen für alle\nGrün;„Schöne“ Häuser\n";
        let (found, notes) = read(WINDOWS_1252, text);
        assert_eq!(found, text);
        assert!(notes[0].contains("Windows-1252") && notes[0].contains("`Müller`"), "{notes:?}");
        assert_eq!(decoded(Path::new("a.csv"), text.as_bytes()).unwrap(), (text.to_owned(), Vec::new()));
    }

    #[test]
    fn old_files_of_a_mac_are_read() {
        for text in [
            "Wer;Was\nMüller;Größere Straßen für alle\nGrün;„Schöne“ Häuser\n",
            "Qui;Quoi\nHélène Lefèvre;Nous avons décidé d’être prêts, ça suffit à Orléans\n",
            "Quién;Qué\nÁngel Núñez;Más niños en las próximas líneas del tranvía\n",
        ] {
            let (found, notes) = decoded(Path::new("a.csv"), &mac(text)).unwrap();
            assert_eq!(found, text);
            assert!(notes[0].contains("Mac Roman"), "{notes:?}");
        }
    }

    #[test]
    fn western_and_central_european_texts_are_no_files_of_a_mac() {
        for text in ["Élan à l’Été: €5 für Café, naïve œuvre\n", "Señor Ñandú dijo «¿qué?» – así fue\n"]
        {
            assert_eq!(read(WINDOWS_1252, text).0, text);
        }
        let text = "Kdo;Co\nŠárka Černá;Příliš žluťoučký kůň úpěl ďábelské ódy a ještě něco dalšího\n";
        assert_eq!(read(WINDOWS_1250, text).0, text);
    }
}
