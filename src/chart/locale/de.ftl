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
on-known-days =
    { $count ->
         [one] an { $count } bekannten Tag
        *[other] an { $count } bekannten Tagen
    }
months =
    { $count ->
         [one] { $count } Monat
        *[other] { $count } Monate
    }
pairs =
    { $count ->
         [one] { $count } Fall (ein Sprecher zu einem Thema)
        *[other] { $count } Fälle (je ein Sprecher zu einem Thema)
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
key-span = wann sich die Position änderte (zu 90 % sicher)
key-curve = Durchschnitt, geglättet über etwa { $window }, mit seinem 90-%-Bereich; keine Linie, wo zu wenig gesagt wurde
key-steps = Durchschnitt davor und danach, mit seinem 90-%-Bereich
key-fitted = angepasste Gerade
key-others = Durchschnitt der übrigen
window-to = { $from } bis { $to }

## Footer

footer-counts = { $statements } { $on-days }; { $coded }.
coded-by-hand = alle von Hand eingestuft
coded-by-hand-of =
    { $count ->
         [one] alle von Hand eingestuft, von einer Person
        *[other] alle von Hand eingestuft, von { $count } Kodierern
    }
coded-by-rules = alle von Regeln eingestuft
coded-by-both = von Hand eingestuft: { $hand }, von Regeln: { $rules }
coded-by-both-of =
    { $count ->
         [one] von Hand eingestuft, von einer Person: { $hand }, von Regeln: { $rules }
        *[other] von Hand eingestuft, von { $count } Kodierern: { $hand }, von Regeln: { $rules }
    }
footer-counts-positions = { $statements } mit { $positions } { $on-days }; { $coded }.
footer-counted = { $positions } { $on-days }, als Zählung; { $coded }.
of-them = { $statements }, davon { $dated }
footer-dated =
    { $unit ->
         [week] Getestet werden nur die mit bekannter Woche.
         [month] Getestet werden nur die mit bekanntem Monat.
         [quarter] Getestet werden nur die mit bekanntem Quartal.
        *[day] Getestet werden nur die mit bekanntem Tag.
    }
footer-unverified =
    { $count ->
         [one] Davon ist { $count } noch nicht an der Quelle geprüft.
        *[other] Davon sind { $count } noch nicht an der Quelle geprüft.
    }
footer-not-drawn = Nicht gezeichnet: { $what }.
footer-coders = Eingestuft von: { $coders }.
footer-source = Quelle: { $title }; veröffentlicht von { $publishers }.
footer-data = Quelle: { $title }.
footer-method = Korpus { $corpus } { $hash }, Regeln { $rules }, Startwert { $seed }, Stance { $version }.
footer-majority = Sind Kodierer uneins, gilt die Antwort von mehr als der Hälfte (hier: { $positions }).
footer-median = Sind Kodierer uneins, gilt der Median ihrer Positionen (hier: { $positions }).
footer-rules-unknown = Wie die Regeln bei Äußerungen abschneiden, die ihr Verfasser nicht gesehen hat, ist nicht bekannt.
footer-rules-unseen = Gleiche Stufe nach Regeln wie nach Kodierern, bei Äußerungen, die der Verfasser der Regeln nicht gesehen hatte: { $figures }.
footer-rules-unseen-earlier = Gleiche Stufe nach früheren Regeln wie nach Kodierern, bei Äußerungen, die ihr Verfasser nicht gesehen hatte: { $figures }. Wie die jetzigen Regeln abschneiden, ist nicht bekannt.
footer-share = { $part } von { $whole } ({ $low } bis { $high } %)

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
between-days = zwischen dem { $from } und dem { $to }
between-units =
    { $unit ->
         [week] zwischen der { $from } und der { $to }
        *[month] zwischen { $from } und { $to }
    }
span-days = vom { $from } bis zum { $to }
span-units = von { $from } bis { $to }
clauses = { $first }; { $second }
tested-by =
    { $unit ->
         [week] Nach Wochen getestet: Was in einer Woche gesagt wurde, zählt als zugleich gesagt.
         [month] Nach Monaten getestet: Was in einem Monat gesagt wurde, zählt als zugleich gesagt.
        *[quarter] Nach Quartalen getestet: Was in einem Quartal gesagt wurde, zählt als zugleich gesagt.
    }
footer-publishers = Quelle: { $publishers }.
moved-toward =
    { $number ->
         [one] { $who } hat sich in Richtung { $level } bewegt, bis { $reach }
        *[many] { $who } haben sich in Richtung { $level } bewegt, bis { $reach }
    }
moved-back =
    { $number ->
         [one] { $who } hat die Position geändert und ist zurückgekehrt
        *[many] { $who } haben die Position geändert und sind zurückgekehrt
    }
moved-only =
    { $number ->
         [one] { $who } hat die Position geändert
        *[many] { $who } haben die Position geändert
    }
always-said =
    { $number ->
         [one] { $who } immer { $level }
        *[many] { $who } immer { $level }
    }
in-weeks =
    { $count ->
         [one] in { $count } Woche
        *[other] in { $count } Wochen
    }
in-months =
    { $count ->
         [one] in { $count } Monat
        *[other] in { $count } Monaten
    }
in-quarters =
    { $count ->
         [one] in { $count } Quartal
        *[other] in { $count } Quartalen
    }
shift-subtitle-days =
    { $unit ->
         [week] Die mit den meisten Wochen zuerst.
         [month] Die mit den meisten Monaten zuerst.
         [quarter] Die mit den meisten Quartalen zuerst.
        *[day] Die mit den meisten Tagen zuerst.
    }
found-swing-last =
    { $unit ->
         [week] { $level } { $at }, bisher nur diese eine Woche und noch kein Trend; der Durchschnitt davor ist { $rest }
         [month] { $level } { $at }, bisher nur dieser eine Monat und noch kein Trend; der Durchschnitt davor ist { $rest }
         [quarter] { $level } { $at }, bisher nur dieses eine Quartal und noch kein Trend; der Durchschnitt davor ist { $rest }
        *[day] { $level } { $at }, bisher nur dieser eine Tag und noch kein Trend; der Durchschnitt davor ist { $rest }
    }
few-two = erst { $first }, dann { $last } { $when }
few-back = { $first }, aber { $second } { $when }
few-three = erst { $first }, dann { $second } { $when }, dann { $last } { $lastly }
few-mixed = reicht von { $low } bis { $high }, { $span }
few-tail-one = { $what }; eine Äußerung, zu wenig für einen Test
all-few-same = Zum Thema { $issue }: { $facts }; zu wenige { $few }, um Änderungen zu testen
with-issues = { $speaker } (zum Thema { $issues })
steady-any-for = Sogar eine Änderung von einem Ende der Skala zum anderen könnte übersehen worden sein: { $who }.
rest-all-swings =
    { $unit ->
         [week] Eine einzelne Woche fällt aus der Reihe: { $speakers }.
         [month] Ein einzelner Monat fällt aus der Reihe: { $speakers }.
         [quarter] Ein einzelnes Quartal fällt aus der Reihe: { $speakers }.
        *[day] Ein einzelner Tag fällt aus der Reihe: { $speakers }.
    }
near-levels = etwa { $low } oder { $high }
shift-key-mean-swing = keine Änderung gefunden: der Durchschnitt; bei einem Ausschlag der Durchschnitt der übrigen
shift-key-both = geändert: vom Durchschnitt davor zum Durchschnitt danach; wenn nach und nach, vom ersten Drittel zum letzten
shift-key-swing = was aus der Reihe fällt: jede Äußerung
shift-key-few-swing = jede Äußerung, wenn es für einen Test zu wenige sind oder sie aus der Reihe fällt
shift-note-any = keine Änderung gefunden, aber { $days } könnten jede verbergen
dumbbell-head = erstes → letztes Drittel
speakers-head-mean = Anzahl; Mittel
title-moved = { $speaker } hat die Position zum Thema { $issue } geändert: { $what }
title-moved-so = { $speaker } { $phrase }: { $what }
title-returned = { $speaker } hat die Position zum Thema { $issue } geändert und ist zurückgekehrt: { $what }
title-returned-so = { $speaker } { $phrase } und ist zurückgekehrt: { $what }
title-drifted = { $speaker } hat die Position zum Thema { $issue } nach und nach geändert: { $what }
title-drifted-so = { $speaker } { $phrase }, nach und nach: { $what }
title-about = { $speaker } zum Thema { $issue }: { $what }
title-steady = { $speaker }: Zum Thema { $issues } wurde keine bleibende Änderung gefunden
rest-finding = { $issue }: { $what }.
rest-steady = Keine bleibende Änderung wurde gefunden zum Thema { $issues }.
rest-few = Zu wenige { $few } für einen Test gibt es zum Thema { $issues }.
found-step = von { $before } zu { $after }, { $when }
found-step-then = ; dann zu { $after }, { $when }
found-step-back = ; zurück zu { $after }, { $when }
found-drift =
    { $unit ->
         [week] im Durchschnitt { $before } im ersten Drittel der Wochen, { $after } im letzten, { $span }
         [month] im Durchschnitt { $before } im ersten Drittel der Monate, { $after } im letzten, { $span }
         [quarter] im Durchschnitt { $before } im ersten Drittel der Quartale, { $after } im letzten, { $span }
        *[day] im Durchschnitt { $before } im ersten Drittel der Tage, { $after } im letzten, { $span }
    }
found-swing =
    { $unit ->
         [week] { $level } { $at }, eine einzelne Woche, aus der Reihe fallend; der Durchschnitt der anderen ist { $rest }
         [month] { $level } { $at }, ein einzelner Monat, aus der Reihe fallend; der Durchschnitt der anderen ist { $rest }
         [quarter] { $level } { $at }, ein einzelnes Quartal, aus der Reihe fallend; der Durchschnitt der anderen ist { $rest }
        *[day] { $level } { $at }, ein einzelner Tag, aus der Reihe fallend; der Durchschnitt der anderen ist { $rest }
    }
found-latest = keine bleibende Änderung gefunden, aber zuletzt { $level } { $at } (noch kein Trend), nach einem Durchschnitt von { $rest }
found-steady = keine bleibende Änderung gefunden in { $statements } { $on-days }
few-one = { $first } { $at }
few-same-day = jedes Mal { $first } { $at }
few-same = immer { $first }, { $span }
few-range-day = reicht von { $low } bis { $high } { $at }
few-range = reicht von { $low } bis { $high }, zuletzt { $last } { $at }
few-from-to = von { $first } { $from } zu { $last } { $at }
names-more = { $names } und { $count } weitere
all-moved = { $moves }
all-moved-on = Zum Thema { $issue }: { $moves }
all-steady = Keine bleibende Änderung wurde gefunden bei { $who }
all-steady-on = Zum Thema { $issue } wurde keine bleibende Änderung gefunden bei { $who }
all-few = Zu wenige { $few }, um zu testen, ob sich Positionen geändert haben
all-few-on = Zu wenige { $few } zum Thema { $issue }, um zu testen, ob sich Positionen geändert haben
all-of = den { $count } von { $all }, zu denen es genug Äußerungen für einen Test gibt
rest-all-steady = Keine bleibende Änderung wurde gefunden: { $speakers }.
rest-all-few = Zu wenige { $few } für einen Test: { $speakers }.
doubt-coders = Mit Kodierungen, wie sie andere hätten vergeben können, hält das in { $stands } von { $runs } Läufen.
doubt-rules = Mit den Fehlern, die die Regeln machen, hält das in { $stands } von { $runs } Läufen.
doubt-coders-for = Mit Kodierungen, wie sie andere hätten vergeben können, hält das in { $figures }.
doubt-rules-for = Mit den Fehlern, die die Regeln machen, hält das in { $figures }.
doubt-figure = { $stands } von { $runs } Läufen ({ $who })
caution-of = { $who }: { $caution }
caution-size = Die Änderung ist wahrscheinlich kleiner, als sie aussieht: eher { $likely } Stufen als { $seen }.
caution-led = { $share } der Äußerungen sind von { $speaker }, einer von { $count } Personen.
caution-mix =
    { $column ->
         [speaker] Auch wer spricht, ändert sich: { $value } hat davor { $before } der Äußerungen, danach { $after }.
         [source_publisher] Auch die Medien ändern sich: { $value } hat davor { $before } der Äußerungen, danach { $after }.
        *[other] Auch die Orte ändern sich: { $value } hat davor { $before } der Äußerungen, danach { $after }.
    }
caution-weak = Nur eine Änderung um mindestens { $size } von { $range } Stufen wäre in 4 von 5 Fällen gefunden worden.
caution-weak-for = Nur Änderungen um mehr als die halbe Skala wären gefunden worden: { $who }.
caution-last =
    { $count ->
         [1] Die letzte Stufe beruht auf einer einzigen Äußerung; das ist noch kein Trend.
        *[other] Die letzte Stufe beruht auf einem einzigen Tag; das ist noch kein Trend.
    }
few-needed = Ein Test braucht { $needed }; vorhanden: { $days }.
few-needed-most = Ein Test braucht { $needed }; vorhanden höchstens: { $days }.
few-finer =
    { $unit ->
         [week] Nach Wochen gezählt sind es genug.
         [month] Nach Monaten gezählt sind es genug.
        *[day] Nach Tagen gezählt sind es genug.
    }
near-level = etwa { $level }
statements-dates = Äußerungen: { $dates }.
steady-detectable = Eine bleibende Änderung um weniger als { $size } Stufen könnte übersehen worden sein, früh oder spät im Zeitraum auch eine größere.
steady-any = Bei so wenig Material könnte sogar eine Änderung von einem Ende der Skala zum anderen übersehen worden sein.
lowest-level = niedrigste Stufe
highest-level = höchste Stufe
brief-moved = geändert { $dates }
brief-drift = nach und nach geändert
brief-swing =
    { $unit ->
         [week] eine Woche fällt aus der Reihe: { $day }
         [month] ein Monat fällt aus der Reihe: { $day }
         [quarter] ein Quartal fällt aus der Reihe: { $day }
        *[day] ein Tag fällt aus der Reihe: { $day }
    }
brief-latest = keine bleibende Änderung gefunden; zuletzt anders: { $day }
brief-steady = keine bleibende Änderung gefunden
brief-steady-weak = keine bleibende Änderung gefunden; nur eine um mindestens { $size } von { $range } Stufen wäre aufgefallen
brief-few =
    { $unit ->
         [week] zu wenige Wochen für einen Test
         [month] zu wenige Monate für einen Test
         [quarter] zu wenige Quartale für einen Test
        *[day] zu wenig für einen Test
    }

## Timeline

timeline-subtitle = Jedes Zeichen ist eine Äußerung, { $dates }.
timeline-subtitle-shared = Jedes Zeichen steht für alle Äußerungen eines Tages auf einer Stufe, { $dates }.
note-statements = { $statements } { $on-days }
note-no-line = die Äußerungen liegen zeitlich zu weit auseinander für einen Durchschnitt
note-by-month =
    { $unit ->
         [week] { $count } weitere ohne genaue Woche
         [month] { $count } weitere ohne genauen Monat
         [quarter] { $count } weitere ohne genaues Quartal
        *[day] { $count } weitere ohne genauen Tag
    }
note-conflicts =
    { $count ->
         [one] { $count } weitere Äußerung strittig, ohne Position
        *[other] { $count } weitere Äußerungen strittig, ohne Position
    }
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
coverage-subtitle = Äußerungen mit einer Position.
coverage-no-bar = Kein Balken heißt, dass keine gesammelt wurde, nicht, dass nichts gesagt wurde.
coverage-no-move = Ob sich die Position änderte, zeigt dieses Bild nicht.
coverage-rules = nur von Regeln eingestuft
coverage-at = { $month }: { $statements }, { $origin }
coverage-none-in = { $months } ohne Äußerung

## Speakers

speakers-subtitle = Je höher ein Zeichen in seiner Zeile, desto höher seine Stufe.
in-order = Reihenfolge { $ordered }.
movers-first = Zuerst, wer die Position änderte, dann die anderen { $ordered }.
ordered-by-position = nach ihrem Durchschnitt, höchster zuerst
ordered-by-count = nach der Zahl ihrer Äußerungen
ordered-by-name = nach Namen
speakers-note = { $statements } von { $count } Sprechern
speakers-drawn = gezeichnet sind die { $count } mit den meisten Äußerungen
speakers-head = Anzahl; Mittel, oder davor → danach
not-drawn-statements =
    { $count ->
         [one] { $count } weitere Zeile ist nicht gezeichnet; gezeichnet sind die mit den meisten Äußerungen
        *[other] { $count } weitere Zeilen sind nicht gezeichnet; gezeichnet sind die mit den meisten Äußerungen
    }

## Shift

shift-tested = { $tested } von { $count } Sprechern getestet
shift-drawn = gezeichnet sind die ersten { $count }
shift-subtitle =
    { $unit ->
         [week] Zuerst, wer die Position änderte, dann die mit den meisten Wochen.
         [month] Zuerst, wer die Position änderte, dann die mit den meisten Monaten.
         [quarter] Zuerst, wer die Position änderte, dann die mit den meisten Quartalen.
        *[day] Zuerst, wer die Position änderte, dann die mit den meisten Tagen.
    }
shift-key-moved = geändert: vom Durchschnitt davor zum Durchschnitt danach
shift-key-drifted = nach und nach geändert: vom Durchschnitt des ersten Drittels zu dem des letzten
shift-key-mean = keine Änderung gefunden: der Durchschnitt
shift-key-range = 90-%-Bereich eines Durchschnitts
shift-key-few = zu wenig für einen Test: jede Äußerung
shift-note-few = zu wenig für einen Test: { $days }
shift-note-swing = { $at }: fällt aus der Reihe, { $days }
shift-note-steady = keine Änderung gefunden, { $days }
shift-note-weak = keine Änderung gefunden, nur eine um mindestens { $size } von { $range } Stufen wäre aufgefallen; { $days }
shift-note-moved = { $size } Stufen, { $from } bis { $to }
shift-note-drifted = nach und nach, von { $before } nach { $after }, { $days }
shift-mean = { $note }, Mittel { $mean }
shift-from-to = von { $before } nach { $after } { $when }
none = keine

## First and last third

dumbbell-subtitle =
    { $unit ->
         [week] Durchschnitt des ersten und des letzten Drittels der Wochen jeder Zeile. Ob sich die Position änderte, wird über alle Wochen getestet.
         [month] Durchschnitt des ersten und des letzten Drittels der Monate jeder Zeile. Ob sich die Position änderte, wird über alle Monate getestet.
         [quarter] Durchschnitt des ersten und des letzten Drittels der Quartale jeder Zeile. Ob sich die Position änderte, wird über alle Quartale getestet.
        *[day] Durchschnitt des ersten und des letzten Drittels der Tage jeder Zeile. Ob sich die Position änderte, wird über alle Tage getestet.
    }
dumbbell-subtitle-moved = Wo eine Änderung gefunden wurde: die Durchschnitte davor und danach.
dumbbell-subtitle-others =
    { $unit ->
         [week] In den anderen Zeilen: die Durchschnitte des ersten und des letzten Drittels der Wochen.
         [month] In den anderen Zeilen: die Durchschnitte des ersten und des letzten Drittels der Monate.
         [quarter] In den anderen Zeilen: die Durchschnitte des ersten und des letzten Drittels der Quartale.
        *[day] In den anderen Zeilen: die Durchschnitte des ersten und des letzten Drittels der Tage.
    }
dumbbell-first = Durchschnitt des ersten Drittels
dumbbell-last = Durchschnitt des letzten Drittels
dumbbell-before = Durchschnitt vor der Änderung
dumbbell-after = Durchschnitt nach der Änderung
dumbbell-before-or-first = Durchschnitt vor der Änderung oder des ersten Drittels
dumbbell-after-or-last = Durchschnitt nach der Änderung oder des letzten Drittels
dumbbell-between = Durchschnitt zwischen zwei Änderungen
dumbbell-moved = davor { $before } → danach { $after }
dumbbell-few =
    { $unit ->
         [week] zu wenige Wochen für Durchschnitte: jedes Zeichen ist eine Äußerung
         [month] zu wenige Monate für Durchschnitte: jedes Zeichen ist eine Äußerung
         [quarter] zu wenige Quartale für Durchschnitte: jedes Zeichen ist eine Äußerung
        *[day] zu wenige Tage für Durchschnitte: jedes Zeichen ist eine Äußerung
    }

## Groups, and what is known too little of

speakers-of-groups =
    { $count ->
         [one] { $count } Gruppe
        *[other] { $count } Gruppen
    }
pairs-of-groups =
    { $count ->
         [one] { $count } Fall (eine Gruppe zu einem Thema)
        *[other] { $count } Fälle (je eine Gruppe zu einem Thema)
    }
all-speakers-of-groups = Alle Gruppen
in-order-of-groups = Reihenfolge { $ordered }.
shift-tested-of-groups = { $tested } von { $speakers } getestet
speakers-note-of-groups = { $statements } in { $speakers }
all-few-same-of-groups = Zum Thema { $issue }: { $facts }; zu wenige { $few }, um Änderungen zu testen
members =
    { $count ->
         [one] { $count } Sprecher
        *[other] { $count } Sprecher
    }
by-column =
    { $column ->
         [role] Rolle
         [party] Partei
         [source_publisher] Medium
         [venue] Anlass
        *[other] „{ $column }“
    }
title-by =
    { $column ->
         [source_publisher] Äußerungen nach Medium: { $title }
        *[other] { $title }
    }
title-by-of =
    { $column ->
         [source_publisher] { $speaker }, Äußerungen nach Medium: { $title }
        *[other] { $speaker }, nach { $word }: { $title }
    }
statements-in = { $name } (Äußerungen dort)
statements-in-of = { $name } (Äußerungen von { $speaker } dort)
groups-are = Gruppiert nach { $column }: { $groups }.
groups-one-speaker = Alle Äußerungen sind von { $speaker }.
group-only = { $group } (nur { $speaker })
group-mixed = { $group } ({ $speakers })
groups-left =
    { $count ->
         [one] { $count } weitere Gruppe ist nicht gezeichnet.
        *[other] { $count } weitere Gruppen sind nicht gezeichnet.
    }
left-other-issues = { $statements } zu anderen Themen
left-without = { $statements } ohne Position
left-dates = { $statements } außerhalb des Zeitraums
note-too-few =
    { $unit ->
         [week] zu wenige Wochen für einen Durchschnitt
         [month] zu wenige Monate für einen Durchschnitt
         [quarter] zu wenige Quartale für einen Durchschnitt
        *[day] zu wenige Tage für einen Durchschnitt
    }
counted-by =
    { $unit ->
         [week] Nach Wochen gezählt: Was in einer Woche gesagt wurde, zählt als zugleich gesagt.
         [month] Nach Monaten gezählt: Was in einem Monat gesagt wurde, zählt als zugleich gesagt.
        *[quarter] Nach Quartalen gezählt: Was in einem Quartal gesagt wurde, zählt als zugleich gesagt.
    }
few-tail-units =
    { $unit ->
         [week] { $what }; { $statements }, zu wenige Wochen für einen Test
         [month] { $what }; { $statements }, zu wenige Monate für einen Test
         [quarter] { $what }; { $statements }, zu wenige Quartale für einen Test
        *[day] { $what }; { $statements }, zu wenig für einen Test
    }
few-tail-single =
    { $unit ->
         [week] { $what }; { $statements } in einer einzigen Woche, die sich mit keiner anderen vergleichen lässt
         [month] { $what }; { $statements } in einem einzigen Monat, der sich mit keinem anderen vergleichen lässt
         [quarter] { $what }; { $statements } in einem einzigen Quartal, das sich mit keinem anderen vergleichen lässt
        *[day] { $what }; { $statements } an einem einzigen Tag, der sich mit keinem anderen vergleichen lässt
    }
few-plain = { $what }; { $statements }
few-units =
    { $unit ->
         [week] Wochen mit Äußerungen
         [month] Monate mit Äußerungen
         [quarter] Quartale mit Äußerungen
        *[day] Äußerungen
    }
found-steady-any = keine bleibende Änderung gefunden, aber { $statements } { $on-days } könnten jede verbergen
title-steady-any = { $title }, aber so wenig Material könnte jede verbergen
brief-steady-any = keine bleibende Änderung gefunden, aber jede könnte verborgen sein
moved-as-far =
    { $number ->
         [one] { $who } hat sich bis { $reach } bewegt
        *[many] { $who } haben sich bis { $reach } bewegt
    }
not-drawn-rows =
    { $count ->
         [one] { $count } weitere Zeile ist nicht gezeichnet
        *[other] { $count } weitere Zeilen sind nicht gezeichnet
    }
news-looks = Wer immer wieder nachsieht, findet durch Zufall öfter eine Änderung als bei einem einzigen Mal.
card-ringed = Das umrandete Zeichen ist die zitierte Äußerung.

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
report-agreement = Übereinstimmung der Kodierenden
report-rules = Wie gut die Regeln sind
report-method = Methode
report-left-out = Was fehlt
report-versions = Versionen
report-scales = Themen und Stufen
report-conventions = Lesekonventionen
report-contents = Inhalt
report-few = Zu wenige Äußerungen für einen Test
report-steady = Keine bleibende Änderung gefunden
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
report-seen = Auf Äußerungen, die der Autor der Regeln gesehen haben kann ({ $statements }): Das schmeichelt den Regeln
report-no-rules = Es gibt keine Regeln. Alle Labels sind von Hand.
report-one-coder = Alle Labels von Hand sind von einer Person, also gibt es keine Übereinstimmung zu messen.
report-no-coder = Es gibt keine Labels von Hand.
report-counted = Die Ergebnisse beruhen auf gezählten Äußerungen. Wie weit Kodierende übereinstimmen und wie gut die Regeln sind, sagt die Zählung nicht.
report-nothing-shared = Keine Äußerung hier hat Labels von 2 Kodierenden.
report-few-words = Von jeder Person zu jedem Thema stehen hier höchstens 4 Äußerungen im Wortlaut: die erste, die letzte und die jeweils neueste auf der höchsten und der niedrigsten Stufe. Die anderen wurden nur gezählt.
report-no-words = Die Zählung enthält keine Äußerung im Wortlaut.
report-nothing-left-out = Nichts.
report-left-unlabelled = { $statements } ohne Position zu diesen Themen
report-left-unverified = { $statements } noch nicht mit der Quelle verglichen
report-left-days = { $statements } nur mit dem Tag der Veröffentlichung
report-left-rejected = { $statements }, die jemand verworfen hat
report-left-months = { $statements } ohne genauen Tag: gezeichnet, aber nicht getestet
report-left-conflicts = { $count } strittig, ohne Position
report-left-picture = Das Diagramm für { $name }: { $why }
report-left-crowd = { $statements } sind zu viele für je eine Markierung; sie sind nach Monaten gezählt oder nicht gezeichnet
report-left-rows = { $statements } nicht in der Tabelle und den Daten; die { $count } neuesten sind es
report-left-words = Nur gezählt und hier nicht im Wortlaut: { $positions }
report-left-speakers = Diagramme einzelner Personen gibt es für { $count } von { $all }
report-everyone = Alle Sprecher
report-no-figures = Diagramme brauchen eine Äußerung mit Position. Hier gibt es keine.

## Pläne, und was neu ist

plan-title = Wie groß eine Verschiebung sein muss, um 4 von 5 Mal gefunden zu werden
plan-subtitle = Bevor etwas gesammelt ist: Sprecher, deren Position sich verschiebt, werden simuliert und getestet, wie das Programm testet. Ein längerer Balken heißt, dass nur größere Verschiebungen gefunden werden.
plan-halfway = Verschiebung nach der Hälfte der Tage
plan-quarter = Verschiebung nach einem Viertel der Tage
plan-size = { $size } Stufen
plan-none = keine ist groß genug
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
