from pathlib import Path

import pytest
from sqlalchemy import update

from bot.app import App
from keyboards import invitations as kb
from models.organisation import Level, Organisation
from sandbox.people import Person
from sandbox.plugin import Clock
from tests.backstage import STICKER, audited, read_by
from tests.conftest import ADMIN
from tests.inviting import (
    UNDER_PICTURE,
    Holds,
    People,
    appointed,
    code_of,
    kept,
    labels,
    link_from,
    link_in,
    picture_of,
)

pytestmark = pytest.mark.usefixtures("union")

NAME = "<b>Лев & Co</b>"


@pytest.fixture
async def peter(people: People, holds: Holds) -> Person:
    """The chair of ППО Тюменьэнерго."""
    return await appointed(people, holds, "Пётр", "chair", "TMN-1")


async def test_a_chair_gets_the_picture_at_once_and_it_leads_where_the_caption_says(
    peter: Person, people: People, zbarimg: str, tmp_path: Path
) -> None:
    await peter.says("/invite")
    shown = await peter.sees("ППО Тюменьэнерго", "Без срока", "Открыли: 0 · Вступили: 0")
    link = link_in(shown)
    assert f"Код: {code_of(link)}" in shown["caption"]
    assert labels(shown) == UNDER_PICTURE
    rows = shown["reply_markup"]["inline_keyboard"]
    assert max(len(row) for row in rows) == 2, "three labels in a row break on a narrow screen"
    file = tmp_path / "sent.png"
    file.write_bytes(await peter.picture())
    assert await read_by(zbarimg, file) == link
    assert await link_from(peter) == link

    guest = people("Гость")
    await guest.says("/invite")
    await guest.sees("Приглашать могут председатель, организатор и администратор")
    await guest.says("/invite TMN-1")
    await guest.sees("Приглашать могут")


async def test_a_label_makes_a_separate_invitation(
    peter: Person, people: People, app: App
) -> None:
    plain = await link_from(peter)
    await peter.taps("Подпись")
    await peter.sees("Как подписать")
    await peter.says("🙂" * 4096)
    await peter.sees("помещается 80")
    for empty in ("\u202e\u200f", " \n "):
        await peter.says(empty)
        await peter.sees("Подпись нужна словами. Напишите её, например: Проходная")
    await peter.sends(sticker=STICKER)
    await peter.sees("Подпись нужна словами. Напишите её, например: Проходная")
    await peter.says(f"{NAME}\n  Проходная")
    shown = await peter.sees(f"Подпись: {NAME} Проходная")
    assert link_in(shown) == plain
    await peter.says("ещё слово")
    await peter.sees("Не понял вас")

    other = await link_from(peter)
    assert other != plain
    await peter.sees_nothing_of("Подпись:")
    created, labelled = "invitation.created", "invitation.labelled"
    assert await audited(app, "invitation.") == [created, labelled, created]
    admin = people("Елена", id=ADMIN)
    await admin.says("/audit")
    await admin.sees("изменена подпись приглашения")


async def test_a_question_can_be_left(peter: Person) -> None:
    link = await link_from(peter)
    await peter.taps("Подпись")
    await peter.taps("← К приглашению")
    assert link_in(await peter.sees("Приглашение в профсоюз")) == link
    await peter.says("Проходная")
    await peter.sees("Не понял вас")
    await peter.taps("Срок", message=picture_of(peter, link))
    await peter.says("/cancel")
    await peter.says("завтра")
    await peter.sees("Похоже, это ответ на вопрос, который уже закрыт")
    await peter.says("/invite")
    await peter.sees("Без срока")
    await peter.sees_nothing_of("Подпись:")


async def test_a_new_invitation_has_a_code_of_its_own(peter: Person) -> None:
    first = await link_from(peter)
    picture = picture_of(peter, first)
    await peter.taps("Новое приглашение", message=picture)
    second = link_in(await peter.sees("Приглашение в профсоюз"))
    await peter.taps("Новое приглашение", message=picture)
    assert link_in(await peter.sees("Приглашение в профсоюз")) == second
    await peter.taps("Новое приглашение", message=picture_of(peter, second))
    third = link_in(await peter.sees("Приглашение в профсоюз"))
    assert len({first, second, third}) == 3
    assert await link_from(peter) == third


async def test_an_end_is_asked_and_taken_back(peter: Person) -> None:
    link = await link_from(peter)
    await peter.taps("Срок")
    await peter.sees("До какого дня")
    for rubbish in ("когда-нибудь", "🙂" * 4096, "<b>", "\u202e"):
        await peter.says(rubbish)
        await peter.sees("Не получилось прочитать день")
    await peter.says("99.99.2026")
    await peter.sees("Такого дня нет в календаре", "например: 31 декабря или через 30 дней")
    await peter.says("31.02.2027")
    await peter.sees("Такого дня нет в календаре")
    await peter.sees_nothing_of("1998")
    await peter.says("22.11.2026")
    await peter.sees("Этот день уже прошёл")
    await peter.sends(sticker=STICKER)
    await peter.sees("Не получилось прочитать день")
    await peter.says("завтра")
    assert link_in(await peter.sees("Действует по 24 ноября 2026 включительно")) == link
    await peter.taps("Срок")
    await peter.taps("Без срока")
    assert link_in(await peter.sees("Без срока")) == link
    await peter.taps("Срок")
    await peter.says("вчера")
    await peter.sees("Этот день уже прошёл")
    await peter.says("через неделю")
    await peter.sees("Действует по 30 ноября 2026")
    await peter.taps("Срок")
    await peter.says("Бессрочно")
    assert link_in(await peter.sees("Без срока")) == link


