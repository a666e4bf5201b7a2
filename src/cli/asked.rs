//! From the flags of a test to the question, with its plan if there is one.

use stance::corpus::Corpus;
use stance::error::Result;
use stance::shift::Request;
use stance::study::asked::Asked;
use stance::study::design::Design;
use stance::study::{Ask, Family, PairChoice, Relabel};

use super::args::AskArgs;
use super::source;

/// The question of the flags. Without a plan, what no flag says has its default; with a plan, the plan says it.
///
/// # Errors
/// As [`source::select`], [`source::group`] and [`Design::load`].
pub fn asked(corpus: &Corpus, args: &AskArgs) -> Result<Asked> {
    let selection = source::select(corpus, &args.speaker, &args.which)?;
    let Some(path) = &args.plan else {
        let start = Ask { selection, relabel: Relabel::All, stress: args.stress, ..Ask::default() };
        let ask = source::group(corpus, &args.groups, overridden(start, args))?;
        return Ok(Asked { ask, ..Asked::default() });
    };
    let design = Design::load(path, corpus)?.registered_as(args.registered.clone());
    let mut ask = Ask { stress: args.stress, ..overridden(design.ask(), args) };
    ask.selection.from = selection.from.or(ask.selection.from);
    ask.selection.to = selection.to.or(ask.selection.to);
    ask.selection.unverified |= selection.unverified;
    ask.selection.sure_days |= selection.sure_days;
    ask.grain = args.groups.grain.map_or(ask.grain, Into::into);
    ask.check()?;
    let named = !selection.speakers.is_empty() || !selection.issues.is_empty();
    let explored = named.then(|| {
        let (speakers, groups) =
            if ask.by.is_none() { (selection.speakers, Vec::new()) } else { (Vec::new(), selection.speakers) };
        let mut beyond =
            Ask { pairs: PairChoice::Except(design.pairs.clone()), family: Family::Whole, groups, ..ask.clone() };
        beyond.selection.speakers = speakers;
        beyond.selection.issues = selection.issues;
        beyond
    });
    Ok(Asked { ask, explored, design: Some(design) })
}

/// A question with what the flags say instead.
pub fn overridden(ask: Ask, args: &AskArgs) -> Ask {
    let Request { alpha, correction, seed, event } = ask.request;
    Ask {
        whose: args.origin.map_or(ask.whose, Into::into),
        family: args.family.map_or(ask.family, Into::into),
        request: Request {
            alpha: args.alpha.unwrap_or(alpha),
            correction: args.correction.map_or(correction, Into::into),
            seed: args.seed.unwrap_or(seed),
            event: args.event.or(event),
        },
        ..ask
    }
}
