posts-start =
    <b>Новость</b>

    Пришлите её прямо сюда или сначала выберите, от чьего имени она будет: её получат члены этой организации и всех ниже неё.
posts-start-open =
    <b>Новость</b>

    Пришлите новую прямо сюда или сначала выберите, от чьего имени: ✏️. Или откройте одну из прежних: 📣 — уже вышла, остальные ещё нет.
posts-list-all =
    { $out ->
        [yes] Все вышедшие: { $count }
       *[no] Все ещё не вышедшие: { $count }
    }
posts-list =
    { $out ->
        [yes] <b>Вышедшие новости</b>

        Сначала последние.
       *[no] <b>Ещё не вышли</b>

        Сначала ваши, потом чужие, которые ждут проверки или своего часа.
    }
posts-new-for = ✏️ { $place }
posts-row = { $standing ->
        [draft] 📝
        [review] 👀
        [returned] ↩️
        [scheduled] 🕘
       *[other] 📣
    } { $teaser }
posts-ask-content =
    Новость от имени «{ $place }».

    Пришлите её так, как отправили бы другу: текст, фото, альбом, видео, документ, голосовое или ссылку. Никто её не увидит, пока вы не нажмёте «Опубликовать».
posts-ask-rewrite = Пришлите новость заново — целиком, с фото или видео, если они нужны. Рубрики, получатели и время останутся.
posts-ask-correction = Пришлите исправленный текст целиком. Сначала покажу, что увидят люди, и ничего не изменю, пока вы не подтвердите. Фото и видео останутся прежними.
posts-correction-words = Фото и видео останутся прежними, исправить можно только текст. Пришлите его целиком.
posts-correction-sure =
    { $files ->
        [yes] Так новость будет выглядеть в ленте и у всех, кто её получил или открыл. Меняется только текст: фото и видео останутся прежними.
       *[no] Так новость будет выглядеть в ленте и у всех, кто её получил или открыл.
    }
posts-correct-all = Исправить у всех
posts-correct-keep = Оставить как есть
posts-left-out =
    Telegram разделил длинный текст на части, а в одной новости помещается не больше { $limit } знаков. Не вошло всё, начиная со слов «{ $begins }».

    Сократите текст и пришлите его заново целиком или оставьте как есть.
posts-only-a-part = Из альбома я вижу только ту часть, на которую вы ответили. Выберите ниже, от чьего имени новость, и пришлите альбом ещё раз целиком.
posts-came-late = Часть альбома дошла, когда новость уже ушла, и в неё не вошла. Посмотреть, что получилось: /post
posts-ask-whose = От чьего имени выйдет «{ $teaser }»? Её получат члены этой организации и всех ниже неё.
posts-keep = ← Вернуться
posts-album = Альбом без слов
posts-whose = <i>— { $place }</i>

posts-card =
    { $standing ->
        [draft] 📝 <b>Черновик новости</b>
        [review] 👀 <b>Новость на проверке</b>
        [returned] ↩️ <b>Новость вернули</b>
        [scheduled] 🕘 <b>Новость ждёт своего часа</b>
        [published] 📣 <b>Новость опубликована</b>
        [withdrawn] 🚫 <b>Новость отозвана</b>
       *[discarded] 🗑 <b>Черновик удалён</b>
    }{ $remark ->
        [none] { "" }
       *[other] { "" }

    Замечание: { $remark }
    }

    От имени: { $place }
    Автор: { $author }{ $media ->
        [0] { "" }
       *[other] { "" }
    Вложений: { $media }
    }
    Рубрики: { $rubrics ->
        [none] без рубрики
       *[other] { $rubrics }
    }
    Кому: { $audience ->
        [young] молодёжи до 35 лет включительно
        [followers] тем, кто выбрал эти рубрики
       *[all] всем
    }
    Где: { $targets ->
        [all] вся организация и ниже
       *[other] { $targets }{ $others ->
            [0] { "" }
           *[other] { " " }и ещё { $others }
        }
    }
    Когда: { $timing ->
        [urgent] срочно, сразу и со звуком, даже ночью
        [at] { $due } ({ $city })
       *[digest] в дайджест и в ленту
    }{ $channels ->
        [none] { "" }
       *[other] { "" }
    Канал: { $channels }
    }
    Получат: { $recipients }

