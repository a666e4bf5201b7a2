//! `stance agree`: how far coders agree with each other, and labels by hand with labels by rules.

use std::path::Path;

use stance::agreement::interval::Margin;
use stance::agreement::rules;
use stance::agreement::statistic::{Coefficient, Estimate, Metric};
use stance::agreement::{self, Agreement, AgreementRow, Between, By, Comparison, Counts, Disagreement};
use stance::codebook::Position;
use stance::corpus::Corpus;
use stance::error::{Error, Result};
use stance::file::json;
use stance::file::kind::OutputKind;
use stance::file::save::{self, Output, Plan};
use stance::label::{self, ADJUDICATED, UNDECIDED};
use stance::rule::RuleDecisions;
use stance::statement;
use stance::stream::hands::HandLabels;
use stance::words::{many, percent, quoted};

use super::args::{AgreeArgs, TableArg, TableFormat};
use super::{Outcome, output, pairs, source, stream, unseen};

/// A coefficient is printed for a group of at least this many statements.
const ENOUGH: usize = 10;

/// Measures the agreement and prints it.
pub fn run(args: &AgreeArgs) -> Result<Outcome> {
    let (corpus, decisions) = match &args.labels {
        Some(file) => of_labels(args, file)?,
        None => {
            let corpus = source::load(&args.corpus)?;
            let decisions = source::label(&corpus);
            (corpus, decisions)
        }
    };
    let selection = source::select(&corpus, &args.speaker, &args.which)?;
    source::warn(&selection.warnings(&corpus.statements.rows));
    if let Some(path) = &args.disagreements {
        save::outside_corpora(path)?;
    }
    let or = |given: Vec<Between>| if given.is_empty() { vec![Between::Coders, Between::Rules] } else { given };
    let request = Comparison {
        selection,
        between: or(args.between.iter().copied().map(Between::from).collect()),
        by: if args.by.is_empty() { vec![By::Issue] } else { args.by.iter().copied().map(By::from).collect() },
        metric: args.alpha_metric.into(),
    };
    let mut agreement = agreement::agreement(&corpus, &decisions, &request);
    if args.labels.is_some() {
        agreement = agreement.of_positions();
    }
    if agreement.coders.is_empty() {
        let what = format!("{} has no labels by hand", corpus.name());
        return Err(Error::request(
            what,
            "add a coder's labels in labels/<coder>.csv, with the columns statement_id,issue,position",
        ));
    }
    if agreement.rows.is_empty() && agreement.months.is_empty() {
        let what = "no selected statement has 2 labels to compare";
        return Err(Error::request(what, "choose other statements, or compare coders with rules: --between rules"));
    }
    if let Some(path) = &args.disagreements {
        let between = if request.between == [Between::Rules] { Between::Rules } else { Between::Coders };
        if between == Between::Coders && agreement.coders.len() < 2 {
            let what = format!("no coders can differ: there is only one, {}", agreement.coders.join(""));
            return Err(Error::request(what, "compare the coder with the rules: --between rules"));
        }
        let rows = differences(&agreement, &corpus, between)?;
        let output = Output { path: path.clone(), kind: OutputKind::Worksheet, bytes: rows };
        source::warn(&Plan::new(vec![output], args.force)?.write()?);
    }
    let text = match args.format {
        TableFormat::Table => for_people(&agreement, &corpus, &request),
        TableFormat::Csv => match args.table {
            TableArg::Agreement => flat(&agreement.rows)?,
            TableArg::Pairs => pairs::csv(&agreement.pairs)?,
            TableArg::Months => output::csv(&agreement.months)?,
        },
        TableFormat::Json => json::pretty(&agreement)?,
    };
    super::terminal::print(&text, args.format)?;
    Ok(Outcome::Fine)
}

/// The labels by hand of a file, with those by rules beside them.
fn of_labels(args: &AgreeArgs, file: &Path) -> Result<(Corpus, RuleDecisions)> {
    source::in_order(&args.which)?;
    let folder = source::locate(&args.corpus)?;
    let shell = Corpus::without_statements(&folder, file)?;
    let HandLabels { corpus, decisions } = stream::hands_of(file, &shell)?;
    Ok((corpus, decisions))
}

