//! The names of a transcript: short ones mean the full ones of other turns, or of `speakers.toml`.

use rustc_hash::FxHashMap;

use crate::extract::speech::attribution::Confidence;
use crate::extract::speech::cues::*;
use crate::extract::speech::people::People;
use crate::extract::speech::quoted::{How, Speaker};
use crate::extract::speech::transcript::Turn;
use crate::extract::speech::transcript::who::{floor, is_loud};

/// The person named last in the lines before the first turn: two or more words with capitals, or one after a first name.
fn named_in(head: &str, cues: &Cues) -> Option<String> {
    let near = floor(head, head.len().saturating_sub(2000));
    let mut best: Option<(bool, String)> = None;
    let mut run: Vec<&str> = Vec::new();
    let mut end = |run: &mut Vec<&str>| {
        let given = |word: &&str| cues.class(&word.to_lowercase()) & (MALE_NAME | FEMALE_NAME) != 0;
        let known = run.first().is_some_and(given);
        if (2..=4).contains(&run.len()) && best.as_ref().is_none_or(|(sure, _)| known || !sure) {
            best = Some((known, run.join(" ")));
        }
        run.clear();
    };
    for line in head[near..].lines() {
        // "DIRECT EXAMINATION" is a heading.
        let first = line.split_whitespace().next().unwrap_or("").to_lowercase();
        if is_loud(line) && cues.class(&first) & (MALE_NAME | FEMALE_NAME | TITLE | HONORIFIC) == 0 {
            continue;
        }
        for word in line.split_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let class = cues.class(&bare.to_lowercase());
            let fits = bare.starts_with(char::is_uppercase)
                && class & (DETERMINER | CALENDAR | TITLE | CONJUNCTION | PREPOSITION) == 0;
            if fits {
                run.push(bare);
            }
            if !fits || word.ends_with([',', '.', ':', ')', ';']) {
                end(&mut run);
            }
        }
        end(&mut run);
    }
    best.map(|(_, name)| name)
}

/// The names behind "By" at the beginning of a line.
fn authors(head: &str, cues: &Cues) -> Vec<String> {
    let byline = |line: &&str| {
        let first = line.split(' ').next().unwrap_or("").to_lowercase();
        cues.class(&first) & AGENT != 0
    };
    head.lines().map(str::trim).filter(byline).flat_map(|line| names_in(line, cues)).collect()
}

/// The names of two to four words in the lines before the first turn.
fn names_in(head: &str, cues: &Cues) -> Vec<String> {
    let near = floor(head, head.len().saturating_sub(2000));
    let mut names = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for word in head[near..].split_whitespace().chain(["."]) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.strip_suffix("’s").or(bare.strip_suffix("'s")).unwrap_or(bare);
        let class = cues.class(&bare.to_lowercase());
        let small = DETERMINER | CALENDAR | TITLE | CONJUNCTION | PREPOSITION | SUBJECT | ORGANISATION;
        let fits = bare.starts_with(char::is_uppercase) && class & small == 0;
        if fits && !word.starts_with(['(', '“', '"']) {
            run.push(bare);
        }
        if !fits || word.ends_with([',', '.', ':', ')', ';', '”', '"', '?']) || word.contains(['’', '\'']) {
            let given = |word: &str| cues.class(&word.to_lowercase()) & (MALE_NAME | FEMALE_NAME) != 0;
            // "DIRECT EXAMINATION" is a heading.
            let heading = run.iter().all(|word| is_loud(word)) && !run.first().is_some_and(|first| given(first));
            if (2..=4).contains(&run.len()) && !heading {
                names.push(run.join(" "));
            }
            run.clear();
        }
    }
    names
}

/// The names of a transcript: the short ones mean the long ones.
#[derive(Default)]
pub struct Labels {
    /// The full name, by last name in lower case; `None` if two people have it.
    by_last: FxHashMap<String, Option<String>>,
    /// Who wrote the text: "By Jon Tarn".
    authors: Vec<String>,
    /// The full name before the first turn, by last name in lower case; `None` if there are two.
    named_before: FxHashMap<String, Option<String>>,
    /// Who holds an office, by the office in lower case as a turn gives it; `None` if two people do.
    holders: FxHashMap<String, Option<String>>,
    /// The office that the first turn gives, by full name.
    offices: FxHashMap<String, String>,
    /// Whether questions without a name are turns like others.
    pub questions: bool,
    /// The person whom the text names before the first turn, for "A".
    answerer: Option<String>,
}

