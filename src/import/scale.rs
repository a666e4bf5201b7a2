//! Positions as people write them in sheets: numbers in many forms, words of levels, and the many ways to say nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::codebook::Position;
use crate::import::column::bare_header;
use crate::import::pattern;
use crate::words;

/// The most levels that a scale may have.
pub const MOST_LEVELS: i32 = 1_000;
/// With more levels, a chart has hardly room for their words.
pub const MANY_LEVELS: usize = 11;

/// What a cell of positions says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The number of a level, with the words written beside it.
    Number(Position, Option<String>),
    /// The words of a level.
    Words(String),
    /// Nothing: empty, `NA`, a dash.
    Nothing,
}

/// Reads a cell of positions.
pub fn read(cell: &str) -> Entry {
    let cell = cell.trim();
    // Coders write ? where they have not decided yet.
    if words::is_missing(cell) || cell == "?" {
        return Entry::Nothing;
    }
    if let Some(position) = Position::read(cell).or_else(|| part_of(cell).map(|(part, _)| part)) {
        return Entry::Number(position, None);
    }
    // `-2 strongly against`, `2: for`, `+1 (leans for)`.
    let end = cell.find(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '(')).unwrap_or(cell.len());
    let (number, rest) = cell.split_at(end);
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '(' | ')' | '-' | '–' | '—'));
    // `2 5` is no level, and `+2 #5` and `+2 👍` are.
    let is_words = rest.starts_with('#') || rest.chars().any(|c| char::is_alphabetic(c) || is_picture(c));
    if let Some(position) = Position::read(number.trim_end_matches(['.', ')'])) {
        if is_words {
            return Entry::Number(position, Some(rest.to_owned()));
        }
        // `-1 = 0%`: whatever the words are, they stand for the number.
        if let Some(words) = cell[end..].trim_start().strip_prefix('=').map(str::trim).filter(|words| !words.is_empty())
        {
            return Entry::Number(position, Some(words.to_owned()));
        }
    }
    // `Leaning for (+1)`, but not the `(2)` of `tram: +2 = (2)`.
    let behind = cell.strip_suffix([')', ']']).and_then(|inside| inside.rsplit_once(['(', '[']));
    match behind.and_then(|(words, number)| Some((words.trim(), Position::read(number)?))) {
        Some((words, position)) if words.chars().any(char::is_alphabetic) && !words.ends_with('=') => {
            Entry::Number(position, Some(words.to_owned()))
        }
        _ => Entry::Words(cell.to_owned()),
    }
}

/// Whether a character is a picture that people write for words: emoji, stars, arrows.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// A negative number as accountants and old programs write it: `(2)`, `2-`, `2−`. Such a cell may also say something else,
/// so the cells beside it decide.
pub fn accounting(cell: &str) -> Option<Position> {
    let cell = cell.trim();
    let inside = cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let number = inside.or_else(|| cell.strip_suffix(['-', '−', '–']))?.trim();
    let unsigned = number.starts_with(|c: char| c.is_ascii_digit());
    let position = Position::read(number).filter(|position| unsigned && position.0 > 0)?;
    Some(Position(-position.0))
}

/// The highest number on one side of a usual scale with both signs.
const USUAL_SIDE: i32 = 3;

/// Whether cells such as `(2)` are negative, as the other numbers of their column show: none has a minus sign, one is 0,
/// and the others are those of one side of a usual scale.
pub fn are_accounting(others: &BTreeSet<Position>, negative: &BTreeSet<Position>) -> bool {
    let is_side = |position: &Position| (0..=USUAL_SIDE).contains(&position.0);
    let is_other_side = |position: &Position| position.0 >= -USUAL_SIDE;
    others.len() > 1
        && others.contains(&Position(0))
        && others.iter().all(is_side)
        && negative.iter().all(is_other_side)
}

/// The number within marks that may change it: `(2)`, `1?`, `0*`, `~2`.
pub fn marked_number(cell: &str) -> Option<Position> {
    const MARKS: &str = "()[]{}<>≤≥?？!*†‡~≈#^'\"’“”/\\…·";
    let cell = cell.trim();
    let is_mark = |c: char| MARKS.contains(c) || c.is_whitespace();
    let number = cell.trim_start_matches(is_mark).trim_end_matches(|c: char| is_mark(c) || "-−–".contains(c));
    Position::read(number).filter(|_| Position::read(cell).is_none())
}

/// The number of a cell that begins with one.
pub fn number(cell: &str) -> Option<Position> {
    match read(cell) {
        Entry::Number(position, _) => Some(position),
        _ => None,
    }
}

