from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command, HasContact, IsMember, Pressed
from handlers.scene import Scene
from keyboards import interests as kb_interests
from keyboards import menu
from keyboards import preferences as kb_preferences
from keyboards import profile as kb
from keyboards.profile import Item
from keyboards.screen import Reply, Screen
from locales import Translator, labels
from services import access, members, members_leaving, preferences, profile
from services.parsing import own_phone, parse_hours, parse_name, parse_phone, plain_line

router = Router(name=__name__)


class Changing(StatesGroup):
    name = State()
    phone = State()
    zone = State()
    hours = State()


STATES = {
    Item.NAME: Changing.name,
    Item.PHONE: Changing.phone,
    Item.ZONE: Changing.zone,
    Item.HOURS: Changing.hours,
}


@router.message(Pressed("menu-profile"))
@router.message(Command("profile"))
async def show_profile(message: Message, scene: Scene) -> Reply:
    if scene.actor.member is None:
        section = scene.t.label("menu-profile")
        closed = await menu.members_only(scene.session, scene.actor, scene.t, section)
        return kb.or_arrange(scene.t, scene.actor, closed)
    return await _profile(scene)


@router.callback_query(kb.Open.filter(), IsMember())
@router.callback_query(kb_interests.Done.filter(), IsMember())
async def open_profile(tap: CallbackQuery, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return await _profile(scene)


@router.callback_query(kb.Change.filter(), IsMember())
async def ask(tap: CallbackQuery, callback_data: kb.Change, scene: Scene) -> Reply:
    return await _ask(callback_data.item, {}, scene)


@router.callback_query(kb.Adjust.filter(), IsMember())
async def ask_from_settings(tap: CallbackQuery, callback_data: kb.Adjust, scene: Scene) -> Reply:
    return await _ask(callback_data.item, {"back": "settings"}, scene)


@router.message(StateFilter(Changing.name))
async def change_name(message: Message, scene: Scene) -> Reply:
    name = parse_name(message.text or "")
    await members.rename(scene.session, scene.actor, name, now=scene.now)
    await scene.dialog.clear()
    return await _profile(scene, "profile-name-set")


@router.message(StateFilter(Changing.phone), HasContact())
async def share_contact(message: Message, scene: Scene) -> Reply:
    assert message.contact
    number, owner = message.contact.phone_number, message.contact.user_id
    phone = own_phone(number, owner, scene.actor.person.telegram_id)
    return await _keep_phone(phone, scene, verified=True)


@router.message(StateFilter(Changing.phone))
async def type_phone(message: Message, scene: Scene) -> Reply:
    if message.text in labels("joining-back"):
        await scene.dialog.clear()
        unchanged = await _under_menu(kb.phone_unchanged(scene.t), scene)
        return [*unchanged, await _profile(scene)]
    return await _keep_phone(parse_phone(message.text or ""), scene, verified=False)


@router.callback_query(kb.SetZone.filter(), IsMember())
async def set_zone(tap: CallbackQuery, callback_data: kb.SetZone, scene: Scene) -> Reply:
    return await _keep_zone(callback_data.zone, scene)


@router.message(StateFilter(Changing.zone))
async def type_zone(message: Message, scene: Scene) -> Reply:
    zone = kb.find_zone(scene.t, plain_line(message.text or ""))
    if zone is not None:
        return await _keep_zone(zone, scene)
    return [kb.zone_unknown(scene.t), await _question(Item.ZONE, scene)]


@router.callback_query(kb.SetHours.filter(), IsMember())
async def set_hours(tap: CallbackQuery, callback_data: kb.SetHours, scene: Scene) -> Reply:
    return await _keep_hours((callback_data.start, callback_data.end), scene)


@router.message(StateFilter(Changing.hours))
async def type_hours(message: Message, scene: Scene) -> Reply:
    return await _keep_hours(parse_hours(message.text or ""), scene)


@router.callback_query(kb.Leave.filter(), IsMember())
async def leave(tap: CallbackQuery, callback_data: kb.Leave, scene: Scene) -> Reply:
    await scene.dialog.clear()
    if callback_data.said < len(kb.LEAVING):
        return kb.leave_sure(scene.t, callback_data.said)
    member = await members_leaving.leave(scene.session, scene.actor, now=scene.now)
    gone = kb.left(scene.t, member)
    return await menu.over_menu(scene.session, scene.actor, scene.t, gone)


async def _ask(item: Item, asked: dict[str, str], scene: Scene) -> Screen:
    await scene.dialog.set_state(STATES.get(item))
    await scene.dialog.set_data(asked)
    return await _question(item, scene)


async def _question(item: Item, scene: Scene) -> Screen:
    found = await profile.get(scene.session, scene.actor)
    asked = kb.question(scene.t, found, item, scene.now)
    return kb.to_settings(scene.t, asked) if await _is_from_settings(scene) else asked


async def _is_from_settings(scene: Scene) -> bool:
    return (await scene.dialog.get_data()).get("back") == "settings"


async def _kept(done: str, scene: Scene) -> Screen:
    """Back to where it was asked from."""
    is_from_settings = await _is_from_settings(scene)
    await scene.dialog.clear()
    if not is_from_settings:
        return await _profile(scene, done)
    found = await preferences.get(scene.session, scene.actor, now=scene.now)
    return kb_preferences.settings(scene.t, found, done)


async def _profile(scene: Scene, done: str | None = None) -> Screen:
    """In the zone chosen by now: the change just made may have been to that."""
    found = await profile.get(scene.session, scene.actor)
    zone = access.zone_of(scene.actor, scene.house.zone)
    return kb.profile(Translator(scene.t.language, zone), found, done)


async def _under_menu(screen: Screen, scene: Scene) -> list[Screen]:
    return await menu.under_menu(scene.session, scene.actor, scene.t, screen)


async def _keep_phone(phone: str, scene: Scene, *, verified: bool) -> Reply:
    member = await members.set_phone(
        scene.session, scene.actor, phone, verified=verified, now=scene.now
    )
    await scene.dialog.clear()
    kept = await _under_menu(kb.phone_kept(scene.t, member), scene)
    return [*kept, await _profile(scene)]


async def _keep_zone(zone: str | None, scene: Scene) -> Reply:
    await profile.set_zone(scene.session, scene.actor, zone, now=scene.now)
    return await _kept("profile-zone-set", scene)


async def _keep_hours(hours: tuple[int, int], scene: Scene) -> Reply:
    await profile.set_hours(scene.session, scene.actor, *hours, now=scene.now)
    return await _kept("profile-hours-set", scene)
