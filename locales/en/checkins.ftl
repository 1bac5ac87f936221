checkins-not-yours = Those who come are checked in by the organisers of the event and by whoever is responsible for it.
checkins-cancelled = The event is cancelled: there is nobody to check in.
checkins-open = Check in
checkins-nothing = Nobody to check in now: you have no events in the coming days.
checkins-choose =
    <b>Check-in</b>

    Choose the event:
checkins-row = { $at } · { $title }
checkins-desk =
    <b>Who came: { $title }</b>
    { $at }

    Came: <b>{ $came }</b>{ $guests ->
        [0] { "" }
       *[other] , guests among them: { $guests }
    }
    { $answers ->
        [forgotten] Who answered is no longer kept
       *[kept] Answered “Going”: { $going }{ $going ->
            [0] { "" }
           *[other] , not here yet: { $missing }
        }
    }
checkins-nobody = Point the camera of your phone at the membership card of whoever has come, and confirm. Or find the person by name.
checkins-latest = The latest:
checkins-line = { $at } { $name }{ $guest ->
        [yes] { " " }(guest)
       *[no] { "" }
    }
checkins-find = 🔍 Find a person
checkins-guest = 👤 Guest
checkins-expected = Not here yet
checkins-door = QR for the door
checkins-sheet-get = Table
checkins-back = ← To the list
checkins-missing = { $total ->
        [0] “{ $title }”: everybody who meant to come is checked in.
       *[other]
            “{ $title }”. Answered “Going”, not here yet: { $going }.{ $others ->
                [0] { "" }
               *[other] { " " }Others who may come: { $others }.
            }

            Tap a name to check the person in.
    }
checkins-ask-words = “{ $title }”. Who has come? Write a surname, a name or a card number. You can write the next one straight after.
checkins-found = Found by “{ $words }”. Tap a name to check the person in.{ $more ->
        [yes] { " " }There are more: if the right one is missing, write surname and name.
       *[no] { "" }
    }
checkins-none = Nobody found by “{ $words }”. Check the surname or write the number of the card. If they have a membership card, point your phone’s camera at it. Somebody who is not in the union can be added as a guest.
checkins-person = { $came ->
        [yes] ✓{ " " }
       *[no] { "" }
    }{ $name } · { $place }{ $answer ->
        [sure] { " " }· will come
        [maybe] { " " }· maybe
        [waiting] { " " }· on the waiting list
        [offered] { " " }· on the waiting list
        [no] { " " }· said no
       *[other] { "" }
    }
checkins-ask-guest = “{ $title }”. What is the name of the guest? The bot forgets it { $days } { $days ->
        [one] day
       *[other] days
    } after the event.
checkins-guest-more = One more guest
checkins-marked =
    { $fresh ->
        [yes] ✅ <b>{ $name }</b> is checked in at { $at }
       *[no] <b>{ $name }</b> was checked in at { $at } already
    }
    “{ $title }”{ $undo ->
        [yes] { "" }

    A mistake? Until { $till } it can be undone.
       *[no] { "" }
    }
checkins-undo = Undo
checkins-undone = Undone: <b>{ $name }</b>, “{ $title }”
checkins-undone-already = It is undone already.
checkins-kept = More than ten minutes have passed: it cannot be undone any more.
checkins-mark-at = ✅ Check in at “{ $title }”
checkins-left = This person is no longer in the union. They can be checked in as a guest.
checkins-too-early = Check-in begins three hours before the start.
checkins-too-late = It is too late: the event ended more than three days ago.
checkins-door-hint = Point your phone’s camera here and tap the link: the bot will check you in
checkins-door-caption =
    <b>QR for the door: { $title }</b>

    Show it on a screen or print it. Whoever comes points a camera at it, opens the bot and is checked in.

    It works from { $opens } till { $closes }.
checkins-door-came =
    ✅ <b>You are checked in</b>: “{ $title }”, { $at }.

    Have a good time!
checkins-door-already = You are checked in already: “{ $title }”, { $at }.
checkins-door-early = “{ $title }”: check-in begins on { $at }. Open the QR again when you come.
checkins-door-late = “{ $title }” is over: check-in ended on { $at }. If you were there, tell the organiser, who can check you in.
checkins-door-gone = This QR cannot check you in: the event is cancelled or not for your organisation. Please see the organiser.
checkins-door-forged = We have no such QR. It may be damaged or forged. Ask the organiser to show it again.
checkins-door-guest = This QR checks in members of the union. If you are a guest, go to the organiser, who will check you in as one.
checkins-filling = Filling in the table, it will come here
checkins-sheet-title = Participants
checkins-sheet-caption = “{ $title }”: { $answers ->
        [forgotten] who came. Answers and names of guests are no longer kept
       *[kept] who answered and who came
    }. Came: { $came }. The table holds people’s names: do not pass it on to strangers.
checkins-sheet-name = Name
checkins-sheet-number = Card number
checkins-sheet-place = Organisation
checkins-sheet-answer = Answer
checkins-sheet-answered = Answered at
checkins-sheet-sure = Confirmed
checkins-sheet-came = Came
checkins-sheet-at = Checked in at
checkins-sheet-by = Checked in by
checkins-answer-going = Going
checkins-answer-maybe = Maybe
checkins-answer-no = Not going
checkins-answer-waiting = Waiting for a seat
checkins-answer-offered = Seat offered
checkins-answer-none = No answer
checkins-answer-forgotten = No longer kept
checkins-answer-guest = Guest
checkins-came-yes = Yes
checkins-came-no = No
