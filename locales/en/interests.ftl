interests-choose =
    <b>Interests</b>

    Tick the topics you are interested in: news of them comes first. Another tap takes the tick away. Whether it is sent to you is chosen in “⚙️ Settings”.
interests-none =
    <b>Interests</b>

    There are no topics yet: an administrator keeps the list.
interests-chosen = ✓ { $title }
interests-done = Done
interests-invitation = What are you interested in? Tick some topics, it takes half a minute. You can change them at any time in “👤 Profile”.
interests-open = Choose interests

interests-arrange = Change the list
interests-all =
    <b>List of topics</b>

    The whole union shares it. Choose a topic to rename it, retire it or bring it back.
interests-retired = { $title } (retired)
interests-add = Add a topic
interests-added = ✅ The topic “{ $title }” is added.
interests-back-to-own = ← To my interests
interests-back-to-all = ← To the list
interests-card =
    <b>{ $title }</b>

    { $retired ->
        [yes] Retired: members do not see it, but their choice is kept.
       *[no] On the list.
    }
    Chosen by: { $followers }
interests-rename = Rename
interests-retire = Retire
interests-restore = Bring back
interests-ask-title = What is the new topic called? Up to 60 characters, for example: Housing and benefits.
interests-ask-new-title = What is “{ $title }” called from now on? Up to 60 characters. Those who chose it stay with it.
interests-taken = The topic “{ $title }” exists already{ $retired ->
        [yes] { "" } but is retired. Bring it back or think of
       *[no] . Think of
    } another name.
interests-full = There are { $limit } topics already, more would not fit the screen. Rename a retired one and bring it back.
interests-renamed-meanwhile = Another administrator has just renamed this topic: now it is “{ $title }”. Go back to the list and see whether it still needs a change.
