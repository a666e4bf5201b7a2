//! What so many days can find, before anything is collected: a panel for each moment, a row for each number of days, and
//! in it how large a shift must be.

use crate::chart::figure::{
    Across, Body, Companion, Figure, FigureRow, Form, LevelTick, RowChart, RowItem, RowPanel, Sharing, Tone,
};
use crate::chart::locale::Locale;
use crate::shift::plan::{Moment, Planned};

/// How large a shift must be in so many days; `None` if none is large enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlannedSize {
    /// When the shift comes.
    pub moment: Moment,
    /// The days with a statement.
    pub days: usize,
    /// The size, in levels.
    pub size: Option<f64>,
}

/// Builds the picture of a plan.
pub fn planned(sizes: &[PlannedSize], plan: &Planned, locale: &Locale) -> Figure {
    let panels: Vec<RowPanel> = Moment::ALL.map(|moment| panel(sizes, moment, plan, locale)).into();
    let title = locale.say("plan-title", &[]);
    let number = |value: f64| locale.number(&value.to_string());
    let assumed = locale.say(
        "plan-assumed",
        &[
            ("levels", &plan.levels),
            ("statements", &number(plan.statements)),
            ("spread", &number(plan.spread)),
            ("ar", &number(plan.ar)),
            ("alpha", &number(plan.alpha)),
            ("pairs", &locale.many("pairs", plan.pairs)),
            ("speakers", &plan.speakers),
            ("seed", &plan.seed),
        ],
    );
    let mut description = format!("{title}.");
    for panel in &panels {
        let rows: Vec<String> = panel.rows.iter().map(|row| format!("{}: {}", row.words, row.note)).collect();
        description += &format!(" {}: {}.", panel.title, rows.join("; "));
    }
    let cell = |size: &PlannedSize| {
        vec![
            size.moment.words().to_owned(),
            size.days.to_string(),
            size.size.map_or(String::new(), |size| size.to_string()),
        ]
    };
    let method = [
        ("Stance", env!("CARGO_PKG_VERSION").to_owned()),
        ("levels", plan.levels.to_string()),
        ("statements a day", plan.statements.to_string()),
        ("spread", plan.spread.to_string()),
        ("ar", plan.ar.to_string()),
        ("alpha", plan.alpha.to_string()),
        ("pairs", plan.pairs.to_string()),
        ("speakers", plan.speakers.to_string()),
        ("seed", plan.seed.to_string()),
    ];
    Figure {
        language: locale.tag(),
        calendar: locale.calendar(),
        title,
        caution: Vec::new(),
        subtitle: locale.say("plan-subtitle", &[]),
        lead: None,
        key: Vec::new(),
        body: Body::Rows(RowChart { panels, sharing: Sharing::Same, more: Vec::new() }),
        footer: vec![assumed],
        description,
        companion: Companion { header: vec!["moment", "days", "shift"], rows: sizes.iter().map(cell).collect() },
        curve: Companion::default(),
        method: Companion {
            header: vec!["what", "value"],
            rows: method.into_iter().map(|(what, value)| vec![what.to_owned(), value]).collect(),
        },
    }
}

fn panel(sizes: &[PlannedSize], moment: Moment, plan: &Planned, locale: &Locale) -> RowPanel {
    let tick = |level: usize| LevelTick { position: level as i32, number: level.to_string(), words: level.to_string() };
    let rows = sizes.iter().filter(|size| size.moment == moment).map(|size| {
        let note = match size.size {
            Some(size) => locale.say("plan-size", &[("size", &locale.number(&format!("{size:.1}")))]),
            None => locale.say("plan-none", &[]),
        };
        let bar = size.size.map(|size| {
            let form = Form::Stretch(0.0, size, locale.number(&format!("{size:.1}")));
            RowItem::plain(form, Tone::Plain(1), note.clone())
        });
        FigureRow {
            words: locale.many("days", size.days),
            note: if bar.is_some() { String::new() } else { note },
            items: bar.into_iter().collect(),
            weight: (true, size.days),
        }
    });
    RowPanel {
        title: locale.say(if moment == Moment::Halfway { "plan-halfway" } else { "plan-quarter" }, &[]),
        note: locale.say("plan-head", &[]),
        across: Across::Levels((0..plan.levels).map(tick).collect()),
        positions: (0..plan.levels as i32).collect(),
        note_head: String::new(),
        rows: rows.collect(),
    }
}
