# The fixed words of charts, Українська. What stands after $ is put in; the corpus' own words stay as they are.

## Numbers and dates

decimal = ,
month =
    { $month ->
         [1] січень
         [2] лютий
         [3] березень
         [4] квітень
         [5] травень
         [6] червень
         [7] липень
         [8] серпень
         [9] вересень
         [10] жовтень
         [11] листопад
        *[12] грудень
    }
month-of-day =
    { $month ->
         [1] січня
         [2] лютого
         [3] березня
         [4] квітня
         [5] травня
         [6] червня
         [7] липня
         [8] серпня
         [9] вересня
         [10] жовтня
         [11] листопада
        *[12] грудня
    }
month-short =
    { $month ->
         [1] січ.
         [2] лют.
         [3] берез.
         [4] квіт.
         [5] трав.
         [6] черв.
         [7] лип.
         [8] серп.
         [9] верес.
         [10] жовт.
         [11] листоп.
        *[12] груд.
    }
day-of-month = { $day }
day-and-month = { $day } { $month }
date = { $day } { $month } { $year }
month-and-year = { $month } { $year }
and = { $first } і { $last }
statements =
    { $count ->
         [one] { $count } висловлювання
         [few] { $count } висловлювання
        *[other] { $count } висловлювань
    }
positions =
    { $count ->
         [one] { $count } позиція
         [few] { $count } позиції
        *[other] { $count } позицій
    }
days =
    { $count ->
         [one] { $count } день
         [few] { $count } дні
        *[other] { $count } днів
    }
months =
    { $count ->
         [one] { $count } місяць
         [few] { $count } місяці
        *[other] { $count } місяців
    }
speakers =
    { $count ->
         [one] { $count } мовець
         [few] { $count } мовці
        *[other] { $count } мовців
    }
pairs =
    { $count ->
         [one] { $count } пари
         [few] { $count } пар
        *[other] { $count } пар
    }
publications =
    { $count ->
         [one] { $count } виданні
         [few] { $count } виданнях
        *[other] { $count } виданнях
    }

## Marks

quotation = «{ $text }»
paraphrase = { $text } (переказ)
tooltip = { $number }. { $when }, { $speaker }: { $level } ({ $position }). { $said } { $publisher }
number = № { $number }
all-speakers = Усі мовці
key-hand = визначили кодувальники
key-hand-against-rules = визначили кодувальники, правила кажуть інше
key-rules = визначили правила
key-unverified = ще не перевірено
key-month = відомий лише місяць
key-span = у ці дні позиція змінилася (90 %)
key-curve = згладжене середнє та його смуга 90 %, яка не є розмахом висловлювань; немає там, де сказано замало

## Footer

footer-counts = n = { $statements }, { $positions }, { $days }; визначили кодувальники: { $hand }, правила: { $rules }.
footer-unverified = Ще { $count } не перевірено.
footer-not-drawn = Не показано: { $statements } без позиції тут.
footer-coders = Кодувальники: { $coders }.
footer-majority = Якщо кодувальники розходяться, враховано відповідь більш ніж половини (тут: { $positions }).
footer-median = Якщо кодувальники розходяться, враховано медіану їхніх позицій (тут: { $positions }).
footer-rules-unknown = Як правила спрацьовують на висловлюваннях, яких їхній автор не бачив, невідомо.
footer-rules-unseen = Той самий рівень за правилами і за кодувальниками на висловлюваннях, яких автор правил не бачив: { $figures }.
footer-share = { $part } з { $whole } (від { $low } до { $high } %)
footer-read-in = , прочитано у { $publications }
footer-source = Джерело: { $title } ({ $corpus }, { $hash }){ $read-in }. Правила { $rules }. Stance { $version }.

## Verdicts

title-moved = { $speaker }: { $said }
title-said = { $speaker }: { $said }
title-toward = зсув у бік «{ $towards }»: { $issues }
title-return = зсув у бік «{ $towards }» і назад: { $issues }
title-swing = вирізняється один день: { $issues }
title-steady = тривалого зсуву не виявлено: { $issues }
title-few = замало висловлювань, щоб судити про зсув: { $issues }
brief-shift = зсув на { $size } рівня між { $from } і { $to }
brief-drift = поступовий зсув від { $before } до { $after }
brief-swing = відхилення { $day }
brief-steady = тривалого зсуву не виявлено (p { $p })
brief-few = замало, щоб судити

