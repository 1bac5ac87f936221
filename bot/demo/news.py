"""What the demo's union has written to its members of late."""

from datetime import datetime, timedelta
from html import escape
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.demo.staff import page
from models.base import Session
from models.post import Audience
from sandbox.world import World
from services import (
    interests,
    news,
    organisations,
    posts,
    posts_choices,
    posts_publishing,
    preferences,
    profile,
)
from services.access import Actor
from services.hours import ROUND_THE_CLOCK
from services.posts_content import Content

PLACE = "TMN"


class Piece(NamedTuple):
    ago: timedelta
    head: str
    text: str
    rubrics: tuple[str, ...] = ()
    audience: Audience = Audience.ALL
    picture: str | None = None


PIECES = (
    Piece(
        timedelta(days=9),
        "Тариф пересмотрен: минимальная ставка выше на 7,4 %",
        "С 1 декабря минимальная месячная тарифная ставка рабочего первого разряда растёт вместе "
        "с индексом цен. Проверьте расчётный лист за декабрь: если ставка прежняя, напишите "
        "председателю первички — разберёмся за неделю.",
        ("Зарплата и договор",),
    ),
    Piece(
        timedelta(days=7, hours=4),
        "Новые правила по охране труда: что меняется для бригад",
        "Допуск к работам на высоте теперь подтверждают раз в год. Работодатель обязан обучить за "
        "свой счёт и в рабочее время. Отправляют учиться в выходной — это сверхурочные.",
        ("Охрана труда",),
        picture="Допуск к работам",
    ),
    Piece(
        timedelta(days=5, hours=2),
        "Зимняя спартакиада: собираем команды",
        "Лыжи, мини-футбол и дартс, 13 декабря, база «Сосновый бор». Автобус от Тюмени в 8:00, "
        "обед за счёт профсоюза. Семьи приглашаем.",
        ("Спорт", "Культура и отдых"),
        picture="Спартакиада",
    ),
    Piece(
        timedelta(days=3, hours=6),
        "Школа молодого профлидера: 20 мест",
        "Два дня в Тюмени, 5–6 декабря: переговоры, право, публичные выступления. Дорога и "
        "проживание оплачены, на работе сохраняется средний заработок.",
        ("Молодёжь", "Обучение"),
        Audience.YOUNG,
    ),
    Piece(
        timedelta(days=1, hours=3),
        "Юристы вернули 214 тысяч рублей за сверхурочные",
        "Электромонтёр из Сургута полгода не мог добиться оплаты выходов в праздники. Хватило "
        "одной претензии от профсоюза. Если у вас похожее — не ждите, спросите юриста.",
        ("Юридическая помощь",),
    ),
    Piece(
        timedelta(hours=2),
        "Путёвки на зиму: заявки до пятницы",
        "Санаторий «Ишимский», заезды с 12 января, члену профсоюза — скидка 30 %. Заявку "
        "передайте председателю своей первички.",
        ("Культура и отдых",),
    ),
)


async def publish(session: Session, world: World, oleg: Actor, *, now: datetime) -> None:
    home = await organisations.get_by_code(session, oleg, PLACE)
    rubrics = {one.title: one.id for one in await interests.list_open(session, now=now)}
    for piece in PIECES:
        at = now - piece.ago
        post = await posts.begin(session, oleg, home.id, now=at)
        await posts.write(session, oleg, post.id, _content(world, piece), now=at)
        for title in piece.rubrics:
            await posts_choices.turn_rubric(
                session, oleg, post.id, rubrics[title], on=True, now=at
            )
        await posts_choices.aim_at(session, oleg, post.id, piece.audience, now=at)
        await posts_publishing.publish(session, oleg, post.id, posts.version(post), now=at)


async def read(session: Session, reader: Actor, count: int, *, now: datetime) -> None:
    """The oldest of them were read, and the first found useful."""
    found = await news.list_feed(session, reader, now=now)
    for number, (post, *_) in enumerate(list(found.items)[-count:]):
        await news.open_item(session, reader, post.id, now=now)
        if number == 0:
            await news.rate(session, reader, post.id, useful=True, now=now)


async def subscribe(session: Session, reader: Actor, zone: ZoneInfo, *, now: datetime) -> None:
    """Their digest is due about now, at whatever hour the demo is shown."""
    await profile.set_hours(session, reader, *ROUND_THE_CLOCK, now=now)
    hour = now.astimezone(zone).hour
    await preferences.choose(session, reader, hour=hour, now=now - timedelta(days=4))


def _content(world: World, piece: Piece) -> Content:
    plain = f"{piece.head}\n\n{piece.text}"
    html = f"<b>{escape(piece.head, quote=False)}</b>\n\n{escape(piece.text, quote=False)}"
    return content(world, plain, piece.picture, html=html)


def content(world: World, plain: str, picture: str | None, *, html: str = "") -> Content:
    """Words, and a sheet of paper with that heading."""
    media = []
    if picture is not None:
        file = world.files.store(page(picture), f"{picture}.png", "image/png", "photo")
        media = [{"kind": "photo", "file_id": file, "at": 0}]
    return Content(html or escape(plain, quote=False), plain, media)
