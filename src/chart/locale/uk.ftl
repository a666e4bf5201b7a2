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
day-and-month = { $day } { $month }
day-of-year = { $day } { $year }
date = { $day } { $month } { $year }
quarter-and-year = { $quarter } кв. { $year }
month-and-year = { $month } { $year }
week = тиждень від { $day }
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
on-days =
    { $count ->
         [0] без точного дня
         [1] за один день
         [one] за { $count } день
         [few] за { $count } дні
        *[other] за { $count } днів
    }
on-known-days =
    { $count ->
         [one] за { $count } відомий день
         [few] за { $count } відомі дні
        *[other] за { $count } відомих днів
    }
months =
    { $count ->
         [one] { $count } місяць
         [few] { $count } місяці
        *[other] { $count } місяців
    }
pairs =
    { $count ->
         [one] { $count } випадок (мовець і тема)
         [few] { $count } випадки (мовець і тема)
        *[other] { $count } випадків (мовець і тема)
    }
speakers =
    { $count ->
         [one] { $count } мовець
         [few] { $count } мовці
        *[other] { $count } мовців
    }

## Marks

quotation = «{ $text }»
paraphrase = { $text } (переказ)
tooltip = { $when }, { $speaker }: { $level } ({ $position }). { $said } { $publisher }
tooltip-counted = { $when }, { $speaker }: { $level } ({ $position }). { $statements }
all-speakers = Усі мовці
key-hand = визначено вручну
key-hand-against-rules = визначено вручну; правила кажуть інше
key-rules = визначено за правилами
key-unverified = ще не звірено з джерелом
key-month = точний день невідомий
key-span = коли відбувся зсув (на 90 % певно)
key-curve = середнє, згладжене приблизно за { $window }, з його межами 90 %; немає лінії там, де сказано замало
key-steps = середнє до і після, з його межами 90 %
key-fitted = підібрана пряма
key-others = середнє решти
window-to = { $from } – { $to }

## Footer

footer-counts = { $statements } { $on-days }; { $coded }.
coded-by-hand = усі визначено вручну
coded-by-hand-of =
    { $count ->
         [1] усі визначено вручну, однією особою
         [one] усі визначено вручну, { $count } кодувальником
        *[other] усі визначено вручну, { $count } кодувальниками
    }
coded-by-rules = усі визначено за правилами
coded-by-both = визначено вручну: { $hand }, за правилами: { $rules }
coded-by-both-of =
    { $count ->
         [1] визначено вручну, однією особою: { $hand }, за правилами: { $rules }
         [one] визначено вручну, { $count } кодувальником: { $hand }, за правилами: { $rules }
        *[other] визначено вручну, { $count } кодувальниками: { $hand }, за правилами: { $rules }
    }
footer-counts-positions = { $statements }, { $positions } { $on-days }; { $coded }.
footer-counted = { $positions } { $on-days }, за підрахунком; { $coded }.
of-them = { $statements }, з них { $dated }
footer-dated =
    { $unit ->
         [week] Перевіряють лише ті, для яких відомий тиждень.
         [month] Перевіряють лише ті, для яких відомий місяць.
         [quarter] Перевіряють лише ті, для яких відомий квартал.
        *[day] Перевіряють лише ті, для яких відомий день.
    }
footer-unverified = З них { $count } ще не звірено з джерелом.
footer-not-drawn = Не показано: { $what }.
footer-coders = Визначили: { $coders }.
footer-source = Джерело: { $title }; опубліковано: { $publishers }.
footer-data = Джерело: { $title }.
footer-method = Корпус { $corpus } { $hash }, правила { $rules }, зерно { $seed }, Stance { $version }.
footer-majority = Якщо кодувальники розходяться, враховано відповідь більш ніж половини (тут: { $positions }).
footer-median = Якщо кодувальники розходяться, враховано медіану їхніх позицій (тут: { $positions }).
footer-rules-unknown = Як правила спрацьовують на висловлюваннях, яких їхній автор не бачив, невідомо.
footer-rules-unseen = Той самий рівень за правилами і за кодувальниками на висловлюваннях, яких автор правил не бачив: { $figures }.
footer-rules-unseen-earlier = Той самий рівень за попередніми правилами і за кодувальниками на висловлюваннях, яких їхній автор не бачив: { $figures }. Як спрацьовують теперішні правила, невідомо.
footer-share = { $part } з { $whole } (від { $low } до { $high } %)