/// The agreement as tables and sentences.
pub fn for_people(agreement: &Agreement, corpus: &Corpus, request: &Comparison) -> String {
    let mut out = String::new();
    for between in &request.between {
        let rows: Vec<&AgreementRow> = agreement.rows.iter().filter(|row| row.between == *between).collect();
        let counts: Vec<&Counts> = agreement.counts.iter().filter(|counts| counts.between == *between).collect();
        match between {
            Between::Coders if agreement.coders.len() < 2 => {
                out += &format!("Agreement needs 2 coders; there is only one, {}.\n\n", agreement.coders.join(""));
                continue;
            }
            Between::Coders => {
                out += &format!("Between coders ({}), before adjudication\n", pairs::named(&agreement.coders))
            }
            Between::Rules if agreement.positions_only => out += "Between settled labels by hand and labels by rules\n",
            Between::Rules if corpus.rules.rules.is_empty() => {
                out += "There are no rules to compare coders with.\n\n";
                continue;
            }
            Between::Rules => {
                out += &unseen::known(&rules::unseen(corpus));
                out += "\nBetween settled labels by hand and labels by rules";
                out += &unseen::left_out(corpus, "counted");
                out.push('\n');
            }
        }
        match agreement.alone.as_slice() {
            [one] if *between == Between::Coders => out += &format!("{one} shares no statement with another coder.\n"),
            [_, _, ..] if *between == Between::Coders => {
                out += &format!("{} share no statement with another coder.\n", pairs::named(&agreement.alone));
            }
            _ => {}
        }
        let open: usize = rows.iter().filter(|row| row.by == request.by[0]).map(|row| row.open).sum();
        if open > 0 {
            out += &format!("{} left out, because coders differ or rules are in conflict.\n", many(open, "label"));
        }
        if !rows.is_empty() {
            out += &tables(agreement, &rows, request);
        }
        if *between == Between::Coders {
            out += &pairs::for_people(agreement);
        }
        if !agreement.positions_only {
            out += "\nLabels\n";
            out += &label_counts(&counts);
        }
        out += &listed(agreement, *between, corpus);
        out.push('\n');
    }
    out += &output::paragraph(&how(request, agreement), "");
    if agreement.positions_only {
        let why = "A file of labels leaves out what all found to have no position. So how far they agree on whether there is \
                   one, and how many labels each coder gave, can be told from the corpus alone.";
        out += &output::paragraph(why, "");
    }
    out
}

fn how(request: &Comparison, agreement: &Agreement) -> String {
    let coders = agreement.coders.len();
    let several = if coders > 2 && request.between.contains(&Between::Coders) {
        format!(
            "Between the {coders} coders, a statement counts if 2 or more of them gave it a position (“Both gave one”) or read \
             it (“Both read”). “Same” compares every 2 of those coders on each statement, and is the mean over statements \
             of the share of equal pairs; “Within 1” likewise. The table “Who codes higher?” has each 2 coders alone. "
        )
    } else {
        String::new()
    };
    format!(
        "{several}Alpha: Krippendorff's, {}. 1 is full agreement, 0 is what chance would give. In brackets: the 95 % interval, \
         with statements of one speaker on one day taken together. AC2: Gwet's, ordinal weights. Kappa: {}. \
         Coefficients from fewer than {ENOUGH} statements are not printed here; --format csv prints them.",
        match request.metric {
            Metric::Nominal => "nominal",
            Metric::Ordinal => "ordinal",
            Metric::Interval => "interval",
            // No command uses it, because it does not allow negative positions.
            Metric::Ratio => "ratio",
        },
        if agreement.coders.len() > 2 { "Fleiss' between coders, Cohen's with rules" } else { "Cohen's" }
    )
}

