//! The time axis: where each day is, and which dates have labels.

use chrono::{Datelike, NaiveDate};

use crate::chart::draw::face::{Face, Fonts};
use crate::chart::figure::Calendar;

/// Days added on both sides if the span is a single day.
const PAD_DAYS: i32 = 15;
/// Free pixels at both ends, so that marks on the first and last day are drawn whole.
const PAD: f64 = 10.0;
/// Free pixels between two dates.
const GAP: f64 = 8.0;

/// Maps days to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// First and last day, counted from the common era.
    days: (i32, i32),
    /// Pixels of the first and last day.
    pixels: (f64, f64),
}

/// A labelled date.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// The day.
    pub date: NaiveDate,
    /// Its x.
    pub x: f64,
    /// The x of the middle of its label: its own, except that a label ends where the axis does.
    pub label_x: f64,
    /// The day, month or year.
    pub label: String,
    /// The year, at the first tick and wherever the year changes.
    pub year: Option<String>,
}

/// Distance between ticks.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Days(i32),
    Weeks(i32),
    Months(i32),
    Years(i32),
}

impl Axis {
    /// Builds the axis from `from` to `to` between two pixels; a single day is padded.
    pub fn new(from: NaiveDate, to: NaiveDate, left: f64, right: f64) -> Axis {
        let (first, last) = (from.min(to).num_days_from_ce(), from.max(to).num_days_from_ce());
        let pad = if first == last { PAD_DAYS } else { 0 };
        Axis { days: (first - pad, last + pad), pixels: (left + PAD, right - PAD) }
    }

    /// Returns the pixel of a day.
    pub fn x(&self, date: NaiveDate) -> f64 {
        self.x_of(date.num_days_from_ce())
    }

    /// Whether a day is on the axis.
    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.days.0..=self.days.1).contains(&date.num_days_from_ce())
    }

    /// Returns the dates to label: the finest step whose labels do not touch.
    pub fn ticks(&self, calendar: &Calendar, fonts: &Fonts, face: Face) -> Vec<Tick> {
        let room = |tick: &Tick| {
            fonts.width(&tick.label, face).max(tick.year.as_deref().map_or(0.0, |year| fonts.width(year, face))) / 2.0
        };
        let within = |mut tick: Tick| {
            tick.label_x = tick.x.min(self.pixels.1 + PAD - room(&tick));
            tick
        };
        let fits = |ticks: &Vec<Tick>| {
            ticks.windows(2).all(|pair| pair[1].label_x - pair[0].label_x >= room(&pair[0]) + room(&pair[1]) + GAP)
        };
        let placed = |step: Step| self.ticks_every(step, calendar).into_iter().map(within).collect();
        let sparse = |step: &Step| self.span() / step.days() <= (self.pixels.1 - self.pixels.0) / 10.0;
        let steps = self.steps();
        steps.into_iter().filter(sparse).map(placed).find(fits).unwrap_or_default()
    }

    fn x_of(&self, day: i32) -> f64 {
        let share = f64::from(day - self.days.0) / self.span();
        self.pixels.0 + share * (self.pixels.1 - self.pixels.0)
    }

    fn span(&self) -> f64 {
        f64::from(self.days.1 - self.days.0)
    }

    /// Returns the steps that suit the span, finest first.
    fn steps(&self) -> Vec<Step> {
        let short = [Step::Days(1), Step::Days(2), Step::Weeks(1), Step::Weeks(2)];
        let months = [Step::Months(1), Step::Months(2), Step::Months(3), Step::Months(6)];
        let years = (0..6).flat_map(|tens| [1, 2, 5].map(|n| Step::Years(n * 10_i32.pow(tens))));
        let steps: Vec<Step> = short.into_iter().chain(months).chain(years).collect();
        let first = match self.span() {
            span if span < 14.0 => 0,
            span if span < 45.0 => 2,
            span if span < 430.0 => 4,
            _ => 6,
        };
        steps[first..].to_vec()
    }

    fn ticks_every(&self, step: Step, calendar: &Calendar) -> Vec<Tick> {
        let mut ticks = Vec::new();
        let mut year_before = None;
        for date in self.starts(step) {
            let (label, year) = match step {
                Step::Days(_) | Step::Weeks(_) => (calendar.day(date), true),
                Step::Months(_) => (calendar.month(date).to_owned(), true),
                Step::Years(_) => (date.year().to_string(), false),
            };
            let changes = year && year_before != Some(date.year());
            year_before = Some(date.year());
            let (x, year) = (self.x(date), changes.then(|| date.year().to_string()));
            ticks.push(Tick { date, x, label_x: x, label, year });
        }
        ticks
    }

    /// Returns the days on the axis at which a step begins.
    fn starts(&self, step: Step) -> Vec<NaiveDate> {
        let (first, last) = self.days;
        let day = NaiveDate::from_num_days_from_ce_opt;
        match step {
            Step::Days(n) => (first..=last).filter(|d| d.rem_euclid(n) == 0).filter_map(day).collect(),
            // Day 1 of the common era was a Monday.
            Step::Weeks(n) => (first..=last).filter(|d| d.rem_euclid(7 * n) == 1).filter_map(day).collect(),
            Step::Months(n) => self.month_starts(n),
            Step::Years(n) => self.month_starts(n.saturating_mul(12)),
        }
    }

    /// Returns the first day of every `n`th month on the axis, counted from a January.
    fn month_starts(&self, n: i32) -> Vec<NaiveDate> {
        let month =
            |day: i32| NaiveDate::from_num_days_from_ce_opt(day).map_or(0, |d| d.year() * 12 + d.month0() as i32);
        let (first, last) = (month(self.days.0), month(self.days.1));
        let start = |m: i32| NaiveDate::from_ymd_opt(m.div_euclid(12), m.rem_euclid(12) as u32 + 1, 1);
        (first.div_euclid(n)..=last.div_euclid(n))
            .filter_map(|k| start(k * n))
            .filter(|date| self.contains(*date))
            .collect()
    }
}

