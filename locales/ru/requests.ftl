requests-none = Заявок на рассмотрении нет.
requests-list = Заявок на рассмотрении: { $count }. Первыми — те, что ждут дольше.
requests-row = { $name } · { $days ->
        [0] сегодня
        [one] ждёт { $days } день
        [few] ждёт { $days } дня
       *[other] ждёт { $days } дней
    }{ $place ->
        [none] { "" }
       *[other] { "" } · { $place }
    }
requests-open = Открыть заявку
requests-who =
    <b>Заявка на вступление</b>

    { $name }
    { $age } { $age ->
        [one] год
        [few] года
       *[other] лет
    }{ $young ->
        [yes] { "" } · <b>до 35</b>
       *[no] { "" }
    } · { $born }
    Телефон: { $phone }{ $verified ->
        [yes] { "" } ✓
       *[no] { "" } (не подтверждён)
    }
    Организация: { $place }
    { $came ->
        [invited] Как пришли: по приглашению{ $label ->
            [none] { "" }
           *[other] { "" } «{ $label }»
        }{ $inviter ->
            [none] { "" }
           *[other] { "" } ({ $inviter })
        }
       *[self] Как пришли: без приглашения
    }
    Отправлена: { $since }{ $days ->
        [0] { "" }
        [one] { "" }, ждёт { $days } день
        [few] { "" }, ждёт { $days } дня
       *[other] { "" }, ждёт { $days } дней
    }
requests-register-same = В реестре: совпадает, № { $number }.
requests-register-differs = В реестре: отличается, № { $number }. Не сходится: { $differences }.
requests-register-offer = Если это тот же человек, подтвердите с номером { $number }; иначе номер будет новый.
requests-register-absent = В реестре: нет.
requests-differs-name = имя
requests-differs-born = дата рождения
requests-differs-phone = телефон
requests-differs-organisation = организация
requests-differs-left = отмечен как выбывший
requests-former = Раньше в профсоюзе: { $name }, № { $number }, { $place }, до { $left }.
requests-former-other = ⚠️ С этого аккаунта Telegram раньше был другой член профсоюза: { $name }, № { $number }, { $place }, до { $left }. Этот номер не перейдёт.
requests-rejected-before = Прошлую заявку отклонили { $at }. Причина: <i>{ $reason }</i>
requests-perhaps = ⚠️ Возможно, это { $name }, № { $number }, { $place }: уже член профсоюза с другим аккаунтом Telegram. { $matched ->
        [phone] Совпал телефон.
       *[person] Совпали имя и дата рождения.
    }
requests-also-applied = ⚠️ С такими же данными есть заявка с другого аккаунта Telegram.
requests-corrected =
    ✏️ Возвращали с замечанием: <i>{ $remark }</i>
    { $changed ->
        [none] С тех пор ничего не изменено.
       *[other] Изменено с тех пор: { $changed }.
    }
requests-confirm = Подтвердить
requests-confirm-as = Тот же человек — с № { $number }
requests-link = Тот же человек — перенести профбилет
requests-give-back = Вернуть
requests-reject = Отклонить
requests-confirmed = Подтверждено
requests-look-again = Пока карточка ждала, сведения изменились. Взгляните ещё раз.
requests-linked = Профбилет перенесён
requests-rejected = Отклонено
requests-ask-remark = Что нужно исправить? Напишите, это увидит заявитель.
requests-ask-reason = Почему отклоняете? Выберите причину или напишите свою: её увидит заявитель.
requests-ask-reject = Отклонить с такой причиной? Заявитель увидит: <i>{ $reason }</i>
requests-write-anew = Написать иначе
requests-reason-not-here = Не работает в этой организации
requests-reason-double = Заявка подана повторно
requests-reason-wrong = Указаны неверные данные
requests-keep = ← К заявке
requests-note-decision = Указать решение профкома
requests-correct-decision = Исправить решение профкома
requests-resolution = № { $number } от { $day }
requests-ask-decision = Напишите номер и дату решения профкома. Например: № 12 от 15.11.2026.
requests-done-returned = Заявка возвращена: { $name }. Ваше замечание уже отправлено; исправленная заявка придёт новым сообщением.
requests-done-rejected = Заявка отклонена: { $name }. Причина уже отправлена; подать заявку можно и снова.
requests-done-linked = Профбилет № { $number } перенесён: { $name }.
requests-done-confirmed = Решение профкома записано: { $resolution } — { $name }.
requests-decided-confirmed = ✅ <b>Подтверждена</b>: { $who }, { $at }.{ $number ->
        [none] { "" }
       *[other] { "" } Номер: { $number }.
    }{ $resolution ->
        [none] { "" }
       *[other] { "" } Решение профкома: { $resolution }.
    }
requests-decided-returned = ✏️ <b>Возвращена</b>: { $who }, { $at }. Исправить: { $remark }
requests-decided-rejected = ⛔️ <b>Отклонена</b>: { $who }, { $at }. Причина: { $remark }
requests-decided-withdrawn = <b>Отозвана</b> заявителем, { $at }.
requests-by-chair = председатель
requests-by-admin = администратор
requests-already-decided = { $who ->
        [you] Вы уже решили эту заявку:
       *[other] Эта заявка уже решена:
    } { $state ->
        [confirmed] подтверждена
        [returned] возвращена на исправление
        [rejected] отклонена
       *[withdrawn] отозвана заявителем
    }{ $who ->
        [nobody] .
        [you] .
        [chair] { "" }, председатель.
        [admin] { "" }, администратор.
       *[other] { "" }, { $who }.
    }
requests-other-organisation = Профбилет выдан в другой организации ({ $place }), у вас нет на неё прав. Перенести его может председатель уровнем выше или администратор.
requests-own = Это ваша собственная заявка: решение по ней примет кто-то другой.
requests-waiting = ⏰ Заявка ждёт решения { $days ->
        [one] уже { $days } день
        [few] уже { $days } дня
       *[other] уже { $days } дней
    }: { $name }, { $place }.
requests-ask-move-person = Совпали имя и дата рождения. Профбилет перейдёт к этому аккаунту, прежний его потеряет. Перенести?
requests-ask-move-phone = Совпал только телефон, имя или дата рождения другие. Убедитесь, что это тот же человек: профбилет перейдёт к этому аккаунту, прежний его потеряет. Перенести?
requests-move-yes = Да, перенести
requests-own-membership = Это ваш собственный профбилет: перенести его может другой председатель или администратор.
