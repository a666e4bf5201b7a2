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
day-and-month = { $day } { $month }
day-of-year = { $day } { $year }
date = { $day } { $month } { $year }
quarter-and-year = T{ $quarter } { $year }
month-and-year = { $month } { $year }
week = semaine du { $day }
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
on-days =
    { $count ->
         [0] sans jour exact
         [one] sur { $count } jour
        *[other] sur { $count } jours
    }
on-known-days =
    { $count ->
         [one] sur { $count } jour connu
        *[other] sur { $count } jours connus
    }
months =
    { $count ->
         [one] { $count } mois
        *[other] { $count } mois
    }
pairs =
    { $count ->
         [one] { $count } cas (un intervenant sur un sujet)
        *[other] { $count } cas (chaque fois un intervenant sur un sujet)
    }
speakers =
    { $count ->
         [one] { $count } intervenant
        *[other] { $count } intervenants
    }

## Marks

quotation = « { $text } »
paraphrase = { $text } (paraphrase)
tooltip = { $when }, { $speaker } : { $level } ({ $position }). { $said } { $publisher }
tooltip-counted = { $when }, { $speaker } : { $level } ({ $position }). { $statements }
all-speakers = Tous les intervenants
key-hand = classée à la main
key-hand-against-rules = classée à la main ; les règles disent autre chose
key-rules = classée par des règles
key-unverified = pas encore vérifiée à la source
key-month = le jour exact n’est pas connu
key-span = moment du changement (90 % de certitude)
key-curve = moyenne lissée sur environ { $window }, avec son intervalle à 90 % ; pas de ligne là où trop peu a été dit
key-steps = moyenne avant et après, avec son intervalle à 90 %
key-fitted = droite ajustée
key-others = moyenne du reste
window-to = { $from } à { $to }

## Footer

footer-counts = { $statements } { $on-days } ; { $coded }.
coded-by-hand = toutes classées à la main
coded-by-hand-of =
    { $count ->
         [one] toutes classées à la main, par une seule personne
        *[other] toutes classées à la main, par { $count } codeurs
    }
coded-by-rules = toutes classées par des règles
coded-by-both = { $hand } classées à la main, { $rules } par des règles
coded-by-both-of =
    { $count ->
         [one] { $hand } classées à la main, par une seule personne, et { $rules } par des règles
        *[other] { $hand } classées à la main, par { $count } codeurs, et { $rules } par des règles
    }
footer-counts-positions = { $statements }, { $positions } { $on-days } ; { $coded }.
footer-counted = { $positions } { $on-days }, comptées ; { $coded }.
of-them = { $statements }, dont { $dated }
footer-dated =
    { $unit ->
         [week] Seules sont testées celles dont la semaine est connue.
         [month] Seules sont testées celles dont le mois est connu.
         [quarter] Seules sont testées celles dont le trimestre est connu.
        *[day] Seules sont testées celles dont le jour est connu.
    }
footer-unverified =
    { $count ->
         [one] { $count } d’entre elles n’est pas encore vérifiée à la source.
        *[other] { $count } d’entre elles ne sont pas encore vérifiées à la source.
    }
footer-not-drawn = Non dessinées : { $what }.
footer-coders = Classées par : { $coders }.
footer-source = Source : { $title } ; parues dans : { $publishers }.
footer-data = Source : { $title }.
footer-method = Corpus { $corpus } { $hash }, règles { $rules }, graine { $seed }, Stance { $version }.
footer-majority = Si les codeurs divergent, la réponse de plus de la moitié compte (ici : { $positions }).
footer-median = Si les codeurs divergent, la médiane de leurs positions compte (ici : { $positions }).
footer-rules-unknown = On ne sait pas ce que valent les règles pour des déclarations que leur auteur n’a pas vues.
footer-rules-unseen = Même niveau selon les règles et selon les codeurs, pour des déclarations que l’auteur des règles n’avait pas vues : { $figures }.
footer-rules-unseen-earlier = Même niveau selon des règles antérieures et selon les codeurs, pour des déclarations que leur auteur n’avait pas vues : { $figures }. On ne sait pas ce que valent les règles actuelles.
footer-share = { $part } sur { $whole } ({ $low } à { $high } %)

## Verdicts: a title is a whole sentence, whatever words the codebook has

