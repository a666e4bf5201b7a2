//! The codebook: the issues, their scales, what each level means, and the reading conventions.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::error::Problem;
use crate::file::document::{self, Document, Read};
use crate::words::{self, guess_before, listed};

/// One level of an issue's scale, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub struct Position(pub i32);

impl Position {
    /// Reads a whole number as people and programs write it: `-2`, `−2`, `+1`, `5.0`, `5,0`.
    pub fn read(text: &str) -> Option<Position> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '−', '–']) {
            Some(digits) => (-1, digits),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let is_number = !whole.is_empty() && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        let whole: i32 = whole.parse().ok().filter(|_| is_number && fraction.bytes().all(|byte| byte == b'0'))?;
        Some(Position(sign * whole))
    }
}

/// With its sign, as people write it: `+1`, `0`, `-1`.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 { f.write_str("0") } else { write!(f, "{:+}", self.0) }
    }
}

/// An issue's place in the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueIndex(pub usize);

/// What gives a statement a label if its coders differ. An adjudication decides before any of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Settle {
    /// Nothing but an adjudication.
    #[default]
    Adjudication,
    /// The answer of more than half of the coders who have read the statement.
    Majority,
    /// The median of their positions, if more than half gave one.
    Median,
}

impl Settle {
    /// All of them, in the order in which messages list them.
    pub const ALL: [Settle; 3] = [Settle::Adjudication, Settle::Majority, Settle::Median];

    /// The word in the codebook.
    pub fn word(self) -> &'static str {
        match self {
            Settle::Adjudication => "adjudication",
            Settle::Majority => "majority",
            Settle::Median => "median",
        }
    }

    /// Reads the table `[labels]`. `None`, with the faults added to `problems`, if its word is not one of these.
    fn parse(document: &Document, labels: document::Part<'_>, problems: &mut Vec<Problem>) -> Option<Settle> {
        let read: Read<RawLabels> = document.read(labels, problems)?;
        let Some(written) = read.value.settle else { return Some(Settle::default()) };
        let settle = Settle::ALL.into_iter().find(|settle| settle.word() == written.get_ref());
        if settle.is_none() {
            let words = Settle::ALL.map(Settle::word);
            let hint = format!("write one of: {}", listed(words.into_iter()));
            let hint = guess_before(&hint, written.get_ref(), words.into_iter());
            let what = format!("nothing settles labels by `{}`", written.get_ref());
            problems.push(document.fault(written.span(), what, hint));
        }
        settle
    }
}

/// The issues of a corpus and how positions on them are coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// What the corpus is about, in a line.
    pub title: String,
    /// What the low end of every scale stands for.
    pub low: String,
    /// What the high end of every scale stands for.
    pub high: String,
    /// Reading conventions that apply to all issues.
    pub conventions: Vec<String>,
    /// The coders by name, each with a description. `None` if the codebook does not list them.
    pub coders: Option<BTreeMap<String, String>>,
    /// What gives a statement a label if its coders differ.
    pub settle: Settle,
    /// How statements are kept from whoever writes the rules. `None` if none are.
    pub unseen: Option<Spanned<SetAside>>,
    /// What rules read beside the text of a statement.
    pub rules: RuleSettings,
    /// The issues, in the order in which charts and exports show them. There is at least one.
    pub issues: Vec<Issue>,
    /// The place of each issue, by its id.
    index: HashMap<String, IssueIndex>,
}

/// How statements are kept from whoever writes the rules: the key `[unseen]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetAside {
    /// A share of them, drawn by a seed.
    Share {
        /// The share as written, more than 0 and less than 1.
        written: String,
        /// The same share of all 64-bit numbers.
        below: u64,
        /// Another seed draws other statements.
        seed: u64,
    },
    /// Those with `yes` in this column of the statements.
    Column(String),
    /// Those with these ids.
    Ids(Vec<Spanned<String>>),
}