async def test_the_end_is_read_in_the_organisations_own_day(
    people: People, holds: Holds, clock: Clock
) -> None:
    olga = people("Ольга")
    await holds(olga, "organiser", "VEP")
    clock.forward(hours=10)  # 19:00 UTC: still the 23rd in Moscow, the 24th in Yekaterinburg
    await link_from(olga, "/invite TMN-1")
    await olga.taps("Срок")
    await olga.says("23.11.2026")
    await olga.sees("Этот день уже прошёл")
    await olga.says("сегодня")
    await olga.sees("Действует по 24 ноября 2026 включительно")


async def test_revoking_asks_once_more_and_happens_once(peter: Person, app: App) -> None:
    link = await link_from(peter)
    before = picture_of(peter, link)
    await peter.taps("Отозвать")
    asked = await peter.sees("Код и QR перестанут действовать")
    assert labels(asked) == ["Да, отозвать", "Нет, оставить"]
    await peter.taps("Нет, оставить")
    assert picture_of(peter, link)["caption"] == before["caption"]
    assert labels(picture_of(peter, link)) == UNDER_PICTURE

    await peter.taps("Отозвать")
    sure = kb.Revoke(invitation_id=(await kept(app, link)).id, sure=True).pack()
    for _ in range(2):
        await peter.taps_data(before, sure)
        assert peter.toast == "Приглашение отозвано"
    shown = picture_of(peter, link)
    assert shown["message_id"] == before["message_id"]
    assert "⛔️ Отозвано 23 ноября, 14:00" in shown["caption"]
    assert labels(shown) == []
    revoked = await audited(app, "invitation.revoked")
    assert len(revoked) == 1


async def test_old_buttons_of_a_revoked_invitation_change_nothing(
    peter: Person, people: People, app: App
) -> None:
    link = await link_from(peter)
    old = picture_of(peter, link)
    await link_from(peter)
    await peter.taps("Отозвать")
    await peter.taps("Да, отозвать")
    for label in ("Подпись", "Срок"):
        await peter.taps(label, message=old)
        assert "уже отозвано" in (peter.toast or "")
    await peter.taps_data(old, kb.Unlimit(invitation_id=(await kept(app, link)).id).pack())
    assert "уже отозвано" in (peter.toast or "")
    await peter.taps("Отозвать", message=old)
    await peter.sees("⛔️ Отозвано")
    await peter.sees_nothing_of("Код и QR перестанут действовать")
    guest = people("Гость")
    await guest.opens(link)
    await guest.sees("Это приглашение отозвали", "Сила в каждом")
    assert "✍️ Вступить" in guest.menu
    assert await link_from(peter) != link


async def test_the_list_shows_those_in_force_with_their_counts(
    peter: Person, people: People
) -> None:
    for number in range(7):
        await link_from(peter)
        await peter.taps("Подпись")
        await peter.says(f"{NAME} {number}")
    link = link_in(await peter.sees(f"Подпись: {NAME} 6"))
    await people("Гость").opens(link)
    await peter.taps("Все приглашения")
    await peter.sees("Действующих приглашений: 7", f"{NAME} 6 · ППО Тюменьэнерго", "Открыли: 1")
    assert peter.buttons == [*(f"{NAME} {n}" for n in range(6, 0, -1)), "1 / 2", "›"]
    await peter.taps("›")
    assert peter.buttons == [f"{NAME} 0", "‹", "2 / 2"]
    await peter.taps(f"{NAME} 0")
    await peter.sees("Приглашение в профсоюз", f"Подпись: {NAME} 0")
    assert await peter.picture()
    await peter.taps("Отозвать")
    await peter.taps("Да, отозвать")
    await peter.taps("Все приглашения", message=picture_of(peter, link))
    await peter.sees("Действующих приглашений: 6")


@pytest.mark.parametrize("language", ["ru", "en"])
async def test_the_longest_caption_still_fits_under_a_picture(
    people: People, holds: Holds, app: App, language: str
) -> None:
    async with app.database.transaction() as session:
        await session.execute(
            update(Organisation).where(Organisation.level == Level.PRIMARY).values(name="🙂" * 200)
        )
    chair = people("Пётр", language=language)
    await holds(chair, "chair", "TMN-1")
    link = await link_from(chair)
    t_sign, t_revoke = ("Подпись", "Отозвать") if language == "ru" else ("Label", "Revoke")
    await chair.taps(t_sign)
    await chair.says("&" * 79 + "🙂")
    await chair.taps(t_revoke)
    caption = picture_of(chair, link)["caption"]
    assert caption.count("🙂") == 201
    assert len(caption.encode("utf-16-le")) // 2 <= 1024
    assert len(labels(picture_of(chair, link))) == 2
