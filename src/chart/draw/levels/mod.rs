//! Panels of levels over time: a timeline.

use chrono::NaiveDate;

use crate::chart::draw::flags::Flag;
use crate::chart::draw::placed::{Group, Leader, LeftOut, MarkShape, Plots, Sheet, panel_head};
use crate::chart::draw::quotes;
use crate::chart::draw::style::TIGHT;
use crate::chart::figure::{Calendar, Mark, Panel, Timeline};
use crate::error::{Error, Result};

mod page;
mod marks;
mod ground;

use ground::{place_axis, place_empty, place_levels, place_rules, place_shifts};
use marks::{place_claim, place_curve, place_marks};
use page::{PanelPage, bands};

/// How a timeline is set: what is shown, and how close together its levels are.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Plan {
    quotes: bool,
    events: bool,
    /// Whether every panel has dates, or only the last one.
    dates: bool,
    /// The height of a level's band; `None` for what suits the content.
    step: Option<f64>,
}

/// The plans in order of preference, each with the smallest height of a level's band.
const PLANS: [(Plan, f64); 4] = [
    (Plan { quotes: true, events: true, dates: true, step: None }, 26.0),
    (Plan { quotes: true, events: true, dates: false, step: None }, 22.0),
    (Plan { quotes: false, events: true, dates: false, step: None }, 20.0),
    (Plan { quotes: false, events: false, dates: false, step: None }, 15.0),
];
/// How much higher than its suitable height a level's band may become to fill a given height.
const STRETCH: f64 = 2.6;

/// Places the panels of a timeline from `top`, down to `foot` if a height is given.
///
/// # Errors
/// [`Error::Draw`] if a mark is on no level.
pub fn place(figure: &Timeline, calendar: &Calendar, sheet: Sheet<'_>, top: f64, foot: Option<f64>) -> Result<Plots> {
    check_positions(figure)?;
    let mut flown = Vec::new();
    let mut set = |plan: Plan| set(figure, calendar, sheet, plan, top, &mut flown);
    let Some(foot) = foot else { return Ok(set(PLANS[0].0).0) };
    let bands: f64 = figure.panels.iter().map(bands).sum();
    let mut lowest: Option<Plots> = None;
    for (plan, least) in PLANS {
        let (natural, page) = set(plan);
        let step = page.step + (foot - natural.bottom) / bands.max(1.0);
        let least = least.max(page.words_height + if plan.events { 3.0 } else { 0.5 });
        let plots = set(Plan { step: Some(step.clamp(least, STRETCH * page.step.max(least))), ..plan }).0;
        if step >= least {
            return Ok(plots);
        }
        if lowest.as_ref().is_none_or(|lowest| plots.bottom < lowest.bottom) {
            lowest = Some(plots);
        }
    }
    // Nothing fits. The closest plan says how much height is needed.
    Ok(lowest.unwrap_or_default())
}

/// Places all panels by a plan.
fn set<'f>(
    figure: &Timeline,
    calendar: &Calendar,
    sheet: Sheet<'f>,
    plan: Plan,
    top: f64,
    flown: &mut Vec<Flown>,
) -> (Plots, PanelPage<'f>) {
    let page = PanelPage::new(figure, calendar, sheet, plan);
    let sides = (page.left, page.right);
    // Labels of events take the longest to place. They are the same if the plots begin and end in the
    // same place.
    let known = flown.iter().position(|flown| flown.sides == sides && flown.events == plan.events);
    let known = known.unwrap_or_else(|| {
        let (dates, flags) = page.flags(figure);
        flown.push(Flown { sides, events: plan.events, dates, flags });
        flown.len() - 1
    });
    let Flown { dates, flags, .. } = &flown[known];
    let mut plots = Plots { bottom: top, ..Plots::default() };
    let on_axis = figure.events.iter().filter(|event| page.axis.contains(event.date)).count();
    plots.left_out.extend((dates.len() < on_axis).then_some(LeftOut::Events(on_axis - dates.len())));
    let mut quotes = 0;
    for (i, panel) in figure.panels.iter().enumerate() {
        plots.bottom += if i == 0 { 22.0 } else { page.gap() };
        let flags = if i == 0 { &flags[..] } else { &[] };
        let last = i + 1 == figure.panels.len();
        let (group, end) = place_panel(panel, &page, (dates, flags), plots.bottom, plan.dates || last);
        quotes += panel.quotes.len() - group.leaders.iter().filter(|leader| !leader.points.is_empty()).count();
        plots.panels.push(group);
        plots.bottom = end;
    }
    plots.left_out.extend((quotes > 0).then_some(LeftOut::Quotes(quotes)));
    (plots, page)
}

