//! What the desk remembers between two requests: the corpus as it was last read, and who is doing what.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use maud::Markup;
use stance::chart::locale::ChartLanguage;
use stance::corpus::{CODEBOOK, Corpus, EVENTS, LABELS, RULES_FILE, STATEMENTS, UNSEEN};
use stance::desk::coding::{Coding, check_name};
use stance::desk::disputes::{Disputes, SentBack, sent_back};
use stance::desk::pages::explore::{Exploration, Filter};
use stance::desk::pages::{Instead, Notice};
use stance::error::{Error, Problem, Result};
use stance::extract::review::Session;
use stance::file::read;
use stance::file::table::read_text;
use stance::label::ADJUDICATED;
use stance::label::sheet::CoderSheet;
use stance::rule::RuleDecisions;

use super::tries::Tries;

/// When a file was saved, how long it is, and which one it is. `None` if there is none.
type Stamp = Option<(SystemTime, u64, (u64, u64))>;

/// The desk.
pub struct Desk {
    /// The folder of the corpus.
    pub folder: PathBuf,
    /// The language of the pages.
    pub language: ChartLanguage,
    /// The corpus, as it was when it last had no fault.
    pub corpus: Option<Arc<Corpus>>,
    /// What the rules give, in the same corpus.
    pub decisions: Arc<RuleDecisions>,
    /// The faults that the corpus has on the disk.
    pub problems: Vec<Problem>,
    /// What is shown in place of what has these faults.
    pub instead: Instead,
    /// Who codes.
    pub coder: Option<String>,
    /// The coder's session.
    pub coding: Option<Coding>,
    /// The sessions of others who coded at this desk: what they wrote and can undo.
    asleep: BTreeMap<String, Coding>,
    /// The adjudication.
    pub settling: Option<Coding>,
    /// The files of the other coders, to know what is still in dispute. Nobody is shown them.
    sheets: BTreeMap<String, CoderSheet>,
    /// What coders differ on, as long as the labels are as they were.
    pub disputes: Option<Arc<Disputes>>,
    /// The proposals under review.
    pub review: Option<Session>,
    /// What the room with findings showed last, as long as the corpus is as it was.
    pub explored: Option<Explored>,
    /// The rules that were tried last.
    pub tries: Tries,
    /// What happened to the last action, for the next page.
    pub message: Option<Notice>,
    /// The address of the unit on the page that is made, or was made last, in a room for answers.
    pub at: Option<String>,
    /// When answers were given.
    pub pace: Pace,
    sources: Vec<Stamp>,
    labels: Vec<(PathBuf, Stamp)>,
}

/// What the room with findings showed.
#[derive(Debug)]
pub struct Explored {
    /// What was asked for.
    pub filter: Filter,
    /// What was found. The error is the room if there is nothing to show.
    pub findings: std::result::Result<Exploration, Markup>,
    /// Whether the corpus has changed since, so that it must be made again.
    pub stale: bool,
}

/// Answers in time.
#[derive(Debug, Default)]
pub struct Pace {
    last: Option<Instant>,
    time: Duration,
    statements: usize,
}

impl Pace {
    /// An answer was given, perhaps the last of its statement.
    pub fn answered(&mut self, statement_is_done: bool) {
        /// Whoever takes longer is not reading.
        const LONGEST: Duration = Duration::from_secs(120);
        let now = Instant::now();
        if let Some(last) = self.last {
            self.time += (now - last).min(LONGEST);
            self.statements += usize::from(statement_is_done);
        }
        self.last = Some(now);
    }

    /// Statements a minute, after a few of them.
    pub fn a_minute(&self) -> Option<f64> {
        const FEWEST: usize = 3;
        let minutes = self.time.as_secs_f64() / 60.0;
        (self.statements >= FEWEST && minutes > 0.0).then(|| self.statements as f64 / minutes)
    }
}

impl Desk {
    /// Reads the corpus. One with faults is opened too: its pages list them.
    ///
    /// # Errors
    /// [`Error::Request`] if the folder is not a corpus, or if there can be no such coder.
    pub fn open(folder: PathBuf, coder: Option<&str>, language: ChartLanguage) -> Result<Desk> {
        let mut desk = Desk {
            folder,
            language,
            corpus: None,
            decisions: Arc::default(),
            problems: Vec::new(),
            coder: None,
            coding: None,
            settling: None,
            sheets: BTreeMap::new(),
            instead: Instead::Earlier,
            disputes: None,
            review: None,
            explored: None,
            tries: Tries::default(),
            message: None,
            at: None,
            asleep: BTreeMap::new(),
            pace: Pace::default(),
            sources: Vec::new(),
            labels: Vec::new(),
        };
        desk.read()?;
        if let Some(coder) = coder {
            // Without a codebook, the name is checked when there is one: before any file of the coder is touched.
            desk.corpus.iter().try_for_each(|corpus| check_name(coder, &corpus.codebook))?;
            desk.coder = Some(coder.to_owned());
        }
        Ok(desk)
    }

