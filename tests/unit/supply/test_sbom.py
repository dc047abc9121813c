"""The bill of materials: complete, the same every time, valid, and without an address."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from tests.awskit.tools import AUDIT, missing
from tests.supply import sbom
from tests.supply.locks import LAMBDA, SERVER, pins

DOCUMENT = sbom.build()
COMPONENTS = {one["bom-ref"]: one for one in DOCUMENT["components"]}


def test_it_is_the_same_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [tmp_path / "a", tmp_path / "deep" / "b"]
    for file in files:
        monkeypatch.setattr("sys.argv", ["sbom", "--out", str(file)])
        assert sbom.main() == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert json.loads(files[0].read_text("utf-8")) == DOCUMENT
    assert "timestamp" not in files[0].read_text("utf-8")


def test_every_package_of_the_images_is_there_with_its_checksums() -> None:
    for role, lock in (("server", SERVER), ("lambda", LAMBDA)):
        for pin in pins(lock):
            found = COMPONENTS[pin.purl]
            (reference,) = found["externalReferences"]
            assert {one["content"] for one in reference["hashes"]} == set(pin.hashes)
            assert {"name": "wenyun:image", "value": role} in found["properties"]


def test_every_package_of_this_machine_has_a_licence() -> None:
    for found in COMPONENTS.values():
        elsewhere = any(one["name"] == "wenyun:marker" for one in found["properties"])
        assert found.get("licenses") or elsewhere, found["name"]


def test_every_model_is_there_with_licence_and_checksum() -> None:
    entries = tomllib.loads(sbom.MODELS.read_text("utf-8"))["model"]
    models = [one for one in COMPONENTS.values() if one["type"] == "machine-learning-model"]
    assert len(models) == len(entries) >= 4
    for entry in entries:
        found = COMPONENTS[f"model:{entry['role']}"]
        assert found["hashes"] == [{"alg": "SHA-256", "content": entry["sha256"]}]
        assert found["licenses"] == [{"expression": entry["licence"]}]


def test_all_is_part_of_the_product() -> None:
    (root,) = DOCUMENT["dependencies"]
    assert root["dependsOn"] == sorted(COMPONENTS)
    assert DOCUMENT["metadata"]["component"]["bom-ref"] == root["ref"]


def test_it_names_no_address() -> None:
    assert not re.search(r"https?://", json.dumps(DOCUMENT))


def test_a_model_of_our_own_and_a_package_that_is_not_here() -> None:
    entry = {"role": "x", "name": "X", "file": "weights/x.onnx", "sha256": "0" * 64}
    found = sbom._model(entry | {"licence": "Apache-2.0"})
    assert found["externalReferences"][0]["url"] == "file:layers/model/weights/x.onnx"
    assert "version" not in found
    assert sbom.licence_of("no-such-package-anywhere") is None


def test_it_is_valid() -> None:
    """By the schema that comes with the tool that reads such documents."""
    places = sorted(AUDIT.parents[1].glob("lib/python*/site-packages/cyclonedx/schema/_res"))
    if not places:
        missing("the schema of CycloneDX (make audit installs it)")
    schemas: dict[str, Any] = {
        file.name: json.loads(file.read_text("utf-8")) for file in places[0].glob("*.schema.json")
    }
    registry: Registry[Any] = Registry().with_resources(
        [
            (schema["$id"], Resource.from_contents(schema))
            for schema in schemas.values()
            if "$id" in schema
        ]
    )
    rules = schemas["bom-1.6.SNAPSHOT.schema.json"]
    jsonschema.Draft7Validator(rules, registry=registry).validate(DOCUMENT)
