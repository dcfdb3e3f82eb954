"""Fixtures worked out by hand. `python3 -m unittest test_oracle`"""

import tempfile
import unittest
from datetime import date
from pathlib import Path

from history import Episode, History
from layers import Authority
from measures import after_months, after_working_days, national, review_clocks
from returns import COLUMNS, NothingImported, read_date, read_return

Y1, Y2, Y3 = date(2018, 3, 31), date(2019, 3, 31), date(2020, 3, 31)


def day(text):
    return date.fromisoformat(text) if text else None


def row(decom, dec=None, rec=None, rne="P", ls="C2", place="U6", year=Y1, unknown=None):
    return Episode(day(decom), day(dec), rec, rne, ls, place, None, year, unknown)


def periods(*rows):
    return [(str(p.start), p.end and str(p.end), p.status, p.reason) for p in History(rows).periods]


class Histories(unittest.TestCase):
    def kept(self, *rows):
        return [(str(r.decom), r.end and str(r.end)) for r in History(rows).kept]

    def test_the_later_start_cuts_the_earlier(self):
        self.assertEqual(self.kept(row("2017-05-01", "2017-08-01", "X1"), row("2017-07-01")),
                         [("2017-05-01", "2017-07-01"), ("2017-07-01", None)])

    def test_a_row_inside_is_left_out(self):
        self.assertEqual(self.kept(row("2017-05-01", "2017-08-01", "X1"), row("2017-06-01", "2017-08-01", "E3")),
                         [("2017-05-01", "2017-08-01")])

    def test_a_row_inside_an_open_one_is_left_out_to_its_year_end_only(self):
        self.assertEqual(len(self.kept(row("2017-05-01"), row("2017-06-01", "2018-03-31", "X1"))), 1)
        self.assertEqual(len(self.kept(row("2017-05-01"), row("2017-06-01", "2018-04-01", "X1", year=Y2))), 2)

    def test_of_two_lost_in_one_year_the_later_cuts(self):
        lost = {"unknown": "not_in_next_return"}
        self.assertEqual(self.kept(row("2017-05-01", **lost), row("2017-06-01", **lost)),
                         [("2017-05-01", "2017-06-01"), ("2017-06-01", "2018-04-01")])

    def test_care_ends(self):
        self.assertEqual(periods(row("2017-05-01", "2017-08-01", "E3", "S")),
                         [("2017-05-01", "2017-08-01", "stated", "E3")])
        self.assertEqual(periods(row("2017-05-01", "2017-08-01", None, "S")),
                         [("2017-05-01", "2017-08-01", "not_stated", None)])
        self.assertEqual(periods(row("2017-05-01", "2017-08-01", "E3", "S"), row("2017-07-01", rne="S")),
                         [("2017-05-01", "2017-07-01", "disputed", "E3"), ("2017-07-01", None, "open", None)])
        self.assertEqual(periods(row("2017-05-01", "2017-08-01", "X1", "S"), row("2017-08-01", rne="S")),
                         [("2017-05-01", "2017-08-01", "not_stated", None), ("2017-08-01", None, "open", None)])
        self.assertEqual(periods(row("2017-05-01", "2017-08-01", "X1", "S"), row("2017-08-05", rne="S")),
                         [("2017-05-01", None, "not_stated", None), ("2017-08-05", None, "open", None)])

    def test_care_goes_on(self):
        self.assertEqual(len(periods(row("2017-05-01", "2017-08-01", "E3", "S"), row("2017-08-01"))), 1)
        self.assertEqual(len(periods(row("2017-05-01", "2017-08-01", "X1", "S"), row("2017-08-05"))), 1)
        self.assertEqual(len(periods(row("2017-05-01", "2017-08-01", "E3", "S"), row("2017-08-05"))), 2)

    def test_388_stays_when_a_later_row_follows(self):
        history = History([row("2017-05-01", "2017-08-01", "X1", "S"), row("2017-08-05")])
        self.assertEqual(history.discrepancies, {"388"})
        self.assertEqual(history.current(day("2017-08-01")), (None, "388"))
        self.assertIsNotNone(history.current(day("2017-08-05"))[0])

    def test_after_died(self):
        self.assertIn("after_died", History([row("2017-05-01", "2017-08-01", "E2"), row("2017-04-01")]).discrepancies)
        self.assertEqual(History([row("2017-05-01", "2017-08-01", "E2"),
                                  row("2017-04-01", "2017-05-01", "X1")]).discrepancies, set())


class Days(unittest.TestCase):
    def test_dates(self):
        self.assertEqual(read_date("01/04/2018"), date(2018, 4, 1))
        self.assertIsNone(read_date("1/4/2018"))

    def test_limits(self):
        self.assertEqual(after_working_days(day("2018-03-29"), 1), day("2018-04-03"))  # Easter
        self.assertEqual(after_months(day("2017-11-30"), 3), day("2018-02-28"))


