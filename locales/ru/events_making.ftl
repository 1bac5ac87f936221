events-start =
    <b>Мероприятие</b>

    От чьего имени оно будет? Его увидят члены этой организации и всех ниже неё.
events-start-open =
    <b>Мероприятие</b>

    Откройте то, что уже есть, или выберите, от чьего имени создать новое.
events-new-for = ➕ { $place }
events-managed-row = { $state ->
        [draft] 📝 { $title }
        [review] 👀 { $title }
        [returned] ↩️ { $title }
        [over] ✔️ { $title }
        [cancelled] ❌ { $title }
       *[open] 📅 { $title }
    }{ $day ->
        [none] { "" }
       *[other] , { $day }
    }
events-managed-all = Все опубликованные
events-managed =
    <b>Опубликованные мероприятия</b>

    Сначала ближайшие, потом прошедшие за месяц.
events-untitled = Без названия

events-ask-title = Как называется мероприятие? Коротко, например: Спартакиада энергетиков.
events-ask-words = { $open ->
        [yes] Пришлите новое описание целиком, текстом. Оно заменит прежнее; фото останутся.
       *[no] Расскажите, что будет: текст, можно с фото, видео или альбомом. Всё одним сообщением.
    }
events-ask-start = { $open ->
        [yes] На когда перенести? Выберите день или напишите: «{ $example }». Окончание сдвинется вместе с началом.
       *[no] Когда начало? Выберите день или напишите: «{ $example }», «завтра в 9», «в субботу 10:00–12:00».
    } Время местное ({ $city }).
events-read-when = 🕒 { $when }
events-ask-hour = { $day }. Во сколько начало? Выберите час или напишите: «18:30» или «18:30–20:00». Время местное ({ $city }).
events-ask-end = Когда закончится? Выберите, сколько продлится, или напишите час: «20:00».
events-ask-place = { $open ->
        [yes] Где теперь? Напишите адрес с городом, отправьте геопозицию (📎 → «Геопозиция») или пришлите ссылку на онлайн-встречу.
       *[no] Где это будет? Напишите адрес с городом, отправьте геопозицию (📎 → «Геопозиция») или пришлите ссылку на онлайн-встречу: её увидят только те, кто идёт.
    }
events-ask-address = Точку на карте записали. Напишите адрес или название места, чтобы было понятно словами.
events-ask-seats = Сколько мест? Напишите число. Когда места кончатся, бот сам поведёт лист ожидания.
events-ask-by = До какого времени нужно ответить? Выберите или напишите: «{ $example }». Время местное ({ $city }).
events-ask-host = Кто отвечает за мероприятие? Напишите фамилию, имя или номер профбилета. Подойдут и @имя, и Telegram ID. Этот человек сможет отмечать пришедших.
events-ask-contact = К кому обращаться с вопросами? Напишите одной строкой, например: Анна Смирнова, +7 912 345-67-89.
events-host-me = Отвечаю я
events-host-outside = Этот человек не состоит в профсоюзе. Ответственным может быть член профсоюза или организатор этой организации.
events-hosts-found = Нашлись по словам «{ $words }». Нажмите на имя того, кто отвечает.{ $more ->
        [yes] { " " }Есть и другие: если нужного нет, напишите фамилию и имя.
       *[no] { "" }
    }
events-host-unknown = По словам «{ $who }» никого не нашлось. Проверьте фамилию или напишите номер профбилета. @имя и Telegram ID подойдут, если человек уже писал боту.
events-lasts = { $half ->
        [yes] { $hours },5 ч
       *[no] { $hours } ч
    }
events-before = За { $hours } ч
events-other-day = ← Другой день
events-without-place = Место сообщим позже
events-without-seats = Без ограничений
events-without-by = До самого начала
events-back = ← Назад
events-skip = Пропустить
events-to-draft = Остальное потом
events-keep = ← Вернуться

events-field-title = Название
events-field-words = Описание
events-field-start = Начало
events-field-end = Окончание
events-field-place = Место
events-field-seats = Сколько мест
events-field-by = Ответить до
events-field-host = Кто отвечает
events-field-contact = Кому вопросы
events-spread = Кто увидит и как
events-whom = Для кого
events-targets = В каких ППО
events-herald = Объявление
events-whose = От чьего имени
events-clock-of = Часовой пояс
events-preview = Показать, как увидят

