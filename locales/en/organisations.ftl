organisations-overview =
    <b>Organisations</b>

    Central committee: { $union }
    Territorial: { $territorial }
    Primary: { $primary }
    Members: { $members }

    Open an organisation, or find it by name or code.
organisations-none = There are no organisations yet. They are loaded on the server from a file: <code>python -m bot import organisations FILE.csv</code>
organisations-row = { $code } · { $name }
organisations-twins = Some names are the same, so their codes stand in front:
organisations-one-of-twins = { $name } (code { $code })
organisations-twin = <b>{ $code }</b> — { $place }
organisations-card =
    <b>{ $name }</b>

    Code: <code>{ $code }</code>
    Level: { $level ->
        [union] central committee
        [territorial] territorial organisation
       *[primary] primary organisation
    }
    Part of: { $parent }
    Time zone: { $zone }
    Chair: { $chairs }
    Members: { $members }
    Organisations below: { $below }
organisations-no-chair = not appointed
organisations-more-chairs = and { $count } more
organisations-up = ↑ { $name }
organisations-all = To the list
organisations-find = Find
organisations-ask-words = Write words from the name, or the code of the organisation. For example: Tyumen.
organisations-found = Organisations found: { $count }.{ $more ->
        [yes] { "" } The first { $shown } are shown; add a word to narrow it down.
       *[no] { "" }
    }
organisations-not-found = Nothing found. Try other words, for example one word of the name, or the code.
organisations-unknown-code = There is no organisation with the code “{ $code }”. See /orgs for the codes.
organisations-out-of-reach = This organisation is not yours to look after. See /orgs for those that are.