## Timeline

timeline-subtitle = Кожне висловлювання з позицією — позначка, { $from } – { $to }. Вище: { $high }; нижче: { $low }.
note-statements = { $statements }, { $days }
note-by-month = { $count } з датою лише до місяця
note-conflicts = { $count } суперечливих, без позиції
note-more-conflicts = ще { $count } суперечливих, без позиції
note-mean = середнє за { $days } днів в обидва боки
none-here = Немає висловлювань із позицією
describe-none = немає з позицією
describe-at = { $count }: { $level } ({ $position })
from-to = { $from } – { $to }

## Months and coverage

months-title = { $speaker }: позиції за місяцями
months-subtitle = Висловлювання на кожному рівні; довша смуга означає, що зібрано більше, а не сильнішу позицію. Праворуч: { $high }; ліворуч: { $low }; середній рівень лежить на лінії.
months-at = { $month }: { $statements }, { $level }
total = разом
coverage-title = { $speaker }: зібрані висловлювання за місяцями
coverage-subtitle = Висловлювання з позицією, з яких складено інші діаграми. Де немає смуги, нічого не зібрано; сказано могло бути більше.
coverage-rules = визначили лише правила
coverage-at = { $month }: { $statements }, { $origin }
coverage-none-in = немає: { $months }
coverage-on = за { $days }

## Speakers

speakers-title = { $speaker }: кожне висловлювання з позицією
speakers-subtitle = { $from } – { $to }. У рядку: що вище, то ближче до «{ $high }»; лінія — середина шкали. Порядок { $ordered }; середнє з кількох висловлювань мало що каже.
ordered-by-position = за середньою висотою за всіма темами
ordered-by-name = за іменем
speakers-by-month = Де відомий лише місяць, позначка стоїть посередині.
speakers-note = { $statements }, { $speakers }
speakers-drawn = показано { $count } із найбільшою кількістю
speakers-head = кількість, середнє
not-drawn-statements =
    { $count ->
         [one] ще { $count } рядок — у таблиці поруч із зображенням; показано тих, у кого найбільше висловлювань
         [few] ще { $count } рядки — у таблиці поруч із зображенням; показано тих, у кого найбільше висловлювань
        *[other] ще { $count } рядків — у таблиці поруч із зображенням; показано тих, у кого найбільше висловлювань
    }
not-drawn-days =
    { $count ->
         [one] ще { $count } рядок — у таблиці поруч із зображенням; показано тих, хто змінив позицію, потім тих, у кого найбільше днів
         [few] ще { $count } рядки — у таблиці поруч із зображенням; показано тих, хто змінив позицію, потім тих, у кого найбільше днів
        *[other] ще { $count } рядків — у таблиці поруч із зображенням; показано тих, хто змінив позицію, потім тих, у кого найбільше днів
    }

## Shift

shift-tested = перевірено { $tested } з { $count }
shift-drawn = показано { $count }: хто змінив позицію, потім хто має найбільше днів
shift-moved = змінилося: { $found } з { $all }
shift-none = де сказано досить, тривалого зсуву не виявлено
shift-few = замало висловлювань, щоб судити: { $few } з { $all } пар «мовець і тема»
shift-subtitle = Рядок на мовця, спершу найбільше днів. { $tested } з { $pairs } «мовець і тема» мають досить днів для перевірки. Праворуч ближче до «{ $high }», ліворуч — до «{ $low }».
shift-key-moved = зсув: від середнього до до середнього після
shift-key-mean = зсуву не виявлено: середнє
shift-key-range = 90-відсотковий інтервал середнього
shift-key-few = замало днів, щоб судити: висловлювання
shift-note-few = замало: { $days }
shift-note-swing = відхилення { $day }, { $days }
shift-note-steady = зсуву не виявлено, { $days }
shift-note-moved = { $size } рівня, { $from } – { $to }
shift-mean = { $note }, середнє { $mean }
shift-from-to = від { $before } до { $after } між { $from } і { $to }
none = немає