/// What rules read beside the text of a statement: the table `[rules]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSettings {
    /// The columns of the statements in which a topic or the domain may be named, each with its place in the file in
    /// bytes. `None` if the codebook does not list them.
    pub context: Option<Vec<(String, Range<usize>)>>,
    /// The place of the words that declare every statement to be about the domain, in bytes.
    pub declared: Option<Range<usize>>,
}

/// What a position is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The issue's name in files.
    pub id: String,
    /// The issue's name in charts.
    pub name: String,
    /// The question that a position answers. Empty if the codebook does not say it yet.
    pub question: String,
    /// Reading conventions of this issue.
    pub conventions: Vec<String>,
    /// The scale, lowest level first: at least 2 levels with different positions.
    pub levels: Vec<Level>,
    /// How sentences say what moved, by the tag of their language, such as `en`. A language may be missing.
    pub phrases: BTreeMap<String, IssuePhrases>,
}

/// How sentences in one language name an issue and a change of position on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssuePhrases {
    /// The issue within a sentence: `rents` in "Ann Example on rents".
    pub about: Option<String>,
    /// What someone did who moved up the scale: `moved toward a rent cap` in "Ann Example moved toward a rent cap".
    pub higher: Option<String>,
    /// What someone did who moved down the scale.
    pub lower: Option<String>,
}

/// One level of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// The level's number.
    pub position: Position,
    /// The level in words short enough for an axis.
    pub words: String,
    /// What a statement must say to get this level. Empty if the codebook does not say it yet.
    pub definition: String,
}

impl Codebook {
    /// Reads a codebook. Every fault is added to `problems`, and any fault gives `None`.
    pub fn parse(document: &Document, problems: &mut Vec<Problem>) -> Option<Codebook> {
        let before = problems.len();
        let mut root = document.root(problems)?;
        let mut issues: Vec<Issue> = Vec::new();
        let mut index: HashMap<String, IssueIndex> = HashMap::new();
        for entry in document::take_entries(&mut root, "issue") {
            let Some((id_span, issue)) = Issue::parse(document, entry, problems) else { continue };
            match index.entry(issue.id.clone()) {
                Entry::Occupied(_) => {
                    let what = format!("the issue `{}` is defined twice", issue.id);
                    problems.push(document.fault(id_span, what, "give each issue its own id"));
                }
                Entry::Vacant(free) => drop(free.insert(IssueIndex(issues.len()))),
            }
            issues.push(issue);
        }
        let labels = document::take_table(&mut root, "labels");
        let settle = labels.map_or(Some(Settle::default()), |labels| Settle::parse(document, labels, problems));
        let mut head: Read<RawCodebook> = document.read(root, problems)?;
        if issues.is_empty() && !problems[before..].iter().any(Problem::is_fault) {
            let hint = "add an [[issue]] with id, name, question and 2 or more [[issue.level]]";
            problems.push(document.fault(head.whole.clone(), "the codebook has no issue", hint));
        }
        let (title, low, high) = (head.value.title.take(), head.value.low.take(), head.value.high.take());
        let title = document.need_text(title, "title", &head, problems);
        let low = document.need_text(low, "low", &head, problems);
        let high = document.need_text(high, "high", &head, problems);
        let unseen = head.value.unseen.take();
        let unseen = unseen.and_then(|unseen| SetAside::parse(document, unseen, head.is_at_fault("unseen"), problems));
        let rules = head.value.rules.take().map_or(RuleSettings::default(), |raw| raw.settings(document, problems));
        if problems[before..].iter().any(Problem::is_fault) {
            return None;
        }
        Some(Codebook {
            title: title?.into_inner(),
            low: low?.into_inner(),
            high: high?.into_inner(),
            conventions: head.value.conventions,
            coders: head.value.coders,
            settle: settle?,
            unseen,
            rules,
            issues,
            index,
        })
    }

    /// Finds an issue by its id.
    pub fn find(&self, id: &str) -> Option<IssueIndex> {
        self.index.get(id).copied()
    }

    /// The issue at a place in the codebook.
    pub fn issue(&self, index: IssueIndex) -> &Issue {
        &self.issues[index.0]
    }

    /// The places of all issues, in order.
    pub fn indices(&self) -> impl Iterator<Item = IssueIndex> + use<> {
        (0..self.issues.len()).map(IssueIndex)
    }

