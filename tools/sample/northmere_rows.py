"""Northmere's planted children: rows that do not fit together, or do not fit the rules."""

from days import day
from planted import period, spell
from saying import review

TO_TODAY = "2026-05-16"


def plant(garden):
    for quirk in (ends_without_next, ends_without_next_then_later, ends_without_next_then_start,
                  two_open, overlap_cut, overlap_inside, disputed_end, died_then_more,
                  start_while_open, final_then_touching, gap_without_start, refused_next,
                  header_repaired, place_repaired, no_header, other_codes, old_guardianship,
                  review_twice, review_two_codes, review_ahead, header_only, review_outside,
                  iso_dates):
        quirk(garden)


def _begin(garden, fixture, born, start, until=TO_TODAY, years=(2024, 2025, 2026), girl=False):
    child = garden.plant(fixture, born, girl)
    child.present(*years)
    child.meet(start, until)
    child.tell_reviews(*years)
    return child, child.carer(), child.carer()


def ends_without_next(garden):
    child, home, _ = _begin(garden, "388", "2016-05-22", "2024-05-20", "2024-07-10", (2025,))
    child.row(2025, "2024-05-20", "S", "V2", "U6", home, "2024-10-14", "X1")
    child.knew((2025, 2026), period(spell("2024-05-20", "S", "V2", "U6", home, "2024-10-14"),
                                    lost=("388", "2024-10-14")))
    child.opens("388", "2025")


def ends_without_next_then_later(garden):
    child, home, other = _begin(garden, "388, then a later row", "2011-11-01", "2023-06-12")
    child.row(2024, "2023-06-12", "S", "V2", "U6", home, "2023-10-02", "X1")
    child.row((2024, 2025, 2026), "2023-10-09", "P", "V2", "U6", other)
    child.knew((2024, 2025, 2026), period(spell("2023-06-12", "S", "V2", "U6", home, "2023-10-02"),
                                          spell("2023-10-09", "P", "V2", "U6", other)))
    child.opens("388", "2024")


def ends_without_next_then_start(garden):
    """Nothing after an X1; years later the child comes into care again."""
    child = garden.plant("388, then a later start of care", "2015-09-08", girl=True)
    home, other = child.carer(), child.carer()
    child.present(2024, 2026)
    child.meet("2023-07-03", "2023-08-20")
    child.meet("2025-06-02", TO_TODAY)
    child.tell_reviews(2024, 2026)
    child.row(2024, "2023-07-03", "S", "V2", "U6", home, "2023-12-11", "X1")
    child.row(2026, "2025-06-02", "S", "C1", "U4", other)
    before = spell("2023-07-03", "S", "V2", "U6", home, "2023-12-11")
    child.knew((2024, 2025), period(before, lost=("388", "2023-12-11")))
    child.knew(2026, period(before, status="not_stated", counted_on="2025-06-02",
                            lost=("388", "2023-12-11")),
               period(spell("2025-06-02", "S", "C1", "U4", other)))
    child.opens("388", "2024")


def two_open(garden):
    child, home, other = _begin(garden, "two open", "2010-01-31", "2024-04-22", years=(2025, 2026))
    child.row((2025, 2026), "2024-04-22", "S", "V2", "U6", home)
    child.row((2025, 2026), "2024-12-02", "P", "V2", "K2", other)
    child.knew((2025, 2026), period(spell("2024-04-22", "S", "V2", "U6", home, "2024-12-02"),
                                    spell("2024-12-02", "P", "V2", "K2", other)))
    child.opens("overlap", "2025")
    child.opens("two_open", "2025")


def overlap_cut(garden):
    child, home, other = _begin(garden, "overlap, the earlier cut", "2019-06-18", "2024-05-07",
                                years=(2025, 2026))
    child.row(2025, "2024-05-07", "S", "C1", "U6", home, "2024-09-20", "X1", "CREQO")
    child.row((2025, 2026), "2024-09-02", "P", "C1", "U6", other)
    child.knew((2025, 2026), period(spell("2024-05-07", "S", "C1", "U6", home, "2024-09-02"),
                                    spell("2024-09-02", "P", "C1", "U6", other)))
    child.opens("overlap", "2025")


