profile-screen =
    <b>👤 Profile</b>

    <b>{ $name }</b>
    Number: { $number }
    { $place }
    Member since { $since }

    Phone: { $phone }{ $verified ->
        [yes] { "" } ✓ verified
       *[no] { "" } (not verified)
    }
    Interests: { $interests }
    Language: { $language }
    Time zone: { $zone }{ $own ->
        [no] { "" } (same as the organisation)
       *[yes] { "" }
    }
    Notification hours: { $hours }

    What would you like to change?
profile-no-interests = none chosen yet

profile-item-name = Name
profile-item-phone = Phone
profile-item-interests = Interests
profile-item-language = Language
profile-item-zone = Time zone
profile-item-hours = Notification hours
profile-back = ← Back
profile-chosen = ✓ { $label }

profile-ask-name =
    Now: <b>{ $name }</b>.

    Please write your new surname, first name and patronymic. For example: Ivanova Anna Petrovna. The chair of your organisation will be told.
profile-name-set = ✅ Your name is saved, and your card already carries it.

profile-ask-phone =
    Now: { $phone }.

    Press the button below, and the number is verified. Or type your new number{ $verified ->
        [yes] : it takes the place of the verified one
       *[no] { "" }
    }.
profile-phone-unchanged = Your phone stays as it was.

profile-ask-zone =
    Which time suits you? In your organisation it is now: { $clock }.
profile-zone-home = Same as the organisation
profile-zone-clock = { $city }, { $time }
profile-zone-set = ✅ Your time zone is saved.
profile-zone-unknown = That city is not on the list. Choose the button whose clock shows your time.

profile-ask-hours =
    At what hours may notifications come? Choose, or type your own, for example: 8–22. The hours are in your own time.

    At other hours reminders will wait, and answers and decisions will come without a sound.
profile-hours-span = { $start }–{ $end }
profile-hours-always = Round the clock
profile-hours-set = ✅ Your notification hours are saved.

profile-leave = Leave the union
profile-leave-first =
    Leave the union?

    If something is wrong, tell the chair of your organisation: often it can be put right.
profile-leave-first-yes = Leave all the same
profile-leave-second =
    <b>Are you quite sure?</b> This is what happens:
    • your membership card becomes invalid at once;
    • the chair of your organisation is told that you have left;
    • the sections for members close.

    You may join again at any time, with a new application.
profile-leave-second-yes = Yes, leave
profile-stay = Stay
profile-left = { $name }, you have left the union. Thank you for having been with us! Your membership card is no longer valid. If you change your mind, press “✍️ Join”.
