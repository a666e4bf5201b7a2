//! Finds the clauses of a text: which words open one, and how far a gap or a cue may reach.

use std::ops::Range;

use crate::rule::clause::{ClauseWords, Parting, has_mark};
use crate::rule::engine::{Engine, EngineBuilder, Hit, PatternId, Reading};
use crate::rule::pattern::{Pattern, Phrase, PhraseItem, WordPattern};
use crate::rule::trie::{KindId, WordId};

/// What parts clauses, as patterns of an engine.
#[derive(Debug)]
pub struct ClausePatterns {
    always: Vec<char>,
    before_subject: Vec<char>,
    /// Single words, each with what it does.
    single: Vec<(WordId, u8)>,
    /// What single words of each kind do.
    of_kinds: Vec<u8>,
    /// The patterns of several words, each with what its first word does.
    longer: Vec<(PatternId, u8)>,
    /// Whether a clause may decide over what was said before it.
    may_turn: bool,
}

/// What a word may do: end the clause before it, end it if a subject follows, be a subject, decide.
const ALWAYS: u8 = 1;
const BEFORE_SUBJECT: u8 = 2;
const SUBJECT: u8 = 4;
const LAST_WINS: u8 = 8;

/// The clauses of a text. Meant to be used again for the next text.
#[derive(Debug, Default)]
pub struct Clauses {
    /// Whether they have been looked for in this text.
    known: bool,
    /// Whether a sentence has several.
    several: bool,
    /// In the order of the text.
    list: Vec<Clause>,
    /// For each word, the place of its clause in `list`.
    of_word: Vec<usize>,
    /// For each word, what it may do.
    roles: Vec<u8>,
    hits: Vec<Hit>,
}

/// One clause. It ends where the next begins.
#[derive(Debug, Clone)]
struct Clause {
    /// Its first word.
    start: usize,
    /// The word after those that open it, such as "but if". It is `start` if a mark or nothing opens it.
    opened: usize,
    /// The last of the words that open it which makes it decide, such as "but".
    turn: Option<usize>,
}

impl ClausePatterns {
    /// Adds the patterns to an engine.
    pub fn new(words: &ClauseWords, builder: &mut EngineBuilder) -> ClausePatterns {
        let lists = [
            (&words.always.words, ALWAYS),
            (&words.before_subject.words, BEFORE_SUBJECT),
            (&words.subjects, SUBJECT),
            (&words.last_wins, LAST_WINS),
        ];
        let (mut single, mut longer) = (Vec::new(), Vec::new());
        for (phrases, role) in lists {
            let mut several = Vec::new();
            for phrase in phrases {
                match &phrase.0[..] {
                    [PhraseItem::Word(word)] if *word != WordPattern::Any => single.push((builder.word_id(word), role)),
                    // A gap in one of these cannot end with the clause that they are to find.
                    _ => several.push(phrase.across()),
                }
            }
            if !several.is_empty() {
                let phrase = Phrase(vec![PhraseItem::Either(several.into())]);
                longer.push((builder.add(&Pattern::Phrase(phrase), false), role));
            }
        }
        let marks = |parting: &Parting| parting.marks.clone();
        ClausePatterns {
            always: marks(&words.always),
            before_subject: marks(&words.before_subject),
            single,
            of_kinds: Vec::new(),
            longer,
            may_turn: !words.last_wins.is_empty(),
        }
    }

    /// Finds what single words do by their kinds, given the words that each kind satisfies.
    pub fn find_roles_of_kinds(&mut self, kinds: &[Vec<WordId>]) {
        let last = self.single.iter().map(|(word, _)| *word as usize).max();
        let mut of_words = vec![0; last.map_or(0, |last| last + 1)];
        self.single.iter().for_each(|(word, role)| of_words[*word as usize] |= role);
        let role = |word: &WordId| of_words.get(*word as usize).copied().unwrap_or(0);
        self.of_kinds = kinds.iter().map(|words| words.iter().map(role).fold(0, |roles, role| roles | role)).collect();
    }
}

