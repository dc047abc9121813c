"""The compose file and what Prometheus is told: every name in them is one that exists."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.api_fakes import FakeReader, call
from tests.awskit.functions import ROOT
from tests.unit.observe.test_meters import parsed
from wenyun.api.app import create_app
from wenyun.settings import Settings
from wenyun.wiring import make_jobs

INFRA = ROOT / "infra"
COMPOSE: dict[str, Any] = yaml.safe_load((INFRA / "compose.yaml").read_text("utf-8"))
SERVER = COMPOSE["services"]["wenyun"]
PROMETHEUS = COMPOSE["services"]["prometheus"]
CONFIG: dict[str, Any] = yaml.safe_load((INFRA / "prometheus/prometheus.yml").read_text("utf-8"))
RULES: list[dict[str, Any]] = yaml.safe_load((INFRA / "prometheus/rules.yml").read_text("utf-8"))[
    "groups"
][0]["rules"]
PAGE = (ROOT / "docs/operating.md").read_text("utf-8")
DOCKERFILE = (ROOT / "functions/ocr/Dockerfile").read_text("utf-8")


def test_the_image_is_the_one_that_make_builds() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert f"--target server -t {SERVER['image']} ." in makefile


def test_the_port_is_the_servers_and_open_to_this_machine_alone() -> None:
    for service, port in ((SERVER, Settings().port), (PROMETHEUS, 9090)):
        assert service["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_every_setting_is_one_that_the_server_reads() -> None:
    source = (ROOT / "functions/ocr/wenyun/settings.py").read_text("utf-8")
    for name in SERVER["environment"]:
        assert f'"{name}"' in source, name


def test_empty_variables_are_as_good_as_none() -> None:
    env = {
        name: re.sub(r"\$\{\w+:-(\w*)\}", r"\1", value)
        for name, value in SERVER["environment"].items()
    }
    settings = Settings.from_env(env)
    assert (settings.api_key, settings.profile) == ("", "balanced")
    assert settings.data_dir == Path("/data")


def test_what_is_written_has_a_place() -> None:
    """The root is read-only, so jobs and temporary files need theirs."""
    assert SERVER["read_only"]
    assert SERVER["tmpfs"] == ["/tmp"]
    (volume,) = SERVER["volumes"]
    name, path = volume.split(":")
    assert name in COMPOSE["volumes"]
    assert path == SERVER["environment"]["OCR_DATA_DIR"]


def test_the_server_has_time_to_finish() -> None:
    from wenyun.serving import DRAIN_SECONDS

    assert int(SERVER["stop_grace_period"].removesuffix("s")) > DRAIN_SECONDS


def test_health_is_asked_at_an_address_that_answers() -> None:
    (address,) = re.findall(r"http://127.0.0.1:5000(/[\w/]+)", SERVER["healthcheck"]["test"][-1])
    assert call(create_app(Settings(), FakeReader()), "GET", address).status_code == 200
    compile(SERVER["healthcheck"]["test"][-1], "healthcheck", "exec")


def test_prometheus_comes_only_when_asked_for() -> None:
    assert PROMETHEUS["profiles"] == ["metrics"]
    assert "profiles" not in SERVER
    assert re.fullmatch(r"[\w./-]+:v\d+\.\d+\.\d+", PROMETHEUS["image"])


def test_prometheus_finds_its_files() -> None:
    for volume in PROMETHEUS["volumes"]:
        source, target, *_ = volume.split(":")
        if source.startswith("."):
            assert (INFRA / source).is_file()
            assert target.startswith("/etc/prometheus/")
        else:
            assert source in COMPOSE["volumes"]
    assert f"--config.file={PROMETHEUS['volumes'][0].split(':')[1]}" in PROMETHEUS["command"]
    assert CONFIG["rule_files"] == ["rules.yml"]


def test_prometheus_asks_where_the_server_answers(tmp_path: Path) -> None:
    (job,) = CONFIG["scrape_configs"]
    assert job["static_configs"] == [{"targets": ["wenyun:5000"]}]
    ((header, source),) = job["http_headers"].items()
    (given,) = PROMETHEUS["configs"]
    assert source == {"files": [given["target"]]}
    assert COMPOSE["configs"][given["source"]] == {"content": "${OCR_API_KEY:-none}"}
    app = create_app(Settings(api_key="k"), FakeReader(), metrics=True)
    assert call(app, "GET", job["metrics_path"], headers={header: "k"}).status_code == 200


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every metric that a server with a job and a request has."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("jobs"))
    jobs = make_jobs(settings, ["false"])
    app = create_app(settings, FakeReader(), jobs=jobs, metrics=True)
    try:
        assert app.state.warmup.ready(30)
        jobs.open().desk.announce("a.pdf", "application/pdf", 5, {})
        call(app, "POST", "/api/ocr", content=b"x")
        return {name for name, _ in parsed(call(app, "GET", "/metrics").text)}
    finally:
        jobs.stop()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_a_rule_asks_for_metrics_that_exist(rule: dict[str, Any], known: set[str]) -> None:
    asked = set(re.findall(r"\b(?:wenyun|process)_\w+", rule["expr"]))
    assert asked or "up{" in rule["expr"]
    assert asked <= known
    assert f"`{rule['alert']}`" in PAGE
    assert rule["annotations"]["summary"]


def test_every_metric_is_explained(known: set[str]) -> None:
    told = set(re.findall(r"`((?:wenyun|process)_\w+)`", PAGE))
    plain = {re.sub(r"_(bucket|sum|count)$", "", name) for name in known}
    assert told == plain
