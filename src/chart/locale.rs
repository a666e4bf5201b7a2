//! The fixed words of charts, and the form of dates and numbers, in several languages.
//!
//! A language is a file in `locale/`, in the [Fluent](https://projectfluent.org) format, with the plural
//! rules of that language. Titles, level words and quotations come from the corpus.

use std::fmt::Display;

use chrono::{Datelike, NaiveDate};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::chart::direction;
use crate::chart::figure::Calendar;
use crate::codebook::{Issue, Position};
use crate::date::{Grain, Precision, StatementDate};
use crate::words;

/// The available languages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ChartLanguage {
    /// English.
    #[default]
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Ukrainian.
    Uk,
}

impl ChartLanguage {
    /// Every language.
    pub const ALL: [ChartLanguage; 4] = [ChartLanguage::En, ChartLanguage::De, ChartLanguage::Fr, ChartLanguage::Uk];

    /// The language's tag, and its file.
    fn source(self) -> (&'static str, &'static str) {
        match self {
            ChartLanguage::En => ("en", include_str!("locale/en.ftl")),
            ChartLanguage::De => ("de", include_str!("locale/de.ftl")),
            ChartLanguage::Fr => ("fr", include_str!("locale/fr.ftl")),
            ChartLanguage::Uk => ("uk", include_str!("locale/uk.ftl")),
        }
    }
}

/// The words of a language.
pub struct Locale {
    tag: &'static str,
    /// Whether groups count as speakers. Then a message is taken in the form for groups, if it has one.
    groups: bool,
    bundle: FluentBundle<FluentResource>,
}

