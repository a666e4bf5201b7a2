//! `import.toml`: how sheets become a corpus, kept so that the next sheet comes in by one command.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use chrono_tz::Tz;
use serde::Deserialize;
use toml::Spanned;

use crate::codebook::Position;
use crate::date::StatementDate;
use crate::error::Problem;
use crate::file::document::{Document, Read};
use crate::import::column::ColumnUse;
use crate::import::day::DateOrder;
use crate::words::{guess_before, listed};

/// A tool whose files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ForeignTool {
    /// The Discourse Network Analyzer.
    Dna,
    /// Label Studio.
    LabelStudio,
    /// doccano.
    Doccano,
    /// Prodigy.
    Prodigy,
    /// ATLAS.ti, MAXQDA, NVivo, QualCoder and others, by their common format.
    RefiQda,
    /// quanteda's dictionaries.
    Quanteda,
}

impl ForeignTool {
    /// All of them.
    pub const ALL: [ForeignTool; 6] = [
        ForeignTool::Dna,
        ForeignTool::LabelStudio,
        ForeignTool::Doccano,
        ForeignTool::Prodigy,
        ForeignTool::RefiQda,
        ForeignTool::Quanteda,
    ];

    /// The word of the flag `--from`.
    pub fn word(self) -> &'static str {
        match self {
            ForeignTool::Dna => "dna",
            ForeignTool::LabelStudio => "label-studio",
            ForeignTool::Doccano => "doccano",
            ForeignTool::Prodigy => "prodigy",
            ForeignTool::RefiQda => "refi-qda",
            ForeignTool::Quanteda => "quanteda",
        }
    }

    /// Reads the word of the flag `--from`.
    pub fn from_word(word: &str) -> Option<ForeignTool> {
        ForeignTool::ALL.into_iter().find(|tool| tool.word() == word)
    }
}

/// What a code of another tool is taken for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeUse {
    /// A level of an issue, in its words or as its number.
    Level {
        /// The issue.
        issue: String,
        /// The level.
        level: String,
    },
    /// Read, and takes no position on an issue.
    NoPosition {
        /// The issue.
        issue: String,
    },
    /// No position: it goes with the statements, in the column `codes`.
    Keep,
    /// It is left out.
    Ignore,
}

impl CodeUse {
    /// Reads `ISSUE:LEVEL`, `ISSUE:none`, `keep` or `ignore`.
    pub fn from_word(word: &str) -> Option<CodeUse> {
        match (word.trim(), word.split_once(':')) {
            ("keep", _) => Some(CodeUse::Keep),
            ("ignore", _) => Some(CodeUse::Ignore),
            (_, Some((issue, level))) if !issue.trim().is_empty() && !level.trim().is_empty() => {
                let (issue, level) = (issue.trim().to_owned(), level.trim().to_owned());
                Some(if level == "none" { CodeUse::NoPosition { issue } } else { CodeUse::Level { issue, level } })
            }
            _ => None,
        }
    }

    /// The issue and the level. The level of no position is empty. `None` if it is no position.
    pub fn level(&self) -> Option<(&str, &str)> {
        match self {
            CodeUse::Level { issue, level } => Some((issue, level)),
            CodeUse::NoPosition { issue } => Some((issue, "")),
            CodeUse::Keep | CodeUse::Ignore => None,
        }
    }
}

/// The word of a flag or of `import.toml`.
impl fmt::Display for CodeUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodeUse::Level { issue, level } => write!(f, "{issue}:{level}"),
            CodeUse::NoPosition { issue } => write!(f, "{issue}:none"),
            CodeUse::Keep => f.write_str("keep"),
            CodeUse::Ignore => f.write_str("ignore"),
        }
    }
}

