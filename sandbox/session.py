"""An aiogram session straight into a world: no sockets, the same rules."""

from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from sandbox.refusals import Refused
from sandbox.wire import Upload
from sandbox.world import World


class WorldSession(BaseSession):
    def __init__(self, world: World, **options: Any) -> None:
        super().__init__(**options)
        self.world = world

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        attached: dict[str, InputFile] = {}
        params = {}
        for name, value in method.model_dump(warnings=False).items():
            # aiogram's own sessions leave falsy values out, too.
            if prepared := self.prepare_value(value, bot=bot, files=attached):
                params[name] = prepared
        files = {name: await _upload(bot, name, file) for name, file in attached.items()}
        status, body = await self.world.call(bot.token, method.__api_method__, params, files)
        response = self.check_response(
            bot=bot, method=method, status_code=status, content=self.json_dumps(body)
        )
        return cast(TelegramType, response.result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        path = url.partition("/file/bot")[2].partition("/")[2]
        stored = self.world.files.at(path, self.world.clock())
        if stored is None:
            raise Refused(404, "Not Found")
        yield stored.data

    async def close(self) -> None:
        return None


async def _upload(bot: Bot, name: str, file: InputFile) -> Upload:
    data = b"".join([chunk async for chunk in file.read(bot)])
    return Upload(file.filename or name, data, "application/octet-stream")
