# The fixed words of charts in English. A name after $ is filled in; the words of the corpus stay as they are.

## Numbers and dates

decimal = .
month =
    { $month ->
         [1] January
         [2] February
         [3] March
         [4] April
         [5] May
         [6] June
         [7] July
         [8] August
         [9] September
         [10] October
         [11] November
        *[12] December
    }
month-of-day =
    { $month ->
         [1] January
         [2] February
         [3] March
         [4] April
         [5] May
         [6] June
         [7] July
         [8] August
         [9] September
         [10] October
         [11] November
        *[12] December
    }
month-short =
    { $month ->
         [1] Jan
         [2] Feb
         [3] Mar
         [4] Apr
         [5] May
         [6] Jun
         [7] Jul
         [8] Aug
         [9] Sep
         [10] Oct
         [11] Nov
        *[12] Dec
    }
day-of-month = { $day }
day-and-month = { $day } { $month }
day-of-year = { $day } { $year }
date = { $day } { $month } { $year }
quarter-and-year = Q{ $quarter } { $year }
month-and-year = { $month } { $year }
week = the week of { $day }
and = { $first } and { $last }
statements =
    { $count ->
         [one] { $count } statement
        *[other] { $count } statements
    }
positions =
    { $count ->
         [one] { $count } position
        *[other] { $count } positions
    }
days =
    { $count ->
         [one] { $count } day
        *[other] { $count } days
    }
on-days =
    { $count ->
         [0] without an exact day
         [one] on { $count } day
        *[other] on { $count } days
    }
on-known-days =
    { $count ->
         [one] on { $count } known day
        *[other] on { $count } known days
    }
months =
    { $count ->
         [one] { $count } month
        *[other] { $count } months
    }
pairs =
    { $count ->
         [one] { $count } case (a speaker on an issue)
        *[other] { $count } cases (each a speaker on an issue)
    }
speakers =
    { $count ->
         [one] { $count } speaker
        *[other] { $count } speakers
    }

## Marks

quotation = “{ $text }”
paraphrase = { $text } (paraphrase)
tooltip = { $when }, { $speaker }: { $level } ({ $position }). { $said } { $publisher }
tooltip-counted = { $when }, { $speaker }: { $level } ({ $position }). { $statements }
all-speakers = All speakers
key-hand = coded by hand
key-hand-against-rules = coded by hand; the rules say otherwise
key-rules = coded by rules
key-unverified = not yet checked against its source
key-month = the exact day is not known
key-span = when it moved (90 % sure)
key-curve = average, smoothed over about { $window }, with its 90 % range; no line where too little was said
key-steps = average before and after, with its 90 % range
key-fitted = fitted straight line
key-others = average of the rest
window-to = { $from } to { $to }

## Footer

footer-counts = { $statements } { $on-days }; { $coded }.
coded-by-hand = all coded by hand
coded-by-hand-of =
    { $count ->
         [one] all coded by hand, by one person
        *[other] all coded by hand, by { $count } coders
    }
coded-by-rules = all coded by rules
coded-by-both = { $hand } coded by hand, { $rules } by rules
coded-by-both-of =
    { $count ->
         [one] { $hand } coded by hand, by one person, and { $rules } by rules
        *[other] { $hand } coded by hand, by { $count } coders, and { $rules } by rules
    }
footer-counts-positions = { $statements } with { $positions } { $on-days }; { $coded }.
footer-counted = { $positions } { $on-days }, as counts; { $coded }.
of-them = { $statements }, { $dated } of them
footer-dated =
    { $unit ->
         [week] Only those with a known week are tested.
         [month] Only those with a known month are tested.
         [quarter] Only those with a known quarter are tested.
        *[day] Only those with a known day are tested.
    }
footer-unverified =
    { $count ->
         [one] { $count } of them is not yet checked against the source.
        *[other] { $count } of them are not yet checked against the source.
    }
