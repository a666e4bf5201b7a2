//! What a study did, in sentences.

use crate::shift::Correction;
use crate::study::{Family, PairChoice, StudyView};
use crate::words::{listed, many};

/// How many pairs were tested, and how, and what p is corrected for.
pub fn tested(study: StudyView<'_>) -> String {
    let (verdicts, request) = (&study.verdicts, &study.ask.request);
    let unit = study.ask.grain.word();
    let name = study.ask.by.as_ref().map_or("speaker", |column| &column.name);
    let correction = match request.correction {
        Correction::Holm => "corrected by Holm's method",
        Correction::BenjaminiHochberg => "corrected by the method of Benjamini and Hochberg",
        Correction::None => "not corrected",
    };
    let what = match request.event {
        Some(event) => format!("by comparing the {unit}s before {event} with the {unit}s from then on"),
        None => "for a shift at any date".to_owned(),
    };
    // With groups, speakers choose what is read, so they change the family.
    let readers: Vec<&str> = match study.ask.by {
        Some(_) => study.ask.selection.speakers.iter().map(String::as_str).collect(),
        None => Vec::new(),
    };
    let among = if readers.is_empty() {
        String::new()
    } else {
        format!(" in the statements of {}", listed(readers.iter().copied()))
    };
    let tested = format!(
        "Of {} of {name} and issue{among}, {} had enough {unit}s to be tested {what}. Level {}, {correction}.{} Seed {}.",
        many(verdicts.pairs.len(), "pair"),
        verdicts.tested,
        request.alpha,
        rearranged(study),
        request.seed
    );
    let shown = study.shown().count();
    let is_corrected = request.correction != Correction::None;
    if let PairChoice::Only(_) = &study.ask.pairs {
        let corrected =
            format!(" p is corrected for the {} of the plan that could be tested.", many(verdicts.tested, "pair"));
        return if is_corrected { tested + &corrected } else { tested };
    }
    if !is_corrected {
        let few = shown < verdicts.pairs.len();
        return if few { format!("{tested} {} shown.", many(shown, "pair")) } else { tested };
    }
    if !readers.is_empty() {
        let corrected = "p is corrected for the pairs in these statements only, so it holds only if you chose the speakers before you looked.";
        return format!("{tested} {corrected}");
    }
    match study.ask.family {
        Family::Selected if !study.ask.shows_all() => format!(
            "{tested} p is corrected for the selected pairs only, so it holds only if you chose them before you looked."
        ),
        Family::Whole if shown < verdicts.pairs.len() => format!(
            "{tested} {} shown. p is corrected for all tested pairs, shown or not, so selecting pairs changes no verdict.",
            many(shown, "pair")
        ),
        _ => tested,
    }
}

/// How many rearrangements the tests made.
fn rearranged(study: StudyView<'_>) -> String {
    let unit = study.ask.grain.word();
    let made = || study.verdicts.pairs.iter().filter_map(|pair| pair.rearrangements).filter(|made| *made > 0);
    match (made().min(), made().max()) {
        (Some(least), Some(most)) if least < most => format!(
            " The tests rearranged the {unit}s {least} to {most} times: a test ends once its p is clear enough."
        ),
        (Some(all), _) => {
            format!(" The tests rearranged the {unit}s {all} times: a test ends once its p is clear enough.")
        }
        _ => String::new(),
    }
}
