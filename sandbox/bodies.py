"""What a request or a webhook's answer carries, in any of the forms the Bot API takes."""

from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from sandbox.refusals import bad, too_large
from sandbox.wire import Upload, Wire, parse_json


async def read_body(source: web.Request | ClientResponse) -> tuple[Wire, dict[str, Upload]]:
    """The parameters and the files."""
    kind = source.content_type
    try:
        if kind.startswith("multipart/"):
            return await _multipart(source)
        if kind.endswith("json"):
            return _json(_text(await source.read())), {}
        if kind == "application/x-www-form-urlencoded":
            return dict(_form(_text(await source.read()))), {}
    except web.RequestPayloadError:
        raise bad("unexpected end of request content") from None
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    return {}, {}


async def _multipart(source: web.Request | ClientResponse) -> tuple[Wire, dict[str, Upload]]:
    params: Wire = {}
    files: dict[str, Upload] = {}
    try:
        reader = MultipartReader(source.headers, source.content)
    except ValueError:
        raise bad("boundary not found") from None
    try:
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            data = bytes(await part.read(decode=True))
            if part.filename is None:
                params[part.name] = _text(data)
            else:
                mime = part.headers.get("Content-Type", "")
                files[part.name] = Upload(part.filename, data, mime)
    # The library's reader has as many ways of stumbling as there are ways to write it wrongly.
    except (AssertionError, HttpProcessingError, LookupError, RuntimeError, ValueError):
        raise bad("can't parse form data headers") from None
    return params, files


def _form(text: str) -> list[tuple[str, str]]:
    # What is no UTF-8 behind the percents is refused where it is read, like any such string.
    return parse_qsl(text, keep_blank_values=True, errors="surrogateescape")


def _json(text: str) -> Wire:
    try:
        value = parse_json(text or "{}")
    except ValueError:
        raise bad("can't parse JSON object in the request body") from None
    if not isinstance(value, dict):
        raise bad("JSON object expected in the request body")
    return value


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise bad("strings must be encoded in UTF-8") from None
