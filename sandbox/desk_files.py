"""Files at the page: what people send from it, and how a browser gets what was sent."""

import io
from contextlib import suppress
from typing import Any

from aiohttp import web
from PIL import Image, UnidentifiedImageError

from sandbox.entities import finished
from sandbox.files import StoredFile
from sandbox.refusals import Refused
from sandbox.seat import Seat, Wrong, aim
from sandbox.wire import Wire, present

ALBUM = 10
_SENT = ("photo", "document", "voice")
_PICTURES = ("photo", "sticker")
_PLAYED = ("audio/", "video/")


class FilesDesk(Seat):
    async def send(self, request: web.Request) -> list[Wire]:
        """One file or, as an album, several; the words stand under the first."""
        form = await request.post()
        person, chat = self._place(form)
        uploads = [one for one in form.getall("file", []) if isinstance(one, web.FileField)]
        if not 1 <= len(uploads) <= ALBUM:
            raise Wrong(f"Выберите от одного файла до {ALBUM}.")
        contents = [self._stored(upload, str(form.get("kind"))) for upload in uploads]
        caption = finished(str(form.get("caption") or ""), [])
        contents[0] |= present(caption=caption.plain, caption_entities=caption.entities)
        return self.world.send_album(person.id, chat.key, contents, **aim(form))

    async def place(self, request: web.Request) -> Wire:
        body, person, chat = await self._asked(request)
        location = {name: _degrees(body, name) for name in ("latitude", "longitude")}
        title, address = (str(body.get(name) or "").strip() for name in ("title", "address"))
        content: Wire = {"location": location}
        if title:
            content |= {"venue": {"location": location, "title": title, "address": address}}
        return self.world.send(person.id, chat.key, **content, **aim(body))

    async def file(self, request: web.Request) -> web.StreamResponse:
        try:
            stored = self.world.files.get(request.match_info["file_id"])
        except Refused:
            raise web.HTTPNotFound from None
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        mime = _shown_as(stored)
        if not mime.startswith("image/"):
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=stored.data, content_type=mime, headers=headers)

    def _stored(self, upload: web.FileField, kind: str) -> Wire:
        if kind not in _SENT:
            raise Wrong("Такое отсюда не отправить.")
        try:
            data = upload.file.read()
            file_id = self.world.files.store(data, upload.filename, upload.content_type, kind)
        except Refused:
            raise Wrong("Это не картинка, или она слишком велика.") from None
        return self.world.files.get(file_id).content


def _shown_as(stored: StoredFile) -> str:
    """A browser shows pictures and plays sounds; what may hold a script it only saves."""
    if stored.kind in _PICTURES:
        with suppress(UnidentifiedImageError, OSError), Image.open(io.BytesIO(stored.data)) as one:
            return one.get_format_mimetype() or "application/octet-stream"
    played = stored.kind != "document" and stored.mime.startswith(_PLAYED)
    return stored.mime.partition(";")[0] if played else "application/octet-stream"


def _degrees(fields: Any, name: str) -> float:
    most = 90 if name == "latitude" else 180
    try:
        value = float(str(fields[name]).replace(",", "."))
    except (KeyError, ValueError):
        value = float("nan")
    if not -most <= value <= most:
        raise Wrong("Координаты — числа: широта до 90, долгота до 180.")
    return value