issue-name = « { $name } »
quarters =
    { $count ->
         [one] { $count } trimestre
        *[other] { $count } trimestres
    }
weeks =
    { $count ->
         [one] { $count } semaine
        *[other] { $count } semaines
    }
years =
    { $count ->
         [one] { $count } an
        *[other] { $count } ans
    }
when-day = le { $day }
when-month = en { $month }
when-week = la { $week }
when-quarter = au { $quarter }
when-year = en { $year }
between-days = entre le { $from } et le { $to }
between-units =
    { $unit ->
         [week] entre la { $from } et la { $to }
         [quarter] entre le { $from } et le { $to }
        *[month] entre { $from } et { $to }
    }
span-days = du { $from } au { $to }
span-units = ({ $from } – { $to })
clauses = { $first } ; { $second }
tested-by =
    { $unit ->
         [week] Test par semaine : ce qui a été dit dans une même semaine compte comme dit en même temps.
         [month] Test par mois : ce qui a été dit dans un même mois compte comme dit en même temps.
        *[quarter] Test par trimestre : ce qui a été dit dans un même trimestre compte comme dit en même temps.
    }
footer-publishers = Source : { $publishers }.
moved-toward =
    { $number ->
         [one] { $who } a évolué en direction de { $level }, jusque { $reach }
        *[many] { $who } ont évolué en direction de { $level }, jusque { $reach }
    }
moved-back =
    { $number ->
         [one] { $who } a changé, avec retour
        *[many] { $who } ont changé, avec retour
    }
moved-only =
    { $number ->
         [one] { $who } a changé de position
        *[many] { $who } ont changé de position
    }
always-said =
    { $number ->
         [one] { $who } toujours { $level }
        *[many] { $who } toujours { $level }
    }
in-weeks =
    { $count ->
         [one] sur { $count } semaine
        *[other] sur { $count } semaines
    }
in-months =
    { $count ->
         [one] sur { $count } mois
        *[other] sur { $count } mois
    }
in-quarters =
    { $count ->
         [one] sur { $count } trimestre
        *[other] sur { $count } trimestres
    }
shift-subtitle-days =
    { $unit ->
         [week] D’abord ceux qui ont le plus de semaines.
         [month] D’abord ceux qui ont le plus de mois.
         [quarter] D’abord ceux qui ont le plus de trimestres.
        *[day] D’abord ceux qui ont le plus de jours.
    }
found-swing-last =
    { $unit ->
         [week] { $level } { $at }, jusqu’ici une seule semaine et pas une tendance ; la moyenne d’avant est { $rest }
         [month] { $level } { $at }, jusqu’ici un seul mois et pas une tendance ; la moyenne d’avant est { $rest }
         [quarter] { $level } { $at }, jusqu’ici un seul trimestre et pas une tendance ; la moyenne d’avant est { $rest }
        *[day] { $level } { $at }, jusqu’ici un seul jour et pas une tendance ; la moyenne d’avant est { $rest }
    }
few-two = d’abord { $first }, puis { $last } { $when }
few-back = { $first }, mais { $second } { $when }
few-three = d’abord { $first }, puis { $second } { $when }, puis { $last } { $lastly }
few-mixed = varie de { $low } à { $high }, { $span }
few-tail-one = { $what } ; une déclaration, trop peu pour un test
all-few-same = Sur { $issue }, { $facts } ; trop peu de { $few } pour un test
with-issues = { $speaker } (sur { $issues })
steady-any-for = Même un changement d’un bout à l’autre de l’échelle a pu passer inaperçu pour { $who }.
rest-all-swings =
    { $unit ->
         [week] Une seule semaine se détache pour { $speakers }.
         [month] Un seul mois se détache pour { $speakers }.
         [quarter] Un seul trimestre se détache pour { $speakers }.
        *[day] Un seul jour se détache pour { $speakers }.
    }