/// The words of levels in a header that explains its numbers: `Fares: 1 = raise, 5 = keep`.
pub fn legend(header: &str) -> BTreeMap<Position, String> {
    let levels = LEGEND.captures_iter(header).filter_map(|parts| {
        let words = parts[2].trim().trim_end_matches([')', ']', ',', ';']).trim();
        Some((Position::read(&parts[1])?, words.to_owned())).filter(|(_, words)| words.chars().any(char::is_alphabetic))
    });
    let levels: BTreeMap<Position, String> = levels.collect();
    if levels.len() < 2 { BTreeMap::new() } else { levels }
}

/// Whether a header explains its numbers: `(-2..2)`, `[1-5]`, `1 = raise, 5 = keep`.
pub fn has_legend(header: &str) -> bool {
    range(header).is_some() || !legend(header).is_empty()
}

/// The lowest and the highest number of the scale that a header names: `(-2..2)`, `[1-5]`, `score 0-100`.
pub fn range(header: &str) -> Option<(Position, Position)> {
    let ends = |parts: regex::Captures<'_>| {
        let (low, high) = (Position::read(&parts[1])?, Position::read(&parts[2])?);
        (low < high).then_some((low, high))
    };
    // Without brackets, only what can hardly be anything else.
    let usual = |(low, high): &(Position, Position)| (low.0 == 0 || low.0 == 1) && [5, 7, 10, 100].contains(&high.0);
    RANGE.captures(header).and_then(ends).or_else(|| BARE_RANGE.captures(header).and_then(ends).filter(usual))
}

/// Whether a header explains letters: `A = leave … E = expand`.
pub fn has_letters(header: &str) -> bool {
    LEGEND_LETTERS.find_iter(header).count() > 1
}

static LEGEND_LETTERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^\p{L}])\p{Lu}\s*[=:]\s*\p{L}"));
static LEGEND: LazyLock<Regex> = LazyLock::new(|| pattern(r"([-−–+]?\d{1,2})\s*[=:]\s*([^,;|/]+)"));
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    let range = r"[\(\[]\s*([-−–+]?\d{1,3})\s*(?:\.\.\.?|…|[-–—/]|to|bis|à|a|до|do)\s*([-−–+]?\d{1,3})\s*[\)\]]";
    pattern(range)
});
static BARE_RANGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s_])(\d{1,3})\s*(?:\.\.|…|[-–—]|to|_)\s*(\d{1,3})\s*$"));

/// Words as they are compared.
pub fn bare_words(text: &str) -> String {
    bare_header(text)
}

/// Whether words doubt themselves: `support?` is not yet a decision.
pub fn is_doubtful(text: &str) -> bool {
    text.contains(['?', '？', '¿', '؟']) && text.chars().any(char::is_alphabetic)
}

/// Words as those of a known level are compared: `supports` and `supporting` are `support`. A word that is stronger,
/// weaker or only akin stays as it is.
pub fn same_words(text: &str) -> String {
    let bare = bare_words(text);
    let words: Vec<&str> = bare.split(' ').map(|word| FORM_OF_WORD.get(word).map_or(word, String::as_str)).collect();
    let words = words.join(" ");
    words.strip_suffix(" of").map_or(words.clone(), str::to_owned)
}

/// Forms of a word that say the same, after the first of them.
const FORMS: [&str; 18] = [
    "support,supports,supporting,supported",
    "oppose,opposes,opposing,opposed",
    "agree,agrees",
    "disagree,disagrees",
    "reject,rejects,rejecting",
    "favor,favour,favors,favours",
    "favorable,favourable",
    "unfavorable,unfavourable",
    "approve,approves",
    "accept,accepts",
    "lehne,lehnt",
    "befürwortend,befürwortet",
    "przeciw,przeciwko",
    "негативно,негативна,негативная",
    "позитивно,позитивна",
    "neutralny,neutralna,neutralnie",
    "negatywny,negatywna",
    "pozytywny,pozytywna",
];

static FORM_OF_WORD: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let forms = FORMS.iter().flat_map(|forms| {
        let first = bare_words(forms.split(',').next().unwrap_or(""));
        forms.split(',').map(move |form| (bare_words(form), first.clone()))
    });
    forms.collect()
});

/// How far a word goes: its side of the scale (-1, 0 or 1) and its strength (1 weak, 2 plain, 3 strong).
fn graded(text: &str) -> Option<(i32, i32)> {
    if is_doubtful(text) {
        return None;
    }
    let text = bare_words(text);
    if let Some(grade) = WHOLE_ANSWERS.get(&text) {
        return Some(*grade);
    }
    let (mut rest, mut strength) = (text.as_str(), 2);
    for (marks, of_marks) in GRADES.iter() {
        for mark in marks {
            if let Some(after) = rest.strip_prefix(mark.as_str()).filter(|after| after.starts_with(' ')) {
                (rest, strength) = (after.trim_start(), *of_marks);
                break;
            }
            if let Some(before) = rest.strip_suffix(mark.as_str()).filter(|before| before.ends_with(' ')) {
                (rest, strength) = (before.trim_end(), *of_marks);
                break;
            }
        }
    }
    let side = *SIDE_OF_WORD.get(rest)?;
    Some((side, if side == 0 { 0 } else { strength }))
}

