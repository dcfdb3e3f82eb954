"""The compose file is what the Compose specification takes, and what it names is there. It is not run: that needs Docker or Podman."""

import copy
import json
import unittest

import compose_spec
import yaml

from command_words import amiss
from places import DEPLOY

FILE = DEPLOY / "compose" / "compose.yaml"


def read(document):
    """Read by type; then it names only what is there. ValueError."""
    plain = {key: value for key, value in document.items() if not key.startswith("x-")}
    compose = compose_spec.PyCompose.from_json(json.dumps(plain))
    for name, service in document["services"].items():
        for volume in service.get("volumes", []):
            if volume.split(":")[0] not in document["volumes"]:
                raise ValueError(f"{name} names the volume {volume}, which is not there")
        of_network = service.get("network_mode", "").removeprefix("service:")
        for other in [*service.get("depends_on", {}), *([of_network] if of_network not in ("", "none") else [])]:
            if other not in document["services"]:
                raise ValueError(f"{name} names the service {other}, which is not there")
    for config in document.get("configs", {}).values():
        if not (FILE.parent / config["file"]).exists():
            raise ValueError(f"there is no file {config['file']}")
    return compose


class Compose(unittest.TestCase):
    def setUp(self):
        self.document = yaml.safe_load(FILE.read_text(encoding="utf-8"))

    def test_is_as_the_specification_says(self):
        self.assertEqual(len(read(self.document).service_names()), 9)

    def test_has_three_brokers_in_one_quorum(self):
        brokers = {name: service for name, service in self.document["services"].items() if name.startswith("kafka-")}
        self.assertEqual(set(brokers), {"kafka-1", "kafka-2", "kafka-3"})
        for name, broker in brokers.items():
            settings = broker["environment"]
            self.assertEqual(settings["KAFKA_CONTROLLER_QUORUM_VOTERS"], "1@kafka-1:9093,2@kafka-2:9093,3@kafka-3:9093")
            self.assertEqual(f"kafka-{settings['KAFKA_NODE_ID']}", name)
            self.assertEqual((settings["KAFKA_DEFAULT_REPLICATION_FACTOR"], settings["KAFKA_MIN_INSYNC_REPLICAS"]), ("3", "2"))
            self.assertEqual(broker["volumes"], [f"{name}:/var/lib/kafka/data"])

    def test_has_instances_each_with_a_folder_and_an_address_of_its_own(self):
        instances = [service for service in self.document["services"].values() if service.get("command", [""])[0] == "serve"]
        self.assertEqual(len(instances), 3)
        self.assertEqual(len({service["volumes"][0] for service in instances}), 3)
        self.assertEqual(len({service["command"][-1] for service in instances}), 3)
        door = (FILE.parent / "door.cfg").read_text(encoding="utf-8")
        for service in instances:
            self.assertIn(service["command"][-1], door)
            self.assertEqual(service["network_mode"], "service:door")

    def test_runs_commands_that_the_program_has(self):
        for name, service in self.document["services"].items():
            if "holdfast" in service["image"] and "entrypoint" not in service:
                self.assertEqual(amiss(service["command"]), "", name)

    def test_is_refused_with_an_error_in_it(self):
        def planted(change):
            changed = copy.deepcopy(self.document)
            change(changed["services"])
            return changed

        for what, change in {
                "an unknown key": lambda services: services["door"].update(imagee="x"),
                "a bad condition": lambda services: services["topics"]["depends_on"].update(keys={"condition": "started"}),
                "a bad port": lambda services: services["door"].update(ports=["x:y"]),
                "a bad duration": lambda services: services["kafka-1"].update(stop_grace_period="30 hours ago"),
                "an unknown volume": lambda services: services["keys"].update(volumes=["elsewhere:/x"]),
                "an unknown service": lambda services: services["holdfast-0"].update(network_mode="service:gate")}.items():
            with self.subTest(what), self.assertRaises(ValueError):
                read(planted(change))


if __name__ == "__main__":
    unittest.main()