## Verdicts: a title is a whole sentence, whatever words the codebook has

issue-name = «{ $name }»
quarters =
    { $count ->
         [one] { $count } квартал
         [few] { $count } квартали
        *[other] { $count } кварталів
    }
weeks =
    { $count ->
         [one] { $count } тиждень
         [few] { $count } тижні
        *[other] { $count } тижнів
    }
years =
    { $count ->
         [one] { $count } рік
         [few] { $count } роки
        *[other] { $count } років
    }
when-day = { $day }
when-month = ({ $month })
when-week = ({ $week })
when-quarter = ({ $quarter })
when-year = ({ $year })
between-days = між { $from } і { $to }
between-units = ({ $from } – { $to })
span-days = { $from } – { $to }
span-units = ({ $from } – { $to })
clauses = { $first }; { $second }
tested-by =
    { $unit ->
         [week] Перевірено за тижнями: усе, сказане за тиждень, враховано як сказане водночас.
         [month] Перевірено за місяцями: усе, сказане за місяць, враховано як сказане водночас.
        *[quarter] Перевірено за кварталами: усе, сказане за квартал, враховано як сказане водночас.
    }
footer-publishers = Джерело: { $publishers }.
moved-toward =
    { $number ->
         [one] { $who } — зсув у бік { $level }, аж до рівня { $reach }
        *[many] { $who } — зсув у бік { $level }, аж до рівня { $reach }
    }
moved-back =
    { $number ->
         [one] { $who } — зсув і повернення
        *[many] { $who } — зсув і повернення
    }
moved-only =
    { $number ->
         [one] { $who } — зсув позиції
        *[many] { $who } — зсув позиції
    }
always-said =
    { $number ->
         [one] { $who } — завжди { $level }
        *[many] { $who } — завжди { $level }
    }
in-weeks =
    { $count ->
         [one] за { $count } тиждень
         [few] за { $count } тижні
        *[other] за { $count } тижнів
    }
in-months =
    { $count ->
         [one] за { $count } місяць
         [few] за { $count } місяці
        *[other] за { $count } місяців
    }
in-quarters =
    { $count ->
         [one] за { $count } квартал
         [few] за { $count } квартали
        *[other] за { $count } кварталів
    }
shift-subtitle-days =
    { $unit ->
         [week] Спершу ті, у кого найбільше тижнів.
         [month] Спершу ті, у кого найбільше місяців.
         [quarter] Спершу ті, у кого найбільше кварталів.
        *[day] Спершу ті, у кого найбільше днів.
    }
found-swing-last =
    { $unit ->
         [week] { $level } { $at }, поки що один тиждень, ще не тенденція; середнє до того — { $rest }
         [month] { $level } { $at }, поки що один місяць, ще не тенденція; середнє до того — { $rest }
         [quarter] { $level } { $at }, поки що один квартал, ще не тенденція; середнє до того — { $rest }
        *[day] { $level } { $at }, поки що один день, ще не тенденція; середнє до того — { $rest }
    }
few-two = спершу { $first }, потім { $last } { $when }
few-back = { $first }, але { $second } { $when }
few-three = спершу { $first }, потім { $second } { $when }, потім { $last } { $lastly }
few-mixed = у межах від { $low } до { $high }, { $span }
few-tail-one = { $what }; одне висловлювання, замало для перевірки
all-few-same = { $issue }: { $facts }; замало { $few } для перевірки
with-issues = { $speaker } ({ $issues })
steady-any-for = Навіть зсув від одного краю шкали до іншого міг лишитися непоміченим: { $who }.
rest-all-swings =
    { $unit ->
         [week] Вирізняється один тиждень: { $speakers }.
         [month] Вирізняється один місяць: { $speakers }.
         [quarter] Вирізняється один квартал: { $speakers }.
        *[day] Вирізняється один день: { $speakers }.
    }