/// Answers of questionnaires whose words do not add up: their side and their strength.
static WHOLE_ANSWERS: LazyLock<HashMap<String, (i32, i32)>> = LazyLock::new(|| {
    let answers = ANSWERS.iter().flat_map(|(grade, names)| names.split(',').map(|name| (bare_words(name), *grade)));
    answers.collect()
});

const ANSWERS: [((i32, i32), &str); 7] = [
    (
        (-1, 3),
        "stimme überhaupt nicht zu,stimme gar nicht zu,lehne voll und ganz ab,trifft überhaupt nicht zu,trifft gar nicht zu,pas du tout d'accord,tout à fait contre,totalmente en contra,totalmente en desacuerdo,muy en desacuerdo,зовсім не згоден,категорично не згоден,повністю не згоден,совершенно не согласен,категорически не согласен,zdecydowanie się nie zgadzam,zdecydowanie nie,helemaal mee oneens",
    ),
    ((-1, 2), "stimme nicht zu,trifft nicht zu,lehne ab,pas d'accord,nie zgadzam się,mee oneens,не згоден,не согласен"),
    (
        (-1, 1),
        "stimme eher nicht zu,trifft eher nicht zu,lehne eher ab,plutôt pas d'accord,algo en desacuerdo,скоріше не згоден,скорее не согласен,raczej się nie zgadzam,raczej nie",
    ),
    (
        (0, 0),
        "neither agree nor disagree,neither for nor against,neither support nor oppose,neither oppose nor support,neither support nor opposition,teils teils,teils/teils,weder noch,weder dafür noch dagegen,ni d'accord ni pas d'accord,ni pour ni contre,ni de acuerdo ni en desacuerdo,ni a favor ni en contra,ні за ні проти,ни за ни против,ani za ani przeciw,ani tak ani nie,noch eens noch oneens",
    ),
    (
        (1, 1),
        "stimme eher zu,trifft eher zu,plutôt d'accord,algo de acuerdo,скоріше згоден,скорее согласен,raczej się zgadzam,raczej tak",
    ),
    ((1, 2), "stimme zu,trifft zu,d'accord,zgadzam się,mee eens"),
    (
        (1, 3),
        "stimme voll und ganz zu,stimme voll zu,stimme völlig zu,stimme sehr zu,trifft voll und ganz zu,trifft voll zu,tout à fait d'accord,totalmente de acuerdo,totalmente a favor,muy de acuerdo,повністю згоден,цілком згоден,полностью согласен,zdecydowanie się zgadzam,zdecydowanie tak,helemaal mee eens",
    ),
];

/// The words that make others stronger or weaker, with the strength that they give.
static GRADES: LazyLock<[(Vec<String>, i32); 2]> = LazyLock::new(|| {
    let bare = |marks: &str| marks.split(',').map(bare_words).collect();
    [(bare(STRONG), 3), (bare(WEAK), 1)]
});

static SIDE_OF_WORD: LazyLock<HashMap<String, i32>> = LazyLock::new(|| {
    SIDES.iter().flat_map(|(side, names)| names.split(',').map(|name| (bare_words(name), *side))).collect()
});

const STRONG: &str = "firmly,clearly,absolutely,wholly,entirely,extremely,highly,staunchly,adamantly,definitely,decidedly,vehemently,categorically,resolutely,deutlich,absolut,völlig,vollständig,ganz,total,vehement,strikt,eindeutig,energisch,nachdrücklich,kategorisch,fermement,absolument,résolument,catégoriquement,vivement,clairement,nettement,complètement,entièrement,franchement,farouchement,pleinement,radicalement,rotundamente,claramente,completamente,plenamente,absolutamente,rotundamente,різко,однозначно,абсолютно,твердо,вкрай,дуже,чітко,резко,твёрдо,крайне,вполне,явно,совершенно,strongly,very much,very,fully,completely,totally,stark,sehr,voll,voll und ganz,entschieden,klar,fortement,très,tout à fait,totalement,muy,totalmente,fuertemente,firmemente,категорично,рішуче,повністю,цілком,сильно,категорически,решительно,полностью,очень,zdecydowanie,bardzo,całkowicie,stanowczo";
const WEAK: &str = "tentatively,cautiously,moderately,partially,weakly,a bit,a little,tends,tending,leicht,tendenziell,bedingt,vorsichtig,zum teil,ein wenig,ein bisschen,schwach,légèrement,partiellement,modérément,faiblement,en partie,prudemment,assez,ligeramente,moderadamente,parcialmente,un poco,дещо,трохи,злегка,помірно,обережно,слегка,немного,умеренно,осторожно,отчасти,lekko,umiarkowanie,somewhat,rather,slightly,leans,lean,leaning,mildly,partly,mostly,eher,teilweise,etwas,plutôt,un peu,más bien,algo,parcialmente,скоріше,радше,частково,скорее,частично,raczej,częściowo";

