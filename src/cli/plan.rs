//! `stance plan`: what a study could find, before anything is collected.

use std::path::Path;
use std::time::Duration;

use indicatif::ProgressBar;
use serde::Serialize;
use stance::chart::kind::planned::{PlannedSize, planned as picture_of};
use stance::chart::locale::Locale;
use stance::chart::picture::Picture;
use stance::error::{Error, Result, Warning};
use stance::file::{json, read, save};
use stance::program::{BUILD, VERSION};
use stance::shift::plan::{MOST_DAYS, Moment, Planned, usual_spread};
use stance::study::design::{self, Draft};
use stance::words::{self, many, percent};

use super::args::{CorpusArg, PlanArgs, TableFormat};
use super::{Outcome, chart, output, source};

/// What is planned if neither days nor a shift are given.
const USUAL_DAYS: [u16; 4] = [12, 20, 40, 80];

/// A figure of the plan.
#[derive(Debug, Serialize)]
struct PlanRow {
    moment: Moment,
    days: Option<usize>,
    shift: Option<f64>,
    /// Nothing if no shift is large enough, or no number of days.
    power: Option<f64>,
}

#[derive(Debug, Serialize)]
struct PlanAnswer<'p> {
    stance: &'static str,
    build: &'static str,
    assumed: &'p Planned,
    findable: Vec<PlanRow>,
}

/// Simulates and prints the plan, or begins one in a file.
pub fn run(args: &PlanArgs) -> Result<Outcome> {
    if let Some(path) = &args.write {
        return begin(args, path);
    }
    let levels = usize::from(args.levels);
    let planned = Planned {
        levels,
        statements: args.statements_per_day,
        ar: args.ar,
        spread: args.spread.unwrap_or(usual_spread(levels)),
        pairs: args.pairs.into(),
        alpha: args.alpha,
        speakers: args.speakers.into(),
        seed: args.seed,
    };
    if let Some(size) = args.shift.iter().find(|size| **size > planned.largest()) {
        let what = format!("a shift of {size} levels does not fit on a scale of {levels} levels");
        // Rounded up, it would not fit either.
        let most = (planned.largest() * 100.0).floor() / 100.0;
        let hint = format!("plan for {most} levels at most, or set --levels");
        return Err(Error::request(what, hint));
    }
    let spinner = ProgressBar::new_spinner().with_message("simulating");
    spinner.enable_steady_tick(Duration::from_millis(300));
    let rows = findable(args, &planned);
    spinner.finish_and_clear();
    let mut drawn = Vec::new();
    if let Some(folder) = &args.chart {
        let size = |row: &PlanRow| Some(PlannedSize { moment: row.moment, days: row.days?, size: row.shift });
        let sizes: Vec<PlannedSize> = rows.iter().filter_map(size).collect();
        let language = args.locale.into();
        let figure = picture_of(&sizes, &planned, &Locale::new(language));
        drawn = chart::put(&Picture { name: "plan".to_owned(), figure, simpler: Vec::new(), language }, folder)?;
    }
    let text = match args.format {
        TableFormat::Table => for_people(&rows, &planned, !args.shift.is_empty()),
        TableFormat::Csv => output::csv(&rows)?,
        TableFormat::Json => {
            json::pretty(&PlanAnswer { stance: VERSION, build: BUILD, assumed: &planned, findable: rows })?
        }
    };
    super::terminal::print(&text, args.format)?;
    chart::say(&drawn);
    Ok(Outcome::Fine)
}

