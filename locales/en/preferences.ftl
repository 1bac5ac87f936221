preferences-title = ⚙️ Settings
preferences-screen =
    <b>⚙️ Settings</b>

    <b>What to write to you about.</b> 🔔 means yes, 🔕 means no. Tap to switch. Urgent messages come even in quiet hours. Which news comes first is chosen in “Interests” of the profile.{ $decides ->
        [yes] { " " }Of applications that wait for your decision you are reminded in any case.
       *[no] { "" }
    }

    <b>The digest</b> is the news in one message: { $frequency ->
        [daily] every day at { $hour }
        [workdays] on workdays at { $hour }
        [weekly] once a week, on Mondays at { $hour }
       *[off] off
    }.{ $waits ->
        [no] { "" }
        [today] { " " }That is a quiet hour of yours, so it comes at { $comes }.
       *[tomorrow] { " " }That is a quiet hour of yours, so it comes the next day at { $comes }.
    }

    <b>Notification hours:</b> { $hours }, by the clock of { $zone }.
preferences-switch = { $on ->
        [yes] 🔔 { $title }
       *[no] 🔕 { $title }
    }
preferences-kind-news = General news
preferences-kind-events = Events
preferences-kind-polls = Votes
preferences-kind-reminders = Reminders
preferences-often-daily = Every day
preferences-often-workdays = On workdays
preferences-often-weekly = Once a week
preferences-often-off = Off
preferences-earlier = ← at { $hour }
preferences-later = at { $hour } →
