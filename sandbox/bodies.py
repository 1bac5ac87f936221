"""What a request or a webhook's answer carries, in any of the forms the Bot API takes."""

import json
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, web

from sandbox.refusals import bad
from sandbox.wire import Upload, Wire


async def read_body(source: web.Request | ClientResponse) -> tuple[Wire, dict[str, Upload]]:
    """The parameters and the files."""
    kind = source.content_type
    if kind.startswith("multipart/"):
        return await _multipart(MultipartReader(source.headers, source.content))
    if kind.endswith("json"):
        return _json(await source.text()), {}
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(await source.text(), keep_blank_values=True)), {}
    return {}, {}


async def _multipart(reader: MultipartReader) -> tuple[Wire, dict[str, Upload]]:
    params: Wire = {}
    files: dict[str, Upload] = {}
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            params[part.name] = data.decode()
        else:
            files[part.name] = Upload(part.filename, data, part.headers.get("Content-Type", ""))
    return params, files


def _json(text: str) -> Wire:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        raise bad("can't parse JSON object in the request body") from None
    if not isinstance(value, dict):
        raise bad("JSON object expected in the request body")
    return value
