parsing-text-empty = Please write something: a sentence or two is enough.
parsing-text-too-long = That is { $length ->
        [one] { $length } character
       *[other] { $length } characters
    }, and { $limit } fit. Please write it shorter, in one message.

parsing-label-empty = The label has to be in words. Please write it, for example: Main gate, November.
parsing-place-empty = The organisation is found by words. Please write its name or a word of it, for example: Tyumen.
parsing-rubric-empty = The title of the topic has to be in words. Please write it, for example: Work safety.
parsing-resolution-unreadable = The number and date of the decision are needed. Write, for example: No. 12 of 15.11.2026.
parsing-resolution-ahead = That day has not come yet. Check the date of the decision, for example: No. 12 of 15.11.2026.

parsing-name-incomplete = Please write your surname and first name, and patronymic if you have one. For example: Ivanova Anna Petrovna.
parsing-name-initials = Please write your name in full, without initials. For example: Ivanova Anna Petrovna.
parsing-name-signs = A name has only letters, hyphens and apostrophes. For example: Ivanova-Petrova Anna.
parsing-name-mixed = The word “{ $word }” mixes Russian and Latin letters. Please write it in one alphabet, for example: Ivanova.
parsing-name-two-scripts = Some of the name is in Russian letters and some in Latin ones. Please write all of it in one alphabet, for example: Ivanova Anna Petrovna.
parsing-name-crowded = Too many words. Please write only your surname, first name and patronymic, for example: Ivanova Anna Petrovna.
parsing-name-too-long = The name is too long: { $limit } characters fit in all, { $word } in one word. Please write only your surname, first name and patronymic, for example: Ivanova Anna Petrovna.

parsing-phone-unreadable = I see no number here. Please write the phone in digits, for example: +7 912 345-67-89.
parsing-phone-invalid = The number seems to have a mistake. Please check that every digit is there, for example: +7 912 345-67-89.

parsing-birth-impossible = The calendar has no such day. Please check the day and month of birth, for example: 28.02.1998.
parsing-birth-unreadable = I could not read the date. Please write the day, month and year of birth, for example: 15.03.1998.
parsing-birth-ahead = That day has not come yet. Please check the year of birth, for example: 15.03.1998.
parsing-birth-too-young = The union accepts people from the age of { $years }. If the date is mistyped, write it again, for example: 15.03.1998.
parsing-birth-too-old = That makes more than { $years } years. Please check the year of birth, for example: 15.03.1958.

parsing-day-unreadable = I could not read the day. Please write, for example: 31 December, tomorrow or in 30 days.
parsing-day-impossible = The calendar has no such day. Please check the day and the month, or put it more simply, for example: 31 December or in 30 days.
parsing-day-passed = That day has passed. Please write today or a later day, for example: tomorrow or in 30 days.
parsing-day-too-far = That is too far away: at most { $years } years ahead. Please write a nearer day.

parsing-hours-unreadable = I could not read the hours. Please write from which hour to which, for example: 8–22.
parsing-hours-not-whole = Only whole hours, please, without minutes, for example: 8–22.
parsing-hours-equal = The start and the end are the same. Please write two different hours, for example: 8–22.

parsing-foreign-contact = That is somebody else’s contact. Press the “📱 Share my number” button or type your own number.
parsing-moment-unreadable = I could not read when. Type, for example: tomorrow at 9, on Saturday 18:00 or in 2 hours.
parsing-moment-hour-unreadable = I could not read the hour. Type, for example: 18:30 or 18:30–20:00.
parsing-moment-day-impossible = The calendar has no such day. Check the day and the month, or put it more simply, for example: tomorrow at 9 or on Saturday 18:00.
parsing-moment-day-passed = That day has passed. Type a day and a time ahead, for example: tomorrow at 9 or on Saturday 18:00.
parsing-moment-unclear = This can be meant in two ways. Type the day first, then the time, for example: tomorrow 18:00 or tomorrow 18:00–20:00.
parsing-moment-hourless = Add the time, for example: tomorrow 18:00 or on Friday 10:00 – on Sunday 18:00.
parsing-moment-skipped = The clocks change that day, and there will be no such time. Type another, an hour later for example.
parsing-moment-days-differ = The weekday is not that of the date. Check it and type, for example: on Saturday 18:00.
parsing-moment-end-unreadable = I could not read when it ends. Write an hour or how long it lasts, for example: 20:00 or 2 hours.
parsing-moment-end-before = The end came out before the beginning. Write a later time, for example: 20:00 or 2 hours.
parsing-moment-passed = This hour has passed. Type a time ahead.
parsing-count-unreadable = Write a number in digits, for example: 120.
