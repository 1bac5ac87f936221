posts-start =
    <b>News</b>

    Send it right here, or choose first whose news it will be: members of that organisation and of all below it will get it.
posts-start-open =
    <b>News</b>

    Send a new one right here, or choose first whose it will be: ✏️. Or open an earlier one: 📣 is out already, the others are not yet.
posts-list-all =
    { $out ->
        [yes] All that are out: { $count }
       *[no] All not out yet: { $count }
    }
posts-list =
    { $out ->
        [yes] <b>News that is out</b>

        The latest first.
       *[no] <b>Not out yet</b>

        Yours first, then those of others that wait for review or for their hour.
    }
posts-new-for = ✏️ { $place }
posts-row = { $standing ->
        [draft] 📝
        [review] 👀
        [returned] ↩️
        [scheduled] 🕘
       *[other] 📣
    } { $teaser }
posts-ask-content =
    News of “{ $place }”.

    Send it as you would to a friend: text, a photo, an album, a video, a document, a voice message or a link. Nobody sees it until you tap “Publish”.
posts-ask-rewrite = Send the news anew and whole, with photos or video if it needs them. Rubrics, readers and time stay.
posts-ask-correction = Send the corrected text, the whole of it. First I show what people will see, and nothing changes until you confirm it. Photos and video stay as they were.
posts-correction-words = Photos and video stay as they were, only the text can be corrected. Send the whole of it.
posts-correction-sure =
    { $files ->
        [yes] So the news will look in the feed and to everybody who has received or opened it. Only the text changes: photos and video stay as they were.
       *[no] So the news will look in the feed and to everybody who has received or opened it.
    }
posts-correct-all = Correct for everybody
posts-correct-keep = Leave it as it is
posts-left-out =
    Telegram has split the long text, and one piece of news holds no more than { $limit } characters. Left out is everything from “{ $begins }” on.

    Shorten the text and send the whole of it anew, or leave it as it is.
posts-only-a-part = Of the album I see only the part you replied to. Choose below whose news it is, and send the whole album once again.
posts-came-late = A part of the album arrived when the news had already gone, and is not in it. To see how it came out: /post
posts-ask-whose = Whose news is “{ $teaser }”? Members of that organisation and of all below it will get it.
posts-keep = ← Back
posts-album = An album without words
posts-whose = <i>— { $place }</i>

posts-card =
    { $standing ->
        [draft] 📝 <b>Draft of news</b>
        [review] 👀 <b>News in review</b>
        [returned] ↩️ <b>News given back</b>
        [scheduled] 🕘 <b>News waits for its hour</b>
        [published] 📣 <b>News is published</b>
        [withdrawn] 🚫 <b>News is withdrawn</b>
       *[discarded] 🗑 <b>Draft is deleted</b>
    }{ $remark ->
        [none] { "" }
       *[other] { "" }

    Remark: { $remark }
    }

    From: { $place }
    Author: { $author }{ $media ->
        [0] { "" }
       *[other] { "" }
    Attachments: { $media }
    }
    Rubrics: { $rubrics ->
        [none] none
       *[other] { $rubrics }
    }
    For: { $audience ->
        [young] the young, up to and including 35
        [followers] those who chose these rubrics
       *[all] everybody
    }
    Where: { $targets ->
        [all] the whole organisation and below
       *[other] { $targets }{ $others ->
            [0] { "" }
           *[other] { " " }and { $others } more
        }
    }
    When: { $timing ->
        [urgent] urgent, at once and with a sound, even at night
        [at] { $due } ({ $city })
       *[digest] in the digest and the feed
    }{ $channels ->
        [none] { "" }
       *[other] { "" }
    Channel: { $channels }
    }
    Will get it: { $recipients }

posts-rubrics = Rubrics
posts-audience = For whom
posts-targets = Where
posts-when = When
posts-channels = Channels
posts-preview = Show the news
posts-rewrite = Change the news
posts-publish = Publish
posts-submit = For review
posts-give-back = Give back with a remark
posts-to-draft = Make it a draft again
posts-take-back = Take back from review
posts-discard = Delete the draft
posts-correct = Correct
posts-withdraw = Withdraw
posts-history-open = Who did what
posts-open = Open
posts-ready = Done
posts-ticked = ✓ { $title }

posts-ask-rubrics =
    <b>Rubrics</b>

    What is it about? People choose by rubrics what interests them. You can tick several.
posts-ask-audience =
    <b>For whom</b>

    { $of ->
        [event] Would see it now
       *[news] Would get it now
    }: { $recipients }
posts-audience-all = Everybody
posts-audience-young = The young, up to 35
posts-audience-followers = Who chose these rubrics
posts-ask-targets =
    <b>{ $of ->
        [event] Which organisations
       *[news] Where
    }</b>

    { $any ->
        [yes] If nothing is ticked, it is for the whole of “{ $place }” and all below. Tick if only a part is meant.
       *[no] There are no organisations below “{ $place }”: it is for itself.
    }

    { $of ->
        [event] Would see it now
       *[news] Would get it now
    }: { $recipients }
posts-ask-when =
    <b>When</b>

    In the digest the news comes to everybody at their own hour. Urgent news leaves at once and with a sound, even at night.

    A certain hour? Type it: “tomorrow at 9”, “{ $example }”, “in 2 hours”. The time is local ({ $city }).