/// Words for being against, for neither, and for being for something.
const SIDES: [(i32, &str); 3] = [
    (
        -1,
        "against,oppose,opposes,opposed,opposition,opposing,anti,con,contra,negative,disagree,disagrees,critical,unfavorable,unfavourable,reject,rejects,dagegen,ablehnend,lehnt ab,ablehnung,negativ,gegen,stimme nicht zu,contre,opposé,défavorable,négatif,pas d'accord,en contra,contrario,negativo,en desacuerdo,desfavorable,проти,негативно,негативна,не підтримує,не згоден,против,негативная,не поддерживает,не согласен,przeciw,przeciwko,przeciwny,negatywna,negatywny,nie zgadza się,contro,tegen,imod,no,noes,nay,nays,nein,non,ні,нет,nie,não",
    ),
    (
        0,
        "neutral,neither,mixed,undecided,ambivalent,balanced,neutral/mixed,unentschieden,gemischt,ambivalent,weder noch,neutre,indécis,mitigé,neutro,neutrale,indeciso,mixto,нейтрально,нейтральна,нейтральний,нейтральная,нейтральный,neutralny,neutralna,neutralnie,niezdecydowany,neutraal",
    ),
    (
        1,
        "for,pro,support,supports,supportive,supporting,favor,favour,in favor,in favour,in favor of,in favour of,favorable,favourable,positive,agree,agrees,approve,approves,accept,accepts,dafür,befürwortend,befürwortet,zustimmung,zustimmend,positiv,stimme zu,pour,favorable,positif,d'accord,a favor,favorable,positivo,de acuerdo,за,підтримує,позитивно,позитивна,згоден,поддерживает,положительно,положительная,согласен,za,popiera,poparcie,pozytywna,pozytywny,zgadza się,favorevole,voor,til stede for,aye,ayes,yea,yeas,yes,ja,oui,sí,si,так,да,tak,sim",
    ),
];

/// Words that say: read, and takes no position.
const NO_POSITION: &str = "no position,takes none,no stance,takes no position,none taken,keine position,keine haltung,pas de position,sans position,sin posición,sin postura,без позиції,немає позиції,без позиции,нет позиции,brak stanowiska,bez stanowiska,no opinion,not mentioned,not addressed,no mention,does not say,nicht erwähnt,keine aussage,ohne position,sans opinion,sans avis,ne se prononce pas,non mentionné,pas mentionné,sin opinión,no menciona,no mencionado,no se pronuncia,не згадано,не згадує,не упомянуто,не упоминает,nie wspomniano,bez opinii,non menzionato,senza posizione,niet genoemd,geen standpunt,abstain,abstains,abstained,abstention,abstaining,enthaltung,enthält sich,enthalten,abstenue,s'abstient,abstención,se abstiene,abstenção,утримався,утрималася,утрималась,утримались,утримався/лась,воздержался,воздержалась,воздержались,wstrzymał się,wstrzymała się,wstrzymało się,don't know,dont know,does not know,do not know,weiß nicht,weiss nicht,ne sait pas,no sabe,не знаю,не знає,не знает,nie wiem,nie wie";

/// Whether words say that the statement was read and takes no position.
pub fn is_no_position(text: &str) -> bool {
    NO_POSITION_WORDS.contains(&bare_words(text))
}

static NO_POSITION_WORDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| NO_POSITION.split(',').map(bare_words).collect());

/// Words of votes that may as well be any answer: a column of `yes` and `no` is none of positions for that alone.
const ANY_ANSWER: &str = "yes,no,ja,nein,oui,non,sí,si,так,ні,да,нет,tak,nie,sim,não";

/// Whether a word is on a side of a vote, and may be the answer to any other question.
pub fn is_any_answer(text: &str) -> bool {
    let text = bare_words(text);
    ANY_ANSWER.split(',').any(|name| bare_words(name) == text)
}

/// Whether words say that somebody has abstained from a vote.
pub fn is_abstention(text: &str) -> bool {
    const STEMS: [&str; 6] = ["absten", "abstain", "enthalt", "утрим", "воздерж", "wstrzym"];
    let text = bare_words(text);
    is_no_position(&text) && STEMS.iter().any(|stem| text.contains(stem))
}

/// Whether all words are of those whose order is known.
pub fn is_graded<'w>(mut words: impl Iterator<Item = &'w str>) -> bool {
    words.all(|word| graded(word).is_some() || is_no_position(word))
}