footer-not-drawn = Not drawn: { $what }.
footer-coders = Coded by: { $coders }.
footer-source = Source: { $title }; published by { $publishers }.
footer-data = Source: { $title }.
footer-method = Corpus { $corpus } { $hash }, rules { $rules }, seed { $seed }, Stance { $version }.
footer-majority = If coders differ, the answer of more than half of them counts (here: { $positions }).
footer-median = If coders differ, the median of their positions counts (here: { $positions }).
footer-rules-unknown = How the rules do on statements that their author has not seen is not known.
footer-rules-unseen = Same level by rules as by coders, on statements that the author of the rules had not seen: { $figures }.
footer-rules-unseen-earlier = Same level by earlier rules as by coders, on statements that their author had not seen: { $figures }. How the present rules do is not known.
footer-share = { $part } of { $whole } ({ $low } to { $high } %)

## Verdicts: a title is a whole sentence, whatever words the codebook has

issue-name = “{ $name }”
quarters =
    { $count ->
         [one] { $count } quarter
        *[other] { $count } quarters
    }
weeks =
    { $count ->
         [one] { $count } week
        *[other] { $count } weeks
    }
years =
    { $count ->
         [one] { $count } year
        *[other] { $count } years
    }
when-day = on { $day }
when-month = in { $month }
when-week = in { $week }
when-quarter = in { $quarter }
when-year = in { $year }
between-days = between { $from } and { $to }
between-units = between { $from } and { $to }
span-days = from { $from } to { $to }
span-units = from { $from } to { $to }
clauses = { $first }; { $second }
tested-by =
    { $unit ->
         [week] Tested by week: all that was said in one week counts as said at once.
         [month] Tested by month: all that was said in one month counts as said at once.
        *[quarter] Tested by quarter: all that was said in one quarter counts as said at once.
    }
footer-publishers = Source: { $publishers }.
moved-toward =
    { $number ->
         [one] { $who } moved toward { $level }, as far as { $reach }
        *[many] { $who } moved toward { $level }, as far as { $reach }
    }
moved-back =
    { $number ->
         [one] { $who } moved and came back
        *[many] { $who } moved and came back
    }
moved-only =
    { $number ->
         [one] { $who } moved
        *[many] { $who } moved
    }
always-said =
    { $number ->
         [one] { $who } always { $level }
        *[many] { $who } always { $level }
    }
in-weeks =
    { $count ->
         [one] in { $count } week
        *[other] in { $count } weeks
    }
in-months =
    { $count ->
         [one] in { $count } month
        *[other] in { $count } months
    }
in-quarters =
    { $count ->
         [one] in { $count } quarter
        *[other] in { $count } quarters
    }
shift-subtitle-days =
    { $unit ->
         [week] Those with the most weeks come first.
         [month] Those with the most months come first.
         [quarter] Those with the most quarters come first.
        *[day] Those with the most days come first.
    }
found-swing-last =
    { $unit ->
         [week] { $level } { $at }, so far a single week and no trend; the average before is { $rest }
         [month] { $level } { $at }, so far a single month and no trend; the average before is { $rest }
         [quarter] { $level } { $at }, so far a single quarter and no trend; the average before is { $rest }
        *[day] { $level } { $at }, so far a single day and no trend; the average before is { $rest }
    }
few-two = first { $first }, then { $last } { $when }
few-back = { $first }, but { $second } { $when }
few-three = first { $first }, then { $second } { $when }, then { $last } { $lastly }
few-mixed = ranged from { $low } to { $high }, { $span }
few-tail-one = { $what }; one statement, too few to test
all-few-same = On { $issue }, { $facts }; too few { $few } to test whether anyone moved
with-issues = { $speaker } (on { $issues })
steady-any-for = Even a shift from one end of the scale to the other could have been missed for { $who }.
rest-all-swings =
    { $unit ->
         [week] A single week stands apart for { $speakers }.
         [month] A single month stands apart for { $speakers }.
         [quarter] A single quarter stands apart for { $speakers }.
        *[day] A single day stands apart for { $speakers }.
    }
