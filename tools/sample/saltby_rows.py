"""Saltby's planted children. It sends its second year three times, with ever fewer files."""

from days import day
from planted import period, spell
from saying import header
from statement import Statement

TO_TODAY = "2026-04-01"
EVERY_YEAR = (2024, 2025, 2026)


def plant(garden):
    for quirk in (changed_status, place_and_back, review_gone_and_back, died_then_more, vanished,
                  vanished_then_start, refused_next, overlap_inside, late, two_headers,
                  episode_twice, match_unreadable, missing_unreadable, starts_ahead, before_birth,
                  participation_against_age, placed_without_parents, reversed_without_reason):
        quirk(garden)


def _begin(garden, fixture, born, start, until=TO_TODAY, years=EVERY_YEAR, girl=False):
    child = garden.plant(fixture, born, girl)
    child.present(*years)
    child.meet(start, until)
    child.tell_reviews(*years)
    return child, child.carer(), child.carer()


def _settled(garden, fixture, born, girl=False, years=EVERY_YEAR):
    child, home, _ = _begin(garden, fixture, born, "2022-02-07", girl=girl, years=years)
    child.row(years, "2022-11-21", "P", "C2", "U4", home)
    return child, spell("2022-11-21", "P", "C2", "U4", home)


def changed_status(garden):
    child, home, _ = _begin(garden, "changed LS", "2014-08-08", "2023-10-16")
    child.row(2024, "2023-10-16", "S", "V2", "U6", home)
    child.row((2025, 2026), "2023-10-16", "S", "C1", "U6", home)
    child.knew(2024, period(spell("2023-10-16", "S", "V2", "U6", home)))
    child.knew((2025, 2026), period(spell("2023-10-16", "S", "C1", "U6", home)))


def place_and_back(garden):
    """U4, then U6, then U4 again, in three submissions of one year."""
    child, home, _ = _begin(garden, "A-B-A in one year's submissions", "2012-02-20", "2021-10-04")
    for folder, place in (("2024", "U4"), ("2025", "U4"), ("2025-second", "U6"),
                          ("2025-third", "U4"), ("2026", "U4")):
        child.row(folder, "2022-08-15", "P", "C2", place, home)
    child.knew(EVERY_YEAR, period(spell("2022-08-15", "P", "C2", "U4", home), known=False))


def review_gone_and_back(garden):
    """In the first submission, not in the second, in the third."""
    child = garden.plant("removed review, stated again", "2016-10-19", girl=True)
    home = child.carer()
    child.present(2025, 2026)
    child.row((2025, 2026), "2024-05-28", "S", "V2", "U6", home)
    child.meet("2024-05-28", TO_TODAY)
    gone = child.life.reviews[1][0]
    child.tell_reviews("2025", "2025-third", "2026")
    child.tell_reviews("2025-second", but=[gone])
    child.knew((2025, 2026), period(spell("2024-05-28", "S", "V2", "U6", home)))
    child.opens("removed_in_resubmission", "2025-second", until="2025-third")
    child.counted("2025-second", removed=1)


def died_then_more(garden):
    """A row after the death: still counted as looked after, marked; clocks stop."""
    child, home, other = _begin(garden, "row after died", "2021-03-13", "2025-04-28", "2025-07-01",
                                (2026,))
    child.row(2026, "2025-04-28", "S", "C1", "U6", home, "2025-08-18", "E2")
    child.row(2026, "2025-08-25", "P", "C1", "U6", other)
    child.knew(2026, period(spell("2025-04-28", "S", "C1", "U6", home, "2025-08-18"),
                            end="2025-08-18", reason="E2"),
               period(spell("2025-08-25", "P", "C1", "U6", other), known=False))
    child.opens("after_died", "2026")


def vanished(garden):
    """In the header of every return, in the episodes of the first only."""
    child, home, _ = _begin(garden, "vanished, header there", "2010-07-04", "2021-05-17",
                            "2024-03-30", (2024,), girl=True)
    child.present(2025, 2026)
    child.row(2024, "2022-05-16", "P", "C2", "U4", home)
    told = spell("2022-05-16", "P", "C2", "U4", home)
    child.knew(2024, period(told, known=False))
    child.knew((2025, 2026), period(told, known=False, lost=("not_in_next_return", "2024-03-31")))
    child.opens("not_in_next_return", "2025")
    child.counted("2025", vanished=1)


