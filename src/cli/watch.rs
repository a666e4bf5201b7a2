//! `stance watch`: check, label, test and redraw on each save.

use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::{RecursiveMode, Watcher};
use stance::agreement::rules;
use stance::chart::picture::{ChartKind, Look, Wanted};
use stance::corpus::Corpus;
use stance::error::{Error, Result};
use stance::rule::RuleDecisions;
use stance::study::Ask;

use super::args::WatchArgs;
use super::{Outcome, chart, output, source, stdout_failed};

/// Editors write a file in several steps; what follows within this time belongs to the same save.
const SAVE: Duration = Duration::from_millis(30);

/// Watches the corpus until it is interrupted.
pub fn run(args: &WatchArgs) -> Result<Outcome> {
    let path = source::locate(&args.corpus)?;
    let (sender, changes) = mpsc::channel();
    let failed = |error: notify::Error| Error::Read { path: path.clone(), source: std::io::Error::other(error) };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is an event too, and would make us chase our own tail.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // Where nobody listens any more, the program is about to end.
            let _ = sender.send(());
        }
    })
    .map_err(failed)?;
    watcher.watch(&path, RecursiveMode::Recursive).map_err(failed)?;

    let mut last: Option<RuleDecisions> = None;
    say(&format!("watching {}; Ctrl-C ends", path.display()))?;
    loop {
        let begin = Instant::now();
        if let Some(now) = redraw(args, &path, last.as_ref())? {
            last = Some(now);
        }
        say(&format!("  {} ms", begin.elapsed().as_millis()))?;
        if !wait(&changes) {
            return Ok(Outcome::Fine);
        }
    }
}

/// Waits for a save to be complete; `false` where no more can come.
fn wait(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    while changes.recv_timeout(SAVE).is_ok() {}
    true
}

/// Checks, labels and draws; `None`, with everything left as it was, where the corpus has a fault.
fn redraw(args: &WatchArgs, path: &Path, last: Option<&RuleDecisions>) -> Result<Option<RuleDecisions>> {
    let (corpus, mut problems) = Corpus::read(path)?;
    problems.extend(corpus.iter().flat_map(|corpus| corpus.tests.problems.iter().cloned()));
    output::print_problems(&mut anstream::stdout(), &problems).map_err(stdout_failed)?;
    let Some(corpus) = corpus.filter(|corpus| corpus.tests.failed() == 0) else {
        say("the last good pictures stay")?;
        return Ok(None);
    };
    let decisions = corpus.label_by_rules(|| {});
    let positions = |decisions: &RuleDecisions| decisions.iter().map(Vec::len).sum::<usize>();
    let moved = match last {
        None => format!("{} statements, {} labels by rules", corpus.statements.rows.len(), positions(&decisions)),
        Some(last) if last.len() == decisions.len() => {
            let moved = rules::moved(last, &decisions);
            let told: Vec<String> = moved
                .iter()
                .take(3)
                .map(|moved| {
                    let told = |position: Option<stance::codebook::Position>| {
                        position.map_or("none".to_owned(), |p| p.to_string())
                    };
                    let statement = &corpus.statements.rows[moved.statement].id;
                    format!("{statement} {} → {}", told(moved.before), told(moved.after))
                })
                .collect();
            let more = if moved.len() > 3 { ", …" } else { "" };
            match moved.len() {
                0 => "no label by rules moved".to_owned(),
                count => format!("{count} labels by rules moved: {}{more}", told.join(", ")),
            }
        }
        Some(_) => format!("{} statements now", corpus.statements.rows.len()),
    };
    say(&moved)?;
    let (rules, tests) = (corpus.rules.rules.len(), corpus.tests.run);
    say(&format!("{rules} rules, {tests} tests passed, {} todo", corpus.tests.todo))?;
    let wanted = Wanted { kinds: vec![ChartKind::Timeline], speaker: args.speaker.clone(), ..Wanted::default() };
    let look = Look { scale: 1.0, ..Look::default() };
    let folder = args.out.clone().unwrap_or_else(|| chart::folder_of(&corpus));
    match chart::draw(&corpus, &decisions, Ask::default(), &wanted, &look, &folder) {
        Ok(paths) => {
            say(&format!("drawn: {}", paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ")))?
        }
        // Nothing to draw is no reason to stop watching.
        Err(error @ (Error::Request { .. } | Error::Draw(_))) => say(&error.to_string())?,
        Err(error) => return Err(error),
    }
    Ok(Some(decisions))
}

fn say(line: &str) -> Result<()> {
    let mut stdout = anstream::stdout();
    writeln!(stdout, "{line}").and_then(|()| stdout.flush()).map_err(stdout_failed)
}
