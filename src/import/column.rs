//! What a column of a sheet is for, and the names by which people call it in several languages.

use std::fmt;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Who labelled if nobody says it.
pub const DEFAULT_CODER: &str = "me";

/// What a column is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnUse {
    /// A column of a statements file, by its name there.
    Statement(&'static str),
    /// Who labelled.
    Coder,
    /// The issue of a label, if each row is one label.
    Issue,
    /// The position of a label on the issue in [`ColumnUse::Issue`].
    Position,
    /// The position of [`ColumnUse::Position`] once more, in words.
    PositionInWords,
    /// The positions on one issue, by the issue's id. `None` if the header names the issue.
    PositionOn(Option<String>),
    /// The same, by one coder, if each coder has a column.
    PositionBy {
        /// The issue; `None` if the header names it.
        issue: Option<String>,
        /// Who labelled.
        coder: String,
    },
    /// Why a label was given.
    Rationale,
    /// It has no meaning here, and goes with the statements.
    Keep,
    /// It is left out.
    Ignore,
}

impl ColumnUse {
    /// Whether each row has a position on an issue in it.
    pub fn is_wide(&self) -> bool {
        matches!(self, ColumnUse::PositionOn(_) | ColumnUse::PositionBy { .. })
    }

    /// Reads the word of a flag or of `import.toml`: `speaker`, `position`, `position:tram`, `keep` and so on.
    pub fn from_word(word: &str) -> Option<ColumnUse> {
        let word = word.trim();
        if let Some((issue, coder)) = word.strip_prefix("position").and_then(|rest| rest.split_once('@')) {
            let named = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            let issue = issue.strip_prefix(':').map_or_else(|| issue.trim().is_empty().then_some(""), Some)?;
            return Some(ColumnUse::PositionBy { issue: named(issue), coder: named(coder)? });
        }
        if let Some(issue) = word.strip_prefix("position:").map(str::trim).filter(|issue| !issue.is_empty()) {
            return Some(ColumnUse::PositionOn(Some(issue.to_owned())));
        }
        Some(match word {
            "coder" => ColumnUse::Coder,
            "issue" => ColumnUse::Issue,
            "position" => ColumnUse::PositionOn(None),
            "rationale" => ColumnUse::Rationale,
            "keep" => ColumnUse::Keep,
            "ignore" => ColumnUse::Ignore,
            _ => ColumnUse::Statement(crate::statement::COLUMNS.known.iter().find(|known| **known == word)?),
        })
    }

    /// All words that [`ColumnUse::from_word`] reads.
    pub fn words() -> Vec<&'static str> {
        let statement = crate::statement::COLUMNS.known.iter().copied();
        let positions = ["position", "position:ISSUE", "position:ISSUE@CODER"];
        statement.chain(["coder", "issue"]).chain(positions).chain(["rationale", "keep", "ignore"]).collect()
    }
}

/// The word of a flag or of `import.toml`.
impl fmt::Display for ColumnUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ColumnUse::Statement(name) => f.write_str(name),
            ColumnUse::Coder => f.write_str("coder"),
            ColumnUse::Issue => f.write_str("issue"),
            ColumnUse::Position | ColumnUse::PositionOn(None) => f.write_str("position"),
            ColumnUse::PositionInWords => f.write_str("position in words"),
            ColumnUse::PositionOn(Some(issue)) => write!(f, "position:{issue}"),
            ColumnUse::PositionBy { issue: None, coder } => write!(f, "position@{coder}"),
            ColumnUse::PositionBy { issue: Some(issue), coder } => write!(f, "position:{issue}@{coder}"),
            ColumnUse::Rationale => f.write_str("rationale"),
            ColumnUse::Keep => f.write_str("keep"),
            ColumnUse::Ignore => f.write_str("ignore"),
        }
    }
}

/// A header as names are compared: lowercase words without accents and punctuation.
pub fn bare_header(header: &str) -> String {
    // `quoteID` and `SourceUrl` are 2 words.
    let mut spaced = String::with_capacity(header.len() + 4);
    let mut small = false;
    for c in header.chars() {
        if c.is_uppercase() && small {
            spaced.push(' ');
        }
        small = c.is_lowercase();
        spaced.push(c);
    }
    let bare: String = spaced.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let bare: String = bare.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How well a header names a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// It is a name that may also mean something else.
    Loose,
    /// One of its words is a name of the use.
    Within,
    /// It is a name of the use.
    Exact,
}

