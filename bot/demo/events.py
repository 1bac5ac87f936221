"""What the demo's union invites its members to, and what it has just held."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.demo.news import PLACE, content
from models.base import Session
from models.event import Answer, Event
from sandbox.world import World
from services import (
    checkins_marks,
    events_fields,
    events_making,
    events_rating,
    events_seats,
    interests,
    members,
    organisations,
    posts_choices,
)
from services.access import Actor
from services.events_making import Herald
from services.events_typed import Where, parse_place

HOME = "TMN-01"
JUST_OVER = timedelta(hours=4)  # ago it began
PUBLISHED = timedelta(days=2)  # ago


class Plan(NamedTuple):
    days: int  # from today
    at: time
    lasts: timedelta
    title: str
    text: str
    where: str
    code: str = PLACE
    seats: int | None = None
    rubrics: tuple[str, ...] = ()
    picture: str | None = None


PLANS = (
    Plan(
        3,
        time(18),
        timedelta(hours=1, minutes=30),
        "Встреча с юристом: ваши сверхурочные",
        "Разберём на ваших расчётных листах, что и как должны оплатить. Возьмите листы за три "
        "последних месяца. Мест мало, зато с каждым поговорим отдельно.",
        "Тюмень, ул. Республики, 143, кабинет 12",
        HOME,
        3,
        ("Юридическая помощь", "Зарплата и договор"),
    ),
    Plan(
        5,
        time(19),
        timedelta(hours=1),
        "Новый тариф: спрашивайте напрямую",
        "Час вопросов о тарифе и индексации. Можно слушать с телефона по дороге домой, вопросы — "
        "голосом или в чат. Запись пришлём.",
        "https://meet.example.org/tarif",
        rubrics=("Зарплата и договор",),
    ),
    Plan(
        12,
        time(10),
        timedelta(hours=5),
        "Лыжная прогулка и чай у костра",
        "Идём спокойно, 8 километров, с детьми тоже можно. Лыжи дадут на базе бесплатно, чай и "
        "пироги за счёт профсоюза. Автобус от Дворца спорта в 9:00.",
        "База «Сосновый бор», Тюменский район",
        seats=45,
        rubrics=("Спорт", "Культура и отдых"),
        picture="Лыжная прогулка",
    ),
)


async def publish(session: Session, world: World, oleg: Actor, *, now: datetime) -> list[Event]:
    """The soonest first."""
    at = now - PUBLISHED
    return [await _make(session, world, oleg, plan, _start(plan, now), at) for plan in PLANS]


async def answer(
    session: Session, said: Mapping[Answer, tuple[Actor, ...]], event: Event, *, now: datetime
) -> None:
    for word, people in said.items():
        for person in people:
            await events_seats.answer(session, person, event.id, word, now=now)


async def hold(
    session: Session, world: World, oleg: Actor, came: tuple[Actor, ...], *, now: datetime
) -> Event:
    """It is just over: those who came have been checked in, and with them a guest."""
    plan = Plan(
        0,
        time(),
        timedelta(hours=2),
        "Экскурсия на подстанцию для семей",
        "Покажем детям, где работают их родители: щит управления, музей и настоящий выключатель.",
        "Тюмень, подстанция «Южная»",
        HOME,
        rubrics=("Культура и отдых",),
    )
    began = now.replace(minute=0, second=0, microsecond=0) - JUST_OVER
    event = await _make(session, world, oleg, plan, began, now - PUBLISHED)
    await answer(session, {Answer.GOING: came}, event, now=now - PUBLISHED)
    for person in came:
        member = members.require_member(person)
        await checkins_marks.mark(session, oleg, event.id, member.id, now=began)
    await checkins_marks.mark_guest(session, oleg, event.id, "Миша Кузнецов", now=began)
    return event


async def rate(session: Session, rater: Actor, event: Event, *, now: datetime) -> None:
    await events_rating.rate(session, rater, event.id, 5, now=now)
    words = "Сын теперь хочет работать электромонтёром. Спасибо!"
    await events_rating.say(session, rater, event.id, words, now=now)


async def _make(
    session: Session, world: World, oleg: Actor, plan: Plan, start: datetime, now: datetime
) -> Event:
    home = await organisations.get_by_code(session, oleg, plan.code)
    event = await events_making.begin(session, oleg, home.id, now=now)
    number, words = event.id, content(world, plan.text, plan.picture)
    await events_fields.name(session, oleg, number, plan.title, now=now)
    await events_fields.describe(session, oleg, number, words, now=now)
    until = start + plan.lasts
    await events_fields.start(session, oleg, number, start, until, now=now)
    where: Where = parse_place(plan.where)
    await events_fields.place(session, oleg, number, where, now=now)
    await events_fields.seat(session, oleg, number, plan.seats, now=now)
    for one in await interests.list_open(session, now=now):
        if one.title in plan.rubrics:
            await posts_choices.turn_rubric(session, oleg, event.post_id, one.id, on=True, now=now)
    await events_making.herald(session, oleg, number, Herald.NONE, now=now)
    known = await events_making.lock_draft(session, oleg, number, now=now)
    read = events_making.version(known)
    return (await events_making.publish(session, oleg, number, read, now=now)).event


def _start(plan: Plan, now: datetime) -> datetime:
    zone = ZoneInfo("Asia/Yekaterinburg")
    day = now.astimezone(zone).date() + timedelta(days=plan.days)
    return datetime.combine(day, plan.at, zone)
