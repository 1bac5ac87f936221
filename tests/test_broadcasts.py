"""To everybody there is: each once, in steps."""

from sqlalchemy import select

from bot.app import App
from models.mail import Lane, Owed, Sending
from models.person import Person
from services import broadcasts
from tests.applying import rows
from tests.rough import LONG_AGO

AUDIENCE = select(Person.id, Person.telegram_id).where(Person.telegram_id < 20)
SOME = AUDIENCE.where(Person.telegram_id.in_([11, 13, 15]))


async def people(app: App, *chats: int) -> None:
    async with app.database.transaction() as session:
        for chat in chats:
            session.add(Person(telegram_id=chat, language="ru"))
            await session.flush()


async def test_everybody_is_owed_it_once_however_the_steps_fall(app: App) -> None:
    await people(app, 11, 12, 13, 14, 15)
    for step in (1, 2, 5, 9):
        for audience, chats in ((AUDIENCE, [11, 12, 13, 14, 15]), (SOME, [11, 13, 15])):
            notice = f"{step} of {len(chats)}"
            after: int | None = 0
            while after is not None:
                async with app.database.transaction() as session:
                    _, after = await broadcasts.owe_everyone(
                        session,
                        audience,
                        notice,
                        {"n": step},
                        after=after,
                        now=LONG_AGO,
                        step=step,
                    )
            owed = await rows(app, Owed, notice=notice)
            assert sorted(row.chat_id for row in owed) == chats
            assert {(row.lane, row.state) for row in owed} == {(Lane.BULK, Sending.NEW)}
            assert all(row.details == {"n": step} and row.due_at == LONG_AGO for row in owed)


def test_the_next_step_takes_as_long_as_others_may_wait() -> None:
    assert broadcasts.fit(4000, 2 * broadcasts.HOLD) == 2000
    assert broadcasts.fit(4000, broadcasts.HOLD / 10) == 8000  # not all at once
    assert broadcasts.fit(1000, 1) == 100
