//! The documents of the program that go into a bundle, so that it explains itself: what points elsewhere points to nothing.

use crate::shift::rows::COLUMNS;
use crate::study::sensitivity::SENSITIVITY_COLUMNS;

/// How the test works, as the program's documents say.
const METHODS: &str = include_str!("../../docs/methods.md");
/// How well it works.
const SIMULATION: &str = include_str!("../../docs/simulation.md");

/// The name of the first in a bundle.
pub const HOW_IT_WORKS: &str = "how-stance-tests.md";
/// The name of the second.
pub const HOW_WELL: &str = "how-well-stance-tests.md";

/// The names of documents, and those that they have in a bundle.
const NAMES: [(&str, &str); 2] = [("methods.md", HOW_IT_WORKS), ("simulation.md", HOW_WELL)];

/// The columns of the tables that no other list explains, in lines of at most 80 characters.
const OTHER_COLUMNS: &str = "\
results/days.csv
  speaker, issue, date  a day, or the first day of a week, month or quarter
  statements            how many statements take a position
  positions             how many took each, the lowest first: -2:1 0:3
  mean                  their mean position
  score                 their mean ridit: a statement at a level has the share of
                        all statements of the pair below that level, and half of
                        the share at it
  weight                2m / (m + 1) for m statements

results/labels.csv
  statement_id, issue   what was labelled
  coder                 who labelled; rules@ and 8 digits are the rules, with the
                        fingerprint that manifest.json names
  position, level       the position, and the words of its level; empty: read, takes
                        none
  rationale, evidence   why, as the coder wrote; the words that gave it

results/family.csv
  speaker, issue        every pair that shares the correction, shown or not
  days                  its days
  tested                whether it had enough of them
  p, p_corrected        before and after the correction

results/agreement.json
  rows                  by issue: between coders, or between hand and rules
  read, both, one       statements that 2 or more read; to which 2 or more gave a
                        position; to which some gave one and others none
  percent               the share of equal pairs of labels, averaged over
                        statements; with 2 coders, the share of equal labels
  counts, pairs, months labels by level; coders two by two; labels by month

results/verdicts.json
  pairs                 as results/verdicts.csv, with day_scores: the days as in
                        results/days.csv, with the counts of all levels
";

/// The methods of the program, and what the columns of the tables hold.
pub fn how_it_works() -> String {
    format!(
        "{}\n\n## Columns of results/verdicts.csv and explored.csv\n\n```text\n{}\n```\n\n## Columns of \
         results/sensitivity.csv\n\n```text\n{}\n```\n\n## Columns of the other tables\n\n```text\n{}\n```\n",
        within(METHODS).trim_end(),
        COLUMNS.trim_end(),
        SENSITIVITY_COLUMNS.trim_end(),
        OTHER_COLUMNS.trim_end()
    )
}

/// What simulations say of them.
pub fn how_well() -> String {
    within(SIMULATION)
}

/// A document of the program with links that lead to nothing but the bundle, the page itself and the web.
fn within(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let Some(end) = rest[at..].find(')').map(|end| at + end) else { break };
        let target = &rest[at + "](".len()..end];
        let (page, anchor) = target.split_once('#').map_or((target, ""), |(page, anchor)| (page, anchor));
        let label = rest[..at].rfind('[');
        let known = NAMES.iter().find(|(name, _)| *name == page).map(|(_, here)| *here);
        match (label, known) {
            (Some(label), Some(here)) => {
                let words = &rest[label + 1..at];
                let words = if words == page { here } else { words };
                let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
                out += &format!("{}[{words}]({here}{anchor})", &rest[..label]);
            }
            (Some(label), None) if !page.is_empty() && !page.contains("://") => {
                out += &format!("{}{} in the documents of Stance", &rest[..label], &rest[label + 1..at]);
            }
            _ => out += &rest[..=end],
        }
        rest = &rest[end + 1..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_within_the_bundle() {
        for (text, expected) in [
            ("see [methods.md](methods.md#coders).", "see [how-stance-tests.md](how-stance-tests.md#coders)."),
            ("the [simulation](simulation.md) says", "the [simulation](how-well-stance-tests.md) says"),
            ("see [study.md](study.md#groups) too", "see study.md in the documents of Stance too"),
            (
                "[here](#there) and [the web](https://example.org/a.md)",
                "[here](#there) and [the web](https://example.org/a.md)",
            ),
            ("a[1](x", "a[1](x"),
        ] {
            assert_eq!(within(text), expected);
        }
        for text in [how_it_works(), how_well()] {
            let mut targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            let stays = |target: &str| {
                let page = target.split('#').next().unwrap_or_default();
                page.is_empty() || page.contains("://") || [HOW_IT_WORKS, HOW_WELL].contains(&page)
            };
            assert!(targets.all(stays));
        }
    }
}