impl Clauses {
    /// Makes ready for another text.
    pub fn forget(&mut self) {
        self.known = false;
    }

    /// The word before which whatever follows a word must end: the end of its clause, and the words that open the next.
    /// Words that part clauses belong to both.
    pub fn reach(&self, word: usize) -> usize {
        self.list.get(self.of_word[word] + 1).map_or(usize::MAX, |next| next.opened)
    }

    /// The clauses of some words of one sentence, each with the word before which a gap after one of its words must end.
    pub fn among(&self, words: &Range<usize>) -> impl Iterator<Item = (Range<usize>, usize)> {
        let clauses = if words.is_empty() { 0..0 } else { self.of_word[words.start]..self.of_word[words.end - 1] + 1 };
        let end = words.end;
        clauses.map(move |clause| match self.list.get(clause + 1) {
            Some(next) => (self.list[clause].start..next.start.min(end), next.opened.min(end)),
            None => (self.list[clause].start..end, end),
        })
    }

    fn begin(&mut self, start: usize, opened: usize) {
        self.list.push(Clause { start, opened, turn: None });
    }
}

impl Engine {
    /// Looks for the clauses of the text that was last read, unless that has been done. Returns whether a sentence has
    /// several.
    pub fn part(&self, text: &str, reading: &mut Reading) -> bool {
        let Some(patterns) = &self.clauses else { return false };
        if !reading.clauses.known {
            let mut clauses = std::mem::take(&mut reading.clauses);
            self.find_clauses(patterns, text, reading, &mut clauses);
            reading.clauses = clauses;
        }
        reading.clauses.several
    }

    /// The words of the clause that a word belongs to.
    pub fn clause_of(&self, text: &str, word: usize, reading: &mut Reading) -> Range<usize> {
        let sentence = reading.sentence_of(word);
        if !self.part(text, reading) {
            return sentence;
        }
        let Clauses { list, of_word, .. } = &reading.clauses;
        let end = list.get(of_word[word] + 1).map_or(sentence.end, |next| next.start);
        list[of_word[word]].start..end
    }

    /// Whether a cue of these words reaches a word before or after it in the same sentence: within its clause, and into
    /// the clause beside it if the cue opens its own, as "if" does.
    pub fn reaches(&self, text: &str, cue: &Hit, word: usize, reading: &mut Reading) -> bool {
        if !self.part(text, reading) {
            return true;
        }
        let Clauses { list, of_word, .. } = &reading.clauses;
        let own = of_word[cue.first];
        let opens = (list[own].start..list[own].opened).contains(&cue.first);
        let other = of_word[word];
        let joined = match word < cue.first {
            true => cue.first < reading.clauses.reach(word),
            false => word < reading.clauses.reach(cue.last),
        };
        joined || (opens && own.abs_diff(other) <= 1)
    }

    /// The word that makes a clause decide over what was said before it, if one opens the clause of `word`, with the
    /// first word of that clause.
    pub fn turn_of(&self, text: &str, word: usize, reading: &mut Reading) -> Option<(usize, usize)> {
        let patterns = self.clauses.as_ref()?;
        if !patterns.may_turn {
            return None;
        }
        self.part(text, reading);
        let clause = &reading.clauses.list[reading.clauses.of_word[word]];
        Some((clause.turn?, clause.start))
    }