posts-rubrics = Рубрики
posts-audience = Кому
posts-targets = Где
posts-when = Когда
posts-channels = Каналы
posts-preview = Показать новость
posts-rewrite = Изменить новость
posts-publish = Опубликовать
posts-submit = На проверку
posts-give-back = Вернуть с замечанием
posts-to-draft = Снова в черновики
posts-take-back = Забрать с проверки
posts-discard = Удалить черновик
posts-correct = Исправить
posts-withdraw = Отозвать
posts-history-open = Кто и что делал
posts-open = Открыть
posts-ready = Готово
posts-ticked = ✓ { $title }

posts-ask-rubrics =
    <b>Рубрики</b>

    О чём это? По рубрикам люди выбирают, что им интересно. Можно отметить несколько.
posts-ask-audience =
    <b>{ $of ->
        [event] Для кого
       *[news] Кому
    }</b>

    { $of ->
        [event] Сейчас увидят
       *[news] Сейчас получат
    }: { $recipients }
posts-audience-all = Всем
posts-audience-young = Молодёжи до 35
posts-audience-followers = Кто выбрал эти рубрики
posts-ask-targets =
    <b>{ $of ->
        [event] В каких ППО
       *[news] Где
    }</b>

    { $any ->
        [yes] Если ничего не отмечено, это для всей организации «{ $place }» и всех ниже. Отметьте, если нужна только часть.
       *[no] Ниже «{ $place }» организаций нет: это для неё самой.
    }

    { $of ->
        [event] Сейчас увидят
       *[news] Сейчас получат
    }: { $recipients }
posts-ask-when =
    <b>Когда</b>

    В дайджесте новость придёт каждому в его час. Срочная уходит сразу и со звуком, даже ночью.

    Нужен точный час? Напишите его: «завтра в 9», «{ $example }», «через 2 часа». Время местное ({ $city }).
posts-timing-digest = В дайджест
posts-timing-urgent = Срочно
posts-timing-at = В своё время
posts-moved = 🕘 Выйдет { $due } ({ $city }).
posts-unscheduled =
    { $may ->
        [yes] Новость снова черновик. Чтобы она вышла, нажмите «Опубликовать».
       *[no] Новость снова черновик. Чтобы она вышла, нажмите «На проверку».
    }
posts-ask-channels =
    <b>Каналы</b>

    Где ещё опубликовать? Новость выйдет там вместе с рассылкой.

posts-sending =
    { $pulse ->
        [running] Отправляется
        [paused] Отправка на паузе
        [stopped] Останавливается
        [over] Отправка завершена
       *[done] Отправляется
    }: { $percent } %
    { $bar }
    Доставлено: { $delivered }
    Заблокировали бота: { $blocked }
    Не удалось: { $failed }{ $unsure ->
        [0] { "" }
       *[other] { "" }
    Могло не дойти: { $unsure } — на них прервалась связь
    }
    Не отправлено: { $dropped }
    Осталось: { $left }{ $minutes ->
        [0] { "" }
       *[other] , примерно { $minutes } мин
    }{ $asleep ->
        [0] { "" }
       *[other] { "" }
    Ждут утра: { $asleep }
    }
posts-repeat = Отправить им ещё раз: { $count }
posts-to-paused = Пауза
posts-to-running = Продолжить
posts-to-stopped = Остановить

posts-done-published = Опубликовано
posts-done-scheduled = Выйдет в назначенный час
posts-done-corrected = Исправлено
posts-done-review = Отправлено на проверку
posts-done-draft = Снова черновик
posts-discarded = Черновик удалён.
posts-sure-discard = Удалить черновик «{ $teaser }»? Вернуть его не получится.
posts-discard-yes = Да, удалить
posts-sure-withdraw = Отозвать «{ $teaser }»? Новость исчезнет из ленты и новых дайджестов. В чатах у тех, кто её получил или открыл, сообщения моложе двух суток удалятся, а в более старых, до полугода, вместо текста будет «Новость отозвана».
posts-withdraw-yes = Да, отозвать
posts-ask-remark = Что поправить? Напишите одной-двумя фразами, их увидит автор ({ $author }).
posts-told-returned =
    ↩️ Вашу новость вернули: «{ $teaser }»

    Замечание: { $remark }