near-levels = près de { $low } ou de { $high }
shift-key-mean-swing = aucun changement constaté : la moyenne ; en cas d’écart, la moyenne du reste
shift-key-both = changement : de la moyenne avant à la moyenne après ; si peu à peu, du premier tiers au dernier
shift-key-swing = ce qui se détache : chaque déclaration
shift-key-few-swing = chaque déclaration, s’il y en a trop peu pour un test ou si elle se détache
shift-note-any = pas de changement constaté, mais { $days } peuvent en cacher un
dumbbell-head = premier tiers → dernier tiers
speakers-head-mean = nombre ; moyenne
title-moved = { $speaker } a changé de position sur { $issue } : { $what }
title-moved-so = { $speaker } { $phrase } : { $what }
title-returned = { $speaker } a changé de position sur { $issue }, puis y est revenu : { $what }
title-returned-so = { $speaker } { $phrase }, avec retour : { $what }
title-drifted = { $speaker } a changé peu à peu de position sur { $issue } : { $what }
title-drifted-so = { $speaker } { $phrase }, peu à peu : { $what }
title-about = { $speaker } sur { $issue } : { $what }
title-steady = { $speaker } : aucun changement durable constaté sur { $issues }
rest-finding = { $issue } : { $what }.
rest-steady = Aucun changement durable constaté sur { $issues }.
rest-few = Trop peu de { $few } pour un test sur { $issues }.
found-step = de { $before } à { $after }, { $when }
found-step-then = { " " }; puis à { $after }, { $when }
found-step-back = { " " }; retour à { $after }, { $when }
found-drift =
    { $unit ->
         [week] en moyenne { $before } dans le premier tiers des semaines, { $after } dans le dernier, { $span }
         [month] en moyenne { $before } dans le premier tiers des mois, { $after } dans le dernier, { $span }
         [quarter] en moyenne { $before } dans le premier tiers des trimestres, { $after } dans le dernier, { $span }
        *[day] en moyenne { $before } dans le premier tiers des jours, { $after } dans le dernier, { $span }
    }
found-swing =
    { $unit ->
         [week] { $level } { $at }, une seule semaine, à part des autres, dont la moyenne est { $rest }
         [month] { $level } { $at }, un seul mois, à part des autres, dont la moyenne est { $rest }
         [quarter] { $level } { $at }, un seul trimestre, à part des autres, dont la moyenne est { $rest }
        *[day] { $level } { $at }, un seul jour, à part des autres, dont la moyenne est { $rest }
    }
found-latest = aucun changement durable constaté, mais en dernier lieu { $level } { $at } (pas encore une tendance), après une moyenne { $rest }
found-steady = aucun changement durable constaté dans { $statements } { $on-days }
few-one = { $first } { $at }
few-same-day = { $first } à chaque fois { $at }
few-same = toujours { $first }, { $span }
few-range-day = varie de { $low } à { $high } { $at }
few-range = varie de { $low } à { $high }, en dernier lieu { $last } { $at }
few-from-to = de { $first } { $from } à { $last } { $at }
names-more = { $names } et { $count } autres
all-moved = { $moves }
all-moved-on = Sur { $issue }, { $moves }
all-steady = Aucun changement durable n’a été constaté pour { $who }
all-steady-on = Aucun changement durable n’a été constaté sur { $issue } pour { $who }
all-few = Trop peu de { $few } pour savoir par un test si une position a changé
all-few-on = Trop peu de { $few } sur { $issue } pour savoir par un test si une position a changé
all-of = les { $count } sur { $all } qui ont assez de déclarations pour un test
rest-all-steady = Aucun changement durable n’a été constaté pour { $speakers }.
rest-all-few = Trop peu de { $few } pour un test pour { $speakers }.
doubt-coders = Avec le codage qu’auraient pu donner d’autres codeurs, cela tient dans { $stands } essais sur { $runs }.
doubt-rules = Avec les erreurs que font les règles, cela tient dans { $stands } essais sur { $runs }.
doubt-coders-for = Avec le codage qu’auraient pu donner d’autres codeurs, cela tient dans { $figures }.
doubt-rules-for = Avec les erreurs que font les règles, cela tient dans { $figures }.
doubt-figure = { $stands } essais sur { $runs } ({ $who })
caution-of = { $who } : { $caution }
caution-size = Le changement est sans doute plus petit qu’il ne paraît : plutôt { $likely } niveaux que { $seen }.
caution-led = { $share } des déclarations sont de { $speaker }, une des { $count } personnes.
caution-mix =
    { $column ->
         [speaker] Ceux qui parlent changent aussi : { $value } a { $before } des déclarations avant, { $after } après.
         [source_publisher] Les médias changent aussi : { $value } a { $before } des déclarations avant, { $after } après.
        *[other] Les lieux changent aussi : { $value } a { $before } des déclarations avant, { $after } après.
    }
