"""A read model made anew while the program serves, through the real program.

Usage: rebuild_test.py HOLDFAST_BINARY
"""

import json
import os
import pathlib
import signal
import sys
import tempfile
import threading
import unittest

from program import Deployment

HOLDFAST = ""
NORTH = "S12000901"
MODELS = ["national", "people", "reads"]


class Rebuild(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="holdfast-rebuild-")
        self.holdfast = Deployment(HOLDFAST, self.folder.name, "2024-06-01")
        self.holdfast.run("authority", "add", NORTH, "--name", "Northmere")
        self.children = [self.register(number) for number in range(12)]

    def tearDown(self):
        self.holdfast.ended("down")
        self.folder.cleanup()

    def register(self, number):
        child = self.holdfast.run("case", "register", "--authority", NORTH, "--local-id", f"L{number}", "--born", "2015-03-29",
                                  "--name", f"Zuleika Part{number}", "--worker", "w1")["child"]
        self.holdfast.run("case", "record", "care_start", "--child", child, "--on", "2024-01-05")
        return child

    def found(self, number):
        return self.holdfast.run("case", "find", "--authority", NORTH, "--name", f"Part{number}", "--born", "2015-03-29")["children"]

    def national(self):
        return self.holdfast.run("national", "--authority", NORTH, "--year-ending", "2024-07-31")["measures"]

    def status(self):
        return {model["model"]: model for model in self.holdfast.run("rebuild", "status")["models"]}

    def verified(self):
        return self.holdfast.ended("journal", "verify")

    def test_each_model_answers_the_same_afterwards_and_is_as_its_journals_make_it(self):
        before = self.national()
        self.assertEqual(sorted(self.status()), MODELS)
        for model in MODELS:
            made = self.holdfast.run("rebuild", model)
            self.assertEqual(made, {"model": model, "version": 2, "behind": 0, "swapped": True})
        self.assertEqual(self.found(3), [self.children[3]])
        self.assertEqual(self.national(), before)
        reads = self.holdfast.run("audit", "--child", self.children[3])["reads"]
        self.assertTrue(reads, "the look-up just above was recorded")
        self.holdfast.run("down")
        code, verified = self.verified()
        self.assertEqual((code, verified["findings"]), (0, []))

    def test_who_looks_up_is_answered_all_the_while(self):
        over = threading.Event()
        wrong = []

        def look_up():
            while not over.is_set():
                for number in (0, 7):
                    if self.found(number) != [self.children[number]]:
                        wrong.append(number)

        looking = threading.Thread(target=look_up)
        looking.start()
        for version in range(2, 6):
            made = self.holdfast.run("rebuild", "people")
            self.assertEqual((made["version"], made["swapped"]), (version, True))
        over.set()
        looking.join()
        self.assertEqual(wrong, [])

    def test_the_version_that_served_serves_after_a_kill_and_finds_who_came_since(self):
        self.holdfast.run("rebuild", "people")
        self.children.append(self.register(12))
        os.kill(json.loads(pathlib.Path(self.folder.name, "data", "run.json").read_text())["pid"], signal.SIGKILL)
        self.holdfast.run("up", "--detach")
        self.assertEqual(self.status()["people"]["version"], 2)
        self.assertEqual(self.found(12), [self.children[12]])
        self.assertEqual(self.holdfast.run("rebuild", "people")["version"], 3)
        self.assertEqual(self.found(12), [self.children[12]])

    def test_a_model_that_is_not_there_is_refused_with_those_that_are(self):
        code, said = self.holdfast.ended("rebuild", "persons")
        self.assertEqual(code, 2)
        self.assertIn("people", json.dumps(said))


if __name__ == "__main__":
    HOLDFAST = sys.argv.pop(1)
    unittest.main()
