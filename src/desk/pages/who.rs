//! Who codes.

use maud::{Markup, html};

use crate::chart::locale::Locale;

/// The choice of a coder. `known` are those who have a file or are in the codebook. `open` says whether another name may
/// be given. `back` is the room that asked.
pub fn who(known: &[String], open: bool, wrong: Option<&str>, back: &str, locale: &Locale) -> Markup {
    let say = |id: &str| locale.say(id, &[]);
    html! {
        h1 { (say("desk-who")) }
        p class="lead" { (say("desk-who-why")) }
        @if let Some(wrong) = wrong { p class="wrong" role="alert" dir="auto" { (wrong) } }
        form method="post" action="who" class="plain" {
            input type="hidden" name="back" value=(back);
            p class="choices" {
                @for coder in known { button name="coder" value=(coder) { bdi { (coder) } } " " }
            }
        }
        @if open {
            form method="post" action="who" class="plain" {
                input type="hidden" name="back" value=(back);
                label for="coder" { (say("desk-who-new")) }
                input id="coder" name="coder" autocomplete="off" maxlength="60" required;
                " " button { (say("desk-who-begin")) }
            }
        }
    }
}