/// Agreement on which position a statement takes, in two tables, and agreement on whether it takes one.
fn tables(agreement: &Agreement, rows: &[&AgreementRow], request: &Comparison) -> String {
    let share = |value: Coefficient| value.value().map_or(value.to_string(), percent);
    let name = |row: &AgreementRow| match row.by {
        By::Issue => row.issue.clone(),
        By::Speaker | By::Month => format!("{}, {}", row.issue, row.group),
    };
    let first = if request.by == [By::Issue] { "Issue" } else { "Group" };
    let header = |cells: &[&str]| vec![cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>()];
    let mut positions =
        header(&[first, "Both gave one", "Same", "Within 1", "Alpha (95 %)", "AC1 (95 %)", "AC2 (95 %)"]);
    let mut kappas = header(&[first, "Kappa (95 %)", "linear (95 %)", "quadratic (95 %)"]);
    let mut presence = header(&[first, "Both read", "One gave none", "Same", "AC1 (95 %)", "Kappa (95 %)"]);
    for row in rows {
        let number = |estimate: Estimate| if row.both < ENOUGH { "–".to_owned() } else { with_interval(estimate) };
        positions.push(vec![
            name(row),
            row.both.to_string(),
            if row.both == 0 { "–".to_owned() } else { share(row.percent) },
            if row.both == 0 { "–".to_owned() } else { share(row.within_one) },
            number(row.alpha),
            number(row.ac1),
            number(row.ac2),
        ]);
        kappas.push(vec![name(row), number(row.kappa), number(row.kappa_linear), number(row.kappa_quadratic)]);
        let number = |estimate: Estimate| if row.read < ENOUGH { "–".to_owned() } else { with_interval(estimate) };
        presence.push(vec![
            name(row),
            row.read.to_string(),
            row.one.to_string(),
            share(row.presence_percent),
            number(row.presence_ac1),
            number(row.presence_kappa),
        ]);
    }
    let (positions, kappas) = (output::columns(&positions), output::columns(&kappas));
    let mut out = format!("\nWhich position?\n{positions}\nWhich position, by kappa?\n{kappas}");
    if !agreement.positions_only {
        out += &format!("\nIs there a position?\n{}", output::columns(&presence));
    }
    out
}

/// A coefficient and its interval, or why there is none.
fn with_interval(estimate: Estimate) -> String {
    match (estimate.value, estimate.interval) {
        (Coefficient::Value(value), Margin::Known(interval)) => {
            format!("{value:.2} ({:.2}–{:.2})", interval.low, interval.high)
        }
        (Coefficient::Value(value), Margin::Unknown(why)) => format!("{value:.2} ({why})"),
        (undefined, _) => undefined.to_string(),
    }
}

fn label_counts(counts: &[&Counts]) -> String {
    let mut positions: Vec<i32> =
        counts.iter().flat_map(|counts| counts.levels.iter().map(|(position, _)| *position)).collect();
    positions.sort_unstable();
    positions.dedup();
    let mut header = vec!["Issue".to_owned(), "Coder".to_owned()];
    header.extend(positions.iter().map(|position| Position(*position).to_string()));
    header.push("none".to_owned());
    let mut rows = vec![header];
    for counts in &pairs::most_labels(counts) {
        let mut row = vec![counts.issue.clone(), counts.coder.clone()];
        row.extend(positions.iter().map(|position| {
            counts
                .levels
                .iter()
                .find(|(level, _)| level == position)
                .map_or("–".to_owned(), |(_, count)| count.to_string())
        }));
        row.push(counts.none.to_string());
        rows.push(row);
    }
    output::columns(&rows)
}

/// The worst disagreements, as a list.
fn listed(agreement: &Agreement, between: Between, corpus: &Corpus) -> String {
    const MOST: usize = 5;
    let all: Vec<&Disagreement> = agreement.disagreements.iter().filter(|d| d.between == between).collect();
    if all.is_empty() {
        return String::new();
    }
    let worst = if all.len() > MOST { format!(". The worst {MOST}") } else { String::new() };
    let mut out = format!("\nThey differ on {}{worst}:\n", many(all.len(), "label"));
    for difference in all.into_iter().take(MOST) {
        let labels: Vec<String> =
            difference.labels.iter().map(|(coder, position)| format!("{coder} {}", written(*position))).collect();
        let settled = match (between, difference.settled) {
            (Between::Coders, true) => format!("; settled as {}", written(difference.position)),
            _ => String::new(),
        };
        let statement = &corpus.statements.rows[difference.statement];
        let text = &statement.text;
        out += &format!(
            "  {}, {}: {}{settled}\n    {}\n",
            difference.statement_id,
            difference.issue,
            pairs::named(&labels),
            quoted(text, statement.kind == statement::Kind::Indirect, 110)
        );
    }
    out
}

