"""How updates reach a bot: it asks for them, or names an address to send them to."""

import asyncio
import re
from urllib.parse import urlsplit

from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.delivery import HOOKED, Mailbox, Webhook
from sandbox.methods import Methods
from sandbox.refusals import Refused, bad, conflict
from sandbox.wire import Wire, present

methods = Methods()

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = (80, 88, 443, 8443)
_LONGEST = 50  # seconds a poll may wait


@methods.add
async def get_updates(world: Crowd, ask: Ask) -> list[Wire]:
    mailbox = ask.bot.mailbox
    try:
        if mailbox.webhook:
            raise conflict(HOOKED)
        mailbox.allow(ask.value("allowed_updates"))
        mailbox.confirm(ask.number("offset"))
        mailbox.drop_expired(world.clock())
        await mailbox.wait(_patience(world, ask, mailbox))
    except Refused as refusal:
        raise await mailbox.temper(refusal, world.retry_scale) from None
    limit = min(max(ask.number("limit") or 100, 1), 100)
    return [parcel.update for parcel in mailbox.parcels[:limit]]


@methods.add
def set_webhook(world: Crowd, ask: Ask) -> bool:
    if not ask.text("url"):
        return delete_webhook(world, ask)
    webhook = Webhook(
        _address(ask.text("url"), local_http=world.local_http_webhook),
        _secret(ask.text("secret_token")),
        min(max(ask.number("max_connections") or 40, 1), 100),
    )
    _drop_pending(ask)
    ask.bot.mailbox.allow(ask.value("allowed_updates"))
    ask.bot.mailbox.webhook = webhook
    ask.bot.mailbox.interrupt("terminated by setWebhook request")
    world.posted.set()
    return True


@methods.add
def delete_webhook(_world: Crowd, ask: Ask) -> bool:
    _drop_pending(ask)
    ask.bot.mailbox.unhook()
    return True


@methods.add
def get_webhook_info(world: Crowd, ask: Ask) -> Wire:
    mailbox = ask.bot.mailbox
    mailbox.drop_expired(world.clock())
    info: Wire = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(mailbox.parcels),
    }
    info |= present(allowed_updates=sorted(mailbox.allowed))
    if webhook := mailbox.webhook:
        info |= {"url": webhook.url, "max_connections": webhook.max_connections}
        info |= present(last_error_message=webhook.error, last_error_date=webhook.error_at or None)
    return info


def _patience(world: Crowd, ask: Ask, mailbox: Mailbox) -> float:
    """The same question again within three seconds waits three, however little it asked for."""
    now, offset = asyncio.get_running_loop().time(), ask.number("offset")
    (last_offset, last_at), mailbox.last_ask = mailbox.last_ask, (offset, now)
    timeout = float(min(max(ask.number("timeout"), 0), _LONGEST))
    repeated = offset == last_offset and now - last_at < 3 * world.retry_scale
    return max(timeout, 3 * world.retry_scale) if repeated and timeout < 3 else timeout


def _address(url: str, *, local_http: bool) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad("invalid webhook URL specified") from None
    if local_http and parts.scheme == "http" and parts.hostname in _LOOPBACK:
        return url
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not parts.hostname:
        raise bad("invalid webhook URL specified")
    if (port or 443) not in _PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    return url


def _secret(token: str) -> str:
    if len(token) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", token):
        raise bad("secret token contains unallowed characters")
    return token


def _drop_pending(ask: Ask) -> None:
    if ask.flag("drop_pending_updates"):
        ask.bot.mailbox.parcels.clear()
