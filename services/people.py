"""Telegram accounts: met, remembered, reached or not."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from models.base import Session
from models.person import Person
from services import access, deciders, notices
from services.access import Actor, Can
from services.errors import Refusal

LANGUAGES = ("ru", "en")
SEEN_STEP = timedelta(minutes=10)


class UnknownPerson(Refusal):
    text_id = "people-unknown"


async def meet(
    session: Session,
    telegram_id: int,
    username: str | None,
    language: str | None,
    *,
    now: datetime,
    chat_id: int | None = None,
) -> Actor:
    """Who has spoken to the bot in private can be written to; a word in a group is not that."""
    here = telegram_id if chat_id is None else chat_id
    in_private = here == telegram_id
    known = await access.find(session, telegram_id, here, now=now)
    actor = known or Actor(Person(telegram_id=telegram_id))
    person = actor.person
    if person.met_at is None:
        person.language = "en" if language and language[:2] not in ("ru", "be", "kk") else "ru"
        person.met_at = now if in_private else None
    handle = username.lower() if username else None  # Telegram's own are case-blind
    if person.username != handle:
        await _release(session, handle)
        person.username = handle
    if person.unreachable_since is not None and in_private:
        person.unreachable_since = None
    if person.seen_at is None or now - person.seen_at > SEEN_STEP:
        person.seen_at = now
    if known is None:
        session.add(person)
        await session.flush()
    return actor


async def expect(session: Session, who: str, *, now: datetime) -> Person:
    """A person named by Telegram id, met or not yet, or by the @username of one already met."""
    if who.startswith("@"):
        person = await session.scalar(select(Person).where(Person.username == who[1:].lower()))
        if person is None:
            raise UnknownPerson(who=who[:40])
        return person
    if not who.isascii() or not who.isdigit() or not 0 < int(who) < 2**52:
        raise UnknownPerson(who=who[:40])
    person = await _find(session, int(who))
    if person is None:
        person = Person(telegram_id=int(who), language="ru")
        session.add(person)
        await session.flush()
    return person


def contact_of(person: Person, name: str | None) -> str | None:
    """A name, and how its bearer is written to, as far as either is known."""
    username = f"@{person.username}" if person.username else None
    return ", ".join(part for part in (name, username) if part) or None


async def get_met(session: Session, who: str, *, now: datetime) -> Person:
    """Somebody who has spoken to the bot, by Telegram id or @username."""
    number = int(who) if who.isascii() and who.isdigit() and len(who) < 16 else None
    named = (
        Person.username == who.removeprefix("@").lower()
        if number is None
        else Person.telegram_id == number
    )
    person = await session.scalar(select(Person).where(named, Person.met_at.is_not(None)))
    if person is None:
        raise UnknownPerson(who=who[:40])
    return person


async def speak(session: Session, actor: Actor, language: str, *, now: datetime) -> None:
    if language in LANGUAGES:
        actor.person.language = language
        await notices.owe(session, actor.person, "menu-commands", now=now)


async def greet(session: Session, actor: Actor, *, now: datetime) -> None:
    """A role may have come before the person: their command menu and what waits follow now."""
    if actor.roles or actor.member:
        await notices.owe(session, actor.person, "menu-commands", now=now)
    for path in actor.paths(Can.DECIDE):
        await deciders.follow(session, actor.person, path, now=now)


async def lose(session: Session, telegram_id: int, *, now: datetime) -> None:
    """The bot was stopped or the account is gone; their next word brings them back."""
    await session.execute(
        update(Person)
        .where(Person.telegram_id == telegram_id, Person.unreachable_since.is_(None))
        .values(unreachable_since=now)
    )


async def _find(session: Session, telegram_id: int) -> Person | None:
    found: Person | None = await session.scalar(
        select(Person).where(Person.telegram_id == telegram_id)
    )
    return found


async def _release(session: Session, username: str | None) -> None:
    """A username belongs to one account at a time; whoever had it before has it no longer."""
    if username:
        await session.execute(
            update(Person).where(Person.username == username).values(username=None)
        )
