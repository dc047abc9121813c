"""What the images promise, read from the Dockerfile."""

import fnmatch
import json
import shlex
import subprocess

import pytest

from tests.awskit.dockerfile import parse_dockerfile
from tests.awskit.functions import ROOT

STAGES = parse_dockerfile(ROOT / "functions/ocr/Dockerfile")
IMAGES = ["lambda", "server"]


def test_bases() -> None:
    assert STAGES["lambda"].base == "public.ecr.aws/lambda/python:3.13"
    assert STAGES["server"].base == "public.ecr.aws/docker/library/python:3.13-slim"
    assert all(stage.base.startswith("public.ecr.aws/") for stage in STAGES.values())


@pytest.mark.parametrize("stage", STAGES)
def test_what_fetches_packages_asks_the_index_that_is_named(stage: str) -> None:
    """The argument must be taken into every stage; one that is not given leaves pip's own."""
    assert "PACKAGE_INDEX" in STAGES[stage].all("ARG")
    fetching = [run for run in STAGES[stage].all("RUN") if "pip " in run or "-m builder" in run]
    assert fetching
    assert all(run.startswith("PIP_INDEX_URL=${PACKAGE_INDEX} ") for run in fetching)


def test_mirrors_reach_the_build() -> None:
    said = [
        "make",
        "-n",
        "sam-local",
        "REGISTRY=mirror.example/aws",
        "PACKAGE_INDEX=https://m.example/",
    ]
    shown = subprocess.run(said, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    expected = '--parameter-overrides "Registry=mirror.example/aws PackageIndex=https://m.example/"'
    assert f"build {expected}" in shown
    plain = subprocess.run(said[:3], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "sam build  &&" in plain


@pytest.mark.parametrize("stage", STAGES)
def test_packages_are_pinned_by_hash_and_never_compiled(stage: str) -> None:
    installs = [run for run in STAGES[stage].all("RUN") if "pip install" in run]
    assert len(installs) == 1
    words = shlex.split(installs[0])
    assert {"--require-hashes", "--no-cache-dir", "--only-binary"} <= set(words)


@pytest.mark.parametrize("image", IMAGES)
def test_packages_are_cut_in_the_step_that_installs_them(image: str) -> None:
    """In a later step the image would only grow."""
    (install,) = [run for run in STAGES[image].all("RUN") if "pip install" in run]
    steps = [step.strip() for step in install.split("&&")]
    assert "-m slim" in steps[1]
    assert steps[2] == "rm -rf /tmp/slim"
    assert "functions/ocr/slim" in STAGES[image].copied()


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_is_installed_from_the_system(stage: str) -> None:
    runs = " ".join(STAGES[stage].all("RUN"))
    for tool in ("apt", "dnf", "yum", "gcc", "g++", "make ", "curl", "wget"):
        assert tool not in runs


@pytest.mark.parametrize("image", IMAGES)
def test_each_image_has_its_own_lock(image: str) -> None:
    assert f"functions/ocr/requirements/{image}.txt" in STAGES[image].copied()


@pytest.mark.parametrize("image", IMAGES)
def test_models_come_from_the_layer(image: str) -> None:
    expected = "--from=layer /build/layers/model/build/opt/models /opt/models"
    assert expected in STAGES[image].all("COPY")
    assert "python3 -m builder --out layers/model/build" in " ".join(STAGES["layer"].all("RUN"))


@pytest.mark.parametrize("image", IMAGES)
def test_image_holds_code_and_page_and_no_tests(image: str) -> None:
    copied = STAGES[image].copied()
    assert "functions/ocr/wenyun" in copied
    assert any(step.startswith("--from=layer /build/webui ") for step in STAGES[image].all("COPY"))
    assert ("functions/ocr/handler.py" in copied) == (image == "lambda")
    assert not any(source.startswith(("tests", ".", "/")) for source in copied)


def test_the_page_is_packed_where_it_is_copied() -> None:
    """In few files, since each is a call of the function."""
    layer = STAGES["layer"]
    assert {"functions/webui", "functions/ocr/slim"} <= set(layer.copied())
    assert any("-m slim.page webui" in step for step in layer.all("RUN"))


@pytest.mark.parametrize("image", IMAGES)
def test_bytecode_is_compiled_after_the_code_is_there(image: str) -> None:
    steps = STAGES[image].steps
    compiled = next(n for n, (_, argument) in enumerate(steps) if "compileall" in argument)
    copied = [n for n, (_, argument) in enumerate(steps) if "functions/ocr/wenyun" in argument]
    assert copied
    assert max(copied) < compiled


def test_lambda_starts_the_handler() -> None:
    assert [json.loads(command) for command in STAGES["lambda"].all("CMD")] == [["handler.handler"]]


def test_server_serves_everyone_without_root() -> None:
    server = STAGES["server"]
    assert server.env()["HOST"] == "0.0.0.0"
    assert server.env()["PORT"] == "5000"
    assert server.all("EXPOSE") == ["5000"]
    assert server.all("USER") == ["10001"]
    assert "--uid 10001" in " ".join(server.all("RUN"))
    assert json.loads(server.all("CMD")[0]) == ["python", "-m", "wenyun.server"]


def test_server_is_asked_for_its_health() -> None:
    (check,) = STAGES["server"].all("HEALTHCHECK")
    command = json.loads(check[check.index("[") :])
    assert command[:2] == ["python", "-c"]
    assert "/api/health" in command[2]
    compile(command[2], "HEALTHCHECK", "exec")


def test_what_is_copied_is_sent_to_the_builder() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*", "nothing goes unless it is named"
    allowed = [rule[1:] for rule in rules if rule.startswith("!")]
    for source in {source for stage in STAGES.values() for source in stage.copied()}:
        assert any(_covers(rule, source) for rule in allowed), source


def test_what_is_sent_to_the_builder_is_copied() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = {source for stage in STAGES.values() for source in stage.copied()}
    for rule in (line[1:] for line in lines if line.startswith("!")):
        assert any(_covers(rule, source) for source in copied), rule


def test_what_is_built_or_cached_here_stays_here() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {"layers/model/.cache", "layers/model/build", "**/__pycache__"} <= set(lines)


def _covers(rule: str, source: str) -> bool:
    return source == rule or source.startswith(rule + "/") or fnmatch.fnmatch(rule, source)