near-levels = приблизно { $low } або { $high }
shift-key-mean-swing = зсуву не виявлено: середнє; за відхилення — середнє решти
shift-key-both = зсув: від середнього «до» до середнього «після»; якщо поступовий — від першої третини до останньої
shift-key-swing = те, що вирізняється: кожне висловлювання
shift-key-few-swing = кожне висловлювання, якщо їх замало для перевірки або воно вирізняється
shift-note-any = зсуву не виявлено, але { $days } могли приховати будь-який
dumbbell-head = перша → остання третина
speakers-head-mean = кількість; середнє
title-moved = { $speaker }, { $issue }: зсув позиції { $what }
title-moved-so = { $speaker } { $phrase }: { $what }
title-returned = { $speaker }, { $issue }: зсув позиції та повернення { $what }
title-returned-so = { $speaker } { $phrase }, з поверненням: { $what }
title-drifted = { $speaker }, { $issue }: поступовий зсув позиції { $what }
title-drifted-so = { $speaker } { $phrase }, поступово: { $what }
title-about = { $speaker }, { $issue }: { $what }
title-steady = { $speaker }: тривалого зсуву не виявлено ({ $issues })
rest-finding = { $issue }: { $what }.
rest-steady = Тривалого зсуву не виявлено: { $issues }.
rest-few = Замало { $few } для перевірки: { $issues }.
found-step = від { $before } до { $after }, { $when }
found-step-then = ; потім до { $after }, { $when }
found-step-back = ; назад до { $after }, { $when }
found-drift =
    { $unit ->
         [week] у середньому { $before } в першій третині тижнів, { $after } в останній, { $span }
         [month] у середньому { $before } в першій третині місяців, { $after } в останній, { $span }
         [quarter] у середньому { $before } в першій третині кварталів, { $after } в останній, { $span }
        *[day] у середньому { $before } в першій третині днів, { $after } в останній, { $span }
    }
found-swing =
    { $unit ->
         [week] { $level } { $at }, один тиждень вирізняється; середнє інших — { $rest }
         [month] { $level } { $at }, один місяць вирізняється; середнє інших — { $rest }
         [quarter] { $level } { $at }, один квартал вирізняється; середнє інших — { $rest }
        *[day] { $level } { $at }, один день вирізняється; середнє інших — { $rest }
    }
found-latest = тривалого зсуву не виявлено, але востаннє { $level } { $at } (ще не тенденція), а середнє до того — { $rest }
found-steady = тривалого зсуву не виявлено, { $statements } { $on-days }
few-one = { $first } { $at }
few-same-day = щоразу { $first } { $at }
few-same = завжди { $first }, { $span }
few-range-day = у межах від { $low } до { $high } { $at }
few-range = у межах від { $low } до { $high }, востаннє { $last } { $at }
few-from-to = від { $first } { $from } до { $last } { $at }
names-more = { $names } і ще { $count }
all-moved = { $moves }
all-moved-on = { $issue }: { $moves }
all-steady = Тривалого зсуву не виявлено: { $who }
all-steady-on = Тривалого зсуву не виявлено, { $issue }: { $who }
all-few = Замало { $few }, щоб перевірити, чи змінилися позиції
all-few-on = Замало { $few }, щоб перевірити, чи змінилися позиції: { $issue }
all-of = ті { $count } з { $all }, у кого досить висловлювань для перевірки
rest-all-steady = Тривалого зсуву не виявлено: { $speakers }.
rest-all-few = Замало { $few } для перевірки: { $speakers }.
doubt-coders = З кодуванням, яке могли б дати інші кодувальники, це підтверджується у { $stands } з { $runs } прогонів.
doubt-rules = З помилками, яких припускаються правила, це підтверджується у { $stands } з { $runs } прогонів.
doubt-coders-for = З кодуванням, яке могли б дати інші кодувальники, це підтверджується у { $figures }.
doubt-rules-for = З помилками, яких припускаються правила, це підтверджується у { $figures }.
doubt-figure = { $stands } з { $runs } прогонів ({ $who })
caution-of = { $who }: { $caution }
caution-size = Зсув, імовірно, менший, ніж видається: радше { $likely } рівня, ніж { $seen }.
caution-led = { $share } висловлювань належать одній особі з { $count }: { $speaker }.
caution-mix =
    { $column ->
         [speaker] Змінюється й те, хто говорить: { $value } — { $before } висловлювань до того, { $after } після.
         [source_publisher] Змінюються й видання: { $value } — { $before } висловлювань до того, { $after } після.
        *[other] Змінюються й місця: { $value } — { $before } висловлювань до того, { $after } після.
    }