    /// The ids of the issues, as a list for people.
    pub fn issue_list(&self) -> String {
        listed(self.issues.iter().map(|issue| issue.id.as_str()))
    }
}

impl SetAside {
    /// The seed of a codebook that names none.
    const SEED: i64 = 2025;

    /// Checks what was read. `at_fault` says that some of it could not be read, and was reported.
    fn parse(
        document: &Document,
        read: Spanned<RawUnseen>,
        at_fault: bool,
        problems: &mut Vec<Problem>,
    ) -> Option<Spanned<SetAside>> {
        let whole = read.span();
        let RawUnseen { share, seed, column, ids } = read.into_inner();
        let before = problems.len();
        let mut fault = |span, what: &str, hint: &str| problems.push(document.fault(span, what, hint));
        let given = usize::from(share.is_some()) + usize::from(column.is_some()) + usize::from(ids.is_some());
        if given > 1 {
            let hint = "keep one: `share` draws statements, `column` and `ids` name them";
            fault(whole.clone(), "[unseen] sets statements aside in more than one way", hint);
        } else if given == 0 && !at_fault {
            let hint = "add `share = 0.3` to draw statements, `column = \"unseen\"` to mark them in statements.csv, or \
                        `ids = [\"…\"]`";
            fault(whole.clone(), "[unseen] does not say which statements to set aside", hint);
        }
        if let Some(seed) = &seed {
            if *seed.get_ref() < 0 {
                fault(seed.span(), &format!("the seed {} is negative", seed.get_ref()), "write a number from 0 up");
            }
            if share.is_none() && given > 0 {
                let hint = "remove `seed`, or draw the statements with `share`";
                fault(seed.span(), "there is nothing to draw with this seed", hint);
            }
        }
        if let Some(share) = &share
            // Also true for `nan`.
            && !(*share.get_ref() > 0.0 && *share.get_ref() < 1.0)
        {
            let what = format!("the share {} is not between 0 and 1", share.get_ref());
            fault(share.span(), &what, "write a share such as 0.3; to set none aside, remove [unseen]");
        }
        if let Some(column) = column.as_ref().filter(|column| column.get_ref().trim().is_empty()) {
            let hint = "name a column of statements.csv, such as `column = \"unseen\"`";
            fault(column.span(), "the column has no name", hint);
        }
        if problems.len() > before {
            return None;
        }
        let seed = u64::try_from(seed.map_or(SetAside::SEED, Spanned::into_inner)).ok()?;
        let set_aside = match (share.map(Spanned::into_inner), column, ids) {
            // 2^64 as a number with a fraction; the product is below it, because the share is below 1.
            (Some(share), _, _) => {
                let below = (share * 18_446_744_073_709_551_616.0) as u64;
                SetAside::Share { written: share.to_string(), below, seed }
            }
            (None, Some(column), _) => SetAside::Column(column.into_inner()),
            (None, None, ids) => SetAside::Ids(ids?),
        };
        Some(Spanned::new(whole, set_aside))
    }

    /// The same in a few words, so that another way to set statements aside is recognised later.
    pub fn words(&self) -> String {
        match self {
            SetAside::Share { written, seed, .. } => format!("share {written} seed {seed}"),
            SetAside::Column(column) => format!("column {column}"),
            SetAside::Ids(ids) => {
                let ids: BTreeSet<&str> = ids.iter().map(|id| id.get_ref().as_str()).collect();
                format!("{} ids {}", ids.len(), words::fingerprint(ids.iter().copied()))
            }
        }
    }
}

impl Issue {
    /// The position of a level that is written as its number or in its words, in any case.
    pub fn read(&self, written: &str) -> Option<Position> {
        let number = Position::read(written).filter(|position| self.level(*position).is_some());
        let in_words = || {
            let written = written.trim().to_lowercase();
            let level = self.levels.iter().find(|level| level.words.to_lowercase() == written)?;
            Some(level.position)
        };
        number.or_else(in_words)
    }

