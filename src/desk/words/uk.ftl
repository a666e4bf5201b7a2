# The words of the desk, українська. What stands after $ is put in; the corpus' own words stay as they are.

## Every room

desk = Робоче місце
desk-code = Кодування
desk-settle = Рішення
desk-review = Перевірка
desk-rules = Правила
desk-explore = Огляд
desk-rooms = Сторінки
# Between a name and what is said of it.
desk-colon = :
desk-coder = Кодує: { $coder }
desk-another = Змінити
desk-faults = У корпусі є помилки. Ви бачите його попередній стан.
desk-faults-first = У корпусі є помилки. Виправте їх у редакторі та завантажте сторінку знову.
desk-offline = Програма не відповідає. Подивіться в термінал. Останню відповідь могло бути не збережено.
desk-earlier-rules = У rules.toml є помилки. Доки їх не виправлено, діють попередні правила.
desk-no-rules = У rules.toml є помилки. Доки їх не виправлено, жодне правило не кодує. Вручну можна кодувати далі.
desk-without-labels = У файлах міток є помилки. Доки їх не виправлено, ці файли не враховуються. В інших можна кодувати вручну далі.
desk-repair-rules = Виправити правила
desk-trouble = Зараз це не можна показати.
desk-trouble-file = У файлі є помилки, тому в нього нічого не записується.
desk-trouble-again = Виправте його в редакторі й завантажте цю сторінку ще раз. Нічого не записано.
desk-write-again =
    { $count ->
         [one] Записати знову { $count } останню прочитану відповідь
         [few] Записати знову { $count } останні прочитані відповіді
        *[other] Записати знову { $count } останніх прочитаних відповідей
    }
desk-begin-anew = Почати новий файл
desk-no-key = Клавіша «{ $key }» тут нічого не робить.
desk-why = Мітки й підстави
desk-single-keys = Клавіші відповідають
desk-undo = Скасувати
desk-previous = Назад
desk-next = Далі
desk-skip = Пропустити
desk-save = Зберегти
desk-set-aside = Відкладено: хто пише правила, його не бачить

## Answers that another program dropped or changed

desk-lost =
    { $count ->
         [one] { $count } відповіді, яку ви тут дали, більше немає у файлі
        *[other] { $count } відповідей, які ви тут дали, більше немає у файлі
    }
desk-lost-why = Файл такий, як був раніше, або цього в ньому немає: можливо, поверх нього збережено давнішу копію. Повернене додається до того, що є у файлі зараз.
desk-changed =
    { $count ->
         [one] { $count } відповідь, яку ви тут дали, тепер інша
         [few] { $count } відповіді, які ви тут дали, тепер інші
        *[other] { $count } відповідей, які ви тут дали, тепер інші
    }
desk-changed-why = Інша програма відтоді змінила це у файлі.
desk-given-here = Ваша відповідь: { $answer }
desk-in-file = У файлі: { $answer }
desk-no-answer = відповіді немає
desk-with-note = { $answer }, нотатка «{ $note }»
desk-put-back =
    { $count ->
         [one] Повернути { $count } відповідь
         [few] Повернути { $count } відповіді
        *[other] Повернути { $count } відповідей
    }
desk-put-back-mine =
    { $count ->
         [one] Поставити на її місце { $count } мою відповідь
         [few] Поставити на їхнє місце { $count } мої відповіді
        *[other] Поставити на їхнє місце { $count } моїх відповідей
    }
desk-leave-file = Лишити файл як є
desk-put-back-done =
    { $count ->
         [one] У файлі знову є { $count } відповідь, як ви її дали.
         [few] У файлі знову є { $count } відповіді, як ви їх дали.
        *[other] У файлі знову є { $count } відповідей, як ви їх дали.
    }
desk-put-back-left-out =
    { $count ->
         [one] { $count } відповідь пропущено: у корпусі більше немає її висловлювання чи питання.
         [few] { $count } відповіді пропущено: у корпусі більше немає їхніх висловлювань чи питань.
        *[other] { $count } відповідей пропущено: у корпусі більше немає їхніх висловлювань чи питань.
    }
desk-put-back-differs = Нічого не збережено: файл знову змінився. Ось він зараз.
desk-file-left = Файл лишається як є.

## Who codes

desk-who = Хто ви?
desk-who-why = Ваші відповіді йдуть у власний файл. Відповідей інших ви не бачите.
desk-who-new = Або інше ім’я
desk-who-begin = Почати

