//! `stance changes`: what is new since a date, or since an earlier copy of the corpus.

use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;
use stance::bundle::{self, Bundle, Files, UnpackedCorpus};
use stance::chart::kind::news::news;
use stance::chart::kind::view::View;
use stance::chart::locale::Locale;
use stance::chart::picture::Picture;
use stance::corpus::{Corpus, Selection};
use stance::error::{Error, Result, Warning};
use stance::file::{json, read};
use stance::program::{BUILD, VERSION};
use stance::shift::{Request, verdict};
use stance::study::answer::CorpusMark;
use stance::study::changes::{self, WhatIsNew};
use stance::study::{Ask, Study};
use stance::words;

use super::args::{ChangesArgs, TableFormat};
use super::{Outcome, chart, output, revision, source};

#[derive(Debug, Serialize)]
struct ChangesAnswer<'c> {
    stance: &'static str,
    build: &'static str,
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
    let other = args.against.as_ref().map(|earlier| Earlier::open(earlier, &corpus)).transpose()?;
    let other = other.as_ref().map(Earlier::corpus);
    let request = Request { alpha: args.alpha / f64::from(args.looks), seed: args.seed, ..Request::default() };
    let selection = source::select(&corpus, &args.speaker, &args.which)?;
    let ask = source::group(&corpus, &args.groups, Ask { selection, request, ..Ask::default() })?;
    let earlier = match (args.since, other) {
        (Some(since), _) => Ask { selection: until(&corpus, &ask.selection, since)?, ..ask.clone() },
        // An earlier copy may not have all speakers and issues yet. What it lacks is new.
        (None, Some(other)) => Ask {
            selection: Selection { issues: issues_in(other, &corpus, &ask.selection), ..ask.selection.clone() },
            by: args.groups.by.as_ref().map(|name| stance::study::groups::column(other, name)).transpose()?.flatten(),
            ..ask.clone()
        },
        (None, None) => ask.clone(),
    };
    let old = other.unwrap_or(&corpus);
    let (decisions, old_decisions) = (source::label(&corpus), source::label(old));
    let before = Study::of(old, &old_decisions, earlier, &|_, _| {});
    let after = source::study(&corpus, &decisions, ask);
    after.not_empty()?;
    let changes = changes::between(&before, &after, args.alpha);
    let mut drawn = Vec::new();
    if let Some(folder) = &args.chart {
        let language = args.locale.into();
        let locale = Locale::new(language).of_groups(after.ask.by.is_some());
        let shown =
            if after.ask.by.is_some() { after.ask.groups.clone() } else { after.ask.selection.speakers.clone() };
        let selection = Selection { speakers: shown, ..after.ask.selection.clone() };
        let figure = news(&View::new(&after, selection, &locale), &changes, args.looks == 1)?;
        drawn = chart::put(&Picture { name: "changes".to_owned(), figure, simpler: Vec::new(), language }, folder)?;
    }
    if args.json {
        let answer = ChangesAnswer {
            stance: VERSION,
            build: BUILD,
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
    chart::say(&drawn);
    Ok(if changes.verdicts.is_empty() { Outcome::Fine } else { Outcome::VerdictsChanged })
}

/// An earlier state of the corpus.
enum Earlier {
    Folder(Box<Corpus>),
    Packed(Box<UnpackedCorpus>),
}

impl Earlier {
    fn corpus(&self) -> &Corpus {
        match self {
            Earlier::Folder(corpus) => corpus,
            Earlier::Packed(packed) => &packed.corpus,
        }
    }

    /// A folder, a bundle, or a revision of the folder that the corpus is in.
    fn open(earlier: &Path, corpus: &Corpus) -> Result<Earlier> {
        if let Some(revision) = earlier.to_str().and_then(|text| text.strip_prefix("git:")) {
            let files = at_revision(revision, corpus)?;
            let named = Path::new(earlier);
            let packed = bundle::corpus_of(named, &corpus.name(), &files, "")?;
            return Ok(Earlier::Packed(Box::new(packed)));
        }
        if read::is_file(earlier) {
            let bundle = Bundle::open(earlier)?;
            bundle.is_whole()?;
            if bundle.manifest.plan.is_some() {
                let what = "the bundle answers the question of its plan, and this run asks that of its own flags";
                let hint = "run `stance shifts --plan` with the plan in it to see its verdicts again";
                source::warn(&[Warning::new(what, hint)]);
            }
            return Ok(Earlier::Packed(Box::new(bundle.corpus()?)));
        }
        Ok(Earlier::Folder(Box::new(Corpus::load(earlier)?)))
    }
}

/// The files of the corpus folder at a revision.
fn at_revision(revision: &str, corpus: &Corpus) -> Result<Files> {
    if revision.is_empty() || revision.starts_with('-') {
        return Err(Error::request(
            format!("`{revision}` is no git revision"),
            "write a commit, a tag or a branch after git:, such as git:v1.0",
        ));
    }
    let found = revision::folder(&corpus.path, revision).map_err(|error| match error {
        Error::Read { source, .. } => {
            let what = format!("the program git cannot be run: {source}");
            Error::request(what, "install git, or compare with a folder or a bundle")
        }
        error => error,
    })?;
    found.map_err(|said| {
        let what = format!("git has no revision `{revision}` of {}: {said}", corpus.path.display());
        Error::request(what, "see `git log` in that folder, or compare with a folder or a bundle")
    })
}

/// The same issues in another codebook, as far as it has them.
fn issues_in(other: &Corpus, corpus: &Corpus, selection: &Selection) -> Vec<stance::codebook::IssueIndex> {
    selection.issues.iter().filter_map(|issue| other.codebook.find(&corpus.codebook.issue(*issue).id)).collect()
}

/// The statements before a day.
fn until(corpus: &Corpus, selection: &Selection, since: NaiveDate) -> Result<Selection> {
    let rows = &corpus.statements.rows;
    let dates = || corpus.places(selection).into_iter().map(|place| rows[place].date);
    let (first, last) = (dates().map(|date| date.first()).min(), dates().map(|date| date.last()).max());
    match (first, last, since.pred_opt()) {
        (_, Some(last), _) if last < since => {
            // A quiet week is no error.
            let what = format!("no statement is dated {since} or later, so nothing can be new");
            source::warn(&[Warning::new(what, format!("the last statement is dated {last}"))]);
            Ok(selection.clone())
        }
        (_, _, None) => Err(Error::request("there is no day before --since", "choose a later day")),
        (_, _, Some(day)) if selection.from.is_some_and(|from| day < from) => Err(Error::request(
            format!("--since {since} is not after --from"),
            "choose a later day, or leave out --from",
        )),
        (first, _, to) => {
            if let Some(first) = first.filter(|first| *first >= since) {
                let what = format!("no statement is dated before {since}, so everything is new");
                let hint =
                    format!("the first statement is dated {first}: choose a later day to compare with what was before");
                source::warn(&[Warning::new(what, hint)]);
            }
            Ok(Selection { to: [to, selection.to].into_iter().flatten().min(), ..selection.clone() })
        }
    }
}

fn for_people(changes: &WhatIsNew, args: &ChangesArgs, after: &Study<'_>) -> String {
    let (codebook, grain) = (&after.corpus.codebook, after.ask.grain);
    let mut out = String::new();
    for changed in &changes.verdicts {
        out += &output::paragraph(&changed.sentence(codebook, grain), "");
        out.push('\n');
    }
    if changes.verdicts.is_empty() {
        out += "No verdict is new, and none is gone.\n\n";
    }
    out += &output::paragraph(&changes.counted(), "");
    let by = after.ask.by.as_ref().map_or("speaker", |_| "group");
    for sentence in changes.read_otherwise().into_iter().chain(changes.who_and_what(codebook, by)) {
        out += &output::paragraph(&sentence, "");
    }
    for changed in &changes.changed_positions {
        let after = changed.after.map_or("none".to_owned(), |position| position.to_string());
        let line = format!("{} on {}: position {}, now {after}", changed.statement_id, changed.issue, changed.before);
        out += &output::paragraph(&line, "    ");
    }
    if let Some((sentence, rows, more)) = changes.cannot_be_tested(codebook, &after.ask.request, grain) {
        out.push('\n');
        out += &output::paragraph(&sentence, "");
        out += &output::columns(&rows.into_iter().map(Vec::from).collect::<Vec<_>>());
        out += &more.map(|more| output::paragraph(&more, "")).unwrap_or_default();
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
        words::alpha(args.alpha / f64::from(args.looks)),
        args.alpha
    )
}
