//! How fast the rules label: `cargo bench --bench engine [-- --dump FOLDER] [--statements N] [--only NAME]`.
//!
//! First the bundled rules, on a million statements put together from clauses of the bundled ones, on half a million
//! shuffled from their words, and on half a million shuffled from those words that do not name the domain. Then generated rules of several sizes in the whole language (phrases, gaps, stems,
//! `none`, contexts, evidence, resolution), on a million generated statements. All are the same on every run. Prints
//! statements per second of one core's time; that is the time the core spent, so other programs count little.
//! `--dump` writes the generated statements, the patterns as regular expressions, and the patterns found in the first
//! statements, so that `tests/bench/compare.py` can set other tools beside it and check that they find the same.
//! `--statements` takes fewer, for a profiler, and `--only` runs what has this in its name.

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use chrono::NaiveDate;
use stance::codebook::Codebook;
use stance::date::{Precision, StatementDate};
use stance::file::document::Document;
use stance::rule::engine::{EngineBuilder, Reading};
use stance::rule::pattern::Pattern;
use stance::rule::text::Words;
use stance::rule::{Rules, Scratch, file};
use stance::statement::{Statement, Statements};

/// How many statements there are unless the command line says so.
const STATEMENTS: usize = 1_000_000;
const SIZES: [usize; 3] = [20, 200, 2_000];
/// How many statements are compared pattern by pattern.
const COMPARED: usize = 3_000;

/// A small generator of numbers (xorshift64*, Vigna 2016), so that the benchmark needs no crate.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }

    /// Small numbers more often than large ones, as words are in a language.
    fn skewed(&mut self, end: usize) -> usize {
        let (a, b) = (self.below(end), self.below(end));
        a * b / end
    }
}

/// Words that no language has, the frequent ones short.
fn words(chance: &mut Chance, count: usize, beginning: &str) -> Vec<String> {
    const SYLLABLES: [&str; 20] = [
        "ba", "ro", "ti", "men", "sel", "ka", "vor", "lin", "de", "pra", "stu", "ne", "go", "fi", "lam", "er", "ust",
        "ic", "on", "ay",
    ];
    (0..count)
        .map(|i| {
            let length = 1 + (i * 3 / count) + chance.below(2);
            let word: String = (0..length).map(|_| SYLLABLES[chance.below(SYLLABLES.len())]).collect();
            format!("{beginning}{word}")
        })
        .collect()
}

/// Seconds that this thread has run: by the kernel's count where there is one, otherwise by the clock.
struct Stopwatch {
    begin: Instant,
    ran: Option<f64>,
}

impl Stopwatch {
    fn start() -> Stopwatch {
        Stopwatch { ran: Stopwatch::thread_time(), begin: Instant::now() }
    }

    fn seconds(&self) -> f64 {
        match (Stopwatch::thread_time(), self.ran) {
            (Some(now), Some(begin)) => now - begin,
            _ => self.begin.elapsed().as_secs_f64(),
        }
    }

    /// Linux counts the nanoseconds of each thread.
    fn thread_time() -> Option<f64> {
        let counts = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        counts.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
    }
}

const CUES: [&str; 5] = ["not", "if", "said", "but", "never"];

struct Language {
    common: Vec<String>,
    topic: Vec<String>,
}

/// Two or three sentences, some 196 characters; one word in ten is on a topic of the rules.
fn statement(language: &Language, chance: &mut Chance) -> String {
    let mut text = String::new();
    for sentence in 0..2 + chance.below(2) {
        text.push_str(if sentence > 0 { " " } else { "" });
        for place in 0..9 + chance.below(9) {
            let word = match chance.below(20) {
                0 | 1 => language.topic[chance.below(language.topic.len())].as_str(),
                2 => CUES[chance.below(CUES.len())],
                _ => language.common[chance.skewed(language.common.len())].as_str(),
            };
            let separator = if chance.below(12) == 0 { ", " } else { " " };
            match place {
                0 => text.extend(word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1))),
                _ => text.extend([separator, word]),
            }
        }
        text.push('.');
    }
    text
}

/// A pattern of the rules: three phrases to each rule, and to three rules of four one with a gap.
fn patterns_of(rule: usize, language: &Language, chance: &mut Chance) -> Vec<String> {
    let topic = |chance: &mut Chance| language.topic[chance.below(language.topic.len())].clone();
    let stem = |word: String| format!("{}*", &word[..word.len().min(5)]);
    let mut patterns = vec![
        format!("{} {}", topic(chance), topic(chance)),
        format!("{} {}", topic(chance), stem(topic(chance))),
        format!("{} {}", language.common[chance.below(300)], topic(chance)),
    ];
    if rule % 4 != 3 {
        patterns.push(format!("({}|{}) ...3 {}", topic(chance), topic(chance), stem(topic(chance))));
    }
    patterns
}

