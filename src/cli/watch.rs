//! `stance watch`: checks, labels, tests and redraws on each save.

use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use stance::agreement::rules;
use stance::chart::picture::{ChartKind, Look, Wanted};
use stance::codebook::Position;
use stance::corpus::{Corpus, Selection};
use stance::error::{Error, Result};
use stance::file::{corpus_files, read};
use stance::rule::RuleDecisions;
use stance::study::{Ask, Relabel};
use stance::words::many;

use super::args::WatchArgs;
use super::{Outcome, chart, output, source, stdout_failed, unseen};

/// Editors write a file in several steps. Steps within this time belong to the same save.
const SAVE: Duration = Duration::from_millis(30);
/// How often to check that the folder is still the one that is watched.
const LOOK: Duration = Duration::from_millis(500);

/// Watches the corpus until it is interrupted.
pub fn run(args: &WatchArgs) -> Result<Outcome> {
    let path = source::locate(&args.corpus)?;
    let (sender, changes) = mpsc::channel();
    let failed = |error: notify::Error| Error::Read { path: path.clone(), source: std::io::Error::other(error) };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // An error may also mean that a save was missed.
        if event.map_or(true, |event| is_save(&event)) {
            // If the receiver is gone, the program is about to end.
            let _ = sender.send(());
        }
    })
    .map_err(failed)?;
    watcher.watch(&path, RecursiveMode::Recursive).map_err(failed)?;
    let mut folder = Folder { path: &path, known: read::identity(&path) };

    say(&format!("watching {}; Ctrl-C ends", path.display()))?;
    // A wrong request ends the command at once. A fault in the files may be fixed by the next save.
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
            // If nothing can be printed any more, there is no reason to go on.
            Err(error @ Error::Output(_)) => return Err(error),
            Err(Error::Invalid(problems)) => print(&problems)?,
            Err(error) => say(&format!("{error}\nthe last good pictures are kept"))?,
        }
        say(&format!("  {} ms", begin.elapsed().as_millis()))?;
        if !wait(&changes, &mut watcher, &mut folder)? {
            return Ok(Outcome::Fine);
        }
    }
}

/// Whether an event may be a save of a file that the corpus is read from. Reads, pictures and temporary files in the
/// folder also cause events. Reacting to them would never end.
fn is_save(event: &notify::Event) -> bool {
    let read = |path: &std::path::PathBuf| corpus_files::is_read(path);
    !event.kind.is_access() && (event.need_rescan() || event.paths.is_empty() || event.paths.iter().any(read))
}

/// The folder that is watched.
struct Folder<'p> {
    path: &'p Path,
    /// Its identity. `None` while the folder is not there.
    known: Option<(u64, u64)>,
}

/// Waits until a save is complete, or until the folder goes or comes back. `false` if no more events can come.
fn wait(changes: &Receiver<()>, watcher: &mut RecommendedWatcher, folder: &mut Folder<'_>) -> Result<bool> {
    loop {
        match changes.recv_timeout(LOOK) {
            Ok(()) => break,
            Err(RecvTimeoutError::Disconnected) => return Ok(false),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now = read::identity(folder.path);
        if now == folder.known {
            continue;
        }
        // The watch is on the old folder, which may still exist under another name.
        let _ = watcher.unwatch(folder.path);
        if now.is_none() || watcher.watch(folder.path, RecursiveMode::Recursive).is_ok() {
            folder.known = now;
            break;
        }
    }
    while changes.recv_timeout(SAVE).is_ok() {}
    Ok(true)
}

/// Checks, labels and draws. `None` if the corpus has a fault; then nothing changes.
fn redraw(args: &WatchArgs, path: &Path, last: Option<&RuleDecisions>) -> Result<Option<RuleDecisions>> {
    let (corpus, mut problems) = Corpus::read(path)?;
    problems.extend(corpus.iter().flat_map(|corpus| corpus.tests.problems.iter().cloned()));
    print(&problems)?;
    let Some(corpus) = corpus.filter(|corpus| corpus.tests.failed() == 0) else {
        say("the last good pictures are kept")?;
        return Ok(None);
    };
    let decisions = corpus.label_by_rules(|| {});
    say(&moved(&corpus, last, &decisions))?;
    let (rules, tests) = (corpus.rules.rules.len(), corpus.tests.run);
    say(&format!("{}, {} passed, {} todo", many(rules, "rule"), many(tests, "test"), corpus.tests.todo))?;
    // Keep the labels even if the chart cannot be drawn.
    match draw(args, &corpus, &decisions) {
        Err(error @ Error::Output(_)) => return Err(error),
        Err(error) => say(&error.to_string())?,
        Ok(drawn) => say(&format!("drawn: {drawn}"))?,
    }
    Ok(Some(decisions))
}

/// Draws the timeline and returns the names of its files.
fn draw(args: &WatchArgs, corpus: &Corpus, decisions: &RuleDecisions) -> Result<String> {
    let speaker = args.speaker.as_ref().map(|name| corpus.find_speaker(name)).transpose()?;
    let speakers = speaker.into_iter().collect();
    let wanted = Wanted { kinds: vec![ChartKind::Timeline], speakers, ..Wanted::default() };
    let look = Look { scale: 1.0, ..Look::default() };
    let folder = args.out.clone().unwrap_or_else(|| chart::folder_of(corpus));
    // Whoever watches writes rules.
    let ask =
        Ask { selection: Selection { seen: true, ..Selection::default() }, relabel: Relabel::Moved, ..Ask::default() };
    let (paths, _) = chart::draw(corpus, decisions, ask, &wanted, &look, (&folder, args.force))?;
    let drawn = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
    Ok(format!("{drawn}{}", unseen::left_out(corpus, "drawn")))
}

/// What changed since the last time, in one line.
fn moved(corpus: &Corpus, last: Option<&RuleDecisions>, decisions: &RuleDecisions) -> String {
    let Some(last) = last else {
        let labels = decisions.iter().map(Vec::len).sum::<usize>();
        return format!("{}, {} by rules", many(corpus.statements.rows.len(), "statement"), many(labels, "label"));
    };
    if last.len() != decisions.len() {
        return format!("{} now", many(corpus.statements.rows.len(), "statement"));
    }
    let mut moved = rules::moved(last, decisions);
    moved.retain(|moved| !corpus.statements.rows[moved.statement].unseen);
    let level = |position: Option<Position>| position.map_or("none".to_owned(), |position| position.to_string());
    let first = moved.iter().take(3).map(|moved| {
        let statement = &corpus.statements.rows[moved.statement].id;
        format!("{statement} {} → {}", level(moved.before), level(moved.after))
    });
    let first: Vec<String> = first.collect();
    let more = if moved.len() > 3 { ", …" } else { "" };
    match moved.len() {
        0 => "no label by rules changed".to_owned(),
        count => format!("{} by rules changed: {}{more}", many(count, "label"), first.join(", ")),
    }
}

fn print(problems: &[stance::error::Problem]) -> Result<()> {
    output::print_problems(&mut super::terminal::out(), problems).map_err(stdout_failed)
}

fn say(line: &str) -> Result<()> {
    let mut stdout = super::terminal::out();
    writeln!(stdout, "{line}").and_then(|()| stdout.flush()).map_err(stdout_failed)
}
