"""Files that were sent: bytes, and what Telegram tells about them."""

import io
import mimetypes
import secrets
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

from sandbox import guesses
from sandbox.ask import Ask
from sandbox.refusals import bad, too_large
from sandbox.wire import Upload, Wire

PHOTO_BYTES = 10 << 20
UPLOAD_BYTES = 50 << 20
DOWNLOAD_BYTES = 20 << 20
LINK_SECONDS = 3600  # Telegram promises no more

FILES = (
    "photo", "document", "video", "audio", "voice", "animation", "video_note", "sticker",
)  # fmt: skip
_NAMED = ("document", "video", "audio", "animation")
_TYPED = (*_NAMED, "voice")
# What Telegram tells of a file even when nobody told it: it would measure, the sandbox does not.
_ASSUMED: dict[str, Wire] = {
    "video": {"width": 640, "height": 360, "duration": 0},
    "animation": {"width": 320, "height": 240, "duration": 0},
    "audio": {"duration": 0},
    "voice": {"duration": 0},
    "video_note": {"length": 240, "duration": 0},
    "sticker": {
        "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False,
    },
}  # fmt: skip
# What a bot may say of its own file.
_TOLD: dict[str, tuple[str, ...]] = {
    "video": ("width", "height", "duration"),
    "animation": ("width", "height", "duration"),
    "audio": ("duration", "performer", "title"),
    "voice": ("duration",),
    "video_note": ("length", "duration"),
    "sticker": ("emoji",),
}
_WORDS = ("performer", "title", "emoji")


@dataclass(frozen=True)
class StoredFile:
    id: str
    unique_id: str
    data: bytes
    name: str
    mime: str
    kind: str
    path: str
    details: Wire = field(default_factory=dict)

    @property
    def wire(self) -> Wire:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }

    @property
    def content(self) -> Wire:
        """As a message carries it: a photo is a list of sizes, anything else one object."""
        if self.kind == "photo":
            return {"photo": [self.wire | self.details]}
        named = {"file_name": self.name} if self.kind in _NAMED else {}
        typed = {"mime_type": self.mime} if self.kind in _TYPED else {}
        content = {self.kind: self.wire | named | typed | self.details}
        # Older programs look for a document: Telegram gives an animation in both fields.
        plain = {"document": self.wire | named | typed} if self.kind == "animation" else {}
        return content | plain


class FileStore:
    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._links: dict[str, tuple[str, float]] = {}  # path -> file, until

    def store(
        self, data: bytes, name: str, mime: str, kind: str, details: Wire | None = None
    ) -> str:
        extension = "jpg" if kind == "photo" else name.rpartition(".")[2]
        stored = StoredFile(
            id=f"{kind}-{secrets.token_urlsafe(24)}",
            unique_id=secrets.token_urlsafe(8),
            data=data,
            name=name,
            mime=mime,
            kind=kind,
            path=f"{kind}s/file_{len(self._files)}.{extension}",
            details=_measured(kind, data) | (details or {}),
        )
        self._files[stored.id] = stored
        return stored.id

    def get(self, file_id: str) -> StoredFile:
        if not file_id:
            raise bad("file_id not specified")
        if file_id not in self._files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return self._files[file_id]

    def link(self, stored: StoredFile, now: float) -> str:
        """Where a bot may fetch it from for an hour; asking again begins another hour."""
        self._links[stored.path] = (stored.id, now + LINK_SECONDS)
        return stored.path

    def at(self, path: str, now: float) -> StoredFile | None:
        file_id, until = self._links.get(path, ("", now))
        return self._files[file_id] if until > now else None

    def receive(self, ask: Ask, kind: str, written: str) -> StoredFile:
        """What a bot sends: a new file under its own name or `attach://…`, or an old one's id."""
        upload = ask.files.get(written.removeprefix("attach://") if written else kind)
        if upload:
            return self.get(self._upload(upload, kind, self._details(ask, kind)))
        if not written or written.startswith("attach://"):
            raise bad(f"there is no {kind.replace('_', ' ')} in the request")
        if written.startswith(("http://", "https://")):
            raise bad("failed to get HTTP URL content")
        return self._again(kind, written)

    def _upload(self, upload: Upload, kind: str, details: Wire) -> str:
        if not upload.data:
            raise bad("file must be non-empty")
        if len(upload.data) > UPLOAD_BYTES:
            raise too_large()
        # Clients rarely say what a file is; Telegram goes by its name.
        mime = mimetypes.guess_type(upload.name)[0] or upload.mime
        return self.store(upload.data, upload.name, mime, kind, details)

    def _details(self, ask: Ask, kind: str) -> Wire:
        told = {
            name: ask.text(name) if name in _WORDS else ask.number(name)
            for name in _TOLD.get(kind, ())
            if ask.text(name)
        }
        return told | self._thumbnail(ask, kind)

    def _thumbnail(self, ask: Ask, kind: str) -> Wire:
        name = ask.text("thumbnail").removeprefix("attach://") or "thumbnail"
        upload = ask.files.get(name)
        if not upload or kind not in (*_NAMED, "video_note"):
            return {}
        size = self.get(self._upload(upload, "photo", {}))
        return {"thumbnail": size.content["photo"][0]}

    def _again(self, kind: str, file_id: str) -> StoredFile:
        if file_id not in self._files:
            raise bad("wrong remote file identifier specified: Wrong string length")
        stored = self._files[file_id]
        if stored.kind != kind:
            raise bad(f"can't use file of type {_type(stored.kind)} as {_type(kind)}")
        return stored


def _type(kind: str) -> str:
    return "VoiceNote" if kind == "voice" else kind.title().replace("_", "")


def _measured(kind: str, data: bytes) -> Wire:
    if kind != "photo":
        return dict(_ASSUMED.get(kind, {}))
    if len(data) > PHOTO_BYTES:
        most = f"the maximum size is {PHOTO_BYTES} bytes"
        raise bad(f"file of size {len(data)} bytes is too big for a photo; {most}")
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.verify()
            width, height = picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise bad(guesses.NO_IMAGE) from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad(guesses.PHOTO_DIMENSIONS)
    return {"width": width, "height": height}
