//! Bytes to text: UTF-8, UTF-16, Windows-1252 and similar encodings. Anything else is a fault.

use std::fmt;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Why a file cannot be read as a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub what: String,
    /// How to fix it.
    pub hint: String,
    /// The byte of the file at which it is wrong, from 0; `None` if it is the whole file.
    pub offset: Option<usize>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  hint: {}", self.what, self.hint)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// Builds a fault about a whole file.
    pub fn new(what: impl Into<String>, hint: impl Into<String>) -> Fault {
        Fault { what: what.into(), hint: hint.into(), offset: None }
    }

    /// Builds a fault about a byte of a file, from 0.
    pub fn at(offset: usize, what: impl Into<String>, hint: impl Into<String>) -> Fault {
        Fault { offset: Some(offset), ..Fault::new(what, hint) }
    }
}

/// The first bytes of files that are not text, what the files are, and how to get text out of them.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF", "save the article's text, or convert it with `pdftotext`"),
    (
        b"PK\x03\x04",
        "a ZIP archive or an office document (docx, odt, epub)",
        "unpack it, or save the document as plain text",
    ),
    (b"\xD0\xCF\x11\xE0", "an office document", "save it as plain text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\x89PNG", "a PNG picture", "give the article's text"),
    (b"\xFF\xD8\xFF", "a JPEG picture", "give the article's text"),
    (b"GIF8", "a GIF picture", "give the article's text"),
    (b"RIFF", "a sound, film or picture", "give the article's text"),
    (b"\x1F\x8B", "a gzip archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xFD7zXZ", "an xz archive", "unpack it first"),
    (b"7z\xBC\xAF", "a 7z archive", "unpack it first"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive", "unpack it first"),
    (b"bplist", "a web archive", "save the page as HTML"),
    (b"SQLite format 3\0", "a database", "give the article's text"),
    (b"\x7FELF", "a program", "give the article's text"),
];

const AS_UTF8: &str = "save it as plain text in UTF-8";

/// Encodings of Latin letters. Any other declared encoding is not trusted if a text is nearly all ASCII.
const LATIN: &[&str] = &[
    "windows-1252",
    "windows-1250",
    "windows-1254",
    "windows-1257",
    "ISO-8859-2",
    "ISO-8859-4",
    "ISO-8859-10",
    "ISO-8859-13",
];

/// How much of a file, in bytes, is checked for the pattern of UTF-16.
const LOOKED_AT: usize = 4096;

/// Reads bytes as text. `declared` is the encoding that the file itself names, as HTML does. It only
/// counts if the bytes are not UTF-8. A byte order mark is not part of the text.
///
/// A fault says what the file is instead, or at which byte it is damaged.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<String, Fault> {
    if bytes.is_empty() {
        return Err(Fault::new("the file is empty", "give a file with the text of an article"));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes, mark);
    }
    if let Some((_, what, hint)) = SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature)) {
        return Err(Fault::new(format!("the file is {what}, not a text"), *hint));
    }
    if let Some(encoding) = utf16(bytes) {
        return decode_as(encoding, bytes, 0);
    }
    if let Some(nul) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Fault::at(nul, format!("the file is not a text: byte {nul} is NUL"), AS_UTF8));
    }
    let broken = match std::str::from_utf8(bytes) {
        Ok(text) => return not_blank(text.to_owned()),
        Err(error) => error.valid_up_to(),
    };
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        return decode_as(encoding, bytes, 0);
    }
    if is_mostly_utf8(bytes) {
        let what = format!("the file is UTF-8 except for byte {broken}, which is 0x{:02X}", bytes[broken]);
        return Err(Fault::at(broken, what, "save it again in UTF-8: the file was cut or joined badly"));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let guess = if guess.is_single_byte() && (LATIN.contains(&guess.name()) || is_mostly_high(bytes)) {
        guess
    } else {
        WINDOWS_1252
    };
    decode_as(guess, bytes, 0).map_err(|fault| Fault {
        what: format!("the encoding is unknown: byte {broken} is not UTF-8, and {}", fault.what),
        hint: AS_UTF8.to_owned(),
        offset: Some(broken),
    })
}

