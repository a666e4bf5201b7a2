//! How fast and how right texts are read: `cargo bench --bench extract -- [--articles DOCS.jsonl] [--days LINES.jsonl]`.
//!
//! Without a file, made-up articles are repeated: how time grows with the length of a text, plain and awkward.
//! `--articles` takes lines with `text`: articles a second on one core, for each step. `--days` takes lines with
//! `reference_date`, `text` (an expression), `context` and `value` or `when` (the right day): the share that is right.

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]
#![allow(clippy::unwrap_used, reason = "where a file cannot be read there is nothing to measure")]

use std::fs;
use std::time::Instant;

use chrono::NaiveDate;
use serde_json::Value;
use stance::extract::day::{Days, Mentions, expressions, resolve, resolve_in_order};
use stance::extract::language::Language;
use stance::extract::page;
use stance::extract::proposal::article;
use stance::extract::sentence::parts;
use stance::extract::speech::{People, speech};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let file = |flag: &str| {
        let at = args.iter().position(|arg| arg == flag)?;
        Some(fs::read_to_string(&args[at + 1]).unwrap())
    };
    let language = Language::english();
    if let Some(lines) = file("--days") {
        days(&lines, &language);
    } else if let Some(lines) = file("--articles") {
        articles(&lines, &language);
    } else {
        growth(&language);
    }
}

/// The share of expressions whose day is the right one.
fn days(lines: &str, language: &Language) {
    let (mut right, mut all) = (0usize, 0usize);
    for line in lines.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let get = |key: &str| value[key].as_str().unwrap_or("");
        let wanted = if get("value").is_empty() { get("when") } else { get("value") };
        let day = |text: &str| text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
        let (Some(reference), Some(wanted)) = (day(get("reference_date")), day(wanted)) else { continue };
        all += 1;
        right += usize::from(meant(get("context"), get("text"), reference, language) == Some(wanted));
    }
    println!("{right} of {all} days are right: {:.1} %", 100.0 * right as f64 / all.max(1) as f64);
}

/// The day of an expression in its context.
fn meant(context: &str, text: &str, reference: NaiveDate, language: &Language) -> Option<NaiveDate> {
    let found = expressions(context, &language.days);
    let resolved = resolve_in_order(&found, reference);
    if let Some(start) = context.find(text) {
        let own = |(expression, _): &(&stance::extract::day::Expression, _)| {
            expression.range.start < start + text.len() && start < expression.range.end
        };
        if let Some((_, resolved)) = found.iter().zip(&resolved).find(own) {
            return resolved.map(|resolved| resolved.day);
        }
    }
    let alone = expressions(text, &language.days);
    alone.first().and_then(|expression| resolve(expression, reference, None)).map(|resolved| resolved.day)
}

/// Articles a second on one core, the best of twenty rounds.
fn articles(lines: &str, language: &Language) {
    let texts: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    let people = People::default();
    let published = NaiveDate::from_ymd_opt(2025, 3, 5).unwrap();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} articles of {} bytes", texts.len(), bytes / texts.len().max(1));
    let rate = |name: &str, work: &dyn Fn(&str)| {
        let best = (0..20)
            .map(|_| {
                let begin = Instant::now();
                texts.iter().for_each(|text| work(text));
                begin.elapsed().as_secs_f64()
            })
            .fold(f64::INFINITY, f64::min);
        println!("{name:<34}{:>8.0} a second", texts.len() as f64 / best);
    };
    rate("sentences and furniture", &|text| drop(parts(text, &language.sentences)));
    rate("sentences, and who said what", &|text| {
        drop(speech(text, &parts(text, &language.sentences), &people, &language.cues));
    });
    rate("days", &|text| drop(Days::of(Mentions::of(text, &language.days), published)));
    rate("all, from bytes to proposals", &|text| {
        let page = page::read(text.as_bytes(), "a.txt").expect("a text");
        drop(article(&page, &people, language, Some(published)));
    });
}

/// Seconds to a megabyte as texts grow: time is linear where they stay the same.
fn growth(language: &Language) {
    let bridge = include_str!("../articles/bridge.txt");
    let live = include_str!("../articles/live.txt");
    let open = "Ann Lee said: “We will build it, and then\n\n";
    let kinds: [(&str, &str); 7] = [
        ("a page without spaces", bridge),
        ("a live page", live),
        ("quotations that never close", open),
        ("nested quotation marks", "“‘"),
        ("one long line", "Ann Lee said “yes” on Monday "),
        ("capitals", "AaAaBb "),
        ("names", "Ann Lee Bo Lind Karl Holm "),
    ];
    println!("{:<30}{:>10}{:>10}{:>10}", "seconds to a megabyte", "0.1 MB", "1 MB", "10 MB");
    for (name, text) in kinds {
        let mut row = format!("{name:<30}");
        for size in [100_000, 1_000_000, 10_000_000] {
            let long = text.repeat(size / text.len());
            let page = page::read(long.as_bytes(), "a.txt").expect("a text");
            let begin = Instant::now();
            drop(article(&page, &People::default(), language, NaiveDate::from_ymd_opt(2031, 1, 29)));
            row += &format!("{:>10.2}", begin.elapsed().as_secs_f64() / (size as f64 / 1e6));
        }
        println!("{row}");
    }
    // Of a page, marks that no entity ends.
    let mut row = format!("{:<30}", "HTML with bare ampersands");
    for size in [100_000, 1_000_000, 10_000_000] {
        let long = format!("<p>2031-03-03</p>{}", "&amp".repeat(size / 4));
        let begin = Instant::now();
        drop(page::read(long.as_bytes(), "a.html"));
        row += &format!("{:>10.2}", begin.elapsed().as_secs_f64() / (size as f64 / 1e6));
    }
    println!("{row}");
}
