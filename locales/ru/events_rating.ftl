events-rating-ask =
    Вы были на мероприятии «{ $title }». Как всё прошло?

    1 — плохо, 5 — отлично. Организаторы увидят оценку без имени.
events-rating-star = { $chosen ->
        [yes] ✓ { $count }
       *[no] { $count }
    }
events-rating-thanks =
    Спасибо! «{ $title }»: ваша оценка { $stars }.{ $words ->
        [none] { "" } Хотите — добавьте пару слов.
       *[other] { "" }

    Ваши слова: { $words }
    }
events-rating-comment = Добавить пару слов
events-rating-reword = Изменить слова
events-rating-ask-words = Что понравилось, а что сделать иначе? Напишите одним сообщением. Организаторы прочитают это без имени.
events-rating-early = Мероприятие ещё не закончилось. Оценить его можно будет, когда оно пройдёт.
events-rating-not-there = Оценивают те, кто был на мероприятии и отметился.
