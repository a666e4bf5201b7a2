//! How Stance recognises a file that it wrote itself, so that it overwrites nothing else.
//!
//! Nothing is stored beside a file to recognise it. The existing file is compared with what is written:
//!
//! | kind | Stance wrote it if |
//! |---|---|
//! | table | its first line is the same, byte for byte: the same columns, commas, CRLF |
//! | lines of JSON | its first line has the same keys in the same order |
//! | Parquet | polars wrote it, and its columns have the same names in the same order |
//! | Arrow | its first bytes are the same: its columns have the same names, types and order |
//! | SVG | its 2 ids are the fingerprints of its title and its description, as in every picture of Stance |
//! | fragment | it is a figure that begins with such an SVG |
//! | page | its last line is the fingerprint of the rest, as in every page of Stance |
//! | PNG | it has the parts that Stance writes and no others, and the table of the same name beside it is Stance's |
//! | worksheet, file of another tool | never: people fill it in, or go on working in it |
//! | bundle | it is a ZIP whose first file is the methods section, and that has a manifest |
//! | text with tables | it begins with the line that Stance writes first |
//!
//! An empty file has nothing to lose, and may be overwritten whatever its kind.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use crate::file::content::Content;
use crate::words::fingerprint;

/// The file of a bundle that names all others.
const MANIFEST: &[u8] = b"manifest.json";
/// The longest part of an existing file that is read to recognise it, in bytes: 64 MiB.
const MOST: u64 = 64 << 20;

/// What kind of file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputKind {
    /// A CSV with a header of these names.
    Table(Vec<String>),
    /// A JSON object per line, with these keys. Without a row there is no line, so they are not in the content.
    Lines(Vec<String>),
    /// Apache Parquet with these columns.
    Parquet(Vec<String>),
    /// Arrow IPC that begins with these bytes, which name its columns.
    Arrow(Vec<u8>),
    /// A picture as shapes and text.
    Svg,
    /// A picture as pixels.
    Png,
    /// A part of a web page around a picture as shapes and text.
    Fragment,
    /// A page for a browser, or a part of one, with its fingerprint at the end, see [`signed`].
    Page,
    /// A sheet that a person fills in.
    Worksheet,
    /// A file of another tool, in which people may go on working.
    Exchanged,
    /// A ZIP with a study, whose first file has this name.
    Bundle(&'static str),
    /// A text that begins with this line.
    Marked(&'static str),
}

impl OutputKind {
    /// The kind of a table that is in memory: its columns are in its first line.
    pub fn of_table(bytes: &[u8]) -> OutputKind {
        let header = String::from_utf8_lossy(first_line(bytes));
        OutputKind::Table(header.trim_end().split(',').map(str::to_owned).collect())
    }

    /// The name of this kind of file in messages.
    pub fn name(&self) -> &'static str {
        match self {
            OutputKind::Table(_) => "table with these columns",
            OutputKind::Lines(_) => "file of JSON lines with these keys",
            OutputKind::Parquet(_) => "Parquet file with these columns",
            OutputKind::Arrow(_) => "Arrow file with these columns",
            OutputKind::Svg | OutputKind::Png => "picture",
            OutputKind::Fragment => "part of a web page",
            OutputKind::Page => "page",
            OutputKind::Worksheet => "file to fill in",
            OutputKind::Exchanged => "file of another tool",
            OutputKind::Bundle(_) => "bundle",
            OutputKind::Marked(_) => "text with tables",
        }
    }

    /// Whether Stance wrote `old` as an earlier version of such a file, which now gets the content `new`. Only the parts
    /// that show it are read. For a PNG this is only half the answer: the table beside it must be Stance's too.
    pub fn is_earlier(&self, old: impl Read + Seek, new: &[u8]) -> bool {
        // What cannot be read is not recognised.
        self.recognises(Parts(old), new).unwrap_or(false)
    }

    fn recognises(&self, mut old: Parts<impl Read + Seek>, new: &[u8]) -> io::Result<bool> {
        let length = old.0.seek(SeekFrom::End(0))?;
        if length == 0 {
            return Ok(true);
        }
        Ok(match self {
            OutputKind::Table(names) => {
                let header = format!("{}\r\n", names.join(","));
                old.part(0, header.len() as u64)? == header.as_bytes() && old.part(length - 1, 1)? == b"\n"
            }
            OutputKind::Lines(names) => keys(&old.line()?).as_ref() == Some(names),
            OutputKind::Parquet(names) => {
                old.footer(length)?.and_then(|footer| columns(&footer)).as_ref() == Some(names)
            }
            OutputKind::Arrow(start) => old.part(0, start.len() as u64)? == *start,
            OutputKind::Svg | OutputKind::Png | OutputKind::Fragment | OutputKind::Page if length > MOST => false,
            OutputKind::Svg => is_picture(&old.part(0, MOST)?),
            OutputKind::Fragment => is_fragment(&old.part(0, MOST)?),
            OutputKind::Page => is_signed(&old.part(0, MOST)?),
            OutputKind::Png => has_parts(&old.part(0, MOST)?),
            // Written again without a change, it holds no decision.
            OutputKind::Worksheet | OutputKind::Exchanged => {
                old.0.rewind()?;
                Content::read(old.0)? == Content::of(new)
            }
            OutputKind::Bundle(first) => {
                const HEAD: u64 = 30;
                const LIST: u64 = 64 << 10;
                let begin = old.part(0, HEAD + first.len() as u64)?;
                let end = old.part(length.saturating_sub(LIST), LIST)?;
                let listed = end.windows(MANIFEST.len()).any(|part| part == MANIFEST);
                begin.starts_with(b"PK\x03\x04") && begin.ends_with(first.as_bytes()) && listed
            }
            OutputKind::Marked(mark) => old.part(0, mark.len() as u64 + 1)? == format!("{mark}\n").as_bytes(),
        })
    }
}

