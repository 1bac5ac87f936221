role-name = { $role ->
    [chair] chair
    [organiser] organiser
    [lawyer] lawyer
    [leader] leader
   *[admin] administrator
}
roles-whole-union = the whole union
roles-usage =
    Write it like this: /{ $command } ID ROLE [CODE]
    For example: <code>/{ $command } 123456789 chair TMN-01</code>

    <b>ID</b> — a Telegram ID in digits, or the @name of somebody who has written to the bot.
    <b>ROLE</b> — one of these words:
    { $roles }
    <b>CODE</b> — the code of an organisation, see /orgs. A chair and an organiser always need one; the other roles without a code are for the whole union.{ $command ->
        [grant] { "" }

    For an organiser whose news somebody else checks first, add “review”: <code>/grant 123456789 organiser TMN-01 review</code>. To lift or to add the check, grant the role again.
       *[revoke] { "" }
    }
roles-unknown = There is no role “{ $role }”. There are: { $roles }.
roles-granted = Role granted: { role-name } — { $place }, { $who }{ $review ->
        [yes] . News goes to review.
       *[no] { "" }
    }
roles-not-met = This person has not written to the bot yet. The role works from their first message on; please check that the ID is right.
roles-revoked = Role revoked: { role-name } — { $place }, { $who }
roles-told-granted = You have been given a role: <b>{ role-name }</b> — { $place }.{ $review ->
        [yes] { " " }Your news goes out after review: another organiser looks at it and publishes it.
       *[no] { $role ->
            [organiser] { " " }You publish news by yourself now.
           *[other] { "" }
        }
    } See /help for what you can do now.
roles-told-revoked = You no longer hold this role: <b>{ role-name }</b> — { $place }. If this is a mistake, contact an administrator.
roles-out-of-reach = You are not an administrator of the whole union: you can grant and revoke roles in your own organisation and below. Give the code of one of them, see /orgs.
roles-held = Nothing to change: this person already has the role “{ role-name }” here.
roles-not-held = This person does not have the role “{ role-name }” here. Revoke a role with the code it was granted with; without a code it is the whole union.
roles-fixed = This administrator is named in the server’s settings (ADMIN_IDS). The role can only be revoked there.
roles-last-admin = This is the last administrator of the whole union. First appoint another one, and let them write to the bot.
roles-code-needed = Add the code of an organisation: the role “{ role-name }” is for one organisation and all below it, not for the whole union. See /orgs for the codes.
