//! What a statement is about: the topic of an issue and the domain of the corpus, as words that name them.
//!
//! A rule says how people speak about its issue, but not that they do: "we want our money back" may be about aid or
//! about tickets. So a rule fires only if the topic of its issue is named, in the text or in what may be read beside it.

use std::ops::Range;

use crate::codebook::{Codebook, IssueIndex};
use crate::rule::Written;
use crate::rule::engine::{Engine, EngineBuilder, Hit, PatternId, Reading};
use crate::rule::pattern::{Pattern, Phrase, PhraseItem};
use crate::statement::{Statement, Statements, TextColumn};

/// Words that name an issue or the domain.
#[derive(Debug, Default)]
pub struct Topic {
    /// The patterns that name it.
    pub words: Vec<Written>,
    /// What contains such words and does not count, such as "court sanctions".
    pub pseudo: Vec<Written>,
    /// Words that name the domain unless one of `elsewhere` is named, such as "sanctions". Topics have none.
    pub weak: Vec<Written>,
    /// Words that name something else, such as another war. Topics have none.
    pub elsewhere: Vec<Written>,
    /// Where the domain must be named, unless a rule says otherwise. Topics leave that to their rules.
    pub place: TopicPlace,
    /// Where it is in the file, in bytes: the first place if there are several.
    pub span: Range<usize>,
}

impl Topic {
    /// Adds the words of another entry.
    pub fn add(&mut self, other: Topic) {
        self.words.extend(other.words);
        self.pseudo.extend(other.pseudo);
    }
}

/// Where the topic of an issue must be named if a rule is to fire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum TopicPlace {
    /// In the text or beside it.
    #[default]
    Anywhere,
    /// In the text.
    Statement,
    /// In the sentence of the evidence, the one before, the one after, or beside the text.
    Around,
    /// In the sentence of the evidence, the one before or the one after.
    Near,
    /// In the sentence of the evidence.
    Sentence,
    /// In the clause of the evidence.
    Clause,
    /// Beside the text, as in the question that was asked.
    Context,
    /// Nowhere: the rule needs no topic.
    Nowhere,
}

/// The words for places in files, the widest first.
pub const TOPIC_PLACES: [(&str, TopicPlace); 8] = [
    ("anywhere", TopicPlace::Anywhere),
    ("statement", TopicPlace::Statement),
    ("around", TopicPlace::Around),
    ("near", TopicPlace::Near),
    ("sentence", TopicPlace::Sentence),
    ("clause", TopicPlace::Clause),
    ("context", TopicPlace::Context),
    ("none", TopicPlace::Nowhere),
];

impl TopicPlace {
    /// Where the topic must be named, as the end of a sentence: ` in the text`.
    pub fn within(self) -> &'static str {
        match self {
            TopicPlace::Anywhere | TopicPlace::Nowhere => "",
            TopicPlace::Statement => " in the text",
            TopicPlace::Around => " in its sentence, a sentence beside it or the context",
            TopicPlace::Near => " in its sentence or a sentence beside it",
            TopicPlace::Sentence => " in its sentence",
            TopicPlace::Clause => " in its clause",
            TopicPlace::Context => " in the context",
        }
    }

    /// Whether words beside the text count.
    pub fn has_beside(self) -> bool {
        matches!(self, TopicPlace::Anywhere | TopicPlace::Around | TopicPlace::Context)
    }
}

/// The columns in which a topic may be named if the codebook does not list them.
pub const CONTEXT_COLUMNS: [&str; 4] = ["context", "venue", "notes", "source_title"];

/// The column of the question that was asked: the first that the codebook lists.
pub fn question_column(codebook: &Codebook) -> &str {
    match &codebook.rules.context {
        Some(names) => names.first().map_or("", |(name, _)| name),
        None => CONTEXT_COLUMNS[0],
    }
}

/// The columns in which a topic or the domain may be named: those that the codebook lists, otherwise
/// [`CONTEXT_COLUMNS`], as far as the statements have them.
pub fn context_columns(codebook: &Codebook, statements: &Statements) -> Vec<TextColumn> {
    match &codebook.rules.context {
        Some(names) => names.iter().filter_map(|(name, _)| statements.column(name)).collect(),
        None => CONTEXT_COLUMNS.iter().filter_map(|name| statements.column(name)).collect(),
    }
}