/// An existing file, from which only parts are read.
struct Parts<R>(R);

impl<R: Read + Seek> Parts<R> {
    fn part(&mut self, from: u64, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.0.seek(SeekFrom::Start(from))?;
        self.0.by_ref().take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The first line with its end.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.0.rewind()?;
        BufReader::new(self.0.by_ref().take(MOST)).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// The footer of a Parquet file, whose length is before the last mark.
    fn footer(&mut self, length: u64) -> io::Result<Option<Vec<u8>>> {
        const MARK: &[u8] = b"PAR1";
        const END: u64 = 8;
        let Some(before) = length.checked_sub(END).filter(|_| length >= END + 4) else { return Ok(None) };
        let (begin, end) = (self.part(0, 4)?, self.part(before, END)?);
        let Some(size) = end.first_chunk().map(|size| u64::from(u32::from_le_bytes(*size))) else { return Ok(None) };
        match before.checked_sub(size) {
            Some(from) if begin == MARK && end.ends_with(MARK) && size <= MOST => Ok(Some(self.part(from, size)?)),
            _ => Ok(None),
        }
    }
}

/// The first line with its end. No name that Stance writes in a header needs quotation marks.
fn first_line(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
    &bytes[..end]
}

/// The keys of a line of JSON, in their order; `None` if it is not an object.
pub fn keys(line: &[u8]) -> Option<Vec<String>> {
    /// An object from which only the keys are read.
    struct Keys(Vec<String>);
    impl<'de> serde::Deserialize<'de> for Keys {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Keys, D::Error> {
            deserializer.deserialize_map(Keys(Vec::new()))
        }
    }
    impl<'de> serde::de::Visitor<'de> for Keys {
        type Value = Keys;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(mut self, mut map: A) -> Result<Keys, A::Error> {
            while let Some((key, _)) = map.next_entry::<String, serde::de::IgnoredAny>()? {
                self.0.push(key);
            }
            Ok(self)
        }
    }
    serde_json::from_slice::<Keys>(line).ok().map(|keys| keys.0)
}

/// The names of a Parquet file's columns, from its footer. `None` for a file of another program.
fn columns(footer: &[u8]) -> Option<Vec<String>> {
    let known_writer = footer.windows(b"Polars".len()).any(|part| part == b"Polars");
    let mut names = known_writer.then(|| names_in(footer)).flatten()?.into_iter();
    // The first name is that of the whole.
    names.next();
    Some(names.collect())
}

/// The names of the elements in a footer, in Thrift's compact form: a version, then the list of elements.
fn names_in(footer: &[u8]) -> Option<Vec<String>> {
    let mut thrift = Thrift(footer);
    thrift.skip_to(2, 0)?;
    let count = thrift.list()?;
    let mut names = Vec::new();
    for _ in 0..count {
        let mut last = 0;
        while let Some((field, kind)) = thrift.field(&mut last)? {
            match (field, kind) {
                (4, 8) => names.push(String::from_utf8_lossy(thrift.bytes()?).into_owned()),
                _ => thrift.skip(kind, 0)?,
            }
        }
    }
    Some(names)
}

/// As much of Thrift's compact form as a footer needs.
struct Thrift<'t>(&'t [u8]);

