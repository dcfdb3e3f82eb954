"""A Scottish authority through the real program: its clocks, aims, way to a permanent home, calendar and stream.

Usage: scotland_test.py HOLDFAST_BINARY
"""

import json
import subprocess
import sys
import tempfile
import unittest

from program import Deployment

HOLDFAST = ""
COUNCIL = "S12000901"
OTHER = "S12000902"


class Scotland(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="holdfast-scotland-")
        self.holdfast = Deployment(HOLDFAST, self.folder.name, "2024-06-01")
        for code in (COUNCIL, OTHER):
            self.holdfast.run("authority", "add", code, "--name", "Strath " + code)
            self.holdfast.run("authority", "live", code, "--from", "2015-01-01")

    def tearDown(self):
        self.holdfast.run("down")
        self.folder.cleanup()

    def register(self, local_id, authority=COUNCIL):
        return self.holdfast.run("case", "register", "--authority", authority, "--local-id", local_id, "--born", "2015-01-01",
                                 "--worker", "w1")["child"]

    def record(self, child, kind, on, *options, accepted=(0,)):
        return self.holdfast.run("case", "record", kind, "--authority", COUNCIL, "--child", child, "--on", on, *options,
                                 accepted=accepted)

    def show(self, child):
        return self.holdfast.run("case", "show", "--authority", COUNCIL, "--child", child)

    def alerts(self):
        listed = self.holdfast.run("alerts", "list", "--authority", COUNCIL)
        return {alert["clock"]: (alert["state"], alert["due"]) for alert in listed["alerts"]}

    def at_home_under_an_order(self):
        child = self.register("A1")
        self.record(child, "care_start", "2022-05-01")
        self.record(child, "placement_start", "2022-05-01", "--code", "HOME")
        self.record(child, "order", "2022-06-15", "--code", "CSO", "--until", "2025-06-15")
        self.record(child, "review", "2024-02-01", "--code", "looked_after")
        return child

    def test_an_order_at_home_is_looked_at_after_two_years_or_when_the_authority_says(self):
        child = self.at_home_under_an_order()
        self.assertEqual(self.alerts()["pace-aim-1"], ("upcoming", "2024-06-15"))
        self.holdfast.run("policy", "state", "pace-aim-1", "--authority", COUNCIL, "--limit", "18mo", "--lead", "30", "--from",
                          "2024-01-01", "--reason", "agreed by the board")
        self.assertEqual(self.alerts()["pace-aim-1"], ("escalated", "2023-12-15"))
        self.assertEqual(self.holdfast.run("aim", "list", "pace-aim-1", "--authority", COUNCIL)["children"],
                         [{"child": child, "since": "2022-06-15", "days": 717, "due": "2023-12-15", "local_id": "A1",
                           "worker": "w1"}])
        self.assertEqual(self.holdfast.run("aim", "list", "pace-aim-1", "--authority", OTHER)["children"], [])
        refused = self.holdfast.run("policy", "state", "sco-lac-review-1", "--authority", COUNCIL, "--limit", "18mo", "--from",
                                    "2024-01-01", "--reason", "no", accepted=(2,))
        self.assertEqual(refused["error"]["reason"], "NOT_AN_AIM")

    def test_a_review_of_the_order_stops_the_aim_and_starts_it_again(self):
        child = self.at_home_under_an_order()
        self.record(child, "review", "2024-05-20", "--code", "at_home")
        self.assertNotIn("pace-aim-1", self.alerts())
        listed = self.holdfast.run("aim", "list", "pace-aim-1", "--authority", COUNCIL)["children"]
        self.assertEqual([(one["since"], one["due"]) for one in listed], [("2024-05-20", "2026-05-20")])

    def test_the_way_to_a_permanent_home_has_its_milestones_and_holders(self):
        child = self.register("B1")
        self.record(child, "involvement", "2023-01-10")
        self.record(child, "care_start", "2023-03-01")
        self.record(child, "placement_start", "2023-03-01", "--code", "FOST_LA")
        self.record(child, "plan", "2023-08-01", "--code", "permanence_order")
        self.record(child, "plan", "2023-08-01", "--code", "home", "--parallel")
        self.record(child, "recommendation", "2023-08-01", "--code", "permanence_order")
        self.record(child, "panel", "2023-10-02", "--code", "permanence_order")
        self.record(child, "agency_decision", "2023-10-12")
        self.record(child, "application", "2024-01-15", "--code", "PO")
        shown = self.show(child)
        self.assertEqual(shown["nation"], "scotland")
        self.assertEqual({name: at["on"] or at["state"] for name, at in shown["milestones"].items()},
                         {"M0": "2023-01-10", "M1": "2023-03-01", "M2": "2023-08-01", "M3a": "2023-10-02",
                          "M3": "2023-10-12", "M4": "2024-01-15", "M5": "open"})
        self.assertEqual([(plan["route"], plan["parallel"]) for plan in shown["plans"]],
                         [("permanence_order", False), ("home", True)])
        self.assertEqual(shown["holders"],
                         [{"from": "2023-01-10", "to": "2023-10-02", "body": "social_work"},
                          {"from": "2023-10-02", "to": "2023-10-12", "body": "decision_maker"},
                          {"from": "2023-10-12", "to": "2024-01-15", "body": "social_work"},
                          {"from": "2024-01-15", "to": None, "body": "court"}])
        self.record(child, "plan", "2023-09-01", "--code", "child_arrangements", accepted=(2,))
        self.record(child, "review", "2023-09-01", "--parallel", accepted=(2,))

    def test_the_calendar_shows_all_that_follows_from_today(self):
        child = self.register("C1")
        self.record(child, "care_start", "2024-05-20")
        self.record(child, "placement_start", "2024-05-20", "--code", "KINSHIP")
        self.record(child, "hearing", "2024-06-10", "--state", "planned")
        calendar = self.holdfast.run("case", "calendar", "--authority", COUNCIL, "--child", child)
        self.assertEqual(calendar["day"], "2024-06-01")
        self.assertEqual([(item["on"], item["what"], item["clock"], item["state"]) for item in calendar["items"]],
                         [("2024-06-10", "hearing", "", "planned"), ("2024-07-01", "review", "sco-lac-review-1", "later"),
                          ("2024-11-20", "deadline", "pace-aim-2", "later")])
        self.assertIn("regulation 45(2)(a)", calendar["items"][1]["source"])
        # a hearing that was continued is ahead on the day to which it was
        self.record(child, "hearing", "2024-05-28", "--state", "continued", "--until", "2024-06-25")
        calendar = self.holdfast.run("case", "calendar", "--authority", COUNCIL, "--child", child)
        self.assertEqual([(item["on"], item["state"]) for item in calendar["items"] if item["what"] == "hearing"],
                         [("2024-06-10", "planned"), ("2024-06-25", "continued")])
        foreign = self.holdfast.run("case", "calendar", "--authority", OTHER, "--child", child, accepted=(4,))
        self.assertEqual(foreign["error"]["reason"], "NOT_FOUND_OR_NOT_ALLOWED")

    def stream(self, *options):
        told = subprocess.run([HOLDFAST, *self.holdfast.folders, "--json", "alerts", "stream", "--authority", COUNCIL, "--for", "3",
                               *options], capture_output=True, text=True, timeout=60, check=True)
        return [json.loads(line) for line in told.stdout.splitlines()]

    def test_the_stream_goes_on_after_a_token_without_gap_or_repeat(self):
        child = self.register("D1")
        self.record(child, "care_start", "2024-04-10")
        placed = self.record(child, "placement_start", "2024-04-20", "--code", "KINSHIP")
        first = self.stream()
        self.assertEqual([(line["alert"]["clock"], line["from"], line["to"]) for line in first],
                         [("sco-lac-review-1", None, "due")])
        self.assertNotIn("local_id", first[0]["alert"])
        self.assertEqual(self.stream("--after", first[-1]["token"]), [])
        self.holdfast.run("case", "correct", placed["fact"], "--authority", COUNCIL, "--on", "2024-04-18", "--reason", "typed wrong")
        second = self.stream("--after", first[-1]["token"])
        self.assertEqual([(line["alert"]["due"], line["was_due"], line["to"]) for line in second],
                         [("2024-05-30", "2024-06-01", "overdue")])
        self.assertIn("2024-04-18", second[0]["because"])
        told = [(line["at"], line["to"]) for line in first + second]
        self.assertEqual([(line["at"], line["to"]) for line in self.stream()], told)


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
