"""The children of the authority: who comes, when, how old, and by which way."""

from datetime import date

from days import TODAY, plus
from draw import Draw

from . import ways
from .council import COURT_ORDERS, COURT_SILENT_SINCE, OF_THE_COURT, PREFIX, name
from .course import Course, sitting
from .life import Life, cut

# Way: (how many; youngest and oldest at the start, in months; how many days ago: least, most).
WAYS = {"at_home": (41, 6, 150, 20, 1500), "returned": (24, 0, 140, 60, 1400),
        "kinship": (31, 0, 130, 40, 1500), "permanence": (31, 0, 110, 30, 1500),
        "adopted": (14, 0, 20, 30, 1300), "voluntary": (18, 0, 160, 8, 900),
        "group_care": (16, 130, 160, 30, 700), "referred_only": (5, 20, 150, 10, 700)}


def unheard(life):
    """Without what the court has not said any more: it has been silent since."""
    for step in life.of_kind(*OF_THE_COURT):
        if step.ended and step.ended > COURT_SILENT_SINCE:
            step.ended, step.outcome = None, ""
    life.steps = [step for step in life.steps
                  if step.kind not in OF_THE_COURT or step.on <= COURT_SILENT_SINCE]
    life.orders = [order for order in life.orders
                   if order.code not in COURT_ORDERS or order.made <= COURT_SILENT_SINCE]
    return life


def invent(seed):
    """Every plain child: as lived up to the demo day."""
    lives, number = [], 100
    for way, (count, youngest, oldest, latest, earliest) in WAYS.items():
        for _ in range(count):
            number += 1
            draw = Draw("scotland", seed, way, number)
            start = sitting(plus(TODAY, -draw.between(latest, earliest)))
            born = plus(start, -30 * draw.between(youngest, oldest) - draw.between(1, 28))
            life = Life(f"{PREFIX}{number:04}", name(number), max(born, date(2009, 1, 1)), way)
            getattr(ways, way)(Course(life, draw), start)
            if life.involved:
                life.involved = max(life.involved, born)
            lives.append(unheard(cut(life, TODAY)))
    return lives