impl<'t> Thrift<'t> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn bytes(&mut self) -> Option<&'t [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// The number and the kind of the next field. The inner `None` marks the end of a struct.
    fn field(&mut self, last: &mut i64) -> Option<Option<(i64, u8)>> {
        let head = self.byte()?;
        if head == 0 {
            return Some(None);
        }
        *last = match head >> 4 {
            0 => {
                let zigzag = self.number()?;
                i64::try_from(zigzag >> 1).ok()?
            }
            step => last.checked_add(i64::from(step))?,
        };
        Some(Some((*last, head & 0x0f)))
    }

    /// How many elements a list has. Each takes at least one byte, so there are no more than bytes left.
    fn list(&mut self) -> Option<u64> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.number()? } else { u64::from(head >> 4) };
        (count <= self.0.len() as u64).then_some(count)
    }

    fn skip_to(&mut self, wanted: i64, depth: usize) -> Option<()> {
        let mut last = 0;
        while let Some((field, kind)) = self.field(&mut last)? {
            if field == wanted {
                return Some(());
            }
            self.skip(kind, depth)?;
        }
        None
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        const DEEPEST: usize = 16;
        if depth > DEEPEST {
            return None;
        }
        match kind {
            1 | 2 => {}
            3 => drop(self.byte()?),
            4..=6 => drop(self.number()?),
            7 => self.0 = self.0.get(8..)?,
            8 => drop(self.bytes()?),
            9 | 10 => {
                let inner = self.0.first()? & 0x0f;
                for _ in 0..self.list()? {
                    match inner {
                        // In a list, a truth value takes a byte of its own.
                        1 | 2 => drop(self.byte()?),
                        _ => self.skip(inner, depth + 1)?,
                    }
                }
            }
            12 => {
                let mut last = 0;
                while let Some((_, kind)) = self.field(&mut last)? {
                    self.skip(kind, depth + 1)?;
                }
            }
            _ => return None,
        }
        Some(())
    }
}

/// Whether a text is a picture of Stance: its ids are the fingerprints of its title and its description.
fn is_picture(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).ok().and_then(fingerprinted).unwrap_or(false)
}

fn fingerprinted(text: &str) -> Option<bool> {
    let (root, rest) = text.split_once('\n')?;
    let (id, rest) = rest.strip_prefix("<title id=\"title-")?.split_once("\">")?;
    // The text between the marks is escaped, so it contains no mark itself.
    let (title, rest) = rest.split_once("</title>\n<desc id=\"desc-")?;
    let (other, rest) = rest.split_once("\">")?;
    let (description, _) = rest.split_once("</desc>\n")?;
    let [title, description] = [title, description].map(html_escape::decode_html_entities);
    let same = id == other && fingerprint([&*title, &*description].into_iter()) == id;
    let head = format!(" aria-labelledby=\"title-{id} desc-{id}\"");
    let opens = root.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"") && root.contains(&head);
    Some(same && opens && text.ends_with("</svg>\n"))
}

