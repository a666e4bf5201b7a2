# The words of the desk, Deutsch. What stands after $ is put in; the corpus' own words stay as they are.

## Every room

desk = Arbeitsplatz
desk-code = Kodieren
desk-settle = Entscheiden
desk-review = Prüfen
desk-rules = Regeln
desk-explore = Ansehen
desk-rooms = Räume
# Between a name and what is said of it.
desk-colon = :
desk-coder = Kodiert von: { $coder }
desk-another = Wechseln
desk-faults = Das Korpus hat Fehler. Sie sehen den Stand davor.
desk-faults-first = Das Korpus hat Fehler. Beheben Sie sie in einem Editor und laden Sie diese Seite neu.
desk-offline = Das Programm antwortet nicht. Sehen Sie im Terminal nach. Ihre letzte Antwort ist vielleicht nicht gespeichert.
desk-earlier-rules = rules.toml hat Fehler. Bis sie behoben sind, gelten die Regeln von vorher.
desk-no-rules = rules.toml hat Fehler. Bis sie behoben sind, kodiert keine Regel. Von Hand können Sie weiter kodieren.
desk-without-labels = Dateien mit Kodierungen haben Fehler. Bis sie behoben sind, zählen diese Dateien nicht. In den anderen können Sie weiter von Hand kodieren.
desk-repair-rules = Regeln reparieren
desk-trouble = Das kann jetzt nicht gezeigt werden.
desk-trouble-file = Die Datei hat Fehler. Deshalb wird nichts in ihr gespeichert.
desk-trouble-again = Beheben Sie sie in einem Editor und laden Sie diese Seite neu. Es wurde nichts geschrieben.
desk-write-again =
    { $count ->
         [one] Die zuletzt gelesene Antwort wieder schreiben
        *[other] Die { $count } zuletzt gelesenen Antworten wieder schreiben
    }
desk-begin-anew = Eine neue Datei beginnen
desk-no-key = Die Taste „{ $key }“ tut hier nichts.
desk-why = Kodierung und Belege
desk-single-keys = Tasten antworten
desk-undo = Rückgängig
desk-previous = Zurück
desk-next = Weiter
desk-skip = Überspringen
desk-save = Speichern
desk-set-aside = Zurückgelegt: Wer die Regeln schreibt, sieht sie nicht

## Answers that another program dropped or changed

desk-lost =
    { $count ->
         [one] { $count } Antwort, die Sie hier gegeben haben, steht nicht mehr in der Datei
        *[other] { $count } Antworten, die Sie hier gegeben haben, stehen nicht mehr in der Datei
    }
desk-lost-why = Die Datei ist, wie sie vorher war, oder das fehlt in ihr: Vielleicht wurde eine ältere Fassung darüber gespeichert. Was Sie zurückholen, kommt zu dem hinzu, was jetzt in der Datei steht.
desk-changed =
    { $count ->
         [one] { $count } Antwort, die Sie hier gegeben haben, ist jetzt eine andere
        *[other] { $count } Antworten, die Sie hier gegeben haben, sind jetzt andere
    }
desk-changed-why = Ein anderes Programm hat das seither in der Datei geändert.
desk-given-here = Sie gaben: { $answer }
desk-in-file = In der Datei: { $answer }
desk-no-answer = keine Antwort
desk-with-note = { $answer }, Notiz „{ $note }“
desk-put-back =
    { $count ->
         [one] Die Antwort zurückholen
        *[other] Die { $count } Antworten zurückholen
    }
desk-put-back-mine =
    { $count ->
         [one] Meine Antwort an ihre Stelle setzen
        *[other] Meine { $count } Antworten an ihre Stelle setzen
    }
desk-leave-file = Die Datei lassen, wie sie ist
desk-put-back-done =
    { $count ->
         [one] { $count } Antwort steht wieder in der Datei, wie Sie sie gegeben haben.
        *[other] { $count } Antworten stehen wieder in der Datei, wie Sie sie gegeben haben.
    }
desk-put-back-left-out =
    { $count ->
         [one] { $count } Antwort wurde ausgelassen: Der Korpus hat ihre Äußerung oder ihr Thema nicht mehr.
        *[other] { $count } Antworten wurden ausgelassen: Der Korpus hat ihre Äußerung oder ihr Thema nicht mehr.
    }
desk-put-back-differs = Es wurde nichts gespeichert: Die Datei hat sich noch einmal geändert. So ist sie jetzt.
desk-file-left = Die Datei bleibt, wie sie ist.

## Who codes

desk-who = Wer sind Sie?
desk-who-why = Ihre Antworten kommen in eine eigene Datei. Die Antworten anderer sehen Sie nicht.
desk-who-new = Oder ein anderer Name
desk-who-begin = Beginnen

## Code

