//! The section of a language's file on who said what, as written.

use serde::Deserialize;

use crate::extract::speech::declension::Declension;

/// What sets the narrator off within quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SaidWithin {
    /// Dashes.
    Dashes,
    /// Commas, if the verb comes before its subject.
    Commas,
}

/// The section of the language file on verbs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::extract::speech) struct Verbs {
    pub(in crate::extract::speech) say: Vec<String>,
    pub(in crate::extract::speech) weak: Vec<String>,
    pub(in crate::extract::speech) report: Vec<String>,
    pub(in crate::extract::speech) needs_that: Vec<String>,
    pub(in crate::extract::speech) to: Vec<String>,
    pub(in crate::extract::speech) someone_to: Vec<String>,
    pub(in crate::extract::speech) question: Vec<String>,
    pub(in crate::extract::speech) object: Vec<String>,
    pub(in crate::extract::speech) addressee: Vec<String>,
    #[serde(default)]
    pub(in crate::extract::speech) judging: Vec<String>,
    /// Verbs that give someone else's words: quoted X.
    #[serde(default)]
    pub(in crate::extract::speech) quoting: Vec<String>,
    pub(in crate::extract::speech) auxiliary: Vec<String>,
    pub(in crate::extract::speech) to_be: Vec<String>,
    pub(in crate::extract::speech) called: Vec<String>,
    pub(in crate::extract::speech) other: Vec<String>,
    pub(in crate::extract::speech) other_endings: Vec<String>,
    pub(in crate::extract::speech) hanging_endings: Vec<String>,
    /// What a paper or a statement says; its source is the last name behind.
    #[serde(default)]
    pub(in crate::extract::speech) read: Vec<String>,
    /// Forms that verbs only have in reported speech.
    #[serde(default)]
    pub(in crate::extract::speech) subjunctive: Vec<String>,
    /// Forms that reported speech takes where those look like ordinary ones: hätten.
    #[serde(default)]
    pub(in crate::extract::speech) conditional: Vec<String>,
    /// Endings of such forms.
    #[serde(default)]
    pub(in crate::extract::speech) subjunctive_endings: Vec<String>,
    /// Pronouns with which these forms are ordinary ones.
    #[serde(default)]
    pub(in crate::extract::speech) first_person: Vec<String>,
    /// Endings of what is to be done, where no word stands before it.
    #[serde(default)]
    pub(in crate::extract::speech) infinitive_endings: Vec<String>,
}

/// The section on small words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::extract::speech) struct SmallWords {
    pub(in crate::extract::speech) male: Vec<String>,
    pub(in crate::extract::speech) female: Vec<String>,
    pub(in crate::extract::speech) plural: Vec<String>,
    pub(in crate::extract::speech) neuter: Vec<String>,
    pub(in crate::extract::speech) nobody: Vec<String>,
    pub(in crate::extract::speech) subject_pronouns: Vec<String>,
    pub(in crate::extract::speech) possessive_pronouns: Vec<String>,
    pub(in crate::extract::speech) relative: Vec<String>,
    pub(in crate::extract::speech) determiners: Vec<String>,
    pub(in crate::extract::speech) prepositions: Vec<String>,
    pub(in crate::extract::speech) conjunctions: Vec<String>,
    pub(in crate::extract::speech) adverbs: Vec<String>,
    pub(in crate::extract::speech) adverb_endings: Vec<String>,
    pub(in crate::extract::speech) name_particles: Vec<String>,
    pub(in crate::extract::speech) organisation_particles: Vec<String>,
    pub(in crate::extract::speech) name_suffixes: Vec<String>,
    pub(in crate::extract::speech) calendar: Vec<String>,
    pub(in crate::extract::speech) negations: Vec<String>,
    pub(in crate::extract::speech) denials: Vec<String>,
    pub(in crate::extract::speech) conditions: Vec<String>,
    pub(in crate::extract::speech) only: Vec<String>,
    pub(in crate::extract::speech) future: Vec<String>,
    pub(in crate::extract::speech) articles: Vec<String>,
    pub(in crate::extract::speech) genitives: Vec<String>,
    pub(in crate::extract::speech) came: Vec<String>,
    #[serde(default)]
    pub(in crate::extract::speech) sources: Vec<String>,
    pub(in crate::extract::speech) unsaid_before: Vec<String>,
    pub(in crate::extract::speech) according: Vec<[String; 2]>,
    pub(in crate::extract::speech) that: Vec<String>,
    pub(in crate::extract::speech) to: Vec<String>,
    pub(in crate::extract::speech) and: Vec<String>,
    pub(in crate::extract::speech) contrast: Vec<String>,
    pub(in crate::extract::speech) question: Vec<String>,
    pub(in crate::extract::speech) topics: Vec<String>,
    pub(in crate::extract::speech) times: Vec<String>,
    pub(in crate::extract::speech) with: Vec<String>,
    pub(in crate::extract::speech) places: Vec<String>,
    pub(in crate::extract::speech) hearers: Vec<String>,
    pub(in crate::extract::speech) possessives: Vec<String>,
    pub(in crate::extract::speech) contractions: Vec<String>,
    pub(in crate::extract::speech) elisions: Vec<String>,
    /// With one of these before it, a form of "to be" makes no passive.
    #[serde(default)]
    pub(in crate::extract::speech) reflexive: Vec<String>,
    /// Words that lose their vowel before an apostrophe, and are words of their own.
    #[serde(default)]
    pub(in crate::extract::speech) elided: Vec<String>,
    /// Pronouns that a verb has behind a hyphen, with it.
    #[serde(default)]
    pub(in crate::extract::speech) attached: Vec<String>,
    /// What begins a clause that only says who said the rest of the sentence: as X said.
    #[serde(default, rename = "as")]
    pub(in crate::extract::speech) as_said: Vec<String>,
    /// Nouns for what someone said.
    #[serde(default)]
    pub(in crate::extract::speech) said: Vec<String>,
    /// What someone is who thinks that something is so: convinced.
    #[serde(default)]
    pub(in crate::extract::speech) minded: Vec<String>,
    /// Verbs for bringing out what is said: issued a warning that.
    #[serde(default)]
    pub(in crate::extract::speech) giving: Vec<String>,
    /// What something is made: made clear that.
    #[serde(default)]
    pub(in crate::extract::speech) shown: Vec<String>,
    /// What begins a phrase about where, when or to whom something was said: speaking.
    #[serde(default)]
    pub(in crate::extract::speech) speaking: Vec<String>,
    /// Nouns for what someone thinks: in her view.
    #[serde(default)]
    pub(in crate::extract::speech) views: Vec<String>,
    /// Prepositions before whoever wrote or released something: by, from.
    #[serde(default)]
    pub(in crate::extract::speech) agents: Vec<String>,
    /// Nouns before words in quotation marks: with the words “…”.
    #[serde(default)]
    pub(in crate::extract::speech) wordings: Vec<String>,
}

