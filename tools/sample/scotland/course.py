"""What happens to a child, step by step: hearings, orders, moves, reviews, courts, each by its law.

Nothing here looks at the demo day: a whole life is lived first, and cut there afterwards."""

from datetime import date

from days import birthday, months_after, plus

from .life import HOME, Hearing, Order, Period, Step

INTERIM_DAYS = 22      # an interim order, its first day counted (2011 Act, s.86(3))
BY_HEARING_DAYS = 66   # as long as hearings alone may go on with interim orders (s.96(4))


def is_working(on):
    """A working day of the 2011 Act (s.202(1)): other holidays count as such."""
    return on.weekday() < 5 and (on.month, on.day) not in ((12, 25), (12, 26), (1, 1), (1, 2))


def working_day(on, count):
    """The `count`-th working day after `on`."""
    while count:
        on = plus(on, 1)
        count -= is_working(on)
    return on


def sitting(on):
    """The day itself, or the next on which a hearing can sit."""
    return working_day(plus(on, -1), 1)


class Course:
    """Lives one life. Places are where the child lives, statuses by what law."""

    def __init__(self, life, draw):
        self.life, self.draw = life, draw
        self.period = None

    # Care.

    def enter(self, on, place, status):
        self.period = Period(on, None, [(on, place)], [(on, status)])
        self.life.periods.append(self.period)

    def move(self, on, place):
        if on > self.period.placements[-1][0]:
            self.period.placements.append((on, place))

    def status(self, on, code):
        if self.period and code != self.period.statuses[-1][1]:
            assert on > self.period.statuses[-1][0], (self.life.story, on, self.period.statuses)
            self.period.statuses.append((on, code))

    def leave(self, on):
        self.period.end = on
        for order in self.life.orders:
            if order.code in ("CSO", "ICSO", "IVCSO") and order.in_force(on):
                order.ended = on
        self.period = None

    def place(self):
        return self.period.placements[-1][1]

    # Hearings and their orders.

    def refer(self, on):
        self.life.steps.append(Step("referral", on))

    def hearing(self, on, notice=21, state="held", until=None):
        ended = on if state != "cancelled" else plus(on, -self.draw.between(2, 6))
        self.life.hearings.append(Hearing(on, plus(on, -notice), state, ended, until))

    def order(self, code, made, until=None):
        order = Order(code, made, until)
        self.life.orders.append(order)
        return order

    def protect(self, on):
        """A child protection order; the hearing on the second working day after (s.45(3))."""
        held = working_day(on, 2)
        order = self.order("CPO", on, working_day(plus(on, -1), 8))
        order.ended = held
        self.hearing(held, notice=1)
        return held

    def interim(self, on, days, extended=False):
        """Interim orders from hearing to hearing, until about so many days are over; the day of the
        hearing that ends them. Beyond 66 days a sheriff goes on with the last one (ss.98, 99)."""
        made = on
        while True:
            order = self.order("ICSO", made, plus(made, INTERIM_DAYS - 1))
            following = sitting(plus(made, self.draw.between(13, 17)))
            if (following - on).days >= min(days, BY_HEARING_DAYS - 2):
                break
            order.ended = following
            self.hearing(following, notice=14, state="held")
            made = following
        while extended and (plus(order.until(), 1) - on).days < days:
            day = order.until()
            order.changes.append(("continued", day, plus(day, INTERIM_DAYS - 1)))
            following = sitting(plus(order.until(), -7))
        order.ended = following
        return following

    def grounds(self, on, disputed=False):
        """Grounds put to a hearing; where they are not accepted, proof before the sheriff."""
        self.life.steps.append(Step("grounds", on))
        if disputed:
            lodged = plus(on, self.draw.between(1, 6))
            determined = plus(lodged, self.draw.between(20, 50))
            self.life.steps.append(Step("proof", lodged, ended=determined))
            return determined
        return on

    def supervise(self, on, until_day=None, as_="terminated", varied=0.15):
        """A compulsory supervision order from a hearing, continued each year before it runs out,
        up to `until_day`. It also ends any interim one."""
        for order in self.life.orders:
            if order.code in ("ICSO", "CPO") and order.in_force(on):
                order.ended = on
        self.hearing(on)
        made = self.order("CSO", on, months_after(on, 12))
        while True:
            day = sitting(plus(made.until(), -self.draw.between(8, 40)))
            if until_day and day >= plus(until_day, -30):
                until_day = min(until_day, made.until())
                break
            if day > date(2027, 1, 1):
                break
            if self.draw.chance(0.12):
                again = sitting(plus(day, -self.draw.between(14, 20)))
                self.hearing(again, state="continued", until=day)
            self.hearing(day, notice=self.draw.between(20, 30))
            change = "varied" if self.draw.chance(varied) else "continued"
            made.changes.append((change, day, months_after(day, 12)))
            if self.draw.chance(0.1):
                self.appeal(day)
            if self.draw.chance(0.08):
                self.vary_for_now(plus(day, self.draw.between(40, 200)))
        if until_day and as_ == "expired":
            made.ended, made.ended_as = plus(made.until(), 1), as_
        elif until_day:
            made.ended = until_day
            self.hearing(until_day)
        return made

    def appeal(self, on):
        """Within 21 days of the hearing, its day counted (s.154(5))."""
        lodged = plus(on, self.draw.between(4, 20))
        ended = plus(lodged, self.draw.between(12, 40))
        self.life.steps.append(Step("appeal", lodged, ended=ended))

    def vary_for_now(self, on):
        """A hearing varies the order for 22 days (s.140(4)), and the next one goes back to it."""
        on = sitting(on)
        following = sitting(plus(on, 15))
        order = self.order("IVCSO", on, plus(on, INTERIM_DAYS - 1))
        order.ended = following
        self.hearing(on, notice=3)
        self.hearing(following, notice=10)

    def safeguard(self, on, reported=True):
        days = self.draw.between(22, 34) if self.draw.chance(0.8) else self.draw.between(36, 60)
        ended = plus(on, days) if reported else None
        self.life.steps.append(Step("safeguarder", on, ended=ended))

    # Reviews.

    def review_all(self, late=0.2, home_reviews=True):
        """Reviews in every placement: six weeks, three months, six months; at home each year."""
        for period in self.life.periods:
            for start, end, place in period.spans(period.placements):
                self._review(start, end or date(2027, 1, 1), place, late, home_reviews)
        # Where one review follows another at once, the later is not held.
        kept = []
        for on, code in sorted(self.life.reviews):
            if not kept or (on - kept[-1][0]).days > 12:
                kept.append((on, code))
        self.life.reviews = kept

    def _review(self, start, end, place, late, home_reviews):
        last = min(end, birthday(self.life.born, 18))
        if place in ("PROSP_ADOPT", "OTH_COMM"):
            return
        first, at_home = True, place == HOME
        on = plus(start, self.draw.between(25, 41))
        since = start
        while on < plus(last, -3):
            code = "looked_after"
            if at_home and home_reviews and (on - since).days > 500:
                code, since = self.draw.pick(("at_home", "at_home", "peer")), on
            self.life.reviews.append((on, code))
            if at_home:
                days = self.draw.between(300, 362)
            else:
                days = self.draw.between(70, 88) if first else self.draw.between(150, 178)
            if self.draw.chance(late):
                days += self.draw.between(20, 75)
            first = False
            on = plus(on, days)

    # The way to another home.

    def gate(self, on, kind, route=""):
        self.life.gates.append((on, kind, route))

    def plan(self, on, route, parallel=False):
        self.life.plans.append((on, route, parallel))

    def recommend(self, on, route):
        """A review that says which way is right."""
        self.life.reviews = [one for one in self.life.reviews if abs((one[0] - on).days) > 12]
        self.life.reviews.append((on, "permanence"))
        self.gate(on, "recommendation", route)

    def decide(self, on, route):
        """Panel, and the agency's decision within 14 days of it or a little later."""
        papers = plus(on, -self.draw.between(30, 45))
        self.gate(papers, "legal_papers")
        self.gate(plus(papers, self.draw.between(9, 20)), "legal_opinion", route)
        self.gate(on, "panel", route)
        decided = plus(on, self.draw.between(5, 13))
        self.gate(decided, "agency_decision", route)
        return decided

    def lodge(self, on, code):
        step = Step("application", on, code, issued=plus(on, self.draw.between(2, 9)))
        self.life.steps.append(step)
        return step

    def granted(self, step, on):
        """The court makes what was asked for; with it hearings and their orders are over."""
        step.ended, step.outcome = on, step.code
        self.order(step.code, on)
        life = self.life
        life.hearings = [one for one in life.hearings if one.on <= on]
        life.orders = [one for one in life.orders if one.made <= on]
        life.steps = [one for one in life.steps if one.on <= on or one.kind == "application"]
        for order in life.orders:
            if order.code in ("CSO", "IVCSO") and not (order.ended and order.ended <= on):
                order.changes = [change for change in order.changes if change[1] <= on]
                order.ended, order.ended_as = on, "terminated"
