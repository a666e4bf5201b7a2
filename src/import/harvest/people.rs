//! Names of people in the ways in which sheets write them: `Ann Lee`, `Lee, Ann`, `Ms Ann Lee`, `Ann Lee (Green)`.

use std::collections::BTreeMap;

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

/// A name without titles, parties and punctuation, the given name first. `None` if fewer than 2 words are left.
fn plain(name: &str) -> Option<String> {
    let name = match name.rfind(['(', '[']) {
        Some(at) if name.trim_end().ends_with([')', ']']) => &name[..at],
        _ => name,
    };
    let bare = |word: &str| -> String {
        let letters = word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
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
    // `Mueller` is `Müller`, whose dots are off here.
    (kept.len() > 1).then(|| in_one_script(&kept.join(" ")).replace("ae", "a").replace("oe", "o").replace("ue", "u"))
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

/// Whether a name is another one with an initial: `a holm` and `ada holm`.
fn has_initial_of(short: &str, long: &str) -> bool {
    let (Some((initial, last)), Some((first, other))) = (short.split_once(' '), long.split_once(' ')) else {
        return false;
    };
    initial.chars().count() == 1 && first.chars().count() > 1 && first.starts_with(initial) && last == other
}

/// Whether 2 names are probably those of one person.
pub fn same_person(one: &str, other: &str) -> bool {
    let form = plain(one);
    (form.is_some() && form == plain(other)) || !crate::corpus::alike(&[one, other]).is_empty()
}

/// Whether a cell stands for the name above it.
pub fn is_ditto(name: &str) -> bool {
    const WORDS: [&str; 10] = ["ditto", "do", "idem", "id", "dito", "dto", "s o", "as above", "same", "ebenso"];
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
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names {
        if let Some(form) = plain(name) {
            groups.entry(form).or_default().push(name);
        }
    }
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for (form, group) in &groups {
        pairs.extend(group[1..].iter().map(|other| (group[0], *other)));
        // `A. Holm` may be Ada Holm, if nobody else has the initial.
        let mut whole = groups.iter().filter(|(other, _)| has_initial_of(form, other));
        if let (Some((_, known)), None) = (whole.next(), whole.next()) {
            pairs.push((known[0], group[0]));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_told_from_names() {
        for mark in ["\"", "''", "〃", "-\"-", "ditto", "Do.", "(ditto)", "idem", "″"] {
            assert!(is_ditto(mark), "{mark}");
        }
        for name in ["", "-", "Ada Holm", "Do Kwon", "Id Party"] {
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
        for name in ["Anna Lee Smith", "Lee", "Ben Lee", "Ann Leeson", "Lee Ann"] {
            assert!(!same_person("Ann Lee", name), "{name}");
        }
    }
}
