"""The ways through care: each function lives one child's life from first involvement on."""

from days import plus

from .course import sitting

AWAY = {"KINSHIP": 40, "FOST_LA": 30, "FOST_PURCH": 14}
GROUP = {"LA_HOME": 6, "VOL_HOME": 2, "RES_SCHOOL": 3, "SECURE": 1, "CRISIS": 1}


def _begin(course, start):
    """Known to social work for a while, and referred to the reporter."""
    draw = course.draw
    course.life.involved = plus(start, -draw.between(40, 600))
    course.refer(plus(start, -draw.between(25, 50)))


def _order_at_home(course, made, end):
    """The order, ended by a hearing or run out; the day on which it ends, if it does."""
    as_ = "expired" if course.draw.chance(0.25) else "terminated"
    order = course.supervise(made, end, as_)
    return order.ended if end else None


def at_home(course, start):
    """An order at home; most orders end, some are looked at again, some drift."""
    draw = course.draw
    _begin(course, start)
    proved = course.grounds(start, disputed=draw.chance(0.25))
    if proved == start:
        end = sitting(plus(start, draw.between(250, 900))) if draw.chance(0.45) else None
        course.enter(start, "HOME", "CSO")
        end = _order_at_home(course, start, end)
    else:
        course.hearing(start)
        course.enter(start, "HOME", "ICSO")
        made = course.interim(start, (proved - start).days + 5)
        end = sitting(plus(made, draw.between(300, 900))) if draw.chance(0.45) else None
        course.status(made, "CSO")
        end = _order_at_home(course, made, end)
    if draw.chance(0.6):
        course.plan(plus(start, draw.between(30, 120)), "home")
    if end:
        course.leave(end)
    course.review_all(late=0.12, home_reviews=draw.chance(0.6))


def kept_away(course, start, places=None, urgent=None):
    """From a hearing or a sheriff's protection to a supervision order away from home; its day."""
    draw = course.draw
    course.life.involved = plus(start, -draw.between(10, 500))
    place = draw.weighted(places or AWAY)
    if draw.chance(0.45) if urgent is None else urgent:
        held = course.protect(start)
        course.enter(start, place, "CPO")
        course.status(held, "ICSO")
        course.refer(plus(start, 1))
    else:
        course.refer(plus(start, -draw.between(25, 50)))
        held = start
        course.enter(start, place, "ICSO")
        course.hearing(start)
    proved = course.grounds(held, disputed=draw.chance(0.5))
    if draw.chance(0.35):
        course.safeguard(held)
    days = (proved - held).days + draw.between(25, 45)
    made = course.interim(held, days, extended=True)
    course.status(made, "CSO")
    return made


def _moves(course, start, share, places=None):
    draw, on = course.draw, start
    while draw.chance(share):
        on = plus(on, draw.between(60, 260))
        course.move(on, draw.weighted(places or AWAY))


def returned(course, start):
    """Some months away, a plan to go home, home under the order, and the order ended."""
    draw = course.draw
    made = kept_away(course, start)
    said = plus(start, draw.between(90, 200))
    course.plan(plus(start, draw.between(50, 85)), "home")
    home = plus(max(said, made), draw.between(20, 70))
    course.move(home, "HOME")
    end = sitting(plus(home, draw.between(150, 420))) if draw.chance(0.6) else None
    order = course.supervise(made, end)
    if end:
        course.leave(order.ended)
    course.review_all()
    course.recommend(said, "home")


def kinship(course, start):
    """With kin, who lodge for an order of their own; for some it stays a supervision order."""
    draw = course.draw
    made = kept_away(course, start, {"KINSHIP": 1})
    said = plus(start, draw.between(100, 210))
    lodged = plus(max(said, made), draw.between(60, 300))
    ordered = sitting(plus(lodged, draw.between(60, 200)))
    goes_on = draw.chance(0.25)
    course.plan(plus(said, -draw.between(5, 40)), "kinship")
    course.supervise(made, None if goes_on else plus(ordered, 400))
    course.review_all()
    course.recommend(said, "kinship")
    if not goes_on:
        course.granted(course.lodge(lodged, "KINSHIP"), ordered)
        course.leave(ordered)
        course.life.reviews = [one for one in course.life.reviews if one[0] < ordered]


