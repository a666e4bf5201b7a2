//! The part of a language's file that is about days, as written.

use serde::Deserialize;

/// The part of a language's file that is about days.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaySection {
    /// Whether months and short weekdays count only with a capital.
    pub capitalised: bool,
    /// Whether the previous and the next one follow what they describe: mardi dernier.
    #[serde(default)]
    pub direction_after: bool,
    /// Names of the weekdays, Monday first.
    pub weekdays: [Vec<String>; 7],
    /// Names of weekdays that count only next to a date.
    pub weekdays_short: [Vec<String>; 7],
    /// Names of the months, January first.
    pub months: [Vec<String>; 12],
    /// Names of months that may be followed by a full stop.
    pub months_short: [Vec<String>; 12],
    /// Words for counts, from 0.
    pub numbers: Vec<Vec<String>>,
    /// Words for a few.
    pub few: Vec<String>,
    /// Ordinal words, from the first.
    pub ordinals: Vec<Vec<String>>,
    /// Endings of numbers that count a day.
    pub ordinal_endings: Vec<String>,
    /// Units of time shorter than a day.
    pub hours: Vec<String>,
    /// Words for a day.
    pub days: Vec<String>,
    /// Words for a week.
    pub weeks: Vec<String>,
    /// Words for two weeks.
    pub fortnights: Vec<String>,
    /// Words for a month.
    pub months_long: Vec<String>,
    /// Words for a year.
    pub years: Vec<String>,
    /// Words for ten years.
    pub decades: Vec<String>,
    /// Words for Saturday and Sunday.
    pub weekends: Vec<String>,
    /// Words for the last day of the year.
    pub year_ends: Vec<String>,
    /// Words for the seasons, spring first.
    pub seasons: [Vec<String>; 4],
    /// Possessive endings.
    pub possessive: Vec<String>,
    /// Parts of a day, said after its name.
    pub parts_of_day: Vec<String>,
    /// The previous one.
    pub last: Vec<String>,
    /// The current one.
    pub this: Vec<String>,
    /// The next one.
    pub next: Vec<String>,
    /// The one mentioned before.
    pub same: Vec<String>,
    /// The one before the one mentioned.
    pub previous: Vec<String>,
    /// The one after the one mentioned.
    pub following: Vec<String>,
    /// The article before a day.
    pub the: Vec<String>,
    /// Between a day and its month.
    pub of: Vec<String>,
    /// Before a day.
    pub on: Vec<String>,
    /// Between two days of a list.
    pub and: Vec<String>,
    /// Between the two ends of a range of days.
    pub to: Vec<String>,
    /// After a count of days, backwards from now.
    pub ago: Vec<String>,
    /// Before a count of days, backwards from now.
    pub ago_before: Vec<String>,
    /// After a count of days, forwards from now.
    pub from_now: Vec<String>,
    /// After a count of days, backwards from the day mentioned.
    pub earlier: Vec<String>,
    /// After a count of days, forwards from the day mentioned.
    pub later: Vec<String>,
    /// The first part of a month, week or year.
    pub early: Vec<String>,
    /// The middle part.
    pub middle: Vec<String>,
    /// The last part.
    pub late: Vec<String>,
    /// The very end.
    pub end: Vec<String>,
    /// Days counted from the day of publication.
    pub relative: Vec<Relative>,
    /// Days that return every year.
    pub holidays: Vec<Holiday>,
    /// Names that contain a weekday or month but are not a day.
    pub names: Vec<String>,
    /// Words before a month without a day.
    pub before_month: Vec<String>,
    /// Words before a year without a month.
    pub before_year: Vec<String>,
    /// Words before a day of the month without a month.
    pub before_day: Vec<String>,
    /// What distinguishes past from future.
    pub tense: TenseSection,
    /// What distinguishes the day of the words from the days they are about.
    pub saying: SayingSection,
    /// What is around the date of publication.
    pub publication: PublicationSection,
}

impl DaySection {
    /// The section from the built-in language file.
    #[cfg(test)]
    pub fn english() -> DaySection {
        #[derive(Deserialize)]
        struct File {
            day: DaySection,
        }
        let file: File = toml::from_str(include_str!("../language/en.toml")).expect("a test reads this file");
        file.day
    }
}

