"""How long something lasts, as people type it: «2 часа», «полтора часа», «1 ч 30 мин»."""

import re

_HALVES = {
    "полчаса": 30, "полтора часа": 90, "half an hour": 30, "an hour and a half": 90,
}  # fmt: skip
_DAY = 24 * 60
_UNITS = {"ч": 60, "h": 60, "м": 1, "m": 1, "д": _DAY, "d": _DAY, "с": _DAY}
_COUNTS = {"один": "1", "два": "2", "две": "2", "три": "3", "четыре": "4", "пять": "5"}
_LENGTH = re.compile(
    r"(?:(?P<count>\d{1,3}(?:[.,]\d)?) ?)?"
    r"(?P<unit>час\w*|ч|hours?|h|мин\w*|м|minutes?|min|m|день|дн\w+|days?|сут\w+)\.?(?= |\d|$)"
)


def minutes_of(line: str) -> int:
    """0: it says something else."""
    line = re.sub(r"^(?:на|for|примерно|около|about) ", "", line)
    line = re.sub(r"[а-я]+", lambda word: _COUNTS.get(word[0], word[0]), line)
    if line in _HALVES:
        return _HALVES[line]
    parts = list(_LENGTH.finditer(line))
    if not parts or _LENGTH.sub("", line).strip(" ,и"):
        return 0
    counts = [float((one["count"] or "1").replace(",", ".")) for one in parts]
    return round(sum(n * _UNITS[one["unit"][0]] for n, one in zip(counts, parts, strict=True)))
