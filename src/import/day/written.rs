//! What the writing of a date says, before anything is known of its column.

use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc, Weekday};
use regex::Regex;

use crate::import::day::WrittenDay;
use crate::import::day::names::{FILLERS, MONTHS_BY_NAME, PARTS_OF_MONTHS, WEEKDAYS_BY_NAME, bare};
use crate::import::pattern;

const TIME: &str = r"(?P<hour>\d{1,2})[:.hH](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?:Uhr|uhr))?\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+\u{2212}-]\d{1,2}:?\d{0,2})?(?:\s*\([A-Za-z ]+\))?";

static WITH_TIME: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^(?P<day>.*\d.*?)(?:[T\s,]|\bat\b|\bum\b)+{TIME}$")));
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(\d{4})\s*[-/.\u{2010}-\u{2013}]\s*(\d{1,2})\s*[-/.\u{2010}-\u{2013}]\s*(\d{1,2})\.?$")
});
static COMPACT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([12]\d{3})(\d{2})(\d{2})(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?$"));
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

/// Moments that a quotation may have as seconds since 1970: 2000 to 2037.
const SECONDS: std::ops::RangeInclusive<i64> = 946_684_800..=2_145_916_799;

/// Reads what the writing of a date says.
pub fn read(text: &str) -> WrittenDay {
    let text = text.trim();
    if text.len() > 80 || !text.contains(|c: char| c.is_ascii_digit()) {
        return WrittenDay::Unknown;
    }
    if let Some(at) = since_1970(text) {
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

/// A moment as programs count it: seconds or milliseconds since 1970, with a fraction or without.
fn since_1970(text: &str) -> Option<DateTime<Utc>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !(whole.bytes().chain(fraction.bytes())).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count = whole.parse::<i64>().ok()?;
    let seconds = match whole.len() {
        9 | 10 => count,
        12 | 13 => count.div_euclid(1_000),
        _ => return None,
    };
    SECONDS.contains(&seconds).then(|| DateTime::from_timestamp(seconds, 0)).flatten()
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
        } else if !FILLERS.contains(&word) && !WEEKDAYS_BY_NAME.contains_key(word) {
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
