from collections.abc import Awaitable, Callable
from functools import partial

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command, Says
from handlers.scene import Scene, leave, on_leaving
from keyboards import requests as kb
from keyboards.requests_card import REASONS
from keyboards.screen import Reply, Screen
from locales import Translator
from models.application import State as Standing
from services import requests, requests_list
from services.dates import Resolution, parse_resolution
from services.errors import Refusal
from services.parsing import parse_text
from services.requests import Request

router = Router(name=__name__)

Decide = Callable[..., Awaitable[Request]]
Ask = Callable[..., Screen]
Say = Callable[[Translator, Request], Screen]

LONGEST_REMARK = 400


class Deciding(StatesGroup):
    remark = State()
    reason = State()
    rejection = State()  # the reason is typed; whether it is to be done is asked
    decision = State()
    move = State()


@on_leaving(Deciding)
async def put_back(scene: Scene) -> None:
    """The card that was asking shows its buttons again."""
    asked = await scene.dialog.get_data()
    await requests.show_again(scene.session, scene.actor, asked["application_id"], now=scene.now)


@router.message(Command("requests"))
async def list_waiting(message: Message, scene: Scene) -> Reply:
    found = await requests_list.list_waiting(scene.session, scene.actor)
    return kb.waiting(scene.t, found, scene.now)


@router.callback_query(kb.Waiting.filter())
async def turn_page(tap: CallbackQuery, callback_data: kb.Waiting, scene: Scene) -> Reply:
    found = await requests_list.list_waiting(scene.session, scene.actor, page=callback_data.page)
    return kb.waiting(scene.t, found, scene.now)


@router.callback_query(kb.Open.filter())
async def open_request(tap: CallbackQuery, callback_data: kb.Open, scene: Scene) -> Reply:
    return _card(scene, await _get(callback_data.application_id, scene)).apart()


