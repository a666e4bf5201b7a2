//! What people write into several columns, and what is one thing here: day, month and year; first and last name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::import::column::{Naming, bare_header, is_form_time, is_number_of, is_work_on, named};
use crate::import::day::{self, WrittenDay};
use crate::import::grid::{Grid, JoinedColumn};
use crate::import::header;
use crate::import::settings::ImportSettings;

/// A part of a date or of a name, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Year,
    Month,
    Day,
    Given,
    Middle,
    Family,
}

/// What each part is called. `name` and `nom` mean the family name only beside a given name.
const NAMES: [(Part, &str); 6] = [
    (Part::Year, "year,yr,Jahr,année,annee,año,ano,anno,jaar,år,рік,год,rok,yyyy"),
    (Part::Month, "month,mon,mth,Monat,mois,mes,mês,mese,maand,måned,місяць,месяц,miesiąc,mm"),
    (Part::Day, "day,day of month,Tag,jour,día,dia,giorno,dag,день,число,dzień,dd"),
    (
        Part::Given,
        "first name,firstname,first,given name,given names,given,forename,fname,Vorname,prénom,prenom,nombre,nombres,nome,\
         voornaam,fornavn,förnamn,ім'я,имя,imię",
    ),
    (Part::Middle, "middle name,middle initial,middle names,zweiter Vorname,по батькові,отчество,tussenvoegsel"),
    (
        Part::Family,
        "last name,lastname,last,surname,family name,family,second name,lname,Nachname,Familienname,Zuname,Name,nom,\
         nom de famille,apellido,apellidos,cognome,sobrenome,apelido,achternaam,efternavn,etternavn,efternamn,прізвище,\
         фамилия,nazwisko",
    ),
];

static BARE_NAMES: LazyLock<Vec<(String, Part)>> = LazyLock::new(|| {
    let all = NAMES.iter().flat_map(|(part, names)| names.split(',').map(|name| (bare_header(name), *part)));
    let mut all: Vec<(String, Part)> = all.collect();
    // `first name` before `name`.
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    all
});

/// How many cells show what a column holds.
const LOOKED_AT: usize = 200;

/// The part that a header names, and what more it says: `Date_Year` is the year of a `date`.
fn part(header: &str) -> Option<(Part, String)> {
    const BETWEEN: [&str; 8] = ["of", "the", "der", "des", "de", "du", "la", "del"];
    let padded = format!(" {} ", bare_header(header));
    let (name, part) = BARE_NAMES.iter().find(|(name, _)| padded.contains(&format!(" {name} ")))?;
    let rest = padded.replacen(&format!(" {name} "), " ", 1);
    let rest: Vec<&str> = rest.split_whitespace().filter(|word| !BETWEEN.contains(word)).collect();
    Some((*part, rest.join(" ")))
}

/// Adds a column of dates to a table that has years, months and days in columns of their own, and a column of speakers to
/// one that has their first and last names so. A table with whole dates or names stays as it is, and so does a column that
/// a person has said something about.
pub fn join(grid: &mut Grid, header: usize, settings: &ImportSettings) {
    let names = header::names(grid, header);
    let said = |column: usize| {
        settings
            .columns
            .iter()
            .find(|(name, _)| bare_header(name) == bare_header(&names[column]))
            .map(|(_, usage)| usage)
    };
    let is_said =
        |usage: &str| (0..names.len()).any(|column| said(column).is_some_and(|said| said.to_string() == usage));
    // The parts of each thing by the rest of their headers: those of a birthday are no parts of a date.
    let mut groups: BTreeMap<String, BTreeMap<Part, usize>> = BTreeMap::new();
    for column in (0..names.len()).filter(|column| !names[*column].is_empty() && said(*column).is_none()) {
        if let Some((part, rest)) = part(&names[column]) {
            groups.entry(rest).or_default().entry(part).or_insert(column);
        }
    }
    let about = |usage: &'static str| {
        move |rest: &str| {
            rest.is_empty() || named(rest).iter().any(|(known, naming)| *known == usage && *naming != Naming::Within)
        }
    };
    let (of_date, of_text, of_speaker) = (about("date"), about("text"), about("speaker"));
    let mut dates = groups.iter().filter(|(rest, _)| of_date(rest) || of_text(rest));
    let dates = dates.find_map(|(_, parts)| date_parts(grid, header, &names, parts));
    let mut people = groups.iter().filter(|(rest, _)| of_speaker(rest));
    let people = people.find_map(|(_, parts)| name_parts(grid, header, &names, parts));
    if let Some(parts) = dates.filter(|_| !is_said("date")) {
        let cell =
            |grid: &Grid, row: usize| date(&parts.iter().map(|(part, at)| (*part, grid.cell(row, *at))).collect());
        append(grid, header, &names, &parts, "date", cell);
    }
    if let Some(parts) = people.filter(|_| !is_said("speaker")) {
        let cell = |grid: &Grid, row: usize| {
            let words = parts.values().map(|at| grid.cell(row, *at)).filter(|word| !word.is_empty());
            words.collect::<Vec<&str>>().join(" ")
        };
        append(grid, header, &names, &parts, "speaker", cell);
    }
}

