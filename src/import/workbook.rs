//! Workbooks: XLSX and XLSM, ODS, and XLS. Formulas are read as their stored values, and macros are not read.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, DataRef, DataType, Ods, Reader, SheetVisible, Xls, Xlsx};

use crate::error::{Error, Problem, Result};
use crate::import::grid::{CellKind, Grid, GridPlaces, letters};
use crate::import::header;
use crate::import::hidden;
use crate::import::links::{self, Links, PlacedLinks};
use crate::import::open_document;
use crate::import::own;
use crate::import::packed;
use crate::import::settings::ImportSettings;
use crate::import::text::{HOW_TO_NARROW, MOST_COLUMNS};
use crate::words::{guess_before, listed, many};

/// The most cells of a sheet that are read.
const MOST_CELLS: usize = 50_000_000;
/// The most cells of the smallest area that holds all of an ODS sheet: it is read as a whole, with the empty ones.
const MOST_CELLS_OF_AREA: u64 = 30_000_000;
/// What office programs packed in one file before 2007, and since then to protect it with a password.
pub const OLD_SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0";

/// The sheets of a coding sheet: what is filled in, and how.
const CODING: &str = "coding";
const GUIDE: &str = "how to code";

/// The sheet of issues that `stance export` writes.
const ISSUES: &str = "issues";

/// The cells of a sheet that are not empty, by row and column, each from 0.
type Cells = BTreeMap<u32, Vec<(u32, String, CellKind)>>;

/// The sheets that a person sees, and the names of those that are hidden.
type Sheets = (Vec<Found>, Vec<String>);

/// A sheet before it is known whether it is meant.
struct Found {
    name: String,
    cells: Cells,
    from_1904: bool,
    notes: Vec<String>,
    links: Links,
    /// The columns that are hidden.
    hidden: Vec<u32>,
}

/// Reads the sheets of a workbook that are meant: those that are named, or the only one that holds a table.
///
/// # Errors
/// [`Error::Invalid`] if it is not a workbook, is protected or too large, or if several sheets may be meant.
pub fn read(path: &Path, bytes: Vec<u8>, settings: &ImportSettings) -> Result<Vec<Grid>> {
    let fault = |what: String, hint: &str| Error::Invalid(vec![Problem::fault(path, None, what, hint)]);
    let (found, hidden) = if bytes.starts_with(OLD_SIGNATURE) {
        let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(encrypted.len()).any(|part| part == encrypted) {
            return Err(protected(path));
        }
        old(bytes).map_err(|error| unreadable(path, &error))?
    } else {
        let kind = match packed_kind(&bytes) {
            Err(what) if what == packed::PROTECTED => return Err(protected(path)),
            Err(what) => return Err(fault(what, "save the sheet again as a workbook (.xlsx) or as CSV")),
            Ok(kind) => kind,
        };
        match kind {
            Packed::Excel { macros } => {
                let beside = hidden::beside_cells(&bytes);
                let (mut found, hidden) = modern(bytes, macros).map_err(|error| unreadable(path, &error))?;
                for beside in beside {
                    if let Some(sheet) = found.iter_mut().find(|sheet| sheet.name == beside.sheet) {
                        sheet.notes.extend(beside.note);
                        (sheet.links, sheet.hidden) = (beside.links, beside.columns);
                    }
                }
                (found, hidden)
            }
            Packed::OpenDocument => {
                let beside = open_document::beside_cells(&bytes);
                if let Some(sheet) = beside.iter().find(|sheet| sheet.cells() > MOST_CELLS_OF_AREA) {
                    let what = format!(
                        "the sheet `{}` reaches to {}{}, which makes {} million cells, and at most {} million are read",
                        sheet.sheet,
                        letters(sheet.end.1.saturating_sub(1) as usize),
                        sheet.end.0,
                        sheet.cells() / 1_000_000,
                        MOST_CELLS_OF_AREA / 1_000_000
                    );
                    let hint = "delete what stands far below the table or far to the right of it, or copy the table to a new sheet";
                    return Err(fault(what, hint));
                }
                let (mut found, hidden) = open_document(bytes).map_err(|error| unreadable(path, &error))?;
                for beside in beside {
                    if let Some(sheet) = found.iter_mut().find(|sheet| sheet.name == beside.sheet) {
                        sheet.notes.extend(beside.note);
                        sheet.hidden = beside.columns;
                    }
                }
                (found, hidden)
            }
            Packed::Binary => {
                return Err(fault("this is a binary workbook (.xlsb)".to_owned(), "save it as .xlsx"));
            }
            Packed::Other => {
                let what = "this is a packed file, but not a workbook".to_owned();
                return Err(fault(what, "give a workbook (.xlsx, .ods), a CSV, or lines of JSON"));
            }
        }
    };
    let names: Vec<String> = found.iter().map(|sheet| sheet.name.clone()).collect();
    let made_for = found
        .iter()
        .find(|sheet| sheet.name == GUIDE)
        .and_then(|sheet| own::made_for(sheet.cells.values().flatten().map(|(_, text, _)| text.as_str())));
    let remembered: Vec<String> =
        settings.remembered_sheets.iter().filter(|name| names.contains(name)).cloned().collect();
    let named = if settings.sheets.is_empty() { &remembered } else { &settings.sheets };
    let mut grids = chosen(path, found, named, &names)?;
    if let Some(first) = grids.iter_mut().find(|grid| !grid.is_export).filter(|_| !hidden.is_empty()) {
        let [sheet, is] = if hidden.len() == 1 { ["sheet", "is"] } else { ["sheets", "are"] };
        let hidden: Vec<&str> = hidden.iter().map(String::as_str).collect();
        first.notes.push(format!("the hidden {sheet} {} {is} left out", quoted(&hidden)));
    }
    for grid in grids.iter_mut().filter(|grid| grid.name() == CODING) {
        grid.coder.clone_from(&made_for);
    }
    Ok(grids)
}

