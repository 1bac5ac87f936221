"""Files that were sent: bytes, and what Telegram tells about them."""

import io
import mimetypes
import secrets
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from sandbox.ask import Ask
from sandbox.refusals import bad, too_large
from sandbox.wire import Upload, Wire

PHOTO_BYTES = 10 << 20
UPLOAD_BYTES = 50 << 20
DOWNLOAD_BYTES = 20 << 20


@dataclass(frozen=True)
class StoredFile:
    id: str
    unique_id: str
    data: bytes
    name: str
    mime: str
    kind: str
    path: str
    width: int = 0
    height: int = 0

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
            return {"photo": [self.wire | {"width": self.width, "height": self.height}]}
        return {self.kind: self.wire | {"file_name": self.name, "mime_type": self.mime}}


class FileStore:
    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def store(self, data: bytes, name: str, mime: str, kind: str) -> str:
        width, height = _measure(data) if kind == "photo" else (0, 0)
        extension = "jpg" if kind == "photo" else name.rpartition(".")[2]
        stored = StoredFile(
            id=f"{kind}-{secrets.token_urlsafe(24)}",
            unique_id=secrets.token_urlsafe(8),
            data=data,
            name=name,
            mime=mime,
            kind=kind,
            path=f"{kind}s/file_{len(self._files)}.{extension}",
            width=width,
            height=height,
        )
        self._files[stored.id] = stored
        return stored.id

    def get(self, file_id: str) -> StoredFile:
        if not file_id:
            raise bad("file_id not specified")
        if file_id not in self._files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return self._files[file_id]

    def at(self, path: str) -> StoredFile | None:
        return next((stored for stored in self._files.values() if stored.path == path), None)

    def receive(self, ask: Ask, kind: str, written: str) -> StoredFile:
        """What a bot sends: a new file under its own name or `attach://…`, or an old one's id."""
        upload = ask.files.get(written.removeprefix("attach://") if written else kind)
        if upload:
            return self.get(self._upload(upload, kind))
        if not written or written.startswith("attach://"):
            raise bad(f"there is no {kind} in the request")
        if written.startswith(("http://", "https://")):
            raise bad("failed to get HTTP URL content")
        return self._again(kind, written)

    def _upload(self, upload: Upload, kind: str) -> str:
        if not upload.data:
            raise bad("file must be non-empty")
        if len(upload.data) > UPLOAD_BYTES:
            raise too_large()
        # Clients rarely say what a file is; Telegram goes by its name.
        mime = mimetypes.guess_type(upload.name)[0] or upload.mime
        return self.store(upload.data, upload.name, mime, kind)

    def _again(self, kind: str, file_id: str) -> StoredFile:
        if file_id not in self._files:
            raise bad("wrong remote file identifier specified: Wrong string length")
        stored = self._files[file_id]
        if stored.kind != kind:
            raise bad(f"can't use file of type {stored.kind.title()} as {kind.title()}")
        return stored


def _measure(data: bytes) -> tuple[int, int]:
    if len(data) > PHOTO_BYTES:
        most = f"the maximum size is {PHOTO_BYTES} bytes"
        raise bad(f"file of size {len(data)} bytes is too big for a photo; {most}")
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.verify()
            width, height = picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise bad("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return width, height
