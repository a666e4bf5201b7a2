//! A file of many rows, as pieces: CSV, lines of JSON, Parquet or Arrow.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, Problem, Result};
use crate::file::input::{self, InputProgress, JumpingInput, Seen};
use crate::file::kind::keys;
use crate::file::table::header_in;
use crate::frame::arrow::ipc::{FILE_MARK, IpcRows};
use crate::frame::arrow::parquet::ParquetRows;
use crate::statement::COLUMNS;
use crate::stream::StreamPiece;
use crate::stream::columns::{ColumnName, StreamHeader};
use crate::stream::split::{RecordEnd, Splitter, read_block};
use crate::words::listed;

/// A format of many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamFormat {
    /// Cells between commas, semicolons or tabs, below a header.
    Csv,
    /// A JSON object per line.
    Ndjson,
    /// Apache Parquet.
    Parquet,
    /// An Arrow IPC stream or file.
    Arrow,
}

impl StreamFormat {
    /// The format of a file with this name; `None` if its ending is not known. `.gz` and `.zst` are looked through.
    pub fn of_name(path: &Path) -> Option<StreamFormat> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
        Some(match name.rsplit_once('.')?.1 {
            "csv" | "tsv" | "txt" => StreamFormat::Csv,
            "ndjson" | "jsonl" => StreamFormat::Ndjson,
            "parquet" | "pq" => StreamFormat::Parquet,
            "arrow" | "arrows" | "feather" | "ipc" => StreamFormat::Arrow,
            _ => return None,
        })
    }

    /// The format of what begins with these bytes. What is none of the others is a CSV.
    fn of_start(start: &[u8]) -> StreamFormat {
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
            _ if start.starts_with(b"PAR1") => StreamFormat::Parquet,
            _ if start.starts_with(FILE_MARK) || start.starts_with(&[0xff; 4]) => StreamFormat::Arrow,
            Some(b'{') => StreamFormat::Ndjson,
            _ => StreamFormat::Csv,
        }
    }
}

/// What is wanted of the columns of a file.
#[derive(Debug, Clone, Copy)]
pub struct ColumnsAsked {
    /// Those that have to be there.
    pub required: &'static [&'static str],
    /// Those that are read, of files by columns. `None` for all.
    pub only: Option<&'static [&'static str]>,
}

/// How the rows of a file are to be read.
#[derive(Debug, Clone)]
pub struct RowLayout {
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// Its columns.
    pub header: StreamHeader,
    /// What ends a record, if it is text.
    pub end: RecordEnd,
    /// The columns as they are in the file, for lines of JSON.
    pub keys: Vec<String>,
}

/// A file that is read piece by piece.
pub struct RowSource {
    /// How its rows are to be read.
    pub layout: Arc<RowLayout>,
    /// How far it is read.
    pub progress: InputProgress,
    rows: Rows,
    seen: Seen,
}

enum Rows {
    Text(Splitter<Box<dyn Read + Send>>),
    Parquet(Box<ParquetRows<JumpingInput>>),
    Arrow(Box<IpcRows<Box<dyn Read + Send>>>),
}

/// Of how many bytes at the beginning of lines of JSON the keys are read.
const KEYS_IN: usize = 1 << 20;

/// Columns of labels and counts that show, beside those of statements, at which character a header is to be divided.
const KNOWN: [&str; 6] = ["statement_id", "issue", "position", "origin", "day", "n"];

