invitations-title = Вступайте в профсоюз
invitations-hint = Наведите камеру телефона или пришлите этот код боту @{ $bot }:
invitations-card =
    <b>Приглашение в профсоюз</b>
    { $place }

    Код: <code>{ $code }</code>
    Ссылка: { $link }
invitations-label = Подпись: { $label }
invitations-unlimited = Без срока
invitations-until = Действует по { $day } включительно
invitations-over = Срок закончился { $day }
invitations-revoked-at = ⛔️ <b>Отозвано</b> { $at }
invitations-counts = Открыли: { $opened } · Вступили: { $joined }

invitations-sign = Подпись
invitations-limit = Срок
invitations-revoke = Отозвать
invitations-renew = Новое приглашение
invitations-all = Все приглашения
invitations-back = ← К приглашению
invitations-ask-label = Как подписать это приглашение? Например: Проходная, ноябрь. Подпись видят только те, кто приглашает и рассматривает заявки.
invitations-ask-end = До какого дня действует приглашение? Этот день ещё считается. Например: 31 декабря, завтра, через 30 дней или без срока.
invitations-revoke-sure = Отозвать приглашение? Код и QR перестанут действовать навсегда.
invitations-revoke-yes = Да, отозвать
invitations-revoke-no = Нет, оставить
invitations-revoked-now = Приглашение отозвано
invitations-fixed = Это приглашение уже отозвано, изменить его нельзя. Новое — по команде /invite.

invitations-none = Действующих приглашений нет. Новое — по команде /invite.
invitations-list = Действующих приглашений: { $count }. Сначала новые.
invitations-row = <b>{ $name }</b> · { $place }
invitations-choose-place = В какую организацию приглашаете?
invitations-no-places = Организаций пока нет в списке, приглашать некуда. Сначала их должен загрузить администратор.
invitations-find = Найти
invitations-ask-words = Напишите название организации или несколько слов из него.
invitations-found = Вот что нашлось. Нет нужной? Напишите точнее.
invitations-not-found = Такой организации среди ваших не нашлось. Напишите по-другому, например одно слово из названия, или выберите из списка.
invitations-all-places = Показать список

invitations-member = Вы уже член профсоюза, вступать ещё раз не нужно. А приглашением можно поделиться с коллегами: { $link }
invitations-unknown = Приглашения с таким кодом нет. Проверьте код и пришлите его ещё раз. Вступить можно и без приглашения.
invitations-ended = Срок этого приглашения закончился. Попросите новое у того, кто вас пригласил. Вступить можно и без приглашения.
invitations-revoked = Это приглашение отозвали. Попросите новое у того, кто вас пригласил. Вступить можно и без приглашения.
