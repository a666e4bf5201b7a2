//! Names of people in the ways in which sheets write them: `Ann Lee`, `Lee, Ann`, `Ms Ann Lee`, `Ann Lee (Green)`.

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What stands before a name and is none of it.
const TITLES: [&str; 58] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "hon",
    "rt",
    "the",
    "right",
    "honourable",
    "honorable",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "cllr",
    "councillor",
    "councilor",
    "mayor",
    "minister",
    "president",
    "chancellor",
    "mp",
    "mep",
    "frau",
    "herr",
    "minister",
    "ministerin",
    "präsident",
    "präsidentin",
    "bundeskanzler",
    "bundeskanzlerin",
    "mdb",
    "m",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "sr",
    "sra",
    "señor",
    "señora",
    "don",
    "doña",
    "пан",
    "пані",
    "г-н",
    "г-жа",
    "pani",
];
/// What stands behind a comma and is no given name.
const SUFFIXES: [&str; 10] = ["jr", "sr", "ii", "iii", "phd", "md", "mp", "mep", "mdb", "esq"];

/// A name without titles, parties, punctuation and accents, the given name first. `None` if fewer than 2 words are left.
/// `Müller` becomes `muller`, or `mueller` if it is spelt out.
fn plain(name: &str, spelt_out: bool) -> Option<String> {
    let name = match name.rfind(['(', '[']) {
        Some(at) if name.trim_end().ends_with([')', ']']) => &name[..at],
        _ => name,
    };
    let bare = |word: &str| -> String {
        let mut lower: String = word.nfkc().flat_map(char::to_lowercase).collect();
        if spelt_out {
            lower = lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
        }
        let letters = lower.nfkd().filter(|c| !is_combining_mark(*c));
        letters.filter(|c| c.is_alphanumeric() || *c == '-').collect()
    };
    let is_title = |word: &str| {
        let word = word.trim_matches('.').to_lowercase();
        TITLES.contains(&word.as_str())
    };
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
    let ordered = match name.split_once(',') {
        Some((last, first)) if !first.contains(',') && !first.trim().is_empty() => {
            let after = words(first);
            let is_suffix = |word: &String| {
                SUFFIXES.contains(&bare(word).as_str())
                    || word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
            };
            match after.iter().all(is_suffix) {
                true => words(last),
                false => [after, words(last)].concat(),
            }
        }
        _ => words(name),
    };
    let mut kept: Vec<String> = ordered
        .iter()
        .skip_while(|word| is_title(word))
        .map(|word| bare(word))
        .filter(|word| !word.is_empty())
        .collect();
    // `John Smith MP`
    while kept.len() > 2 && kept.last().is_some_and(|last| SUFFIXES.contains(&last.as_str())) {
        kept.pop();
    }
    (kept.len() > 1).then(|| in_one_script(&kept.join(" ")))
}

/// A name with Latin letters in the place of Cyrillic ones that look the same, if it has both.
fn in_one_script(name: &str) -> String {
    const ALIKE: [(char, char); 12] = [
        ('а', 'a'),
        ('в', 'b'),
        ('е', 'e'),
        ('к', 'k'),
        ('м', 'm'),
        ('н', 'h'),
        ('о', 'o'),
        ('р', 'p'),
        ('с', 'c'),
        ('т', 't'),
        ('у', 'y'),
        ('х', 'x'),
    ];
    if !name.chars().any(|c| c.is_ascii_alphabetic()) {
        return name.to_owned();
    }
    let latin = |c: char| {
        ALIKE.iter().find(|(cyrillic, _)| *cyrillic == c).map_or(if c == 'і' { 'i' } else { c }, |(_, latin)| *latin)
    };
    name.chars().map(latin).collect()
}

/// The first letter of a name, whether it is an initial alone, and what stands behind the first word: `a holm` and
/// `ada holm`.
fn initial(form: &str) -> Option<(char, bool, &str)> {
    let (first, rest) = form.split_once(' ')?;
    let mut letters = first.chars();
    Some((letters.next()?, letters.next().is_none(), rest))
}

/// Whether 2 names are probably those of one person.
pub fn same_person(one: &str, other: &str) -> bool {
    let same = |spelt_out: bool| {
        let form = plain(one, spelt_out);
        form.is_some() && form == plain(other, spelt_out)
    };
    same(false) || same(true) || !crate::corpus::alike(&[one, other]).is_empty()
}

/// Whether a cell stands for the name above it.
pub fn is_ditto(name: &str) -> bool {
    const WORDS: [&str; 7] = ["ditto", "idem", "dito", "dto", "as above", "same", "ebenso"];
    let marks = |c: char| {
        matches!(
            c,
            '"' | '\''
                | '“'
                | '”'
                | '„'
                | '″'
                | '〃'
                | '′'
                | '‘'
                | '’'
                | '«'
                | '»'
                | ','
                | '-'
                | '–'
                | '—'
                | '~'
                | '^'
                | '↑'
                | ' '
        )
    };
    let has_mark = name.chars().any(|c| !matches!(c, '-' | '–' | '—' | ' '));
    let bare = name.to_lowercase().replace(['.', '(', ')'], " ");
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty() && has_mark && name.chars().all(marks)) || WORDS.contains(&bare.as_str())
}