/// Whether words are against something (-1), neither (0) or for it (1).
pub fn side(text: &str) -> Option<i32> {
    graded(text).map(|(side, _)| side)
}

/// Whether the place of a word on a scale is known.
pub fn is_known(word: &str) -> bool {
    graded(word).is_some()
}

/// Numbers for words whose order is known: the strongest against has the lowest. `None` if the order of one is not
/// known, or if two would have the same number.
pub fn numbered(texts: &[String]) -> Option<BTreeMap<String, Position>> {
    let grades: Vec<(i32, i32)> = texts.iter().map(|text| graded(text)).collect::<Option<_>>()?;
    let strengths: BTreeSet<i32> =
        grades.iter().filter(|(side, _)| *side != 0).map(|(_, strength)| *strength).collect();
    let number = |(side, strength): (i32, i32)| {
        let rank = strengths.iter().position(|other| *other == strength).map_or(0, |rank| rank as i32 + 1);
        Position(side * rank)
    };
    let numbers: BTreeMap<String, Position> = texts.iter().cloned().zip(grades.into_iter().map(number)).collect();
    let distinct: BTreeSet<Position> = numbers.values().copied().collect();
    // "for" and "supports" are 2 words for one level.
    let one_side = distinct.len() == 1 && distinct.first() != Some(&Position(0));
    (distinct.len() >= 2 || one_side).then_some(numbers)
}

/// Words from the strongest against to the strongest for. `None` if the order of one is not known, or if two are as
/// strong.
pub fn sorted(texts: &[String]) -> Option<Vec<String>> {
    let grade = |text: &String| graded(text).map(|(side, strength)| (side * strength, text.clone()));
    let grades: BTreeMap<i32, String> = texts.iter().map(grade).collect::<Option<_>>()?;
    (grades.len() == texts.len()).then(|| grades.into_values().collect())
}

/// Numbers for words in an order that a person gives, lowest first: -1, 0, 1 for 3 words, -2, -1, 1, 2 for 4. Words
/// that are numbers, or that all have one before them, keep them.
pub fn in_order(texts: &[String]) -> BTreeMap<String, Position> {
    let number = |text: &String| match read(text) {
        Entry::Number(position, words) => Some((words.unwrap_or_else(|| text.clone()), position)),
        _ => accounting(text).map(|position| (text.clone(), position)),
    };
    let numbers: Option<BTreeMap<String, Position>> = texts.iter().map(number).collect();
    if let Some(numbers) = numbers {
        return numbers;
    }
    let count = texts.len() as i32;
    let half = count / 2;
    let number = |place: i32| match (count % 2, place - half) {
        (0, from_middle) if from_middle >= 0 => from_middle + 1,
        (_, from_middle) => from_middle,
    };
    texts.iter().cloned().zip((0..count).map(|place| Position(number(place)))).collect()
}

/// Numbers for the words of levels that a person names in order, if the cells may have numbers, too: words without
/// numbers stand for the levels that the cells have.
///
/// # Errors
/// What is wrong with the list, and how to fix it, if it names more or fewer levels than the cells have.
pub fn named(
    issue: &str,
    texts: &[String],
    written: &BTreeSet<Position>,
) -> Result<BTreeMap<String, Position>, (String, String)> {
    let has_number = |text: &String| matches!(read(text), Entry::Number(..)) || accounting(text).is_some();
    let has_numbers = texts.iter().all(has_number);
    let plain = in_order(texts);
    // The first and the last are the ends of the scale. A cell beyond them is no level that somebody has named.
    if let (true, Some(low), Some(high)) = (has_numbers, plain.values().min(), plain.values().max()) {
        let beyond: Vec<String> = written
            .iter()
            .filter(|number| *number < low || *number > high)
            .take(8)
            .map(|number| number.0.to_string())
            .collect();
        if let Some(first) = beyond.first() {
            let shown = words::listed(beyond.iter().map(String::as_str));
            let what = format!("--levels names the levels {low} to {high} of {issue}, and its cells have {shown}, too");
            let (from, to) = (written.first().unwrap_or(low).min(low), written.last().unwrap_or(high).max(high));
            let hint = format!(
                "if the scale is longer: --levels \"{issue}={},{}\"; if {first} means \"no position\": --no-position \"{}\"",
                from.0,
                to.0,
                beyond.join(",")
            );
            return Err((what, hint));
        }
    }
    // `0,0.5,1`: the order counts, and not the numbers.
    if !has_numbers && texts.iter().any(|text| decimal(text).is_some()) {
        return Ok(plain);
    }
    if has_numbers || written.iter().all(|position| plain.values().any(|known| known == position)) {
        return Ok(plain);
    }
    let levels =
        if written.len() == texts.len() { written.iter().copied().collect() } else { whole_scale(written, false) };
    if levels.len() == texts.len() {
        return Ok(texts.iter().cloned().zip(levels).collect());
    }
    let numbers: Vec<String> = written.iter().take(8).map(|position| position.0.to_string()).collect();
    let what = format!(
        "--levels names {} levels of {issue}, and its cells have the numbers {}",
        texts.len(),
        words::listed(numbers.iter().map(String::as_str))
    );
    let hint = format!(
        "name a word for each number, or write the number before each word, such as --levels \"{issue}={} {},…\"",
        written.first().map_or(0, |lowest| lowest.0),
        texts[0]
    );
    Err((what, hint))
}