events-draft =
    { $standing ->
        [review] 👀 <b>Мероприятие на проверке</b>
        [returned] ↩️ <b>Мероприятие вернули</b>
       *[draft] 📝 <b>Черновик мероприятия</b>
    }{ $remark ->
        [none] { "" }
       *[other] { "" }

    Замечание: { $remark }
    }

    <b>{ $title ->
        [none] Без названия
       *[other] { $title }
    }</b>
    Когда: { $when ->
        [none] не указано
       *[other] { $when }
    }
    Где: { $where ->
        [none] сообщим позже
       *[other] { $where }
    }
    Описание: { $words ->
        [none] нет
       *[other] { $words }
    }{ $media ->
        [0] { "" }
       *[other] { "" }
    Вложений: { $media }
    }

    От имени: { $place }{ $standing ->
        [review] { "" }
    Автор: { $author }
       *[draft] { "" }
    }
    Для кого: { $audience ->
        [young] для молодёжи до 35 лет включительно
        [followers] для тех, кто выбрал эти рубрики
       *[all] для всех
    }
    В каких ППО: { $targets ->
        [all] вся организация и ниже
       *[other] { $targets }{ $others ->
            [0] { "" }
           *[other] { " " }и ещё { $others }
        }
    }
    Рубрики: { $rubrics ->
        [none] без рубрики
       *[other] { $rubrics }
    }
    Мест: { $seats ->
        [none] без ограничений
       *[other] { $seats }
    }
    Ответить до: { $by ->
        [none] начала
       *[other] { $by }
    }
    Ответственный: { $host ->
        [me] вы
        [none] не указан
       *[other] { $host }
    }
    Кому вопросы: { $contact ->
        [none] не указано
       *[other] { $contact }
    }
    Объявление: { $herald ->
        [urgent] сообщением сразу
        [none] без объявления
       *[digest] новостью в дайджест и в ленту
    }{ $channels ->
        [none] { "" }
       *[other] { "" }
    Канал: { $channels }
    }
    Увидят: { $recipients }
events-left = Осталось указать: { $what }.
events-left-title = название
events-left-start = начало
events-left-end = окончание

events-desk =
    { $state ->
        [cancelled] ❌ <b>Мероприятие отменено</b>
        [over] ✔️ <b>Мероприятие прошло</b>
       *[open] 📅 <b>Мероприятие опубликовано</b>
    }

    <b>{ $title }</b>
    Когда: { $when }
    Где: { $where ->
        [none] сообщим позже
       *[other] { $where }
    }{ $reason ->
        [none] { "" }
       *[other] { "" }
    Почему отменено: { $reason }
    }

    { $answers ->
        [forgotten] Кто ответил, больше не хранится
       *[kept] Идут: { $is_going }{ $is_sure ->
            [0] { "" }
           *[other] , подтвердили: { $is_sure }
        } · возможно: { $is_maybe } · в листе ожидания: { $is_waiting }{ $is_offered ->
            [0] { "" }
           *[other] { " " }· место предложено: { $is_offered }
        }
    }
    Мест: { $seats ->
        [none] без ограничений
       *[other] { $seats }
    }
    Ответить до: { $by ->
        [none] начала
       *[other] { $by }
    }
    Ответственный: { $host ->
        [me] вы
        [none] не указан
       *[other] { $host }
    }
    Кому вопросы: { $contact ->
        [none] не указано
       *[other] { $contact }
    }
events-manage = 🛠 Управлять
events-change = Изменить
events-move = Перенести
events-cancel = Отменить мероприятие
events-repeat = Повторить через неделю
events-repeated = Такой черновик уже есть, вот он.
events-as-member = Карточка мероприятия
events-change-what = Что изменить? Все, кто ответил, узнают, что было и что стало.
events-changed = { $told ->
        [0] ✅ Изменили. Сообщать об этом пока некому.
       *[other] ✅ Изменили. Бот сообщит об этом всем, кто ответил. Их: { $told }
    }
events-ask-move =
    Перенести мероприятие «{ $title }»?

    Было: { $before }
    Станет: { $after }{ $by ->
        [none] { "" }
        [closed] { "" }
    Ответить уже нельзя: срок прошёл. Так и останется, пока вы не измените «Ответить до».
       *[other] { "" }
    Ответить можно будет до: { $by }
    }

    Об этом узнают все, кто ответил: { $told ->
        [one] { $told } человек
        [few] { $told } человека
       *[other] { $told } человек
    }.
events-move-yes = Да, перенести
events-move-other = Другое время
events-ask-reason = Почему отменяем мероприятие «{ $title }»? Напишите одной-двумя фразами: причину увидят все, кто ответил.
events-ask-cancel =
    Отменить мероприятие «{ $title }»? Вернуть его не получится, но можно будет повторить.

    Причина: { $reason }

    Об этом узнают все, кто ответил: { $told ->
        [one] { $told } человек
        [few] { $told } человека
       *[other] { $told } человек
    }.
events-cancel-yes = Да, отменить
events-sure-discard = Удалить черновик «{ $title }»? Вернуть его не получится.

events-ask-spread =
    <b>Кто увидит и как</b>

    Для кого мероприятие, от чьего имени, как о нём расскажут и по каким часам оно идёт.
events-ask-herald =
    <b>Объявление</b>

    В списке «📅 Мероприятия» его увидят в любом случае. Рассказать о нём ещё и новостью?
