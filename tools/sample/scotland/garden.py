"""Grows planted children, and says in what their sources differ."""

import copy
from datetime import date

from days import TODAY, plus
from draw import Draw

from . import ways
from .child import Child, Disagreement
from .council import FIRST, LAST, PREFIX, RECORD, REPORTER, SHEET_AS_OF, TRACKER
from .course import Course, sitting
from .life import Life, cut
from .lives import unheard


class Garden:
    """Grows planted children, each with its own number."""

    def __init__(self, seed):
        self.seed, self.children = seed, []

    def life(self, way, start, months=50, first="", last=""):
        number = 901 + len(self.children)
        draw = Draw("planted", self.seed, number)
        start = sitting(start)
        first = first or FIRST[number % len(FIRST)]
        name = f"{first} {last or LAST[number % len(LAST)]}"
        life = Life(f"{PREFIX}{number:04}", name, plus(start, -30 * months - 11), way)
        getattr(ways, way)(Course(life, draw), start)
        life.involved = max(life.involved, life.born)
        return unheard(cut(life, TODAY))

    def add(self, shows, life, **rest):
        child = Child(life, shows, **rest)
        self.children.append(child)
        return child


def changed(life, change):
    """The life as a source has it that differs in one thing."""
    other = copy.deepcopy(life)
    change(other)
    return other


def _known_on(source):
    """The day on which all that a source says of a planted child was known; feeds tell at once."""
    return {RECORD: TODAY, TRACKER: SHEET_AS_OF}.get(source, date.min)


def between(kind, of, field, counting, *others, right):
    """A disagreement of sources, each with what it says; the first one's counts."""
    versions = tuple((source, str(said)) for source, said in (counting, *others))
    opened = max(_known_on(source) for source, _ in versions)
    return Disagreement(kind, of, field, versions, counting[0], right, opened)


def wrong_child(on, *said):
    """The reporter's with itself, since it put itself right: what it says of this child."""
    return Disagreement("wrong_child", "", "", tuple((REPORTER, one) for one in said), REPORTER,
                        REPORTER, on)


def order_of(life, code):
    return next(order for order in life.orders if order.code == code)


def shift_made(code, days):
    def change(life):
        order = order_of(life, code)
        order.made = plus(order.made, days)
    return change