@router.callback_query(kb.Keep.filter())
async def keep(tap: CallbackQuery, callback_data: kb.Keep, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return _card(scene, await _get(callback_data.application_id, scene))


@router.callback_query(kb.Approve.filter())
async def confirm(tap: CallbackQuery, callback_data: kb.Approve, scene: Scene) -> Reply:
    number = callback_data.application_id
    request = await _get_in(number, Standing.PENDING, scene)
    if (callback_data.known, callback_data.read) != (kb.known_as(request), kb.read_of(request)):
        return kb.look_again(scene.t, request, scene.now)
    return await _confirm(number, scene)


@router.callback_query(kb.ApproveAs.filter())
async def confirm_as_offered(
    tap: CallbackQuery, callback_data: kb.ApproveAs, scene: Scene
) -> Reply:
    number = callback_data.application_id
    request = await _get_in(number, Standing.PENDING, scene)
    if (callback_data.entry, callback_data.read) != (kb.offered_by(request), kb.read_of(request)):
        return kb.look_again(scene.t, request, scene.now)
    return await _confirm(number, scene, as_offered=True)


async def _confirm(number: int, scene: Scene, *, as_offered: bool = False) -> Reply:
    request = await requests.confirm(
        scene.session, scene.actor, number, as_offered=as_offered, now=scene.now
    )
    return _card(scene, request).says(scene.t.label("requests-confirmed"))


@router.callback_query(kb.Move.filter())
async def ask_to_link(tap: CallbackQuery, callback_data: kb.Move, scene: Scene) -> Reply:
    number, known = callback_data.application_id, callback_data.known
    request = await _get_in(number, Standing.PENDING, scene)
    if (known, callback_data.read) != (kb.known_as(request), kb.read_of(request)):
        return kb.look_again(scene.t, request, scene.now)
    await _about(number, Standing.PENDING, Deciding.move, scene)
    await scene.dialog.update_data(known=known)
    return kb.move_sure(scene.t, request, scene.now)


@router.callback_query(kb.MoveSure.filter())
async def link(tap: CallbackQuery, callback_data: kb.MoveSure, scene: Scene) -> Reply:
    number, known = callback_data.application_id, callback_data.known
    request = await _get_in(number, Standing.PENDING, scene)
    if (known, callback_data.read) != (kb.known_as(request), kb.read_of(request)):
        return kb.look_again(scene.t, request, scene.now)
    await scene.dialog.clear()
    request = await requests.link(scene.session, scene.actor, number, known, now=scene.now)
    return _card(scene, request).says(scene.t.label("requests-linked"))


@router.message(StateFilter(Deciding.move), Says(yes=True))
async def link_in_words(message: Message, scene: Scene) -> Reply:
    known = (await scene.dialog.get_data())["known"]
    return await _told(requests.link, known, scene, kb.linked)


@router.message(StateFilter(Deciding.move))
async def do_not_link(message: Message, scene: Scene) -> Reply:
    card = partial(kb.card, now=scene.now)
    return await _told(requests.get_in, Standing.PENDING, scene, card)


@router.callback_query(kb.Confirm.filter())
@router.callback_query(kb.LinkTo.filter())
@router.callback_query(kb.RejectFor.filter())
async def decide_unseen(
    tap: CallbackQuery, callback_data: kb.Confirm | kb.LinkTo | kb.RejectFor, scene: Scene
) -> Reply:
    request = await _get_in(callback_data.application_id, Standing.PENDING, scene)
    return kb.look_again(scene.t, request, scene.now)


@router.callback_query(kb.GiveBack.filter())
async def ask_remark(tap: CallbackQuery, callback_data: kb.GiveBack, scene: Scene) -> Reply:
    request = await _about(callback_data.application_id, Standing.PENDING, Deciding.remark, scene)
    return kb.ask(scene.t, request, scene.now, "remark")


@router.message(StateFilter(Deciding.remark))
async def give_back(message: Message, scene: Scene) -> Reply:
    remark = parse_text(message.text or "", LONGEST_REMARK)
    return await _told(requests.give_back, remark, scene)


@router.callback_query(kb.Reject.filter())
@router.callback_query(kb.RejectTyped.filter())
async def ask_reason(
    tap: CallbackQuery, callback_data: kb.Reject | kb.RejectTyped, scene: Scene
) -> Reply:
    request = await _about(callback_data.application_id, Standing.PENDING, Deciding.reason, scene)
    return kb.reasons(scene.t, request, scene.now)


@router.callback_query(kb.Refuse.filter())
async def reject_for(tap: CallbackQuery, callback_data: kb.Refuse, scene: Scene) -> Reply:
    number, reason = callback_data.application_id, REASONS[callback_data.reason]
    request = await _get_in(number, Standing.PENDING, scene)
    if callback_data.read != kb.read_of(request):
        return kb.look_again(scene.t, request, scene.now)
    return await _reject(number, reason, scene)


@router.message(StateFilter(Deciding.rejection), Says(yes=True))
async def reject_in_words(message: Message, scene: Scene) -> Reply:
    reason = (await scene.dialog.get_data())["reason"]
    return await _told(requests.reject, reason, scene)


@router.message(StateFilter(Deciding.rejection), Says(yes=False))
async def ask_another_reason(message: Message, scene: Scene) -> Reply:
    return await _go_on_with(Deciding.reason, kb.reasons, scene)


@router.message(StateFilter(Deciding.reason, Deciding.rejection))
async def ask_whether_to_reject(message: Message, scene: Scene) -> Reply:
    reason = parse_text(message.text or "", LONGEST_REMARK)
    return await _go_on_with(Deciding.rejection, kb.reject_sure, scene, reason=reason)


@router.callback_query(kb.RejectSaid.filter())
async def reject(tap: CallbackQuery, callback_data: kb.RejectSaid, scene: Scene) -> Reply:
    number, reason = callback_data.application_id, (await scene.dialog.get_data()).get("reason")
    request = await _get_in(number, Standing.PENDING, scene)
    if reason is None or callback_data.read != kb.read_with(request, reason):
        return kb.look_again(scene.t, request, scene.now)
    return await _reject(number, reason, scene)


async def _reject(number: int, reason: str, scene: Scene) -> Reply:
    await scene.dialog.clear()
    request = await requests.reject(scene.session, scene.actor, number, reason, now=scene.now)
    return _card(scene, request).says(scene.t.label("requests-rejected"))


@router.callback_query(kb.NoteDecision.filter())
async def ask_decision(tap: CallbackQuery, callback_data: kb.NoteDecision, scene: Scene) -> Reply:
    number = callback_data.application_id
    request = await _about(number, Standing.CONFIRMED, Deciding.decision, scene)
    return kb.ask(scene.t, request, scene.now, "decision")


@router.message(StateFilter(Deciding.decision))
async def note_decision(message: Message, scene: Scene) -> Reply:
    resolution = parse_resolution(message.text or "", scene.today)
    return await _told(requests.note_decision, resolution, scene)


async def _get(application_id: int, scene: Scene) -> Request:
    return await requests.get_for(scene.session, scene.actor, application_id, now=scene.now)


async def _get_in(application_id: int, state: Standing, scene: Scene) -> Request:
    return await requests.get_in(scene.session, scene.actor, application_id, state, now=scene.now)


async def _about(application_id: int, state: Standing, step: State, scene: Scene) -> Request:
    """Asking begins, if the application is still where an answer can change it."""
    request = await _get_in(application_id, state, scene)
    asked = await scene.dialog.get_data()
    if asked.get("application_id", application_id) != application_id:
        await leave(scene)
    await scene.dialog.set_state(step)
    await scene.dialog.set_data({"application_id": application_id, "read": kb.read_of(request)})
    return request


async def _go_on_with(step: State, ask: Ask, scene: Scene, **said: str) -> Reply:
    """The next question about the same application, unless it is too late for any."""
    data = await scene.dialog.get_data()
    await scene.dialog.clear()
    try:
        request = await _get_in(data["application_id"], Standing.PENDING, scene)
    except Refusal as refusal:
        return kb.too_late(scene.t, refusal)
    if kb.read_of(request) != data["read"]:
        return kb.typed_too_late(scene.t, request, scene.now)
    await scene.dialog.set_state(step)
    await scene.dialog.set_data(data | {"reason": None} | said)
    return ask(scene.t, request, scene.now, **said)


async def _told(
    decide: Decide, words: str | int | Resolution, scene: Scene, say: Say = kb.done
) -> Reply:
    """Asking is over once it is answered: caught, a refusal leaves the dialog ended."""
    data = await scene.dialog.get_data()
    number = int(data["application_id"])
    await scene.dialog.clear()
    try:
        request = await _get(number, scene)
        if request.waits and kb.read_of(request) != data["read"]:
            return kb.typed_too_late(scene.t, request, scene.now)
        decided = await decide(scene.session, scene.actor, number, words, now=scene.now)
    except Refusal as refusal:
        return kb.too_late(scene.t, refusal)
    return say(scene.t, decided)


def _card(scene: Scene, request: Request) -> Screen:
    return kb.card(scene.t, request, scene.now)
