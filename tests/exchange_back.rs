//! What Stance writes for another tool comes back through its own import, into a new corpus: the same words, days,
//! speakers and labels, or a difference that the export named.

use std::collections::BTreeSet;
use std::path::PathBuf;

use proptest::prelude::*;
use stance::corpus::Corpus;
use stance::exchange::{ExchangeFormat, Exported};
use stance::import::{ImportSettings, prepare};
use stance::words::name;

use crate::exchange::{by_hand, corpus_of, corpus_with_words, exported, says, statements};
use crate::support::Workdir;

/// Text, issue, coder, position. Statements are told apart by their words, because not every tool has a place for ids.
type Coded = BTreeSet<(String, String, String, Option<i32>)>;

fn coded(corpus: &Corpus) -> Coded {
    let text = |id: &str| name(&corpus.statements.rows[corpus.statements.find(id).unwrap()].text);
    by_hand(corpus).into_iter().map(|(id, issue, coder, position)| (text(&id), issue, coder, position)).collect()
}

/// Imports the files of an export into a new corpus. A file of doccano does not say who labelled, so if there is one, it is
/// called after the only coder.
fn back(workdir: &Workdir, from: &Corpus, format: ExchangeFormat, exported: &Exported, ending: &str) -> Corpus {
    let only = from.coders.first().filter(|_| format == ExchangeFormat::Doccano);
    let only = only.map_or("out", |coder| &coder.coder);
    let write = |file: &stance::exchange::ExportedFile| -> Option<PathBuf> {
        let stem = if file.part.is_empty() { only } else { &file.part };
        // The labelling configuration is no data.
        let data = file.ending.is_none_or(|own| own == ending);
        let path = format!("{format:?}/{stem}.{ending}");
        data.then(|| {
            workdir.write(&path, &file.bytes);
            workdir.path().join(path)
        })
    };
    let paths: Vec<PathBuf> = exported.files.iter().filter_map(write).collect();
    let corpus = workdir.path().join(format!("new-{format:?}"));
    if format == ExchangeFormat::Long {
        // It has ids and no statements, and says so.
        assert!(says(exported, "statements"), "{:?}", exported.losses);
        for name in ["codebook.toml", "statements.csv"] {
            workdir.write(&format!("new-{format:?}/{name}"), workdir.read(&format!("c/{name}")));
        }
    }
    // The name of one file alone says nothing.
    let coder = (format == ExchangeFormat::Doccano && paths.len() == 1).then(|| only.to_owned());
    let import = prepare(&paths, &corpus, ImportSettings { coder, ..ImportSettings::default() }).unwrap();
    assert!(import.is_sound, "{format:?}: {:?}", import.problems);
    import.write().unwrap();
    Corpus::load(&corpus).unwrap_or_else(|error| panic!("{format:?}: {error}"))
}

/// Words of a level, as people write them: pictures, numbers, marks, and words that mean something else elsewhere.
fn words() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "🔴",
        "👍 yes",
        "1",
        "-1",
        "+1",
        "0%",
        "1.5",
        "1,5",
        "?",
        "-",
        "NA",
        "no position",
        "none",
        "a: b",
        "a/b",
        "= 2",
        "#5",
        "x | y",
        "(2)",
        "2 against",
        "±",
        "→",
        "yes",
        "مؤيد",
        "[x]",
        "tram",
        "tram: 2",
        "\"quoted\"",
        "back\\slash",
    ]);
    prop_oneof![known.prop_map(str::to_owned), "[a-zé0-9🟢★:/#;,.=()+-]{1,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn labels_come_back_whatever_the_words_of_levels_are(said in statements(), words in prop::array::uniform3(words())) {
        let lower: BTreeSet<String> = words.iter().map(|word| word.to_lowercase()).collect();
        prop_assume!(lower.len() == words.len());
        let workdir = Workdir::new();
        let corpus = corpus_with_words(&workdir, &said, &words);
        let texts: BTreeSet<String> = corpus.statements.rows.iter().map(|row| name(&row.text)).collect();
        prop_assume!(texts.len() == said.len());
        let sent = coded(&corpus);
        prop_assume!(sent.iter().any(|label| label.3.is_some()));
        for (format, ending) in [
            (ExchangeFormat::Xlsx, "xlsx"),
            (ExchangeFormat::LabelStudio, "json"),
            (ExchangeFormat::Doccano, "jsonl"),
            (ExchangeFormat::Prodigy, "jsonl"),
            (ExchangeFormat::Qdpx, "qdpx"),
        ] {
            let (sent_file, _) = exported(&corpus, format);
            let new = back(&workdir, &corpus, format, &sent_file, ending);
            prop_assert_eq!(&coded(&new), &sent, "{:?} {:?}", format, words);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn labels_come_back_from_each_format(said in statements()) {
        let workdir = Workdir::new();
        let corpus = corpus_of(&workdir, &said);
        let texts: BTreeSet<String> = corpus.statements.rows.iter().map(|row| name(&row.text)).collect();
        prop_assume!(texts.len() == said.len());
        let sent = coded(&corpus);
        prop_assume!(sent.iter().any(|label| label.3.is_some()));
        let formats = [
            (ExchangeFormat::Long, "csv"),
            (ExchangeFormat::Xlsx, "xlsx"),
            (ExchangeFormat::Dna, "dna"),
            (ExchangeFormat::LabelStudio, "json"),
            (ExchangeFormat::Doccano, "jsonl"),
            (ExchangeFormat::Prodigy, "jsonl"),
            (ExchangeFormat::Qdpx, "qdpx"),
        ];
        for (format, ending) in formats {
            let (sent_file, _) = exported(&corpus, format);
            let new = back(&workdir, &corpus, format, &sent_file, ending);
            prop_assert_eq!(&coded(&new), &sent, "{:?}", format);
            for row in &new.statements.rows {
                let old = corpus.statements.rows.iter().find(|old| name(&old.text) == name(&row.text)).unwrap();
                prop_assert_eq!(row.date.written, old.date.written, "{:?}", format);
                prop_assert_eq!(&row.speaker, &old.speaker, "{:?}", format);
            }
        }
        // The event list has no place for "takes no position", names of coders, `;` and `"`. A row of a rule has the
        // words that it found as its text.
        let (events, rules) = exported(&corpus, ExchangeFormat::DnaCsv);
        let new = coded(&back(&workdir, &corpus, ExchangeFormat::DnaCsv, &events, "csv"));
        let positions = |labels: &Coded| -> BTreeSet<(String, String, Option<i32>)> {
            let labels = labels.iter().filter(|label| label.3.is_some());
            labels.map(|(text, issue, _, at)| (text.replace(';', ",").replace('"', "'"), issue.clone(), *at)).collect()
        };
        let (sent, new) = (positions(&sent), positions(&new));
        prop_assert!(new.is_superset(&sent));
        prop_assert!(new.len() <= sent.len() + rules.len());
        prop_assert!(says(&events, "coder"));
    }
}
