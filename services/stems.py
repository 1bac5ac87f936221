"""What a word keeps through its cases and adjectives: «Самара» and «Самарская» are akin."""

import re
from functools import lru_cache

from services.parsing import name_key

_ENDING = re.compile(
    r"(?<=\w{3})(?:ами|ями|ого|его|ому|ему|ыми|ими|ая|яя|ой|ей|ую|юю|ое|ее|ий|ый|ые|ие|ых|их|ым|им|ом|ем|"
    r"ов|ев|ах|ях|ам|ям|ия|ии|ию|ья|ье|[аеоуыэюяийь])$"
)
_ADJECTIVE = re.compile(r"(?<=\w\w)ск$")
_LINK = re.compile(r"(?<=\w{3})(?:[еи]н|[ое]в|[ьй])$")
SHARED = 4  # letters that such stems have in common, or more


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Of a folded word, as `parsing.name_key` leaves them; never for showing."""
    for part in (_ENDING, _ADJECTIVE, _LINK):
        word = part.sub("", word)
    return word


def key_of(text: str) -> str:
    """The stems of its words with a space around each, to be searched in."""
    return f" {' '.join(stem(word) for word in name_key(text).split())} "


def akin(one: str, other: str) -> bool:
    """One stem, or two that part only at the end: Вологда, вологодская; Калуга, калужская."""
    if one[:2] != other[:2] or not (one.isalpha() and other.isalpha()):
        return False
    short, long = sorted((stem(one), stem(other)), key=len)
    alike = max(SHARED, len(short) - 1)
    parted = SHARED < len(long) <= len(short) + 1 and short[:alike] == long[:alike]
    return short == long or parted