def permanence(course, start):
    """Recommendation, panel, decision, court: a permanence order; the child stays where it is."""
    draw = course.draw
    made = kept_away(course, start, {"FOST_LA": 3, "FOST_PURCH": 2, "KINSHIP": 1})
    _moves(course, plus(made, 10), 0.3, {"FOST_LA": 3, "FOST_PURCH": 2})
    said = plus(start, draw.between(120, 260))
    panel = plus(max(said, made), draw.between(50, 120))
    course.plan(plus(said, -draw.between(5, 60)), "permanence_order")
    if draw.chance(0.3):
        course.plan(said, draw.pick(("home", "kinship")), parallel=True)
    lodged = plus(panel, draw.between(60, 190))
    ordered = sitting(plus(lodged, draw.between(90, 220)))
    course.supervise(made, None)
    course.review_all()
    course.recommend(said, "permanence_order")
    course.decide(panel, "permanence_order")
    course.granted(course.lodge(lodged, "PO"), ordered)
    course.status(ordered, "PO")


def adopted(course, start):
    """An order with authority to adopt, a family, and the adoption order."""
    draw = course.draw
    made = kept_away(course, start, {"FOST_LA": 3, "FOST_PURCH": 1})
    said = plus(start, draw.between(110, 200))
    panel = plus(max(said, made), draw.between(40, 100))
    course.plan(plus(said, -draw.between(5, 60)), "permanence_order_adoption")
    lodged = plus(panel, draw.between(50, 120))
    ordered = sitting(plus(lodged, draw.between(80, 160)))
    placed = plus(ordered, draw.between(20, 90))
    petition = plus(placed, draw.between(95, 150))
    end = sitting(plus(petition, draw.between(40, 100)))
    course.supervise(made, None)
    course.move(placed, "PROSP_ADOPT")
    course.period.end = end
    course.review_all()
    course.recommend(said, "permanence_order_adoption")
    course.decide(panel, "permanence_order_adoption")
    course.granted(course.lodge(lodged, "POA"), ordered)
    course.status(ordered, "POA")
    course.granted(course.lodge(petition, "ADOPTION"), end)
    course.leave(end)


def voluntary(course, start):
    """With the parents' consent (section 25), for weeks or longer."""
    draw = course.draw
    course.life.involved = plus(start, -draw.between(5, 300))
    course.enter(start, draw.weighted(AWAY), "S25")
    end = plus(start, draw.between(20, 400)) if draw.chance(0.75) else None
    if end:
        course.leave(end)
    course.review_all(late=0.15)
    said = plus(start, draw.between(60, 170))
    if end is None or end > plus(said, 30):
        course.plan(said, "home")
        course.recommend(said, "home")


def group_care(course, start):
    """Young people in houses and schools, with a plan to stay or to live supported."""
    draw = course.draw
    made = kept_away(course, start, GROUP, urgent=False)
    _moves(course, plus(made, 10), 0.5, GROUP)
    course.supervise(made, None)
    course.review_all(late=0.15)
    if draw.chance(0.7):
        said, route = plus(made, draw.between(60, 300)), draw.pick(("residential", "supported"))
        course.plan(said, route)
        course.recommend(said, route)
        if draw.chance(0.6):
            course.gate(plus(said, draw.between(40, 120)), "match")


def referred_only(course, start):
    """A hearing that makes no order; the child is never looked after."""
    _begin(course, start)
    course.grounds(start)
    course.hearing(start, state=course.draw.pick(("held", "cancelled")))
