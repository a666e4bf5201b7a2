//! Where a table begins and ends within a sheet: titles above it, totals and notes below it, headings between rows.

use crate::import::column::{Naming, bare_header, named};
use crate::import::day::{self, WrittenDay};
use crate::import::grid::{CellKind, Grid};

/// How many rows may stand above the header.
const MOST_ABOVE: usize = 30;

/// The row with the names of the columns. `None` if no row looks like one.
pub fn find(grid: &Grid) -> Option<usize> {
    let rows = grid.rows().min(MOST_ABOVE);
    let filled: Vec<usize> = (0..rows).map(|row| grid.filled(row)).collect();
    // Rows of a table are about as wide as the widest. A title has a cell or two.
    let most = filled.iter().copied().max().unwrap_or(0);
    let wide = |row: &usize| filled[*row] * 2 >= most.max(1) && (filled[*row] > 1 || most == 1);
    let is_named = |row: usize, column: usize| {
        let cell = grid.cell(row, column);
        !cell.starts_with('{') && !named(cell).is_empty()
    };
    let names = |row: usize| (0..grid.own_width()).filter(|column| is_named(row, *column)).count();
    let plain = |row: &usize| is_plain(grid, *row);
    let best = (0..rows).filter(wide).filter(plain).map(|row| (names(row), std::cmp::Reverse(row))).max();
    match best {
        Some((count, std::cmp::Reverse(row))) if count >= 2 => Some(row),
        // No known name: the first row of the table, if nothing in it looks like a value.
        _ => (0..rows).find(wide).filter(plain),
    }
}

/// How many columns have a name that is known.
pub fn known_names(grid: &Grid) -> usize {
    let header = find(grid).unwrap_or(0);
    (0..grid.own_width()).filter(|column| grid.rows() > 0 && !named(grid.cell(header, *column)).is_empty()).count()
}

/// Whether nothing in a row looks like a value: no date, no number, no long text.
fn is_plain(grid: &Grid, row: usize) -> bool {
    const LONGEST: usize = 100;
    (0..grid.own_width()).all(|column| {
        let cell = grid.cell(row, column);
        let number = cell.parse::<f64>().is_ok();
        let text = matches!(grid.kind(row, column), CellKind::Text);
        cell.is_empty()
            || (text && !number && cell.chars().count() <= LONGEST && matches!(day::read(cell), WrittenDay::Unknown))
    })
}

/// The names of the columns. A column without a name gets the empty text.
pub fn names(grid: &Grid, header: usize) -> Vec<String> {
    let one_line = |column| grid.cell(header, column).split_whitespace().collect::<Vec<_>>().join(" ");
    (0..grid.width()).map(one_line).collect()
}

/// Names that stand in 2 rows, joined: a name over several columns, such as `Position`, and the names of these below it.
/// `None` if the row below the header is none of its names.
pub fn in_two_rows(grid: &Grid, header: usize) -> Option<Vec<String>> {
    let below = header + 1;
    if below >= grid.rows() || !is_plain(grid, below) {
        return None;
    }
    let (upper, mut lower) = (names(grid, header), names(grid, below));
    // What a survey tool says of an answer is no name.
    let is_survey = lower.iter().any(|name| matches!(name.to_lowercase().as_str(), "response" | "open-ended response"));
    for (name, above) in lower.iter_mut().zip(&upper).filter(|_| is_survey) {
        let says = name.to_lowercase();
        if !above.is_empty() && (ANSWERED.contains(&says.as_str()) || matches!(says.as_str(), "date" | "time")) {
            name.clear();
        }
    }
    let mut joined = upper.clone();
    let mut over: Option<&str> = None;
    let mut groups = 0;
    for column in 0..grid.own_width() {
        let begins = !upper[column].is_empty() && lower[column] != upper[column] && !lower[column].is_empty();
        if begins {
            // A name of one column alone would be a value below a header.
            let goes_on =
                column + 1 < grid.own_width() && upper[column + 1].is_empty() && !lower[column + 1].is_empty();
            over = goes_on.then_some(upper[column].as_str());
            groups += usize::from(goes_on);
        } else if !upper[column].is_empty() {
            over = None;
        }
        match over {
            Some(over) if !lower[column].is_empty() => joined[column] = with_name_above(over, &lower[column]),
            None if lower[column].is_empty() || lower[column] == upper[column] => {}
            Some(_) => over = None,
            None => return None,
        }
    }
    (groups > 0).then_some(joined)
}

/// The name of a column below that of its group. `Position` over `Tram` says nothing that `Tram` does not say.
fn with_name_above(above: &str, name: &str) -> String {
    const OF_ISSUES: [&str; 8] = ["positions", "stances", "issues", "topics", "labels", "ratings", "codes", "позиції"];
    let bare = bare_header(above);
    let says_little = OF_ISSUES.contains(&bare.as_str())
        || named(above)
            .iter()
            .any(|(usage, naming)| matches!(*usage, "position" | "issue") && *naming != Naming::Within);
    if says_little || bare_header(name).starts_with(&bare) { name.to_owned() } else { format!("{above} {name}") }
}

/// The rows of a table, and the rows that are none of its rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TableBody {
    /// Rows with a statement or a label.
    pub rows: Vec<usize>,
    /// Rows below the last of those: totals and notes.
    pub below: Vec<usize>,
    /// Rows with one cell between others, such as the heading of a part, or the header again.
    pub between: Vec<usize>,
}

