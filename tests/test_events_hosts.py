"""Who is responsible for an event: a member or an organiser there, and only while they are."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.app import App
from models.event import Event, State
from models.member import Member
from models.person import Person as Account
from models.role import Grant
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.wire import Wire
from services import events_leaving, notices
from tests.applying import Holds, Make, applies, appointed, clock_ticks, rows
from tests.backstage import told
from tests.conftest import ADMIN
from tests.gatherings import TITLE, Hold, changed, event_of, goes, hold, now_of
from tests.making import begins, drafts, makes, only
from tests.newsroom import anna, boris, oleg
from tests.test_events_leaving import leaves

FIXTURES = (hold, anna, boris, oleg)
pytestmark = pytest.mark.usefixtures("union")
SOON = timedelta(minutes=30)
NOT_YOURS = "Отмечают пришедших организаторы"


async def id_of(app: App, person: Person) -> int:
    (account,) = await rows(app, Account, telegram_id=person.id)
    return int(account.id)


async def checks_in(person: Person) -> bool:
    """Whether they are shown an event to check in at, or told whose it is."""
    await person.says("/checkin")
    answer = await person.sees()
    if NOT_YOURS in answer["text"]:
        return False
    assert any(TITLE in label for label in person.buttons)
    return True


def said_in(message: Wire, *words: str) -> bool:
    return any(one in message.get("text", "") for one in words)


async def revoked(app: App) -> None:
    """All roles there are."""
    async with app.database.transaction() as session:
        await session.execute(delete(Grant))


async def test_whoever_leaves_the_union_is_responsible_no_more(
    app: App, hold: Hold, anna: Person
) -> None:
    number = await hold(in_=SOON, host_id=await id_of(app, anna))
    assert await checks_in(anna)
    desk = await anna.sees()
    await leaves(anna)
    assert not await checks_in(anna)
    for forged in ("ck.open", "ck.sheet", "em.open"):
        await anna.taps_data(desk, f"{forged}:{number}")
    await app.courier.drain()
    await anna.sees_nothing_of("Мероприятие опубликовано", "Пришли")
    assert not any("document" in message for message in anna.chat.messages.values())


async def hosted_by(app: App, person: Person, title: str = TITLE) -> Event:
    (event,) = await rows(app, Event, title=title)
    await changed(app, event.id, host_id=await id_of(app, person))
    return await event_of(app, event.id)


async def test_when_who_is_responsible_leaves_its_author_appoints_another_by_one_tap(
    app: App, people: Make, holds: Holds, anna: Person, boris: Person
) -> None:
    oleg = await appointed(people, holds, "Олег", "TMN", "organiser")
    other = await appointed(people, holds, "Глеб", "TMN", "organiser")
    await makes(oleg)
    event = await hosted_by(app, anna)
    await leaves(anna)
    await app.courier.drain()
    await oleg.sees("Ответственный за мероприятие", TITLE, "вышел из профсоюза")
    assert await told(app, "events-hostless") == [oleg.id]
    await other.sees_nothing_of("Ответственный за мероприятие")
    await oleg.taps("Назначить ответственного")
    await oleg.sees("Кто отвечает за мероприятие?")
    await oleg.says(str(boris.id))
    await oleg.sees("Мероприятие опубликовано")
    assert (await event_of(app, event.id)).host_id == await id_of(app, boris)
    await boris.sees("Вы теперь отвечаете", TITLE)


async def test_when_its_author_leaves_too_those_who_publish_there_are_told(
    app: App, people: Make, holds: Holds, oleg: Person
) -> None:
    """Its author was responsible for it."""
    gleb = await appointed(people, holds, "Глеб", "TMN", "organiser")
    far = await appointed(people, holds, "Ира", "KGD-1", "organiser")
    await makes(oleg)
    await leaves(oleg)
    await app.courier.drain()
    await gleb.sees("Ответственный за мероприятие", TITLE)
    for person in (oleg, far):
        await person.sees_nothing_of("Ответственный за мероприятие")


async def test_of_what_has_begun_or_is_cancelled_nobody_is_told(
    app: App, people: Make, holds: Holds, anna: Person, clock: Clock
) -> None:
    oleg = await appointed(people, holds, "Олег", "TMN", "organiser")
    for title in ("Началось", "Отменено"):
        await makes(oleg, title)
    begun, off = await hosted_by(app, anna, "Началось"), await hosted_by(app, anna, "Отменено")
    await changed(app, begun.id, starts_at=now_of(clock))
    await changed(app, off.id, state=State.CANCELLED, reason="Мороз")
    await leaves(anna)
    await app.courier.drain()
    assert await told(app, "events-hostless") == []


async def test_whoever_was_appointed_meanwhile_makes_the_news_untrue(
    app: App, people: Make, holds: Holds, anna: Person, boris: Person, clock: Clock
) -> None:
    oleg = await appointed(people, holds, "Олег", "TMN", "organiser")
    await makes(oleg)
    event = await hosted_by(app, anna)
    async with app.database.transaction() as session:
        left = (await session.scalars(select(Account).filter_by(telegram_id=anna.id))).one()
        member = (await session.scalars(select(Member).filter_by(person_id=left.id))).one()
        member.left_at = member.joined_at
        await session.flush()
        await events_leaving.tell(session, left, now=now_of(clock))
    await changed(app, event.id, host_id=await id_of(app, boris))
    await app.courier.drain()
    await oleg.sees_nothing_of("Ответственный за мероприятие")


async def test_when_who_was_responsible_has_left_its_author_is_asked_how_it_was(
    app: App, people: Make, holds: Holds, anna: Person, clock: Clock
) -> None:
    oleg = await appointed(people, holds, "Олег", "TMN", "organiser")
    await makes(oleg)
    event = await only(app)
    host = update(Event).where(Event.id == event.id).values(host_id=await id_of(app, anna))
    async with app.database.transaction() as session:
        await session.execute(host)
    await leaves(anna)
    clock.now = event.over_at.timestamp() + 3660
    await clock_ticks(app, clock)
    await oleg.sees("Как прошло", TITLE)
    await anna.sees_nothing_of("Как прошло")


async def test_whoever_loses_a_role_but_stays_a_member_is_responsible_still(
    app: App, hold: Hold, anna: Person, holds: Holds
) -> None:
    """It is said of one event; a role is not what it came from."""
    await holds(anna, "organiser", "TMN")
    await hold(in_=SOON, host_id=await id_of(app, anna))
    await revoked(app)
    assert await checks_in(anna)


async def test_an_organiser_who_is_no_member_is_responsible_as_long_as_the_role_lasts(
    app: App, hold: Hold, people: Make, holds: Holds
) -> None:
    gleb = await appointed(people, holds, "Глеб", "TMN", "organiser")
    await hold(in_=SOON, host_id=await id_of(app, gleb))
    assert await checks_in(gleb)
    await revoked(app)
    assert not await checks_in(gleb)


async def test_when_the_role_is_revoked_another_is_appointed_and_asked_how_it_was(
    app: App, people: Make, holds: Holds, anna: Person, clock: Clock
) -> None:
    """What stands open in their chat shows no names any more."""
    gleb = await appointed(people, holds, "Глеб", "TMN", "organiser")
    await makes(gleb)
    event = await only(app)
    await goes(anna)
    await gleb.says("/checkin")
    await gleb.taps(next(label for label in gleb.buttons if label.endswith(TITLE)))
    oleg = await appointed(people, holds, "Олег", "TMN", "organiser")
    helen = people("Елена", id=ADMIN)
    await helen.says(f"/revoke {gleb.id} organiser TMN")
    for person in (oleg, helen):
        await person.sees("Ответственный за", TITLE, "больше за него не отвечает: роль снята")
    open_desks = ("Мероприятие опубликовано", "Ответили «Иду»")
    assert not [one for one in gleb.chat.messages.values() if said_in(one, *open_desks)]
    clock.now = event.over_at.timestamp() + 3660
    await clock_ticks(app, clock)
    assert sorted(await told(app, "events-report")) == sorted([oleg.id, helen.id])
    await oleg.sees("Как прошло", TITLE)


async def test_a_stranger_cannot_be_made_responsible(
    app: App, people: Make, holds: Holds, anna: Person
) -> None:
    """An organiser of somewhere else is one too; an organiser there is not, nor is a member."""
    oleg = await appointed(people, holds, "Олег", "TMN", "organiser")
    gleb = await appointed(people, holds, "Глеб", "TMN", "organiser")
    far = await appointed(people, holds, "Ира", "KGD-1", "organiser")
    guest = people("Гость")
    await guest.says("/start")
    await drafts(oleg)
    for other in (guest, far):
        await oleg.says("/newevent")
        await oleg.taps(next(label for label in oleg.buttons if TITLE in label))
        await oleg.taps("Кто отвечает")
        await oleg.says(str(other.id))
        await oleg.sees("не состоит в профсоюзе")
    assert (await event_of(app, 1)).host_id == await id_of(app, oleg)
    for other in (gleb, anna):
        await oleg.says("/newevent")
        await oleg.taps(next(label for label in oleg.buttons if TITLE in label))
        await oleg.taps("Кто отвечает")
        await oleg.says(str(other.id))
        assert (await event_of(app, 1)).host_id == await id_of(app, other)


async def test_whoever_is_responsible_is_found_by_surname_or_number(
    app: App, oleg: Person, anna: Person, boris: Person
) -> None:
    await drafts(oleg)
    for words in ("смирнова", "Анна См", "000202", "202"):
        await oleg.taps("Кто отвечает")
        await oleg.says(words)
        await oleg.sees(f"Нашлись по словам «{words}»", "Нажмите на имя того, кто отвечает")
        assert oleg.buttons == ["Смирнова Анна · ППО Тюменьэнерго", "← Вернуться"]
        await oleg.says("быков")
        await oleg.taps("Быков Борис · ППО Сургутская ГРЭС")
        await oleg.sees("Ответственный: Быков Борис", "Кому вопросы: Быков Борис")
        assert (await only(app)).host_id == await id_of(app, boris)
    await oleg.taps("Кто отвечает")
    await oleg.says("смирнова <b>")
    await oleg.sees("По словам «смирнова <b>» никого не нашлось")
    await oleg.says("смирнова")
    await oleg.taps("Смирнова Анна · ППО Тюменьэнерго")
    await oleg.taps("Опубликовать")
    await anna.sees("Вы теперь отвечаете", TITLE)


async def test_whoever_is_replaced_is_told_once(
    app: App, oleg: Person, anna: Person, boris: Person
) -> None:
    """Not of a draft, nor who does so themselves; their list of who came is closed."""
    await makes(oleg)
    for words in ("смирнова", "быков", "быков"):
        await oleg.says("/newevent")
        await oleg.taps(f"📅 {TITLE}, 05.12")
        await oleg.taps("Изменить")
        await oleg.taps("Кто отвечает")
        await oleg.says(words)
        await oleg.taps(oleg.buttons[0])
        if words == "смирнова":
            await anna.says("/checkin")
            await anna.taps(next(label for label in anna.buttons if label.endswith(TITLE)))
            await anna.sees("Кто пришёл")
    await anna.sees("теперь отвечает другой человек", TITLE)
    assert await told(app, "events-host-no-more") == [anna.id]
    assert not [one for one in anna.chat.messages.values() if said_in(one, "Кто пришёл")]


async def test_nobody_is_found_whom_one_may_not_look_up(
    app: App, people: Make, holds: Holds, anna: Person, boris: Person
) -> None:
    """Nor made responsible by a forged button; by their account they can be named."""
    near = await appointed(people, holds, "Глеб", "TMN-1", "organiser")
    (other,) = await rows(app, Member, number="000203")
    await begins(near, place="ППО Тюменьэнерго")
    await near.taps("Остальное потом")
    card = await near.sees("Черновик")
    await near.taps("Кто отвечает")
    await near.says("быков")
    await near.sees("По словам «быков» никого не нашлось")
    await near.taps_data(card, f"em.host:{(await only(app)).id}:{other.id}")
    assert (await only(app)).host_id == await id_of(app, near)
    await near.says(str(boris.id))
    assert (await only(app)).host_id == await id_of(app, boris)


async def test_whose_name_nobody_knows_sees_that_it_is_they(
    people: Make, holds: Holds, app: App
) -> None:
    gleb = await appointed(people, holds, "Глеб", "TMN", "organiser")
    irina = await appointed(people, holds, "Ира", "TMN", "organiser")
    await drafts(gleb)
    card = await gleb.sees("Ответственный: вы")
    await irina.taps_data(await irina.sees(), f"em.open:{(await only(app)).id}")
    await irina.sees("Черновик", "Ответственный: организатор", "Кому вопросы: не указано")
    assert "Ответственный: вы" in card["text"]
    helen = people("Елена", id=ADMIN)
    await drafts(helen, "Турслёт")
    await gleb.taps_data(
        await gleb.sees(), f"em.open:{max(one.id for one in await rows(app, Event))}"
    )
    await gleb.sees("Черновик", "Ответственный: администратор")


async def test_how_whoever_answers_is_reached_is_still_to_be_said(
    oleg: Person, people: Make, holds: Holds
) -> None:
    """A name alone reaches nobody; it is no reason not to publish."""
    hint = "Как связаться с тем, кто отвечает"
    await drafts(oleg)
    await oleg.sees("Кому вопросы: Власов Олег", hint)
    await oleg.taps("Кто отвечает")
    await oleg.taps("Кому вопросы")
    await oleg.says("Власов Олег, 8 912 345-67-89")
    await oleg.sees("Черновик")
    assert hint not in (await oleg.sees())["text"]
    named = people("Глеб", username="gleb")
    await named.says("/start")
    await holds(named, "organiser", "TMN")
    await drafts(named, "Турслёт")
    await named.sees("Кому вопросы: @gleb")
    assert hint not in (await named.sees())["text"]
    await oleg.taps("Опубликовать")
    await oleg.sees("Мероприятие опубликовано")


@pytest.mark.parametrize("how", ["repeated", "published"])
async def test_whoever_left_answers_for_nothing_that_is_made_later(
    app: App, oleg: Person, anna: Person, how: str
) -> None:
    """Neither of a draft that waited nor of what is repeated: whoever makes it does."""
    await drafts(oleg)
    await oleg.taps("Кто отвечает")
    await oleg.says("смирнова")
    await oleg.taps("Смирнова Анна · ППО Тюменьэнерго")
    if how == "repeated":
        await oleg.taps("Опубликовать")
        await leaves(anna)
        await oleg.says("/newevent")
        await oleg.taps(f"📅 {TITLE}, 05.12")
        await oleg.taps("Повторить через неделю")
        await oleg.sees("Ответственный: Власов Олег", "Кому вопросы: Власов Олег")
    else:
        await leaves(anna)
        await oleg.says("/newevent")
        await oleg.taps(f"📝 {TITLE}, 05.12")
    await oleg.taps("Опубликовать")
    await oleg.sees("опубликовано", "Ответственный: Власов Олег", "Кому вопросы: Власов Олег")
    latest = max(await rows(app, Event), key=lambda one: one.id)
    assert latest.host_id == await id_of(app, oleg)
    assert await told(app, "events-host") == ([anna.id] if how == "repeated" else [])


async def test_whoever_left_before_it_was_sent_is_not_told_they_are_responsible(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    await makes(oleg)
    event = await hosted_by(app, anna)
    async with app.database.transaction() as session:
        account = (await session.scalars(select(Account).filter_by(telegram_id=anna.id))).one()
        await notices.owe(session, account, "events-host", now=now_of(clock), event_id=event.id)
        member = (await session.scalars(select(Member).filter_by(person_id=account.id))).one()
        member.left_at = member.joined_at
    await app.courier.drain()
    await anna.sees_nothing_of("Вы теперь отвечаете")


async def test_it_goes_with_the_membership_to_another_account(
    app: App, hold: Hold, people: Make, holds: Holds, anna: Person, boris: Person
) -> None:
    number = await hold(in_=SOON, host_id=await id_of(app, anna))
    await holds(boris, "chair", "TMN-1")
    new = people("Анна", phone="+79990000001")
    await applies(new, name="Смирнова Анна", born="15.03.1998")
    await boris.taps("Тот же человек — перенести профбилет")
    await boris.taps("Да, перенести")
    assert (await event_of(app, number)).host_id == await id_of(app, new)
    assert await checks_in(new)
    assert not await checks_in(anna)
