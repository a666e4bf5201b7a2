//! The words that a language uses to name days, as its file lists them, ready for looking up.

use rustc_hash::FxHashMap;

use crate::extract::day::piece::{TokenShape, pieces};
use crate::extract::day::section::{DaySection, Holiday, Yearly};

/// What a word may be. Each list in a language's file is one flag.
pub(crate) mod flag {
    macro_rules! flags {
        ($($name:ident)*) => { flags!(@ 0u32; $($name)*); };
        (@ $at:expr; $name:ident $($rest:ident)*) => {
            pub(crate) const $name: u64 = 1 << $at;
            flags!(@ $at + 1; $($rest)*);
        };
        (@ $at:expr;) => {};
    }
    flags! {
        SHORT FEW ORDINAL_ENDING WEEKEND YEAR_END PART_OF_DAY LAST THIS NEXT SAME PREVIOUS FOLLOWING THE OF ON AND TO
        AGO AGO_BEFORE FROM_NOW EARLIER LATER EARLY MIDDLE LATE END NAME BEFORE_MONTH BEFORE_YEAR BEFORE_DAY
        FUTURE FUTURE_BEFORE NEAREST_BEFORE PAST_BEFORE SCHEDULED BE NOT_PAST PAST
        OCCASION MADE_PUBLIC SPEAKING VERB CLAUSE LIMIT OPENER PUBLISHED UPDATED NOT_PUBLISHED RUNNING
        POSSESSIVE SETTING PLUPERFECT INFINITIVE_BE INFINITIVE_TO HABIT MET ANSWER WITHIN BY_THEN
    }
}

/// What a word, or several together, may mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DayClass {
    pub flags: u64,
    /// Monday is 1; 0 is none.
    pub weekday: u8,
    /// January is 1; 0 is none.
    pub month: u8,
    /// A count plus 1; 0 is none.
    pub count: u8,
    /// The first is 1; 0 is none.
    pub ordinal: u8,
    /// One of the units below; 0 is none.
    pub unit: u8,
    /// A season plus 1; 0 is none.
    pub season: u8,
    /// An index in the list of holidays plus 1; 0 is none.
    pub holiday: u8,
    /// Days from the publication plus 100; 0 is none.
    pub relative: u8,
}

/// Units of time, as [`DayClass::unit`] numbers them.
pub(crate) mod unit {
    pub(crate) const HOUR: u8 = 1;
    pub(crate) const DAY: u8 = 2;
    pub(crate) const WEEK: u8 = 3;
    pub(crate) const FORTNIGHT: u8 = 4;
    pub(crate) const MONTH: u8 = 5;
    pub(crate) const YEAR: u8 = 6;
    pub(crate) const DECADE: u8 = 7;
}

impl DayClass {
    pub(crate) fn is(&self, flags: u64) -> bool {
        self.flags & flags != 0
    }

    fn join(&mut self, other: DayClass) {
        self.flags |= other.flags;
        for (own, new) in [
            (&mut self.weekday, other.weekday),
            (&mut self.month, other.month),
            (&mut self.count, other.count),
            (&mut self.ordinal, other.ordinal),
            (&mut self.unit, other.unit),
            (&mut self.season, other.season),
            (&mut self.holiday, other.holiday),
            (&mut self.relative, other.relative),
        ] {
            *own = (*own).max(new);
        }
    }
}

/// What may follow a given first word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    /// The class of the word alone; 0 is the empty class.
    pub class: u16,
    /// Words and marks that may follow and form one expression with it, longest first, each with its
    /// class.
    pub longer: Vec<(Vec<String>, u16)>,
}

/// The words of a language, ready for looking up.
#[derive(Debug, Clone)]
pub struct DayLexicon {
    /// The index of each first word among the entries.
    pub(crate) places: FxHashMap<String, u16>,
    /// The classes of the first words. The one at 0 is for words that are in no list.
    pub(crate) entries: Vec<Entry>,
    pub(crate) classes: Vec<DayClass>,
    pub(crate) holidays: Vec<Option<Yearly>>,
    pub(crate) past_endings: Vec<String>,
    pub(crate) progressive_endings: Vec<String>,
    pub(crate) capitalised: bool,
    pub(crate) direction_after: bool,
}

