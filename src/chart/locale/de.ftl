# The fixed words of charts, Deutsch. What stands after $ is put in; the corpus' own words stay as they are.

## Numbers and dates

decimal = ,
month =
    { $month ->
         [1] Januar
         [2] Februar
         [3] März
         [4] April
         [5] Mai
         [6] Juni
         [7] Juli
         [8] August
         [9] September
         [10] Oktober
         [11] November
        *[12] Dezember
    }
month-of-day =
    { $month ->
         [1] Januar
         [2] Februar
         [3] März
         [4] April
         [5] Mai
         [6] Juni
         [7] Juli
         [8] August
         [9] September
         [10] Oktober
         [11] November
        *[12] Dezember
    }
month-short =
    { $month ->
         [1] Jan.
         [2] Feb.
         [3] März
         [4] April
         [5] Mai
         [6] Juni
         [7] Juli
         [8] Aug.
         [9] Sept.
         [10] Okt.
         [11] Nov.
        *[12] Dez.
    }
day-of-month = { $day }.
day-and-month = { $day } { $month }
day-of-year = { $day } { $year }
date = { $day } { $month } { $year }
quarter-and-year = Q{ $quarter } { $year }
month-and-year = { $month } { $year }
week = Woche vom { $day }
and = { $first } und { $last }
statements =
    { $count ->
         [one] { $count } Äußerung
        *[other] { $count } Äußerungen
    }
positions =
    { $count ->
         [one] { $count } Position
        *[other] { $count } Positionen
    }
days =
    { $count ->
         [one] { $count } Tag
        *[other] { $count } Tage
    }
on-days =
    { $count ->
         [0] ohne genauen Tag
         [one] an { $count } Tag
        *[other] an { $count } Tagen
    }
months =
    { $count ->
         [one] { $count } Monat
        *[other] { $count } Monate
    }
pairs =
    { $count ->
         [one] { $count } Paar aus Sprecher und Thema
        *[other] { $count } Paare aus Sprecher und Thema
    }
speakers =
    { $count ->
         [one] { $count } Sprecher
        *[other] { $count } Sprecher
    }

## Marks

quotation = „{ $text }“
paraphrase = { $text } (sinngemäß)
tooltip = { $when }, { $speaker }: { $level } ({ $position }). { $said } { $publisher }
tooltip-counted = { $when }, { $speaker }: { $level } ({ $position }). { $statements }
all-speakers = Alle Sprecher
key-hand = von Hand eingestuft
key-hand-against-rules = von Hand eingestuft; die Regeln sagen anderes
key-rules = von Regeln eingestuft
key-unverified = noch nicht an der Quelle geprüft
key-month = der genaue Tag ist nicht bekannt
key-span = wann sie sich verschob (zu 90 % sicher)
key-curve = Durchschnitt, geglättet über etwa { $window }, mit seinem 90-%-Bereich; keine Linie, wo zu wenig gesagt wurde
key-steps = Durchschnitt davor und danach, mit seinem 90-%-Bereich; Punkte, die im Weg wären, stehen daneben
key-fitted = gerade Linie durch die Tage; Punkte, die im Weg wären, stehen daneben
key-others = Durchschnitt der anderen Tage; Punkte, die im Weg wären, stehen daneben
window-to = { $from } bis { $to }

## Footer

