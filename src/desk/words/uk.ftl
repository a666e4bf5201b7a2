# The words of the desk, українська. What stands after $ is put in; the corpus' own words stay as they are.

## Every room

desk = Робоче місце
desk-code = Кодування
desk-settle = Рішення
desk-review = Перевірка
desk-rules = Правила
desk-explore = Огляд
desk-rooms = Сторінки
desk-coder = Кодує: { $coder }
desk-another = Змінити
desk-faults = У корпусі є помилки. Ви бачите його попередній стан.
desk-faults-first = У корпусі є помилки. Виправте їх у редакторі та завантажте сторінку знову.
desk-offline = Програма не відповідає. Подивіться в термінал. Останню відповідь могло бути не збережено.
desk-single-keys = Клавіші відповідають
desk-undo = Скасувати
desk-previous = Назад
desk-next = Далі
desk-skip = Пропустити
desk-save = Зберегти
desk-set-aside = Відкладено від тих, хто пише правила

## Who codes

desk-who = Хто ви?
desk-who-why = Ваші відповіді йдуть у власний файл. Відповідей інших ви не бачите.
desk-who-new = Або інше ім’я
desk-who-begin = Почати

## Code

desk-key-list = 1–9 вибирають рівень, 0 — без позиції, x — без позиції щодо решти тем. ? — не впевнені, n — нотатка, u — скасувати. Пробіл пропускає висловлювання, стрілки ведуть назад і далі, i — наступна тема.
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
desk-none-why = Тут немає позиції щодо цієї теми. Це не середина шкали.
desk-rest = Без позиції щодо решти тем
desk-unsure = Не впевнені
desk-rationale = Нотатка: чому цей рівень або що незрозуміло
desk-reopen = Забрати відповідь
desk-next-issue = Наступна тема
desk-conventions = Як читати
desk-keys = Клавіші
desk-queue = Порядок і частка
desk-order = Порядок
desk-order-shuffled = Перемішаний
desk-order-date = За датою
desk-order-speaker = За мовцем
desk-seed = Число для перемішування
desk-overlap = Відсоток, який усі читають першим
desk-issues = Теми
desk-all-issues = Усі теми
desk-seen-only = Без відкладених висловлювань (якщо ви пишете правила)
desk-show-unsure = До першої
desk-finished = У цій черзі все має відповідь.
desk-saved = Збережено: { $issue }, { $answer }
desk-undone = Скасовано: { $issue }, { $answer }
desk-undone-rest = Скасовано: без позиції щодо решти тем
desk-taken-back = забрано
desk-nothing-to-undo = У цьому сеансі нема чого скасовувати. На те, що було у файлі раніше, можна відповісти знову.
desk-differs = Інша програма змінила цю відповідь, відколи ви її бачили. Нічого не збережено. Ось вона зараз. Щоб змінити, відповідайте знову.
desk-undo-differs = Інша програма відтоді змінила цю відповідь. Вона лишається як є.
desk-answer-none = без позиції
desk-answer-unsure = не впевнені
desk-only-rationale = Зберегти нотатку

## Settle

desk-settle-none = Нема чого вирішувати. Для розбіжності потрібні двоє, хто читали те саме й відповіли по-різному.
desk-settle-done = Усі розбіжності вирішено.
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
