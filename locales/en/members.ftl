members-roll = <b>Members: { $count }</b>
members-none = There are no members here yet. /invite helps to bring them in.
members-row = { $name } · No. { $number } · { $place }
members-not-member = This section is for members of the union. To join, press “✍️ Join”.
members-moved = Your membership has gone over to another Telegram account, and your card with it. If that was not you, contact the chair of your organisation at once.
members-left = A member of your organisation has left the union: { $name }, No. { $number }, { $place }.
members-renamed =
    Member No. { $number } has changed their name.

    Before: { $before }
    Now: { $name }
members-roles-stay = A membership has moved to another Telegram account: { $name }. The roles stay with the old one, ID { $id }. If it is out of use, take them with /revoke and give them to the new one with /grant.