/// Whether a text is a fragment of Stance: a figure that begins with a picture of Stance.
fn is_fragment(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let rest = text.strip_prefix("<figure class=\"stance-chart\" lang=\"").and_then(|rest| rest.split_once(">\n"));
    let picture = rest.and_then(|(_, rest)| rest.split_once("<figcaption>"));
    picture.is_some_and(|(picture, _)| is_picture(picture.as_bytes()) && text.ends_with("</figure>\n"))
}

/// The beginning of the last line of a page.
const SIGNATURE: &str = "<!-- stance ";

/// A page with its fingerprint at the end. A page that a person has changed has another.
pub fn signed(mut page: String) -> String {
    if !page.ends_with('\n') {
        page.push('\n');
    }
    let signature = format!("{SIGNATURE}{} -->\n", fingerprint([page.as_str()].into_iter()));
    page + &signature
}

fn is_signed(bytes: &[u8]) -> bool {
    let Some((page, _)) = std::str::from_utf8(bytes).ok().and_then(|text| text.rsplit_once(SIGNATURE)) else {
        return false;
    };
    signed(page.to_owned()).as_bytes() == bytes
}

/// Whether a PNG has the parts that Stance writes: opaque 8-bit pixels, with or without a table of colours, and their
/// density.
fn has_parts(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") else { return false };
    let mut parts: Vec<(&[u8], &[u8])> = Vec::new();
    while !rest.is_empty() {
        let (Some(length), Some(name)) = (rest.first_chunk::<4>(), rest.get(4..8)) else { return false };
        let Ok(length) = usize::try_from(u32::from_be_bytes(*length)) else { return false };
        let Some(after) = length.checked_add(12).filter(|after| *after <= rest.len()) else { return false };
        parts.push((name, &rest[8..8 + length]));
        rest = &rest[after..];
    }
    let names: Vec<&[u8]> = parts.iter().map(|(name, _)| *name).collect();
    let [(b"IHDR", head), .., (b"IEND", _)] = parts.as_slice() else { return false };
    let middle = &names[1..names.len() - 1];
    // 8 bits, red green blue or places in a table of colours, no interlacing.
    let pixels = match head.get(8..) {
        Some([8, 2, 0, 0, 0]) => 1,
        Some([8, 3, 0, 0, 0]) if middle.get(1) == Some(&&b"PLTE"[..]) => 2,
        _ => return false,
    };
    middle.first() == Some(&&b"pHYs"[..])
        && middle.len() > pixels
        && middle[pixels..].iter().all(|name| *name == b"IDAT")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_footer_cannot_announce_more_than_it_has() {
        // A list that announces 2^62 truth values and has none.
        let footer = [&[0x19, 0xf1][..], &[0xff; 8], &[0x3f]].concat();
        assert_eq!(names_in(&footer), None);
        // A list of 2 truth values, then the list of elements, with one element.
        let footer = [0x19, 0x21, 1, 2, 0x19, 0x1c, 0x48, 1, b'a', 0];
        assert_eq!(names_in(&footer).as_deref(), Some(&["a".to_owned()][..]));
    }

    proptest! {
        /// Reading ends, whatever is there: the bytes that open lists and structs are more frequent than others.
        #[test]
        fn no_footer_makes_it_loop(footer in proptest::collection::vec(
            prop_oneof![proptest::sample::select(&[0x19, 0xf1, 0xfc, 0xf9, 0x1c, 0x2c, 0xff, 0x7f, 0x00][..]), any::<u8>()],
            0..200,
        )) {
            let file = [b"PAR1", &footer[..], b"Polars", &(footer.len() as u32 + 6).to_le_bytes(), b"PAR1"].concat();
            let names = names_in(&footer).unwrap_or_default();
            prop_assert!(names.len() <= footer.len());
            prop_assert!(!OutputKind::Parquet(Vec::new()).is_earlier(Cursor::new(file), b"") || names.len() <= 1);
        }
    }

    #[test]
    fn a_table_is_known_by_its_header_alone() {
        let new = b"id,text\r\na,b\r\n";
        let table = OutputKind::of_table(new);
        assert!(table.is_earlier(Cursor::new(b"id,text\r\nother,rows\r\n"), new));
        assert!(table.is_earlier(Cursor::new(b""), new));
        for old in [&b"id,text,mine\r\na,b,c\r\n"[..], b"id,text\na,b\n", b"id;text\r\n", b"\xef\xbb\xbfid,text\r\n"] {
            assert!(!table.is_earlier(Cursor::new(old), new));
        }
        assert!(!OutputKind::Worksheet.is_earlier(Cursor::new(b"id,text\r\n"), new));
    }

    #[test]
    fn lines_are_known_by_their_keys() {
        let new = b"{\"id\":\"a\",\"n\":1}\n";
        let lines = OutputKind::Lines(["id", "n"].map(str::to_owned).to_vec());
        assert!(lines.is_earlier(Cursor::new(b"{\"id\":\"b\",\"n\":null}\n{}\n"), new));
        assert!(!lines.is_earlier(Cursor::new(b"{\"n\":1,\"id\":\"b\"}\n"), new));
        assert!(!lines.is_earlier(Cursor::new(b"id,n\n"), new));
        assert!(
            lines.is_earlier(Cursor::new(b"{\"id\":\"b\",\"n\":null}\n"), b""),
            "without a row, no line is written"
        );
    }

    #[test]
    fn the_committed_pictures_are_known_and_others_are_not() {
        let charts = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("charts/ukraine-2025");
        for name in ["shift", "timeline-donald-trump", "german/speakers"] {
            let read = |ending: &str| std::fs::read(charts.join(format!("{name}.{ending}"))).unwrap();
            assert!(
                OutputKind::Svg.is_earlier(Cursor::new(&read("svg")), b"")
                    && OutputKind::Png.is_earlier(Cursor::new(&read("png")), b""),
                "{name}"
            );
            let text = String::from_utf8(read("svg")).unwrap();
            assert!(
                !OutputKind::Svg.is_earlier(Cursor::new(text.replacen("</title>", "!</title>", 1).as_bytes()), b"")
            );
        }
        assert!(!OutputKind::Svg.is_earlier(Cursor::new(b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n"), b""));
        assert!(!OutputKind::Png.is_earlier(Cursor::new(b"\x89PNG\r\n\x1a\n"), b""));
    }

    /// A file larger than the memory: its length is given, and what is read of it is counted.
    struct Huge(u64, std::rc::Rc<std::cell::Cell<u64>>);

    impl Read for Huge {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            to.fill(b'x');
            self.1.set(self.1.get() + to.len() as u64);
            Ok(to.len())
        }
    }

    impl Seek for Huge {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0 = match to {
                SeekFrom::End(_) => 1 << 40,
                SeekFrom::Start(place) => place,
                SeekFrom::Current(_) => self.0,
            };
            Ok(self.0)
        }
    }

    #[test]
    fn a_huge_file_is_not_read_whole() {
        let names = || vec!["id".to_owned()];
        for kind in
            [OutputKind::Table(names()), OutputKind::Lines(names()), OutputKind::Parquet(names()), OutputKind::Svg]
        {
            let read = std::rc::Rc::default();
            assert!(!kind.is_earlier(Huge(0, std::rc::Rc::clone(&read)), b""));
            assert!(read.get() <= 2 * MOST, "{kind:?} reads {}", read.get());
        }
    }
}