impl Labels {
    /// No names yet, of a transcript with some lines before its first turn.
    pub fn before(title: &str, head: &str, cues: &Cues) -> Labels {
        let mut labels = Labels { answerer: named_in(head, cues), ..Labels::default() };
        // Who is in the headline answers, and who wrote the text does not.
        let titled = names_in(title, cues);
        labels.authors = authors(head, cues);
        if let [one] = titled.as_slice() {
            labels.answerer = Some(one.clone());
        } else if labels.answerer.as_ref().is_some_and(|name| labels.authors.contains(name)) {
            labels.answerer = names_in(head, cues).into_iter().rfind(|name| !labels.authors.contains(name));
        }
        // "Krol:" under the headline "Ada Krol on her first year". A turn with the full name counts more.
        for name in titled.into_iter().chain(names_in(head, cues)) {
            let last = name.rsplit(' ').next().unwrap_or(&name).to_lowercase();
            let known = labels.named_before.entry(last).or_insert_with(|| Some(name.clone()));
            if known.as_ref().is_some_and(|known| *known != name) {
                *known = None;
            }
        }
        labels
    }

    /// Whether someone is known who answers without a name.
    pub fn has_answerer(&self) -> bool {
        self.answerer.is_some()
    }

    /// Whose initials a label is: "DL", of the names before the first turn; `None` if it is nobody's, or of two people.
    fn of_initials(&self, label: &str) -> Option<String> {
        const MOST: usize = 3;
        let length = label.chars().count();
        if !(2..=MOST).contains(&length) || !label.chars().all(char::is_uppercase) {
            return None;
        }
        let fits = |name: &&String| {
            let first = |word: &str| word.chars().next();
            name.split(' ').filter_map(first).eq(label.chars())
        };
        let mut names = self.named_before.values().flatten().filter(fits);
        names.next().filter(|name| names.all(|other| other == *name)).cloned()
    }

    /// Notes the name and the office of a turn.
    pub fn learn(&mut self, text: &str, turn: &Turn, cues: &Cues) {
        let name = bare(&text[turn.head.name.clone()], cues);
        if name.contains(' ') {
            let last = name.rsplit(' ').next().unwrap_or(&name).to_lowercase();
            let known = self.by_last.entry(last).or_insert_with(|| Some(name.clone()));
            if known.as_ref().is_some_and(|known| *known != name) {
                *known = None;
            }
        }
        if let Some(office) = &turn.head.office {
            // "The Minister for Trams (Ann Lee):" is only "The Minister for Trams:" afterwards.
            let written = text[office.clone()].to_lowercase();
            let holder = self.holders.entry(written).or_insert_with(|| Some(name.clone()));
            if holder.as_ref().is_some_and(|holder| *holder != name) {
                *holder = None;
            }
            self.offices.entry(name).or_insert_with(|| calm(&text[office.clone()], cues));
        }
    }

