//! `stance rules`: how well the rules do, and what to fix.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::Serialize;
use stance::agreement::rules::{self, Assessment, Difference, Moved};
use stance::agreement::share::Share;
use stance::codebook::{IssueIndex, Position};
use stance::corpus::{Corpus, RULES_FILE};
use stance::draft::missed::{self, Missed};
use stance::draft::phrases::{self, PhraseRow};
use stance::error::{Error, Problem, Result};
use stance::file::document::Document;
use stance::file::json;
use stance::file::read;
use stance::file::table;
use stance::rule::{RuleDecision, RuleDecisions, Rules, file, lint};
use stance::statement::Kind;
use stance::words::{self, many};

use super::args::{RulesArgs, RulesDiffArgs, RulesLintArgs, RulesTestArgs, RulesVerb, TableFormat};
use super::{Outcome, output, revision, source, stdout_failed, unseen};

/// Runs the command about the rules.
pub fn run(args: &RulesArgs) -> Result<Outcome> {
    match &args.verb {
        None => table(args),
        Some(RulesVerb::Test(args)) => run_tests(args),
        Some(RulesVerb::Lint(args)) => run_lint(args),
        Some(RulesVerb::Diff(args)) => diff(args),
    }
}

fn table(args: &RulesArgs) -> Result<Outcome> {
    let corpus = source::load_untested(&args.corpus)?;
    if args.suggest {
        let phrases = phrases::phrases(&corpus);
        let text = match args.format {
            TableFormat::Table => suggested(&corpus, &phrases),
            TableFormat::Csv => output::csv(&phrases)?,
            TableFormat::Json => json::pretty(&phrases)?,
        };
        super::terminal::print(&text, args.format)?;
        return Ok(Outcome::Fine);
    }
    if corpus.rules.rules.is_empty() {
        let what = format!("{} has no rules", corpus.name());
        return Err(Error::request(what, "write some in rules.toml; `stance find` shows where a pattern occurs"));
    }
    let decisions = source::label(&corpus);
    if args.unseen {
        return unseen::look(&corpus, &decisions, args.format);
    }
    let report = Report { assessment: rules::assess(&corpus, &decisions), missed: missed::missed(&corpus, &decisions) };
    let text = match args.format {
        TableFormat::Table => for_people(&corpus, &report),
        TableFormat::Csv => output::csv(&report.assessment.rules)?,
        TableFormat::Json => json::pretty(&report)?,
    };
    super::terminal::print(&text, args.format)?;
    Ok(Outcome::Fine)
}

/// How the rules do, and what they do not find.
#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    assessment: Assessment,
    missed: Vec<Missed>,
}

