//! Days as people write them. What the writing leaves open is decided by the column as a whole, or not at all.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::date::{Precision, StatementDate};
use crate::import::pattern;

/// Whether the day or the month comes first in dates such as 05/06/2018.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// 5 June.
    DayFirst,
    /// 6 May.
    MonthFirst,
}

impl DateOrder {
    /// The word in flags and files: `dmy` or `mdy`.
    pub fn word(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "dmy",
            DateOrder::MonthFirst => "mdy",
        }
    }
}

/// A date as far as its own writing says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WrittenDay {
    /// A day, whoever reads it.
    Day(NaiveDate),
    /// A moment with its zone. `utc` if the zone is UTC, which computers write wherever they are.
    Moment { at: DateTime<FixedOffset>, utc: bool },
    /// Day and month, in an order that the writing leaves open, unless the day of the week beside it decides.
    Open { first: u32, second: u32, year: i32, dotted: bool, weekday: Option<Weekday> },
    /// The same, with the last 2 digits of a year.
    ShortYear { first: u32, second: u32, year: i32 },
    /// A day and a month by name, with the last 2 digits of a year.
    NamedShortYear { day: u32, month: u32, year: i32 },
    /// A month by name and 2 digits, which are its year or its day: `Mar-25`.
    NamedMonth { month: u32, digits: u32 },
    /// A month without a day.
    Month { year: i32, month: u32 },
    /// A week of a year, by its Monday.
    Week(NaiveDate),
    /// A quarter of a year, by its first day.
    Quarter(NaiveDate),
    /// A year alone.
    Year(i32),
    /// The number of a day in a spreadsheet.
    Serial(u32),
    /// Three numbers that are not a day of the calendar.
    Impossible,
    /// Nothing of this kind.
    Unknown,
}

/// How the dates of a column are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct DayRules {
    /// Whether day or month comes first; `None` if nothing says it.
    pub order: Option<DateOrder>,
    /// Whether a person has said so, and not only the column.
    pub order_given: bool,
    /// Whether 2 digits at the end of a date are its year.
    pub years_last: bool,
    /// Whether 2 digits beside the name of a month are its year.
    pub months_with_years: bool,
    /// The zone in which the day of a moment is meant. `None` is the zone in which it is written.
    pub zone: Option<Tz>,
    /// Whether serial numbers count from 1904.
    pub from_1904: bool,
}

/// Why a date cannot be read: what is wrong, and how to fix it.
pub type DayFault = (String, String);

const TIME: &str = r"(?P<hour>\d{1,2})[:.hH](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?:Uhr|uhr))?\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+\u{2212}-]\d{1,2}:?\d{0,2})?(?:\s*\([A-Za-z ]+\))?";

static WITH_TIME: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^(?P<day>.*\d.*?)(?:[T\s,]|\bat\b|\bum\b)+{TIME}$")));
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(\d{4})\s*[-/.\u{2010}-\u{2013}]\s*(\d{1,2})\s*[-/.\u{2010}-\u{2013}]\s*(\d{1,2})\.?$")
});
static COMPACT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([12]\d{3})(\d{2})(\d{2})$"));
static NUMBERS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?:\s*(?:г|р|r)\.?)?$"));
static YEAR_MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{4})[-/.](\d{1,2})$"));
static MONTH_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{1,2})[-/.](\d{4})$"));
// As in ISO 8601: `2025-W07`.
static WEEK: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{4})\s*-?\s*[Ww](\d{1,2})$"));
// `Q1 2025`.
static QUARTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[QT]\s*([1-4])\s*[-/,]?\s*(\d{4})$"));
// `2025-Q1`.
static YEAR_QUARTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(\d{4})\s*[-/]?\s*[QT]([1-4])$"));
// `1. Quartal 2025`, `1er trimestre 2025`, `1 кв. 2025`.
static NAMED_QUARTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^([1-4])\.?\s*(?:er|e|º|st|nd|rd|th|-?й)?\s*(?:Q|Quartal|quarter|trimestre|кв\.?|квартал)\s*(?:of\s+|de\s+)?(\d{4})$",
    )
});
static SERIAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{5})(?:[.,]\d+)?$"));

/// Days that a quotation may have as a serial number, in the system that counts from 1900: 1954 to 2064.
const SERIALS: std::ops::RangeInclusive<u32> = 20_000..=60_000;

