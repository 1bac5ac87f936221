"""What has happened in the demo's union before the curtain rises; told through the services."""

from datetime import date, datetime, timedelta
from pathlib import Path

from bot.app import App, utc_now
from bot.demo import events, news
from bot.demo.cast import HELEN, IGOR, MARIA, OLEG, PETER, Role
from keyboards import consents
from locales import Translator
from models.application import Application
from models.base import Session
from models.event import Answer
from models.role import Role as Office
from sandbox.world import World
from services import access, joining, organisations, people, requests, roles
from services import organisations_import as importing
from services.access import Actor
from services.tables import open_table

HERE = Path(__file__).parent
HOME = "TMN-01"
LONG_AGO = timedelta(days=90)
LATELY = timedelta(hours=3)


async def tell(app: App, world: World) -> None:
    now = utc_now()
    async with app.database.transaction() as session:
        rows = importing.read(open_table((HERE / "organisations.csv").read_bytes()).lines)
        await importing.store(session, rows, now=now)
        await roles.appoint_from_settings(session, app.settings.admin_ids, now=now)
        helen = await _meet(session, HELEN)
        await _join(session, helen, PETER, "Ильин Пётр Сергеевич", date(1979, 5, 4))
        await roles.grant(session, helen, str(PETER.id), Office.CHAIR, HOME, now=now)
        peter = await _meet(session, PETER)
        await _join(session, peter, MARIA, "Кузнецова Мария Олеговна", date(1996, 9, 18))
        await _join(session, peter, OLEG, "Власов Олег Игоревич", date(1990, 2, 27))
        await _join(session, peter, HELEN, "Орлова Елена Викторовна", date(1984, 11, 9))
        await roles.grant(session, helen, str(OLEG.id), Office.ORGANISER, "TMN", now=now)
        await news.publish(session, world, await _meet(session, OLEG), now=now)
        maria = await _meet(session, MARIA)
        await news.read(session, maria, 3, now=now)
        await news.subscribe(session, maria, access.zone_of(maria, app.house.zone), now=now)
        await _invite(session, world, now)
        await _apply(session, IGOR, "Титов Игорь Павлович", date(2001, 7, 12), LATELY)


async def _invite(session: Session, world: World, now: datetime) -> None:
    maria, oleg, peter, helen = [await _meet(session, one) for one in (MARIA, OLEG, PETER, HELEN)]
    lawyer, online, skiing = await events.publish(session, world, oleg, now=now)
    await events.answer(session, {Answer.GOING: (peter, helen)}, lawyer, now=now)
    await events.answer(session, {Answer.GOING: (helen,)}, online, now=now)
    said = {Answer.GOING: (maria, oleg), Answer.MAYBE: (peter,)}
    await events.answer(session, said, skiing, now=now)
    held = await events.hold(session, world, oleg, (maria, peter), now=now)
    await events.rate(session, peter, held, now=now)


async def _join(session: Session, decider: Actor, who: Role, name: str, born: date) -> None:
    application = await _apply(session, who, name, born, LONG_AGO)
    await requests.confirm(session, decider, application.id, now=utc_now() - LONG_AGO)


async def _apply(
    session: Session, who: Role, name: str, born: date, ago: timedelta
) -> Application:
    at = utc_now() - ago
    actor = await _meet(session, who)
    home = await organisations.get_by_code(session, actor, HOME)
    text = consents.text(Translator(), await organisations.operator(session, actor))
    await joining.agree(session, actor, text, now=at)
    await joining.set_name(session, actor, name)
    await joining.set_born(session, actor, born)
    await joining.set_phone(session, actor, who.phone, verified=True)
    await joining.set_organisation(session, actor, home.id)
    return (await joining.submit(session, actor, now=at)).application


async def _meet(session: Session, who: Role) -> Actor:
    return await people.meet(session, who.id, who.username, "ru", now=utc_now())