/// The sheets that are meant.
fn chosen(path: &Path, found: Vec<Found>, named: &[String], names: &[String]) -> Result<Vec<Grid>> {
    let fault = |what: String, hint: &str| Error::Invalid(vec![Problem::fault(path, None, what, hint)]);
    let chosen: Vec<Found> = if named.is_empty() {
        // A table has a header and a row at least. Notes and empty sheets have less.
        let (tables, others): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|sheet| sheet.cells.len() > 1);
        if tables.len() > 1 {
            // A list of codes or a reading guide has no columns that are known by name.
            let grids = tables.into_iter().map(|found| sheet(path, found)).collect::<Result<Vec<Grid>>>()?;
            let (mut meant, others): (Vec<Grid>, Vec<Grid>) =
                grids.into_iter().partition(|grid| header::known_names(grid) >= 2);
            if let [one] = &mut meant[..] {
                let names: Vec<String> = others.iter().map(|grid| format!("`{}`", grid.name())).collect();
                one.notes.push(format!("other sheets are left out: {}", listed(names.iter().map(String::as_str))));
                return Ok(meant);
            }
            if let Some(own) = own_sheets(&meant) {
                meant.extend(others.into_iter().filter(|grid| grid.name() == ISSUES));
                meant.retain(|grid| own.contains(&grid.name()));
                meant.iter_mut().for_each(|grid| grid.is_export = true);
                // Statements come before the labels that name them.
                meant.sort_by_key(|grid| own.iter().position(|name| *name == grid.name()));
                return Ok(meant);
            }
            let tables: Vec<Grid> = meant.into_iter().chain(others).collect();
            let names: Vec<&str> = tables.iter().map(Grid::name).collect();
            let what = format!("the workbook has {} with a table: {}", many(names.len(), "sheet"), quoted(&names));
            let hint = format!(
                "name the one that is meant with --sheet \"{0}\", and repeat the flag for several; if the name of each sheet is \
                 that of its speaker: --map sheet=speaker, of its coder: --map sheet=coder, of its issue: --map sheet=issue",
                names[0]
            );
            return Err(fault(what, &hint));
        }
        if tables.is_empty() { others.into_iter().take(1).collect() } else { tables }
    } else {
        if let Some(missing) = named.iter().find(|name| !names.contains(name)) {
            let hint = format!("it has: {}", listed(names.iter().map(String::as_str)));
            let hint = guess_before(&hint, missing, names.iter().map(String::as_str));
            return Err(fault(format!("the workbook has no sheet `{missing}`"), &hint));
        }
        let (mut meant, others): (Vec<Found>, Vec<Found>) =
            found.into_iter().partition(|sheet| named.contains(&sheet.name));
        let others: Vec<&str> =
            others.iter().filter(|sheet| sheet.cells.len() > 1).map(|sheet| sheet.name.as_str()).collect();
        if let (Some(last), [first, ..]) = (meant.last_mut(), &others[..]) {
            let what = if others.len() == 1 { "sheet is" } else { "sheets are" };
            last.notes.push(format!(
                "{} other {what} left out: {}; --sheet \"{first}\" reads it",
                others.len(),
                quoted(&others)
            ));
        }
        meant
    };
    chosen.into_iter().map(|found| sheet(path, found)).collect()
}

/// The sheets of a workbook that hold statements and labels, if `stance export` wrote it.
fn own_sheets(sheets: &[Grid]) -> Option<[&'static str; 3]> {
    const OWN: [&str; 3] = [ISSUES, "statements", "labels"];
    let begins = |sheet: &Grid, name: &str| sheet.rows() > 0 && sheet.cell(0, 0) == name;
    let has = |name: &str, first: &str| sheets.iter().any(|sheet| sheet.name() == name && begins(sheet, first));
    (has("statements", "id") && (has("labels", "statement_id") || has(ISSUES, "issue"))).then_some(OWN)
}

