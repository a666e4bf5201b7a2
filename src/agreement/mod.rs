//! How far the labels can be trusted: coders compared with each other, and labels by hand compared with labels by
//! rules.
//!
//! A label answers two questions: does a statement take a position, and which one? They are measured separately. The
//! coefficients of position use the statements to which both gave one. The coefficients of presence use all
//! statements that both read. Nothing is dropped silently: a position that only one of them gave is counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::codebook::{IssueIndex, Position};
use crate::corpus::Corpus;
use crate::corpus::Selection;
use crate::label::{ADJUDICATED, HandDecision, RULES};
use crate::rule::{RuleDecision, RuleDecisions};
use crate::statement::Statement;

pub mod interval;
pub mod statistic;
pub mod pairs;
pub mod share;
pub mod rules;

use interval::{Margin, NoInterval};
use pairs::{CoderMonth, CoderPair};
use statistic::{Coefficient, Estimate, Metric, Ratings, Statistic, Undefined, Weights};

/// Whose labels are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Between {
    /// Each coder's labels, before adjudication.
    Coders,
    /// The settled labels by hand, and the labels by rules.
    Rules,
}

/// How the statements are grouped, besides the issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// No further groups.
    Issue,
    /// By speaker.
    Speaker,
    /// By the month in which the words were said.
    Month,
}

/// What to measure.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The statements to use.
    pub selection: Selection,
    /// Whose labels to compare, in this order.
    pub between: Vec<Between>,
    /// The groups, in this order.
    pub by: Vec<By>,
    /// How alpha measures the distance of two levels.
    pub metric: Metric,
}

/// The agreement on one issue, in one group of statements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementRow {
    /// Whose labels are compared.
    pub between: Between,
    /// The issue.
    pub issue: String,
    /// How the statements are grouped.
    pub by: By,
    /// The speaker or the month, or the issue itself if there are no further groups.
    pub group: String,
    /// Statements that two or more have read. From a file of labels, those of them to which some gave a position.
    pub read: usize,
    /// Of these, statements to which two or more gave a position. The coefficients use them.
    pub both: usize,
    /// Statements to which some gave a position and others, who also read them, none.
    pub one: usize,
    /// Statements that are left out because coders differ or rules are in conflict.
    pub open: usize,
    /// Share of equal positions, 0 to 1.
    pub percent: Coefficient,
    /// Share of positions at most one level apart, 0 to 1.
    pub within_one: Coefficient,
    /// Krippendorff's alpha, by the chosen metric. Like all estimates, with a 95 % interval.
    pub alpha: Estimate,
    /// Gwet's AC1.
    pub ac1: Estimate,
    /// Gwet's AC2, ordinal weights.
    pub ac2: Estimate,
    /// Cohen's kappa for two coders, Fleiss' kappa for more.
    pub kappa: Estimate,
    /// The same, linear weights.
    pub kappa_linear: Estimate,
    /// The same, quadratic weights.
    pub kappa_quadratic: Estimate,
    /// Share of equal answers to whether there is a position, 0 to 1.
    pub presence_percent: Coefficient,
    /// Gwet's AC1 for that question.
    pub presence_ac1: Estimate,
    /// Cohen's or Fleiss' kappa for that question.
    pub presence_kappa: Estimate,
}

/// How many labels of each kind one coder gave on one issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Whose labels.
    pub between: Between,
    /// Who gave them.
    pub coder: String,
    /// The issue.
    pub issue: String,
    /// By position, the lowest first: the position and how many labels.
    pub levels: Vec<(i32, usize)>,
    /// Statements that were read and take none.
    pub none: usize,
}

/// A statement on which labels differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// Whose labels are compared.
    pub between: Between,
    /// The statement's place in the corpus.
    #[serde(skip)]
    pub statement: usize,
    /// The statement's id.
    pub statement_id: String,
    /// The issue.
    pub issue: String,
    /// Who gave what. `None` for "takes none".
    pub labels: Vec<(String, Option<i32>)>,
    /// The most levels between two positions. `None` if one gave a position and another none.
    pub levels_apart: Option<usize>,
    /// Whether an adjudication, or the codebook's rule for disputes, settles it.
    pub settled: bool,
    /// What was decided, if that is a position.
    pub position: Option<i32>,
}

