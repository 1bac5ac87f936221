events-start =
    <b>Event</b>

    On whose behalf will it be? Members of this organisation and of all below it will see it.
events-start-open =
    <b>Event</b>

    Open one there is, or choose on whose behalf to make a new one.
events-new-for = ➕ { $place }
events-managed-row = { $state ->
        [draft] 📝 { $title }
        [review] 👀 { $title }
        [returned] ↩️ { $title }
        [over] ✔️ { $title }
        [cancelled] ❌ { $title }
       *[open] 📅 { $title }
    }{ $day ->
        [none] { "" }
       *[other] , { $day }
    }
events-managed-all = All published
events-managed =
    <b>Published events</b>

    The coming ones first, then those of the last month.
events-untitled = Untitled

events-ask-title = What is the event called? In short, for example: Power Workers' Games.
events-ask-words = { $open ->
        [yes] Send the new description whole, as text. It replaces the old one; photos stay.
       *[no] Tell what there will be: text, with photos, a video or an album if you like. All in one message.
    }
events-ask-start = { $open ->
        [yes] To when do we move it? Pick a day or write: “{ $example }”. The end moves with the beginning.
       *[no] When does it begin? Pick a day or write: “{ $example }”, “tomorrow at 9”, “on Saturday 10:00–12:00”.
    } Local time ({ $city }).
events-read-when = 🕒 { $when }
events-ask-hour = { $day }. At what time? Pick an hour or write: “18:30” or “18:30–20:00”. Local time ({ $city }).
events-ask-end = When does it end? Pick how long it lasts, or write the hour: “20:00”.
events-ask-place = { $open ->
        [yes] Where is it now? Write the address with the town, send a location (📎 → “Location”) or a link to an online meeting.
       *[no] Where will it be? Write the address with the town, send a location (📎 → “Location”) or a link to an online meeting: only those who go will see it.
    }
events-ask-address = { $open ->
        [yes] The point on the map is here. Write its new address or the name of the place: everyone who answered will be told both at once.
       *[no] The point on the map is saved. Write the address or the name of the place, so that it is clear in words.
    }
events-same-address = The address is the same
events-ask-seats = How many seats? Write a number. When they run out, the bot keeps a waiting list.
events-ask-by = Until when is an answer needed? Pick or write: “{ $example }”. Local time ({ $city }).
events-ask-host = Who is responsible for the event? Type a surname, a name or a card number; an @name or a Telegram ID will do too. This person will be able to check people in.
events-ask-contact = Whom to ask? Write it in one line, for example: Anna Smirnova, +7 912 345-67-89.
events-host-me = I am responsible
events-host-outside = This person is not in the union. A member of the union or an organiser of this organisation can be responsible.
events-hosts-found = Found by “{ $words }”. Tap the name of whoever is responsible.{ $more ->
        [yes] { " " }There are others: if the right one is missing, type the surname and the name.
       *[no] { "" }
    }
events-host-unknown = Nobody was found by “{ $who }”. Check the surname or type the card number. An @name or a Telegram ID will do if the person has written to the bot.
events-lasts = { $half ->
        [yes] { $hours }.5 h
       *[no] { $hours } h
    }
events-before = { $hours } h before
events-other-day = ← Another day
events-without-place = To be announced
events-without-seats = No limit
events-without-by = Until it begins
events-back = ← Back
events-skip = Skip
events-to-draft = The rest later
events-keep = ← Back

events-field-title = Title
events-field-words = Description
events-field-start = Beginning
events-field-end = End
events-field-place = Place
events-field-seats = How many seats
events-field-by = Answer by
events-field-host = Who is responsible
events-field-contact = Whom to ask
events-spread = Who sees it and how
events-whom = For whom
events-targets = Which organisations
events-herald = Announcement
events-whose = On whose behalf
events-clock-of = Time zone
events-preview = Show how it will look