caution-weak = Лише зсув щонайменше на { $size } з { $range } рівнів було б виявлено в 4 випадках із 5.
caution-weak-for = Виявити можна було лише зсув більш ніж на пів шкали: { $who }.
caution-last =
    { $count ->
         [1] Останній рівень спирається на одне висловлювання: це ще не тенденція.
        *[other] Останній рівень спирається на один день: це ще не тенденція.
    }
few-needed = Для перевірки треба { $needed }; тут: { $days }.
few-needed-most = Для перевірки треба { $needed }; тут щонайбільше: { $days }.
few-finer =
    { $unit ->
         [week] За тижнями їх досить.
         [month] За місяцями їх досить.
        *[day] За днями їх досить.
    }
near-level = приблизно { $level }
statements-dates = Висловлювання: { $dates }.
steady-detectable = Тривалий зсув, менший за { $size } рівня, міг лишитися непоміченим, а на початку чи наприкінці періоду — і більший.
steady-any = За такої малої кількості даних навіть зсув від одного краю шкали до іншого міг лишитися непоміченим.
lowest-level = найнижчий рівень
highest-level = найвищий рівень
brief-moved = зсув { $dates }
brief-drift = поступовий зсув
brief-swing =
    { $unit ->
         [week] вирізняється один тиждень: { $day }
         [month] вирізняється один місяць: { $day }
         [quarter] вирізняється один квартал: { $day }
        *[day] вирізняється один день: { $day }
    }
brief-latest = тривалого зсуву не виявлено; останнє вирізняється: { $day }
brief-steady = тривалого зсуву не виявлено
brief-steady-weak = тривалого зсуву не виявлено; можна було виявити лише щонайменше на { $size } з { $range } рівнів
brief-few =
    { $unit ->
         [week] замало тижнів для перевірки
         [month] замало місяців для перевірки
         [quarter] замало кварталів для перевірки
        *[day] замало для перевірки
    }

## Timeline

timeline-subtitle = Кожна позначка — висловлювання, { $dates }.
timeline-subtitle-shared = Кожна позначка — усі висловлювання одного дня на одному рівні, { $dates }.
note-statements = { $statements } { $on-days }
note-no-line = висловлювання надто рідкі в часі, щоб показати середнє
note-by-month =
    { $unit ->
         [week] ще { $count } без точного тижня
         [month] ще { $count } без точного місяця
         [quarter] ще { $count } без точного кварталу
        *[day] ще { $count } без точного дня
    }
note-conflicts =
    { $count ->
         [one] ще { $count } суперечливе висловлювання, без позиції
         [few] ще { $count } суперечливі висловлювання, без позиції
        *[other] ще { $count } суперечливих висловлювань, без позиції
    }
none-here = Немає висловлювань із позицією
describe-none = немає з позицією
describe-at = { $count }: { $level } ({ $position })
from-to = { $from } – { $to }

## Months and coverage

months-subtitle = Висловлювання на кожному рівні: довша смуга означає більше висловлювань, а не сильнішу позицію.
months-at = { $month }: { $statements }, { $level }
total = разом
coverage-title-month = { $speaker }: зібрані висловлювання за місяцями
coverage-title-quarter = { $speaker }: зібрані висловлювання за кварталами
coverage-title-year = { $speaker }: зібрані висловлювання за роками
coverage-subtitle = Висловлювання з позицією.
coverage-no-bar = Якщо смуги немає, то нічого не зібрано, а не нічого не сказано.
coverage-no-move = Чи змінилася позиція, тут не показано.
coverage-rules = визначено лише за правилами
coverage-at = { $month }: { $statements }, { $origin }
coverage-none-in = немає: { $months }

## Speakers