fn sheet(path: &Path, mut found: Found) -> Result<Grid> {
    if found.links.is_empty() {
        return grid_of(path, &found);
    }
    let grid = grid_of(path, &found)?;
    match links::placed(&grid, &found.links) {
        None => Ok(grid),
        Some(PlacedLinks::Left(note)) => {
            found.notes.push(note);
            grid_of(path, &found)
        }
        Some(PlacedLinks::Column { .. }) if grid.width() >= MOST_COLUMNS => {
            let note = format!("the addresses behind cells are left: a table has at most {MOST_COLUMNS} columns");
            found.notes.push(note);
            grid_of(path, &found)
        }
        Some(PlacedLinks::Column { name, from }) => {
            let header = header::find(&grid).map_or(0, |row| grid.line(row) - 1) as u32;
            let column = grid.width() as u32;
            found.cells.entry(header).or_default().push((column, name, CellKind::Text));
            for ((row, behind), address) in std::mem::take(&mut found.links) {
                let is_meant = row > header && behind as usize == from;
                if let Some(cells) = found.cells.get_mut(&row).filter(|_| is_meant) {
                    cells.push((column, address, CellKind::Text));
                }
            }
            found.notes.push("the addresses behind cells are taken as those of the sources".to_owned());
            grid_of(path, &found)
        }
    }
}

fn grid_of(path: &Path, found: &Found) -> Result<Grid> {
    let last = found.cells.values().flatten().map(|(column, ..)| *column as usize + 1).max().unwrap_or(0);
    if last > MOST_COLUMNS {
        let what =
            format!("the sheet `{}` reaches to its column {last}, and a table has at most {MOST_COLUMNS}", found.name);
        let hint = format!("delete the cells far to the right; or {HOW_TO_NARROW}");
        return Err(Error::Invalid(vec![Problem::fault(path, None, what, hint)]));
    }
    let layout = GridPlaces::Workbook { name: found.name.clone(), from_1904: found.from_1904 };
    let mut sheet = Grid::new(path, layout, last);
    sheet.notes.clone_from(&found.notes);
    sheet.hidden = found.hidden.iter().map(|column| *column as usize).filter(|column| *column < last).collect();
    for (row, cells) in &found.cells {
        let mut line: Vec<(&str, CellKind)> = vec![("", CellKind::Text); last];
        for (column, text, kind) in cells {
            line[*column as usize] = (text.as_str(), *kind);
        }
        sheet.push(*row as usize + 1, line.into_iter());
    }
    Ok(sheet)
}

/// What a packed file is.
enum Packed {
    Excel { macros: bool },
    OpenDocument,
    Binary,
    Other,
}

/// Finds out what a packed file is.
fn packed_kind(bytes: &[u8]) -> std::result::Result<Packed, String> {
    let names = packed::names(bytes)?;
    let has = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    Ok(if has("xl/workbook.xml") {
        Packed::Excel { macros: has("xl/vbaProject.bin") }
    } else if has("xl/workbook.bin") {
        Packed::Binary
    } else if has("content.xml") {
        Packed::OpenDocument
    } else {
        Packed::Other
    })
}

fn protected(path: &Path) -> Error {
    let hint = "open it in a spreadsheet, remove the password under \"Save as\", and give that file";
    Error::Invalid(vec![Problem::fault(path, None, packed::PROTECTED, hint)])
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    let text = error.to_string();
    if text.to_lowercase().contains("password") {
        return protected(path);
    }
    let hint = "open it in a spreadsheet and save it again, or save the sheet as CSV";
    Error::Invalid(vec![Problem::fault(path, None, format!("the workbook cannot be read: {text}"), hint)])
}

fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    listed(names.iter().map(String::as_str))
}

fn modern(bytes: Vec<u8>, macros: bool) -> std::result::Result<Sheets, calamine::XlsxError> {
    let mut book: Xlsx<Cursor<Vec<u8>>> = Xlsx::new(Cursor::new(bytes))?;
    let from_1904 = book.has_1904_epoch();
    let mut found = Vec::new();
    for name in visible(&book) {
        let mut cells = Cells::new();
        let mut count = 0;
        let mut reader = book.worksheet_cells_reader(&name)?;
        while let Some(cell) = reader.next_cell_with_formula_metadata()? {
            let (text, kind) = match cell.value {
                DataRef::Empty if cell.formula.is_some() => (String::new(), CellKind::Uncalculated),
                DataRef::SharedString(text) => (unescaped(text), CellKind::Text),
                other => cell_of(&Data::from(other)),
            };
            count += 1;
            if count > MOST_CELLS {
                return Err(calamine::XlsxError::Unexpected("the sheet has more than 50 million cells"));
            }
            if !text.is_empty() || kind == CellKind::Uncalculated {
                cells.entry(cell.pos.0).or_default().push((cell.pos.1, text, kind));
            }
        }
        drop(reader);
        let mut notes = Vec::new();
        if macros {
            notes.push("it has macros, which are not read".to_owned());
        }
        let merged = book.merge_cells_by_sheet_name(&name)?;
        let down = merged.iter().filter(|area| fill_down(&mut cells, area)).count();
        if down > 0 {
            notes.push(format!("the value of {} fills all their rows", many(down, "merged cell")));
        }
        found.push(Found { name, cells, from_1904, notes, links: Links::new(), hidden: Vec::new() });
    }
    Ok((found, hidden(&book)))
}

