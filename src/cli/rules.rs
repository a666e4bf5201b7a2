//! `stance rules`: how the rules do, and what to fix.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use stance::agreement::rules::{self, Assessment, Moved};
use stance::codebook::{IssueIndex, Position};
use stance::corpus::{Corpus, RULES_FILE};
use stance::error::{Error, Problem, Result};
use stance::file::document::Document;
use stance::file::json;
use stance::file::read::{self, LARGEST_TEXT};
use stance::file::table;
use stance::rule::{RuleDecision, RuleDecisions, Rules, file, lint};
use stance::words;

use super::args::{RulesArgs, RulesDiffArgs, RulesLintArgs, RulesTestArgs, RulesVerb, TableFormat};
use super::{Outcome, output, source, stdout_failed};

/// Does what is asked of the rules.
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
    let assessment = rules::assess(&corpus, &source::label(&corpus));
    let text = match args.format {
        TableFormat::Table => for_people(&assessment),
        TableFormat::Csv => output::csv(&assessment.rules)?,
        TableFormat::Json => json::pretty(&assessment)?,
    };
    super::terminal::print(&text, args.format)?;
    Ok(Outcome::Fine)
}

/// The assessment as a page of text.
fn for_people(assessment: &Assessment) -> String {
    let share = |share: f64| format!("{:.1} %", 100.0 * share);
    let maybe = |value: Option<f64>| value.map_or("–".to_owned(), share);
    let mut rows = vec![
        ["Rule", "Gives", "Coverage", "Overlaps", "Conflicts", "Correct", "Incorrect", "Emp. Acc.", "Within 1"]
            .map(str::to_owned)
            .to_vec(),
    ];
    rows.extend(assessment.rules.iter().map(|row| {
        vec![
            row.rule.clone(),
            Position(row.position).to_string(),
            share(row.coverage),
            share(row.overlaps),
            share(row.conflicts),
            row.correct.to_string(),
            row.incorrect.to_string(),
            maybe(row.empirical_accuracy),
            maybe(row.within_one_level),
        ]
    }));
    let mut out = output::columns(&rows);
    let mut rows = vec![
        ["Issue", "By hand", "Found", "Exact", "Within 1", "None by hand", "False alarms", "Conflicts"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let with_share = |part: usize, whole: usize| {
        if whole == 0 { format!("{part}") } else { format!("{part} ({:.1} %)", 100.0 * part as f64 / whole as f64) }
    };
    rows.extend(assessment.issues.iter().map(|row| {
        vec![
            row.issue.clone(),
            row.hand.to_string(),
            with_share(row.found, row.hand),
            with_share(row.exact, row.found),
            with_share(row.within_one, row.found),
            row.none.to_string(),
            with_share(row.false_alarms, row.none),
            row.conflicts.to_string(),
        ]
    }));
    // Writing to a string cannot fail.
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
    if !assessment.differences.is_empty() {
        out += "\nHands and rules do not agree:\n";
        let or_none =
            |position: Option<i32>| position.map_or("none".to_owned(), |position| Position(position).to_string());
        for difference in &assessment.differences {
            let rule = if difference.rule.is_empty() { String::new() } else { format!("  {}", difference.rule) };
            let _ = writeln!(
                out,
                "  {}  {}: by hand {}, by rules {}{rule}\n    “{}”",
                difference.statement_id,
                difference.issue,
                or_none(difference.hand),
                or_none(difference.rules),
                words::shortened(&difference.text, 160)
            );
        }
    }
    out
}

fn run_tests(args: &RulesTestArgs) -> Result<Outcome> {
    let corpus = source::load_untested(&args.corpus)?;
    let (tests, failed) = (&corpus.tests, corpus.tests.failed());
    let closing = match failed {
        0 => format!("{} tests passed, {} todo", tests.run, tests.todo),
        _ => format!("{failed} of {} tests failed, {} todo", tests.run, tests.todo),
    };
    let mut stdout = super::terminal::out();
    let printed = output::print_problems(&mut stdout, &tests.problems).and_then(|()| writeln!(stdout, "{closing}"));
    ended(printed, if failed > 0 { Outcome::FaultsFound } else { Outcome::Fine })
}

fn run_lint(args: &RulesLintArgs) -> Result<Outcome> {
    let corpus = source::load_untested(&args.corpus)?;
    let problems = lint::lint(&corpus.rules, &corpus.codebook, &corpus.statements.rows);
    let closing = match problems.len() {
        0 => "nothing to say".to_owned(),
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    let mut stdout = super::terminal::out();
    let printed = output::print_problems(&mut stdout, &problems).and_then(|()| writeln!(stdout, "{closing}"));
    ended(printed, if problems.is_empty() { Outcome::Fine } else { Outcome::FaultsFound })
}

/// Who closes the pipe has had enough, and still wants to know the outcome.
fn ended(printed: std::io::Result<()>, outcome: Outcome) -> Result<Outcome> {
    match printed {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::Output(error)),
        _ => Ok(outcome),
    }
}

/// Whether a label that differs is of a kind.
type IsKind = fn(&Moved) -> bool;

fn diff(args: &RulesDiffArgs) -> Result<Outcome> {
    let corpus = source::load_untested(&args.corpus)?;
    let document = other_rules(&corpus, &args.other)?;
    let mut problems = Vec::new();
    let other: Option<Rules> = file::parse(document, Some(&corpus.codebook), None, &mut problems);
    problems.retain(Problem::is_fault);
    let other = other.ok_or(Error::Invalid(problems))?;
    let before = other.decide_all(&corpus.statements.rows, || {});
    let after = source::label(&corpus);
    let moved = rules::moved(&before, &after);
    let mut out = String::new();
    let kinds: [(&str, IsKind); 3] = [
        ("gained", |moved| moved.before.is_none()),
        ("lost", |moved| moved.after.is_none()),
        ("moved", |moved| moved.before.is_some() && moved.after.is_some()),
    ];
    for (kind, is_kind) in kinds {
        for moved in moved.iter().filter(|moved| is_kind(moved)) {
            let statement = &corpus.statements.rows[moved.statement];
            let or_none =
                |position: Option<Position>| position.map_or("none".to_owned(), |position| position.to_string());
            let (rule, words) = evidence(&corpus, &other, moved, &before, &after);
            let _ = writeln!(
                out,
                "{kind}  {}  {}: {} → {}  {rule}\n    “{}”",
                statement.id,
                corpus.codebook.issue(moved.issue).id,
                or_none(moved.before),
                or_none(moved.after),
                words::shortened(&words, 160)
            );
        }
    }
    let count = |is_kind: IsKind| moved.iter().filter(|moved| is_kind(moved)).count();
    let _ = writeln!(out, "{} gained, {} lost, {} moved", count(kinds[0].1), count(kinds[1].1), count(kinds[2].1));
    if !moved.is_empty() {
        let mut rows = vec![["Issue", "Level", "Before", "After", "Change"].map(str::to_owned).to_vec()];
        for issue in corpus.codebook.indices() {
            let (before, after) = (per_level(&before, issue), per_level(&after, issue));
            for level in corpus.codebook.issue(issue).levels.iter().rev() {
                let count_at_level =
                    |counts: &BTreeMap<Position, usize>| counts.get(&level.position).copied().unwrap_or(0);
                let (from, to) = (count_at_level(&before), count_at_level(&after));
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

/// The other rules: a file, or this corpus' rules at a git revision.
fn other_rules(corpus: &Corpus, other: &str) -> Result<Document> {
    let path = Path::new(other);
    // A pipe or a device is told to be one; a folder may have the name of a revision.
    if path.exists() && !path.is_dir() {
        return Ok(Document::new(path.to_owned(), table::read_text(path)?));
    }
    let failed = |why: String| {
        let what = format!("`{other}` is no file, and no git revision of {RULES_FILE}: {why}");
        Error::request(what, "name a rule file, or a revision such as HEAD~1")
    };
    if other.starts_with('-') {
        return Err(failed("no revision begins with `-`".to_owned()));
    }
    let folder = if corpus.path.as_os_str().is_empty() { Path::new(".") } else { &corpus.path };
    let (status, shown, said) = blob(folder, &format!("{other}:./{RULES_FILE}")).map_err(|error| match error {
        Error::Read { source, .. } => failed(source.to_string()),
        error => error,
    })?;
    if !status.success() {
        let why = String::from_utf8_lossy(&said).lines().next().unwrap_or("git failed").to_owned();
        return Err(failed(why));
    }
    let text = String::from_utf8(shown).map_err(|error| failed(error.to_string()))?;
    Ok(Document::new(format!("{other}:{RULES_FILE}"), text))
}

/// What git has under a name, and what it says. The repository may come from anyone, and its configuration with it:
/// git is kept from everything for which a configuration could name a command or an address.
fn blob(folder: &Path, name: &str) -> Result<(ExitStatus, Vec<u8>, Vec<u8>)> {
    // Of what git says, the first line is told.
    const MOST_SAID: u64 = 1 << 16;
    // What is given on the command line wins over the repository's own configuration.
    const CLOSED: [&str; 9] = [
        "core.hooksPath=/dev/null",
        "core.fsmonitor=false",
        "core.sshCommand=false",
        "core.gitProxy=false",
        "core.askPass=",
        "core.alternateRefsCommand=false",
        "credential.helper=",
        "protocol.allow=never",
        // A folder that only looks like a repository, with a configuration in it, is none.
        "safe.bareRepository=explicit",
    ];
    let mut command = Command::new("git");
    command.env_clear();
    // Without a home there are no files of the user's own that could add to the configuration.
    let kept = ["PATH", "SYSTEMROOT", "TMPDIR", "TEMP"];
    command.envs(kept.iter().filter_map(|name| Some((*name, std::env::var_os(name)?))));
    command.envs([
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_ATTR_NOSYSTEM", "1"),
        // A clone may lack objects, and git would ask the address that its configuration names.
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_ALLOW_PROTOCOL", ""),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_ASKPASS", ""),
        ("SSH_ASKPASS", ""),
        ("GIT_SSH_COMMAND", "false"),
        ("GIT_PAGER", "cat"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("LC_ALL", "C"),
    ]);
    command.arg("--no-pager").arg("-C").arg(folder);
    command.args(CLOSED.iter().flat_map(|setting| ["-c", setting]));
    // Of all commands the one that does least: no filters, no conversion of text, no index.
    command.args(["cat-file", "blob", "--end-of-options", name]);
    let git = Path::new("git");
    let failed = |source| Error::Read { path: git.to_owned(), source };
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let said = thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(mut stderr) = stderr {
            // What is not kept is still taken, so that git does not wait.
            let _ = stderr.by_ref().take(MOST_SAID).read_to_end(&mut said);
            let _ = io::copy(&mut stderr, &mut io::sink());
        }
        said
    });
    let shown = stdout.map_or(Ok(Vec::new()), |stdout| read::stream(Path::new(name), stdout, LARGEST_TEXT));
    if shown.is_err() {
        // Whatever git still has to give is not wanted.
        let _ = child.kill();
    }
    let status = child.wait().map_err(failed)?;
    Ok((status, shown?, said.join().unwrap_or_default()))
}

/// The rule and the words behind a label that differs: of the rules that still give it, if any do.
fn evidence(
    corpus: &Corpus,
    other: &Rules,
    moved: &Moved,
    before: &RuleDecisions,
    after: &RuleDecisions,
) -> (String, String) {
    let statement = &corpus.statements.rows[moved.statement];
    let sides = [(&corpus.rules, after), (other, before)];
    let decisive = sides.into_iter().find_map(|(rules, decisions)| {
        let decision = decisions[moved.statement].iter().find(|(issue, _)| *issue == moved.issue);
        match decision {
            Some((_, RuleDecision::Position(_, firing))) => {
                Some((rules.rules[firing.rule].id.clone(), statement.text[firing.evidence.clone()].to_owned()))
            }
            _ => None,
        }
    });
    decisive.unwrap_or_else(|| (String::new(), statement.text.clone()))
}

fn per_level(decisions: &RuleDecisions, issue: IssueIndex) -> BTreeMap<Position, usize> {
    let mut counts = BTreeMap::new();
    for (_, decision) in decisions.iter().flatten().filter(|(other, _)| *other == issue) {
        if let RuleDecision::Position(position, _) = decision {
            *counts.entry(*position).or_default() += 1;
        }
    }
    counts
}
