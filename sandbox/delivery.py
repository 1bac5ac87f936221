"""Updates on their way to a bot: kept until taken, refused or too old."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from sandbox.refusals import Refused, conflict
from sandbox.wire import Wire

Handler: TypeAlias = Callable[[Wire], Awaitable[None]]
Lane: TypeAlias = tuple[str, int]

# All the kinds of updates there are here; of those the Bot API has besides, see `lacking`.
KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request",
})  # fmt: skip
# Kinds a bot gets only when it asks for them by name.
OPTIONAL = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
ANOTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
HOOKED = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass(frozen=True)
class Parcel:
    update: Wire
    lane: Lane
    expires: float

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


@dataclass(eq=False)
class Webhook:
    url: str
    secret: str
    max_connections: int
    error: str = ""
    error_at: int = 0
    gone_since: float | None = None

    def __post_init__(self) -> None:
        self.slots = asyncio.Semaphore(self.max_connections)


@dataclass
class Poll:
    until: float  # by the loop's clock
    ended_by: str = ""


@dataclass
class Mailbox:
    """One bot's updates, in the order they happened."""

    parcels: list[Parcel] = field(default_factory=list)
    allowed: frozenset[str] = frozenset()
    webhook: Webhook | None = None
    handler: Handler | None = None
    poll: Poll | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    conflict_at: float = float("-inf")
    last_ask: tuple[int, float] = (0, float("-inf"))

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in OPTIONAL

    def put(self, parcel: Parcel) -> None:
        self.parcels.append(parcel)
        self.changed.set()

    def take(self, parcel: Parcel) -> None:
        if parcel in self.parcels:
            self.parcels.remove(parcel)
        self.changed.set()

    def unhook(self) -> None:
        self.webhook = None
        self.changed.set()

    def drop_expired(self, now: float) -> None:
        self.parcels = [parcel for parcel in self.parcels if parcel.expires > now]

    def confirm(self, offset: int) -> None:
        """All below `offset` are done with; a negative one keeps only that many of the latest."""
        # Nothing else removes an update: an answer may be lost on its way to the bot.
        if offset < 0:
            self.parcels = self.parcels[offset:]
        elif offset:
            self.parcels = [parcel for parcel in self.parcels if parcel.id >= offset]

    def allow(self, kinds: object) -> None:
        """Nothing said, or said in no list, leaves all as it was; unknown kinds are ignored."""
        if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
            self.allowed = KINDS & {kind.lower() for kind in kinds}

    def interrupt(self, reason: str) -> None:
        if self.poll:
            self.poll.ended_by = reason
            self.poll = None
            self.changed.set()

    async def wait(self, seconds: float) -> None:
        """Until there is something; the older of two polls is the one to lose."""
        self.interrupt(ANOTHER_POLL)
        self.poll = mine = Poll(asyncio.get_running_loop().time() + seconds)
        try:
            async with asyncio.timeout_at(mine.until):
                while not self.parcels and not mine.ended_by:
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            pass
        finally:
            if self.poll is mine:
                self.poll = None
        if mine.ended_by:
            raise conflict(mine.ended_by)

    async def temper(self, refusal: Refused, scale: float) -> Refused:
        """The first conflict is told at once, those within three seconds only after three."""
        now = asyncio.get_running_loop().time()
        hasty, self.conflict_at = now - self.conflict_at < 3 * scale, now
        if hasty:
            await asyncio.sleep(3 * scale)
        return refusal