/// Moments that a quotation may have as milliseconds since 1970: 2000 to 2040.
const MILLISECONDS: std::ops::RangeInclusive<i64> = 946_684_800_000..=2_208_988_800_000;

/// Reads what the writing of a date says.
pub fn read(text: &str) -> WrittenDay {
    let text = text.trim();
    if text.len() > 80 || !text.contains(|c: char| c.is_ascii_digit()) {
        return WrittenDay::Unknown;
    }
    // As pandas writes moments in JSON: milliseconds since 1970, of 2000 to 2040.
    let number = text.strip_suffix(".0").unwrap_or(text);
    if let Some(at) = (number.len() == 12 || number.len() == 13)
        .then(|| number.parse::<i64>().ok().filter(|count| MILLISECONDS.contains(count)))
        .flatten()
        .and_then(DateTime::from_timestamp_millis)
    {
        return WrittenDay::Moment { at: at.fixed_offset(), utc: true };
    }
    let day = day_of(text);
    if day != WrittenDay::Unknown {
        return day;
    }
    // As X and Ruby write moments: `Mon Jan 06 14:05:00 +0000 2025`.
    if let Ok(at) = DateTime::parse_from_str(text, "%a %b %d %H:%M:%S %z %Y") {
        return WrittenDay::Moment { at, utc: at.offset().local_minus_utc() == 0 };
    }
    let Some(parts) = WITH_TIME.captures(text) else { return WrittenDay::Unknown };
    let day = day_of(parts["day"].trim().trim_end_matches(','));
    let WrittenDay::Day(date) = day else { return day };
    let Some(zone) = parts.name("zone") else { return day };
    let number = |name: &str| parts.name(name).and_then(|part| part.as_str().parse::<u32>().ok()).unwrap_or(0);
    let half = parts.name("half").map(|half| half.as_str().to_ascii_lowercase());
    let hour = match half.as_deref() {
        Some("p") => number("hour") % 12 + 12,
        Some(_) => number("hour") % 12,
        None => number("hour"),
    };
    let time = NaiveTime::from_hms_opt(hour, number("minute"), number("second").min(59));
    let (Some(time), Some(offset)) = (time, offset_of(zone.as_str())) else { return WrittenDay::Unknown };
    match offset.from_local_datetime(&NaiveDateTime::new(date, time)).single() {
        Some(at) => WrittenDay::Moment { at, utc: offset.local_minus_utc() == 0 },
        None => WrittenDay::Unknown,
    }
}

/// The only day that a text names with its month in words: `debated on Monday 14 September 2015`.
pub fn within(text: &str) -> Option<NaiveDate> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut days = words.windows(3).filter_map(|three| match read(&three.join(" ")) {
        WrittenDay::Day(day) => Some(day),
        _ => None,
    });
    let first = days.next()?;
    days.all(|other| other == first).then_some(first)
}

fn offset_of(zone: &str) -> Option<FixedOffset> {
    let zone = zone.trim_start_matches("UTC").trim_start_matches("GMT").replace(['\u{2212}'], "-");
    if zone.is_empty() || zone == "Z" {
        return FixedOffset::east_opt(0);
    }
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = if digits.len() > 2 { digits.split_at(digits.len() - 2) } else { (digits.as_str(), "0") };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    FixedOffset::east_opt(if zone.starts_with('-') { -seconds } else { seconds })
}