/// The report as a page of text.
fn for_people(corpus: &Corpus, report: &Report) -> String {
    let assessment = &report.assessment;
    let share = |share: f64| format!("{:.1} %", 100.0 * share);
    let mut out = unseen::known(&assessment.unseen);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "\nOn {} that the author of the rules may have seen, which flatters the rules{}:",
        many(assessment.statements, "statement"),
        unseen::left_out(corpus, "counted")
    );
    out += &unseen::issue_table(assessment.issues.iter(), "Found so far");
    let mut rows =
        vec![["Rule", "Gives", "Coverage", "Overlaps", "Conflicts", "Correct", "Within 1"].map(str::to_owned).to_vec()];
    rows.extend(assessment.rules.iter().map(|row| {
        let whole = row.correct + row.incorrect;
        let part_of = |part: usize| Share { part, whole }.to_string();
        vec![
            row.rule.clone(),
            Position(row.position).to_string(),
            share(row.coverage),
            share(row.overlaps),
            share(row.conflicts),
            part_of(row.correct),
            part_of(row.near),
        ]
    }));
    let _ = write!(out, "\n{}", output::columns(&rows));
    if !assessment.never_fire.is_empty() {
        let _ = write!(out, "\nNever fire: {}\n", assessment.never_fire.join(", "));
    }
    if !assessment.conflicts.is_empty() {
        out += "\nRules that differ on a statement:\n";
        for conflict in &assessment.conflicts {
            let stands = if conflict.unresolved { "  unresolved" } else { "" };
            let _ = writeln!(
                out,
                "  {} / {}  {}{stands}\n    “{}” / “{}”",
                conflict.rule, conflict.other, conflict.statement_id, conflict.evidence, conflict.other_evidence
            );
        }
    }
    // What no rule finds is in a list of its own.
    let differ: Vec<&Difference> =
        assessment.differences.iter().filter(|difference| !difference.rule.is_empty()).collect();
    if !differ.is_empty() {
        out += "\nCoders and rules differ:\n";
    }
    let written = |position: Option<i32>| position.map_or("none".to_owned(), |position| Position(position).to_string());
    for difference in differ {
        let _ = writeln!(
            out,
            "  {}  {}: by hand {}, by rules {}  {}\n    “{}”",
            difference.statement_id,
            difference.issue,
            written(difference.hand),
            written(difference.rules),
            difference.rule,
            words::shortened(&difference.text, 160)
        );
    }
    for missed in &report.missed {
        out += &not_found(corpus, missed);
    }
    if !report.missed.is_empty() {
        out += "\n`stance rules --suggest` lists phrases that tell the levels apart.\n";
    }
    out
}

/// What coders labelled on an issue and no rule finds.
fn not_found(corpus: &Corpus, missed: &Missed) -> String {
    /// The most statements of a group that are shown.
    const MOST: usize = 3;
    let mut out = format!("\nNo rule finds {} by hand on {}:\n", many(missed.count, "position"), missed.issue);
    for group in &missed.groups {
        let shared = match group.words.as_slice() {
            [] => "no shared word".to_owned(),
            words => words.join(", "),
        };
        let _ = writeln!(out, "  {shared}: {}", many(group.statements.len(), "statement"));
        for missed in group.statements.iter().take(MOST) {
            let statement = &corpus.statements.rows[missed.statement];
            let text = words::quoted(&statement.text, statement.kind == Kind::Indirect, 110);
            let _ = writeln!(out, "    {}  by hand {}\n      {text}", statement.id, Position(missed.position));
        }
        if group.statements.len() > MOST {
            let _ = writeln!(out, "    and {} more", group.statements.len() - MOST);
        }
    }
    out
}

/// Phrases that tell levels apart, and how often they occur.
fn suggested(corpus: &Corpus, phrases: &[PhraseRow]) -> String {
    let mut out = String::new();
    for level in phrases.chunk_by(|a, b| (&a.issue, a.position) == (&b.issue, b.position)) {
        let Some(issue) = corpus.codebook.find(&level[0].issue).map(|issue| corpus.codebook.issue(issue)) else {
            continue;
        };
        let position = Position(level[0].position);
        let words = issue.level(position).map_or("", |level| level.words.as_str());
        let _ = writeln!(out, "{}: {position} {words}", issue.id);
        let mut rows = vec![["  Phrase", "z", "Here", "At other levels"].map(str::to_owned).to_vec()];
        rows.extend(level.iter().map(|row| {
            vec![
                format!("  {}", row.phrase),
                format!("{:.1}", row.z),
                format!("{} of {}", row.here, row.all_here),
                format!("{} of {}", row.elsewhere, row.all_elsewhere),
            ]
        }));
        let _ = writeln!(out, "{}", output::columns(&rows));
    }
    if phrases.is_empty() {
        out += "No word and no pair of words stands out at a level. Label more statements by hand.\n";
    }
    let how = format!(
        "Here and at other levels: statements with the phrase{}. z: log-odds ratio with an informative Dirichlet prior \
         (Monroe, Colaresi and Quinn 2008), in standard errors. Very many phrases were compared, so z ranks them and \
         tests nothing.",
        unseen::left_out(corpus, "counted")
    );
    out + &output::paragraph(&how, "")
}