/// A number, whole or not: `0.5`, `0,5`, `−1`.
pub fn decimal(text: &str) -> Option<f64> {
    let text = text.trim().replace(['−', '–'], "-").replace(',', ".");
    let is_number = text.contains(|c: char| c.is_ascii_digit()) && !text.contains(|c: char| c.is_alphabetic());
    text.parse().ok().filter(|_| is_number)
}

/// Whether the words of levels are numbers, and not those of the levels: `0`, `0.5` and `1` on a scale from -1 to 1.
pub fn are_numbers<'w>(mut levels: impl Iterator<Item = (&'w str, Position)>) -> bool {
    levels.any(|(words, position)| decimal(words).is_some_and(|number| number != f64::from(position.0)))
}

/// Cells of plus and minus signs, the lowest first: `--`, `-`, `0`, `+`, `++`. `None` if a cell is something else, or if no
/// cell has a plus sign.
pub fn signs<'c>(cells: impl Iterator<Item = &'c str>) -> Option<Vec<&'c str>> {
    const LONGEST: usize = 3;
    let value = |cell: &str| -> Option<i32> {
        let of_sign = |c: char| match c {
            '+' => Some(1),
            '-' | '−' | '–' => Some(-1),
            '0' | '/' | '±' => Some(0),
            _ => None,
        };
        let signs: Option<Vec<i32>> = cell.chars().map(of_sign).collect();
        signs.filter(|signs| (1..=LONGEST).contains(&signs.len())).map(|signs| signs.iter().sum())
    };
    let by_value: BTreeMap<i32, &str> =
        cells.map(|cell| Some((value(cell)?, cell))).collect::<Option<BTreeMap<i32, &str>>>()?;
    let has_plus = by_value.keys().any(|value| *value > 0);
    (by_value.len() >= 2 && has_plus).then(|| by_value.into_values().collect())
}

/// Words for little, some and much, the least first. `None` if a cell is something else, or if all say the same.
pub fn amounts<'c>(cells: impl Iterator<Item = &'c str>) -> Option<Vec<&'c str>> {
    const AMOUNTS: [&str; 5] = [
        "none,keine,aucun,ninguno,немає,нет,brak",
        "low,weak,small,niedrig,gering,schwach,faible,basse,bajo,baja,débil,низький,низька,слабкий,низкий,низкая,слабый,niski,niska",
        "medium,moderate,middle,mittel,moyen,moyenne,medio,media,середній,середня,средний,средняя,średni,średnia",
        "high,strong,large,hoch,stark,élevé,élevée,haut,haute,fort,forte,alto,alta,fuerte,високий,висока,сильний,высокий,высокая,сильный,\
         wysoki,wysoka",
        "very high,very strong,sehr hoch,sehr stark,très élevé,très fort,muy alto,дуже високий,очень высокий,bardzo wysoki",
    ];
    let rank =
        |cell: &str| AMOUNTS.iter().position(|names| names.split(',').any(|name| bare_words(name) == bare_words(cell)));
    let by_rank: BTreeMap<usize, &str> =
        cells.map(|cell| Some((rank(cell)?, cell))).collect::<Option<BTreeMap<usize, &str>>>()?;
    (by_rank.len() >= 2).then(|| by_rank.into_values().collect())
}

/// True and false as programs write them, false first. `None` if a cell is something else.
pub fn truths<'c>(cells: impl Iterator<Item = &'c str>) -> Option<Vec<&'c str>> {
    const TRUTHS: [&str; 2] =
        ["false,falsch,faux,falso,хибність,ложь,fałsz", "true,wahr,vrai,verdadero,істина,истина,prawda"];
    let place =
        |cell: &str| TRUTHS.iter().position(|names| names.split(',').any(|name| bare_words(name) == bare_words(cell)));
    let by_place: BTreeMap<usize, &str> =
        cells.map(|cell| Some((place(cell)?, cell))).collect::<Option<BTreeMap<usize, &str>>>()?;
    (by_place.len() == 2).then(|| by_place.into_values().collect())
}

