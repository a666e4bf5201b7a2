//! Verdicts and agreement as tables for a text: Markdown and LaTeX.

use crate::error::{Error, Result};
use crate::exchange::cells::{CellTable, TypedCell};
use crate::exchange::material::Material;
use crate::exchange::{Exported, Loss, ResultTables};
use crate::words;

/// The first line of the files, by which an earlier one is recognised.
pub const MARKDOWN_MARK: &str = "<!-- Verdicts and agreement, written by Stance -->";
/// The same in LaTeX.
pub const LATEX_MARK: &str = "% Verdicts and agreement, written by Stance. It needs \\usepackage{booktabs}.";

/// A table of texts.
struct TextTable {
    title: &'static str,
    header: Vec<&'static str>,
    /// Whether each column holds numbers.
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
}

/// The tables in Markdown.
///
/// # Errors
/// [`Error::Request`] if there is no verdict and no agreement.
pub fn markdown(material: &Material<'_>, results: &ResultTables) -> Result<Exported> {
    let mut text = format!("{MARKDOWN_MARK}\n");
    for table in tables(material, results)? {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        text += &format!("\n## {}\n\n", table.title);
        text += &line(table.header.iter().map(|name| (*name).to_owned()).collect());
        text += &line(table.right.iter().map(|right| if *right { "--:" } else { "---" }.to_owned()).collect());
        for row in &table.rows {
            text += &line(row.iter().map(|cell| in_markdown(cell)).collect());
        }
    }
    Ok(Exported::one(text.into_bytes(), losses()))
}

/// The tables in LaTeX, without a document around them.
///
/// # Errors
/// [`Error::Request`] if there is no verdict and no agreement.
pub fn latex(material: &Material<'_>, results: &ResultTables) -> Result<Exported> {
    let mut text = format!("{LATEX_MARK}\n");
    for table in tables(material, results)? {
        let line = |cells: Vec<String>| format!("{} \\\\\n", cells.join(" & "));
        let columns: String = table.right.iter().map(|right| if *right { 'r' } else { 'l' }).collect();
        text +=
            &format!("\n\\begin{{table}}\n\\caption{{{}}}\n\\begin{{tabular}}{{{columns}}}\n\\toprule\n", table.title);
        text += &line(table.header.iter().map(|name| in_latex(name)).collect());
        text += "\\midrule\n";
        for row in &table.rows {
            text += &line(row.iter().map(|cell| in_latex(cell)).collect());
        }
        text += "\\bottomrule\n\\end{tabular}\n\\end{table}\n";
    }
    Ok(Exported::one(text.into_bytes(), losses()))
}

fn losses() -> Vec<Loss> {
    vec![Loss::new(
        "the statements and labels, and some columns: `stance shifts` and `stance agree` with --format csv have all",
    )]
}

fn tables(material: &Material<'_>, results: &ResultTables) -> Result<Vec<TextTable>> {
    if results.verdicts.rows.is_empty() && results.agreement.rows.is_empty() {
        let what = format!("{} has no verdict and no agreement in this selection", material.name);
        return Err(Error::request(
            what,
            "choose other speakers, issues or dates; `stance check` counts what there is",
        ));
    }
    let all = [verdicts(material, &results.verdicts), agreement(material, &results.agreement)];
    Ok(all.into_iter().filter(|table| !table.rows.is_empty()).collect())
}

