//! How far the labels can be trusted: coders with one another, and rules with coders.

use maud::{Markup, html};

use crate::agreement::interval::Margin;
use crate::agreement::rules::{self, Assessment};
use crate::agreement::share::Share;
use crate::agreement::statistic::{Coefficient, Estimate, Metric};
use crate::agreement::{self, AgreementRow, Between, By, Comparison};
use crate::chart::locale::Locale;
use crate::codebook::Position;
use crate::rule::RuleDecisions;
use crate::study::Study;
use crate::unseen::looks::Found;
use crate::words::percent;

/// A coefficient is shown for at least this many statements, as in `stance agree`.
const ENOUGH: usize = 10;
/// The most rules that are listed.
const MOST_RULES: usize = 500;

/// What the table of agreement means. It is the text of `stance agree`, shorter.
const ALPHA: &str = "Alpha: Krippendorff's, ordinal. 1 is full agreement, 0 is what chance would give. In brackets: the \
                     95 % interval, with statements of one speaker on one day taken together. Coders are compared before \
                     adjudication.";

/// Agreement between coders.
pub fn agreement(study: &Study<'_>, decisions: &RuleDecisions, locale: &Locale) -> Markup {
    if study.counts.is_some() {
        return html! { p { (locale.say("report-counted", &[])) } };
    }
    let request = Comparison {
        selection: study.ask.selection.clone(),
        between: vec![Between::Coders],
        by: vec![By::Issue],
        metric: Metric::Ordinal,
    };
    let measured = agreement::agreement(study.corpus, decisions, &request);
    let why_not = match measured.coders.len() {
        0 => Some("report-no-coder"),
        1 => Some("report-one-coder"),
        _ if measured.rows.iter().all(|row| row.read == 0) => Some("report-nothing-shared"),
        _ => None,
    };
    if let Some(why) = why_not {
        return html! { p { (locale.say(why, &[])) } };
    }
    let share = |value: Coefficient| value.value().map_or("–".to_owned(), percent);
    let cells = |row: &AgreementRow| {
        vec![
            issue_name(study, &row.issue),
            row.both.to_string(),
            share(row.percent),
            share(row.within_one),
            if row.both < ENOUGH { "–".to_owned() } else { estimate(row.alpha) },
            row.read.to_string(),
            share(row.presence_percent),
        ]
    };
    let columns = ["issue", "both", "same", "near", "alpha", "both-read", "presence"];
    html! {
        (table(locale, "report-agreement", &columns, measured.rows.iter().map(cells)))
        p class="small" lang="en" { (ALPHA) }
    }
}

/// How rules do: first on statements that their author had not seen.
pub fn rules(study: &Study<'_>, decisions: &RuleDecisions, locale: &Locale) -> Markup {
    if study.counts.is_some() {
        return html! { p { (locale.say("report-counted", &[])) } };
    }
    if study.corpus.rules.rules.is_empty() {
        return html! { p { (locale.say("report-no-rules", &[])) } };
    }
    let assessed = rules::assess(study.corpus, decisions);
    let met: Vec<_> = assessed.unseen.first_contact.iter().filter(|contact| is_shown(study, &contact.issue)).collect();
    let statements = locale.many("statements", assessed.statements);
    html! {
        @if met.is_empty() {
            p { (locale.say("footer-rules-unknown", &[])) }
        } @else {
            h3 { (locale.say("report-unseen", &[])) }
            (table(locale, "report-unseen", &["issue", "found-by-rules", "same", "near", "false", "look", "rules-version"],
                met.iter().map(|contact| {
                    let mut cells = vec![issue_name(study, &contact.issue)];
                    cells.extend(found(&contact.counts, locale));
                    cells.extend([contact.look.to_string(), contact.rules.clone()]);
                    cells
                })))
        }
        @if let Some(history) = &assessed.unseen.history { p class="small" lang="en" { (history.in_words()) } }
        h3 { (locale.say("report-seen", &[("statements", &statements)])) }
        (table(locale, "report-rules", &["issue", "found-by-rules", "same", "near", "false"],
            assessed.issues.iter().filter(|row| is_shown(study, &row.issue)).map(|row| {
                let mut cells = vec![issue_name(study, &row.issue)];
                cells.extend(found(&row.counts, locale));
                cells
            })))
        (each(&assessed, study, locale))
    }
}

/// A row for each rule that fires, folded.
fn each(assessed: &Assessment, study: &Study<'_>, locale: &Locale) -> Markup {
    let firing: Vec<_> = assessed.rules.iter().filter(|rule| rule.fires > 0 && is_shown(study, &rule.issue)).collect();
    let left = firing.len().saturating_sub(MOST_RULES);
    html! {
        details {
            summary { (locale.say("report-each-rule", &[])) }
            (table(locale, "report-each-rule", &["rule", "issue", "gives", "statement-count", "same"],
                firing.iter().take(MOST_RULES).map(|rule| {
                    let whole = rule.correct + rule.incorrect;
                    vec![
                        rule.rule.clone(),
                        issue_name(study, &rule.issue),
                        locale.number(&Position(rule.position).to_string()),
                        rule.fires.to_string(),
                        share(rule.correct, whole, locale),
                    ]
                })))
            @if left > 0 { p class="small" { (locale.say("report-more-rows", &[("count", &left)])) } }
        }
    }
}

/// What rules found, as shares: found, the same level, at most one level apart, and positions without cause.
fn found(counts: &Found, locale: &Locale) -> [String; 4] {
    [
        share(counts.found, counts.hand, locale),
        share(counts.exact, counts.found, locale),
        share(counts.within_one, counts.found, locale),
        share(counts.false_alarms, counts.none, locale),
    ]
}

/// A share with its interval, in the page's language. A dash if it is of nothing.
fn share(part: usize, whole: usize, locale: &Locale) -> String {
    let Some((low, high)) = (Share { part, whole }).interval() else { return "–".to_owned() };
    let [low, high] = [low, high].map(|share| (100.0 * share).round());
    locale.say("footer-share", &[("part", &part), ("whole", &whole), ("low", &low), ("high", &high)])
}

fn estimate(estimate: Estimate) -> String {
    match (estimate.value, estimate.interval) {
        (Coefficient::Value(value), Margin::Known(interval)) => {
            format!("{value:.2} ({:.2}–{:.2})", interval.low, interval.high)
        }
        (Coefficient::Value(value), Margin::Unknown(_)) => format!("{value:.2}"),
        _ => "–".to_owned(),
    }
}

fn is_shown(study: &Study<'_>, id: &str) -> bool {
    study.corpus.codebook.find(id).is_some_and(|issue| study.ask.selection.takes_issue(issue))
}

fn issue_name(study: &Study<'_>, id: &str) -> String {
    let codebook = &study.corpus.codebook;
    codebook.find(id).map_or(id.to_owned(), |index| codebook.issue(index).name.clone())
}

/// A table whose first column has words, and the others figures.
fn table(locale: &Locale, name: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Markup {
    let words = |place: usize| place == 0 || matches!(columns[place], "issue" | "rules-version");
    html! {
        div class="wide" role="region" tabindex="0" aria-label=(locale.say(name, &[("statements", &"")])) {
            table class="plain" {
                thead {
                    tr {
                        @for (place, column) in columns.iter().enumerate() {
                            th scope="col" class=[(!words(place)).then_some("number")] {
                                (locale.say(&format!("report-{column}"), &[]))
                            }
                        }
                    }
                }
                tbody {
                    @for cells in rows {
                        tr {
                            @for (place, cell) in cells.iter().enumerate() {
                                td class=[(!words(place)).then_some("number")] { bdi { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
