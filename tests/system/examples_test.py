"""Every example of the help and of the documents, run: against the sample, word by word, what stands for an id filled in.

Usage: examples_test.py HOLDFAST_BINARY REPOSITORY
"""

import datetime
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from workbook import write_workbook

HOLDFAST = pathlib.Path()
REPOSITORY = pathlib.Path()
CODE = "E06000901"
DAY = "2026-05-15"
STANDS_FOR_AN_ID = re.compile(r"\b[0-9a-f]{4}\.\.\.")
DONE = (0, 1)  # with findings or without
ON_KAFKA = " kafka:"  # run by topics_test.py, instances_test.py, copy_test.py and lost_end_test.py of tests/kafka, which have a cluster


def help_of(command):
    shown = subprocess.run([HOLDFAST, *command, "--help"], capture_output=True, text=True, check=True).stdout
    sections, section = {}, None
    for line in shown.splitlines():
        if re.fullmatch(r"\S.*:", line):
            section = sections.setdefault(line.removesuffix(":"), [])
        elif section is not None and re.match(r"  \S", line):
            section.append(line.strip())
    return sections


def examples_of(sections):
    return sections.get("Example", []) + sections.get("Examples", [])


def commands(command=()):
    """Every command and its help's sections, groups before what is in them."""
    sections = help_of(command)
    yield command, sections
    for line in sections.get("Subcommands", []):
        yield from commands((*command, line.split()[0]))