footer-counts = { $statements } { $on-days }; { $coded }.
coded-by-hand = alle von Hand eingestuft
coded-by-rules = alle von Regeln eingestuft
coded-by-both = von Hand eingestuft: { $hand }, von Regeln: { $rules }
footer-counts-positions = { $statements } mit { $positions } { $on-days }; { $coded }.
footer-counted = { $positions } { $on-days }, als Zählung; { $coded }.
footer-unverified = { $count } weitere noch nicht an der Quelle geprüft.
footer-not-drawn = Nicht gezeichnet: { $statements } ohne Position in diesem Bild.
footer-coders = Eingestuft von: { $coders }.
footer-source = Quelle: { $title }; veröffentlicht von { $publishers }.
footer-data = Quelle: { $title }.
footer-method = Korpus { $corpus } { $hash }, Regeln { $rules }, Startwert { $seed }, Stance { $version }.
footer-majority = Sind Kodierer uneins, gilt die Antwort von mehr als der Hälfte (hier: { $positions }).
footer-median = Sind Kodierer uneins, gilt der Median ihrer Positionen (hier: { $positions }).
footer-rules-unknown = Wie die Regeln bei Äußerungen abschneiden, die ihr Verfasser nicht gesehen hat, ist nicht bekannt.
footer-rules-unseen = Gleiche Stufe nach Regeln wie nach Kodierern, bei Äußerungen, die der Verfasser der Regeln nicht gesehen hatte: { $figures }.
footer-rules-unseen-earlier = Gleiche Stufe nach früheren Regeln wie nach Kodierern, bei Äußerungen, die ihr Verfasser nicht gesehen hatte: { $figures }. Wie die jetzigen Regeln abschneiden, ist nicht bekannt.
footer-share = { $part } von { $whole } ({ $low } bis { $high } %)

## Verdicts: a title is a whole sentence, whatever words the codebook has

issue-name = „{ $name }“
quarters =
    { $count ->
         [one] { $count } Quartal
        *[other] { $count } Quartale
    }
weeks =
    { $count ->
         [one] { $count } Woche
        *[other] { $count } Wochen
    }
years =
    { $count ->
         [one] { $count } Jahr
        *[other] { $count } Jahre
    }
when-day = am { $day }
when-month = im { $month }
when-week = in der { $week }
when-quarter = im { $quarter }
when-year = im Jahr { $year }
title-moved = { $speaker } hat die Position zu { $issue } verschoben: { $what }
title-moved-so = { $speaker } { $phrase }: { $what }
title-returned = { $speaker } hat die Position zu { $issue } verschoben und kam zurück: { $what }
title-returned-so = { $speaker } { $phrase } und kam zurück: { $what }
title-drifted = { $speaker } hat die Position zu { $issue } nach und nach verschoben: { $what }
title-drifted-so = { $speaker } { $phrase }, nach und nach: { $what }
title-about = { $speaker } zu { $issue }: { $what }
title-steady = { $speaker }: keine bleibende Verschiebung gefunden zu { $issues }
rest-finding = { $issue }: { $what }.
rest-steady = Keine bleibende Verschiebung gefunden zu { $issues }.
rest-few = Zu wenige Äußerungen für einen Test zu { $issues }.
found-step = von etwa { $before } zu etwa { $after }, zwischen { $from } und { $to }
found-step-then = ; dann zu etwa { $after }, zwischen { $from } und { $to }
found-step-back = ; zurück zu etwa { $after }, zwischen { $from } und { $to }
found-drift = von etwa { $before } am { $from } zu etwa { $after } am { $to }
found-swing = { $level } am { $day }, an einem einzigen Tag; an den anderen Tagen im Durchschnitt etwa { $rest }
found-latest = { $level } am { $day }, bisher ein einziger Tag; davor im Durchschnitt etwa { $rest }
found-steady = keine bleibende Verschiebung gefunden ({ $statements } { $on-days })
few-one = { $first } { $to }; eine Äußerung, zu wenig für einen Test
few-same-day = jedes Mal { $first } { $to }; { $statements }, zu wenig für einen Test
few-same = jedes Mal { $first }, zuerst { $from } und zuletzt { $to }; { $statements }, zu wenig für einen Test
few-range-day = zwischen { $low } und { $high } { $to }; { $statements }, zu wenig für einen Test
few-range = zwischen { $low } und { $high }, zuerst { $from } und zuletzt { $to }; { $statements }, zu wenig für einen Test
few-from-to = von { $first } { $from } zu { $last } { $to }; { $statements }, zu wenig für einen Test
names-more = { $names } und { $count } weitere
all-moved = Verschobene Positionen: { $who }
all-moved-on = Verschobene Positionen zu { $issue }: { $who }
all-steady = Keine bleibende Verschiebung gefunden: { $who }
all-steady-on = Keine bleibende Verschiebung zu { $issue } gefunden: { $who }
all-few = Zu wenige Äußerungen, um zu testen, ob sich eine Position verschob
all-few-on = Zu wenige Äußerungen zu { $issue }, um zu testen, ob sich eine Position verschob
all-of = die { $count } von { $all }, zu denen es genug Äußerungen für einen Test gibt
rest-all-steady = Ohne gefundene bleibende Verschiebung: { $speakers }.
rest-all-few = Zu wenige Äußerungen für einen Test: { $speakers }.
doubt-coders = Mit Kodierungen, wie sie andere hätten vergeben können, hält das in { $stands } von { $runs } Läufen.
doubt-rules = Mit den Fehlern, die die Regeln machen, hält das in { $stands } von { $runs } Läufen.
doubt-many = Mit anderen Kodierern oder den Fehlern der Regeln hält das oft nicht: { $who }.
near-level = etwa { $level }
statements-dates = Äußerungen: { $dates }.
steady-detectable = Eine bleibende Verschiebung um weniger als { $size } Stufen könnte übersehen worden sein, früh oder spät im Zeitraum auch eine größere.
steady-any = Bei so wenigen Tagen könnte sogar eine Verschiebung von einem Ende der Skala zum anderen übersehen worden sein.
lowest-level = niedrigste Stufe
highest-level = höchste Stufe
brief-dates = zwischen { $from } und { $to }
brief-moved = verschoben { $dates }
brief-drift = nach und nach verschoben
brief-swing = ein Tag fällt heraus, { $day }
brief-latest = der letzte Tag fällt heraus, { $day }
brief-steady = keine bleibende Verschiebung gefunden
brief-few = zu wenig für einen Test

