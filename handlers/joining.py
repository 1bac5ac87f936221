from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import HasContact, LooksLikeCode, Pressed, Says
from handlers.scene import Scene
from keyboards import consents as kb_consents
from keyboards import joining as kb
from keyboards import joining_sent as kb_sent
from keyboards.menu import Join
from keyboards.screen import Reply, Screen, mark
from locales import labels
from models.organisation import Level, Organisation
from services import invitations, joining, organisations, steps
from services.dates import parse_birth_date
from services.errors import Refusal
from services.joining import Draft
from services.parsing import PlaceEmpty, own_phone, parse_name, parse_phone, parse_text
from services.steps import Step

router = Router(name=__name__)


class Joining(StatesGroup):
    consent = State()
    name = State()
    born = State()
    phone = State()
    organisation = State()
    invited = State()  # the same step, asked as a question of yes or no
    review = State()


STATES = {
    Step.CONSENT: Joining.consent,
    Step.NAME: Joining.name,
    Step.BORN: Joining.born,
    Step.PHONE: Joining.phone,
    Step.ORGANISATION: Joining.organisation,
    Step.REVIEW: Joining.review,
}


@router.message(Pressed("menu-join"))
@router.callback_query(Join.filter())
async def join(event: Message | CallbackQuery, scene: Scene) -> Reply:
    application = await joining.find_open(scene.session, scene.actor)
    if application is not None and not application.is_editable:
        return await kb_sent.status(scene.session, scene.actor, scene.t, application, scene.now)
    return await _go_on(await joining.begin(scene.session, scene.actor, now=scene.now), scene)


@router.callback_query(kb.Agree.filter())
async def agree(tap: CallbackQuery, callback_data: kb.Agree, scene: Scene) -> Reply:
    text = kb_consents.text(scene.t, await organisations.operator(scene.session, scene.actor))
    if callback_data.read != mark(text):  # it has changed since: nobody agreed to this one
        return await _go_on(await joining.begin(scene.session, scene.actor, now=scene.now), scene)
    draft = await joining.agree(scene.session, scene.actor, text, now=scene.now)
    question, *more = await _go_on(draft, scene)
    return [kb.recalled(scene.t, question) if draft.recalled else question, *more]


@router.callback_query(kb.Decline.filter())
async def decline(tap: CallbackQuery, scene: Scene) -> Reply:
    withdrawn = await joining.decline(scene.session, scene.actor, now=scene.now)
    await scene.dialog.clear()
    if withdrawn is None:
        return kb.declined(scene.t)
    return await kb_sent.withdrawn(scene.session, scene.actor, scene.t, withdrawn, scene.now)


@router.callback_query(kb.Ask.filter())
async def ask_again(tap: CallbackQuery, callback_data: kb.Ask, scene: Scene) -> Reply:
    draft = await joining.get_draft(scene.session, scene.actor)
    return await _ask(steps.reachable(callback_data.step, draft.step), draft, scene)


@router.message(
    StateFilter(Joining.consent, Joining.organisation, Joining.invited), LooksLikeCode()
)
async def type_code(message: Message, code: str, scene: Scene) -> Reply:
    await invitations.open_by_code(scene.session, scene.actor, code, now=scene.now)
    return await _go_on(await joining.begin(scene.session, scene.actor, now=scene.now), scene)


@router.message(StateFilter(Joining.consent, Joining.review))
async def type_where_buttons_answer(message: Message, raw_state: str, scene: Scene) -> Reply:
    draft = await joining.get_draft(scene.session, scene.actor)
    step = steps.reachable(Step(raw_state.partition(":")[2]), draft.step)
    return [kb.press_a_button(scene.t), await _question(step, draft, scene)]


@router.message(StateFilter(Joining.name))
async def type_name(message: Message, scene: Scene) -> Reply:
    name = parse_name(message.text or "")
    return await _go_on(await joining.set_name(scene.session, scene.actor, name), scene)


@router.message(StateFilter(Joining.born))
async def type_birth_date(message: Message, scene: Scene) -> Reply:
    born = parse_birth_date(message.text or "", scene.today)
    return await _go_on(await joining.set_born(scene.session, scene.actor, born), scene)


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
        return await _ask(steps.before(Step.PHONE, draft.step) or Step.PHONE, draft, scene)
    return await _keep_phone(parse_phone(message.text or ""), scene, verified=False)


@router.message(StateFilter(Joining.invited), Says(yes=True))
async def say_right(message: Message, scene: Scene) -> Reply:
    invited = (await joining.get_draft(scene.session, scene.actor)).invited_to
    assert invited
    return await _go_on(
        await joining.set_organisation(scene.session, scene.actor, invited.id), scene
    )


@router.message(StateFilter(Joining.invited), Says(yes=False))
async def say_other(message: Message, scene: Scene) -> Reply:
    draft = await joining.get_draft(scene.session, scene.actor)
    return await _choosing(draft, await _territories(draft, 0, scene), scene)


