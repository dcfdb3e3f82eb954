"""The AsyncAPI document of what data teams read on Kafka, made from the protos."""

import yaml

from proto_text import ProtoText, Protos

PREFIX = "holdfast"
# The services whose events are relayed, and the message that each event of theirs is.
EVENTS = {"cases": "CasesEvent", "proceedings": "ProceedingsEvent", "contact": "ContactEvent", "alerting": "AlertingEvent"}
SCHEMA_FORMAT = "application/vnd.google.protobuf;version=3"
CONTENT_TYPE = "application/protobuf"
HEX_ID = "^[0-9a-f]{32}$"


class Literal(str):
    """Text that YAML shows line by line."""


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


Dumper.add_representer(Literal, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|"))


def of(descriptor_set):
    protos = Protos(descriptor_set)
    messages, schemas = {}, {}
    for service, name in EVENTS.items():
        full_name = f"holdfast.{service}.v1.{name}"
        schemas[name] = {"schemaFormat": SCHEMA_FORMAT, "schema": Literal(ProtoText(protos, f".{full_name}").text())}
        messages[name] = message(name, service, PUBLIC_HEADERS)
        messages[f"Pseudonymised{name}"] = message(name, service, PSEUDONYMISED_HEADERS)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Holdfast: events for data teams",
            "version": "1.0.0",
            "description": Literal(DESCRIPTION),
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": {
            "public": channel("public", "authority", PUBLIC, list(EVENTS.values())),
            "pseudonymous": channel("pseudonymous", "group", PSEUDONYMOUS, [f"Pseudonymised{name}" for name in EVENTS.values()]),
        },
        "operations": {
            "sendPublic": operation("public", "The relay publishes what the journals record of an authority."),
            "sendPseudonymous": operation("pseudonymous", "The relay publishes the same events for a group of subscribers."),
        },
        "components": {"messages": messages, "schemas": schemas},
    }


def text(descriptor_set):
    return (
        "# Made by tools/asyncapi/generate from the protos: do not edit. Run it again after a change of an event.\n" +
        yaml.dump(of(descriptor_set), Dumper=Dumper, sort_keys=False, width=130, allow_unicode=True))


def channel(name, parameter, described, messages):
    return {
        "address": f"{PREFIX}.{name}.{{{parameter}}}",
        "title": described["title"],
        "description": described["description"],
        "parameters": {parameter: {"description": described["parameter"]}},
        "messages": {message: {"$ref": f"#/components/messages/{message}"} for message in messages},
        "bindings": {"kafka": {"topicConfiguration": {"cleanup.policy": ["delete"], "retention.ms": 7776000000,
                                                      "max.message.bytes": 1048576}}},
    }


def operation(of_channel, summary):
    return {"action": "send", "channel": {"$ref": f"#/channels/{of_channel}"}, "summary": summary}


def message(name, service, headers):
    full_name = f"holdfast.{service}.v1.{name}"
    own = {"ce_source": {"type": "string", "const": f"urn:holdfast:{service}", "description": "The service whose event it is."},
           "ce_type": {"type": "string", "const": full_name, "description": "The full name of the message in the record's value."}}
    properties = {**FIXED_HEADERS, **own, **headers["properties"]}
    return {
        "name": full_name,
        "title": headers["title"].format(service=service),
        "contentType": CONTENT_TYPE,
        "headers": {"type": "object", "required": list(properties), "properties": properties},
        "payload": {"$ref": f"#/components/schemas/{name}"},
        "bindings": {"kafka": {"key": {"type": "string", "pattern": HEX_ID, "description": headers["key"]}}},
    }


DESCRIPTION = """\
What Holdfast publishes to those who take its events to tables of their own. Each record is a CloudEvent in Kafka's binary mode: the
headers say what it is, the value is one protobuf message, the key the subject's id in lower-case hexadecimal.

A record can come twice, with the same ce_id and the same bytes. One subject's events of a service come in order. Days after which
records go are those of the topic; the relay can publish again. Messages are only ever added to: what a reader does not know it
skips. Names, days of birth and free text stay sealed in the public topics, and are absent in the pseudonymised ones.

Topics begin with "holdfast", or with what the deployment says by --topic-prefix. The journals themselves are private to the services
and no part of this contract.
"""

PUBLIC = {
    "title": "An authority's events, for its own data team",
    "description": "Identifiable: ids are those of the authority's record.",
    "parameter": "The authority's code in lower case, such as e06000901.",
}

PSEUDONYMOUS = {
    "title": "The events for one group of subscribers, under pseudonyms of its own",
    "description": "Ids, ce_id and partition follow from a key of the group, so that two groups cannot join what they hold by them. "
                   "Sequences of days can still be linked.",
    "parameter": "The group's name.",
}

FIXED_HEADERS = {
    "content-type": {"type": "string", "const": CONTENT_TYPE},
    "ce_specversion": {"type": "string", "const": "1.0"},
}

PUBLIC_HEADERS = {
    "title": "An event of {service}",
    "key": "The subject's id.",
    "properties": {
        "ce_id": {"type": "string", "pattern": "^[a-z]+-[0-9]+-[0-9]+$",
                  "description": "SERVICE-PARTITION-EVENT: its position in the service's journal."},
        "ce_time": {"type": "string", "format": "date-time", "description": "When it was recorded."},
        "ce_partitionkey": {"type": "string", "pattern": HEX_ID, "description": "The subject's id, as in the key."},
    },
}

PSEUDONYMISED_HEADERS = {
    "title": "An event of {service}, pseudonymised",
    "key": "The subject's pseudonym in this group.",
    "properties": {
        "ce_id": {"type": "string", "description": "Says nothing of the position; the same whenever the event is published again."},
        "ce_time": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z$",
                    "description": "The day it was recorded."},
        "ce_partitionkey": {"type": "string", "pattern": HEX_ID, "description": "The subject's pseudonym, as in the key."},
    },
}