near-levels = near { $low } or { $high }
shift-key-mean-swing = no shift found: the average; with a swing, the average of the rest
shift-key-both = moved: from the average before to the average after; if little by little, from the first third to the last
shift-key-swing = what stands apart: each statement
shift-key-few-swing = each statement, if there are too few to test, or if it stands apart
shift-note-any = no shift found, but { $days } could hide any
dumbbell-head = first third → last third
speakers-head-mean = statements; mean
title-moved = { $speaker } moved on { $issue }: { $what }
title-moved-so = { $speaker } { $phrase }: { $what }
title-returned = { $speaker } moved on { $issue } and came back: { $what }
title-returned-so = { $speaker } { $phrase } and came back: { $what }
title-drifted = { $speaker } moved little by little on { $issue }: { $what }
title-drifted-so = { $speaker } { $phrase }, little by little: { $what }
title-about = { $speaker } on { $issue }: { $what }
title-steady = { $speaker }: no lasting shift found on { $issues }
rest-finding = { $issue }: { $what }.
rest-steady = No lasting shift found on { $issues }.
rest-few = Too few { $few } to test on { $issues }.
found-step = from { $before } to { $after }, { $when }
found-step-then = ; then to { $after }, { $when }
found-step-back = ; back to { $after }, { $when }
found-drift =
    { $unit ->
         [week] on average { $before } in the first third of the weeks, { $after } in the last third, { $span }
         [month] on average { $before } in the first third of the months, { $after } in the last third, { $span }
         [quarter] on average { $before } in the first third of the quarters, { $after } in the last third, { $span }
        *[day] on average { $before } in the first third of the days, { $after } in the last third, { $span }
    }
found-swing =
    { $unit ->
         [week] { $level } { $at }, a single week that stands apart; the average of the others is { $rest }
         [month] { $level } { $at }, a single month that stands apart; the average of the others is { $rest }
         [quarter] { $level } { $at }, a single quarter that stands apart; the average of the others is { $rest }
        *[day] { $level } { $at }, a single day that stands apart; the average of the others is { $rest }
    }
found-latest = no lasting shift found, but the latest is { $level } { $at } (no trend yet), after an average { $rest }
found-steady = no lasting shift found in { $statements } { $on-days }
few-one = { $first } { $at }
few-same-day = { $first } each time { $at }
few-same = always { $first }, { $span }
few-range-day = ranged from { $low } to { $high } { $at }
few-range = ranged from { $low } to { $high }, most recently { $last } { $at }
few-from-to = from { $first } { $from } to { $last } { $at }
names-more = { $names } and { $count } more
all-moved = { $moves }
all-moved-on = On { $issue }, { $moves }
all-steady = No lasting shift found for { $who }
all-steady-on = No lasting shift found on { $issue } for { $who }
all-few = Too few { $few } to test whether any of { $speakers } moved
all-few-on = Too few { $few } on { $issue } to test whether any of { $speakers } moved
all-of = the { $count } of { $speakers } with enough statements to test
rest-all-steady = No lasting shift found for { $speakers }.
rest-all-few = Too few { $few } to test for { $speakers }.
doubt-coders = With labels as other coders might have given them, this holds in { $stands } of { $runs } runs.
doubt-rules = With the errors that the rules make, this holds in { $stands } of { $runs } runs.
doubt-coders-for = With labels as other coders might have given them, this holds in { $figures }.
doubt-rules-for = With the errors that the rules make, this holds in { $figures }.
doubt-figure = { $stands } of { $runs } runs for { $who }
caution-of = { $who }: { $caution }
caution-size = The change is likely smaller than it looks: about { $likely } levels rather than { $seen }.
caution-led = { $share } of the statements are by { $speaker }, one of { $count } speakers.
caution-mix =
    { $column ->
         [speaker] Who speaks changes too: { $value } has { $before } of the statements before, { $after } from then on.
         [source_publisher] The outlets change too: { $value } has { $before } of the statements before, { $after } from then on.
        *[other] The venues change too: { $value } has { $before } of the statements before, { $after } from then on.
    }
caution-weak = Only a shift of { $size } of { $range } levels or more would have been found 4 times in 5.
caution-weak-for = Only shifts of more than half of the scale would have been found for { $who }.
caution-last =
    { $count ->
         [1] The last level rests on a single statement, which is no trend.
        *[other] The last level rests on a single day, which is no trend.
    }
few-needed = A test takes { $needed }; here: { $days }.
few-needed-most = A test takes { $needed }; here at most: { $days }.
few-finer =
    { $unit ->
         [week] Counted by week, there are enough.
         [month] Counted by month, there are enough.
        *[day] Counted by day, there are enough.
    }
