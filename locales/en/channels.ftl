channels-overview =
    <b>Channels</b>

    Posts of a connected channel become news of the organisation by themselves. Open a channel to connect it, to change its organisation or to disconnect it.
channels-none =
    <b>Channels</b>

    Nothing here yet. Add the bot to your channel as an administrator who may post, and its posts become news of the organisation by themselves.
channels-row = { $place ->
        [none] ❔ { $title } — not connected
       *[other] { $title } — { $place }
    }
channels-card =
    📡 <b>{ $title }</b>{ $known ->
        [none] { "" }
       *[other] { " " }{ $known }
    }

    Speaks for: { $place }

    New posts and albums of the channel become news by themselves, and so do edits. Deleted a post in the channel? Withdraw the news here, too: Telegram does not tell bots of deletions.{ $news ->
        [yes] { "" }

    Latest news from the channel:
       *[no] { "" }
    }
channels-choice =
    📡 <b>{ $title }</b>{ $known ->
        [none] { "" }
       *[other] { " " }{ $known }
    }

    { $place ->
        [none] The channel is not connected, nothing of it is published yet.
       *[other] At present the channel speaks for: { $place }. Earlier news stays there.
    }

    Which organisation does it speak for? Choose, and its new posts become news for the members there and in all organisations below.
channels-choose = Change organisation
channels-disconnect = Disconnect
channels-keep = ← Keep as it is
channels-to-list = ← To the channels
channels-confirmed = The channel is connected
channels-disconnected = The channel is disconnected
channels-lost = The bot is no longer an administrator of the channel “{ $title }”. Bring it back, and the channel appears here again.
channels-thanks = Thank you for adding the bot to the channel “{ $title }”. It will start to publish once an organiser of your organisation or an administrator confirms whose channel it is: /channels
channels-claimed =
    📡 Your channel “{ $title }” is connected: it speaks for “{ $place }”, and its new posts become news for the members there.

    Not their channel? Take the bot out of the administrators of the channel, and its posts will not become news any more.
channels-not-offered = This channel is connected by whoever added the bot to it, by an organiser of their organisation or by an administrator.
channels-fate = { $title } — { $fate ->
        [stands] is out
        [rights] is not out: the bot may not post there
        [gone] is not out: there is no such channel any more
        [elsewhere] is not out: the channel does not speak for your organisation
        [unsure] not known whether it is out
        [refused] is not out: Telegram did not take it
        [deleted] was deleted in the channel itself
        [correct-rights] is out, but not corrected: the bot may not post there
        [correct-gone] is out, but not corrected: there is no such channel any more
        [correct-refused] is out, but not corrected: Telegram did not take the correction
        [withdraw-rights] is still there: the bot is no administrator there any more
        [withdraw-old] is still there: it is older than two days, only a person can delete it
        [withdraw-refused] is still there: Telegram did not let it be deleted
       *[waiting] on its way
    }
channels-trouble-send =
    ⚠️ { $trouble ->
        [deleted] The news “{ $teaser }” is corrected, but in the channel “{ $title }” it has been deleted.
        [unsure] It is not known whether the news “{ $teaser }” is out in the channel “{ $title }”.
       *[other] The news “{ $teaser }” is not out in the channel “{ $title }”.
    }

    { $trouble ->
        [rights] The bot may not post there any more. Open the settings of the channel in Telegram, “Administrators”, and give the bot back the right “Post Messages”. Then tap “Send again”.
        [gone] Telegram does not find the channel: most likely it was deleted. If it is still there, add the bot as an administrator anew and tap “Send again”.
        [elsewhere] The channel does not speak for your organisation any more. You can bring it back here: /channels. Then tap “Send again”.
        [deleted] If it is needed there again, tap “Send again”.
        [unsure] The line to Telegram broke. Look into the channel: if the news is not there, tap “Send again”.
       *[refused] Telegram did not take it. Tap “Send again”, and if that does not help, tell an admin.
    }

    What goes to members is not affected.
channels-trouble-correct =
    ⚠️ The news “{ $teaser }” could not be corrected in the channel “{ $title }”: it reads there as before.

    { $trouble ->
        [rights] The bot may not post there any more. Open the settings of the channel in Telegram, “Administrators”, and give the bot back the right “Post Messages”. Then tap “Send again”.
        [gone] Telegram does not find the channel: most likely it was deleted. If it is still there, add the bot as an administrator anew and tap “Send again”.
       *[refused] Telegram did not take the correction. Tap “Send again”, and if that does not help, delete that post in the channel and tap once more: the news comes out there anew.
    }

    In the feed and with members the news is already corrected.
channels-trouble-withdraw =
    ⚠️ The news “{ $teaser }” is withdrawn, but it is still in the channel “{ $title }”.

    { $trouble ->
        [rights] The bot is no administrator there any more. Delete it in the channel yourself, or make the bot an administrator with the right “Post Messages” again and tap “Withdraw again”.
        [old] It is older than two days, and Telegram does not let the bot delete that. Delete it in the channel yourself.
       *[refused] Telegram did not let it be deleted. Delete it in the channel yourself, or tap “Withdraw again”.
    }

    From the feed and from digests it is gone already.
channels-send-again = Send again
channels-withdraw-again = Withdraw again
channels-tried-again = Trying again
channels-discuss = Discuss and rate in the bot
