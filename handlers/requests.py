from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.scene import Scene
from keyboards import requests as kb
from keyboards.screen import Reply, Screen
from services import requests
from services.parsing import parse_text
from services.requests import Request

router = Router(name=__name__)

LONGEST_REMARK = 400
LONGEST_DECISION = 80


class Deciding(StatesGroup):
    remark = State()
    reason = State()
    decision = State()


@router.message(Command("requests"))
async def list_waiting(message: Message, scene: Scene) -> Reply:
    found = await requests.list_waiting(scene.session, scene.actor)
    return kb.waiting(scene.t, found, scene.now)


@router.callback_query(kb.Waiting.filter())
async def turn_page(tap: CallbackQuery, callback_data: kb.Waiting, scene: Scene) -> Reply:
    found = await requests.list_waiting(scene.session, scene.actor, page=callback_data.page)
    return kb.waiting(scene.t, found, scene.now)


@router.callback_query(kb.Open.filter())
async def open_request(tap: CallbackQuery, callback_data: kb.Open, scene: Scene) -> Reply:
    await scene.dialog.clear()
    request = await requests.get_for(
        scene.session, scene.actor, callback_data.application_id, now=scene.now
    )
    return _card(scene, request).apart()


@router.callback_query(kb.Confirm.filter())
async def confirm(tap: CallbackQuery, callback_data: kb.Confirm, scene: Scene) -> Reply:
    request = await requests.confirm(
        scene.session, scene.actor, callback_data.application_id, now=scene.now
    )
    return _card(scene, request).says(scene.t.label("requests-confirmed"))


@router.callback_query(kb.LinkTo.filter())
async def link(tap: CallbackQuery, callback_data: kb.LinkTo, scene: Scene) -> Reply:
    request = await requests.link(
        scene.session, scene.actor, callback_data.application_id, now=scene.now
    )
    return _card(scene, request).says(scene.t.label("requests-linked"))


@router.callback_query(kb.GiveBack.filter())
async def ask_remark(tap: CallbackQuery, callback_data: kb.GiveBack, scene: Scene) -> Reply:
    return await _ask("remark", Deciding.remark, callback_data.application_id, scene)


@router.message(StateFilter(Deciding.remark))
async def give_back(message: Message, scene: Scene) -> Reply:
    remark = parse_text(message.text or "", LONGEST_REMARK)
    request = await requests.give_back(
        scene.session, scene.actor, await _asked_about(scene), remark, now=scene.now
    )
    return _done(scene, request)


@router.callback_query(kb.Reject.filter())
async def ask_reason(tap: CallbackQuery, callback_data: kb.Reject, scene: Scene) -> Reply:
    await requests.get_pending_for(
        scene.session, scene.actor, callback_data.application_id, now=scene.now
    )
    return kb.reasons(scene.t, callback_data.application_id)


@router.callback_query(kb.RejectFor.filter())
async def reject_for(tap: CallbackQuery, callback_data: kb.RejectFor, scene: Scene) -> Reply:
    reason = kb.reason_text(scene.t, callback_data.reason)
    request = await requests.reject(
        scene.session, scene.actor, callback_data.application_id, reason, now=scene.now
    )
    return _done(scene, request)


@router.callback_query(kb.RejectTyped.filter())
async def ask_typed_reason(
    tap: CallbackQuery, callback_data: kb.RejectTyped, scene: Scene
) -> Reply:
    return await _ask("typed-reason", Deciding.reason, callback_data.application_id, scene)


@router.message(StateFilter(Deciding.reason))
async def reject(message: Message, scene: Scene) -> Reply:
    reason = parse_text(message.text or "", LONGEST_REMARK)
    request = await requests.reject(
        scene.session, scene.actor, await _asked_about(scene), reason, now=scene.now
    )
    return _done(scene, request)


@router.callback_query(kb.NoteDecision.filter())
async def ask_decision(tap: CallbackQuery, callback_data: kb.NoteDecision, scene: Scene) -> Reply:
    await scene.dialog.set_state(Deciding.decision)
    await scene.dialog.set_data({"application_id": callback_data.application_id})
    return kb.ask(scene.t, "decision", callback_data.application_id)


@router.message(StateFilter(Deciding.decision))
async def note_decision(message: Message, scene: Scene) -> Reply:
    decision = parse_text(message.text or "", LONGEST_DECISION)
    request = await requests.note_decision(
        scene.session, scene.actor, await _asked_about(scene), decision, now=scene.now
    )
    await scene.dialog.clear()
    return _card(scene, request)


async def _ask(what: str, step: State, application_id: int, scene: Scene) -> Screen:
    await requests.get_pending_for(scene.session, scene.actor, application_id, now=scene.now)
    await scene.dialog.set_state(step)
    await scene.dialog.set_data({"application_id": application_id})
    return kb.ask(scene.t, what, application_id)


async def _asked_about(scene: Scene) -> int:
    """The application in question; asking is over once it is answered."""
    data = await scene.dialog.get_data()
    await scene.dialog.clear()
    return int(data["application_id"])


def _card(scene: Scene, request: Request) -> Screen:
    return kb.card(scene.t, request, scene.now)


def _done(scene: Scene, request: Request) -> Screen:
    return Screen(scene.t(f"requests-done-{request.application.state}"))
