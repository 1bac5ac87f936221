from collections.abc import Callable, Sequence
from datetime import date

from aiogram import Router
from aiogram.filters import CommandObject, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command, CommandStart, LooksLikeCode
from handlers.scene import Scene
from keyboards import invitations as kb
from keyboards import menu
from keyboards.screen import Reply, Screen
from models.organisation import Organisation
from services import invitations, organisations
from services.access import Can
from services.dates import parse_end
from services.errors import Refusal
from services.invitations import Counted
from services.parsing import LabelEmpty, PlaceEmpty, parse_code, parse_text

router = Router(name=__name__)

LONGEST_LABEL = 80


class Inviting(StatesGroup):
    place = State()
    label = State()
    end = State()


@router.message(Command("invite"))
async def invite(message: Message, command: CommandObject, scene: Scene) -> Reply:
    if command.args:
        named = await organisations.get_by_code(scene.session, scene.actor, command.args)
        return await _standing(scene, named)
    found = await invitations.list_places(scene.session, scene.actor)
    if found.total == 1:
        return await _standing(scene, found.items[0])
    return kb.places(scene.t, found, await _twins(found.items, scene))


@router.callback_query(kb.Places.filter())
async def list_places(tap: CallbackQuery, callback_data: kb.Places, scene: Scene) -> Reply:
    found = await invitations.list_places(scene.session, scene.actor, page=callback_data.page)
    return kb.places(scene.t, found, await _twins(found.items, scene))


@router.callback_query(kb.Find.filter())
async def ask_words(tap: CallbackQuery, scene: Scene) -> Reply:
    await scene.dialog.set_state(Inviting.place)
    return kb.ask_words(scene.t)


@router.message(StateFilter(Inviting.place))
async def find_place(message: Message, scene: Scene) -> Reply:
    try:
        words = parse_text(message.text or "", organisations.LONGEST_QUESTION, PlaceEmpty)
    except Refusal as refusal:
        return kb.no_words(scene.t, refusal)
    found = await invitations.search_places(scene.session, scene.actor, words)
    return kb.found_places(scene.t, found, await _twins(found, scene))


@router.callback_query(kb.InviteTo.filter())
async def invite_to(tap: CallbackQuery, callback_data: kb.InviteTo, scene: Scene) -> Reply:
    await scene.dialog.clear()
    chosen = callback_data.organisation_id
    return await _standing(scene, await organisations.get(scene.session, scene.actor, chosen))