near-level = near { $level }
statements-dates = Statements: { $dates }.
steady-detectable = A lasting shift of less than { $size } levels could have been missed, and early or late in the period even a larger one.
steady-any = With so little to test, even a shift from one end of the scale to the other could have been missed.
lowest-level = lowest level
highest-level = highest level
brief-moved = moved { $dates }
brief-drift = moved little by little
brief-swing =
    { $unit ->
         [week] one week stands apart: { $day }
         [month] one month stands apart: { $day }
         [quarter] one quarter stands apart: { $day }
        *[day] one day stands apart: { $day }
    }
brief-latest = no lasting shift found; the latest is apart: { $day }
brief-steady = no lasting shift found
brief-steady-weak = no lasting shift found; only one of { $size } of { $range } levels or more would have been
brief-few =
    { $unit ->
         [week] too few weeks to test
         [month] too few months to test
         [quarter] too few quarters to test
        *[day] too few to test
    }

## Timeline

timeline-subtitle = Each mark is a statement, { $dates }.
timeline-subtitle-shared = Each mark is all statements of a day at a level, { $dates }.
note-statements = { $statements } { $on-days }
note-no-line = the statements are too far apart for an average
note-by-month =
    { $unit ->
         [week] { $count } more without an exact week
         [month] { $count } more without an exact month
         [quarter] { $count } more without an exact quarter
        *[day] { $count } more without an exact day
    }
note-conflicts =
    { $count ->
         [one] { $count } more statement in conflict, without a position
        *[other] { $count } more statements in conflict, without a position
    }
none-here = No statement with a position
describe-none = none with a position
describe-at = { $count } at { $level } ({ $position })
from-to = { $from } to { $to }

## Months and coverage

months-subtitle = Statements at each level, counted: a longer bar means more statements, not a stronger position.
months-at = { $month }: { $statements } at { $level }
total = total
coverage-title-month = { $speaker }: statements collected, by month
coverage-title-quarter = { $speaker }: statements collected, by quarter
coverage-title-year = { $speaker }: statements collected, by year
coverage-subtitle = Statements with a position.
coverage-no-bar = No bar means that none was collected, not that nothing was said.
coverage-no-move = Whether the position moved is not shown here.
coverage-rules = coded by rules alone
coverage-at = { $month }: { $statements } { $origin }
coverage-none-in = none in { $months }

## Speakers

speakers-subtitle = The higher a mark in its row, the higher its level.
in-order = Speakers are in order { $ordered }.
movers-first = Those who moved come first, then the others in order { $ordered }.
ordered-by-position = of their average, highest first
ordered-by-count = of their number of statements
ordered-by-name = of their names
speakers-note = { $statements } by { $speakers }
speakers-drawn = showing the { $count } with most statements
speakers-head = statements; mean, or before → after
not-drawn-statements =
    { $count ->
         [one] { $count } more row is not drawn; those with most statements are
        *[other] { $count } more rows are not drawn; those with most statements are
    }

## Shift

shift-tested = { $tested } of { $speakers } tested
shift-drawn = showing the first { $count }
shift-subtitle =
    { $unit ->
         [week] Those who moved come first, then those with the most weeks.
         [month] Those who moved come first, then those with the most months.
         [quarter] Those who moved come first, then those with the most quarters.
        *[day] Those who moved come first, then those with the most days.
    }
shift-key-moved = moved: from the average before to the average after
shift-key-drifted = moved little by little: from the average of the first third to that of the last
shift-key-mean = no shift found: the average
shift-key-range = 90 % range of an average
shift-key-few = too few to test: each statement
shift-note-few = too few to test: { $days }
shift-note-swing = { $at }: stands apart, { $days }
shift-note-steady = no shift found, { $days }
shift-note-weak = no shift found, only one of { $size } of { $range } levels or more would have been; { $days }
shift-note-moved = { $size } levels, { $from } to { $to }
shift-note-drifted = little by little, from { $before } to { $after }, { $days }
shift-mean = { $note }, mean { $mean }
shift-from-to = from { $before } to { $after } { $when }
none = none

## First and last third

dumbbell-subtitle =
    { $unit ->
         [week] Average of the first and of the last third of the weeks of each row. Whether the position moved is tested over all weeks.
         [month] Average of the first and of the last third of the months of each row. Whether the position moved is tested over all months.
         [quarter] Average of the first and of the last third of the quarters of each row. Whether the position moved is tested over all quarters.
        *[day] Average of the first and of the last third of the days of each row. Whether the position moved is tested over all days.
    }
