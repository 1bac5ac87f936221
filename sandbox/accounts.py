"""Who and what there is: bots, people, chats and their topics."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from sandbox.delivery import Mailbox
from sandbox.wire import Wire, present

ScopeKey: TypeAlias = tuple[str | int, ...]

GONE = ("left", "kicked")


@dataclass(eq=False)
class BotAccount:
    id: int
    token: str
    me: Wire
    mailbox: Mailbox = field(default_factory=Mailbox)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    commands: dict[tuple[ScopeKey, str], list[Wire]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Wire] = field(default_factory=dict)

    @property
    def username(self) -> str:
        return str(self.me["username"])

    @property
    def user(self) -> Wire:
        return {key: self.me[key] for key in ("id", "is_bot", "first_name", "username")}

    @property
    def hears_everything(self) -> bool:
        return bool(self.me["can_read_all_group_messages"])


@dataclass(eq=False)
class PersonAccount:
    user: Wire
    phone: str | None = None
    note: str = ""
    deactivated: bool = False

    @property
    def id(self) -> int:
        return int(self.user["id"])

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.user["first_name"], self.user.get("last_name"))))


@dataclass
class Topic:
    name: str
    icon_color: int
    closed: bool = False


@dataclass(eq=False)
class Chat:
    """`key` is unique in the world; `id` is what bots know, and for them a person's id.

    `authors` are who really wrote each message: a channel's posts and anonymous ones do not say.
    """

    key: str
    id: int
    kind: str
    title: str
    ids: Iterator[int]
    person: PersonAccount | None = None
    bot: BotAccount | None = None
    forum: bool = False
    username: str = ""
    linked: "Chat | None" = None
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Wire] = field(default_factory=dict)
    authors: dict[int, int] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    keyboard: Wire | None = None
    personal_keyboards: dict[int, Wire | None] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    last_bot: int | None = None

    @property
    def private(self) -> bool:
        return self.person is not None

    @property
    def wire(self) -> Wire:
        if self.person:
            names = ("first_name", "last_name", "username")
            return present(
                id=self.id, type=self.kind, **{name: self.person.user.get(name) for name in names}
            )
        return present(
            id=self.id,
            type=self.kind,
            title=self.title,
            username=self.username,
            is_forum=self.forum or None,
        )

    @property
    def channel(self) -> bool:
        return self.kind == "channel"

    def status_of(self, user_id: int) -> str:
        if self.private:
            return "member"
        return self.members.get(user_id, "left")

    def has(self, user_id: int) -> bool:
        return self.status_of(user_id) not in GONE

    def holds(self, person_id: int) -> bool:
        return self.id == person_id if self.private else self.has(person_id)

    def runs(self, user_id: int) -> bool:
        return self.status_of(user_id) in ("administrator", "creator")

    def keyboard_of(self, person_id: int) -> Wire | None:
        return self.personal_keyboards.get(person_id, self.keyboard)