/// What rules read: the text of a statement, and what may be read to understand it.
#[derive(Debug, Clone, Copy)]
pub struct Said<'s> {
    /// The text.
    pub text: &'s str,
    /// What stands beside it.
    pub beside: Beside<'s>,
    /// Whether the domain must be named. A test is about its rule, so it need not name the domain.
    pub asks_domain: bool,
    /// Whether it belongs to the corpus. The codebook may say that those were collected because they are about the
    /// domain: then they need not name it.
    pub is_of_corpus: bool,
}

/// What stands beside a text and may name its topic.
#[derive(Debug, Clone, Copy)]
pub enum Beside<'s> {
    /// These words.
    Words(&'s str),
    /// The context columns of a statement.
    Columns(&'s Statement),
}

impl<'s> Said<'s> {
    /// A statement of a corpus.
    pub fn statement(statement: &'s Statement) -> Said<'s> {
        Said { text: &statement.text, beside: Beside::Columns(statement), asks_domain: true, is_of_corpus: true }
    }

    /// A statement from elsewhere, such as a post of a stream on all topics.
    pub fn stray(statement: &'s Statement) -> Said<'s> {
        Said { is_of_corpus: false, ..Said::statement(statement) }
    }

    /// A text without anything beside it, which need not name the domain.
    pub fn text(text: &'s str) -> Said<'s> {
        Said { text, beside: Beside::Words(""), asks_domain: false, is_of_corpus: false }
    }

    /// What stands beside the text: each part with the name of its column, which is empty for words without one.
    pub fn parts(&self, columns: &'s [TextColumn]) -> impl Iterator<Item = (&'s str, &'s str)> {
        let (statement, words) = match self.beside {
            Beside::Words(words) => (None, words),
            Beside::Columns(statement) => (Some(statement), ""),
        };
        let cells = statement
            .into_iter()
            .flat_map(|statement| columns.iter().map(|column| (column.name.as_str(), statement.cell(column))));
        std::iter::once(("", words)).chain(cells).filter(|(_, text)| !text.is_empty())
    }
}

/// The topics of all issues and the domain, as patterns of an engine.
#[derive(Debug, Default)]
pub struct TopicPatterns {
    /// By issue; `None` for an issue without a topic. Then the domain, its weak words and what is elsewhere, and then
    /// what each rule wants to have been asked.
    lists: Vec<Option<Sought>>,
    /// How many issues there are.
    issues: usize,
    /// The column of the question that was asked.
    question: String,
}

/// The patterns of one topic.
#[derive(Debug)]
struct Sought {
    words: Range<usize>,
    pseudo: Range<usize>,
}

/// A topic, or the domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The topic of an issue.
    Issue(IssueIndex),
    /// The domain of the corpus.
    Domain,
    /// The weak words of the domain.
    Weak,
    /// What is outside the domain.
    Elsewhere,
    /// What a rule wants to have been asked, by its index.
    Asked(usize),
}

/// Where the topics are named in one statement, as far as that has been asked. Meant to be used again for the next.
#[derive(Debug, Default)]
pub struct Named {
    /// For each list, its places in `places`.
    in_text: Vec<Option<Range<usize>>>,
    /// First and last words.
    places: Vec<(usize, usize)>,
    /// For each list, whether it is named in the text.
    is_in_text: Vec<Option<bool>>,
    /// For each list, whether it is named beside the text.
    beside: Vec<bool>,
    /// Whether what stands beside the text has been read.
    beside_is_read: bool,
    reading: Reading,
    hits: Vec<Hit>,
    pseudo: Vec<Hit>,
}

impl Named {
    /// Makes ready for another statement.
    pub fn forget(&mut self, topics: &TopicPatterns) {
        self.in_text.clear();
        self.in_text.resize(topics.lists.len(), None);
        self.is_in_text.clear();
        self.is_in_text.resize(topics.lists.len(), None);
        self.places.clear();
        self.beside_is_read = false;
    }
}

/// The patterns of what each rule wants to have been asked; `None` for a rule that wants nothing.
#[derive(Debug, Default)]
pub struct AskedPatterns(Vec<Option<Sought>>);

impl AskedPatterns {
    /// Adds the patterns of each rule to an engine. They are not looked for first, because few texts have a question.
    pub fn add<'a>(asked: impl Iterator<Item = &'a Vec<Written>>, builder: &mut EngineBuilder) -> AskedPatterns {
        let asked: Vec<_> = asked.map(|written| sought_in(written, builder)).collect();
        // If no rule wants anything, no question needs to be read.
        AskedPatterns(if asked.iter().any(Option::is_some) { asked } else { Vec::new() })
    }
}

/// Adds patterns without a pseudo phrase to an engine, if there are any.
fn sought_in(written: &[Written], builder: &mut EngineBuilder) -> Option<Sought> {
    (!written.is_empty()).then(|| Sought { words: add_all(written, builder), pseudo: 0..0 })
}

impl TopicPatterns {
    /// Adds the patterns of each issue's topic and of the domain to an engine. `asked` are those of what rules want to
    /// have been asked.
    pub fn add(
        topics: &[Option<Topic>],
        domain: Option<&Topic>,
        asked: AskedPatterns,
        question: String,
        builder: &mut EngineBuilder,
    ) -> TopicPatterns {
        let mut sought =
            |topic: &Topic| Sought { words: add_all(&topic.words, builder), pseudo: add_all(&topic.pseudo, builder) };
        let mut lists: Vec<Option<Sought>> = topics.iter().map(|topic| topic.as_ref().map(&mut sought)).collect();
        lists.push(domain.map(&mut sought));
        lists.push(domain.and_then(|domain| sought_in(&domain.weak, builder)));
        lists.push(domain.and_then(|domain| sought_in(&domain.elsewhere, builder)));
        lists.extend(asked.0);
        TopicPatterns { lists, issues: topics.len(), question }
    }

    fn place(&self, subject: Subject) -> usize {
        match subject {
            Subject::Issue(issue) => issue.0,
            Subject::Domain => self.issues,
            Subject::Weak => self.issues + 1,
            Subject::Elsewhere => self.issues + 2,
            Subject::Asked(rule) => self.issues + 3 + rule,
        }
    }

    /// Whether there are words for a topic.
    pub fn has(&self, subject: Subject) -> bool {
        self.lists.get(self.place(subject)).is_some_and(Option::is_some)
    }

    /// The places in the text where a topic is named, by first and last word in the order of the text.
    pub fn in_text<'n>(
        &self,
        engine: &Engine,
        subject: Subject,
        text: &str,
        reading: &mut Reading,
        named: &'n mut Named,
    ) -> &'n [(usize, usize)] {
        let place = self.place(subject);
        let Some(Some(sought)) = self.lists.get(place) else { return &[] };
        if named.in_text[place].is_none() {
            let before = named.places.len();
            let Named { places, hits, pseudo, .. } = named;
            sought.find(engine, text, reading, hits, pseudo, |hit| places.push((hit.first, hit.last)));
            named.in_text[place] = Some(before..named.places.len());
        }
        named.in_text[place].clone().map_or(&[], |places| &named.places[places])
    }

    /// Whether a topic is named in the text.
    pub fn is_in_text(
        &self,
        engine: &Engine,
        subject: Subject,
        text: &str,
        reading: &mut Reading,
        named: &mut Named,
    ) -> bool {
        let place = self.place(subject);
        let Some(Some(sought)) = self.lists.get(place) else { return false };
        let Named { is_in_text, hits, pseudo, .. } = named;
        *is_in_text[place].get_or_insert_with(|| sought.is_named(engine, text, reading, hits, pseudo))
    }

    /// Whether a topic is named beside the text.
    pub fn is_beside(
        &self,
        engine: &Engine,
        subject: Subject,
        said: &Said<'_>,
        columns: &[TextColumn],
        named: &mut Named,
    ) -> bool {
        if !named.beside_is_read {
            named.beside_is_read = true;
            named.beside.clear();
            named.beside.resize(self.lists.len(), false);
            let Named { beside, reading, hits, pseudo, .. } = named;
            for (column, text) in said.parts(columns) {
                engine.read_early(text, reading);
                let early = self.lists.len().min(self.issues + 3);
                for (place, sought) in self.lists[..self.read_in(column)].iter().enumerate() {
                    if place == early {
                        engine.read_rest(reading);
                    }
                    let Some(sought) = sought.as_ref().filter(|_| !beside[place]) else { continue };
                    beside[place] = sought.is_named(engine, text, reading, hits, pseudo);
                }
            }
        }
        named.beside[self.place(subject)]
    }

    /// How many of the lists are looked for in a column: what was asked only in the question.
    fn read_in(&self, column: &str) -> usize {
        let is_question = column.is_empty() || column == self.question;
        if is_question { self.lists.len() } else { self.lists.len().min(self.issues + 3) }
    }

    /// The first words beside the text that name a topic, with the name of their column.
    pub fn beside(
        &self,
        engine: &Engine,
        subject: Subject,
        said: &Said<'_>,
        columns: &[TextColumn],
    ) -> Option<(String, String)> {
        let place = self.place(subject);
        let sought = self.lists.get(place)?.as_ref()?;
        let mut named = Named::default();
        said.parts(columns).filter(|(column, _)| place < self.read_in(column)).find_map(|(column, text)| {
            engine.read(text, &mut named.reading);
            let Named { reading, hits, pseudo, .. } = &mut named;
            let mut first = None;
            sought.find(engine, text, reading, hits, pseudo, |hit| {
                first.get_or_insert((hit.first, hit.last));
            });
            let (first, last) = first?;
            Some((column.to_owned(), text[named.reading.span(first, last)].to_owned()))
        })
    }
}