fn day_of(text: &str) -> WrittenDay {
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let calendar = |year: i32, month: u32, day: u32| match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) if year >= 1000 => WrittenDay::Day(day),
        _ => WrittenDay::Impossible,
    };
    if let Some(parts) = YEAR_FIRST.captures(text).or_else(|| COMPACT.captures(text)) {
        return calendar(number(&parts[1]) as i32, number(&parts[2]), number(&parts[3]));
    }
    if let Some(parts) = NUMBERS.captures(text) {
        let (first, second, year) = (number(&parts[1]), number(&parts[3]), number(&parts[4]) as i32);
        return match parts[4].len() {
            2 => WrittenDay::ShortYear { first, second, year },
            _ => WrittenDay::Open { first, second, year, dotted: &parts[2] == ".", weekday: None },
        };
    }
    if let Some(parts) = YEAR_MONTH.captures(text) {
        return month(number(&parts[1]) as i32, number(&parts[2]));
    }
    if let Some(parts) = MONTH_YEAR.captures(text) {
        return month(number(&parts[2]) as i32, number(&parts[1]));
    }
    if let Some(parts) = SERIAL.captures(text) {
        let serial = number(&parts[1]);
        return if SERIALS.contains(&serial) { WrittenDay::Serial(serial) } else { WrittenDay::Unknown };
    }
    if let Some(parts) = WEEK.captures(text) {
        let (year, week) = (number(&parts[1]), number(&parts[2]));
        let monday = NaiveDate::from_isoywd_opt(year as i32, week, Weekday::Mon);
        return monday.filter(|_| year >= 1000).map_or(WrittenDay::Impossible, WrittenDay::Week);
    }
    let quarter = |year: u32, quarter: u32| {
        let first = NaiveDate::from_ymd_opt(year as i32, quarter * 3 - 2, 1);
        first.filter(|_| year >= 1000).map_or(WrittenDay::Impossible, WrittenDay::Quarter)
    };
    if let Some(parts) = QUARTER.captures(text).or_else(|| NAMED_QUARTER.captures(text)) {
        return quarter(number(&parts[2]), number(&parts[1]));
    }
    if let Some(parts) = YEAR_QUARTER.captures(text) {
        return quarter(number(&parts[1]), number(&parts[2]));
    }
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) && text > "1000" {
        return WrittenDay::Year(number(text) as i32);
    }
    match named(text) {
        WrittenDay::Unknown => beside_weekday(text),
        day => day,
    }
}

/// A date in numbers with a day of the week before or behind it: `Tue 09/01/2024`, `09.01.2024 (Di)`.
fn beside_weekday(text: &str) -> WrittenDay {
    let is_between = |c: char| c.is_whitespace() || ".,()[]".contains(c);
    let is_digit = |c: char| c.is_ascii_digit();
    let (Some(from), Some(to)) = (text.find(is_digit), text.rfind(is_digit)) else { return WrittenDay::Unknown };
    let words = [&text[..from], &text[to + 1..]].map(|word| word.trim_matches(is_between));
    let found = match words {
        [word, ""] | ["", word] => WEEKDAYS_BY_NAME.get(&bare(word)).copied(),
        _ => None,
    };
    match (found, found.map_or(WrittenDay::Unknown, |_| day_of(&text[from..=to]))) {
        (weekday, WrittenDay::Open { first, second, year, dotted, .. }) => {
            WrittenDay::Open { first, second, year, dotted, weekday }
        }
        (_, day) => day,
    }
}

/// The day of the week that a date names. A word that may be a month names none.
pub fn weekday(text: &str) -> Option<Weekday> {
    let bare = bare(text);
    let words = bare.split(|c: char| !c.is_alphabetic());
    let mut days =
        words.filter(|word| !MONTHS_BY_NAME.contains_key(*word)).filter_map(|word| WEEKDAYS_BY_NAME.get(word));
    days.next().copied()
}

fn month(year: i32, month: u32) -> WrittenDay {
    if year >= 1000 && (1..=12).contains(&month) { WrittenDay::Month { year, month } } else { WrittenDay::Impossible }
}

/// A date with the name of its month.
fn named(text: &str) -> WrittenDay {
    enum Part {
        Number(u32, usize),
        Month(u32),
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut part_of_month = false;
    for word in bare(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        if let Ok(value) = digits.parse() {
            let ending = &word[digits.len()..];
            if !["", "st", "nd", "rd", "th", "er", "ro", "го", "е", "й", "и", "г", "р"].contains(&ending) {
                return WrittenDay::Unknown;
            }
            parts.push(Part::Number(value, digits.len()));
        } else if let Some(month) = MONTHS_BY_NAME.get(word) {
            parts.push(Part::Month(*month));
        } else if PARTS_OF_MONTHS.contains(&word) {
            part_of_month = true;
        } else if !FILLERS.contains(&word) && !is_weekday(word) {
            return WrittenDay::Unknown;
        }
    }
    let year = |digits: usize| digits == 4;
    let day = |year: u32, month: u32, day: u32| {
        NaiveDate::from_ymd_opt(year as i32, month, day).map_or(WrittenDay::Impossible, WrittenDay::Day)
    };
    match parts[..] {
        // A part of a month is known by the month only. Beside a day such a word says that the day is not sure.
        [Part::Month(m), Part::Number(y, long)] if part_of_month && year(long) => month(y as i32, m),
        _ if part_of_month => WrittenDay::Unknown,
        [Part::Number(d, short), Part::Month(m), Part::Number(y, long)]
        | [Part::Month(m), Part::Number(d, short), Part::Number(y, long)]
        | [Part::Number(y, long), Part::Month(m), Part::Number(d, short)]
            if year(long) && short <= 2 =>
        {
            day(y, m, d)
        }
        [Part::Number(d, 1 | 2), Part::Month(m), Part::Number(y, 2)] => {
            WrittenDay::NamedShortYear { day: d, month: m, year: y as i32 }
        }
        [Part::Month(m), Part::Number(y, long)] | [Part::Number(y, long), Part::Month(m)] if year(long) => {
            month(y as i32, m)
        }
        [Part::Month(month), Part::Number(digits, 2)] => WrittenDay::NamedMonth { month, digits },
        _ => WrittenDay::Unknown,
    }
}

/// Lowercase letters without accents.
pub fn bare(text: &str) -> String {
    text.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)).collect()
}