events-draft =
    { $standing ->
        [review] 👀 <b>Event under review</b>
        [returned] ↩️ <b>Event given back</b>
       *[draft] 📝 <b>Draft of an event</b>
    }{ $remark ->
        [none] { "" }
       *[other] { "" }

    Remark: { $remark }
    }

    <b>{ $title ->
        [none] Untitled
       *[other] { $title }
    }</b>
    When: { $when ->
        [none] not said
       *[other] { $when }
    }
    Where: { $where ->
        [none] to be announced
       *[other] { $where }
    }
    Description: { $words ->
        [none] none
       *[other] { $words }
    }{ $media ->
        [0] { "" }
       *[other] { "" }
    Attachments: { $media }
    }

    On behalf of: { $place }{ $standing ->
        [review] { "" }
    Author: { $author }
       *[draft] { "" }
    }
    For whom: { $audience ->
        [young] young members, up to and including 35
        [followers] those who follow these topics
       *[all] everybody
    }
    Which organisations: { $targets ->
        [all] the whole organisation and below
       *[other] { $targets }{ $others ->
            [0] { "" }
           *[other] { " " }and { $others } more
        }
    }
    Topics: { $rubrics ->
        [none] none
       *[other] { $rubrics }
    }
    Seats: { $seats ->
        [none] no limit
       *[other] { $seats }
    }
    Answer by: { $by ->
        [none] the beginning
       *[other] { $by }
    }
    Responsible: { $host ->
        [me] you
        [admin] an administrator
        [organiser] an organiser
        [member] a member
        [none] nobody
       *[other] { $host }
    }
    Whom to ask: { $contact ->
        [none] not said
       *[other] { $contact }
    }
    Announcement: { $herald ->
        [urgent] a message at once
        [none] none
       *[digest] news in the digest and the feed
    }{ $channels ->
        [none] { "" }
       *[other] { "" }
    Channel: { $channels }
    }
    Will see it: { $recipients }
events-left = Still to be said: { $what }.
events-left-title = the title
events-left-start = the beginning
events-left-end = the end
events-left-contact = How is whoever is responsible reached? Add a phone number or @name: press “Who is responsible”, then “Whom to ask”.

events-desk =
    { $state ->
        [cancelled] ❌ <b>The event is cancelled</b>
        [over] ✔️ <b>The event is over</b>
       *[open] 📅 <b>The event is published</b>
    }

    <b>{ $title }</b>
    When: { $when }
    Where: { $where ->
        [none] to be announced
       *[other] { $where }
    }{ $reason ->
        [none] { "" }
       *[other] { "" }
    Why it is cancelled: { $reason }
    }

    { $answers ->
        [forgotten] Who answered is no longer kept
       *[kept] Going: { $is_going }{ $is_sure ->
            [0] { "" }
           *[other] , confirmed: { $is_sure }
        } · maybe: { $is_maybe } · waiting: { $is_waiting }{ $is_offered ->
            [0] { "" }
           *[other] { " " }· offered a seat: { $is_offered }
        }
    }
    Seats: { $seats ->
        [none] no limit
       *[other] { $seats }
    }
    Answer by: { $by ->
        [none] the beginning
       *[other] { $by }
    }
    Responsible: { $host ->
        [me] you
        [admin] an administrator
        [organiser] an organiser
        [member] a member
        [none] nobody
       *[other] { $host }
    }
    Whom to ask: { $contact ->
        [none] not said
       *[other] { $contact }
    }
events-manage = 🛠 Manage
events-change = Change
events-move = Move
events-cancel = Cancel the event
events-repeat = Repeat in a week
events-repeated = There is such a draft already: here it is.
events-as-member = The event's card
events-change-what = What shall be changed? All who have answered will be told what was and what is.
events-changed = { $told ->
        [0] ✅ Changed. There is nobody to tell yet.
       *[other] ✅ Changed. The bot will tell all who have answered. They are: { $told }
    }
events-ask-move =
    Move “{ $title }”?

    It was: { $before }
    It will be: { $after }{ $by ->
        [none] { "" }
        [closed] { "" }
    It is too late to answer, and stays so until you change “Answer by”.
       *[other] { "" }
    Answers will be taken until: { $by }
    }

    All who have answered will be told: { $told ->
        [one] { $told } person
       *[other] { $told } people
    }.{ $marks ->
        [0] { "" }
       *[other] { "" }

    Checked in already: { $marks }. These check-ins will be undone: whoever comes has to be checked in again.
    }
events-move-yes = Yes, move it
events-move-other = Another time
events-ask-reason = Why is “{ $title }” cancelled? A sentence or two: all who have answered will see the reason.
events-ask-cancel =
    Cancel “{ $title }”? It cannot be brought back, but it can be repeated.

    Reason: { $reason }

    All who have answered will be told: { $told ->
        [one] { $told } person
       *[other] { $told } people
    }.
events-cancel-yes = Yes, cancel it
events-sure-discard = Delete the draft “{ $title }”? It cannot be brought back.

events-ask-spread =
    <b>Who sees it and how</b>

    Whom the event is for, on whose behalf, how it is announced and by whose clock it goes.
events-ask-herald =
    <b>Announcement</b>

    It will be in the list “📅 Events” anyway. Shall the news tell of it too?
