//! `rules.toml`, the file in which users write their rules.

use std::cell::RefCell;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::codebook::{Codebook, IssueIndex, Position};
use crate::error::Problem;
use crate::file::document::{self, Document, Read};
use crate::rule::clause::{ClauseWords, Parting, mark};
use crate::rule::context::{Context, EFFECTS, Effect};
use crate::rule::pattern::{Lists, Pattern, Phrase, PhraseItem, WIDEST_GAP};
use crate::rule::topic::{CONTEXT_COLUMNS, TOPIC_PLACES, Topic, TopicPlace};
use crate::rule::{About, BEGINS, InlineTest, Rule, Rules, RulesBuilder, SCOPES, TestKind, Written};
use crate::statement::TextColumn;
use crate::words::{self, did_you_mean, guess_before, listed};

/// Reads the rules of a corpus. Every fault is added to `problems`, and any fault gives `None`.
///
/// `speakers` are the speakers of the corpus, if known. A rule for anyone else is a warning.
pub fn parse(
    document: Document,
    codebook: Option<&Codebook>,
    speakers: Option<&[&str]>,
    problems: &mut Vec<Problem>,
) -> Option<Rules> {
    let before = faults(problems);
    let mut root = document.root(problems)?;
    let written_contexts = document::take_entries(&mut root, "context");
    let written_rules = document::take_entries(&mut root, "rule");
    let written_topics = document::take_entries(&mut root, "topic");
    let head: Read<RawRules> = document.read(root, problems)?;
    let lists = read_lists(&document, head.value.lists, problems);
    let (mut builder, regexes) = (RulesBuilder::default(), Regexes::default());
    let mut reader = PatternReader { document: &document, lists: &lists, regexes: &regexes, problems };
    let clauses = reader.clauses(head.value.clauses);
    let domain = head.value.domain.and_then(|domain| reader.domain(domain, codebook));
    let mut topics: Vec<Option<Topic>> = codebook.map_or(Vec::new(), |book| book.indices().map(|_| None).collect());
    for entry in written_topics {
        let Some(read) = document.read::<RawTopic>(entry, problems) else { continue };
        let mut reader = PatternReader { document: &document, lists: &lists, regexes: &regexes, problems };
        let Some((issue, topic)) = reader.topic(read, codebook) else { continue };
        match &mut topics[issue.0] {
            Some(first) => first.add(topic),
            free => *free = Some(topic),
        }
    }
    let has_topic: Vec<bool> = topics.iter().map(Option::is_some).collect();
    let columns = codebook.map_or(Vec::new(), known_columns);
    builder.set_about(About { topics, domain, clauses, columns });
    let mut contexts = Contexts::default();
    for entry in written_contexts {
        let Some(read) = document.read::<RawContext>(entry, problems) else { continue };
        let mut reader = PatternReader { document: &document, lists: &lists, regexes: &regexes, problems };
        let Some((span, context)) = reader.context(read, &mut builder) else { continue };
        if contexts.places.contains_key(&context.id) {
            let what = format!("the context `{}` is defined twice", context.id);
            problems.push(document.fault(span, what, "put all its cues into one entry"));
        }
        contexts.add(&context.id);
        builder.add_context(context);
    }
    let mut rules: Vec<Rule> = Vec::new();
    let mut taken: HashMap<String, Range<usize>> = HashMap::new();
    let known: HashSet<&str> = speakers.unwrap_or_default().iter().copied().collect();
    let speakers = speakers.map(|speakers| (speakers, &known));
    let mut strangers = 0;
    for entry in written_rules {
        let Some(read) = document.read::<RawRule>(entry, problems) else { continue };
        let patterns = PatternReader { document: &document, lists: &lists, regexes: &regexes, problems };
        let reader = RuleReader {
            patterns,
            contexts: &contexts,
            codebook,
            has_topic: &has_topic,
            speakers,
            strangers: &mut strangers,
        };
        let Some((id_span, rule)) = reader.rule(read) else { continue };
        match taken.entry(rule.id.clone()) {
            Entry::Occupied(first) => {
                let line = document.place(first.get().start).line;
                let what = format!("the rule id `{}` is taken by the rule on line {line}", rule.id);
                problems.push(document.fault(id_span, what, "name each rule after what only it catches"));
            }
            Entry::Vacant(free) => drop(free.insert(id_span)),
        }
        rules.push(rule);
    }
    let codebook = codebook.filter(|_| faults(problems) == before)?;
    for rule in rules {
        builder.add_rule(rule);
    }
    Some(builder.build(document, codebook))
}