const FILLERS: [&str; 17] =
    ["of", "the", "de", "del", "le", "el", "den", "der", "am", "a", "on", "року", "год", "года", "г", "р", "r"];

/// Words for a part of a month.
const PARTS_OF_MONTHS: [&str; 20] = [
    "early",
    "mid",
    "late",
    "beginning",
    "end",
    "anfang",
    "mitte",
    "ende",
    "debut",
    "mi",
    "fin",
    "principios",
    "mediados",
    "finales",
    "inizio",
    "meta",
    "fine",
    "початок",
    "середина",
    "кінець",
];

/// The months in English, German, French, Spanish, Ukrainian, Russian, Polish, Italian, Portuguese and Dutch, each in
/// the forms and abbreviations that stand in dates.
const MONTHS: [&str; 12] = [
    "january jan januar janner janvier janv enero ene січень січня січ январь января янв styczen stycznia sty gennaio gen janeiro januari",
    "february feb februar feber fevrier fevr fev febrero лютий лютого лют февраль февраля фев февр luty lutego lut febbraio fevereiro februari",
    "march mar marz maerz mrz mars marzo березень березня бер март марта мар marzec marca marco maart mrt",
    "april apr avril avr abril abr квітень квітня квіт кві апрель апреля апр kwiecien kwietnia kwi aprile",
    "may mai mayo травень травня трав тра май мая maj maja maggio mag maio mei",
    "june jun juni juin junio червень червня черв чер июнь июня июн czerwiec czerwca cze giugno giu junho",
    "july jul juli juillet juil julio липень липня лип июль июля июл lipiec lipca lip luglio lug julho",
    "august aug aout agosto ago серпень серпня серп сер август августа авг sierpien sierpnia sie augustus",
    "september sep sept septembre septiembre setiembre вересень вересня вер верес сентябрь сентября сен сент wrzesien wrzesnia wrz settembre set setembro",
    "october oct oktober okt octobre octubre жовтень жовтня жовт жов октябрь октября окт pazdziernik pazdziernika paz ottobre ott outubro out",
    "november nov novembre noviembre листопад листопада лист лис ноябрь ноября ноя нояб listopad listopada lis novembro",
    "december dec dezember dez decembre diciembre dic грудень грудня груд гру декабрь декабря дек grudzien grudnia gru dicembre dezembro",
];

static MONTHS_BY_NAME: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let months = MONTHS.iter().zip(1..);
    months.flat_map(|(names, month)| names.split(' ').map(move |name| (bare(name), month))).collect()
});

/// The days of the week from Monday on, in the same languages, with their abbreviations.
const WEEKDAYS: [&str; 7] = [
    "mon monday montag mo lundi lun lunes понеділок понедельник poniedziałek пн pon lunedi maandag segunda",
    "tue tuesday tues dienstag di mardi mar martes вівторок вторник wtorek вт wto martedi dinsdag terca",
    "wed wednesday mittwoch mi mercredi mer miercoles середа среда środa ср sro mercoledi woensdag quarta",
    "thu thursday thur thurs donnerstag do jeudi jeu jueves четвер четверг czwartek чт czw giovedi donderdag quinta",
    "fri friday freitag fr vendredi ven viernes пʼятниця п'ятниця п’ятниця пятниця пятница piątek пт pia venerdi vrijdag sexta",
    "sat saturday samstag sa sonnabend samedi sam sabado субота суббота sobota сб sob sabato zaterdag",
    "sun sunday sonntag so dimanche dim domingo неділя воскресенье niedziela нд вс nie domenica zondag",
];

