//! A block of text split into its items, its sentences and the names in it.

use std::ops::Range;

use crate::extract::speech::cast::Cast;
use crate::extract::speech::cues::*;
use crate::extract::speech::item::{BlockItem, ItemKind};
use crate::extract::speech::people::Gender;

/// A name in a block.
#[derive(Debug, Clone)]
pub struct Name {
    /// The items of the name, without its title.
    pub items: Range<usize>,
    /// The items of the title before it; empty if there is none.
    pub title: Range<usize>,
    /// The person or organisation with this name.
    pub member: usize,
}

/// A block, split.
#[derive(Debug)]
pub struct Block<'t> {
    /// The whole text.
    pub text: &'t str,
    /// Its language.
    pub cues: &'t Cues,
    /// Its items.
    pub items: Vec<BlockItem>,
    /// Its names, in order.
    pub names: Vec<Name>,
    /// The sentence of each item, and where each sentence begins.
    sentence_of: Vec<usize>,
    sentence_starts: Vec<usize>,
}

/// Words that may be in a name although they are also verbs: Post, Hope, Chair.
const NAME_LIKE: Class = ORGANISATION | TITLE | TAIL | MALE_NAME | FEMALE_NAME;

/// How many items of a sentence are examined on each side.
const SENTENCE: usize = 300;

/// How many long words a headline may have.
const HEADLINE: usize = 20;

impl<'t> Block<'t> {
    /// Finds the names among the items and adds them to the cast.
    pub fn new(text: &'t str, cues: &'t Cues, items: Vec<BlockItem>, cast: &mut Cast<'_>) -> Block<'t> {
        let sentence_starts: Vec<usize> = (0..items.len()).filter(|i| *i == 0 || items[*i].begins).collect();
        let mut sentence = 0;
        let sentence_of = items.iter().enumerate().map(|(i, item)| {
            sentence += usize::from(i > 0 && item.begins);
            sentence
        });
        let sentence_of = sentence_of.collect();
        let mut block = Block { text, cues, items, names: Vec::new(), sentence_of, sentence_starts };
        // In a headline every word may have a capital, so names cannot be recognised.
        if block.is_headline() {
            return block;
        }
        let mut at = 0;
        while at < block.items.len() {
            match block.run(at) {
                Some(end) => {
                    block.take_run(at..end, cast);
                    at = end;
                }
                None => at += 1,
            }
        }
        block
    }

    /// Whether the words of a short block begin with capitals, including the verbs.
    fn is_headline(&self) -> bool {
        if self.items.first().is_some_and(|first| first.quotation().is_some()) {
            return false;
        }
        let long = |item: &&BlockItem| item.kind == ItemKind::Word && item.range.len() > 3;
        let words = self.items.iter().filter(long).take(HEADLINE + 1).count();
        let capitals = self.items.iter().filter(long).filter(|item| item.capital).count();
        (4..=HEADLINE).contains(&words) && capitals * 10 >= words * 9
    }

    /// The text of some items.
    pub fn text_of(&self, items: Range<usize>) -> &'t str {
        &self.text[self.bytes(items)]
    }

    /// The bytes of some items; where they would begin, if there are none.
    pub fn bytes(&self, items: Range<usize>) -> Range<usize> {
        let behind = self.items.last().map_or(0, |last| last.range.end);
        let start = self.items.get(items.start).map_or(behind, |first| first.range.start);
        let end = if items.is_empty() { start } else { self.items[items.end - 1].range.end };
        start..end
    }

