"""The units are ones that systemd takes, run commands that the program has, and shut out what the program does not need."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from command_words import amiss
from places import DEPLOY, PROGRAM

UNITS = DEPLOY / "systemd"
MOST_EXPOSURE = 2.0  # of systemd's 10


def verified(change=lambda name, text: text):
    """(exit code, what systemd-analyze says) of the units with a change."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        proxy = shutil.which("haproxy") or "/bin/true"
        for unit in UNITS.glob("*.service"):
            text = change(unit.name, unit.read_text(encoding="utf-8"))
            text = text.replace("/usr/bin/holdfast", str(PROGRAM)).replace("/usr/sbin/haproxy", proxy)
            (folder / unit.name.replace("@", "@0")).write_text(text, encoding="utf-8")
        done = subprocess.run(["systemd-analyze", "verify", "--recursive-errors=no", *sorted(folder.glob("*.service"))],
                              capture_output=True, text=True, check=False, env={"SYSTEMD_UNIT_PATH": f"{folder}:", "PATH": "/usr/bin:/bin"})
        return done.returncode, done.stdout + done.stderr


class Units(unittest.TestCase):
    def test_are_taken(self):
        self.assertEqual(verified(), (0, ""))

    def test_are_not_taken_with_an_error_in_them(self):
        self.assertIn("Failed to parse sec value", verified(lambda name, text: text.replace("RestartSec=5s", "RestartSec=soon"))[1])
        self.assertIn("ProtectSistem", verified(lambda name, text: text.replace("ProtectSystem", "ProtectSistem"))[1])
        self.assertNotEqual(verified(lambda name, text: text.replace("/usr/bin/holdfast", "/usr/bin/holdslow"))[0], 0)

    def test_run_commands_that_the_program_has(self):
        for unit in UNITS.glob("holdfast*.service"):
            for command in re.findall(r"^ExecStart=/usr/bin/holdfast (.*)$", unit.read_text(encoding="utf-8"), re.M):
                self.assertEqual(amiss(command.split()), "", unit.name)

    def test_shut_out_what_is_not_needed(self):
        for unit in UNITS.glob("*.service"):
            done = subprocess.run(["systemd-analyze", "security", "--offline=true", unit], capture_output=True, text=True, check=False)
            exposure = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)[1])
            self.assertLess(exposure, MOST_EXPOSURE, unit.name)

    def test_name_files_that_stand_beside_them(self):
        instance = (UNITS / "holdfast-instance@.service").read_text(encoding="utf-8")
        for file in re.findall(r"/etc/holdfast/(\S+)", instance):
            self.assertTrue((UNITS / file).exists() or file == "haproxy.cfg", file)
        settings = (UNITS / "instance.env").read_text(encoding="utf-8")
        self.assertRegex(settings, r"(?m)^HOLDFAST_LOG=kafka:\S+$")


if __name__ == "__main__":
    unittest.main()
