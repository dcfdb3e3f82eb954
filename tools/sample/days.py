"""Days of England's care year: bank holidays, working days, months, year ends."""

from datetime import date, timedelta

FIRST_DAY = date(2023, 4, 1)    # the first day that a return of the sample covers
LIVE_FROM = date(2025, 10, 1)   # the first day of the live authority's own record
TODAY = date(2026, 5, 15)       # the manual day of the demonstration
YEARS = (2024, 2025, 2026)

# England and Wales, 2023 to 2028, substitute days included, the coronation in 2023.
BANK_HOLIDAYS = frozenset(date(year, month, day) for year, days in {
    2023: ((1, 2), (4, 7), (4, 10), (5, 1), (5, 8), (5, 29), (8, 28), (12, 25), (12, 26)),
    2024: ((1, 1), (3, 29), (4, 1), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26)),
    2025: ((1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)),
    2026: ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)),
    2027: ((1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)),
    2028: ((1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)),
}.items() for month, day in days)


def day(text):
    """The date written `2024-03-31`; a date passes."""
    return text if isinstance(text, date) else date.fromisoformat(text)


def plus(start, days):
    return start + timedelta(days=days)


def year_end(year):
    return date(year, 3, 31)


def year_start(year):
    return date(year - 1, 4, 1)


def care_year(on):
    """The year of the return that covers `on`: 2024 for 1 April 2023 to 31 March 2024."""
    return on.year + 1 if (on.month, on.day) >= (4, 1) else on.year


def is_working(on):
    return on.weekday() < 5 and on not in BANK_HOLIDAYS


def working_days_after(start, count):
    """The `count`-th working day after `start`, which itself is not counted."""
    on = start
    while count:
        on = plus(on, 1)
        count -= is_working(on)
    return on


def months_after(start, count):
    """The same day `count` months later, or the last day of that month where it has none."""
    month = start.month - 1 + count
    year, month = start.year + month // 12, month % 12 + 1
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month, min(start.day, last))
        except ValueError:
            continue
    raise ValueError(start)


def birthday(born, age):
    """The day on which somebody born on `born` reaches `age` (1 March for a 29 February)."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def age_on(born, on):
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
