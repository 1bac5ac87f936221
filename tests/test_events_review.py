"""A draft by somebody who may not publish: sent for review, taken back, given back, let out."""

import pytest

from bot.app import App
from sandbox.people import Person
from sandbox.plugin import Clock
from tests.applying import Make
from tests.backstage import audited, carried, enrol, told
from tests.conftest import ADMIN
from tests.gatherings import TITLE
from tests.making import begins, only
from tests.newsroom import draft, oleg

FIXTURES = (oleg,)
pytestmark = pytest.mark.usefixtures("union")


@pytest.fixture
async def vera(app: App, people: Make) -> Person:
    """An organiser whose drafts go to review."""
    vera = people("Вера")
    await enrol(app, vera, "TMN-1", "Ветрова Вера", number="000204")
    helen = people("Елена", id=ADMIN)
    await helen.says(f"/grant {vera.id} organiser TMN-1 на проверку")
    return vera


async def submits(vera: Person) -> None:
    await begins(vera, place="ППО Тюменьэнерго")
    await vera.taps("Пропустить")
    await vera.says("5 декабря 18:00–20:00")
    await vera.taps("Остальное потом")
    await vera.sees("Черновик мероприятия")
    assert "Опубликовать" not in vera.buttons
    await vera.taps("На проверку")


async def test_its_author_sees_that_it_is_under_review(oleg: Person, vera: Person) -> None:
    await submits(vera)
    await vera.sees("👀 Мероприятие на проверке", TITLE)
    assert vera.toast == "Отправлено на проверку"
    assert vera.buttons == ["Показать, как увидят", "Забрать с проверки", "Удалить черновик"]
    await vera.taps("Показать, как увидят")
    assert vera.buttons == ["← Вернуться"]
    await vera.says("/newevent")
    assert f"👀 {TITLE}, 05.12" in vera.buttons


async def test_who_may_publish_sees_it_whole_and_whose_it_is(oleg: Person, vera: Person) -> None:
    await submits(vera)
    await oleg.sees("👀 Мероприятие на проверке", TITLE, "Автор: Ветрова Вера")
    assert oleg.buttons == ["Показать, как увидят", "Опубликовать", "Вернуть с замечанием"]
    await oleg.says("/newevent")
    await oleg.taps(f"👀 {TITLE}, 05.12")
    await oleg.taps("Показать, как увидят")
    await oleg.taps("Опубликовать")
    await oleg.sees("Мероприятие опубликовано")


async def test_meanwhile_nothing_of_it_changes(app: App, oleg: Person, vera: Person) -> None:
    await submits(vera)
    card, event = await vera.sees("на проверке"), await only(app)
    for forged in (f"em.clock:{event.id}", f"po.aim:{event.post_id}:young"):
        await vera.taps_data(card, forged)
    await vera.taps_data(card, f"em.setclock:{event.id}:Europe/Moscow")
    assert "его отправили на проверку" in (vera.toast or "")
    await vera.taps_data(card, f"em.ask:{event.id}:title:0")
    await vera.says("Иначе")
    await vera.sees("его отправили на проверку")
    await vera.taps_data(card, f"em.publish:{event.id}:1")
    assert "с правом публикации" in (vera.toast or "")
    after = await only(app)
    assert (after.title, after.zone, after.state) == (TITLE, event.zone, "draft")


async def test_its_author_takes_it_back(app: App, oleg: Person, vera: Person) -> None:
    await submits(vera)
    seen = await oleg.sees("на проверке")
    await vera.taps("Забрать с проверки")
    await vera.sees("Черновик мероприятия")
    assert vera.toast == "Снова черновик"
    await oleg.sees("Черновик мероприятия")
    await oleg.taps_data(seen, f"po.back:{(await only(app)).post_id}")
    await oleg.says("Поздно")
    await oleg.sees("С этим мероприятием так уже нельзя")
    await vera.taps("Название")
    await vera.says("Иначе")
    await vera.taps("На проверку")
    await oleg.sees("на проверке", "Иначе")
    assert await audited(app, "event.") == [
        "event.begun", "event.submitted", "event.taken-back", "event.submitted",
    ]  # fmt: skip


async def test_it_is_given_back_with_a_remark(app: App, oleg: Person, vera: Person) -> None:
    await submits(vera)
    await oleg.taps("Вернуть с замечанием")
    await oleg.sees("Что поправить?", "Ветрова Вера")
    await oleg.says("Добавьте <адрес>")
    await oleg.sees("↩️ Мероприятие вернули")
    await vera.sees("Ваше мероприятие вернули", TITLE, "Замечание: Добавьте <адрес>")
    await vera.taps("Открыть")
    await vera.sees("↩️ Мероприятие вернули", "Замечание: Добавьте <адрес>")
    await vera.taps("Место")
    await vera.says("Ленина 1")
    await vera.taps("На проверку")
    assert "Замечание" not in (await oleg.sees("на проверке", "Ленина 1"))["text"]
    await oleg.taps("Опубликовать")
    assert await audited(app, "event.returned") == ["event.returned"]


async def test_when_it_is_published_its_author_is_told_once(
    app: App, oleg: Person, vera: Person
) -> None:
    """Responsible for it she has been from the first."""
    await submits(vera)
    await oleg.taps("Опубликовать")
    await oleg.sees("Мероприятие опубликовано")
    await vera.sees("Ваше мероприятие опубликовано", TITLE)
    assert await told(app, "posts-approved") == [vera.id]
    assert await told(app, "events-host") == []
    await vera.taps("Открыть")
    await vera.sees("📅 Мероприятие опубликовано")


async def test_it_is_sent_only_when_it_could_be_published(
    app: App, oleg: Person, vera: Person, clock: Clock
) -> None:
    await submits(vera)
    await vera.taps("Забрать с проверки")
    card = await vera.sees("Черновик")
    submit = carried(card, "На проверку")
    clock.forward(days=30)
    await vera.taps_data(card, submit)
    assert "уже прош" in (vera.toast or "")
    assert await audited(app, "event.submitted") == ["event.submitted"]


async def test_of_another_s_nobody_takes_it_back(app: App, oleg: Person, vera: Person) -> None:
    await submits(vera)
    card, post_id = await oleg.sees("на проверке"), (await only(app)).post_id
    await oleg.taps_data(card, f"po.mine:{post_id}")
    await vera.taps_data(await vera.sees(), f"po.back:{post_id}")
    await vera.says("Сама себе")
    assert await audited(app, "event.") == ["event.begun", "event.submitted"]


async def test_news_is_taken_back_in_the_same_way(app: App, oleg: Person, vera: Person) -> None:
    await draft(vera, place="ППО Тюменьэнерго")
    await vera.taps("На проверку")
    await oleg.sees("Новость на проверке", "Автор: Ветрова Вера")
    await vera.taps("Забрать с проверки")
    await vera.sees("Черновик новости")
    await oleg.sees("Черновик новости")
    await vera.taps("Кто и что делал")
    await vera.sees("отправлено на проверку", "взято с проверки, Ветрова Вера")
    assert await audited(app, "post.") == ["post.begun", "post.submitted", "post.taken-back"]