fn run_tests(args: &RulesTestArgs) -> Result<Outcome> {
    let corpus = source::load_untested(&args.corpus)?;
    let (tests, failed) = (&corpus.tests, corpus.tests.failed());
    let closing = match failed {
        0 => format!("{} passed, {} todo", many(tests.run, "test"), tests.todo),
        _ => format!("{failed} of {} failed, {} todo", many(tests.run, "test"), tests.todo),
    };
    let mut stdout = super::terminal::out();
    let printed = output::print_problems(&mut stdout, &tests.problems).and_then(|()| writeln!(stdout, "{closing}"));
    ended(printed, if failed > 0 { Outcome::FaultsFound } else { Outcome::Fine })
}

fn run_lint(args: &RulesLintArgs) -> Result<Outcome> {
    let corpus = source::load_untested(&args.corpus)?;
    let problems = lint::lint(&corpus.rules, &corpus.codebook, &corpus.seen());
    let closing = format!("{}{}", many(problems.len(), "finding"), unseen::left_out(&corpus, "read"));
    let mut stdout = super::terminal::out();
    let printed = output::print_problems(&mut stdout, &problems).and_then(|()| writeln!(stdout, "{closing}"));
    ended(printed, if problems.is_empty() { Outcome::Fine } else { Outcome::FaultsFound })
}

/// Keeps the outcome if the reader closed the pipe early: the exit code must still report it.
fn ended(printed: std::io::Result<()>, outcome: Outcome) -> Result<Outcome> {
    match printed {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::Output(error)),
        _ => Ok(outcome),
    }
}

/// Whether a label that changed is of this kind.
type IsKind = fn(&Moved) -> bool;

fn diff(args: &RulesDiffArgs) -> Result<Outcome> {
    let corpus = source::load_untested(&args.corpus)?;
    let document = other_rules(&corpus, &args.other)?;
    let mut problems = Vec::new();
    let other: Option<Rules> = file::parse(document, Some(&corpus.codebook), None, &mut problems);
    problems.retain(Problem::is_fault);
    let mut other = other.ok_or(Error::Invalid(problems))?;
    other.columns.clone_from(&corpus.rules.columns);
    let before = other.decide_all(&corpus.statements.rows, || {});
    let after = source::label(&corpus);
    let mut moved = rules::moved(&before, &after);
    moved.retain(|moved| !corpus.statements.rows[moved.statement].unseen);
    let mut out = String::new();
    let kinds: [(&str, IsKind); 3] = [
        ("gained", |moved| moved.before.is_none()),
        ("lost", |moved| moved.after.is_none()),
        ("moved", |moved| moved.before.is_some() && moved.after.is_some()),
    ];
    for (kind, is_kind) in kinds {
        for moved in moved.iter().filter(|moved| is_kind(moved)) {
            let statement = &corpus.statements.rows[moved.statement];
            let level =
                |position: Option<Position>| position.map_or("none".to_owned(), |position| position.to_string());
            let (rule, words) = evidence(&corpus, &other, moved, &before, &after);
            let _ = writeln!(
                out,
                "{kind}  {}  {}: {} → {}  {rule}\n    “{}”",
                statement.id,
                corpus.codebook.issue(moved.issue).id,
                level(moved.before),
                level(moved.after),
                words::shortened(&words, 160)
            );
        }
    }
    let count = |is_kind: IsKind| moved.iter().filter(|moved| is_kind(moved)).count();
    let counts = [count(kinds[0].1), count(kinds[1].1), count(kinds[2].1)];
    let left_out = unseen::left_out(&corpus, "compared");
    let _ = writeln!(out, "{} gained, {} lost, {} moved{left_out}", counts[0], counts[1], counts[2]);
    if !moved.is_empty() {
        let mut rows = vec![["Issue", "Level", "Before", "After", "Change"].map(str::to_owned).to_vec()];
        for issue in corpus.codebook.indices() {
            let (before, after) = (per_level(&corpus, &before, issue), per_level(&corpus, &after, issue));
            for level in corpus.codebook.issue(issue).levels.iter().rev() {
                let labels_at = |counts: &BTreeMap<Position, usize>| counts.get(&level.position).copied().unwrap_or(0);
                let (from, to) = (labels_at(&before), labels_at(&after));
                let change = if from == to { String::new() } else { format!("{:+}", to as i64 - from as i64) };
                let (id, level) = (&corpus.codebook.issue(issue).id, format!("{} {}", level.position, level.words));
                rows.push(vec![id.clone(), level, from.to_string(), to.to_string(), change]);
            }
        }
        let _ = write!(out, "\n{}", output::columns(&rows));
    }
    super::terminal::out().write_all(out.as_bytes()).map_err(stdout_failed)?;
    Ok(Outcome::Fine)
}