impl DayLexicon {
    /// Prepares the words of a language.
    pub fn new(section: &DaySection) -> DayLexicon {
        let mut words = DayLexicon {
            places: FxHashMap::default(),
            entries: vec![Entry::default()],
            classes: vec![DayClass::default()],
            holidays: section.holidays.iter().map(Holiday::yearly).collect(),
            past_endings: section.tense.past_endings.clone(),
            progressive_endings: section.tense.progressive_endings.clone(),
            capitalised: section.capitalised,
            direction_after: section.direction_after,
        };
        words.add_flags(section);
        words.add_values(section);
        for entry in &mut words.entries {
            entry.longer.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        words
    }

    /// The words from the built-in language file.
    #[cfg(test)]
    pub fn english() -> DayLexicon {
        DayLexicon::new(&DaySection::english())
    }

    fn add_flags(&mut self, section: &DaySection) {
        use flag::*;
        let (tense, saying, around) = (&section.tense, &section.saying, &section.publication);
        for (list, flags) in [
            (&section.few, FEW),
            (&section.ordinal_endings, ORDINAL_ENDING),
            (&section.weekends, WEEKEND),
            (&section.year_ends, YEAR_END),
            (&section.possessive, POSSESSIVE),
            (&section.parts_of_day, PART_OF_DAY),
            (&section.last, LAST),
            (&section.this, THIS),
            (&section.next, NEXT),
            (&section.same, SAME),
            (&section.previous, PREVIOUS),
            (&section.following, FOLLOWING),
            (&section.the, THE),
            (&section.of, OF),
            (&section.on, ON),
            (&section.and, AND),
            (&section.to, TO),
            (&section.ago, AGO),
            (&section.ago_before, AGO_BEFORE),
            (&section.from_now, FROM_NOW),
            (&section.earlier, EARLIER),
            (&section.later, LATER),
            (&section.early, EARLY),
            (&section.middle, MIDDLE),
            (&section.late, LATE),
            (&section.end, END),
            (&section.names, NAME),
            (&section.before_month, BEFORE_MONTH),
            (&section.before_year, BEFORE_YEAR),
            (&section.before_day, BEFORE_DAY),
            (&tense.future, FUTURE),
            (&tense.future_before, FUTURE_BEFORE),
            (&tense.nearest_before, NEAREST_BEFORE),
            (&tense.past_before, PAST_BEFORE),
            (&tense.scheduled, SCHEDULED),
            (&tense.be, BE),
            (&tense.pluperfect, PLUPERFECT),
            (&tense.infinitive_be, INFINITIVE_BE),
            (&tense.infinitive_to, INFINITIVE_TO),
            (&tense.not_past, NOT_PAST),
            (&tense.past, PAST),
            (&saying.occasions, OCCASION),
            (&saying.habits, HABIT),
            (&saying.answers, ANSWER),
            (&saying.within, WITHIN),
            (&saying.by_then, BY_THEN),
            (&saying.met, MET),
            (&saying.made_public, MADE_PUBLIC),
            (&saying.speaking, SPEAKING),
            (&saying.verbs, VERB),
            (&saying.setting, SETTING),
            (&saying.clauses, CLAUSE),
            (&saying.limits, LIMIT),
            (&saying.openers, OPENER),
            (&around.published, PUBLISHED),
            (&around.updated, UPDATED),
            (&around.not_published, NOT_PUBLISHED),
            (&around.running, RUNNING),
        ] {
            self.add(list, DayClass { flags, ..DayClass::default() });
        }
    }

    fn add_values(&mut self, section: &DaySection) {
        let none = DayClass::default();
        let short = DayClass { flags: flag::SHORT, ..none };
        for (i, (names, shorts)) in (1..).zip(section.weekdays.iter().zip(&section.weekdays_short)) {
            self.add(names, DayClass { weekday: i, ..none });
            self.add(shorts, DayClass { weekday: i, ..short });
        }
        for (i, (names, shorts)) in (1..).zip(section.months.iter().zip(&section.months_short)) {
            self.add(names, DayClass { month: i, ..none });
            self.add(shorts, DayClass { month: i, ..short });
        }
        for (i, names) in (1..=u8::MAX).zip(&section.numbers) {
            self.add(names, DayClass { count: i, ..none });
        }
        for (i, names) in (1..=31).zip(&section.ordinals) {
            self.add(names, DayClass { ordinal: i, ..none });
        }
        for (list, unit) in [
            (&section.hours, unit::HOUR),
            (&section.days, unit::DAY),
            (&section.weeks, unit::WEEK),
            (&section.fortnights, unit::FORTNIGHT),
            (&section.months_long, unit::MONTH),
            (&section.years, unit::YEAR),
            (&section.decades, unit::DECADE),
        ] {
            self.add(list, DayClass { unit, ..none });
        }
        for (i, names) in (1..).zip(&section.seasons) {
            self.add(names, DayClass { season: i, ..none });
        }
        for (i, day) in (1..=u8::MAX).zip(&section.holidays) {
            self.add(&day.words, DayClass { holiday: i, ..none });
        }
        for day in &section.relative {
            let relative = (day.days.clamp(-99, 99) + 100) as u8;
            self.add(&day.words, DayClass { relative, ..none });
        }
    }

    /// Adds a class to some words.
    fn add(&mut self, list: &[String], class: DayClass) {
        for words in list {
            // An ending such as "'s" is only a piece after a word.
            let words = format!("{}{}", if words.starts_with('\'') { "x" } else { "" }, words.to_lowercase());
            let skipped = usize::from(words.starts_with("x'"));
            let pieces = pieces(&words).filter(|piece| piece.shape != TokenShape::Space);
            let mut parts = pieces.skip(skipped).map(|piece| words[piece.range].to_owned());
            let Some(first) = parts.next() else { continue };
            let rest: Vec<String> = parts.collect();
            let next = self.classes.len() as u16;
            let entry = *self.places.entry(first).or_insert(self.entries.len() as u16);
            if usize::from(entry) == self.entries.len() {
                self.entries.push(Entry::default());
            }
            let entry = &mut self.entries[usize::from(entry)];
            let place = if rest.is_empty() {
                &mut entry.class
            } else if let Some(known) = entry.longer.iter().position(|(known, _)| *known == rest) {
                &mut entry.longer[known].1
            } else {
                entry.longer.push((rest, 0));
                let last = entry.longer.len() - 1;
                &mut entry.longer[last].1
            };
            if *place == 0 {
                *place = next;
                self.classes.push(DayClass::default());
            }
            self.classes[usize::from(*place)].join(class);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_comes_with_the_program_is_read() {
        let words = DayLexicon::english();
        assert!(words.classes.len() < usize::from(u16::MAX));
        let class = |word: &str| words.classes[usize::from(words.entries[usize::from(words.places[word])].class)];
        assert_eq!(class("friday").weekday, 5);
        assert_eq!(class("may").month, 5);
        assert!(class("may").is(flag::FUTURE));
    }
}