speakers-subtitle = Що вище позначка в рядку, то вищий її рівень.
in-order = Порядок { $ordered }.
movers-first = Спершу ті, хто змінив позицію, потім інші { $ordered }.
ordered-by-position = за середнім, найвищі спершу
ordered-by-count = за кількістю висловлювань
ordered-by-name = за іменем
speakers-note = { $statements }, { $speakers }
speakers-drawn = показано { $count } із найбільшою кількістю
speakers-head = кількість; середнє, або до → після
not-drawn-statements =
    { $count ->
         [one] ще { $count } рядок не показано; показано тих, у кого найбільше висловлювань
         [few] ще { $count } рядки не показано; показано тих, у кого найбільше висловлювань
        *[other] ще { $count } рядків не показано; показано тих, у кого найбільше висловлювань
    }

## Shift

shift-tested = перевірено { $tested } з { $count }
shift-drawn = показано перші { $count }
shift-subtitle =
    { $unit ->
         [week] Спершу ті, хто змінив позицію, потім ті, у кого найбільше тижнів.
         [month] Спершу ті, хто змінив позицію, потім ті, у кого найбільше місяців.
         [quarter] Спершу ті, хто змінив позицію, потім ті, у кого найбільше кварталів.
        *[day] Спершу ті, хто змінив позицію, потім ті, у кого найбільше днів.
    }
shift-key-moved = зсув: від середнього «до» до середнього «після»
shift-key-drifted = поступовий зсув: від середнього першої третини до середнього останньої
shift-key-mean = зсуву не виявлено: середнє
shift-key-range = межі 90 % середнього
shift-key-few = замало для перевірки: кожне висловлювання
shift-note-few = замало для перевірки: { $days }
shift-note-swing = { $at }: вирізняється, { $days }
shift-note-steady = зсуву не виявлено, { $days }
shift-note-weak = зсуву не виявлено, можна було лише щонайменше на { $size } з { $range } рівнів; { $days }
shift-note-moved = { $size } рівня, { $from } – { $to }
shift-note-drifted = поступово, від { $before } до { $after }, { $days }
shift-mean = { $note }, середнє { $mean }
shift-from-to = від { $before } до { $after } { $when }
none = немає

## First and last third

dumbbell-subtitle =
    { $unit ->
         [week] Середнє першої та останньої третини тижнів кожного рядка. Зсув перевіряють за всіма тижнями.
         [month] Середнє першої та останньої третини місяців кожного рядка. Зсув перевіряють за всіма місяцями.
         [quarter] Середнє першої та останньої третини кварталів кожного рядка. Зсув перевіряють за всіма кварталами.
        *[day] Середнє першої та останньої третини днів кожного рядка. Зсув перевіряють за всіма днями.
    }
dumbbell-subtitle-moved = Де виявлено зсув: середні до і після нього.
dumbbell-subtitle-others =
    { $unit ->
         [week] В інших рядках: середні першої та останньої третини тижнів.
         [month] В інших рядках: середні першої та останньої третини місяців.
         [quarter] В інших рядках: середні першої та останньої третини кварталів.
        *[day] В інших рядках: середні першої та останньої третини днів.
    }
dumbbell-first = середнє першої третини
dumbbell-last = середнє останньої третини
dumbbell-before = середнє до зсуву
dumbbell-after = середнє після зсуву
dumbbell-before-or-first = середнє до зсуву або першої третини
dumbbell-after-or-last = середнє після зсуву або останньої третини
dumbbell-between = середнє між двома зсувами
dumbbell-moved = до { $before } → після { $after }
dumbbell-few =
    { $unit ->
         [week] замало тижнів для середніх: кожна позначка — висловлювання
         [month] замало місяців для середніх: кожна позначка — висловлювання
         [quarter] замало кварталів для середніх: кожна позначка — висловлювання
        *[day] замало днів для середніх: кожна позначка — висловлювання
    }

## Groups, and what is known too little of

speakers-of-groups =
    { $count ->
         [one] { $count } група
         [few] { $count } групи
        *[other] { $count } груп
    }
pairs-of-groups =
    { $count ->
         [one] { $count } випадок (група і тема)
         [few] { $count } випадки (група і тема)
        *[other] { $count } випадків (група і тема)
    }
all-speakers-of-groups = Усі групи
in-order-of-groups = Порядок { $ordered }.
shift-tested-of-groups = перевірено груп: { $tested } з { $count }
speakers-note-of-groups = { $statements }, { $speakers }
all-few-same-of-groups = { $issue }: { $facts }; замало { $few } для перевірки
members =
    { $count ->
         [one] { $count } мовець
         [few] { $count } мовці
        *[other] { $count } мовців
    }
