//! The cases of names, where a language has them: "Громова" is "Громов".
//!
//! There is no dictionary. A name is known by what is left without its ending. Its form as a subject comes from the
//! endings in the language's file, and only if the first name shows which ones apply.

use std::borrow::Cow;

use serde::Deserialize;

/// The section of a language file on the cases of names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declension {
    /// Endings that the cases of a name have.
    #[serde(default)]
    stems: Vec<String>,
    /// The ending of a first name in some case, and its ending as a subject.
    #[serde(default)]
    first: Vec<[String; 2]>,
    /// The same for the last name of a man.
    #[serde(default)]
    last_male: Vec<[String; 2]>,
    /// The same for the last name of a woman.
    #[serde(default)]
    last_female: Vec<[String; 2]>,
}

/// What is known about a word of a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// It is a man's first name.
    pub male: bool,
    /// It is a woman's first name.
    pub female: bool,
    /// It is an organisation.
    pub body: bool,
}

/// A name as a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nominative {
    /// The name.
    pub name: String,
    /// Whether it is a man's, if the first name shows that.
    pub male: Option<bool>,
}

/// The fewest letters that are left of a name without its ending.
const STEM: usize = 3;

/// The fewest letters of an ending that shows the case of a last name without a first name.
const CLEAR: usize = 4;

impl Declension {
    /// Whether names keep their form.
    pub fn is_none(&self) -> bool {
        self.stems.is_empty()
    }

    /// What all cases of a name in lower case have in common.
    pub fn key<'n>(&self, lower: &'n str) -> Cow<'n, str> {
        if self.is_none() {
            return Cow::Borrowed(lower);
        }
        let mut key = String::with_capacity(lower.len());
        for (i, word) in lower.split(' ').enumerate() {
            if i > 0 {
                key.push(' ');
            }
            key.push_str(self.stem(word));
        }
        Cow::Owned(key)
    }

    fn stem<'w>(&self, word: &'w str) -> &'w str {
        let rests = self.stems.iter().filter_map(|ending| word.strip_suffix(ending.as_str()));
        let long = rests.filter(|rest| rest.chars().count() >= STEM);
        long.min_by_key(|rest| rest.len()).unwrap_or(word)
    }

    /// A name as a subject, if it is in another case; `None` if it is not, or if that is unclear.
    ///
    /// `oblique` is true where the words before it show that it is no subject: "по словам Александра". `known` tells
    /// what a word in lower case is.
    pub fn nominative(&self, name: &str, oblique: bool, known: impl Fn(&str) -> Known) -> Option<Nominative> {
        if self.is_none() {
            return None;
        }
        let words: Vec<&str> = name.split(' ').collect();
        let (first, rest) = words.split_first()?;
        let own = known(&first.to_lowercase());
        if rest.is_empty() {
            let body = || changed(&self.first, first, |word| known(&word.to_lowercase()).body);
            let person = || changed(&self.last_male, first, |_| true);
            let clear =
                self.last_male.iter().any(|[ending, _]| ending.chars().count() >= CLEAR && first.ends_with(ending));
            let name = if own.body { None } else { body().or_else(|| person().filter(|_| oblique && clear)) };
            return name.map(|name| Nominative { name, male: None });
        }
        if (own.male || own.female) && !oblique {
            return None;
        }
        let given = changed(&self.first, first, |word| {
            let known = known(&word.to_lowercase());
            known.male || known.female
        })?;
        let male = known(&given.to_lowercase()).male;
        let endings = if male { &self.last_male } else { &self.last_female };
        let rest = rest.iter().map(|word| changed(endings, word, |_| true).unwrap_or_else(|| (*word).to_owned()));
        let name = std::iter::once(given.clone()).chain(rest).collect::<Vec<_>>().join(" ");
        Some(Nominative { name, male: Some(male) })
    }
}

/// A word with the first of the endings changed that fits and gives a word that counts.
fn changed(endings: &[[String; 2]], word: &str, counts: impl Fn(&str) -> bool) -> Option<String> {
    let candidates = endings.iter().filter_map(|[ending, own]| {
        let rest = word.strip_suffix(ending.as_str()).filter(|rest| rest.chars().count() >= 2)?;
        Some(format!("{rest}{own}"))
    });
    candidates.into_iter().find(|word| counts(word))
}

#[cfg(test)]
mod tests {
    use crate::extract::speech::cues::Cues;

    #[test]
    fn cases_of_a_name_have_one_key() {
        let (ukrainian, russian) = (Cues::of("uk"), Cues::of("ru"));
        for (cues, cases) in [
            (&ukrainian, ["петренко", "петренка", "петренкові", "петренком"]),
            (&ukrainian, ["вербицький", "вербицького", "вербицькому", "вербицьким"]),
            (&russian, ["громов", "громова", "громову", "громовым"]),
            (&russian, ["вольский", "вольского", "вольскому", "вольским"]),
        ] {
            for case in cases {
                assert_eq!(cues.declension.key(case), cues.declension.key(cases[0]), "{case}");
            }
        }
        assert_eq!(Cues::english().declension.key("ann lee"), "ann lee");
    }

    #[test]
    fn a_name_in_another_case_has_its_form_as_a_subject() {
        let (ukrainian, russian) = (Cues::of("uk"), Cues::of("ru"));
        for (cues, written, oblique, expected) in [
            (&ukrainian, "Івана Петренка", false, Some("Іван Петренко")),
            (&ukrainian, "Олени Ковальчук", true, Some("Олена Ковальчук")),
            (&ukrainian, "Дмитром Вербицьким", true, Some("Дмитро Вербицький")),
            (&ukrainian, "Генштабу", false, Some("Генштаб")),
            (&ukrainian, "Олена Ковальчук", false, None),
            (&russian, "Ивана Громова", false, Some("Иван Громов")),
            (&russian, "Александра Петрова", true, Some("Александр Петров")),
            (&russian, "Александра Петрова", false, None),
            (&russian, "Софьи Левиной", true, Some("Софья Левина")),
            (&russian, "Вольского", true, Some("Вольский")),
            (&russian, "Громов", false, None),
        ] {
            let name = cues.nominative(written, oblique).map(|found| found.name);
            assert_eq!(name.as_deref(), expected, "{written}");
        }
    }
}