/// The uses that a header may name, with how well. `position` stands for a column of positions.
pub fn named(header: &str) -> Vec<(&'static str, Naming)> {
    let header = bare_header(header);
    let mut found = Vec::new();
    if header.is_empty() {
        return found;
    }
    // Whole words only: `text` is not in `context`.
    let padded = format!(" {header} ");
    // The question of a form names much that its answers are not.
    let short = header.split(' ').count() <= MOST_WORDS;
    for names in BARE_NAMES.iter() {
        let has = |names: &[String]| names.contains(&header);
        let within = |name: &String| !TOO_COMMON.contains(&name.as_str()) && padded.contains(&format!(" {name} "));
        if has(&names.exact) {
            found.push((names.usage, Naming::Exact));
        } else if has(&names.loose) {
            found.push((names.usage, Naming::Loose));
        } else if short && names.exact.iter().any(within) {
            found.push((names.usage, Naming::Within));
        }
    }
    // `Coder ID` is that of a person, and not of a statement.
    if found.contains(&("coder", Naming::Within)) {
        found.retain(|known| *known != ("id", Naming::Within));
    }
    // What a coder remarks is nobody's name.
    let remarks = header.split(' ').any(|word| REMARKS.contains(&word));
    if remarks && found.contains(&("coder", Naming::Within)) {
        found.retain(|(usage, _)| *usage != "coder" && *usage != "notes");
        found.push(("notes", Naming::Within));
    }
    found
}

/// Words for what somebody has written beside a label.
const REMARKS: [&str; 22] = [
    "comment",
    "comments",
    "note",
    "notes",
    "remark",
    "remarks",
    "kommentar",
    "kommentare",
    "anmerkung",
    "anmerkungen",
    "bemerkung",
    "notiz",
    "notizen",
    "commentaire",
    "commentaires",
    "remarque",
    "comentario",
    "notas",
    "коментар",
    "комментарий",
    "uwagi",
    "komentarz",
];

/// A header with more words than this is not looked through for names.
const MOST_WORDS: usize = 6;

/// The names of a use, as they are compared.
struct UseNames {
    usage: &'static str,
    exact: Vec<String>,
    loose: Vec<String>,
}

static BARE_NAMES: LazyLock<Vec<UseNames>> = LazyLock::new(|| {
    let bare = |names: &str| names.split(',').map(bare_header).filter(|name| !name.is_empty()).collect();
    NAMES.iter().map(|(usage, exact, loose)| UseNames { usage, exact: bare(exact), loose: bare(loose) }).collect()
});

/// Names that stand alone in a header, but mean nothing within one.
const TOO_COMMON: [&str; 14] =
    ["by", "am", "was", "wo", "name", "nom", "nombre", "day", "tag", "words", "comment", "data", "label", "id nr"];

/// Whether the numbers below a header count or order something, or say how sure a coder is.
pub fn is_counted(header: &str) -> bool {
    let header = bare_header(header);
    header.split(' ').any(|word| COUNTED.contains(&word))
        || header.contains("how sure")
        || header.contains("how confident")
}

/// Whether a header says that the cells below it are numbers of something: `Coder ID`.
pub fn is_number_of(header: &str) -> bool {
    const NUMBERS: [&str; 9] = ["id", "ids", "no", "nr", "num", "number", "nummer", "номер", "numer"];
    bare_header(header).split(' ').any(|word| NUMBERS.contains(&word))
}

