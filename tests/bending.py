"""Updates as Telegram sends them, and what a malicious or a broken line could make of them."""

import copy
import random
from collections.abc import Iterator, Sequence
from enum import EnumType
from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.types import ChatMemberAdministrator, Update

Json = dict[str, Any]

WORDS = (
    "/start", "/start ABCDEFGH", "/requests", "/grant 5 chair TMN-1", "/grant", "/audit", "/orgs",
    "/members", "/invite", "/profile", "/language", "/cancel", "✍️ Вступить", "👤 Профиль",
    "🆘 SOS", "🪪 Профбилет", "Смирнова Анна Ивановна", "15.03.1998", "+79995550101", "8–22",
    "ABCDEFGH", "TMN-1", "← Назад", "1", "да", "/start@sila_sandbox_bot x", "/post", "/newevent",
    "/checkin", "/events", "📅 Мероприятия", "5 декабря 18:00–20:00", "20:00", "Мира 2",
    "https://meet.example.org/1", "Спартакиада",
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 10**30, 1.5,
    float("nan"), float("inf"), "", "0", " ", "\0", "\ud83d", "\udc00а\0", "\u202e\u2066",
    "я" * 5000, "<b>&lt;</b>", "{0} %s {name}", "'; DROP TABLE people; --", "../../etc/passwd",
    [], {}, [[]], [None], {"id": 5}, {"id": None}, ["a"] * 50,
)  # fmt: skip
# Every kind there is, also those the bot never asked for.
KINDS = tuple(name for name in Update.model_fields if name != "update_id")
LIVE = ("message", "callback_query", "my_chat_member", "channel_post", "edited_channel_post")
CHANNEL: Json = {"id": -1002, "type": "channel", "title": "К"}


# What the first of them lead to is there for all that are bent to fall upon.
OPENINGS = ("/post", "po.new:1", "Завтра спартакиада", "/newevent", "em.new:1", "Спартакиада")
MAKING = ("keyboards.posts", "keyboards.events", "keyboards.checkins")
ODD_NUMBERS = ("-1", "0", "4000000", str(2**31), str(2**53))
TOO_LARGE = ("я" * 5000, 2**62)
VALUES = ("0", "1", "2", "-1", str(2**63), "x", "")


def buttons() -> list[type[CallbackData]]:
    return CallbackData.__subclasses__()


