from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import HasContact, Pressed
from handlers.scene import Scene
from keyboards import joining as kb
from keyboards.menu import Join
from keyboards.screen import Reply, Screen
from locales import labels
from models.organisation import Level, Organisation
from services import joining, organisations
from services.dates import parse_birth_date
from services.joining import Draft, Step
from services.parsing import own_phone, parse_name, parse_phone

router = Router(name=__name__)


class Joining(StatesGroup):
    name = State()
    born = State()
    phone = State()
    organisation = State()


STATES = {
    Step.NAME: Joining.name,
    Step.BORN: Joining.born,
    Step.PHONE: Joining.phone,
    Step.ORGANISATION: Joining.organisation,
}


@router.message(Pressed("menu-join"))
@router.callback_query(Join.filter())
async def join(event: Message | CallbackQuery, scene: Scene) -> Reply:
    draft = await joining.begin(scene.session, scene.actor, now=scene.now)
    return await _ask(draft.step, draft, scene)


@router.callback_query(kb.Agree.filter())
async def agree(tap: CallbackQuery, scene: Scene) -> Reply:
    text = kb.consent_text(scene.t, await organisations.operator(scene.session, scene.actor))
    draft = await joining.agree(scene.session, scene.actor, text, now=scene.now)
    return await _ask(draft.step, draft, scene)


@router.callback_query(kb.Decline.filter())
async def decline(tap: CallbackQuery, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return kb.declined(scene.t)


@router.callback_query(kb.Ask.filter())
async def ask_again(tap: CallbackQuery, callback_data: kb.Ask, scene: Scene) -> Reply:
    draft = await joining.get_draft(scene.session, scene.actor)
    return await _ask(callback_data.step, draft, scene)


@router.message(StateFilter(Joining.name))
async def type_name(message: Message, scene: Scene) -> Reply:
    name = parse_name(message.text or "")
    draft = await joining.set_name(scene.session, scene.actor, name)
    return await _ask(draft.step, draft, scene)


@router.message(StateFilter(Joining.born))
async def type_birth_date(message: Message, scene: Scene) -> Reply:
    born = parse_birth_date(message.text or "", scene.today)
    draft = await joining.set_born(scene.session, scene.actor, born)
    return await _ask(draft.step, draft, scene)


@router.message(StateFilter(Joining.phone), HasContact())
async def share_contact(message: Message, scene: Scene) -> Reply:
    assert message.contact
    number, owner = message.contact.phone_number, message.contact.user_id
    phone = own_phone(number, owner, scene.actor.person.telegram_id)
    return await _keep_phone(phone, scene, verified=True)


@router.message(StateFilter(Joining.phone))
async def type_phone(message: Message, scene: Scene) -> Reply:
    if message.text in labels("joining-back"):
        draft = await joining.get_draft(scene.session, scene.actor)
        back = kb.back_from_phone(scene.t, draft, scene.actor)
        return [back, await _ask(Step.BORN, draft, scene)]
    return await _keep_phone(parse_phone(message.text or ""), scene, verified=False)


@router.message(StateFilter(Joining.organisation))
async def type_organisation(message: Message, scene: Scene) -> Reply:
    found = await organisations.search_primary(scene.session, scene.actor, message.text or "")
    return kb.found_by_words(scene.t, found)


@router.callback_query(kb.Territories.filter())
async def list_territories(
    tap: CallbackQuery, callback_data: kb.Territories, scene: Scene
) -> Reply:
    return await _territories(scene, callback_data.page)


@router.callback_query(kb.Primaries.filter())
async def list_primaries(tap: CallbackQuery, callback_data: kb.Primaries, scene: Scene) -> Reply:
    under = await organisations.get(scene.session, scene.actor, callback_data.under)
    return await _primaries(scene, under, callback_data.page)


@router.callback_query(kb.Choose.filter())
async def choose(tap: CallbackQuery, callback_data: kb.Choose, scene: Scene) -> Reply:
    chosen = callback_data.organisation_id
    draft = await joining.set_organisation(scene.session, scene.actor, chosen)
    return await _ask(draft.step, draft, scene)


@router.callback_query(kb.Send.filter())
async def send(tap: CallbackQuery, scene: Scene) -> Reply:
    draft = await joining.submit(scene.session, scene.actor, now=scene.now)
    if draft.step is not Step.REVIEW:
        return await _ask(draft.step, draft, scene)
    await scene.dialog.clear()
    shown = await kb.status(scene.session, scene.actor, scene.t, draft.application)
    return [shown, kb.sent(scene.t, scene.actor, draft.application)]


@router.message(Pressed("menu-application"))
@router.callback_query(kb.Status.filter())
async def show_status(event: Message | CallbackQuery, scene: Scene) -> Reply:
    application = await joining.get_latest(scene.session, scene.actor)
    return await kb.status(scene.session, scene.actor, scene.t, application)


@router.callback_query(kb.Withdraw.filter())
async def withdraw(tap: CallbackQuery, callback_data: kb.Withdraw, scene: Scene) -> Reply:
    if not callback_data.sure:
        return kb.withdraw_sure(scene.t)
    application = await joining.withdraw(scene.session, scene.actor, now=scene.now)
    return kb.withdrawn(scene.t, scene.actor, application)


async def _ask(step: Step, draft: Draft, scene: Scene) -> Screen:
    await scene.dialog.set_state(STATES.get(step))
    match step:
        case Step.CONSENT:
            return kb.consent(scene.t, await organisations.operator(scene.session, scene.actor))
        case Step.ORGANISATION:
            return await _ask_organisation(draft, scene)
        case Step.REVIEW:
            return kb.review(scene.t, draft)
    return kb.question(scene.t, draft, step)


async def _ask_organisation(draft: Draft, scene: Scene) -> Screen:
    match draft.invited_to:
        case Organisation(level=Level.PRIMARY) as invited:
            return kb.confirm_invited(scene.t, invited)
        case Organisation(level=Level.TERRITORIAL) as invited:
            return await _primaries(scene, invited, 0)
    return await _territories(scene, 0)


async def _territories(scene: Scene, page: int) -> Screen:
    found = await organisations.list_level(
        scene.session, scene.actor, Level.TERRITORIAL, page=page
    )
    return kb.territories(scene.t, found)


async def _primaries(scene: Scene, under: Organisation, page: int) -> Screen:
    found = await organisations.list_level(
        scene.session, scene.actor, Level.PRIMARY, under=under.path, page=page
    )
    return kb.primaries(scene.t, under, found)


async def _keep_phone(phone: str, scene: Scene, *, verified: bool) -> Reply:
    draft = await joining.set_phone(scene.session, scene.actor, phone, verified=verified)
    kept = kb.phone_kept(scene.t, draft, scene.actor)
    return [kept, await _ask(draft.step, draft, scene)]