    /// Reads the corpus again if statements, codebook, rules or events were saved. Answers by hand are not looked at,
    /// unless there is a fault in them, which may be repaired by now.
    ///
    /// # Errors
    /// As [`Corpus::read`].
    pub fn refresh(&mut self) -> Result<()> {
        let hands = self.folder.join(LABELS);
        if self.problems.iter().any(|problem| problem.path.starts_with(&hands)) {
            return self.refresh_all();
        }
        if self.sources != sources(&self.folder) { self.read() } else { Ok(()) }
    }

    /// Reads the corpus again if any of its files was saved, except the adjudication: what is settled there is read from
    /// the file itself.
    ///
    /// # Errors
    /// As [`Corpus::read`].
    pub fn refresh_coders(&mut self) -> Result<()> {
        let coders = |mut files: Vec<(PathBuf, Stamp)>| {
            files.retain(|(path, _)| path.file_stem().is_none_or(|name| name != ADJUDICATED));
            files
        };
        let same = self.sources == sources(&self.folder) && coders(self.labels.clone()) == coders(labels(&self.folder));
        if same { Ok(()) } else { self.read() }
    }

    /// Reads the corpus again if any of its files was saved.
    ///
    /// # Errors
    /// As [`Corpus::read`].
    pub fn refresh_all(&mut self) -> Result<()> {
        let same = self.sources == sources(&self.folder) && self.labels == labels(&self.folder);
        if same { Ok(()) } else { self.read() }
    }

    fn read(&mut self) -> Result<()> {
        // The stamps first: a save after them is noticed the next time.
        let (now, hands) = (sources(&self.folder), labels(&self.folder));
        let (corpus, mut problems) = Corpus::read(&self.folder)?;
        problems.retain(Problem::is_fault);
        let before = std::mem::replace(&mut self.instead, Instead::Earlier);
        (self.problems, self.labels) = (problems, hands);
        let corpus = match corpus {
            Some(corpus) => Some(corpus),
            None => match self.with_other_rules()? {
                Some(corpus) => Some(corpus),
                // What was read when every file could be read is better.
                None if self.corpus.is_none() || before == Instead::WithoutLabels => self.without_faulty_labels(),
                None => None,
            },
        };
        let Some(corpus) = corpus else {
            self.sources = now;
            return Ok(());
        };
        if self.sources != now || self.corpus.is_none() {
            self.decisions = Arc::new(corpus.label_by_rules(|| {}));
        }
        self.sources = now;
        for coding in self.coding.iter_mut().chain(&mut self.settling) {
            coding.requeue(&corpus);
        }
        (self.disputes, self.explored, self.tries) = (None, None, self.tries.anew());
        self.corpus = Some(Arc::new(corpus));
        Ok(())
    }

    /// The corpus with the rules that were there before, or without any, if all its faults are in the file of rules: a
    /// fault there keeps nobody from giving labels by hand.
    fn with_other_rules(&mut self) -> Result<Option<Corpus>> {
        let file = self.folder.join(RULES_FILE);
        if self.problems.iter().any(|problem| problem.path != file) {
            return Ok(None);
        }
        let earlier = self.corpus.as_ref().map(|corpus| corpus.rules.document.text.clone());
        if let Some(earlier) = earlier.filter(|text| !text.is_empty())
            && let (Some(corpus), _) = Corpus::read_with_rules(&self.folder, &earlier)?
        {
            self.instead = Instead::EarlierRules;
            return Ok(Some(corpus));
        }
        self.instead = Instead::NoRules;
        Ok(Corpus::read_with_rules(&self.folder, "")?.0)
    }

    /// The corpus without those files of labels that have faults, if all its faults are in such files: whoever codes
    /// can begin, and sees the faults of their own file in their room.
    fn without_faulty_labels(&mut self) -> Option<Corpus> {
        let hands = self.folder.join(LABELS);
        let faulty: BTreeSet<&Path> = self.problems.iter().map(|problem| problem.path.as_path()).collect();
        if faulty.is_empty() || !faulty.iter().all(|path| path.parent() == Some(&hands)) {
            return None;
        }
        let named = [CODEBOOK, STATEMENTS, RULES_FILE, EVENTS, UNSEEN].map(|name| self.folder.join(name));
        let sound = labels(&self.folder).into_iter().map(|(path, _)| path).filter(|path| !faulty.contains(&**path));
        let mut texts = BTreeMap::new();
        for path in named.into_iter().filter(|path| read::exists(path)).chain(sound) {
            let text = read_text(&path).ok()?;
            texts.insert(path.strip_prefix(&self.folder).ok()?.to_owned(), text);
        }
        let corpus = Corpus::of_texts(self.folder.to_str()?, &texts).ok()?;
        self.instead = Instead::WithoutLabels;
        Some(corpus)
    }

