//! Coders in print: two by two, by month, and if there are very many of them.

use std::collections::{BTreeMap, BTreeSet};

use stance::agreement::interval::Margin;
use stance::agreement::pairs::CoderPair;
use stance::agreement::statistic::Coefficient;
use stance::agreement::{Agreement, Counts};
use stance::error::Result;
use stance::words::{many, percent};

use super::output;

/// The most coders in one line or table.
const MOST_CODERS: usize = 8;
/// The most pairs of coders in a table, for each issue.
const MOST_PAIRS: usize = 10;
/// Of fewer statements, kappa is chance.
const FEWEST_FOR_KAPPA: usize = 10;
/// The most months in a table; of more, the years are printed.
const MOST_MONTHS: usize = 24;

/// Names in a list, the last of many as a count.
pub fn named(names: &[String]) -> String {
    if names.len() <= MOST_CODERS {
        return names.join(", ");
    }
    format!("{} and {} more", names[..MOST_CODERS].join(", "), names.len() - MOST_CODERS)
}

/// The labels of the coders with the most of them on each issue, and of all others together.
pub fn most_labels(counts: &[&Counts]) -> Vec<Counts> {
    let total = |counts: &Counts| counts.none + counts.levels.iter().map(|(_, count)| count).sum::<usize>();
    let mut all = Vec::new();
    for of_issue in counts.chunk_by(|a, b| a.issue == b.issue) {
        let mut shown: Vec<Counts> = of_issue.iter().map(|counts| (*counts).clone()).collect();
        if shown.len() > MOST_CODERS {
            shown.sort_by_key(|counts| std::cmp::Reverse(total(counts)));
            let others = shown.split_off(MOST_CODERS);
            let mut rest = others[0].clone();
            rest.coder = format!("{} others", others.len());
            for other in &others[1..] {
                rest.none += other.none;
                rest.levels.iter_mut().zip(&other.levels).for_each(|(sum, (_, count))| sum.1 += count);
            }
            shown.push(rest);
        }
        all.extend(shown);
    }
    all
}

/// Who codes higher, and when each coder coded.
pub fn for_people(agreement: &Agreement) -> String {
    let header = |cells: &[&str]| vec![cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>()];
    let mut table =
        header(&["Issue", "Coders", "Both gave one", "Higher", "By levels (95 %)", "Same", "Kappa, linear"]);
    let mut notes = String::new();
    for of_issue in agreement.pairs.chunk_by(|a, b| a.issue == b.issue) {
        let (mut compared, apart): (Vec<&CoderPair>, Vec<&CoderPair>) = of_issue.iter().partition(|pair| pair.both > 0);
        let size = |pair: &CoderPair| pair.bias.unwrap_or(0.0).abs();
        let unsure = |pair: &CoderPair| pair.bias_interval.interval().is_none();
        compared.sort_by(|a, b| unsure(a).cmp(&unsure(b)).then(size(b).total_cmp(&size(a))));
        table.extend(compared.iter().take(MOST_PAIRS).map(|pair| row(pair)));
        let (issue, rest) = (&of_issue[0].issue, compared.len().saturating_sub(MOST_PAIRS));
        if rest > 0 {
            notes += &output::paragraph(
                &format!(
                    "{issue}: {} not shown, with smaller differences or too few statements. --format csv --table pairs \
                     prints them.",
                    many(rest, "pair")
                ),
                "",
            );
        }
        let none: Vec<String> = apart.iter().map(|pair| format!("{} and {}", pair.first, pair.second)).collect();
        match none.as_slice() {
            [] => {}
            [one] => {
                notes +=
                    &format!("{issue}: {one} gave no position to the same statement, so their bias is undefined.\n")
            }
            several => {
                let what = format!(
                    "{issue}: {} gave no position to the same statement, so their bias is undefined: ",
                    many(several.len(), "pair")
                );
                notes += &output::paragraph(&(what + &named(several) + "."), "");
            }
        }
    }
    let compared = if table.len() > 1 { output::columns(&table) } else { String::new() };
    let months =
        if agreement.months.is_empty() { String::new() } else { format!("\nLabels by month\n{}", months(agreement)) };
    format!("\nWho codes higher?\n{compared}{notes}{months}")
}

