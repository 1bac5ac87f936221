events-calendar-file = { $standing ->
        [cancelled] “{ $title }” is cancelled. Open the file and the calendar of your phone will show that.
        [declined] You are not going to “{ $title }”. Open the file if you have added it to the calendar of your phone: it will show the event as cancelled.
       *[open] “{ $title }”. Open the file: your phone will offer to add the event to its calendar and remind you two hours before.
    }
events-calendar-to = To calendar
events-calendar-open = 📆 Phone calendar
events-calendar-name = Electric Workers’ Union
events-calendar-none =
    <b>📆 Phone calendar</b>

    The bot will give you an address where the calendar of your phone finds the events you answered “Going” or “Maybe” to. When a time or a place changes, the calendar changes too.
events-calendar-begin = Get the address
events-calendar-address =
    <b>📆 Phone calendar</b>

    Your address, tap to copy it:

    <code>{ $address }</code>

    <b>iPhone.</b> Calendar app → Calendars at the bottom → Add → Add Subscription Calendar → paste the address.

    <b>Android.</b> On a computer open calendar.google.com → Other calendars → + → From URL → paste the address. In a few hours the events are in the phone too.

    The address is yours alone: whoever knows it sees where you go. If others got it, take a new one, and the old one stops working.
events-calendar-renew = New address
events-calendar-renew-sure = Take a new address? The old one stops working at once, and the calendar of your phone will need the new one.
events-calendar-renew-yes = Yes, a new address
events-calendar-keep = ← Back
events-calendar-close = Switch off
events-calendar-close-sure = Switch the calendar off? The address stops working at once, and the events in your phone are no longer updated.
events-calendar-close-yes = Yes, switch off
events-calendar-nowhere =
    <b>📆 Phone calendar</b>

    You cannot subscribe to a calendar yet: this bot has no address of its own on the internet. But every event can be added by itself: open it and press “To calendar”.
events-calendar-starts = Starts: { $at }
events-calendar-reason = Cancelled: { $reason }
events-calendar-link = Link: { $link }
events-calendar-in-line = You are on the waiting list: the seat is not yours yet.
events-calendar-contact = Questions: { $contact }
events-calendar-online = Online
