"""An import whose client or server is killed, resumed or begun again, against the same import undisturbed: the same answers.

Usage: import_kill_test.py HOLDFAST_BINARY
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

RETURN = pathlib.Path(__file__).parents[1] / "sample" / "E06000901" / "2025"
AUTHORITY = "E06000901"
YEAR_END = "2025-03-31"
HOLDFAST = ""
OF_THE_RUN_ITSELF = ("run", "positions")


class Deployment:
    def __init__(self, folder):
        self.folders = ["--data", f"{folder}/data", "--keys", f"{folder}/keys"]
        self.server = None

    def command(self, *arguments):
        return [HOLDFAST, *self.folders, "--json", *arguments]

    def run(self, *arguments, accepted=(0, 1)):
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, check=False)
        if done.returncode not in accepted:
            raise AssertionError(f"holdfast {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout) if done.stdout.startswith("{") else {}

    def serve(self, crash_point=None):
        environment = {**os.environ, **({"HOLDFAST_CRASHPOINT": crash_point} if crash_point else {})}
        self.server = subprocess.Popen(self.command("up"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
        return "endpoint" in self.server.stdout.readline()

    def kill(self):
        self.server.kill()
        self.server.wait()
        self.server.stdout.close()

    def start_import(self):
        words = self.command("import", "ssda903", str(RETURN), "--authority", AUTHORITY, "--year-ending", YEAR_END)
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def runs(self):
        return self.run("import", "list", "--authority", AUTHORITY)["runs"]

    def answers(self):
        """Who there is, what is told of every fifth child, the figures and the worklist."""
        children = self.run("case", "list", "--authority", AUTHORITY, "--limit", "1000")
        ids = [child["child"] for child in children[next(key for key, value in children.items() if isinstance(value, list))]]
        shown = [ids, *(self.run("case", "show", "--child", child) for child in ids[::5])]
        figures = self.run("national", "--authority", AUTHORITY, "--year-ending", YEAR_END)["measures"]
        alerts = self.run("alerts", "list", "--authority", AUTHORITY, "--limit", "1000")
        return json.dumps([shown, figures, alerts], sort_keys=True)


def without_run(result):
    return {key: value for key, value in result.items() if key not in OF_THE_RUN_ITSELF}


class KilledImport(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        made = Deployment(cls.folder / "made")
        made.run("init", "--clock", "manual", "--day", "2026-06-01", "--partitions", "4")
        made.serve()
        made.run("authority", "add", AUTHORITY, "--name", "Northmere")
        made.run("down")
        made.server.wait()
        made.server.stdout.close()
        undisturbed = cls.copy("undisturbed")
        undisturbed.serve()
        cls.result = undisturbed.run("import", "ssda903", str(RETURN), "--authority", AUTHORITY, "--year-ending", YEAR_END)
        cls.truth = undisturbed.answers()
        undisturbed.kill()

    @classmethod
    def copy(cls, name):
        """A deployment with the same keys: its children and facts have the same ids."""
        shutil.copytree(cls.folder / "made", cls.folder / name)
        return Deployment(cls.folder / name)

    def check_resumed(self, killed):
        runs = killed.runs()
        self.assertEqual(len(runs), 1)
        resumed = killed.run("import", "resume", runs[0]["run"])
        self.assertEqual(without_run(resumed), without_run(self.result))
        self.assertEqual(killed.answers(), self.truth)
        self.assertEqual(killed.run("journal", "verify")["findings"], [])
        killed.kill()

    def test_the_client_is_killed(self):
        cut_off = 0
        for attempt, wait in enumerate((0.0, 0.05, 0.15)):
            killed = self.copy(f"client-{attempt}")
            killed.serve()
            client = killed.start_import()
            while not killed.runs() and client.poll() is None:
                pass
            time.sleep(wait)
            cut_off += client.poll() is None
            client.kill()
            client.wait()
            self.check_resumed(killed)
        self.assertGreater(cut_off, 0, "no client was killed before it was done")

    def test_the_server_is_killed(self):
        for attempt, point in enumerate(("log.before_write:60", "log.after_write:75", "keys.after_write:1", "shard.after_flush:45")):
            killed = self.copy(f"server-{attempt}")
            self.assertTrue(killed.serve(point), point)
            client = killed.start_import()
            self.assertEqual(killed.server.wait(timeout=60), 86, point)
            client.kill()
            client.wait()
            killed.server.stdout.close()
            killed.serve()
            if not killed.runs():  # it never began, as far as anybody knows: it is begun again
                self.assertIn(killed.start_import().wait(timeout=120), (0, 1))
            self.check_resumed(killed)

    def test_the_server_is_killed_and_the_client_goes_on_by_itself(self):
        killed = self.copy("both")
        self.assertTrue(killed.serve("log.after_write:80"))
        client = killed.start_import()
        self.assertEqual(killed.server.wait(timeout=60), 86)
        killed.server.stdout.close()
        killed.serve()
        client.wait(timeout=120)
        self.check_resumed(killed)


class KilledSheet(unittest.TestCase):
    """A tracker sheet whose import is killed and then begun again, against the same import undisturbed."""

    maxDiff = None
    MAP = "dates: iso\nchild: {local_id: ID, born: Born}\ncolumns:\n  - {column: In, kind: care_start}\n" \
          "  - {column: Hearing, kind: hearing}\n"
    ROWS = 120

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        (cls.folder / "map.yaml").write_text(cls.MAP)
        rows = [f"A{row},2019-05-{1 + row % 28:02},2026-0{1 + row % 4}-03,2026-07-{1 + row % 28:02}" for row in range(cls.ROWS)]
        (cls.folder / "tracker.csv").write_text("\n".join(["ID,Born,In,Hearing", *rows, ""]))
        cls.words = ("import", "tracker", str(cls.folder / "tracker.csv"), "--authority", AUTHORITY, "--as-of", "2026-05-31", "--map",
                     str(cls.folder / "map.yaml"))
        made = Deployment(cls.folder / "made")
        made.run("init", "--clock", "manual", "--day", "2026-06-01", "--partitions", "4")
        made.serve()
        made.run("authority", "add", AUTHORITY, "--name", "Northmere")
        made.run("authority", "live", AUTHORITY, "--from", "2026-01-01")
        made.run("down")
        made.server.wait()
        made.server.stdout.close()
        undisturbed = cls.copy("undisturbed")
        undisturbed.serve()
        undisturbed.run(*cls.words)
        cls.truth = cls.stated(undisturbed)
        undisturbed.kill()

    @classmethod
    def copy(cls, name):
        shutil.copytree(cls.folder / "made", cls.folder / name)
        return Deployment(cls.folder / name)

    @classmethod
    def stated(cls, deployment):
        """What the sheet states, as often as it stands: whom it brought, every eighth one's case and calendar, and the worklist."""
        cases = deployment.run("case", "list", "--authority", AUTHORITY, "--limit", "1000")["cases"]
        told = {"children": sorted((case["local_id"], case["child"]) for case in cases)}
        for case in cases[::8]:
            shown = deployment.run("case", "show", "--child", case["child"])
            calendar = deployment.run("case", "calendar", "--child", case["child"])
            told[case["local_id"]] = (shown["care_periods"], shown["hearings"], shown["discrepancies"], calendar["items"])
        told["alerts"] = deployment.run("alerts", "list", "--authority", AUTHORITY, "--limit", "1000")["alerts"]
        return told

    def check_begun_again(self, killed):
        again = killed.run(*self.words)
        self.assertEqual((again["total"]["read"], again["total"]["refused"]), (self.ROWS, 0))
        self.assertEqual(len(self.truth["children"]), self.ROWS)
        self.assertEqual(self.stated(killed), self.truth)
        self.assertEqual(killed.run("journal", "verify")["findings"], [])
        killed.kill()

    def test_the_server_is_killed_in_the_middle(self):
        for attempt, point in enumerate(("log.before_write:45", "log.after_write:55", "keys.after_write:2", "shard.after_flush:45")):
            killed = self.copy(f"server-{attempt}")
            self.assertTrue(killed.serve(point), point)
            client = subprocess.Popen(killed.command(*self.words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.assertEqual(killed.server.wait(timeout=60), 86, point)
            client.kill()
            client.wait()
            killed.server.stdout.close()
            killed.serve()
            self.check_begun_again(killed)

    def test_the_client_is_killed_in_the_middle(self):
        cut_off = 0
        for attempt, wait in enumerate((0.0, 0.02, 0.05)):
            killed = self.copy(f"client-{attempt}")
            killed.serve()
            client = subprocess.Popen(killed.command(*self.words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while not killed.runs() and client.poll() is None:
                pass
            time.sleep(wait)
            cut_off += client.poll() is None
            client.kill()
            client.wait()
            self.check_begun_again(killed)
        self.assertGreater(cut_off, 0, "no client was killed before it was done")


if __name__ == "__main__":
    HOLDFAST = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