caution-weak = Seul un changement d’au moins { $size } niveaux sur { $range } aurait été constaté 4 fois sur 5.
caution-weak-for = Seuls des changements de plus de la moitié de l’échelle auraient été constatés pour { $who }.
caution-last =
    { $count ->
         [1] Le dernier niveau repose sur une seule déclaration, ce qui n’est pas une tendance.
        *[other] Le dernier niveau repose sur un seul jour, ce qui n’est pas une tendance.
    }
few-needed = Un test demande { $needed } ; ici : { $days }.
few-needed-most = Un test demande { $needed } ; ici au plus : { $days }.
few-finer =
    { $unit ->
         [week] Par semaine, il y en a assez.
         [month] Par mois, il y en a assez.
        *[day] Par jour, il y en a assez.
    }
near-level = près de { $level }
statements-dates = Déclarations : { $dates }.
steady-detectable = Un changement durable de moins de { $size } niveaux a pu passer inaperçu, et même un plus grand au début ou à la fin de la période.
steady-any = Avec si peu à tester, même un changement d’un bout à l’autre de l’échelle a pu passer inaperçu.
lowest-level = niveau le plus bas
highest-level = niveau le plus haut
brief-moved = changement { $dates }
brief-drift = changement peu à peu
brief-swing =
    { $unit ->
         [week] une semaine se détache : { $day }
         [month] un mois se détache : { $day }
         [quarter] un trimestre se détache : { $day }
        *[day] un jour se détache : { $day }
    }
brief-latest = aucun changement durable constaté ; en dernier lieu à part : { $day }
brief-steady = aucun changement durable constaté
brief-steady-weak = aucun changement durable constaté ; seul un d’au moins { $size } niveaux sur { $range } l’aurait été
brief-few =
    { $unit ->
         [week] trop peu de semaines pour un test
         [month] trop peu de mois pour un test
         [quarter] trop peu de trimestres pour un test
        *[day] trop peu pour un test
    }

## Timeline

timeline-subtitle = Chaque marque est une déclaration, { $dates }.
timeline-subtitle-shared = Chaque marque réunit toutes les déclarations d’un jour à un niveau, { $dates }.
note-statements = { $statements } { $on-days }
note-no-line = les déclarations sont trop espacées dans le temps pour une moyenne
note-by-month =
    { $unit ->
         [week] { $count } de plus sans semaine précise
         [month] { $count } de plus sans mois précis
         [quarter] { $count } de plus sans trimestre précis
        *[day] { $count } de plus sans jour précis
    }
note-conflicts =
    { $count ->
         [one] { $count } déclaration de plus en conflit, sans position
        *[other] { $count } déclarations de plus en conflit, sans position
    }
none-here = Aucune déclaration avec une position
describe-none = aucune avec une position
describe-at = { $count } à { $level } ({ $position })
from-to = du { $from } au { $to }

## Months and coverage

months-subtitle = Déclarations à chaque niveau, comptées : une barre plus longue dit plus de déclarations, non une position plus forte.
months-at = { $month } : { $statements } à { $level }
total = total
coverage-title-month = { $speaker } : déclarations recueillies, par mois
coverage-title-quarter = { $speaker } : déclarations recueillies, par trimestre
coverage-title-year = { $speaker } : déclarations recueillies, par année
coverage-subtitle = Déclarations avec une position.
coverage-no-bar = Pas de barre : rien n’a été recueilli, ce qui ne veut pas dire que rien n’a été dit.
coverage-no-move = Cette image ne montre pas si la position a changé.
coverage-rules = classées par des règles seules
coverage-at = { $month } : { $statements }, { $origin }
coverage-none-in = { $months } sans déclaration

## Speakers

speakers-subtitle = Plus une marque est haute dans sa ligne, plus son niveau est haut.
in-order = Ordre { $ordered }.
movers-first = D’abord ceux qui ont changé, puis les autres { $ordered }.
ordered-by-position = par moyenne, la plus haute d’abord
ordered-by-count = par nombre de déclarations
ordered-by-name = par nom
speakers-note = { $statements } de { $speakers }
speakers-drawn = sont dessinés les { $count } qui en ont le plus
speakers-head = nombre ; moyenne, ou avant → après
not-drawn-statements =
    { $count ->
         [one] { $count } ligne de plus n’est pas dessinée ; le sont celles qui ont le plus de déclarations
        *[other] { $count } lignes de plus ne sont pas dessinées ; le sont celles qui ont le plus de déclarations
    }

