"""The union's words: one Fluent bundle a language, built once, every value escaped."""

import re
from datetime import date, datetime
from functools import cache, lru_cache
from html import escape, unescape
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser

HERE = Path(__file__).parent
LANGUAGES = ("ru", "en")
DEFAULT = LANGUAGES[0]
TAG = re.compile(r"</?[a-z][^>]*>")
QUOTES, INNER = "«»", "„“"
GIVEN = "\ue000\ue001"  # quotation marks of a value, until it is seen where they stand
AS_GIVEN = str.maketrans(QUOTES, GIVEN)
ANY_QUOTE = re.compile(f"[{QUOTES}{GIVEN}]")
DAY = {"ru": "d MMMM y", "en": "MMMM d, y"}
DAY_OF_YEAR = {"ru": "d MMMM", "en": "MMMM d"}
DAY_OF_WEEK = {"ru": "EEE, d MMMM", "en": "EEE, MMMM d"}
FAR_DAY = {"ru": "EEE, d MMMM y", "en": "EEE, MMMM d, y"}

Value = str | int | float


class UnknownText(LookupError):
    pass


@cache
def bundle(language: str) -> FluentBundle:
    words = FluentBundle([language], use_isolating=False)
    parser = FluentParser(with_spans=False)  # where each word stood in its file: a third of it all
    for file in sorted((HERE / language).glob("*.ftl")):
        words.add_resource(parser.parse(file.read_text("utf-8")))
    return words


def known(text_id: str) -> bool:
    return bool(bundle(DEFAULT).has_message(text_id))


@lru_cache(maxsize=4096)
def _plain_text(language: str, text_id: str) -> str:
    return Translator(language)._worded(text_id, {})


@lru_cache(maxsize=4096)
def _plain_label(language: str, text_id: str) -> str:
    return _unmarked(_plain_text(language, text_id))


def _unmarked(text: str) -> str:
    return unescape(TAG.sub("", text))


def _value(value: str | float) -> str | float:
    return escape(value, quote=False).translate(AS_GIVEN) if isinstance(value, str) else value


def _quoted(text: str) -> str:
    """What a value quotes has marks of its own where the words around it quote the value."""
    depth = 0

    def put(found: re.Match[str]) -> str:
        nonlocal depth
        sign = found[0]
        if sign in GIVEN:
            return (INNER if depth else QUOTES)[GIVEN.index(sign)]
        depth += 1 if sign == QUOTES[0] else -1
        return sign

    return ANY_QUOTE.sub(put, text)


def labels(text_id: str) -> frozenset[str]:
    """A button's label in every language: what a person may have pressed."""
    return frozenset(_plain_label(language, text_id) for language in LANGUAGES)


class Translator:
    """Speaks one language, in one time zone: `t("events-card", title=…)` is HTML ready to send."""

    def __init__(self, language: str = DEFAULT, zone: ZoneInfo | None = None) -> None:
        self.language = language if language in LANGUAGES else DEFAULT
        self.zone = zone or ZoneInfo("Europe/Moscow")

    def __call__(self, text_id: str, /, **values: Value) -> str:
        return self._worded(text_id, values) if values else _plain_text(self.language, text_id)

    def _worded(self, text_id: str, values: dict[str, Value]) -> str:
        words = bundle(self.language)
        if not words.has_message(text_id):
            words = bundle(DEFAULT)
        pattern = words.get_message(text_id).value if words.has_message(text_id) else None
        if pattern is None:
            raise UnknownText(text_id)
        given = {name: _value(value) for name, value in values.items()}
        text, errors = words.format_pattern(pattern, given)
        if errors:
            raise UnknownText(f"{text_id}: {errors[0]}")
        return _quoted(str(text))

    def label(self, text_id: str, /, **values: Value) -> str:
        """The same words where no markup is read: buttons, alerts, pictures."""
        if not values:
            return _plain_label(self.language, text_id)
        return _unmarked(self(text_id, **values))

    def day(self, day: date) -> str:
        return str(format_date(day, DAY[self.language], locale=self.language))

    def moment(self, at: datetime) -> str:
        """In the reader's own zone."""
        local = at.astimezone(self.zone)
        day = format_date(local, DAY_OF_YEAR[self.language], locale=self.language)
        return f"{day}, {local:%H:%M}"

    def day_and_time(self, at: datetime) -> str:
        """In the reader's own zone, with the year: of what may be long ago."""
        local = at.astimezone(self.zone)
        return f"{self.day(local)}, {local:%H:%M}"

    def zoned(self, at: datetime) -> str:
        """A moment that may be read elsewhere too: with the city whose clock shows it."""
        return f"{self.moment(at)} ({self.city(self.zone.key)})"

    def span(
        self,
        start: datetime,
        end: datetime | None,
        zone: ZoneInfo,
        written: datetime | None = None,
    ) -> str:
        """From and till by the clock of this zone: `сб, 12 декабря, 10:00–18:00`.

        `written`: of what was written in another year, the year is said.
        """
        begins, ends = start.astimezone(zone), (end or start).astimezone(zone)
        far = written is not None and written.astimezone(zone).year != begins.year
        said = f"{self._weekday(begins, far=far)}, {begins:%H:%M}"
        if end is None:
            return said
        if begins.date() == ends.date():
            return f"{said}–{ends:%H:%M}"
        return f"{said} — {self._weekday(ends)}, {ends:%H:%M}"

    def _weekday(self, local: datetime, *, far: bool = False) -> str:
        pattern = (FAR_DAY if far else DAY_OF_WEEK)[self.language]
        return str(format_date(local, pattern, locale=self.language))

    def phone(self, number: str) -> str:
        """An E.164 number as people read it: `+7 922 456-01-01`."""
        import phonenumbers

        try:
            known = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            return number
        shape = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return str(phonenumbers.format_number(known, shape))

    def city(self, zone: str) -> str:
        return str(get_timezone_location(zone, locale=self.language, return_city=True))