/// Copies the value of a cell that is merged over several rows into each of them. Whether there was one.
fn fill_down(cells: &mut Cells, area: &calamine::Dimensions) -> bool {
    let ((from, column), (to, last)) = (area.start, area.end);
    if from == to || column != last {
        return false;
    }
    let value = cells.get(&from).and_then(|row| row.iter().find(|(at, ..)| *at == column)).cloned();
    let Some((_, text, kind)) = value else { return false };
    // Only rows that hold something: an area may reach to the end of the sheet.
    let mut filled = false;
    for (_, row) in cells.range_mut(from + 1..=to) {
        if !row.iter().any(|(at, ..)| *at == column) {
            row.push((column, text.clone(), kind));
            filled = true;
        }
    }
    filled
}

fn open_document(bytes: Vec<u8>) -> std::result::Result<Sheets, calamine::OdsError> {
    let mut book: Ods<Cursor<Vec<u8>>> = Ods::new(Cursor::new(bytes))?;
    ranges(&mut book, false)
}

fn old(bytes: Vec<u8>) -> std::result::Result<Sheets, calamine::XlsError> {
    let mut book: Xls<Cursor<Vec<u8>>> = Xls::new(Cursor::new(bytes))?;
    ranges(&mut book, false)
}

fn ranges<B: Reader<Cursor<Vec<u8>>>>(book: &mut B, from_1904: bool) -> std::result::Result<Sheets, B::Error> {
    let mut found = Vec::new();
    for name in visible(book) {
        let range = book.worksheet_range(&name)?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut cells = Cells::new();
        for (row, column, data) in range.used_cells() {
            let (text, kind) = cell_of(data);
            let place = (top + row as u32, left + column as u32);
            if !text.is_empty() {
                cells.entry(place.0).or_default().push((place.1, text, kind));
            }
        }
        found.push(Found { name, cells, from_1904, notes: Vec::new(), links: Links::new(), hidden: Vec::new() });
    }
    Ok((found, hidden(book)))
}

/// The names of the sheets that a person sees.
fn visible<B: Reader<Cursor<Vec<u8>>>>(book: &B) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    sheets.filter(|sheet| sheet.visible == SheetVisible::Visible).map(|sheet| sheet.name.clone()).collect()
}

/// The names of the sheets that a person does not see.
fn hidden<B: Reader<Cursor<Vec<u8>>>>(book: &B) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    sheets.filter(|sheet| sheet.visible != SheetVisible::Visible).map(|sheet| sheet.name.clone()).collect()
}

fn cell_of(data: &Data) -> (String, CellKind) {
    match data {
        Data::Empty => (String::new(), CellKind::Text),
        Data::String(text) => (unescaped(text), CellKind::Text),
        Data::Int(number) => (number.to_string(), CellKind::Number),
        Data::Float(number) => (number_of(*number), CellKind::Number),
        Data::Bool(yes) => (if *yes { "TRUE" } else { "FALSE" }.to_owned(), CellKind::Text),
        Data::Error(error) => (error.to_string(), CellKind::Error),
        Data::DateTime(date) if date.is_datetime() && date.as_f64() >= 1.0 => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            let time = format!("T{hour:02}:{minute:02}:{second:02}");
            (if time == "T00:00:00" { day } else { day + &time }, CellKind::Date)
        }
        Data::DateTimeIso(text) => (text.clone(), CellKind::Date),
        Data::DurationIso(text) => (text.clone(), CellKind::Text),
        other => (other.as_string().unwrap_or_else(|| other.to_string()), CellKind::Text),
    }
}

/// A number without a fraction that says nothing.
fn number_of(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e21 { format!("{number:.0}") } else { number.to_string() }
}

/// A text without the marks that Excel writes for characters that XML cannot hold.
fn unescaped(text: &str) -> String {
    if text.contains("_x00") {
        text.replace("_x000D_", "").replace("_x000A_", "\n").replace("_x0009_", "\t")
    } else {
        text.to_owned()
    }
}
