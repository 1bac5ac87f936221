import itertools
from typing import Any

from sandbox import guesses
from sandbox.ask import Ask
from sandbox.ballots import Poll
from sandbox.crowd import Crowd
from sandbox.entities import Text
from sandbox.markup import read_part
from sandbox.methods import Methods
from sandbox.methods_editing import find
from sandbox.refusals import bad
from sandbox.reply_markup import read_inline
from sandbox.sending import deliver
from sandbox.shapes import OPTION, check
from sandbox.wire import Wire, present

methods = Methods()


@methods.add
def send_poll(world: Crowd, ask: Ask) -> Wire:
    poll = _read_poll(world, ask)
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if chat.kind == "channel" and not poll.anonymous:
        raise bad("non-anonymous polls can't be sent to channel chats")
    opened = world.open_poll(poll)
    return deliver(world, ask, {"poll": opened.wire})


@methods.add
def stop_poll(world: Crowd, ask: Ask) -> Wire:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    message = find(chat, ask, "message with poll to stop")
    if "poll" not in message:
        raise bad("message is not a poll")
    poll = world.polls[message["poll"]["id"]]
    if poll.bot_id != ask.bot.id or "forward_origin" in message:
        raise bad("poll can't be stopped")
    if poll.closed:
        raise bad(guesses.ALREADY_CLOSED)
    kept = {key: message[key] for key in message if key != "reply_markup"}
    world.put(chat, kept | present(reply_markup=read_inline(ask, chat)))
    world.close_poll(poll)
    return poll.wire


def _read_poll(world: Crowd, ask: Ask) -> Poll:
    question = _written(read_part(ask, "question"), "question", 300, "poll question")
    kind = ask.text("type") or "regular"
    if kind not in ("regular", "quiz"):
        raise bad("unsupported poll type specified")
    options = _read_options(ask)
    quiz = kind == "quiz"
    period, close_date = _read_end(world, ask)
    return Poll(
        id="",
        bot_id=ask.bot.id,
        question=question,
        options=options,
        kind=kind,
        anonymous="is_anonymous" not in ask.params or ask.flag("is_anonymous"),
        multiple=ask.flag("allows_multiple_answers"),
        revoting=ask.flag("allows_revoting") if "allows_revoting" in ask.params else not quiz,
        correct=_read_correct(ask, len(options)) if quiz else [],
        explanation=_read_explanation(ask) if quiz else {},
        open_period=period,
        close_date=close_date,
        closed=ask.flag("is_closed"),
    )


def _read_options(ask: Ask) -> list[Wire]:
    options = ask.value("options")
    if not isinstance(options, list):
        raise bad("expected an Array of String as options")
    if not options:
        raise bad("poll must have at least one answer option")
    if len(options) > 12:
        raise bad("poll can't have more than 12 options")
    return [_read_option(ask, option) for option in options]


def _read_option(ask: Ask, option: Any) -> Wire:
    written = {"text": option} if isinstance(option, str) else option
    check(OPTION, written)
    read = read_part(Ask(ask.bot, written, {}), "text")
    return _written(read, "text", 100, "poll options")


def _written(read: Text, name: str, most: int, called: str) -> Wire:
    if not read.plain:
        raise bad("text must be non-empty")
    if len(read.plain) > most:
        raise bad(f"{called} length must not exceed {most}")
    marks = [mark for mark in read.entities if mark["type"] == "custom_emoji"]
    return {name: read.plain} | present(**{f"{name}_entities": marks})


def _read_correct(ask: Ask, options: int) -> list[int]:
    correct = ask.value("correct_option_ids")
    if correct is None and ask.text("correct_option_id"):
        correct = [ask.number("correct_option_id")]
    numbers = correct or []
    if not isinstance(numbers, list):
        raise bad("expected an Array of correct option identifiers")
    if not all(type(number) is int for number in numbers):
        raise bad("correct option identifier must be of type Number")
    if not numbers:
        raise bad("correct quiz option list must be non-empty")
    if any(one >= other for one, other in itertools.pairwise(numbers)):
        raise bad("correct quiz option list must be increasing")
    if not 0 <= numbers[0] <= numbers[-1] < options:
        raise bad("wrong quiz correct_option_id")
    return numbers


def _read_explanation(ask: Ask) -> Wire:
    read = read_part(ask, "explanation")
    if len(read.plain) > 200 or read.plain.count("\n") > 2:
        raise bad(guesses.EXPLANATION_TOO_LONG)
    return present(explanation=read.plain, explanation_entities=read.entities)


def _read_end(world: Crowd, ask: Ask) -> tuple[int, int]:
    period, date = ask.number("open_period"), ask.number("close_date")
    lasts = period or (date - world.now if date else 0)
    if lasts and not 5 <= lasts <= 2_628_000:
        raise bad(guesses.POLL_END_INVALID)
    return period, world.now + period if period else date