/// The side of the word for or against something with which a text begins or ends: `most likely against`. `None` if there is
/// none, or if it may be the answer to any question.
pub fn pole(text: &str) -> Option<i32> {
    let bare = bare_words(text);
    let (mut before, mut behind) = (bare.as_str(), bare.as_str());
    loop {
        for part in [before, behind] {
            if !is_any_answer(part)
                && let Some(side) = SIDE_OF_WORD.get(part)
            {
                return Some(*side);
            }
        }
        let (Some((shorter, _)), Some((_, rest))) = (before.rsplit_once(' '), behind.split_once(' ')) else {
            return None;
        };
        (before, behind) = (shorter, rest);
    }
}

/// Whether surveys write a number for "no answer" or "does not apply", without its sign.
pub fn is_code(number: i32) -> bool {
    matches!(number.abs(), 8 | 9 | 66 | 77 | 88 | 96..=99 | 888 | 996..=999 | 8888 | 9996..=9999)
        || (-9..=-7).contains(&number)
}

/// What the parts in cells are parts of: 5 and 4 for `3/5` and `2/4`.
pub fn wholes<'c>(cells: impl Iterator<Item = &'c str>) -> BTreeSet<Position> {
    cells.filter_map(|cell| part_of(cell).map(|(_, whole)| whole)).collect()
}

/// The ends of the scale if all cells are parts of the same number: `4/5`, `4 of 5`, `4 out of 5`.
pub fn ends_of_parts<'c>(cells: impl Iterator<Item = &'c str>) -> Option<(Position, Position)> {
    let mut ends: Option<(Position, Position)> = None;
    for cell in cells.filter(|cell| read(cell) != Entry::Nothing) {
        let (part, whole) = part_of(cell)?;
        let (low, high) = ends.unwrap_or((Position(part.0.min(1)), whole));
        if high != whole {
            return None;
        }
        ends = Some((low.min(part), high));
    }
    ends
}

/// A cell such as `4/5`, and its 2 numbers.
fn part_of(cell: &str) -> Option<(Position, Position)> {
    const WHOLES: std::ops::RangeInclusive<i32> = 3..=10;
    let parts = PART.captures(cell.trim())?;
    let (part, whole) = (Position::read(&parts[1])?, Position::read(&parts[2])?);
    (WHOLES.contains(&whole.0) && part <= whole).then_some((part, whole))
}

static PART: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\d{1,2})\s*(?:/|of|out of|von|sur|de|з|из|z)\s*(\d{1,2})$"));

