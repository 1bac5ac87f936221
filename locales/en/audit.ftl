audit-title = <b>Journal</b>
audit-none = There is nothing in the journal yet.
audit-line = { $at } · <b>{ $who }</b>: { $what }
audit-system = the system
audit-earlier = Earlier
audit-latest = To the latest

audit-action-role-granted = role “{ role-name }”{ $review ->
        [yes] { " " }(news goes to review)
       *[no] { "" }
    } granted — { $place }; to: { $about }
audit-action-role-revoked = role “{ role-name }” revoked — { $place }; from: { $about }
audit-action-application-sent = application sent: { $about }
audit-action-application-withdrawn = application withdrawn: { $about }
audit-action-application-confirmed = application confirmed: { $about }
audit-action-application-returned = application returned for correction: { $about }
audit-action-application-rejected = application rejected: { $about }
audit-action-application-noted = committee’s decision noted on the application: { $about }
audit-action-consent-given = consent to personal-data processing given
audit-action-member-admitted = a new member joined the union: { $about }
audit-action-member-moved = membership card moved to another Telegram account: { $about }
audit-action-member-left = left the union: { $about }
audit-action-member-renamed = name changed, now: { $about }
audit-action-member-phone = phone changed: { $about }
audit-action-invitation-created = invitation { $about } created
audit-action-invitation-revoked = invitation { $about } revoked
audit-action-invitation-labelled = label of invitation { $about } changed
audit-action-invitation-limited = end date of invitation { $about } changed
audit-action-profile-zone = own time zone changed
audit-action-profile-hours = own notification hours changed
audit-action-interests-added = rubric added: { $about }
audit-action-interests-renamed = rubric renamed, now: { $about }
audit-action-interests-retired = rubric retired: { $about }
audit-action-interests-restored = rubric restored: { $about }
audit-action-organisations-added = new organisations loaded
audit-action-organisation-updated = organisation updated: { $place }
audit-action-registry-imported = register of members loaded
audit-action-consent-withdrawn = consent to personal-data processing withdrawn
audit-action-event-begun = began the draft of an event
audit-action-event-submitted = sent an event for review: { $about }
audit-action-event-published = published an event: { $about }
audit-action-event-changed = changed an event: { $about }
audit-action-event-cancelled = cancelled an event: { $about }
audit-action-event-repeated = repeated an event: { $about }
audit-action-event-discarded = deleted the draft of an event: { $about }
audit-action-channel-confirmed = the channel “{ $about }” is connected: it speaks for { $place }
audit-action-channel-disconnected = the channel “{ $about }” is disconnected from { $place }
