"""What one page asks for and does: every person of the world sits at the same desk."""

import asyncio
import io
import json
from contextlib import suppress
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web
from PIL import Image

from sandbox.accounts import BotAccount, Chat, PersonAccount
from sandbox.desk_views import head, may, seen_by, topics
from sandbox.seat import Seat, Wrong, aim, number, read_json
from sandbox.wire import Wire, present
from sandbox.world import World

TAP_SECONDS = 10.0
HEARTBEAT_SECONDS = 15.0
HISTORY = 200
PICTURES = 24
_ABOUT = ("last_name", "username", "language", "phone")


class Desk(Seat):
    """Serves every person of the world and remembers what each of them has seen."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.seen: dict[tuple[int, str], int] = {}

    async def people(self, _: web.Request) -> list[Wire]:
        return [
            {
                "id": person.id,
                "name": person.name,
                "username": person.user.get("username"),
                "note": person.note,
                "unread": sum(self._unread(person, c) for c in self.world.chats_of(person.id)),
            }
            for person in self.world.people.values()
        ]

    async def chats(self, request: web.Request) -> list[Wire]:
        person = self._person(request.query)
        return [self._summary(person, chat) for chat in self.world.chats_of(person.id)]

    async def chat(self, request: web.Request) -> Wire:
        """What is fetched counts as seen, and the other pages' unread marks go."""
        person, chat = self._place(request.query)
        messages = list(chat.messages.values())[-HISTORY:]
        newest = max(chat.messages, default=0)
        if newest > self.seen.get((person.id, chat.key), 0):
            self.seen[person.id, chat.key] = newest
            self.world.changed(chat)
        keyboard = chat.keyboard_of(person.id)
        bot = self._bot(chat)
        return head(bot, chat) | {
            "messages": [seen_by(self.world, person, chat, message) for message in messages],
            "keyboard": keyboard if keyboard and "keyboard" in keyboard else None,
            "commands": self.world.commands_for(bot.id, person.id, chat.key) if bot else [],
            "menu": self.world.menu_button(bot, chat) if bot and chat.private else {},
            "blocked": chat.blocked,
            "moved": f"g:{chat.migrated_to}" if chat.migrated_to else None,
            "topics": topics(chat),
            "pinned": chat.pinned,
            "may": may(chat, person),
        }

    async def pictures(self, _: web.Request) -> list[Wire]:
        """What anybody's screen showed of late, the newest first, each picture once a screen."""
        shown = [
            (message["date"], message["photo"][-1]["file_id"], chat, message.get("caption", ""))
            for chat in self.world.chats.values()
            for message in chat.messages.values()
            if "photo" in message
        ]
        shown.sort(key=lambda picture: picture[0])
        latest = {
            (file_id, chat.key): {"file_id": file_id, "owner": chat.title, "caption": caption}
            for _, file_id, chat, caption in shown
        }
        return list(latest.values())[: -PICTURES - 1 : -1]

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: which chat changed, for everybody's unread marks."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        stream = web.StreamResponse(headers=headers)
        with self.world.watch() as changes, suppress(ConnectionError):
            await stream.prepare(request)
            await stream.write(b": hello\n\n")
            while True:
                await stream.write(await _next_event(changes))
        return stream

    async def say(self, request: web.Request) -> Wire:
        body = await read_json(request)
        person, chat = self._place(body)
        text = str(body.get("text") or "").strip()
        if not text:
            raise Wrong("Пустое сообщение не отправить.")
        return self.world.say(person.id, chat.key, text, **aim(body))

    async def tap(self, request: web.Request) -> Wire:
        body = await read_json(request)
        person, chat = self._place(body)
        message_id = number(body, "message_id")
        tapped, forged = str(body.get("data")), bool(body.get("forged"))
        query_id = self.world.tap(person.id, chat.key, message_id, tapped, forged=forged)
        return {"answer": await self._answer_to(query_id)}

    async def contact(self, request: web.Request) -> Wire:
        body, person, chat = await self._asked(request)
        owner = number(body, "of") if body.get("of") else None
        return self.world.share_contact(person.id, chat.key, of=owner)

    async def block(self, request: web.Request) -> Wire:
        body = await read_json(request)
        person, chat = self._place(body)
        change = self.world.block if body.get("blocked") else self.world.unblock
        change(person.id, chat.key)
        return {"blocked": chat.blocked}

    async def open(self, request: web.Request) -> Wire:
        body = await read_json(request)
        person = self._person(body)
        return {"chat": self.world.open(person.id, _web_link(str(body.get("link"))))}

    async def scan(self, request: web.Request) -> Wire:
        body = await read_json(request)
        self._person(body)
        stored = self.world.files.get(str(body.get("file_id")))
        text = await asyncio.to_thread(_read_qr, stored.data)
        if not text:
            raise Wrong("На этой картинке QR-кода не видно.", 404)
        return {"text": text}

    async def person(self, request: web.Request) -> Wire:
        body = await read_json(request)
        name = str(body.get("name") or "").strip()[:64]
        if not name:
            raise Wrong("Напишите имя.")
        person_id = max(self.world.people, default=1000) + 1
        about = {"phone": f"+7900{person_id % 10_000_000:07}"}
        about |= {one: str(body[one]) for one in _ABOUT if body.get(one)}
        self.world.add_person(person_id, name, **about, note="Только что появился в песочнице")
        return {"id": person_id}

    def _bot(self, chat: Chat) -> BotAccount | None:
        return chat.bot or next(self.world.bots_in(chat), None)

    def _summary(self, person: PersonAccount, chat: Chat) -> Wire:
        last = chat.messages[max(chat.messages)] if chat.messages else None
        unread = self._unread(person, chat)
        return head(self._bot(chat), chat) | {"key": chat.key, "last": last, "unread": unread}

    def _unread(self, person: PersonAccount, chat: Chat) -> int:
        seen = self.seen.get((person.id, chat.key), 0)
        return sum(
            message_id > seen and author != person.id
            for message_id, author in chat.authors.items()
            if message_id in chat.messages
        )

    async def _answer_to(self, query_id: str) -> Wire | None:
        query = self.world.queries[query_id]
        with self.world.watch() as changes, suppress(TimeoutError):
            async with asyncio.timeout(TAP_SECONDS):
                while query.answer is None:
                    await changes.get()
        return query.answer


async def _next_event(changes: asyncio.Queue[Wire]) -> bytes:
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            return f"data: {json.dumps(await changes.get())}\n\n".encode()
    except TimeoutError:
        return b": still here\n\n"


def _web_link(link: str) -> str:
    """`tg://resolve?domain=bot&start=code`, `t.me/bot`: one spelling for all of them."""
    parts = urlsplit(link if ":" in link else f"https://{link}")
    asked = parse_qs(parts.query)
    username = asked["domain"][0] if "domain" in asked else parts.path.strip("/")
    start = asked.get("start", [""])[0]
    return f"https://t.me/{username}?{urlencode(present(start=start))}"


def _read_qr(data: bytes) -> str:
    # Imported here: at exit this library complains of everything a module still holds of it.
    import zxingcpp

    formats = zxingcpp.barcode_formats_from_str("QRCode")
    with Image.open(io.BytesIO(data)) as picture:
        codes = zxingcpp.read_barcodes(picture.convert("L"), formats)
    return codes[0].text if codes else ""
