//! Findings, charts and the statements behind them, of all or of a part.

use std::collections::{BTreeSet, HashMap};

use maud::{Markup, PreEscaped, html};
use unicode_normalization::UnicodeNormalization;

use crate::chart::kind::view::View;
use crate::chart::locale::Locale;
use crate::codebook::Codebook;
use crate::corpus::Corpus;
use crate::desk::pages::code::statement;
use crate::desk::pages::{colon, encoded, sentence};
use crate::error::Error;
use crate::label::{self, CoderAnswer};
use crate::page::chip::Chip;
use crate::page::statement::Shown;
use crate::page::table;
use crate::page::tint;
use crate::report::pictures::Drawing;
use crate::report::statements::Listed;
use crate::report::{Format, findings, pictures};
use crate::statement::Statement;
use crate::study::Study;

/// How many statements are shown at a time. Browsers are slow with very long tables.
pub const AT_A_TIME: usize = 200;

/// What a reader chose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// A speaker; empty for all.
    pub speaker: String,
    /// An issue, by its id; empty for all.
    pub issue: String,
    /// The first day, as typed.
    pub from: String,
    /// The last day, as typed.
    pub to: String,
    /// `hand`, `rules` or empty for both.
    pub whose: String,
}

/// Which statements of those chosen are in the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TablePart {
    /// Words that all occur in a statement or beside it.
    pub search: String,
    /// Statements without a position, too.
    pub all: bool,
    /// The id of an issue and a level's position, such as `tram 1`; empty for all.
    pub level: String,
    /// The page, from 0.
    pub page: usize,
}

impl TablePart {
    /// Whether it leaves out statements with a position, or those of another page.
    fn chooses(&self) -> bool {
        !self.search.is_empty() || !self.level.is_empty() || self.page > 0
    }
}

/// What was found, without the statements' table, which is made for each request.
#[derive(Debug)]
pub struct Exploration {
    title: String,
    found: Markup,
    pictures: String,
    /// The same pictures, whose marks lead to the pages of their statements and not to rows.
    leading: String,
    /// The style that shows the pictures in the dark.
    pub style: String,
    /// Every statement of those chosen with its chips, by date, then id.
    rows: Vec<(usize, Vec<Chip>)>,
}

impl Exploration {
    /// Finds and draws, which takes long.
    pub fn of(study: &Study<'_>, filter: &Filter, locale: &Locale, format: &Format) -> Exploration {
        let view = View::new(study, study.ask.selection.clone(), locale);
        let listed = Listed::up_to(study, usize::MAX);
        let gallery = pictures::pictures(study, &view, format, &listed);
        let found = findings::findings(&view);
        let drawn = pictures::section(&gallery, locale, |drawing| take(drawing, filter, locale)).into_string();
        let mut chips: HashMap<usize, Vec<Chip>> = listed.rows.into_iter().map(|row| (row.place, row.chips)).collect();
        let places = study.corpus.places(&study.ask.selection).into_iter();
        Exploration {
            title: found.title,
            found: found.section,
            leading: leading(&drawn),
            pictures: drawn,
            style: tint::pictures(gallery.drawings.iter().flat_map(|drawing| drawing.svgs())),
            rows: places.map(|place| (place, chips.remove(&place).unwrap_or_default())).collect(),
        }
    }

    /// The room with a part of the table.
    pub fn show(&self, corpus: &Corpus, filter: &Filter, part: &TablePart, locale: &Locale) -> Markup {
        let say = |id: &str| locale.say(id, &[]);
        let taken = self.taken(corpus, part, locale);
        // A mark leads to its row, if all rows are here.
        let whole = !part.chooses() && taken.len() <= AT_A_TIME;
        let pictures = if whole { &self.pictures } else { &self.leading };
        html! {
            h1 dir="auto" { (self.title) "." }
            (filters(corpus, filter, locale))
            section aria-labelledby="found" { h2 id="found" { (say("report-found")) } (self.found) }
            section aria-labelledby="pictures" { h2 id="pictures" { (say("report-pictures")) } (PreEscaped(pictures)) }
            section id="rows" aria-labelledby="all" { (rows(corpus, taken, filter, part, locale)) }
        }
    }

    /// A part of the table alone, for a page that has the rest.
    pub fn rows(&self, corpus: &Corpus, filter: &Filter, part: &TablePart, locale: &Locale) -> Markup {
        rows(corpus, self.taken(corpus, part, locale), filter, part, locale)
    }

    /// The positions of a statement, as they are shown.
    pub fn chips(&self, place: usize) -> Vec<Chip> {
        self.rows.iter().find(|(other, _)| *other == place).map(|(_, chips)| chips.clone()).unwrap_or_default()
    }