@router.message(StateFilter(Joining.organisation, Joining.invited))
async def type_organisation(message: Message, raw_state: str, scene: Scene) -> Reply:
    found = await _found_by_words(message.text or "", scene)
    if raw_state == Joining.invited.state and len(found.buttons) == 1:  # nothing to choose from
        draft = await joining.get_draft(scene.session, scene.actor)
        return kb.asked_again(found, await _question(Step.ORGANISATION, draft, scene))
    await scene.dialog.set_state(Joining.organisation)
    return found


async def _found_by_words(typed: str, scene: Scene) -> Screen:
    try:
        words = parse_text(typed, organisations.LONGEST_QUESTION, PlaceEmpty)
    except Refusal as refusal:
        return kb.no_words(scene.t, refusal)
    found = await organisations.search_joinable(
        scene.session, scene.actor, words, limit=organisations.PAGE + 1
    )
    twins = await organisations.find_twins(scene.session, scene.actor, found)
    return kb.found_by_words(scene.t, found, twins)


@router.callback_query(kb.Territories.filter())
async def list_territories(
    tap: CallbackQuery, callback_data: kb.Territories, scene: Scene
) -> Reply:
    draft = await joining.get_draft(scene.session, scene.actor)
    found = await _territories(draft, callback_data.page, scene)
    return await _choosing(draft, found, scene)


@router.callback_query(kb.Primaries.filter())
async def list_primaries(tap: CallbackQuery, callback_data: kb.Primaries, scene: Scene) -> Reply:
    draft = await joining.get_draft(scene.session, scene.actor)
    under = await organisations.get(scene.session, scene.actor, callback_data.under)
    return await _choosing(draft, await _primaries(under, callback_data.page, scene), scene)


@router.callback_query(kb.Choose.filter())
async def choose(tap: CallbackQuery, callback_data: kb.Choose, scene: Scene) -> Reply:
    chosen = callback_data.organisation_id
    return await _go_on(await joining.set_organisation(scene.session, scene.actor, chosen), scene)


@router.callback_query(kb.Send.filter())
async def send(tap: CallbackQuery, callback_data: kb.Send, scene: Scene) -> Reply:
    draft = await joining.get_draft(scene.session, scene.actor)
    shown = mark(kb.review_text(scene.t, draft))
    if draft.step is not Step.REVIEW or callback_data.read != shown:
        return await _go_on(draft, scene)
    await joining.submit(scene.session, scene.actor, now=scene.now)
    await scene.dialog.clear()
    return await kb_sent.sent(scene.session, scene.actor, scene.t, draft.application, scene.now)


async def _go_on(draft: Draft, scene: Scene) -> list[Screen]:
    return await _ask(draft.step, draft, scene)


async def _ask(step: Step, draft: Draft, scene: Scene) -> list[Screen]:
    whether = step is Step.ORGANISATION and draft.is_invited_to_primary
    state = Joining.invited if whether else STATES[step]
    return await _show(await _question(step, draft, scene), state, draft, scene)


async def _show(question: Screen, state: State, draft: Draft, scene: Scene) -> list[Screen]:
    was_phone = await scene.dialog.get_state() == Joining.phone.state
    await scene.dialog.set_state(state)
    if was_phone and state is not Joining.phone:
        return [kb.phone_left(scene.t, draft, scene.actor), question]
    return [question]


async def _keep_phone(phone: str, scene: Scene, *, verified: bool) -> Reply:
    draft = await joining.set_phone(scene.session, scene.actor, phone, verified=verified)
    if draft.step is Step.CONSENT:  # to be given anew; until then nothing is written down
        return await _go_on(draft, scene)
    await scene.dialog.clear()  # answered, not left
    return [kb.phone_kept(scene.t, draft, scene.actor), *await _go_on(draft, scene)]


async def _question(step: Step, draft: Draft, scene: Scene) -> Screen:
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
            return kb.confirm_invited(scene.t, draft, invited)
        case Organisation(level=Level.TERRITORIAL) as invited:
            return await _primaries(invited, 0, scene)
    return await _territories(draft, 0, scene)


async def _choosing(draft: Draft, lists: Screen, scene: Scene) -> Reply:
    """Old lists can be turned at any time, also before the step they belong to."""
    if steps.reachable(Step.ORGANISATION, draft.step) is not Step.ORGANISATION:
        return await _go_on(draft, scene)
    return await _show(lists, Joining.organisation, draft, scene)


async def _territories(draft: Draft, page: int, scene: Scene) -> Screen:
    found = await organisations.list_level(
        scene.session, scene.actor, Level.TERRITORIAL, page=page
    )
    twins = await organisations.find_twins(scene.session, scene.actor, found.items)
    return kb.territories(scene.t, draft, found, twins)


async def _primaries(under: Organisation, page: int, scene: Scene) -> Screen:
    found = await organisations.list_level(
        scene.session, scene.actor, Level.PRIMARY, under=under.path, page=page
    )
    twins = await organisations.find_twins(scene.session, scene.actor, found.items, [under.path])
    return kb.primaries(scene.t, under, found, twins)