    fn find_clauses(&self, patterns: &ClausePatterns, text: &str, reading: &mut Reading, clauses: &mut Clauses) {
        let count = reading.words().len();
        clauses.list.clear();
        clauses.roles.clear();
        clauses.roles.resize(count, 0);
        let (mut start, mut sentences) = (0, 0);
        while start < count {
            let sentence = reading.sentence_of(start);
            start = sentence.end;
            sentences += 1;
            self.find_roles(patterns, text, sentence.clone(), reading, clauses);
            part_sentence(patterns, text, sentence, reading, clauses);
        }
        clauses.of_word.clear();
        for (place, clause) in clauses.list.iter().enumerate() {
            let end = clauses.list.get(place + 1).map_or(count, |next| next.start);
            clauses.of_word.resize(end, place);
            debug_assert!(clause.start < end, "a clause has a word");
        }
        (clauses.known, clauses.several) = (true, clauses.list.len() > sentences);
    }

    /// Finds what each word of a sentence may do.
    fn find_roles(
        &self,
        patterns: &ClausePatterns,
        text: &str,
        sentence: Range<usize>,
        reading: &mut Reading,
        clauses: &mut Clauses,
    ) {
        let of_kinds = |kinds: &[KindId], roles: &mut [u8]| {
            kinds.iter().zip(roles).for_each(|(kind, roles)| *roles |= patterns.of_kinds[*kind as usize]);
        };
        of_kinds(&reading.kinds[sentence.clone()], &mut clauses.roles[sentence.clone()]);
        if !reading.cased.is_empty() {
            of_kinds(&reading.cased[sentence.clone()], &mut clauses.roles[sentence.clone()]);
        }
        for &(pattern, role) in &patterns.longer {
            clauses.hits.clear();
            self.find(pattern, text, sentence.clone(), reading, &mut clauses.hits);
            for hit in &clauses.hits {
                // "Is" also finds the ending of "the mayor's": as the end of a subject with its verb it is more often a
                // possessive.
                let last = &reading.words()[hit.last].span;
                let is_ending = hit.first < hit.last && !text[last.clone()].starts_with(char::is_alphanumeric);
                if role != SUBJECT || !is_ending {
                    clauses.roles[hit.first] |= role;
                }
            }
        }
    }
}

/// Adds the clauses of one sentence. Words that part clauses and stand next to one another, such as "but if", open one
/// clause together.
fn part_sentence(
    patterns: &ClausePatterns,
    text: &str,
    sentence: Range<usize>,
    reading: &Reading,
    clauses: &mut Clauses,
) {
    let words = reading.words();
    clauses.begin(sentence.start, sentence.start);
    // The words that part clauses up to here.
    let mut run = sentence.start..sentence.start;
    for place in sentence.clone() {
        let role = clauses.roles[place];
        // Most words do nothing, and one space before them neither.
        let gap = || text.as_bytes().get(words[place - 1].span.end..words[place].span.start);
        if role == 0 && (place == sentence.start || gap() == Some(b" ")) {
            continue;
        }
        let between = match place == sentence.start {
            true => "",
            // The words of one contraction share its bytes.
            false => text.get(words[place - 1].span.end..words[place].span.start).unwrap_or(""),
        };
        if has_mark(between, &patterns.always) {
            clauses.begin(place, place);
            run = place..place;
        }
        if run.end != place {
            run = place..place;
        }
        let begun = clauses.list.last().map_or(0, |clause| clause.start);
        if role & (ALWAYS | BEFORE_SUBJECT | LAST_WINS) != 0 {
            run.end = place + 1;
            if role & (ALWAYS | LAST_WINS) != 0 && begun != run.start {
                clauses.begin(run.start, run.start);
            }
        } else if role & SUBJECT != 0
            && begun != run.start
            && (!run.is_empty() || has_mark(between, &patterns.before_subject))
        {
            clauses.begin(run.start, run.end);
        }
        if let Some(clause) = clauses.list.last_mut().filter(|clause| clause.start == run.start && !run.is_empty()) {
            clause.opened = run.end;
        }
    }
    let from = clauses.list.partition_point(|clause| clause.start < sentence.start);
    for clause in &mut clauses.list[from..] {
        let mut opening = clause.start..clause.opened;
        clause.turn = opening.rfind(|word| clauses.roles[*word] & LAST_WINS != 0);
    }
}
