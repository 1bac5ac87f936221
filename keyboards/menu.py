"""The reply keyboard that is always there, the command lists, and the way home."""

import re
from dataclasses import replace

from aiogram.filters.callback_data import CallbackData

from keyboards.screen import Call, Link, Reader, Screen, Tap, notice
from locales import LANGUAGES, Translator, labels
from models.application import Application, Consent, State
from models.base import Session
from models.role import Role
from services import joining, requests_list
from services.access import Actor, Can
from services.house import House
from services.parsing import name_key
from services.retention import EVENTS

MEMBER = (
    ("menu-news", "menu-events"),
    ("menu-polls", "menu-lawyer"),
    ("menu-card", "menu-profile"),
    ("menu-sos",),
)
GUEST = (("menu-join",), ("menu-about", "menu-sos"))
APPLICANT = (("menu-application",), ("menu-about", "menu-sos"))
NOT_YET_OPEN = ("menu-polls", "menu-lawyer")

# What a person may have pressed, in any language, and which entry of the menu it is.
LABELS = {
    label: entry
    for rows in (MEMBER, GUEST, APPLICANT)
    for row in rows
    for entry in row
    for label in labels(entry)
}
# The same in words alone: as people type what they could press.
WORDS = {
    name_key(said): entry
    for label, entry in LABELS.items()
    for said in (label, label.partition(" ")[2])
}
LONGEST = 2 * max(map(len, LABELS))

EVERYONE = ("start", "menu", "help", "language", "cancel", "privacy")
MEMBERS = ("news", "events", "card", "profile", "settings")
CHAIRS = ("requests", "invite", "members")
ORGANISERS = ("post", "newevent", "checkin", "channels")
ADMINS = ("grant", "revoke", "orgs", "audit")
ALL_COMMANDS = (*EVERYONE, *MEMBERS, *CHAIRS, *ORGANISERS, *ADMINS, "sos")


COMMAND = re.compile(r"/[A-Za-z]\w*")
ASIDES = ("/help", "/privacy")  # something to read, and the question still stands


class Home(CallbackData, prefix="mn.home"):
    pass


class Join(CallbackData, prefix="jn.join"):
    pass


class Settings(CallbackData, prefix="pf.open"):
    pass


class Speak(CallbackData, prefix="mn.speak"):
    language: str


def entry_of(text: str, step: str | None) -> str | None:
    """The entry of the menu that is meant; as the answer to a question only its very label is."""
    if step is not None or text in LABELS or len(text) > LONGEST:
        return LABELS.get(text)
    return WORDS.get(name_key(text))


def leaves_dialog(text: str | None) -> bool:
    """A command or an entry of the menu ends whatever was being asked."""
    if text is None or text.strip().lower() in ASIDES:
        return False
    return text in LABELS or COMMAND.match(text) is not None


def keys(t: Translator, actor: Actor, application: Application | None) -> list[list[str]]:
    rows = MEMBER if actor.member else APPLICANT if _is_sent(application) else GUEST
    return [[t.label(entry) for entry in row] for row in rows]


def _is_sent(application: Application | None) -> bool:
    return application is not None and application.state in (State.PENDING, State.RETURNED)


def commands(t: Translator, actor: Actor | None) -> list[dict[str, str]]:
    """Telegram's command menu for this person; nobody in particular: for everybody."""
    names = [*EVERYONE]
    if actor and actor.member:
        names += MEMBERS
    if actor and actor.may(Can.DECIDE):
        names.append("requests")
    if actor and actor.may(Can.INVITE):
        names.append("invite")
    if actor and actor.may(Can.SEE_MEMBERS):
        names.append("members")
    if actor and actor.may(Can.POST):
        names += ["post", "newevent", "checkin"]
    if actor and actor.may(Can.PUBLISH):
        names.append("channels")
    if actor and actor.holds(Role.ADMIN):
        names += ADMINS
    return [{"command": name, "description": t.label(f"command-{name}")} for name in names]


def home(t: Translator, actor: Actor, application: Application | None, waiting: int = 0) -> Screen:
    """The menu itself, with the words for where this person stands and what waits for them."""
    menu = keys(t, actor, application)
    if actor.member and actor.organisation:
        text = t(
            "menu-home-member", name=given_name(actor.member.name), place=actor.organisation.name
        )
    else:
        text = t(f"menu-home-{_standing(application)}")
    if waiting:
        text += "\n\n" + t("menu-home-waiting", count=waiting)
    return Screen(text, keys=menu, hint=t.label("menu-hint"))


def _standing(application: Application | None) -> str:
    """Somebody who only looked at the consent has not begun anything."""
    if application is None or application.consent_id is None:
        return "guest"
    known = {State.DRAFT: "draft", State.PENDING: "applicant", State.RETURNED: "returned"}
    return known.get(application.state, "guest")


def given_name(name: str) -> str:
    """Names are written surname first."""
    words = name.split()
    return words[1] if len(words) > 1 else name


