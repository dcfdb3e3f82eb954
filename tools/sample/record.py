"""What the live authority's team put down by hand, from its first day on, up to the demo day."""

from days import LIVE_FROM, TODAY, year_end
from known import PERMANENT
from names import FIRST_NAMES, LAST_NAMES
from saying import place_said

# Of one child and day: what ends comes before what begins, care before what lies in it.
ORDER = ("review", "missing_end", "placement_end", "order", "care_end", "care_start",
         "legal_status", "placement_start", "placed_for_adoption", "agency_decision",
         "register_referral", "match", "decision_reversed", "missing_start")


def _care(authority, life):
    for period in life.periods:
        yield "care_start", period.start(), ""
        before, placed = None, period.start()
        for spell in period.spells:
            place = place_said(authority, spell, 2026)
            moved = before is None or spell.carer.name != before.carer.name
            if before is None or spell.ls != before.ls:
                yield "legal_status", spell.start, spell.ls
                if spell.ls == "E1":
                    yield "order", spell.start, "PLACEMENT"
            if moved:
                if before:
                    yield "placement_end", spell.start, "", placed
                yield "placement_start", spell.start, place
                placed = spell.start
            if spell.place[0] == "A" and (before is None or before.place[0] != "A"):
                yield "placed_for_adoption", spell.start, place
            before = spell
        if period.end():
            yield "placement_end", period.end(), "", placed
            yield "care_end", period.end(), period.spells[-1].rec, period.start()
            if period.spells[-1].rec in PERMANENT:
                yield "order", period.end(), PERMANENT[period.spells[-1].rec]


def _plan(life):
    plan = life.adoption
    for kind, on, code in (("agency_decision", plan.decision, ""),
                           ("register_referral", plan.referral, ""), ("match", plan.match, ""),
                           ("decision_reversed", plan.reversed_on, plan.reversed_because)):
        if on:
            yield kind, on, code


def _facts(authority, life):
    yield from _care(authority, life)
    for on, code in life.reviews:
        yield "review", on, code
    if life.adoption:
        yield from _plan(life)
    for start, end, code in life.missing:
        yield "missing_start", start, code
        yield "missing_end", end, "", start


def facts(book):
    """(local id, kind, day, code, first day of what it ends) in the order of putting down."""
    found = []
    for life in book.lives:
        found += [(life.local_id, *fact, "")[:5] for fact in _facts(book.authority, life)]
    for child in book.planted:
        found += [(child.life.local_id, *fact, "")[:5] for fact in child.recorded()]
    found = [fact for fact in found if LIVE_FROM <= fact[2] <= TODAY]
    return sorted(found, key=lambda fact: (fact[2], fact[0], ORDER.index(fact[1])))


def write_record(book, folder):
    """record.csv, and register.csv for the children whom no return has yet; how many facts."""
    rows = facts(book)
    lines = ["local_id,kind,on,code,entry_hint"]
    lines += [",".join(map(str, row)) for row in rows]
    (folder / "record.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["local_id,born,name,on"]
    new = [life for life in book.lives if life.periods and life.periods[0].start() > year_end(2026)]
    for at, life in enumerate(sorted(new, key=lambda life: life.periods[0].start())):
        name = f"{FIRST_NAMES[at % len(FIRST_NAMES)]} {LAST_NAMES[at % len(LAST_NAMES)]}"
        lines.append(f"{life.local_id},{life.born},{name},{life.periods[0].start()}")
    (folder / "register.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(rows)
