"""The one lean way to Telegram: JSON out, a checked dictionary back, no models in between."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

import aiohttp

Json = dict[str, Any]


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
        self._session: aiohttp.ClientSession | None = None

    async def __call__(
        self, token: str, method: str, params: Json, files: Files
    ) -> tuple[int, Json]:
        if self._session is None:
            # The courier's seats are the limit; aiohttp's own would make the last ones wait.
            line = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(json_serialize=_compact, connector=line)
        body: Json = {"data": _form(params, files)} if files else {"json": params}
        # A long poll answers when it has something: it gets its own time on top.
        timeout = aiohttp.ClientTimeout(total=30 + params.get("timeout", 0), sock_connect=10)
        try:
            async with self._session.post(
                f"{self._api}/bot{token}/{method}",
                proxy=self._proxy,
                timeout=timeout,
                allow_redirects=False,
                **body,
            ) as response:
                return response.status, await _read(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreached(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Doubtful(type(error).__name__) from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _form(params: Json, files: Files) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else _compact(value))
    for name, file in files.items():
        form.add_field(name, file.data, filename=file.name, content_type=file.mime)
    return form


async def _read(response: aiohttp.ClientResponse) -> Json:
    """A page of some gateway in between says nothing about what became of the request."""
    try:
        answer = await response.json(content_type=None)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or "ok" not in answer:
        raise Doubtful(f"HTTP {response.status}")
    return answer