impl RowSource {
    /// Opens a file. `-` is the standard input. Without a format, the name of the file decides, or its first bytes.
    /// `renamed` are columns that have another name in the file, `None` if none can be, and `asked` says what is wanted of columns of these names.
    ///
    /// # Errors
    /// [`Error::Read`] if the system refuses, [`Error::Invalid`] if the file is not what it seems to be or has no column
    /// of a name that is needed.
    pub fn open(
        path: &Path,
        format: Option<StreamFormat>,
        renamed: Option<&[ColumnName]>,
        asked: impl Fn(&[String]) -> ColumnsAsked,
        stdin: impl FnOnce() -> Box<dyn Read + Send>,
    ) -> Result<RowSource> {
        let format = format.or_else(|| StreamFormat::of_name(path));
        if format == Some(StreamFormat::Parquet) && path != Path::new("-") {
            return RowSource::parquet(path, renamed, asked);
        }
        let mut input = input::open(path, stdin)?;
        let (seen, progress) = (input.seen(), input.progress.clone());
        let failed = |source| Error::Read { path: path.to_owned(), source };
        let mut start = Vec::new();
        read_block(&mut input.bytes, &mut start).map_err(failed)?;
        match format.unwrap_or_else(|| StreamFormat::of_start(&start)) {
            StreamFormat::Parquet if path == Path::new("-") => {
                let what =
                    "a Parquet file cannot come from the standard input, because its columns are listed at its end";
                Err(Error::Invalid(vec![Problem::fault(path, None, what, "name the file instead of -")]))
            }
            StreamFormat::Parquet => RowSource::parquet(path, renamed, asked),
            StreamFormat::Arrow => {
                let bytes: Box<dyn Read + Send> = Box::new(Cursor::new(start).chain(input.bytes));
                let rows = IpcRows::open(path, bytes)?;
                let layout = RowLayout::of(path, rows.names(), RecordEnd::Line, renamed, asked)?;
                Ok(RowSource { layout, progress, rows: Rows::Arrow(Box::new(rows)), seen })
            }
            text => {
                let (names, end) = head(path, text, &mut start, &mut input.bytes, renamed)?;
                let layout = RowLayout::of(path, names, end, renamed, asked)?;
                let rows = Rows::Text(Splitter::new(path, start, input.bytes, end));
                Ok(RowSource { layout, progress, rows, seen })
            }
        }
    }

    fn parquet(
        path: &Path,
        renamed: Option<&[ColumnName]>,
        asked: impl Fn(&[String]) -> ColumnsAsked,
    ) -> Result<RowSource> {
        let seen = Seen::of(path);
        let file = input::open_to_jump(path)?;
        let progress = file.progress();
        let mut rows = ParquetRows::open(path, file)?;
        let mut layout = RowLayout::of(path, rows.names(), RecordEnd::Line, renamed, &asked)?;
        if let Some(only) = asked(&layout.header.names).only {
            let known = layout.header.names.iter().map(String::as_str);
            let (names, keys): (Vec<&str>, Vec<&str>) =
                known.zip(layout.keys.iter().map(String::as_str)).filter(|(name, _)| only.contains(name)).unzip();
            rows.keep(|name| keys.contains(&name));
            let header =
                StreamHeader { names: names.into_iter().map(str::to_owned).collect(), ..layout.header.clone() };
            layout = Arc::new(RowLayout { header, ..RowLayout::clone(&layout) });
        }
        Ok(RowSource { layout, progress, rows: Rows::Parquet(Box::new(rows)), seen })
    }

    /// The next piece; `None` after the last.
    ///
    /// # Errors
    /// [`Error::Read`] if the system refuses, [`Error::Invalid`] if the file is damaged, [`Error::Request`] if another
    /// program changed it meanwhile.
    pub fn piece(&mut self) -> Result<Option<StreamPiece>> {
        let piece = match &mut self.rows {
            Rows::Text(splitter) => {
                let is_table = matches!(self.layout.end, RecordEnd::Quoted(_));
                splitter.chunk()?.map(if is_table { StreamPiece::Table } else { StreamPiece::Lines })
            }
            Rows::Parquet(rows) => rows.rows()?.map(StreamPiece::Columns),
            Rows::Arrow(rows) => rows.rows()?.map(StreamPiece::Columns),
        };
        if piece.is_none() {
            self.seen.unchanged()?;
        }
        Ok(piece)
    }
}

impl RowLayout {
    fn of(
        path: &Path,
        names: Vec<String>,
        end: RecordEnd,
        renamed: Option<&[ColumnName]>,
        asked: impl Fn(&[String]) -> ColumnsAsked,
    ) -> Result<Arc<RowLayout>> {
        let header = StreamHeader::of(path, &names, renamed, |names| asked(names).required)?;
        Ok(Arc::new(RowLayout { path: path.to_owned(), header, end, keys: names }))
    }

