"""Northmere's planted children: what a later return, or the same one again, says otherwise."""

from days import day
from planted import period, spell
from statement import Statement

TO_TODAY = "2026-05-16"


def plant(garden):
    for quirk in (changed_end, changed_end_resubmitted, moved_start, changed_birth_date,
                  changed_status_and_back, late, late_after_a_torn_line, vanished, returned,
                  brought_back, older_open_stays, removed_review, removed_episode, day_after,
                  missing_over_the_year_end):
        quirk(garden)


def _stays(child, start, ls, place, rne="P", years=(2024, 2025, 2026)):
    """One open row, the same in each return; its start of care is older than the first."""
    home = child.carer()
    child.present(*years)
    child.row(years, start, rne, ls, place, home)
    return spell(start, rne, ls, place, home)


def changed_end(garden):
    child = garden.plant("changed DEC, in the next return", "2011-02-03")
    home = child.carer()
    child.present(2024, 2025)
    child.meet("2023-06-05", "2024-02-10")
    child.tell_reviews(2024)
    for year, known, end in ((2024, 2024, "2024-02-12"), (2025, (2025, 2026), "2024-02-19")):
        child.row(year, "2023-06-05", "S", "V2", "U6", home, end, "E4A")
        child.knew(known, period(spell("2023-06-05", "S", "V2", "U6", home, end),
                                 end=end, reason="E4A"))


def changed_end_resubmitted(garden):
    child = garden.plant("changed DEC, in the re-submission", "2013-08-21", girl=True)
    home = child.carer()
    child.present(2025)
    child.meet("2024-05-14", "2024-09-03")
    child.tell_reviews(2025)
    child.row("2025", "2024-05-14", "S", "V2", "U6", home, "2024-09-04", "E4B")
    child.row("2025-resubmitted", "2024-05-14", "S", "V2", "U6", home, "2024-09-11", "E4B")
    child.knew((2025, 2026), period(spell("2024-05-14", "S", "V2", "U6", home, "2024-09-11"),
                                    end="2024-09-11", reason="E4B"))


def moved_start(garden):
    """The row of 8 January is not in the next return, one alike of 15 January is."""
    child = garden.plant("moved DECOM", "2016-11-30", girl=True)
    home = child.carer()
    child.present(2024, 2025, 2026)
    child.meet("2024-01-15", TO_TODAY)
    child.tell_reviews(2024, 2025, 2026)
    child.row(2024, "2024-01-08", "S", "C1", "U6", home)
    child.row((2025, 2026), "2024-01-15", "S", "C1", "U6", home)
    child.knew(2024, period(spell("2024-01-08", "S", "C1", "U6", home)))
    child.knew((2025, 2026),
               period(spell("2024-01-08", "S", "C1", "U6", home, "2024-01-15"),
                      end="2024-01-15", status="not_stated"),
               period(spell("2024-01-15", "S", "C1", "U6", home)))
    child.opens("overlap", "2025")
    child.opens("not_in_next_return", "2025")
    child.counted("2025", vanished=1, late=1, moved=1)


def changed_birth_date(garden):
    child = garden.plant("changed birth date (203)", "2012-05-09")
    home = child.carer()
    child.meet("2021-03-02", TO_TODAY)
    for born, years in (("2012-05-09", (2024,)), ("2012-09-05", (2025, 2026))):
        child.life.born = day(born)
        child.present(*years)
        child.tell_reviews(*years)
        child.row(years, "2022-02-22", "P", "C2", "U4", home)
    child.knew((2024, 2025, 2026), period(spell("2022-02-22", "P", "C2", "U4", home), known=False))


def changed_status_and_back(garden):
    """V2, then C1, then V2 again, of one row, over three years."""
    child = garden.plant("A-B-A over the years", "2014-07-12")
    home = child.carer()
    child.present(2024, 2025, 2026)
    child.meet("2023-09-18", TO_TODAY)
    child.tell_reviews(2024, 2025, 2026)
    for year, ls in ((2024, "V2"), (2025, "C1"), (2026, "V2")):
        child.row(year, "2023-09-18", "S", ls, "U6", home)
        child.knew(year, period(spell("2023-09-18", "S", ls, "U6", home)))


def late(garden):
    child = garden.plant("late", "2018-01-19", girl=True)
    home = child.carer()
    child.present(2025, 2026)
    child.row((2025, 2026), "2024-02-20", "S", "V2", "U6", home)
    child.meet("2024-02-20", TO_TODAY)
    child.tell_reviews(2025, 2026)
    for on, code in child.life.reviews:
        if on <= day("2024-03-31"):
            child.say(2025, Statement("Reviews", child.life.local_id, {
                "DOB": child.life.born, "REVIEW": on, "REVIEW_CODE": code}))
    child.review_years.add(2024)
    child.knew((2025, 2026), period(spell("2024-02-20", "S", "V2", "U6", home)))
    child.counted("2025", late=1)


def late_after_a_torn_line(garden):
    """The first return has the row with a cell too many; the next has it whole."""
    child = garden.plant("wrong number of cells, then late", "2010-10-02")
    home = child.carer()
    child.present(2024, 2025, 2026)
    child.meet("2024-01-22", TO_TODAY)
    child.tell_reviews(2024, 2025, 2026)
    child.row(2024, "2024-01-22", "S", "V2", "U6", home, outcome="refused", more=1)
    child.row((2025, 2026), "2024-01-22", "S", "V2", "U6", home)
    child.knew(2024)
    child.knew((2025, 2026), period(spell("2024-01-22", "S", "V2", "U6", home)))
    child.counted("2025", late=1)