fn written(position: Option<i32>) -> String {
    position.map_or("none".to_owned(), |position| Position(position).to_string())
}

/// The rows as CSV. A cell without a number says why.
fn flat(rows: &[AgreementRow]) -> Result<String> {
    const ESTIMATES: [&str; 8] =
        ["alpha", "ac1", "ac2", "kappa", "kappa_linear", "kappa_quadratic", "presence_ac1", "presence_kappa"];
    let mut header: Vec<String> =
        ["between", "issue", "by", "group", "read", "both", "one", "open", "percent", "within_one", "presence_percent"]
            .map(str::to_owned)
            .to_vec();
    header.extend(ESTIMATES.iter().flat_map(|name| ["", "_low", "_high"].map(|end| format!("{name}{end}"))));
    let exact = |coefficient: Coefficient| match coefficient {
        Coefficient::Value(value) => value.to_string(),
        undefined => undefined.to_string(),
    };
    let record = |row: &AgreementRow| {
        let between = match row.between {
            Between::Coders => "coders",
            Between::Rules => "rules",
        };
        let by = match row.by {
            By::Issue => "issue",
            By::Speaker => "speaker",
            By::Month => "month",
        };
        let mut record: Vec<String> = [between, &row.issue, by, &row.group].map(str::to_owned).to_vec();
        record.extend([row.read, row.both, row.one, row.open].map(|count| count.to_string()));
        record.extend([row.percent, row.within_one, row.presence_percent].map(exact));
        let estimates = [
            row.alpha,
            row.ac1,
            row.ac2,
            row.kappa,
            row.kappa_linear,
            row.kappa_quadratic,
            row.presence_ac1,
            row.presence_kappa,
        ];
        for estimate in estimates {
            record.push(exact(estimate.value));
            record.extend(pairs::ends(estimate.interval));
        }
        record
    };
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let bytes = output::records(&header, rows.iter().map(record))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The statements on which labels differ, worst first. If nobody has decided one, its position is `?`, which label
/// files read as open. What the codebook's rule settled is open here too: saved as an adjudication, it would count as
/// the decision of a person. The rationale of an adjudication is kept.
fn differences(agreement: &Agreement, corpus: &Corpus, wanted: Between) -> Result<Vec<u8>> {
    let coders: Vec<&str> = match wanted {
        Between::Coders => agreement.coders.iter().map(String::as_str).collect(),
        Between::Rules => vec!["hand", "rules"],
    };
    let mut header = vec!["statement_id", "issue", "position", "rationale", "levels_apart"];
    let answers = label::answers(&corpus.coders);
    // What the adjudication says about a difference between coders.
    let adjudicated = |difference: &Disagreement| {
        let issue = corpus.codebook.find(&difference.issue).filter(|_| wanted == Between::Coders)?;
        answers.get(&(difference.statement, issue))?.iter().find(|answer| answer.coder == ADJUDICATED)
    };
    header.extend(&coders);
    header.extend(["date", "speaker", "kind", "text", "notes"]);
    let record = |difference: &Disagreement| {
        let statement = &corpus.statements.rows[difference.statement];
        let number = |position: Option<i32>| position.map_or(String::new(), |position| position.to_string());
        let decision = adjudicated(difference);
        let decided = match wanted {
            Between::Coders => decision.is_some_and(|decision| decision.given.is_some()),
            Between::Rules => difference.settled,
        };
        let mut record = vec![
            difference.statement_id.clone(),
            difference.issue.clone(),
            if decided { number(difference.position) } else { UNDECIDED.to_owned() },
            decision.map_or(String::new(), |decision| decision.rationale.to_owned()),
            difference.levels_apart.map_or(String::new(), |apart| apart.to_string()),
        ];
        for coder in &coders {
            let label = difference.labels.iter().find(|(other, _)| other == coder);
            record.push(label.map_or("not read".to_owned(), |(_, position)| written(*position)));
        }
        record.extend([statement.date.written.to_string(), statement.speaker.clone()]);
        record.extend([statement.kind.word().to_owned(), statement.text.clone(), statement.notes.clone()]);
        record
    };
    output::records(&header, agreement.disagreements.iter().filter(|d| d.between == wanted).map(record))
}
