"""Alarms, dashboard and tracing: they watch what exists, under the names that it has."""

import json
import re
from typing import Any

import pytest

from tests.awskit.functions import ROOT
from tests.awskit.template import load_template, walk
from wenyun.observe.emf import DIMENSION, METRICS, NAMESPACE

TEMPLATE = load_template()
RESOURCES = TEMPLATE["Resources"]
ALARMS = {
    name: resource["Properties"]
    for name, resource in RESOURCES.items()
    if resource["Type"] == "AWS::CloudWatch::Alarm"
}
OURS = {name for metrics in METRICS.values() for name in metrics}
AWS = {
    "AWS/Lambda": {"Errors", "Throttles", "Duration", "ConcurrentExecutions"},
    "AWS/SQS": {
        "ApproximateAgeOfOldestMessage",
        "ApproximateNumberOfMessagesVisible",
        "ApproximateNumberOfMessagesNotVisible",
    },
}
"""Metrics that the services document; a misspelt one would never ring."""

PAGE = (ROOT / "docs/operating.md").read_text("utf-8")


def dashboard() -> list[dict[str, Any]]:
    body = RESOURCES["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    widgets: list[dict[str, Any]] = json.loads(body)["widgets"]
    return widgets


def test_what_has_to_ring_does() -> None:
    watched = {
        (alarm["MetricName"], alarm["Dimensions"][0]["Value"].get("Ref", "queue"))
        if isinstance(alarm["Dimensions"][0]["Value"], dict)
        else (alarm["MetricName"], alarm["Dimensions"][0]["Value"])
        for alarm in ALARMS.values()
    }
    assert watched >= {
        ("Errors", "ApiFunction"),
        ("Errors", "WorkerFunction"),
        ("Throttles", "ApiFunction"),
        ("Throttles", "WorkerFunction"),
        ("request_ms", "api"),
        ("ApproximateAgeOfOldestMessage", "queue"),
        ("ApproximateNumberOfMessagesVisible", "queue"),
    }
    assert len(ALARMS) <= 10, "ten alarms are free of charge"


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_watches_something_that_exists(name: str) -> None:
    alarm = ALARMS[name]
    known_metric(alarm["Namespace"], alarm["MetricName"])
    for dimension in alarm["Dimensions"]:
        known_dimension(alarm["Namespace"], dimension["Name"], dimension["Value"])
    assert ("Statistic" in alarm) != ("ExtendedStatistic" in alarm)
    assert alarm["TreatMissingData"] == "notBreaching"
    assert alarm["AlarmActions"] == [
        {"Fn::If": ["Mail", {"Ref": "AlarmTopic"}, {"Ref": "AWS::NoValue"}]}
    ]


@pytest.mark.parametrize("name", ALARMS)
def test_the_manual_says_what_to_do_when_it_rings(name: str) -> None:
    assert f"`{name}`" in PAGE
    assert "docs/operating.md" in ALARMS[name]["AlarmDescription"]


def known_metric(namespace: str, name: str) -> None:
    assert name in (OURS if namespace == NAMESPACE else AWS[namespace])


def known_dimension(namespace: str, name: str, value: Any) -> None:
    if namespace == NAMESPACE:
        assert (name, value) in ((DIMENSION, "api"), (DIMENSION, "worker"))
    elif namespace == "AWS/Lambda":
        assert name == "FunctionName"
        assert RESOURCES[value["Ref"]]["Type"] == "AWS::Serverless::Function"
    else:
        assert name == "QueueName"
        resource, attribute = value["Fn::GetAtt"]
        assert (RESOURCES[resource]["Type"], attribute) == ("AWS::SQS::Queue", "QueueName")


def test_nobody_is_mailed_unless_asked_for() -> None:
    assert TEMPLATE["Parameters"]["AlarmEmail"]["Default"] == ""
    pattern = TEMPLATE["Parameters"]["AlarmEmail"]["AllowedPattern"]
    assert re.match(pattern, "")
    assert re.match(pattern, "ops@example.com")
    assert not re.match(pattern, "ops")
    topic = RESOURCES["AlarmTopic"]
    assert topic["Condition"] == "Mail"
    assert topic["Properties"]["Subscription"][0]["Endpoint"] == {"Ref": "AlarmEmail"}


def test_the_dashboard_shows_metrics_that_exist() -> None:
    metrics = [
        metric for widget in dashboard() for metric in widget["properties"].get("metrics", [])
    ]
    assert len(metrics) > 20
    for namespace, name, dimension, value, *_ in metrics:
        known_metric(namespace, name)
        if namespace == NAMESPACE:
            assert (dimension, value in ("api", "worker")) == (DIMENSION, True)
        else:
            resource = re.fullmatch(r"\$\{(\w+)(\.QueueName)?\}", value)
            assert resource
            assert resource[1] in RESOURCES
            assert bool(resource[2]) == (namespace == "AWS/SQS")


def test_the_dashboard_shows_every_alarm() -> None:
    shown = {
        name
        for widget in dashboard()
        for alarm in widget["properties"].get("alarms", [])
        for name in re.findall(r"\$\{(\w+)\.Arn\}", alarm)
    }
    assert shown == set(ALARMS)


def test_the_widgets_do_not_lie_upon_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for widget in dashboard():
        own = {
            (x, y)
            for x in range(widget["x"], widget["x"] + widget["width"])
            for y in range(widget["y"], widget["y"] + widget["height"])
        }
        assert not own & taken
        assert max(x for x, _ in own) < 24
        taken |= own


def test_nothing_is_traced_unless_asked_for() -> None:
    assert TEMPLATE["Parameters"]["TraceRequests"]["Default"] == "false"
    tracing = TEMPLATE["Globals"]["Function"]["Tracing"]
    assert tracing == {"Fn::If": ["Trace", "Active", "PassThrough"]}
    for role in ("ApiRole", "WorkerRole"):
        (policy,) = RESOURCES[role]["Properties"]["ManagedPolicyArns"]
        assert policy["Fn::If"][0] == "Trace"
        assert policy["Fn::If"][2] == {"Ref": "AWS::NoValue"}


def test_lines_are_json_so_that_metrics_are_found() -> None:
    """In Lambda's text format a line begins with its level, and CloudWatch finds no metric."""
    for name in ("ApiFunction", "WorkerFunction"):
        assert RESOURCES[name]["Properties"]["LoggingConfig"]["LogFormat"] == "JSON"
        role = RESOURCES[name]["Properties"]["Environment"]["Variables"]["OCR_ROLE"]
        assert role in ("api", "worker")


def test_every_use_of_the_topic_is_conditional() -> None:
    for item in walk(RESOURCES):
        if isinstance(item, dict) and item.get("Ref") == "AlarmTopic":
            continue
    text = (ROOT / "infra/template.yaml").read_text("utf-8")
    uses = [line for line in text.splitlines() if "!Ref AlarmTopic" in line]
    assert uses
    assert all("!If [Mail, !Ref AlarmTopic, !Ref AWS::NoValue]" in line for line in uses)
