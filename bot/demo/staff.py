"""The lawyers' group of the demo: a forum the bot runs, and a morning of work in it."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import sandbox
from bot.demo.cast import HELEN, OLEG, PETER
from sandbox.wire import Wire
from sandbox.world import World

STAFF_CHAT = -1002000000001
TYPEFACE = Path(sandbox.__file__).parent / "page" / "fonts" / "GolosText_500Medium.ttf"
PAGES = ("Приказ об отпуске", "График отпусков", "Заявление")


async def gather(world: World, token: str) -> None:
    bot = world.bots[token]
    members = {HELEN.id: "creator", OLEG.id: "member", PETER.id: "member"}
    group = world.add_group(
        STAFF_CHAT, "Юристы", forum=True, members=members | {bot.id: "administrator"}
    )
    leave, bonus = [await _open(world, token, name) for name in ("Отпуск", "Премия")]
    asked = world.say(
        PETER.id, group.key, "Коллеге не дают отпуск летом. Что делать?", thread=leave
    )
    world.send_album(PETER.id, group.key, _pages(world), thread=leave)
    answer = "График утверждён: отпуск дают по нему. Подготовлю письмо сегодня."
    reply = world.say(HELEN.id, group.key, answer, reply_to=asked["message_id"], thread=leave)
    world.react(PETER.id, group.key, reply["message_id"], "👍")
    world.pin_up(HELEN.id, group.key, asked["message_id"])
    world.say(OLEG.id, group.key, "В Тюмени тоже спрашивают про годовую премию.", thread=bonus)
    # All this was said before the bot began to listen: it has nothing to answer there.
    await world.call(token, "deleteWebhook", {"drop_pending_updates": True})


async def _open(world: World, token: str, name: str) -> int:
    _, body = await world.call(token, "createForumTopic", {"chat_id": STAFF_CHAT, "name": name})
    return int(body["result"]["message_thread_id"])


def _pages(world: World) -> list[Wire]:
    pages = [
        world.files.get(world.files.store(page(title), f"{title}.png", "image/png", "photo"))
        for title in PAGES
    ]
    contents = [page.content for page in pages]
    contents[0] |= {"caption": "Документы: приказ, график и заявление"}
    return contents


def page(title: str) -> bytes:
    """A sheet of paper: a heading and lines nobody has to read."""
    sheet = Image.new("RGB", (480, 360), "#ffffff")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, 480, 56), fill="#12356b")
    draw.text((24, 14), title, fill="#ffffff", font=ImageFont.truetype(TYPEFACE, 24))
    for row in range(7):
        draw.rectangle((24, 88 + row * 36, 456 - row * 47 % 160, 98 + row * 36), fill="#cfe3f7")
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    return buffer.getvalue()