dumbbell-subtitle-moved = Where a shift was found: the averages before and after it.
dumbbell-subtitle-others =
    { $unit ->
         [week] In the other rows: the averages of the first and of the last third of the weeks.
         [month] In the other rows: the averages of the first and of the last third of the months.
         [quarter] In the other rows: the averages of the first and of the last third of the quarters.
        *[day] In the other rows: the averages of the first and of the last third of the days.
    }
dumbbell-first = average of the first third
dumbbell-last = average of the last third
dumbbell-before = average before the shift
dumbbell-after = average after the shift
dumbbell-before-or-first = average before the shift, or of the first third
dumbbell-after-or-last = average after the shift, or of the last third
dumbbell-between = average between two shifts
dumbbell-moved = before { $before } → after { $after }
dumbbell-few =
    { $unit ->
         [week] too few weeks for averages: each mark is a statement
         [month] too few months for averages: each mark is a statement
         [quarter] too few quarters for averages: each mark is a statement
        *[day] too few days for averages: each mark is a statement
    }

## Groups, and what is known too little of

speakers-of-groups =
    { $count ->
         [one] { $count } group
        *[other] { $count } groups
    }
pairs-of-groups =
    { $count ->
         [one] { $count } case (a group on an issue)
        *[other] { $count } cases (each a group on an issue)
    }
all-speakers-of-groups = All groups
in-order-of-groups = Groups are in order { $ordered }.
shift-tested-of-groups = { $tested } of { $speakers } tested
speakers-note-of-groups = { $statements } in { $speakers }
all-few-same-of-groups = On { $issue }, { $facts }; too few { $few } to test whether any of them moved
members =
    { $count ->
         [one] { $count } speaker
        *[other] { $count } speakers
    }
by-column =
    { $column ->
         [role] role
         [party] party
         [source_publisher] outlet
         [venue] venue
        *[other] “{ $column }”
    }
title-by =
    { $column ->
         [source_publisher] Statements by outlet: { $title }
        *[other] { $title }
    }
title-by-of =
    { $column ->
         [source_publisher] { $speaker }, statements by outlet: { $title }
        *[other] { $speaker }, by { $word }: { $title }
    }
statements-in = Statements in { $name }
statements-in-of = Statements by { $speaker } in { $name }
groups-are = Grouped by { $column }: { $groups }.
groups-one-speaker = All statements are by { $speaker }.
group-only = { $group } (only { $speaker })
group-mixed = { $group } ({ $speakers })
groups-left =
    { $count ->
         [one] { $count } more group is not drawn.
        *[other] { $count } more groups are not drawn.
    }
left-other-issues = { $statements } on other issues
left-without = { $statements } without a position
left-dates = { $statements } outside the dates
note-too-few =
    { $unit ->
         [week] too few weeks for an average
         [month] too few months for an average
         [quarter] too few quarters for an average
        *[day] too few days for an average
    }
counted-by =
    { $unit ->
         [week] Counted by week: all that was said in one week counts as said at once.
         [month] Counted by month: all that was said in one month counts as said at once.
        *[quarter] Counted by quarter: all that was said in one quarter counts as said at once.
    }
few-tail-units =
    { $unit ->
         [week] { $what }; { $statements }, too few weeks to test
         [month] { $what }; { $statements }, too few months to test
         [quarter] { $what }; { $statements }, too few quarters to test
        *[day] { $what }; { $statements }, too few to test
    }
few-tail-single =
    { $unit ->
         [week] { $what }; { $statements }, all in one week, with no other to compare
         [month] { $what }; { $statements }, all in one month, with no other to compare
         [quarter] { $what }; { $statements }, all in one quarter, with no other to compare
        *[day] { $what }; { $statements }, all on one day, with no other to compare
    }
few-plain = { $what }; { $statements }
few-units =
    { $unit ->
         [week] weeks with statements
         [month] months with statements
         [quarter] quarters with statements
        *[day] statements
    }
found-steady-any = no lasting shift found, but { $statements } { $on-days } could hide any
title-steady-any = { $title }, but so little could hide any
brief-steady-any = no lasting shift found, but any could be hidden
moved-as-far =
    { $number ->
         [one] { $who } moved as far as { $reach }
        *[many] { $who } moved as far as { $reach }
    }