    /// Who speaks in a turn, and how sure that is; `None` for a questioner or an answer without a name.
    pub fn speaker(&self, text: &str, turn: &Turn, people: &People, cues: &Cues) -> Option<(Speaker, Confidence)> {
        let written = &text[turn.head.name.clone()];
        let lower = written.to_lowercase();
        let answered = || self.answerer.clone().map(|name| (name, Confidence::Low));
        // An answer that only a dash begins.
        if written.is_empty() {
            let said = |(name, sure)| (Speaker { name, role: None, mention: None, how: How::Carried }, sure);
            return answered().map(said);
        }
        if !written.contains(char::is_alphanumeric) {
            return None;
        }
        if asks(written, cues) {
            let who = Speaker {
                name: calm(written, cues),
                role: None,
                mention: Some(turn.head.name.clone()),
                how: How::Title,
            };
            return self.questions.then_some((who, Confidence::Low));
        }
        let speaker = |name: String, role: Option<String>, how| Speaker {
            name,
            role,
            mention: Some(turn.head.name.clone()),
            how,
        };
        let name = bare(written, cues);
        let known = |name: &str| people.named(name).map(|number| &people.people()[number]);
        let person = known(written).or_else(|| known(&name)).or_else(|| {
            let title =
                lower.split_once(' ').filter(|(first, _)| cues.class(first) & DETERMINER != 0).map(|(_, title)| title);
            title.or(Some(&lower)).and_then(|title| people.titled(title)).map(|number| &people.people()[number])
        });
        if let Some(person) = person {
            return Some((speaker(person.name.clone(), person.role.clone(), How::Named), Confidence::High));
        }
        if cues.class(&lower) & ANSWERER != 0 {
            return answered().map(|(name, sure)| (speaker(name, None, How::Carried), sure));
        }
        let lower_name = name.to_lowercase();
        let known_name = |names: &FxHashMap<String, Option<String>>| names.get(&lower_name).cloned().flatten();
        let holder = self.holders.get(&lower).cloned().flatten();
        let initials = || self.of_initials(written);
        let full = holder
            .or_else(initials)
            .or_else(|| known_name(&self.by_last))
            .or_else(|| known_name(&self.named_before))
            .unwrap_or(name);
        // The author's questions are nobody's statements.
        if self.authors.contains(&full) {
            return None;
        }
        let person = known(&full);
        let role = self.offices.get(&full).cloned();
        let office = |word: &str| cues.class(&word.to_lowercase()) & (TITLE | DETERMINER) != 0;
        let confidence =
            if full.contains(' ') && !full.split(' ').any(office) { Confidence::High } else { Confidence::Medium };
        Some(match person {
            Some(person) => (speaker(person.name.clone(), person.role.clone().or(role), How::Named), Confidence::High),
            None => (speaker(full, role, How::Named), confidence),
        })
    }
}

/// Whether a turn is only headed as a question: "Q", "REPORTER 2".
pub fn asks(written: &str, cues: &Cues) -> bool {
    let lower = written.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| cues.class(word) & QUESTIONER != 0 || word.bytes().all(|b| b.is_ascii_digit()))
}

/// A name without the titles before it, in usual letters: "MS. RITA MARSH" is Rita Marsh. An office stays.
fn bare(written: &str, cues: &Cues) -> String {
    let calm = calm(written, cues);
    let words: Vec<&str> = calm.split(' ').collect();
    let title = |word: &str| cues.class(&word.to_lowercase()) & (TITLE | HONORIFIC) != 0;
    let first = words.iter().take_while(|word| title(word)).count();
    // "Speaker 1" and "The Mayor" have no other name.
    let named = words[first..].iter().any(|word| word.contains(char::is_alphabetic));
    if named { words[first..].join(" ") } else { calm }
}

/// Words in capitals as they are usually written.
fn calm(written: &str, cues: &Cues) -> String {
    let tidy = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if !is_loud(&tidy)
        && tidy.split(' ').all(|word| !is_loud(word) || word.chars().filter(|c| c.is_alphabetic()).count() < 3)
    {
        return tidy;
    }
    let mut out = String::with_capacity(tidy.len());
    for (i, word) in tidy.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let small = i > 0 && cues.class(&word.to_lowercase()) & (PARTICLE | DETERMINER | AND) != 0;
        let initials = word.contains('.') && word.len() <= 4 && word.trim_end_matches('.').contains('.');
        if !is_loud(word) || initials {
            out += word;
            continue;
        }
        let mut begins = !small;
        let mut letters = 0;
        for c in word.chars() {
            if begins && c.is_alphabetic() {
                out.extend(c.to_uppercase());
            } else {
                out.extend(c.to_lowercase());
            }
            letters += usize::from(c.is_alphabetic());
            // O'Neil, Smith-Holm; McNeil keeps what nobody can know.
            begins = !c.is_alphanumeric() && (c != '\'' && c != '’' || letters < 2) || begins && !c.is_alphabetic();
        }
    }
    out
}
