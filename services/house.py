"""The standing facts of this installation, handed to whoever needs them."""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from zoneinfo import ZoneInfo

CARD = b"card"
SEAL_BYTES = 16
POINTER = re.compile(r"c_([A-Za-z0-9_-]{32})")


@dataclass(frozen=True)
class Seal:
    """Signs pointers that leave the house in a QR. Its key is not the bot's token."""

    key: str = field(repr=False)

    def pointer(self, member_id: int) -> str:
        """34 characters for `?start=`: a sealed row number, nothing about the person."""
        body = member_id.to_bytes(8, "big")
        return "c_" + urlsafe_b64encode(body + self._sign(body)).decode()

    def read(self, pointer: str) -> int | None:
        """The member's row, or None for anything this house did not sign."""
        written = POINTER.fullmatch(pointer)
        if written is None:
            return None
        raw = urlsafe_b64decode(written[1])
        body, seal = raw[:8], raw[8:]
        genuine = hmac.compare_digest(seal, self._sign(body))
        return int.from_bytes(body, "big") if genuine else None

    def _sign(self, body: bytes) -> bytes:
        return hmac.new(self.key.encode(), CARD + body, sha256).digest()[:SEAL_BYTES]


@dataclass(frozen=True)
class House:
    bot: str  # the bot's username
    seal: Seal
    zone: ZoneInfo

    def link(self, code: str) -> str:
        return f"https://t.me/{self.bot}?start={code}"
