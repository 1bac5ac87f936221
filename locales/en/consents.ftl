consents-text =
    <b>Consent to the processing of personal data</b>

    Operator: { $operator }.
    What is processed: surname, first name, patronymic, date of birth, phone, primary organisation, Telegram account.
    What for: to consider your application, keep the record of members, issue the membership card, contact you on union matters.
    How: stored, used and passed on within the union to those who keep the record. Nothing is given to third parties.
    How long: while you are a member and while the application is being considered. You can withdraw your consent at any time.

    Version of this text: { $version }.
consents-none = You have not given consent to the processing of personal data yet.
consents-given = You gave consent to the processing of personal data on { $day }, version of the text { $version }.
consents-read = Read the consent again
consents-agreed = You gave this consent on { $at }.
consents-changed = You gave consent on { $at }, version of the text { $version }. The text has changed since, and the bot no longer has the former words. Here is the present text, version { $now }: you have not agreed to it yet.