def vanished(garden):
    child = garden.plant("vanished", "2009-12-27")
    told = _stays(child, "2022-03-14", "C2", "U4", years=(2024,))
    child.present(2025)
    child.meet("2021-06-01", "2024-03-30")
    child.tell_reviews(2024)
    child.knew(2024, period(told, known=False))
    child.knew((2025, 2026), period(told, known=False, lost=("not_in_next_return", "2024-03-31")))
    child.opens("not_in_next_return", "2025")
    child.counted("2025", vanished=1)


def returned(garden):
    child = garden.plant("returned", "2013-03-16", girl=True)
    told = _stays(child, "2021-06-08", "C2", "U4", years=(2024, 2026))
    child.present(2025)
    child.meet("2020-05-11", TO_TODAY)
    child.tell_reviews(2024, 2026)
    child.knew((2024, 2026), period(told, known=False))
    child.knew(2025, period(told, known=False, lost=("not_in_next_return", "2024-03-31")))
    child.opens("not_in_next_return", "2025", until="2026")
    child.counted("2025", vanished=1)
    child.counted("2026", returned=1)


def brought_back(garden):
    """Left out of a return, and in its re-submission again."""
    child = garden.plant("vanished, then in the re-submission", "2015-05-05")
    told = _stays(child, "2022-08-01", "C2", "U4", years=("2024", "2025-resubmitted", "2026"))
    child.meet("2021-01-25", TO_TODAY)
    child.tell_reviews("2024", "2025-resubmitted", "2026")
    child.knew((2024, 2025, 2026), period(told, known=False))
    child.opens("not_in_next_return", "2025", until="2025-resubmitted")
    child.counted("2025", vanished=1)
    child.counted("2025-resubmitted", returned=1)


def older_open_stays(garden):
    """Two open rows; the next return keeps the older one only."""
    child = garden.plant("open row that vanishes beside an older open one", "2012-12-12", girl=True)
    first, second = child.carer(), child.carer()
    child.present(2024, 2025, 2026)
    child.meet("2023-05-02", TO_TODAY)
    child.tell_reviews(2024, 2025, 2026)
    child.row((2024, 2025, 2026), "2023-05-02", "S", "V2", "U6", first)
    child.row(2024, "2023-11-20", "P", "V2", "U6", second)
    child.knew(2024, period(spell("2023-05-02", "S", "V2", "U6", first, "2023-11-20"),
                            spell("2023-11-20", "P", "V2", "U6", second)))
    child.knew((2025, 2026), period(spell("2023-05-02", "S", "V2", "U6", first)))
    child.opens("overlap", "2024")
    child.opens("two_open", "2024", until="2025")
    child.opens("not_in_next_return", "2025")
    child.counted("2025", vanished=1)


def removed_review(garden):
    child = garden.plant("removed review", "2017-04-09")
    home = child.carer()
    child.present(2025, 2026)
    child.row((2025, 2026), "2024-06-17", "S", "V2", "U6", home)
    child.meet("2024-06-17", TO_TODAY)
    gone = child.life.reviews[1][0]
    child.tell_reviews("2025")
    child.tell_reviews("2025-resubmitted", "2026", but=[gone])
    child.unseen_reviews.add(gone)
    child.knew((2025, 2026), period(spell("2024-06-17", "S", "V2", "U6", home)))
    child.opens("removed_in_resubmission", "2025-resubmitted")
    child.counted("2025-resubmitted", removed=1)


def removed_episode(garden):
    """Another child's row under this number; the re-submission lacks it."""
    child = garden.plant("removed episode", "2016-02-26")
    child.present(2025)
    child.row("2025", "2024-10-07", "S", "V2", "U6", child.carer())
    child.knew((2025, 2026))
    child.opens("removed_in_resubmission", "2025-resubmitted")
    child.counted("2025-resubmitted", removed=1)


def day_after(garden):
    """The first return already says that the row ended on the day after its year."""
    child = garden.plant("DEC one day after the year end", "2013-10-28", girl=True)
    first, second = child.carer(), child.carer()
    child.present(2024, 2025, 2026)
    child.meet("2023-10-09", TO_TODAY)
    child.tell_reviews(2024, 2025, 2026)
    child.row(2024, "2023-10-09", "S", "V2", "U6", first, DEC="01/04/2024", REC="X1",
              REASON_PLACE_CHANGE="CARPL", aside=3)
    child.row(2025, "2023-10-09", "S", "V2", "U6", first, "2024-04-01", "X1", "CARPL")
    child.row((2025, 2026), "2024-04-01", "P", "V2", "U6", second)
    child.knew(2024, period(spell("2023-10-09", "S", "V2", "U6", first)))
    child.knew((2025, 2026), period(spell("2023-10-09", "S", "V2", "U6", first, "2024-04-01"),
                                    spell("2024-04-01", "P", "V2", "U6", second)))


def missing_over_the_year_end(garden):
    child = garden.plant("missing over the year end", "2008-09-14")
    told = _stays(child, "2022-11-07", "C2", "K2")
    child.meet("2020-03-09", TO_TODAY)
    child.tell_reviews(2024, 2025, 2026)
    for year, end, written in ((2024, "", {"MIS_END": "04/04/2024"}),
                               (2025, day("2024-04-04"), {})):
        child.say(year, Statement("Missing", child.life.local_id, {
            "DOB": child.life.born, "MISSING": "M", "MIS_START": day("2024-03-28"), "MIS_END": end},
            written, aside=len(written)))
    child.knew((2024, 2025, 2026), period(told, known=False))