@router.callback_query(kb.Open.filter())
async def open_one(tap: CallbackQuery, callback_data: kb.Open, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return await _shown(kb.poster, await _get(callback_data.invitation_id, scene), scene)


@router.callback_query(kb.Keep.filter())
async def keep(tap: CallbackQuery, callback_data: kb.Keep, scene: Scene) -> Reply:
    return await _shown(kb.card, await _get(callback_data.invitation_id, scene), scene)


@router.callback_query(kb.Sign.filter())
async def ask_label(tap: CallbackQuery, callback_data: kb.Sign, scene: Scene) -> Reply:
    await _ask_about(callback_data.invitation_id, Inviting.label, scene)
    return kb.ask_label(scene.t, callback_data.invitation_id)


@router.message(StateFilter(Inviting.label))
async def set_label(message: Message, scene: Scene) -> Reply:
    label = parse_text(message.text or "", LONGEST_LABEL, LabelEmpty)
    counted = await invitations.set_label(
        scene.session, scene.actor, await _asked_about(scene), label, now=scene.now
    )
    await scene.dialog.clear()
    return await _shown(kb.poster, counted, scene)


@router.callback_query(kb.Limit.filter())
async def ask_end(tap: CallbackQuery, callback_data: kb.Limit, scene: Scene) -> Reply:
    await _ask_about(callback_data.invitation_id, Inviting.end, scene)
    return kb.ask_end(scene.t, callback_data.invitation_id)


@router.message(StateFilter(Inviting.end))
async def set_end(message: Message, scene: Scene) -> Reply:
    asked = await _get(await _asked_about(scene), scene)
    today = asked.organisation.day_of(scene.now)
    return await _limit(asked.invitation.id, parse_end(message.text or "", today), scene)


@router.callback_query(kb.Unlimit.filter())
async def unlimit(tap: CallbackQuery, callback_data: kb.Unlimit, scene: Scene) -> Reply:
    return await _limit(callback_data.invitation_id, None, scene)


@router.callback_query(kb.Revoke.filter())
async def revoke(tap: CallbackQuery, callback_data: kb.Revoke, scene: Scene) -> Reply:
    number = callback_data.invitation_id
    if not callback_data.sure:
        return await _shown(kb.revoke_sure, await _get(number, scene), scene)
    await scene.dialog.clear()
    counted = await invitations.revoke(scene.session, scene.actor, number, now=scene.now)
    shown = await _shown(kb.card, counted, scene)
    return shown.says(scene.t.label("invitations-revoked-now"))


@router.callback_query(kb.Renew.filter())
async def renew(tap: CallbackQuery, callback_data: kb.Renew, scene: Scene) -> Reply:
    await scene.dialog.clear()
    number = callback_data.invitation_id
    counted = await invitations.renew(scene.session, scene.actor, number, now=scene.now)
    return await _shown(kb.poster, counted, scene)


@router.callback_query(kb.ShowAll.filter())
async def show_all(tap: CallbackQuery, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return (await _page(0, scene)).apart()


@router.callback_query(kb.Turn.filter())
async def turn_page(tap: CallbackQuery, callback_data: kb.Turn, scene: Scene) -> Reply:
    return await _page(callback_data.page, scene)


@router.message(CommandStart(deep_link=True))
async def follow_link(message: Message, command: CommandObject, scene: Scene) -> Reply:
    return await _follow(parse_code(command.args or ""), scene)


@router.message(StateFilter(None), LooksLikeCode())
async def type_code(message: Message, code: str, scene: Scene) -> Reply:
    return await _follow(code, scene)


async def _twins(found: Sequence[Organisation], scene: Scene) -> dict[int, str]:
    reach = scene.actor.paths(Can.INVITE)
    return await organisations.find_twins(scene.session, scene.actor, found, reach)


async def _standing(scene: Scene, place: Organisation) -> Screen:
    counted = await invitations.get_standing(scene.session, scene.actor, place, now=scene.now)
    return await _shown(kb.poster, counted, scene)


async def _shown(show: Callable[..., Screen], counted: Counted, scene: Scene) -> Screen:
    twins = await _twins([counted.organisation], scene)
    return show(scene.t, counted, twins, scene.house)


async def _get(invitation_id: int, scene: Scene) -> Counted:
    return await invitations.get_for(scene.session, scene.actor, invitation_id, now=scene.now)


async def _ask_about(invitation_id: int, step: State, scene: Scene) -> None:
    """No use asking about one that cannot be changed any more."""
    await invitations.get_changeable_for(scene.session, scene.actor, invitation_id, now=scene.now)
    await scene.dialog.set_state(step)
    await scene.dialog.set_data({"invitation_id": invitation_id})


async def _asked_about(scene: Scene) -> int:
    return int((await scene.dialog.get_data())["invitation_id"])


async def _limit(invitation_id: int, ends_on: date | None, scene: Scene) -> Screen:
    counted = await invitations.set_end(
        scene.session, scene.actor, invitation_id, ends_on, now=scene.now
    )
    await scene.dialog.clear()
    return await _shown(kb.poster, counted, scene)


async def _page(page: int, scene: Scene) -> Screen:
    found = await invitations.list_for(scene.session, scene.actor, page=page, now=scene.now)
    return kb.in_force(scene.t, found, await _twins(kb.places_of(found), scene))


async def _follow(code: str | None, scene: Scene) -> Reply:
    try:
        invitation, place = await invitations.open_by_code(
            scene.session, scene.actor, code, now=scene.now
        )
    except Refusal as refusal:
        home = await menu.home_of(scene.session, scene.actor, scene.t)
        return [kb.unusable(scene.t, refusal), *home]
    link = scene.house.link(invitation.code)
    return await kb.opened(scene.session, scene.actor, scene.t, place, link, scene.now)