def vanished_then_start(garden):
    """Gone from a return, and in the next but one a new start of care."""
    child = garden.plant("vanished, then a later start of care", "2013-11-11")
    home, other = child.carer(), child.carer()
    child.present(2024, 2026)
    child.meet("2023-08-14", "2024-03-30")
    child.meet("2025-05-12", TO_TODAY)
    child.tell_reviews(2024, 2026)
    child.row(2024, "2023-08-14", "S", "V2", "U6", home)
    child.row(2026, "2025-05-12", "S", "C1", "U6", other)
    first, lost = spell("2023-08-14", "S", "V2", "U6", home), ("not_in_next_return", "2024-03-31")
    child.knew(2024, period(first))
    child.knew(2025, period(first, lost=lost))
    child.knew(2026, period(first, status="not_stated", counted_on="2025-05-12", lost=lost),
               period(spell("2025-05-12", "S", "C1", "U6", other)))
    child.opens("not_in_next_return", "2025")
    child.counted("2025", vanished=1)


def refused_next(garden):
    """The last return's row lacks the reason for the new episode."""
    child, home, _ = _begin(garden, "row refused in the next return, never repaired", "2017-03-05",
                            "2021-07-26", "2025-03-30", (2024, 2025), girl=True)
    child.present(2026)
    child.row((2024, 2025), "2022-07-25", "P", "C2", "U4", home)
    child.row(2026, "2022-07-25", "", "C2", "U4", home, outcome="refused")
    told = spell("2022-07-25", "P", "C2", "U4", home)
    child.knew((2024, 2025), period(told, known=False))
    child.knew(2026, period(told, known=False, lost=("refused", "2025-03-31")))


def overlap_inside(garden):
    """Both rows ended: the shorter one lies inside the longer."""
    child, home, other = _begin(garden, "overlap, both ended", "2019-09-09", "2024-04-10",
                                "2024-09-19", (2025,))
    child.row(2025, "2024-04-10", "S", "V2", "U6", home, "2024-09-20", "E4A")
    child.row(2025, "2024-06-10", "P", "V2", "U6", other, "2024-06-24", "X1", "CARPL")
    child.knew((2025, 2026), period(spell("2024-04-10", "S", "V2", "U6", home, "2024-09-20"),
                                    end="2024-09-20", reason="E4A"))
    child.opens("overlap", "2025")


def late(garden):
    child = garden.plant("late", "2015-06-27")
    home, other = child.carer(), child.carer()
    child.present(2026)
    child.meet("2025-02-17", TO_TODAY)
    child.tell_reviews(2026)
    child.row(2026, "2025-02-17", "S", "V2", "U6", home, "2025-09-22", "X1", "CREQB")
    child.row(2026, "2025-09-22", "P", "V2", "U6", other)
    child.knew(2026, period(spell("2025-02-17", "S", "V2", "U6", home, "2025-09-22"),
                            spell("2025-09-22", "P", "V2", "U6", other)))
    child.counted("2026", late=1)


def two_headers(garden):
    """Two headers that differ: both refused, and with them all that needs one."""
    child = garden.plant("two headers for one child", "2016-01-15")
    home = child.carer()
    child.meet("2023-11-06", TO_TODAY)
    child.present("2024", outcome="refused")
    twin = child.say("2024", header(child.life, 2024))
    twin.says["ETHNIC"], twin.outcome = "MOTH", "refused"
    child.tell_reviews(*EVERY_YEAR)
    child.row(2024, "2023-11-06", "S", "V2", "U6", home)
    for statement in child.statements["2024"]:
        statement.outcome = "refused"
    child.unseen_reviews |= {on for on, _ in child.life.reviews if on <= day("2024-03-31")}
    child.present(2025, 2026)
    child.row((2025, 2026), "2023-11-06", "S", "V2", "U6", home)
    child.knew((2025, 2026), period(spell("2023-11-06", "S", "V2", "U6", home)))
    child.counted("2025", late=1)


def episode_twice(garden):
    child, told = _settled(garden, "an episode twice, alike", "2013-04-04")
    child.row("2024", "2022-11-21", "P", "C2", "U4", told.carer, outcome="unchanged")
    child.knew(EVERY_YEAR, period(told, known=False))


