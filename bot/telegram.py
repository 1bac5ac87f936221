"""The one lean way to Telegram: JSON out, a checked dictionary back, no models in between."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import PyreqwestError
from pyreqwest.multipart import FormBuilder, PartBuilder
from pyreqwest.proxy import ProxyBuilder
from pyreqwest.response import Response

Json = dict[str, Any]

ANSWER = timedelta(seconds=30)
CONNECTION = timedelta(seconds=10)
AFTERWARDS = 0.1  # seconds
JSON = ("Content-Type", "application/json")


class Upload(NamedTuple):
    name: str
    data: bytes
    mime: str


Files = Mapping[str, Upload]
# (token, method, params, files) -> (HTTP status, answer)
Transport = Callable[[str, str, Json, Files], Awaitable[tuple[int, Json]]]


class TelegramError(Exception):
    """Telegram's refusal, in its own words."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    @property
    def retry_after(self) -> float | None:
        return self.parameters.get("retry_after", 1) if self.code == 429 else None

    @property
    def unreachable(self) -> bool:
        return self.code == 403

    @property
    def server_fault(self) -> bool:
        return self.code >= 500

    def says(self, words: str) -> bool:
        return words in self.description


class Unreached(Exception):
    """The request never left: it can be repeated without a second thought."""


class Doubtful(Exception):
    """The line broke after the request left: it may have taken effect."""


class Telegram:
    def __init__(self, token: str, transport: Transport) -> None:
        self.token = token
        self._transport = transport

    async def __call__(self, method: str, params: Json, files: Files | None = None) -> Any:
        status, answer = await self._transport(self.token, method, params, files or {})
        if answer.get("ok") is True:
            return answer.get("result")
        code = answer.get("error_code", status)
        raise TelegramError(code, answer.get("description", ""), answer.get("parameters"))


class Http:
    """The transport over the wire. Errors never carry the address: it holds the token."""

    def __init__(self, api: str, proxy: str | None = None) -> None:
        self._api = api.rstrip("/")
        self._proxy = proxy
        self._client: Client | None = None

    async def __call__(
        self, token: str, method: str, params: Json, files: Files
    ) -> tuple[int, Json]:
        self._client = self._client or self._line()
        try:
            request = self._client.post(f"{self._api}/bot{token}/{method}")
            if files:
                request = request.multipart(_form(params, files))
            else:
                request = request.header(*JSON).body_text(_compact(params))
            if "timeout" in params:  # a long poll answers when it has something
                request = request.timeout(ANSWER + timedelta(seconds=params["timeout"]))
            response = await request.build().send()
        except (PyreqwestError, OSError) as error:
            kind = Unreached if _is_unconnected(error) else Doubtful
            raise kind(type(error).__name__) from None
        return response.status, await _read(response)

    def _line(self) -> Client:
        line = ClientBuilder().timeout(ANSWER).connect_timeout(CONNECTION)
        line = line.follow_redirects(False).no_proxy()  # none that the environment names
        return (line.proxy(ProxyBuilder.all(self._proxy)) if self._proxy else line).build()

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()
            self._client = None
            # Its own thread ends its work meanwhile: a program that ends beneath it is aborted.
            await asyncio.sleep(AFTERWARDS)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _form(params: Json, files: Files) -> FormBuilder:
    form = FormBuilder()
    for name, value in params.items():
        form = form.text(name, value if isinstance(value, str) else _compact(value))
    for name, file in files.items():
        part = PartBuilder.from_bytes(file.data).file_name(file.name).mime(file.mime)
        form = form.part(name, part)
    return form


def _is_unconnected(error: Exception) -> bool:
    """The library's ConnectError is also what a line raises that broke after the request left."""
    causes = getattr(error, "details", None) or {}
    return any("(Connect)" in cause["message"] for cause in causes.get("causes") or ())


async def _read(response: Response) -> Json:
    """A page of some gateway in between says nothing about what became of the request."""
    try:
        answer = json.loads(await response.text())
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or "ok" not in answer:
        raise Doubtful(f"HTTP {response.status}")
    return answer