impl Step {
    /// Returns the approximate length of the step.
    fn days(self) -> f64 {
        match self {
            Step::Days(n) => f64::from(n),
            Step::Weeks(n) => 7.0 * f64::from(n),
            Step::Months(n) => 30.0 * f64::from(n),
            Step::Years(n) => 365.0 * f64::from(n),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::locale::{ChartLanguage, Locale};

    const FACE: Face = Face { size: 12.0, weight: crate::chart::draw::style::Weight::Regular };

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn calendar() -> Calendar {
        Locale::new(ChartLanguage::En).calendar()
    }

    fn labels(from: &str, to: &str, pixels: f64) -> Vec<String> {
        let ticks = Axis::new(day(from), day(to), 0.0, pixels).ticks(&calendar(), &Fonts::embedded(), FACE);
        ticks.into_iter().map(|t| t.label + &t.year.map(|y| format!("/{y}")).unwrap_or_default()).collect()
    }

    #[test]
    fn months_with_the_year_at_the_first_and_at_january() {
        assert_eq!(labels("2024-11-05", "2025-03-02", 600.0), ["Dec/2024", "Jan/2025", "Feb", "Mar"]);
    }

    #[test]
    fn long_spans_have_quarters_then_years() {
        assert_eq!(labels("2024-01-01", "2025-06-30", 900.0), ["Jan/2024", "Apr", "Jul", "Oct", "Jan/2025", "Apr"]);
        assert_eq!(labels("2015-02-01", "2018-02-01", 200.0), ["2016", "2017", "2018"]);
        assert!(labels("0001-01-01", "9999-12-31", 300.0).len() > 2);
    }

    #[test]
    fn short_spans_have_weeks_and_single_days_are_padded() {
        assert_eq!(labels("2025-03-01", "2025-03-25", 600.0), ["3 Mar/2025", "10 Mar", "17 Mar", "24 Mar"]);
        let axis = Axis::new(day("2025-03-18"), day("2025-03-18"), 0.0, 600.0);
        assert_eq!(axis.x(day("2025-03-18")), 300.0);
        assert!(axis.contains(day("2025-03-03")) && !axis.contains(day("2025-03-02")));
        assert!(!axis.ticks(&calendar(), &Fonts::embedded(), FACE).is_empty());
    }

    #[test]
    fn no_label_ends_beyond_the_axis() {
        let fonts = Fonts::embedded();
        for language in ChartLanguage::ALL {
            let calendar = Locale::new(language).calendar();
            for days in 1..400 {
                let axis = Axis::new(day("2025-03-02"), day("2025-03-02") + chrono::Days::new(days), 0.0, 300.0);
                for tick in axis.ticks(&calendar, &fonts, FACE) {
                    assert!(
                        tick.label_x + fonts.width(&tick.label, FACE) / 2.0 <= 300.0 + 1e-9,
                        "{days} days: {tick:?}"
                    );
                    assert!(tick.label_x <= tick.x);
                }
            }
        }
    }

    #[test]
    fn labels_do_not_touch_on_any_span() {
        let (from, calendar, fonts) = (day("2025-01-30"), calendar(), Fonts::embedded());
        for days in (1..60).chain((60..5000).step_by(97)) {
            for pixels in [200.0, 260.0, 1000.0] {
                let axis = Axis::new(from, from + chrono::Days::new(days), 0.0, pixels);
                let ticks = axis.ticks(&calendar, &fonts, FACE);
                assert!(
                    ticks.windows(2).all(|t| t[1].label_x - t[0].label_x > fonts.width(&t[0].label, FACE)),
                    "{days} days"
                );
                assert!(!ticks.is_empty() || days < 3, "{days} days, {pixels} px");
            }
        }
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        for (from, to) in [(NaiveDate::MIN, NaiveDate::MAX), (NaiveDate::MAX, NaiveDate::MAX)] {
            let axis = Axis::new(from, to, 0.0, 300.0);
            assert!(axis.ticks(&calendar(), &Fonts::embedded(), FACE).iter().all(|tick| tick.x.is_finite()));
        }
    }
}