impl Locale {
    /// Reads the words of a language.
    pub fn new(language: ChartLanguage) -> Locale {
        let (tag, text) = language.source();
        let mut bundle = FluentBundle::new(vec![tag.parse::<LanguageIdentifier>().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        // A faulty file would be a fault of the program. The tests check that every file has every word.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Locale { tag, groups: false, bundle }
    }

    /// The same language with more words, in a file of the same format.
    pub fn with(mut self, words: &str) -> Locale {
        let resource = FluentResource::try_new(words.to_owned()).unwrap_or_else(|(resource, _)| resource);
        self.bundle.add_resource_overriding(resource);
        self
    }

    /// The same language for pictures of groups, which are not called speakers.
    pub fn of_groups(self, groups: bool) -> Locale {
        Locale { groups, ..self }
    }

    /// The language's tag, such as `en`.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// A message, with values put into it.
    pub fn say(&self, id: &str, values: &[(&'static str, &dyn Display)]) -> String {
        let value = |(name, value): &(&'static str, &dyn Display)| {
            (*name, FluentValue::from(direction::isolated(&value.to_string()).into_owned()))
        };
        self.format(id, &values.iter().map(value).collect())
    }

    /// A message with a count. Its noun follows the number.
    pub fn many(&self, id: &str, count: usize) -> String {
        self.format(id, &[("count", FluentValue::from(count))].into_iter().collect())
    }

    /// The same with other values besides.
    pub fn many_of(&self, id: &str, count: usize, values: &[(&'static str, &dyn Display)]) -> String {
        let value = |(name, value): &(&'static str, &dyn Display)| {
            (*name, FluentValue::from(direction::isolated(&value.to_string()).into_owned()))
        };
        self.format(id, &values.iter().map(value).chain([("count", FluentValue::from(count))]).collect())
    }

    /// A day: `8 July 2025`.
    pub fn day(&self, date: NaiveDate) -> String {
        let (day, month) = (self.day_of_month(date), self.month_word("month-of-day", date.month()));
        self.say("date", &[("day", &day), ("month", &month), ("year", &date.year())])
    }

    /// A day without its year: `8 July`.
    pub fn day_and_month(&self, date: NaiveDate) -> String {
        let (day, month) = (self.day_of_month(date), self.month_word("month-of-day", date.month()));
        self.say("day-and-month", &[("day", &day), ("month", &month)])
    }

    /// A day without its year, abbreviated: `8 Jul`.
    pub fn short_day(&self, date: NaiveDate) -> String {
        self.calendar().day(date)
    }

    /// Two days. What they share is written once, with the second: `8` and `10 July 2025`.
    pub fn days(&self, from: NaiveDate, to: NaiveDate) -> (String, String) {
        let first = match (from.year() == to.year(), from.month() == to.month()) {
            (true, true) => self.day_of_month(from),
            (true, false) => self.day_and_month(from),
            _ => self.day(from),
        };
        (first, self.day(to))
    }

    /// A month: `July 2025`.
    pub fn month(&self, date: NaiveDate) -> String {
        let month = self.month_word("month", date.month());
        self.say("month-and-year", &[("month", &month), ("year", &date.year())])
    }

    /// A quarter of a year: `Q3 2025`.
    pub fn quarter(&self, date: NaiveDate) -> String {
        self.say("quarter-and-year", &[("quarter", &(date.month0() / 3 + 1)), ("year", &date.year())])
    }

    /// The date of a statement, as exactly as it is known: `8 July 2025`, `July 2025`, `2025`.
    pub fn date(&self, date: StatementDate) -> String {
        let first = date.first();
        match date.precision {
            Precision::Day => self.day(first),
            Precision::Week => self.say("week", &[("day", &self.day(first))]),
            Precision::Month => self.month(first),
            Precision::Quarter => self.quarter(first),
            Precision::Year => first.year().to_string(),
        }
    }

    /// The same after its preposition: `on 8 July 2025`, `in July 2025`.
    pub fn at(&self, date: StatementDate) -> String {
        let said = self.date(date);
        match date.precision {
            Precision::Day => self.say("when-day", &[("day", &said)]),
            Precision::Week => self.say("when-week", &[("week", &said)]),
            Precision::Month => self.say("when-month", &[("month", &said)]),
            Precision::Quarter => self.say("when-quarter", &[("quarter", &said)]),
            Precision::Year => self.say("when-year", &[("year", &said)]),
        }
    }

    /// Between two units of a test, by their first days: `between 8 and 10 July 2025`, `between July 2025 and May 2026`.
    pub fn between(&self, grain: Grain, from: NaiveDate, to: NaiveDate) -> String {
        let (id, (from, to)) = match grain {
            Grain::Day => ("between-days", self.days(from, to)),
            _ => ("between-units", (self.date(grain.date(from)), self.date(grain.date(to)))),
        };
        self.say(id, &[("from", &from), ("to", &to), ("unit", &grain.word())])
    }

    /// From one date to another, each as exactly as it is known: `from 8 to 10 July 2025`.
    pub fn span(&self, from: StatementDate, to: StatementDate) -> String {
        let (id, (first, last)) = match from.is_day() && to.is_day() {
            true => ("span-days", self.days(from.first(), to.first())),
            false => ("span-units", (self.date(from), self.date(to))),
        };
        self.say(id, &[("from", &first), ("to", &last)])
    }

    /// How many units of a test: `3 months`.
    pub fn units(&self, grain: Grain, count: usize) -> String {
        let id = match grain {
            Grain::Day => "days",
            Grain::Week => "weeks",
            Grain::Month => "months",
            Grain::Quarter => "quarters",
        };
        self.many(id, count)
    }

    /// The same after its preposition: `on 3 days`, `in 3 months`.
    pub fn in_units(&self, grain: Grain, count: usize) -> String {
        let id = match grain {
            Grain::Day => "on-days",
            Grain::Week => "in-weeks",
            Grain::Month => "in-months",
            Grain::Quarter => "in-quarters",
        };
        self.many(id, count)
    }

    /// Parts of a sentence, with the semicolon of the language between them.
    pub fn clauses(&self, parts: &[String]) -> String {
        let all = parts.iter().cloned();
        all.reduce(|first, second| self.say("clauses", &[("first", &first), ("second", &second)])).unwrap_or_default()
    }

    /// A month, abbreviated: `Jul 2025`.
    pub fn short_month(&self, date: NaiveDate) -> String {
        let month = self.month_word("month-short", date.month());
        self.say("month-and-year", &[("month", &month), ("year", &date.year())])
    }

    /// The form of dates on an axis.
    pub fn calendar(&self) -> Calendar {
        let months = std::array::from_fn(|month| self.month_word("month-short", month as u32 + 1));
        let days = std::array::from_fn(|day| self.counted("day-of-month", "day", day as u32 + 1));
        Calendar { months, days }
    }

    /// A value between levels, with its sign: `+1.2`.
    pub fn level(&self, value: f64) -> String {
        self.number(&words::level(value))
    }

    /// A position with its sign: `−2`.
    pub fn position(&self, position: i32) -> String {
        self.number(&Position(position).to_string())
    }

    /// A value on the scale of an issue. It has a sign only if the scale has levels on both sides of zero.
    pub fn level_on(&self, issue: &Issue, value: f64) -> String {
        let level = self.level(value);
        if issue.levels.iter().any(|level| level.position.0 < 0) { level } else { unsigned(level) }
    }

    /// A position on the scale of an issue, with a sign as [`Locale::level_on`] has it.
    pub fn position_on(&self, issue: &Issue, position: i32) -> String {
        let number = self.position(position);
        if issue.levels.iter().any(|level| level.position.0 < 0) { number } else { unsigned(number) }
    }

    /// A number as the language writes it, with a minus sign instead of a hyphen.
    pub fn number(&self, digits: &str) -> String {
        digits.replace('-', "−").replace('.', &self.say("decimal", &[]))
    }

    /// Names as a list: `a, b and c`.
    pub fn list(&self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => self.say("and", &[("first", &first.join(", ")), ("last", last)]),
        }
    }

    /// A quotation in the language's quotation marks, or a paraphrase marked as one.
    pub fn quoted(&self, text: &str, indirect: bool) -> String {
        // The marks belong to the quotation, so it is not isolated from them.
        let id = if indirect { "paraphrase" } else { "quotation" };
        self.format(id, &[("text", FluentValue::from(text))].into_iter().collect())
    }

    fn day_of_month(&self, date: NaiveDate) -> String {
        self.counted("day-of-month", "day", date.day())
    }

    fn month_word(&self, id: &str, month: u32) -> String {
        self.counted(id, "month", month)
    }

    fn counted(&self, id: &str, name: &str, number: u32) -> String {
        self.format(id, &[(name, FluentValue::from(number))].into_iter().collect())
    }

    fn format(&self, id: &str, values: &FluentArgs<'_>) -> String {
        let own = self.groups.then(|| self.bundle.get_message(&format!("{id}-of-groups"))).flatten();
        let pattern = own.or_else(|| self.bundle.get_message(id)).and_then(|message| message.value());
        // Every id that the charts use is in every language: a test checks this.
        pattern.map_or_else(|| id.to_owned(), |p| self.bundle.format_pattern(p, Some(values), &mut vec![]).into_owned())
    }
}

/// A number without the sign of what is above zero.
fn unsigned(number: String) -> String {
    number.strip_prefix('+').map_or(number.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// The messages in a file, each with the values that it takes.
    fn messages(language: ChartLanguage) -> BTreeMap<String, BTreeSet<String>> {
        let (_, text) = language.source();
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut last = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                last = id.to_owned();
            }
            let values = line.split('$').skip(1).filter_map(|rest| rest.split([' ', '}']).next());
            found.entry(last.clone()).or_default().extend(values.map(str::to_owned));
        }
        found.remove("");
        found
    }

    #[test]
    fn every_language_has_every_message_and_no_fault() {
        let english: Vec<String> = messages(ChartLanguage::En).into_keys().collect();
        assert!(english.len() > 60);
        for language in ChartLanguage::ALL {
            let (_, text) = language.source();
            assert!(FluentResource::try_new(text.to_owned()).is_ok(), "{language:?} cannot be read");
            assert_eq!(messages(language).into_keys().collect::<Vec<_>>(), english, "{language:?}");
            let locale = Locale::new(language);
            for (id, values) in messages(language) {
                let args: FluentArgs<'_> = values.iter().map(|name| (name.as_str(), FluentValue::from(3))).collect();
                let mut faults = Vec::new();
                let pattern = locale.bundle.get_message(&id).and_then(|message| message.value()).expect("a message");
                locale.bundle.format_pattern(pattern, Some(&args), &mut faults);
                assert!(faults.is_empty(), "{language:?} {id}: {faults:?}");
            }
        }
    }

    #[test]
    fn what_charts_say_is_in_the_files_and_is_given_its_values() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/chart/kind");
        let files = std::fs::read_dir(folder).expect("the folder of the charts").flatten();
        let files = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "rs"));
        let (english, mut said) = (messages(ChartLanguage::En), BTreeSet::new());
        for path in files.filter(|path| !path.ends_with("locale.rs")) {
            let code = std::fs::read_to_string(&path).expect("a file");
            for call in [".say(", ".many(", ".many_of(", "not_drawn(locale, "] {
                for rest in code.split(call).skip(1) {
                    let Some(id) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                        continue;
                    };
                    assert!(english.contains_key(id), "{}: `{id}` is in no file", path.display());
                    said.insert(id.to_owned());
                }
            }
        }
        assert!(said.len() > 40, "{said:?}");
    }

