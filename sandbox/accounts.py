"""Who and what there is: bots, people, chats and their topics."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from sandbox.delivery import Mailbox
from sandbox.wire import Wire, present

ScopeKey: TypeAlias = tuple[str | int, ...]

GONE = ("left", "kicked")
# What everybody in a group may until it is forbidden.
_MEMBERS_MAY = frozenset({
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
    "can_send_other_messages", "can_add_web_page_previews", "can_react_to_messages",
    "can_invite_users",
})  # fmt: skip
# The right that sending each kind of content takes; those not named go as words do.
_SENDING = {
    "photo": "can_send_photos", "document": "can_send_documents", "video": "can_send_videos",
    "audio": "can_send_audios", "voice": "can_send_voice_notes",
    "video_note": "can_send_video_notes", "poll": "can_send_polls",
    "animation": "can_send_other_messages", "sticker": "can_send_other_messages",
    "dice": "can_send_other_messages",
}  # fmt: skip


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
    default_rights: dict[bool, Wire] = field(default_factory=dict)

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
    hidden: bool = False
    icon: str = ""


@dataclass(eq=False)
class Invite:
    link: str
    creator: Wire
    name: str = ""
    expires: int = 0
    limit: int = 0
    asks: bool = False
    primary: bool = False
    revoked: bool = False
    joined: int = 0
    waiting: set[int] = field(default_factory=set)

    @property
    def wire(self) -> Wire:
        return {
            "invite_link": self.link,
            "creator": self.creator,
            "creates_join_request": self.asks,
            "is_primary": self.primary,
            "is_revoked": self.revoked,
        } | present(
            name=self.name,
            expire_date=self.expires or None,
            member_limit=self.limit or None,
            pending_join_request_count=len(self.waiting) or None,
        )


@dataclass(eq=False)
class Chat:
    """`key` is unique in the world; `id` is what bots know, and for them a person's id.

    `authors` are who really wrote each message: a channel's posts and anonymous ones do not say.
    `permissions` are what all members may; `rights` what one administrator may, or one who is
    restricted, `until` the second of `until` if there is one.
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
    permissions: Wire = field(default_factory=dict)
    rights: dict[int, Wire] = field(default_factory=dict)
    until: dict[int, int] = field(default_factory=dict)
    barred: set[int] = field(default_factory=set)
    invites: dict[str, Invite] = field(default_factory=dict)
    reactions: dict[int, dict[int, list[Wire]]] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    description: str = ""
    photo: Wire = field(default_factory=dict)
    general: Topic = field(default_factory=lambda: Topic("General", 7322096))
    topics: dict[int, Topic] = field(default_factory=dict)
    keyboard: Wire | None = None
    personal_keyboards: dict[int, Wire | None] = field(default_factory=dict)
    started: bool = False
    open_until: float = 0.0
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

    def may(self, user_id: int, right: str) -> bool:
        status = self.status_of(user_id)
        if self.private or status == "creator":
            return True
        if status == "administrator":
            return bool(self.rights.get(user_id, {}).get(right, True))
        if status == "restricted":
            return bool(self.rights.get(user_id, {}).get(right))
        return status == "member" and bool(self.permissions.get(right, right in _MEMBERS_MAY))

    def may_send(self, user_id: int, kind: str) -> bool:
        return self.may(user_id, _SENDING.get(kind, "can_send_messages"))

    def keyboard_of(self, person_id: int) -> Wire | None:
        return self.personal_keyboards.get(person_id, self.keyboard)
