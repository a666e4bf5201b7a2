# The fixed words of charts, Français. What stands after $ is put in; the corpus' own words stay as they are.

## Numbers and dates

decimal = ,
month =
    { $month ->
         [1] janvier
         [2] février
         [3] mars
         [4] avril
         [5] mai
         [6] juin
         [7] juillet
         [8] août
         [9] septembre
         [10] octobre
         [11] novembre
        *[12] décembre
    }
month-of-day =
    { $month ->
         [1] janvier
         [2] février
         [3] mars
         [4] avril
         [5] mai
         [6] juin
         [7] juillet
         [8] août
         [9] septembre
         [10] octobre
         [11] novembre
        *[12] décembre
    }
month-short =
    { $month ->
         [1] janv.
         [2] févr.
         [3] mars
         [4] avr.
         [5] mai
         [6] juin
         [7] juil.
         [8] août
         [9] sept.
         [10] oct.
         [11] nov.
        *[12] déc.
    }
day-of-month =
    { $day ->
         [1] 1er
        *[other] { $day }
    }
day-and-month = { $day } { $month }
date = { $day } { $month } { $year }
month-and-year = { $month } { $year }
and = { $first } et { $last }
statements =
    { $count ->
         [one] { $count } déclaration
        *[other] { $count } déclarations
    }
positions =
    { $count ->
         [one] { $count } position
        *[other] { $count } positions
    }
days =
    { $count ->
         [one] { $count } jour
        *[other] { $count } jours
    }
months =
    { $count ->
         [one] { $count } mois
        *[other] { $count } mois
    }
speakers =
    { $count ->
         [one] { $count } locuteur
        *[other] { $count } locuteurs
    }
pairs =
    { $count ->
         [one] { $count } paire
        *[other] { $count } paires
    }
publications =
    { $count ->
         [one] { $count } publication
        *[other] { $count } publications
    }

## Marks

quotation = « { $text } »
paraphrase = { $text } (paraphrase)
tooltip = { $number }. { $when }, { $speaker }: { $level } ({ $position }). { $said } { $publisher }
number = nº { $number }
all-speakers = Tous les locuteurs
key-hand = classé par des codeurs
key-hand-against-rules = par des codeurs, là où les règles disent autre chose
key-rules = classé par des règles
key-unverified = pas encore vérifié
key-month = seul le mois est connu
key-span = la position a changé entre ces jours (90 %)
key-curve = moyenne lissée et sa bande à 90 %, qui n’est pas l’étendue des déclarations ; absente là où trop peu a été dit

## Footer

footer-counts = n = { $statements }, { $positions }, { $days } ; { $hand } classées par des codeurs, { $rules } par des règles.
footer-unverified = { $count } de plus, pas encore vérifiées.
footer-not-drawn = Non dessinées : { $statements } sans position ici.
footer-coders = Codeurs : { $coders }.
footer-majority = Si les codeurs divergent, la réponse de plus de la moitié compte (ici : { $positions }).
footer-median = Si les codeurs divergent, la médiane de leurs positions compte (ici : { $positions }).
footer-rules-unknown = On ne sait pas ce que valent les règles pour des déclarations que leur auteur n’a pas vues.
footer-rules-unseen = Même niveau selon les règles et selon les codeurs, pour des déclarations que l’auteur des règles n’avait pas vues : { $figures }.
footer-share = { $part } sur { $whole } ({ $low } à { $high } %)
footer-read-in = , lu dans { $publications }
footer-source = Source : { $title } ({ $corpus }, { $hash }){ $read-in }. Règles { $rules }. Stance { $version }.

## Verdicts

title-moved = { $speaker } : { $said }
title-said = { $speaker } : { $said }
title-toward = déplacement vers « { $towards } » sur { $issues }
title-return = déplacement vers « { $towards } », puis retour, sur { $issues }
title-swing = un seul jour à part sur { $issues }
title-steady = aucun changement durable constaté sur { $issues }
title-few = trop peu de déclarations sur { $issues } pour dire si la position a changé
brief-shift = changement de { $size } niveaux entre le { $from } et le { $to }
brief-drift = glissement de { $before } à { $after }
brief-swing = écart le { $day }
brief-steady = aucun changement durable constaté (p { $p })
brief-few = trop peu pour en juger

