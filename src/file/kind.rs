//! How Stance recognises a file that it wrote itself, so that it overwrites nothing else.
//!
//! Nothing is stored beside a file to recognise it. The existing file is compared with what is written:
//!
//! | kind | Stance wrote it if |
//! |---|---|
//! | table | its first line is the same, byte for byte: the same columns, commas, CRLF |
//! | lines of JSON | its first line has the same keys in the same order |
//! | Parquet | polars wrote it, and its columns have the same names in the same order |
//! | SVG | its 2 ids are the fingerprints of its title and its description, as in every picture of Stance |
//! | PNG | it has the parts that Stance writes and no others, and the table of the same name beside it is Stance's |
//! | worksheet | never: it is made for people to fill in |
//!
//! An empty file has nothing to lose, and may be overwritten whatever its kind.

use crate::words::fingerprint;

/// What kind of file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputKind {
    /// A CSV with a header of these names.
    Table(Vec<String>),
    /// A JSON object per line, with these keys. Without a row there is no line, so they are not in the content.
    Lines(Vec<String>),
    /// Apache Parquet with these columns.
    Parquet(Vec<String>),
    /// A picture as shapes and text.
    Svg,
    /// A picture as pixels.
    Png,
    /// A CSV that a person fills in.
    Worksheet,
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
            OutputKind::Svg | OutputKind::Png => "picture",
            OutputKind::Worksheet => "file to fill in",
        }
    }

    /// Whether Stance wrote `old` as an earlier version of such a file, which now gets the content `new`. For a PNG this is only half the answer: the table
    /// beside it must be Stance's too.
    pub fn is_earlier(&self, old: &[u8], new: &[u8]) -> bool {
        match self {
            _ if old.is_empty() => true,
            OutputKind::Table(names) => {
                let header = format!("{}\r\n", names.join(","));
                old.ends_with(b"\n") && first_line(old) == header.as_bytes()
            }
            OutputKind::Lines(names) => keys(old).as_ref() == Some(names),
            OutputKind::Parquet(names) => columns(old).as_ref() == Some(names),
            OutputKind::Svg => is_picture(old),
            OutputKind::Png => has_parts(old),
            // Written again without a change, it holds no decision.
            OutputKind::Worksheet => old == new,
        }
    }
}

/// The first line with its end. No name that Stance writes in a header needs quotation marks.
fn first_line(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
    &bytes[..end]
}

/// The keys of the first line of JSON.
fn keys(bytes: &[u8]) -> Option<Vec<String>> {
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
    serde_json::from_slice::<Keys>(first_line(bytes)).ok().map(|keys| keys.0)
}

/// The names of a Parquet file's columns, from its footer. `None` for a file of another program.
fn columns(bytes: &[u8]) -> Option<Vec<String>> {
    const MAGIC: &[u8] = b"PAR1";
    let body = bytes.strip_prefix(MAGIC)?.strip_suffix(MAGIC)?;
    let (rest, length) = body.split_at_checked(body.len().checked_sub(4)?)?;
    let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
    let footer = &rest[rest.len().checked_sub(length)?..];
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
    let head = format!("role=\"img\" aria-labelledby=\"title-{id} desc-{id}\"");
    let opens = root.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"") && root.contains(&head);
    Some(same && opens && text.ends_with("</svg>\n"))
}

/// Whether a PNG has the parts that Stance writes: opaque 8-bit pixels and their density.
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
    // 8 bits, red green blue, no interlacing.
    head.get(8..) == Some(&[8, 2, 0, 0, 0])
        && middle.first() == Some(&&b"pHYs"[..])
        && middle.len() > 1
        && middle[1..].iter().all(|name| *name == b"IDAT")
}

#[cfg(test)]
mod tests {
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
            let names = columns(&file).unwrap_or_default();
            prop_assert!(names.len() <= footer.len() + 6);
        }
    }

    #[test]
    fn a_table_is_known_by_its_header_alone() {
        let new = b"id,text\r\na,b\r\n";
        let table = OutputKind::of_table(new);
        assert!(table.is_earlier(b"id,text\r\nother,rows\r\n", new));
        assert!(table.is_earlier(b"", new));
        for old in [&b"id,text,mine\r\na,b,c\r\n"[..], b"id,text\na,b\n", b"id;text\r\n", b"\xef\xbb\xbfid,text\r\n"] {
            assert!(!table.is_earlier(old, new));
        }
        assert!(!OutputKind::Worksheet.is_earlier(b"id,text\r\n", new));
    }

    #[test]
    fn lines_are_known_by_their_keys() {
        let new = b"{\"id\":\"a\",\"n\":1}\n";
        let lines = OutputKind::Lines(["id", "n"].map(str::to_owned).to_vec());
        assert!(lines.is_earlier(b"{\"id\":\"b\",\"n\":null}\n{}\n", new));
        assert!(!lines.is_earlier(b"{\"n\":1,\"id\":\"b\"}\n", new));
        assert!(!lines.is_earlier(b"id,n\n", new));
        assert!(lines.is_earlier(b"{\"id\":\"b\",\"n\":null}\n", b""), "without a row, no line is written");
    }

    #[test]
    fn the_committed_pictures_are_known_and_others_are_not() {
        let charts = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("charts/ukraine-2025");
        for name in ["shift", "timeline-donald-trump", "german/speakers"] {
            let read = |ending: &str| std::fs::read(charts.join(format!("{name}.{ending}"))).unwrap();
            assert!(
                OutputKind::Svg.is_earlier(&read("svg"), b"") && OutputKind::Png.is_earlier(&read("png"), b""),
                "{name}"
            );
            let text = String::from_utf8(read("svg")).unwrap();
            assert!(!OutputKind::Svg.is_earlier(text.replacen("</title>", "!</title>", 1).as_bytes(), b""));
        }
        assert!(!OutputKind::Svg.is_earlier(b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n", b""));
        assert!(!OutputKind::Png.is_earlier(b"\x89PNG\r\n\x1a\n", b""));
    }
}
