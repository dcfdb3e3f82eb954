"""Northmere's planted children of whom the team and the last return say different things."""

from dataclasses import replace

from days import day
from planted import period, spell


def plant(garden):
    review_two_days_apart(garden)
    end_three_days_apart(garden)


def review_two_days_apart(garden):
    """Two reviews, one in fact: near. The team's own day counts."""
    child = garden.plant("review near the record's", "2012-04-29", girl=True)
    home = child.carer()
    child.present(2024, 2025, 2026)
    child.row((2024, 2025, 2026), "2022-10-03", "P", "C2", "U4", home)
    # Held every six months; the return of 2026 writes two days later for the last one.
    for on in ("2023-07-12", "2024-01-10", "2024-07-09", "2025-01-07", "2025-07-03"):
        child.life.reviews.append((day(on), "PN1"))
    true, wrong = (day("2025-12-16"), "PN1"), (day("2025-12-18"), "PN1")
    child.life.reviews.append(wrong)
    child.tell_reviews(2024, 2025, 2026)
    child.knew((2024, 2025, 2026), period(spell("2022-10-03", "P", "C2", "U4", home), known=False))
    child.record = [("review", *true)]
    child.differs = {"near": 1}
    last = child.known[2026]
    child.today = replace(last, reviews=last.reviews + [true], not_counted=[wrong[0]])


def end_three_days_apart(garden):
    """Home on 20 February, says the team; on the 23rd, says the return: the team's day counts."""
    child = garden.plant("end differs from the record's", "2016-08-30")
    home = child.carer()
    child.present(2026)
    child.meet("2025-08-04", "2026-02-18")
    child.tell_reviews(2026)
    child.row(2026, "2025-08-04", "S", "V2", "U6", home, "2026-02-23", "E4A")

    def ended(on):
        return period(spell("2025-08-04", "S", "V2", "U6", home, on), end=on, reason="E4A")

    child.knew(2026, ended("2026-02-23"))
    child.record = [("review", on, code) for on, code in child.life.reviews]
    child.record += [("placement_end", day("2026-02-20"), "", day("2025-08-04")),
                     ("care_end", day("2026-02-20"), "E4A", day("2025-08-04"))]
    # The end of the placement and of the care period; the legal status goes by the return alone.
    child.differs = {"differs": 2}
    child.today = replace(child.known[2026], periods=[ended("2026-02-20")],
                          status_end=day("2026-02-23"))