## Timeline

timeline-subtitle = Jedes Zeichen ist eine Äußerung, { $dates }.
timeline-subtitle-shared = Jedes Zeichen steht für alle Äußerungen eines Tages auf einer Stufe, { $dates }.
note-statements = { $statements } { $on-days }
note-no-line = zu wenige Äußerungen auf einmal für einen Durchschnitt
note-by-month = { $count } ohne genauen Tag
note-conflicts = { $count } strittig, ohne Position
note-more-conflicts = { $count } weitere strittig, ohne Position
none-here = Keine Äußerung mit einer Position
describe-none = keine mit einer Position
describe-at = { $count } bei { $level } ({ $position })
from-to = { $from } bis { $to }

## Months and coverage

months-subtitle = Äußerungen je Stufe, gezählt: Ein längerer Balken heißt mehr Äußerungen, nicht eine stärkere Position.
months-at = { $month }: { $statements } bei { $level }
total = gesamt
coverage-title-month = { $speaker }: gesammelte Äußerungen nach Monat
coverage-title-quarter = { $speaker }: gesammelte Äußerungen nach Quartal
coverage-title-year = { $speaker }: gesammelte Äußerungen nach Jahr
coverage-subtitle = Äußerungen mit einer Position. Kein Balken heißt, dass keine gesammelt wurde, nicht, dass nichts gesagt wurde.
coverage-rules = nur von Regeln eingestuft
coverage-at = { $month }: { $statements }, { $origin }
coverage-none-in = ohne: { $months }

## Speakers

speakers-subtitle = Je höher ein Zeichen in seiner Zeile, desto höher seine Stufe.
in-order = Reihenfolge { $ordered }.
movers-first = Zuerst, wer sich bewegte, dann die anderen { $ordered }.
ordered-by-position = nach ihrem Durchschnitt, höchster zuerst
ordered-by-count = nach der Zahl ihrer Äußerungen
ordered-by-name = nach Namen
speakers-by-month = Wo der genaue Tag nicht bekannt ist, steht der Punkt in der Mitte des Zeitraums.
speakers-note = { $statements } von { $count } Sprechern
speakers-drawn = gezeichnet sind die { $count } mit den meisten Äußerungen
speakers-head = Anzahl, Mittel
not-drawn-statements =
    { $count ->
         [one] { $count } weitere Zeile steht in der Tabelle neben dem Bild; gezeichnet sind die mit den meisten Äußerungen
        *[other] { $count } weitere Zeilen stehen in der Tabelle neben dem Bild; gezeichnet sind die mit den meisten Äußerungen
    }
