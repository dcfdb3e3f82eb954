"""Whether a command line of holdfast is one that the program knows: its command, and each option, by its help."""

import functools
import re
import subprocess

from places import PROGRAM


@functools.cache
def help_of(*command):
    done = subprocess.run([PROGRAM, *command, "--help"], capture_output=True, text=True, check=True)
    options, subcommands, positionals, section = {}, set(), False, ""
    for line in done.stdout.splitlines():
        if re.fullmatch(r"\S.*:", line):
            section = line.removesuffix(":")
        elif section == "Options" and (found := re.match(r"  ((?:-\S+,)?--[a-z-]+)(?: (\S+))?", line)):
            for name in found[1].split(","):
                options[name] = bool(found[2] and found[2][0].isupper())  # whether it takes a value
        elif section == "Subcommands" and (found := re.match(r"  (\S+)", line)):
            subcommands.add(found[1])
        elif section == "Positionals":
            positionals = True
    return options, subcommands, positionals


def amiss(words):
    """What is wrong with the words behind `holdfast`; blank: nothing."""
    command, options, of_all = (), dict(help_of()[0]), True
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        name, _, value = word.partition("=")
        if word.startswith("-"):
            if name not in options:
                return f"holdfast {' '.join(command)} has no option {name}"
            if options[name] and not value:
                if not waiting:
                    return f"{name} takes a value"
                waiting.pop(0)
        elif word in help_of(*command)[1]:
            command += (word,)
            options.update(help_of(*command)[0])
        elif not command or not help_of(*command)[2]:
            return f"'{' '.join(('holdfast', *command))}' has no command {word}"
    return "" if command or "--help" in words or "--version" in words else "no command"