desk-key-list = 1 bis 9 wählen eine Stufe, 0 heißt: keine Position, x heißt das für alle übrigen Themen. ? ist unsicher, n schreibt eine Notiz, u macht rückgängig. Die Leertaste überspringt die Äußerung, die Pfeile gehen zurück und weiter, i geht zum nächsten Thema.
desk-number = Äußerung { $number } von { $all }
desk-coded =
    { $count ->
         [one] { $count } kodiert
        *[other] { $count } kodiert
    }
desk-left =
    { $count ->
         [one] { $count } übrig
        *[other] { $count } übrig
    }
desk-unsure-count =
    { $count ->
         [one] { $count } Antwort unsicher
        *[other] { $count } Antworten unsicher
    }
desk-pace = { $pace } pro Minute
desk-none = Keine Position
desk-none-why = Es steht nichts darin, was eine Position zu diesem Thema ist. Das ist nicht die Mitte der Skala.
desk-rest = Keine Position zu den übrigen Themen
desk-unsure = Unsicher
desk-rationale = Notiz: warum diese Stufe oder was unklar ist
desk-reopen = Antwort zurücknehmen
desk-next-issue = Nächstes Thema
desk-conventions = Wie man liest
desk-keys = Tasten
desk-queue = Reihenfolge und Anteil
desk-order = Reihenfolge
desk-order-shuffled = Gemischt
desk-order-date = Nach Datum
desk-order-speaker = Nach Person
desk-seed = Startwert der Mischung
desk-overlap = Prozent, die alle zuerst lesen
desk-issues = Themen
desk-all-issues = Alle Themen
desk-seen-only = Zurückgelegte Äußerungen auslassen (wenn Sie die Regeln schreiben)
desk-show-unsure = Zur ersten
desk-finished = Alles in dieser Reihe hat eine Antwort.
desk-finished-unsure =
    { $count ->
         [one] Alles in dieser Reihe ist gelesen; { $count } Antwort ist unsicher.
        *[other] Alles in dieser Reihe ist gelesen; { $count } Antworten sind unsicher.
    }
desk-left-others = Ohne Antwort zu anderen Themen:
desk-note-left-out = Die Notiz der vorigen Antwort wurde weggelassen; „Rückgängig“ bringt beide zurück.
desk-levels-without-key = Ohne Taste, weil es mehr als 9 Stufen gibt: { $levels }. Nehmen Sie die Maus oder Tab.
desk-back =
    { $count ->
         [one] { $count } an Sie zurückgegeben
        *[other] { $count } an Sie zurückgegeben
    }
desk-back-answered = in dieser Sitzung noch einmal beantwortet; die Kodierenden sind noch uneins
desk-saved = Gespeichert: { $issue }, { $answer }
desk-undone = Rückgängig: { $issue }, { $answer }
desk-undone-rest = Rückgängig: keine Position zu den übrigen Themen
desk-taken-back = zurückgenommen
desk-nothing-to-undo = In dieser Sitzung gibt es nichts rückgängig zu machen. Was vorher in der Datei stand, können Sie neu beantworten.
desk-differs = Ein anderes Programm hat diese Antwort geändert, seit Sie sie gesehen haben. Es wurde nichts gespeichert. So ist sie jetzt. Antworten Sie noch einmal, wenn Sie sie ändern wollen.
desk-undo-differs = Ein anderes Programm hat diese Antwort inzwischen geändert. Sie bleibt, wie sie ist.
desk-answer-none = keine Position
desk-answer-unsure = unsicher
desk-only-rationale = Notiz speichern
desk-other-coder = Es wurde nichts gespeichert: Diese Seite wurde für jemand anderen geöffnet, und jetzt kodiert { $coder }. Wechseln Sie in einem anderen Fenster, wer kodiert, oder laden Sie diese Seite neu.
desk-note-kept = Ihre Notiz bleibt bei ihrer Äußerung. Gespeichert wird sie, sobald Sie antworten.
desk-note-unsent = Noch nicht gespeichert: Sie wird mit Ihrer Antwort gespeichert.
desk-drafts =
    { $count ->
         [one] { $count } Notiz ohne Antwort
        *[other] { $count } Notizen ohne Antwort
    }
desk-nothing-left = Es wurde nichts gespeichert: Zu jedem Thema dieser Äußerung gibt es eine Antwort.
desk-answer-first = Es wurde nichts gespeichert: Geben Sie zuerst eine Antwort. Ihre Notiz bleibt.
desk-no-level = Es wurde nichts gespeichert: Dieses Thema hat keine solche Stufe.

## Settle

desk-settle-none = Es gibt nichts zu entscheiden. Ein Streitfall braucht 2 Kodierende, die dieselbe Äußerung gelesen haben und verschieden antworten.
desk-settle-done = Alle Streitfälle sind entschieden.
desk-settle-back =
    { $count ->
         [one] { $count } zurückgegeben
        *[other] { $count } zurückgegeben
    }