posts-timing-digest = In the digest
posts-timing-urgent = Urgent
posts-timing-at = At its own time
posts-moved = 🕘 It goes out { $due } ({ $city }).
posts-unscheduled =
    { $may ->
        [yes] The news is a draft again. For it to go out, tap “Publish”.
       *[no] The news is a draft again. For it to go out, tap “For review”.
    }
posts-ask-channels =
    <b>Channels</b>

    Where else to publish? It comes out there together with the mailing.

posts-sending =
    { $pulse ->
        [running] Being sent
        [paused] Sending is paused
        [stopped] Stopping
        [over] Sending is over
       *[done] Being sent
    }: { $percent } %
    { $bar }
    Delivered: { $delivered }
    Blocked the bot: { $blocked }
    Failed: { $failed }{ $unsure ->
        [0] { "" }
       *[other] { "" }
    Perhaps not received: { $unsure } — the line broke at them
    }
    Not sent: { $dropped }
    Left: { $left }{ $minutes ->
        [0] { "" }
       *[other] , about { $minutes } min
    }{ $asleep ->
        [0] { "" }
       *[other] { "" }
    Asleep until the morning: { $asleep }
    }
posts-repeat = Send to them again: { $count }
posts-to-paused = Pause
posts-to-running = Go on
posts-to-stopped = Stop

posts-done-published = Published
posts-done-scheduled = It comes out at its hour
posts-done-corrected = Corrected
posts-done-review = Sent for review
posts-done-draft = A draft again
posts-discarded = The draft is deleted.
posts-sure-discard = Delete the draft “{ $teaser }”? It cannot be brought back.
posts-discard-yes = Yes, delete
posts-sure-withdraw = Withdraw “{ $teaser }”? It disappears from the feed and from new digests. In the chats of those who have received or opened it, messages younger than two days are deleted; older ones, up to half a year, say “This piece of news was withdrawn” instead.
posts-withdraw-yes = Yes, withdraw
posts-ask-remark = What should be changed? Type a phrase or two; the author ({ $author }) will see them.
posts-told-returned =
    ↩️ Your news was given back: “{ $teaser }”

    Remark: { $remark }
posts-told-published = 📣 Your news is out: “{ $teaser }”
posts-told-withdrawn = 🗑 Your news was withdrawn: “{ $teaser }”
posts-told-scheduled = 🕘 Your news was approved and comes out at its hour: “{ $teaser }”

posts-history = <b>Who did what</b>
posts-history-line = { $at } — { $what }{ $who ->
        [none] { "" }
       *[other] , { $who }
    }
posts-did-begun = draft begun
posts-did-submitted = sent for review
posts-did-returned = given back with a remark
posts-did-taken-back = taken back from review
posts-did-scheduled = hour set
posts-did-rescheduled = time changed
posts-did-unscheduled = hour taken back
posts-did-unbacked = in review again: whoever set the time publishes news no more
posts-did-published = published
posts-did-repeated = sent again to those who perhaps had not received it
posts-did-sent-again = sent to the channels again
posts-did-withdrawn-again = taken back from channels once more
posts-did-corrected = corrected
posts-did-withdrawn = withdrawn
posts-did-discarded = draft deleted
posts-did-sending-paused = sending paused
posts-did-sending-running = sending resumed
posts-did-sending-stopped = sending stopped

posts-empty = There is nothing to publish here. Send text, a photo, a video or a document.
posts-unfit = This cannot be sent out as news. Send text, a photo, an album, a video, a document, a voice message or a link.
posts-full = An album in Telegram has at most { $limit } parts: the others were not added.
posts-past = This hour has passed. Choose another time.
posts-no-rubric = Tick rubrics first: readers are chosen by them.
posts-changed = The news changed while you were looking at it. Check it and publish again.
posts-correction-outdated = This is not the latest version any more. Tap “Correct” under the news and send the text once again.
posts-edited-late = Your edit is not in the news: it is no draft any more. Open it by /post: from there it can be corrected or taken back from review.
posts-not-yours = This news is seen by its author and by those who publish the organisation's news.
posts-elsewhere = That is no longer possible: the news was published, given back or deleted. Open it again: /post

posts-reach-open = Reach
posts-refresh = Refresh
posts-digested = In digests: { $delivered }
posts-reach = Opened: { $opened } · useful: { $useful } · not useful: { $useless }
posts-reach-numbers =
    Sent: { $sent }
    Delivered: { $delivered }
    Blocked the bot: { $blocked }
    Opened: { $opened }
    Useful: { $useful }, not useful: { $useless }
posts-reach-place =
    <b>{ $place }</b>
    delivered { $delivered } of { $sent }, opened { $opened }, useful { $useful }{ $blocked ->
        [0] { "" }
       *[other] , blocked the bot { $blocked }
    }
posts-reached =
    <b>Reach</b> — { $teaser }

    <b>Everybody</b>
    { $everybody }

    <b>The young, up to 35</b>
    { $young }

    { $count ->
        [0] Nobody has got it or opened it yet.
       *[other] <b>By organisation</b> ({ $count })
    }
posts-reach-honest =
    “Opened” is a tap on the news or on “Useful” under it: nothing here is a guess.{ $timing ->
        [digest] { " " }“Delivered” is in digests.
       *[other] { "" }
    }
