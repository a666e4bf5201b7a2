//! A study as JSON: the question, the corpus, and each verdict with the days that it was computed from.

use chrono::NaiveDate;
use serde::Serialize;

use crate::date::Grain;
use crate::label::Whose;
use crate::series::Day;
use crate::shift::score::{Score, scores};
use crate::shift::verdict::{date, maybe_date};
use crate::shift::{Correction, Pair};
use crate::study::{Family, Study, StudyView};

/// The verdicts that a study shows, with all that it takes to compute them again.
#[derive(Debug, Serialize)]
pub struct StudyAnswer<'s> {
    /// The version of the program.
    stance: &'static str,
    corpus: CorpusMark,
    selection: Selected<'s>,
    alpha: f64,
    correction: &'static str,
    #[serde(serialize_with = "maybe_date")]
    event: Option<NaiveDate>,
    seed: u64,
    family: &'static str,
    pairs: Vec<PairWithDays<'s>>,
    tested: usize,
    permutations: usize,
}

/// Which corpus it is.
#[derive(Debug, Serialize)]
pub struct CorpusMark {
    /// The name of its folder.
    pub name: String,
    /// It changes with the statements, the codebook, the events and the labels by hand.
    pub fingerprint: String,
    /// It changes with the rules.
    pub rules: String,
}

/// What was selected. An empty list takes all.
#[derive(Debug, Serialize)]
struct Selected<'s> {
    speakers: &'s [String],
    by: Option<&'s str>,
    groups: &'s [String],
    issues: Vec<&'s str>,
    #[serde(serialize_with = "maybe_date")]
    from: Option<NaiveDate>,
    #[serde(serialize_with = "maybe_date")]
    to: Option<NaiveDate>,
    unverified: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sure_days: bool,
    labels: &'static str,
    grain: Grain,
}

#[derive(Debug, Serialize)]
struct PairWithDays<'s> {
    #[serde(flatten)]
    pair: &'s Pair,
    day_scores: Vec<DayScore>,
}

/// A day as the tests see it.
#[derive(Debug, Serialize)]
struct DayScore {
    /// The first day of its unit.
    #[serde(serialize_with = "date")]
    date: NaiveDate,
    /// How many statements took each position, the lowest first.
    counts: Vec<u32>,
    /// Their mean position.
    mean: f64,
    /// Their mean rank among all statements of the pair, 0 to 1.
    score: f64,
    /// The weight of the day, 1 to 2.
    weight: f64,
}

impl<'s> StudyAnswer<'s> {
    /// The verdicts that a study shows, of a corpus or of counts.
    pub fn new(study: StudyView<'s>, mark: CorpusMark) -> StudyAnswer<'s> {
        let StudyView { codebook, ask, .. } = study;
        let selected = Selected {
            speakers: &ask.selection.speakers,
            by: ask.by.as_ref().map(|column| column.name.as_str()),
            groups: &ask.groups,
            issues: ask.selection.issues.iter().map(|issue| codebook.issue(*issue).id.as_str()).collect(),
            from: ask.selection.from,
            to: ask.selection.to,
            unverified: ask.selection.unverified,
            sure_days: ask.selection.sure_days,
            labels: match ask.whose {
                Whose::Hand => "hand",
                Whose::Rules => "rules",
                Whose::Both => "both",
            },
            grain: ask.grain,
        };
        let all = study.verdicts.pairs.iter().zip(study.series);
        let shown = all.filter(|(pair, _)| ask.shows(&pair.speaker, pair.index));
        let pairs = shown.map(|(pair, series)| {
            let issue = codebook.issue(pair.index);
            let day = |(day, score): (&Day, Score)| DayScore {
                date: day.date,
                counts: day.counts.clone(),
                mean: issue.value(day.mean()),
                score: score.ridit,
                weight: score.weight,
            };
            PairWithDays { pair, day_scores: series.days.iter().zip(scores(&series.days)).map(day).collect() }
        });
        StudyAnswer {
            stance: env!("CARGO_PKG_VERSION"),
            corpus: mark,
            selection: selected,
            alpha: ask.request.alpha,
            correction: match ask.request.correction {
                Correction::Holm => "holm",
                Correction::BenjaminiHochberg => "bh",
                Correction::None => "none",
            },
            event: ask.request.event,
            seed: ask.request.seed,
            family: match ask.family {
                Family::Whole => "whole",
                Family::Selected => "selected",
            },
            pairs: pairs.collect(),
            tested: study.verdicts.tested,
            permutations: study.verdicts.permutations,
        }
    }
}

impl Study<'_> {
    /// Which corpus was studied.
    pub fn mark(&self) -> CorpusMark {
        CorpusMark {
            name: self.corpus.name(),
            fingerprint: self.corpus.fingerprint(),
            rules: self.corpus.rules.fingerprint(),
        }
    }
}