## Timeline

timeline-subtitle = Chaque déclaration avec une position est un point, du { $from } au { $to }. En haut : { $high } ; en bas : { $low }.
note-statements = { $statements }, { $days }
note-by-month = { $count } datées du mois seulement
note-conflicts = { $count } en conflit, sans position
note-more-conflicts = { $count } de plus en conflit, sans position
note-mean = moyenne sur { $days } jours de part et d’autre
none-here = Aucune déclaration avec une position
describe-none = aucune avec une position
describe-at = { $count } à { $level } ({ $position })
from-to = du { $from } au { $to }

## Months and coverage

months-title = { $speaker } : positions par mois
months-subtitle = Déclarations à chaque niveau, comptées ; une barre plus longue dit que l’on en a recueilli davantage, non une position plus forte. À droite : { $high } ; à gauche : { $low } ; le niveau médian est à cheval sur la ligne.
months-at = { $month } : { $statements } à { $level }
total = total
coverage-title = { $speaker } : déclarations recueillies, par mois
coverage-subtitle = Déclarations avec une position, dont sont faits les autres graphiques. Sans barre, aucune n’a été recueillie ; il a pu s’en dire davantage.
coverage-rules = classé par des règles seules
coverage-at = { $month } : { $statements }, { $origin }
coverage-none-in = aucune pendant { $months }
coverage-on = sur { $days }

## Speakers

speakers-title = { $speaker } : chaque déclaration avec une position
speakers-subtitle = Du { $from } au { $to }. Dans une ligne, plus haut veut dire plus près de « { $high } » ; la ligne est le milieu de l’échelle. Ordre { $ordered } ; une moyenne de peu de déclarations dit peu.
ordered-by-position = selon leur hauteur moyenne sur tous les sujets
ordered-by-name = par nom
speakers-by-month = Là où seul le mois est connu, le point est en son milieu.
speakers-note = { $statements } de { $speakers }
speakers-drawn = sont dessinés les { $count } qui en ont le plus
speakers-head = nombre, moyenne
not-drawn-statements =
    { $count ->
         [one] { $count } ligne de plus est dans le tableau joint; sont dessinées celles qui ont le plus de déclarations
        *[other] { $count } lignes de plus sont dans le tableau joint; sont dessinées celles qui ont le plus de déclarations
    }
not-drawn-days =
    { $count ->
         [one] { $count } ligne de plus est dans le tableau joint; sont dessinées celles qui ont bougé, puis celles qui ont le plus de jours
        *[other] { $count } lignes de plus sont dans le tableau joint; sont dessinées celles qui ont bougé, puis celles qui ont le plus de jours
    }

## Shift

shift-tested = { $tested } sur { $speakers } : testés
shift-drawn = sont dessinés { $count } : ceux qui ont bougé, puis ceux qui ont le plus de jours
shift-moved = { $found } paires sur { $all } en mouvement
shift-none = aucun changement durable constaté là où assez a été dit
shift-few = trop peu de déclarations pour en juger sur { $few } des { $all } paires locuteur-sujet
shift-subtitle = Une ligne par locuteur, le plus de jours d’abord. { $tested } sur { $pairs } locuteur-sujet ont assez de jours pour être testées. À droite, plus près de « { $high } » ; à gauche, de « { $low } ».
shift-key-moved = changement : de la moyenne avant à la moyenne après
shift-key-mean = aucun changement constaté : la moyenne
shift-key-range = intervalle à 90 % d’une moyenne
shift-key-few = trop peu de jours pour en juger : les déclarations
shift-note-few = trop peu : { $days }
shift-note-swing = écart le { $day }, { $days }
shift-note-steady = pas de changement, { $days }
shift-note-moved = { $size } niveaux, { $from } au { $to }
shift-mean = { $note }, moyenne { $mean }
shift-from-to = de { $before } à { $after } entre le { $from } et le { $to }
none = aucune
