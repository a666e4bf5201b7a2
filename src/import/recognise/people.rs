//! Headers that may be people who label: given names, initials, rounds of one person. And headers of what they agreed on.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::import::column::{bare_header, is_frame};

/// What a header may say of who labelled, or when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderOf {
    /// A given name, alone or before another name: `Anna`, `Anna Berg`.
    Name,
    /// Initials: `NR`, `WvA`, `A.K.`, `A`. Issues have abbreviations, too.
    Initials,
    /// A round of labelling: `v1`, `before`, `second`.
    Round,
}

/// What a header, or the part of it that others do not have, may say of a person. `None` if it hardly can.
pub fn person(own: &str) -> Option<HeaderOf> {
    let own = own.trim();
    if is_round(own) {
        return Some(HeaderOf::Round);
    }
    if is_initials(own) {
        return Some(HeaderOf::Initials);
    }
    let bare = bare_header(own);
    let words: Vec<&str> = bare.split(' ').collect();
    let alphabetic = words.iter().all(|word| word.chars().all(char::is_alphabetic));
    let capitals = own.split_whitespace().skip(1).all(|word| word.starts_with(char::is_uppercase));
    (words.len() <= 3 && alphabetic && capitals && NAMES.contains(words[0])).then_some(HeaderOf::Name)
}

/// `v1`, `r2`, `t1`, `before`, `Old`, `2nd`.
fn is_round(own: &str) -> bool {
    const ROUNDS: &str = "before after old new pre post first second third 1st 2nd 3rd original revised initial updated earlier \
                          later erste zweite vorher nachher alt neu avant apres premier deuxieme antes despues до після після \
                          после przed po";
    let lower = bare_header(own);
    let numbered = lower.strip_prefix(['v', 'r', 't']).is_some_and(|rest| rest.parse::<u8>().is_ok());
    numbered || ROUNDS.split_whitespace().any(|word| word == lower)
}

/// 1 to 3 letters with capitals at both ends, or 4 with small ones between them. No abbreviation that names an issue.
fn is_initials(own: &str) -> bool {
    const ABBREVIATIONS: [&str; 38] = [
        "eu", "un", "us", "uk", "usa", "ussr", "nato", "who", "imf", "wto", "bbc", "nhs", "nra", "cia", "fbi", "ngo",
        "ai", "ki", "it", "tv", "pr", "id", "ev", "gm", "gmo", "vat", "gdp", "hiv", "lgbt", "dei", "sdg", "ubi", "akw",
        "afd", "spd", "cdu", "ice", "suv",
    ];
    let letters: String = own.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let count = letters.chars().count();
    let capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let shape = (count <= 3 || (count == 4 && letters.chars().any(char::is_lowercase)))
        && letters.chars().all(char::is_alphabetic)
        && capital(letters.chars().next())
        && capital(letters.chars().next_back())
        && own.split_whitespace().all(|word| word.chars().filter(|c| c.is_alphabetic()).count() <= 3 || count <= 4);
    shape && !ABBREVIATIONS.contains(&letters.to_lowercase().as_str())
}

/// Whether a header names what coders have agreed on: `Agreed`, `Final code`, `Gold standard`. Words of `issue` count for
/// nothing, nor do words such as `position`.
pub fn is_agreed(header: &str, issue: &str) -> bool {
    const AGREED: &str = "agreed agreement consensus consensual final adjudicated adjudication adjudicator resolved resolution \
                          reconciled settled gold standard joint majority einigung konsens endgultig geeinigt accord consensuel \
                          consenso acordado acuerdo узгоджено узгоджена консенсус остаточно согласовано итог uzgodnione \
                          konsensus ostateczne definitief";
    let (bare, issue) = (bare_header(header), bare_header(issue));
    let words = bare.split(' ').filter(|word| !is_frame(word) && !issue.split(' ').any(|other| other == *word));
    let mut words = words.peekable();
    words.peek().is_some() && words.all(|word| AGREED.split_whitespace().any(|agreed| agreed == word))
}

/// Common given names, without those that are words of the language, months, towns or countries as well.
static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| GIVEN.split_whitespace().collect());