/// Reads bytes in one encoding, after a byte order mark of the given length.
fn decode_as(encoding: &'static Encoding, bytes: &[u8], mark: usize) -> Result<String, Fault> {
    let decoded = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
    // Windows-1252 has no character for 5 of the bytes. The decoder turns them into control characters.
    let text = decoded.filter(|text| !text.contains(is_forbidden));
    match text {
        Some(text) => not_blank(text.into_owned()),
        None => {
            let at = mark + first_fault(encoding, &bytes[mark..]);
            let byte = bytes.get(at).copied().unwrap_or_default();
            let what = format!("byte {at}, 0x{byte:02X}, is not text in {}", encoding.name());
            Err(Fault::at(at, what, AS_UTF8))
        }
    }
}

/// Whether a character shows that bytes were not text: a control character that no editor writes.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0' | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}')
}

/// The first byte that is not text in an encoding.
fn first_fault(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let unit = if encoding == UTF_16LE || encoding == UTF_16BE { 2 } else { 1 };
    let mut out = String::with_capacity(64);
    for (i, part) in bytes.chunks(unit).enumerate() {
        out.clear();
        let last = (i + 1) * unit >= bytes.len();
        let (result, read) = decoder.decode_to_string_without_replacement(part, &mut out, last);
        if let DecoderResult::Malformed(length, after) = result {
            // The decoder may notice it only at the next character.
            return (i * unit + read).saturating_sub(usize::from(length) + usize::from(after));
        }
        if out.contains(is_forbidden) {
            return i * unit;
        }
    }
    bytes.len().saturating_sub(1)
}

/// UTF-16 without a byte order mark: every other byte is often NUL, and the bytes between never are.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let looked = &bytes[..bytes.len().min(LOOKED_AT)];
    if bytes.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let nuls = |odd: usize| looked.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let often = looked.len() / 20;
    match (nuls(0), nuls(1)) {
        (0, high) if high > often => Some(UTF_16LE),
        (high, 0) if high > often => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes that are not UTF-8 nearly are: most bytes that are not ASCII form characters.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// Whether a quarter of the bytes is not ASCII, as in scripts that are not Latin.
fn is_mostly_high(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| !byte.is_ascii()).count() > bytes.len() / 4
}

fn not_blank(text: String) -> Result<String, Fault> {
    if text.trim().is_empty() {
        return Err(Fault::new("the file has nothing but white space", "give a file with the text of an article"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“The tram is late,” said Ada Holm – Київ.";

    fn utf16_of(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn texts_are_read_in_the_usual_encodings() {
        assert_eq!(decode(TEXT.as_bytes(), None).unwrap(), TEXT);
        assert_eq!(decode(&[b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), None).unwrap(), TEXT);
        for little in [true, false] {
            let mark: &[u8] = if little { b"\xFF\xFE" } else { b"\xFE\xFF" };
            assert_eq!(decode(&[mark, &utf16_of(TEXT, little)].concat(), None).unwrap(), TEXT);
            assert_eq!(decode(&utf16_of(TEXT, little), None).unwrap(), TEXT);
        }
    }

    #[test]
    fn windows_1252_is_recognised() {
        for text in ["“The tram is late,” said Ada Holm.", "It’s late – Renée Holm", "a “b” c", "£5 for a café"]
        {
            let (bytes, _, _) = WINDOWS_1252.encode(text);
            assert_eq!(decode(&bytes, None).unwrap(), text);
        }
    }

    #[test]
    fn the_encoding_that_a_page_names_counts() {
        let (bytes, encoding, _) = encoding_rs::WINDOWS_1251.encode("Ада Гольм сказала");
        assert_eq!(decode(&bytes, Some(encoding.name())).unwrap(), "Ада Гольм сказала");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for (bytes, what) in [
            (&b""[..], "is empty"),
            (b" \n\t ", "white space"),
            (b"%PDF-1.7 ...", "a PDF"),
            (b"PK\x03\x04\x14\x00", "docx"),
            (b"\x89PNG\r\n", "PNG"),
            (b"The tram\0 is late", "byte 8 is NUL"),
            (b"\xFF\xFE\x00\xD8\x41\x00", "byte 2"),
            ("Київ is late \u{e9}".as_bytes().split_last().unwrap().1, "byte 17"),
            (b"The tram \x9d\x81 is late \x81", "byte 9"),
        ] {
            let fault = decode(bytes, None).unwrap_err();
            assert!(fault.what.contains(what), "{}", fault.what);
        }
    }
}
