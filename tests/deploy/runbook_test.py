"""Each command of the runbook is one that there is, each file and unit that it names too."""

import re
import shlex
import unittest

from command_words import amiss
from places import DEPLOY, REPOSITORY

TEXT = (DEPLOY / "RUNBOOK.md").read_text(encoding="utf-8")


def commands(text):
    """Words behind `hf` or `holdfast`, of lines to type and of what stands between backquotes."""
    lines = re.findall(r"(?m)^    (.*)$", text) + re.findall(r"`([^`\n]+)`", text)
    for line in lines:
        if line.startswith(("hf()", "#")):
            continue
        for part in re.split(r"&&|\|\|", line.split(" #")[0]):
            if found := re.match(r"\s*(?:sudo -u holdfast )?(?:hf|holdfast) (.*)$", part):
                yield shlex.split(found[1])


class Runbook(unittest.TestCase):
    def test_has_only_commands_that_the_program_has(self):
        seen = [words for words in commands(TEXT) if words[0] != "COMMAND"]
        self.assertGreater(len(seen), 20)
        for words in seen:
            self.assertEqual(amiss(words), "", words)

    def test_would_be_found_out_with_others(self):
        for words in ("journal mend", "topics apply --quick", "frobnicate", "serve all --listen", "up please"):
            self.assertNotEqual(amiss(words.split()), "", words)

    def test_names_files_that_are_there(self):
        for file in set(re.findall(r"\bdeploy/[\w./@-]*\w", TEXT)):
            self.assertTrue((REPOSITORY / file).exists(), file)

    def test_names_units_and_resources_that_are_there(self):
        units = {unit.stem for unit in (DEPLOY / "systemd").glob("*.service")}
        for unit in re.findall(r"systemctl (?:start|stop|restart|enable --now) (\S+)", TEXT):
            self.assertIn(re.sub(r"@\d$", "@", unit), units)
        manifests = "\n".join(file.read_text(encoding="utf-8") for file in (DEPLOY / "kubernetes").glob("*.yaml"))
        for kind, name in re.findall(r"(?<![\w/])(kafka|job|statefulset|service)/([\w-]+)", TEXT):
            self.assertTrue(re.search(rf"(?i)kind: {kind}\nmetadata:\n  name: {name}\n", manifests), f"{kind} {name}")

    def test_has_what_it_is_asked_for_at_night(self):
        headings = re.findall(r"(?m)^## (.*)$", TEXT)
        for heading in ("At night", "Create", "Grow", "Replace a broker", "Roll an upgrade", "Back up and restore", "Accept loss"):
            self.assertIn(heading, headings)
        for anchor in re.findall(r"\(#([a-z-]+)\)", TEXT):
            self.assertIn(anchor, [heading.lower().replace(" ", "-") for heading in headings])


if __name__ == "__main__":
    unittest.main()
