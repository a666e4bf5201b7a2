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
day-and-month = { $day } { $month }
date = { $day } { $month } { $year }
month-and-year = { $month } { $year }
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
months =
    { $count ->
         [one] { $count } month
        *[other] { $count } months
    }
speakers =
    { $count ->
         [one] { $count } speaker
        *[other] { $count } speakers
    }
pairs =
    { $count ->
         [one] { $count } pair
        *[other] { $count } pairs
    }
publications =
    { $count ->
         [one] { $count } publication
        *[other] { $count } publications
    }

## Marks

quotation = “{ $text }”
paraphrase = { $text } (paraphrase)
tooltip = { $number }. { $when }, { $speaker }: { $level } ({ $position }). { $said } { $publisher }
number = No. { $number }
all-speakers = All speakers
key-hand = labelled by coders
key-hand-against-rules = labelled by coders; the rules say otherwise
key-rules = labelled by rules
key-unverified = not verified yet
key-month = only the month is known
key-span = the position shifted within these days (90 %)
key-curve = smoothed mean with its 90 % band (not the range of statements); no line where too little was said

## Footer

footer-counts = n = { $statements } with { $positions } on { $days }; { $hand } labelled by coders, { $rules } by rules.
footer-unverified = { $count } more not verified yet.
footer-not-drawn = Not drawn: { $statements } without a position here.
footer-coders = Coders: { $coders }.
footer-majority = If coders differ, the answer of more than half of them counts (here: { $positions }).
footer-median = If coders differ, the median of their positions counts (here: { $positions }).
footer-rules-unknown = How the rules do on statements that their author has not seen is not known.
footer-rules-unseen = Same level by rules as by coders, on statements that the author of the rules had not seen: { $figures }.
footer-share = { $part } of { $whole } ({ $low } to { $high } %)
footer-read-in = , as read in { $publications }
footer-source = Source: { $title } ({ $corpus }, { $hash }){ $read-in }. Rules { $rules }. Stance { $version }.

## Verdicts

title-moved = { $speaker } { $said }
title-said = { $speaker }: { $said }
title-toward = moved toward { $towards } on { $issues }
title-return = moved toward { $towards } and back on { $issues }
title-swing = a single day apart on { $issues }
title-steady = no lasting shift found on { $issues }
title-few = too few statements on { $issues } to tell whether the position shifted
brief-shift = shift of { $size } levels between { $from } and { $to }
brief-drift = drift from { $before } to { $after }
brief-swing = swing on { $day }
brief-steady = no lasting shift found (p { $p })
brief-few = too few to tell

## Timeline

timeline-subtitle = Every statement with a position is a mark, { $from } to { $to }. Higher: { $high }; lower: { $low }.
note-statements = { $statements } on { $days }
note-by-month = { $count } dated by month only
note-conflicts = { $count } in conflict, without a position
note-more-conflicts = { $count } more in conflict, without a position
note-mean = mean over { $days } days to either side
none-here = No statement with a position
describe-none = none with a position
describe-at = { $count } at { $level } ({ $position })
from-to = { $from } to { $to }

## Months and coverage

months-title = { $speaker }: positions by month
months-subtitle = Statements at each level, counted; a longer bar means more statements, not a stronger position. To the right: { $high }; to the left: { $low }; the middle level straddles the line.
months-at = { $month }: { $statements } at { $level }
total = total
coverage-title = { $speaker }: statements collected, by month
coverage-subtitle = Statements with a position, the basis of the other charts. No bar means that none was collected, not that nothing was said.
coverage-rules = labelled by rules alone
coverage-at = { $month }: { $statements } { $origin }
coverage-none-in = none in { $months }
coverage-on = on { $days }

## Speakers

speakers-title = { $speaker }: every statement with a position
speakers-subtitle = { $from } to { $to }. Within a row, a higher mark is nearer to { $high }; the line is the middle of the scale. Speakers are in order { $ordered }; a mean of few statements says little.
ordered-by-position = of their average over all issues, highest first
ordered-by-name = of their names
speakers-by-month = If only the month is known, the mark is in the middle of the month.
speakers-note = { $statements } by { $speakers }
speakers-drawn = showing the { $count } with most statements
speakers-head = statements, mean
not-drawn-statements =
    { $count ->
         [one] { $count } more row is in the table beside the picture; those with most statements are drawn
        *[other] { $count } more rows are in the table beside the picture; those with most statements are drawn
    }
not-drawn-days =
    { $count ->
         [one] { $count } more row is in the table beside the picture; those that moved are drawn first, then those with most days
        *[other] { $count } more rows are in the table beside the picture; those that moved are drawn first, then those with most days
    }

## Shift

shift-tested = { $tested } of { $speakers } tested
shift-drawn = showing { $count }: those who moved, then those with most days
shift-moved = { $pairs } moved
shift-none = no lasting shift found where enough was said
shift-few = too few statements to tell for { $few } of { $pairs } of speaker and issue
shift-subtitle = A row per speaker, most days first. Enough days for a test: { $tested } of { $pairs } of speaker and issue. Farther right is nearer to { $high }; farther left, to { $low }.
shift-key-moved = moved: from the mean before to the mean after
shift-key-mean = no shift found: the mean
shift-key-range = 90 % range of a mean
shift-key-few = too few days to tell: the statements
shift-note-few = too few: { $days }
shift-note-swing = swing on { $day }, { $days }
shift-note-steady = no shift found, { $days }
shift-note-moved = { $size } levels, { $from } to { $to }
shift-mean = { $note }, mean { $mean }
shift-from-to = from { $before } to { $after } between { $from } and { $to }
none = none
