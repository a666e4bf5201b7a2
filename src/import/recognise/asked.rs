//! Uses that several columns may have, or none: only a person knows.

use crate::import::another::{is_bystander, is_other_day};
use crate::import::column::{
    ColumnUse, is_anonymous, is_bare_name, is_created, is_form_time, is_of_post, is_of_publication, is_respondent,
    is_work_on,
};
use crate::import::recognise::{Finder, KnownBy};
use crate::words::listed;

impl Finder<'_> {
    /// A column of authors is that of speakers if there is no other: beside a second column of names, only a person
    /// knows.
    pub(super) fn author_or_speaker(&mut self) {
        let speaker = ColumnUse::Statement("speaker");
        let Some(column) = self.column_of(&speaker) else { return };
        let by_name = matches!(self.uses[column], Some((_, KnownBy::ItsName)));
        if !by_name || !is_bystander(&self.names[column]) {
            return;
        }
        let is_open = |other: usize| match &self.uses[other] {
            None => true,
            Some((ColumnUse::Statement("source_publisher" | "source_title" | "role"), by)) => *by == KnownBy::ItsName,
            _ => false,
        };
        let has_names = |other: &usize| {
            let profile = &self.profiles[*other];
            profile.mostly(profile.names) && (profile.distinct * 2 <= profile.filled || profile.filled < 10)
        };
        let of_article = (0..self.names.len()).find(|other| {
            let is_it =
                matches!(self.uses[*other], Some((ColumnUse::Statement("source_title" | "source_publisher"), _)));
            is_it && self.profiles[*other].filled > 0
        });
        let others: Vec<usize> = (0..self.names.len())
            .filter(|other| *other != column && is_open(*other) && !is_bystander(&self.names[*other]))
            .filter(has_names)
            .collect();
        if let Some(other) = others.first() {
            self.undecided("speaker", &[*other, column]);
            self.uses[*other] = None;
        } else if let Some(article) = of_article {
            let (name, article) = (self.names[column].clone(), &self.names[article]);
            let what = format!(
                "`{name}` is taken as who said the words, and beside `{article}` it may be who wrote them down"
            );
            let hint = format!(
                "if it is the speaker: --map \"{name}=speaker\"; if not: --map \"{name}=keep\", and name the column of the speakers"
            );
            self.problems.push(self.grid.warning(self.header, column, what, hint));
        }
    }

    /// Who filled in a form is the coder of its answers: the address or the name beside the time at which it was sent.
    pub(super) fn filled_in_by(&mut self) {
        let is_open = |usage: &ColumnUse| matches!(usage, ColumnUse::PositionOn(_) | ColumnUse::Position);
        let has_labels = self.uses.iter().flatten().any(|(usage, _)| is_open(usage));
        let has_speaker = self.is_used(&ColumnUse::Statement("speaker"));
        if !has_labels || !has_speaker || self.is_used(&ColumnUse::Coder) {
            return;
        }
        let is_form =
            (0..self.names.len()).any(|column| is_form_time(&self.names[column]) && self.profiles[column].filled > 0);
        let may = |column: &usize| {
            let profile = &self.profiles[*column];
            let says_who = is_respondent(&self.names[*column], is_form) && !is_anonymous(&profile.example);
            says_who && profile.filled * 2 > self.rows.len() && profile.may_be_coders(self.rows.len())
        };
        let first = self.free().filter(may).min_by_key(|column| is_bare_name(&self.names[*column]));
        if let Some(column) = first {
            self.take(column, ColumnUse::Coder, KnownBy::ItsName);
        }
    }

    /// Whether a column of dates is that of work on the sheet, or of another day. `created` alone may be the moment of a post: beside other
    /// columns of posts, or as programs count moments, it is.
    pub(super) fn is_of_work(&self, column: usize) -> bool {
        let name = &self.names[column];
        let is_counted = !self.profiles[column].numbers.is_empty();
        is_other_day(name)
            || is_work_on(name)
            || (is_created(name) && !is_counted && !self.names.iter().any(|other| is_of_post(other)))
    }

    /// Warns of a day of publication that is taken as the day of the words.
    pub(super) fn day_of_publication(&mut self) {
        let Some(column) = self.column_of(&ColumnUse::Statement("date")) else { return };
        let by_you = matches!(self.uses[column], Some((_, KnownBy::You | KnownBy::TheFormat)));
        if by_you || !is_of_publication(&self.names[column]) {
            return;
        }
        let what = format!("`{}` is taken as the day on which the words were said", self.names[column]);
        let hint = format!(
            "if words were said earlier, write their day in a column of its own; if it is the same day: --map \"{}=date\"",
            self.names[column]
        );
        self.problems.push(self.grid.warning(self.header, column, what, hint));
    }

    /// Nothing says when the words were said. Something may say when they were published.
    pub(super) fn no_date(&mut self) {
        match self.column_of(&ColumnUse::Statement("source_date")) {
            Some(column) => {
                let name = self.names[column].clone();
                let what = format!("`{name}` is when the words were published, and no column says when they were said");
                let hint = format!("if it is the same day, say so with --map \"{name}=date\"");
                self.problems.push(self.grid.fault(self.header, column, what, hint));
            }
            None => {
                let otherwise = "; or, if everything was said on one day, --date 2025-08-15";
                self.missing("date", "the dates", otherwise);
            }
        }
    }

    /// Several columns may be meant, and only a person knows.
    pub(super) fn undecided(&mut self, usage: &str, columns: &[usize]) {
        let names: Vec<String> = columns.iter().map(|column| format!("`{}`", self.names[*column])).collect();
        let what = format!(
            "{} columns may be the {}: {}",
            names.len(),
            what_is(usage),
            listed(names.iter().map(String::as_str))
        );
        let hint = format!("say which with --map \"{}={usage}\"", self.names[columns[0]]);
        self.problems.push(self.grid.fault(self.header, columns[0], what, hint));
        // Both are named in one fault; neither is missing.
        self.take(columns[0], ColumnUse::from_word(usage).unwrap_or(ColumnUse::Keep), KnownBy::Nothing);
    }

    pub(super) fn missing(&mut self, usage: &str, what: &str, otherwise: &str) {
        let names: Vec<&str> = self.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let hint = format!(
            "name the column with --map \"COLUMN={usage}\"{otherwise}; the columns are: {}",
            listed(names.iter().copied())
        );
        self.problems.push(self.grid.fault(self.header, 0, format!("no column is recognised as {what}"), hint));
    }
}

fn what_is(usage: &str) -> &str {
    match usage {
        "date" => "day on which the words were said",
        "text" => "quotation",
        other => other,
    }
}
