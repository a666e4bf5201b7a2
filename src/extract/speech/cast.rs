//! The people and organisations that a text has named so far.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::extract::line::one_line;
use crate::extract::speech::cues::{Cues, SUFFIX};
use crate::extract::speech::people::{Gender, People};

/// Someone named in the text.
#[derive(Debug, Clone)]
pub struct Member {
    /// The fullest name in the text, or the name in `speakers.toml`.
    pub name: String,
    /// Words of the name.
    words: usize,
    /// The member's pronouns, if known.
    pub gender: Option<Gender>,
    /// The pronouns by which the text seems to mean the member, if nothing else shows them.
    pub supposed: Option<Gender>,
    /// The office that the text gives with the name first.
    pub role: Option<String>,
    /// Whether `speakers.toml` has the name.
    pub known: bool,
    /// Whether it is certainly a name, and not only the first word of a sentence or a place.
    pub sure: bool,
    /// How many names had been read when this one was last seen.
    pub seen: usize,
}

impl Member {
    /// Whether nothing but one word with a capital is known: no office, no pronoun, no full name.
    pub fn is_bare(&self) -> bool {
        self.words == 1 && !self.known && self.gender.is_none() && self.role.is_none()
    }
}

/// Everyone whom the text has named so far.
#[derive(Debug)]
pub struct Cast<'p> {
    people: &'p People,
    cues: &'p Cues,
    members: Vec<Member>,
    by_name: HashMap<String, usize>,
    /// The members with a given last name, in order of first mention.
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, usize>,
    by_person: HashMap<usize, usize>,
    /// Members in the order in which they were last seen, with repetitions. The latest is last.
    recent: Vec<usize>,
    clock: usize,
}

/// Among how many of the latest names a pronoun is resolved.
const REACH: usize = 24;