/// Finds the rows below the header. `needed` are the columns that a row must have; a row without any of them is not
/// one of the table's.
pub fn body(grid: &Grid, header: usize, needed: &[usize]) -> TableBody {
    let mut body = TableBody::default();
    let is_header =
        |row: usize| (0..grid.own_width()).all(|column| grid.cell(row, column) == grid.cell(header, column));
    for row in header + 1..grid.rows() {
        let has = needed.iter().filter(|column| !is_absent(grid, row, **column)).count();
        let filled = grid.filled(row);
        if filled == 0 {
            continue;
        }
        let heading = filled == 1 && needed.len() > 1 && grid.own_width() > 3 && is_absent(grid, row, needed[0]);
        let total = has < needed.len() && (0..grid.own_width()).any(|column| is_total(grid.cell(row, column)));
        if has == 0 || heading || total || is_second_header(grid, row) || is_header(row) {
            body.between.push(row);
        } else {
            body.rows.push(row);
        }
    }
    let last = body.rows.last().copied().unwrap_or(header);
    let split = body.between.partition_point(|row| *row < last);
    body.below = body.between.split_off(split);
    body
}

/// What survey tools write below a question: how it is answered.
const ANSWERED: [&str; 5] = ["response", "open-ended response", "mm/dd/yyyy", "dd/mm/yyyy", "date / time"];

/// Whether a row is what survey tools write below the text of a question: what they call it, or how it is answered.
pub fn is_second_header(grid: &Grid, row: usize) -> bool {
    let mut cells = (0..grid.own_width()).map(|column| grid.cell(row, column)).filter(|cell| !cell.is_empty());
    cells.all(|cell| cell.starts_with("{\"ImportId\"") || ANSWERED.contains(&cell.to_lowercase().as_str()))
}

fn is_absent(grid: &Grid, row: usize, column: usize) -> bool {
    grid.cell(row, column).is_empty() && grid.kind(row, column) != CellKind::Uncalculated
}

fn is_total(cell: &str) -> bool {
    const NAMES: [&str; 40] = [
        "grand total",
        "total general",
        "total général",
        "ensemble",
        "moyenne",
        "nombre",
        "gesamtsumme",
        "insgesamt",
        "durchschnitt",
        "anzahl",
        "suma total",
        "promedio",
        "łącznie",
        "suma końcowa",
        "średnia",
        "разом",
        "усього",
        "загалом",
        "підсумок",
        "сума",
        "середнє",
        "всего",
        "итог",
        "общий итог",
        "total",
        "totals",
        "sum",
        "average",
        "mean",
        "count",
        "summe",
        "gesamt",
        "mittelwert",
        "somme",
        "suma",
        "razem",
        "всього",
        "итого",
        "сумма",
        "среднее",
    ];
    let cell = cell.trim_end_matches([':', '.', ' ']).to_lowercase();
    NAMES.contains(&cell.as_str())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::import::text::delimited;

    fn grid(text: &str) -> Grid {
        delimited(Path::new("a.csv"), text.as_bytes()).unwrap()
    }

    #[test]
    fn a_title_above_and_totals_below_are_not_rows() {
        let text = "Quotes of the mayor,,,,\n,,,,\nDate,Who,Quote,Trams,Note\n2025-01-02,A B,We build,1,\n\nSpring,,,,\n\
                    Date,Who,Quote,Trams,Note\n2025-01-03,A B,We wait,-1,\n,,,,\nTotal,,,0,\n* as heard,,,,\n";
        let grid = grid(text);
        let header = find(&grid).unwrap();
        assert_eq!(grid.line(header), 3);
        let body = body(&grid, header, &[2, 0, 1]);
        let lines = |rows: &[usize]| rows.iter().map(|row| grid.line(*row)).collect::<Vec<_>>();
        assert_eq!(
            (lines(&body.rows), lines(&body.between), lines(&body.below)),
            (vec![4, 8], vec![6, 7], vec![10, 11])
        );
    }

    #[test]
    fn names_in_two_rows_are_joined() {
        let joined = |text: &str| {
            let grid = grid(text);
            in_two_rows(&grid, find(&grid).unwrap()).map(|names| names.join("|"))
        };
        let rows = "A B,2025-01-02,We build,1,-1\nA B,2025-01-03,We wait,0,1\n";
        let merged = "Who,When,Quote,Position,\n,,,Tram,Bus\n";
        assert_eq!(joined(&format!("{merged}{rows}")).as_deref(), Some("Who|When|Quote|Tram|Bus"));
        let down = "Who,When,Quote,Tram,\nWho,When,Quote,Anna,Ben\n";
        assert_eq!(joined(&format!("{down}{rows}")).as_deref(), Some("Who|When|Quote|Tram Anna|Tram Ben"));
        assert_eq!(joined(&format!("Who,When,Quote,Tram,Bus\n{rows}")), None);
        assert_eq!(joined(&format!("Who,When,Quote,Tram,\n{rows}")), None);
        assert_eq!(joined(&format!("Who,When,Quote,Tram,Bus\n,,,for,against\n{rows}")), None);
    }

    #[test]
    fn a_table_without_names_has_no_header() {
        assert_eq!(find(&grid("2025-01-02,A B,We build\n2025-01-03,A B,We wait\n")), None);
        assert_eq!(find(&grid("foo,bar,baz\n2025-01-02,A B,We build\n")), Some(0));
    }
}