## Code

desk-key-list = 1–9 вибирають рівень, 0 — без позиції, x — без позиції щодо решти питань. ? — не впевнені, n — нотатка, u — скасувати. Пробіл пропускає висловлювання, стрілки ведуть назад і далі, i — наступне питання.
desk-number = Висловлювання { $number } з { $all }
desk-coded =
    { $count ->
         [one] { $count } закодоване
         [few] { $count } закодовані
         [many] { $count } закодованих
        *[other] { $count } закодованих
    }
desk-left =
    { $count ->
         [one] залишилося { $count }
         [few] залишилося { $count }
         [many] залишилося { $count }
        *[other] залишилося { $count }
    }
desk-unsure-count =
    { $count ->
         [one] { $count } непевна відповідь
         [few] { $count } непевні відповіді
         [many] { $count } непевних відповідей
        *[other] { $count } непевних відповідей
    }
desk-pace = { $pace } за хвилину
desk-none = Без позиції
desk-none-why = Тут немає позиції щодо цього питання. Це не середина шкали.
desk-rest = Без позиції щодо решти питань
desk-unsure = Не впевнені
desk-rationale = Нотатка: чому цей рівень або що незрозуміло
desk-reopen = Забрати відповідь
desk-next-issue = Наступне питання
desk-conventions = Як читати
desk-keys = Клавіші
desk-queue = Порядок і частка
desk-order = Порядок
desk-order-shuffled = Перемішаний
desk-order-date = За датою
desk-order-speaker = За мовцем
desk-seed = Число для перемішування
desk-overlap = Відсоток, який усі читають першим
desk-issues = Питання
desk-all-issues = Усі питання
desk-seen-only = Без відкладених висловлювань (якщо ви пишете правила)
desk-show-unsure = До першої
desk-finished = У цій черзі все має відповідь.
desk-finished-unsure =
    { $count ->
         [one] Усе в цій черзі прочитано; { $count } відповідь непевна.
         [few] Усе в цій черзі прочитано; { $count } відповіді непевні.
        *[other] Усе в цій черзі прочитано; { $count } відповідей непевні.
    }
desk-left-others = Без відповіді щодо інших питань:
desk-note-left-out = Нотатку попередньої відповіді не збережено; «Скасувати» поверне обидві.
desk-levels-without-key = Без клавіші, бо рівнів більше ніж 9: { $levels }. Скористайтеся мишею або Tab.
desk-back =
    { $count ->
         [one] { $count } повернено вам
         [few] { $count } повернено вам
        *[other] { $count } повернено вам
    }
desk-back-answered = у цьому сеансі є нова відповідь, але кодувальники ще розходяться
desk-saved = Збережено: { $issue }, { $answer }
desk-undone = Скасовано: { $issue }, { $answer }
desk-undone-rest = Скасовано: без позиції щодо решти питань
desk-taken-back = забрано
desk-nothing-to-undo = У цьому сеансі нема чого скасовувати. На те, що було у файлі раніше, можна відповісти знову.
desk-differs = Інша програма змінила цю відповідь, відколи ви її бачили. Нічого не збережено. Ось вона зараз. Щоб змінити, відповідайте знову.
desk-undo-differs = Інша програма відтоді змінила цю відповідь. Вона лишається як є.
desk-answer-none = без позиції
desk-answer-unsure = не впевнені
desk-only-rationale = Зберегти нотатку
desk-other-coder = Нічого не збережено: цю сторінку відкрито для когось іншого, а зараз кодує { $coder }. Змініть в іншому вікні, хто кодує, або завантажте цю сторінку знову.
desk-note-kept = Нотатка лишається при своєму висловлюванні. Вона збережеться, щойно ви відповісте.
desk-note-unsent = Ще не збережено: збережеться разом із вашою відповіддю.
desk-drafts =
    { $count ->
         [one] { $count } нотатка без відповіді
         [few] { $count } нотатки без відповіді
        *[other] { $count } нотаток без відповіді
    }
desk-nothing-left = Нічого не збережено: на кожне питання цього висловлювання вже є відповідь.
desk-answer-first = Нічого не збережено: спершу дайте відповідь. Нотатка лишається.
desk-no-level = Нічого не збережено: у цього питання немає такого рівня.

## Settle

desk-settle-none = Нема чого вирішувати. Для розбіжності потрібні двоє, хто читали те саме й відповіли по-різному.
desk-settle-done = Усі розбіжності вирішено.
desk-settle-back =
    { $count ->
         [one] { $count } повернено
         [few] { $count } повернено
        *[other] { $count } повернено
    }