by-column =
    { $column ->
         [role] роллю
         [party] партією
         [source_publisher] виданням
         [venue] нагодою
        *[other] «{ $column }»
    }
title-by =
    { $column ->
         [source_publisher] Висловлювання за виданням: { $title }
        *[other] { $title }
    }
title-by-of =
    { $column ->
         [source_publisher] { $speaker }, висловлювання за виданням: { $title }
        *[other] { $speaker }, за { $word }: { $title }
    }
statements-in = Висловлювання у { $name }
statements-in-of = { $speaker }, висловлювання у { $name }
groups-are = Згруповано за { $column }: { $groups }.
groups-one-speaker = Усі висловлювання належать одній особі: { $speaker }.
group-only = { $group } (лише { $speaker })
group-mixed = { $group } ({ $speakers })
groups-left =
    { $count ->
         [one] Ще { $count } групу не показано.
         [few] Ще { $count } групи не показано.
        *[other] Ще { $count } груп не показано.
    }
left-other-issues = { $statements } з інших тем
left-without = { $statements } без позиції
left-dates = { $statements } поза вибраним періодом
note-too-few =
    { $unit ->
         [week] замало тижнів для середнього
         [month] замало місяців для середнього
         [quarter] замало кварталів для середнього
        *[day] замало днів для середнього
    }
counted-by =
    { $unit ->
         [week] Пораховано за тижнями: усе, сказане за тиждень, враховано як сказане водночас.
         [month] Пораховано за місяцями: усе, сказане за місяць, враховано як сказане водночас.
        *[quarter] Пораховано за кварталами: усе, сказане за квартал, враховано як сказане водночас.
    }
few-tail-units =
    { $unit ->
         [week] { $what }; { $statements }, замало тижнів для перевірки
         [month] { $what }; { $statements }, замало місяців для перевірки
         [quarter] { $what }; { $statements }, замало кварталів для перевірки
        *[day] { $what }; { $statements }, замало для перевірки
    }
few-tail-single =
    { $unit ->
         [week] { $what }; { $statements } за один-єдиний тиждень, який нема з чим порівняти
         [month] { $what }; { $statements } за один-єдиний місяць, який нема з чим порівняти
         [quarter] { $what }; { $statements } за один-єдиний квартал, який нема з чим порівняти
        *[day] { $what }; { $statements } за один-єдиний день, який нема з чим порівняти
    }
few-plain = { $what }; { $statements }
few-units =
    { $unit ->
         [week] тижнів із висловлюваннями
         [month] місяців із висловлюваннями
         [quarter] кварталів із висловлюваннями
        *[day] висловлювань
    }
found-steady-any = тривалого зсуву не виявлено, але { $statements } { $on-days } могли приховати будь-який
title-steady-any = { $title }; проте за такої малої кількості даних будь-який міг лишитися непоміченим
brief-steady-any = тривалого зсуву не виявлено, але будь-який міг лишитися непоміченим
moved-as-far =
    { $number ->
         [one] { $who } — зсув аж до рівня { $reach }
        *[many] { $who } — зсув аж до рівня { $reach }
    }
not-drawn-rows =
    { $count ->
         [one] ще { $count } рядок не показано
         [few] ще { $count } рядки не показано
        *[other] ще { $count } рядків не показано
    }
news-looks = Хто дивиться знову й знову, випадково знаходить зміну частіше, ніж за один раз.
card-ringed = Обведена позначка — наведене висловлювання.

## Web page

embed-summary = Усі висловлювання на діаграмі: { $statements }
embed-date = Дата
embed-speaker = Мовець
embed-level = Рівень
embed-statement = Висловлювання
embed-source = Джерело
page-skip = До змісту
page-conflict = спірне, без позиції
page-paraphrase = переказ
page-position = Позиція
page-search = Пошук
page-all = Усі
page-reset = Показати всі
page-shown = Показано висловлювань: { $shown } з { $all }
page-statements = Висловлювання

## Report