const GIVEN: &str = "\
    aaron abdul abigail adam adele adrian agnes agnieszka ahmed aisha alan albert alejandro alex alexander alexandra alexei alfred \
    ali alice alicia alina aline alison amanda amelia amina amy ana anastasia andrea andreas andrei andrew andrij andriy andrzej \
    angela anita anja ann anna anne annette annika anthony anton antonio arthur astrid axel barbara barry bart beata beatrice ben \
    benedikt benjamin bernd bernhard beth betty bianca birgit bjorn bob bogdan boris brenda brian brigitte bruno camille carla \
    carlos carmen carol carolin caroline catherine cecilia celine charles charlotte chloe chris christa christina christine \
    christoph christopher claire clara claudia claus colin connor cornelia craig cristina cynthia dagmar daniel daniela danielle \
    daria dariusz david deborah denis denise derek diana diane diego dieter dirk dmitri dmytro dominik don donald donna doris \
    dorota dorothy douglas ed eddie edith eduardo edward ela elena eleanor elias elisa elisabeth elizabeth ella ellen elsa emil \
    emilia emily emma enrique eric erica erik erika esther eugen eva eve evelyn ewa fatima felix fernando filip finn fiona florian \
    franca francesca francis francisco francois franz fred frederic friedrich gabriel gabriela gareth gary geoff georg george \
    gerald gerd gerhard gina giovanni giulia giuseppe gisela gloria gordon grant greg gregory greta grzegorz guillaume gunter \
    gustav guy halyna hanna hannah hans harald harry hassan heather heidi heike helen helena helga henri henrik henry herbert \
    hugo ian ibrahim igor ihor ilse ines inga inge ingrid irena irene irina isabel isabelle isabella ivan ivana iwona iryna jacob \
    jacques jakob jakub james jan jana jane janet janina janusz jasmin jason javier jay jean jeff jennifer jenny jens jeremy jerzy \
    jessica jill jim jo joan joanna jochen joe joel joerg johan johanna johannes john jon jonas jonathan jorg jorge jose josef \
    joseph joshua josh juan judith julia julian julie julien juliet jurgen justin justyna kai karen karin karl karla karolina \
    kasia kate katharina katherine kathleen kathrin katie katja katrin katya kevin khalid kim kirsten klaus konrad kristin \
    kristina krzysztof kurt lars laura lauren laurent lea lena leo leon leonie lesley leslie liam lidia lilly lina linda lisa liz \
    lorenzo lotte louis louise luca lucas lucia lucie lucy luis luisa lukas luke lydia maciej magda magdalena maja malgorzata \
    manfred manuel manuela marc marcel marcin marco marek margaret margarita maria marian marie marina mario marion marius marta \
    martha martin martina mary maryna mateusz matt matteo matthew matthias maurice maxim maxime maya megan mehmet melanie mia \
    michael michal michel michelle miguel mika mike mikhail mila milan miriam mohamed mohammed moritz muhammad mykola nadia nadine \
    nancy natalia natalie natasha nathan neil nick nicola nicolas nicole nigel niklas nikolai nils nina noah nora norbert nuria \
    oksana olaf ole oleg oleh oleksandr olena olga oliver olivia olivier omar oscar oskar otto pablo paola pascal patricia patrick \
    paul paula pauline pavel pawel pedro peggy peter petra petro philip philipp philippe pierre piotr rachel rafael rainer ralf \
    ralph ramona raquel rebecca regina renata renate rene ricardo richard rita robert roberta roberto robin roger roland rolf \
    roman ronald rosa ruth ryan sabine sally sam samantha samuel sandra sara sarah saskia scott sean sebastian sergei serhiy \
    sergio sharon sheila silke silvia simon simone sofia sofie solveig sonia sonja sophia sophie stefan stefanie stephan \
    stephanie stephen steve steven stuart susan susanne suzanne sven svitlana sylvia sylvie tamara tanja tanya tara taras tatiana \
    terry tetiana theo theresa thomas tim timothy tina tobias tom tomas tomasz tony torsten tracy udo ulf ulrich ulrike ursula \
    ute uwe valentina valerie vanessa vasyl vera verena veronica veronika viktor viktoria vincent viola vladimir volker volodymyr \
    walter wanda wendy werner wilhelm william wojciech wolfgang xavier yana yann yasmin yulia yuri yusuf yvonne zofia zoe \
    анна олена ольга іван петро марія оксана андрій тарас наталія юлія ірина олександр сергій дмитро катерина софія микола \
    елена иван пётр петр мария андрей наталья юлия ирина александр сергей дмитрий екатерина николай";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_people_are_told_from_those_of_issues() {
        for header in ["Anna", "jo", "Anna Berg", "Anna M. Berg", "Олена"] {
            assert_eq!(person(header), Some(HeaderOf::Name), "{header}");
        }
        for header in ["NR", "WvA", "A.K.", "A", "JF"] {
            assert_eq!(person(header), Some(HeaderOf::Initials), "{header}");
        }
        for header in ["v1", "V2", "Before", "new", "2nd", "Après"] {
            assert_eq!(person(header), Some(HeaderOf::Round), "{header}");
        }
        for header in [
            "Tram",
            "Rents",
            "Car-free square",
            "Taxes",
            "EU",
            "NATO",
            "Justice",
            "May",
            "Old town",
            "Rose garden",
            "Israel",
            "Hope",
            "Anna street",
            "q1",
            "Cars",
            "B2",
            "",
        ] {
            assert_eq!(person(header), None, "{header}");
        }
    }

    #[test]
    fn what_coders_agreed_on_has_its_own_names() {
        assert!(
            ["Agreed", "Final code", "Gold standard", "Tram consensus", "final_label"]
                .iter()
                .all(|header| is_agreed(header, "tram"))
        );
        assert!(["Tram", "Stance", "Final exam", "Code", "Agree"].iter().all(|header| !is_agreed(header, "tram")));
    }
}