## Shift

shift-tested = intervenants testés : { $tested } sur { $count }
shift-drawn = sont dessinés les { $count } premiers
shift-subtitle =
    { $unit ->
         [week] D’abord ceux qui ont changé, puis ceux qui ont le plus de semaines.
         [month] D’abord ceux qui ont changé, puis ceux qui ont le plus de mois.
         [quarter] D’abord ceux qui ont changé, puis ceux qui ont le plus de trimestres.
        *[day] D’abord ceux qui ont changé, puis ceux qui ont le plus de jours.
    }
shift-key-moved = changement : de la moyenne avant à la moyenne après
shift-key-drifted = changement peu à peu : de la moyenne du premier tiers à celle du dernier
shift-key-mean = aucun changement constaté : la moyenne
shift-key-range = intervalle à 90 % d’une moyenne
shift-key-few = trop peu pour un test : chaque déclaration
shift-note-few = trop peu pour un test : { $days }
shift-note-swing = { $at } : se détache, { $days }
shift-note-steady = pas de changement constaté, { $days }
shift-note-weak = pas de changement constaté, seul un d’au moins { $size } niveaux sur { $range } l’aurait été ; { $days }
shift-note-moved = { $size } niveaux, { $from } – { $to }
shift-note-drifted = peu à peu, de { $before } à { $after }, { $days }
shift-mean = { $note }, moyenne { $mean }
shift-from-to = de { $before } à { $after } { $when }
none = aucune

## First and last third

dumbbell-subtitle =
    { $unit ->
         [week] Moyenne du premier et du dernier tiers des semaines de chaque ligne. Le test d’un changement porte sur toutes les semaines.
         [month] Moyenne du premier et du dernier tiers des mois de chaque ligne. Le test d’un changement porte sur tous les mois.
         [quarter] Moyenne du premier et du dernier tiers des trimestres de chaque ligne. Le test d’un changement porte sur tous les trimestres.
        *[day] Moyenne du premier et du dernier tiers des jours de chaque ligne. Le test d’un changement porte sur tous les jours.
    }
dumbbell-subtitle-moved = Là où un changement a été constaté : les moyennes avant et après.
dumbbell-subtitle-others =
    { $unit ->
         [week] Dans les autres lignes : les moyennes du premier et du dernier tiers des semaines.
         [month] Dans les autres lignes : les moyennes du premier et du dernier tiers des mois.
         [quarter] Dans les autres lignes : les moyennes du premier et du dernier tiers des trimestres.
        *[day] Dans les autres lignes : les moyennes du premier et du dernier tiers des jours.
    }
dumbbell-first = moyenne du premier tiers
dumbbell-last = moyenne du dernier tiers
dumbbell-before = moyenne avant le changement
dumbbell-after = moyenne après le changement
dumbbell-before-or-first = moyenne avant le changement, ou du premier tiers
dumbbell-after-or-last = moyenne après le changement, ou du dernier tiers
dumbbell-between = moyenne entre deux changements
dumbbell-moved = avant { $before } → après { $after }
dumbbell-few =
    { $unit ->
         [week] trop peu de semaines pour des moyennes : chaque marque est une déclaration
         [month] trop peu de mois pour des moyennes : chaque marque est une déclaration
         [quarter] trop peu de trimestres pour des moyennes : chaque marque est une déclaration
        *[day] trop peu de jours pour des moyennes : chaque marque est une déclaration
    }

## Groups, and what is known too little of

speakers-of-groups =
    { $count ->
         [one] { $count } groupe
        *[other] { $count } groupes
    }
pairs-of-groups =
    { $count ->
         [one] { $count } cas (un groupe sur un sujet)
        *[other] { $count } cas (chaque fois un groupe sur un sujet)
    }
all-speakers-of-groups = Tous les groupes
in-order-of-groups = Ordre { $ordered }.
shift-tested-of-groups = groupes testés : { $tested } sur { $count }
speakers-note-of-groups = { $statements } dans { $speakers }
all-few-same-of-groups = Sur { $issue }, { $facts } ; trop peu de { $few } pour un test
members =
    { $count ->
         [one] { $count } intervenant
        *[other] { $count } intervenants
    }
