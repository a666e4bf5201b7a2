//! The day that carries over to a person's next words.

use chrono::NaiveDate;

use crate::extract::day::resolve::DayPrecision;
use crate::extract::day::said::{DayBasis, FRESH, SaidDay};

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextPlace {
    /// The paragraph, counted from 0.
    pub paragraph: usize,
    /// The byte of the text at which the words begin.
    pub byte: usize,
}

/// The days on which each person spoke, gathered while going through a text: someone who goes on
/// speaking does so on the same day. `K` is what the caller uses to identify speakers.
///
/// Within the same paragraph and close by, every day carries over. So does the day of the scene. The one
/// mentioned last is used. Further on, only a day from the week before publication carries over: an
/// older day, or a month, is background that the text soon leaves. Failing these, the first fresh day that the text states
/// for the person counts: that of its report. Each entry of a live page has its own
/// day, up to the next entry that has one.
#[derive(Debug, Clone, Default)]
pub struct Carry<K> {
    /// The last words of each speaker, if they had a day.
    last: Vec<(K, TextPlace, SaidDay)>,
    scene: Option<(TextPlace, SaidDay)>,
    /// An occasion with its day, up to the next words whose day the text states: "at a hearing on Tuesday".
    setting: Option<(TextPlace, SaidDay)>,
    /// The first day that the text states for the words of each speaker, if it is fresh: that of its report.
    first: Vec<(K, SaidDay)>,
    /// The day above an entry of a live page.
    entry: Option<SaidDay>,
    /// The last paragraph that ended with a colon.
    announced: Option<usize>,
}

/// How many bytes away words count as close by.
const CLOSE: usize = 600;
/// How many paragraphs a day carries over. In news, most paragraphs have one or two sentences.
const PARAGRAPHS: usize = 5;
/// How many paragraphs an occasion gives its day to others than whom it names.
const SETTING: usize = 2;
/// Over how many paragraphs a sentence with a colon at its end sets the day.
const LEADS: usize = 2;
/// How many bytes a day carries over. Saved pages may have no paragraphs.
const REACH: usize = 2500;

impl<K: PartialEq + Clone> Carry<K> {
    /// A text in which no one has spoken yet.
    pub fn new() -> Carry<K> {
        Carry { last: Vec::new(), scene: None, setting: None, first: Vec::new(), entry: None, announced: None }
    }

    /// The day that carries over to a speaker's words at a place, for
    /// [`Days::said_on`](crate::extract::day::Days::said_on).
    pub fn day(&self, speaker: &K, at: TextPlace, published: NaiveDate) -> Option<&SaidDay> {
        let speaker_last = self.last.iter().find(|(known, ..)| known == speaker).filter(|(_, known, said)| {
            let fresh = said.precision == DayPrecision::Day && (published - said.day).num_days() <= FRESH;
            is_close(*known, at) || (fresh && is_in_reach(*known, at))
        });
        let leads = |known: TextPlace| {
            self.announced == Some(known.paragraph) && at.paragraph.wrapping_sub(known.paragraph) <= LEADS
        };
        let scene = self.scene.as_ref().filter(|(known, _)| is_close(*known, at) || leads(*known));
        let fresh = |said: &SaidDay| (published - said.day).num_days() <= FRESH;
        let settled = |known: TextPlace| at.paragraph.abs_diff(known.paragraph) <= SETTING && is_in_reach(known, at);
        let setting = self.setting.as_ref().filter(|(known, said)| fresh(said) && settled(*known));
        let candidates = speaker_last
            .map(|(_, place, said)| (place.byte, said))
            .into_iter()
            .chain(scene.map(|(place, said)| (place.byte, said)))
            .chain(setting.map(|(place, said)| (place.byte, said)).filter(|_| speaker_last.is_some()));
        let first = || self.first.iter().find(|(known, said)| known == speaker && fresh(said)).map(|(_, said)| said);
        let near = candidates.max_by_key(|(byte, _)| *byte).map(|(_, said)| said).or(self.entry.as_ref());
        near.or_else(first).or(setting.map(|(_, said)| said))
    }

    /// Begins the next entry of a live page: days from the previous one no longer carry over.
    pub fn begin_entry(&mut self, entry: Option<SaidDay>, published: NaiveDate) {
        *self = Carry { entry: entry.filter(|entry| entry.day != published), ..Carry::new() };
    }

    /// Notes the day of a speaker's words.
    pub fn note(&mut self, speaker: K, at: TextPlace, said: &SaidDay) {
        self.last.retain(|(known, place, _)| *known != speaker && is_in_reach(*place, at));
        let states = matches!(said.basis, DayBasis::Verb | DayBasis::Frame) && said.precision == DayPrecision::Day;
        if states && !self.first.iter().any(|(known, _)| *known == speaker) {
            self.first.push((speaker.clone(), said.clone()));
        }
        if states {
            self.setting = None;
        }
        if said.basis != DayBasis::Publication {
            self.last.push((speaker, at, said.clone()));
        }
    }