/// A rule file with as many rules, in the whole language.
fn rules_text(count: usize, language: &Language) -> (String, Vec<String>) {
    let mut chance = Chance(7);
    let mut text = String::from(
        "[[context]]\nid = \"negated\"\neffect = \"flip\"\nbefore = [\"not\", \"never\"]\nuntil = [\"but\"]\nwindow = 3\n\
         [[context]]\nid = \"conditional\"\neffect = \"soften\"\nbefore = [\"if\"]\nafter = [\"if\"]\n\
         [[context]]\nid = \"other\"\neffect = \"keep\"\nbefore = [\"said\"]\n",
    );
    let mut all = Vec::new();
    for rule in 0..count {
        let patterns = patterns_of(rule, language, &mut chance);
        let (issue, position) = (["territory", "sanctions", "aid"][rule % 3], rule as i32 % 5 - 2);
        let none = &language.topic[chance.below(language.topic.len())];
        let quoted: Vec<String> = patterns.iter().map(|pattern| format!("{pattern:?}")).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "[[rule]]\nid = \"r{rule}\"\nissue = \"{issue}\"\nposition = {position}\nany = [{}]\nnone = [\"never {none}\"]\npriority = {}",
            quoted.join(", "),
            rule % 7
        );
        all.extend(patterns);
    }
    (text, all)
}

fn codebook() -> Codebook {
    let text = include_str!("../../data/ukraine-2025/codebook.toml").to_owned();
    Codebook::parse(&Document::new("codebook.toml", text), &mut Vec::new()).expect("the bundled codebook")
}

fn rules(count: usize, language: &Language) -> Rules {
    compile(rules_text(count, language).0)
}

fn compile(text: String) -> Rules {
    let document = Document::new("rules.toml", text);
    let mut problems = Vec::new();
    let rules = file::parse(document, Some(&codebook()), None, &mut problems);
    rules.unwrap_or_else(|| panic!("generated rules are sound: {problems:?}"))
}

fn as_statement(id: usize, text: String) -> Statement {
    let written = NaiveDate::from_ymd_opt(2025, 6, 1).expect("a day");
    let date = StatementDate { written, precision: Precision::Day };
    Statement::new(&format!("s-{id}"), date, "Speaker", text)
}

/// A pattern of [`patterns_of`] as a regular expression over the generated texts.
fn as_regex(pattern: &str) -> String {
    let words: Vec<&str> = pattern.split(' ').collect();
    let mut regex = String::from(r"\b");
    for (i, word) in words.iter().enumerate() {
        if *word == "...3" {
            regex += r"(?:[a-z]+,? ){0,3}";
            continue;
        }
        let word = word.replace('(', "(?:").replace('*', "[a-z]*");
        regex += &word;
        regex += if i + 1 == words.len() { r"\b" } else { ",? " };
    }
    regex
}

/// Writes what other tools need to be set beside this one.
fn dump(folder: &Path, language: &Language, statements: &[Statement]) {
    let (_, patterns) = rules_text(200, language);
    let texts = |count: usize| statements[..count].iter().map(|s| s.text.clone() + "\n").collect::<String>();
    let mut builder = EngineBuilder::default();
    let ids: Vec<_> = patterns
        .iter()
        .map(|pattern| builder.add(&Pattern::parse(pattern).expect("a generated pattern"), true))
        .collect();
    let (engine, mut reading) = (builder.build(), Reading::default());
    let mut found = String::new();
    for (index, statement) in statements[..COMPARED].iter().enumerate() {
        engine.read(&statement.text, &mut reading);
        for (number, &id) in ids.iter().enumerate() {
            let mut start = 0;
            while start < reading.words().len() {
                let sentence = reading.sentence_of(start);
                start = sentence.end;
                if engine.is_found(id, &statement.text, sentence, &mut reading) {
                    let _ = writeln!(found, "{index}\t{number}");
                    break;
                }
            }
        }
    }
    let regexes: String = patterns.iter().map(|pattern| as_regex(pattern) + "\n").collect();
    fs::create_dir_all(folder).expect("the folder can be made");
    for (name, text) in [
        ("statements.txt", texts(statements.len())),
        ("compared.txt", texts(COMPARED)),
        ("patterns.txt", patterns.join("\n") + "\n"),
        ("regexes.txt", regexes),
        ("found.tsv", found),
    ] {
        fs::write(folder.join(name), text).expect("the file can be written");
    }
}

/// Splits all statements into words and prints how fast, in seconds.
fn split(statements: &[Statement]) -> f64 {
    let (mut split, mut count, watch) = (Words::default(), 0, Stopwatch::start());
    for statement in statements {
        split.split(&statement.text);
        count += split.words().len();
    }
    let seconds = watch.seconds();
    let rate = statements.len() as f64 / seconds;
    println!("{:>28} {rate:>9.0} statements/s ({count} words)", "splitting into words");
    seconds
}