/// What a person says about a sheet, by flags or in `import.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportSettings {
    /// What columns are for, by their headers.
    pub columns: Vec<(String, ColumnUse)>,
    /// What codes of other tools are taken for.
    pub codes: Vec<(String, CodeUse)>,
    /// The tool that wrote the files, if their content does not show it.
    pub tool: Option<ForeignTool>,
    /// When everything was said, if no column says it.
    pub date: Option<StatementDate>,
    /// The sheets of a workbook that are meant.
    pub sheets: Vec<String>,
    /// The same, as an earlier import has kept them. A workbook may lack them.
    pub remembered_sheets: Vec<String>,
    /// Whether day or month comes first.
    pub date_order: Option<DateOrder>,
    /// The year from which numbers of days are counted: 1900, or 1904 as older spreadsheets of the Mac do.
    pub days_from: Option<u16>,
    /// What a spreadsheet has done to the true dates of a column that has dates as text, too.
    pub true_dates: Option<TrueDates>,
    /// The zone in which a moment belongs to a day.
    pub time_zone: Option<Tz>,
    /// Who labelled, if no column says it.
    pub coder: Option<String>,
    /// Who said everything, if no column says it.
    pub speaker: Option<String>,
    /// The issue of a column of positions whose header does not name one, and the issue of a corpus without positions.
    pub issue: Option<String>,
    /// Words that say: read, and takes no position. `empty` stands for the empty cell.
    pub no_position: Vec<String>,
    /// The words of levels with their numbers, by the id of the issue.
    pub levels: BTreeMap<String, BTreeMap<String, i32>>,
    /// The words of levels in their order, lowest first, by the id or name of the issue.
    pub level_orders: Vec<(String, Vec<String>)>,
    /// Whether rows without a fault are added although others have one.
    pub partial: bool,
    /// Whether rows that are corrected forms of statements of the corpus take their place.
    pub corrected: bool,
    /// What stands before and behind the name of the coder in the names of several files at once, without their endings.
    /// `None` if there is one file, whose name says nothing.
    pub around_coders: Option<[String; 2]>,
    /// What was said about one file, by its path from the folder that holds the corpus, and by its sheet if one is meant.
    pub files: BTreeMap<String, FileAnswers>,
}

/// What a person has said about one file, and what holds for no other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileAnswers {
    /// Who labelled.
    pub coder: Option<String>,
    /// Who said everything.
    pub speaker: Option<String>,
    /// The issue of the positions.
    pub issue: Option<String>,
    /// What a spreadsheet has done to its true dates.
    pub true_dates: Option<TrueDates>,
}

/// What a spreadsheet has done to dates such as 05/08 that it could read, beside those such as 13/08 that it could not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrueDates {
    /// Nothing: they are right.
    Kept,
    /// It has swapped day and month.
    Swapped,
}

