"""Updates carried to webhooks: in order within a lane, lanes side by side, until taken."""

import asyncio
import random
from collections.abc import Iterator

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from sandbox.accounts import BotAccount
from sandbox.bodies import read_body
from sandbox.delivery import Lane, Parcel, Webhook
from sandbox.refusals import Refused
from sandbox.world import World

_GONE_SECONDS = 23 * 3600
# A webhook's answer may carry a call, but none whose result somebody would want to read.
_NOT_IN_ANSWERS = ("setwebhook", "deletewebhook", "close", "logout")


class Postman:
    def __init__(self, world: World) -> None:
        self.world = world
        # A new webhook walks its own lanes: the old one's may sleep for another minute.
        self._walked: set[tuple[Webhook, Lane]] = set()

    async def work(self) -> None:
        timeout = ClientTimeout(total=60)
        async with ClientSession(timeout=timeout) as http, asyncio.TaskGroup() as lanes:
            while True:
                self.world.posted.clear()
                for bot, webhook, lane in self._idle():
                    self._walked.add((webhook, lane))
                    lanes.create_task(self._walk(http, bot, webhook, lane))
                await self.world.posted.wait()

    def _idle(self) -> Iterator[tuple[BotAccount, Webhook, Lane]]:
        for bot in self.world.bots.values():
            if webhook := bot.mailbox.webhook:
                for lane in dict.fromkeys(parcel.lane for parcel in bot.mailbox.parcels):
                    if (webhook, lane) not in self._walked:
                        yield bot, webhook, lane

    async def _walk(
        self, http: ClientSession, bot: BotAccount, webhook: Webhook, lane: Lane
    ) -> None:
        failures = 0
        while parcel := self._next(bot, webhook, lane):
            async with webhook.slots:
                pause = await self._offer(http, bot, webhook, parcel)
            if pause is None:
                bot.mailbox.take(parcel)
                failures = 0
                continue
            pause = pause or pause_after(failures + 1)
            if self.world.clock() + pause > parcel.expires:
                bot.mailbox.take(parcel)
                failures = 0
                continue
            failures += 1
            await asyncio.sleep(pause * self.world.retry_scale)
        self._walked.discard((webhook, lane))

    def _next(self, bot: BotAccount, webhook: Webhook, lane: Lane) -> Parcel | None:
        mailbox = bot.mailbox
        mailbox.drop_expired(self.world.clock())
        if mailbox.webhook is not webhook:
            return None
        return next((parcel for parcel in mailbox.parcels if parcel.lane == lane), None)

    async def _offer(
        self, http: ClientSession, bot: BotAccount, webhook: Webhook, parcel: Parcel
    ) -> float | None:
        """None when the update was taken, else the seconds asked for before the next attempt."""
        secret = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            async with http.post(
                webhook.url, json=parcel.update, headers=secret, allow_redirects=False
            ) as response:
                if 200 <= response.status < 300:
                    await self._obey(bot, response)
                    webhook.gone_since = None
                    return None
                self._note_status(bot, webhook, response)
                return _retry_after(response)
        except (ClientError, OSError) as error:
            self._note(bot, webhook, f"{type(error).__name__}: {error}")
            return 0

    async def _obey(self, bot: BotAccount, response: ClientResponse) -> None:
        try:
            params, files = await read_body(response)
        except (Refused, ValueError):
            return
        method = str(params.pop("method", ""))
        if method and not method.lower().startswith(("get", *_NOT_IN_ANSWERS)):
            await self.world.call(bot.token, method, params, files)

    def _note_status(self, bot: BotAccount, webhook: Webhook, response: ClientResponse) -> None:
        status = f"{response.status} {response.reason}"
        self._note(bot, webhook, f"Wrong response from the webhook: {status}")
        if response.status != 410:
            webhook.gone_since = None
        elif webhook.gone_since is None:
            webhook.gone_since = self.world.clock()
        elif self.world.clock() - webhook.gone_since > _GONE_SECONDS:
            bot.mailbox.unhook()

    def _note(self, bot: BotAccount, webhook: Webhook, error: str) -> None:
        webhook.error, webhook.error_at = error, self.world.now
        bot.mailbox.changed.set()


def pause_after(failures: int) -> float:
    """The second attempt is made at once."""
    return 0 if failures == 1 else min(2 ** (failures - 1), random.uniform(60, 120))


def _retry_after(response: ClientResponse) -> int:
    written = response.headers.get("Retry-After", "")
    return min(int(written), 3600) if written.isdecimal() else 0
