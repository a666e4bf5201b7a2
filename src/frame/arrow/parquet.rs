//! Parquet files, row group by row group and within them a few rows at a time.
//!
//! The file is read in pieces and not mapped into memory, so that a file that shrinks while it is read is a fault and
//! not the end of the program.

use std::cell::Cell;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Once;

use polars::prelude::{PolarsResult, polars_bail};
use polars_arrow::array::Array;
use polars_arrow::datatypes::{ArrowSchema, Field};
use polars_buffer::Buffer;
use polars_parquet::parquet::page::CompressedPage;
use polars_parquet::read::{
    BasicDecompressor, ColumnChunkMetadata, FileMetadata, Filter, PageReader, column_iter_to_arrays, infer_schema,
    read_metadata,
};

use crate::error::{Error, Result};
use crate::frame::arrow::{ArrowRows, MOST_ROWS, damaged};

/// The most values of a page of lists.
const MOST_NESTED: usize = 1 << 28;

/// The largest page of a column, in bytes, once it is unpacked.
const LARGEST_PAGE: usize = 1 << 30;

/// How many rows are unpacked at a time. A page has to be unpacked from its beginning, so fewer would take longer.
const UNPACKED: usize = 4 * MOST_ROWS;

/// A Parquet file that is being read.
pub struct ParquetRows<R> {
    path: PathBuf,
    from: R,
    about: FileMetadata,
    schema: ArrowSchema,
    /// The columns that are read, in the order of the file.
    fields: Vec<Field>,
    group: usize,
    /// The packed bytes of the columns of the row group, each of its parts.
    bytes: Vec<Vec<Buffer<u8>>>,
    /// The rows of the row group that were given.
    given: usize,
    /// Some of its rows, unpacked.
    unpacked: Vec<Box<dyn Array>>,
    /// The first of these, and the one after the last.
    within: Range<usize>,
    before: usize,
}

impl<R: Read + Seek> ParquetRows<R> {
    /// Reads what is in the file.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is not a Parquet file.
    pub fn open(path: &Path, mut from: R) -> Result<ParquetRows<R>> {
        let not_whole = |why: String| damaged(path, "Parquet file", why);
        let about = decoded(|| read_metadata(&mut from)).map_err(not_whole)?;
        let schema = decoded(|| infer_schema(&about)).map_err(not_whole)?;
        let fields = schema.iter_values().cloned().collect();
        let (path, bytes) = (path.to_owned(), Vec::new());
        Ok(ParquetRows {
            path,
            from,
            about,
            schema,
            fields,
            group: 0,
            bytes,
            given: 0,
            unpacked: Vec::new(),
            within: 0..0,
            before: 0,
        })
    }

    /// The names of all columns.
    pub fn names(&self) -> Vec<String> {
        self.schema.iter_values().map(|field| field.name.to_string()).collect()
    }

    /// Reads only these columns, by name, from now on. Their order stays that of the file.
    pub fn keep(&mut self, wanted: impl Fn(&str) -> bool) {
        self.fields.retain(|field| wanted(&field.name));
    }

    /// The next rows; `None` after the last.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the file is damaged, [`Error::Read`] if the system refuses.
    pub fn rows(&mut self) -> Result<Option<ArrowRows>> {
        loop {
            let Some(group) = self.about.row_groups.get(self.group) else { return Ok(None) };
            let rows = group.num_rows();
            if self.given < rows {
                break;
            }
            (self.group, self.given, self.within) = (self.group + 1, 0, 0..0);
            self.unpacked.clear();
            self.bytes.clear();
        }
        if self.bytes.is_empty() {
            self.fetch()?;
        }
        if !self.within.contains(&self.given) {
            self.unpack()?;
        }
        let count = MOST_ROWS.min(self.within.end - self.given);
        let from = self.given - self.within.start;
        let arrays = self.unpacked.iter().map(|array| array.sliced(from, count)).collect();
        let read = ArrowRows { before: self.before, count, arrays };
        self.given += count;
        self.before += count;
        Ok(Some(read))
    }

    /// Unpacks the next rows of the row group.
    fn unpack(&mut self) -> Result<()> {
        let rows = self.about.row_groups[self.group].num_rows();
        let within = self.given..rows.min(self.given + UNPACKED);
        let count = within.len();
        self.unpacked.clear();
        for (field, parts) in self.fields.iter().zip(&self.bytes) {
            let filter = Filter::new_ranged(within.start, within.end);
            let columns = columns_of(&self.about, self.group, field);
            let (pages, types): (Vec<_>, Vec<_>) = columns
                .zip(parts)
                .map(|(column, bytes)| {
                    let pages = PageReader::new(Cursor::new(bytes.clone()), column, Vec::new(), LARGEST_PAGE);
                    let primitive = &column.descriptor().descriptor.primitive_type;
                    (BasicDecompressor::new(pages, Vec::new()), primitive)
                })
                .unzip();
            let wrong = |why: &dyn std::fmt::Display| {
                let what = format!("the column `{}`, rows from {}: {why}", field.name, self.before + 1);
                damaged(&self.path, "Parquet file", what)
            };
            let (mut chunks, _) = decoded(|| column_iter_to_arrays(pages, types, field.clone(), Some(filter)))
                .map_err(|why| wrong(&why))?;
            let array = match chunks.len() {
                1 => chunks.remove(0),
                _ => polars_arrow::compute::concatenate::concatenate(
                    &chunks.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
                )
                .map_err(|why| wrong(&why))?,
            };
            if array.len() != count {
                return Err(wrong(&format!("{} instead of {count}", array.len())));
            }
            self.unpacked.push(array);
        }
        self.within = within;
        Ok(())
    }