/// Words of headers whose numbers count or order something, or say how sure a coder is.
const COUNTED: [&str; 67] = [
    "count",
    "counts",
    "likes",
    "shares",
    "retweets",
    "replies",
    "views",
    "number",
    "no",
    "nr",
    "num",
    "page",
    "pages",
    "week",
    "month",
    "year",
    "day",
    "hour",
    "age",
    "rank",
    "round",
    "wave",
    "row",
    "line",
    "paragraph",
    "id",
    "index",
    "order",
    "n",
    "duration",
    "confidence",
    "conf",
    "certainty",
    "version",
    "seite",
    "anzahl",
    "nummer",
    "woche",
    "jahr",
    "nombre",
    "page_no",
    "p",
    "pp",
    "pg",
    "pagina",
    "сторінка",
    "стор",
    "страница",
    "strona",
    "annee",
    "ano",
    "рік",
    "год",
    "rok",
    "sure",
    "confident",
    "sicherheit",
    "certitude",
    "confiance",
    "confianza",
    "certeza",
    "впевненість",
    "уверенность",
    "pewnosc",
    "importance",
    "relevance",
    "wichtigkeit",
];

/// The words around the name of an issue in a header.
const FRAME: [&str; 41] = [
    "codes",
    "labels",
    "scores",
    "coding",
    "coded",
    "kodierung",
    "codierung",
    "position",
    "positions",
    "stance",
    "stances",
    "view",
    "views",
    "opinion",
    "label",
    "code",
    "score",
    "rating",
    "on",
    "about",
    "towards",
    "toward",
    "to",
    "the",
    "of",
    "re",
    "haltung",
    "position",
    "einstellung",
    "meinung",
    "zu",
    "zur",
    "zum",
    "der",
    "позиція",
    "щодо",
    "позиция",
    "по",
    "stanowisko",
    "wobec",
    "sur",
];

/// Whether a word of a header says that positions are below it, and not on what.
pub fn is_frame(word: &str) -> bool {
    FRAME.contains(&word.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()))
}

/// When a form was sent, which is hardly ever when the words were said.
pub fn is_form_time(header: &str) -> bool {
    const NAMES: [&str; 23] = [
        "start date",
        "end date",
        "start time",
        "completion time",
        "end time",
        "recorded date",
        "date created",
        "date modified",
        "date submitted",
        "submit date",
        "submission date",
        "started",
        "completed",
        "startzeit",
        "fertigstellungszeit",
        "timestamp",
        "zeitstempel",
        "horodateur",
        "marca temporal",
        "отметка времени",
        "позначка часу",
        "sygnatura czasowa",
        "submitted at",
    ];
    let header = bare_header(header);
    NAMES.iter().any(|name| bare_header(name) == header)
}

/// Whether a header says that a program wrote the moment of something: `timestamp`, `created_utc`, `unix time`.
pub fn is_moment(header: &str) -> bool {
    const WORDS: [&str; 8] = ["timestamp", "timestampms", "utc", "unix", "unixtime", "epoch", "ts", "created"];
    let header = bare_header(header);
    !is_work_on(&header) && header.split(' ').any(|word| WORDS.contains(&word))
}

/// Whether a header names organisations, which stand beside those who speak for them.
pub fn is_organisation(header: &str) -> bool {
    matches!(bare_header(header).as_str(), "organisation" | "organization")
}

/// Whether a date is that of work on the sheet: when somebody coded, found or changed something.
pub fn is_work_on(header: &str) -> bool {
    const WORK: [&str; 37] = [
        "coding",
        "coded",
        "labelled",
        "labeled",
        "annotated",
        "retrieved",
        "retrieval",
        "accessed",
        "access",
        "updated",
        "update",
        "modified",
        "changed",
        "entered",
        "entry",
        "downloaded",
        "scraped",
        "collected",
        "archived",
        "checked",
        "kodierung",
        "codierung",
        "kodiert",
        "codiert",
        "abgerufen",
        "abruf",
        "zugriff",
        "geandert",
        "erfasst",
        "codage",
        "consulte",
        "consultation",
        "acceso",
        "dostepu",
        "доступу",
        "звернення",
        "обращения",
    ];
    let header = bare_header(header);
    let mut words = header.split(' ');
    words.any(|word| WORK.contains(&word)) || ENTERED.split(',').any(|name| bare_header(name) == header)
}