    /// Notes that a paragraph ends with a colon, so that its day is that of the words behind it.
    pub fn announce(&mut self, paragraph: usize) {
        self.announced = Some(paragraph);
    }

    /// Notes the [`Days::scene`](crate::extract::day::Days::scene) that a sentence without a quotation
    /// sets. If it is about a speaker ("Trump answered questions in Washington yesterday"), it carries
    /// over like the speaker's words.
    pub fn set_scene(&mut self, speaker: Option<K>, at: TextPlace, scene: SaidDay) {
        if let Some(speaker) = speaker {
            self.note(speaker, at, &scene);
        }
        self.scene = Some((at, scene));
    }

    /// Notes an occasion on which several people may speak, with its day.
    pub fn set_setting(&mut self, at: TextPlace, day: SaidDay) {
        self.setting = Some((at, day)).filter(|(_, day)| day.precision == DayPrecision::Day);
    }
}

fn is_close(from: TextPlace, to: TextPlace) -> bool {
    from.paragraph == to.paragraph && to.byte.abs_diff(from.byte) <= CLOSE
}

fn is_in_reach(from: TextPlace, to: TextPlace) -> bool {
    to.paragraph.abs_diff(from.paragraph) <= PARAGRAPHS && to.byte.abs_diff(from.byte) <= REACH
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::day::find::Mentions;
    use crate::extract::day::lexicon::DayLexicon;
    use crate::extract::day::said::{Days, Sentence};

    const PUBLISHED: &str = "2025-03-06";

    fn said(text: &str, carried: Option<&SaidDay>) -> SaidDay {
        let words = DayLexicon::english();
        let days = Days::of(Mentions::of(text, &words), PUBLISHED.parse().unwrap());
        let cue = text.find("said").map(|at| at..at + 4);
        days.said_on(&Sentence { range: 0..text.len(), quotes: &[], cue }, carried)
    }

    #[test]
    fn the_same_person_goes_on_speaking_on_the_same_day() {
        let published = PUBLISHED.parse().unwrap();
        let first = said("The mayor said on Tuesday.", None);
        let old = said("The king said in June.", None);
        let at = |paragraph: usize, byte: usize| TextPlace { paragraph, byte };
        let mut carry = Carry::new();
        carry.note("mayor", at(3, 900), &first);
        carry.note("king", at(3, 1000), &old);
        let next = said("“I need a holiday,” he said.", carry.day(&"mayor", at(4, 1300), published));
        assert_eq!((next.day, next.basis), (first.day, DayBasis::Carried));
        assert_eq!(next.cue, first.cue);
        assert_eq!(carry.day(&"king", at(3, 1100), published).map(|said| said.precision), Some(DayPrecision::Month));
        assert_eq!(carry.day(&"king", at(3, 1700), published), None);
        assert_eq!(carry.day(&"king", at(4, 1100), published), None);
        // Further on it is still the day of the report, if the text is about this week.
        assert_eq!(carry.day(&"mayor", at(9, 1300), published), Some(&first));
        assert_eq!(carry.day(&"mayor", at(4, 9000), published), Some(&first));
        let own = said("“No,” he said on Monday.", carry.day(&"mayor", at(4, 1300), published));
        assert_eq!(own.day.to_string(), "2025-03-03");
        // Words without a day end it, up to the day of the report.
        carry.note("mayor", at(4, 1300), &said("“No,” he said.", None));
        assert_eq!(carry.day(&"mayor", at(4, 1400), published), Some(&first));
        let entry = SaidDay { day: "2025-03-04".parse().unwrap(), ..first.clone() };
        let mut live = Carry::new();
        live.note("mayor", at(3, 900), &first);
        live.begin_entry(Some(entry.clone()), published);
        assert_eq!(live.day(&"mayor", at(3, 950), published), Some(&entry));
        live.begin_entry(Some(SaidDay { day: published, ..entry }), published);
        assert_eq!(live.day(&"mayor", at(3, 980), published), None);
        carry.set_scene(Some("queen"), at(5, 1500), first.clone());
        assert_eq!(carry.day(&"queen", at(7, 2500), published), Some(&first));
        assert_eq!(carry.day(&"mayor", at(5, 1600), published), Some(&first));
        assert_eq!(carry.day(&"mayor", at(6, 1600), published), Some(&first));
        assert_eq!(carry.day(&"duke", at(6, 1600), published), None);
    }
}