    /// Reads the packed bytes of the columns of a row group.
    fn fetch(&mut self) -> Result<()> {
        let failed = |source: std::io::Error| match source.kind() {
            std::io::ErrorKind::UnexpectedEof => damaged(&self.path, "Parquet file", "it ends too early"),
            _ => Error::Read { path: self.path.clone(), source },
        };
        let rows = self.about.row_groups[self.group].num_rows();
        for field in &self.fields {
            let mut parts = Vec::new();
            for column in columns_of(&self.about, self.group, field) {
                let range = column.byte_range();
                self.from.seek(SeekFrom::Start(range.start)).map_err(failed)?;
                let length = range.end.saturating_sub(range.start);
                let mut bytes = Vec::new();
                // A wrong length may be larger than the memory, so the memory grows with what there is.
                let read = self.from.by_ref().take(length).read_to_end(&mut bytes).map_err(failed)?;
                if read as u64 != length {
                    return Err(failed(std::io::ErrorKind::UnexpectedEof.into()));
                }
                let bytes = Buffer::from_vec(bytes);
                let most = if column.descriptor().descriptor.max_rep_level == 0 { rows } else { MOST_NESTED };
                let pages = PageReader::new(Cursor::new(bytes.clone()), column, Vec::new(), LARGEST_PAGE);
                decoded(|| sound(pages, most)).map_err(|why| {
                    damaged(&self.path, "Parquet file", format!("the column `{}`: {why}", field.name))
                })?;
                parts.push(bytes);
            }
            self.bytes.push(parts);
        }
        Ok(())
    }
}

/// The parts of a column in a row group: several if its values are nested.
fn columns_of<'m>(
    about: &'m FileMetadata,
    group: usize,
    field: &Field,
) -> impl Iterator<Item = &'m ColumnChunkMetadata> {
    about.row_groups[group].columns_under_root_iter(&field.name).into_iter().flatten()
}

/// Checks that no page announces more values than it can have: the decoder makes room for all that are announced, and
/// without enough memory the program ends.
fn sound(pages: PageReader, most: usize) -> PolarsResult<()> {
    for page in pages {
        if let CompressedPage::Data(page) = page?
            && page.num_values() > most
        {
            polars_bail!(ComputeError: "a page announces {} values, and the rows are {most}", page.num_values());
        }
    }
    Ok(())
}

/// What a decoder makes of some bytes, or what is wrong with them. It may panic on damaged ones. That is caught and not
/// printed, and nothing that it has touched is used after it.
fn decoded<T>(decode: impl FnOnce() -> PolarsResult<T>) -> std::result::Result<T, String> {
    thread_local! {
        static IN_DECODER: Cell<bool> = const { Cell::new(false) };
    }
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |about| {
            if !IN_DECODER.get() {
                usual(about);
            }
        }));
    });
    IN_DECODER.set(true);
    let ended = panic::catch_unwind(AssertUnwindSafe(decode));
    IN_DECODER.set(false);
    match ended {
        Ok(read) => read.map_err(|why| why.to_string()),
        Err(_) => Err("its parts do not fit together".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};

    /// Bytes of a file are changed at random: there is a fault or there are rows, and never a panic.
    #[test]
    fn damaged_files_are_faults() {
        let frame = polars::df!(
            "text" => (0..300).map(|row| format!("words {}", row % 37)).collect::<Vec<String>>(),
            "position" => (0..300).map(|row| (row % 5 != 0).then_some(row % 3)).collect::<Vec<Option<i32>>>(),
        );
        let mut frame = frame.unwrap();
        let mut whole = Vec::new();
        polars::prelude::ParquetWriter::new(&mut whole).finish(&mut frame).unwrap();
        let rows = |bytes: &[u8]| -> Result<usize> {
            let mut rows = ParquetRows::open(Path::new("a.parquet"), Cursor::new(bytes))?;
            let mut count = 0;
            while let Some(read) = rows.rows()? {
                count += read.count;
            }
            Ok(count)
        };
        assert_eq!(rows(&whole).unwrap(), 300);
        let mut rng = rand_pcg::Pcg64Mcg::seed_from_u64(1);
        for _ in 0..2_000 {
            let mut bytes = whole.clone();
            for _ in 0..rng.random_range(1..4) {
                let place = rng.random_range(0..bytes.len());
                bytes[place] = rng.random();
            }
            if let Err(Error::Invalid(problems)) = rows(&bytes) {
                assert!(problems[0].what.starts_with("this is not a whole Parquet file"), "{}", problems[0].what);
            }
        }
        let caught = decoded(|| -> PolarsResult<()> { panic!("as a decoder might") });
        assert_eq!(caught.unwrap_err(), "its parts do not fit together");
    }
}