/// Statements of some 30 words, put together from pieces.
fn shuffled(pieces: &[&str], count: usize, chance: &mut Chance) -> Vec<Statement> {
    const WORDS: usize = 30;
    let statement = |id| {
        let (mut text, mut size) = (String::new(), 0);
        while size < WORDS {
            let piece = pieces[chance.below(pieces.len())];
            size += piece.split(' ').count();
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(piece);
        }
        as_statement(id, text)
    };
    (0..count).map(statement).collect()
}

/// What follows an option of the command line.
fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

/// How many statements are labelled.
fn statement_count() -> usize {
    option("--statements").map_or(STATEMENTS, |count| count.parse().expect("a number of statements"))
}

/// The words that do not name the domain of some rules by themselves.
fn not_of_domain<'w>(rules: &Rules, words: &[&'w str]) -> Vec<&'w str> {
    let mut builder = EngineBuilder::default();
    let domain = rules.domain.iter().flat_map(|domain| domain.words.iter().chain(&domain.weak));
    let ids: Vec<_> = domain.map(|written| builder.add(&written.pattern, true)).collect();
    let (engine, mut reading) = (builder.build(), Reading::default());
    let mut names_domain = |word: &str| {
        engine.read(word, &mut reading);
        let among = 0..reading.words().len();
        ids.iter().any(|id| engine.is_found(*id, word, among.clone(), &mut reading))
    };
    words.iter().filter(|word| !names_domain(word)).copied().collect()
}

/// Measures the bundled rules.
fn bundled() {
    let rules = compile(include_str!("../../data/ukraine-2025/rules.toml").to_owned());
    let file = include_str!("../../data/ukraine-2025/statements.csv");
    let bundled =
        Statements::parse(Path::new("statements.csv"), file, &mut Vec::new()).expect("the bundled statements");
    let texts = || bundled.rows.iter().map(|statement| statement.text.as_str());
    let ends = [',', ';', ':', '.', '!', '?', '—'];
    let clauses: Vec<&str> = texts()
        .flat_map(|text| text.split_inclusive(ends))
        .map(str::trim)
        .filter(|clause| clause.contains(' '))
        .collect();
    let words: Vec<&str> = texts().flat_map(str::split_whitespace).collect();
    let elsewhere = not_of_domain(&rules, &words);
    let mut chance = Chance(20_251_129);
    for (name, pieces, count) in [
        ("bundled rules, clauses", clauses, statement_count()),
        ("bundled rules, words", words, statement_count() / 2),
        ("bundled rules, other words", elsewhere, statement_count() / 2),
    ] {
        let statements = shuffled(&pieces, count, &mut chance);
        let characters: usize = statements.iter().map(|statement| statement.text.len()).sum();
        println!("{count} statements of {} characters", characters / count);
        let bare = split(&statements);
        measure(name, &rules, &statements, bare);
    }
}

fn main() {
    bundled();
    let mut chance = Chance(20_250_815);
    let common = words(&mut chance, 4_000, "");
    let topic = words(&mut chance, 1_200, "z");
    let language = Language { common, topic };
    let statements: Vec<Statement> =
        (0..statement_count()).map(|id| as_statement(id, statement(&language, &mut chance))).collect();
    let characters: usize = statements.iter().map(|statement| statement.text.len()).sum();
    println!("\n{} generated statements of {} characters", statements.len(), characters / statements.len());

    if let Some(folder) = option("--dump") {
        dump(Path::new(&folder), &language, &statements);
    }

    let bare = split(&statements);
    for size in SIZES {
        measure(&format!("{size} rules"), &rules(size, &language), &statements, bare);
    }
    // Most rules of a large file are about something else: their number alone is to cost little.
    let elsewhere = Language { common: words(&mut chance, 1_000, "x"), topic: words(&mut chance, 6_000, "q") };
    for others in [180, 1_980] {
        let text = rules_text(20, &language).0 + &rules_of_elsewhere(others, &elsewhere);
        measure(&format!("20 rules, {others} elsewhere"), &compile(text), &statements, bare);
    }
}

/// Labels all statements on one core and prints how fast.
fn measure(name: &str, rules: &Rules, statements: &[Statement], bare: f64) {
    if option("--only").is_some_and(|part| !name.contains(&part)) {
        return;
    }
    let (mut scratch, mut labels, watch) = (Scratch::default(), 0, Stopwatch::start());
    for statement in statements {
        labels += rules.decide(statement, &mut scratch).len();
    }
    let seconds = watch.seconds();
    let rate = statements.len() as f64 / seconds;
    println!("{name:>28} {rate:>9.0} statements/s, {:.2} times bare splitting ({labels} labels)", seconds / bare);
}

/// Rules without contexts of their own, on words that the statements do not have.
fn rules_of_elsewhere(count: usize, language: &Language) -> String {
    let (text, _) = rules_text(count, language);
    let start = text.find("[[rule]]").unwrap_or(0);
    text[start..].replace("id = \"r", "id = \"elsewhere-")
}