/// Whether a cell says that nobody knows who spoke.
pub fn is_nobody(name: &str) -> bool {
    const WORDS: [&str; 22] = [
        "unknown",
        "unclear",
        "anonymous",
        "anon",
        "unnamed",
        "not known",
        "not given",
        "tbd",
        "tba",
        "todo",
        "unbekannt",
        "unklar",
        "anonym",
        "inconnu",
        "anonyme",
        "desconocido",
        "невідомо",
        "невідомий",
        "неизвестно",
        "nieznany",
        "various",
        "several",
    ];
    let bare: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    WORDS.contains(&bare.trim()) || !name.chars().any(char::is_alphanumeric)
}

/// Whether a cell has the names of several people: `Ada Holm; Ben Ode`, `Ada Holm & Ben Ode`, `Ada Holm and Ben Ode`.
pub fn are_several(name: &str) -> bool {
    const BETWEEN: [&str; 9] = ["; ", ";", " & ", " / ", " | ", " and ", " und ", " et ", " та "];
    let is_name = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let capitals = words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count();
        (2..=4).contains(&words.len()) && capitals == words.len()
    };
    BETWEEN.iter().any(|mark| name.contains(mark) && name.split(mark).all(|part| is_name(part.trim())))
}

/// Pairs of names that are one name in 2 ways of writing, the first of each group with each of the others.
pub fn same_forms<'n>(names: &[&'n str]) -> Vec<(&'n str, &'n str)> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let mut told: HashSet<(&str, &str)> = HashSet::new();
    // `Müller` is `Mueller` and `Muller`, which are 2 names.
    for spelt_out in [false, true] {
        let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for name in names {
            if let Some(form) = plain(name, spelt_out) {
                groups.entry(form).or_default().push(name);
            }
        }
        let mut whole: HashMap<(char, &str), Vec<&str>> = HashMap::new();
        for (form, group) in &groups {
            if let Some((letter, false, rest)) = initial(form) {
                whole.entry((letter, rest)).or_default().push(group[0]);
            }
        }
        for (form, group) in &groups {
            let mut found: Vec<(&str, &str)> = group[1..].iter().map(|other| (group[0], *other)).collect();
            // `A. Holm` may be Ada Holm, if nobody else has the initial.
            if let Some((letter, true, rest)) = initial(form)
                && let Some([known]) = whole.get(&(letter, rest)).map(Vec::as_slice)
            {
                found.push((*known, group[0]));
            }
            pairs.extend(found.into_iter().filter(|pair| told.insert(*pair)));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_told_from_names() {
        for mark in ["\"", "''", "〃", "-\"-", "ditto", "(ditto)", "idem", "″"] {
            assert!(is_ditto(mark), "{mark}");
        }
        for name in ["", "-", "Ada Holm", "Do Kwon", "Id Party", "S.O.", "Do", "ID"] {
            assert!(!is_ditto(name), "{name}");
        }
        assert!(is_nobody("Unknown") && is_nobody("?") && is_nobody("(unbekannt)") && !is_nobody("Ann Known"));
        assert!(are_several("Ada Holm; Ben Ode") && are_several("Ada Holm and Ben Ode"));
        assert!(!are_several("Minister for Trade and Industry") && !are_several("Ministry of Food and Farming"));
    }

    #[test]
    fn one_name_in_several_ways_is_one_person() {
        for name in
            ["Lee, Ann", "Ms Ann Lee", "Ann Lee (Green)", "Dr. Ann Lee", "ANN LEE", "Ann Lee, MP", "Cllr Ann Lee [SPD]"]
        {
            assert!(same_person("Ann Lee", name), "{name}");
        }
        for [one, other] in [["John Smith", "John Smith MP"], ["Eva Müller", "Eva Mueller"], ["Ada Holm", "Ada Ноlm"]]
        {
            assert!(same_person(one, other), "{other}");
        }
        assert_eq!(same_forms(&["Ada Holm", "A. Holm", "Ben Ode"]), [("Ada Holm", "A. Holm")]);
        assert!(same_forms(&["Ada Holm", "Anna Holm", "A. Holm"]).iter().all(|(_, other)| *other != "A. Holm"));
        assert!(same_person("Eva Müller", "Eva Muller"));
        for [one, other] in [["Joe Lee", "Jo Lee"], ["Sue Ray", "Su Ray"]] {
            assert!(!same_person(one, other) && same_forms(&[one, other]).is_empty(), "{other}");
        }
        assert_eq!(same_forms(&["Eva Müller", "Eva Mueller"]), [("Eva Müller", "Eva Mueller")]);
        for name in ["Anna Lee Smith", "Lee", "Ben Lee", "Ann Leeson", "Lee Ann"] {
            assert!(!same_person("Ann Lee", name), "{name}");
        }
    }
}