fn verdicts(material: &Material<'_>, table: &CellTable) -> TextTable {
    let row = |row: usize| {
        let cell = |column: &str| table.cell(row, column);
        let when = match (cell("from"), cell("to")) {
            (TypedCell::Day(from), TypedCell::Day(to)) if from == to => words::day(*from),
            (TypedCell::Day(from), TypedCell::Day(to)) => words::days(*from, *to, "and"),
            _ => String::new(),
        };
        let likely = |column: &str| number(cell(column), 2);
        // The range is that of the likely size: the size that is seen is too large, because it was searched for.
        let size = match (cell("size_likely"), cell("size_low"), cell("size_high")) {
            (TypedCell::Number(_), TypedCell::Number(_), TypedCell::Number(_)) => {
                format!("{} ({} to {})", likely("size_likely"), likely("size_low"), likely("size_high"))
            }
            _ => String::new(),
        };
        let later = match (cell("later_low"), cell("later_high")) {
            (TypedCell::Number(_), TypedCell::Number(_)) => {
                format!("{} to {}", likely("later_low"), likely("later_high"))
            }
            _ => String::new(),
        };
        let holds = |column: &str| match cell(column) {
            TypedCell::Number(share) => words::percent(*share),
            _ => String::new(),
        };
        let p = match cell("p_corrected") {
            TypedCell::Number(p) => words::p(*p),
            _ => String::new(),
        };
        vec![
            shown(cell("speaker")),
            issue_name(material, &shown(cell("issue"))),
            shown(cell("verdict")),
            when,
            likely("before"),
            likely("after"),
            likely("size"),
            size,
            later,
            number(cell("detectable"), 1),
            p,
            holds("recoded_stands"),
            number(cell("statements"), 0),
            number(cell("days"), 0),
        ]
    };
    TextTable {
        title: "Verdicts",
        header: vec![
            "Speaker",
            "Issue",
            "Verdict",
            "Between",
            "Before",
            "After",
            "Size seen",
            "Likely size (95 %)",
            "Later minus earlier (95 %)",
            "Would be found",
            "Corrected p",
            "Holds with other coders",
            "Statements",
            "Days",
        ],
        right: [[false; 4].as_slice(), [true; 10].as_slice()].concat(),
        rows: (0..table.rows.len()).map(row).collect(),
    }
}

fn agreement(material: &Material<'_>, table: &CellTable) -> TextTable {
    // If no statement has both labels, there is nothing to compare, and a row would say nothing.
    let has_pairs = |row: usize| matches!(table.cell(row, "both"), TypedCell::Number(both) if *both > 0.0);
    let row = |row: usize| {
        let cell = |column: &str| table.cell(row, column);
        let with_interval = |name: &str| {
            let [low, high] = ["low", "high"].map(|end| number(cell(&format!("{name}_{end}")), 2));
            let value = number(cell(name), 2);
            if matches!(cell(name), TypedCell::Number(_)) && !high.is_empty() {
                format!("{value} ({low} to {high})")
            } else {
                value
            }
        };
        let share = |column: &str| match cell(column) {
            TypedCell::Number(share) => words::percent(*share),
            other => shown(other),
        };
        vec![
            shown(cell("between")),
            issue_name(material, &shown(cell("issue"))),
            number(cell("both"), 0),
            share("same"),
            share("within_one"),
            with_interval("alpha"),
            with_interval("ac2"),
            with_interval("kappa"),
        ]
    };
    TextTable {
        title: "Agreement",
        header: vec![
            "Between",
            "Issue",
            "Both gave one",
            "Same",
            "Within 1",
            "Alpha (95 %)",
            "AC2 (95 %)",
            "Kappa (95 %)",
        ],
        right: vec![false, false, true, true, true, true, true, true],
        rows: (0..table.rows.len()).filter(|row| has_pairs(*row)).map(row).collect(),
    }
}

fn issue_name(material: &Material<'_>, id: &str) -> String {
    material.codebook.find(id).map_or(id.to_owned(), |issue| material.issue(issue).name.clone())
}

fn shown(cell: &TypedCell) -> String {
    match cell {
        TypedCell::Empty => String::new(),
        TypedCell::Text(text) => text.clone(),
        TypedCell::Day(day) => words::day(*day),
        TypedCell::Number(number) => number.to_string(),
    }
}

/// A number with so many decimals; a text as it is.
fn number(cell: &TypedCell, decimals: usize) -> String {
    match cell {
        // Adding 0 makes -0 0.
        TypedCell::Number(number) => format!("{:.decimals$}", number + 0.0).replace('-', "−"),
        other => shown(other),
    }
}

/// A text that Markdown shows as it is, in one line.
fn in_markdown(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A text that LaTeX shows as it is.
fn in_latex(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out += "\\textbackslash{}",
            '~' => out += "\\textasciitilde{}",
            '^' => out += "\\textasciicircum{}",
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '−' => out += "$-$",
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_name_acts_on_the_text_around_it() {
        assert_eq!(in_markdown("a|b\nc <i> *d* $x$"), "a\\|b c \\<i\\> \\*d\\* \\$x\\$");
        assert_eq!(
            in_latex("50 % & \\input{x} −1 a_b^c~"),
            "50 \\% \\& \\textbackslash{}input\\{x\\} $-$1 a\\_b\\textasciicircum{}c\\textasciitilde{}"
        );
    }
}
