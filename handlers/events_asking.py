from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import GoesOnAlbum, HasPlace
from handlers.posts_content import content_of
from handlers.scene import Scene
from keyboards import events_asking as kb
from keyboards import events_desk as kb_desk
from keyboards import events_making as kb_making
from keyboards import months
from keyboards.events_making import Step
from keyboards.screen import Reply, Screen
from models.event import Event
from models.event import State as Stage
from services import (
    events_cards,
    events_desk,
    events_fields,
    events_hosts,
    events_making,
)
from services.events_typed import Point, Where, parse_place, parse_seats, parse_start
from services.moments import MomentHourless, Span, find_day, parse_end, parse_moment
from services.moments_sides import MomentUnclear
from services.parsing import NAME_LIMIT, parse_text

router = Router(name=__name__)
WHEN = (Step.START, Step.END)


class Eventing(StatesGroup):
    """A step of the same name as its question."""

    title = State()
    words = State()
    start = State()
    end = State()
    place = State()
    seats = State()
    by = State()
    host = State()
    contact = State()


@router.callback_query(kb_making.New.filter())
async def begin(tap: CallbackQuery, callback_data: kb_making.New, scene: Scene) -> Reply:
    place = callback_data.organisation_id
    event = await events_making.begin(scene.session, scene.actor, place, now=scene.now)
    return await _ask(event, Step.TITLE, scene, chain=True)


@router.callback_query(kb_making.Ask.filter())
async def ask(tap: CallbackQuery, callback_data: kb_making.Ask, scene: Scene) -> Reply:
    event = await _get(callback_data.event_id, scene)
    asked = await _ask(event, callback_data.step, scene, chain=callback_data.chain)
    return kb_desk.beside(event, asked)


@router.message(StateFilter(Eventing.title))
async def take_title(message: Message, scene: Scene) -> Reply:
    number, text = await _number(scene), message.text or ""
    await events_fields.name(scene.session, scene.actor, number, text, now=scene.now)
    return await _go_on(Step.TITLE, number, scene)


@router.message(StateFilter(Eventing.words, Eventing.start), GoesOnAlbum())
async def take_more(message: Message, scene: Scene) -> Reply:
    """What follows was shown with the first part of the album."""
    number, content = await _number(scene), content_of(message)
    await events_fields.describe(scene.session, scene.actor, number, content, now=scene.now)
    await events_cards.redraw(scene.session, number, now=scene.now)
    return None


@router.message(StateFilter(Eventing.words))
async def take_words(message: Message, scene: Scene) -> Reply:
    number, content = await _number(scene), content_of(message)
    await events_fields.describe(scene.session, scene.actor, number, content, now=scene.now)
    return await _go_on(Step.DESCRIPTION, number, scene, album=content.album)


@router.callback_query(kb.Month.filter())
async def turn_month(tap: CallbackQuery, callback_data: kb.Month, scene: Scene) -> Reply:
    event = await _get(callback_data.event_id, scene)
    chain = await _resume(event, Step.START, scene)
    first = months.day_of(callback_data.first)
    return kb.month(scene.t, event, first, scene.now, chain=chain)


@router.callback_query(kb.Day.filter())
async def pick_day(tap: CallbackQuery, callback_data: kb.Day, scene: Scene) -> Reply:
    event, day = await _get(callback_data.event_id, scene), months.day_of(callback_data.day)
    return await _ask_hour(event, day, scene)


@router.callback_query(kb.Hour.filter())
async def pick_hour(tap: CallbackQuery, callback_data: kb.Hour, scene: Scene) -> Reply:
    event = await _get(callback_data.event_id, scene)
    await _resume(event, Step.START, scene)
    return await _start(event, Span(kb.moment_of(callback_data), None), scene)


@router.message(StateFilter(Eventing.start))
async def take_start(message: Message, scene: Scene) -> Reply:
    event, text = await _get(await _number(scene), scene), message.text or ""
    picked = (await scene.dialog.get_data()).get("day")
    day = date.fromordinal(picked) if picked else None
    try:
        span = parse_start(text, event, day, now=scene.now)
    except (MomentHourless, MomentUnclear):
        if (day := find_day(text, scene.now, ZoneInfo(event.zone))) is None:
            raise
        return await _ask_hour(event, day, scene)
    return await _start(event, span, scene)