by-column =
    { $column ->
         [role] rôle
         [party] parti
         [source_publisher] média
         [venue] cadre
        *[other] « { $column } »
    }
title-by =
    { $column ->
         [source_publisher] Déclarations par média : { $title }
        *[other] { $title }
    }
title-by-of =
    { $column ->
         [source_publisher] { $speaker }, déclarations par média : { $title }
        *[other] { $speaker }, par { $word } : { $title }
    }
statements-in = { $name } (déclarations qui y ont paru)
statements-in-of = { $name } (déclarations de { $speaker } qui y ont paru)
groups-are = Déclarations groupées par { $column } : { $groups }.
groups-one-speaker = Toutes les déclarations sont de { $speaker }.
group-only = { $group } (seulement { $speaker })
group-mixed = { $group } ({ $speakers })
groups-left =
    { $count ->
         [one] { $count } autre groupe n’est pas dessiné.
        *[other] { $count } autres groupes ne sont pas dessinés.
    }
left-other-issues = { $statements } sur d’autres sujets
left-without = { $statements } sans position
left-dates = { $statements } hors de la période
note-too-few =
    { $unit ->
         [week] trop peu de semaines pour une moyenne
         [month] trop peu de mois pour une moyenne
         [quarter] trop peu de trimestres pour une moyenne
        *[day] trop peu de jours pour une moyenne
    }
counted-by =
    { $unit ->
         [week] Compté par semaine : ce qui a été dit dans une même semaine compte comme dit en même temps.
         [month] Compté par mois : ce qui a été dit dans un même mois compte comme dit en même temps.
        *[quarter] Compté par trimestre : ce qui a été dit dans un même trimestre compte comme dit en même temps.
    }
few-tail-units =
    { $unit ->
         [week] { $what } ; { $statements }, trop peu de semaines pour un test
         [month] { $what } ; { $statements }, trop peu de mois pour un test
         [quarter] { $what } ; { $statements }, trop peu de trimestres pour un test
        *[day] { $what } ; { $statements }, trop peu pour un test
    }
few-tail-single =
    { $unit ->
         [week] { $what } ; { $statements } dans une seule semaine, sans autre à quoi la comparer
         [month] { $what } ; { $statements } dans un seul mois, sans autre à quoi le comparer
         [quarter] { $what } ; { $statements } dans un seul trimestre, sans autre à quoi le comparer
        *[day] { $what } ; { $statements } en un seul jour, sans autre à quoi le comparer
    }
few-plain = { $what } ; { $statements }
few-units =
    { $unit ->
         [week] semaines avec des déclarations
         [month] mois avec des déclarations
         [quarter] trimestres avec des déclarations
        *[day] déclarations
    }
found-steady-any = aucun changement durable constaté, mais { $statements } { $on-days } peuvent en cacher un
title-steady-any = { $title }, mais si peu de données peuvent en cacher un
brief-steady-any = aucun changement durable constaté, mais il a pu passer inaperçu
moved-as-far =
    { $number ->
         [one] { $who } a évolué jusque { $reach }
        *[many] { $who } ont évolué jusque { $reach }
    }
not-drawn-rows =
    { $count ->
         [one] { $count } ligne de plus n’est pas dessinée
        *[other] { $count } lignes de plus ne sont pas dessinées
    }
news-looks = Qui regarde encore et encore trouve par hasard un changement plus souvent qu’en une seule fois.
card-ringed = La marque cerclée est la déclaration citée.

## Web page

embed-summary = Les { $statements } de ce graphique
embed-date = Date
embed-speaker = Intervenant
embed-level = Niveau
embed-statement = Déclaration
embed-source = Source
page-skip = Aller au contenu
page-conflict = en désaccord, sans position
page-paraphrase = paraphrase
page-position = Position
page-search = Recherche
page-all = Tout
page-reset = Tout afficher
page-shown = Déclarations affichées : { $shown } sur { $all }
page-statements = Déclarations

## Report

