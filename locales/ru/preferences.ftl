preferences-title = ⚙️ Настройки
preferences-screen =
    <b>⚙️ Настройки</b>

    <b>О чём вам писать.</b> 🔔 — пишем, 🔕 — нет. Нажмите, чтобы переключить. Срочное приходит и в тихие часы. Какие новости идут первыми, решают «Интересы» в профиле.{ $decides ->
        [yes] { " " }О заявках, которые ждут вашего решения, напомним в любом случае.
       *[no] { "" }
    }

    <b>Дайджест</b> — новости одним сообщением: { $frequency ->
        [daily] каждый день в { $hour }
        [workdays] по рабочим дням в { $hour }
        [weekly] раз в неделю, по понедельникам в { $hour }
       *[off] выключен
    }.{ $waits ->
        [no] { "" }
        [today] { " " }В этот час у вас тихо, поэтому он придёт в { $comes }.
       *[tomorrow] { " " }В этот час у вас тихо, поэтому он придёт на следующий день в { $comes }.
    }

    <b>Часы уведомлений:</b> { $hours }, время — { $zone }.
preferences-switch = { $on ->
        [yes] 🔔 { $title }
       *[no] 🔕 { $title }
    }
preferences-kind-news = Общие новости
preferences-kind-events = Мероприятия
preferences-kind-polls = Голосования
preferences-kind-reminders = Напоминания
preferences-often-daily = Каждый день
preferences-often-workdays = По рабочим дням
preferences-often-weekly = Раз в неделю
preferences-often-off = Выключен
preferences-earlier = ← в { $hour }
preferences-later = в { $hour } →
