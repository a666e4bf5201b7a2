//! What a language says about words that show who said what: verbs, pronouns, titles.
//!
//! Every word of a text is looked up once; what it may be is a set of bits.

use std::collections::HashMap;

use rustc_hash::FxHashMap;
#[cfg(test)]
use serde::Deserialize;

use crate::extract::speech::declension::{Declension, Known, Nominative};
use crate::extract::speech::section::{PeopleWords, SaidWithin, SmallWords, SpeechSection, Verbs};

/// What a word may be, as a set of bits; see the constants of this module.
pub type Class = u128;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => { $($(#[$doc])* pub const $name: Class = 1 << $bit;)* };
}

classes! {
    /// A verb that can be next to the words themselves.
    SAY = 0;
    /// A verb that can only be there with a comma or a colon.
    WEAK = 1;
    /// A verb that reports a thought in a clause.
    REPORT = 2;
    /// A verb that needs "that" before the clause.
    NEEDS_THAT = 3;
    /// A verb followed by what is to be done.
    TO_DO = 4;
    /// A verb followed by someone who is to do it.
    SOMEONE_TO = 5;
    /// A verb followed by a question.
    ASKING = 6;
    /// A verb for what someone calls a thing.
    CALLING = 7;
    /// A verb whose first object is the person addressed.
    ADDRESSED = 8;
    /// The form of a verb after "to" or "will".
    BASE = 9;
    /// A finite form.
    FINITE = 10;
    /// A form that depends on another clause.
    HANGING = 11;
    /// What may come between subject and verb.
    AUXILIARY = 12;
    /// He, him, his.
    MALE = 13;
    /// She, her.
    FEMALE = 14;
    /// They, them.
    PLURAL = 15;
    /// It, its.
    NEUTER = 16;
    /// I, you: no one with a name.
    NOBODY = 17;
    /// A pronoun that can be a subject.
    SUBJECT = 18;
    /// A possessive pronoun.
    OWNING = 19;
    /// Who, which.
    RELATIVE = 20;
    /// The, a, some.
    DETERMINER = 21;
    /// Of, in, on.
    PREPOSITION = 22;
    /// And, but, while.
    CONJUNCTION = 23;
    /// Also, later.
    ADVERB = 24;
    /// A word that may be inside a name.
    PARTICLE = 25;
    /// The same, but only in the name of an organisation.
    ORGANISATION_PARTICLE = 26;
    /// Jr.
    SUFFIX = 27;
    /// Days and months.
    CALENDAR = 28;
    /// That.
    THAT = 29;
    /// To.
    TO = 30;
    /// And.
    AND = 31;
    /// But, while.
    CONTRAST = 32;
    /// Whether, why.
    QUESTION = 33;
    /// Reporters, supporters.
    HEARERS = 34;
    /// President, spokesman.
    TITLE = 35;
    /// A title of a man.
    MALE_TITLE = 36;
    /// A title of a woman.
    FEMALE_TITLE = 37;
    /// What a title is for: Secretary of *State*.
    TAIL = 38;
    /// Former, a: not a holder of the office.
    FORMER = 39;
    /// A word of an organisation's name.
    ORGANISATION = 40;
    /// American, Republican.
    PEOPLE = 41;
    /// A man's first name.
    MALE_NAME = 42;
    /// A woman's first name.
    FEMALE_NAME = 43;
    /// The first word of "according to".
    ACCORDING = 44;
    /// A preposition that joins a verb to what was said: called *for*.
    CALLED = 45;
    /// A preposition before what the words are about.
    TOPIC = 46;
    /// A preposition before a place.
    PLACE = 47;
    /// A form of another verb.
    OTHER_VERB = 48;
    /// The name of a place.
    PLACE_NAME = 49;
    /// With.
    WITH = 50;
    /// A form that depends on another clause, by its ending.
    ENDS_HANGING = 51;
    /// Week, month.
    TIME = 52;
    /// Was, were.
    BE = 53;
    /// A title that does not name an office.
    HONORIFIC = 54;
    /// Not, never.
    NEGATION = 55;
    /// Denied, refused: what follows was not said.
    DENIAL = 56;
    /// If, unless: what follows is a condition.
    CONDITION = 57;
    /// Only: "not only" is not a negation.
    ONLY = 58;
    /// The future: will.
    FUTURE = 59;
    /// The, a: not a person by itself.
    ARTICLE = 60;
    /// Of, between an office and what it is for.
    GENITIVE = 61;
    /// Later, often: would later say.
    CAME = 62;
    /// Polls, a number, a meeting: it says nothing.
    THING = 63;
    /// A verb for judging something, which says something only with a reason: praised X for Y.
    JUDGING = 64;
    /// Q, reporter: whoever asks in an interview.
    QUESTIONER = 65;
    /// A: whoever answers in an interview.
    ANSWERER = 66;
    /// So, between words in quotation marks and whoever said them: “…”, so X.
    SOURCE = 67;
    /// What a paper says: "говорится в сообщении".
    READ = 68;
    /// With it, a form of "to be" makes no passive.
    REFLEXIVE = 69;
    /// What is to be done, by its ending.
    INFINITIVE = 70;
    /// As, before whoever said the rest of the sentence.
    AS_SAID = 71;
    /// A statement, a letter: whoever wrote it speaks.
    DOCUMENT = 72;
    /// By, from: before whoever wrote or released something.
    AGENT = 73;
    /// A form that a verb only has in reported speech: sei.
    SUBJUNCTIVE = 74;
    /// A pronoun with which such a form is an ordinary one: ich habe.
    FIRST_PERSON = 75;
    /// A noun for what someone said: declaration.
    SAID = 76;
    /// What someone is who thinks that something is so: convinced.
    MINDED = 77;
    /// A verb for bringing out what is said: issued a warning.
    GIVING = 78;
    /// A noun for what someone thinks: in her *view*.
    VIEW = 79;
    /// What something is made: made *clear* that.
    SHOWN = 80;
    /// Speaking: before where or when something was said.
    SPEAKING = 81;
    /// A word for a person that names no office: man, Briton, politician.
    PERSON = 82;
    /// A form that reported speech has where the other looks like an ordinary one, and that wishes have, too: hätten.
    CONDITIONAL = 83;
    /// A verb that gives someone else's words: quoted X.
    QUOTING = 84;
    /// Before words in quotation marks: with the *words*.
    WORDING = 85;
}

/// Words that never begin or form a name, even with a capital at the start of a sentence.
pub const COMMON: Class =
    AUXILIARY | SUBJECT | OWNING | RELATIVE | DETERMINER | PREPOSITION | CONJUNCTION | ADVERB | CALENDAR;

/// Any verb that reports.
pub const VERB: Class = SAY | REPORT | TO_DO | SOMEONE_TO | ASKING | CALLING;

/// Whether a word is short for another: gen, general.
pub fn is_short_for(short: &str, word: &str) -> bool {
    (3..=4).contains(&short.len()) && short.len() < word.len() && word.starts_with(short)
}

/// Whether one German noun is another, or ends with it, in any case: "Vizepräsidenten", "Präsident".
pub fn same_noun(known: &str, word: &str) -> bool {
    const LETTERS: usize = 4;
    let stem = |word: &str| {
        let stem = ["en", "es", "n", "s"].iter().find_map(|ending| word.strip_suffix(ending));
        stem.filter(|stem| stem.len() >= LETTERS).unwrap_or(word).to_owned()
    };
    known.ends_with(word) || stem(known).ends_with(&stem(word))
}

#[cfg(test)]
#[derive(Debug, Deserialize)]
struct File {
    speech: SpeechSection,
}

/// The words of a language, ready for looking up.
#[derive(Debug)]
pub struct Cues {
    /// Whether every noun has a capital, so that a capital alone makes no name.
    pub noun_capitals: bool,
    /// Whether the subject follows its verb if something else begins the sentence.
    pub verb_second: bool,
    /// Whether the subject may follow its verb in any sentence.
    pub inverts: bool,
    /// What sets the narrator off within quotation marks, if anything does.
    pub said_within: Option<SaidWithin>,
    /// The cases of names.
    pub declension: Declension,
    classes: FxHashMap<String, Class>,
    endings: Vec<(String, Class)>,
    /// Negations that are written as an ending: n't.
    negated_endings: Vec<String>,
    thing_endings: Vec<String>,
    person_endings: Vec<String>,
    female_endings: Vec<String>,
    subjunctive_endings: Vec<String>,
    according: Vec<[String; 2]>,
    unsaid_before: Vec<String>,
    possessives: Vec<String>,
    contractions: Vec<String>,
    elisions: Vec<String>,
    elided: Vec<String>,
    attached: Vec<String>,
}

impl Cues {
    /// The English words.
    #[cfg(test)]
    pub fn english() -> Cues {
        Cues::of("en")
    }

    /// The words of a built-in language.
    #[cfg(test)]
    pub fn of(code: &str) -> Cues {
        let path = format!("{}/src/extract/language/{code}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("the file is there");
        let file: File = toml::from_str(&text).expect("the file is tested");
        Cues::new(&file.speech)
    }

    /// Adds the words of a language file.
    pub fn new(section: &SpeechSection) -> Cues {
        let mut cues = Cues {
            noun_capitals: section.noun_capitals,
            verb_second: section.verb_second,
            inverts: section.inverts,
            said_within: section.said_within,
            declension: section.declension.clone(),
            classes: FxHashMap::default(),
            endings: Vec::new(),
            negated_endings: section.words.negations.iter().filter(|word| word.contains('\'')).cloned().collect(),
            thing_endings: section.people.thing_endings.clone(),
            person_endings: section.people.person_endings.clone(),
            female_endings: section.people.female_endings.clone(),
            subjunctive_endings: section.verbs.subjunctive_endings.clone(),
            according: section.words.according.clone(),
            unsaid_before: section.words.unsaid_before.clone(),
            possessives: section.words.possessives.clone(),
            contractions: section.words.contractions.clone(),
            elisions: section.words.elisions.clone(),
            elided: section.words.elided.clone(),
            attached: section.words.attached.clone(),
        };
        let adverbs = section.words.adverb_endings.iter().map(|ending| (ending.clone(), ADVERB));
        let others = section.verbs.other_endings.iter().map(|ending| (ending.clone(), OTHER_VERB));
        let hanging = section.verbs.hanging_endings.iter().map(|ending| (ending.clone(), ENDS_HANGING));
        let titles = section.people.title_endings.iter().map(|ending| (ending.clone(), TITLE));
        let bodies = section.people.organisation_endings.iter().map(|ending| (ending.clone(), ORGANISATION));
        let infinitives = section.verbs.infinitive_endings.iter().map(|ending| (ending.clone(), INFINITIVE));
        cues.endings = adverbs.chain(others).chain(hanging).chain(titles).chain(bodies).chain(infinitives).collect();
        cues.add_verbs(&section.verbs);
        cues.add_words(&section.words);
        cues.add_people(&section.people);
        // A verb that another list has, too, ends a phrase as well: "raised".
        for (word, class) in &mut cues.classes {
            if *class & GIVING != 0 && section.verbs.other_endings.iter().any(|ending| word.ends_with(ending.as_str()))
            {
                *class |= OTHER_VERB;
            }
        }
        cues
    }

    /// Whether a word in lower case is a pronoun that can be a subject.
    pub fn is_pronoun(&self, word: &str) -> bool {
        let class = self.class(word);
        class & SUBJECT != 0 && class & (MALE | FEMALE | PLURAL | NEUTER | NOBODY) != 0
    }

    /// What a word in lower case may be; 0 if nothing is known about it.
    pub fn class(&self, word: &str) -> Class {
        match self.classes.get(word) {
            Some(class) => *class,
            None if self.negated_endings.iter().any(|ending| word.ends_with(ending.as_str())) => AUXILIARY | NEGATION,
            None => {
                let fits =
                    |ending: &&(String, Class)| word.len() > ending.0.len() + 2 && word.ends_with(ending.0.as_str());
                self.endings.iter().find(fits).map_or(0, |ending| ending.1)
            }
        }
    }

    /// Whether a word in lower case is for something that cannot speak: polls, negotiations.
    pub fn is_thing(&self, word: &str) -> bool {
        let class = self.class(word);
        let known = class & (TITLE | ORGANISATION | HEARERS | PEOPLE | PLACE_NAME | MALE_NAME | FEMALE_NAME) != 0;
        let ends = |ending: &String| word.len() > ending.len() + 2 && word.ends_with(ending.as_str());
        class & THING != 0 || !known && self.thing_endings.iter().any(ends)
    }

    /// Whether a word has an ending that verbs have in reported speech: überschreite.
    pub fn ends_subjunctive(&self, word: &str) -> bool {
        self.subjunctive_endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending.as_str()))
    }

    /// Whether words for women have endings of their own.
    pub fn marks_women(&self) -> bool {
        !self.female_endings.is_empty()
    }

    /// Whether a word for a person has an ending that makes it a woman: Forscherin.
    pub fn ends_female(&self, word: &str) -> bool {
        self.female_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// Whether a word in lower case is for one person: spokesman, Briton, economist.
    pub fn is_person(&self, word: &str) -> bool {
        let class = self.class(word);
        let ends = |ending: &String| word.len() > ending.len() + 1 && word.ends_with(ending.as_str());
        // "mother-of-two", "singer-songwriter", "teacher-turned-leader".
        let first = word.split_once('-').map_or(0, |(first, _)| self.class(first));
        let last = word.rsplit_once('-').map_or(0, |(_, last)| self.class(last));
        class & (TITLE | PEOPLE | PERSON) != 0
            || class == 0 && (first & PERSON != 0 || last & PERSON != 0 || self.person_endings.iter().any(ends))
    }

    /// Whether two words in lower case name a source: "according to".
    pub fn is_according(&self, first: &str, second: &str) -> bool {
        let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other) || one == other.to_lowercase();
        self.according.iter().any(|pair| same(&pair[0], first) && same(&pair[1], second))
    }

    /// Whether one word in lower case names a source by itself: "laut X".
    pub fn is_according_alone(&self, first: &str) -> bool {
        self.according.iter().any(|pair| pair[1].is_empty() && pair[0] == first.to_lowercase())
    }

    /// Whether a text ends in words after which a verb of saying is about something that was not said:
    /// without, short of.
    pub fn ends_unsaid(&self, before: &str) -> bool {
        let before = before.trim_end();
        self.unsaid_before.iter().any(|words| {
            let at = before.len().checked_sub(words.len()).filter(|at| before.is_char_boundary(*at));
            at.is_some_and(|at| {
                before[at..].eq_ignore_ascii_case(words) && !before[..at].ends_with(char::is_alphanumeric)
            })
        })
    }

    /// Whether the text after an apostrophe makes the word before it a possessive: 's.
    pub fn is_possessive(&self, ending: &str) -> bool {
        self.possessives.iter().any(|possessive| possessive.eq_ignore_ascii_case(ending))
    }

    /// Whether the text after an apostrophe is separate from the word before it: 's, 'd, 'll.
    pub fn splits_off(&self, ending: &str) -> bool {
        self.is_possessive(ending)
            || self.contractions.iter().any(|contraction| contraction.eq_ignore_ascii_case(ending))
    }

    /// Whether a word is written with an apostrophe at its beginning: 'em, 'tis.
    pub fn is_elision(&self, word: &str) -> bool {
        self.elisions.iter().any(|elision| elision.eq_ignore_ascii_case(word))
    }

    /// Whether a word before an apostrophe is a word of its own: l'Élysée.
    pub fn is_elided(&self, word: &str) -> bool {
        self.elided.iter().any(|elided| elided == word || *elided == word.to_lowercase())
    }

    /// Where a pronoun begins that a word has behind a hyphen: explique-t-il.
    pub fn attached_to(&self, word: &str) -> Option<usize> {
        if self.attached.is_empty() || !word.contains('-') {
            return None;
        }
        let rests = self.attached.iter().filter_map(|pronoun| word.strip_suffix(pronoun.as_str()));
        rests.filter(|rest| !rest.is_empty()).map(str::len).min()
    }

    /// A name as a subject, if it is in another case. `oblique` is true where the words before it show that it is
    /// none.
    pub fn nominative(&self, name: &str, oblique: bool) -> Option<Nominative> {
        self.declension.nominative(name, oblique, |word| {
            let class = self.class(word);
            Known { male: class & MALE_NAME != 0, female: class & FEMALE_NAME != 0, body: class & ORGANISATION != 0 }
        })
    }

    fn add(&mut self, words: &[String], class: Class) {
        for word in words {
            *self.classes.entry(word.clone()).or_default() |= class;
        }
    }

    fn add_verbs(&mut self, verbs: &Verbs) {
        let lists = [
            (&verbs.say, SAY),
            (&verbs.report, REPORT),
            (&verbs.to, TO_DO),
            (&verbs.someone_to, SOMEONE_TO),
            (&verbs.question, ASKING),
            (&verbs.object, CALLING),
            (&verbs.weak, WEAK),
            (&verbs.needs_that, NEEDS_THAT),
            (&verbs.addressee, ADDRESSED),
            (&verbs.judging, JUDGING),
            (&verbs.quoting, QUOTING),
        ];
        // A verb is listed with its forms the first time, and alone after that.
        let mut forms: HashMap<&str, Vec<&str>> = HashMap::new();
        for line in lists.iter().flat_map(|(lines, _)| lines.iter()).filter(|line| line.contains(' ')) {
            let all: Vec<&str> = line.split_whitespace().collect();
            forms.entry(all[0]).or_insert(all);
        }
        for (lines, class) in lists {
            for line in lines {
                let base = line.split_whitespace().next().unwrap_or(line);
                let Some(all) = forms.get(base) else { continue };
                for (i, form) in all.iter().enumerate() {
                    let kind = if i == 0 {
                        BASE | FINITE
                    } else if i + 1 == all.len() {
                        HANGING
                    } else {
                        FINITE
                    };
                    *self.classes.entry((*form).to_owned()).or_default() |= class | kind;
                }
            }
        }
        self.add(&verbs.auxiliary, AUXILIARY);
        self.add(&verbs.to_be, BE);
        self.add(&verbs.called, CALLED);
        self.add(&verbs.other, OTHER_VERB);
        self.add(&verbs.read, READ);
        self.add(&verbs.subjunctive, SUBJUNCTIVE);
        self.add(&verbs.conditional, CONDITIONAL);
        self.add(&verbs.first_person, FIRST_PERSON);
    }

    fn add_words(&mut self, words: &SmallWords) {
        let lists = [
            (&words.male, MALE),
            (&words.female, FEMALE),
            (&words.plural, PLURAL),
            (&words.neuter, NEUTER),
            (&words.nobody, NOBODY),
            (&words.subject_pronouns, SUBJECT),
            (&words.possessive_pronouns, OWNING),
            (&words.relative, RELATIVE),
            (&words.determiners, DETERMINER),
            (&words.prepositions, PREPOSITION),
            (&words.conjunctions, CONJUNCTION),
            (&words.adverbs, ADVERB),
            (&words.name_particles, PARTICLE),
            (&words.organisation_particles, ORGANISATION_PARTICLE),
            (&words.name_suffixes, SUFFIX),
            (&words.calendar, CALENDAR),
            (&words.that, THAT),
            (&words.to, TO),
            (&words.and, AND),
            (&words.contrast, CONTRAST),
            (&words.question, QUESTION),
            (&words.hearers, HEARERS),
            (&words.topics, TOPIC),
            (&words.places, PLACE),
            (&words.with, WITH),
            (&words.times, TIME),
            (&words.negations, NEGATION),
            (&words.denials, DENIAL),
            (&words.conditions, CONDITION),
            (&words.only, ONLY),
            (&words.future, FUTURE),
            (&words.articles, ARTICLE),
            (&words.genitives, GENITIVE),
            (&words.came, CAME),
            (&words.sources, SOURCE),
            (&words.reflexive, REFLEXIVE),
            (&words.as_said, AS_SAID),
            (&words.agents, AGENT),
            (&words.said, SAID),
            (&words.minded, MINDED),
            (&words.giving, GIVING),
            (&words.views, VIEW),
            (&words.shown, SHOWN),
            (&words.speaking, SPEAKING),
            (&words.wordings, WORDING),
        ];
        for (list, class) in lists {
            self.add(list, class);
        }
        for pair in &words.according {
            *self.classes.entry(pair[0].clone()).or_default() |= ACCORDING;
        }
    }

    fn add_people(&mut self, people: &PeopleWords) {
        let lists = [
            (&people.titles, TITLE),
            (&people.honorifics, TITLE | HONORIFIC),
            (&people.male_titles, TITLE | MALE_TITLE),
            (&people.female_titles, TITLE | FEMALE_TITLE),
            (&people.title_tails, TAIL),
            (&people.former, FORMER),
            (&people.persons, PERSON),
            (&people.organisations, ORGANISATION),
            (&people.peoples, PEOPLE),
            (&people.places, PLACE_NAME),
            (&people.things, THING),
            (&people.documents, DOCUMENT),
            (&people.questioners, QUESTIONER),
            (&people.answerers, ANSWERER),
            (&people.male_names, MALE_NAME),
            (&people.female_names, FEMALE_NAME),
        ];
        for (list, class) in lists {
            self.add(list, class);
        }
        // "der Innenminister Frankreichs"
        if self.noun_capitals {
            let owning: Vec<String> =
                people.places.iter().filter(|place| !place.ends_with('s')).map(|place| format!("{place}s")).collect();
            self.add(&owning, PLACE_NAME);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_verb_are_distinguished() {
        let cues = Cues::english();
        assert_eq!(cues.class("said") & (SAY | FINITE | HANGING), SAY | FINITE);
        assert_eq!(cues.class("adding") & (SAY | FINITE | HANGING), SAY | HANGING);
        assert_ne!(cues.class("hoped") & TO_DO, 0, "a verb has its forms wherever it stands");
        assert_ne!(cues.class("angrily") & ADVERB, 0);
        assert_eq!(cues.class("table"), 0);
    }

    #[test]
    fn every_verb_has_its_forms() {
        let file: File = toml::from_str(include_str!("../language/en.toml")).unwrap();
        let verbs = file.speech.verbs;
        let cues = Cues::english();
        for list in [
            &verbs.weak,
            &verbs.needs_that,
            &verbs.to,
            &verbs.someone_to,
            &verbs.question,
            &verbs.object,
            &verbs.addressee,
        ] {
            for line in list {
                let base = line.split_whitespace().next().unwrap();
                assert_ne!(cues.class(base) & BASE, 0, "{base} has no forms");
            }
        }
    }
}