/// Regular expressions as they are written, compiled.
type Regexes = RefCell<HashMap<String, Pattern>>;

/// The context columns that every statement has.
fn known_columns(codebook: &Codebook) -> Vec<TextColumn> {
    match &codebook.rules.context {
        Some(names) => names.iter().filter_map(|(name, _)| TextColumn::known(name)).collect(),
        None => CONTEXT_COLUMNS.into_iter().filter_map(TextColumn::known).collect(),
    }
}

fn faults(problems: &[Problem]) -> usize {
    problems.iter().filter(|problem| problem.is_fault()).count()
}

/// The contexts of the file, in their order.
#[derive(Default)]
struct Contexts {
    ids: Vec<String>,
    /// The index of the first context with each id.
    places: HashMap<String, usize>,
}

impl Contexts {
    fn add(&mut self, id: &str) {
        self.places.entry(id.to_owned()).or_insert(self.ids.len());
        self.ids.push(id.to_owned());
    }
}

/// The keys that the top of the file may have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRules {
    #[serde(default)]
    lists: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    domain: Option<Spanned<RawDomain>>,
    clauses: Option<RawClauses>,
    /// See `_rule` below.
    #[serde(default, rename = "topic")]
    _topic: Vec<RawTopic>,
    /// See `_rule` below.
    #[serde(default, rename = "context")]
    _context: Vec<RawContext>,
    /// Only filled if `rule` is not a list of tables: the key is known, and its kind is reported.
    #[serde(default, rename = "rule")]
    _rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDomain {
    #[serde(default)]
    words: Vec<Spanned<String>>,
    #[serde(default)]
    pseudo: Vec<Spanned<String>>,
    #[serde(default)]
    weak: Vec<Spanned<String>>,
    #[serde(default)]
    elsewhere: Vec<Spanned<String>>,
    place: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTopic {
    issue: Option<Spanned<String>>,
    #[serde(default)]
    words: Vec<Spanned<String>>,
    #[serde(default)]
    pseudo: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClauses {
    always: Option<Vec<Spanned<String>>>,
    before_subject: Option<Vec<Spanned<String>>>,
    subjects: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    last_wins: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawContext {
    id: Option<Spanned<String>>,
    effect: Option<Spanned<String>>,
    #[serde(default)]
    before: Vec<Spanned<String>>,
    #[serde(default)]
    after: Vec<Spanned<String>>,
    #[serde(default)]
    pseudo: Vec<Spanned<String>>,
    #[serde(default)]
    until: Vec<Spanned<String>>,
    #[serde(default)]
    marks: String,
    window: Option<Spanned<i64>>,
    reach: Option<Spanned<String>>,
    #[serde(default)]
    ending: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Option<Spanned<String>>,
    issue: Option<Spanned<String>>,
    position: Option<Spanned<i32>>,
    any: Option<Vec<Spanned<String>>>,
    all: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    none: Vec<Spanned<String>>,
    #[serde(default)]
    asked: Vec<Spanned<String>>,
    scope: Option<Spanned<String>>,
    topic: Option<Spanned<String>>,
    domain: Option<Spanned<String>>,
    begins: Option<Spanned<String>>,
    longest: Option<Spanned<i64>>,
    #[serde(default)]
    context: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    speaker: Vec<Spanned<String>>,
    since: Option<Spanned<Datetime>>,
    until: Option<Spanned<Datetime>>,
    #[serde(default)]
    priority: i32,
    #[serde(default)]
    note: String,
    #[serde(default, rename = "match")]
    matching: Vec<Spanned<String>>,
    #[serde(default)]
    reject: Vec<Spanned<String>>,
    #[serde(default)]
    todo: Vec<Spanned<String>>,
}

/// Turns one `[[rule]]` entry into a rule, and reports everything that is wrong with it.
struct RuleReader<'r> {
    patterns: PatternReader<'r>,
    contexts: &'r Contexts,
    codebook: Option<&'r Codebook>,
    /// For each issue, whether the file has a topic.
    has_topic: &'r [bool],
    /// The speakers, in order, and the same names for looking up.
    speakers: Option<(&'r [&'r str], &'r HashSet<&'r str>)>,
    /// How many unknown speakers have been reported.
    strangers: &'r mut usize,
}

impl RuleReader<'_> {
    /// Returns the rule and the place of its id; `None` if a part is missing that every rule needs.
    /// Faults in other parts are only reported, so that other rules can still refer to this one.
    fn rule(mut self, mut read: Read<RawRule>) -> Option<(Range<usize>, Rule)> {
        let (id, issue, position) = (read.value.id.take(), read.value.issue.take(), read.value.position.take());
        let PatternReader { document, problems, .. } = &mut self.patterns;
        let id = document.need_text(id, "id", &read, problems);
        let issue = document.need(issue, "issue", &read, problems);
        let position = document.need(position, "position", &read, problems);
        let (any, all) = (read.value.any.take(), read.value.all.take());
        if any.iter().chain(&all).all(Vec::is_empty) && !read.is_at_fault("any") && !read.is_at_fault("all") {
            let what = format!("the rule `{}` has no pattern", id.as_ref().map_or("", |id| id.get_ref()));
            self.patterns.fault(
                read.whole.clone(),
                what,
                "add any = [\"…\"] or all = [\"…\"]: what the rule looks for",
            );
        }
        let raw = read.value;
        let (any, all) =
            (self.patterns.patterns(any.unwrap_or_default()), self.patterns.patterns(all.unwrap_or_default()));
        let (none, asked) = (self.patterns.patterns(raw.none), self.patterns.patterns(raw.asked));
        let scale = self.scale(issue.as_ref(), position.as_ref());
        self.check_speakers(&raw.speaker);
        let effects = self.effects(&raw.context);
        let scope = self.patterns.one_of("scope", raw.scope.as_ref(), &SCOPES);
        let topic = self.topic(raw.topic.as_ref(), scale.map(|(issue, _)| issue));
        let domain = raw.domain.as_ref().map(|place| self.patterns.one_of("domain", Some(place), &TOPIC_PLACES));
        let begins = self.patterns.one_of("begins", raw.begins.as_ref(), &BEGINS);
        let longest = raw.longest.as_ref().and_then(|longest| self.longest(longest));
        let (since, until) = (self.day(raw.since.as_ref()), self.day(raw.until.as_ref()));
        if let (Some(first), Some(last), Some(written)) = (since, until, &raw.until)
            && last < first
        {
            let what = format!("the rule ends on {last}, before it begins on {first}");
            self.patterns.fault(written.span(), what, "swap `since` and `until`");
        }
        let tests = [(TestKind::Match, raw.matching), (TestKind::Reject, raw.reject), (TestKind::Todo, raw.todo)]
            .into_iter()
            .flat_map(|(kind, texts)| texts.into_iter().map(move |text| inline_test(kind, text)))
            .collect();
        let (id, (issue, position)) = (id?, scale?);
        let rule = Rule {
            id: id.get_ref().clone(),
            id_span: id.span(),
            issue,
            position,
            any,
            all,
            none,
            scope,
            asked,
            topic,
            domain,
            begins,
            longest,
            effects,
            speakers: raw.speaker.iter().map(|speaker| words::name(speaker.get_ref())).collect(),
            since,
            until,
            priority: raw.priority,
            note: raw.note,
            tests,
        };
        Some((id.span(), rule))
    }

    /// Where the topic must be named.
    fn topic(&mut self, written: Option<&Spanned<String>>, issue: Option<IssueIndex>) -> TopicPlace {
        let place = self.patterns.one_of("topic", written, &TOPIC_PLACES);
        let without = issue.filter(|issue| self.has_topic.get(issue.0) == Some(&false));
        if let (Some(written), Some(issue), Some(codebook)) = (written, without, self.codebook)
            && place != TopicPlace::Nowhere
        {
            let id = &codebook.issue(issue).id;
            let what = format!("the rule asks for the topic of `{id}`, but there is no [[topic]] for it");
            let hint = format!("add a [[topic]] with issue = \"{id}\" and words = [\"…\"]");
            self.patterns.problems.push(self.patterns.document.warning(written.span(), what, hint));
        }
        place
    }

    /// How many words the text may have.
    fn longest(&mut self, written: &Spanned<i64>) -> Option<usize> {
        let longest = usize::try_from(*written.get_ref()).ok().filter(|longest| *longest > 0);
        if longest.is_none() {
            let what = format!("no text has {} words or fewer", written.get_ref());
            self.patterns.fault(written.span(), what, "write how many words the text may have, such as longest = 12");
        }
        longest
    }

    /// Looks up what contexts do to this rule.
    fn effects(&mut self, written: &BTreeMap<Spanned<String>, Spanned<String>>) -> BTreeMap<usize, Effect> {
        let mut effects = BTreeMap::new();
        for (context, effect) in written {
            let index = self.contexts.places.get(context.get_ref()).copied();
            if index.is_none() {
                let ids = || self.contexts.ids.iter().map(String::as_str);
                let known = if self.contexts.ids.is_empty() { "none".to_owned() } else { listed(ids()) };
                let what = format!("unknown context `{}`", context.get_ref());
                let hint = format!("name a [[context]] of this file; the file has: {known}");
                let hint = guess_before(&hint, context.get_ref(), ids().take(MOST_COMPARED));
                self.patterns.fault(context.span(), what, hint);
            }
            if let (Some(effect), Some(index)) = (self.patterns.effect(effect), index) {
                effects.insert(index, effect);
            }
        }
        effects
    }

    /// Looks up the issue and the level.
    fn scale(
        &mut self,
        issue: Option<&Spanned<String>>,
        position: Option<&Spanned<i32>>,
    ) -> Option<(IssueIndex, Position)> {
        let (codebook, index) = (self.codebook?, self.patterns.issue(issue, self.codebook)?);
        let (written, position) = (position?, Position(*position?.get_ref()));
        let issue = codebook.issue(index);
        if issue.level(position).is_none() {
            let what = format!("the scale of `{}` has no position {position}", issue.id);
            self.patterns.fault(written.span(), what, format!("its levels are {}", issue.level_list()));
        }
        Some((index, position))
    }

    fn check_speakers(&mut self, speakers: &[Spanned<String>]) {
        let Some((names, known)) = self.speakers else { return };
        for speaker in speakers.iter().filter(|speaker| !known.contains(words::name(speaker.get_ref()).as_str())) {
            // Looking through all names takes time. If many are unknown, something else is the cause.
            *self.strangers += 1;
            let guessing = *self.strangers <= MOST_GUESSES;
            let guess = did_you_mean(speaker.get_ref(), names.iter().copied().filter(|_| guessing));
            let hint = guess.unwrap_or("check the spelling".to_owned());
            let what = format!("there is no speaker `{}` in this corpus", speaker.get_ref());
            self.patterns.problems.push(self.patterns.document.warning(speaker.span(), what, hint));
        }
    }

    fn day(&mut self, written: Option<&Spanned<Datetime>>) -> Option<NaiveDate> {
        let written = written?;
        let date = match written.get_ref() {
            Datetime { date: Some(date), time: None, offset: None } => {
                NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            }
            _ => None,
        };
        if date.is_none() {
            self.patterns.fault(
                written.span(),
                format!("`{}` is not a day", written.get_ref()),
                "write it as 2025-08-15",
            );
        }
        date
    }
}

