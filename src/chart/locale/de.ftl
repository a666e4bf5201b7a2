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
day-and-month = { $day } { $month }
date = { $day } { $month } { $year }
month-and-year = { $month } { $year }
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
months =
    { $count ->
         [one] { $count } Monat
        *[other] { $count } Monate
    }
speakers =
    { $count ->
         [one] { $count } Sprecher
        *[other] { $count } Sprecher
    }
pairs =
    { $count ->
         [one] { $count } Paar
        *[other] { $count } Paaren
    }
publications =
    { $count ->
         [one] { $count } Veröffentlichung
        *[other] { $count } Veröffentlichungen
    }

## Marks

quotation = „{ $text }“
paraphrase = { $text } (sinngemäß)
tooltip = { $number }. { $when }, { $speaker }: { $level } ({ $position }). { $said } { $publisher }
number = Nr. { $number }
all-speakers = Alle Sprecher
key-hand = von Kodierern eingestuft
key-hand-against-rules = von Kodierern, wo die Regeln anders urteilen
key-rules = von Regeln eingestuft
key-unverified = noch nicht geprüft
key-month = nur der Monat ist bekannt
key-span = in diesen Tagen verschob sich die Position (90 %)
key-curve = geglätteter Mittelwert mit seinem 90-%-Band, das nicht die Spanne der Äußerungen ist; keiner, wo zu wenig gesagt wurde

## Footer

footer-counts = n = { $statements } mit { $positions }, Tage: { $day-count }; von Kodierern eingestuft: { $hand }, von Regeln: { $rules }.
footer-unverified = { $count } weitere noch nicht geprüft.
footer-not-drawn = Nicht gezeichnet: { $statements } ohne Position hier.
footer-coders = Kodierer: { $coders }.
footer-majority = Sind Kodierer uneins, gilt die Antwort von mehr als der Hälfte (hier: { $positions }).
footer-median = Sind Kodierer uneins, gilt der Median ihrer Positionen (hier: { $positions }).
footer-rules-unknown = Wie die Regeln bei Äußerungen abschneiden, die ihr Verfasser nicht gesehen hat, ist nicht bekannt.
footer-rules-unseen = Gleiche Stufe nach Regeln wie nach Kodierern, bei Äußerungen, die der Verfasser der Regeln nicht gesehen hatte: { $figures }.
footer-share = { $part } von { $whole } ({ $low } bis { $high } %)
footer-read-in = , gelesen in { $publications }
footer-source = Quelle: { $title } ({ $corpus }, { $hash }){ $read-in }. Regeln { $rules }. Stance { $version }.

## Verdicts

title-moved = { $speaker }: { $said }
title-said = { $speaker }: { $said }
title-toward = Verschiebung in Richtung „{ $towards }“ bei { $issues }
title-return = Verschiebung in Richtung „{ $towards }“ und zurück bei { $issues }
title-swing = ein einzelner Tag fällt heraus bei { $issues }
title-steady = keine bleibende Verschiebung gefunden bei { $issues }
title-few = zu wenige Äußerungen zu { $issues }, um eine Verschiebung zu beurteilen
brief-shift = Verschiebung um { $size } Stufen zwischen { $from } und { $to }
brief-drift = allmähliche Verschiebung von { $before } nach { $after }
brief-swing = Ausschlag am { $day }
brief-steady = keine bleibende Verschiebung gefunden (p { $p })
brief-few = zu wenige für ein Urteil

## Timeline

timeline-subtitle = Jede Äußerung mit einer Position ist ein Punkt, { $from } bis { $to }. Oben: { $high }; unten: { $low }.
note-statements = { $statements }, { $days }
note-by-month = { $count } nur nach Monat datiert
note-conflicts = { $count } strittig, ohne Position
note-more-conflicts = { $count } weitere strittig, ohne Position
note-mean = Mittel über { $days } Tage nach beiden Seiten
none-here = Keine Äußerung mit einer Position
describe-none = keine mit einer Position
describe-at = { $count } bei { $level } ({ $position })
from-to = { $from } bis { $to }

## Months and coverage

months-title = { $speaker }: Positionen nach Monat
months-subtitle = Äußerungen je Stufe, gezählt; ein längerer Balken heißt, dass mehr gesammelt wurde, und nicht eine stärkere Position. Rechts: { $high }; links: { $low }; die mittlere Stufe liegt auf der Linie.
months-at = { $month }: { $statements } bei { $level }
total = gesamt
coverage-title = { $speaker }: gesammelte Äußerungen nach Monat
coverage-subtitle = Äußerungen mit einer Position, aus denen die anderen Bilder bestehen. Wo kein Balken ist, wurde keine gesammelt; gesagt worden sein kann mehr.
coverage-rules = nur von Regeln eingestuft
coverage-at = { $month }: { $statements }, { $origin }
coverage-none-in = keine an Monaten: { $count }
coverage-on = an { $count } Tagen

## Speakers

speakers-title = { $speaker }: jede Äußerung mit einer Position
speakers-subtitle = { $from } bis { $to }. In einer Zeile gilt: je höher, desto näher an „{ $high }“; die Linie ist die Mitte der Skala. Reihenfolge { $ordered }; ein Mittel aus wenigen Äußerungen sagt wenig.
ordered-by-position = danach, wie hoch sie im Mittel über alle Themen stehen
ordered-by-name = nach Namen
speakers-by-month = Wo nur der Monat bekannt ist, steht der Punkt in seiner Mitte.
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
shift-moved = verschoben: { $found } von { $all } Paaren
shift-none = wo genug gesagt wurde, keine bleibende Verschiebung gefunden
shift-few = zu wenige Äußerungen für ein Urteil bei { $few } von { $all } Paaren aus Sprecher und Thema
shift-subtitle = Eine Zeile je Sprecher, die meisten Tage zuerst. { $tested } von { $pairs } aus Sprecher und Thema haben genug Tage für einen Test. Je weiter rechts, desto näher an „{ $high }“; links „{ $low }“.
shift-key-moved = verschoben: vom Mittel davor zum Mittel danach
shift-key-mean = keine Verschiebung gefunden: das Mittel
shift-key-range = 90-%-Bereich eines Mittels
shift-key-few = zu wenige Tage für ein Urteil: die Äußerungen
shift-note-few = zu wenige: { $days }
shift-note-swing = Ausschlag am { $day }, { $days }
shift-note-steady = keine Verschiebung, { $days }
shift-note-moved = { $size } Stufen, { $from } bis { $to }
shift-mean = { $note }, Mittel { $mean }
shift-from-to = von { $before } nach { $after } zwischen { $from } und { $to }
none = keine