/// Everything that is reported about agreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// The coders, in the order of their files.
    pub coders: Vec<String>,
    /// The coders who share no statement with another.
    pub alone: Vec<String>,
    /// The agreement by groups.
    pub rows: Vec<AgreementRow>,
    /// Each two coders, by issue, in the order of their files. Empty unless coders are compared.
    pub pairs: Vec<CoderPair>,
    /// How many labels each coder gave in each month, by issue and month. Empty unless coders are compared.
    pub months: Vec<CoderMonth>,
    /// The labels counted.
    pub counts: Vec<Counts>,
    /// The statements on which labels differ: the farthest apart first, then those on which one found no position.
    pub disagreements: Vec<Disagreement>,
    /// Whether only positions are known, and not what was read and has none: see [`Agreement::of_positions`].
    #[serde(skip)]
    pub positions_only: bool,
}

/// The answer of one coder on a statement and issue: not read, takes none, or a position.
pub type GivenLabel = Option<Option<Position>>;

/// The labels of several coders on one issue.
pub struct CoderTable {
    /// Whose labels.
    pub between: Between,
    /// The issue.
    pub issue: IssueIndex,
    /// The coders, in the order of their files.
    pub coders: Vec<String>,
    /// The statement, and the answer of each coder.
    pub units: Vec<(usize, Vec<GivenLabel>)>,
}

/// Measures the agreement.
pub fn agreement(corpus: &Corpus, decisions: &RuleDecisions, request: &Comparison) -> Agreement {
    let coders: Vec<String> =
        corpus.coders.iter().map(|file| file.coder.clone()).filter(|coder| coder != ADJUDICATED).collect();
    let tables: Vec<CoderTable> = request
        .between
        .iter()
        .flat_map(|between| {
            let issues = corpus.codebook.indices().filter(|issue| request.selection.takes_issue(*issue));
            issues.map(|issue| match between {
                Between::Coders => CoderTable::of_coders(corpus, &request.selection, issue),
                Between::Rules => CoderTable::of_rules(corpus, decisions, &request.selection, issue),
            })
        })
        .filter(|table| table.coders.len() > 1)
        .collect();
    let mut rows = Vec::new();
    for by in &request.by {
        for table in &tables {
            rows.extend(table.rows(corpus, *by, request));
        }
    }
    let disagreements = worst_first(corpus, tables.iter());
    let of_coders: Vec<&CoderTable> = tables.iter().filter(|table| table.between == Between::Coders).collect();
    let alone = |coder: usize| {
        !of_coders
            .iter()
            .any(|table| table.units.iter().any(|(_, said)| said[coder].is_some() && said.iter().flatten().count() > 1))
    };
    Agreement {
        alone: if of_coders.is_empty() {
            Vec::new()
        } else {
            (0..coders.len()).filter(|coder| alone(*coder)).map(|coder| coders[coder].clone()).collect()
        },
        coders,
        rows,
        pairs: of_coders.iter().flat_map(|table| pairs::pairs(table, corpus)).collect(),
        months: of_coders.iter().flat_map(|table| pairs::months(table, corpus)).collect(),
        counts: tables.iter().flat_map(|table| table.counts(corpus)).collect(),
        disagreements,
        positions_only: false,
    }
}

impl Agreement {
    /// What is left of it if the labels leave out what all found to have no position, as those of `stance label` do: how
    /// far positions agree. Whether there is a position cannot be told, and neither can how much each coder has read.
    #[must_use]
    pub fn of_positions(mut self) -> Agreement {
        let unknown = Coefficient::Undefined(Undefined::NotInLabels);
        let estimate = Estimate { value: unknown, interval: Margin::Unknown(NoInterval::Undefined) };
        for row in &mut self.rows {
            row.read = row.both + row.one;
            row.presence_percent = unknown;
            row.presence_ac1 = estimate;
            row.presence_kappa = estimate;
        }
        self.pairs.iter_mut().for_each(|pair| pair.read = pair.both);
        self.months.clear();
        self.alone.clear();
        self.positions_only = true;
        self
    }
}

/// The statements on which coders differ: the farthest apart first, then those on which one found no position.
pub fn disputes(corpus: &Corpus, selection: &Selection) -> Vec<Disagreement> {
    let issues = corpus.codebook.indices().filter(|issue| selection.takes_issue(*issue));
    let tables: Vec<CoderTable> = issues.map(|issue| CoderTable::of_coders(corpus, selection, issue)).collect();
    worst_first(corpus, tables.iter())
}

