//! `stance changes`: what is new since a date, or since an earlier copy of the corpus.

use chrono::NaiveDate;
use serde::Serialize;
use stance::corpus::{Corpus, Selection};
use stance::error::{Error, Result};
use stance::file::json;
use stance::shift::{Request, verdict};
use stance::study::answer::CorpusMark;
use stance::study::changes::{self, VerdictTurn, WhatIsNew};
use stance::study::{Ask, Study};
use stance::words::{self, many};

use super::args::{ChangesArgs, TableFormat};
use super::{Outcome, output, source};

#[derive(Debug, Serialize)]
struct ChangesAnswer<'c> {
    stance: &'static str,
    before: CorpusMark,
    after: CorpusMark,
    #[serde(serialize_with = "verdict::maybe_date")]
    since: Option<NaiveDate>,
    alpha: f64,
    looks: u16,
    seed: u64,
    #[serde(flatten)]
    changes: &'c WhatIsNew,
}

/// Compares the corpus as it was with the corpus as it is.
pub fn run(args: &ChangesArgs) -> Result<Outcome> {
    let corpus = source::load(&args.corpus)?;
    let other = args.against.as_ref().map(|path| Corpus::load(path)).transpose()?;
    let request = Request { alpha: args.alpha / f64::from(args.looks), seed: args.seed, ..Request::default() };
    let selection = source::select(&corpus, &args.speaker, &args.which)?;
    let ask = source::group(&corpus, &args.groups, Ask { selection, request, ..Ask::default() })?;
    let earlier = match (args.since, &other) {
        (Some(since), _) => Ask { selection: until(&corpus, &ask.selection, since)?, ..ask.clone() },
        // An earlier copy may not have all speakers and issues yet. What it lacks is new.
        (None, Some(other)) => Ask {
            selection: Selection { issues: issues_in(other, &corpus, &ask.selection), ..ask.selection.clone() },
            by: args.groups.by.as_ref().map(|name| stance::study::groups::column(other, name)).transpose()?,
            ..ask.clone()
        },
        (None, None) => ask.clone(),
    };
    let old = other.as_ref().unwrap_or(&corpus);
    let (decisions, old_decisions) = (source::label(&corpus), source::label(old));
    let before = Study::of(old, &old_decisions, earlier, &|_, _| {});
    let after = source::study(&corpus, &decisions, ask);
    after.not_empty()?;
    let changes = changes::between(&before, &after);
    if args.json {
        let answer = ChangesAnswer {
            stance: env!("CARGO_PKG_VERSION"),
            before: before.mark(),
            after: after.mark(),
            since: args.since,
            alpha: args.alpha,
            looks: args.looks,
            seed: args.seed,
            changes: &changes,
        };
        super::terminal::print(&json::pretty(&answer)?, TableFormat::Json)?;
    } else {
        super::terminal::print(&for_people(&changes, args, &after), TableFormat::Table)?;
    }
    Ok(if changes.verdicts.is_empty() { Outcome::Fine } else { Outcome::VerdictsChanged })
}

/// The same issues in another codebook, as far as it has them.
fn issues_in(other: &Corpus, corpus: &Corpus, selection: &Selection) -> Vec<stance::codebook::IssueIndex> {
    selection.issues.iter().filter_map(|issue| other.codebook.find(&corpus.codebook.issue(*issue).id)).collect()
}

/// The statements before a day.
fn until(corpus: &Corpus, selection: &Selection, since: NaiveDate) -> Result<Selection> {
    let rows = &corpus.statements.rows;
    let last = corpus.places(selection).into_iter().map(|place| rows[place].date.last()).max();
    match (last, since.pred_opt()) {
        (Some(last), _) if last < since => {
            let what = format!("no statement is dated {since} or later, so nothing can be new");
            Err(Error::request(what, format!("the last statement is dated {last}: choose that day or one before it")))
        }
        (_, None) => Err(Error::request("there is no day before --since", "choose a later day")),
        (_, Some(day)) if selection.from.is_some_and(|from| day < from) => Err(Error::request(
            format!("--since {since} is not after --from"),
            "choose a later day, or leave out --from",
        )),
        (_, to) => Ok(Selection { to: [to, selection.to].into_iter().flatten().min(), ..selection.clone() }),
    }
}

fn for_people(changes: &WhatIsNew, args: &ChangesArgs, after: &Study<'_>) -> String {
    let codebook = &after.corpus.codebook;
    let mut out = String::new();
    for changed in &changes.verdicts {
        let issue = codebook.find(&changed.issue).map_or(&changed.issue, |issue| &codebook.issue(issue).name);
        let what = match changed.turn {
            VerdictTurn::New => "New",
            VerdictTurn::Gone => "Gone",
            VerdictTurn::Other => "Changed",
        };
        let was = match (changed.turn, changed.before, changed.after) {
            (VerdictTurn::Gone, _, after) => format!(" Now the verdict is “{}”.", after.unwrap_or("no position")),
            (_, before, _) => format!(" Before, the verdict was “{}”.", before.unwrap_or("no position")),
        };
        let sentence = format!("{what}: {} on {issue}: {}{was}", changed.speaker, changed.sentence);
        out += &output::paragraph(&sentence, "");
        out.push('\n');
    }
    if changes.verdicts.is_empty() {
        out += "No verdict is new, and none is gone.\n\n";
    }
    let mut counts = format!("{} of {} are new", many(changes.new_statements.len(), "statement"), changes.statements);
    if changes.gone_statements > 0 {
        counts += &format!("; {} that were there before are gone", changes.gone_statements);
    }
    if changes.new_positions > 0 {
        counts +=
            &format!("; earlier statements take {} that they did not take", many(changes.new_positions, "position"));
    }
    out += &output::paragraph(&format!("{counts}."), "");
    for changed in &changes.changed_positions {
        let after = changed.after.map_or("none".to_owned(), |position| position.to_string());
        let line = format!("{} on {}: position {}, now {after}", changed.statement_id, changed.issue, changed.before);
        out += &output::paragraph(&line, "    ");
    }
    out + "\n" + &output::paragraph(&looks(args), "")
}

/// How often whoever looks again errs.
fn looks(args: &ChangesArgs) -> String {
    if args.looks == 1 {
        return format!(
            "Level {}, for this one look. If you look again and again, a steady speaker is called moved in one of the \
             looks more often than that: of 30 weekly looks at 0.05, in 8 to 60 % of simulations. Plan your looks, and \
             name their number with --looks.",
            args.alpha
        );
    }
    format!(
        "Level {} is divided among {} planned looks: this look is tested at {}. So all looks together err no more often \
         than one look at {}. A shift is found later than in one look.",
        args.alpha,
        args.looks,
        words::p(args.alpha / f64::from(args.looks)),
        args.alpha
    )
}
