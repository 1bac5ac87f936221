"""Telegram's limits, in virtual time: never over them, and no slower than they allow."""

from collections import Counter

import pytest

from bot.pace import FEW, FOR_SOS, GROUP, PRIVATE, Pace
from models.mail import Lane


def send(
    pace: Pace,
    chats: list[int],
    until: float,
    step: float = 0.001,
    lane: Lane = Lane.ANSWER,
) -> list[tuple[float, int]]:
    """Each chat has endless mail; answers what left when."""
    sent, now = [], 0.0
    while now < until:
        resting = pace.resting(now)
        held = resting.even_for_sos if lane is Lane.SOS else resting.chats
        for chat in (chat for chat in chats if chat not in held):
            if pace.wait(now):
                break
            if pace.early(chat, lane, now):
                continue
            pace.leave(chat, now)
            sent.append((now, chat))
        now += step
    return sent


def most_within(seconds: float, moments: list[float]) -> int:
    return max(sum(start <= at < start + seconds for at in moments) for start in moments)


@pytest.mark.parametrize(("rate", "allowed"), [(28, 30), (285, 300), (960, 1000)])
def test_all_chats_together_stay_under_the_limit_and_use_it(rate: int, allowed: int) -> None:
    pace, sent, now = Pace(rate), list[float](), 0.0
    while now < 4:
        while not pace.wait(now):
            pace.leave(len(sent), now)
            sent.append(now)
        now += 0.003
    assert len(sent) >= 4 * 0.93 * allowed
    assert most_within(1, sent[:: 1 if rate < 900 else 3]) * (1 if rate < 900 else 3) <= allowed


def test_a_private_chat_gets_one_a_second_after_a_short_burst() -> None:
    sent = [at for at, _ in send(Pace(200), [7], until=20)]
    assert sum(at < 0.1 for at in sent) == PRIVATE.burst
    assert most_within(10, sent) <= 10 + PRIVATE.burst
    assert len(sent) == pytest.approx(20 + PRIVATE.burst - 1, abs=1)


def test_a_group_gets_at_most_twenty_a_minute_and_sos_finds_room_in_it() -> None:
    pace = Pace(25)
    usual = [at for at, _ in send(pace, [-7], until=300, step=0.1)]
    assert most_within(60, usual) <= 20 - FOR_SOS
    assert len(usual) >= 300 * GROUP.per_second
    assert pace.resting(usual[-1]).chats == [-7]
    assert not pace.resting(usual[-1]).even_for_sos
    both = [at for at, _ in send(Pace(25), [-7], until=300, step=0.1, lane=Lane.SOS)]
    assert most_within(60, both) <= 20


@pytest.mark.parametrize("lane", [Lane.REMINDER, Lane.URGENT, Lane.BULK])
def test_what_nobody_waits_for_makes_no_burst(lane: Lane) -> None:
    sent = send(Pace(200), [7, -7], until=120, lane=lane, step=0.01)
    private, group = ([at for at, chat in sent if chat == one] for one in (7, -7))
    early = [at - 0.05 * (number % 2) for number, at in enumerate(private)]  # a line that jitters
    assert (most_within(1, early), most_within(60, group)) == (1, 10)
    assert len(private) == pytest.approx(120 / 1.2, abs=1)


def test_what_nobody_waits_for_lets_answers_pass_and_counts_them() -> None:
    pace = Pace(200)
    pace.leave(7, 0)
    assert pace.early(7, Lane.BULK, 0) == pytest.approx(1.2)
    assert not pace.early(7, Lane.ANSWER, 0)
    assert not pace.early(8, Lane.BULK, 0)
    pace.leave(7, 0)
    assert pace.early(7, Lane.BULK, 0) == pytest.approx(2.2)
    assert pace.resting(0) == ([], [])


def test_one_busy_chat_takes_nothing_from_the_others() -> None:
    counts = Counter(chat for _, chat in send(Pace(25), [1, 2, 3], until=10, step=0.01))
    assert set(counts.values()) == {counts[1]}


def test_a_paused_chat_rests_alone_and_exactly_so_long_for_sos_too() -> None:
    for pace in (Pace(25), Pace(None)):
        pace.pause(1, until=3)
        sent = send(pace, [1, 2], until=4, step=0.01, lane=Lane.SOS)
        assert min(at for at, chat in sent if chat == 1) == pytest.approx(3, abs=0.05)
        assert min(at for at, chat in sent if chat == 2) == 0


def test_a_pause_is_never_shortened() -> None:
    pace = Pace(25)
    pace.pause(1, until=9)
    pace.pause(1, until=3)
    assert pace.resting(8.9) == ([1], [1])
    assert pace.resting(9.01) == ([], [])


def test_the_next_look_is_when_something_may_leave() -> None:
    pace = Pace(10)
    for chat in range(2):  # one, and what may catch up
        pace.leave(chat, 0)
    assert pace.wait(0) == pytest.approx(0.17)
    assert pace.next_chat(0) == 0
    for _ in range(int(PRIVATE.burst)):
        pace.leave(7, 0)
    assert pace.next_chat(0) == pytest.approx(1)


def test_several_that_send_at_once_divide_the_rate() -> None:
    pace = Pace(30)
    pace.share(3)
    for chat in range(2):
        pace.leave(chat, 0)
    assert pace.wait(0) == pytest.approx(0.17)
    pace.share(1)
    assert pace.seats == Pace(30).seats


def test_seats_suffice_for_the_rate_over_a_long_line() -> None:
    assert Pace(1000).seats >= 200
    assert Pace(1000).ahead <= 80
    assert Pace(25).ahead == 2


def test_chats_long_rested_are_forgotten() -> None:
    pace = Pace(25)
    pace.pause(7, until=200)
    for chat in range(100, 10_000):
        pace.leave(chat, now=chat / 100)
        assert len(pace._chats) <= FEW + 200
    assert pace.resting(now=100) == ([7], [7])


def test_without_a_rate_nothing_is_held_back() -> None:
    pace = Pace(None)
    for _ in range(100):
        assert not pace.wait(0)
        pace.leave(1, 0)
    assert not pace.early(1, Lane.BULK, 0)
    assert pace.resting(0) == ([], [])
