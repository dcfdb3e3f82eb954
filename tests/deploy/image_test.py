"""What the container image has is what the program needs; the build itself is deploy/image/build --try."""

import pathlib
import re
import subprocess
import unittest

from places import DEPLOY, PROGRAM

LIST = (DEPLOY / "image" / "packages").read_text(encoding="utf-8")


def linked():
    """Debian's packages of the libraries that the program loads."""
    loaded = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
    packages = set()
    for library in re.findall(r"=> (/\S+)", loaded):
        real = pathlib.Path(library).resolve()
        for path in (real, str(real).removeprefix("/usr")):  # dpkg knows some by the name before /lib was moved
            found = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
            if found.returncode == 0:
                packages.add(found.stdout.split(":")[0])
                break
        else:
            raise AssertionError(f"no package has {library}")
    return packages


def listed(part):
    return {line for line in LIST.split("\n\n")[part].splitlines() if not line.startswith("#")}


class Image(unittest.TestCase):
    def test_has_the_packages_that_the_program_links_and_no_others(self):
        self.assertEqual(listed(1), linked())

    def test_has_the_proxy_besides(self):
        self.assertEqual(listed(2), {"haproxy"})

    def test_is_built_by_a_script_that_explains_itself(self):
        done = subprocess.run([DEPLOY / "image" / "build", "--help"], capture_output=True, text=True, check=True)
        self.assertIn("Usage: deploy/image/build", done.stdout)
        refused = subprocess.run([DEPLOY / "image" / "build", "--frob"], capture_output=True, text=True, check=False)
        self.assertEqual(refused.returncode, 2)


if __name__ == "__main__":
    unittest.main()