/// Headers of the day on which a row was entered. Their words mean something else in other headers.
const ENTERED: &str = "created on,created date,creation date,creation time,created time,date of creation,added,added on,added at,\
                       date added,time added,date of entry,logged,logged on,date logged,record created,erstellt,erstellt am,\
                       Erstelldatum,Erstellungsdatum,angelegt,angelegt am,Anlagedatum,hinzugefügt,hinzugefügt am,eingegeben am,\
                       eingetragen am,Eintragsdatum,Eingabedatum,Erfassungsdatum,Datum der Erfassung,Datum der Eingabe,aufgenommen am,\
                       date de saisie,saisi le,saisie le,date de création,créé le,date d'ajout,ajouté le,date d'enregistrement,\
                       enregistré le,fecha de creación,creado,creado el,fecha de registro,registrado el,fecha de ingreso,\
                       fecha de entrada,añadido el,agregado el,дата внесення,внесено,дата створення,створено,дата додавання,додано,\
                       дата введення,дата запису,дата внесения,внесено,дата создания,создано,дата добавления,добавлено,дата ввода,\
                       дата записи,data utworzenia,utworzono,data dodania,dodano,data wprowadzenia,wprowadzono";

/// Whether a header is the bare word `created`: the day of a post, or the day on which somebody made the row.
pub fn is_created(header: &str) -> bool {
    bare_header(header) == "created"
}

/// Whether a header is that of a post of a network, whose moment is when the words were said.
pub fn is_of_post(header: &str) -> bool {
    const WORDS: [&str; 14] = [
        "tweet",
        "tweets",
        "retweets",
        "post",
        "posts",
        "likes",
        "permalink",
        "subreddit",
        "upvotes",
        "reply",
        "replies",
        "shares",
        "hashtags",
        "username",
    ];
    bare_header(header).split(' ').any(|word| WORDS.contains(&word))
}

/// Whether a header names what a statement, a speaker or a row is like, and hardly an issue: `Priority`, `Gender`,
/// `Verified`, `Has video`. Columns below such headers have few answers, too.
pub fn is_attribute(header: &str) -> bool {
    let bare = bare_header(header);
    let words: Vec<&str> = bare.split(' ').collect();
    let has = |list: &str, word: &str| list.split_whitespace().any(|known| bare_header(known) == word);
    let (Some(first), Some(last)) = (words.first().copied(), words.last().copied()) else { return false };
    // What somebody has done with a row: `Translated`, `Fact checked`, `Typed twice`. A shared space may be an issue.
    let is_participle = |word: &str| word.is_ascii() && word.len() > 4 && word.ends_with("ed");
    let goes_on = words.get(1).is_some_and(|word| has("twice once again before by in on at with from for", word));
    let is_done = is_participle(last) || is_participle(first) && goes_on;
    is_done
        || has("is has was were needs contains ist hat est es tiene", first) && words.len() > 1
        || words.iter().any(|word| has(ATTRIBUTES, word))
        || has(KINDS, first)
        || has(KINDS, last)
        || words.len() == 1 && has(ROLES, first)
}

/// Words of attributes, wherever they stand in a header. English, German, French, Spanish, Ukrainian, Russian, Polish.
const ATTRIBUTES: &str = "\
    gender sex language lang platform priority urgency urgent reliability credibility incumbent aired paywall draft todo verified \
    checked duplicate paraphrase paraphrased verbatim exclusive sponsored cabinet photo video audio image picture relevance relevant \
    salience severity difficulty duration minutes hours seconds min incumbency followup translation used archive archived cited \
    geschlecht sprache prioritat dringlichkeit dringend zuverlassigkeit glaubwurdigkeit gepruft ubersetzt gesendet bezahlschranke \
    entwurf dauer minuten stunden exklusiv relevanz schwierigkeit foto bild archiviert verwendet \
    sexe genre langue priorite urgence fiabilite credibilite verifie traduit duree heures brouillon exclusif pertinence archive \
    sexo genero idioma prioridad urgencia fiabilidad verificado traducido duracion horas borrador exclusivo relevancia archivado \
    стать мова пріоритет терміновість надійність перевірено перекладено тривалість хвилини години чернетка ексклюзив фото відео \
    пол язык приоритет срочность надежность проверено переведено длительность минуты часы черновик эксклюзив видео \
    plec jezyk priorytet pilnosc wiarygodnosc sprawdzone przetlumaczone czas godziny szkic";