/// Reads patterns from anywhere in the file.
struct PatternReader<'r> {
    document: &'r Document,
    lists: &'r Lists,
    /// Regular expressions of the file that have been compiled: several rules may have the same.
    regexes: &'r Regexes,
    problems: &'r mut Vec<Problem>,
}

impl PatternReader<'_> {
    fn fault(&mut self, span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(self.document.fault(span, what, hint));
    }

    /// Looks up an issue.
    fn issue(&mut self, issue: Option<&Spanned<String>>, codebook: Option<&Codebook>) -> Option<IssueIndex> {
        let (issue, codebook) = (issue?, codebook?);
        let index = codebook.find(issue.get_ref());
        if index.is_none() {
            let what = format!("unknown issue `{}`", issue.get_ref());
            self.fault(issue.span(), what, format!("the codebook has: {}", codebook.issue_list()));
        }
        index
    }

    /// Looks up one of the words that a key may have. Without the key, or with another word, it is the default.
    fn one_of<T: Copy + Default>(
        &mut self,
        key: &str,
        written: Option<&Spanned<String>>,
        words: &[(&'static str, T)],
    ) -> T {
        let Some(written) = written else { return T::default() };
        let found = words.iter().find(|(word, _)| word == written.get_ref());
        if found.is_none() {
            let known = || words.iter().map(|(word, _)| *word);
            let hint = guess_before(&format!("write one of: {}", listed(known())), written.get_ref(), known());
            self.fault(written.span(), format!("unknown {key} `{}`", written.get_ref()), hint);
        }
        found.map_or(T::default(), |(_, value)| *value)
    }

    /// Reads the words that name an issue.
    fn topic(&mut self, mut read: Read<RawTopic>, codebook: Option<&Codebook>) -> Option<(IssueIndex, Topic)> {
        let issue = read.value.issue.take();
        let issue = self.document.need(issue, "issue", &read, self.problems);
        if read.value.words.is_empty() && !read.is_at_fault("words") {
            let what = format!("the topic of `{}` has no words", issue.as_ref().map_or("", |issue| issue.get_ref()));
            self.fault(read.whole.clone(), what, "add words = [\"…\"]: what names the issue");
        }
        let index = self.issue(issue.as_ref(), codebook);
        let (words, pseudo) = (self.patterns(read.value.words), self.patterns(read.value.pseudo));
        Some((index?, Topic { words, pseudo, span: read.whole, ..Topic::default() }))
    }

    /// Reads the words that name the domain.
    fn domain(&mut self, domain: Spanned<RawDomain>, codebook: Option<&Codebook>) -> Option<Topic> {
        let (span, raw) = (domain.span(), domain.into_inner());
        if raw.words.is_empty() {
            self.fault(
                span.clone(),
                "the domain has no words",
                "add words = [\"…\"]: what names it, or remove [domain]",
            );
        }
        if codebook.is_some_and(|codebook| codebook.rules.declared.is_some()) {
            let what = "the domain has words here and is declared in codebook.toml";
            self.fault(span.clone(), what, "remove [domain], or the line `domain = \"declared\"` in codebook.toml");
        }
        if let Some(first) = raw.elsewhere.first().filter(|_| raw.weak.is_empty()) {
            let what = "`elsewhere` has words, but the domain has no `weak` ones that they could stop";
            let hint = "add weak = [\"…\"], or write into `pseudo` what does not count";
            self.problems.push(self.document.warning(first.span(), what, hint));
        }
        let (words, pseudo) = (self.patterns(raw.words), self.patterns(raw.pseudo));
        let (weak, elsewhere) = (self.patterns(raw.weak), self.patterns(raw.elsewhere));
        let place = self.one_of("place", raw.place.as_ref(), &TOPIC_PLACES);
        Some(Topic { words, pseudo, weak, elsewhere, place, span })
    }

    /// Reads what parts sentences into clauses. A list that is not written is the built-in one.
    fn clauses(&mut self, raw: Option<RawClauses>) -> ClauseWords {
        let mut clauses = ClauseWords::default();
        let Some(raw) = raw else { return clauses };
        if let Some(written) = raw.always {
            clauses.always = self.parting(written);
        }
        let before = raw.before_subject.as_ref().and_then(|written| Some(written.first()?.span()));
        if let Some(written) = raw.before_subject {
            clauses.before_subject = self.parting(written);
        }
        if let Some(written) = raw.subjects {
            clauses.subjects = self.words_only("subjects", written);
            if let Some(span) = before.filter(|_| clauses.subjects.is_empty()) {
                let hint = "write the words that may be a subject, or leave `subjects` out for the built-in ones";
                let what = "`before_subject` parts nothing, because `subjects` is empty";
                self.problems.push(self.document.warning(span, what, hint));
            }
        }
        clauses.last_wins = self.words_only("last_wins", raw.last_wins);
        clauses
    }

    fn parting(&mut self, written: Vec<Spanned<String>>) -> Parting {
        let mut parting = Parting::default();
        for entry in written {
            match mark(entry.get_ref()) {
                Some(mark) => parting.marks.push(mark),
                None if !entry.get_ref().is_empty() && !entry.get_ref().contains(char::is_alphanumeric) => {
                    let what = format!("`{}` is neither a mark nor a word", entry.get_ref());
                    self.fault(
                        entry.span(),
                        what,
                        "write one mark, such as \";\"; \"—\" also stands for ` - ` and `--`",
                    );
                }
                None => parting.words.extend(self.phrases(vec![entry])),
            }
        }
        parting
    }

    fn words_only(&mut self, key: &str, written: Vec<Spanned<String>>) -> Vec<Phrase> {
        let (marks, words): (Vec<_>, Vec<_>) = written.into_iter().partition(|entry| mark(entry.get_ref()).is_some());
        for entry in marks {
            let what = format!("`{}` is a mark, and `{key}` takes words", entry.get_ref());
            self.fault(entry.span(), what, "remove it, or put it into `always` or `before_subject`");
        }
        self.phrases(words)
    }

    /// Reads patterns that may not be regular expressions.
    fn phrases(&mut self, written: Vec<Spanned<String>>) -> Vec<Phrase> {
        let mut phrases = Vec::new();
        for written in self.patterns(written) {
            match written.pattern {
                Pattern::Phrase(phrase) => phrases.push(phrase),
                Pattern::Regex(regex) => {
                    let what = format!("`/{regex}/` is a regular expression, and [clauses] takes words and marks");
                    self.fault(written.span, what, "write words and phrases instead");
                }
            }
        }
        phrases
    }

    fn patterns(&mut self, written: Vec<Spanned<String>>) -> Vec<Written> {
        let mut patterns = Vec::new();
        for text in written {
            let known = self.regexes.borrow().get(text.get_ref()).cloned();
            match known.map_or_else(|| Pattern::parse_with(text.get_ref(), self.lists), Ok) {
                Ok(pattern) => {
                    if matches!(pattern, Pattern::Regex(_)) {
                        self.regexes.borrow_mut().insert(text.get_ref().clone(), pattern.clone());
                    }
                    patterns.push(Written { pattern, span: text.span() });
                }
                Err(error) => {
                    let what = format!("{}, in the pattern `{}`", error.what, text.get_ref());
                    let offset = text.span().start + self.offset_in_string(&text, error.offset);
                    self.fault(offset..offset, what, error.hint);
                }
            }
        }
        patterns
    }

    /// The place of a byte of a string's value in the string as written, quotes included.
    fn offset_in_string(&self, text: &Spanned<String>, offset: usize) -> usize {
        let written = &self.document.text[text.span()];
        // With escapes the two differ. Then the string's beginning has to do.
        written.find(text.get_ref().as_str()).map_or(0, |start| start + offset)
    }

    fn effect(&mut self, written: &Spanned<String>) -> Option<Effect> {
        let effect = EFFECTS.iter().find(|(word, _)| word == written.get_ref()).map(|(_, effect)| *effect);
        if effect.is_none() {
            let words = EFFECTS.map(|(word, _)| word).join(", ");
            let what = format!("unknown effect `{}`", written.get_ref());
            self.fault(written.span(), what, format!("write one of: {words}"));
        }
        effect
    }

    /// Returns a context and the place of its id.
    fn context(&mut self, mut read: Read<RawContext>, builder: &mut RulesBuilder) -> Option<(Range<usize>, Context)> {
        let (id, effect) = (read.value.id.take(), read.value.effect.take());
        let id = self.document.need_text(id, "id", &read, self.problems);
        let effect = self.document.need(effect, "effect", &read, self.problems);
        let raw = read.value;
        if raw.before.is_empty() && raw.after.is_empty() && raw.ending.trim().is_empty() {
            let what = format!("the context `{}` has no cue", id.as_ref().map_or("", |id| id.get_ref()));
            self.fault(read.whole, what, "add before = [\"…\"] or after = [\"…\"]: what shows that it applies");
        }
        let window =
            raw.window.as_ref().map_or(Some(DEFAULT_WINDOW), |written| usize::try_from(*written.get_ref()).ok());
        let window = window.filter(|window| (1..=WIDEST_GAP).contains(window));
        if let (None, Some(written)) = (window, &raw.window) {
            let what = format!("the window of {} words is out of range", written.get_ref());
            self.fault(written.span(), what, format!("write how near a cue must be, from 1 to {WIDEST_GAP} words"));
        }
        let effect = effect.and_then(|effect| self.effect(&effect));
        let across = self.one_of("reach", raw.reach.as_ref(), &[("clause", false), ("sentence", true)]);
        let characters = |marks: &str| marks.chars().filter(|mark| !mark.is_whitespace()).collect();
        let (marks, ending) = (characters(&raw.marks), characters(&raw.ending));
        let mut cues = |written| builder.add_cues(&self.patterns(written));
        let (before, after) = (cues(raw.before), cues(raw.after));
        let (pseudo, until) = (cues(raw.pseudo), cues(raw.until));
        let id = id?;
        let (effect, window) = (effect?, window?);
        let id_text = id.get_ref().clone();
        let context = Context { id: id_text, effect, before, after, pseudo, until, marks, window, across, ending };
        Some((id.span(), context))
    }
}

/// Reads a test. Words in square brackets at its beginning stand beside the text, as a question does: `[Will you lift
/// them?] We will see.`
fn inline_test(kind: TestKind, written: Spanned<String>) -> InlineTest {
    let (span, text) = (written.span(), written.into_inner());
    let bracketed = text.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']'));
    // `[...]` stands for words that were left out.
    match bracketed.filter(|(beside, _)| beside.contains(char::is_alphanumeric)) {
        Some((beside, rest)) => {
            InlineTest { kind, span, text: rest.trim_start().to_owned(), beside: beside.to_owned() }
        }
        None => InlineTest { kind, span, text, beside: String::new() },
    }
}

