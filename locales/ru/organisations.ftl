organisations-overview =
    <b>Организации</b>

    Центральный комитет: { $union }
    Территориальные: { $territorial }
    Первичные: { $primary }
    Членов профсоюза: { $members }

    Откройте организацию или найдите её по названию или коду.
organisations-none = Организаций пока нет. Их загружают на сервере из файла: <code>python -m bot import organisations FILE.csv</code>
organisations-row = { $code } · { $name }
organisations-twins = Названия повторяются, поэтому перед ними стоит код:
organisations-one-of-twins = { $name } (код { $code })
organisations-twin = <b>{ $code }</b> — { $place }
organisations-card =
    <b>{ $name }</b>

    Код: <code>{ $code }</code>
    Уровень: { $level ->
        [union] центральный комитет
        [territorial] территориальная организация
       *[primary] первичная организация
    }
    Входит в: { $parent }
    Часовой пояс: { $zone }
    Председатель: { $chairs }
    Членов профсоюза: { $members }
    Организаций ниже: { $below }
organisations-no-chair = не назначен
organisations-more-chairs = и ещё { $count }
organisations-up = ↑ { $name }
organisations-all = К списку
organisations-find = Найти
organisations-ask-words = Напишите слова из названия или код организации. Например: тюмень.
organisations-found = Нашлось организаций: { $count }.{ $more ->
        [yes] { "" } Показаны первые { $shown }, добавьте слово, чтобы уточнить.
       *[no] { "" }
    }
organisations-not-found = Ничего не нашлось. Напишите по-другому, например одно слово из названия или код.
organisations-unknown-code = Организации с кодом «{ $code }» нет. Коды показывает /orgs.
organisations-out-of-reach = Эта организация не в вашем ведении. Те, что в вашем, показывает /orgs.
