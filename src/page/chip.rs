//! A position as a chip: the colour of its level and its words, with the mark that pictures have.

use maud::{Markup, html};

use crate::chart::figure::MarkKind;
use crate::chart::locale::Locale;
use crate::codebook::{Codebook, IssueIndex, Position};

/// A position of one statement on one issue, and who decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chip {
    /// The issue.
    pub issue: IssueIndex,
    /// The position. `None` if coders or rules differ and nothing has settled it.
    pub position: Option<Position>,
    /// Who decided it.
    pub kind: MarkKind,
}

/// The class, after `chip`, that marks who decided a position. Empty for a hand.
pub fn class(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Hand => "",
        MarkKind::HandAgainstRules => " differs",
        MarkKind::Rules => " rules",
        MarkKind::Unverified => " unverified",
    }
}

impl Chip {
    /// The chip of a level in its scale, without the name of its issue.
    pub fn level(&self, codebook: &Codebook, locale: &Locale) -> Markup {
        let issue = codebook.issue(self.issue);
        let levels = &issue.levels;
        let rank = levels.iter().position(|level| Some(level.position) == self.position);
        html! {
            @if let Some(rank) = rank {
                span class={ "chip l" (self.issue.0) "-" (rank) } {
                    bdi { (levels[rank].words) } " (" (locale.position_on(issue, levels[rank].position.0)) ")"
                }
            }
        }
    }

    /// The chip, with the name of its issue. Its colour is set by [`crate::page::tint::levels`].
    pub fn show(&self, codebook: &Codebook, locale: &Locale) -> Markup {
        let issue = codebook.issue(self.issue);
        let who = class(self.kind);
        let rank = self.position.and_then(|position| issue.levels.iter().position(|level| level.position == position));
        let title = match self.kind {
            _ if rank.is_none() => None,
            MarkKind::Hand => None,
            MarkKind::HandAgainstRules => Some("key-hand-against-rules"),
            MarkKind::Rules => Some("key-rules"),
            MarkKind::Unverified => Some("key-unverified"),
        };
        let title = title.map(|id| locale.say(id, &[]));
        html! {
            @match rank {
                Some(rank) => {
                    @let level = &issue.levels[rank];
                    span class={ "chip l" (self.issue.0) "-" (rank) (who) } title=[title] {
                        bdi class="issue" { (issue.name) } " "
                        span { bdi { (level.words) } " (" (locale.position_on(issue, level.position.0)) ")" }
                    }
                }
                None => span class="chip open" {
                    bdi class="issue" { (issue.name) } " " span { (locale.say("page-conflict", &[])) }
                },
            }
        }
    }
}
