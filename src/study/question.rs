//! What was asked, as plain words that a file can hold: the same study can be asked for again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::codebook::{Codebook, IssueIndex};
use crate::corpus::{Corpus, Selection};
use crate::date::{self, Grain};
use crate::error::{Error, Result};
use crate::label::Whose;
use crate::shift::{Correction, Request};
use crate::study::groups::{self, Groups};
use crate::study::{Ask, Family, NamedPair, PairChoice, Relabel};

/// The words for whose labels count.
pub const ORIGINS: [(&str, Whose); 3] = [("hand", Whose::Hand), ("rules", Whose::Rules), ("both", Whose::Both)];
/// The words for the corrections.
pub const CORRECTIONS: [(&str, Correction); 3] =
    [("holm", Correction::Holm), ("bh", Correction::BenjaminiHochberg), ("none", Correction::None)];
/// The words for the families.
pub const FAMILIES: [(&str, Family); 2] = [("whole", Family::Whole), ("selected", Family::Selected)];
/// The words for the units of the test.
pub const GRAINS: [(&str, Grain); 4] =
    [("day", Grain::Day), ("week", Grain::Week), ("month", Grain::Month), ("quarter", Grain::Quarter)];

/// The levels that a test may have: from the first to below the second.
pub const ALPHAS: (f64, f64) = (1e-5, 1.0);

/// The word for a value.
pub fn word<T: PartialEq>(all: &[(&'static str, T)], value: T) -> &'static str {
    all.iter().find(|(_, other)| *other == value).map_or("", |(word, _)| word)
}

/// The value of a word.
pub fn of_word<T: Copy>(all: &[(&'static str, T)], written: &str) -> Option<T> {
    all.iter().find(|(word, _)| *word == written).map(|(_, value)| *value)
}

/// A pair as files name it: the speaker or group, and the id of the issue.
pub type PairNames = (String, String);

/// Pairs as files name them.
pub fn names(codebook: &Codebook, pairs: &[NamedPair]) -> Vec<PairNames> {
    pairs.iter().map(|(speaker, issue)| (speaker.clone(), codebook.issue(*issue).id.clone())).collect()
}

/// A question to a corpus. All verdicts are also reached again with labels redrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    speakers: Vec<String>,
    issues: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    unverified: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    sure_days: bool,
    labels: String,
    by: Option<String>,
    groups: Vec<String>,
    grain: String,
    event: Option<String>,
    /// As text, because readers of numbers differ in the last digit.
    alpha: String,
    correction: String,
    seed: u64,
    family: String,
    stress: bool,
    /// Only these pairs are tested.
    only: Option<Vec<PairNames>>,
    /// All pairs are tested, and these are not shown.
    except: Option<Vec<PairNames>>,
}

impl Question {
    /// The question behind a study.
    pub fn of(ask: &Ask, codebook: &Codebook) -> Question {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let (only, except) = match &ask.pairs {
            PairChoice::All => (None, None),
            PairChoice::Only(pairs) => (Some(names(codebook, pairs)), None),
            PairChoice::Except(pairs) => (None, Some(names(codebook, pairs))),
        };
        Question {
            speakers: ask.selection.speakers.clone(),
            issues: ask.selection.issues.iter().map(|issue| codebook.issue(*issue).id.clone()).collect(),
            from: day(ask.selection.from),
            to: day(ask.selection.to),
            unverified: ask.selection.unverified,
            sure_days: ask.selection.sure_days,
            labels: word(&ORIGINS, ask.whose).to_owned(),
            by: ask.by.as_ref().map(|column| column.name.clone()),
            groups: ask.groups.clone(),
            grain: ask.grain.word().to_owned(),
            event: day(ask.request.event),
            alpha: ask.request.alpha.to_string(),
            correction: word(&CORRECTIONS, ask.request.correction).to_owned(),
            seed: ask.request.seed,
            family: word(&FAMILIES, ask.family).to_owned(),
            stress: ask.stress,
            only,
            except,
        }
    }

    /// Asks a corpus the same.
    ///
    /// # Errors
    /// [`Error::Request`] if the corpus has no such speaker, issue, column or group, or if a word or number is none that
    /// a question has.
    pub fn ask(&self, corpus: &Corpus) -> Result<Ask> {
        let day = |written: &Option<String>| written.as_deref().map(read_day).transpose();
        let by = self.by.as_ref().map(|name| groups::column(corpus, name)).transpose()?.flatten();
        let all = Groups::new(corpus, by.clone());
        let alpha = self.alpha.parse::<f64>().ok().filter(|alpha| (ALPHAS.0..ALPHAS.1).contains(alpha));
        let name = |name: &String| if by.is_some() { all.find(name) } else { corpus.find_speaker(name) };
        let pairs = |named: &Vec<PairNames>| -> Result<Vec<NamedPair>> {
            named.iter().map(|(speaker, issue)| Ok((name(speaker)?, corpus.find_issue(issue)?))).collect()
        };
        let choice = match (&self.only, &self.except) {
            (None, None) => PairChoice::All,
            (Some(only), None) => PairChoice::Only(pairs(only)?),
            (None, Some(except)) => PairChoice::Except(pairs(except)?),
            (Some(_), Some(_)) => return Err(strange("only", "it has `except` too")),
        };
        let ask = Ask {
            selection: Selection {
                speakers: self.speakers.iter().map(|name| corpus.find_speaker(name)).collect::<Result<_>>()?,
                issues: self.issues.iter().map(|id| corpus.find_issue(id)).collect::<Result<Vec<IssueIndex>>>()?,
                from: day(&self.from)?,
                to: day(&self.to)?,
                unverified: self.unverified,
                sure_days: self.sure_days,
                seen: false,
            },
            whose: meant(&ORIGINS, "labels", &self.labels)?,
            request: Request {
                alpha: alpha.ok_or_else(|| strange("alpha", &self.alpha))?,
                correction: meant(&CORRECTIONS, "correction", &self.correction)?,
                seed: self.seed,
                event: day(&self.event)?,
            },
            family: meant(&FAMILIES, "family", &self.family)?,
            relabel: Relabel::All,
            stress: self.stress,
            groups: self.groups.iter().map(|name| all.find(name)).collect::<Result<_>>()?,
            by,
            grain: meant(&GRAINS, "grain", &self.grain)?,
            pairs: choice,
        };
        ask.check()?;
        Ok(ask)
    }
}

fn read_day(written: &str) -> Result<NaiveDate> {
    date::parse_day(written).map_err(|fault| Error::request(fault.what, fault.hint))
}

fn meant<T: Copy>(all: &[(&'static str, T)], key: &str, written: &str) -> Result<T> {
    of_word(all, written).ok_or_else(|| strange(key, written))
}

fn strange(key: &str, written: &str) -> Error {
    Error::request(format!("a question cannot have {key} `{written}`"), "ask again with `stance shifts`")
}