events-herald-digest = News in the digest
events-herald-urgent = A message at once
events-herald-none = No announcement
events-ask-whose =
    <b>On whose behalf</b>

    Members of the chosen organisation and of all below it will see the event. Times go by its clock.
events-ask-clock =
    <b>Time zone</b>

    By whose clock is the event held? The hours you have given stay as they are: 18:00 remains 18:00.
events-preview-news = ↑ This is how the card will look, with the answers below it. And this is the announcement:
events-preview-end = { $herald ->
        [none] ↑ This is how the card will look, with the answers below it. There will be no announcement.
       *[other] That is all.
    }{ $out ->
        [none] { "" }
       *[other] { " " }If it looks right, tap “{ $out }”.
    }

events-news-title = 📅 <b>{ $title }</b>
events-news-when = { $when } { $clock }
events-news-cancelled = ❌ <b>Cancelled: { $title }</b>{ $reason ->
        [none] { "" }
       *[other] { "" }
    Why: { $reason }
    }
events-news-more = 📅 More

events-told-changed = { $moved ->
        [yes] 🕘 <b>Moved: { $title }</b>
       *[no] ✏️ <b>Changed: { $title }</b>
    }
events-told-title = Title: it was “{ $before }”, it is “{ $after }”.
events-told-when = When: it was { $before }, it is <b>{ $after }</b>.
events-told-where = Where: it was “{ $before }”, it is <b>“{ $after }”</b>.
events-told-seats = Seats: there were { $before }, there are { $after }.
events-told-answer-by = Answer by: it was { $before }, it is { $after }.
events-told-contact = Whom to ask: it was “{ $before }”, it is “{ $after }”.
events-told-words = Description: it was “{ $before }”, it is “{ $after }”.
events-told-further = The description has changed; the new one is on the card.
events-told-point = { $there ->
        [no] The point on the map is gone; the address is the same.
       *[other] There is another point on the map; it is on the card.
    }
events-told-link = There is a new link to the meeting; it is on the card.
events-told-online = online
events-told-nowhere = to be announced
events-told-beginning = the beginning
events-told-no-limit = no limit
events-told-again = You answered “Not going”. If you can come now, answer again.
events-told-off =
    ❌ <b>Cancelled: { $title }</b>
    It was to be: { $when }

    Why: { $reason }{ $contact ->
        [none] { "" }
       *[other] { "" }
    Questions: { $contact }
    }
events-told-host = You are now responsible for the event “{ $title }” ({ $when }). You can see the answers and check people in.
events-told-host-no-more = 👤 Somebody else is responsible for “{ $title }” ({ $when }) now. Thank you!
events-told-hostless = 👤 Whoever was responsible for “{ $title }” ({ $when }) { $why ->
        [left] has left the union
       *[role] is not any more: the role was revoked
    }. Appoint somebody else, so that people know whom to ask.
events-appoint = Appoint somebody
events-told-published = 📅 Your event is published: “{ $teaser }”
events-told-silent = 📅 Your event is published without an announcement: “{ $teaser }”
events-told-returned =
    ↩️ Your event was given back: “{ $teaser }”

    Remark: { $remark }

events-not-organiser = Events are made by organisers and administrators, and you have no such role here. Roles are given by an administrator.
events-drafts-only = Only an organiser who may publish can publish, change or cancel an event. Send them the draft for review.
events-unfinished = Still to be said: { $what ->
        [title] the title
        [start] the beginning
       *[end] the end
    }. Press that button in the draft.
events-draft-changed = The draft has changed while you were looking at it. Check it and publish again.
events-start-passed = The beginning has passed. Tap “Beginning” in the draft and set another time.
events-answer-passed = The time to answer by has passed: nobody could sign up. Tap “Answer by” in the draft and set another.
events-asked-before = Things have changed since then. Read it again and confirm.
events-elsewhere = That is not possible any more: the event was sent for review, published, cancelled or deleted. Open it anew: /newevent
events-has-been = The event is over and cannot be changed. But it can be repeated.
events-title-empty = A title needs words. Write it, for example: Power Workers' Games.
events-end-first = The end came out before the beginning. Write a later time.
events-too-lasting = That is too long: an event may last { $days } days at most.
events-answer-late = Answers are needed before the event begins. Choose an earlier time.
events-start-first = Say first when it begins: the end and the time to answer by are counted from it.
events-seats-unreadable = Write the number of seats in digits, from 1 to { $most }.
events-link-unreadable = There seems to be a mistake in the link, or other words beside it. Send only the link, whole and without spaces, for example: https://example.org/meet. If it is not held online, write just the address, without a link.
