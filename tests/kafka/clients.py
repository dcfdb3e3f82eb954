"""Clients of Kafka that others wrote, as a data team would use them: in a place of their own, made once."""

import json
import pathlib
import shutil
import subprocess
import sys

PACKAGES = ["cloudevents==2.2.0", "kafka-python==3.0.12"]
PLACE = pathlib.Path.home() / ".cache" / "holdfast-kafka-clients"


def python():
    """A Python that has the packages."""
    made = PLACE / "made"
    if not made.exists() or made.read_text() != "\n".join(PACKAGES):
        shutil.rmtree(PLACE, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)
        subprocess.run([PLACE / "bin" / "pip", "install", "--quiet", *PACKAGES], check=True)
        made.write_text("\n".join(PACKAGES))
    return PLACE / "bin" / "python"


def read_topic(brokers, topic):
    """All records that the topic has now, as tests/kafka/read_topic.py shows them."""
    done = subprocess.run([python(), "-B", pathlib.Path(__file__).parent / "read_topic.py", brokers, topic], capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]