class Bender:
    def __init__(self, seed: int, people: Sequence[int]) -> None:
        self.chance = random.Random(seed)
        self.people = people
        self.buttons = buttons()

    def bent(self, update_id: int) -> tuple[str, Json]:
        """Half of them of the kinds the bot lives on; some left straight, most bent."""
        chance = self.chance
        kind = chance.choice(LIVE if chance.random() < 0.5 else KINDS)
        update = {"update_id": update_id, kind: self._event(kind)}
        for _ in range(chance.choice((0, 1, 1, 2, 3, 8))):
            self._bend(update[kind])
        if chance.random() < 0.02:
            update |= {chance.choice(("extra", *KINDS)): chance.choice(ODD)}
        if chance.random() < 0.02:
            update[kind] = chance.choice(ODD)
        return kind, update

    def openings(self, who: int) -> Iterator[Json]:
        """Each straight and once, whatever chance brings: how news and events are begun."""
        home = {"chat": {"id": who, "type": "private", "first_name": "Н"}}
        for said in OPENINGS:
            if ":" in said:
                tap = self._pressed(who, said) | {"message": self._ours(who) | home}
                yield {"callback_query": tap}
            else:
                plain = {"message_id": 7, "date": 1_790_000_000, "from": self._user(who)}
                yield {"message": plain | home | {"text": said}}

    def odd_numbers(self, who: int) -> Iterator[Json]:
        """All buttons of news and events that are there, with numbers no screen ever had."""
        home = {"chat": {"id": who, "type": "private", "first_name": "Н"}}
        for button in (one for one in self.buttons if one.__module__.startswith(MAKING)):
            kinds = {name: one.annotation for name, one in button.model_fields.items()}
            for odd in ODD_NUMBERS if int in kinds.values() else ():
                values = [
                    "1" if name.endswith("_id") else odd if kind is int else self._value(kind)
                    for name, kind in kinds.items()
                ]
                tap = self._pressed(who, ":".join((button.__prefix__, *values)))
                yield {"callback_query": tap | {"message": self._ours(who) | home}}

    def each_spot(self, who: int) -> Iterator[Json]:
        """One thing after another of what the bot lives on is far too large, all else in order."""
        post = self._post(who) | {"media_group_id": "7", "photo": [self._photo()]}
        straight: list[tuple[str, Json]] = [
            *(("message", self._message(who) | content) for content in self._contents(who)),
            *((kind, post) for kind in ("channel_post", "edited_channel_post")),
            ("callback_query", self._tap(who)),
            ("my_chat_member", self._membership(who)),
        ]
        for kind, event in straight:
            for spot in range(len([*_spots(event)])):
                for odd in TOO_LARGE:
                    bent = copy.deepcopy(event)
                    holder, key = [*_spots(bent)][spot]
                    holder[key] = odd
                    yield {kind: bent}

    def poisons(self, who: int) -> Iterator[Json]:
        """The worst of them, each by name."""
        message = self._message(who) | {"text": "/help"}
        yield {"message": {"message_id": "x", "chat": 5}}
        yield {"message": message | {"entities": "rubbish"}}
        yield {"message": message | {"message_id": 10**30, "from": None}}
        yield {"message": message | {"from": {"id": 10**30, "is_bot": False}}}
        yield {"message": message | {"text": "\0\ud83d"}}
        yield {"callback_query": {"id": 5, "from": None}}
        yield {"my_chat_member": [[[]]]}
        yield {"kind_of_the_future": {"id": 1}}
        yield {"message": message | {"chat": {"id": float("nan"), "type": "private"}}}
        deep: Any = "дно"
        for _ in range(600):
            deep = [deep]
        yield {"message": message | {"photo": deep}}

    def _event(self, kind: str) -> Any:
        who = self.chance.choice(self.people)
        match kind:
            case "callback_query":
                return self._tap(who)
            case "my_chat_member" | "chat_member":
                return self._membership(who)
        if kind.endswith("post") and self.chance.random() < 0.8:
            return self._post(who)
        if kind.endswith(("message", "post")):
            return self._message(who)
        return {"id": "5", "user": self._user(who), "from": self._user(who), "date": 1} | {
            "chat": self._chat(who),
            "message_id": 5,
        }

    def _message(self, who: int) -> Json:
        message = {
            "message_id": self.chance.randrange(1, 50),
            "date": 1_790_000_000,
            "chat": self._chat(who),
            "from": self._user(who),
        }
        content: Json = {"text": self.chance.choice(WORDS)}
        if self.chance.random() < 0.2:
            content = self.chance.choice(self._contents(who))
        return message | content

    def _contents(self, who: int) -> Sequence[Json]:
        contact = {"phone_number": "+79995550101", "first_name": "А", "user_id": who}
        return (
            {"contact": contact},
            {"location": {"latitude": 57.1, "longitude": 65.5}},
            {"photo": [self._photo()], "caption": "вид"},
            {"new_chat_members": [self._user(who)]},
            {"migrate_to_chat_id": -1005},
            {"reply_to_message": self._message(who), "text": "да"},
        )

    def _post(self, who: int) -> Json:
        """What a channel posts, nobody signing it; some of it part of an album."""
        group = self.chance.choice(({}, {"media_group_id": "7"}))
        message = self._message(who) | {"chat": CHANNEL | {}, "sender_chat": CHANNEL | {}} | group
        del message["from"]
        return message

    def _tap(self, who: int) -> Json:
        """On a message there is, one too old to be touched, one that is gone, or none at all."""
        old = {"chat": self._chat(who), "message_id": 5, "date": 0}
        message = self.chance.choice((self._ours(who), old, None))
        tap = self._pressed(who, self._data())
        return tap | ({"message": message} if message else {"inline_message_id": "5"})

    def _data(self) -> str:
        """What a button carries: of every kind, as its class has it or anything at all."""
        button = self.chance.choice(self.buttons)
        kinds = [field.annotation for field in button.model_fields.values()]
        if self.chance.random() < 0.3:
            kinds = [None] * self.chance.randrange(3)
        return ":".join((button.__prefix__, *(self._value(kind) for kind in kinds)))

    def _value(self, kind: Any) -> str:
        if isinstance(kind, EnumType) and self.chance.random() < 0.9:
            return str(self.chance.choice([*kind]))
        return self.chance.choice(VALUES)

    def _pressed(self, who: int, data: str) -> Json:
        return {"id": str(10**17), "from": self._user(who), "chat_instance": "7", "data": data}

    def _ours(self, who: int) -> Json:
        sender = {"id": 42, "is_bot": True, "first_name": "Сила"}
        return self._message(who) | {"from": sender}

    def _membership(self, who: int) -> Json:
        member: Json = {
            "user": {"id": 42, "is_bot": True, "first_name": "Сила"},
            "status": "member",
        }
        gone = member | {"status": "kicked", "until_date": 0}
        states: list[Json] = self.chance.choice(([member, gone], [gone, member]))
        names = ("old_chat_member", "new_chat_member")
        change: Json = {"chat": self._chat(who), "from": self._user(who), "date": 1}
        if self.chance.random() < 0.3:
            rights = dict.fromkeys(ChatMemberAdministrator.model_fields, True)
            head: Json = rights | member | {"status": "administrator"}
            change["chat"] = CHANNEL | {}
            states = [head, gone] if self.chance.random() < 0.1 else [gone, head]
        return change | dict(zip(names, states, strict=True))

    def _chat(self, who: int) -> Json:
        if self.chance.random() < 0.1:
            return {"id": -1001, "type": "supergroup", "title": "Г"}
        return {"id": who, "type": "private", "first_name": "Н"}

    def _user(self, who: int) -> Json:
        language = self.chance.choice(("ru", "en", "xx", None))
        return {"id": who, "is_bot": False, "first_name": "Н", "language_code": language}

    def _photo(self) -> Json:
        return {"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}

    def _bend(self, event: Any) -> None:
        """Somewhere inside something is missing, of another kind, or far too large."""
        spots = [*_spots(event)]
        if not spots:
            return
        holder, key = self.chance.choice(spots)
        how = self.chance.random()
        if how < 0.25:
            del holder[key]
        elif how < 0.9:
            holder[key] = copy.deepcopy(self.chance.choice(ODD))
        elif isinstance(holder, dict):
            holder[self.chance.choice(("text", "from", "chat", "message", "data", "id"))] = holder[
                key
            ]


def _spots(value: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    if depth > 6:
        return
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _spots(value[key], depth + 1)