    /// The statements that a reader asked for.
    fn taken<'c>(&self, corpus: &'c Corpus, part: &TablePart, locale: &Locale) -> Vec<Shown<'c>> {
        let words: Vec<String> = folded(&part.search).split_whitespace().map(str::to_owned).collect();
        let level = part.level.rsplit_once(' ');
        let has_level = |chip: &Chip| {
            let position = chip.position.map(|position| position.0.to_string()).unwrap_or_default();
            level.is_none_or(|(issue, wanted)| {
                corpus.codebook.issue(chip.issue).id == issue && (wanted.is_empty() || wanted == position)
            })
        };
        let row = |(place, chips): &(usize, Vec<Chip>)| {
            // Statements are read again only together with everything here.
            let statement = corpus.statements.rows.get(*place)?;
            let fits = (part.all || !chips.is_empty()) && (level.is_none() || chips.iter().any(has_level));
            let fits = fits
                && (words.is_empty() || {
                    let text = searched(statement, chips, &corpus.codebook, locale);
                    words.iter().all(|word| text.contains(word))
                });
            fits.then(|| Shown { place: *place, statement, chips: chips.clone() })
        };
        self.rows.iter().filter_map(row).collect()
    }
}

fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// What is searched of a statement: all that its row shows.
fn searched(statement: &Statement, chips: &[Chip], codebook: &Codebook, locale: &Locale) -> String {
    let date = locale.day(statement.date.first());
    let levels = chips.iter().flat_map(|chip| {
        let issue = codebook.issue(chip.issue);
        let words = chip.position.and_then(|position| issue.level(position)).map_or("", |level| level.words.as_str());
        [issue.name.as_str(), words]
    });
    let (publisher, title) = (&statement.source_publisher, &statement.source_title);
    let own = [&statement.id, &date, &statement.speaker, &statement.text, publisher, title];
    let all: Vec<&str> = own.into_iter().map(String::as_str).chain(levels).collect();
    folded(&all.join("\n"))
}

/// A part of the table, with the choice of it.
fn rows(corpus: &Corpus, taken: Vec<Shown<'_>>, filter: &Filter, part: &TablePart, locale: &Locale) -> Markup {
    let (count, last) = (taken.len(), taken.len().saturating_sub(1) / AT_A_TIME);
    let page = part.page.min(last);
    let rows: Vec<Shown<'_>> = taken.into_iter().skip(page * AT_A_TIME).take(AT_A_TIME).collect();
    let heading = if part.all { "report-statements" } else { "desk-with-position" };
    html! {
        h2 id="all" { (locale.say(heading, &[])) }
        (choice(&corpus.codebook, filter, part, (page, last, count), locale))
        @if last == 0 { (table::statements("statements", &rows, &corpus.codebook, locale)) }
        // Sorted or searched, a part of the rows would look like all of them.
        @else { (table::plain("statements", &rows, &corpus.codebook, locale)) }
    }
}

/// The endings of the files of a chart that can be taken along.
pub const ENDINGS: [&str; 3] = ["svg", "png", "csv"];

/// The files of a chart, to take along. They are drawn anew from what was chosen, as `stance chart` draws them.
fn take(drawing: &Drawing, filter: &Filter, locale: &Locale) -> Markup {
    let Filter { speaker, issue, from, to, whose } = filter;
    let chosen = [("speaker", speaker), ("issue", issue), ("from", from), ("to", to), ("whose", whose)];
    let chosen = chosen.into_iter().filter(|(_, value)| !value.is_empty());
    let query: String = chosen.map(|(name, value)| format!("&{name}={}", encoded(value))).collect();
    html! {
        p class="take small" {
            (locale.say("desk-take", &[])) (colon(locale))
            @for ending in ENDINGS {
                @let name = format!("{}.{ending}", drawing.file);
                " " a href={ "picture?file=" (encoded(&drawing.file)) "&as=" (ending) (query) } title=(name)
                    aria-label={ (drawing.name) " · " (ending.to_uppercase()) " · " (name) } { (ending.to_uppercase()) }
            }
        }
    }
}

/// Pictures whose marks lead to the pages of their statements, and not to rows.
fn leading(pictures: &str) -> String {
    // Without the script, the Tab key would stop at each of hundreds.
    pictures.replace("href=\"#stance-", "tabindex=\"-1\" href=\"why?p=stance-")
}

/// The choice of statements below the pictures, and the way to the next ones.
fn choice(
    codebook: &Codebook,
    filter: &Filter,
    part: &TablePart,
    (page, last, count): (usize, usize, usize),
    locale: &Locale,
) -> Markup {
    let say = |id: &str| locale.say(id, &[]);
    let Filter { speaker, issue, from, to, whose } = filter;
    let kept = [("speaker", speaker), ("issue", issue), ("from", from), ("to", to), ("whose", whose)];
    let (first, end) = (page * AT_A_TIME + 1, ((page + 1) * AT_A_TIME).min(count));
    html! {
        form method="get" action="explore#all" class="plain grid" data-part="rows" {
            @for (name, value) in kept { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } }
            div { label for="q" { (say("page-search")) } input id="q" name="q" type="search" value=(part.search) autocomplete="off"; }
            div { label for="which" { (say("page-statements")) }
                select id="which" name="which" {
                    option value="" { (say("desk-with-position")) }
                    option value="all" selected[part.all] { (say("report-statements")) }
                }
            }
            div { label for="level" { (say("page-position")) }
                select id="level" name="level" {
                    option value="" { (say("page-all")) }
                    @for scale in &codebook.issues {
                        optgroup label=(scale.name) {
                            @let any = format!("{} ", scale.id);
                            option value=(any) selected[part.level == any] { (scale.name) }
                            @for level in scale.levels.iter().rev() {
                                @let value = format!("{} {}", scale.id, level.position.0);
                                option value=(value) selected[part.level == value] { (level.words) " (" (locale.position_on(scale, level.position.0)) ")" }
                            }
                        }
                    }
                }
            }
            div { button { (say("desk-show")) } }
            @if count > 0 {
                p class="actions" {
                    (locale.say("desk-part", &[("from", &first), ("to", &end), ("all", &count)])) " "
                    @if page > 0 { button name="page" value=(page) { "← " (say("desk-previous")) } " " }
                    @if page < last { button name="page" value=(page + 2) { (say("desk-next")) " →" } }
                }
            }
        }
    }
}