events-herald-digest = Новостью в дайджест
events-herald-urgent = Сообщением сразу
events-herald-none = Без объявления
events-ask-whose =
    <b>От чьего имени</b>

    Мероприятие увидят члены выбранной организации и всех ниже неё. Время пойдёт по её часам.
events-ask-clock =
    <b>Часовой пояс</b>

    По каким часам пройдёт мероприятие? Часы, которые вы указали, не изменятся: 18:00 останется 18:00.
events-preview-news = ↑ Так увидят карточку, под ней будут кнопки ответа. А так — объявление:
events-preview-end = { $herald ->
        [none] ↑ Так увидят карточку, под ней будут кнопки ответа. Объявления не будет.
       *[other] Это всё.
    }{ $out ->
        [none] { "" }
       *[other] { " " }Если всё хорошо, нажмите «{ $out }».
    }

events-news-title = 📅 <b>{ $title }</b>
events-news-when = { $when } { $clock }
events-news-cancelled = ❌ <b>Отменено: { $title }</b>{ $reason ->
        [none] { "" }
       *[other] { "" }
    Почему: { $reason }
    }
events-news-more = 📅 Подробнее

events-told-changed = { $moved ->
        [yes] 🕘 <b>Перенесено: { $title }</b>
       *[no] ✏️ <b>Изменилось: { $title }</b>
    }
events-told-title = Название: было «{ $before }», стало «{ $after }».
events-told-when = Когда: было { $before }, стало <b>{ $after }</b>.
events-told-where = Где: было «{ $before }», стало <b>«{ $after }»</b>.
events-told-seats = Мест: было { $before }, стало { $after }.
events-told-answer-by = Ответить нужно: было до { $before }, стало до { $after }.
events-told-contact = Кому вопросы: было «{ $before }», стало «{ $after }».
events-told-words = Описание: было «{ $before }», стало «{ $after }».
events-told-further = Описание изменилось, новое — на карточке.
events-told-point = { $there ->
        [no] Точку на карте убрали, адрес прежний.
       *[other] Точка на карте другая, она на карточке.
    }
events-told-link = Ссылка на встречу теперь новая, она на карточке.
events-told-online = онлайн
events-told-nowhere = сообщим позже
events-told-beginning = самого начала
events-told-no-limit = без ограничений
events-told-again = Вы ответили «Не пойду». Если теперь сможете прийти, ответьте снова.
events-told-off =
    ❌ <b>Отменено: { $title }</b>
    Должно было быть: { $when }

    Почему: { $reason }{ $contact ->
        [none] { "" }
       *[other] { "" }
    Вопросы: { $contact }
    }
events-told-host = Вы теперь отвечаете за мероприятие «{ $title }» ({ $when }). Вы сможете видеть ответы и отмечать пришедших.
events-told-hostless = 👤 Ответственный за мероприятие «{ $title }» ({ $when }) вышел из профсоюза. Назначьте другого, чтобы участникам было к кому обратиться.
events-appoint = Назначить ответственного
events-told-published = 📅 Ваше мероприятие опубликовано: «{ $teaser }»
events-told-silent = 📅 Ваше мероприятие опубликовано без объявления: «{ $teaser }»
events-told-returned =
    ↩️ Ваше мероприятие вернули: «{ $teaser }»

    Замечание: { $remark }

events-not-organiser = Мероприятия создают организаторы и администраторы, а у вас такой роли здесь нет. Роли назначает администратор.
events-drafts-only = Опубликовать, изменить или отменить мероприятие может организатор с правом публикации. Отправьте ему черновик на проверку.
events-unfinished = Осталось указать { $what ->
        [title] название
        [start] начало
       *[end] окончание
    }. Нажмите на эту кнопку в черновике.
events-draft-changed = Черновик изменился, пока вы на него смотрели. Проверьте и опубликуйте ещё раз.
events-start-passed = Начало уже прошло. Нажмите «Начало» в черновике и укажите другое время.
events-answer-passed = Срок, до которого нужно ответить, уже прошёл: никто не смог бы записаться. Нажмите «Ответить до» в черновике и укажите другой.
events-asked-before = С тех пор всё изменилось. Прочитайте ещё раз и подтвердите.
events-elsewhere = С этим мероприятием так уже нельзя: его отправили на проверку, опубликовали, отменили или удалили. Откройте его заново: /newevent
events-has-been = Мероприятие уже прошло, его не изменить. Но его можно повторить.
events-title-empty = Название нужно словами. Напишите его, например: Спартакиада энергетиков.
events-end-first = Окончание получилось раньше начала. Напишите время позже.
events-too-lasting = Получилось слишком долго: мероприятие может длиться не больше { $days } дней.
events-answer-late = Ответить нужно до начала мероприятия. Выберите время раньше.
events-start-first = Сначала укажите начало: от него считаются окончание и время ответа.
events-seats-unreadable = Напишите число мест цифрами, от 1 до { $most }.
events-link-unreadable = Похоже, в ссылке ошибка. Пришлите её целиком, без пробелов, например: https://example.org/meet