not-drawn-rows =
    { $count ->
         [one] { $count } more row is not drawn
        *[other] { $count } more rows are not drawn
    }
news-looks = Whoever looks again and again finds a change by chance more often than in one look.
card-ringed = The ringed mark is the statement that is quoted.

## Web page

embed-summary = The { $statements } in this picture
embed-date = Date
embed-speaker = Speaker
embed-level = Level
embed-statement = Statement
embed-source = Source
page-skip = Skip to the content
page-conflict = in conflict, without a position
page-paraphrase = paraphrase
page-position = Position
page-search = Search
page-all = All
page-reset = Show all
page-shown = { $shown } of { $all } statements shown
page-statements = Statements

## Report

report-found = What was found
report-pictures = Charts
report-statements = All statements
report-agreement = Agreement between coders
report-rules = How the rules do
report-method = Method
report-left-out = What was left out
report-versions = Versions
report-scales = Issues and levels
report-conventions = Reading conventions
report-contents = Contents
report-few = Too few statements to test
report-steady = No lasting shift found
report-data = Take the data out as a table (CSV)
report-issue = Issue
report-statement-count = Statements
report-days = Days
report-days-needed = Days needed
report-mean = Average
report-detectable = Shift that would have been found 4 times in 5, in levels
report-more-rows = { $count } more
report-both = Both gave a position
report-same = Same level
report-near = At most 1 level apart
report-alpha = Alpha (95 %)
report-both-read = Both read
report-presence = Same answer to “is there a position?”
report-found-by-rules = Found
report-false = Given a position without cause
report-rule = Rule
report-gives = Gives
report-each-rule = Each rule
report-look = Look
report-rules-version = Rules
report-unseen = On statements that the author of the rules had not seen, at first contact
report-seen = On { $statements } that the author of the rules may have seen, which flatters the rules
report-no-rules = There are no rules. All labels are by hand.
report-one-coder = All labels by hand are by one coder, so there is no agreement to measure.
report-no-coder = There are no labels by hand.
report-counted = What was found rests on counts of statements. Counts do not say how far coders agree, or how the rules do.
report-nothing-shared = No statement here has labels of 2 coders.
report-few-words = Of each speaker on each issue, at most 4 statements are here in words: the first, the last, and the latest at the highest and at the lowest level. The others were only counted.
report-no-words = The counts have no statement in words.
report-nothing-left-out = Nothing.
report-left-unlabelled = { $statements } without a position on these issues
report-left-unverified = { $statements } not yet checked against the source
report-left-days = { $statements } whose only known day is that of publication
report-left-rejected = { $statements } that a person rejected
report-left-months = { $statements } without an exact day: drawn, but not tested
report-left-conflicts = { $count } in conflict, without a position
report-left-picture = The chart for { $name }: { $why }
report-left-crowd = { $statements } are too many to draw a mark for each; they are counted by month, or not drawn
report-left-rows = { $statements } not in the table and the data; the { $count } latest are
report-left-words = { $positions } that were only counted, and are not here in words
report-left-speakers = Charts of single speakers are drawn for { $count } of { $all }
report-everyone = All speakers
report-no-figures = Charts need a statement with a position. There is none here.

## Plans, and what is new

plan-title = How large a shift must be to be found 4 times in 5
plan-subtitle = Before anything is collected: speakers are simulated whose position moves, and tested as the program tests. A longer bar means that only larger shifts are found.
plan-halfway = A shift halfway
plan-quarter = A shift after a quarter of the days
plan-size = { $size } levels
plan-none = none is large enough
plan-head = in levels
plan-assumed = Assumed: { $levels } levels, about { $statements } statements a day; days vary by { $spread } levels and resemble the day before by { $ar }; level { $alpha }, { $pairs }; { $speakers } simulated for each point, seed { $seed }.
news-title = { $statements } new, and no verdict changed
news-title-verdicts = What is found has changed for { $pairs }
news-title-one = { $speaker } on { $issue }: now { $after }, before { $before }
news-subtitle = New statements have the colour of their level, earlier ones are grey. A higher mark is a higher level.
news-new = { $count } new
news-verdict = { $count } new; now { $after }, before { $before }
news-earlier = there before
news-nobody = no position
