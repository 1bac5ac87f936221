from datetime import date

YOUNG_LIMIT = 35


def full_years(born: date, today: date) -> int:
    """Born on 29 February, a person grows older on 1 March of a common year."""
    birthday_ahead = (today.month, today.day) < (born.month, born.day)
    return today.year - born.year - birthday_ahead


def young_after(today: date) -> date:
    """Whoever was born later than this day is young."""
    year = today.year - YOUNG_LIMIT - 1
    try:
        return today.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def is_young(born: date, today: date) -> bool:
    """Up to and including 35 full years, as the union counts its young members."""
    return full_years(born, today) <= YOUNG_LIMIT