    #[test]
    fn no_line_ends_before_a_sign() {
        // A report is a page, whose lines are the reader's.
        for language in ChartLanguage::ALL {
            let signs: &[&str] =
                if language == ChartLanguage::Fr { &[" %", " ;", " :", " »", "« "] } else { &[" %"] };
            for line in
                language.source().1.lines().filter(|line| !line.starts_with('#') && !line.starts_with("report-"))
            {
                assert!(signs.iter().all(|sign| !line.contains(sign)), "{language:?}: {line}");
            }
        }
    }

    #[test]
    fn groups_are_not_called_speakers() {
        let english = Locale::new(ChartLanguage::En);
        assert_eq!(english.many("speakers", 2), "2 speakers");
        for (language, word) in ChartLanguage::ALL.into_iter().zip(["speaker", "Sprecher", "intervenant", "мов"]) {
            let groups = Locale::new(language).of_groups(true);
            let all =
                ["all-speakers", "in-order", "all-few-same", "dumbbell-subtitle", "speakers-note", "shift-tested"];
            let mut said = vec![groups.many("speakers", 2), groups.many("pairs", 2)];
            said.extend(all.map(|id| groups.say(id, &[("speakers", &2), ("count", &2), ("unit", &"day")])));
            assert!(said.iter().all(|said| !said.to_lowercase().contains(&word.to_lowercase())), "{said:?}");
        }
    }

