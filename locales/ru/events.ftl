events-list-all = <b>Мероприятия</b>

    Сначала те, что в вашем регионе и по вашим интересам. Нажмите, чтобы узнать подробности и ответить.
events-list-home = <b>Мероприятия вашей первички</b>
events-list-region = <b>Мероприятия вашего региона</b>
events-list-mine = <b>Куда вы собираетесь</b>

    ✅ — идёте, ? — возможно, ⏳ — в листе ожидания.
events-list-local = Время в списке — местное, там, где проходит мероприятие.
events-none-all = Мероприятий пока нет. Как только их назначат, они появятся здесь.
events-none-home = У вашей первички пока ничего не назначено. Посмотрите, что есть в регионе.
events-none-region = В регионе пока ничего не назначено.
events-none-mine = Вы пока никуда не собираетесь. Выберите мероприятие и нажмите «Иду».
events-which-home = Моя ППО
events-which-region = Регион
events-which-all = Все
events-which-mine = Иду
events-row = { $mark ->
        [going] ✅ { $at } · { $title }
        [maybe] ? { $at } · { $title }
        [waiting] ⏳ { $at } · { $title }
        [offered] ❗ { $at } · { $title }
        [cancelled] ❌ отменено · { $title }
       *[no] { $at } · { $title }
    }
events-to-list = ← К мероприятиям

events-head = <b>{ $title }</b>
events-head-cancelled = ❌ <b>Отменено:</b> { $title }
events-reason = Почему: { $reason }
events-when = 🗓 { $when }
events-when-elsewhere = { $when } { $clock }, у вас { $here }
events-clock = { $zone ->
        [Kaliningrad] по Калининграду
        [Moscow] по Москве
        [Volgograd] по Волгограду
        [Saratov] по Саратову
        [Samara] по Самаре
        [Yekaterinburg] по Екатеринбургу
        [Omsk] по Омску
        [Novosibirsk] по Новосибирску
        [Tomsk] по Томску
        [Krasnoyarsk] по Красноярску
        [Irkutsk] по Иркутску
        [Chita] по Чите
        [Yakutsk] по Якутску
        [Vladivostok] по Владивостоку
        [Magadan] по Магадану
        [Sakhalin] по Южно-Сахалинску
        [Kamchatka] по Петропавловску-Камчатскому
       *[other] по времени города { $city }
    }
events-address = 📍 { $address }
events-point = 📍 Точка на карте
events-placeless = 📍 Место сообщим позже
events-link = 💻 Онлайн: { $link }
events-online = { $hint ->
        [answer] 💻 Онлайн. Ссылка появится здесь, когда вы ответите «Иду».
        [seat] 💻 Онлайн. Ссылка появится здесь, когда для вас найдётся место.
        [others] 💻 Онлайн. Ссылку увидят те, кто идёт.
       *[none] 💻 Онлайн
    }
events-seats = { $free ->
        [0] Мест: { $seats }, все заняты{ $waiting ->
            [0] .
           *[other] , в листе ожидания { $waiting }.
        }
       *[other] Мест: { $seats }, свободно { $free }.
    }
events-going = Идут: { $count }
events-answer-by = { $over ->
        [yes] Ответы принимали до: { $by }
       *[no] Ответить нужно до: { $by }
    }
events-contact = Вопросы: { $contact }
events-over = { $came ->
        [yes] ✅ Мероприятие уже прошло, вы на нём были.
       *[no] Мероприятие уже прошло.
    }
events-in-line = ⏳ Вы в листе ожидания, ваше место — { $place }. Когда до вас дойдёт очередь, бот предложит место.
events-left-in-line = Место для вас так и не освободилось. Если хотите прийти, спросите организатора.
events-offered = ❗ Для вас держим место до { $until }. Нажмите «Иду», чтобы его занять.

events-answer-going = Иду
events-answer-maybe = Возможно
events-answer-no = Не пойду
events-answer-waiting = В лист ожидания
events-answer-stands = В листе ожидания
events-said-here = ✅ Вы отмечены
events-said-going = ✅ Вы идёте
events-said-maybe = Вы ответили «Возможно»
events-said-no = Вы не идёте
events-said-waiting = Вы в листе ожидания
events-said-offered = Место держим для вас: нажмите «Иду»
events-said-full = Свободных мест нет. Можно встать в лист ожидания.
events-where = Где это
events-pin = Точка на карте
events-more = Подробнее

events-offer =
    ❗ <b>Освободилось место: { $title }</b>
    🗓 { $when }

    Держим его для вас до { $until }. Пойдёте? Если не ответите, место предложим следующему.
events-missed = Вы не ответили вовремя, и место на «{ $title }» за вами больше не держим. { $outcome ->
        [going] Оно пока свободно: если пойдёте, нажмите «Иду».
        [waiting] Его предложили другому. Если ещё хотите пойти, встаньте в лист ожидания снова.
       *[closed] Ответы больше не принимаются.
    }
events-call = { $days ->
        [0] ⏰ <b>Сегодня: { $title }</b>
        [1] ⏰ <b>Завтра: { $title }</b>
        [7] ⏰ <b>Через неделю: { $title }</b>
       *[other] ⏰ <b>Скоро: { $title }</b>
    }
events-call-going = Вы идёте. { $seats ->
        [yes] Если планы изменились, скажите сразу: место достанется другому.
       *[no] Если планы изменились, скажите сразу.
    }
events-call-maybe = Вы ответили «Возможно». { $seats ->
        [yes] Место за вами пока не держим. Решили?
       *[no] Решили?
    }
events-call-asks = Придёте? { $seats ->
        [yes] Если нет, скажите сейчас: место достанется другому.
       *[no] Если нет, скажите сейчас.
    }
events-will-come = Приду
events-cannot = Не смогу

events-gone = Этого мероприятия больше нет, или оно не для вашей организации.
events-cancelled = Мероприятие отменено.
events-begun = Мероприятие уже началось. Если что-то изменилось, скажите организатору.
events-here = Вы уже отмечены на этом мероприятии, отвечать больше не нужно. Если это ошибка, скажите организатору.
events-closed = Ответы на это мероприятие уже не принимаются. Если очень нужно, спросите организатора.
events-fewer-than-taken = Мест не может быть меньше, чем уже занято: { $taken }.
