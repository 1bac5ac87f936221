"""Telegram's limits, in virtual time: never over them, and no slower than they allow."""

from collections import Counter

import pytest

from bot.pace import GROUP, PRIVATE, Pace


def send(
    pace: Pace, chats: list[int], until: float, step: float = 0.01
) -> list[tuple[float, int]]:
    """Each chat has endless mail; answers what left when."""
    sent, now = [], 0.0
    while now < until:
        resting = pace.resting(now)
        ready = [chat for chat in chats if chat not in resting]
        for chat in ready[: pace.room(now, 20)]:
            pace.book(chat, now)
            sent.append((now, chat))
        now += step
    return sent


def most_within(seconds: float, moments: list[float]) -> int:
    return max(sum(start <= at < start + seconds for at in moments) for start in moments)


@pytest.mark.parametrize("rate", [5, 25, 30])
def test_all_chats_together_stay_under_the_rate_and_use_it(rate: int) -> None:
    sent = [at for at, _ in send(Pace(rate), list(range(1, 1000)), until=10)]
    assert 10 * rate <= len(sent) <= 10 * rate + 5
    assert most_within(1, sent) <= rate + 5


def test_a_private_chat_gets_one_a_second_after_a_short_burst() -> None:
    sent = [at for at, _ in send(Pace(25), [7], until=20)]
    assert sum(at < 0.1 for at in sent) == PRIVATE.burst
    assert most_within(10, sent) <= 10 + PRIVATE.burst
    assert len(sent) == pytest.approx(20 + PRIVATE.burst - 1, abs=1)


def test_a_group_gets_at_most_twenty_a_minute() -> None:
    sent = [at for at, _ in send(Pace(25), [-7], until=300, step=0.1)]
    assert most_within(60, sent) <= 20
    assert len(sent) >= 300 * GROUP.per_second


def test_one_busy_chat_takes_nothing_from_the_others() -> None:
    counts = Counter(chat for _, chat in send(Pace(25), [1, 2, 3], until=10))
    assert set(counts.values()) == {counts[1]}


def test_a_paused_chat_rests_alone_and_exactly_so_long() -> None:
    for pace in (Pace(25), Pace(None)):
        pace.pause(1, until=3)
        sent = send(pace, [1, 2], until=4)
        assert min(at for at, chat in sent if chat == 1) == pytest.approx(3, abs=0.02)
        assert min(at for at, chat in sent if chat == 2) == 0


def test_a_pause_is_never_shortened() -> None:
    pace = Pace(25)
    pace.pause(1, until=9)
    pace.pause(1, until=3)
    assert pace.resting(8.9) == [1]
    assert pace.resting(9.01) == []


def test_the_next_look_is_when_something_may_leave() -> None:
    pace = Pace(10)
    assert pace.next_room(0) == 0
    for _ in range(5):
        pace.book(1, 0)
    assert pace.room(0, 20) == 0
    wait = pace.next_room(0)
    assert wait == pytest.approx(0.1)
    assert pace.room(wait, 20) == 1


def test_chats_long_rested_are_forgotten() -> None:
    pace = Pace(25)
    for chat in range(1, 101):
        pace.book(chat, now=0)
    assert pace.resting(now=1000) == []
    assert not pace._chats


def test_without_a_rate_nothing_is_held_back() -> None:
    pace = Pace(None)
    for _ in range(100):
        assert pace.room(0, 20) == 20
        pace.book(1, 0)
    assert pace.resting(0) == []
    assert pace.room(0, 0) == 0
