//! `stance watch`: check, label, test and redraw on each save.

use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use stance::agreement::rules;
use stance::chart::picture::{ChartKind, Look, Wanted};
use stance::codebook::Position;
use stance::corpus::Corpus;
use stance::error::{Error, Result};
use stance::file::corpus_files;
use stance::rule::RuleDecisions;
use stance::study::Ask;

use super::args::WatchArgs;
use super::{Outcome, chart, output, source, stdout_failed};

/// Editors write a file in several steps; what follows within this time belongs to the same save.
const SAVE: Duration = Duration::from_millis(30);
/// How often it is looked whether the folder is still the one that is watched.
const LOOK: Duration = Duration::from_millis(500);

/// Watches the corpus until it is interrupted.
pub fn run(args: &WatchArgs) -> Result<Outcome> {
    let path = source::locate(&args.corpus)?;
    let (sender, changes) = mpsc::channel();
    let failed = |error: notify::Error| Error::Read { path: path.clone(), source: std::io::Error::other(error) };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // An error, too, may mean that a save was missed.
        if event.map_or(true, |event| is_save(&event)) {
            // If nobody listens any more, the program is about to end.
            let _ = sender.send(());
        }
    })
    .map_err(failed)?;
    watcher.watch(&path, RecursiveMode::Recursive).map_err(failed)?;
    let mut folder = Folder { path: &path, known: identity(&path) };

    say(&format!("watching {}; Ctrl-C ends", path.display()))?;
    // What is wrong with the request shows at once; what is wrong later may be right with the next save.
    let (corpus, _) = Corpus::read(&path)?;
    if let (Some(corpus), Some(speaker)) = (&corpus, &args.speaker) {
        corpus.find_speaker(speaker)?;
    }
    let mut last: Option<RuleDecisions> = None;
    loop {
        let begin = Instant::now();
        match redraw(args, &path, last.as_ref()) {
            Ok(Some(now)) => last = Some(now),
            Ok(None) => {}
            // If nobody can be told any more, there is nothing to watch for.
            Err(error @ Error::Output(_)) => return Err(error),
            Err(Error::Invalid(problems)) => print(&problems)?,
            Err(error) => say(&format!("{error}\nthe last good pictures stay"))?,
        }
        say(&format!("  {} ms", begin.elapsed().as_millis()))?;
        if !wait(&changes, &mut watcher, &mut folder)? {
            return Ok(Outcome::Fine);
        }
    }
}

/// Whether an event may be a save of what the corpus is read from. Reading is an event, too, and so are pictures and
/// temporary files within the corpus: they would make us chase our own tail.
fn is_save(event: &notify::Event) -> bool {
    let read = |path: &std::path::PathBuf| corpus_files::is_read(path);
    !event.kind.is_access() && (event.need_rescan() || event.paths.is_empty() || event.paths.iter().any(read))
}

/// The folder that is watched.
struct Folder<'p> {
    path: &'p Path,
    /// By what it is known; `None` while it is not there.
    known: Option<(u64, u64)>,
}

/// By what a folder is known again after another was moved to its place.
fn identity(path: &Path) -> Option<(u64, u64)> {
    let about = std::fs::metadata(path).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((about.dev(), about.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = about;
        Some((0, 0))
    }
}

/// Waits for a save to be complete, or for the folder to go or to come back; `false` if no more can come.
fn wait(changes: &Receiver<()>, watcher: &mut RecommendedWatcher, folder: &mut Folder<'_>) -> Result<bool> {
    loop {
        match changes.recv_timeout(LOOK) {
            Ok(()) => break,
            Err(RecvTimeoutError::Disconnected) => return Ok(false),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now = identity(folder.path);
        if now == folder.known {
            continue;
        }
        // The watch is on the old folder, which may live on under another name.
        let _ = watcher.unwatch(folder.path);
        if now.is_none() || watcher.watch(folder.path, RecursiveMode::Recursive).is_ok() {
            folder.known = now;
            break;
        }
    }
    while changes.recv_timeout(SAVE).is_ok() {}
    Ok(true)
}

/// Checks, labels and draws; `None`, with everything left as it was, if the corpus has a fault.
fn redraw(args: &WatchArgs, path: &Path, last: Option<&RuleDecisions>) -> Result<Option<RuleDecisions>> {
    let (corpus, mut problems) = Corpus::read(path)?;
    problems.extend(corpus.iter().flat_map(|corpus| corpus.tests.problems.iter().cloned()));
    print(&problems)?;
    let Some(corpus) = corpus.filter(|corpus| corpus.tests.failed() == 0) else {
        say("the last good pictures stay")?;
        return Ok(None);
    };
    let decisions = corpus.label_by_rules(|| {});
    say(&moved(&corpus, last, &decisions))?;
    let (rules, tests) = (corpus.rules.rules.len(), corpus.tests.run);
    say(&format!("{rules} rules, {tests} tests passed, {} todo", corpus.tests.todo))?;
    // What cannot be drawn is no reason to forget the labels.
    match draw(args, &corpus, &decisions) {
        Err(error @ Error::Output(_)) => return Err(error),
        Err(error) => say(&error.to_string())?,
        Ok(drawn) => say(&format!("drawn: {drawn}"))?,
    }
    Ok(Some(decisions))
}

/// Draws the timeline, and names its files.
fn draw(args: &WatchArgs, corpus: &Corpus, decisions: &RuleDecisions) -> Result<String> {
    let speaker = args.speaker.as_ref().map(|name| corpus.find_speaker(name)).transpose()?;
    let wanted = Wanted { kinds: vec![ChartKind::Timeline], speaker, ..Wanted::default() };
    let look = Look { scale: 1.0, ..Look::default() };
    let folder = args.out.clone().unwrap_or_else(|| chart::folder_of(corpus));
    let paths = chart::draw(corpus, decisions, Ask::default(), &wanted, &look, (&folder, args.force))?;
    Ok(paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))
}

/// What moved since the last time, in a line.
fn moved(corpus: &Corpus, last: Option<&RuleDecisions>, decisions: &RuleDecisions) -> String {
    let Some(last) = last else {
        let labels = decisions.iter().map(Vec::len).sum::<usize>();
        return format!("{} statements, {labels} labels by rules", corpus.statements.rows.len());
    };
    if last.len() != decisions.len() {
        return format!("{} statements now", corpus.statements.rows.len());
    }
    let moved = rules::moved(last, decisions);
    let level = |position: Option<Position>| position.map_or("none".to_owned(), |position| position.to_string());
    let first = moved.iter().take(3).map(|moved| {
        let statement = &corpus.statements.rows[moved.statement].id;
        format!("{statement} {} → {}", level(moved.before), level(moved.after))
    });
    let first: Vec<String> = first.collect();
    let more = if moved.len() > 3 { ", …" } else { "" };
    match moved.len() {
        0 => "no label by rules moved".to_owned(),
        count => format!("{count} labels by rules moved: {}{more}", first.join(", ")),
    }
}

fn print(problems: &[stance::error::Problem]) -> Result<()> {
    output::print_problems(&mut super::terminal::out(), problems).map_err(stdout_failed)
}

fn say(line: &str) -> Result<()> {
    let mut stdout = super::terminal::out();
    writeln!(stdout, "{line}").and_then(|()| stdout.flush()).map_err(stdout_failed)
}