/// Adds a column that is made of others.
fn append(
    grid: &mut Grid,
    header: usize,
    names: &[String],
    parts: &BTreeMap<Part, usize>,
    usage: &'static str,
    cell: impl Fn(&Grid, usize) -> String,
) {
    let mut from: Vec<usize> = parts.values().copied().collect();
    from.sort_unstable();
    let name = from.iter().map(|column| names[*column].as_str()).collect::<Vec<&str>>().join(" + ");
    let cells = |grid: &Grid, row: usize| match row.cmp(&header) {
        std::cmp::Ordering::Less => String::new(),
        std::cmp::Ordering::Equal => name.clone(),
        std::cmp::Ordering::Greater => cell(grid, row),
    };
    grid.append(JoinedColumn { from, usage }, cells);
}

/// The first cells of a column that are not empty.
fn cells(grid: &Grid, header: usize, column: usize) -> impl Iterator<Item = &str> {
    let all = (header + 1..grid.rows()).map(move |row| grid.cell(row, column));
    all.filter(|cell| !cell.is_empty()).take(LOOKED_AT)
}

/// Whether nearly all cells of a column are of a kind, and there are some.
fn mostly(grid: &Grid, header: usize, column: usize, is: impl Fn(&str) -> bool) -> bool {
    let (of_kind, others): (Vec<&str>, Vec<&str>) = cells(grid, header, column).partition(|cell| is(cell));
    !of_kind.is_empty() && of_kind.len() >= others.len() * 9
}

/// The columns of a date: a year, with a month or without, with a day or without.
fn date_parts(
    grid: &Grid,
    header: usize,
    names: &[String],
    parts: &BTreeMap<Part, usize>,
) -> Option<BTreeMap<Part, usize>> {
    let of = |wanted: Part, is: fn(&str) -> bool| {
        parts.get(&wanted).filter(|at| mostly(grid, header, **at, is)).map(|at| (wanted, *at))
    };
    let year = of(Part::Year, |cell| matches!(number(cell), Some((1000..=2999, 4) | (_, 2))))?;
    let month = of(Part::Month, |cell| matches!(number(cell), Some((0..=12, _))) || is_month(cell));
    let day = of(Part::Day, |cell| matches!(number(cell), Some((0..=31, _)))).filter(|_| month.is_some());
    let parts: BTreeMap<Part, usize> = [Some(year), month, day].into_iter().flatten().collect();
    let is_date = |cell: &str| !matches!(day::read(cell), WrittenDay::Unknown | WrittenDay::Year(_));
    let mut others = (0..names.len()).filter(|column| !parts.values().any(|at| at == column)).filter(|column| {
        let name = &names[*column];
        let is_named = named(name).contains(&("date", Naming::Exact));
        !is_form_time(name)
            && !is_work_on(name)
            && (is_named || parts.len() < 3)
            && mostly(grid, header, *column, is_date)
    });
    others.next().is_none().then_some(parts)
}

/// The columns of a name: a given name and a family name, unless another column has whole names.
fn name_parts(
    grid: &Grid,
    header: usize,
    names: &[String],
    parts: &BTreeMap<Part, usize>,
) -> Option<BTreeMap<Part, usize>> {
    let parts: BTreeMap<Part, usize> =
        parts.iter().filter(|(part, _)| **part >= Part::Given).map(|(part, at)| (*part, *at)).collect();
    let (given, family) = (*parts.get(&Part::Given)?, *parts.get(&Part::Family)?);
    let rows: Vec<usize> =
        (header + 1..grid.rows()).filter(|row| !grid.cell(*row, given).is_empty()).take(LOOKED_AT).collect();
    // `Name` beside `First name` may be the whole name.
    let is_whole = |row: &&usize| {
        let [given, name] = [given, family].map(|at| format!(" {} ", bare_header(grid.cell(**row, at))));
        name.contains(&given) && name.len() > given.len()
    };
    let is_text = |cell: &str| cell.chars().any(char::is_alphabetic) && cell.chars().count() <= 60;
    let is_name = [given, family].iter().all(|at| mostly(grid, header, *at, is_text));
    if !is_name || rows.iter().filter(is_whole).count() * 2 >= rows.len() {
        return None;
    }
    let mut others = (0..names.len()).filter(|column| !parts.values().any(|at| at == column)).filter(|column| {
        let is_named =
            named(&names[*column]).iter().any(|(usage, naming)| *usage == "speaker" && *naming != Naming::Loose);
        is_named
            && !is_number_of(&names[*column])
            && part(&names[*column]).is_none()
            && mostly(grid, header, *column, is_text)
    });
    others.next().is_none().then_some(parts)
}

/// A whole number, and how many digits it is written with. `5.0`, `4.` and `4th` are numbers, too.
fn number(cell: &str) -> Option<(u32, usize)> {
    let cell = cell.strip_suffix(".0").unwrap_or(cell);
    let digits = cell.trim_end_matches(|c: char| !c.is_ascii_digit());
    let ending = cell[digits.len()..].to_lowercase();
    let is_plain = ["", ".", "st", "nd", "rd", "th", "er", "º"].contains(&ending.as_str());
    digits.parse().ok().filter(|_| is_plain && digits.len() <= 4).map(|value| (value, digits.len()))
}