def overlap_inside(garden):
    """Two weeks with other carers, the home's own row going on: it lies inside."""
    child, home, other = _begin(garden, "overlap, one inside the other", "2014-12-03", "2021-02-15",
                                girl=True)
    child.row((2024, 2025, 2026), "2022-10-17", "P", "C2", "U4", home)
    child.row(2025, "2024-07-01", "P", "C2", "T3", other, "2024-07-15", "X1", "CARPL")
    child.knew((2024, 2025, 2026), period(spell("2022-10-17", "P", "C2", "U4", home), known=False))
    child.opens("overlap", "2025")


def disputed_end(garden):
    """Went home on 21 October, says one row; came into care on the 10th, says the next."""
    child, home, other = _begin(garden, "disputed end", "2012-03-24", "2024-04-29",
                                years=(2025, 2026))
    child.row(2025, "2024-04-29", "S", "V2", "U6", home, "2024-10-21", "E4A")
    child.row((2025, 2026), "2024-10-10", "S", "C1", "U6", other)
    child.knew((2025, 2026), period(spell("2024-04-29", "S", "V2", "U6", home, "2024-10-10"),
                                    end="2024-10-10", reason="E4A", status="disputed"),
               period(spell("2024-10-10", "S", "C1", "U6", other)))
    child.opens("overlap", "2025")


def died_then_more(garden):
    """A row after the death, which the re-submission lacks."""
    child, home, other = _begin(garden, "row after died, gone in the re-submission", "2020-08-15",
                                "2024-06-03", "2024-12-01", (2025,))
    child.row(2025, "2024-06-03", "S", "C1", "U6", home, "2024-12-03", "E2")
    child.row("2025", "2024-12-09", "P", "C1", "U6", other)
    child.knew((2025, 2026), period(spell("2024-06-03", "S", "C1", "U6", home, "2024-12-03"),
                                    end="2024-12-03", reason="E2"))
    child.opens("after_died", "2025", until="2025-resubmitted")
    child.opens("removed_in_resubmission", "2025-resubmitted")
    child.counted("2025-resubmitted", removed=1)


def start_while_open(garden):
    """A start of care on the day on which an episode of the care before ended."""
    child, home, other = _begin(garden, "S while still in care", "2013-01-07", "2024-04-15",
                                years=(2025, 2026))
    child.row(2025, "2024-04-15", "S", "V2", "U6", home, "2024-11-04", "X1", "CARPL")
    child.row((2025, 2026), "2024-11-04", "S", "V2", "U6", other)
    child.knew((2025, 2026), period(spell("2024-04-15", "S", "V2", "U6", home, "2024-11-04"),
                                    end="2024-11-04", status="not_stated"),
               period(spell("2024-11-04", "S", "V2", "U6", other)))


def final_then_touching(garden):
    """Went home, says the row, and the next one goes on on the same day without a start."""
    child, home, other = _begin(garden, "final REC, then touching", "2009-07-30", "2024-05-13",
                                years=(2025, 2026), girl=True)
    child.row(2025, "2024-05-13", "S", "V2", "U6", home, "2024-09-16", "E4A")
    child.row((2025, 2026), "2024-09-16", "P", "V2", "K2", other)
    child.knew((2025, 2026), period(spell("2024-05-13", "S", "V2", "U6", home, "2024-09-16"),
                                    spell("2024-09-16", "P", "V2", "K2", other)))


def gap_without_start(garden):
    child = garden.plant("gap, then a row that is no start", "2012-06-06")
    home, other = child.carer(), child.carer()
    child.present(2024, 2025, 2026)
    child.meet("2023-12-04", "2024-05-20")
    child.meet("2024-08-12", TO_TODAY)
    child.tell_reviews(2024, 2025, 2026)
    child.row(2024, "2023-12-04", "S", "V2", "U6", home)
    child.row(2025, "2023-12-04", "S", "V2", "U6", home, "2024-05-21", "E4B")
    child.row((2025, 2026), "2024-08-12", "P", "C1", "U6", other)
    child.knew(2024, period(spell("2023-12-04", "S", "V2", "U6", home)))
    child.knew((2025, 2026), period(spell("2023-12-04", "S", "V2", "U6", home, "2024-05-21"),
                                    end="2024-05-21", reason="E4B"),
               period(spell("2024-08-12", "P", "C1", "U6", other), known=False))


