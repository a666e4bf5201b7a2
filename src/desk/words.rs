//! The words of the desk in the languages of charts.

use crate::chart::locale::{ChartLanguage, Locale};

/// The words of charts, pages and the desk in a language.
pub fn locale(language: ChartLanguage) -> Locale {
    Locale::new(language).with(source(language))
}

fn source(language: ChartLanguage) -> &'static str {
    match language {
        ChartLanguage::En => include_str!("words/en.ftl"),
        ChartLanguage::De => include_str!("words/de.ftl"),
        ChartLanguage::Fr => include_str!("words/fr.ftl"),
        ChartLanguage::Uk => include_str!("words/uk.ftl"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;

    /// The messages of a language, each with the values that it takes.
    fn messages(language: ChartLanguage) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut last = String::new();
        for line in source(language).lines().filter(|line| !line.starts_with('#')) {
            if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                last = id.to_owned();
            }
            let values = line.split('$').skip(1).filter_map(|rest| rest.split([' ', '}']).next());
            found.entry(last.clone()).or_default().extend(values.map(str::to_owned));
        }
        found.remove("");
        found
    }

    #[test]
    fn every_language_has_every_message_with_its_values() {
        let english = messages(ChartLanguage::En);
        assert!(english.len() > 60);
        for language in ChartLanguage::ALL {
            assert_eq!(messages(language), english, "{language:?}");
            let locale = locale(language);
            for id in english.keys() {
                assert_ne!(&locale.many(id, 3), id, "{language:?} cannot say {id}");
            }
        }
    }

    #[test]
    fn what_pages_say_is_in_the_files_and_nothing_else_is() {
        let folders =
            ["src/desk/pages", "src/cli/desk/rooms"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap().flatten());
        let code: String = files.map(|file| std::fs::read_to_string(file.path()).unwrap()).collect();
        let english = messages(ChartLanguage::En);
        let said: BTreeSet<&str> =
            code.split('"').filter(|part| part.starts_with("desk-") && !part.contains([' ', '.', '{'])).collect();
        for id in &said {
            assert!(english.contains_key(*id), "`{id}` is in no file");
        }
        // These are made of parts: the order of a queue, the name of a room, a verdict, what a proposal rests on.
        let made = ["desk", "desk-code", "desk-settle", "desk-review", "desk-rules", "desk-explore"];
        let unsaid: Vec<&String> = english
            .keys()
            .filter(|id| !said.contains(id.as_str()) && !made.contains(&id.as_str()) && !id.starts_with("desk-order-"))
            .filter(|id| !["desk-verdict-", "desk-about-", "desk-sure-"].iter().any(|made| id.starts_with(made)))
            .collect();
        assert!(unsaid.is_empty(), "no page says {unsaid:?}");
    }

    /// Spaces before marks in French do not break, quotation marks are those of the language, and every plural of
    /// Ukrainian has a form of its own or the last one.
    #[test]
    fn words_keep_the_typography_of_their_language() {
        let lines = |language| source(language).lines().filter(|line| !line.starts_with('#') && !line.contains("->"));
        for line in lines(ChartLanguage::Fr) {
            // The key `?` of the list of keys is no mark.
            let line = line.replace(". ? ", "");
            let wrong = [" :", " ;", " ?", " !", " »", "« "].into_iter().find(|wrong| line.contains(wrong));
            assert_eq!(wrong, None, "{line}");
            let tight = line.char_indices().filter(|(_, c)| matches!(c, ';' | '?' | '!' | '»'));
            for (at, mark) in tight {
                assert!(line[..at].ends_with('\u{202f}'), "{mark} in {line}");
            }
        }
        for (language, marks) in [(ChartLanguage::De, "„“"), (ChartLanguage::Fr, "«»"), (ChartLanguage::Uk, "«»")]
        {
            for line in lines(language) {
                let others = line.chars().find(|c| "„“”«»".contains(*c) && !marks.contains(*c));
                assert_eq!(others, None, "{line}");
            }
        }
        let uk = locale(ChartLanguage::Uk);
        let said = [1, 2, 5, 11, 21, 22].map(|count| uk.many("desk-drafts", count));
        let forms = ["нотатка", "нотатки", "нотаток", "нотаток", "нотатка", "нотатки"];
        for (said, form) in said.iter().zip(forms) {
            assert!(said.contains(&format!(" {form} ")), "{said}");
        }
    }
}
