"""The bill of materials in CycloneDX 1.6: `python -m tests.supply.sbom --out FILE`.

Packages come from the locks of both images with the checksums that pip holds their files against,
models from `layers/model/models.toml`. It names no time and no machine: the same checkout gives
the same bytes.
"""

import argparse
import json
import re
import sys
import tomllib
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

from tests.supply.locks import LAMBDA, ROOT, SERVER, Pin, pins
from wenyun.version import __version__

MODELS = ROOT / "layers/model/models.toml"
PRODUCT = "wenyun"

_CLASSIFIERS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_NAMES = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "BSD-3-Clause": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache-2.0": "Apache-2.0",
}

Json = dict[str, Any]


def build() -> Json:
    """The whole document."""
    libraries = [_library(pin, roles) for pin, roles in _shipped()]
    components = libraries + [_model(entry) for entry in _models()]
    document: Json = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _product()},
        "components": components,
        "dependencies": [
            {"ref": PRODUCT, "dependsOn": sorted(one["bom-ref"] for one in components)}
        ],
    }
    content = json.dumps(document, sort_keys=True)
    return {"serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, content).urn, **document}


def _product() -> Json:
    return {
        "type": "application",
        "bom-ref": PRODUCT,
        "name": PRODUCT,
        "version": __version__,
        "licenses": [{"expression": "Apache-2.0"}],
    }


def _shipped() -> list[tuple[Pin, list[str]]]:
    """Each package of the images, with the images that have it."""
    found: dict[Pin, list[str]] = {}
    for role, lock in (("lambda", LAMBDA), ("server", SERVER)):
        for pin in pins(lock):
            found.setdefault(pin, []).append(role)
    return sorted(found.items(), key=lambda item: (item[0].name, item[0].version))


def _library(pin: Pin, roles: list[str]) -> Json:
    properties = [{"name": "wenyun:image", "value": role} for role in roles]
    if pin.marker:
        properties.append({"name": "wenyun:marker", "value": pin.marker})
    hashes = [{"alg": "SHA-256", "content": content} for content in pin.hashes]
    licence = licence_of(pin.name)
    return {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "purl": pin.purl,
        **({"licenses": [licence]} if licence else {}),
        "externalReferences": [{"type": "distribution", "url": pin.purl, "hashes": hashes}],
        "properties": properties,
    }


def licence_of(name: str) -> Json | None:
    """What an installed package says of its licence; None for what is not installed here."""
    try:
        told = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return None
    if expression := told.get("license_expression"):
        return {"expression": str(expression)}
    if (short := str(told.get("license") or "").strip()) in _NAMES:
        return {"expression": _NAMES[short]}
    for classifier in told.get("classifier", ()):
        title = str(classifier).rpartition(" :: ")[2]
        if str(classifier).startswith("License ::") and title in _CLASSIFIERS:
            return {"expression": _CLASSIFIERS[title]}
    return {"license": {"name": short.partition("\n")[0][:120]}} if short else None


def _models() -> list[Json]:
    found: list[Json] = tomllib.loads(MODELS.read_text("utf-8"))["model"]
    return sorted(found, key=lambda entry: str(entry["role"]))


def _model(entry: Json) -> Json:
    wheel = re.fullmatch(r"([^=]+)==(.+)", entry.get("wheel", ""))
    source = f"pkg:pypi/{wheel[1]}@{wheel[2]}" if wheel else f"file:layers/model/{entry['file']}"
    place = entry["path"] if wheel else entry["file"]
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model:{entry['role']}",
        "name": entry["name"],
        **({"version": wheel[2]} if wheel else {}),
        "hashes": [{"alg": "SHA-256", "content": entry["sha256"]}],
        "licenses": [{"expression": entry["licence"]}],
        "externalReferences": [{"type": "distribution", "url": source}],
        "properties": [
            {"name": "wenyun:role", "value": entry["role"]},
            {"name": "wenyun:path", "value": place},
        ],
    }


def main() -> int:
    """Write the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="standard output where not given")
    given = parser.parse_args()
    document = build()
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if given.out is None:
        sys.stdout.write(text)
        return 0
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(text, "utf-8")
    sys.stdout.write(f"{given.out}: {len(document['components'])} components\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
