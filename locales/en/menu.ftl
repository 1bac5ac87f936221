menu-news = 📰 News
menu-events = 📅 Events
menu-polls = 🗳 Votes
menu-lawyer = ⚖️ Lawyer
menu-card = 🪪 Membership card
menu-profile = 👤 Profile
menu-sos = 🆘 SOS
menu-join = ✍️ Join
menu-application = ⏳ My application
menu-about = ℹ️ About the union
menu-hint = Choose a section

menu-home-guest =
    <b>Strength in everyone. Together we are stronger.</b>

    Hello! This is the bot of the Electric Workers’ Union. Here you can join the union and keep up with what it does.

    Press “✍️ Join”, it takes about two minutes. Do you have an invitation code? Just send it.
menu-home-draft =
    <b>Strength in everyone. Together we are stronger.</b>

    You have begun an application, and everything you filled in is kept. To go on, press “✍️ Join”.
menu-home-applicant = Your application is under consideration. “⏳ My application” shows how it is getting on.
menu-home-returned = Something in your application needs a correction. “⏳ My application” shows what; everything else is kept.
menu-home-member =
    { $name }, this is the menu. Your organisation: { $place }.

    Choose a section with the buttons below.
menu-about-text =
    <b>All-Russian Electric Workers’ Union</b>

    It unites people who work in electric power and electrical engineering. The union:
    • bargains with the employer over pay and working conditions;
    • helps with lawyers, free of charge, when rights are violated;
    • teaches, supports and brings people together.

    Membership is confirmed by your primary organisation, the one at your workplace.
menu-help =
    <b>What the bot can do</b>

    { $commands }

    The buttons at the bottom of the screen lead to the sections. If something goes wrong, /cancel brings you back to the menu from anywhere.
menu-language = Выберите язык. Choose a language.
menu-language-set = The bot speaks English now.
menu-cancelled = All right, we have stopped.
menu-below = The menu is on the buttons below.
menu-old-button = This button is out of date. Here is what there is now.
menu-unchanged = Nothing has changed.
menu-page = Page { $number } of { $last }.
menu-question-left = This looks like the answer to a question that is closed by now. Please open it again.
menu-still-asked = The question above is still waiting for your answer. Changed your mind? /cancel
menu-not-understood = I did not understand that. Choose a section with the buttons below or press /help.
menu-not-open = “{ $section }” is not open yet.{ $chair ->
        [none] { "" }
       *[other] { " " }With a question, turn to { $chair }.
    }
menu-members-only = “{ $section }” is for members of the union. { $standing ->
        [sent] It opens as soon as your application is confirmed: see “⏳ My application”.
       *[guest] To join, press “✍️ Join”.
    }
menu-chair = { $level ->
        [own] the chair of your organisation
       *[above] the chair of { $place }
    }{ $names ->
        [none] { $level ->
            [own] , whose name you will learn at work
           *[above] { "" }
        }
       *[other] : { $names }
    }
menu-chair-at-work = the chair of the union organisation at your workplace
menu-sos-text =
    If you are in danger, call <b>112</b>.{ $chair ->
        [none] { "" }
       *[other] { " " }Then turn for help to { $chair }.
    }

    { $member ->
        [yes] The bot cannot pass on an alarm yet.
       *[no] SOS is for members of the union. The bot cannot pass on an alarm yet.
    }
menu-privacy =
    <b>Your data</b>

    { $operator ->
        [none] { "" }
       *[other] Operator: { $operator }.{" "}
    }We keep only what membership needs: name, date of birth, phone, organisation and what you have told us about yourself. It is seen by those who keep the record in your organisation and above.

    <b>Events.</b> Who answered and who came is seen by the organisers and by whoever is responsible; they read ratings without names. { $days } { $days ->
        [one] day
       *[other] days
    } after an event the answers, the comments and the names of guests are deleted. That you came, and your rating as a number, stay: taking part is counted by them. If you leave the union they are kept, and the address of your calendar stops working.

    { $standing ->
        [member] To withdraw your consent or delete your data, write to the chair of your organisation.
        [applicant] To withdraw your consent or delete your data, write to the chair of your primary organisation. If an application is under consideration, withdraw it too.
       *[guest] So far only your Telegram ID, your @name and your language are kept.
    }
menu-group = I answer in private, where only you can see it.
menu-group-open = Open the bot

language-ru = Русский
language-en = English

command-start = Start from the beginning
command-menu = Menu
command-help = What the bot can do
command-language = Язык · Language
command-cancel = Stop and return to the menu
command-privacy = What data is kept
command-card = Membership card
command-profile = Profile
command-settings = Settings: what about and when
command-requests = Applications to join
command-invite = Invite: link and QR
command-members = Members of the organisation
command-channels = Channels of the organisation
command-grant = Grant a role
command-revoke = Take a role away
command-orgs = Organisations
command-audit = Log of actions
menu-home-waiting = Waiting for your decision: { $count }. Open: /requests
command-post = Write a piece of news
command-newevent = Make an event
command-news = News
command-checkin = Check in those who come to an event
command-events = Events