@router.message(StateFilter(Eventing.end))
async def take_end(message: Message, scene: Scene) -> Reply:
    event = await _get(await _number(scene), scene)
    start = events_fields.require_start(event)
    end = parse_end(message.text or "", start, scene.now, ZoneInfo(event.zone))
    return await _end(event, end, scene)


@router.callback_query(kb.Lasts.filter())
async def pick_length(tap: CallbackQuery, callback_data: kb.Lasts, scene: Scene) -> Reply:
    event = await _get(callback_data.event_id, scene)
    await _resume(event, Step.END, scene)
    start = events_fields.require_start(event)
    return await _end(event, start + timedelta(minutes=callback_data.minutes), scene)


@router.message(StateFilter(Eventing.place), HasPlace())
async def take_point(message: Message, point: Point, name: str, scene: Scene) -> Reply:
    number = await _number(scene)
    if await events_fields.pin(scene.session, scene.actor, number, point, name, now=scene.now):
        return await _go_on(Step.PLACE, number, scene)
    asked = await scene.dialog.update_data({"point": point})
    return kb.ask_address(scene.t, await _get(number, scene), chain=asked["chain"])


@router.message(StateFilter(Eventing.place))
async def take_place(message: Message, scene: Scene) -> Reply:
    number, asked = await _number(scene), await scene.dialog.get_data()
    where = parse_place(message.text or "", asked.get("point"))
    await events_fields.place(scene.session, scene.actor, number, where, now=scene.now)
    return await _go_on(Step.PLACE, number, scene)


@router.callback_query(kb.SameAddress.filter())
async def keep_address(tap: CallbackQuery, callback_data: kb.SameAddress, scene: Scene) -> Reply:
    number, asked = callback_data.event_id, await scene.dialog.get_data()
    if asked.get("event_id") == number and (point := asked.get("point")):
        await events_fields.refine(scene.session, scene.actor, number, point, now=scene.now)
    return await _go_on(Step.PLACE, number, scene)


@router.message(StateFilter(Eventing.seats))
async def take_seats(message: Message, scene: Scene) -> Reply:
    number, seats = await _number(scene), parse_seats(message.text or "")
    await events_fields.seat(scene.session, scene.actor, number, seats, now=scene.now)
    return await _go_on(Step.SEATS, number, scene)


@router.message(StateFilter(Eventing.by))
async def take_by(message: Message, scene: Scene) -> Reply:
    event = await _get(await _number(scene), scene)
    by = parse_moment(message.text or "", scene.now, ZoneInfo(event.zone))
    await events_fields.answer_by(scene.session, scene.actor, event.id, by, now=scene.now)
    return await _go_on(Step.ANSWER_BY, event.id, scene)


@router.callback_query(kb.Before.filter())
async def pick_by(tap: CallbackQuery, callback_data: kb.Before, scene: Scene) -> Reply:
    event = await _get(callback_data.event_id, scene)
    by = events_fields.require_start(event) - timedelta(hours=callback_data.hours)
    await events_fields.answer_by(scene.session, scene.actor, event.id, by, now=scene.now)
    return await _go_on(Step.ANSWER_BY, event.id, scene)


@router.callback_query(kb.Without.filter())
async def do_without(tap: CallbackQuery, callback_data: kb.Without, scene: Scene) -> Reply:
    event = await _get(callback_data.event_id, scene)
    await _resume(event, callback_data.step, scene)
    await _clear(event, callback_data.step, scene)
    return await _go_on(callback_data.step, event.id, scene)


@router.message(StateFilter(Eventing.host))
async def take_host(message: Message, scene: Scene) -> Reply:
    number, words = await _number(scene), parse_text(message.text or "", NAME_LIMIT)
    if found := await events_hosts.search(scene.session, scene.actor, words):
        return kb.hosts(scene.t, number, found, words)
    await events_hosts.appoint(scene.session, scene.actor, number, words, now=scene.now)
    return await _go_on(Step.HOST, number, scene)


