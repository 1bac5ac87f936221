events-report-open = 📝 Отчёт
events-report-card =
    { $written ->
        [yes] 📝 <b>Отчёт: { $title }</b>
       *[no] 📝 <b>Как прошло: { $title }</b>
    }
    { $at }

    Пришли: <b>{ $came }</b>{ $differs ->
        [yes] , по отметкам { $marked }
       *[no] { "" }
    }{ $guests ->
        [0] { "" }
       *[other] , из них гостей: { $guests }
    }{ $words ->
        [none] { "" }
       *[other] { "" }
    Текст: { $words }
    }{ $media ->
        [0] { "" }
       *[other] { "" }
    Фото и файлов: { $media }
    }{ $written ->
        [yes] { "" }
       *[no] { "" }

    Расскажите, как всё было: текст и фото. Из отчёта потом одним нажатием получится новость.
    }
events-report-write = Написать отчёт
events-report-rewrite = Изменить отчёт
events-report-recount = Исправить число
events-report-to-news = 📣 Сделать новостью
events-report-keep = ← Вернуться
events-report-ask = «{ $title }». Пришлите отчёт: текст, фото, альбом или видео с подписью — так, как рассказали бы другу.
events-report-ask-count = «{ $title }». Сколько человек пришло на самом деле? Напишите число. По отметкам пришли { $marked }.
events-report-unrated = Оценок пока нет.
events-report-rated = Оценка: <b>{ $average }</b> из 5, оценили { $count }
events-report-withheld = Слова появятся здесь, когда оценят хотя бы трое: так не узнать, кто их написал.
events-report-said = — { $words }
events-report-head =
    <b>{ $title }</b>
    { $at }. { $came ->
        [one] Пришёл { $came } человек.
        [few] Пришли { $came } человека.
       *[other] Пришли { $came } человек.
    }
events-report-early = Отчёт пишут, когда мероприятие началось.
events-report-unlikely = Проверьте число: столько людей не собирали ещё ни разу.
events-report-fewer = По отметкам пришли { $marked }: меньше быть не может. Ошиблись при отметке — её снимают на списке пришедших.
events-report-unwritten = Сначала напишите отчёт: из него и получится новость.
