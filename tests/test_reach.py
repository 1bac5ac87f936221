"""Whom a post reaches: counted before it goes out, and told exactly afterwards, by itself."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.app import App
from bot.outcomes import Outcome, settle
from bot.parcels import Parcel
from models.mail import Lane, Owed, Sending
from models.member import Member
from models.organisation import Organisation
from models.person import Person as Account
from models.person import person_interests
from models.post import (
    Audience,
    Delivery,
    Mailing,
    Post,
    Pulse,
    Reading,
    Tally,
    post_rubrics,
    post_targets,
)
from models.subscription import mutes
from sandbox.people import Person
from sandbox.plugin import Clock
from services import (
    audiences,
    deliveries,
    interests,
    mailings,
    mailings_pace,
    posts_publishing,
    reach,
    retention,
)
from services import people as people_service
from services.deliveries import Carried, Delivered, Receipt
from services.reach import Reach
from tests.applying import Make, clock_ticks, rows
from tests.backstage import SINCE, enrol
from tests.newsroom import NEWS, anna, boris, corrects, draft, due, heard, oleg, published, urgent
from tests.test_outbox import overhear

FIXTURES = (oleg, anna, boris)

pytestmark = pytest.mark.usefixtures("union")


def moment(clock: Clock) -> datetime:
    return datetime.fromtimestamp(clock.now, UTC)


async def crowd(app: App) -> tuple[int, int]:
    """Ninety members in three organisations; ids of two rubrics."""
    async with app.database.transaction() as session:
        first, second = [one.id for one in await interests.list_open(session, now=SINCE)][:2]
        primary = select(Organisation.id).where(Organisation.code.in_(["TMN-1", "TMN-2", "KGD-1"]))
        homes = (await session.scalars(primary.order_by(Organisation.code.desc()))).all()
        for n in range(90):
            account = Account(telegram_id=5000 + n, language="ru", met_at=None if n < 5 else SINCE)
            account.unreachable_since = SINCE if n % 6 == 5 else None
            session.add(account)
            await session.flush()
            values = {"name": "А", "name_key": "а", "phone": "+79991234567"}
            member = Member(**values, person_id=account.id, organisation_id=homes[n % 3])
            member.number, member.phone_verified, member.joined_at = f"{9000 + n}", True, SINCE
            member.born_on = date(1960 + n // 2, 3, 15)
            member.left_at = SINCE if n % 10 == 7 else None
            session.add(member)
            follows = [one for one, step in ((first, 2), (second, 3)) if n % step == 0]
            silent = [
                kind for kind, step in (("news", 7), (f"rubric:{first}", 4)) if n % step == 1
            ]
            silent += [f"rubric:{second}"] * (n % 8 == 1)
            for one in follows:
                row = {"person_id": account.id, "interest_id": one}
                await session.execute(insert(person_interests).values(row))
            for kind in silent:
                await session.execute(insert(mutes).values(person_id=account.id, kind=kind))
    return first, second


async def counted(
    app: App, clock: Clock, audience: Audience, codes: Sequence[str], rubrics: Sequence[int]
) -> int:
    """The number on the card, which is that of the people who would get it."""
    now = moment(clock)
    async with app.database.transaction() as session:
        chosen = select(Organisation.id).where(Organisation.code.in_(codes))
        homes = (await session.scalars(chosen)).all()
        post = Post(organisation_id=homes[0], audience=audience, created_at=now, changed_at=now)
        session.add(post)
        await session.flush()
        for home in homes:
            target = {"post_id": post.id, "organisation_id": home}
            await session.execute(insert(post_targets).values(target))
        for rubric in rubrics:
            row = {"post_id": post.id, "interest_id": rubric}
            await session.execute(insert(post_rubrics).values(row))
        number = await audiences.count(session, post, now=now)
        told = (await session.execute(await audiences.readers(session, post, now=now))).all()
        assert number == len(told)
    return number


async def test_as_many_are_counted_as_would_get_it(app: App, clock: Clock) -> None:
    first, second = await crowd(app)
    everybody = await counted(app, clock, Audience.ALL, ["VEP"], [])
    silent = await counted(app, clock, Audience.ALL, ["VEP"], [first, second])
    young = await counted(app, clock, Audience.YOUNG, ["VEP"], [])
    followers = await counted(app, clock, Audience.FOLLOWERS, ["VEP"], [first, second])
    territory = await counted(app, clock, Audience.ALL, ["TMN"], [])
    chosen = await counted(app, clock, Audience.FOLLOWERS, ["TMN-1", "KGD-1"], [first])
    assert (everybody, silent, young, followers, territory, chosen) == (55, 58, 18, 50, 43, 28)


@pytest.mark.embedded
async def test_to_count_nobodys_account_is_looked_at(app: App, clock: Clock) -> None:
    rubrics = await crowd(app)
    seen = overhear(app)
    for audience in Audience:
        await counted(app, clock, audience, ["VEP"], rubrics)
    asked = [one for one in seen if one[0].startswith("SELECT count(*)") and "members" in one[0]]
    assert len(asked) == 5  # those who follow are counted by one question, the others by two
    async with app.database.engine.connect() as connection:
        for statement, values in asked:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps = [str(row[-1]) for row in plan]
            assert not any("SCAN members" in step for step in steps), steps
            for step in steps:
                assert "people" not in step or "ix_people_unreachable" in step, steps


@pytest.mark.embedded
async def test_whether_a_few_may_get_it_is_not_asked_of_everybody(app: App, clock: Clock) -> None:
    """SQLite has looked at its rows by then, as it does at every start."""
    rubrics = await crowd(app)
    await clock_ticks(app, clock)
    seen = overhear(app)
    for audience in Audience:
        await counted(app, clock, audience, ["VEP"], rubrics)
    seen.clear()
    for one in await rows(app, Post):
        async with app.database.transaction() as session:
            post = await session.get_one(Post, one.id)
            await audiences.among(session, post, [1, 2], now=moment(clock))
    asked = [one for one in seen if "FROM members" in one[0]]
    assert len(asked) == 3
    async with app.database.engine.connect() as connection:
        known = await connection.exec_driver_sql("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert {"members", "people", "person_interests"} <= set(known.scalars())
        for statement, values in asked:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps = [str(row[-1]) for row in plan]
            for table, found in (("members", "person_id=?"), ("person_interests", "person_id=?")):
                of_it = [step for step in steps if f" {table} " in f"{step} "]
                assert all(found in step for step in of_it), steps


async def test_told_by_organisation_a_page_at_a_time(
    app: App,
    oleg: Person,
    anna: Person,
    boris: Person,
    people: Make,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reach, "PAGE", 1)
    old = people("Вера")
    await enrol(app, old, "TMN-2", "Ветрова Вера", number="000204")
    async with app.database.transaction() as session:
        grown = update(Member).where(Member.number == "000204").values(born_on=date(1960, 1, 1))
        await session.execute(grown)
    await due(oleg, clock)
    boris.world.block(boris.id, boris.chat_key)
    await clock_ticks(app, clock)
    await anna.taps("Полезно")
    await oleg.taps("Охват")
    report = await oleg.sees(
        "Все\nОтправлено: 4\nДоставлено: 3\nЗаблокировали бота: 1\nОткрыли: 1\nПолезно: 1",
        "Молодёжь до 35 лет\nОтправлено: 3\nДоставлено: 2\nЗаблокировали бота: 1\nОткрыли: 1",
        "По организациям (2)\nППО Тюменьэнерго\nдоставлено 2 из 2, открыли 1, полезно 1\n",
        "это нажатие",
    )
    await oleg.sees_nothing_of("Сургутская")
    assert oleg.buttons == ["1 / 2", "›", "← Вернуться"]
    clock.forward(seconds=61)
    await clock_ticks(app, clock)  # the card is redrawn, and not instead of the report
    await oleg.taps("›", message=report)
    turned = await oleg.sees("ППО Сургутская ГРЭС\nдоставлено 1 из 2", "заблокировали бота 1")
    assert turned["message_id"] == report["message_id"]
    await oleg.taps("← Вернуться")
    await oleg.sees("Новость опубликована", "Доставлено: 3")


async def test_what_is_told_twice_counts_once(app: App, oleg: Person, clock: Clock) -> None:
    await draft(oleg)
    await urgent(oleg)
    await oleg.taps("Опубликовать")
    (receipt,) = await rows(app, Delivery)
    again = Receipt(receipt.post_id, receipt.person_id, receipt.chat_id, receipt.part)
    async with app.database.transaction() as session:
        late = [Delivered(again, Sending.BLOCKED), Delivered(again, Sending.SENT, [7])]
        await deliveries.record(session, late, now=moment(clock))
        found = await reach.of_post(session, receipt.post_id, now=moment(clock))
    assert found == Reach(delivered=1)


async def test_what_somebody_thinks_is_counted_where_they_first_read_it(
    app: App, oleg: Person, anna: Person
) -> None:
    await published(oleg, NEWS)
    (post,) = await rows(app, Post)
    await anna.says("/news")
    await anna.taps(f"🔵 {NEWS}")
    async with app.database.transaction() as session:
        there = select(Organisation.id).where(Organisation.code == "TMN-2").scalar_subquery()
        moved = update(Member).where(Member.number == "000202").values(organisation_id=there)
        await session.execute(moved)
    told = []
    for said in ("Полезно", "Не полезно", "✓ Не полезно"):
        await anna.taps(said)
        async with app.database.transaction() as session:
            (one,) = await session.scalars(select(Tally))
            told.append((one.organisation_id, one.young, one.opened, one.useful, one.useless))
    (reading,) = await rows(app, Reading, post_id=post.id)
    home = reading.organisation_id
    assert told == [(home, True, 1, 1, 0), (home, True, 1, 0, 1), (home, True, 1, 0, 0)]


async def test_a_digest_delivers_what_it_tells_of(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    await clock_ticks(app, clock)  # everybody into a slot
    await published(oleg, "Спартакиада")
    await published(oleg, "Путёвки")
    await oleg.sees("Новость опубликована", "Доставлено в дайджестах: 0")
    await anna.says("/news")
    await anna.taps("🔵 Путёвки")  # and so it is not told again
    boris.world.block(boris.id, boris.chat_key)
    local = datetime.fromisoformat("2026-11-23 18:00:31+05:00")
    clock.now = local.timestamp()
    await clock_ticks(app, clock)
    assert heard(anna, "📰 Дайджест") == 1
    async with app.database.transaction() as session:
        for plain, known in (
            ("Спартакиада", Reach(delivered=2, blocked=1)),
            ("Путёвки", Reach(delivered=1, blocked=1, opened=1)),
        ):
            found = select(Post.id).where(Post.plain == plain)
            post_id = (await session.scalars(found)).one()
            assert await reach.of_post(session, post_id, now=moment(clock)) == known
    clock.forward(seconds=61)
    await clock_ticks(app, clock)
    await oleg.says("/post")
    await oleg.taps("📣 Спартакиада")
    await oleg.sees("Доставлено в дайджестах: 2\nОткрыли: 0")
    await oleg.taps("Охват")
    await oleg.sees("Отправлено: 3\nДоставлено: 2\nЗаблокировали бота: 1", "пришла в дайджесте")


async def test_the_card_follows_its_readers_by_itself(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    await published(oleg, NEWS)
    card = await oleg.sees("Открыли: 0")

    def shown() -> str:
        return str(oleg.chat.messages[card["message_id"]]["text"])

    for reader, before, after in ((anna, 0, 1), (boris, 1, 2)):
        await reader.says("/news")
        await reader.taps(f"🔵 {NEWS}")
        assert f"Открыли: {before}" in shown()
        await clock_ticks(app, clock)
        if reader is boris:  # not twice in a minute
            assert f"Открыли: {before}" in shown()
            clock.forward(seconds=61)
            await clock_ticks(app, clock)
        assert f"Открыли: {after}" in shown()
    same = oleg.chat.messages[card["message_id"]]
    clock.forward(seconds=61)
    await clock_ticks(app, clock)
    assert oleg.chat.messages[card["message_id"]] is same  # nothing new
    clock.forward(hours=48)
    await anna.says("/news")
    await anna.taps(NEWS)
    await anna.taps("Полезно")
    await clock_ticks(app, clock)
    assert "полезно: 0" in shown()  # by now it is asked for
    await oleg.taps("Обновить", message=card)
    assert "полезно: 1" in shown()


async def test_a_pause_does_not_slow_down_what_is_left(
    app: App, oleg: Person, clock: Clock
) -> None:
    await due(oleg, clock)
    async with app.database.transaction() as session:
        await posts_publishing.publish_due(session, now=moment(clock))
        (post,) = await session.scalars(select(Post))
        mailing = await deliveries.find_sending(session, post.id, now=moment(clock))
        assert mailing
        mailing.pulse, mailing.expected = Pulse.RUNNING, 1200
        mailing.owed, mailing.delivered = 301, 300  # one waits
        clock.forward(seconds=60)
        assert mailings_pace.progress(mailing, moment(clock)).pace == 5
        await mailings.pause(session, mailing, now=moment(clock))
    clock.forward(hours=10)
    await oleg.says("/post")
    await oleg.taps(f"📣 {NEWS}")
    await oleg.sees("Отправка на паузе", "Осталось: 900")
    await oleg.sees_nothing_of("примерно")
    await oleg.taps("Продолжить")
    clock.forward(seconds=30)
    async with app.database.transaction() as session:
        mailing = await session.get_one(Mailing, mailing.id)
        mailing.owed = mailing.delivered = 450
        assert mailings_pace.progress(mailing, moment(clock)).pace == 5
    await oleg.taps("Обновить")
    await oleg.sees("Осталось: 750, примерно 3 мин")


async def test_who_sleeps_is_counted_apart_and_the_night_slows_down_nothing(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 23, 19, tzinfo=UTC).timestamp()  # midnight in Tyumen
    async with app.database.transaction() as session:
        awake = update(Account).where(Account.telegram_id == boris.id)
        await session.execute(awake.values(notify_from=0, notify_to=0))
    await due(oleg, clock)
    for _ in range(3):
        await clock_ticks(app, clock)
        clock.forward(seconds=10)
    assert (heard(anna), heard(boris)) == (0, 1)
    await oleg.sees("Доставлено: 1", "Осталось: 0", "Ждут утра: 2")
    await oleg.sees_nothing_of("примерно")
    async with app.database.transaction() as session:
        many = update(Mailing).values(expected=Mailing.expected + 600, owed=Mailing.owed + 600)
        await session.execute(many)
    clock.now = datetime(2026, 11, 24, 3, 1, tzinfo=UTC).timestamp()
    await clock_ticks(app, clock)
    clock.forward(seconds=5)
    await clock_ticks(app, clock)
    assert heard(anna) == 1
    clock.forward(seconds=60)
    async with app.database.transaction() as session:
        await session.execute(update(Mailing).values(delivered=Mailing.delivered + 300))
    await clock_ticks(app, clock)
    await oleg.sees("Осталось: 300, примерно 2 мин")
    await oleg.sees_nothing_of("Ждут утра")


async def test_receipts_are_forgotten_and_reach_is_not(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    for text in (NEWS, "Ещё не вся"):
        await draft(oleg, text)
        await urgent(oleg)
        await oleg.taps("Опубликовать")
    first, last = [one.id for one in await rows(app, Post)]
    async with app.database.transaction() as session:
        halted = update(Mailing).where(Mailing.post_id == last).values(pulse=Pulse.PAUSED)
        await session.execute(halted)
    clock.forward(days=180)

    async def left(later: timedelta) -> dict[int, int]:
        async with app.database.transaction() as session:
            await retention.forget_old_receipts(session, now=moment(clock) + later)
        kept = [one.post_id for one in await rows(app, Delivery)]
        return {first: kept.count(first), last: kept.count(last)}

    assert await left(timedelta(minutes=-1)) == {first: 2, last: 2}
    assert await left(timedelta(minutes=1)) == {first: 0, last: 2}
    await oleg.says("/post")
    await oleg.taps(f"📣 {NEWS}")
    await oleg.taps("Охват")
    await oleg.sees("Отправлено: 2\nДоставлено: 2", "доставлено 2 из 2")
    await oleg.taps("← Вернуться")
    await corrects(oleg, "Исправлено")
    await clock_ticks(app, clock)
    await oleg.sees("Исправлено", "Новость опубликована")
    assert heard(anna) == 1  # as it was


async def test_a_digest_settled_twice_is_counted_once(
    app: App, oleg: Person, anna: Person, clock: Clock
) -> None:
    """Of the first commit no answer came back."""
    await published(oleg, NEWS)
    (post,) = await rows(app, Post)
    now = app.courier._clock()
    async with app.database.transaction() as session:
        account = await people_service.meet(session, anna.id, None, "ru", now=now)
        row = Owed(chat_id=anna.id, person_id=account.id, notice="digests-digest", details={})
        row.lane, row.due_at, row.attempts = int(Lane.BULK), now, 1
        row.state, row.holder = Sending.SENDING, "me"
        session.add(row)
        await session.flush()
        told = Carried(account.id, [post.id])
    parcel = Parcel(row.id, anna.id, Lane.BULK, 1, "sendMessage", {}, None, None, told)
    for _ in range(2):
        async with app.database.transaction() as session:
            await settle(session, [Outcome(parcel, Sending.SENT, [1])], by="me", now=now)
    async with app.database.transaction() as session:
        assert (await reach.of_post(session, post.id, now=now)).delivered == 1