    /// The items of the sentence that contains an item, as far as they are close.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let sentence = self.sentence_of[at];
        let end = self.sentence_starts.get(sentence + 1).copied().unwrap_or(self.items.len());
        self.sentence_starts[sentence].max(at.saturating_sub(SENTENCE))..end.min(at + SENTENCE)
    }

    /// The items of the sentence before the one that contains an item, as far as they are close.
    pub fn sentence_before(&self, at: usize) -> Option<Range<usize>> {
        self.sentence_starts[self.sentence_of[at]].checked_sub(1).map(|last| self.sentence(last))
    }

    /// The name that ends with an item.
    pub fn name_ending(&self, end: usize) -> Option<usize> {
        let number = self.names.partition_point(|name| name.items.end < end);
        self.names.get(number).filter(|name| name.items.end == end).map(|_| number)
    }

    /// The name that an item is part of, with its title.
    pub fn name_at(&self, at: usize) -> Option<usize> {
        let number = self.names.partition_point(|name| name.items.end <= at);
        self.names.get(number).filter(|name| name.title.start.min(name.items.start) <= at).map(|_| number)
    }

    /// The last name that ends at or before an item, and begins at or after another.
    pub fn last_name(&self, within: Range<usize>) -> Option<usize> {
        let number = self.names.partition_point(|name| name.items.end <= within.end).checked_sub(1)?;
        (self.names[number].items.start >= within.start).then_some(number)
    }

    /// Whether an item can be a word of a name.
    pub fn is_name_word(&self, at: usize) -> bool {
        let item = &self.items[at];
        // In running text, a verb only has a capital at the beginning of something: "Otto Brand" is a
        // name.
        let named =
            at > 0 && !item.begins && self.items[at - 1].is(MALE_NAME | FEMALE_NAME) && self.items[at - 1].capital;
        let verb = item.is(VERB | OTHER_VERB)
            && !item.is(NAME_LIKE)
            && !named
            && !self.is_before_its_verb(at)
            && item.range.len() > 3
            || item.is(ACCORDING);
        item.kind == ItemKind::Word
            && item.capital
            && !verb
            // Theresa May, but not "on Monday, May 4".
            && (named && (item.is(AUXILIARY) || self.is_month_behind_name(at))
                || self.is_named_like_a_month(at)
                || !item.is(CALENDAR) && (!item.is(COMMON) || item.is(PARTICLE)))
    }

    /// "Tidewater Rail said", "Marn Post has": a base form with a capital behind another capital, and before a verb.
    fn is_before_its_verb(&self, at: usize) -> bool {
        let item = &self.items[at];
        let before = at.checked_sub(1).map(|before| &self.items[before]);
        let named = before.is_some_and(|before| before.kind == ItemKind::Word && before.capital && !before.is(COMMON));
        let verb = |next: &BlockItem| !next.capital && (next.is(AUXILIARY) || next.is(VERB) && next.is(FINITE));
        item.is(BASE) && !item.begins && named && self.items.get(at + 1).is_some_and(verb)
    }

    /// "Theresa May", "Hanne Mai", but not "Ann on May 4".
    fn is_month_behind_name(&self, at: usize) -> bool {
        let day = self.items.get(at + 1).is_some_and(|next| next.kind == ItemKind::Number);
        self.items[at].is(CALENDAR) && !self.items[at - 1].is(CALENDAR) && !day
    }

    /// "April Lee", "Jan Orr": a first name that is also a month, before a last name and not behind a day or "in".
    fn is_named_like_a_month(&self, at: usize) -> bool {
        let given = self.items[at].is(CALENDAR) && self.items[at].is(MALE_NAME | FEMALE_NAME);
        let before = at.checked_sub(1).map(|before| &self.items[before]);
        let dated = before.is_some_and(|before| before.kind == ItemKind::Number || before.is(PREPOSITION | CALENDAR));
        let next = self.items.get(at + 1).filter(|_| given && !dated);
        next.is_some_and(|next| {
            let plain = !next.is(COMMON | VERB | TITLE | ORGANISATION | PEOPLE | PLACE_NAME | MALE_NAME | FEMALE_NAME);
            next.kind == ItemKind::Word && next.capital && !next.begins && plain
        })
    }

    /// Where the run of capitalised words that begins at an item ends.
    fn run(&self, start: usize) -> Option<usize> {
        let items = &self.items;
        let first = &items[start];
        if !self.is_name_word(start) || first.is(ORGANISATION_PARTICLE) && !first.is(ORGANISATION) {
            return None;
        }
        let mut end = start + 1;
        // "a écrit sur X Ann Lee": the network is no first name.
        let network = start > 0 && items[start - 1].is(PREPOSITION) && self.text_of(start..end) == "X";
        while end < items.len() && !items[end].begins && !network {
            let step = self.run_step(end);
            if step == 0 {
                break;
            }
            end += step;
        }
        // A known small word that only begins the sentence is not a name.
        let opens =
            first.begins || start == 0 || items[start - 1].quotation().is_some() || items[start - 1].is_mark(':');
        let plain = first.is(VERB | PARTICLE | HEARERS | ENDS_HANGING | OTHER_VERB | TIME)
            && !first.is(TITLE | ORGANISATION | MALE_NAME | FEMALE_NAME);
        let people = first.is(PEOPLE) && !first.is(TITLE | ORGANISATION);
        if end == start + 1 && (opens && plain || people) {
            return None;
        }
        Some(end)
    }

    /// By how many items a run of capitalised words continues at an item; 0 if it ends there.
    fn run_step(&self, end: usize) -> usize {
        let items = &self.items;
        let (last, item) = (&items[end - 1], &items[end]);
        let next = items.get(end + 1).filter(|next| !next.begins);
        let name_next = next.is_some() && self.is_name_word(end + 1);
        let organisation = item.is(ORGANISATION_PARTICLE);
        // "Lund den Präsidenten": an article is no part of a name, unless "van" stands before it.
        let article = self.cues.noun_capitals && item.is(DETERMINER) && !last.is(PARTICLE);
        // "Berater von Kremlchef Lund": what somebody is, and whose.
        let word = self.text[last.range.clone()].to_lowercase();
        let office = last.is(TITLE | ORGANISATION) || self.cues.is_person(&word);
        let article = article || self.cues.noun_capitals && office && !last.is(MALE_NAME | FEMALE_NAME);
        let particle = item.is(PARTICLE) && item.kind == ItemKind::Word && !article;
        if self.is_name_word(end) && !organisation {
            return 1;
        }
        // de Blasio; Bank of England; Marks & Spencer; Lee, Jr.
        // "Ann Lee vom Landesamt": where all nouns have capitals, whom someone works for is no part of the name.
        let employer = self.cues.noun_capitals && next.is_some_and(|next| next.is(ORGANISATION));
        let particle_joins =
            particle && !employer && (!organisation || self.glues(last, next) || self.is_one_body(end));
        let joins = name_next && (particle_joins || item.is_mark('&'));
        let suffix = item.is_mark(',') && next.is_some_and(|next| next.is(SUFFIX) && next.capital);
        if joins || suffix {
            return 2;
        }
        if item.is(PARTICLE) && !article && self.double_particle(end) { 3 } else { 0 }
    }

    /// Whether "of" or "for" joins a name: Secretary of State, Bank of England.
    fn glues(&self, last: &BlockItem, next: Option<&BlockItem>) -> bool {
        // "the Institute for Trams", but not "asked Congress for Ukraine's share".
        last.is(ORGANISATION) && !next.is_some_and(|next| next.is(PLACE_NAME) && last.is(PLACE_NAME))
            || last.is(TITLE) && next.is_some_and(|next| next.is(TAIL))
    }

    /// "Transport for Eastshire said": one word on each side of the small one, and then a verb of saying.
    fn is_one_body(&self, at: usize) -> bool {
        let items = &self.items;
        let first = at < 2 || !items[at - 2].capital || items[at - 1].begins;
        let plain = !items[at - 1].is(MALE_NAME | FEMALE_NAME | TITLE | PEOPLE | PLACE_NAME | AND);
        let says = items.get(at + 2).is_some_and(|next| next.is(SAY) && next.is(FINITE) && !next.capital);
        first && plain && says && !items[at].is(AND)
    }

    /// Whether two small words and a capitalised one continue a name: von der Leyen, Bank of the West.
    fn double_particle(&self, at: usize) -> bool {
        let Some([first, second, third]) = self.items.get(at..at + 3) else { return false };
        let organisation = first.is(ORGANISATION_PARTICLE);
        let holds = !organisation || self.items[at - 1].is(ORGANISATION | TITLE);
        holds
            && second.is(PARTICLE)
            && !second.capital
            && self.is_name_word(at + 2)
            // "Ann Lee von der Universität".
            && !(self.cues.noun_capitals && third.is(ORGANISATION))
            && !third.begins
            && (!organisation || third.is(TAIL) || !self.items[at - 1].is(TITLE))
    }

    /// Where all nouns have capitals: whether a run of them may be a name. A single one is one if it is known, or
    /// stands without an article or an adjective beside a verb of saying.
    fn may_be_name(&self, run: &Range<usize>, cast: &Cast<'_>) -> bool {
        let items = &self.items;
        let text = self.text_of(run.clone());
        if cast.knows(text) {
            return true;
        }
        let first = &items[run.start];
        let before = run.start.checked_sub(1).filter(|_| !first.begins).map(|i| &items[i]);
        let small = |item: &BlockItem| item.kind == ItemKind::Word && !item.capital;
        let described = before.is_some_and(|before| {
            before.is(DETERMINER | OWNING | PREPOSITION) && before.kind == ItemKind::Word
                || small(before) && before.class & !(PEOPLE | FORMER) == 0
                || before.kind == ItemKind::Number
        });
        let title = run.clone().any(|at| items[at].is(TITLE | FORMER) || self.is_several_titles(at));
        let organisation = items[run.end - 1].is(ORGANISATION);
        let given = first.is(MALE_NAME | FEMALE_NAME);
        // "der Feuerwehrmann Max Brandt".
        let given = given || items[run.start..run.end - 1].iter().any(|item| item.is(MALE_NAME | FEMALE_NAME));
        if run.len() > 1 {
            return given || title || organisation || !described;
        }
        if organisation || first.is(PLACE_NAME) {
            return true;
        }
        let says = |item: Option<&BlockItem>| item.is_some_and(|item| item.is(SAY | SOURCE | AUXILIARY));
        let beside = says(before) || says(items.get(run.end));
        let plain = first.is(TITLE | THING | TIME) || self.cues.is_thing(&text.to_lowercase());
        given || beside && !described && !plain
    }

    /// Splits a run of capitalised words into title and name.
    fn take_run(&mut self, run: Range<usize>, cast: &mut Cast<'_>) {
        if self.cues.noun_capitals && !self.may_be_name(&run, cast) {
            return;
        }
        // "signalisierte Lund Gesprächsbereitschaft": someone known, and a noun.
        let known = run.len() == 2 && self.cues.noun_capitals && !cast.knows(self.text_of(run.clone()));
        let first = run.start..run.start + 1;
        let run = if known && cast.knows(self.text_of(first.clone())) { first } else { run };
        let items = &self.items;
        let last = &items[run.end - 1];
        // "the Finn": an article makes a word for a person out of what is a first name, too.
        let article = run.start.checked_sub(1).is_some_and(|before| items[before].is(ARTICLE));
        if run.len() == 1 && article && last.is(PERSON) && !self.cues.noun_capitals {
            return;
        }
        // "der Marner Bürgermeister": behind an article, an office without a first name is no name.
        let given = items[run.clone()].iter().any(|item| item.is(MALE_NAME | FEMALE_NAME));
        if self.cues.noun_capitals && article && run.len() > 1 && last.is(TITLE) && !last.is(ORGANISATION) && !given {
            return;
        }
        // "Harbour Secretary, Ann Lee": an office beside its name.
        let beside = items.get(run.end).is_some_and(|next| next.is_mark(','))
            && run.end + 1 < items.len()
            && self.is_name_word(run.end + 1);
        let office = last.is(TITLE) && !last.is(ORGANISATION | MALE_NAME | FEMALE_NAME);
        if run.len() > 1 && office && beside {
            return;
        }
        let organisation = last.is(ORGANISATION) || run.len() == 1 && last.is(ORGANISATION);
        let mut start = run.start;
        if !organisation {
            // The title ends with the last of its words that does not end the name.
            for at in run.start..run.end {
                let ends = at + 1 == run.end;
                let title = items[at].is(TITLE | FORMER)
                    || !ends && self.is_several_titles(at)
                    || items[at].is(TAIL) && at > run.start && items[at - 1].is(PARTICLE | TAIL)
                    || items[at].is(PEOPLE) && start == at;
                if title && !ends {
                    start = at + 1;
                } else if title && items[at].is(TITLE | TAIL) && (start == at || run.len() == 1 || items[at].is(TAIL)) {
                    return;
                }
            }
            // "мэр Москвы Иван Белов": the first name begins the name.
            if !self.cues.declension.is_none() && !self.is_first_name(start) {
                start = (start + 1..run.end.saturating_sub(1)).find(|at| self.is_first_name(*at)).unwrap_or(start);
            }
            // "Lunds Vorgänger Max Brandt": where all nouns have capitals, a first name begins the name.
            if self.cues.noun_capitals {
                let given = |at: &usize| items[*at].is(MALE_NAME | FEMALE_NAME);
                let first = (start..run.end.saturating_sub(1)).find(given);
                // "die Ingenieurin Maren Okerland": names have no article, so the first word is what she is.
                let article = run.start.checked_sub(1).is_some_and(|before| items[before].is(DETERMINER));
                // "der Innenminister Frankreichs, Ann Lee,": what the office is of.
                let last = run.end - 1;
                let of_place = items[last].is(PLACE_NAME) && self.text_of(last..run.end).ends_with('s');
                if run.len() == 2 && of_place && items[run.start].is(TITLE) {
                    return;
                }
                let noun = article && start == run.start && run.len() > 2;
                start = first.unwrap_or(start + usize::from(noun));
            }
            // "Minister for Ports Lucy Gower said": what the office is for, and then the name.
            let office = run.start.checked_sub(2).filter(|office| {
                let article = office.checked_sub(1).is_some_and(|at| items[at].is(DETERMINER | OWNING));
                items[*office].is(TITLE) && items[run.start - 1].is(GENITIVE | CALLED) && !article
            });
            let plain = |at: usize| !items[at].is(MALE_NAME | FEMALE_NAME);
            // "Minister of Foreign and European Affairs Ann Lee": the end of what the office is for.
            let field =
                start.checked_sub(1).is_some_and(|before| items[before].is(AND | PEOPLE) || items[before].capital);
            if field && run.end > start + 2 && items[start].is(TAIL) && plain(start) && !self.cues.noun_capitals {
                start += 1;
            }
            if !self.cues.noun_capitals && office.is_some() && start == run.start && run.len() > 2 && plain(start) {
                start = (start + 1..run.end - 1).find(|at| !plain(*at)).unwrap_or(run.end - 2);
            }
            while start + 1 < run.end && items[start].is(ORGANISATION_PARTICLE) && !items[start].capital {
                start += 1;
            }
        }
        let mut title = run.start..start;
        if start > run.start
            && let Some(office) = run.start.checked_sub(2).filter(|office| {
                items[*office].is(TITLE) && items[run.start - 1].is(GENITIVE | CALLED) && !self.cues.noun_capitals
            })
        {
            title.start = office;
        }
        // Offices and trades in lower case before the name: Kremlin spokesman X.
        let mut from = run.start;
        while from > 0 && !items[from].begins {
            let before = &items[from - 1];
            // "the chief of staff Ann Lee".
            let field = before.is(TAIL) && !before.capital && from > 2 && run.len() > 1;
            if field && items[from - 2].is(GENITIVE) && items[from - 3].is(TITLE) && !organisation {
                from -= 3;
                continue;
            }
            let trade = before.kind == ItemKind::Word
                && before.is(TITLE)
                && (from < run.start || !before.is(FORMER) || before.is(TITLE));
            let goes_on = from < run.start
                && (self.is_name_word(from - 1) || before.is(PEOPLE | TITLE) || before.kind == ItemKind::Possessive);
            if !(trade || goes_on) || before.begins && before.is(COMMON) {
                break;
            }
            from -= 1;
        }
        while from < run.start && items[from].kind == ItemKind::Possessive {
            from += 1;
        }
        if from < run.start {
            title.start = from;
        }
        if title.is_empty() {
            title = start..start;
        }
        let titled = title.clone().any(|at| items[at].is(TITLE));
        // Where names have cases, there are no articles: "об этом Иван Белов".
        let definite = run.start > 0
            && start == run.start
            && items[run.start - 1].is(DETERMINER)
            && !titled
            && self.cues.declension.is_none();
        let before = run.start.checked_sub(1).map(|i| &items[i]);
        let alone = run.len() == 1 && title.is_empty();
        // "in X"; "Little Rock, X,".
        let after_comma = before.is_some_and(|before| before.is_mark(','))
            && self.names.last().is_some_and(|name| name.items.end + 1 == run.start);
        let place = alone && (before.is_some_and(|before| before.is(PLACE)) || after_comma);
        let bracketed = before.is_some_and(|before| before.is_any_mark(&['(', '[']))
            && items.get(run.end).is_none_or(|next| matches!(next.kind, ItemKind::Mark(_)));
        let known_place = items[run.end - 1].is(PLACE_NAME) && title.is_empty();
        let gender = self.gender(title.clone(), start..run.end, organisation || definite || bracketed || known_place);
        // "Lind kündigte an": where all nouns have capitals, one word beside a verb of saying was found to be a name.
        let says = self.cues.noun_capitals && items.get(run.end).is_some_and(|next| next.is(SAY) && next.is(FINITE));
        let opens = alone && (run.start == 0 || items[run.start].begins) && !says;
        let sure = !(place || bracketed || opens);
        let office = title.clone().any(|at| items[at].is(TITLE) && !items[at].is(HONORIFIC));
        let role = if office { Some(self.text_of(title.clone())) } else { self.office_beside(start..run.end) };
        let oblique = !self.cues.declension.is_none() && self.is_oblique(title.start.min(start));
        let member = cast.see_case(self.text_of(start..run.end), gender, role, sure, oblique);
        self.names.push(Name { items: start..run.end, title, member });
    }

    /// "Senators Ann Lee and Bo Holm", "des Vizepräsidenten Max Lind": the title of several people, or in another case.
    fn is_several_titles(&self, at: usize) -> bool {
        let word = self.text_of(at..at + 1).to_lowercase();
        let cases = if self.cues.noun_capitals { ["s", "en"].as_slice() } else { ["s"].as_slice() };
        let one = cases.iter().find_map(|ending| word.strip_suffix(ending)).map_or(0, |one| self.cues.class(one));
        self.items[at].class & !PERSON == 0 && one & TITLE != 0 && one & (ORGANISATION | MALE_NAME | FEMALE_NAME) == 0
    }

    /// The office beside a full name: "the union's leader, Ann Lee", "Ann Lee, the deputy mayor of Ghent,".
    fn office_beside(&self, name: Range<usize>) -> Option<&'t str> {
        const WORDS: usize = 6;
        let items = &self.items;
        if name.len() < 2 || self.cues.inverts {
            return None;
        }
        let word = |i: usize| items[i].kind == ItemKind::Word && (!items[i].capital || items[i].is(TITLE | PEOPLE));
        let inner = |i: usize| word(i) && !items[i].is(COMMON | VERB & !NAME_LIKE | OTHER_VERB | FORMER);
        let comma = |i: usize| items.get(i).is_some_and(|item| item.is_mark(','));
        // "the mayor of Ghent, Ann Lee".
        let placed = name.start > 4 && items[name.start - 3].is(PREPOSITION) && items[name.start - 2].capital;
        let end = if placed { name.start - 3 } else { name.start.saturating_sub(1) };
        if name.start > 2 && comma(name.start - 1) && items[end - 1].is(TITLE) && word(end - 1) {
            let mut from = end - 1;
            while from > 0 && end - from < WORDS && inner(from - 1) && !items[from].begins {
                from -= 1;
            }
            let opens =
                from > 0 && (items[from - 1].is(DETERMINER | OWNING) || items[from - 1].kind == ItemKind::Possessive);
            return opens.then(|| self.text_of(from..end));
        }
        let from = name.end + 1 + usize::from(items.get(name.end + 1).is_some_and(|item| item.is(DETERMINER | OWNING)));
        let far = items.len().min(from + WORDS);
        let end = (from..far).take_while(|i| inner(*i) || items[*i].is(TITLE) && word(*i)).last()? + 1;
        let closed = items.get(end).is_none_or(|next| matches!(next.kind, ItemKind::Mark(_)) || next.is(PREPOSITION));
        (comma(name.end) && closed && items[end - 1].is(TITLE)).then(|| self.text_of(from..end))
    }

    /// Whether an item is a known first name, in any case.
    fn is_first_name(&self, at: usize) -> bool {
        let text = self.text_of(at..at + 1);
        let other = |oblique| self.cues.nominative(&format!("{text} x"), oblique).is_some();
        self.items[at].is(MALE_NAME | FEMALE_NAME) || other(false)
    }

    /// Whether the words before an item show that it is no subject: "по словам".
    fn is_oblique(&self, at: usize) -> bool {
        let text = |at: usize| self.text_of(at..at + 1);
        let preposition = at > 0 && self.items[at - 1].is(PREPOSITION) && !self.items[at].begins;
        preposition || at > 1 && self.cues.is_according(text(at - 2), text(at - 1))
    }

    fn gender(&self, title: Range<usize>, name: Range<usize>, organisation: bool) -> Option<Gender> {
        let items = &self.items;
        if organisation {
            return Some(Gender::Neuter);
        }
        for item in &items[title] {
            if item.is(MALE_TITLE) {
                return Some(Gender::Male);
            }
            if item.is(FEMALE_TITLE) {
                return Some(Gender::Female);
            }
        }
        let first = &items[name.start];
        match (name.len() > 1, first.is(MALE_NAME), first.is(FEMALE_NAME)) {
            (true, true, false) => Some(Gender::Male),
            (true, false, true) => Some(Gender::Female),
            _ => None,
        }
    }
}
