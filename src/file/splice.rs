//! Changes a delimited file in place: rows are added or rewritten, and every other byte stays.

use std::ops::Range;

use crate::file::table::Dialect;

/// The records of a delimited text.
#[derive(Debug)]
pub struct Records {
    /// The text itself.
    pub text: String,
    dialect: Dialect,
    /// The cells of every record that is not blank, the header first.
    pub cells: Vec<Vec<String>>,
    /// The bytes of each record, without its line end.
    ranges: Vec<Range<usize>>,
}

impl Records {
    /// Parses a text that was written in a dialect.
    pub fn of(text: String, dialect: Dialect) -> Records {
        let start = if dialect.byte_order_mark { '\u{feff}'.len_utf8().min(text.len()) } else { 0 };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(dialect.separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(&text.as_bytes()[start..]);
        let mut all: Vec<(usize, Vec<String>)> = Vec::new();
        let mut record = csv::StringRecord::new();
        // Reading cannot fail: the text is valid UTF-8 in memory and rows may have any length.
        while reader.read_record(&mut record).unwrap_or(false) {
            let at = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
            all.push(((start + at).min(text.len()), record.iter().map(str::to_owned).collect()));
        }
        // A record ends where the next one begins, blank or not.
        let ends: Vec<usize> = all.iter().skip(1).map(|(from, _)| *from).chain([text.len()]).collect();
        let (mut cells, mut ranges) = (Vec::new(), Vec::new());
        for ((from, row), to) in all.into_iter().zip(ends) {
            // Readers of tables do not count a row of empty cells as a record either.
            if row.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let written = &text[from..to];
            let bare = written.trim_start_matches(['\r', '\n']);
            let begin = to - bare.len();
            ranges.push(begin..begin + bare.trim_end_matches(['\r', '\n']).len());
            cells.push(row);
        }
        Records { text, dialect, cells, ranges }
    }

    /// The place of a column in the header.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.cells.first()?.iter().position(|cell| cell == name)
    }

    /// A cell by its column. Empty if there is no such cell.
    pub fn cell(&self, record: usize, name: &str) -> &str {
        let row = self.cells.get(record);
        self.column(name).and_then(|column| row?.get(column)).map_or("", String::as_str)
    }

    /// A record as it is written in the text.
    pub fn raw(&self, record: usize) -> &str {
        self.ranges.get(record).map_or("", |range| &self.text[range.clone()])
    }

    /// The text with new cells in one record.
    pub fn with_record(&self, record: usize, cells: &[String]) -> String {
        self.with_raw(record, &line(self.dialect, cells))
    }

    /// The text with new cells in several records.
    pub fn with_records(&self, mut edited: Vec<(usize, Vec<String>)>) -> String {
        edited.sort_by_key(|(record, _)| *record);
        let mut out = String::with_capacity(self.text.len());
        let mut done = 0;
        for (record, cells) in edited {
            // A record that is named twice is edited once.
            let Some(range) = self.ranges.get(record).filter(|range| range.start >= done) else { continue };
            out += &self.text[done..range.start];
            out += &line(self.dialect, &cells);
            done = range.end;
        }
        out + &self.text[done..]
    }

    /// Adds a row at the end, and returns what was added to the text. The cells are in the order of the header.
    pub fn append(&mut self, cells: Vec<String>) -> String {
        let end = if self.dialect.crlf { "\r\n" } else { "\n" };
        let before = if self.text.is_empty() || self.text.ends_with('\n') { "" } else { end };
        let row = line(self.dialect, &cells);
        let start = self.text.len() + before.len();
        let added = format!("{before}{row}{end}");
        self.text += &added;
        self.ranges.push(start..start + row.len());
        self.cells.push(cells);
        added
    }

    /// Takes back what was added last, if the text still ends with it.
    pub fn take_back(&mut self, added: &str) -> bool {
        let end = self.text.len() - if self.text.ends_with(added) { added.len() } else { 0 };
        let is_last = self.ranges.last().is_some_and(|last| last.start >= end);
        if is_last {
            self.text.truncate(end);
            self.ranges.pop();
            self.cells.pop();
        }
        is_last
    }

    /// Rewrites one record in place, as it is to be written.
    pub fn set_raw(&mut self, record: usize, raw: &str, cells: Vec<String>) {
        let Some(range) = self.ranges.get(record).cloned() else { return };
        self.text.replace_range(range.clone(), raw);
        let moved = |place: usize| place - range.len() + raw.len();
        self.ranges[record] = range.start..moved(range.end);
        for later in &mut self.ranges[record + 1..] {
            *later = moved(later.start)..moved(later.end);
        }
        self.cells[record] = cells;
    }

    /// Rewrites the cells of one record in place.
    pub fn set(&mut self, record: usize, cells: Vec<String>) {
        let raw = line(self.dialect, &cells);
        self.set_raw(record, &raw, cells);
    }

    /// The text with one record replaced.
    pub fn with_raw(&self, record: usize, raw: &str) -> String {
        let Some(range) = self.ranges.get(record) else { return self.text.clone() };
        format!("{}{raw}{}", &self.text[..range.start], &self.text[range.end..])
    }

