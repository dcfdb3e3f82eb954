"""The national figures of an authority in Scotland through the real program, against lives whose answers are worked out here.

Usage: national_test.py HOLDFAST_BINARY
"""

import subprocess
import sys
import tempfile
import unittest

from program import Deployment

HOLDFAST = ""
COUNCIL = "S12000901"
ENGLISH = "E06000901"


class National(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="holdfast-national-")
        cls.holdfast = Deployment(HOLDFAST, cls.folder.name, "2024-09-01")
        for code in (COUNCIL, ENGLISH):
            cls.holdfast.run("authority", "add", code, "--name", "Place " + code)
            cls.holdfast.run("authority", "live", code, "--from", "2015-01-01")
        cls.to_a_permanence_order()
        cls.at_home_under_an_order()
        cls.on_interim_orders()

    @classmethod
    def tearDownClass(cls):
        cls.holdfast.run("down")
        cls.folder.cleanup()

    @classmethod
    def register(cls, local_id):
        return cls.holdfast.run("case", "register", "--authority", COUNCIL, "--local-id", local_id, "--born", "2015-01-01")["child"]

    @classmethod
    def record(cls, child, kind, on, *options):
        return cls.holdfast.run("case", "record", kind, "--authority", COUNCIL, "--child", child, "--on", on, *options)

    @classmethod
    def to_a_permanence_order(cls):
        child = cls.register("A1")
        cls.record(child, "involvement", "2023-01-10")
        cls.record(child, "care_start", "2023-03-01")
        cls.record(child, "placement_start", "2023-03-01", "--code", "FOST_LA")
        cls.record(child, "plan", "2023-07-01", "--code", "home")
        cls.record(child, "recommendation", "2023-08-01", "--code", "permanence_order", "--reason", "no return is safe")
        cls.record(child, "plan", "2023-08-01", "--code", "permanence_order")
        cls.record(child, "panel", "2023-10-02", "--code", "permanence_order")
        cls.record(child, "agency_decision", "2023-10-12", "--code", "permanence_order")
        cls.record(child, "application", "2024-01-15", "--code", "PO")
        cls.record(child, "order", "2024-06-13", "--code", "PO")
        cls.a1 = child

    @classmethod
    def at_home_under_an_order(cls):
        child = cls.register("B1")
        cls.record(child, "care_start", "2021-05-01")
        cls.record(child, "placement_start", "2021-05-01", "--code", "HOME")
        cls.record(child, "order", "2021-05-01", "--code", "CSO", "--until", "2024-12-31")
        cls.record(child, "review", "2023-06-01", "--code", "at_home")
        cls.record(child, "hearing", "2024-02-01", "--state", "held")

    @classmethod
    def on_interim_orders(cls):
        child = cls.register("C1")
        cls.record(child, "care_start", "2024-07-01")
        cls.record(child, "placement_start", "2024-07-01", "--code", "KINSHIP")
        cls.record(child, "order", "2024-07-01", "--code", "ICSO", "--until", "2024-07-22")
        cls.record(child, "order", "2024-07-23", "--code", "ICSO", "--until", "2024-08-13")

    def figures(self, *options):
        shown = self.holdfast.run("national", "--authority", COUNCIL, "--year-ending", "2024-07-31", *options)
        return {measure["id"]: measure for measure in shown["measures"]}

    def printed(self, *arguments):
        return subprocess.run([HOLDFAST, *self.holdfast.folders, *arguments], capture_output=True, text=True, timeout=60,
                              check=True).stdout

    def test_an_interval_is_split_by_route_and_by_who_held_the_next_step(self):
        figures = self.figures()
        self.assertEqual({key: figures["m1_m5"][key] for key in ("value", "denominator", "unknown", "disputed")},
                         {"value": 470, "denominator": 1, "unknown": 0, "disputed": 0})
        self.assertEqual(figures["m1_m5"]["by"], {
            "route": {"permanence_order": {"ended": 1, "median_days": 470, "open": 0, "open_median_days": None},
                      "not_stated": {"ended": 0, "median_days": None, "open": 2, "open_median_days": 608.5}},
            "holder": {"social_work": 310, "decision_maker": 10, "court": 150}})
        self.assertEqual({id: figures[id]["value"] for id in ("m0_m1", "m1_m2", "m2_m3", "m3_m4", "m4_m5")},
                         {"m0_m1": None, "m1_m2": 153, "m2_m3": 72, "m3_m4": 95, "m4_m5": 150})
        self.assertEqual(figures["m0_m1"]["by"], {"route": {}, "holder": {}})
        self.assertEqual(figures["m0_m1"]["unknown"], 1, "C1, whose first involvement nobody states")

    def test_hearings_interim_orders_and_orders_at_home(self):
        figures = self.figures()
        self.assertEqual(figures["looked_after"]["value"], 3)
        self.assertIn("31 July", figures["looked_after"]["definition"])
        self.assertEqual((figures["hearings_per_child"]["numerator"], figures["hearings_per_child"]["denominator"]), (1, 3))
        self.assertEqual(figures["hearings_per_child"]["by"], {"held": 1, "continued": 0, "continued_share": 0})
        self.assertEqual(figures["interim_runs"]["by"], {"number": 1, "open": 1, "median": 31, "longest": 31, "over_66_days": 0})
        self.assertEqual(figures["home_order_days"]["value"], 1187)
        self.assertEqual(figures["home_order_days"]["by"],
                         {"over_2_years": 1, "reviewed_after_2_years": 1, "reviewed_after_2_years_share": 1})

    def test_decisions_are_compared_with_what_was_recommended(self):
        shown = self.holdfast.run("case", "show", "--authority", COUNCIL, "--child", self.a1)
        self.assertEqual([(gate["gate"], gate["recommended"], gate["decided"], gate["agrees"], gate["days"], gate["why"])
                          for gate in shown["gates"]],
                         [("review", "home", "permanence_order", False, 31, "no return is safe"),
                          ("panel", "permanence_order", "permanence_order", True, 62, None),
                          ("agency_decision", "permanence_order", "permanence_order", True, 10, None),
                          ("court", "permanence_order", "permanence_order", True, 245, None)])
        figure = self.figures()["decisions_as_recommended"]
        self.assertEqual((figure["numerator"], figure["denominator"], figure["value"]), (3, 4, 0.75))
        self.assertEqual(figure["by"]["gate"]["review"], {"decided": 1, "as_recommended": 0, "share": 0, "median_days": 31})

    def test_a_reason_is_of_what_is_recommended_or_decided(self):
        refused = self.holdfast.run("case", "record", "review", "--authority", COUNCIL, "--child", self.a1, "--on", "2023-08-01",
                                    "--reason", "no", accepted=(2,))
        self.assertIn("--reason is not of a review", refused["error"]["message"])

    def test_the_year_ends_as_the_nations_does(self):
        for authority, right, wrong in ((COUNCIL, "2024-07-31", "2024-03-31"), (ENGLISH, "2024-03-31", "2024-07-31")):
            self.holdfast.run("national", "--authority", authority, "--year-ending", right)
            refused = self.holdfast.run("national", "--authority", authority, "--year-ending", wrong, accepted=(2,))
            self.assertEqual(refused["error"]["reason"], "YEAR_END")

    def test_known_earlier_the_figures_are_of_what_was_known(self):
        figures = self.figures("--known-at", "2024-08-31")
        self.assertEqual(figures["looked_after"]["value"], 0, "all was stated on 1 September")
        self.assertEqual(figures["m1_m5"]["by"], {"route": {}, "holder": {}})

    def test_read_again_at_its_positions_the_answer_is_the_same_bytes(self):
        asked = ["--json", "national", "--authority", COUNCIL, "--year-ending", "2024-07-31"]
        before = self.printed(*asked)
        path = f"{self.folder.name}/figures.json"
        with open(path, "w", encoding="utf-8") as file:
            file.write(before)
        child = self.register("Z" + str(len(before)))
        self.record(child, "involvement", "2024-06-01")
        self.assertEqual(self.printed(*asked, "--positions", path), before)

    def test_a_file_that_is_no_earlier_answer_is_named(self):
        path = f"{self.folder.name}/none.json"
        for text in (None, "{}", '{"positions":[]}'):
            if text:
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            refused = self.holdfast.run("national", "--authority", COUNCIL, "--year-ending", "2024-07-31", "--positions", path,
                                        accepted=(2,))
            self.assertEqual((refused["error"]["where"]["file"], refused["error"]["where"]["field"]), (path, "--positions"))

    def test_as_a_table_and_as_comma_separated_values(self):
        asked = ["national", "--authority", COUNCIL, "--year-ending", "2024-07-31"]
        rows = [line.split(",") for line in self.printed(*asked, "--csv").splitlines()]
        self.assertIn(["m1_m5", "route/permanence_order/median_days", "470"], [row[3:6] for row in rows])
        self.assertIn(["m1_m5", "holder/court", "150"], [row[3:6] for row in rows])
        text = self.printed(*asked)
        self.assertRegex(text, r"m1_m5 +470  of 1")
        self.assertRegex(text, r"route permanence_order +ended 1  median_days 470  open 0  open_median_days -\n")
        self.assertRegex(text, r"holder court +150\n")


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
