checkins-not-yours = Отмечают пришедших организаторы мероприятия и тот, кто за него отвечает.
checkins-cancelled = Мероприятие отменено: отмечать на нём некого.
checkins-open = Отметить пришедших
checkins-nothing = Сейчас отмечать некого: ваших мероприятий в ближайшие дни нет.
checkins-choose =
    <b>Отметить пришедших</b>

    Выберите мероприятие:
checkins-row = { $at } · { $title }
checkins-desk =
    <b>Кто пришёл: { $title }</b>
    { $at }

    Пришли: <b>{ $came }</b>{ $guests ->
        [0] { "" }
       *[other] , из них гостей: { $guests }
    }
    { $answers ->
        [forgotten] Кто ответил, больше не хранится
       *[kept] Ответили «Иду»: { $going }{ $going ->
            [0] { "" }
           *[other] , ещё не отмечены: { $missing }
        }
    }
checkins-nobody = Наведите камеру телефона на профбилет того, кто пришёл, и подтвердите. Или найдите человека по имени.
checkins-latest = Последние:
checkins-line = { $at } { $name }{ $guest ->
        [yes] { " " }(гость)
       *[no] { "" }
    }
checkins-find = 🔍 Найти человека
checkins-guest = 👤 Гость
checkins-expected = Кого ждём
checkins-door = QR для двери
checkins-sheet-get = Таблица
checkins-back = ← К списку
checkins-missing = { $total ->
        [0] «{ $title }»: все, кто собирался, уже отмечены.
       *[other]
            «{ $title }». Ответили «Иду», ещё не отмечены: { $going }.{ $others ->
                [0] { "" }
               *[other] { " " }Могут прийти ещё: { $others }.
            }

            Нажмите на имя, чтобы отметить.
    }
checkins-ask-words = «{ $title }». Кого отметить? Напишите фамилию, имя или номер профбилета. Потом можно сразу писать следующего.
checkins-found = Нашлись по словам «{ $words }». Нажмите на имя, чтобы отметить.{ $more ->
        [yes] { " " }Есть и другие: если нужного нет, напишите фамилию и имя.
       *[no] { "" }
    }
checkins-none = По словам «{ $words }» никого не нашлось. Проверьте фамилию или напишите номер профбилета. Если у человека есть профбилет, наведите на него камеру телефона. Если он не в профсоюзе, добавьте его как гостя.
checkins-person = { $came ->
        [yes] ✓{ " " }
       *[no] { "" }
    }{ $name } · { $place }{ $answer ->
        [sure] { " " }· придёт
        [maybe] { " " }· возможно
        [waiting] { " " }· в листе ожидания
        [offered] { " " }· в листе ожидания
        [no] { " " }· не собирался
       *[other] { "" }
    }
checkins-ask-guest = «{ $title }». Как зовут гостя? Напишите имя. Бот забудет его через { $days } { $days ->
        [one] день
        [few] дня
       *[other] дней
    } после мероприятия.
checkins-guest-more = Ещё гость
checkins-marked =
    { $fresh ->
        [yes] ✅ <b>{ $name }</b> — отметили в { $at }
       *[no] <b>{ $name }</b> — уже отметили в { $at }
    }
    «{ $title }»{ $undo ->
        [yes] { "" }

    Ошиблись? До { $till } отметку можно снять.
       *[no] { "" }
    }
checkins-undo = Снять отметку
checkins-undone = Отметка снята: <b>{ $name }</b>, «{ $title }»
checkins-undone-already = Эта отметка уже снята.
checkins-kept = Прошло больше десяти минут: отметку уже не снять.
checkins-mark-at = ✅ Отметить на «{ $title }»
checkins-left = Этот человек больше не состоит в профсоюзе. Его можно отметить как гостя.
checkins-too-early = Отмечать можно не раньше чем за три часа до начала.
checkins-too-late = Отмечать уже поздно: с конца мероприятия прошло больше трёх дней.
checkins-door-hint = Наведите камеру телефона и нажмите на ссылку — бот отметит, что вы пришли
checkins-door-caption =
    <b>QR для двери: { $title }</b>

    Покажите его на экране или распечатайте. Кто пришёл, наводит камеру, открывает бота — и отметка готова.

    Работает с { $opens } до { $closes }.
checkins-door-came =
    ✅ <b>Вы отмечены</b>: «{ $title }», { $at }.

    Хорошо вам провести время!
checkins-door-already = Вы уже отмечены: «{ $title }», { $at }.
checkins-door-early = «{ $title }»: отметиться можно с { $at }. Откройте QR ещё раз, когда придёте.
checkins-door-late = Мероприятие «{ $title }» уже закончилось: отметиться можно было до { $at }. Если вы были, скажите организатору — он отметит.
checkins-door-gone = По этому QR вас не отметить: мероприятие отменили или оно не для вашей организации. Подойдите к организатору.
checkins-door-forged = Такого QR у нас нет. Возможно, он повреждён или подделан. Попросите организатора показать его ещё раз.
checkins-door-guest = По этому QR отмечаются члены профсоюза. Если вы пришли в гости, подойдите к организатору: он отметит вас как гостя.
checkins-filling = Заполняю таблицу, пришлю её сюда
checkins-sheet-title = Участники
checkins-sheet-caption = «{ $title }»: { $answers ->
        [forgotten] кто пришёл. Ответы и имена гостей уже не хранятся
       *[kept] кто ответил и кто пришёл
    }. Пришли: { $came }. В таблице имена людей — не пересылайте её посторонним.
checkins-sheet-name = Имя
checkins-sheet-number = Номер профбилета
checkins-sheet-place = Организация
checkins-sheet-answer = Ответ
checkins-sheet-answered = Когда ответил
checkins-sheet-sure = Подтверждение
checkins-sheet-came = Пришёл
checkins-sheet-at = Когда отмечен
checkins-sheet-by = Кто отметил
checkins-answer-going = Иду
checkins-answer-maybe = Возможно
checkins-answer-no = Не пойду
checkins-answer-waiting = Ждёт места
checkins-answer-offered = Предложено место
checkins-answer-none = Не отвечал
checkins-answer-forgotten = Уже не хранится
checkins-answer-guest = Гость
checkins-came-yes = Да
checkins-came-no = Нет