desk-settle-back-only =
    { $count ->
         [one] Nichts ist offen; { $count } Streitfall ist zurückgegeben und wartet auf die Kodierenden.
        *[other] Nichts ist offen; { $count } Streitfälle sind zurückgegeben und warten auf die Kodierenden.
    }
desk-settle-back-why = Die Kodierenden sehen sie unter „Kodieren“, mit Ihrer Notiz. Stimmen ihre Antworten überein, ist der Streitfall weg. Sie können ihn auch selbst entscheiden.
desk-settle-open =
    { $count ->
         [one] { $count } Streitfall offen
        *[other] { $count } Streitfälle offen
    }
desk-settle-of =
    { $count ->
         [one] { $count } Streitfall insgesamt
        *[other] { $count } Streitfälle insgesamt
    }
desk-settle-keys = 1 bis 9 wählen eine Stufe, 0 heißt: keine Position. b gibt den Fall mit Ihrer Notiz zurück, n schreibt eine Notiz, u macht rückgängig. Leertaste und Pfeile gehen weiter und zurück.
desk-settle-counted = Die Regel des Codebuchs hat ihn entschieden. Ihre Antwort gilt stattdessen.
desk-sent-back = Zurückgegeben
desk-sent-back-issue = Zurückgegeben: { $issue }
desk-send-back = An die Kodierenden zurückgeben
desk-no-rationale = keine Notiz
desk-by-rules = Regeln
desk-rules-silent = Keine Regel gibt eine Position.
desk-rules-conflict = Regeln widersprechen sich.
desk-rules-hidden = Diese Äußerung ist zurückgelegt. Was Regeln dazu sagen, wird nicht gezeigt.
desk-settle-agreement = Übereinstimmung
desk-settle-before = Gleiche Antworten der Kodierenden vorher: { $same } von { $all } ({ $share })
desk-settle-after = Haben jetzt eine Antwort: { $same } von { $all } ({ $share })
desk-settle-coder = { $coder } gab, was entschieden wurde: { $same } von { $all }
desk-settle-hand = Wenn es geht, soll entscheiden, wer diese Äußerungen nicht selbst kodiert hat.

## Review

desk-review-nothing = Nichts wartet auf Prüfung.
desk-review-how = fügt Vorschläge aus Nachrichtentexten hinzu. Sie warten hier, bis Sie sie annehmen.
desk-review-counts = { $waiting } offen · { $accepted } angenommen · { $rejected } abgelehnt
desk-review-fields = Was Sie in diesen Feldern ändern, wird mit Ihrer Entscheidung gespeichert.
desk-review-refused = Noch ist nichts gespeichert: Sehen Sie das markierte Feld an. Ihre Eingaben bleiben.
desk-review-undone = Rückgängig gemacht.
desk-review-decided = { $id } ist schon entschieden oder nicht mehr in der Datei. Es wurde nichts geändert.
desk-review-accepted = Angenommen: { $id }.
desk-review-rejected = Abgelehnt: { $id }.
desk-review-saved = Gespeichert: { $id }.
desk-accept = Annehmen
desk-reject = Ablehnen
desk-only-fields = Nur die Felder speichern
desk-later = Später entscheiden
desk-role = Amt
desk-kind = Art
desk-venue = Ort
desk-kind-direct = direkt: die Worte, wie sie gesagt wurden
desk-kind-indirect = indirekt: eine Wiedergabe
desk-about-confidence = Sprecher ist
desk-about-runner-up = Oder vielleicht
desk-about-date-from = Worauf der Tag beruht
desk-about-notes = Notizen
desk-about-source-publisher = Erschienen bei
desk-about-source-title = Titel des Textes
desk-about-source-date = Tag der Veröffentlichung
desk-about-also-in = Auch in
desk-sure-high = sicher
desk-sure-medium = ziemlich sicher
desk-sure-low = unsicher
desk-day-of-publication = nur auf dem Tag der Veröffentlichung
desk-field-speaker = der Name
desk-field-role = das Amt, in dem es gesagt wurde, oder - für keines
desk-field-date = JJJJ-MM-TT oder JJJJ-MM, wenn nur der Monat bekannt ist
desk-field-kind = die Worte selbst oder eine Wiedergabe
desk-field-venue = wo es gesagt wurde, oder -, wenn das nicht bekannt ist
desk-field-text = die Worte, in einer Zeile
desk-words-missing = Diese Worte stehen nicht im Text. Wählen Sie als Art „indirekt“, wenn sie eine Wiedergabe sind, oder kreuzen Sie an, dass Sie es wissen. Die Zeile sagt dann nicht mehr, wo sie stehen.
desk-words-known = Ich weiß, dass diese Worte nicht im Text stehen

## Rules

