//! A study as JSON: the question, the corpus, and each verdict with the days that it was computed from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::date::Grain;
use crate::file::json::rounded;
use crate::program::Program;
use crate::series::Day;
use crate::shift::Pair;
use crate::shift::score::{Score, scores};
use crate::shift::verdict::{date, maybe_date};
use crate::study::question::{CORRECTIONS, FAMILIES, ORIGINS, PairNames, names, word};
use crate::study::sensitivity::Sensitivity;
use crate::study::{PairChoice, Study, StudyView};

/// The verdicts that a study shows, with all that it takes to compute them again.
#[derive(Debug, Serialize)]
pub struct StudyAnswer<'s> {
    /// The version of the program.
    stance: String,
    /// Its build.
    build: String,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The pairs of a plan, if only they were tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    planned: Option<Vec<PairNames>>,
    /// The pairs of a plan, if they are the ones that are not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    except: Option<Vec<PairNames>>,
}

#[derive(Debug, Serialize)]
struct PairWithDays<'s> {
    #[serde(flatten)]
    pair: &'s Pair,
    /// The test under other assumptions, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    sensitivity: Option<&'s Sensitivity>,
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

/// A day of a pair as a row.
#[derive(Debug, Serialize)]
pub struct DayRow<'s> {
    /// The speaker or group.
    pub speaker: &'s str,
    /// The issue.
    pub issue: &'s str,
    /// The first day of its unit.
    #[serde(serialize_with = "date")]
    pub date: NaiveDate,
    /// How many statements took a position.
    pub statements: u32,
    /// How many took each, the lowest first: `-2:1 0:3`.
    pub positions: String,
    /// Their mean position.
    pub mean: f64,
    /// Their mean rank among all statements of the pair, 0 to 1.
    pub score: f64,
    /// The weight of the day, 1 to 2.
    pub weight: f64,
}

/// The days of all pairs that a study shows, as the tests see them. Numbers have 6 decimals at most.
pub fn day_rows<'s>(study: &'s Study<'_>) -> Vec<DayRow<'s>> {
    let all = study.verdicts.pairs.iter().zip(&study.series);
    let shown = all.filter(|(pair, _)| study.ask.shows(&pair.speaker, pair.index));
    let rows = shown.flat_map(|(pair, series)| {
        let issue = study.corpus.codebook.issue(pair.index);
        let row = move |(day, score): (&Day, Score)| {
            let taken = issue.levels.iter().zip(&day.counts).filter(|(_, count)| **count > 0);
            let positions: Vec<String> = taken.map(|(level, count)| format!("{}:{count}", level.position.0)).collect();
            DayRow {
                speaker: &pair.speaker,
                issue: &pair.issue,
                date: day.date,
                statements: day.counts.iter().sum(),
                positions: positions.join(" "),
                mean: rounded(issue.value(day.mean())),
                score: rounded(score.ridit),
                weight: rounded(score.weight),
            }
        };
        series.days.iter().zip(scores(&series.days)).map(row)
    });
    rows.collect()
}

/// A pair of the family as a row.
#[derive(Debug, Serialize)]
pub struct FamilyRow<'s> {
    /// The speaker or group.
    pub speaker: &'s str,
    /// The issue.
    pub issue: &'s str,
    /// How many days it has.
    pub days: usize,
    /// Whether they were enough to test it.
    pub tested: bool,
    /// The p before correction.
    pub p: Option<f64>,
    /// The p after it.
    pub p_corrected: Option<f64>,
}

/// All pairs that share the correction, shown or not: what it takes to correct one of them.
pub fn family_rows<'s>(study: &'s Study<'_>) -> Vec<FamilyRow<'s>> {
    let row = |pair: &'s Pair| FamilyRow {
        speaker: &pair.speaker,
        issue: &pair.issue,
        days: pair.days,
        tested: pair.tested,
        p: pair.p.map(rounded),
        p_corrected: pair.p_corrected.map(rounded),
    };
    study.verdicts.pairs.iter().map(row).collect()
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
            labels: word(&ORIGINS, ask.whose),
            grain: ask.grain,
            planned: match &ask.pairs {
                PairChoice::Only(pairs) => Some(names(codebook, pairs)),
                _ => None,
            },
            except: match &ask.pairs {
                PairChoice::Except(pairs) => Some(names(codebook, pairs)),
                _ => None,
            },
        };
        // Counts have nothing to say beside the verdict.
        let all = study.verdicts.pairs.iter().zip(study.series).enumerate();
        let shown = all.filter(|(_, (pair, _))| ask.shows(&pair.speaker, pair.index));
        let pairs = shown.map(|(place, (pair, series))| {
            let aside = study.asides.get(place);
            let issue = codebook.issue(pair.index);
            let day = |(day, score): (&Day, Score)| DayScore {
                date: day.date,
                counts: day.counts.clone(),
                mean: issue.value(day.mean()),
                score: score.ridit,
                weight: score.weight,
            };
            PairWithDays {
                pair,
                sensitivity: aside.and_then(|aside| aside.sensitivity.as_ref()),
                day_scores: series.days.iter().zip(scores(&series.days)).map(day).collect(),
            }
        });
        let program = Program::this();
        StudyAnswer {
            stance: program.version,
            build: program.build,
            corpus: mark,
            selection: selected,
            alpha: ask.request.alpha,
            correction: word(&CORRECTIONS, ask.request.correction),
            event: ask.request.event,
            seed: ask.request.seed,
            family: word(&FAMILIES, ask.family),
            pairs: pairs.collect(),
            tested: study.verdicts.tested,
            permutations: study.verdicts.permutations,
        }
    }

    /// The same, as another program would sign it.
    #[must_use]
    pub fn by_program(self, program: &Program) -> StudyAnswer<'s> {
        StudyAnswer { stance: program.version.clone(), build: program.build.clone(), ..self }
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
