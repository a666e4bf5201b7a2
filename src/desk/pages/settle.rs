//! Differences between coders: who gave what and why, side by side, and a key for each answer.

use maud::{Markup, html};

use crate::chart::locale::Locale;
use crate::codebook::Position;
use crate::corpus::Corpus;
use crate::desk::coding::{CoderChoice, Coding};
use crate::desk::disputes::{Dispute, Disputes};
use crate::desk::pages::code::{address, drafts, go, in_words, levels, mark, note_field, statement};
use crate::desk::pages::{colon, no_default};
use crate::label::Unit;
use crate::rule::{Firing, RuleDecision, RuleDecisions};
use crate::words;

/// What the room shows.
pub struct SettleView<'v> {
    /// The corpus.
    pub corpus: &'v Corpus,
    /// What the rules give.
    pub decisions: &'v RuleDecisions,
    /// The disputes.
    pub disputes: &'v Disputes,
    /// The adjudication.
    pub settling: &'v Coding,
    /// The dispute that is shown. `None` if all are settled.
    pub shown: Option<Unit>,
    /// The words.
    pub locale: &'v Locale,
}

/// What a dispute is settled with: the adjudication, or else the codebook's rule. `None` if it is open.
pub fn settled(corpus: &Corpus, settling: &Coding, dispute: &Dispute) -> Option<Option<Position>> {
    match settling.choice(corpus, dispute.unit) {
        Some(CoderChoice::Level(position)) => Some(Some(position)),
        Some(CoderChoice::NoPosition) => Some(None),
        Some(CoderChoice::Unsure) | None => dispute.by_rule,
    }
}

/// Whether a dispute still waits: nothing settles it, and it was not sent back.
pub fn is_open(corpus: &Corpus, settling: &Coding, dispute: &Dispute) -> bool {
    settled(corpus, settling, dispute).is_none() && settling.row(corpus, dispute.unit).is_none()
}

/// The next dispute after one that waits, and from the beginning if there is none after it.
pub fn next_open(corpus: &Corpus, settling: &Coding, disputes: &Disputes, after: Option<Unit>) -> Option<Unit> {
    let from =
        after.and_then(|unit| disputes.all.iter().position(|dispute| dispute.unit == unit)).map_or(0, |at| at + 1);
    let mut onward = disputes.all[from..].iter().chain(&disputes.all[..from]);
    onward.find(|dispute| is_open(corpus, settling, dispute)).map(|dispute| dispute.unit)
}

/// Whether a dispute was sent back to the coders.
pub fn is_back(corpus: &Corpus, settling: &Coding, dispute: &Dispute) -> bool {
    settling.choice(corpus, dispute.unit) == Some(CoderChoice::Unsure)
}

