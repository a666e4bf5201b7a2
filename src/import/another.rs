//! Headers that name a day, a text or a person, and not those of the words: a date of birth, a summary, the opponent. Such a
//! column is never taken for what it holds. English, German, French, Spanish, Ukrainian, Russian, Polish.

use crate::import::column::bare_header;

/// Whether a header names people who write down, ask, are spoken of or spoken to, and are hardly those who speak.
pub fn is_bystander(header: &str) -> bool {
    const WHO: &str = "journalist journalistin reporter interviewer interviewerin editor correspondent byline translator moderator \
                       author autor autorin auteur autora journaliste redakteur redakteurin periodista entrevistador автор \
                       журналіст журналист редактор dziennikarz coder giornalista autore host photographer opponent opponents \
                       rival target targets addressee recipient audience about constituent responsible contact uploader owner \
                       assignee gegner gegnerin gegenkandidat adressat empfanger zielperson zustandig kontakt adversaire \
                       destinataire cible responsable oponente destinatario опонент суперник адресат відповідальний оппонент \
                       соперник ответственный przeciwnik adresat odpowiedzialny";
    // `Asked by`, `Uploaded by`; those who speak are named before this is asked.
    const DONE_BY: &str = "by von durch par por przez";
    let header = bare_header(header);
    let mut words = header.split(' ');
    let done_by = header.contains(' ') && words.clone().next_back().is_some_and(|last| is_in(DONE_BY, last));
    done_by || words.any(|word| is_in(WHO, word))
}

/// Whether a header names a day of somebody's life or of other work: `Date of birth`, `Term start`, `Deadline`.
pub fn is_other_day(header: &str) -> bool {
    const WORDS: &str = "birth birthday birthdate born dob died death elected election term deadline due vote voting uploaded upload \
                         reviewed review expires expiry renewed joined founded appointed sworn inaugurated hired \
                         geburt geburtstag geburtsdatum geboren gestorben gewahlt wahl amtsantritt amtsbeginn frist abstimmung \
                         hochgeladen gepruft gegrundet naissance ne nee mort elu elue election echeance vote mandat \
                         nacimiento nacido nacida fallecido elegido eleccion plazo votacion народження народився народилася \
                         обрано обраний вибори термін голосування рождения родился избран выборы срок голосования urodzenia \
                         urodzony wybrany wybory termin glosowania";
    bare_header(header).split(' ').any(|word| is_in(WORDS, word))
}

/// Whether a header names a text that is not the speaker's words: `Question`, `Summary`, `Fact check`.
pub fn is_other_text(header: &str) -> bool {
    const WORDS: &str = "question questions fact factcheck bio biography summary abstract synopsis description caption background \
                         frage fragen faktencheck zusammenfassung lebenslauf biografie beschreibung hintergrund resume biographie \
                         description contexte pregunta preguntas resumen biografia descripcion питання запитання підсумок біографія \
                         опис вопрос итог биография описание pytanie podsumowanie biografia opis";
    bare_header(header).split(' ').any(|word| is_in(WORDS, word))
}

fn is_in(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|known| bare_header(known) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_texts_and_people_of_other_things_are_told() {
        for header in ["Date of birth", "Born", "Geburtsdatum", "Date de naissance", "Дата народження", "Term start"]
        {
            assert!(is_other_day(header), "{header}");
        }
        assert!(
            ["Date", "Datum", "Said on", "Tag der Aussage", "Posted", "Дата"]
                .iter()
                .all(|header| !is_other_day(header))
        );
        assert!(["Question", "Frage", "Fact check", "Zusammenfassung"].iter().all(|header| is_other_text(header)));
        assert!(["Quote", "Answer", "Zitat", "Statement"].iter().all(|header| !is_other_text(header)));
        assert!(
            ["Opponent", "Asked by", "Uploaded by", "Adressat", "Reporter"].iter().all(|header| is_bystander(header))
        );
        assert!(["Speaker", "Who", "Politician", "Name"].iter().all(|header| !is_bystander(header)));
    }
}