fn worst_first<'t>(corpus: &Corpus, tables: impl Iterator<Item = &'t CoderTable>) -> Vec<Disagreement> {
    let mut disagreements: Vec<Disagreement> = tables.flat_map(|table| table.disagreements(corpus)).collect();
    let worst =
        |d: &Disagreement| (d.between as u8, d.levels_apart.is_none(), usize::MAX - d.levels_apart.unwrap_or(0));
    let day = |d: &Disagreement| corpus.statements.rows[d.statement].date.written;
    disagreements.sort_by(|a, b| (worst(a), day(a), &a.statement_id).cmp(&(worst(b), day(b), &b.statement_id)));
    disagreements
}

impl CoderTable {
    /// The labels of all coders, before adjudication.
    pub fn of_coders(corpus: &Corpus, selection: &Selection, issue: IssueIndex) -> CoderTable {
        let files: Vec<_> = corpus.coders.iter().filter(|file| file.coder != ADJUDICATED).collect();
        let mut units: BTreeMap<usize, Vec<GivenLabel>> = BTreeMap::new();
        for (coder, file) in files.iter().enumerate() {
            let taken = |statement: usize| selection.takes(&corpus.statements.rows[statement]);
            for label in file.labels.iter().filter(|label| label.unit.1 == issue && taken(label.unit.0)) {
                units.entry(label.unit.0).or_insert_with(|| vec![None; files.len()])[coder] = Some(label.position);
            }
        }
        let coders = files.iter().map(|file| file.coder.clone()).collect();
        CoderTable { between: Between::Coders, issue, coders, units: units.into_iter().collect() }
    }

    /// Rules read every statement. If coders are in dispute, or rules in conflict, they have given no answer.
    /// Statements that are set aside from whoever writes the rules have no part in it.
    fn of_rules(corpus: &Corpus, decisions: &RuleDecisions, selection: &Selection, issue: IssueIndex) -> CoderTable {
        let taken = |statement: &Statement| selection.takes(statement) && !statement.unseen;
        let statements = corpus.statements.rows.iter().enumerate().filter(|(_, statement)| taken(statement));
        let units = statements.filter_map(|(index, _)| {
            let decision = corpus.decision(decisions, index, issue);
            let hand = match decision.hand? {
                HandDecision::Settled { position, .. } => Some(*position),
                HandDecision::Disputed(_) => None,
            };
            let rules = match decision.rules {
                Some(RuleDecision::Conflict(_)) => None,
                _ => Some(decision.rule_position()),
            };
            Some((index, vec![hand, rules]))
        });
        let coders = vec!["hand".to_owned(), RULES.to_owned()];
        CoderTable { between: Between::Rules, issue, coders, units: units.collect() }
    }

    fn rows(&self, corpus: &Corpus, by: By, request: &Comparison) -> Vec<AgreementRow> {
        let issue = &corpus.codebook.issue(self.issue).id;
        let mut groups: BTreeMap<String, Vec<&(usize, Vec<GivenLabel>)>> = BTreeMap::new();
        // By day and id, not by row: sorting a file must not change the last digit of a sum.
        let mut units: Vec<&(usize, Vec<GivenLabel>)> = self.units.iter().collect();
        units.sort_by_key(|(statement, _)| {
            let statement = &corpus.statements.rows[*statement];
            (statement.date.written, statement.id.as_str())
        });
        for unit in units {
            let statement = &corpus.statements.rows[unit.0];
            let group = match by {
                By::Issue => issue.clone(),
                By::Speaker => statement.speaker.clone(),
                By::Month => statement.date.written.format("%Y-%m").to_string(),
            };
            groups.entry(group).or_default().push(unit);
        }
        let rows = groups.into_iter().map(|(group, units)| self.row(corpus, by, group, &units, request));
        rows.filter(|row| row.read + row.open > 0).collect()
    }