    /// Finds the level at a position.
    pub fn level(&self, position: Position) -> Option<&Level> {
        self.levels.binary_search_by_key(&position, |level| level.position).ok().map(|place| &self.levels[place])
    }

    /// How many levels are below a value. A value between 2 levels gives a fraction. The result stays within the
    /// scale.
    pub fn rank(&self, value: f64) -> f64 {
        let at = |rank: usize| f64::from(self.levels[rank].position.0);
        match self.levels.iter().position(|level| f64::from(level.position.0) >= value) {
            None => self.levels.len().saturating_sub(1) as f64,
            Some(0) => 0.0,
            Some(rank) => (rank - 1) as f64 + (value - at(rank - 1)) / (at(rank) - at(rank - 1)),
        }
    }

    /// The number on the scale for a mean rank, between the numbers of the levels around it. The inverse of
    /// [`Issue::rank`].
    pub fn value(&self, rank: f64) -> f64 {
        let at = |rank: usize| self.levels.get(rank).map_or(0.0, |level| f64::from(level.position.0));
        let rank = rank.clamp(0.0, self.levels.len().saturating_sub(1) as f64);
        let below = rank.floor() as usize;
        at(below) + (rank - below as f64) * (at((below + 1).min(self.levels.len() - 1)) - at(below))
    }

    /// The level nearest to a value between levels. Of two equally near, the lower.
    pub fn nearest(&self, value: f64) -> Option<&Level> {
        let rank = self.rank(value);
        self.levels.get((rank - 0.5).ceil().max(0.0) as usize)
    }

    /// The levels of the scale, as a list for people.
    pub fn level_list(&self) -> String {
        let levels: Vec<String> = self.levels.iter().map(|l| format!("{} {}", l.position, l.words)).collect();
        listed(levels.iter().map(String::as_str))
    }

