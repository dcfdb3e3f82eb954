"""The manifests are what Kubernetes and Strimzi take, by their own schemas, and name only what is there. They have met no cluster."""

import copy
import functools
import re
import sys
import unittest

import jsonschema
import kubernetes_validate
import yaml

from command_words import amiss
from places import DEPLOY, TOOLS

sys.path.insert(0, str(DEPLOY / "kubernetes"))
from kafka_resources import KEPT_FOR_EVER  # noqa: E402  (after its folder is known)

KUBERNETES = "1.32"  # the first that names a pod's index without a gate
OF_STRIMZI = "kafka.strimzi.io/"


def documents():
    for file in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        for document in yaml.safe_load_all(file.read_text(encoding="utf-8")):
            yield document


def closed(schema):
    """A definition of Strimzi's under which a field that it does not know is an error, as with kubectl's strict validation."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if "properties" in schema and "additionalProperties" not in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        made["additionalProperties"] = False
    return made


@functools.cache
def schema_of_strimzi(kind):
    definition = yaml.safe_load((TOOLS / "crds" / f"{kind}.yaml").read_text(encoding="utf-8"))
    versions = {version["name"]: version["schema"]["openAPIV3Schema"] for version in definition["spec"]["versions"] if version["served"]}
    return {f"{OF_STRIMZI}{name}": closed(schema) for name, schema in versions.items()}


def check(document):
    """Raises ValueError where a document is not of its kind."""
    try:
        if document["apiVersion"].startswith(OF_STRIMZI):
            versions = schema_of_strimzi(document["kind"])
            if document["apiVersion"] not in versions:
                raise ValueError(f"{document['kind']} has no version {document['apiVersion']}")
            schema = copy.copy(versions[document["apiVersion"]])
            schema["properties"] = {**schema["properties"], "metadata": {"type": "object"}}
            jsonschema.Draft202012Validator(schema).validate(document)
        else:
            kubernetes_validate.validate(document, KUBERNETES, strict=True)
    except (jsonschema.ValidationError, kubernetes_validate.ValidationError) as error:
        raise ValueError(f"{document['kind']} {document['metadata']['name']}: {error.message}") from error


def of_kind(kind):
    return {document["metadata"]["name"]: document for document in documents() if document["kind"] == kind}


def pods():
    for kind in ("StatefulSet", "Job"):
        for document in of_kind(kind).values():
            yield document["spec"]["template"]["spec"]


def containers():
    for pod in pods():
        for container in [*pod.get("initContainers", []), *pod["containers"]]:
            yield pod, container


class Manifests(unittest.TestCase):
    maxDiff = None

    def test_are_of_their_kinds(self):
        seen = set()
        for document in documents():
            check(document)
            seen.add(document["kind"])
        self.assertLessEqual({"StatefulSet", "Service", "ConfigMap", "PodDisruptionBudget", "PersistentVolumeClaim", "Kafka",
                              "KafkaNodePool", "KafkaTopic", "KafkaUser"}, seen)

    def test_are_not_with_an_error_in_them(self):
        def plant(document, path, value):
            changed = copy.deepcopy(document)
            place = changed
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = value
            return changed

        stateful, kafka = of_kind("StatefulSet")["holdfast"], of_kind("Kafka")["holdfast"]
        topic, user = of_kind("KafkaTopic")["holdfast.keys"], of_kind("KafkaUser")["holdfast-service"]
        pool, budget = of_kind("KafkaNodePool")["broker"], of_kind("PodDisruptionBudget")["holdfast"]
        for changed in (plant(stateful, ["spec", "replicas"], "three"), plant(stateful, ["spec", "template", "spec", "container"], []),
                        plant(stateful, ["spec", "template", "spec", "containers", 0, "readinessProbe", "exec"], {"comand": ["x"]}),
                        plant(budget, ["spec", "maxUnavailble"], 1), plant(kafka, ["spec", "kafka", "listeners", 0, "port"], "x"),
                        plant(kafka, ["spec", "zookeeper"], {}), plant(kafka, ["apiVersion"], "kafka.strimzi.io/v1alpha1"),
                        plant(pool, ["spec", "roles"], ["leader"]), plant(topic, ["spec", "partition"], 16),
                        plant(topic, ["spec", "replicas"], "3x"),
                        plant(user, ["spec", "authorization", "acls", 0, "operations"], ["Overwrite"]),
                        plant(user, ["spec", "authorization", "acls", 0, "resource", "type"], "table")):
            with self.subTest(changed["kind"]), self.assertRaises(ValueError):
                check(changed)

    def test_stand_in_one_namespace(self):
        for document in documents():
            if document["kind"] != "Namespace":
                self.assertEqual(document["metadata"].get("namespace"), "holdfast", document["metadata"]["name"])

    def test_name_volumes_settings_secrets_and_accounts_that_are_there(self):
        secrets = {"holdfast-cluster-ca-cert", *of_kind("KafkaUser")}  # Strimzi makes them
        for pod, container in containers():
            volumes = {volume["name"]: volume for volume in pod["volumes"]}
            volumes.update({claim["metadata"]["name"]: {} for claim in of_kind("StatefulSet")["holdfast"]["spec"]["volumeClaimTemplates"]})
            for mount in container.get("volumeMounts", []):
                self.assertIn(mount["name"], volumes, container["name"])
            for volume in volumes.values():
                self.assertIn(volume.get("configMap", {}).get("name", "holdfast-kafka"), of_kind("ConfigMap"))
                self.assertIn(volume.get("secret", {}).get("secretName", "holdfast-service"), secrets)
                self.assertIn(volume.get("persistentVolumeClaim", {}).get("claimName", "holdfast-keys"), of_kind("PersistentVolumeClaim"))
            self.assertIn(pod.get("serviceAccountName", "holdfast"), of_kind("ServiceAccount"))

    def test_let_services_and_budget_find_the_pods(self):
        labels = of_kind("StatefulSet")["holdfast"]["spec"]["template"]["metadata"]["labels"].items()
        self.assertIn(of_kind("StatefulSet")["holdfast"]["spec"]["serviceName"], of_kind("Service"))
        for service in of_kind("Service").values():
            self.assertLessEqual(service["spec"]["selector"].items(), labels)
        self.assertLessEqual(of_kind("PodDisruptionBudget")["holdfast"]["spec"]["selector"]["matchLabels"].items(), labels)

    def test_bring_each_instance_to_the_others_by_the_proxy(self):
        domain = of_kind("StatefulSet")["holdfast"]["spec"]
        proxy = next(container for _, container in containers() if container["name"] == "proxy")
        self.assertEqual(proxy["env"][0]["value"], f".{domain['serviceName']}.holdfast.svc.cluster.local")
        cfg = (DEPLOY / "haproxy" / "haproxy.cfg").read_text(encoding="utf-8")
        program = next(container for _, container in containers() if container["name"] == "holdfast")
        self.assertIn(f"server instance {program['args'][program['args'].index('--listen') + 1]}", cfg)
        for index in range(10):
            advertised = program["args"][-1].replace("$(POD_INDEX)", str(index))
            self.assertIn(f'bind {advertised}\n  server instance "holdfast-{index}${{HOLDFAST_DOMAIN}}:8443"', cfg)

    def test_run_commands_that_the_program_has(self):
        for _, container in containers():
            if "command" not in container:
                self.assertEqual(amiss(container["args"]), "", container["name"])
        for text in (yaml.safe_dump(list(documents())),):
            for words in re.findall(r"holdfast ((?:--\S+ \S+ )?(?:status|init))", text):
                self.assertEqual(amiss(words.split()), "", words)

    def test_run_as_nobody_special(self):
        for pod, container in containers():
            self.assertTrue(pod["securityContext"]["runAsNonRoot"])
            self.assertEqual(container["securityContext"]["capabilities"], {"drop": ["ALL"]})
            self.assertTrue(container["securityContext"]["readOnlyRootFilesystem"])

    def test_keep_three_copies_of_which_two_count(self):
        self.assertEqual(of_kind("KafkaNodePool")["broker"]["spec"]["replicas"], 3)
        for name, topic in of_kind("KafkaTopic").items():
            self.assertEqual((topic["spec"]["replicas"], topic["spec"]["config"]["min.insync.replicas"]), (3, "2"), name)
            self.assertEqual(topic["spec"]["config"]["unclean.leader.election.enable"], "false", name)

    def test_keep_journals_for_ever(self):
        self.assertEqual(len({str(topic["spec"]) for name, topic in of_kind("KafkaTopic").items() if ".journal." in name}), 1)
        for name, topic in of_kind("KafkaTopic").items():
            compacted = name in ("holdfast.keys", "holdfast.ownership")
            self.assertEqual(topic["spec"]["config"]["cleanup.policy"], "compact" if compacted else "delete", name)
            if not compacted:
                self.assertLessEqual(KEPT_FOR_EVER.items(), topic["spec"]["config"].items(), name)


if __name__ == "__main__":
    unittest.main()
