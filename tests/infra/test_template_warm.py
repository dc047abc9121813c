"""What of the template keeps functions open, and the way back to an earlier version."""

import json
from typing import Any

import pytest

from tests.awskit.corpus import load_event
from tests.awskit.template import load_template

TEMPLATE = load_template()
RESOURCES = TEMPLATE["Resources"]
API = RESOURCES["ApiFunction"]["Properties"]
NOTHING = {"Ref": "AWS::NoValue"}


def properties(name: str) -> Any:
    return RESOURCES[name]["Properties"]


def test_every_deployment_is_a_version_behind_one_alias() -> None:
    assert API["AutoPublishAlias"] == "live"
    # Without it a changed setting alone would make no version, and the alias would keep the old.
    assert API["AutoPublishAliasAllProperties"] is True


def test_only_the_alias_is_called() -> None:
    text = json.dumps(RESOURCES)
    assert "${ApiFunction.Arn}:live/invocations" in text
    assert "${ApiFunction.Arn}/" not in text
    for name in ("ApiPermission", "KeepWarmPermission"):
        assert properties(name)["FunctionName"] == {"Ref": "ApiFunction.Alias"}


def test_provisioned_functions_are_a_parameter_and_off() -> None:
    choice = {"ProvisionedConcurrentExecutions": {"Ref": "ProvisionedConcurrency"}}
    assert API["ProvisionedConcurrencyConfig"] == {"Fn::If": ["Provision", choice, NOTHING]}
    assert TEMPLATE["Parameters"]["ProvisionedConcurrency"]["Default"] == 0


def test_the_scheduled_call_is_a_parameter_and_off() -> None:
    assert TEMPLATE["Parameters"]["KeepWarm"]["Default"] == "false"
    for name in ("KeepWarmRule", "KeepWarmPermission"):
        assert RESOURCES[name]["Condition"] == "Warm"
    assert properties("KeepWarmPermission")["Principal"] == "events.amazonaws.com"


def test_the_scheduled_call_is_the_event_that_the_function_knows() -> None:
    (target,) = properties("KeepWarmRule")["Targets"]
    assert json.loads(target["Input"]) == load_event("keep_warm")
    assert target["Arn"] == {"Ref": "ApiFunction.Alias"}


@pytest.mark.parametrize("name", ["WorkerFunction"])
def test_the_worker_is_never_kept_open(name: str) -> None:
    assert "ProvisionedConcurrencyConfig" not in properties(name)