report-found = Ce qui a été trouvé
report-pictures = Graphiques
report-statements = Toutes les déclarations
report-agreement = Accord entre codeurs
report-rules = Qualité des règles
report-method = Méthode
report-left-out = Ce qui a été laissé de côté
report-versions = Versions
report-scales = Sujets et niveaux
report-conventions = Conventions de lecture
report-contents = Sommaire
report-few = Trop peu de déclarations pour un test
report-steady = Aucun changement durable trouvé
report-data = Enregistrer les données (CSV)
report-issue = Sujet
report-statement-count = Déclarations
report-days = Jours
report-days-needed = Jours nécessaires
report-mean = Moyenne
report-detectable = Changement qui serait trouvé 4 fois sur 5, en niveaux
report-more-rows = { $count } de plus
report-both = Position donnée par les deux
report-same = Même niveau
report-near = Au plus 1 niveau d’écart
report-alpha = Alpha (95 %)
report-both-read = Lues par les deux
report-presence = Même réponse à « y a-t-il une position ? »
report-found-by-rules = Trouvées
report-false = Position donnée à tort
report-rule = Règle
report-gives = Donne
report-each-rule = Chaque règle
report-look = Examen
report-rules-version = Règles
report-unseen = Sur des déclarations que l’auteur des règles n’avait pas vues, au premier contact
report-seen = Sur { $statements } que l’auteur des règles a pu voir, ce qui flatte les règles
report-no-rules = Il n’y a pas de règles. Toutes les étiquettes sont faites à la main.
report-one-coder = Toutes les étiquettes faites à la main sont d’un seul codeur : il n’y a pas d’accord à mesurer.
report-no-coder = Il n’y a pas d’étiquettes faites à la main.
report-counted = Les résultats reposent sur des déclarations comptées. Un décompte ne dit pas à quel point les codeurs sont d’accord, ni ce que valent les règles.
report-nothing-shared = Aucune déclaration ici n’a les étiquettes de 2 codeurs.
report-few-words = Pour chaque personne et chaque sujet, 4 déclarations au plus figurent ici en toutes lettres : la première, la dernière, et la plus récente au niveau le plus haut et au plus bas. Les autres ont seulement été comptées.
report-no-words = Le décompte ne contient aucune déclaration en toutes lettres.
report-nothing-left-out = Rien.
report-left-unlabelled = { $statements } sans position sur ces sujets
report-left-unverified = { $statements } sans vérification à la source
report-left-days = { $statements } dont on ne connaît que le jour de publication
report-left-rejected = Écartées par une personne : { $statements }
report-left-months = Sans jour précis, dessinées mais pas testées : { $statements }
report-left-conflicts = { $count } en désaccord, sans position
report-left-picture = Le graphique pour { $name } : { $why }
report-left-crowd = { $statements } : trop pour dessiner une marque pour chacune ; elles sont comptées par mois ou pas dessinées
report-left-rows = Absentes du tableau et des données : { $statements }. Les plus récentes y sont : { $count }
report-left-words = Seulement comptées, absentes ici en toutes lettres : { $positions }
report-left-speakers = Graphiques par personne : { $count } sur { $all }
report-everyone = Tous les intervenants
report-no-figures = Un graphique demande une déclaration avec une position. Il n’y en a pas ici.

## Plans, et ce qui est nouveau

plan-title = Taille qu’un changement doit avoir pour être trouvé 4 fois sur 5
plan-subtitle = Avant toute collecte : des personnes dont la position change sont simulées et testées comme le programme teste. Une barre plus longue signifie que seuls de plus grands changements sont trouvés.
plan-halfway = Un changement à la moitié des jours
plan-quarter = Un changement après un quart des jours
plan-size = { $size } niveaux
plan-none = aucun n’est assez grand
plan-head = en niveaux
plan-assumed = Hypothèses : { $levels } niveaux, environ { $statements } déclarations par jour ; les jours varient de { $spread } niveaux et ressemblent au jour précédent à { $ar } ; seuil { $alpha }, { $pairs } ; { $speakers } simulations par point, graine { $seed }.
news-title = Nouveau : { $statements } ; aucun résultat n’a changé
news-title-verdicts = Le résultat a changé pour { $pairs }
news-title-one = { $speaker }, { $issue } : maintenant { $after }, avant { $before }
news-subtitle = Les nouvelles déclarations ont la couleur de leur niveau, les précédentes sont grises. Une marque plus haute est un niveau plus haut.
news-new = nouvelles : { $count }
news-verdict = nouvelles : { $count } ; maintenant { $after }, avant { $before }
news-earlier = déjà là
news-nobody = aucune position