fn is_month(cell: &str) -> bool {
    matches!(day::read(&format!("{cell} 2000")), WrittenDay::Month { .. })
}

/// A date of its parts, as text. An empty day or 0 leaves a month, and an empty month leaves a year.
fn date(parts: &BTreeMap<Part, &str>) -> String {
    let cell = |part: Part| {
        parts.get(&part).copied().filter(|cell| number(cell).is_none_or(|(value, _)| value > 0)).unwrap_or("")
    };
    let plain = |part: Part| number(cell(part)).map_or_else(|| cell(part).to_owned(), |(value, _)| value.to_string());
    let year = match number(cell(Part::Year)) {
        Some((year, 2)) => day::whole_year(year as i32).to_string(),
        _ => plain(Part::Year),
    };
    let (month, of_month) = (plain(Part::Month), plain(Part::Day));
    if month.bytes().all(|byte| byte.is_ascii_digit()) && !month.is_empty() {
        let parts = [year, month, of_month].into_iter().filter(|part| !part.is_empty());
        return parts.collect::<Vec<String>>().join("-");
    }
    let parts = [of_month, month, year].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::import::column::ColumnUse;
    use crate::import::text::delimited;

    /// The columns that are joined, and their cells below the header.
    fn joined(text: &str, said: &[(&str, &str)]) -> Vec<String> {
        let mut grid = delimited(Path::new("a.csv"), text.as_bytes()).unwrap();
        let columns = said.iter().map(|(name, usage)| ((*name).to_owned(), ColumnUse::from_word(usage).unwrap()));
        join(&mut grid, 0, &ImportSettings { columns: columns.collect(), ..ImportSettings::default() });
        let made = grid.joined.len();
        let columns = grid.width() - made..grid.width();
        columns
            .flat_map(|column| (1..grid.rows()).map(move |row| (row, column)))
            .map(|(row, column)| grid.cell(row, column).to_owned())
            .collect()
    }

    #[test]
    fn parts_of_dates_become_dates() {
        assert_eq!(joined("day,month,year,x\n4,3,2019,a\n17,11,2020,b\n", &[]), ["2019-3-4", "2020-11-17"]);
        assert_eq!(joined("Année;Mois;Jour;x\n2019;mars;4;a\n2020;août;1er;b\n", &[]), ["4 mars 2019", "1 août 2020"]);
        assert_eq!(joined("date_year,date_month,date_day\n2019.0,3.0,0\n2019,,\n", &[]), ["2019-3", "2019"]);
        assert_eq!(joined("Jahr;Monat;x\n19;3;a\n20;4;b\n", &[]), ["2019-3", "2020-4"]);
        assert_eq!(joined("year,x\n2019,a\n", &[]), ["2019"]);
        for whole in [
            "date,year,month,x\n2019-03-04,2019,3,a\n",
            "when it was,year,x\n2019-03-04,2019,a\n",
            "birth year,birth month,birth day,x\n1950,3,4,a\n",
            "coding year,coding month,x\n2019,3,a\n",
            "day,month,x\nMon,3,a\n",
            "year,x\nfirst,a\n",
        ] {
            assert_eq!(joined(whole, &[]), Vec::<String>::new(), "{whole}");
        }
        assert_eq!(joined("year,x\n2019,a\n", &[("Year", "keep")]), Vec::<String>::new());
        assert_eq!(joined("year,month,x\n2019,3,2019-03-04\n", &[("x", "date")]), Vec::<String>::new());
    }

    #[test]
    fn parts_of_names_become_names() {
        assert_eq!(joined("First name,Last name,x\nAda,Holm,a\nCher,,b\n", &[]), ["Ada Holm", "Cher"]);
        assert_eq!(joined("Nom;Prénom\nMorel;Élise\n", &[]), ["Élise Morel"]);
        assert_eq!(joined("Name,Vorname\nHolm,Ada\n", &[]), ["Ada Holm"]);
        assert_eq!(joined("author.first,author.name,x\nAda,Holm,a\n", &[]), ["Ada Holm"]);
        assert_eq!(
            joined("Прізвище,Ім'я,По батькові\nШевченко,Тарас,Григорович\n", &[]),
            ["Тарас Григорович Шевченко"]
        );
        for whole in [
            "First name,Name\nAda,Ada Holm\n",
            "Speaker,First name,Last name\nMayor Ode,Ada,Holm\n",
            "Coder first name,Coder last name\nAda,Holm\n",
            "First name,x\nAda,a\n",
            "First,Last\n1,2\n",
        ] {
            assert_eq!(joined(whole, &[]), Vec::<String>::new(), "{whole}");
        }
        assert_eq!(joined("First name,Last name\nAda,Holm\n", &[("Last name", "speaker")]), Vec::<String>::new());
    }
}