not-drawn-days =
    { $count ->
         [one] { $count } weitere Zeile steht in der Tabelle neben dem Bild; gezeichnet ist, wer sich bewegte, dann wer die meisten Tage hat
        *[other] { $count } weitere Zeilen stehen in der Tabelle neben dem Bild; gezeichnet ist, wer sich bewegte, dann wer die meisten Tage hat
    }

## Shift

shift-tested = { $tested } von { $count } Sprechern getestet
shift-drawn = gezeichnet sind { $count }: wer sich bewegte, dann die mit den meisten Tagen
shift-subtitle = Die mit den meisten Tagen zuerst.
shift-key-moved = verschoben: vom Durchschnitt davor zum Durchschnitt danach
shift-key-drifted = nach und nach verschoben: vom Anfang zum Ende einer Linie durch die Tage
shift-key-mean = keine Verschiebung gefunden: der Durchschnitt
shift-key-range = 90-%-Bereich eines Durchschnitts
shift-key-few = zu wenig für einen Test: jede Äußerung
shift-note-few = zu wenige: { $days }
shift-note-swing = Ausschlag am { $day }, { $days }
shift-note-steady = keine Verschiebung, { $days }
shift-note-moved = { $size } Stufen, { $from } bis { $to }
shift-note-drifted = nach und nach, von { $before } nach { $after }
shift-mean = { $note }, Mittel { $mean }
shift-from-to = von { $before } nach { $after } zwischen { $from } und { $to }
none = keine

## First and last third

dumbbell-subtitle = Durchschnitt des ersten und des letzten Drittels der Tage. Ob sich jemand bewegte, wird über alle Tage getestet.
dumbbell-first = Durchschnitt des ersten Drittels
dumbbell-last = Durchschnitt des letzten Drittels
dumbbell-few = zu wenige Tage für Drittel: jede Äußerung

## Web page

embed-summary = Alle Äußerungen in diesem Bild ({ $statements })
embed-date = Datum
embed-speaker = Sprecher
embed-level = Stufe
embed-statement = Äußerung
embed-source = Quelle
page-skip = Zum Inhalt
page-conflict = strittig, ohne Position
page-paraphrase = sinngemäß
page-position = Position
page-search = Suche
page-all = Alle
page-reset = Alle zeigen
page-shown = { $shown } von { $all } Äußerungen
page-statements = Äußerungen

## Report