class Returns(unittest.TestCase):
    """A return is a text: a line a row, the table first; the others' cells in the order of their columns."""

    def setUp(self):
        self.authority = Authority()
        self.folders = self.enterContext(tempfile.TemporaryDirectory())
        self.count = 0

    def take(self, year_end, text, whole=True, **options):
        self.count += 1
        folder = Path(self.folders) / str(self.count)
        folder.mkdir()
        for line in text.split("\n"):
            table, _, cells = line.strip().partition(" ")
            path = folder / f"{table}.csv"
            if not path.exists():
                path.write_text(",".join(COLUMNS[table]) + "\n")
            with path.open("a") as file:
                file.write(cells.replace(" ", "") + "\n")
        return self.authority.import_return(year_end, read_return(folder, year_end), whole=whole,
                                            year_is_right=True, **options)

    def episode(self, decom, dec="", rec="", ls="C2"):
        return f"Episodes A,{decom},S,{ls},N1,U6,PR1,{dec},{rec},,,,"

    header = "Header A,1,01/01/2010,WBRI,,,\n"

    def outcomes(self, printed, table="Episodes"):
        return {k: v for k, v in printed["tables"][table].items() if v and k != "read"}

    def test_an_end_is_a_fact_and_a_changed_end_a_correction(self):
        self.take(Y1, self.header + self.episode("01/05/2017"))
        second = self.take(Y2, self.header + self.episode("01/05/2017", "01/06/2018", "E3"))
        self.assertEqual(self.outcomes(second), {"facts": 1})
        third = self.take(Y2, self.header + self.episode("01/05/2017", "01/07/2018", "E3"))
        self.assertEqual(self.outcomes(third), {"corrected": 1})
        again = self.take(Y2, self.header + self.episode("01/05/2017", "01/06/2018", "E3"))
        self.assertEqual(self.outcomes(again), {"corrected": 1})

    def test_an_end_before_the_earlier_year_end_is_a_correction(self):
        self.take(Y1, self.header + self.episode("01/05/2017"))
        second = self.take(Y2, self.header + self.episode("01/05/2017", "31/03/2018", "E3"))
        self.assertEqual(self.outcomes(second), {"corrected": 1})

    def test_differing_rows_of_a_key_are_refused_and_identical_ones_unchanged(self):
        twice = self.episode("01/05/2017", "", "E2") + "\n" + self.episode("01/05/2017", "01/04/2018", "X1")
        self.assertEqual(self.outcomes(self.take(Y1, self.header + twice)), {"facts": 1, "unchanged": 1})
        differ = self.episode("01/05/2017") + "\n" + self.episode("01/05/2017", ls="C1")
        self.assertEqual(self.outcomes(self.take(Y1, self.header + differ)), {"refused": 2})
        self.assertEqual(len(self.authority.episodes()["A"]), 1)

    def test_a_row_vanishes_is_refused_and_returns(self):
        self.take(Y1, self.header + self.episode("01/05/2017"))
        lacks = self.take(Y2, self.header + self.episode("01/06/2016", "01/07/2016", "E3"))
        self.assertEqual((lacks["vanished"], lacks["discrepancies"]["not_in_next_return"], lacks["late"]), (1, 1, 1))
        refused = self.take(Y2, self.header + self.episode("01/05/2017", ls="C9"), repair=True)
        self.assertEqual((refused["returned"], refused["discrepancies"]["not_in_next_return"]), (0, 0))
        self.assertEqual([r.unknown for r in self.authority.episodes()["A"]], ["refused", None])
        back = self.take(Y3, self.header + self.episode("01/05/2017"))
        self.assertEqual((back["late"], back["discrepancies"]["not_in_next_return"]), (0, 0))

    def test_a_re_submission_removes(self):
        self.take(Y1, self.header + self.episode("01/05/2017") + "\nReviews A,01/01/2010,01/07/2017,PN1")
        less = self.take(Y1, self.header + self.episode("01/05/2017") + "\nReviews A,01/01/2010,02/07/2017,PN1")
        self.assertEqual((less["removed"], less["discrepancies"]["removed_in_resubmission"]), (1, 1))
        with self.assertRaises(NothingImported):
            self.take(Y1, self.header + self.episode("02/05/2017"), whole=False)

    def test_reviews_on_time(self):
        care = self.header + self.episode("01/05/2017")
        printed = self.take(Y1, care + "\nReviews A,01/01/2010,31/05/2017,PN1\nReviews A,01/01/2010,01/09/2017,PN1")
        self.assertEqual(printed["total"]["facts"], 4)
        measure = {m["id"]: m for m in national(self.authority, Y1)["measures"]}["reviews_on_time"]
        self.assertEqual((measure["numerator"], measure["denominator"]), (0, 1))  # due 31 May, 31 August, 1 March

    def test_a_row_of_no_day_ends_what_was_not_known_and_other_law_with_it(self):
        rows = [row("2017-05-01", "2017-06-01", "X1", ls="V4"), row("2017-09-03", "2017-09-03", "E4A", "S"),
                row("2017-09-04", "2017-09-04", "X1", "S", ls="V3", place="A6")]
        self.assertEqual([(str(c.start), str(c.stop)) for c in review_clocks(History(rows), [day("2017-09-25")])],
                         [("2017-09-04", "2017-09-25"), ("2017-09-25", "None")])
        lost = [row("2017-05-01", "2017-06-01", "X1", ls="V4"), row("2017-09-03", "2017-09-03", "X1"),
                row("2017-09-04", "2017-09-04", "X1", "S")]
        self.assertEqual(list(review_clocks(History(lost), [day("2017-09-25")])), [])


if __name__ == "__main__":
    unittest.main()
