"""The AsyncAPI document is what the protos say, and is taken by AsyncAPI's parser; what is wrong in it is not."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml
from google.protobuf import descriptor_pb2

from places import REPOSITORY, TOOLS

sys.path.insert(0, str(REPOSITORY / "tools" / "asyncapi"))
from proto_text import Protos  # noqa: E402  (after its folder is known)

DOCUMENT = REPOSITORY / "proto" / "asyncapi.yaml"


def parsed(text):
    """(exit code, what the parser said) of a document."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(["node", REPOSITORY / "tools" / "asyncapi" / "parse.mjs", file.name], capture_output=True, text=True,
                              env={**os.environ, "HOLDFAST_NODE_MODULES": str(TOOLS / "npm" / "node_modules")}, check=False)
    return done.returncode, done.stdout + done.stderr


def generated(*words):
    return subprocess.run([sys.executable, "-B", REPOSITORY / "tools" / "asyncapi" / "generate", *words], capture_output=True, text=True,
                          check=False)


def descriptors(folder):
    """What protoc reads in a folder of protos."""
    files = [str(file.relative_to(folder)) for file in pathlib.Path(folder).rglob("*.proto")]
    read = subprocess.run(["protoc", f"--proto_path={folder}", "--descriptor_set_out=/dev/stdout", *files], capture_output=True, check=True)
    return Protos(descriptor_pb2.FileDescriptorSet.FromString(read.stdout))


def wire_shape(protos, name, seen=()):
    """What of a message stands on the wire: numbers and types all the way down, names of fields, not of types."""
    element = protos.elements[name]
    if name in seen:
        return ("again", seen.index(name))
    if not element.is_message:
        return sorted((value.number, value.name) for value in element.proto.value)
    return sorted((field.number, field.name, field.type, field.label, field.proto3_optional,
                   str(field.type_name and wire_shape(protos, field.type_name, (*seen, name)))) for field in element.proto.field)


class Document(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.text = DOCUMENT.read_text(encoding="utf-8")
        cls.document = yaml.safe_load(cls.text)

    def refused(self, changed, because):
        self.assertNotEqual(changed, self.text, "nothing was planted")
        code, said = parsed(changed)
        self.assertEqual(code, 1, said)
        self.assertIn(because, said)

    def test_is_what_the_protos_say(self):
        self.assertEqual(generated("--check").stderr, "")

    def test_is_out_of_date_when_an_event_has_a_new_field(self):
        with tempfile.TemporaryDirectory() as folder:
            protos = pathlib.Path(folder) / "proto"
            shutil.copytree(REPOSITORY / "proto", protos)
            events = protos / "holdfast" / "alerting" / "v1" / "alerting_events.proto"
            text = events.read_text(encoding="utf-8")
            events.write_text(text.replace("message AlertRaised {", "message AlertRaised {\n  // Planted.\n  string planted = 99;"),
                              encoding="utf-8")
            done = generated("--check", str(protos))
        self.assertEqual(done.returncode, 1)
        self.assertIn("tools/check_deploy --generate", done.stderr)

    def test_is_taken_by_the_parser_with_its_protobuf_schemas(self):
        code, said = parsed(self.text)
        self.assertEqual(code, 0, said)
        channels = {channel["address"]: channel["messages"] for channel in json.loads(said)["channels"]}
        self.assertEqual(set(channels), {"holdfast.public.{authority}", "holdfast.pseudonymous.{group}"})
        for messages in channels.values():
            self.assertEqual([message["name"] for message in messages],
                             ["holdfast.cases.v1.CasesEvent", "holdfast.proceedings.v1.ProceedingsEvent",
                              "holdfast.contact.v1.ContactEvent", "holdfast.alerting.v1.AlertingEvent"])
            for message in messages:
                self.assertIn("event", message["fields"])
                self.assertEqual(set(message["headers"]), {"content-type", "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time",
                                                           "ce_partitionkey"})

    def test_is_refused_when_a_payload_names_a_message_that_is_not_there(self):
        self.refused(self.text.replace("\n        message AlertMoved {", "\n        message AlertMovedAway {"), "AlertMoved")

    def test_is_refused_when_a_payload_is_no_protobuf(self):
        self.refused(self.text.replace("AlertState state = 3;", "AlertState state 3;", 1), "illegal")

    def test_is_refused_when_a_payload_imports(self):
        self.refused(self.text.replace("package holdfast.cases.v1;", 'package holdfast.cases.v1;\n        import "other.proto";', 1),
                     "Imports are")

    def test_is_refused_when_an_operation_is_of_no_channel(self):
        self.refused(self.text.replace("'#/channels/public'", "'#/channels/private'"), "private")

    def test_has_payloads_that_are_the_same_messages_on_the_wire(self):
        own = descriptors(REPOSITORY / "proto")
        schemas = self.document["components"]["schemas"]
        self.assertEqual(len(schemas), 4)
        for name, schema in schemas.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                (pathlib.Path(folder) / "one.proto").write_text(schema["schema"], encoding="utf-8")
                alone = descriptors(folder)
                full_name = next(full for full in alone.elements if full.endswith(f".{name}"))
                self.assertEqual(wire_shape(alone, full_name), wire_shape(own, full_name))


if __name__ == "__main__":
    unittest.main()
