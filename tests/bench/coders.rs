//! How often a change of coder looks like a change of mind, and whether that is said:
//! `cargo bench --bench coders [-- SPEAKERS]`.
//!
//! All speakers are steady. The second coder gives a level higher in some share of statements. Both coders have read a
//! fifth of all statements; of the rest, the first has read those of the first half and the second the others, or each
//! has read a random half. The tables stand in docs/methods.md; the seeds are fixed.

#![allow(clippy::print_stdout, reason = "the figures are what it is for")]
#![allow(clippy::unwrap_used, reason = "a generated corpus can be written and read")]

use std::{env, fs};

use chrono::{Days, NaiveDate};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;
use stance::corpus::Corpus;
use stance::shift::{Correction, Pair, Request};
use stance::study::{Ask, Relabel, Study};

const DAYS: [usize; 3] = [20, 40, 80];
/// How often the second coder is a level higher; alpha is about 0.74 and 0.87.
const HIGHER: [f64; 2] = [0.6, 0.3];

/// A corpus of steady speakers with one statement a day.
fn pairs(speakers: usize, days: usize, higher: f64, in_time: bool, seed: u64) -> Vec<Pair> {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let mut codebook = "title='t'\nlow='low'\nhigh='high'\n[[issue]]\nid='i'\nname='I'\nquestion='?'\n".to_owned();
    for level in 1..=5 {
        codebook += &format!("[[issue.level]]\nposition={level}\nwords='{level}'\ndefinition='d'\n");
    }
    let mut statements = "id,date,speaker,text\n".to_owned();
    let mut labels = ["statement_id,issue,position\n".to_owned(), "statement_id,issue,position\n".to_owned()];
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    for speaker in 0..speakers {
        for day in 0..days {
            let date = first + Days::new(4 * day as u64);
            statements += &format!("s{speaker}-{day},{date},Speaker {speaker},Words.\n");
            let level = rng.random_range(1..=4);
            let shared = rng.random::<f64>() < 0.2;
            let second = if in_time { 2 * day >= days } else { rng.random() };
            let above = i32::from(rng.random::<f64>() < higher);
            for (coder, level) in [level, level + above].into_iter().enumerate() {
                if shared || second == (coder == 1) {
                    labels[coder] += &format!("s{speaker}-{day},i,{level}\n");
                }
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("labels")).unwrap();
    fs::write(folder.path().join("codebook.toml"), codebook).unwrap();
    fs::write(folder.path().join("statements.csv"), statements).unwrap();
    fs::write(folder.path().join("labels/anna.csv"), &labels[0]).unwrap();
    fs::write(folder.path().join("labels/ben.csv"), &labels[1]).unwrap();
    let corpus = Corpus::load(folder.path()).unwrap();
    let decisions = corpus.label_by_rules(|| {});
    let request = Request { correction: Correction::None, ..Request::default() };
    let ask = Ask { request, relabel: Relabel::All, ..Ask::default() };
    Study::of(&corpus, &decisions, ask, &|_, _| {}).verdicts.pairs
}

fn main() {
    let speakers: usize = env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(400);
    println!("days  higher  speakers a corpus  coders    moved  warned of these  withstand  warned in all");
    for in_time in [true, false] {
        for higher in HIGHER {
            for days in DAYS {
                for of_corpus in [1, 10] {
                    let seeds = 0..(speakers / of_corpus) as u64;
                    let all: Vec<Pair> = seeds
                        .into_par_iter()
                        .flat_map(|seed| pairs(of_corpus, days, higher, in_time, seed * 1_000 + days as u64))
                        .collect();
                    let moved: Vec<&Pair> = all.iter().filter(|pair| pair.verdict.moved()).collect();
                    let warned = moved.iter().filter(|pair| pair.handover.is_some()).count();
                    let withstand = |pair: &&&Pair| pair.recoded.is_some_and(|recoded| recoded.withstands());
                    let in_all = all.iter().filter(|pair| pair.handover.is_some()).count();
                    println!(
                        "{days:4}  {higher:6}  {of_corpus:17}  {:8}  {:3} of {}  {warned:4}  {:4}  {in_all:4} of {}",
                        if in_time { "in time" } else { "mixed" },
                        moved.len(),
                        all.len(),
                        moved.iter().filter(withstand).count(),
                        all.len()
                    );
                }
            }
        }
    }
}
