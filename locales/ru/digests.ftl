digests-head = { $count ->
        [one] <b>📰 Дайджест: { $count } новость</b>
        [few] <b>📰 Дайджест: { $count } новости</b>
       *[other] <b>📰 Дайджест: { $count } новостей</b>
    }
digests-line = • { $title }
digests-tail = Нажмите на новость, чтобы прочитать её целиком.
digests-more = Ещё { $count }
