//! Headers that name some other day, text, person or thing than that of the quotation: a date of birth, the question, the
//! opponent, the ward. Such a column is never taken for what it holds. English, German, French, Spanish, Ukrainian, Russian,
//! Polish.

use crate::import::column::bare_header;

/// Whether a header names people who write down, ask, are spoken of or spoken to, and are hardly those who speak.
pub fn is_bystander(header: &str) -> bool {
    const WHO: &str = "journalist journalistin reporter interviewer interviewerin editor correspondent byline translator moderator \
                       author autor autorin auteur autora journaliste redakteur redakteurin periodista entrevistador автор \
                       журналіст журналист редактор dziennikarz coder giornalista autore host photographer opponent opponents \
                       addressee recipient constituent gegner gegnerin gegenkandidat adressat adversaire destinataire oponente \
                       destinatario опонент адресат оппонент przeciwnik adresat";
    // These mean something else within longer headers.
    const ALONE: &str = "target,targets,audience,about,responsible,contact,owner,assignee,uploader,ziel,zuständig,kontakt,cible,\
                         responsable,відповідальний,ответственный,odpowiedzialny";
    // `Asked by`, and not `Said by`.
    const DONE: &str = "asked uploaded entered edited interviewed translated transcribed recorded checked reviewed verified coded \
                        labelled labeled annotated submitted collected added befragt hochgeladen eingegeben eingetragen bearbeitet \
                        ubersetzt gepruft erfasst saisi verifie traduit saisie anadido subido revisado";
    const BY: &str = "by von par por";
    let header = bare_header(header);
    let words: Vec<&str> = header.split(' ').collect();
    let done_by = matches!(words[..], [done, by, ..] if is_in(DONE, done) && is_in(BY, by));
    done_by || ALONE.split(',').any(|name| bare_header(name) == header) || words.iter().any(|word| is_in(WHO, word))
}

/// Whether a header names a day of somebody's life, or a last day of something: `Date of birth`, `Term start`, `Deadline`.
pub fn is_other_day(header: &str) -> bool {
    const WORDS: &str = "birth birthday birthdate born dob died death elected deadline expires expiry appointed sworn inaugurated hired \
                         geburt geburtstag geburtsdatum geboren gestorben gewahlt amtsantritt amtsbeginn frist naissance elu elue \
                         echeance nacimiento nacido nacida fallecido elegido народження народився народилася обрано рождения родился \
                         родилась избран urodzenia urodzony wybrany";
    const WHOLE: &str =
        "term start,term end,start of term,end of term,in office since,member since,joined,founded,né le,née le";
    let header = bare_header(header);
    header.split(' ').any(|word| is_in(WORDS, word)) || WHOLE.split(',').any(|name| bare_header(name) == header)
}

/// Whether a header names a text that is hardly the speaker's words: `Question`, `Fact check`, `Bio`.
pub fn is_other_text(header: &str) -> bool {
    const NAMES: &str = "question,questions,question asked,fact check,factcheck,bio,biography,frage,fragen,faktencheck,lebenslauf,biografie,\
                         biographie,pregunta,preguntas,biografia,питання,запитання,біографія,вопрос,биография,pytanie";
    NAMES.split(',').any(|name| bare_header(name) == bare_header(header))
}

/// Whether small numbers below a header are hardly positions: they number something, or grade the row and not what is said.
pub fn is_companion(header: &str) -> bool {
    const NAMES: &str = "ward,wards,district,precinct,constituency,arrondissement,circonscription,bezirk,wahlkreis,distrito,район,округ,\
                         term,terms,terms served,term number,legislature,wahlperiode,mandat,session,sitzung,seat,seats,episode,season,\
                         edition,issue number,batch,section,abschnitt,chapter,kapitel,chapitre,capítulo,volume,part,table,floor,zone,\
                         children,number of children,kinder,enfants,stars,priority,priorität,quality,readability,lesbarkeit,reliability,\
                         zuverlässigkeit,fiabilité,credibility,emotion,intensity,intensität,intensité,tone of voice,difficulty,salience,\
                         relevance,relevanz,glaubwürdigkeit,сесія,сессия,розділ,раздел,глава,sesja,kadencja,rozdział,okręg";
    NAMES.split(',').any(|name| bare_header(name) == bare_header(header))
}

fn is_in(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| bare_header(known) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_texts_and_people_of_other_things_are_told() {
        let all = |is: fn(&str) -> bool, headers: &[&str]| headers.iter().filter(|header| !is(header)).count();
        let days =
            ["Date of birth", "Born", "Geburtsdatum", "Date de naissance", "Дата народження", "Term start", "Né le"];
        assert_eq!(all(is_other_day, &days), 0);
        let words =
            ["Date", "Said on", "Posted", "Дата", "Termin", "Date of vote", "Upload date", "Datum der Abstimmung"];
        assert_eq!(all(is_other_day, &words), words.len());
        assert_eq!(all(is_other_text, &["Question", "Frage", "Fact check", "Bio"]), 0);
        let texts = ["Quote", "Answer", "Zitat", "Caption", "Description", "Written question", "Summary"];
        assert_eq!(all(is_other_text, &texts), texts.len());
        assert_eq!(
            all(is_bystander, &["Opponent", "Asked by", "Uploaded by", "Adressat", "Reporter", "Target", "About"]),
            0
        );
        let people = [
            "Speaker",
            "Who",
            "Said by",
            "Gesagt von",
            "Dicho por",
            "Tweeted by",
            "Responsable politique",
            "Target person",
        ];
        assert_eq!(all(is_bystander, &people), people.len());
        assert_eq!(all(is_companion, &["Ward", "Terms served", "Bezirk", "Arrondissement"]), 0);
        let issues =
            ["District heating", "Class sizes", "Ward closures", "Speed", "Coal should be banned", "Sentiment"];
        assert_eq!(all(is_companion, &issues), issues.len());
    }
}