/// The numbers of a scale that these numbers are on: from -n to n if one of them is negative, otherwise from the lowest
/// to the highest. If they are too far apart for a scale, only these numbers.
pub fn whole_scale(seen: &BTreeSet<Position>, with_gaps: bool) -> Vec<Position> {
    let (Some(low), Some(high)) = (seen.first(), seen.last()) else { return Vec::new() };
    let most = low.0.abs().max(high.0.abs());
    if with_gaps {
        // Words: the levels that are seen, and the other side of each.
        let mirrored = seen.iter().flat_map(|position| [Position(position.0), Position(-position.0)]);
        return mirrored.collect::<BTreeSet<_>>().into_iter().collect();
    }
    let range = if low.0 < 0 { -most..=most } else { low.0.min(1)..=high.0 };
    if range.end().saturating_sub(*range.start()) > 2 * MOST_LEVELS {
        return seen.iter().copied().collect();
    }
    range.map(Position).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_written() {
        for (text, number) in [
            ("-2", -2),
            ("−2", -2),
            ("–2", -2),
            ("+1", 1),
            ("5.0", 5),
            (" 2 ", 2),
            ("1,0", 1),
            ("-1.00", -1),
            ("0", 0),
            ("-0", 0),
        ] {
            assert_eq!(read(text), Entry::Number(Position(number), None), "{text}");
        }
        assert_eq!(read("-2 strongly against"), Entry::Number(Position(-2), Some("strongly against".to_owned())));
        assert_eq!(read("Leaning for (+1)"), Entry::Number(Position(1), Some("Leaning for".to_owned())));
        assert_eq!(read("2: for"), Entry::Number(Position(2), Some("for".to_owned())));
        for text in ["", " ", "NA", "n/a", "N/A", "NaN", "-", "–", "null", "k. A.", "."] {
            assert_eq!(read(text), Entry::Nothing, "{text}");
        }
        for text in ["2.5", "for", "1e3", "2-3", "3 or 4?"] {
            assert!(!matches!(read(text), Entry::Number(_, None)), "{text}");
        }
    }

    #[test]
    fn negative_numbers_of_accountants_are_known_by_the_others() {
        for (text, number) in [
            ("(2)", Some(-2)),
            ("2-", Some(-2)),
            ("2 −", Some(-2)),
            ("( 1.0 )", Some(-1)),
            ("(0)", None),
            ("(-2)", None),
        ] {
            assert_eq!(accounting(text).map(|position| position.0), number, "{text}");
        }
        for (text, number) in [
            ("(2)", Some(2)),
            ("1?", Some(1)),
            ("0*", Some(0)),
            ("~2", Some(2)),
            ("-2?", Some(-2)),
            ("-2", None),
            ("2", None),
        ] {
            assert_eq!(marked_number(text).map(|position| position.0), number, "{text}");
        }
        assert!(
            ["for", "02-Jan", "2 for", "2-3", "1/2", "50%", "1.5", "++", "", "?"]
                .iter()
                .all(|text| marked_number(text).is_none())
        );
        let set = |numbers: &[i32]| numbers.iter().copied().map(Position).collect::<BTreeSet<_>>();
        assert!(are_accounting(&set(&[0, 1, 2]), &set(&[-2, -1])));
        for others in [&[1, 2, 3][..], &[0, 1, 5], &[-1, 0, 1], &[0]] {
            assert!(!are_accounting(&set(others), &set(&[-2])), "{others:?}");
        }
        let order = ["(2)", "0", "1"].map(str::to_owned);
        assert_eq!(
            in_order(&order).values().map(|position| position.0).collect::<BTreeSet<_>>(),
            BTreeSet::from([-2, 0, 1])
        );
    }

    #[test]
    fn headers_may_explain_their_numbers() {
        let words = legend("Fares: 1 = raise, 5 = keep them");
        assert_eq!(words, BTreeMap::from([(Position(1), "raise".to_owned()), (Position(5), "keep them".to_owned())]));
        for header in ["Pool (-2..2)", "Pool [1-5]", "Pool (1 to 5)", "Pool (−2 … +2)", "Pool (-2=no, 2=yes)"] {
            assert!(has_legend(header), "{header}");
        }
        for header in ["Pool", "Pool 2025", "Q1", "Quote (exact)", "At 9:30", "Budget (2024)"] {
            assert!(!has_legend(header), "{header}");
        }
    }

    #[test]
    fn words_of_known_order_get_numbers() {
        let numbers = |words: &[&str]| {
            let texts: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let numbers = numbered(&texts)?;
            Some(texts.iter().map(|text| numbers[text].0).collect::<Vec<i32>>())
        };
        assert_eq!(numbers(&["Against", "neutral", "For"]), Some(vec![-1, 0, 1]));
        assert_eq!(
            numbers(&["Strongly oppose", "oppose", "neutral", "support", "strongly support"]),
            Some(vec![-2, -1, 0, 1, 2])
        );
        assert_eq!(numbers(&["disagree", "rather disagree", "agree"]), Some(vec![-2, -1, 2]));
        assert_eq!(numbers(&["dagegen", "eher dagegen", "dafür"]), Some(vec![-2, -1, 2]));
        assert_eq!(numbers(&["категорично проти", "проти", "за"]), Some(vec![-2, -1, 1]));
        assert_eq!(numbers(&["zdecydowanie za", "przeciw"]), Some(vec![2, -1]));
        assert_eq!(
            numbers(&["Stimme überhaupt nicht zu", "stimme eher nicht zu", "teils/teils", "Stimme voll und ganz zu"]),
            Some(vec![-2, -1, 0, 2])
        );
        assert_eq!(numbers(&["Strongly disagree", "Neither agree nor disagree", "Agree"]), Some(vec![-2, 0, 1]));
        assert_eq!(numbers(&["agrees"]), Some(vec![1]));
        assert_eq!(numbers(&["Fully denied", "For"]), None);
    }

    #[test]
    fn scales_are_whole() {
        let seen = |numbers: &[i32]| numbers.iter().copied().map(Position).collect::<BTreeSet<_>>();
        let scale = |numbers: &[i32], gaps| whole_scale(&seen(numbers), gaps).iter().map(|p| p.0).collect::<Vec<_>>();
        assert_eq!(scale(&[0, 1, 1_000_000_000], false), [0, 1, 1_000_000_000]);
        assert_eq!(scale(&[-1_000_000_000, 1], false), [-1_000_000_000, 1]);
        assert_eq!(scale(&[-1, 2], false), [-2, -1, 0, 1, 2]);
        assert_eq!(scale(&[2, 5], false), [1, 2, 3, 4, 5]);
        assert_eq!(scale(&[0, 2], false), [0, 1, 2]);
        assert_eq!(scale(&[-1, 2], true), [-2, -1, 1, 2]);
        let words = |count: usize| (0..count).map(|i| format!("word {i}")).collect::<Vec<_>>();
        assert_eq!(in_order(&["-2".to_owned(), "9".to_owned()]).values().map(|p| p.0).collect::<Vec<_>>(), [-2, 9]);
        assert_eq!(in_order(&words(3)).values().map(|p| p.0).collect::<Vec<_>>(), [-1, 0, 1]);
        assert_eq!(in_order(&words(4)).values().map(|p| p.0).collect::<Vec<_>>(), [-2, -1, 1, 2]);
    }
}
