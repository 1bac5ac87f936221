"""The standing facts of this installation, handed to whoever needs them."""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from zoneinfo import ZoneInfo

SEAL_BYTES = 16
POINTER = re.compile(r"(c|n|e)_([A-Za-z0-9_-]{32})")
KINDS = {"c": b"card", "n": b"news", "e": b"event"}


@dataclass(frozen=True)
class Seal:
    """Signs pointers that leave the house in a QR. Its key is not the bot's token."""

    key: str = field(repr=False)

    def pointer(self, row: int, kind: str = "c") -> str:
        """34 characters for `?start=`: a sealed row number, nothing about what is in the row."""
        body = row.to_bytes(8, "big")
        return f"{kind}_" + urlsafe_b64encode(body + self._sign(kind, body)).decode()

    def read(self, pointer: str, kind: str = "c") -> int | None:
        """The row, or None for anything this house did not sign as of this kind."""
        written = POINTER.fullmatch(pointer)
        if written is None or written[1] != kind:
            return None
        raw = urlsafe_b64decode(written[2])
        body, seal = raw[:8], raw[8:]
        genuine = hmac.compare_digest(seal, self._sign(kind, body))
        return int.from_bytes(body, "big") if genuine else None

    def _sign(self, kind: str, body: bytes) -> bytes:
        return hmac.new(self.key.encode(), KINDS[kind] + body, sha256).digest()[:SEAL_BYTES]


@dataclass(frozen=True)
class House:
    bot: str  # the bot's username
    seal: Seal
    zone: ZoneInfo
    address: str | None = None  # of its web part, where the world can reach it

    def link(self, code: str) -> str:
        return f"https://t.me/{self.bot}?start={code}"
