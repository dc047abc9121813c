"""The SAM template with CloudFormation's short tags spelled out, and questions to ask it."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.awskit.functions import ROOT

PATH = ROOT / "infra/template.yaml"


class _Loader(yaml.SafeLoader):
    """Understands `!Ref` and its like."""


def _tag(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        return {name: value.split(".", 1) if suffix == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _tag)


def load_template() -> dict[str, Any]:
    """The whole template."""
    template: dict[str, Any] = yaml.load(PATH.read_text("utf-8"), _Loader)
    return template


def walk(value: Any) -> Iterator[Any]:
    """The value and everything inside it."""
    yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inside:
        yield from walk(item)


def names_used(value: Any) -> set[str]:
    """Parameters and resources that Ref, GetAtt and Sub name somewhere inside."""
    found: set[str] = set()
    for item in (item for item in walk(value) if isinstance(item, dict)):
        if "Ref" in item:
            found.add(item["Ref"])
        if "Fn::GetAtt" in item:
            found.add(item["Fn::GetAtt"][0])
        if "Fn::Sub" in item:
            found |= {name.split(".")[0] for name in re.findall(r"\$\{([^}]+)\}", item["Fn::Sub"])}
    return found


def statements(role_or_policy: dict[str, Any]) -> list[dict[str, Any]]:
    """Every statement of a role's policies, or of a resource policy."""
    properties = role_or_policy["Properties"]
    policies = properties.get("Policies") or [properties]
    return [item for policy in policies for item in policy["PolicyDocument"]["Statement"]]