/// Words for kinds and parts, which stand first or last in a header: `Media type`, `Section`, `Audio quality`.
const KINDS: &str = "\
    party faction channel type category format status quality section segment group class team batch list panel desk district \
    region country seat side member risk length size follow live done grade level \
    partei fraktion kanal typ art kategorie status qualitat abschnitt gruppe klasse liste ressort wahlkreis bezirk land mitglied \
    risiko lange parti groupe canal type categorie statut qualite section classe liste circonscription region pays membre risque \
    longueur direct partido grupo canal tipo categoria estado calidad seccion clase lista distrito pais miembro riesgo \
    партія фракція канал тип категорія статус якість розділ група список округ область країна наживо \
    партия фракция категория качество раздел группа страна partia kanal typ kategoria jakosc grupa lista okreg kraj";

/// Words that are attributes if they are the whole header.
const ROLES: &str = "\
    government opposition coalition official public private online offline print radio tv male female regierung opposition koalition \
    gouvernement opposition gobierno oposicion уряд опозиція правительство оппозиция rzad opozycja web original direct indirect";

/// Whether a header names who filled in a form. Most of its names may be of others where no form was sent.
pub fn is_respondent(header: &str, is_form: bool) -> bool {
    const ALWAYS: &str = "your name,your initials,your email,your e-mail,submitted by,filled in by,filled out by,entered by,\
                          completed by,respondent,respondent email,dein name,ihr name,ausgefüllt von,votre nom,votre prénom,\
                          rempli par,tu nombre,su nombre,rellenado por,ваше ім'я,ваше имя,twoje imię";
    const IN_FORMS: &str = "email,e-mail,email address,e-mail address,username,user name,user,name,full name,E-Mail-Adresse,\
                            Nutzername,Benutzername,adresse e-mail,adresse électronique,nom d'utilisateur,correo electrónico,\
                            dirección de correo electrónico,nombre de usuario,електронна адреса,електронна пошта,\
                            адрес электронной почты,электронная почта,adres e-mail,nazwa użytkownika,initials,responder,\
                            respondent id,worker id,participant";
    let bare = bare_header(header);
    let has = |names: &str| names.split(',').any(|name| bare_header(name) == bare);
    has(ALWAYS) || (is_form && has(IN_FORMS))
}

/// Whether a header of a form is no more than a name, beside which an address says better who it was.
pub fn is_bare_name(header: &str) -> bool {
    matches!(bare_header(header).as_str(), "name" | "full name" | "user")
}

/// Whether a form says that it does not say who filled it in.
pub fn is_anonymous(cell: &str) -> bool {
    matches!(bare_header(cell).as_str(), "anonymous" | "anonym" | "anonyme" | "anonimo" | "анонім" | "аноним")
}

/// Whether a header says that something was published, which may be later than the words were said.
pub fn is_of_publication(header: &str) -> bool {
    const WORDS: [&str; 12] = [
        "published",
        "publication",
        "posted",
        "pubdate",
        "veroffentlicht",
        "erschienen",
        "publie",
        "publicado",
        "publicacion",
        "опубліковано",
        "опубликовано",
        "opublikowano",
    ];
    bare_header(header).split(' ').any(|word| WORDS.contains(&word))
}

