"""Contact through the real program: agreements, sessions, reviews, alerts, what an order directs, and the pack of evidence.

Usage: contact_test.py HOLDFAST_BINARY
"""

import subprocess
import sys
import tempfile
import unittest

from program import Deployment

HOLDFAST = ""
COUNCIL = "S12000901"
ENGLISH = "E06000901"


class Contact(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="holdfast-contact-")
        cls.holdfast = Deployment(HOLDFAST, cls.folder.name, "2026-06-01")
        for code in (COUNCIL, ENGLISH):
            cls.holdfast.run("authority", "add", code, "--name", "Strath " + code)
        cls.children = 0

    @classmethod
    def tearDownClass(cls):
        cls.holdfast.run("down")
        cls.folder.cleanup()

    def setUp(self):
        self.child = self.register()

    def register(self, authority=COUNCIL):
        Contact.children += 1
        return self.holdfast.run("case", "register", "--authority", authority, "--local-id", f"A{Contact.children}", "--born",
                                 "2015-01-01", "--worker", "w1")["child"]

    def record(self, kind, on, *options, authority=COUNCIL, child=None):
        return self.holdfast.run("case", "record", kind, "--authority", authority, "--child", child or self.child, "--on", on,
                                 *options)

    def refusal(self, kind, on, *options):
        code, printed = self.holdfast.ended("case", "record", kind, "--authority", COUNCIL, "--child", self.child, "--on", on,
                                            *options)
        return code, printed.get("error", {}).get("reason")

    def show(self, *view, authority=COUNCIL, child=None):
        return self.holdfast.run("case", "show", "--authority", authority, "--child", child or self.child, *view)

    def contact(self, *view):
        return self.holdfast.run("contact", "show", "--authority", COUNCIL, "--child", self.child, *view)

    def alerts(self, child=None, authority=COUNCIL):
        listed = self.holdfast.run("alerts", "list", "--authority", authority)["alerts"]
        return {a["clock"]: (a["state"], a["due"]) for a in listed if a["child"] == (child or self.child)}

    def departures(self):
        return self.holdfast.run("discrepancies", "list", "--authority", COUNCIL, "--child", self.child)["discrepancies"]

    def agree(self, *options, on="2026-05-04"):
        return self.record("agreement", on, "--party", "mother", *options)

    def test_an_agreement_is_shown_in_the_case_until_it_ends(self):
        agreed = self.agree("--purpose", "assess_return", "--frequency", "weekly", "--review", "2026-08-01")
        self.assertEqual(self.show()["contact"], [{"entry": agreed["entry"], "party": "mother", "purpose": "assess_return",
                                                   "from": "2026-05-04", "ended": None, "review": "2026-08-01",
                                                   "state": "agreed", "way": "direct"}])
        self.assertEqual(self.agree("--purpose", "assess_return", "--frequency", "weekly", "--review", "2026-08-01")["result"],
                         "unchanged")
        self.record("agreement_end", "2026-05-20", "--text", "she moved abroad")
        self.assertEqual(self.show()["contact"][0]["ended"], "2026-05-20")
        self.assertEqual(self.contact()["agreements"][0]["conclusion"], "she moved abroad")
        self.assertEqual(self.refusal("agreement_end", "2026-05-25"), (2, "NOTHING_OPEN"))

    def test_contact_without_a_purpose_or_a_review_is_an_alert_in_each_nation(self):
        for authority in (COUNCIL, ENGLISH):
            child = self.register(authority)
            self.record("agreement", "2026-05-30", "--party", "father", authority=authority, child=child)
            alerts = self.alerts(child, authority)
            self.assertEqual(alerts["contact-purpose"], ("overdue", "2026-05-30"))
            self.assertEqual(alerts["contact-review"], ("overdue", "2026-05-30"))

    def test_a_correction_gives_the_purpose_and_a_review_moves_on_to_the_next(self):
        agreed = self.agree("--review", "2026-06-10")
        self.assertEqual(self.alerts(), {"contact-purpose": ("escalated", "2026-05-04"), "contact-review": ("upcoming", "2026-06-10")})
        self.holdfast.run("case", "correct", agreed["fact"], "--authority", COUNCIL, "--purpose", "sustain_identity", "--reason",
                          "it was left out")
        self.assertNotIn("contact-purpose", self.alerts())
        self.record("contact_review", "2026-06-01", "--party", "mother", "--text", "she asks for it", "--outcome", "continue",
                    "--review", "2026-06-09")
        self.assertEqual(self.alerts(), {"contact-review": ("upcoming", "2026-06-09")})
        self.assertEqual(self.show()["contact"][0]["review"], "2026-06-09")
        review = self.contact()["agreements"][0]["reviews"][0]
        self.assertEqual((review["answer"], review["outcome"], review["next"]), ("she asks for it", "continue", "2026-06-09"))
        self.record("agreement_end", "2026-06-01")
        self.assertEqual(self.alerts(), {})

    def test_sessions_are_planned_held_missed_and_cancelled_and_kept_by_party(self):
        planned = self.record("session", "2026-05-09", "--party", "mother", "--state", "planned")
        held = self.record("session", "2026-05-09", "--party", "mother", "--state", "held")
        self.assertEqual(held["entry"], planned["entry"])
        self.record("session", "2026-05-16", "--party", "mother", "--state", "missed", "--by", "mother")
        self.record("session", "2026-05-23", "--party", "mother", "--state", "cancelled", "--by", "carer")
        ahead = self.record("session", "2026-06-13", "--party", "mother", "--state", "planned")
        self.record("observation", "2026-05-09", "--party", "mother", "--text", "he ran to her", "--by", "worker")
        self.record("contact_view", "2026-05-10", "--text", "I want to go more")
        shown = self.contact()
        self.assertEqual(shown["kept"], [{"party": "mother", "planned": 3, "held": 1, "share_held": 1 / 3, "missed": 1,
                                          "cancelled": 1, "missed_or_cancelled_by_party": 1}])
        self.assertEqual(shown["sessions"][0]["observations"][0]["text"], "he ran to her")
        self.assertEqual(shown["views"][0]["by"], "child")
        calendar = self.holdfast.run("case", "calendar", "--authority", COUNCIL, "--child", self.child)["items"]
        self.assertEqual([(i["on"], i["what"], i["entry"], i["state"]) for i in calendar],
                         [("2026-06-13", "session", ahead["entry"], "planned")])

    def test_what_is_stated_is_corrected_and_withdrawn_by_its_fact_alone(self):
        session = self.record("session", "2026-05-09", "--party", "sibling", "--state", "held")
        moved = self.holdfast.run("case", "correct", session["fact"], "--authority", COUNCIL, "--on", "2026-05-10", "--reason", "r")
        self.assertEqual((moved["result"], moved["entry"], moved["child"]), ("accepted", session["entry"], self.child))
        self.holdfast.run("case", "withdraw", session["fact"], "--authority", COUNCIL, "--reason", "another child")
        self.assertEqual(self.contact()["sessions"], [])
        code, printed = self.holdfast.ended("case", "withdraw", "0" * 32, "--authority", COUNCIL, "--reason", "r")
        self.assertEqual((code, printed["error"]["reason"]), (4, "NOT_FOUND_OR_NOT_ALLOWED"))

    def test_an_agreement_is_varied_from_a_day(self):
        agreed = self.agree("--purpose", "assess_return", "--frequency", "weekly", "--review", "2026-08-01", "--text", "at the centre")
        self.record("agreement", "2026-05-18", "--entry", agreed["entry"], "--frequency", "twice a week")
        versions = self.contact()["agreements"][0]["versions"]
        self.assertEqual([(v["from"], v["purpose"], v["frequency"], v["conditions"]) for v in versions],
                         [("2026-05-04", "assess_return", "weekly", "at the centre"),
                          ("2026-05-18", "assess_return", "twice a week", None)])

    def test_an_agreement_that_departs_from_what_an_order_directs_is_a_discrepancy(self):
        order = self.record("order", "2026-05-01", "--code", "CSO", "--until", "2027-05-01")
        direction = self.record("contact_direction", "2026-05-01", "--entry", order["entry"], "--party", "mother", "--frequency",
                                "none")
        agreed = self.agree("--frequency", "weekly")
        departs = self.departures()
        self.assertEqual([(d["kind"], d["field"], d["entry"], sorted(d["facts"])) for d in departs],
                         [("departs", "party", agreed["entry"], sorted([direction["fact"], agreed["fact"]]))])
        self.assertEqual([v["value"] for v in departs[0]["versions"]], ["none", "1 a week"])
        self.holdfast.run("case", "correct", direction["fact"], "--authority", COUNCIL, "--frequency", "once a week", "--reason", "r")
        self.assertEqual(self.departures(), [])
        self.holdfast.run("case", "correct", direction["fact"], "--authority", COUNCIL, "--frequency", "monthly", "--reason", "r")
        again = self.departures()
        self.assertEqual([(d["id"], d["field"]) for d in again], [(departs[0]["id"], "frequency")])
        self.holdfast.run("discrepancies", "resolve", again[0]["id"], "--keep", "record/" + COUNCIL, "--authority", COUNCIL, "--reason", "the court knows")
        self.assertEqual([d["state"] for d in self.departures() if d["state"] == "open"], [])

    def test_a_court_directs_contact_in_its_feed(self):
        self.holdfast.run("source", "add", "sheriff-contact", "--kind", "court", "--nation", "scotland", "--covers", COUNCIL)
        local_id = self.show()["personal"]["local_id"]
        path = f"{self.folder.name}/feed.csv"
        with open(path, "w", encoding="utf-8") as feed:
            feed.write("event_id,sent_at,kind,on,ref,authority,local_id,code,reason\n"
                       f"e1,2026-05-02T09:00:00Z,order_made,2026-05-01,O1,{COUNCIL},{local_id},CSO,\n"
                       f"e2,2026-05-02T09:00:00Z,contact_direction,2026-05-01,O1,{COUNCIL},{local_id},mother,no contact\n")
        self.assertEqual(self.holdfast.run("feed", path, "--source", "sheriff-contact")["outcomes"]["accepted"], 2)
        self.agree("--frequency", "weekly")
        departs = self.departures()
        self.assertEqual([(d["kind"], [v["source"] for v in d["versions"]]) for d in departs],
                         [("departs", ["sheriff-contact", "record/" + COUNCIL])])

    def test_views_of_child_parents_and_carers_are_of_the_case(self):
        said = self.record("view", "2026-05-10", "--by", "child", "--how", "drawn_or_played", "--text", "I want to stay", "--done",
                           "told the review")
        self.assertEqual(self.show()["views"], [{"entry": said["entry"], "on": "2026-05-10", "by": "child",
                                                 "how": "drawn_or_played", "text": "I want to stay", "done": "told the review"}])
        self.assertEqual(self.refusal("view", "2026-05-10", "--by", "judge"), (2, "NO_SUCH_CODE"))

    def test_a_pack_has_each_item_with_its_day_and_source_and_reading_it_is_audited(self):
        self.agree("--purpose", "assess_return", "--name", "Ann Smith")
        self.record("session", "2026-05-09", "--party", "mother", "--state", "held")
        self.record("session", "2026-05-16", "--party", "mother", "--state", "cancelled", "--by", "mother", "--text", "ill")
        pack = self.holdfast.run("contact", "pack", "--authority", COUNCIL, "--child", self.child, "--from", "2026-05-10")
        self.assertEqual([(i["on"], i["what"], i["state"], i["by"], i["source"]) for i in pack["items"]],
                         [("2026-05-04", "agreement", "agreed", None, "record/" + COUNCIL),
                          ("2026-05-16", "session", "cancelled", "mother", "record/" + COUNCIL)])
        plain = subprocess.run([HOLDFAST, *self.holdfast.folders, "contact", "pack", "--authority", COUNCIL, "--child", self.child],
                               capture_output=True, text=True, check=True).stdout
        self.assertIn("2026-05-16  session with mother, cancelled by mother: ill", plain)
        reads = self.holdfast.run("audit", "--child", self.child)["reads"]
        self.assertIn(sorted(["contact", "name", "text"]), [sorted(read["fields"]) for read in reads])

    def test_those_who_review_and_advise_read_contact_and_state_nothing(self):
        self.agree()
        for role in ("reviewing_officer", "legal_adviser"):
            shown = self.holdfast.run("--as", f"{role}@{COUNCIL}", "contact", "pack", "--child", self.child)
            self.assertEqual(len(shown["items"]), 1)
            code, printed = self.holdfast.ended("--as", f"{role}@{COUNCIL}", "case", "record", "agreement", "--child", self.child,
                                                "--on", "2026-05-05", "--party", "father")
            self.assertEqual((code != 0, "error" in printed), (True, True))

    def test_it_is_as_known_at_a_day_and_refuses_what_is_wrong(self):
        self.agree()
        self.assertEqual(self.show("--known-at", "2026-05-31")["contact"], [])
        self.assertEqual(self.contact("--known-at", "2026-05-31")["agreements"], [])
        for options, reason in ((("--party", "mummy"), "NO_SUCH_PARTY"), ((), "NEEDS_PARTY"),
                                (("--party", "mother", "--purpose", "fun"), "NO_SUCH_PURPOSE"),
                                (("--party", "mother", "--review", "2026-05-01"), "REVIEW_BEFORE_DAY")):
            self.assertEqual(self.refusal("agreement", "2026-05-10", *options), (2, reason))
        self.assertEqual(self.refusal("session", "2026-06-02", "--party", "mother", "--state", "held"), (2, "FUTURE_DAY"))

    def test_it_stands_after_a_stop_and_its_journal_and_state_are_whole(self):
        self.agree("--purpose", "assess_return", "--text", "at the centre")
        before = self.contact()
        self.holdfast.run("down")
        verified = self.holdfast.run("journal", "verify")
        self.assertEqual(verified["findings"], [])
        self.holdfast.run("up", "--detach")
        self.assertEqual(self.contact(), before)


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