    fn parse(
        document: &Document,
        mut entry: document::Part<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<(Range<usize>, Issue)> {
        let before = problems.len();
        let mut levels: Vec<Level> = Vec::new();
        let mut positions: HashSet<Position> = HashSet::new();
        for part in document::take_entries(&mut entry, "level") {
            let Some((span, level)) = Level::parse(document, part, problems) else { continue };
            if !positions.insert(level.position) {
                let what = format!("the scale has the position {} twice", level.position);
                problems.push(document.fault(span, what, "give each level its own number"));
            }
            levels.push(level);
        }
        let mut read: Read<RawIssue> = document.read(entry, problems)?;
        let (id, name, question) = (read.value.id.take(), read.value.name.take(), read.value.question.take());
        let id = document.need_text(id, "id", &read, problems);
        let name = document.need_text(name, "name", &read, problems);
        let question = wanted_text(document, question, "question", &read, problems);
        if levels.len() < 2 && !problems[before..].iter().any(Problem::is_fault) {
            let what = format!("the scale of `{}` has fewer than 2 levels", id.as_ref().map_or("", |id| id.get_ref()));
            let hint = "add an [[issue.level]] with position, words and definition";
            problems.push(document.fault(read.whole.clone(), what, hint));
        }
        levels.sort_by_key(|level| level.position);
        let phrases = phrases(document, std::mem::take(&mut read.value.phrases), problems);
        let (id, conventions) = (id?, read.value.conventions);
        let name = name?.into_inner();
        Some((id.span(), Issue { id: id.into_inner(), name, question, conventions, levels, phrases }))
    }
}

/// Checks the phrases of an issue. Blank ones, and languages that are not a tag, are faults.
fn phrases(
    document: &Document,
    raw: BTreeMap<String, Spanned<RawPhrases>>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, IssuePhrases> {
    let mut all = BTreeMap::new();
    for (language, phrases) in raw {
        if !(language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase())) {
            let what = format!("`{language}` is not the tag of a language");
            problems.push(document.fault(phrases.span(), what, "write 2 small letters, as in [issue.phrases.en]"));
        }
        let RawPhrases { about, higher, lower } = phrases.into_inner();
        let mut text = |phrase: Option<Spanned<String>>| {
            let phrase = phrase?;
            if phrase.get_ref().trim().is_empty() {
                let hint = "write a few words, or leave the key out";
                problems.push(document.fault(phrase.span(), "the phrase is blank", hint));
            }
            Some(phrase.into_inner().split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let phrases = IssuePhrases { about: text(about), higher: text(higher), lower: text(lower) };
        all.insert(language, phrases);
    }
    all
}

impl Level {
    fn parse(
        document: &Document,
        part: document::Part<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<(Range<usize>, Level)> {
        let mut read: Read<RawLevel> = document.read(part, problems)?;
        let (position, words) = (read.value.position.take(), read.value.words.take());
        let definition = read.value.definition.take();
        let position = document.need(position, "position", &read, problems);
        let words = document.need_text(words, "words", &read, problems);
        let definition = wanted_text(document, definition, "definition", &read, problems);
        let position = position?;
        let words = words?.into_inner();
        Some((position.span(), Level { position: Position(position.into_inner()), words, definition }))
    }
}

/// A text that people need to label alike, and that nothing is computed from. Without it there is a warning, and the
/// text is empty.
fn wanted_text<R>(
    document: &Document,
    value: Option<Spanned<String>>,
    key: &str,
    read: &Read<R>,
    problems: &mut Vec<Problem>,
) -> String {
    let span = value.as_ref().map_or(read.whole.clone(), Spanned::span);
    let text = value.map(Spanned::into_inner).unwrap_or_default();
    if text.trim().is_empty() && !read.is_at_fault(key) {
        let (what, hint) = match key {
            "question" => ("the issue has no question", "write in `question = …` what its positions answer"),
            _ => {
                ("the level has no definition", "write in `definition = …` what a statement must say to get this level")
            }
        };
        problems.push(document.warning(span, what, hint));
    }
    text
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCodebook {
    title: Option<Spanned<String>>,
    low: Option<Spanned<String>>,
    high: Option<Spanned<String>>,
    #[serde(default)]
    conventions: Vec<String>,
    coders: Option<BTreeMap<String, String>>,
    /// Present only if `labels` is not a table, as `_issue` below.
    #[serde(rename = "labels")]
    _labels: Option<RawLabels>,
    unseen: Option<Spanned<RawUnseen>>,
    rules: Option<RawSettings>,
    /// Present only if `issue` is not a list of tables. The key is then recognised and its kind rejected.
    #[serde(default, rename = "issue")]
    _issue: Vec<RawIssue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLabels {
    settle: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUnseen {
    share: Option<Spanned<f64>>,
    seed: Option<Spanned<i64>>,
    column: Option<Spanned<String>>,
    ids: Option<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSettings {
    context: Option<Vec<Spanned<String>>>,
    domain: Option<Spanned<String>>,
}

impl RawSettings {
    fn settings(self, document: &Document, problems: &mut Vec<Problem>) -> RuleSettings {
        if let Some(domain) = self.domain.as_ref().filter(|domain| domain.get_ref() != "declared") {
            let what = format!("unknown domain `{}`", domain.get_ref());
            let hint = "write `declared` if every statement is about it; its words belong in [domain] of rules.toml";
            problems.push(document.fault(domain.span(), what, hint));
        }
        let columns = |columns: Vec<Spanned<String>>| {
            columns.into_iter().map(|column| (column.get_ref().clone(), column.span())).collect()
        };
        RuleSettings { context: self.context.map(columns), declared: self.domain.map(|domain| domain.span()) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIssue {
    id: Option<Spanned<String>>,
    name: Option<Spanned<String>>,
    question: Option<Spanned<String>>,
    #[serde(default)]
    conventions: Vec<String>,
    /// By language.
    #[serde(default)]
    phrases: BTreeMap<String, Spanned<RawPhrases>>,
    /// As `_issue` above.
    #[serde(default, rename = "level")]
    _level: Vec<RawLevel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrases {
    about: Option<Spanned<String>>,
    higher: Option<Spanned<String>>,
    lower: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLevel {
    position: Option<Spanned<i32>>,
    words: Option<Spanned<String>>,
    definition: Option<Spanned<String>>,
}
