"""The page's and other programs' HTTP: routes, files, and refusals in words people can use."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

from aiohttp import web

from sandbox.crowd import Impossible
from sandbox.desk import Desk
from sandbox.desk_files import FilesDesk
from sandbox.desk_marks import MarksDesk
from sandbox.levers import Levers
from sandbox.refusals import Refused
from sandbox.seat import Wrong
from sandbox.world import World

PAGE = Path(__file__).parent / "page"
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; frame-src http: https:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
Act: TypeAlias = Callable[[web.Request], Awaitable[object]]


def routes(world: World) -> list[web.RouteDef]:
    desk, files, marks, levers = Desk(world), FilesDesk(world), MarksDesk(world), Levers(world)
    asked = {
        "people": desk.people,
        "chats": desk.chats,
        "chat": desk.chat,
        "pictures": desk.pictures,
        "screen": _understood(levers.screen),
        "faults": levers.faults,
        "calls": marks.calls,
    }
    done = {
        "say": (desk.say, "Сюда написать нельзя."),
        "tap": (desk.tap, "Этой кнопки уже нет."),
        "contact": (desk.contact, "У этого человека нет номера телефона."),
        "files": (files.send, "Сюда это не отправить."),
        "location": (files.place, "Сюда место не отправить."),
        "edit": (marks.edit, "Изменить можно только своё сообщение."),
        "react": (marks.react, "На это сообщение не откликнуться."),
        "vote": (marks.vote, "Так проголосовать нельзя."),
        "pin": (marks.pin, "Закрепить здесь нельзя."),
        "app": (marks.app, "Этой кнопки уже нет."),
        "page_data": (marks.page_data, "Странице нечего отправить, или это слишком длинно."),
        "block": (desk.block, "Заблокировать можно только бота в личном чате."),
        "open": (desk.open, "Эта ссылка ведёт не к боту песочницы."),
        "scan": (desk.scan, "Такой картинки здесь нет."),
        "person": (desk.person, "Такого человека добавить нельзя."),
        **_pulled(levers),
    }
    return [
        web.get("/", page),
        web.get("/page/{file:.+}", asset),
        web.get("/sandbox/file/{file_id}", files.file),
        web.get("/sandbox/events", desk.events),
        *(web.get(f"/sandbox/{name}", _answering(ask, "")) for name, ask in asked.items()),
        *(
            web.post(f"/sandbox/{name}", _answering(_from_the_page(act), otherwise))
            for name, (act, otherwise) in done.items()
        ),
    ]


def _pulled(levers: Levers) -> dict[str, tuple[Act, str]]:
    pulled = {
        "press": levers.press,
        "delete": levers.delete,
        "group": levers.group,
        "member": levers.member,
        "migrate": levers.migrate,
        "channel": levers.channel,
        "join": levers.join,
        "forward": levers.forward,
        "inline": levers.inline,
        "choose": levers.choose,
        "bot": levers.bot,
        "update": levers.update,
        "faults": levers.switch_on,
        "faults/off": levers.switch_off,
    }
    return {name: (_understood(lever), "Так не бывает.") for name, lever in pulled.items()}


async def page(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html", headers={"Content-Security-Policy": POLICY})


async def asset(request: web.Request) -> web.StreamResponse:
    path = (PAGE / request.match_info["file"]).resolve()
    if not path.is_relative_to(PAGE.resolve()) or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})


def _answering(act: Act, otherwise: str) -> Handler:
    """JSON out; a refusal of the world is told in words the person can use."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await act(request))
        except Wrong as wrong:
            return _error(wrong.text, wrong.status)
        except (Impossible, Refused):
            return _error(otherwise, 400)

    return answer


def _understood(act: Act) -> Act:
    """A field that is missing or cannot be is the asking program's mistake."""

    async def understanding(request: web.Request) -> object:
        try:
            return await act(request)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Wrong(f"Не понято: {type(error).__name__} {error}") from None

    return understanding


def _from_the_page(act: Act) -> Act:
    """Any site open in the same browser could post here: the browser says whether one did."""

    async def guarded(request: web.Request) -> object:
        if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            raise Wrong("Так может только страница песочницы.", 403)
        return await act(request)

    return guarded


def _error(text: str, status: int) -> web.Response:
    return web.json_response({"error": text}, status=status)