static WEEKDAYS_BY_NAME: LazyLock<HashMap<String, Weekday>> = LazyLock::new(|| {
    let all = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let days = WEEKDAYS.iter().zip(all);
    days.flat_map(|(names, day)| names.split(' ').map(move |name| (bare(name), day))).collect()
});

fn is_weekday(word: &str) -> bool {
    WEEKDAYS_BY_NAME.contains_key(word)
}

impl WrittenDay {
    /// The order that this date proves, if only one is possible.
    pub fn proves(self) -> Option<DateOrder> {
        match self {
            WrittenDay::Open { first: 13..=31, second: 1..=12, .. }
            | WrittenDay::ShortYear { first: 13..=31, second: 1..=12, .. } => Some(DateOrder::DayFirst),
            WrittenDay::Open { first: 1..=12, second: 13..=31, .. }
            | WrittenDay::ShortYear { first: 1..=12, second: 13..=31, .. } => Some(DateOrder::MonthFirst),
            WrittenDay::Open { first, second, year, dotted: false, weekday: Some(weekday) } => {
                let is =
                    |month, day| NaiveDate::from_ymd_opt(year, month, day).is_some_and(|day| day.weekday() == weekday);
                match (is(second, first), is(first, second)) {
                    (true, false) => Some(DateOrder::DayFirst),
                    (false, true) => Some(DateOrder::MonthFirst),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether both orders give a day, and not the same one.
    pub fn is_open(self) -> bool {
        match self {
            WrittenDay::Open { first: 1..=12, second: 1..=12, dotted: false, .. } => {
                self.turned() != self && self.proves().is_none()
            }
            WrittenDay::ShortYear { first: first @ 1..=12, second: second @ 1..=12, .. } => first != second,
            _ => false,
        }
    }

    fn turned(self) -> WrittenDay {
        match self {
            WrittenDay::Open { first, second, year, dotted, weekday } => {
                WrittenDay::Open { first: second, second: first, year, dotted, weekday }
            }
            other => other,
        }
    }

    /// The day or month that is meant.
    ///
    /// # Errors
    /// What is wrong with it, and how to fix it.
    pub fn meant(self, written: &str, rules: DayRules) -> Result<StatementDate, DayFault> {
        let day = |written| Ok(StatementDate { written, precision: Precision::Day });
        let impossible = || {
            let what = format!("`{written}` is not a day of the calendar");
            Err((what, "check the day and the month".to_owned()))
        };
        let calendar = |year: i32, month: u32, of_month: u32| match NaiveDate::from_ymd_opt(year, month, of_month) {
            Some(found) if year >= 1000 => day(found),
            _ => impossible(),
        };
        match self {
            WrittenDay::Day(found) => day(found),
            WrittenDay::Moment { at, .. } => day(match rules.zone {
                Some(zone) => at.with_timezone(&zone).date_naive(),
                None => at.date_naive(),
            }),
            WrittenDay::Open { first, second, year, dotted, .. } => {
                let order = rules.order.or(dotted.then_some(DateOrder::DayFirst));
                match order.or(self.proves()) {
                    Some(DateOrder::MonthFirst) => calendar(year, first, second),
                    // The same day in either order, or one that the column leaves open and that was reported.
                    Some(DateOrder::DayFirst) | None => calendar(year, second, first),
                }
            }
            WrittenDay::ShortYear { .. } | WrittenDay::NamedShortYear { .. } if !rules.years_last => {
                let what = format!("the year of `{written}` has 2 digits");
                let hint = "write all 4 digits; or, if the year comes last, say so with --date-order dmy (day first) or \
                            --date-order mdy";
                Err((what, hint.to_owned()))
            }
            WrittenDay::ShortYear { first, second, year } => match rules.order {
                Some(DateOrder::MonthFirst) => calendar(whole_year(year), first, second),
                _ => calendar(whole_year(year), second, first),
            },
            WrittenDay::NamedShortYear { day, month, year } => calendar(whole_year(year), month, day),
            WrittenDay::NamedMonth { month, digits } if rules.months_with_years => {
                let year = whole_year(digits as i32);
                let first = NaiveDate::from_ymd_opt(year, month, 1);
                first.map_or_else(impossible, |written| Ok(StatementDate { written, precision: Precision::Month }))
            }
            WrittenDay::NamedMonth { .. } => {
                let what = format!("`{written}` may be a month with its year, or a day without one");
                Err((what, "write the year with 4 digits, or the whole date as 2025-08-15".to_owned()))
            }
            WrittenDay::Month { year, month } => match NaiveDate::from_ymd_opt(year, month, 1) {
                Some(written) => Ok(StatementDate { written, precision: Precision::Month }),
                None => impossible(),
            },
            WrittenDay::Week(written) => Ok(StatementDate { written, precision: Precision::Week }),
            WrittenDay::Quarter(written) => Ok(StatementDate { written, precision: Precision::Quarter }),
            WrittenDay::Year(year) => match NaiveDate::from_ymd_opt(year, 1, 1) {
                Some(written) => Ok(StatementDate { written, precision: Precision::Year }),
                None => impossible(),
            },
            WrittenDay::Serial(serial) => {
                let from = if rules.from_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
                let first = NaiveDate::from_ymd_opt(from.0, from.1, from.2);
                match first.and_then(|first| first.checked_add_days(Days::new(u64::from(serial)))) {
                    Some(found) => day(found),
                    None => impossible(),
                }
            }
            WrittenDay::Impossible => impossible(),
            WrittenDay::Unknown if written.is_empty() => {
                Err(("the date is empty".to_owned(), "write the day on which the words were said".to_owned()))
            }
            WrittenDay::Unknown => {
                let what = format!("`{written}` is not a date");
                let hint = "write it as 2025-08-15, 15.08.2025 or 15 August 2025, or only the month as 2025-08";
                Err((what, hint.to_owned()))
            }
        }
    }
}

/// The year of 2 digits: 1970 to 2069.
fn whole_year(short: i32) -> i32 {
    if short < 70 { 2000 + short } else { 1900 + short }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: DayRules = DayRules {
        order: None,
        order_given: false,
        years_last: false,
        months_with_years: false,
        zone: None,
        from_1904: false,
    };

    fn meant(text: &str, rules: DayRules) -> String {
        match read(text).meant(text, rules) {
            Ok(date) => format!("{} {}", date.written, date.precision.word()),
            Err((what, _)) => what,
        }
    }

    #[test]
    fn one_day_in_many_writings() {
        for text in [
            "2025-08-15",
            "2025/8/15",
            "2025.08.15",
            "20250815",
            "15.08.2025",
            "15. 8. 2025",
            "15/08/2025",
            "08/15/2025",
            "15-08-2025",
            "15 August 2025",
            "15. August 2025",
            "August 15, 2025",
            "Aug. 15th, 2025",
            "15-Aug-2025",
            "Friday, 15 August 2025",
            "Fri, 15 Aug 2025 10:00:00 +0000",
            "15 août 2025",
            "le 15 aout 2025",
            "15 de agosto de 2025",
            "15 серпня 2025 р.",
            "15 серпня 2025 року",
            "15 августа 2025 г.",
            "15 sierpnia 2025",
            "15 sierpnia 2025 r.",
            "2025-08-15T23:30:00Z",
            "2025-08-15 23:30:00.123+02:00",
            "2025-08-15 00:00:00",
            "15.08.2025 13:45",
            "8/15/2025 1:45:00 PM",
            "45884",
            "45884.5",
            "2025 August 15",
            "Fri Aug 15 14:05:00 +0000 2025",
            "15.08.2025, 13:45 Uhr",
        ] {
            assert_eq!(meant(text, PLAIN), "2025-08-15 day", "{text}");
        }
    }

    #[test]
    fn months_stay_months() {
        for text in ["2025-08", "08/2025", "8.2025", "August 2025", "2025 август", "серпень 2025", "août 2025"]
        {
            assert_eq!(meant(text, PLAIN), "2025-08-01 month", "{text}");
        }
        for text in ["early August 2025", "mid-August 2025", "Ende August 2025", "début août 2025", "fin août 2025"]
        {
            assert_eq!(meant(text, PLAIN), "2025-08-01 month", "{text}");
        }
    }

    #[test]
    fn quarters_weeks_and_years_are_less_exact() {
        for text in ["Q3 2025", "q3/2025", "2025-Q3", "2025 Q3", "3. Quartal 2025", "3rd quarter of 2025", "T3 2025"] {
            assert_eq!(meant(text, PLAIN), "2025-07-01 quarter", "{text}");
        }
        for text in ["3e trimestre 2025", "3 кв. 2025", "3 квартал 2025"] {
            assert_eq!(meant(text, PLAIN), "2025-07-01 quarter", "{text}");
        }
        assert_eq!(meant("2025-W07", PLAIN), "2025-02-10 week");
        assert_eq!(meant("2025", PLAIN), "2025-01-01 year");
    }

    #[test]
    fn what_is_not_clear_is_rejected() {
        for (text, what) in [
            ("", "is empty"),
            ("soon", "is not a date"),
            ("early 5 May 2025", "is not a date"),
            ("2025-W60", "not a day of the calendar"),
            ("Q5 2025", "is not a date"),
            ("31.02.2025", "not a day of the calendar"),
            ("2025-13-01", "not a day of the calendar"),
            ("15/08/25", "2 digits"),
            ("15-Aug-25", "2 digits"),
            ("Aug-25", "a month with its year, or a day"),
            ("0001-01-01", "not a day of the calendar"),
            ("12", "is not a date"),
            ("99999", "is not a date"),
            ("3 blind mice 2025", "is not a date"),
        ] {
            assert!(meant(text, PLAIN).contains(what), "{text}: {}", meant(text, PLAIN));
        }
        let given = DayRules { order: Some(DateOrder::MonthFirst), order_given: true, years_last: true, ..PLAIN };
        assert_eq!(meant("08/15/25", given), "2025-08-15 day");
        assert_eq!(meant("15-Aug-25", given), "2025-08-15 day");
        assert_eq!(meant("Aug-25", DayRules { months_with_years: true, ..PLAIN }), "2025-08-01 month");
        assert_eq!(meant("05/06/2018", given), "2018-05-06 day");
        assert!(read("05/06/2018").is_open() && !read("05.06.2018").is_open() && !read("06/06/2018").is_open());
    }

    #[test]
    fn a_day_of_the_week_decides_which_number_is_the_day() {
        for text in
            ["Tue 09/01/2024", "Tuesday, 9/1/2024", "mardi 09/01/2024", "09/01/2024 (Di)", "вт, 09/01/2024 14:05"]
        {
            assert_eq!(read(text).proves(), Some(DateOrder::DayFirst), "{text}");
            assert_eq!((meant(text, PLAIN).as_str(), read(text).is_open()), ("2024-01-09 day", false), "{text}");
        }
        assert_eq!(meant("Sun 09/01/2024", PLAIN), "2024-09-01 day");
        // A day of the week that is wrong in both orders decides nothing.
        assert!(read("Fri 09/01/2024").is_open() && read("Fri 09/01/2024").proves().is_none());
        assert_eq!(meant("Tue 09.01.2024", PLAIN), "2024-01-09 day");
        assert_eq!(meant("Tue 2024-01-09", PLAIN), "2024-01-09 day");
        assert_eq!(weekday("Mon 9 Jan 2024"), Some(Weekday::Mon));
        assert_eq!((weekday("9 mar 2024"), weekday("9 Jan 2024")), (None, None));
        assert_eq!(read("Room 09/01/2024"), WrittenDay::Unknown);
    }

    #[test]
    fn a_moment_has_the_day_of_the_zone() {
        let zoned = |name: &str| DayRules { zone: Some(name.parse().unwrap()), ..PLAIN };
        assert_eq!(meant("2025-08-15T23:30:00Z", zoned("Europe/Kyiv")), "2025-08-16 day");
        assert_eq!(meant("2025-08-16T01:30:00Z", zoned("America/New_York")), "2025-08-15 day");
        assert_eq!(meant("2025-08-15 23:30", zoned("Europe/Kyiv")), "2025-08-15 day");
    }

    #[test]
    fn serial_numbers_know_their_system() {
        assert_eq!(meant("44422", DayRules { from_1904: true, ..PLAIN }), "2025-08-15 day");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_rejected(text in "\\PC{0,30}") {
            let _ = meant(&text, PLAIN);
        }

        #[test]
        fn any_numbers_are_read_or_rejected(text in "[0-9]{1,6}[-/.T: ][0-9]{1,4}[-/. ]{0,2}[0-9]{0,5}( [0-9]{1,3}:[0-9]{2})?[+Z-]?[0-9:]{0,6}") {
            let _ = meant(&text, PLAIN);
        }
    }
}