impl TrueDates {
    /// The word of the flag and of `import.toml`.
    pub fn word(self) -> &'static str {
        match self {
            TrueDates::Kept => "kept",
            TrueDates::Swapped => "swapped",
        }
    }

    /// Reads the word of the flag.
    pub fn from_word(word: &str) -> Option<TrueDates> {
        [TrueDates::Kept, TrueDates::Swapped].into_iter().find(|known| known.word() == word)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSettings {
    date_order: Option<Spanned<String>>,
    days_from: Option<Spanned<u16>>,
    time_zone: Option<Spanned<String>>,
    coder: Option<String>,
    speaker: Option<String>,
    issue: Option<String>,
    #[serde(default)]
    sheets: Vec<String>,
    #[serde(default)]
    no_position: Vec<String>,
    #[serde(default)]
    levels: BTreeMap<String, BTreeMap<String, i32>>,
    #[serde(default)]
    files: BTreeMap<String, FileAnswers>,
    #[serde(default)]
    codes: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    columns: BTreeMap<String, Spanned<String>>,
}

/// The years from which spreadsheets count days.
pub const EPOCHS: [u16; 2] = [1900, 1904];

/// Reads the order of day and month.
pub fn date_order(word: &str) -> Option<DateOrder> {
    [DateOrder::DayFirst, DateOrder::MonthFirst].into_iter().find(|order| order.word() == word)
}

impl ImportSettings {
    /// Reads the text of an `import.toml`. Faults are added to `problems`.
    pub fn parse(document: &Document, problems: &mut Vec<Problem>) -> ImportSettings {
        let mut settings = ImportSettings::default();
        let read: Option<Read<RawSettings>> = document.root(problems).and_then(|root| document.read(root, problems));
        let Some(Read { value: raw, .. }) = read else { return settings };
        if let Some(word) = raw.date_order {
            settings.date_order = date_order(word.get_ref());
            if settings.date_order.is_none() {
                let what = format!("`{}` is not an order of day and month", word.get_ref());
                problems.push(document.fault(
                    word.span(),
                    what,
                    "write \"dmy\" if the day comes first, \"mdy\" if the month does",
                ));
            }
        }
        if let Some(year) = raw.days_from {
            settings.days_from = Some(*year.get_ref()).filter(|year| EPOCHS.contains(year));
            if settings.days_from.is_none() {
                let what = format!("spreadsheets count days from 1900 or 1904, and not from {}", year.get_ref());
                problems.push(document.fault(year.span(), what, "write 1904, or leave the key out"));
            }
        }
        if let Some(word) = raw.time_zone {
            settings.time_zone = word.get_ref().parse().ok();
            if settings.time_zone.is_none() {
                let what = format!("`{}` is not a time zone", word.get_ref());
                problems.push(document.fault(
                    word.span(),
                    what,
                    "write a name such as \"Europe/Kyiv\" or \"America/New_York\"",
                ));
            }
        }
        for (header, word) in raw.columns {
            match ColumnUse::from_word(word.get_ref()) {
                Some(usage) => settings.columns.push((header, usage)),
                None => {
                    let known = ColumnUse::words();
                    let hint = format!("a column may be: {}", listed(known.iter().copied()));
                    let hint = guess_before(&hint, word.get_ref(), known.into_iter());
                    let what = format!("`{}` is not something that a column can be", word.get_ref());
                    problems.push(document.fault(word.span(), what, hint));
                }
            }
        }
        for (code, word) in raw.codes {
            match CodeUse::from_word(word.get_ref()) {
                Some(usage) => settings.codes.push((code, usage)),
                None => {
                    let what = format!("`{}` is not something that a code can be", word.get_ref());
                    let hint = "write ISSUE:LEVEL, ISSUE:none, keep or ignore";
                    problems.push(document.fault(word.span(), what, hint));
                }
            }
        }
        (settings.coder, settings.speaker, settings.issue) = (raw.coder, raw.speaker, raw.issue);
        (settings.no_position, settings.levels) = (raw.no_position, raw.levels);
        settings.remembered_sheets = raw.sheets;
        settings.files = raw.files;
        settings
    }

    /// These settings, with those of `file` wherever these say nothing.
    pub fn over(mut self, file: ImportSettings) -> ImportSettings {
        self.columns.extend(file.columns);
        self.codes.extend(file.codes);
        self.date_order = self.date_order.or(file.date_order);
        self.days_from = self.days_from.or(file.days_from);
        self.time_zone = self.time_zone.or(file.time_zone);
        self.coder = self.coder.or(file.coder);
        self.speaker = self.speaker.or(file.speaker);
        self.issue = self.issue.or(file.issue);
        self.remembered_sheets.extend(file.remembered_sheets);
        self.no_position.extend(file.no_position);
        for (issue, words) in file.levels {
            let known = self.levels.entry(issue).or_default();
            for (word, number) in words {
                known.entry(word).or_insert(number);
            }
        }
        self
    }

    /// The text of a new `import.toml`.
    pub fn to_text(&self) -> String {
        let mut text =
            "# How sheets become this corpus. `stance import` wrote this file, and reads it at each import.\n\
                        # To change what a column is for, change the word on its right.\n"
                .to_owned();
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                let _ = writeln!(text, "{key} = {}", toml_text(&value));
            }
        };
        line("date_order", self.date_order.map(|order| order.word().to_owned()));
        line("time_zone", self.time_zone.map(|zone| zone.name().to_owned()));
        line("coder", self.coder.clone());
        line("speaker", self.speaker.clone());
        line("issue", self.issue.clone());
        if let Some(year) = self.days_from {
            let _ = writeln!(text, "days_from = {year}");
        }
        for (key, words) in [("sheets", &self.remembered_sheets), ("no_position", &self.no_position)] {
            if !words.is_empty() {
                let _ = writeln!(text, "{key} = {}", toml_list(words));
            }
        }
        for (issue, words) in self.levels.iter().filter(|(_, words)| !words.is_empty()) {
            let _ = writeln!(text, "\n[levels.{}]", toml_text(issue));
            let mut words: Vec<(&String, &i32)> = words.iter().collect();
            words.sort_by_key(|(_, number)| **number);
            for (word, number) in words {
                let _ = writeln!(text, "{} = {}", toml_text(word), Position(*number).0);
            }
        }
        for (file, answers) in &self.files {
            let _ = write!(text, "\n[files.{}]\n{}", toml_text(file), answers.lines());
        }
        if !self.codes.is_empty() {
            text += "\n[codes]\n";
            text += &self.code_lines();
        }
        // Last, so that new columns can be added at the end of the file.
        text += "\n[columns]\n";
        text + &self.column_lines()
    }

    /// The lines of the codes.
    pub fn code_lines(&self) -> String {
        let line =
            |(code, usage): &(String, CodeUse)| format!("{} = {}\n", toml_text(code), toml_text(&usage.to_string()));
        self.codes.iter().map(line).collect()
    }

    /// The lines of the columns.
    pub fn column_lines(&self) -> String {
        self.columns
            .iter()
            .map(|(header, usage)| format!("{} = {}\n", toml_text(header), toml_text(&usage.to_string())))
            .collect()
    }
}

