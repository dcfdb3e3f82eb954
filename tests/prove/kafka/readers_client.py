"""A Python client as a data team would write it, with confluent-kafka and the CloudEvents SDK; readers.py makes a place that has them.

Usage: readers_client.py read BROKERS TOPIC      all records, a line of JSON each
       readers_client.py write BROKERS TOPIC     an event in protobuf for each line {"key","id","type","data"} of standard input
"""

import base64
import json
import sys

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from cloudevents.core.formats.json import JSONFormat
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Producer, TopicPartition


class DataAsBytes(JSONFormat):
    """The SDK's own format reads data that is no JSON as text where it can: protobuf is neither."""

    def read_data(self, body, datacontenttype):
        return bytes(body)


def event_of(record, headers):
    if "ce_specversion" not in headers:
        return None
    event = from_binary_event(KafkaMessage(headers=headers, key=record.key(), value=record.value()), DataAsBytes())
    if not isinstance(event.get_data(), bytes):
        raise SystemExit("the data is not bytes")
    return {"id": event.get_id(), "source": event.get_source(), "type": event.get_type(),
            "data": base64.b64encode(event.get_data()).decode()}


def shown(record):
    headers = record.headers() or []
    key = record.key()
    return {"partition": record.partition(), "offset": record.offset(), "key": key if key is None else base64.b64encode(key).decode(),
            "value": base64.b64encode(record.value()).decode(), "headers": [[name, value.decode()] for name, value in headers],
            "event": event_of(record, dict(headers))}


def read(brokers, topic):
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": "readers", "enable.auto.commit": False, "enable.partition.eof": True})
    left = set(consumer.list_topics(topic, timeout=30).topics[topic].partitions)
    consumer.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in left])
    while left:
        record = consumer.poll(30)
        if record is None:
            raise SystemExit("nothing more is read")
        if record.error() is None:
            print(json.dumps(shown(record)))
        elif record.error().code() == KafkaError._PARTITION_EOF:
            left.discard(record.partition())
        else:
            raise SystemExit(str(record.error()))
    consumer.close()


def write(brokers, topic):
    producer = Producer({"bootstrap.servers": brokers, "acks": "all", "enable.idempotence": True})
    failed = []
    for line in map(json.loads, sys.stdin):
        headers = {"content-type": "application/protobuf", "ce_specversion": "1.0", "ce_id": line["id"],
                   "ce_source": "urn:holdfast:golden", "ce_type": line["type"], "ce_partitionkey": line["key"]}
        producer.produce(topic, base64.b64decode(line["data"]), line["key"].encode(), 0, headers=list(headers.items()),
                         on_delivery=lambda error, _: failed.append(error) if error else None)
    if producer.flush(60) or failed:
        raise SystemExit(f"not written: {failed[:1]}")


if __name__ == "__main__":
    {"read": read, "write": write}[sys.argv[1]](*sys.argv[2:])