impl SettleView<'_> {
    fn say(&self, id: &str) -> String {
        self.locale.say(id, &[])
    }

    /// The room.
    pub fn show(&self) -> Markup {
        let dispute = self.shown.and_then(|unit| self.disputes.all.iter().find(|dispute| dispute.unit == unit));
        html! {
            (self.progress())
            @match dispute {
                Some(dispute) => { h1 class="unshown" { (self.say("desk-settle")) } (self.dispute(dispute)) }
                None if self.disputes.all.is_empty() => { h1 { (self.say("desk-settle-none")) } (self.way_back()) }
                None if self.back().next().is_some() => { h1 { (self.locale.many("desk-settle-back-only", self.back().count())) } (self.way_back()) }
                None => { h1 { (self.say("desk-settle-done")) } (self.way_back()) }
            }
            (self.sent_back())
            (self.agreement())
            @if !self.disputes.all.is_empty() {
                details { summary { (self.say("desk-keys")) }
                    p { (self.say("desk-settle-keys")) }
                    p { label class="inline" { input type="checkbox" id="keys" checked; " " (self.say("desk-single-keys")) } }
                }
                p class="aside" { (self.say("desk-settle-hand")) }
            }
        }
    }

    /// The disputes that were sent back and are still there.
    fn back(&self) -> impl Iterator<Item = &Dispute> {
        self.disputes.all.iter().filter(|dispute| is_back(self.corpus, self.settling, dispute))
    }

    fn sent_back(&self) -> Markup {
        html! {
            @if self.back().next().is_some() {
                details class="back" open[self.shown.is_none()] { summary { (self.locale.many("desk-settle-back", self.back().count())) }
                    p class="aside" { (self.say("desk-settle-back-why")) }
                    ul class="hits" {
                        @for dispute in self.back() {
                            @let note = self.settling.row(self.corpus, dispute.unit).map_or(String::new(), |row| row.rationale);
                            li {
                                a href=(address("settle", self.corpus, dispute.unit)) data-swap {
                                    bdi { (self.corpus.codebook.issue(dispute.unit.1).name) } (colon(self.locale))
                                    span dir="auto" { (words::shortened(&self.corpus.statements.rows[dispute.unit.0].text, 120)) }
                                }
                                p class="aside" dir="auto" { @if note.is_empty() { (self.say("desk-no-rationale")) } @else { (note) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn progress(&self) -> Markup {
        let all = self.disputes.all.len();
        let open = self.disputes.all.iter().filter(|dispute| is_open(self.corpus, self.settling, dispute)).count();
        let back = self.back().count();
        html! {
            @if all > 0 {
                div class="progress" {
                    progress value=(all.saturating_sub(open + back)) max=(all) aria-label=(self.locale.many("desk-settle-open", open)) {}
                    p class="aside" {
                        (self.locale.many("desk-settle-open", open)) " · "
                        @if back > 0 { (self.locale.many("desk-settle-back", back)) " · " }
                        (self.locale.many("desk-settle-of", all))
                        (drafts("settle", self.settling, self.corpus, self.shown, self.locale))
                    }
                }
            }
        }
    }

    fn dispute(&self, dispute: &Dispute) -> Markup {
        let unit = dispute.unit;
        let issue = self.corpus.codebook.issue(unit.1);
        let row = self.settling.row(self.corpus, unit);
        let choice = self.settling.choice(self.corpus, unit);
        let given = |answer: Option<Option<Position>>| match answer {
            Some(Some(position)) => CoderChoice::Level(position),
            Some(None) => CoderChoice::NoPosition,
            None => CoderChoice::Unsure,
        };
        html! {
            div class="work" {
                div {
                    (statement(self.corpus, unit.0, self.locale))
                    dl class="given" {
                        @for gave in &dispute.given {
                            div class={ "gave" (self.colour(unit, gave.answer)) } {
                                dt { bdi { (gave.coder) } }
                                dd {
                                    strong { (in_words(Some(given(gave.answer)), self.corpus, unit.1, self.locale)) }
                                    p class="aside" dir="auto" {
                                        @if gave.rationale.is_empty() { (self.say("desk-no-rationale")) } @else { (gave.rationale) }
                                    }
                                }
                            }
                        }
                        (self.rules(unit))
                    }
                }
                form method="post" action="settle" class="answers" data-swap data-unit=(format!("{} {}", self.corpus.statements.rows[unit.0].id, issue.id))
                    data-address=(address("settle", self.corpus, unit)) {
                    (no_default())
                    input type="hidden" name="s" value=(self.corpus.statements.rows[unit.0].id);
                    input type="hidden" name="i" value=(issue.id);
                    input type="hidden" name="seen" value=(mark(row.as_ref()));
                    p class="aside" { bdi { (issue.name) } }
                    h2 class="question" dir="auto" { @if issue.question.is_empty() { (issue.name) } @else { (issue.question) } }
                    @if dispute.by_rule.is_some() && row.is_none() { p class="aside" { (self.say("desk-settle-counted")) } }
                    (levels(unit.1, issue, choice, self.locale))
                    button class="answer" name="do" value="none" data-key="0" aria-pressed=(choice == Some(CoderChoice::NoPosition)) {
                        kbd { "0" } span { strong { (self.say("desk-none")) } small { (self.say("desk-none-why")) } }
                    }
                    button class="answer" name="do" value="unsure" data-key="b" data-note aria-pressed=(choice == Some(CoderChoice::Unsure)) {
                        kbd { "b" } span { strong { @if choice == Some(CoderChoice::Unsure) { (self.say("desk-sent-back")) } @else { (self.say("desk-send-back")) } } }
                    }
                    p class="note" {
                        label for="rationale" { (self.say("desk-rationale")) " " kbd { "n" } }
                        (note_field(self.settling, self.corpus, unit, row.as_ref(), self.locale))
                        @if choice.is_some() {
                            " " button class="quiet" name="do" value="note" { (self.say("desk-only-rationale")) }
                            " " button class="quiet" name="do" value="reopen" { (self.say("desk-reopen")) }
                        }
                    }
                    div class="actions" {
                        @if self.settling.undoable() > 0 {
                            button name="do" value="undo" data-key="u" { kbd { "u" } " " (self.say("desk-undo")) } " "
                        }
                        (self.step(unit))
                    }
                }
            }
        }
    }

    /// What can be done where no dispute is left: undo, and the way back to the one that was settled last.
    fn way_back(&self) -> Markup {
        let dispute = |unit: &Unit| self.disputes.all.iter().any(|dispute| dispute.unit == *unit);
        let last = self.settling.answered_last(self.corpus).filter(dispute);
        let last = last.or_else(|| self.disputes.all.last().map(|dispute| dispute.unit));
        html! {
            div class="actions" {
            @if self.settling.undoable() > 0 {
                form method="post" action="settle" class="plain" data-swap {
                    button name="do" value="undo" data-key="u" { kbd { "u" } " " (self.say("desk-undo")) }
                }
            }
            @if let Some(last) = last {
                a class="button" href=(address("settle", self.corpus, last)) data-swap data-key="ArrowLeft" { kbd { "←" } " " (self.say("desk-previous")) }
            }
            }
        }
    }

    fn step(&self, unit: Unit) -> Markup {
        let at = self.disputes.all.iter().position(|dispute| dispute.unit == unit).unwrap_or(0);
        let near = |at: Option<usize>| at.and_then(|at| self.disputes.all.get(at)).map(|dispute| dispute.unit);
        let skip = next_open(self.corpus, self.settling, self.disputes, Some(unit)).filter(|next| *next != unit);
        let steps = [
            (" ", "␣", skip, "desk-skip"),
            ("ArrowLeft", "←", near(at.checked_sub(1)), "desk-previous"),
            ("ArrowRight", "→", near(Some(at + 1)), "desk-next"),
        ];
        html! {
            @for (key, shown, to, id) in steps {
                @if let Some(to) = to {
                    button name="do" value=(go("settle", self.corpus, to)) data-key=(key) { kbd { (shown) } " " (self.say(id)) } " "
                }
            }
        }
    }

    /// The class for the colour of an answer.
    fn colour(&self, unit: Unit, answer: Option<Option<Position>>) -> String {
        let levels = &self.corpus.codebook.issue(unit.1).levels;
        let rank = answer.flatten().and_then(|position| levels.iter().position(|level| level.position == position));
        rank.map_or(String::new(), |rank| format!(" l{}-{rank}", unit.1.0))
    }

    fn rules(&self, unit: Unit) -> Markup {
        let row = &self.corpus.statements.rows[unit.0];
        let decision = self.decisions.get(unit.0).and_then(|all| all.iter().find(|(issue, _)| *issue == unit.1));
        let line = |firing: &Firing| {
            let rule = &self.corpus.rules.rules[firing.rule];
            html! {
                p class="aside" dir="auto" { code { (rule.id) } " " (self.locale.quoted(&words::shortened(&row.text[firing.evidence.clone()], 200), false)) }
            }
        };
        html! {
            @if !self.corpus.rules.rules.is_empty() {
                div class="gave by-rules" {
                    dt { (self.say("desk-by-rules")) }
                    dd {
                        @match decision {
                            _ if row.unseen => { p class="aside" { (self.say("desk-rules-hidden")) } }
                            Some((_, RuleDecision::Position(position, firing))) => {
                                strong { (in_words(Some(CoderChoice::Level(*position)), self.corpus, unit.1, self.locale)) }
                                (line(firing))
                            }
                            Some((_, RuleDecision::Conflict(firings))) => {
                                strong { (self.say("desk-rules-conflict")) }
                                @for firing in firings { (line(firing)) }
                            }
                            None => { p class="aside" { (self.say("desk-rules-silent")) } }
                        }
                    }
                }
            }
        }
    }

    fn agreement(&self) -> Markup {
        let disputes = self.disputes;
        let now = |dispute: &Dispute| settled(self.corpus, self.settling, dispute);
        let have = disputes.same + disputes.all.iter().filter(|dispute| now(dispute).is_some()).count();
        let share = |part: usize| self.locale.number(&words::percent(part as f64 / disputes.shared.max(1) as f64));
        let line = |id: &str, part: usize| {
            self.locale.say(id, &[("same", &part), ("all", &disputes.shared), ("share", &share(part))])
        };
        html! {
            @if disputes.shared > 0 {
                details open[self.shown.is_none()] { summary { (self.say("desk-settle-agreement")) }
                    ul {
                        li { (line("desk-settle-before", disputes.same)) }
                        li { (line("desk-settle-after", have)) }
                        @for (coder, same, all) in disputes.agreeing(now) {
                            li { (self.locale.say("desk-settle-coder", &[("coder", &coder), ("same", &same), ("all", &all)])) }
                        }
                    }
                }
            }
        }
    }
}