desk-settle-back-only =
    { $count ->
         [one] Нічого не відкрито; { $count } розбіжність повернено, вона чекає на кодувальників.
         [few] Нічого не відкрито; { $count } розбіжності повернено, вони чекають на кодувальників.
        *[other] Нічого не відкрито; { $count } розбіжностей повернено, вони чекають на кодувальників.
    }
desk-settle-back-why = Кодувальники бачать їх у «Кодуванні» з вашою нотаткою. Коли їхні відповіді збігаються, розбіжність зникає. Ви можете розв’язати її й самі.
desk-settle-open =
    { $count ->
         [one] { $count } відкрита розбіжність
         [few] { $count } відкриті розбіжності
         [many] { $count } відкритих розбіжностей
        *[other] { $count } відкритих розбіжностей
    }
desk-settle-of =
    { $count ->
         [one] усього { $count } розбіжність
         [few] усього { $count } розбіжності
         [many] усього { $count } розбіжностей
        *[other] усього { $count } розбіжностей
    }
desk-settle-keys = 1–9 вибирають рівень, 0 — без позиції. b повертає з нотаткою, n — нотатка, u — скасувати. Пробіл і стрілки ведуть далі й назад.
desk-settle-counted = Її вирішило правило кодової книги. Натомість діятиме ваша відповідь.
desk-sent-back = Повернуто
desk-sent-back-issue = Повернуто: { $issue }
desk-send-back = Повернути тим, хто кодував
desk-no-rationale = без нотатки
desk-by-rules = Правила
desk-rules-silent = Жодне правило не дає позиції.
desk-rules-conflict = Правила суперечать одне одному.
desk-rules-hidden = Це висловлювання відкладено. Що кажуть правила, не показано.
desk-settle-agreement = Згода
desk-settle-before = Однакові відповіді до рішення: { $same } з { $all } ({ $share })
desk-settle-after = Мають відповідь зараз: { $same } з { $all } ({ $share })
desk-settle-coder = { $coder }: збіг із рішенням { $same } з { $all }
desk-settle-hand = Якщо можна, хай вирішує той, хто не кодував цих висловлювань.

## Review

desk-review-nothing = Нічого не чекає на перевірку.
desk-review-how = додає пропозиції з новинних текстів. Вони чекають тут, доки ви їх не приймете.
desk-review-counts = чекає: { $waiting } · прийнято: { $accepted } · відхилено: { $rejected }
desk-review-fields = Зміни в цих полях зберігаються разом із вашим рішенням.
desk-review-refused = Ще нічого не збережено: дивіться позначене поле. Введене залишається.
desk-review-undone = Скасовано.
desk-review-decided = { $id } уже вирішено, або його більше немає у файлі. Нічого не змінено.
desk-review-accepted = Прийнято: { $id }.
desk-review-rejected = Відхилено: { $id }.
desk-review-saved = Збережено: { $id }.
desk-accept = Прийняти
desk-reject = Відхилити
desk-only-fields = Зберегти лише поля
desk-later = Вирішити пізніше
desk-role = Посада
desk-kind = Вид
desk-venue = Місце
desk-kind-direct = пряма мова: слова, як їх сказано
desk-kind-indirect = непряма мова: переказ
desk-about-confidence = Мовця визначено
desk-about-runner-up = Інший можливий мовець
desk-about-date-from = Звідки відомий день
desk-about-notes = Нотатки
desk-about-source-publisher = Видання
desk-about-source-title = Заголовок тексту
desk-about-source-date = День публікації
desk-about-also-in = Також у
desk-sure-high = упевнено
desk-sure-medium = досить упевнено
desk-sure-low = непевно
desk-day-of-publication = лише з дня публікації
desk-field-speaker = ім’я
desk-field-role = посада на момент вислову або «-», якщо її немає
desk-field-date = РРРР-ММ-ДД або РРРР-ММ, якщо відомий лише місяць
desk-field-kind = самі слова чи переказ
desk-field-venue = де це сказано, або «-», якщо невідомо
desk-field-text = слова, одним рядком
desk-words-missing = Цих слів у тексті немає. Виберіть вид «непряма мова», якщо це переказ, або позначте, що ви про це знаєте. Тоді рядок більше не вказує, де вони стоять.
desk-words-known = Я знаю, що цих слів у тексті немає