def match_unreadable(garden):
    """Adopted; the day of the match cannot be read, the rest is taken."""
    child, home, adopters = _begin(garden, "DATE_MATCH that cannot be read", "2023-05-20",
                                   "2023-07-10", "2024-08-04", years=(2024, 2025), girl=True)
    rows = ((2024, None, None), (2025, "2024-08-05", "2025-02-18"))
    for year, placed, order in rows:
        child.row(year, "2023-07-10", "S", "C1", "U6", home, "2024-01-16", "X1")
        child.row(year, "2024-01-16", "L", "E1", "U6", home, placed, "X1" if placed else "",
                  "CARPL" if placed else "")
        if placed:
            child.row(year, placed, "P", "E1", "A6", adopters, order, "E12")
        child.say(year, Statement("PlacedAdoption", child.life.local_id, {
            "DOB": child.life.born, "DATE_PLACED": day("2023-11-27")}))
    child.say(2025, Statement("AD1", child.life.local_id, {
        "DOB": child.life.born, "DATE_INT": day("2023-11-27"), "FOSTER_CARE": "0",
        "NB_ADOPTR": "2", "SEX_ADOPTR": "MF", "LS_ADOPTR": "L11"}, {"DATE_MATCH": "June 2024"},
        aside=1))
    first = spell("2023-07-10", "S", "C1", "U6", home, "2024-01-16")
    child.knew(2024, period(first, spell("2024-01-16", "L", "E1", "U6", home)),
               decision="2023-11-27")
    child.knew((2025, 2026),
               period(first, spell("2024-01-16", "L", "E1", "U6", home, "2024-08-05"),
                      spell("2024-08-05", "P", "E1", "A6", adopters, "2025-02-18"),
                      end="2025-02-18", reason="E12"), decision="2023-11-27")


def missing_unreadable(garden):
    child, told = _settled(garden, "MIS_END that cannot be read", "2009-10-23")
    row = child.say(2025, Statement("Missing", child.life.local_id, {
        "DOB": child.life.born, "MISSING": "M", "MIS_START": day("2024-08-02")},
        {"MIS_END": "unknown"}))
    row.outcome = "refused"
    child.knew(EVERY_YEAR, period(told, known=False))


def starts_ahead(garden):
    """A row of after the year end: refused, and taken from the return of its year."""
    child, home, _ = _begin(garden, "DECOM after the year end", "2018-05-18", "2025-04-07",
                            years=(2026,))
    child.present(2025)
    child.row(2025, "2025-04-07", "S", "V2", "U6", home, outcome="refused")
    child.row(2026, "2025-04-07", "S", "V2", "U6", home)
    child.knew(2026, period(spell("2025-04-07", "S", "V2", "U6", home)))


def before_birth(garden):
    """In care before it was born, says a second row; the first is right."""
    child, home, other = _begin(garden, "DECOM before birth", "2024-01-08", "2024-02-12", girl=True)
    child.row(EVERY_YEAR, "2024-02-12", "S", "C1", "U6", home)
    child.row(2024, "2023-02-12", "S", "C1", "U6", other, outcome="refused")
    child.knew(EVERY_YEAR, period(spell("2024-02-12", "S", "C1", "U6", home)))


def participation_against_age(garden):
    """PN0, under four, of a child of ten: taken, with a note."""
    child, told = _settled(garden, "PN0 against the age", "2013-09-02", girl=True)
    wrong = [on for on, _ in child.life.reviews[:2]]
    child.life.reviews[:2] = [(on, "PN0") for on in wrong]
    for statements in child.statements.values():
        for statement in statements:
            if statement.says.get("REVIEW") in wrong:
                statement.says["REVIEW_CODE"] = "PN0"
    child.knew(EVERY_YEAR, period(told, known=False))


def placed_without_parents(garden):
    """The parents' provider code beside a foster carer: taken, with a note."""
    child, _, _ = _begin(garden, "PR0 where the place is not P1", "2014-04-14", "2021-11-08")
    home = child.carer("PR0")
    child.row(EVERY_YEAR, "2022-09-05", "P", "C2", "U4", home)
    child.knew(EVERY_YEAR, period(spell("2022-09-05", "P", "C2", "U4", home), known=False))


def reversed_without_reason(garden):
    """The plan changed: a day, and XXX for a reason."""
    child, home, _ = _begin(garden, "REASON_PLACED_CEASED XXX", "2021-12-01", "2023-02-13")
    child.row(EVERY_YEAR, "2023-03-06", "P", "C2", "U6", home)
    for years, ended, written in ((("2024",), "", {}), ((2025,), day("2024-10-30"),
                                                         {"REASON_PLACED_CEASED": "XXX"})):
        child.say(years, Statement("PlacedAdoption", child.life.local_id, {
            "DOB": child.life.born, "DATE_PLACED": day("2023-12-18"), "DATE_PLACED_CEASED": ended},
            written, aside=len(written)))
    told = spell("2023-03-06", "P", "C2", "U6", home)
    child.knew(EVERY_YEAR, period(told, known=False), decision="2023-12-18")
    for year in (2025, 2026):
        child.known[year].reversed_on = day("2024-10-30")