class Place:
    """A folder with a Holdfast of its own, in which examples are run as they stand."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="holdfast-examples-")
        self.path = pathlib.Path(self.folder.name)
        (self.path / "bin").mkdir()
        (self.path / "bin" / "holdfast").symlink_to(HOLDFAST)
        self.environment = {**os.environ, "HOLDFAST_DATA": str(self.path / "own" / "data"),
                            "HOLDFAST_KEYS": str(self.path / "own" / "keys"), "PATH": f"{self.path / 'bin'}:{os.environ['PATH']}"}

    def shell(self, line, limit=120):
        return subprocess.run(["bash", "-c", line], cwd=self.path, env=self.environment, capture_output=True, text=True,
                              timeout=limit, check=False)

    def answer(self, line):
        done = self.shell(f"holdfast --json {line}")
        if done.returncode not in DONE:
            raise AssertionError(f"{line}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def close(self):
        for folders in ("", "--data ./data --keys ./keys"):
            self.shell(f"holdfast {folders} down")
        self.folder.cleanup()


class Examples(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.place = Place()
        cls.addClassCleanup(cls.place.close)
        sample = REPOSITORY / "tests" / "sample" / CODE
        for year in ("2024", "2025", "2026"):
            shutil.copytree(sample / year, cls.place.path / "returns" / year)
        shutil.copy(sample / "teams.csv", cls.place.path / "teams.csv")
        (cls.place.path / "record.csv").write_text("LOCAL_ID,KIND,ON,CODE\nNMR0900,legal_status,2026-04-07,C2\n")
        answer = cls.place.answer
        (cls.place.path / "hearings.csv").write_text(
            "event_id,sent_at,kind,on,ref,authority,local_id,case_ref,code,until\n"
            "e1,2026-05-01T10:00:00Z,hearing_held,2026-04-30,H1,E06000901,NMR0158,,,\n"
            "e2,2026-05-01T10:00:00Z,hearing_set,2026-06-20,H2,E06000901,,FC26-1,,\n"
            "e3,2026-05-01T10:00:00Z,hearing_held,2026-04-30,H3,E06000901,NMR9999,,,\n"
            "e4,2026-05-01T10:00:00Z,hearing_set,2026-08-20,H4,E06000901,NMR0158,,,\n"
            "e5,2026-05-01T10:00:00Z,order_made,2026-05-01,O5,E06000901,NMR0158,,INTERIM_CARE,2026-07-01\n")
        (cls.place.path / "map.yaml").write_text(
            "dates: dmy\nchild: {local_id: ID, born: Born}\ncolumns:\n  - {column: Panel, kind: panel, code: adoption}\n")
        (cls.place.path / "tracker.csv").write_text("ID,Born,Panel\nTRK1,01/02/2019,10/02/2026\n")
        write_workbook(cls.place.path / "tracker.xlsx", {"Tracker": [["ID", "Born", "Panel"], ["TRK1", datetime.date(2019, 2, 1)]]})
        answer(f"init --clock manual --day {DAY}")
        answer("up --detach")
        answer(f"authority add {CODE} --name Northmere")
        for year in ("2024", "2025", "2026"):
            answer(f"import ssda903 returns/{year} --authority {CODE} --year-ending {year}-03-31")
        answer(f"authority live {CODE} --from 2025-10-01")
        answer(f"case assign --authority {CODE} --file teams.csv")
        answer(f"source add family-court-a --kind court --nation england --covers {CODE}")
        receipts = answer("feed hearings.csv --source family-court-a")["receipts"]
        cls.items = {"match": receipts[1]["item"], "rematch": receipts[2]["item"]}
        cls.alert = answer(f"alerts list --authority {CODE} --state upcoming")["alerts"][0]["id"]
        cls.first_run = answer(f"import list --authority {CODE}")["runs"][-1]["run"]
        cls.child = answer(f"case show --local-id NMR0158 --authority {CODE}")["child"]
        cls.matched = cls.child
        # The team says another day of the one, and of the other another end.
        answer(f"case record hearing --child {cls.child} --on 2026-08-25 --state planned")
        answer(f"case record order --child {cls.child} --on 2026-05-01 --code INTERIM_CARE --until 2026-08-01")
        cls.order = answer(f"case show --child {cls.child}")["orders"][-1]["entry"]
        found = answer(f"discrepancies list --child {cls.child} --authority {CODE}")["discrepancies"]
        cls.discrepancies = {one["kind"]: one["id"] for one in found}
        cls.fact = ""
        cls.meetings = {name: cls.meeting(name) for name in ("hold", "correct", "cancel", "withdraw")}
        cls.meetings["show"] = cls.meetings["correct"]
        cls.group = answer(f"siblings create --authority {CODE}")["group"]
        for row in answer(f"case list --authority {CODE} --limit 3")["cases"]:
            answer(f"siblings join {cls.group} --child {row['child']}")

    @classmethod
    def meeting(cls, name):
        """A meeting that `meeting NAME` can be said of."""
        said = "hold --kind review --on 2026-05-11" if name == "correct" else "plan core_group --on 2026-05-14"
        return cls.place.answer(f"meeting {said} --child {cls.child}")["meeting"]

    def fill(self, line):
        """The line with an id for each that stands for one."""
        if re.search(r"alerts \w+ [0-9a-f]{4}\.\.\.", line):
            return STANDS_FOR_AN_ID.sub(self.alert, line)
        if "holdfast erase" in line:  # of one whom no other example needs
            child = self.place.answer(f"case register --authority {CODE} --local-id ERASED-{len(line)} --born 2019-01-01")["child"]
            return STANDS_FOR_AN_ID.sub(child, line)
        if "discrepancies resolve" in line:
            return STANDS_FOR_AN_ID.sub(self.discrepancies["near" if "--same" in line else "differs"], line)
        if "import " in line:
            # Any run that is finished can be shown and resumed; the newest submission of its year withdrawn.
            run = self.place.answer(f"import list --authority {CODE}")["runs"][0]["run"] if " withdraw " in line else self.first_run
            return STANDS_FOR_AN_ID.sub(run, line)
        if matches := re.search(r"feed (match|rematch) ", line):
            line = STANDS_FOR_AN_ID.sub(self.items[matches[1]], line, count=1)
            return STANDS_FOR_AN_ID.sub(self.matched, line)
        if "contact_direction" in line:  # of the order that the court made for this child
            line = re.sub(r"--entry [0-9a-f]{4}\.\.\.", f"--entry {self.order}", line)
            return STANDS_FOR_AN_ID.sub(self.matched, line)
        if matches := re.search(r"meeting (\w+) [0-9a-f]{4}\.\.\.", line):
            line = STANDS_FOR_AN_ID.sub(self.meetings[matches[1]], line, count=1)
        if re.search(r"siblings \w+ [0-9a-f]{4}\.\.\.", line):
            line = STANDS_FOR_AN_ID.sub(self.group, line, count=1)
        if re.search(r"case (correct|withdraw)", line):
            return STANDS_FOR_AN_ID.sub(self.fact, line)
        return STANDS_FOR_AN_ID.sub(self.child, line)

    def run_as_it_stands(self, line):
        filled = self.fill(line)
        if " journal tail" in line:  # goes on until it is stopped
            with self.assertRaises(subprocess.TimeoutExpired) as stopped:
                self.place.shell(f"exec {filled}", limit=3)
            self.assertFalse(stopped.exception.stderr, line)
            return
        if " journal repair" in line:  # never beside a server
            self.place.shell("holdfast down")
        done = self.place.shell(filled)
        if " journal repair" in line:
            self.place.shell("holdfast up --detach")
        self.assertIn(done.returncode, DONE, f"{filled}\n{done.stdout}{done.stderr}")
        words = line.split()
        if "case register" in line:
            self.child = re.search(r"\b[0-9a-f]{32}\b", done.stdout)[0]
        if words[:3] == ["holdfast", "case", "record"]:
            self.fact = re.search(r"fact ([0-9a-f]{32})", done.stdout)[1]

    def test_every_command_has_an_example_of_itself(self):
        count = 0
        for command, sections in commands():
            with self.subTest(command=" ".join(command)):
                examples = examples_of(sections)
                self.assertTrue(examples, "no example")
                for example in examples:
                    words = [word for word in example.split() if not word.startswith("-")]
                    self.assertEqual(words[0], "holdfast", example)
                    self.assertTrue(set(command) <= set(words), example)
            count += 1
        self.assertGreater(count, 35)

    def test_each_example_of_a_command_runs(self):
        ran = set()
        for command, sections in commands():
            if command[:1] in (("init",), ("up",), ("down",)) or command == ():
                continue  # of a process and its folders, below
            for example in examples_of(sections):
                # A group repeats what its commands show in their own order.
                if "Subcommands" in sections or example in ran or ON_KAFKA in example:
                    continue
                ran.add(example)
                with self.subTest(example=example):
                    self.run_as_it_stands(example)
        self.assertGreater(len(ran), 35)

    def test_each_example_of_a_group_runs(self):
        for command, sections in commands():
            if "Subcommands" not in sections or command == ():
                continue
            for example in examples_of(sections):
                if ON_KAFKA in example:
                    continue
                with self.subTest(example=example):
                    self.run_as_it_stands(example)

    def test_each_example_of_a_process_and_its_folders_runs(self):
        place = Place()
        self.addCleanup(place.close)
        for command in (("init",), ("up",), ("down",)):
            for example in examples_of(help_of(command)):
                with self.subTest(example=example):
                    if command == ("up",) and "--detach" not in example:
                        self.serve_until_told(place, example)
                        continue
                    if command == ("down",):
                        place.shell(example.replace("down", "up --detach").replace("./data", "./data --keys ./keys"))
                    done = place.shell(example)
                    self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def serve_until_told(self, place, example):
        server = subprocess.Popen(["bash", "-c", f"exec {example}"], cwd=place.path, env=place.environment,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        run = place.path / "data" / "run.json"
        while server.poll() is None and not run.exists():
            time.sleep(0.1)
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)
        shown, complaint = server.communicate(timeout=60)
        taken = "already listens on" in complaint  # its port may be another's on this machine
        self.assertTrue(server.returncode == 0 or (taken and server.returncode == 2), shown + complaint)

    def test_the_first_examples_of_all_run(self):
        place = Place()
        self.addCleanup(place.close)
        shutil.copytree(self.place.path / "returns", place.path / "returns")
        for example in examples_of(help_of(())):
            with self.subTest(example=example):
                done = place.shell(example)
                self.assertIn(done.returncode, DONE, done.stdout + done.stderr)

    def test_what_the_documents_show_is_what_comes(self):
        shown = 0
        for document in ("README.md", "ARCHITECTURE.md"):
            for block in re.findall(r"(?:^    .*\n|^\n(?=    ))+", (REPOSITORY / document).read_text(), re.MULTILINE):
                lines = [line[4:] for line in block.strip("\n").split("\n")]
                if not lines[0].startswith("$ "):
                    continue
                done = subprocess.run(["bash", "-c", lines[0][2:]], cwd=REPOSITORY, env=self.place.environment,
                                      capture_output=True, text=True, check=False)
                self.assertIn(done.returncode, DONE, done.stderr)
                self.assertEqual(done.stdout.rstrip().split("\n"), lines[1:], f"{document}: {lines[0]}")
                shown += 1
        self.assertGreater(shown, 0)

    def test_the_programs_that_the_documents_name_are_there_and_take_what_is_said(self):
        known = {" ".join(command) for command, _ in commands()}
        for document in ("README.md", "ARCHITECTURE.md", "tools/sample/README.md"):
            text = (REPOSITORY / document).read_text()
            for tool, rest in re.findall(r"`?(tools/(?:run|check|prove|bench|kafka))\b([^`\n#]*)", text):
                self.assertTrue(os.access(REPOSITORY / tool, os.X_OK), tool)
                usage = (REPOSITORY / tool).read_text()
                if tool == "tools/prove":
                    usage = subprocess.run([HOLDFAST.parent / "holdfast-prove", "--help"], capture_output=True, text=True,
                                           check=True).stdout
                for option in re.findall(r"--[a-z-]+", rest):
                    self.assertIn(option, usage, f"{document}: {tool}{rest}")
            for words in re.findall(r"`holdfast ([a-z][a-z0-9 ]*)", text):
                self.assertIn(" ".join(words.split()[:2]).strip(), known, f"{document}: holdfast {words}")


if __name__ == "__main__":
    HOLDFAST, REPOSITORY = pathlib.Path(sys.argv.pop(1)).resolve(), pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