    #[test]
    fn dates_and_counts_follow_the_language() {
        let day = date("2025-03-01");
        let days = ChartLanguage::ALL.map(|language| Locale::new(language).day(day));
        assert_eq!(days, ["1\u{a0}March 2025", "1.\u{a0}März 2025", "1er\u{a0}mars 2025", "1\u{a0}березня 2025"]);
        let months = ChartLanguage::ALL.map(|language| Locale::new(language).month(day));
        assert_eq!(months, ["March 2025", "März 2025", "mars 2025", "березень 2025"]);
        let ukrainian = Locale::new(ChartLanguage::Uk);
        let counts = [1, 2, 5, 21, 22].map(|count| ukrainian.many("days", count));
        let rows = [1, 22, 25].map(|count| ukrainian.many("not-drawn-rows", count));
        assert!(
            rows.iter().zip(["1 рядок ", "22 рядки ", "25 рядків "]).all(|(row, part)| row.contains(part)),
            "{rows:?}"
        );
        assert!(Locale::new(ChartLanguage::En).many("not-drawn-rows", 1).contains("1 more row is"));
        assert_eq!(counts, ["1 день", "2 дні", "5 днів", "21 день", "22 дні"]);
        assert_eq!(Locale::new(ChartLanguage::De).level(-0.64), "−0,6");
    }

    #[test]
    fn english_is_what_sentences_are() {
        let english = Locale::new(ChartLanguage::En);
        for (from, to) in [("2025-07-08", "2025-07-10"), ("2025-07-08", "2025-08-01"), ("2024-12-31", "2025-01-01")] {
            let (first, last) = english.days(date(from), date(to));
            // In a picture, no line ends between a day and its month.
            let said = english.say("and", &[("first", &first), ("last", &last)]).replace('\u{a0}', " ");
            assert_eq!(said, words::days(date(from), date(to), "and"));
        }
        assert_eq!(english.many("days", 1), words::many(1, "day"));
        assert_eq!(english.quoted("Yes", false), words::quoted("Yes", false, 10));
    }
}
