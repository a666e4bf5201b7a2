//! Uses that the names of columns give away, if what they hold fits.

use crate::import::column::{
    ColumnUse, Naming, bare_header, is_counted, is_form_time, is_number_of, is_organisation, named,
};
use crate::import::recognise::{Finder, KnownBy};
use crate::import::scale;

impl Finder<'_> {
    /// Gives each use to the column that is named best for it.
    pub(super) fn by_name(&mut self, long: bool) {
        let mut candidates: Vec<(Naming, usize, &'static str)> = Vec::new();
        for column in self.free() {
            if !is_form_time(&self.names[column]) {
                // A header that explains numbers is that of a scale.
                let profile = &self.profiles[column];
                let within = |(low, high)| {
                    let inside = profile.numbers.iter().filter(|number| (low..=high).contains(*number)).count();
                    profile.words.is_empty() && inside >= 2 && inside * 4 >= profile.numbers.len() * 3
                };
                let explained = profile.is_mostly_numbers() && scale::has_legend(&self.names[column])
                    || scale::range(&self.names[column]).is_some_and(within)
                    || self.profiles[column].is_letters() && scale::has_letters(&self.names[column]);
                if explained && !is_counted(&self.names[column]) {
                    candidates.push((Naming::Exact, column, "position"));
                }
                candidates
                    .extend(named(&self.names[column]).into_iter().map(|(usage, naming)| (naming, column, usage)));
            }
        }
        let fits = |column: usize, usage: &str| {
            let profile = &self.profiles[column];
            match usage {
                "date" | "source_date" => profile.dates * 2 >= profile.filled,
                "source_url" => profile.addresses * 2 >= profile.filled,
                "position" => {
                    profile.may_be_positions()
                        || profile.is_mostly_numbers()
                        || (profile.words.is_empty()
                            && !profile.numbers.is_empty()
                            && scale::range(&self.names[column]).is_some())
                }
                "kind" | "verified" | "date_precision" => profile.distinct <= 4,
                "text" => profile.addresses == 0 && profile.dates * 2 < profile.filled && profile.mean_letters() >= 4,
                "venue" | "source_publisher" | "source_title" | "role" => profile.addresses * 2 < profile.filled,
                "speaker" => {
                    !profile.example.starts_with(['{', '['])
                        && profile.addresses == 0
                        && profile.dates == 0
                        // A quotation in the wrong cell hides no column of names.
                        && profile.short * 4 >= profile.filled * 3
                }
                "coder" if is_number_of(&self.names[column]) => profile.may_be_numbers_of_coders(self.rows.len()),
                "coder" => profile.may_be_coders(self.rows.len()),
                _ => true,
            }
        };
        // When somebody coded or changed a row is not when the words were said.
        candidates.retain(|(_, column, usage)| *usage != "date" || !self.is_of_work(*column));
        candidates.retain(|(naming, column, usage)| {
            let exact = *naming == Naming::Exact;
            match *usage {
                "date" | "text" | "id" | "issue" if exact => true,
                // Whatever the header says: level words and numbers with signs are nobody's name.
                "coder" if exact => !self.profiles[*column].is_positions(),
                usage => fits(*column, usage),
            }
        });
        // Words such as `for` and `against` are positions, whatever else the header may mean.
        let else_means = |column: usize, usage: &str| {
            let fixed = ["position", "issue", "coder", "id", "date", "text", "speaker"].contains(&usage);
            !fixed && !long && self.profiles[column].is_positions()
        };
        candidates.retain(|(_, column, usage)| !else_means(*column, usage));
        candidates.retain(|(_, _, usage)| !long || !["position", "issue", "coder", "rationale"].contains(usage));
        candidates.sort_by_key(|(naming, column, _)| (std::cmp::Reverse(*naming), *column));
        let mut reported: Vec<&str> = Vec::new();
        for (naming, column, usage) in &candidates {
            let wanted = match *usage {
                "coder" => ColumnUse::Coder,
                "issue" => ColumnUse::Issue,
                "rationale" => ColumnUse::Rationale,
                "position" => ColumnUse::PositionOn(None),
                known => match ColumnUse::from_word(known) {
                    Some(usage) => usage,
                    None => continue,
                },
            };
            let several = matches!(wanted, ColumnUse::PositionOn(None));
            if self.uses[*column].is_some() || (self.is_used(&wanted) && !several) {
                continue;
            }
            let mut rivals: Vec<usize> = candidates
                .iter()
                .filter(|(other, rival, same)| other == naming && same == usage && self.uses[*rival].is_none())
                .map(|(_, rival, _)| *rival)
                .collect();
            if *usage == "speaker" {
                // A person speaks for an organisation, unless the names are no more than numbers of rows.
                let is_person = |rival: &usize| {
                    !is_organisation(&self.names[*rival])
                        && !self.profiles[*rival].example.contains(|c: char| c.is_ascii_digit())
                };
                if rivals.iter().any(is_person) {
                    rivals.retain(is_person);
                    if !rivals.contains(column) {
                        continue;
                    }
                }
            }
            // Stance itself calls it so in what it exports.
            let own = *usage == "id" && rivals.iter().any(|rival| bare_header(&self.names[*rival]) == "statement id");
            if own && bare_header(&self.names[*column]) != "statement id" {
                continue;
            }
            if rivals.len() > 1 && !own && matches!(*usage, "date" | "text" | "speaker" | "id") {
                if !reported.contains(usage) {
                    self.undecided(usage, &rivals);
                    reported.push(usage);
                }
                continue;
            }
            self.take(*column, wanted, KnownBy::ItsName);
        }
    }

    /// An issue and a position in each row are labels. One without the other is not.
    pub(super) fn labels(&mut self) {
        let issue = self.column_of(&ColumnUse::Issue);
        let position = self.column_of(&ColumnUse::PositionOn(None));
        if issue.is_some() && position.is_some() {
            self.levels_in_words();
        }
        let position = self.column_of(&ColumnUse::PositionOn(None));
        match (issue, position) {
            (Some(_), Some(position)) => {
                let by = self.uses[position].as_ref().map_or(KnownBy::ItsName, |(_, by)| *by);
                self.take(position, ColumnUse::Position, by);
            }
            (Some(_), None) if self.is_used(&ColumnUse::Position) || self.has_coders() => {}
            (Some(issue), None) if self.uses[issue].as_ref().is_some_and(|(_, by)| *by != KnownBy::You) => {
                self.uses[issue] = None;
            }
            _ => {}
        }
    }

    /// A row per label may have its level twice: as a number, and in words beside it. Then the number counts.
    pub(super) fn levels_in_words(&mut self) {
        let known = |column: usize| match &self.uses[column] {
            Some((ColumnUse::PositionOn(None), by)) => Some(*by),
            _ => None,
        };
        let (words, numbers): (Vec<usize>, Vec<usize>) = (0..self.uses.len())
            .filter(|column| known(*column).is_some() && self.profiles[*column].entries > 0)
            .partition(|column| self.profiles[*column].numbers.is_empty());
        if let ([words], [_]) = (&words[..], &numbers[..])
            && known(*words) == Some(KnownBy::ItsName)
        {
            self.take(*words, ColumnUse::PositionInWords, KnownBy::ItsName);
        }
    }
}