fn row(pair: &CoderPair) -> Vec<String> {
    let bias = pair.bias.unwrap_or(0.0);
    let (higher, sign) = if bias > 0.0 { (pair.second.as_str(), 1.0) } else { (pair.first.as_str(), -1.0) };
    // Seen from the coder who is higher.
    let range = match pair.bias_interval {
        Margin::Known(interval) => {
            let (a, b) = (sign * interval.low, sign * interval.high);
            format!("({:+.2} to {:+.2})", a.min(b), a.max(b))
        }
        Margin::Unknown(why) => format!("({why})"),
    };
    let share = |value: Coefficient| value.value().map_or(value.to_string(), percent);
    let kappa = match pair.kappa_linear {
        _ if pair.both < FEWEST_FOR_KAPPA => "–".to_owned(),
        Coefficient::Value(kappa) => format!("{kappa:.2}"),
        undefined => undefined.to_string(),
    };
    vec![
        pair.issue.clone(),
        format!("{}, {}", pair.first, pair.second),
        pair.both.to_string(),
        if bias == 0.0 { "neither" } else { higher }.to_owned(),
        format!("{:.2} {range}", bias.abs()),
        share(pair.percent),
        kappa,
    ]
}

/// How many labels each coder gave, by month or year. Issues with the same numbers share a table.
fn months(agreement: &Agreement) -> String {
    let months: BTreeSet<&str> = agreement.months.iter().map(|row| row.month.as_str()).collect();
    let years = months.len() > MOST_MONTHS;
    let time = |month: &str| if years { month[..month.len() - 3].to_owned() } else { month.to_owned() };
    type Counted = BTreeMap<String, BTreeMap<String, usize>>;
    let mut tables: Vec<(Vec<String>, Counted)> = Vec::new();
    for of_issue in agreement.months.chunk_by(|a, b| a.issue == b.issue) {
        let mut counted = Counted::new();
        for row in of_issue {
            *counted.entry(time(&row.month)).or_default().entry(row.coder.clone()).or_default() += row.read;
        }
        match tables.iter_mut().find(|(_, other)| *other == counted) {
            Some((issues, _)) => issues.push(of_issue[0].issue.clone()),
            None => tables.push((vec![of_issue[0].issue.clone()], counted)),
        }
    }
    let mut out = String::new();
    for (issues, counted) in tables {
        let mut coders: Vec<(&String, usize)> = agreement
            .coders
            .iter()
            .map(|coder| (coder, counted.values().filter_map(|of_time| of_time.get(coder)).sum()))
            .collect();
        if coders.len() > MOST_CODERS {
            coders.sort_by_key(|(_, labels)| std::cmp::Reverse(*labels));
        }
        let (shown, others) = coders.split_at(coders.len().min(MOST_CODERS));
        let mut header = vec![issues.join(", ")];
        header.extend(shown.iter().map(|(coder, _)| (*coder).clone()));
        if !others.is_empty() {
            header.push(format!("{} others", others.len()));
        }
        let mut table = vec![header];
        for (time, of_time) in &counted {
            let of = |coder: &String| of_time.get(coder).copied().unwrap_or(0);
            let mut row = vec![time.clone()];
            row.extend(shown.iter().map(|(coder, _)| of(coder).to_string()));
            if !others.is_empty() {
                row.push(others.iter().map(|(coder, _)| of(coder)).sum::<usize>().to_string());
            }
            table.push(row);
        }
        out += &output::columns(&table);
    }
    out
}

/// The ends of an interval as two cells; without one, both say why.
pub fn ends(margin: Margin) -> [String; 2] {
    match margin {
        Margin::Known(interval) => [interval.low.to_string(), interval.high.to_string()],
        Margin::Unknown(why) => [why.to_string(), why.to_string()],
    }
}

/// Every pair of coders as CSV.
pub fn csv(pairs: &[CoderPair]) -> Result<String> {
    let header =
        ["issue", "first", "second", "read", "both", "bias", "bias_low", "bias_high", "percent", "kappa_linear"];
    let exact = |coefficient: Coefficient| match coefficient {
        Coefficient::Value(value) => value.to_string(),
        undefined => undefined.to_string(),
    };
    let record = |pair: &CoderPair| {
        let mut record: Vec<String> = [&pair.issue, &pair.first, &pair.second].map(Clone::clone).to_vec();
        record.extend([pair.read, pair.both].map(|count| count.to_string()));
        record.push(pair.bias.map_or("undefined (no overlap)".to_owned(), |bias| bias.to_string()));
        record.extend(ends(pair.bias_interval));
        record.extend([pair.percent, pair.kappa_linear].map(exact));
        record
    };
    let bytes = output::records(&header, pairs.iter().map(record))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