    /// The text without one record and without its line end.
    pub fn without_record(&self, record: usize) -> String {
        let Some(range) = self.ranges.get(record) else { return self.text.clone() };
        let rest = &self.text[range.end..];
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest);
        format!("{}{rest}", &self.text[..range.start])
    }

    /// The text with rows added below, each given as cells in the order of the columns named. Columns that the header
    /// lacks are added at its end, and every row gets an empty cell for each.
    pub fn with_rows(&self, columns: &[&str], rows: &[Vec<String>]) -> String {
        let header = self.cells.first().map_or(&[][..], Vec::as_slice);
        let missing: Vec<&str> =
            columns.iter().copied().filter(|name| !header.iter().any(|cell| cell == name)).collect();
        let end = if self.dialect.crlf { "\r\n" } else { "\n" };
        let separator = char::from(self.dialect.separator);
        let mut out = String::with_capacity(self.text.len());
        let mut done = 0;
        for (place, range) in self.ranges.iter().enumerate() {
            out += &self.text[done..range.end];
            for name in &missing {
                out.push(separator);
                if place == 0 {
                    out += name;
                }
            }
            done = range.end;
        }
        out += &self.text[done..];
        if !rows.is_empty() && !out.is_empty() && !out.ends_with('\n') {
            out += end;
        }
        let names: Vec<&str> = header.iter().map(String::as_str).chain(missing).collect();
        for row in rows {
            let cell = |name: &&str| {
                columns.iter().position(|column| column == name).map_or(String::new(), |place| row[place].clone())
            };
            out += &line(self.dialect, &names.iter().map(cell).collect::<Vec<_>>());
            out += end;
        }
        out
    }
}

/// One record as text, without its line end.
fn line(dialect: Dialect, cells: &[String]) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(dialect.separator).flexible(true).from_writer(Vec::new());
    // Writing to memory cannot fail.
    let written = writer.write_record(cells).ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8_lossy(&written).trim_end_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &str = "id,text\r\na,\"Yes, \"\"no\"\"\"\r\n\r\nb,\"two\r\nlines\"";

    #[test]
    fn rows_are_added_and_nothing_else_changes() {
        let records = Records::of(FILE.to_owned(), Dialect::default());
        let row = vec!["c".to_owned(), "a, b".to_owned(), "no".to_owned()];
        let longer = records.with_rows(&["id", "text", "verified"], &[row]);
        assert_eq!(
            longer,
            "id,text,verified\r\na,\"Yes, \"\"no\"\"\",\r\n\r\nb,\"two\r\nlines\",\r\nc,\"a, b\",no\r\n"
        );
        let same = Records::of(longer.clone(), Dialect::default()).with_rows(&["id", "text", "verified"], &[]);
        assert_eq!(same, longer);
    }

    #[test]
    fn one_record_is_rewritten() {
        let records = Records::of(FILE.to_owned(), Dialect::default());
        let changed = records.with_record(1, &["a".to_owned(), "No; \"maybe\"".to_owned()]);
        assert_eq!(changed, "id,text\r\na,\"No; \"\"maybe\"\"\"\r\n\r\nb,\"two\r\nlines\"");
        let marked = Dialect { byte_order_mark: true, separator: b';', crlf: false };
        let records = Records::of("\u{feff}id;text\nx;y\n".to_owned(), marked);
        assert_eq!(records.column("text"), Some(1));
        assert_eq!(records.with_record(1, &["x".to_owned(), "z;".to_owned()]), "\u{feff}id;text\nx;\"z;\"\n");
    }

    #[test]
    fn changes_in_place_are_those_of_a_new_text() {
        let cells = |row: &[&str]| row.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        for text in [FILE.to_owned(), format!("{FILE}\r\n")] {
            let mut records = Records::of(text.clone(), Dialect::default());
            let added = records.append(cells(&["c", "a, \"b\""]));
            records.set(1, cells(&["a", "x\ny"]));
            records.set_raw(2, "\"b\",", cells(&["b", ""]));
            let again = Records::of(records.text.clone(), Dialect::default());
            assert_eq!((&records.cells, &records.ranges), (&again.cells, &again.ranges));
            assert_eq!(records.raw(2), "\"b\",");
            assert!(records.take_back(&added) && !records.take_back(&added));
            let again = Records::of(records.text.clone(), Dialect::default());
            assert_eq!((&records.cells, &records.ranges), (&again.cells, &again.ranges));
            assert_eq!(records.text.ends_with('\n'), text.ends_with('\n'));
        }
    }

    #[test]
    fn one_record_is_taken_out() {
        let records = Records::of(FILE.to_owned(), Dialect::default());
        assert_eq!(records.without_record(1), "id,text\r\n\r\nb,\"two\r\nlines\"");
        assert_eq!(records.without_record(2), "id,text\r\na,\"Yes, \"\"no\"\"\"\r\n\r\n");
        assert_eq!(records.without_record(3), FILE);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(cells in prop::collection::vec(prop::collection::vec("[a-z,;\" \n\r]{0,8}", 3), 1..6)) {
            let columns = ["a", "b", "c"];
            let text = Records::of("a,b,c\r\n".to_owned(), Dialect::default()).with_rows(&columns, &cells);
            let read = Records::of(text.clone(), Dialect::default());
            // Rows of only empty cells are not records.
            let kept: Vec<&Vec<String>> = cells.iter().filter(|row| row.iter().any(|c| !c.trim().is_empty())).collect();
            prop_assert_eq!(read.cells[1..].iter().collect::<Vec<_>>(), kept.clone());
            for (place, row) in kept.into_iter().enumerate() {
                prop_assert_eq!(&read.with_record(place + 1, row), &text);
            }
        }
    }
}