report-found = Was gefunden wurde
report-pictures = Diagramme
report-statements = Alle Äußerungen
report-agreement = Übereinstimmung der Codierenden
report-rules = Wie gut die Regeln sind
report-method = Methode
report-left-out = Was fehlt
report-versions = Versionen
report-scales = Themen und Stufen
report-conventions = Lesekonventionen
report-contents = Inhalt
report-few = Zu wenige Äußerungen für einen Test
report-steady = Kein dauerhafter Wandel gefunden
report-data = Die Daten als Tabelle speichern (CSV)
report-issue = Thema
report-statement-count = Äußerungen
report-days = Tage
report-days-needed = Nötige Tage
report-mean = Durchschnitt
report-detectable = Wandel, der 4 von 5 Malen gefunden würde, in Stufen
report-more-rows = { $count } weitere
report-both = Beide gaben eine Position
report-same = Gleiche Stufe
report-near = Höchstens 1 Stufe auseinander
report-alpha = Alpha (95 %)
report-both-read = Von beiden gelesen
report-presence = Gleiche Antwort auf „Gibt es eine Position?“
report-found-by-rules = Gefunden
report-false = Position ohne Anlass
report-rule = Regel
report-gives = Ergibt
report-each-rule = Jede Regel
report-look = Prüfung
report-rules-version = Regeln
report-unseen = Auf Äußerungen, die der Autor der Regeln nicht gesehen hatte, beim ersten Kontakt
report-seen = Auf Äußerungen, die der Autor der Regeln gesehen haben kann ({ $statements }): das schmeichelt den Regeln
report-no-rules = Es gibt keine Regeln. Alle Labels sind von Hand.
report-one-coder = Alle Labels von Hand sind von einer Person, also gibt es keine Übereinstimmung zu messen.
report-no-coder = Es gibt keine Labels von Hand.
report-counted = Die Ergebnisse beruhen auf gezählten Äußerungen. Wie weit Codierende übereinstimmen und wie gut die Regeln sind, sagt die Zählung nicht.
report-nothing-shared = Keine Äußerung hier hat Labels von 2 Codierenden.
report-few-words = Von jeder Person zu jedem Thema stehen hier höchstens 4 Äußerungen im Wortlaut: die erste, die letzte und die jeweils neueste auf der höchsten und der niedrigsten Stufe. Die anderen wurden nur gezählt.
report-no-words = Die Zählung enthält keine Äußerung im Wortlaut.
report-nothing-left-out = Nichts.
report-left-unlabelled = { $statements } ohne Position zu diesen Themen
report-left-unverified = { $statements } noch nicht mit der Quelle verglichen
report-left-days = { $statements }, von denen nur der Tag der Veröffentlichung bekannt ist
report-left-rejected = { $statements }, die jemand verworfen hat
report-left-months = { $statements } ohne genauen Tag: gezeichnet, aber nicht getestet
report-left-conflicts = { $count } strittig, ohne Position
report-left-picture = Das Diagramm für { $name }: { $why }
report-left-crowd = { $statements } sind zu viele für je eine Markierung; sie sind nach Monaten gezählt oder nicht gezeichnet
report-left-rows = { $statements } nicht in der Tabelle und den Daten; die { $count } neuesten sind es
report-left-words = { $positions }, die nur gezählt wurden und hier nicht im Wortlaut stehen
report-left-speakers = Diagramme einzelner Personen gibt es für { $count } von { $all }
report-everyone = Alle Sprecher
report-no-figures = Diagramme brauchen eine Äußerung mit Position. Hier gibt es keine.

## Pläne, und was neu ist

plan-title = Wie groß eine Verschiebung sein muss, um 4 von 5 Mal gefunden zu werden
plan-subtitle = Bevor etwas gesammelt ist: Sprecher, deren Position sich verschiebt, werden simuliert und getestet, wie das Programm testet. Ein längerer Balken heißt, dass nur größere Verschiebungen gefunden werden.
plan-halfway = Verschiebung nach der Hälfte der Tage
plan-quarter = Verschiebung nach einem Viertel der Tage
plan-size = { $size } Stufen
plan-none = keine Verschiebung wird gefunden
plan-head = in Stufen
plan-assumed = Angenommen: { $levels } Stufen, etwa { $statements } Äußerungen am Tag; Tage schwanken um { $spread } Stufen und ähneln dem Tag davor zu { $ar }; Niveau { $alpha }, { $pairs }; { $speakers } Simulationen je Punkt, Startwert { $seed }.
news-title = Neu: { $statements }; kein Befund hat sich geändert
news-title-verdicts = Der Befund hat sich geändert für { $pairs }
news-title-one = { $speaker } zu { $issue }: jetzt { $after }, vorher { $before }
news-subtitle = Neue Äußerungen haben die Farbe ihrer Stufe, frühere sind grau. Ein höheres Zeichen ist eine höhere Stufe.
news-new = { $count } neu
news-verdict = { $count } neu; jetzt { $after }, vorher { $before }
news-earlier = war schon da
news-nobody = keine Position