/// Adds patterns to an engine, and returns their numbers. All phrases of one word become one pattern, which is as fast
/// to find as a single word.
fn add_all(written: &[Written], builder: &mut EngineBuilder) -> Range<usize> {
    let (mut single, mut longer, mut patterns) = (Vec::new(), Vec::new(), Vec::new());
    for written in written {
        match &written.pattern {
            Pattern::Phrase(phrase) => sort_by_length(phrase, &mut single, &mut longer),
            regex @ Pattern::Regex(_) => patterns.push(regex.clone()),
        }
    }
    if !single.is_empty() {
        longer.push(Phrase(vec![PhraseItem::Either(single.into())]));
    }
    patterns.extend(longer.into_iter().map(Pattern::Phrase));
    let ids: Vec<PatternId> = patterns.iter().map(|pattern| builder.add(pattern, false)).collect();
    ids.first().map_or(0..0, |first| first.0..first.0 + ids.len())
}

/// Parts the alternatives of a phrase into those of a single word and longer ones.
fn sort_by_length(phrase: &Phrase, single: &mut Vec<Phrase>, longer: &mut Vec<Phrase>) {
    match &phrase.0[..] {
        [PhraseItem::Word(_)] => single.push(phrase.clone()),
        [PhraseItem::Either(choices) | PhraseItem::List(_, choices)] => {
            choices.iter().for_each(|choice| sort_by_length(choice, single, longer));
        }
        _ => longer.push(phrase.clone()),
    }
}

