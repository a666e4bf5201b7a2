//! One test binary, since each would link polars again. A file here has a line below, or the
//! test at the end fails.

#![allow(clippy::unwrap_used, reason = "what cannot be unwrapped here is a failed test")]

/// A folder to work in, and the binary run there.
mod support;

/// What may import what, and who may speak to the outside.
mod architecture;
/// The bundled corpora check clean, save to the same bytes and give their labels back.
mod data;
/// Every fault gives its message.
mod faults;
/// What rules do, sentence by sentence, and the engine against a slow and obvious matcher.
mod rules;
/// The verbs through the binary.
mod cli;
/// Statements kept from whoever writes the rules, looks at them, and help to write rules.
mod unseen;
/// Verdicts, agreement and curves, on series whose answer is known and through the binary.
mod shifts;
/// Labels by hand of several coders, and what settles them.
mod labels;
/// Coders who differ, two by two and in time.
mod coders;
/// One study: the same verdict wherever it is shown.
mod study;
/// Verdicts from counts, and counts that someone else has made.
mod counts;
/// Statements that are no corpus, in any number and format.
mod stream;
/// Before and after a study: groups, units, plans and what is new.
mod study_design;
/// A study as one file, and plans fixed beforehand.
mod bundle;
/// The committed charts are what the program draws.
mod charts;
/// What charts say about what was found, in four languages, as figures.
mod pictures;
/// From an article to a chart: proposals, their review, and what is not verified.
mod extract;
/// What must never happen to a person's files.
mod hardening;
/// A study as one HTML file.
mod report;
/// Pictures under stress, read back as a browser reads them.
mod gallery;
/// No sentence uses the words that docs/style.md bans.
mod style;
/// The commands in the documents print what the documents show.
mod readme;
/// Properties of the pattern language and of reading tables.
mod properties;
/// From people's sheets to a corpus, and again.
mod import;
/// From a corpus to the files of other tools, and back.
mod exchange;
/// What other tools get comes back.
mod exchange_back;
/// Kinds of files, and how a whole import is refused or written.
mod import_files;
/// What columns are taken for: numbers with words, a column per coder, names in 2 rows.
mod import_columns;
/// A sheet or a workbook again: what was corrected, renamed, cut or only carried along.
mod import_again;
mod import_another;
/// The next sheet: new words and numbers, edits, and flags.
mod import_next;
/// What was said of a file is kept for it.
mod import_kept;
/// Columns that may be of people or of issues, and who filled in a form.
mod import_people;
/// Dates that a spreadsheet has changed, and what is hidden.
mod import_dates;
/// Numbers with marks, and words that say something else than their numbers.
mod import_signs;
/// What would be lost or moved without a word.
mod import_silent;
/// What Stance wrote and what comes back.
mod import_own;
/// Sheets as other people keep them.
mod import_sheets;
/// A second column that may hold positions, and numbers and words that may be levels.
mod import_second;
/// New coders of a codebook that lists them, days of entry, who was asked, totals.
mod import_listed;
/// Codings of other tools.
mod import_tools;
/// Dates and names in several columns, moments as numbers, keys that stand twice.
mod import_parts;
/// What files that someone else has made may not do.
mod hostile;

/// The desk in a browser, by keys.
mod browser;
/// The pages on this machine: who may, what is saved, and what attacks get.
mod desk;

#[test]
fn no_test_file_is_forgotten() {
    let list = include_str!("tests.rs");
    for entry in std::fs::read_dir(support::root().join("tests")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "tests") {
            assert!(list.contains(&format!("mod {module};")), "{name} is not listed in tests.rs");
        }
    }
}
