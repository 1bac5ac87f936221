cards-title = MEMBERSHIP CARD
cards-number = Number
cards-since = Member since
cards-slogan = Strength in everyone. Together we are stronger.
cards-caption =
    <b>🪪 Membership card</b>
    { $name }
    { $place }
    Number: { $number }
    Member since { $since }

    Any phone camera reads the QR: it holds the <a href="{ $link }">link that proves it</a>.
cards-valid = ✅ <b>The card is valid</b> as of { $at }.
cards-invalid = ⛔️ <b>The card is not valid</b> as of { $at }: this person is no longer in the union.
cards-details =
    { $name }
    { $place }
    Number: { $number }
    Member since { $since }{ $left ->
        [no] { "" }
       *[other] { "" }, membership ended { $left }
    }{ $young ->
        [yes] { "" } · up to 35
       *[no] { "" }
    }
cards-forged = There is no such card. The QR may be damaged or forged. Ask to be shown the card in the bot.
cards-outdated = This QR code is from an earlier membership. Ask to see the card in the bot: that one is current.