def refused_next(garden):
    """An end on a day that does not exist; sent again as wrong as it was."""
    child = garden.plant("row refused in the next return", "2011-08-11")
    home = child.carer()
    child.present(2024, 2025, 2026)
    child.meet("2020-09-14", "2024-12-31")
    child.tell_reviews(2024, 2025)
    child.row((2024, 2025), "2022-09-12", "P", "C2", "U4", home)
    child.row(("2026", "2026-repaired"), "2022-09-12", "P", "C2", "U4", home, outcome="refused",
              DEC="31/11/2025", REC="X1")
    told = spell("2022-09-12", "P", "C2", "U4", home)
    child.knew((2024, 2025), period(told, known=False))
    child.knew(2026, period(told, known=False, lost=("refused", "2025-03-31")))


def header_repaired(garden):
    """A birth date that cannot be read takes all the child's rows with it, until it is repaired."""
    child = garden.plant("header refused, then repaired", "2015-02-13", girl=True)
    home, other = child.carer(), child.carer()
    child.meet("2024-02-05", TO_TODAY)
    child.present(2024, 2025)
    child.tell_reviews(2024, 2025)
    child.row(2024, "2024-02-05", "S", "C1", "U6", home)
    child.row(2025, "2024-02-05", "S", "C1", "U6", home, "2024-10-21", "X1")
    child.row(2025, "2024-10-21", "L", "C2", "U6", home)
    child.present(2026, written={"DOB": "31/02/2015"}, outcome="refused")
    child.present("2026-repaired")
    child.tell_reviews("2026", "2026-repaired")
    for folder, outcome in (("2026", "refused"), ("2026-repaired", "")):
        child.row(folder, "2024-10-21", "L", "C2", "U6", home, "2025-07-14", "X1", "CARPL", outcome)
        child.row(folder, "2025-07-14", "P", "C2", "U4", other, outcome=outcome)
    for statement in child.statements["2026"]:
        statement.outcome = "refused"
        if statement.table != "Episodes":
            statement.written["DOB"] = "31/02/2015"
    first = spell("2024-02-05", "S", "C1", "U6", home)
    child.knew(2024, period(first))
    first = spell("2024-02-05", "S", "C1", "U6", home, "2024-10-21")
    child.knew(2025, period(first, spell("2024-10-21", "L", "C2", "U6", home)))
    child.knew(2026, period(first, spell("2024-10-21", "L", "C2", "U6", home, "2025-07-14"),
                            spell("2025-07-14", "P", "C2", "U4", other)))


def place_repaired(garden):
    """A place that no year's code set has; right in the re-submission."""
    child, home, _ = _begin(garden, "required code of no year", "2010-04-18", "2024-08-05",
                            years=(2025, 2026))
    child.row("2025", "2024-08-05", "S", "V2", "", home, outcome="refused", PLACE="X9")
    child.row(("2025-resubmitted", "2026"), "2024-08-05", "S", "V2", "K2", home)
    child.knew((2025, 2026), period(spell("2024-08-05", "S", "V2", "K2", home)))


def no_header(garden):
    child = garden.plant("child in no header", "2014-01-01")
    child.life.local_id = garden.authority.prefix + "9999"
    child.row("2025", "2024-07-22", "S", "V2", "U6", child.carer(), outcome="refused")
    row = child.say("2025", review(child.life, day("2024-08-08"), "PN1"))
    row.outcome = "refused"
    child.knew((2024, 2025, 2026))


def other_codes(garden):
    """Optional codes that no year has: taken without them."""
    child, home, other = _begin(garden, "optional codes of no year", "2017-07-17", "2023-11-13")
    row = child.row(2024, "2023-11-13", "S", "V2", "U6", home, "2024-02-26", "X1", aside=2,
                    REASON_PLACE_CHANGE="MOVED", CIN="N9")
    row.says["CIN"] = ""
    child.row((2024, 2025, 2026), "2024-02-26", "P", "V2", "U6", other)
    child.knew((2024, 2025, 2026), period(spell("2023-11-13", "S", "V2", "U6", home, "2024-02-26"),
                                          spell("2024-02-26", "P", "V2", "U6", other)))


