"""All records of a topic as a Python client with the CloudEvents SDK reads them, a line of JSON each, then it ends.

Usage: read_topic.py BROKERS TOPIC        with cloudevents and kafka-python (tests/kafka/clients.py makes a place that has them)
"""

import base64
import json
import sys

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event
from cloudevents.core.formats.json import JSONFormat
from kafka import KafkaConsumer, TopicPartition


class DataAsBytes(JSONFormat):
    """The SDK's own format reads data that is no JSON as text where it can: protobuf is neither."""

    def read_data(self, body, datacontenttype):
        return bytes(body)


def shown(record):
    event = from_binary_event(KafkaMessage(headers=dict(record.headers), key=record.key, value=record.value), DataAsBytes())
    if not isinstance(event.get_data(), bytes):
        raise SystemExit("the data is not bytes")
    return {"topic": record.topic, "partition": record.partition, "offset": record.offset, "timestamp": record.timestamp,
            "key": record.key.decode(), "value": base64.b64encode(record.value).decode(),
            "headers": [[name, value.decode()] for name, value in record.headers],
            "event": {"id": event.get_id(), "source": event.get_source(), "type": event.get_type(),
                      "time": event.get_time().isoformat(), "partitionkey": event.get_extension("partitionkey"),
                      "datacontenttype": event.get_datacontenttype(), "data": base64.b64encode(event.get_data()).decode()}}


def main(brokers, topic):
    consumer = KafkaConsumer(bootstrap_servers=brokers, enable_auto_commit=False, auto_offset_reset="earliest")
    partitions = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())]
    consumer.assign(partitions)
    consumer.seek_to_beginning()
    ends = consumer.end_offsets(partitions)
    while any(consumer.position(partition) < ends[partition] for partition in partitions):
        for records in consumer.poll(timeout_ms=500).values():
            for record in records:
                print(json.dumps(shown(record)))
    consumer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