impl FileAnswers {
    /// The lines of the answers.
    pub fn lines(&self) -> String {
        let true_dates = self.true_dates.map(|dates| dates.word().to_owned());
        let all =
            [("coder", &self.coder), ("speaker", &self.speaker), ("issue", &self.issue), ("true_dates", &true_dates)];
        let given = all.iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
        given.map(|(key, value)| format!("{key} = {}\n", toml_text(value))).collect()
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        *self == FileAnswers::default()
    }
}

/// Texts as a list of TOML.
pub fn toml_list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| toml_text(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A text between quotation marks, as TOML has it.
pub fn toml_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '\t' => out += "\\t",
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn settings_are_read_as_they_were_written(
            headers in prop::collection::btree_map("\\PC{0,12}|[\"\\\\\n\t\u{1}]{1,3}", 0..4_usize, 0..6), word in "\\PC{1,6}",
        ) {
            let uses = [ColumnUse::Coder, ColumnUse::Statement("text"), ColumnUse::PositionOn(Some("tram".to_owned())), ColumnUse::Keep];
            let settings = ImportSettings {
                columns: headers.into_iter().map(|(header, usage)| (header, uses[usage].clone())).collect(),
                codes: vec![(word.clone(), CodeUse::Level { issue: "tram".to_owned(), level: "-2".to_owned() })],
                date_order: Some(DateOrder::DayFirst),
                days_from: Some(1904),
                time_zone: Some(Tz::Europe__Kyiv),
                coder: Some(word.clone()),
                no_position: vec![word.clone()],
                remembered_sheets: vec![word.clone()],
                files: BTreeMap::from([(word.clone(), FileAnswers { speaker: Some(word.clone()), true_dates: Some(TrueDates::Swapped), ..FileAnswers::default() })]),
                levels: BTreeMap::from([(word.clone(), BTreeMap::from([(word, -2)]))]),
                ..ImportSettings::default()
            };
            let mut problems = Vec::new();
            let read = ImportSettings::parse(&Document::new("import.toml", settings.to_text()), &mut problems);
            prop_assert_eq!(problems, vec![]);
            prop_assert_eq!(read, settings);
        }
    }
}
