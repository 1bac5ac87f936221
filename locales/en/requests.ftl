requests-none = No applications are waiting.
requests-list = Applications waiting: { $count }. Those that have waited longest come first.
requests-row = { $name } · { $days ->
        [0] today
        [one] waiting { $days } day
       *[other] waiting { $days } days
    }{ $place ->
        [none] { "" }
       *[other] { "" } · { $place }
    }
requests-open = Open the application
requests-who =
    <b>Application to join</b>

    { $name }
    { $age } { $age ->
        [one] year
       *[other] years
    } old{ $young ->
        [yes] { "" } · <b>up to 35</b>
       *[no] { "" }
    } · { $born }
    Phone: { $phone }{ $verified ->
        [yes] { "" } ✓
       *[no] { "" } (not verified)
    }
    Organisation: { $place }
    { $came ->
        [invited] How they came: by { $label ->
            [none] an invitation
           *[other] the invitation “{ $label }”
        }{ $inviter ->
            [none] { "" }
           *[other] { "" } ({ $inviter })
        }
       *[self] How they came: without an invitation
    }
    Sent: { $since }{ $days ->
        [0] { "" }
        [one] { "" }, waiting { $days } day
       *[other] { "" }, waiting { $days } days
    }
requests-register-same = In the register: matches, No. { $number }.
requests-register-differs = In the register: differs, No. { $number }. Not the same: { $differences }.
requests-register-offer = If it is the same person, confirm with number { $number }; otherwise the number will be new.
requests-register-absent = In the register: no.
requests-differs-name = name
requests-differs-born = date of birth
requests-differs-phone = phone
requests-differs-organisation = organisation
requests-differs-left = marked as having left
requests-former = In the union before: { $name }, No. { $number }, { $place }, until { $left }.
requests-former-other = ⚠️ Another member had this Telegram account before: { $name }, No. { $number }, { $place }, until { $left }. That number does not pass on.
requests-rejected-before = The application before was declined on { $at }. Reason: <i>{ $reason }</i>
requests-perhaps = ⚠️ This may be { $name }, No. { $number }, { $place }: a member already, under another Telegram account. { $matched ->
        [phone] The phone is the same.
       *[person] The name and the date of birth are the same.
    }
requests-also-applied = ⚠️ There is an application with the same data from another Telegram account.
requests-corrected =
    ✏️ It was returned with the remark: <i>{ $remark }</i>
    { $changed ->
        [none] Nothing has been changed since.
       *[other] Changed since: { $changed }.
    }
requests-confirm = Confirm
requests-confirm-as = The same person — with No. { $number }
requests-link = It is them: move the card
requests-give-back = Return
requests-reject = Decline
requests-confirmed = Confirmed
requests-look-again = Something has changed since the card came. Please look again.
requests-linked = The card has been moved
requests-rejected = Declined
requests-ask-remark = What needs correcting? Write it, the applicant will see it.
requests-ask-reason = Why do you decline? Choose a reason or write your own: the applicant will see it.
requests-ask-reject = Reject for this reason? The applicant will see: <i>{ $reason }</i>
requests-write-anew = Write differently
requests-reason-not-here = Does not work in this organisation
requests-reason-double = The application was made twice
requests-reason-wrong = The data given is wrong
requests-keep = ← To the application
requests-note-decision = Add the committee’s decision
requests-correct-decision = Correct the committee’s decision
requests-resolution = No. { $number } of { $day }
requests-ask-decision = Write the number and date of the committee’s decision. For example: No. 12 of 15.11.2026.
requests-done-returned = The application is returned: { $name }. Your remark has been sent; the corrected application will come as a new message.
requests-done-rejected = The application is declined: { $name }. The reason has been sent; they may apply again.
requests-done-linked = Membership card No. { $number } has been moved: { $name }.
requests-done-confirmed = The committee’s decision is noted: { $resolution } — { $name }.
requests-decided-confirmed = ✅ <b>Confirmed</b>: { $who }, { $at }.{ $number ->
        [none] { "" }
       *[other] { "" } Number: { $number }.
    }{ $resolution ->
        [none] { "" }
       *[other] { "" } Decision of the committee: { $resolution }.
    }
requests-decided-returned = ✏️ <b>Returned</b>: { $who }, { $at }. To correct: { $remark }
requests-decided-rejected = ⛔️ <b>Declined</b>: { $who }, { $at }. Reason: { $remark }
requests-decided-withdrawn = <b>Withdrawn</b> by the applicant, { $at }.
requests-by-chair = the chair
requests-by-admin = an administrator
requests-already-decided = { $who ->
        [you] You have decided on this application already:
       *[other] This application has been decided already:
    } { $state ->
        [confirmed] confirmed
        [returned] returned for correction
        [rejected] declined
       *[withdrawn] withdrawn by the applicant
    }{ $who ->
        [nobody] .
        [you] .
        [chair] { "" }, the chair.
        [admin] { "" }, an administrator.
       *[other] { "" }, { $who }.
    }
requests-other-organisation = The card was issued in another organisation ({ $place }), where you have no rights. A chair one level up or an administrator can move it.
requests-own = This is your own application: somebody else will decide on it.
requests-waiting = ⏰ An application has been waiting for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }: { $name }, { $place }.
requests-ask-move-person = The name and birth date are the same. The card goes over to this account, the old one loses it. Move it?
requests-ask-move-phone = Only the phone is the same; the name or birth date differs. Make sure that this is the same person: the card goes over to this account, the old one loses it. Move it?
requests-move-yes = Yes, move it
requests-own-membership = This is your own membership: another chair or an administrator can move it.
