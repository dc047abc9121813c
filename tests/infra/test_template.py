"""What holds for the whole template."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.awskit.functions import ROOT
from tests.awskit.template import PATH, load_template, names_used, walk
from tests.awskit.tools import CFN_LINT, SAM, need
from wenyun.models.heap import BOUNDS

TEMPLATE = load_template()
RESOURCES = TEMPLATE["Resources"]
FUNCTIONS = ["ApiFunction", "WorkerFunction"]


def properties(name: str) -> Any:
    return RESOURCES[name]["Properties"]


def test_functions_are_one_image() -> None:
    images = [RESOURCES[name]["Metadata"] for name in FUNCTIONS]
    assert images[0] == images[1]
    context = (PATH.parent / images[0]["DockerContext"]).resolve()
    assert context == ROOT
    assert (context / images[0]["Dockerfile"]).is_file()
    assert images[0]["DockerBuildTarget"] == "lambda"
    arguments = {"REGISTRY": {"Ref": "Registry"}, "PACKAGE_INDEX": {"Ref": "PackageIndex"}}
    assert images[0]["DockerBuildArgs"] == arguments
    assert images[0]["DockerTag"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function(name: str) -> None:
    function = properties(name)
    assert function["PackageType"] == "Image"
    logs = function["LoggingConfig"]["LogGroup"]["Ref"]
    assert properties(logs)["RetentionInDays"] == {"Ref": "LogDays"}
    limit = function["ReservedConcurrentExecutions"]["Fn::If"]
    assert limit[2] == {"Ref": "AWS::NoValue"}
    assert limit[0] in TEMPLATE["Conditions"]
    assert TEMPLATE["Parameters"][limit[1]["Ref"]]["Default"] == 0


def test_processor_is_a_parameter() -> None:
    assert TEMPLATE["Globals"]["Function"]["Architectures"] == [{"Ref": "Architecture"}]
    assert TEMPLATE["Parameters"]["Architecture"]["AllowedValues"] == ["x86_64", "arm64"]


def test_functions_have_as_few_heaps_as_the_server() -> None:
    """By glibc's own variable, which costs a cold start nothing."""
    variables = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["MALLOC_ARENA_MAX"] == str(BOUNDS["MALLOC_ARENA_MAX"][1])


def test_layer_is_the_tree_of_the_image_and_off_by_default() -> None:
    layer = RESOURCES["ModelLayer"]
    assert layer["Type"] == "AWS::Serverless::LayerVersion"
    assert layer["Condition"] == "WithLayer"
    assert TEMPLATE["Parameters"]["PublishLayer"]["Default"] == "false"
    tree = (PATH.parent / layer["Properties"]["ContentUri"]).resolve()
    assert tree == ROOT / "layers/model/build/opt"


def test_no_partition_is_taken_for_granted() -> None:
    text = PATH.read_text("utf-8")
    assert "arn:aws:" not in text
    assert "amazonaws.com/" not in text
    assert "cloudfront" not in text.lower()


def test_no_policy_allows_everything() -> None:
    found = [
        item for item in walk(RESOURCES) if isinstance(item, dict) and item.get("Effect") == "Allow"
    ]
    assert len(found) >= 8
    for statement in found:
        assert statement.get("Resource") != "*"
        assert "*" not in str(statement["Action"])


def test_every_parameter_is_used_and_explained() -> None:
    used = names_used(TEMPLATE)
    for name, parameter in TEMPLATE["Parameters"].items():
        assert name in used, name
        assert "Default" in parameter
        assert parameter["Description"].endswith((".", "spare."))


def test_every_condition_is_used() -> None:
    text = PATH.read_text("utf-8")
    for name in TEMPLATE["Conditions"]:
        assert text.count(name) > 1, name


def test_yaml_has_no_aliases() -> None:
    # CloudFormation refuses them.
    import yaml

    tokens = list(yaml.scan(PATH.read_text("utf-8")))
    assert not [token for token in tokens if isinstance(token, (yaml.AliasToken, yaml.AnchorToken))]


def test_samconfig_asks_before_it_changes_anything() -> None:
    config = tomllib.loads((PATH.parent / "samconfig.toml").read_text("utf-8"))["default"]
    deploy = config["deploy"]["parameters"]
    assert deploy["confirm_changeset"]
    assert deploy["resolve_image_repos"]
    assert deploy["capabilities"] == "CAPABILITY_IAM"
    assert config["global"]["parameters"]["stack_name"] == "wenyun"
    assert config["validate"]["parameters"]["lint"]


LIST_ROUTES = f"""
from samcli.lib.providers.api_provider import ApiProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider
stacks, _ = SamLocalStackProvider.get_stacks({str(PATH)!r})
api = ApiProvider(stacks).api
print(*sorted(route.path for route in api.routes))
print(*sorted(api.binary_media_types))
"""


def run_tool(command: list[str | Path], home: Path) -> subprocess.CompletedProcess[str]:
    env = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "SAM_CLI_TELEMETRY": "0",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_sam_local_understands_the_api(tmp_path: Path) -> None:
    done = run_tool([need(SAM).with_name("python"), "-c", LIST_ROUTES], tmp_path)
    assert done.returncode == 0, done.stderr
    routes, types = done.stdout.splitlines()
    assert routes.split() == sorted(properties("Api")["DefinitionBody"]["paths"])
    assert {"multipart/form-data", "image/png"} <= set(types.split())


@pytest.mark.parametrize(
    ("tool", "arguments"), [(SAM, ["validate", "--lint", "-t"]), (CFN_LINT, [])]
)
def test_linters_have_nothing_to_say(tool: Path, arguments: list[str], tmp_path: Path) -> None:
    done = run_tool([need(tool), *arguments, PATH], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