impl<'p> Cast<'p> {
    /// A cast without members.
    pub fn new(people: &'p People, cues: &'p Cues) -> Cast<'p> {
        Cast {
            people,
            cues,
            members: Vec::new(),
            by_name: HashMap::new(),
            by_last: HashMap::new(),
            by_first: HashMap::new(),
            by_person: HashMap::new(),
            recent: Vec::new(),
            clock: 0,
        }
    }

    /// The people of `speakers.toml`.
    pub fn people(&self) -> &'p People {
        self.people
    }

    /// Whether a name, or one with this last name, is known from the text or from `speakers.toml`.
    pub fn knows(&self, name: &str) -> bool {
        let lower = self.key(name);
        self.by_name.contains_key(&lower)
            || self.people.named(name).is_some()
            || self.by_last.get(&lower).is_some_and(|all| all.iter().any(|number| self.members[*number].words > 1))
    }

    /// The words of the language.
    pub fn cues(&self) -> &'p Cues {
        self.cues
    }

    /// A member by number.
    pub fn member(&self, number: usize) -> &Member {
        &self.members[number]
    }

    /// Adds a name that was read, and returns whose it is.
    ///
    /// `sure` is false if the name may be an ordinary word, or a place.
    pub fn see(&mut self, name: &str, gender: Option<Gender>, role: Option<&str>, sure: bool) -> usize {
        self.see_case(name, gender, role, sure, false)
    }

    /// The same, and whether the words before the name show that it is no subject, and so in another case.
    pub fn see_case(
        &mut self,
        name: &str,
        gender: Option<Gender>,
        role: Option<&str>,
        sure: bool,
        oblique: bool,
    ) -> usize {
        let whole = if name.contains('\n') { Cow::Owned(one_line(name)) } else { Cow::Borrowed(name) };
        let name = whole.as_ref();
        let subject = self.cues.nominative(name, oblique);
        let own = |male| if male { Gender::Male } else { Gender::Female };
        let gender = gender.or(subject.as_ref().and_then(|subject| subject.male).map(own));
        let name = subject.as_ref().map_or(name, |subject| subject.name.as_str());
        let straight;
        let name = if name.contains('’') {
            straight = name.replace('’', "'");
            &straight
        } else {
            name
        };
        let number = self.find(name, gender).unwrap_or_else(|| self.enter(name, gender));
        let words = name.split_whitespace().count();
        if words == 1 {
            let key = self.key(name);
            self.by_name.entry(key).or_insert(number);
        }
        self.clock += 1;
        let clock = self.clock;
        let member = &mut self.members[number];
        member.seen = clock;
        member.gender = member.gender.or(gender);
        member.sure |= sure;
        if member.role.is_none() {
            member.role = role.map(str::to_owned);
        }
        // A headline may only have the last name, before the full name.
        if !member.known && member.words == 1 && words > 1 {
            member.name = name.to_owned();
            member.words = words;
            let key = self.key(name);
            self.by_name.insert(key, number);
        }
        if self.recent.len() >= 4 * REACH {
            self.recent.drain(..3 * REACH);
        }
        self.recent.push(number);
        number
    }

    /// Notes the pronouns by which the text seems to mean a member. The first ones count.
    pub fn suppose(&mut self, number: usize, gender: Gender) {
        let member = &mut self.members[number];
        if member.gender.is_none() {
            member.supposed.get_or_insert(gender);
        }
    }

    /// The member for a person in `speakers.toml`, if the text has named them.
    pub fn person(&self, person: usize) -> Option<usize> {
        self.by_person.get(&person).copied()
    }

    /// A person in `speakers.toml` meant by a title.
    pub fn see_person(&mut self, person: usize) -> usize {
        if let Some(number) = self.by_person.get(&person) {
            return *number;
        }
        let known = &self.people.people()[person];
        self.enter_member(known.name.clone(), known.gender, known.role.clone(), Some(person))
    }

    /// The last seen person in `speakers.toml` who has a title that ends in these words, such as "the
    /// president" for "US president"; `None` if the text has named no such person.
    pub fn bearer(&self, title: &str) -> Option<usize> {
        let named = self.people.bearers(title).filter_map(|person| self.by_person.get(&person).copied());
        named.max_by_key(|number| self.members[*number].seen)
    }

    /// The recently seen members, the latest first, each once.
    pub fn latest(&self) -> impl Iterator<Item = usize> + '_ {
        let window = &self.recent[self.recent.len().saturating_sub(REACH)..];
        window
            .iter()
            .enumerate()
            .rev()
            .filter(|(i, number)| !window[i + 1..].contains(number))
            .map(|(_, number)| *number)
    }

    /// A name in lower case, the same for all its cases.
    fn key(&self, name: &str) -> String {
        let lower = name.to_lowercase();
        if self.cues.declension.is_none() { lower } else { self.cues.declension.key(&lower).into_owned() }
    }

    fn find(&self, name: &str, gender: Option<Gender>) -> Option<usize> {
        if let Some(person) = self.people.named(name)
            && let Some(number) = self.by_person.get(&person)
        {
            return Some(*number);
        }
        let lower = self.key(name);
        let agrees = |number: usize| {
            let member = &self.members[number];
            gender.is_none() || member.gender.is_none() || member.gender == gender
        };
        if let Some(number) = self.by_name.get(&lower).filter(|number| agrees(**number)) {
            return Some(*number);
        }
        let last = self.last_word(&lower);
        let Some(alike) = self.by_last.get(last) else {
            // "Sir Keir", "Hillary": a first name alone.
            return self.by_first.get(&lower).copied();
        };
        let fits = |number: &&usize| {
            let member = &self.members[**number];
            // A full name matches a last name. It matches another full name only if the first and last
            // words are the same.
            let one_is_last_name = last == lower || member.words == 1;
            agrees(**number) && !member.known && (one_is_last_name || self.alike(&lower, &self.key(&member.name)))
        };
        // The person named first is the one called by the last name alone.
        alike.iter().take(REACH).find(fits).copied()
    }

    /// Whether two names with the same last word are one person: Ann B. Lee and Ann Lee, von Weber and
    /// Max von Weber.
    fn alike(&self, one: &str, other: &str) -> bool {
        let part = |whole: &str, end: &str| whole.strip_suffix(end).is_some_and(|rest| rest.ends_with(' '));
        let first = |name: &str| name.split(' ').next().map(str::to_owned);
        let suffixed = |name: &str| self.last_word(name) != name.rsplit(' ').next().unwrap_or(name);
        part(one, other) || part(other, one) || first(one) == first(other) && suffixed(one) == suffixed(other)
    }

    /// The last word of a name that is not a suffix.
    fn last_word<'n>(&self, lower: &'n str) -> &'n str {
        let mut words = lower.rsplit(' ').filter(|word| self.cues.class(word) & SUFFIX == 0);
        words.next().unwrap_or(lower)
    }

    fn enter(&mut self, name: &str, gender: Option<Gender>) -> usize {
        match self.people.named(name) {
            Some(person) => {
                let known = &self.people.people()[person];
                self.enter_member(known.name.clone(), known.gender.or(gender), None, Some(person))
            }
            None => self.enter_member(name.to_owned(), gender, None, None),
        }
    }

    fn enter_member(
        &mut self,
        name: String,
        gender: Option<Gender>,
        role: Option<String>,
        person: Option<usize>,
    ) -> usize {
        let number = self.members.len();
        let lower = self.key(&name);
        let last = self.last_word(&lower).to_owned();
        self.by_last.entry(last).or_default().push(number);
        if let Some(person) = person {
            self.by_person.insert(person, number);
        }
        if let Some((first, _)) = lower.split_once(' ') {
            self.by_first.insert(first.to_owned(), number);
        }
        self.by_name.insert(lower, number);
        let words = name.split_whitespace().count();
        self.members.push(Member {
            name,
            words,
            gender,
            supposed: None,
            role,
            known: person.is_some(),
            sure: person.is_some(),
            seen: 0,
        });
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_name_is_the_person_named_before_or_after() {
        let (people, cues) = (People::default(), Cues::english());
        let mut cast = Cast::new(&people, &cues);
        let first = cast.see("Baerbock", None, None, true);
        assert_eq!(cast.see("Annalena Baerbock", Some(Gender::Female), Some("Foreign Minister"), true), first);
        assert_eq!(cast.member(first).name, "Annalena Baerbock");
        assert_eq!(cast.see("Baerbock", None, None, true), first);
    }

    #[test]
    fn shorter_forms_of_a_name_are_one_member() {
        let (people, cues) = (People::default(), Cues::english());
        let mut cast = Cast::new(&people, &cues);
        let one = cast.see("Max von Weber", None, None, true);
        assert_eq!(cast.see("von Weber", None, None, true), one);
        let two = cast.see("Ann B. Lee", None, None, true);
        assert_eq!(cast.see("Ann Lee", None, None, true), two);
        assert_eq!(cast.see("Ann", None, None, true), two);
        assert_ne!(cast.see("Ann Lee Jr.", None, None, true), two);
    }

    #[test]
    fn titles_distinguish_husband_and_wife() {
        let (people, cues) = (People::default(), Cues::english());
        let mut cast = Cast::new(&people, &cues);
        let she = cast.see("Ann Lee", Some(Gender::Female), None, true);
        let he = cast.see("Bob Lee", Some(Gender::Male), None, true);
        assert_ne!(she, he);
        assert_eq!(cast.see("Lee", Some(Gender::Female), None, true), she);
    }

    #[test]
    fn spellings_of_the_file_are_one_member() {
        let cues = Cues::english();
        let people =
            People::parse("[[speaker]]\nname = \"Volodymyr Zelensky\"\naliases = [\"Zelenskyy\"]\n", &cues).unwrap();
        let mut cast = Cast::new(&people, &cues);
        let one = cast.see("Zelenskyy", None, None, true);
        assert_eq!(cast.see("Volodymyr Zelenskyy", None, None, true), one);
        assert_eq!(cast.member(one).name, "Volodymyr Zelensky");
    }
}