@router.callback_query(kb.Host.filter())
async def pick_host(tap: CallbackQuery, callback_data: kb.Host, scene: Scene) -> Reply:
    number, member = callback_data.event_id, callback_data.member_id
    await events_hosts.appoint_member(scene.session, scene.actor, number, member, now=scene.now)
    return await _go_on(Step.HOST, number, scene)


@router.callback_query(kb.Mine.filter())
async def take_me(tap: CallbackQuery, callback_data: kb.Mine, scene: Scene) -> Reply:
    number, me = callback_data.event_id, str(scene.actor.person.telegram_id)
    await events_hosts.appoint(scene.session, scene.actor, number, me, now=scene.now)
    return await _go_on(Step.HOST, number, scene)


@router.message(StateFilter(Eventing.contact))
async def take_contact(message: Message, scene: Scene) -> Reply:
    number, line = await _number(scene), message.text or ""
    await events_fields.contact(scene.session, scene.actor, number, line, now=scene.now)
    return await _go_on(Step.CONTACT, number, scene)


async def _get(number: int, scene: Scene) -> Event:
    return (await events_desk.look(scene.session, scene.actor, number, now=scene.now)).event


async def _number(scene: Scene) -> int:
    return int((await scene.dialog.get_data())["event_id"])


async def _ask(event: Event, step: Step, scene: Scene, *, chain: bool) -> Screen:
    await scene.dialog.set_state(getattr(Eventing, step))
    await scene.dialog.set_data({"event_id": event.id, "chain": chain})
    return kb.ask(scene.t, event, step, scene.now, chain=chain)


async def _resume(event: Event, step: Step, scene: Scene) -> bool:
    """A button of a question that was left asks it again; whether others follow it."""
    asked = await scene.dialog.get_data()
    chain = asked.get("event_id") == event.id and bool(asked.get("chain"))
    if await scene.dialog.get_state() != getattr(Eventing, step).state:
        await _ask(event, step, scene, chain=chain)
    return chain


async def _go_on(step: Step, number: int, scene: Scene, album: str | None = None) -> Screen:
    """To the next question, or back to all of the event."""
    chain = (await scene.dialog.get_data()).get("chain", False)
    event = await _get(number, scene)
    after = kb.next_step(step, event) if chain else None
    if after is None and album is None:
        await scene.dialog.clear()
    shown = await (_ask(event, after, scene, chain=True) if after else _desk(event.id, scene))
    if album is not None:
        await scene.dialog.update_data({"album": album})
    return kb.read_back(scene.t, event, shown) if after and step in WHEN else shown


async def _ask_hour(event: Event, day: date, scene: Scene) -> Screen:
    chain = await _resume(event, Step.START, scene)
    await scene.dialog.update_data({"day": day.toordinal()})
    return kb.hours(scene.t, event, day, scene.now, chain=chain)


async def _start(event: Event, span: Span, scene: Scene) -> Screen:
    if event.state is Stage.OPEN:
        return await _ask_move(event, span, scene)
    await events_fields.start(scene.session, scene.actor, event.id, *span, now=scene.now)
    return await _go_on(Step.START, event.id, scene)


async def _ask_move(event: Event, span: Span, scene: Scene) -> Screen:
    """Many would be told: it is read back first."""
    weighed = await events_fields.weigh(scene.session, event, *span, now=scene.now)
    asked = {"event_id": event.id, "start": span.start.isoformat()}
    await scene.dialog.set_data(asked | ({"end": span.end.isoformat()} if span.end else {}))
    return kb_desk.ask_move(scene.t, weighed, scene.now)


async def _end(event: Event, at: datetime, scene: Scene) -> Screen:
    await events_fields.end(scene.session, scene.actor, event.id, at, now=scene.now)
    return await _go_on(Step.END, event.id, scene)


async def _clear(event: Event, step: Step, scene: Scene) -> None:
    session, actor, now = scene.session, scene.actor, scene.now
    match step:
        case Step.PLACE:
            await events_fields.place(session, actor, event.id, Where(), now=now)
        case Step.SEATS:
            await events_fields.seat(session, actor, event.id, None, now=now)
        case Step.ANSWER_BY:
            await events_fields.answer_by(session, actor, event.id, None, now=now)


async def _desk(number: int, scene: Scene) -> Screen:
    return await kb_desk.show_changed(scene.session, scene.actor, scene.t, number, now=scene.now)