desk-rules-how = Gespeichert wird erst, wenn Sie auf „Speichern“ drücken. Eine Datei mit einem Fehler oder einem gescheiterten Test wird nicht gespeichert.
desk-check = Prüfen
desk-rules-back = Zurück zum gespeicherten Stand
desk-rules-english = Fehler und Erklärungen sind auf Englisch.
desk-find-pattern = Ein Muster suchen
desk-such-as = Zum Beispiel
desk-find = Suchen
desk-make-rule = Eine Regel daraus machen
desk-places =
    { $count ->
         [one] { $count } Stelle
        *[other] { $count } Stellen
    }
desk-places-seen = ohne zurückgelegte Äußerungen
desk-more =
    { $count ->
         [one] und { $count } weitere
        *[other] und { $count } weitere
    }
desk-why-label = Warum eine Stufe oder keine
desk-id-of-statement = Die id einer Äußerung
desk-explain = Erklären
desk-explained-saved = Nach den gespeicherten Regeln, nicht nach dem, was Sie getippt haben.
desk-no-statement = Es gibt keine Äußerung mit der id { $id }.
desk-rules-faults =
    { $count ->
         [one] { $count } Fehler; so lässt es sich nicht speichern
        *[other] { $count } Fehler; so lässt es sich nicht speichern
    }
desk-rules-no-fault = Kein Fehler
desk-rules-count =
    { $count ->
         [one] { $count } Regel
        *[other] { $count } Regeln
    }
desk-tests-count =
    { $count ->
         [one] { $count } Test
        *[other] { $count } Tests
    }
desk-tests-ended = davon { $failed } gescheitert, { $todo } vorgemerkt (todo)
desk-moved = { $gained } gewonnen, { $lost } verloren, { $moved } verschoben
desk-not-compared =
    { $count ->
         [one] { $count } Äußerung zurückgelegt, nicht verglichen
        *[other] { $count } Äußerungen zurückgelegt, nicht verglichen
    }
desk-labels-change = Was Regeln nun anders kodieren
desk-figures = Wie gut die Regeln sind, verglichen mit der Kodierung von Hand
desk-figures-why = Auf Äußerungen, die der Autor der Regeln gesehen haben kann: Das schmeichelt den Regeln. { $command } prüft die anderen und hält fest, dass geprüft wurde.
desk-found = Bisher gefunden
desk-exact = Genau
desk-false-alarms = Position ohne Anlass
desk-figures-saved = { $issue }, gespeichert
desk-figures-typed = { $issue }, wie getippt
desk-verdicts-same = Keiner von { $pairs } Befunden ändert sich, ohne zurückgelegte Äußerungen.
desk-verdicts =
    { $count ->
         [one] { $count } Befund würde sich ändern
        *[other] { $count } Befunde würden sich ändern
    }
desk-verdicts-of = (von { $pairs })
desk-verdicts-where = ohne zurückgelegte Äußerungen
desk-verdict-pair = { $speaker } zu { $issue }
desk-verdict-none = keine Position
desk-verdict-shift = dauerhafter Wandel
desk-verdict-return = Wandel und Rückkehr
desk-verdict-drift = allmählicher Wandel
desk-verdict-swing = ein einzelner Tag weicht ab
desk-verdict-steady = kein dauerhafter Wandel gefunden
desk-verdict-too-few = zu wenige Äußerungen
desk-rules-changed = Ein anderes Programm hat rules.toml geändert, seit Sie sie geöffnet haben. Es wurde nichts gespeichert. Wenn Ihr Text gelten und jene Änderung verloren gehen soll, drücken Sie noch einmal auf „Speichern“.
desk-rules-not-saved = Nicht gespeichert: Der Text hat einen Fehler, oder ein Test scheitert.
desk-rules-unchanged = Es hat sich nichts geändert.
desk-rules-saved = Gespeichert.
desk-rule-unread = Keine Regel gemacht: Das Muster lässt sich nicht lesen.
desk-rule-nowhere = Keine Regel gemacht: Das Muster steht in keiner Äußerung, die Sie sehen dürfen.
desk-rule-made = Eine Regel für das Muster steht am Ende des Textes. Noch ist nichts gespeichert.
desk-pattern-first = Geben Sie zuerst ein Muster ein.

## Explore

desk-from = Von
desk-to = Bis
desk-whose = Kodiert
desk-whose-both = Von Hand und durch Regeln
desk-whose-hand = Von Hand
desk-whose-rules = Durch Regeln
desk-show = Zeigen
desk-take = Dieses Diagramm speichern als
desk-with-position = Äußerungen mit Position
desk-part = { $from } bis { $to } von { $all }
desk-why-hand = Von Hand kodiert
desk-why-unread = Niemand hat sie gelesen.
desk-why-rules = Was die Regeln sagen
desk-why-back = Zurück zu allen