/// The section on people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::extract::speech) struct PeopleWords {
    pub(in crate::extract::speech) male_titles: Vec<String>,
    pub(in crate::extract::speech) female_titles: Vec<String>,
    pub(in crate::extract::speech) honorifics: Vec<String>,
    pub(in crate::extract::speech) titles: Vec<String>,
    pub(in crate::extract::speech) title_tails: Vec<String>,
    pub(in crate::extract::speech) former: Vec<String>,
    pub(in crate::extract::speech) organisations: Vec<String>,
    pub(in crate::extract::speech) peoples: Vec<String>,
    pub(in crate::extract::speech) places: Vec<String>,
    #[serde(default)]
    pub(in crate::extract::speech) title_endings: Vec<String>,
    #[serde(default)]
    pub(in crate::extract::speech) organisation_endings: Vec<String>,
    #[serde(default)]
    pub(in crate::extract::speech) questioners: Vec<String>,
    #[serde(default)]
    pub(in crate::extract::speech) answerers: Vec<String>,
    #[serde(default)]
    pub(in crate::extract::speech) things: Vec<String>,
    /// What is written, so that whoever wrote it speaks: a statement.
    #[serde(default)]
    pub(in crate::extract::speech) documents: Vec<String>,
    #[serde(default)]
    pub(in crate::extract::speech) thing_endings: Vec<String>,
    /// Words for a person that name no office: man, Briton, politician.
    #[serde(default)]
    pub(in crate::extract::speech) persons: Vec<String>,
    /// Endings of words for a person: economist, salesman.
    #[serde(default)]
    pub(in crate::extract::speech) person_endings: Vec<String>,
    /// Endings of words for women.
    #[serde(default)]
    pub(in crate::extract::speech) female_endings: Vec<String>,
    pub(in crate::extract::speech) male_names: Vec<String>,
    pub(in crate::extract::speech) female_names: Vec<String>,
}

/// The section of a language file that this module reads.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeechSection {
    /// Whether every noun has a capital, so that a capital alone makes no name.
    #[serde(default)]
    pub(in crate::extract::speech) noun_capitals: bool,
    /// Whether the verb is the second part of its sentence, so that the subject follows it if something else begins
    /// the sentence.
    #[serde(default)]
    pub(in crate::extract::speech) verb_second: bool,
    /// Whether the subject may follow its verb in any sentence: a déclaré le ministre.
    #[serde(default)]
    pub(in crate::extract::speech) inverts: bool,
    /// What sets the narrator off within quotation marks, if anything does.
    #[serde(default)]
    pub(in crate::extract::speech) said_within: Option<SaidWithin>,
    /// The cases of names.
    #[serde(default)]
    pub(in crate::extract::speech) declension: Declension,
    pub(in crate::extract::speech) verbs: Verbs,
    pub(in crate::extract::speech) words: SmallWords,
    pub(in crate::extract::speech) people: PeopleWords,
}