## Rules

desk-rules-how = Нічого не зберігається, доки ви не натиснете «Зберегти». Файл із помилкою або з невдалим тестом не зберігається.
desk-check = Перевірити
desk-rules-back = До збереженого
desk-rules-english = Помилки й пояснення — англійською.
desk-find-pattern = Знайти зразок
desk-such-as = Наприклад
desk-find = Знайти
desk-make-rule = Зробити з нього правило
desk-places =
    { $count ->
         [one] { $count } місце
         [few] { $count } місця
        *[other] { $count } місць
    }
desk-places-seen = без відкладених висловлювань
desk-more =
    { $count ->
         [one] і ще { $count }
        *[other] і ще { $count }
    }
desk-why-label = Чому мітка є або її немає
desk-id-of-statement = id висловлювання
desk-explain = Пояснити
desk-explained-saved = За збереженими правилами, а не за введеним текстом.
desk-no-statement = Висловлювання з id { $id } немає.
desk-rules-faults =
    { $count ->
         [one] { $count } помилка, тому зберегти це не можна
         [few] { $count } помилки, тому зберегти це не можна
        *[other] { $count } помилок, тому зберегти це не можна
    }
desk-rules-no-fault = Помилок немає
desk-rules-count =
    { $count ->
         [one] { $count } правило
         [few] { $count } правила
        *[other] { $count } правил
    }
desk-tests-count =
    { $count ->
         [one] { $count } тест
         [few] { $count } тести
        *[other] { $count } тестів
    }
desk-tests-ended = з них невдалих { $failed }, відкладених (todo) { $todo }
desk-moved = додано { $gained }, утрачено { $lost }, змінено { $moved }
desk-not-compared =
    { $count ->
         [one] { $count } висловлювання відкладено, його не порівняно
         [few] { $count } висловлювання відкладено, їх не порівняно
        *[other] { $count } висловлювань відкладено, їх не порівняно
    }
desk-labels-change = Мітки за правилами, що змінюються
desk-figures = Як працюють правила порівняно з мітками вручну
desk-figures-why = На висловлюваннях, які автор правил міг бачити: це прикрашає правила. { $command } дивиться на інші й записує, що дивилася.
desk-found = Знайдено досі
desk-exact = Точно
desk-false-alarms = Позиція без підстав
desk-figures-saved = { $issue }, збережено
desk-figures-typed = { $issue }, як введено
desk-verdicts-same = Жоден висновок (усього { $pairs }) не змінюється, без відкладених висловлювань.
desk-verdicts =
    { $count ->
         [one] Змінився б { $count } висновок
         [few] Змінилися б { $count } висновки
        *[other] Змінилося б { $count } висновків
    }
desk-verdicts-of = (з { $pairs })
desk-verdicts-where = без відкладених висловлювань
desk-verdict-pair = { $speaker }, { $issue }
desk-verdict-none = без позиції
desk-verdict-shift = тривалий зсув
desk-verdict-return = зсув і повернення
desk-verdict-drift = поступовий зсув
desk-verdict-swing = один день осторонь
desk-verdict-steady = тривалого зсуву не виявлено
desk-verdict-too-few = замало висловлювань
desk-rules-changed = Інша програма змінила rules.toml, відколи ви його відкрили. Нічого не збережено. Щоб залишити ваш текст і втратити ту зміну, натисніть «Зберегти» ще раз.
desk-rules-not-saved = Не збережено: у тексті є помилка, або не пройдено тест.
desk-rules-unchanged = Нічого не змінилося.
desk-rules-saved = Збережено.
desk-rule-unread = Правило не створено: зразок не вдається прочитати.
desk-rule-nowhere = Правило не створено: зразка немає в жодному висловлюванні, яке можна бачити.
desk-rule-made = Правило для зразка стоїть наприкінці тексту. Ще нічого не збережено.
desk-pattern-first = Спочатку введіть зразок.

## Explore

desk-from = Від
desk-to = До
desk-whose = Мітки
desk-whose-both = Вручну й за правилами
desk-whose-hand = Вручну
desk-whose-rules = За правилами
desk-show = Показати
desk-take = Зберегти цю діаграму
desk-with-position = Висловлювання з позицією
desk-part = { $from }–{ $to } з { $all }
desk-why-hand = Мітки вручну
desk-why-unread = Ніхто його не читав.
desk-why-rules = Що кажуть правила
desk-why-back = Назад до всіх