/// Rejects marks that are on no level of their panel: they would be missing from the picture.
fn check_positions(figure: &Timeline) -> Result<()> {
    for panel in &figure.panels {
        let known = |mark: &&Mark| panel.levels.iter().any(|level| level.position == mark.position);
        if let Some(mark) = panel.marks.iter().find(|mark| !known(mark)) {
            let (title, id, position) = (&panel.title, &mark.id, mark.position);
            return Err(Error::Draw(format!(
                "{title}: statement {id} has the position {position}, which is not a level"
            )));
        }
    }
    Ok(())
}

/// The events shown between two sides, and where their labels are.
#[derive(Debug)]
struct Flown {
    sides: (f64, f64),
    /// Whether events are shown.
    events: bool,
    dates: Vec<NaiveDate>,
    flags: Vec<Flag>,
}

/// Places one panel from `top`; returns it and its lower edge.
fn place_panel(
    panel: &Panel,
    page: &PanelPage<'_>,
    (events, flags): (&[NaiveDate], &[Flag]),
    top: f64,
    dates: bool,
) -> (Group, f64) {
    let name = [panel.title.trim(), panel.note.trim()].into_iter().filter(|part| !part.is_empty());
    let mut group = Group { name: name.collect::<Vec<_>>().join(": "), ..Group::default() };
    let sides = (page.sheet.margin, page.sheet.width - page.sheet.margin);
    let head = panel_head((&panel.title, &panel.note), &page.sheet, &mut group, sides, top);
    let flags_height = flags.iter().map(|flag| flag.top).fold(0.0, f64::max);
    let plot_top = head + 6.0 + if flags_height > 0.0 { flags_height + 8.0 } else { 0.0 };
    // The highest number of a fine scale stands on the upper edge of the plot.
    let plot_top = if panel.is_fine() { plot_top + page.sheet.row_face().size * TIGHT / 2.0 } else { plot_top };
    let plot_bottom = plot_top + page.height(panel);
    place_shifts(panel, page, &mut group, (plot_top, plot_bottom));
    place_levels(panel, page, &mut group, plot_bottom);
    place_rules(page, &mut group, (plot_top, plot_bottom), events, flags);
    let curves = panel.curve.iter().map(|part| place_curve(part, panel, page, plot_bottom));
    group.curves = curves.chain(panel.claim.iter().map(|ends| place_claim(ends, panel, page, plot_bottom))).collect();
    let places = place_marks(panel, page, &mut group, plot_bottom);
    // The words of the ringed mark stand above the panels, so no line leads to them.
    if let Some(Some(MarkShape::Dot(x, y, radius))) = panel.lead.map(|mark| places[mark]) {
        group.leaders.push(Leader { ring: Some((x, y, radius)), points: Vec::new() });
    }
    if let Some(text) = &panel.empty {
        // Between the lines of two levels, so that no line runs through the words.
        let below = (panel.levels.len() / 2) as f64;
        place_empty(text, page, &mut group, plot_bottom - below.max(0.5) * page.step_in(panel));
    }
    let bottom = place_axis(page, &mut group, plot_bottom, dates);
    let bottom = if page.plan.quotes {
        let shown = if dates { page.dates() } else { Vec::new() };
        quotes::place(&panel.quotes, &places, &shown, &page.sheet, &mut group, (plot_bottom, bottom))
    } else {
        bottom
    };
    (group, bottom)
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::chart::draw::dress::Dress;
    use crate::chart::draw::face::Fonts;
    use crate::chart::draw::layout::layout;
    use crate::chart::draw::placed::{Layout, MarkShape, Rect, Size, text_box};
    use crate::chart::figure::{Body, Companion, Figure, FigureEvent, KeyEntry, LevelTick, MarkKind, Quote};
    use crate::chart::locale::{ChartLanguage, Locale};

    const WIDTHS: [u32; 7] = [320, 360, 480, 640, 800, 1200, 4000];

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn after(days: usize) -> NaiveDate {
        day("2025-02-04") + Days::new(days as u64)
    }

    fn mark(id: usize, date: NaiveDate, position: i32) -> Mark {
        let kind = [MarkKind::Hand, MarkKind::Rules, MarkKind::HandAgainstRules][id % 3];
        Mark {
            id: id.to_string(),
            from: date,
            to: date,
            by_month: false,
            position,
            kind,
            tooltip: String::new(),
            link: String::new(),
            stands_for: 1,
        }
    }

    fn panel(words: &[&str], marks: Vec<Mark>) -> Panel {
        let lowest = -(words.len() as i32 / 2);
        let level = |(i, words): (usize, &&str)| LevelTick {
            position: lowest + i as i32,
            number: String::new(),
            words: (*words).to_owned(),
        };
        let levels = words.iter().enumerate().map(level).collect();
        Panel {
            title: "Territory".into(),
            note: "43 statements on 30 days".into(),
            levels,
            marks,
            lead: None,
            curve: Vec::new(),
            claim: Vec::new(),
            shifts: Vec::new(),
            quotes: Vec::new(),
            empty: None,
        }
    }

    const FIVE: [&str; 5] = ["Cede land", "Swaps, freeze", "Undecided", "Some land back", "Full restoration"];

    fn figure(panels: Vec<Panel>, events: &[(&str, &str)]) -> Figure {
        let locale = Locale::new(ChartLanguage::En);
        Figure {
            language: locale.tag(),
            calendar: locale.calendar(),
            title: "Donald Trump moved on territory and sanctions, not on aid".into(),
            caution: Vec::new(),
            subtitle: "Position of each dated quotation, 4 February – 30 September 2025".into(),
            key: vec![
                KeyEntry::Mark(MarkKind::Hand, "by hand".into()),
                KeyEntry::Mark(MarkKind::HandAgainstRules, "by hand, where the rules say otherwise".into()),
                KeyEntry::Month("day unknown, within these days ".repeat(4)),
                KeyEntry::Mark(MarkKind::Rules, "by rules alone".into()),
            ],
            body: Body::Timeline(Timeline {
                from: day("2025-02-04"),
                to: day("2025-09-30"),
                events: events
                    .iter()
                    .map(|(date, label)| FigureEvent { date: day(date), label: (*label).into() })
                    .collect(),
                panels,
            }),
            footer: vec!["111 statements on 64 days.".into(), "Sources: White House, Reuters, AP.".repeat(6)],
            description: String::new(),
            companion: Companion::default(),
            curve: Companion::default(),
            method: Companion::default(),
            lead: None,
        }
    }

    fn timeline(figure: &Figure) -> &Timeline {
        let Body::Timeline(timeline) = &figure.body else { panic!("a timeline") };
        timeline
    }

    fn timeline_of(figure: &mut Figure) -> &mut Timeline {
        let Body::Timeline(timeline) = &mut figure.body else { panic!("a timeline") };
        timeline
    }

    fn busy() -> Vec<Mark> {
        (0..120).map(|i| mark(i, after(i * i % 239 / (1 + i % 3)), (i % 5) as i32 - 2)).collect()
    }

    const EVENTS: [(&str, &str); 15] = [
        ("2025-02-28", "Oval Office meeting"),
        ("2025-03-03", "US pauses aid"),
        ("2025-03-11", "Jeddah talks"),
        ("2025-04-26", "Vatican meeting"),
        ("2025-05-16", "Istanbul talks"),
        ("2025-06-25", "NATO summit, The Hague"),
        ("2025-07-14", "Patriots via NATO"),
        ("2025-07-28", "10–12 day deadline"),
        ("2025-08-06", "India tariff"),
        ("2025-08-15", "Alaska summit"),
        ("2025-08-18", "White House with Europeans"),
        ("2025-08-18", "The same day again"),
        ("2025-09-23", "UN General Assembly"),
        ("2025-09-30", "Donaudampfschifffahrtsgesellschaftskapitän"),
        ("2026-09-30", "Off the axis"),
    ];

    fn place(figure: &Figure, width: u32) -> Layout {
        place_in(figure, width, None).expect("a layout")
    }

    fn place_in(figure: &Figure, width: u32, height: Option<f64>) -> Result<Layout> {
        layout(figure, Size { width: f64::from(width), height }, &Fonts::embedded(), &Dress::default())
    }

    fn check_words(layout: &Layout) {
        let fonts = Fonts::embedded();
        let words = layout.groups().flat_map(|group| &group.words);
        let boxes: Vec<(&str, Rect)> = words.map(|words| (words.text.as_str(), text_box(words, &fonts))).collect();
        for (i, (text, a)) in boxes.iter().enumerate() {
            assert!(
                a.left >= 0.0 && a.right <= layout.width && a.top >= 0.0 && a.bottom <= layout.height,
                "{text} {a:?}"
            );
            for (other, b) in &boxes[..i] {
                let apart =
                    a.left >= b.right || b.left >= a.right || a.top >= b.bottom - 0.01 || b.top >= a.bottom - 0.01;
                assert!(apart, "{text} {a:?} on {other} {b:?} at width {}", layout.width);
            }
        }
    }

    #[test]
    fn words_do_not_overlap_and_stay_inside_the_picture() {
        let long = [
            "Totale Kapitulation unter allen Bedingungen",
            "Donaudampfschifffahrtsgesellschaftskapitän",
            "Повне відновлення суверенітету",
            "Kısmi geri çekilme",
            "",
            "Undecided",
            "Some",
            "Ermächtigungsgesetzgebungsverfahren",
            "ŞİĞÜÖÇ",
            "שלום עולם",
            "Full",
        ];
        for width in WIDTHS {
            for events in [&EVENTS[..], &EVENTS[..1], &EVENTS[7..], &[]] {
                let marked = vec![panel(&FIVE, busy()), panel(&FIVE, busy())];
                check_words(&place(&figure(marked, events), width));
                check_words(&place(&figure(vec![panel(&long, busy())], events), width));
            }
        }
    }

    /// A panel with 4 long quotations, all close together.
    fn quoting() -> Panel {
        let quote = |mark: usize| Quote {
            mark,
            head: format!("No. {mark}, 8 July 2025"),
            text: "“We will not give up one inch of land, and no one will make us do it.”".repeat(3),
            close: "”".to_owned(),
        };
        Panel { quotes: [40, 2, 41, 42].map(quote).into(), ..panel(&FIVE, busy()) }
    }

    #[test]
    fn quotations_are_apart_below_their_panel() {
        for width in WIDTHS {
            let layout = place(&figure(vec![quoting(), quoting()], &EVENTS), width);
            check_words(&layout);
            let leaders = layout.panels.iter().map(|panel| panel.leaders.len()).collect::<Vec<_>>();
            assert!(leaders.iter().all(|count| (1..=4).contains(count)), "{leaders:?}");
            let missing = 8 - leaders.iter().sum::<usize>();
            assert_eq!(layout.left_out.contains(&LeftOut::Quotes(missing)), missing > 0, "{width}");
            for panel in &layout.panels {
                let ends: Vec<f64> = panel.leaders.iter().map(|leader| leader.points[4].0).collect();
                assert!(ends.is_sorted(), "lines cross: {ends:?}");
            }
        }
    }

    #[test]
    fn a_given_height_is_kept_and_what_goes_is_said() {
        let figure = figure(vec![quoting(), quoting(), quoting()], &EVENTS);
        let natural = place(&figure, 1200);
        assert!(natural.left_out.is_empty());
        let mut left_out = Vec::new();
        for height in [natural.height + 400.0, natural.height, natural.height - 150.0, 800.0, 700.0] {
            let layout = place_in(&figure, 1200, Some(height)).expect("a layout");
            assert_eq!(layout.height, height);
            check_words(&layout);
            left_out.push(layout.left_out);
        }
        assert!(left_out[0].is_empty() && left_out[2].is_empty());
        assert_eq!(left_out[4], [LeftOut::Events(14), LeftOut::Quotes(12)]);
        let refusal = place_in(&figure, 1200, Some(300.0)).expect_err("too low").to_string();
        assert!(refusal.contains("300") && refusal.contains("needs"), "{refusal}");
    }

    #[test]
    fn marks_stay_on_their_date_and_nearest_to_their_own_level() {
        let mut marks = busy();
        marks.extend((0..600).map(|i| mark(i, day("2025-08-18"), -1)));
        for width in WIDTHS {
            let figure = figure(vec![panel(&FIVE, marks.clone())], &EVENTS);
            let fonts = Fonts::embedded();
            let sheet = Sheet::new(Size { width: f64::from(width), height: None }, &fonts);
            let page = PanelPage::new(timeline(&figure), &figure.calendar, sheet, PLANS[0].0);
            let layout = place(&figure, width);
            let group = &layout.panels[0];
            // The time axis is the lowest long line. The lowest level is half a band above it.
            let foot =
                group.lines.iter().filter(|line| line.from.1 == line.to.1).map(|line| line.from.1).fold(0.0, f64::max);
            assert_eq!(group.marks.len(), marks.len());
            for (placed, mark) in group.marks.iter().zip(&timeline(&figure).panels[0].marks) {
                let MarkShape::Dot(x, y, radius) = placed.shape else { panic!("a day's mark is a dot") };
                assert_eq!(x, page.axis.x(mark.from));
                let level = foot - page.level_height(&timeline(&figure).panels[0], f64::from(mark.position + 2));
                assert!((y - level).abs() + radius < page.step / 2.0, "{mark:?}");
            }
        }
    }

    #[test]
    fn statements_of_a_month_are_bars_over_its_days() {
        let mut month = mark(0, day("2025-04-01"), 0);
        month.to = day("2025-04-30");
        month.by_month = true;
        let figure = figure(vec![panel(&FIVE, vec![month.clone(), mark(1, day("2025-04-10"), 0)])], &[]);
        let fonts = Fonts::embedded();
        let page = PanelPage::new(
            timeline(&figure),
            &figure.calendar,
            Sheet::new(Size { width: 1200.0, height: None }, &fonts),
            PLANS[0].0,
        );
        let layout = place(&figure, 1200);
        let (MarkShape::Bar(bar), MarkShape::Dot(_, y, radius)) =
            (layout.panels[0].marks[0].shape, layout.panels[0].marks[1].shape)
        else {
            panic!("a bar, then a dot")
        };
        assert_eq!((bar.left, bar.right), (page.axis.x(month.from), page.axis.x(month.to)));
        assert!(bar.bottom < y - radius || bar.top > y + radius);
    }

    #[test]
    fn days_outside_the_axis_stretch_it() {
        let mut early = figure(vec![panel(&FIVE, vec![mark(0, day("2024-01-01"), 0)])], &[]);
        let MarkShape::Dot(x, ..) = place(&early, 800).panels[0].marks[0].shape else { panic!("a dot") };
        assert!(x > 0.0);
        let body = timeline_of(&mut early);
        std::mem::swap(&mut body.from, &mut body.to);
        assert_eq!(place(&early, 800).panels.len(), 1);
    }

    #[test]
    fn widths_and_positions_that_cannot_be_drawn_are_refused() {
        let mut figure = figure(vec![panel(&FIVE, busy())], &[]);
        for width in [0, 319, 4001, u32::MAX] {
            assert!(place_in(&figure, width, None).is_err(), "{width}");
        }
        timeline_of(&mut figure).panels[0].marks[0].position = 7;
        let message = place_in(&figure, 800, None).expect_err("no such level").to_string();
        assert!(message.contains("position 7") && message.contains("Territory"), "{message}");
        timeline_of(&mut figure).panels = vec![panel(&FIVE, Vec::new()); 1000];
        assert!(place_in(&figure, 800, None).is_err());
    }

    #[test]
    fn odd_figures_do_not_panic() {
        let mut bare = figure(Vec::new(), &EVENTS);
        check_words(&place(&bare, 320));
        (bare.title, bare.subtitle) = (String::new(), " \n".into());
        (bare.key, bare.footer) = (Vec::new(), vec![String::new()]);
        let body = timeline_of(&mut bare);
        body.to = body.from;
        let from = body.from;
        place(&bare, 320);
        let body = timeline_of(&mut bare);
        body.panels = vec![panel(&[], Vec::new()), panel(&["One"], vec![mark(0, from, 0)])];
        body.panels[0].empty = Some("No statement takes a position".into());
        (body.panels[1].title, body.panels[1].note) = (String::new(), String::new());
        check_words(&place(&bare, 320));
        let body = timeline_of(&mut bare);
        (body.from, body.to) = (NaiveDate::MIN, NaiveDate::MAX);
        place(&bare, 320);
        let backwards = Mark { from: day("2025-05-01"), to: day("2025-04-01"), by_month: true, ..mark(0, from, 0) };
        let mut figure = figure(vec![panel(&FIVE, vec![backwards])], &[]);
        timeline_of(&mut figure).panels[0].levels[4].position = 0;
        assert_eq!(place(&figure, 800).panels[0].marks.len(), 1);
    }

    #[test]
    fn twenty_thousand_marks_are_placed() {
        let same: Vec<Mark> = (0..20_000).map(|i| mark(i, day("2025-08-18"), 0)).collect();
        let spread: Vec<Mark> = (0..20_000).map(|i| mark(i, after(i % 239), (i % 5) as i32 - 2)).collect();
        let mut months = spread.clone();
        months.iter_mut().step_by(2).for_each(|mark| {
            mark.to = mark.from + Days::new(30);
            mark.by_month = true;
        });
        for marks in [same, spread, months] {
            assert_eq!(place(&figure(vec![panel(&FIVE, marks)], &EVENTS), 1200).panels[0].marks.len(), 20_000);
        }
    }
}
