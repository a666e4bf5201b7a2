//! A card: one speaker on one issue, with one quotation set large.

use crate::chart::direction;
use crate::chart::figure::{Body, Figure, Quote};
use crate::chart::kind::finding::{Finding, told};
use crate::chart::kind::telling::telling;
use crate::chart::kind::timeline::{Quotes, TimelinePart, levels, quote};
use crate::chart::kind::view::{Marked, View};
use crate::error::{Error, Result};

/// Builds the card of a speaker, on the issue with the strongest finding. Its quotation is the first one that
/// was asked for, or the one that shows the finding: the first after a shift, the last of a drift, the one that
/// stands apart, and otherwise the latest.
///
/// # Errors
/// [`Error::Request`] if there is no position to draw, or the quotation that was asked for has none.
pub fn card(view: &View<'_>, quotes: &Quotes) -> Result<Figure> {
    let told = told(view);
    let asked = match quotes {
        Quotes::Of(ids) => ids.first(),
        Quotes::Telling => None,
    };
    let has = |marks: &[&Marked<'_>]| asked.is_none_or(|id| marks.iter().any(|mark| mark.id() == id));
    let Some(first) = told.iter().find(|told| has(&told.marks)) else {
        view.span()?;
        let what = format!("the statement `{}` has no position here", asked.map_or("", String::as_str));
        return Err(Error::request(what, "choose another, or leave --quote out"));
    };
    if view.is_counted() && !first.marks.iter().any(|mark| mark.has_words()) {
        let what = "a card sets a quotation, and the counts have no statement in words";
        let hint = "draw another kind, or name a file of labels with the column text, as `stance label` writes it";
        return Err(Error::request(what, hint));
    }
    let view = view.only(first.pair.index);
    let speaker = first.pair.speaker.clone();
    let title = first.issue.name.clone();
    let how = view.marks_said();
    let parts = [TimelinePart { speaker, index: first.pair.index, title }];
    let mut figure = levels(&view, &parts, &Quotes::Of(Vec::new()), &how)?;
    let marks = &first.marks;
    let places = telling(marks, Some(&first.pair.verdict), first.pair.latest.as_ref(), first.pair.grain);
    let place = match (&first.finding, asked) {
        (_, Some(id)) => marks.iter().position(|mark| mark.id() == id),
        (Finding::Moved(..) | Finding::Drifted(_), None) => places.get(1).or(places.first()).copied(),
        (Finding::Swung(_) | Finding::Apart(_), None) => places.first().copied(),
        _ => None,
    };
    let has_words = |mark: &&Marked<'_>| mark.has_words();
    let latest = || {
        let direct = marks.iter().rposition(|mark| has_words(mark) && !mark.indirect());
        direct.or_else(|| marks.iter().rposition(has_words))
    };
    let place = place.or_else(latest);
    if let (Some(place), Body::Timeline(timeline)) = (place.filter(|p| !marks[*p].by_month()), &mut figure.body) {
        timeline.panels.iter_mut().for_each(|panel| panel.lead = Some(place));
        figure.subtitle += &format!("\n{}", view.locale.say("card-ringed", &[]));
    }
    figure.lead = place.map(|place| {
        let mark = marks[place];
        let said = quote(&view, mark, place, (mark.from(), mark.to()));
        let when = view.locale.date(mark.statement.date);
        // A name in another direction must not turn the commas around.
        // A group says nothing: a person does.
        let person = mark.statement.speaker.as_str();
        let mut by = vec![person, mark.speaker(), &when, mark.publisher()];
        by.retain(|part| !part.is_empty());
        let mut said_once: Vec<&str> = Vec::new();
        by.into_iter().for_each(|part| {
            if !said_once.contains(&part) {
                said_once.push(part);
            }
        });
        let head = said_once.into_iter().map(direction::isolated).collect::<Vec<_>>().join(", ");
        Quote { head, ..said }
    });
    Ok(figure)
}