/// The other rules: a file, or the rules of this corpus at a git revision.
fn other_rules(corpus: &Corpus, other: &str) -> Result<Document> {
    let path = Path::new(other);
    // A pipe or a device is reported as one. A folder is not a rule file, but a revision may have its name.
    if read::exists(path) && !read::is_folder(path) {
        return Ok(Document::new(path.to_owned(), table::read_text(path)?));
    }
    let failed = |why: String| {
        let what = format!("`{other}` is neither a file nor a git revision of {RULES_FILE}: {why}");
        Error::request(what, "name a rule file, or a revision such as HEAD~1")
    };
    if other.starts_with('-') {
        return Err(failed("a revision does not begin with `-`".to_owned()));
    }
    let folder = if corpus.path.as_os_str().is_empty() { Path::new(".") } else { &corpus.path };
    let shown = revision::file(folder, other, RULES_FILE).map_err(|error| match error {
        Error::Read { source, .. } => failed(source.to_string()),
        error => error,
    })?;
    let shown = match shown {
        Ok(shown) => shown,
        Err(why) => {
            // The user's git may have leave to read it, from a configuration that is not read here.
            if why.contains("dubious ownership") {
                let what = format!("git does not read `{other}`, because the repository belongs to another user");
                let hint = format!("copy the old file with `git show {other}:./{RULES_FILE} > old.toml`, and name it");
                return Err(Error::request(what, hint));
            }
            return Err(failed(why));
        }
    };
    let text = String::from_utf8(shown).map_err(|error| failed(error.to_string()))?;
    Ok(Document::new(format!("{other}:{RULES_FILE}"), text))
}

/// The rule behind a label that changed, and its words: if a rule still gives the label, that rule.
fn evidence(
    corpus: &Corpus,
    other: &Rules,
    moved: &Moved,
    before: &RuleDecisions,
    after: &RuleDecisions,
) -> (String, String) {
    let statement = &corpus.statements.rows[moved.statement];
    let sides = [(&corpus.rules, after), (other, before)];
    let rule_and_words = sides.into_iter().find_map(|(rules, decisions)| {
        let decision = decisions[moved.statement].iter().find(|(issue, _)| *issue == moved.issue);
        match decision {
            Some((_, RuleDecision::Position(_, firing))) => {
                Some((rules.rules[firing.rule].id.clone(), statement.text[firing.evidence.clone()].to_owned()))
            }
            _ => None,
        }
    });
    rule_and_words.unwrap_or_else(|| (String::new(), statement.text.clone()))
}

fn per_level(corpus: &Corpus, decisions: &RuleDecisions, issue: IssueIndex) -> BTreeMap<Position, usize> {
    let mut counts = BTreeMap::new();
    let seen = corpus.statements.rows.iter().zip(decisions).filter(|(statement, _)| !statement.unseen);
    for (_, decision) in seen.flat_map(|(_, decisions)| decisions).filter(|(other, _)| *other == issue) {
        if let RuleDecision::Position(position, _) = decision {
            *counts.entry(*position).or_default() += 1;
        }
    }
    counts
}
