import re
import unicodedata

from services.errors import Refusal

NAME_LIMIT = 120
WORD_LIMIT = 60
SORTED_BY = 200  # characters
CODE_LENGTH = 8
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

_INVISIBLE = {"Cc", "Cf", "Cs"}
_LOOSE_JOINER = re.compile("(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_PLAIN_SIGNS = str.maketrans(dict.fromkeys("‘’ʼʻ′`´", "'") | dict.fromkeys("‐‑‒–—−", "-"))


class Empty(Refusal):
    text_id = "parsing-text-empty"


class LabelEmpty(Empty):
    text_id = "parsing-label-empty"


class PlaceEmpty(Empty):
    text_id = "parsing-place-empty"


class RubricEmpty(Empty):
    text_id = "parsing-rubric-empty"


class TooLong(Refusal):
    text_id = "parsing-text-too-long"


class NameIncomplete(Refusal):
    text_id = "parsing-name-incomplete"


class NameInitials(Refusal):
    text_id = "parsing-name-initials"


class NameSigns(Refusal):
    text_id = "parsing-name-signs"


class NameMixed(Refusal):
    text_id = "parsing-name-mixed"


class NameInTwoScripts(Refusal):
    text_id = "parsing-name-two-scripts"


class NameCrowded(Refusal):
    text_id = "parsing-name-crowded"


class NameTooLong(Refusal):
    text_id = "parsing-name-too-long"


class PhoneUnreadable(Refusal):
    text_id = "parsing-phone-unreadable"


class PhoneInvalid(Refusal):
    text_id = "parsing-phone-invalid"


class CountUnreadable(Refusal):
    text_id = "parsing-count-unreadable"


class ForeignContact(Refusal):
    text_id = "parsing-foreign-contact"


class HoursUnreadable(Refusal):
    text_id = "parsing-hours-unreadable"


class HoursNotWhole(Refusal):
    text_id = "parsing-hours-not-whole"


class HoursEqual(Refusal):
    text_id = "parsing-hours-equal"


def clean(text: str) -> str:
    """NFC without controls, bidi marks, zero-width signs and what is no sign; lines are kept."""
    lines = "\n".join(text.replace("\t", " ").splitlines())
    seen = "".join(c for c in lines if c in "\n\u200d" or _is_visible(c))
    return unicodedata.normalize("NFC", _LOOSE_JOINER.sub("", seen)).strip()


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE and ord(char) & 0xFFFE != 0xFFFE


def plain_line(text: str) -> str:
    """One line with single spaces, straight apostrophes and simple hyphens."""
    return " ".join(clean(text).translate(_PLAIN_SIGNS).split())


def parse_text(text: str, limit: int, empty: type[Empty] = Empty) -> str:
    """`empty`: what is said of a picture or a sticker where this text was asked for."""
    text = clean(text)
    if not text:
        raise empty
    if len(text) > limit:
        raise TooLong(limit=limit, length=len(text))
    return text


_YES = {
    "да", "ага", "угу", "верно", "все верно", "да верно", "правильно", "конечно", "так и есть",
    "ок", "ok", "yes", "yeah", "yep", "right", "correct", "sure",
}  # fmt: skip
_NO = {
    "нет", "не", "неа", "неверно", "не верно", "неправильно", "нет не надо", "не надо", "не та",
    "другая", "нет другая", "no", "nope", "wrong", "other", "another", "not",
}  # fmt: skip


def parse_yes(text: str) -> bool | None:
    """Of a question asked for yes or no; None: it is something else."""
    said = name_key(text)
    return True if said in _YES else False if said in _NO else None


_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+(?:['-]{_LETTER}+)*")
_INITIALS = re.compile(rf"(?:{_LETTER}\.)*{_LETTER}\.?")
# «О'Коннор» has a second capital; before я, ю, є, ї an apostrophe only parts the sounds.
_CAPITAL = re.compile(rf"^(?:[одлodl]'(?![яюєї]))?{_LETTER}")
_PATRONYMIC_ENDS = {"оглы", "оглу", "кызы", "гызы", "уулу", "улы", "ogly", "oglu", "kyzy", "qizi"}


_PARTICLES = {
    *_PATRONYMIC_ENDS, "аль", "бен", "бин", "ван", "да", "де", "дель", "дер", "ди", "ибн", "ла",
    "ле", "тер", "фон", "эль", "al", "ben", "da", "de", "del", "der", "di", "du", "la", "le",
    "van", "von",
}  # fmt: skip


def parse_name(text: str) -> str:
    line = re.sub(" ?- ?", "-", plain_line(text.replace(",", " ")))
    words = line.split()
    if len(line) > NAME_LIMIT or any(len(word) > WORD_LIMIT for word in words):
        raise NameTooLong(limit=NAME_LIMIT, word=WORD_LIMIT)
    words = [_tidied(word, line) for word in words]
    scripts = {script for word in words for script in _scripts(word)}
    if len(scripts) > 1:
        raise NameInTwoScripts
    _check_count(words)
    return " ".join(words)


def _tidied(word: str, line: str) -> str:
    """Each half of a double name by itself."""
    parts = word.split("-")
    return "-".join(_capitalised(part) if _is_careless(part, line) else part for part in parts)


def _is_careless(word: str, line: str) -> bool:
    """All large, or all small where that is no «фон» of a name written with care."""
    return word.isupper() or (word.islower() and (line.islower() or word not in _PARTICLES))


def _capitalised(word: str) -> str:
    word = word.lower()
    if word in _PATRONYMIC_ENDS:
        return word
    return _CAPITAL.sub(lambda match: match[0].title(), word)


def _scripts(word: str) -> set[str]:
    """The one it is written in; refused is what is no word of a name."""
    if _INITIALS.fullmatch(word):
        raise NameInitials
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in word if c not in "'-"}
    if not _WORD.fullmatch(word) or not scripts <= {"CYRILLIC", "LATIN"}:
        raise NameSigns
    if len(scripts) > 1:
        raise NameMixed(word=word)
    return scripts


def _check_count(words: list[str]) -> None:
    if len(words) < 2:
        raise NameIncomplete
    if len(words) > (4 if words[-1].lower() in _PATRONYMIC_ENDS else 3):
        raise NameCrowded


def name_key(name: str) -> str:
    """What two spellings of one name share; for matching, never for showing."""
    letters = plain_line(name).casefold().replace("ё", "е").replace("'", "")
    return " ".join(re.findall(r"[^\W_]+", letters))


def sort_key(name: str) -> str:
    """Names in the order people count them: № 9 before № 98."""
    return re.sub(r"\d+", lambda number: number[0].zfill(8), name_key(name))[:SORTED_BY]


# Neighbours' numbers are often typed without the plus, which region RU cannot read.
_NEIGHBOUR = re.compile(r"(?:37[345]|99[234568])\d{8,9}")


def parse_phone(text: str) -> str:
    """E.164; a number without a country code is Russian."""
    import phonenumbers

    line = plain_line(text)
    digits = re.sub(r"\D", "", line)
    for spelling in (line, f"+{digits}" if _NEIGHBOUR.fullmatch(digits) else ""):
        try:
            number = phonenumbers.parse(spelling, "RU")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise PhoneInvalid if digits else PhoneUnreadable


def own_phone(number: str, owner_id: int | None, sender_id: int) -> str:
    """E.164 from a shared contact: only one's own proves that the number is one's own."""
    if owner_id != sender_id:
        raise ForeignContact
    return parse_phone("+" + number.lstrip("+"))


_START = re.compile(r"[?&]start(?:app)?=([\w-]+)", re.IGNORECASE)
_LABEL = re.compile(r"^.*(?::|\b(?:код|code)\b)", re.IGNORECASE | re.DOTALL)
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")


# No invitation code has an underscore, so even a cut or damaged one is told apart.
_POINTER = re.compile(
    r"(?:^(?:/start(?:@\w+)?\s+)?|[?&]start(?:app)?=)([cne]_[\w-]*)", re.IGNORECASE
)


def parse_pointer(text: str, kind: str | None = None) -> str | None:
    """What begins like a pointer, whole or not: from a link, after `/start` or bare.

    `kind`: `c` to a card, `n` to a piece of news, `e` to the door of an event.
    """
    found = _POINTER.search(text.strip())
    return found[1] if found and kind in (None, found[1][0].lower()) else None


def parse_code(text: str) -> str | None:
    """An invitation code from a link, a labelled line or bare, however it was typed."""
    line = plain_line(text)
    if parse_pointer(line):
        return None
    link = _START.search(line)
    typed = link[1] if link else _LABEL.sub("", line)
    code = re.sub(r"[\W_]", "", typed).upper().translate(_LOOK_ALIKES)
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None


_CLOCK = r"(\d{1,2})(?:[:.](\d\d))? ?(?:ч|час|часа|часов|h)?"
_HOURS = re.compile(rf"(?:(?:с|from) )?{_CLOCK} ?(?:-|до|по|to|till|until| ) ?{_CLOCK}")


def parse_hours(text: str) -> tuple[int, int]:
    """From and till, 0 to 23; midnight is 0, and the night may lie between them."""
    match = _HOURS.fullmatch(plain_line(text).lower())
    if not match or int(match[1]) > 24 or int(match[3]) > 24:
        raise HoursUnreadable
    if {match[2], match[4]} - {None, "00"}:
        raise HoursNotWhole
    start, end = int(match[1]) % 24, int(match[3]) % 24
    if start == end:
        raise HoursEqual
    return start, end


def parse_count(text: str) -> int:
    """«120», «120 человек»."""
    found = re.fullmatch(r"(\d{1,9})(?: [^\W\d_]+)?", plain_line(text))
    if found is None:
        raise CountUnreadable
    return int(found[1])