def old_guardianship(garden):
    """Special guardianship under a code of earlier years."""
    child, home, _ = _begin(garden, "code of another year", "2018-09-23", "2022-11-28",
                            "2024-08-18", (2024, 2025))
    child.row(2024, "2023-02-13", "P", "C2", "U3", home)
    child.row(2025, "2023-02-13", "P", "C2", "U3", home, "2024-08-19", "E43")
    child.knew(2024, period(spell("2023-02-13", "P", "C2", "U3", home), known=False))
    child.knew((2025, 2026), period(spell("2023-02-13", "P", "C2", "U3", home, "2024-08-19"),
                                    known=False, end="2024-08-19", reason="E43"))


def _settled(garden, fixture, born, girl=False):
    """In care all the time, by one row without a start."""
    child, home, _ = _begin(garden, fixture, born, "2022-01-17", girl=girl)
    child.row((2024, 2025, 2026), "2022-12-05", "P", "C2", "U4", home)
    return child, spell("2022-12-05", "P", "C2", "U4", home)


def review_twice(garden):
    child, told = _settled(garden, "a review twice, alike", "2012-10-10")
    on, code = next(entry for entry in child.life.reviews)
    child.say("2024", review(child.life, on, code)).outcome = "unchanged"
    child.knew((2024, 2025, 2026), period(told, known=False))


def review_two_codes(garden):
    """Two rows of one day that differ: neither is believed."""
    child, told = _settled(garden, "two codes for one review", "2013-05-25", girl=True)
    on, code = child.life.reviews[0]
    child.say("2024", review(child.life, on, "PN7" if code != "PN7" else "PN1"))
    for statement in child.statements["2024"]:
        if statement.table == "Reviews" and statement.says["REVIEW"] == on:
            statement.outcome = "refused"
    child.unseen_reviews.add(on)
    child.knew((2024, 2025, 2026), period(told, known=False))


def review_ahead(garden):
    """Planned reviews stand in the return as if held; the next return has the one that was."""
    child, told = _settled(garden, "reviews after the year end", "2014-03-03")
    planned = next(entry for entry in child.life.reviews if entry[0] > day("2024-03-31"))
    child.say("2024", review(child.life, *planned)).outcome = "set_aside"
    child.say("2026", review(child.life, day("2027-01-20"), "PN1")).outcome = "set_aside"
    child.knew((2024, 2025, 2026), period(told, known=False))


def header_only(garden):
    child = garden.plant("header and review without an episode", "2007-02-02")
    child.present(2024)
    child.life.reviews.append((day("2023-09-11"), "PN6"))
    child.tell_reviews(2024)
    child.knew((2024, 2025, 2026))


def review_outside(garden):
    child, home, _ = _begin(garden, "review outside care", "2015-12-24", "2024-04-08", "2024-06-08",
                            (2025,))
    child.row(2025, "2024-04-08", "S", "V2", "U6", home, "2024-06-10", "E4A")
    child.life.reviews.append((day("2024-08-20"), "PN1"))
    child.say(2025, review(child.life, *child.life.reviews[-1]))
    child.knew((2025, 2026), period(spell("2024-04-08", "S", "V2", "U6", home, "2024-06-10"),
                                    end="2024-06-10", reason="E4A"))


def iso_dates(garden):
    """Dates year first, and a birth date in the reviews that is not the header's."""
    child, told = _settled(garden, "ISO dates, another birth date outside the header", "2011-01-29")
    for statement in child.statements["2024"]:
        if statement.table == "Reviews":
            statement.written["REVIEW"] = statement.says["REVIEW"].isoformat()
            statement.written["DOB"] = "2011-01-28"
        if statement.table == "Episodes":
            statement.written["DECOM"] = statement.says["DECOM"].isoformat()
    child.knew((2024, 2025, 2026), period(told, known=False))