/// Words that show whether a day is in the past or the future.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenseSection {
    /// Signs of the future, some way before the day.
    pub future: Vec<String>,
    /// The same, directly before the day.
    pub future_before: Vec<String>,
    /// Directly before the day: it is the closest one.
    pub nearest_before: Vec<String>,
    /// Signs of the past, directly before the day.
    pub past_before: Vec<String>,
    /// Present forms for plans.
    pub scheduled: Vec<String>,
    /// Forms of "to be" in the present.
    pub be: Vec<String>,
    /// What puts a verb before another past.
    pub pluperfect: Vec<String>,
    /// The form of "to be" after "will".
    pub infinitive_be: Vec<String>,
    /// What comes before a verb that has not happened yet.
    pub infinitive_to: Vec<String>,
    /// Endings that make a plan after a form of "to be".
    pub progressive_endings: Vec<String>,
    /// Endings of verbs in the past.
    pub past_endings: Vec<String>,
    /// Words with such an ending that are not verbs in the past.
    pub not_past: Vec<String>,
    /// Other verbs in the past.
    pub past: Vec<String>,
}

/// Words that show the day on which words were said.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SayingSection {
    /// Nouns for an occasion on which people speak.
    pub occasions: Vec<String>,
    /// Verbs for people who spoke with each other.
    #[serde(default)]
    pub met: Vec<String>,
    /// Words before a verb of saying that make it a habit and not one occasion.
    #[serde(default)]
    pub habits: Vec<String>,
    /// Verbs for words that answer other words: replied, added.
    #[serde(default)]
    pub answers: Vec<String>,
    /// Before a day that opens a clause about what was going on then: by Monday he was saying.
    #[serde(default)]
    pub by_then: Vec<String>,
    /// Before hours, for what followed soon: within hours.
    #[serde(default)]
    pub within: Vec<String>,
    /// Verbs for publishing words.
    pub made_public: Vec<String>,
    /// Beginnings of a phrase about how the words were said.
    pub speaking: Vec<String>,
    /// Verbs of saying.
    pub verbs: Vec<String>,
    /// Words that begin a first clause about when the words were said.
    pub setting: Vec<String>,
    /// Words that begin a separate clause.
    pub clauses: Vec<String>,
    /// Words before a day that make it a limit.
    pub limits: Vec<String>,
    /// Words that may begin a sentence before its day.
    pub openers: Vec<String>,
}

/// Words around the date of publication.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicationSection {
    /// Before it.
    pub published: Vec<String>,
    /// Before the date of a later version.
    pub updated: Vec<String>,
    /// Before other dates.
    pub not_published: Vec<String>,
    /// Before a date in a running sentence.
    pub running: Vec<String>,
}

/// Words for a day counted from the day of publication.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relative {
    /// Days after the publication; negative before it.
    pub days: i64,
    /// The words.
    pub words: Vec<String>,
}

/// A day that returns every year. It has a month and a day; or a month, a weekday and its number; or a
/// number of days from Easter Sunday.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Its names.
    pub words: Vec<String>,
    /// The month, from 1.
    pub month: Option<u32>,
    /// The day of the month.
    pub day: Option<u32>,
    /// The weekday, Monday is 1.
    pub weekday: Option<u32>,
    /// Which of these weekdays of the month, from 1; -1 is the last.
    pub nth: Option<i32>,
    /// Days to add.
    #[serde(default)]
    pub plus: i64,
    /// Days from Easter Sunday.
    pub easter: Option<i64>,
}

/// When a day returns every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yearly {
    /// On a day of a month.
    Date {
        /// The month, from 1.
        month: u32,
        /// The day, from 1.
        day: u32,
    },
    /// On a weekday of a month, or some days after it.
    Weekday {
        /// The month, from 1.
        month: u32,
        /// The weekday, Monday is 1.
        weekday: u32,
        /// Which of them, from 1; -1 is the last.
        nth: i32,
        /// Days after it.
        plus: i64,
    },
    /// This many days after Easter Sunday.
    Easter(i64),
}

impl Holiday {
    /// When it returns; `None` if the file does not say it in full.
    pub fn yearly(&self) -> Option<Yearly> {
        match (self.month, self.day, self.weekday, self.nth, self.easter) {
            (Some(month), Some(day), ..) => Some(Yearly::Date { month, day }),
            (Some(month), _, Some(weekday), Some(nth), _) => {
                Some(Yearly::Weekday { month, weekday, nth, plus: self.plus })
            }
            (.., Some(days)) => Some(Yearly::Easter(days)),
            _ => None,
        }
    }
}