/// For how many unknown names a likely name is looked for.
const MOST_GUESSES: usize = 20;
/// Among how many names a likely name is looked for.
const MOST_COMPARED: usize = 500;
/// How deep lists may be nested.
const DEEPEST: usize = 20;

/// Within how many words of the evidence a cue counts.
const DEFAULT_WINDOW: usize = 6;

/// Reads only the named lists of a rule file that have no fault, and reports nothing.
pub fn lists(document: &Document) -> Lists {
    let mut ignored = Vec::new();
    let Some(mut root) = document.root(&mut ignored) else { return Lists::new() };
    document::take_entries(&mut root, "rule");
    document::take_entries(&mut root, "context");
    document::take_entries(&mut root, "topic");
    let head: Option<Read<RawRules>> = document.read(root, &mut ignored);
    head.map_or(Lists::new(), |head| read_lists(document, head.value.lists, &mut ignored))
}

/// Reads the named lists. A list may use lists whose names come before its own in the alphabet.
fn read_lists(
    document: &Document,
    written: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    problems: &mut Vec<Problem>,
) -> Lists {
    let mut lists = Lists::new();
    for (name, phrases) in written {
        let (mut read, mut too_deep) = (Vec::new(), false);
        for pattern in
            (PatternReader { document, lists: &lists, regexes: &Regexes::default(), problems }).patterns(phrases)
        {
            match pattern.pattern {
                Pattern::Phrase(phrase) if deep(&phrase) >= DEEPEST => {
                    let what = format!(
                        "the list `{}` is nested too deep: more than {DEEPEST} lists inside one another",
                        name.get_ref()
                    );
                    problems.push(document.fault(pattern.span, what, "write the phrases out, or use fewer lists"));
                    too_deep = true;
                }
                Pattern::Phrase(phrase) => read.push(phrase),
                Pattern::Regex(regex) => {
                    let what = format!("the list `{}` contains the regular expression `{regex}`", name.get_ref());
                    problems.push(document.fault(name.span(), what, "write words and phrases instead"));
                }
            }
        }
        if read.is_empty() && !too_deep {
            let what = format!("the list `{}` is empty", name.get_ref());
            problems.push(document.fault(name.span(), what, "write the phrases that it stands for"));
        }
        lists.insert(name.into_inner(), read.into());
    }
    lists
}

/// How deep lists are nested in a phrase.
fn deep(phrase: &Phrase) -> usize {
    let depth = |item: &PhraseItem| match item {
        PhraseItem::Word(_) | PhraseItem::Gap(_) => 0,
        PhraseItem::Either(choices) => choices.iter().map(deep).max().unwrap_or(0),
        PhraseItem::List(_, choices) => 1 + choices.iter().map(deep).max().unwrap_or(0),
    };
    phrase.0.iter().map(depth).max().unwrap_or(0)
}
