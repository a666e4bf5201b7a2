//! The room with findings and charts.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use maud::Markup;
use stance::chart::kind::view::View;
use stance::chart::locale::ChartLanguage;
use stance::chart::picture::{Look, OwnWords, PictureFormat};
use stance::corpus::{Corpus, Selection};
use stance::date;
use stance::desk::pages::Room;
use stance::desk::pages::explore::{ENDINGS, Exploration, Filter, TablePart, card, nothing, one};
use stance::desk::words;
use stance::error::{Error, Result};
use stance::label::Whose;
use stance::page::statement::place_of;
use stance::report::Format;
use stance::report::pictures::picture;
use stance::rule::RuleDecisions;
use stance::rule::topic::Said;
use stance::study::{Ask, Relabel, Study};

use super::{Step, page};
use crate::cli::desk::serve::{Asked, Reply};
use crate::cli::desk::state::{Desk, Explored};
use crate::cli::{chart, explain};

/// What the address chooses.
fn filter(asked: &Asked) -> Filter {
    let field = |name: &str| asked.query.get(name).trim().to_owned();
    Filter {
        speaker: field("speaker"),
        issue: field("issue"),
        from: field("from"),
        to: field("to"),
        whose: field("whose"),
    }
}

/// Shows the findings of what was chosen.
pub fn show(desk: &mut Desk, corpus: &Arc<Corpus>, asked: &Asked) -> Result<Step> {
    let (field, filter) = (|name: &str| asked.query.get(name).trim().to_owned(), filter(asked));
    // Pages are counted from 1 in addresses.
    let page = field("page").parse::<usize>().map_or(0, |page| page.saturating_sub(1));
    // An issue alone ends with a space.
    let level = asked.query.get("level").to_owned();
    let part = TablePart { search: field("q"), all: field("which") == "all", level, page };
    if let Some(explored) = desk.explored.as_ref().filter(|last| !last.stale && last.filter == filter) {
        let locale = words::locale(desk.language);
        let findings = explored.findings.as_ref().ok().filter(|_| asked.by_script);
        let rows = findings.map(|findings| findings.rows(corpus, &filter, &part, &locale));
        return Ok(Step::Done(match rows {
            Some(rows) => Reply::Part(rows.into_string()),
            None => last(desk, corpus, &part),
        }));
    }
    let (corpus, decisions, language) = (Arc::clone(corpus), Arc::clone(&desk.decisions), desk.language);
    Ok(Step::Explore(Work { corpus, decisions, language, filter, part }))
}

/// A file of a chart that is shown.
pub fn take(desk: &Desk, corpus: &Arc<Corpus>, asked: &Asked) -> Result<Step> {
    let (file, ending) = (asked.query.get("file").to_owned(), asked.query.get("as").to_owned());
    if !ENDINGS.contains(&ending.as_str()) {
        return Err(no_picture());
    }
    let (corpus, decisions, language) = (Arc::clone(corpus), Arc::clone(&desk.decisions), desk.language);
    let part = TablePart { search: String::new(), all: false, level: String::new(), page: 0 };
    let work = Work { corpus, decisions, language, filter: filter(asked), part };
    Ok(Step::Picture(work, desk.folder.clone(), format!("{file}.{ending}")))
}

fn no_picture() -> Error {
    Error::request("there is no such chart", "open Explore, and choose SVG, PNG or CSV below a chart")
}

/// A study to make.
pub struct Work {
    corpus: Arc<Corpus>,
    decisions: Arc<RuleDecisions>,
    language: ChartLanguage,
    filter: Filter,
    part: TablePart,
}

impl Work {
    /// Makes it.
    pub fn explored(self) -> (Arc<Corpus>, Explored, TablePart) {
        let locale = words::locale(self.language);
        let made = ask(&self.corpus, &self.filter).and_then(|ask| {
            let study = Study::of(&self.corpus, &self.decisions, ask, &|_, _| {});
            study.not_empty()?;
            Ok(Exploration::of(&study, &self.filter, &locale, &self.format(&study)))
        });
        let findings = made.map_err(|error| nothing(&self.corpus, &self.filter, &error, &locale));
        (self.corpus, Explored { filter: self.filter, findings, stale: false }, self.part)
    }

    fn format(&self, study: &Study<'_>) -> Format {
        Format { language: self.language, speakers: study.ask.selection.speakers.clone(), ..Format::default() }
    }

