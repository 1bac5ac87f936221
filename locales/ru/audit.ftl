audit-title = <b>Журнал действий</b>
audit-none = В журнале пока ничего нет.
audit-line = { $at } · <b>{ $who }</b>: { $what }
audit-system = система
audit-earlier = Раньше
audit-latest = К последним

audit-action-role-granted = назначена роль «{ role-name }»{ $review ->
        [yes] { " " }(новости на проверку)
       *[no] { "" }
    } — { $place }; кому: { $about }
audit-action-role-revoked = снята роль «{ role-name }» — { $place }; с кого: { $about }
audit-action-application-sent = отправлена заявка: { $about }
audit-action-application-withdrawn = отозвана заявка: { $about }
audit-action-application-confirmed = подтверждена заявка: { $about }
audit-action-application-returned = возвращена на исправление заявка: { $about }
audit-action-application-rejected = отклонена заявка: { $about }
audit-action-application-noted = записано решение профкома по заявке: { $about }
audit-action-consent-given = дано согласие на обработку персональных данных
audit-action-member-admitted = в профсоюз принят новый член: { $about }
audit-action-member-moved = профбилет перенесён на другой аккаунт Telegram: { $about }
audit-action-member-left = выход из профсоюза: { $about }
audit-action-member-renamed = изменено имя, теперь: { $about }
audit-action-member-phone = изменён телефон: { $about }
audit-action-invitation-created = создано приглашение { $about }
audit-action-invitation-revoked = отозвано приглашение { $about }
audit-action-invitation-labelled = изменена подпись приглашения { $about }
audit-action-invitation-limited = изменён срок приглашения { $about }
audit-action-profile-zone = изменён свой часовой пояс
audit-action-profile-hours = изменены свои часы уведомлений
audit-action-interests-added = добавлена рубрика: { $about }
audit-action-interests-renamed = переименована рубрика, теперь: { $about }
audit-action-interests-retired = убрана рубрика: { $about }
audit-action-interests-restored = возвращена рубрика: { $about }
audit-action-organisations-added = загружены новые организации
audit-action-organisation-updated = обновлена организация: { $place }
audit-action-registry-imported = загружен реестр членов профсоюза
audit-action-consent-withdrawn = отозвано согласие на обработку персональных данных
audit-action-event-begun = начат черновик мероприятия
audit-action-event-submitted = отправлено на проверку мероприятие: { $about }
audit-action-event-published = опубликовано мероприятие: { $about }
audit-action-event-changed = изменено мероприятие: { $about }
audit-action-event-cancelled = отменено мероприятие: { $about }
audit-action-event-repeated = повторено мероприятие: { $about }
audit-action-event-discarded = удалён черновик мероприятия: { $about }
audit-action-channel-confirmed = канал «{ $about }» подключён: говорит от имени { $place }
audit-action-channel-disconnected = канал «{ $about }» отключён от { $place }