report-found = Що виявлено
report-pictures = Діаграми
report-statements = Усі висловлювання
report-agreement = Узгодженість кодувальників
report-rules = Як працюють правила
report-method = Метод
report-left-out = Що не враховано
report-versions = Версії
report-scales = Питання та рівні
report-conventions = Правила читання
report-contents = Зміст
report-few = Замало висловлювань для перевірки
report-steady = Тривалого зсуву не виявлено
report-data = Зберегти дані таблицею (CSV)
report-issue = Питання
report-statement-count = Висловлювання
report-days = Дні
report-days-needed = Потрібно днів
report-mean = Середнє
report-detectable = Зсув, який знайшли б 4 рази з 5, у рівнях
report-more-rows = ще { $count }
report-both = Обидва дали позицію
report-same = Той самий рівень
report-near = Щонайбільше 1 рівень різниці
report-alpha = Альфа (95 %)
report-both-read = Прочитано обома
report-presence = Однакова відповідь на «чи є позиція?»
report-found-by-rules = Знайдено
report-false = Позиція без підстав
report-rule = Правило
report-gives = Дає
report-each-rule = Кожне правило
report-look = Перевірка
report-rules-version = Правила
report-unseen = На висловлюваннях, яких автор правил не бачив, за першого контакту
report-seen = На висловлюваннях, які автор правил міг бачити ({ $statements }): це прикрашає правила
report-no-rules = Правил немає. Усі позначки зроблено вручну.
report-one-coder = Усі ручні позначки зробила одна людина, тож узгодженість не виміряти.
report-no-coder = Ручних позначок немає.
report-counted = Висновки спираються на підраховані висловлювання. Підрахунок не показує, наскільки згодні кодувальники і наскільки точні правила.
report-nothing-shared = Жодне висловлювання тут не має позначок двох кодувальників.
report-few-words = Для кожної особи з кожної теми тут подано дослівно щонайбільше 4 висловлювання: перше, останнє, а також найновіші на найвищому й найнижчому рівнях. Решту лише підраховано.
report-no-words = У підрахунку немає жодного висловлювання дослівно.
report-nothing-left-out = Нічого.
report-left-unlabelled = { $statements } без позиції з цих питань
report-left-unverified = { $statements } без звірки з джерелом
report-left-days = { $statements } лише з днем публікації
report-left-rejected = Відхилено людиною: { $statements }
report-left-months = { $statements } без точного дня: показано, але не перевірено
report-left-conflicts = Спірних, без позиції: { $count }
report-left-picture = Діаграма для { $name }: { $why }
report-left-crowd = { $statements } — забагато, щоб позначити кожне; їх полічено за місяцями або не показано
report-left-rows = Немає в таблиці й даних: { $statements }. Є найновіші: { $count }
report-left-words = Лише підраховано, тут немає дослівно: { $positions }
report-left-speakers = Діаграми окремих мовців: { $count } з { $all }
report-everyone = Усі мовці
report-no-figures = Для діаграми потрібне висловлювання з позицією. Тут такого немає.

## Плани і що нового

plan-title = Яким великим має бути зсув, щоб його знайшли 4 рази з 5
plan-subtitle = До збирання даних: мовців, чия позиція змінюється, змодельовано і перевірено так, як перевіряє програма. Довша смуга означає, що знаходять лише більші зсуви.
plan-halfway = Зсув посередині днів
plan-quarter = Зсув після чверті днів
plan-size = рівнів: { $size }
plan-none = жоден не є досить великим
plan-head = у рівнях
plan-assumed = Припущення: рівнів { $levels }, близько { $statements } висловлювань на день; дні коливаються на { $spread } рівня і схожі на попередній день на { $ar }; рівень значущості { $alpha }, { $pairs }; { $speakers } моделювань на точку, початкове число { $seed }.
news-title = Нове: { $statements }; жоден висновок не змінився
news-title-verdicts = Висновок змінився: { $pairs }
news-title-one = { $speaker }, { $issue }: тепер { $after }, раніше { $before }
news-subtitle = Нові висловлювання мають колір свого рівня, попередні сірі. Вища позначка означає вищий рівень.
news-new = нових: { $count }
news-verdict = нових: { $count }; тепер { $after }, раніше { $before }
news-earlier = було раніше
news-nobody = немає позиції