impl Sought {
    /// Whether the topic is named in the text that has been read.
    fn is_named(
        &self,
        engine: &Engine,
        text: &str,
        reading: &mut Reading,
        hits: &mut Vec<Hit>,
        pseudo: &mut Vec<Hit>,
    ) -> bool {
        let (mut possible, mut start) = (false, 0);
        while start < reading.words().len() {
            let here = engine.is_one_possible(&self.words, start, reading);
            // Mostly one word tells.
            if here
                && engine.is_one_word_there(&self.words, start, reading)
                && !engine.is_one_possible(&self.pseudo, start, reading)
            {
                return true;
            }
            possible |= here;
            start = reading.sentence_of(start).end;
        }
        let mut named = false;
        if possible {
            self.find(engine, text, reading, hits, pseudo, |_| named = true);
        }
        named
    }

    /// Finds every place of the text that has been read where the topic is named. Of the places that begin with the
    /// same word, the shortest counts; one within a pseudo phrase does not.
    fn find(
        &self,
        engine: &Engine,
        text: &str,
        reading: &mut Reading,
        hits: &mut Vec<Hit>,
        pseudo: &mut Vec<Hit>,
        mut tell: impl FnMut(&Hit),
    ) {
        let mut start = 0;
        while start < reading.words().len() {
            let sentence = reading.sentence_of(start);
            start = sentence.end;
            hits.clear();
            engine.find_each(&self.words, text, sentence.clone(), reading, hits);
            if hits.is_empty() {
                continue;
            }
            hits.sort_unstable_by_key(|hit| (hit.first, hit.last));
            hits.dedup_by_key(|hit| hit.first);
            pseudo.clear();
            engine.find_each(&self.pseudo, text, sentence.clone(), reading, pseudo);
            pseudo.sort_unstable_by_key(|hit| hit.first);
            // The last word up to which a pseudo phrase reaches that began at or before a place.
            let (mut begun, mut covered) = (pseudo.iter().peekable(), None);
            for hit in hits.iter() {
                while let Some(phrase) = begun.next_if(|phrase| phrase.first <= hit.first) {
                    covered = covered.max(Some(phrase.last));
                }
                if covered.is_none_or(|last| last < hit.last) {
                    tell(hit);
                }
            }
        }
    }
}