    /// The coder's session. `None` if it is not known who codes.
    ///
    /// # Errors
    /// As [`Coding::open`].
    pub fn coding(&mut self, corpus: &Corpus) -> Result<Option<&mut Coding>> {
        let Some(coder) = &self.coder else { return Ok(None) };
        if self.coding.is_none() {
            self.coding = Some(Coding::open(corpus, coder)?);
        }
        if let Some(coding) = &mut self.coding {
            coding.refresh(corpus)?;
        }
        Ok(self.coding.as_mut())
    }

    /// The adjudication.
    ///
    /// # Errors
    /// As [`Coding::adjudication`].
    pub fn settling(&mut self, corpus: &Corpus) -> Result<&mut Coding> {
        if self.settling.is_none() {
            self.settling = Some(Coding::adjudication(corpus)?);
        }
        match &mut self.settling {
            Some(settling) => {
                settling.refresh(corpus)?;
                Ok(settling)
            }
            // It was opened above.
            None => Err(Error::request("the adjudication is not open", "load this page again")),
        }
    }

    /// What was sent back to the coder and is still in dispute. A file of others that cannot be read now counts as it
    /// was: the room for it reports its fault.
    pub fn sent_back(&mut self, corpus: &Corpus) -> Vec<SentBack> {
        if self.settling(corpus).is_err() {
            return Vec::new();
        }
        let (Some(settling), Some(coding)) = (&self.settling, &self.coding) else { return Vec::new() };
        if settling.unsure().next().is_none() {
            return Vec::new();
        }
        let own = coding.coder.as_str();
        let files = labels(&self.folder).into_iter().map(|(path, _)| (coder_of(&path), path));
        let files: BTreeMap<String, PathBuf> = files.filter(|(name, _)| name != ADJUDICATED && name != own).collect();
        self.sheets.retain(|name, _| files.contains_key(name));
        for (name, path) in files {
            match self.sheets.get_mut(&name) {
                Some(sheet) => {
                    let _ = sheet.refresh();
                }
                None => {
                    let _ = CoderSheet::open(&path).map(|sheet| self.sheets.insert(name, sheet));
                }
            }
        }
        let others: Vec<&CoderSheet> = self.sheets.values().collect();
        sent_back(corpus, settling, coding, &others)
    }

    /// Sets who codes.
    ///
    /// # Errors
    /// As [`Coding::open`].
    pub fn set_coder(&mut self, corpus: &Corpus, name: &str) -> Result<()> {
        check_name(name, &corpus.codebook)?;
        if self.coding.as_ref().is_some_and(|coding| coding.coder == name) {
            return Ok(());
        }
        let mut coding = match self.asleep.remove(name) {
            Some(coding) => coding,
            None => Coding::open(corpus, name)?,
        };
        // The order, the share and the issue are of the study, not of one coder.
        if let Some(before) = self.coding.take() {
            coding.set(corpus, before.settings.clone());
            self.asleep.insert(before.coder.clone(), before);
        }
        (self.coder, self.coding, self.pace) = (Some(name.to_owned()), Some(coding), Pace::default());
        Ok(())
    }

    /// The disputes, found again if labels by hand were saved.
    pub fn disputes(&mut self, corpus: &Corpus) -> Arc<Disputes> {
        Arc::clone(self.disputes.get_or_insert_with(|| Arc::new(Disputes::of(corpus))))
    }
}

/// The coder whose file this is.
fn coder_of(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn sources(folder: &Path) -> Vec<Stamp> {
    [CODEBOOK, STATEMENTS, RULES_FILE, EVENTS, UNSEEN].iter().map(|name| read::stamp(&folder.join(name))).collect()
}

/// The files that a corpus reads as labels: not those that spreadsheets put beside a file that they have open.
fn labels(folder: &Path) -> Vec<(PathBuf, Stamp)> {
    let mut files = read::entries(&folder.join(LABELS)).unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")));
    files.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['~', '.'])));
    files.into_iter().map(|path| (path.clone(), read::stamp(&path))).collect()
}