/// The room if there is nothing to show in it.
pub fn nothing(corpus: &Corpus, filter: &Filter, why: &Error, locale: &Locale) -> Markup {
    html! {
        @match why {
            Error::Request { what, hint } => { h1 dir="auto" lang="en" { (sentence(what)) } p dir="auto" lang="en" { (sentence(hint)) } }
            other => h1 dir="auto" lang="en" { (sentence(&other.to_string())) },
        }
        (filters(corpus, filter, locale))
    }
}

fn filters(corpus: &Corpus, filter: &Filter, locale: &Locale) -> Markup {
    let say = |id: &str| locale.say(id, &[]);
    let speakers: BTreeSet<&str> = corpus.statements.rows.iter().map(|row| row.speaker.as_str()).collect();
    let Codebook { issues, .. } = &corpus.codebook;
    let whose = [("", say("desk-whose-both")), ("hand", say("desk-whose-hand")), ("rules", say("desk-whose-rules"))];
    html! {
        form method="get" action="explore" class="plain grid" {
            div { label for="speaker" { (say("embed-speaker")) }
                select id="speaker" name="speaker" {
                    option value="" { (say("page-all")) }
                    @for speaker in speakers { option value=(speaker) selected[speaker == filter.speaker] { (speaker) } }
                }
            }
            div { label for="issue" { (say("report-issue")) }
                select id="issue" name="issue" {
                    option value="" { (say("page-all")) }
                    @for issue in issues { option value=(issue.id) selected[issue.id == filter.issue] { (issue.name) } }
                }
            }
            div { label for="from" { (say("desk-from")) } input id="from" name="from" type="date" value=(filter.from); }
            div { label for="to" { (say("desk-to")) } input id="to" name="to" type="date" value=(filter.to); }
            div { label for="whose" { (say("desk-whose")) }
                select id="whose" name="whose" { @for (value, name) in whose { option value=(value) selected[value == filter.whose] { (name) } } }
            }
            div { button { (say("desk-show")) } " " a class="button" href="explore" { (say("page-reset")) } }
        }
    }
}

/// One statement as the card of a mark.
pub fn card(corpus: &Corpus, place: usize, chips: Vec<Chip>, locale: &Locale) -> Markup {
    let statement = &corpus.statements.rows[place];
    let shown = Shown { place, statement, chips };
    html! {
        p class="who" { bdi { (statement.speaker) } " · " (shown.when(locale)) }
        blockquote { (shown.words(locale)) }
        p { (shown.positions(&corpus.codebook, locale)) }
        p class="source" { (shown.source(locale)) }
    }
}

/// One statement: what each coder gave and why, what rules gave at which words, and why.
/// `explained` is in English. `None` if nothing of the rules may be shown.
pub fn one(corpus: &Corpus, place: usize, explained: Option<&str>, locale: &Locale) -> Markup {
    let say = |id: &str| locale.say(id, &[]);
    let answers = label::answers(&corpus.coders);
    let given = |issue| answers.get(&(place, issue)).map_or(&[][..], Vec::as_slice);
    let line = |answer: &CoderAnswer<'_>| {
        html! { li { bdi { (answer) } @if !answer.rationale.is_empty() { (colon(locale)) span dir="auto" { (answer.rationale) } } } }
    };
    html! {
        (statement(corpus, place, locale))
        h2 { (say("desk-why-hand")) }
        @for issue in corpus.codebook.indices() {
            h3 { bdi { (corpus.codebook.issue(issue).name) } }
            @if given(issue).is_empty() { p class="aside" { (say("desk-why-unread")) } }
            ul { @for answer in given(issue) { (line(answer)) } }
        }
        h2 { (say("desk-why-rules")) }
        @match explained {
            Some(text) => pre class="explained" dir="auto" lang="en" { (text) },
            None => p class="aside" { (say("desk-rules-hidden")) },
        }
        p { a href="explore" { (say("desk-why-back")) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_leads_to_the_page_of_its_statement() {
        let pictures = r##"<a href="#stance-3">x</a><a href="#other">z</a>"##;
        let expected = r##"<a tabindex="-1" href="why?p=stance-3">x</a><a href="#other">z</a>"##;
        assert_eq!(leading(pictures), expected);
    }
}
