"""What a conversation takes for granted, and what it leaves behind in the tables."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select

from bot.app import App
from models.audit import AuditRecord
from models.mail import Owed
from models.member import Member
from models.organisation import Organisation
from sandbox.people import Person
from sandbox.reply_markup import inline_buttons
from sandbox.wire import Wire
from services import people
from services.parsing import name_key

SINCE = datetime(2026, 3, 2, 9, tzinfo=UTC)
STICKER = {
    "file_id": "sticker",
    "file_unique_id": "sticker",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}


async def enrol(app: App, person: Person, code: str, name: str, number: str = "000101") -> Member:
    """A confirmed member of the organisation with this code; says /start to see the menu."""
    async with app.database.transaction() as session:
        known = await people.expect(session, str(person.id), now=SINCE)
        home = (await session.scalars(select(Organisation).filter_by(code=code))).one()
        member = Member(
            person_id=known.id,
            organisation_id=home.id,
            number=number,
            name=name,
            name_key=name_key(name),
            born_on=date(1998, 3, 15),
            phone="+79991234567",
            phone_verified=True,
            joined_at=SINCE,
        )
        session.add(member)
    await person.says("/start")
    return member


async def card_link(person: Person) -> str:
    """What the words under the card lead to: the same as its QR."""
    await person.says("/card")
    marks = (await person.sees("QR"))["caption_entities"]
    return str(next(mark["url"] for mark in marks if "url" in mark))


async def audited(app: App, prefix: str) -> list[str]:
    """What the audit holds of these actions, in order."""
    async with app.database.transaction() as session:
        found = await session.scalars(select(AuditRecord.action).order_by(AuditRecord.id))
        return [action for action in found if action.startswith(prefix)]


async def told(app: App, notice: str) -> list[int]:
    """The Telegram ids of those to whom a notice was owed."""
    async with app.database.transaction() as session:
        return list(
            await session.scalars(select(Owed.chat_id).filter_by(notice=notice).order_by(Owed.id))
        )


async def read_by(program: str, file: Path) -> str:
    scanner = await asyncio.create_subprocess_exec(
        program, "--quiet", "--raw", str(file), stdout=asyncio.subprocess.PIPE
    )
    read, _ = await scanner.communicate()
    return read.decode().strip()


def carried(card: Wire, label: str) -> str:
    """What the button carries, as an old screen of it would."""
    return str(next(b["callback_data"] for b in inline_buttons(card) if b["text"] == label))