/// Each use with names that mean it, and with names that mean it if no column is named better. English, German,
/// French, Spanish, Ukrainian, Russian, Polish, and some of Italian, Portuguese, Dutch and Danish.
const NAMES: &[(&str, &str, &str)] = &[
    (
        "id",
        "id,ident,identifier,statement id,quote id,unit id,row id,tweet id,post id,uid,uuid,Zitat-ID,ID-Nr,Kennung,identifiant,identificador,ідентифікатор,идентификатор,identyfikator,statement_id",
        "key,doc id,doc_id,document id,unit,jobid unit id",
    ),
    (
        "date",
        "date,day,when,said on,date said,date of statement,statement date,quote date,date of quote,dated,date spoken,date_said,Datum,Tag,Datum der Aussage,am,wann,gesagt am,jour,date de la citation,quand,date du discours,fecha,dia,día,cuándo,fecha de la cita,дата,день,коли,дата висловлювання,дата цитати,когда,дата высказывания,дата цитаты,data,dzień,kiedy,data wypowiedzi,giorno,dato,datum uitspraak",
        "created,created at,time,datetime,date time,published,posted,Zeitpunkt,Zeit,moment,hora,heure,час,время,czas",
    ),
    ("date_precision", "date precision,precision of date", ""),
    (
        "speaker",
        "speaker,interviewee,person interviewed,interviewed person,person asked,quoted person,person quoted,Befragter,Befragte,Befragte/r,befragte Person,Interviewter,Interviewte,interviewte Person,Interviewpartner,Interviewpartnerin,Gesprächspartner,Gesprächspartnerin,interviewé,interviewée,personne interviewée,personne interrogée,personne citée,entrevistado,entrevistada,persona entrevistada,інтерв'юйований,опитаний,опитана,співрозмовник,співрозмовниця,собеседник,собеседница,интервьюируемый,опрошенный,rozmówca,rozmówczyni,intervistato,geïnterviewde,person,politician,actor name,Akteur,Akteurin,acteur,actrice,attore,aktor,актор,актёр,who,full name,fullname,author name,said by,speaker name,who said it,who said this,by,candidate,actor,figure,Sprecher,Sprecherin,Redner,Rednerin,Person,Politiker,Politikerin,wer,Sprecher/in,Sprecher*in,wer hat es gesagt,locuteur,locutrice,orateur,intervenant,personne,personnalité,qui,politicien,hablante,orador,persona,político,politico,quién,quien,portavoz,спікер,мовець,особа,хто,політик,ім'я,імя,прізвище,спикер,говорящий,персона,кто,политик,имя,фио,оратор,mówca,mowca,osoba,kto,polityk,mówiący,nazwisko,imię i nazwisko,oratore,chi,falante,quem,spreker,wie,taler,hvem",
        "name,nom,nombre,author,user,username,account,source person,organisation,organization,Autor,auteur,автор",
    ),
    (
        "role",
        "role,office,job,job title,function,Rolle,Amt,Funktion,fonction,poste,rôle,cargo,función,rol,посада,роль,должность,stanowisko,funkcja,rola",
        "title of speaker,party,Partei,parti,partido,партія,партия,partia",
    ),
    (
        "venue",
        "venue,occasion,event,place,setting,where,Ort,Anlass,Gelegenheit,wo,lieu,occasion,où,lugar,ocasión,dónde,місце,захід,подія,где,место,мероприятие,событие,miejsce,okazja,gdzie,wydarzenie",
        "location,city,context,Kontext,contexte,contexto,контекст,kontekst",
    ),
    ("kind", "kind,direct or indirect,quote type,statement type,Art der Aussage,kind of statement", ""),
    (
        "text",
        "text,quote,quotation,statement,words,what was said,what they said,exact quote,quote text,full quote,said,utterance,verbatim,Zitat,Aussage,Wortlaut,Äußerung,Text,was,wörtliches Zitat,citation,propos,texte,déclaration,cita,declaración,texto,frase,palabras,цитата,текст,висловлювання,слова,заява,высказывание,заявление,cytat,wypowiedź,wypowiedz,tekst,słowa,citazione,testo,dichiarazione,citação,citaat,uitspraak,tekst,citat",
        "sentence,excerpt,passage,snippet,Auszug,extrait,extracto,уривок,отрывок,content,body,tweet,post,message,full text,Satz,Inhalt,phrase,contenu,contenido,речення,зміст,предложение,содержание,zdanie,treść",
    ),
    (
        "source_publisher",
        "publisher,source publisher,outlet,medium,media,newspaper,publication,published in,source name,Medium,Zeitung,Herausgeber,média,journal,éditeur,medio,periódico,медіа,видання,издание,сми,газета,wydawca,gazeta",
        "source,Quelle,source d'information,fuente,джерело,источник,źródło,zrodlo,fonte,bron,kilde",
    ),
    (
        "source_title",
        "source title,headline,title of source,article title,Titel,Überschrift,Schlagzeile,titre,titular,título,заголовок,tytuł,tytul,nagłówek",
        "title,article",
    ),
    (
        "source_url",
        "url,link,source url,web address,address,source link,link to source,href,permalink,address behind,Link zur Quelle,Adresse,lien,adresse,enlace,dirección,посилання,ссылка,адрес,odnośnik,adres",
        "website,web,webseite,site",
    ),
    (
        "source_date",
        "publication date,date published,published on,date of publication,source date,article date,Veröffentlicht am,Erscheinungsdatum,Veröffentlichungsdatum,date de publication,fecha de publicación,дата публікації,дата публикации,data publikacji",
        "",
    ),
    (
        "notes",
        "note,notes,comment,comments,remark,remarks,Notiz,Notizen,Anmerkung,Anmerkungen,Bemerkung,Kommentar,remarque,remarques,commentaire,nota,notas,comentario,observaciones,нотатки,примітка,примітки,коментар,заметки,примечание,комментарий,uwagi,notatki,komentarz",
        "",
    ),
    ("verified", "verified,checked,geprüft,vérifié,verificado,перевірено,проверено,sprawdzone", ""),
    (
        "coder",
        "coder,annotator,rater,coded by,labelled by,labeled by,labeler,labeller,Codierer,Codiererin,Kodierer,Kodiererin,Codierer/in,codeur,codeuse,annotateur,codificador,codificadora,anotador,кодувальник,анотатор,кодировщик,аннотатор,koder,anotator",
        "initials",
    ),
    (
        "issue",
        "issue,issue id,Streitfrage,Sachfrage,enjeu,asunto,питання,вопрос,kwestia",
        "topic,subject,theme,Thema,sujet,thème,tema,тема,temat,variable,question,concept",
    ),
    (
        "position",
        "position,stance,label,score,rating,position code,Position,Haltung,Einstellung,Bewertung,Standpunkt,prise de position,posición,postura,puntuación,позиція,оцінка,позиция,оценка,stanowisko w sprawie,pozycja,ocena,posizione,posição,standpunt,holdning",
        "code,value,level,view,opinion,vote,Stimme,voto,głos,голос,Wert,Code,valeur,avis,valor,opinión,значення,рівень,значение,уровень,wartość,poziom",
    ),
    (
        "rationale",
        "rationale,reason,why,Begründung,justification,raison,razón,обґрунтування,обоснование,uzasadnienie",
        "",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn best(header: &str) -> Option<&'static str> {
        named(header).into_iter().max_by_key(|(_, naming)| *naming).map(|(usage, _)| usage)
    }

    #[test]
    fn headers_are_recognised_in_several_languages() {
        for (usage, headers) in [
            ("text", ["Quote", "exact quote (in full)", "Zitat", "Citation", "Цитата", "cytat", "TEXT"]),
            ("date", ["Date said", "date_said", "Datum", "Fecha", "Дата", "data wypowiedzi", "Date of statement"]),
            ("speaker", ["Politician", "Who said it?", "Sprecher:in", "Locuteur", "Хто", "Mówca", "SpeakerName"]),
            ("source_url", ["URL", "Link", "lien", "enlace", "Посилання", "ссылка", "Link to source"]),
            ("id", ["id", "quoteID", "Tweet_ID", "ID", "Unit-ID", "Zitat-ID", "statement_id"]),
        ] {
            for header in headers {
                assert_eq!(best(header), Some(usage), "{header}");
            }
        }
        assert!(named("Context").iter().all(|(usage, _)| *usage != "text"));
        assert_eq!(best("Trams"), None);
    }

    #[test]
    fn words_of_uses_are_read_again() {
        for word in ColumnUse::words().into_iter().filter(|word| *word != "position:ISSUE") {
            assert_eq!(ColumnUse::from_word(word).unwrap().to_string(), word);
        }
        assert_eq!(ColumnUse::from_word("position:tram").unwrap().to_string(), "position:tram");
        assert_eq!(ColumnUse::from_word("qwerty"), None);
    }
}