posts-told-published = 📣 Ваша новость вышла: «{ $teaser }»
posts-told-withdrawn = 🗑 Вашу новость отозвали: «{ $teaser }»
posts-told-scheduled = 🕘 Вашу новость одобрили, она выйдет в назначенный час: «{ $teaser }»

posts-history = <b>Кто и что делал</b>
posts-history-line = { $at } — { $what }{ $who ->
        [none] { "" }
       *[other] , { $who }
    }
posts-did-begun = черновик начат
posts-did-submitted = отправлено на проверку
posts-did-returned = возвращено с замечанием
posts-did-taken-back = взято с проверки
posts-did-scheduled = назначено время
posts-did-rescheduled = время изменено
posts-did-unscheduled = время отменено
posts-did-unbacked = снова на проверке: кто назначил время, больше не публикует новости
posts-did-published = опубликовано
posts-did-repeated = отправлено ещё раз тем, до кого могло не дойти
posts-did-sent-again = отправлено в каналы ещё раз
posts-did-withdrawn-again = отозвано из каналов ещё раз
posts-did-corrected = исправлено
posts-did-withdrawn = отозвано
posts-did-discarded = черновик удалён
posts-did-sending-paused = отправка на паузе
posts-did-sending-running = отправка продолжена
posts-did-sending-stopped = отправка остановлена

posts-empty = Здесь нечего публиковать. Пришлите текст, фото, видео или документ.
posts-unfit = Это не получится разослать как новость. Пришлите текст, фото, альбом, видео, документ, голосовое или ссылку.
posts-full = В альбоме Telegram не больше { $limit } частей: лишние не добавлены.
posts-past = Этот час уже прошёл. Выберите другое время.
posts-no-rubric = Сначала отметьте рубрики: по ним выбираются получатели.
posts-changed = Новость изменилась, пока вы на неё смотрели. Проверьте и опубликуйте ещё раз.
posts-correction-outdated = Это уже не последний вариант. Нажмите «Исправить» под новостью и пришлите текст ещё раз.
posts-edited-late = Ваша правка в новость не вошла: она уже не черновик. Откройте её через /post: оттуда её можно исправить или забрать с проверки.
posts-not-yours = Эту новость видят её автор и те, кто публикует новости организации.
posts-elsewhere = С этой новостью так уже нельзя: её опубликовали, вернули или удалили. Откройте её заново: /post

posts-reach-open = Охват
posts-refresh = Обновить
posts-digested = Доставлено в дайджестах: { $delivered }
posts-reach = Открыли: { $opened } · полезно: { $useful } · не полезно: { $useless }
posts-reach-numbers =
    Отправлено: { $sent }
    Доставлено: { $delivered }
    Заблокировали бота: { $blocked }
    Открыли: { $opened }
    Полезно: { $useful }, не полезно: { $useless }
posts-reach-place =
    <b>{ $place }</b>
    доставлено { $delivered } из { $sent }, открыли { $opened }, полезно { $useful }{ $blocked ->
        [0] { "" }
       *[other] , заблокировали бота { $blocked }
    }
posts-reached =
    <b>Охват</b> — { $teaser }

    <b>Все</b>
    { $everybody }

    <b>Молодёжь до 35 лет</b>
    { $young }

    { $count ->
        [0] Пока никто её не получил и не открыл.
       *[other] <b>По организациям</b> ({ $count })
    }
posts-reach-honest =
    «Открыли» — это нажатие на новость или на «Полезно» под ней: догадок здесь нет.{ $timing ->
        [digest] { " " }«Доставлено» — скольким она пришла в дайджесте.
       *[other] { "" }
    }