/// Writes a plan to edit.
fn begin(args: &PlanArgs, path: &Path) -> Result<Outcome> {
    let corpus = source::load(&CorpusArg { dir: args.corpus.clone() })?;
    args.issue.iter().try_for_each(|id| corpus.find_issue(id).map(drop))?;
    let draft = Draft {
        speakers: args.speaker.iter().map(|name| words::name(name)).collect(),
        issues: args.issue.clone(),
        alpha: args.alpha,
        seed: args.seed,
    };
    for name in draft.speakers.iter().filter(|name| corpus.find_speaker(name).is_err()) {
        let what = format!("nobody in {} is called `{name}` yet", corpus.name());
        source::warn(&[Warning::new(what, "check the spelling, if the speaker should be there")]);
    }
    let text = design::draft(&corpus, &draft);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !read::is_folder(folder)) {
        let what = format!("there is no folder {}", folder.display());
        return Err(Error::request(what, "make it first, or choose another name"));
    }
    if read::exists(path) {
        let what = format!("{} already exists, and a plan is not written over", path.display());
        return Err(Error::request(what, "choose another name"));
    }
    let pairs = text.matches("[[pair]]").count();
    source::warn(&save::begin(path, text.as_bytes())?);
    let shown = path.display();
    let text = format!(
        "{shown} is begun, with {}.\nnext: remove the pairs that you do not ask about, fix the rest, and keep its SHA-256 \
         where it can be shown later; then\n  stance shifts --plan {shown}\n",
        many(pairs, "pair")
    );
    super::terminal::print(&text, TableFormat::Table)?;
    Ok(Outcome::Fine)
}

fn findable(args: &PlanArgs, planned: &Planned) -> Vec<PlanRow> {
    const FOUND: f64 = stance::shift::size::POWER;
    let days: Vec<usize> = match (args.days.is_empty(), args.shift.is_empty()) {
        (true, true) => USUAL_DAYS.map(usize::from).to_vec(),
        _ => args.days.iter().copied().map(usize::from).collect(),
    };
    let (mut rows, rounded) = (Vec::new(), |number: f64| (number * 100.0).round() / 100.0);
    for moment in Moment::ALL {
        if args.shift.is_empty() {
            rows.extend(days.iter().map(|days| {
                let shift = planned.size(moment, *days).map(rounded);
                PlanRow { moment, days: Some(*days), shift, power: shift.map(|_| FOUND) }
            }));
        } else if days.is_empty() {
            rows.extend(args.shift.iter().map(|size| {
                let days = planned.days(moment, *size);
                PlanRow { moment, days, shift: Some(*size), power: days.map(|_| FOUND) }
            }));
        } else {
            let both = days.iter().flat_map(|days| args.shift.iter().map(move |size| (*days, *size)));
            rows.extend(both.map(|(days, size)| PlanRow {
                moment,
                days: Some(days),
                shift: Some(size),
                power: Some(rounded(planned.power(moment, days, size))),
            }));
        }
    }
    rows
}

/// `is_given` says that the sizes are those that were asked for.
fn for_people(rows: &[PlanRow], planned: &Planned, is_given: bool) -> String {
    let mut table = vec![["a shift", "of (levels)", "in (days)", "is found"].map(str::to_owned).to_vec()];
    for row in rows {
        table.push(vec![
            row.moment.words().to_owned(),
            // What was asked for is shown as it was asked, and what was computed is no surer than a tenth.
            match row.shift {
                None => "none is large enough".to_owned(),
                Some(size) if is_given => size.to_string(),
                Some(size) => format!("{size:.1}"),
            },
            row.days.map_or(format!("more than {MOST_DAYS}"), |days| days.to_string()),
            row.power.map_or("–".to_owned(), percent),
        ]);
    }
    // Both levels are as far from the middle as the spread makes them, so a wider one is the same speaker on a larger ruler.
    let vary = if planned.levels == 2 {
        "vary (by how much changes nothing on 2 levels)".to_owned()
    } else {
        format!("vary by {} levels", planned.spread)
    };
    let assumed = format!(
        "Assumed: a scale of {} levels, about {} statements a day, days that {vary} and resemble the day before \
         by {}, a position in the middle of the scale, {} tested at {}. {} or more were simulated for each of several points, seed \
         {}. Days are days with a statement.",
        planned.levels,
        planned.statements,
        planned.ar,
        many(planned.pairs, "pair"),
        planned.alpha,
        many(planned.speakers, "speaker"),
        planned.seed
    );
    output::columns(&table) + "\n" + &output::paragraph(&assumed, "")
}