def about(t: Translator) -> Screen:
    return Screen(t("menu-about-text"))


def help_screen(t: Translator, actor: Actor) -> Screen:
    lines = [f"/{c['command']} — {c['description']}" for c in commands(t, actor)]
    return Screen(t("menu-help", commands="\n".join(lines)))


def language(t: Translator) -> Screen:
    names = [Tap(t.label(f"language-{one}"), Speak(language=one)) for one in LANGUAGES]
    return Screen(t("menu-language"), buttons=[names])


def privacy(t: Translator, actor: Actor, operator: str, consent: Consent | None) -> Screen:
    standing = "member" if actor.member else "applicant" if consent else "guest"
    operator = operator or "none"
    text = t("menu-privacy", operator=operator, standing=standing, days=EVENTS.days)
    return Screen(text if consent else f"{text}\n\n{t('consents-none')}")


def sos(t: Translator, actor: Actor, chair: str) -> Screen:
    """`chair`: who can help, and how they are reached; «none» where that is nobody else."""
    return Screen(t("menu-sos-text", member="yes" if actor.member else "no", chair=chair))


def not_open(t: Translator, section: str, chair: str) -> Screen:
    return Screen(t("menu-not-open", section=section, chair=chair))


def cancelled(t: Translator) -> Screen:
    return Screen(t("menu-cancelled"))


def spoken(t: Translator) -> Screen:
    return Screen(t("menu-language-set"))


def still_asked(t: Translator, screen: Screen) -> Screen:
    """Read in passing: keys and buttons of the question stay as they are."""
    return replace(screen, text=f"{screen.text}\n\n{t('menu-still-asked')}")


def only_in_private(t: Translator, house: House) -> Screen:
    return Screen(
        t("menu-group"), buttons=[[Link(t.label("menu-group-open"), f"https://t.me/{house.bot}")]]
    )


@notice("menu-commands")
async def command_list(session: Session, to: Reader) -> Call:
    scope = {"type": "chat", "chat_id": to.actor.person.telegram_id}
    return Call("setMyCommands", {"commands": commands(to.t, to.actor), "scope": scope})


async def home_of(session: Session, actor: Actor, t: Translator) -> list[Screen]:
    """A draft goes on by the menu itself; what was returned gets a button of its own."""
    application = await joining.find_latest(session, actor)
    returned = application is not None and application.state is State.RETURNED
    waiting = await requests_list.count_waiting(session, actor)
    shown = home(t, actor, application, waiting)
    return [shown, *(going_on(t, application) if returned else ())]


async def under_menu(
    session: Session, actor: Actor, t: Translator, screen: Screen
) -> list[Screen]:
    """The screen with the menu below it, whatever keys a question had put there."""
    return _with_menu(t, actor, await joining.find_latest(session, actor), screen)


def _with_menu(
    t: Translator, actor: Actor, application: Application | None, screen: Screen
) -> list[Screen]:
    shown = replace(screen, keys=keys(t, actor, application), hint=t.label("menu-hint"))
    return [shown, *going_on(t, application)]


async def over_menu(session: Session, actor: Actor, t: Translator, screen: Screen) -> list[Screen]:
    """What a tap came to takes the place of the question; the menu needs a new message."""
    return [screen, *await under_menu(session, actor, t, Screen(t("menu-below")))]


async def members_only(
    session: Session, actor: Actor, t: Translator, section: str
) -> list[Screen]:
    """A section asked for by somebody who is no member, or not yet."""
    application = await joining.find_latest(session, actor)
    standing = "sent" if _is_sent(application) else "guest"
    text = t("menu-members-only", section=section, standing=standing)
    return _with_menu(t, actor, application, Screen(text))


async def beside_form(
    session: Session, actor: Actor, t: Translator, screen: Screen
) -> list[Screen]:
    """A screen with buttons of its own, which leave no room for the menu."""
    return [screen, *going_on(t, await joining.find_latest(session, actor))]


async def lost(session: Session, actor: Actor, t: Translator, *, late: bool) -> list[Screen]:
    """In one message with the way back to an open application.

    `late`: it may answer a question that was left a moment ago.
    """
    application = await joining.find_latest(session, actor)
    said = t("menu-question-left" if late else "menu-not-understood")
    if application and application.is_editable and (late or application.is_begun):
        way = _way_on(t, application)
        return [replace(way, text=f"{said}\n\n{way.text}")]
    return _with_menu(t, actor, application, Screen(said))


def going_on(t: Translator, application: Application | None) -> list[Screen]:
    """Whatever interrupted an application, one tap leads back to it."""
    return [_way_on(t, application)] if application and application.is_begun else []


def _way_on(t: Translator, application: Application) -> Screen:
    go_on = [Tap(t.label("joining-go-on"), Join())]
    return Screen(t("joining-waits", state=application.state), buttons=[go_on])