    fn row(
        &self,
        corpus: &Corpus,
        by: By,
        group: String,
        units: &[&(usize, Vec<GivenLabel>)],
        request: &Comparison,
    ) -> AgreementRow {
        let issue = corpus.codebook.issue(self.issue);
        let rank = |position: Position| issue.levels.iter().position(|level| level.position == position);
        let values = issue.levels.iter().map(|level| f64::from(level.position.0)).collect();
        let clusters = clusters(corpus, units.iter().map(|(statement, _)| *statement));
        let ratings = |values: Vec<f64>, rank: &dyn Fn(GivenLabel) -> Option<usize>| {
            let ranks = units.iter().map(|(_, unit)| unit.iter().map(|said| rank(*said)).collect()).collect();
            Ratings::new(values, ranks).clustered(clusters.clone())
        };
        let positions = ratings(values, &|said| rank(said??));
        let presence = ratings(vec![0.0, 1.0], &|said| said.map(|position| usize::from(position.is_some())));
        let kappa = |weights| match self.coders.len() {
            2 => Statistic::Cohen(weights),
            _ => Statistic::Fleiss(weights),
        };
        let mixed =
            |unit: &Vec<GivenLabel>| unit.contains(&Some(None)) && unit.iter().flatten().flatten().next().is_some();
        AgreementRow {
            between: self.between,
            issue: issue.id.clone(),
            by,
            group,
            read: presence.compared(),
            both: positions.compared(),
            one: units.iter().filter(|(_, unit)| mixed(unit)).count(),
            open: match self.between {
                Between::Coders => 0,
                Between::Rules => units.iter().filter(|(_, unit)| unit.contains(&None)).count(),
            },
            percent: positions.percent(),
            within_one: positions.within_one(),
            alpha: positions.estimate(Statistic::Alpha(request.metric)),
            ac1: positions.estimate(Statistic::Gwet(Weights::Identity)),
            ac2: positions.estimate(Statistic::Gwet(Weights::Ordinal)),
            kappa: positions.estimate(kappa(Weights::Identity)),
            kappa_linear: positions.estimate(kappa(Weights::Linear)),
            kappa_quadratic: positions.estimate(kappa(Weights::Quadratic)),
            presence_percent: presence.percent(),
            presence_ac1: presence.estimate(Statistic::Gwet(Weights::Identity)),
            presence_kappa: presence.estimate(kappa(Weights::Identity)),
        }
    }

    fn counts(&self, corpus: &Corpus) -> Vec<Counts> {
        let issue = corpus.codebook.issue(self.issue);
        let of_coder = |(coder, name): (usize, &String)| {
            let given = |wanted: GivenLabel| self.units.iter().filter(|(_, said)| said[coder] == wanted).count();
            let count = |position: Position| (position.0, given(Some(Some(position))));
            Counts {
                between: self.between,
                coder: name.clone(),
                issue: issue.id.clone(),
                levels: issue.levels.iter().map(|level| count(level.position)).collect(),
                none: given(Some(None)),
            }
        };
        self.coders.iter().enumerate().map(of_coder).collect()
    }

    fn disagreements(&self, corpus: &Corpus) -> Vec<Disagreement> {
        let issue = corpus.codebook.issue(self.issue);
        let rank = |position: &Position| issue.levels.iter().position(|level| level.position == *position);
        let differ = self.units.iter().filter(|(_, said)| {
            let mut said = said.iter().flatten();
            said.next().is_some_and(|first| said.any(|other| other != first))
        });
        differ
            .map(|(statement, said)| {
                let ranks: Vec<usize> = said.iter().flatten().flatten().filter_map(rank).collect();
                let apart = ranks.iter().max().zip(ranks.iter().min()).map(|(high, low)| high - low);
                let hand = corpus.hands.get(&(*statement, self.issue));
                let (settled, position) = match hand {
                    Some(HandDecision::Settled { position, .. }) => (true, position.map(|position| position.0)),
                    _ => (false, None),
                };
                let given = self.coders.iter().zip(said);
                Disagreement {
                    between: self.between,
                    statement: *statement,
                    statement_id: corpus.statements.rows[*statement].id.clone(),
                    issue: issue.id.clone(),
                    labels: given
                        .filter_map(|(coder, said)| Some((coder.clone(), (*said)?.map(|position| position.0))))
                        .collect(),
                    levels_apart: apart.filter(|apart| *apart > 0),
                    settled,
                    position,
                }
            })
            .collect()
    }
}

/// A number for each statement that is the same for statements of one speaker on one day. They answer one event, so
/// coders who differ on one of them are likely to differ on the next.
pub fn clusters(corpus: &Corpus, statements: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut known: BTreeMap<(&str, NaiveDate), usize> = BTreeMap::new();
    let cluster = |statement: usize| {
        let statement = &corpus.statements.rows[statement];
        let new = known.len();
        *known.entry((&statement.speaker, statement.date.written)).or_insert(new)
    };
    statements.map(cluster).collect()
}
