joining-invited =
    Hello! <b>{ $place }</b> invites you.

    You can join right here, it takes about two minutes.
joining-agree = I agree
joining-decline = I do not agree
joining-declined = We understand. Without consent there can be no application, and we have written down none of what it needs. If you change your mind, press “✍️ Join”.
joining-recalled = Thank you, your consent is noted. What you told us before is filled in already: if anything has changed, correct it before you send.
joining-press-a-button = Please answer with a button under the message. /cancel gets you out.
joining-remark = ✏️ Please correct: <i>{ $remark }</i>
joining-ask-name = Please write your surname, first name and patronymic if you have one. For example: Ivanova Anna Petrovna.
joining-ask-born = When were you born? For example: 15.03.1998.
joining-ask-phone = Your phone? Press the button below, then the number is verified at once. Or type it yourself.
joining-share-contact = 📱 Share my number
joining-back = ← Back
joining-phone-goes = Another number, if you type it, takes the place of the verified { $phone }.
joining-phone-later = We will ask for the phone later.
joining-phone-verified = Phone { $phone } is verified.
joining-phone-typed = Phone { $phone } is noted.
joining-ask-invited = Is <b>{ $place }</b> your primary organisation?
joining-right = Yes
joining-other = Another one
joining-ask-territory = Where do you work? Choose the territorial organisation or write the name of your primary one.
joining-ask-primary = <b>{ $place }</b>. Choose your primary organisation or write its name.
joining-no-organisations = There are no organisations in the list yet. Please write to the chair of your primary organisation.
joining-no-primaries = <b>{ $place }</b>. There are no primary organisations here yet. Choose another territory.
joining-other-territory = Another territory
joining-all-territories = Show all territories
joining-found = This is what I found. Choose your organisation.
joining-found-many = I found many; here are the first. If yours is not among them, write the name more precisely.
joining-not-found = I found no such organisation. Try other words, for example one word of the name, or choose from the list.
joining-review =
    <b>Check your application</b>

    Name: { $name }
    Date of birth: { $born }
    Phone: { $phone }{ $verified ->
        [yes] { " " }✓
       *[no] { " " }(not verified)
    }
    Organisation: { $place }
joining-change-name = Change the name
joining-change-born = Change the date
joining-change-phone = Change the phone
joining-change-organisation = Change the organisation
joining-send = Send the application
joining-sent = The application is sent. The answer will come here.
joining-held-by-chair = { $place } ({ $several ->
        [yes] the chairs
       *[no] the chair
    }{ $names ->
        [none] )
       *[other] { "" } { $names })
    }
joining-held-by-admins = the administrators of the union
joining-status-draft =
    <b>My application</b>

    The application is not finished. Everything you have filled in is kept.
joining-status-pending =
    <b>⏳ My application: under consideration</b>

    Organisation: { $place }
    { $holders ->
        [nobody] There is nobody yet to consider it, but it is safely written down.
       *[other] Considered by: { $holders }
    }
    Sent: { $since }

    What happens next: { $holders ->
        [nobody] as soon as there is a chair, they will see it. It will be confirmed, returned for a correction, or declined with a reason, and the answer will come here.
       *[other] it will be confirmed, returned for a correction, or declined with a reason, and the answer will come here. { $days ->
            [0] After a day without an answer we send a reminder; after two days we turn to those above.
            [1] We have sent a reminder. If there is no answer for another day, we turn to those above.
           *[other] We have sent reminders; who considers it now is written above.
        }
    }
joining-status-returned =
    <b>✏️ My application: please correct it</b>

    { $remark }

    Organisation: { $place }. Returned: { $since }.
    Everything else is kept: correct it and send it again.
joining-status-confirmed =
    <b>✅ My application: confirmed</b>

    Organisation: { $place }. Decided: { $since }.
joining-status-rejected =
    <b>My application: declined</b>

    Reason: { $remark }

    Organisation: { $place }. Decided: { $since }.
    You can apply again: press “✍️ Join”, nothing has to be filled in anew.{ $above ->
        [none] { "" }
       *[other] { " " }If you disagree, turn to those above: { $above }.
    }
joining-status-withdrawn =
    <b>My application: withdrawn</b>

    You withdrew it { $since }.
joining-withdraw = Withdraw the application
joining-withdraw-sure = Withdraw the application? It will not be considered any more.
joining-withdraw-yes = Yes, withdraw
joining-withdraw-no = No, keep it
joining-withdrawn = The application is withdrawn. Changed your mind? Press “✍️ Join”.
joining-go-on = Continue
joining-waits = { $state ->
        [returned] Your application waits for a correction: everything else is kept.
       *[draft] Your application can wait: everything you filled in is kept.
    }
joining-again = Apply again
joining-welcome =
    🎉 <b>{ $name }, welcome to the union!</b>

    Your organisation: { $place }
    Member number: <b>{ $number }</b>

    The menu is now at the bottom of the screen, and your membership card is the next message. Strength in everyone. Together we are stronger.
joining-already-member = You are a member of the union already. Your card is behind the “🪪 Membership card” button.
joining-already-sent = The application is sent already. “⏳ My application” shows how it is getting on.
joining-already-withdrawn = This application is withdrawn already.
joining-nothing-open = There is no open application. To make a new one, press “✍️ Join”.
joining-too-late = This application cannot be withdrawn any more: it has been decided or was withdrawn before. “⏳ My application” shows how it stands.
joining-not-yet = You cannot join just yet: the bot is still being set up. Please look in tomorrow.
joining-not-primary = Please choose a primary organisation, the one at your workplace.