    /// Draws a chart of it as a file, in the house style of the corpus, as `stance chart` does.
    ///
    /// # Errors
    /// [`Error::Request`] if there is no such chart, and the error of the house style if it has a fault.
    pub fn file(&self, folder: &Path, name: &str) -> Result<Reply> {
        let house = chart::house(folder)?;
        let look = chart::house_look(&house, folder)?;
        let study = Study::of(&self.corpus, &self.decisions, ask(&self.corpus, &self.filter)?, &|_, _| {});
        study.not_empty()?;
        let (locale, format) = (words::locale(self.language), self.format(&study));
        let view = View::new(&study, study.ask.selection.clone(), &locale);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let own = OwnWords {
            source: house.source.clone(),
            note: house.note.clone(),
            credit: house.credit.clone(),
            ..OwnWords::default()
        };
        let picture = picture(&study, &view, &format, stem, &own).ok_or_else(no_picture)?;
        let formats = match ending {
            "svg" => vec![PictureFormat::Svg],
            "png" => vec![PictureFormat::Png],
            _ => Vec::new(),
        };
        let (files, _) = picture.files(&Look { formats, ..look })?;
        let file = files.into_iter().find(|file| file.name == name).ok_or_else(no_picture)?;
        let kind = match ending {
            "svg" => "image/svg+xml",
            "png" => "image/png",
            _ => "text/csv; charset=utf-8",
        };
        Ok(Reply::File { name: file.name, kind, bytes: file.bytes })
    }
}

/// Shows what was made, and remembers it unless the corpus has changed meanwhile.
pub fn shown(desk: &mut Desk, (corpus, explored, part): (Arc<Corpus>, Explored, TablePart)) -> Reply {
    let current = desk.corpus.as_ref().is_some_and(|now| Arc::ptr_eq(now, &corpus));
    desk.explored = Some(explored);
    let reply = last(desk, &corpus, &part);
    // The style of its pictures is asked for next, so it is kept.
    if !current && let Some(explored) = &mut desk.explored {
        explored.stale = true;
    }
    reply
}

fn last(desk: &mut Desk, corpus: &Arc<Corpus>, part: &TablePart) -> Reply {
    let locale = words::locale(desk.language);
    let main = match &desk.explored {
        Some(Explored { filter, findings: Ok(findings), .. }) => findings.show(corpus, filter, part, &locale),
        Some(Explored { findings: Err(nothing), .. }) => nothing.clone(),
        None => Markup::default(),
    };
    page(desk, corpus, Some(Room::Explore), &locale, &main)
}

/// What a filter asks for. Verdicts are judged on the whole family, whatever is shown.
fn ask(corpus: &Corpus, filter: &Filter) -> Result<Ask> {
    let day = |text: &str| -> Result<Option<NaiveDate>> {
        if text.is_empty() {
            return Ok(None);
        }
        date::parse_day(text).map(Some).map_err(|fault| Error::request(fault.what, fault.hint))
    };
    let chosen = |text: &String| (!text.is_empty()).then(|| text.clone());
    let (from, to) = (day(&filter.from)?, day(&filter.to)?);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        return Err(Error::request("the last day is before the first", "swap the two days"));
    }
    let selection = Selection {
        speakers: chosen(&filter.speaker).map(|name| corpus.find_speaker(&name)).transpose()?.into_iter().collect(),
        issues: chosen(&filter.issue).map(|id| corpus.find_issue(&id)).transpose()?.into_iter().collect(),
        from,
        to,
        ..Selection::default()
    };
    let whose = match filter.whose.as_str() {
        "hand" => Whose::Hand,
        "rules" => Whose::Rules,
        _ => Whose::Both,
    };
    Ok(Ask { selection, whose, relabel: Relabel::All, ..Ask::default() })
}

/// Shows one statement with all its labels.
pub fn why(desk: &mut Desk, corpus: &Arc<Corpus>, asked: &Asked) -> Result<Reply> {
    let place = place_of(asked.query.get("p")).filter(|place| *place < corpus.statements.rows.len());
    let Some(place) = place else { return Ok(Reply::See(Room::Explore.path().to_owned())) };
    let row = &corpus.statements.rows[place];
    let locale = words::locale(desk.language);
    if asked.by_script {
        let findings = desk.explored.as_ref().and_then(|explored| explored.findings.as_ref().ok());
        let chips = findings.map(|findings| findings.chips(place)).unwrap_or_default();
        return Ok(Reply::Part(card(corpus, place, chips, &locale).into_string()));
    }
    let explained = (!row.unseen).then(|| explain::text(corpus, Some(place), row, &Said::statement(row)));
    let main = one(corpus, place, explained.as_deref(), &locale);
    Ok(page(desk, corpus, Some(Room::Explore), &locale, &main))
}
