events-list-all = <b>Events</b>

    First those in your region and of your interests. Tap one to read more and to answer.
events-list-home = <b>Events of your primary organisation</b>
events-list-region = <b>Events of your region</b>
events-list-mine = <b>Where you are going</b>

    ✅ — going, ? — maybe, ⏳ — on the waiting list.
events-list-local = Times in the list are local to where the event is held.
events-none-all = No events yet. As soon as there are any, they will be here.
events-none-home = Your primary organisation has nothing planned yet. See what there is in the region.
events-none-region = Nothing is planned in the region yet.
events-none-mine = You are not going anywhere yet. Choose an event and tap “Going”.
events-which-home = My organisation
events-which-region = Region
events-which-all = All
events-which-mine = Going
events-row = { $mark ->
        [going] ✅ { $at } · { $title }
        [maybe] ? { $at } · { $title }
        [waiting] ⏳ { $at } · { $title }
        [offered] ❗ { $at } · { $title }
        [cancelled] ❌ cancelled · { $title }
       *[no] { $at } · { $title }
    }
events-to-list = ← To the events

events-head = <b>{ $title }</b>
events-head-cancelled = ❌ <b>Cancelled:</b> { $title }
events-reason = Why: { $reason }
events-when = 🗓 { $when }
events-when-elsewhere = { $when } { $clock }, { $here } where you are
events-clock = { $zone ->
        [Kamchatka] Kamchatka time
       *[other] { $city } time
    }
events-address = 📍 { $address }
events-point = 📍 A point on the map
events-placeless = 📍 The place will be announced
events-link = 💻 Online: { $link }
events-online = { $hint ->
        [answer] 💻 Online. The link will be here once you answer “Going”.
        [seat] 💻 Online. The link will be here once there is a seat for you.
        [others] 💻 Online. Those who go will see the link.
       *[none] 💻 Online
    }
events-seats = { $free ->
        [0] Seats: { $seats }, all taken{ $waiting ->
            [0] .
           *[other] , { $waiting } on the waiting list.
        }
       *[other] Seats: { $seats }, { $free } free.
    }
events-going = Going: { $count }
events-answer-by = { $over ->
        [yes] Answers were taken until: { $by }
       *[no] Please answer by: { $by }
    }
events-contact = Questions: { $contact }
events-over = { $came ->
        [yes] ✅ This event is over, and you were there.
       *[no] This event is over.
    }
events-in-line = ⏳ You are on the waiting list, number { $place }. When it is your turn, the bot will offer you a seat.
events-left-in-line = No seat has become free for you. If you still want to come, ask the organiser.
events-offered = ❗ A seat is kept for you until { $until }. Tap “Going” to take it.

events-answer-going = Going
events-answer-maybe = Maybe
events-answer-no = Not going
events-answer-waiting = Join the waiting list
events-answer-stands = On the waiting list
events-said-here = ✅ You are checked in
events-said-going = ✅ You are going
events-said-maybe = You answered “Maybe”
events-said-no = You are not going
events-said-waiting = You are on the waiting list
events-said-offered = A seat is kept for you: tap “Going”
events-said-full = There are no free seats. You can join the waiting list.
events-where = Where is it
events-pin = A point on the map
events-more = More

events-offer =
    ❗ <b>A seat is free: { $title }</b>
    🗓 { $when }

    It is kept for you until { $until }. Will you come? Without an answer it goes to the next in line.
events-missed = You did not answer in time, and the seat for “{ $title }” is no longer kept for you. { $outcome ->
        [going] It is still free: if you will come, tap “Going”.
        [waiting] Somebody else has been offered it. If you still want to come, join the waiting list again.
       *[closed] Answers are no longer taken.
    }
events-call = { $days ->
        [0] ⏰ <b>Today: { $title }</b>
        [1] ⏰ <b>Tomorrow: { $title }</b>
        [7] ⏰ <b>In a week: { $title }</b>
       *[other] ⏰ <b>Soon: { $title }</b>
    }
events-call-going = You are going. { $seats ->
        [yes] If your plans have changed, say so at once: somebody else will get the seat.
       *[no] If your plans have changed, say so at once.
    }
events-call-maybe = You answered “Maybe”. { $seats ->
        [yes] No seat is kept for you. Have you decided?
       *[no] Have you decided?
    }
events-call-asks = Will you come? { $seats ->
        [yes] If not, say so now: somebody else will get the seat.
       *[no] If not, say so now.
    }
events-will-come = I will come
events-cannot = I cannot

events-gone = This event is no longer there, or it is not for your organisation.
events-cancelled = This event is cancelled.
events-begun = The event has already begun. If anything has changed, tell the organiser.
events-here = You are checked in at this event, no answer is needed any more. If that is a mistake, tell the organiser.
events-closed = Answers to this event are no longer taken. If it matters a lot, ask the organiser.
events-fewer-than-taken = There cannot be fewer seats than are taken already: { $taken }.
