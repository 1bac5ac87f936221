"""After the storm: every act once, every answer there, nothing left over and nothing leaked."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select

from benchmarks.storm.people import AS_SHOWN, Joiner
from benchmarks.storm.tempest import KEY, SECRET, TOKEN, Storm
from bot.database import Database
from models.application import Application, State
from models.audit import AuditRecord
from models.base import Session
from models.mail import DeadLetter, Lane, Owed, Received, Sending
from models.member import Member
from models.person import Person
from sandbox.people import words

SENDERS = 25  # calls on their way at once


class Bill(NamedTuple):
    updates: int
    effects: int
    lost: int
    doubled: int
    messages: int
    never_sent: list[str]
    repeats: int  # messages that came more than once, of those that can be told apart
    attempts: int  # calls beyond one for each message, whatever became of them
    wrong: list[str]  # any other promise that was not kept


async def reckon(storm: Storm) -> Bill:
    database = Database(storm.plan.url)
    async with database.transaction() as session:
        expected, found = _expected(storm), await _found(session)
        seen = [words(m) for chat in storm.world.chats.values() for m in chat.messages.values()]
        bill = Bill(
            updates=await session.scalar(select(func.count()).select_from(Received)) or 0,
            effects=sum(expected.values()),
            lost=(expected - found).total(),
            doubled=(found - expected).total(),
            messages=len(seen),
            never_sent=[*_unsent(storm)],
            repeats=_repeats(storm),
            attempts=await _attempts(session),
            wrong=[*await _wrong(session, storm), *_leaks(storm)],
        )
    await database.close()
    return bill


def _expected(storm: Storm) -> Counter[tuple[str, int]]:
    """The audit's name for an act, and whose it was."""
    acts = {(act, one.id): n for one in storm.joiners for act, n in one.acts.items()}
    joined = [one.id for one in storm.joiners if one.acts["application.sent"]]
    decided = {(act, one): 1 for act in ("confirmed", "admitted") for one in joined}
    return Counter(acts | decided)


async def _found(session: Session) -> Counter[tuple[str, int]]:
    own = ("consent.given", "application.sent", "member.phone", "profile.hours")
    acts = select(AuditRecord.action, Person.telegram_id, func.count()).group_by(
        AuditRecord.action, Person.telegram_id
    )
    by_actor = acts.join(Person, Person.id == AuditRecord.actor_id).where(
        AuditRecord.action.in_(own)
    )
    applied = (
        acts.join(Application, Application.id == AuditRecord.subject_id)
        .join(Person, Person.id == Application.person_id)
        .where(AuditRecord.action == "application.confirmed")
    )
    members = (
        acts.join(Member, Member.id == AuditRecord.subject_id)
        .join(Person, Person.id == Member.person_id)
        .where(AuditRecord.action == "member.admitted")
    )
    short = {"application.confirmed": "confirmed", "member.admitted": "admitted"}
    found: Counter[tuple[str, int]] = Counter()
    for query in (by_actor, applied, members):
        for act, one, n in await session.execute(query):
            found[short.get(act, act), one] = n
    return found


def _unsent(storm: Storm) -> Iterator[str]:
    """Answers, decisions and what the chairs are owed: each must be on a screen."""
    yield from storm.told.waiting
    asked = "\n".join(words(m) for c in storm.chairs for m in c.chat.messages.values())
    for one in storm.joiners:
        screen = "\n".join(words(m) for m in one.chat.messages.values())
        pictures = sum("photo" in m for m in one.chat.messages.values())
        for phone in one.phones[1:]:
            if f"Телефон {AS_SHOWN(phone)} записан" not in screen:
                yield f"{one.id}: {phone}"
        if one.acts["application.sent"]:
            yield from (f"{one.id}: {word}" for word in _owed_to(one, screen, asked, pictures))


def _owed_to(one: Joiner, screen: str, asked: str, pictures: int) -> Iterator[str]:
    if "добро пожаловать в профсоюз" not in screen:
        yield "welcome"
    if not pictures:
        yield "card"
    if one.name not in asked:
        yield "the chairs were not asked"


def _repeats(storm: Storm) -> int:
    """Messages whose words occur once in a life: a second one is a repeat."""
    once = ("записан.", "добро пожаловать", "Заявка отправлена", "Заявка на вступление")
    return sum(
        count - 1
        for soul in (*storm.joiners, *storm.chairs)
        for count in Counter(
            text
            for text in (words(m) for m in soul.chat.messages.values() if m["from"]["is_bot"])
            if any(word in text for word in once)
        ).values()
    )


async def _attempts(session: Session) -> int:
    made = select(func.sum(Owed.attempts - 1)).where(Owed.attempts > 0)
    return await session.scalar(made) or 0


async def _wrong(session: Session, storm: Storm) -> list[str]:
    kept = set(await session.scalars(select(Received.update_id)))
    given = storm.world.given
    ends = await session.execute(
        select(Owed.state, func.count()).where(Owed.lane <= Lane.CASE).group_by(Owed.state)
    )
    counted = {state: n for state, n in ends}  # noqa: C416 - a row is no pair to mypy
    letters = await session.scalar(select(func.count()).select_from(DeadLetter))
    alerts = await session.scalar(
        select(func.count()).select_from(Owed).where(Owed.notice == "system-trouble")
    )
    poisoned = storm.told.troubles["poison"]
    open_now = (
        select(func.count()).select_from(Application).where(Application.state == State.PENDING)
    )
    found = {
        "updates never taken in": len(given - kept),
        "updates nobody sent": len(kept - given),
        "messages in no final state": counted.get(Sending.NEW, 0)
        + counted.get(Sending.SENDING, 0),
        "messages failed": counted.get(Sending.FAILED, 0),
        "messages unknown": counted.get(Sending.UNKNOWN, 0),
        "dead letters beside the poison": abs((letters or 0) - poisoned),
        "alerts beside one an admin and day": max(0, (alerts or 0) - 2),
        "applications undecided": await session.scalar(open_now),
        "rows damaged": len(storm.told.damaged),
        "end when asked to stop": storm.told.last_end,
    }
    last = await _last_words(session, storm)
    return [f"{what}: {n}" for what, n in found.items() if n] + last


async def _last_words(session: Session, storm: Storm) -> list[str]:
    """What each said last is what is kept."""
    rows = await session.execute(
        select(Person.telegram_id, Member.phone, Person.notify_from, Person.notify_to).join(
            Member, Member.person_id == Person.id
        )
    )
    kept = {one: (phone, f"{start}–{end}") for one, phone, start, end in rows}
    said = {one.id: (one.phones[-1], one.hours) for one in storm.joiners if one.acts}
    return [
        f"{one}: {said[one]} is kept as {kept.get(one)}"
        for one in said
        if kept.get(one) != said[one]
    ]


def _leaks(storm: Storm) -> Iterator[str]:
    """Neither the bot's secrets nor anything a person said may be in the log of any life."""
    log = (storm.plan.folder / "log").read_text("utf-8")
    said = {phone[1:] for one in storm.joiners for phone in one.phones}
    found = said & set(re.findall(r"\d{11}", log))
    found |= {word for word in (TOKEN, TOKEN.partition(":")[2], SECRET, KEY) if word in log}
    yield from (f"in the log: {word}" for word in (*found, *re.findall("Штормов[а-я]*", log)))