    /// The names of the cells of each row: those of the columns, and `id` after them if the rows are numbered.
    pub fn cells(&self) -> Vec<String> {
        let mut names = self.header.names.clone();
        names.extend(self.header.numbered.then(|| "id".to_owned()));
        names
    }
}

/// Reads the names of the columns of a text, and what ends its records. More is read into `start` if that takes more.
fn head(
    path: &Path,
    format: StreamFormat,
    start: &mut Vec<u8>,
    from: &mut impl Read,
    renamed: Option<&[ColumnName]>,
) -> Result<(Vec<String>, RecordEnd)> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let refused = |what: &str, hint: &str| Err(Error::Invalid(vec![Problem::fault(path, None, what, hint)]));
    if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
        return refused("the file is UTF-16, not UTF-8", "save it as UTF-8");
    }
    if start.starts_with(b"PK\x03\x04") {
        return refused("this is a workbook or another packed file, not text", "export the sheet as \"CSV UTF-8\"");
    }
    if start.starts_with(b"\xef\xbb\xbf") {
        start.drain(..3);
    }
    let wanted = if format == StreamFormat::Ndjson { KEYS_IN } else { 0 };
    let mut ended = false;
    // The first line has to be there whole.
    while !ended && (start.len() < wanted || !start.trim_ascii_start().contains(&b'\n')) && start.len() < 64 * KEYS_IN {
        ended = read_block(from, start).map_err(failed)? == 0;
    }
    if start.trim_ascii().is_empty() {
        return refused("the file is empty", "name the columns in the first line, such as speaker,date,text");
    }
    if format == StreamFormat::Ndjson {
        return Ok((keys_of(path, start)?, RecordEnd::Line));
    }
    let whole = memchr::memrchr(b'\n', start).map_or(start.len(), |end| end + 1);
    let text = String::from_utf8_lossy(&start[..whole]);
    if text.contains('\r') && !text.contains('\n') {
        let hint = "save the file with modern line ends (LF or CRLF)";
        return refused("the lines end in bare carriage returns", hint);
    }
    let known = |name: &str| {
        KNOWN.contains(&name)
            || COLUMNS.known.contains(&name)
            || renamed.unwrap_or_default().iter().any(|column| column.theirs == name)
    };
    let Some((separator, names)) = header_in(&text, known) else {
        return refused("the file is empty", "name the columns in the first line");
    };
    Ok((names, RecordEnd::Quoted(separator)))
}

/// The keys of the first lines of JSON, in the order in which they occur.
fn keys_of(path: &Path, start: &[u8]) -> Result<Vec<String>> {
    let whole = memchr::memrchr(b'\n', start).map_or(start.len(), |end| end + 1);
    let mut names: Vec<String> = Vec::new();
    // A line that is not an object is a fault of its row.
    for key in start[..whole].split(|byte| *byte == b'\n').filter_map(keys).flatten() {
        if !names.contains(&key) {
            names.push(key);
        }
    }
    if names.is_empty() {
        let hint = "write a JSON object on each line, such as {\"speaker\": …, \"date\": …, \"text\": …}";
        return Err(Error::Invalid(vec![Problem::fault(path, None, "no line begins with a JSON object", hint)]));
    }
    Ok(names)
}

/// Checks that all files have the same columns in the same order, so that their rows can follow each other.
///
/// # Errors
/// [`Error::Invalid`] for each that has others.
pub fn alike(sources: &[RowSource]) -> Result<()> {
    let Some((first, others)) = sources.split_first() else { return Ok(()) };
    let (first, names) = (&first.layout.path, &first.layout.header.names);
    let differs = |source: &&RowSource| source.layout.header.names != *names;
    let fault = |source: &RowSource| {
        let what = format!("the columns are not those of {}", first.display());
        let hint = format!(
            "label the files one by one, or give them the same columns: {}",
            listed(names.iter().map(String::as_str))
        );
        Problem::fault(&source.layout.path, None, what, hint)
    };
    let faults: Vec<Problem> = others.iter().filter(differs).map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}
