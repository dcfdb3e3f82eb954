"""Agreements about contact, its sessions, and the views of the children: put down by hand."""

from days import TODAY, plus
from draw import Draw

from .life import Agreement, Session

HEADING = "local_id,kind,on,code,party,purpose,review,frequency,state,by"
PARTIES = ("mother", "father", "sibling", "grandparent")
BY = ("mother", "father", "authority", "carer")


def _purpose(life):
    going_home = any(route == "home" for _, route, _ in life.plans)
    return "assess_return" if going_home else "sustain_identity"


def _agree(life, draw):
    """An agreement with one or two of the family; some lack a purpose, some a review."""
    period = life.periods[-1]
    start = plus(period.start, draw.between(5, 40))
    if start > TODAY:
        return
    for party in PARTIES[:1 + draw.chance(0.3)] if draw.chance(0.7) else PARTIES[2:3]:
        purpose = "" if draw.chance(0.1) else _purpose(life)
        review = None if draw.chance(0.1) else plus(TODAY, draw.between(-30, 150))
        if review and review <= start:
            review = plus(start, 90)
        frequency = draw.pick(("weekly", "2 a week", "monthly", "fortnightly"))
        life.agreements.append(Agreement(party, start, purpose, review, frequency))
        on = plus(start, 7)
        for _ in range(2):
            if on > TODAY:
                break
            state = draw.weighted({"held": 6, "missed": 2, "cancelled": 1})
            by = "" if state == "held" else draw.pick(BY)
            life.sessions.append(Session(party, on, state, by))
            on = plus(on, draw.between(7, 30))
        life.sessions.append(Session(party, plus(TODAY, draw.between(2, 20)), "planned"))


def add_contact(lives, seed):
    """To the lives of those who are away from home: for about one in three."""
    for life in lives:
        period = life.period_on(TODAY)
        draw = Draw("contact", seed, life.local_id)
        if period and period.placements[-1][1] != "HOME" and draw.chance(0.35):
            _agree(life, draw)
        if period and draw.chance(0.25):
            life.views.append(plus(TODAY, -draw.between(5, 60)))


def _rows(life):
    for one in life.agreements:
        yield one.start, "agreement", "", one.party, one.purpose, one.review, one.frequency, "", ""
    for one in life.sessions:
        yield one.on, "session", "", one.party, "", None, "", one.state, one.by
    for on in life.views:
        period = life.period_on(on)
        if period:
            yield on, "view", "child", "", "", None, "", "", ""


def write_contact(book, folder):
    """contact.csv; how many rows."""
    rows = []
    for child in book.children:
        for on, kind, *rest in sorted(_rows(child.truth), key=lambda row: row[:2]):
            rows.append((child.local_id, kind, on, *rest))
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    (folder / "contact.csv").write_text("\n".join([HEADING, *lines]) + "\n", encoding="utf-8")
    return len(rows)
