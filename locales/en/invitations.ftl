invitations-title = Join the union
invitations-hint = Point your phone’s camera here or send this code to @{ $bot }:
invitations-card =
    <b>Invitation to the union</b>
    { $place }

    Code: <code>{ $code }</code>
    Link: { $link }
invitations-label = Label: { $label }
invitations-unlimited = No end date
invitations-until = In force through { $day }
invitations-over = Ended on { $day }
invitations-revoked-at = ⛔️ <b>Revoked</b> { $at }
invitations-counts = Opened: { $opened } · Joined: { $joined }

invitations-sign = Label
invitations-limit = End date
invitations-revoke = Revoke
invitations-renew = New invitation
invitations-all = All invitations
invitations-back = ← To the invitation
invitations-ask-label = How shall this invitation be labelled? For example: Main gate, November. Only those who invite and those who decide on applications see the label.
invitations-ask-end = Until which day is the invitation in force? That day still counts. For example: 31 December, tomorrow, in 30 days or no end.
invitations-revoke-sure = Revoke the invitation? The code and the QR will stop working for good.
invitations-revoke-yes = Yes, revoke
invitations-revoke-no = No, keep it
invitations-revoked-now = The invitation is revoked
invitations-fixed = This invitation has been revoked and cannot be changed. For a new one, send /invite.

invitations-none = No invitations are in force. For a new one, send /invite.
invitations-list = Invitations in force: { $count }. Newest first.
invitations-row = <b>{ $name }</b> · { $place }
invitations-choose-place = Which organisation are you inviting to?
invitations-no-places = There are no organisations in the list yet, so there is nowhere to invite to. An administrator must load them first.
invitations-find = Find
invitations-ask-words = Write the name of the organisation or a few words of it.
invitations-found = This is what I found. Not the one? Write it more precisely.
invitations-not-found = There is no such organisation among yours. Try other words, for example one word of the name, or choose from the list.
invitations-all-places = Show the list

invitations-member = You are a member already, there is no need to join again. But you can share the invitation with your colleagues: { $link }
invitations-unknown = There is no invitation with this code. Please check the code and send it again. You can also join without an invitation.
invitations-ended = This invitation has ended. Ask whoever invited you for a new one. You can also join without an invitation.
invitations-revoked = This invitation has been revoked. Ask whoever invited you for a new one. You can also join without an invitation.
