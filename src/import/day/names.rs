//! The names of months and days of the week, in 10 languages.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::Weekday;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lowercase letters without accents.
pub fn bare(text: &str) -> String {
    text.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)).collect()
}

/// Words that say nothing beside a date.
pub const FILLERS: [&str; 17] =
    ["of", "the", "de", "del", "le", "el", "den", "der", "am", "a", "on", "року", "год", "года", "г", "р", "r"];

/// Words for a part of a month.
pub const PARTS_OF_MONTHS: [&str; 20] = [
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

/// The number of a month, from 1, by its name without accents.
pub static MONTHS_BY_NAME: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
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

/// The day of the week by its name without accents.
pub static WEEKDAYS_BY_NAME: LazyLock<HashMap<String, Weekday>> = LazyLock::new(|| {
    let all = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let days = WEEKDAYS.iter().zip(all);
    days.flat_map(|(names, day)| names.split(' ').map(move |name| (bare(name), day))).collect()
});
