"""The HTTP side of the template: the gateway, who may pass it, and what it says by itself."""

import json
from typing import Any

import pytest

from tests.awskit.template import load_template
from wenyun.api.headers import HTTPS_ONLY
from wenyun.errors import KINDS

TEMPLATE = load_template()
RESOURCES = TEMPLATE["Resources"]
API = RESOURCES["Api"]["Properties"]
PATHS = API["DefinitionBody"]["paths"]
RESPONSES = API["GatewayResponses"]
METHODS = [(path, name, PATHS[path][name]) for path in PATHS for name in PATHS[path]]
OPEN = {
    "/api/docs",
    "/api/docs/docs.css",
    "/api/docs/docs.js",
    "/api/health",
    "/api/openapi.json",
    "/api/options",
    "/api/ready",
}
ANY = "x-amazon-apigateway-any-method"
BY_KEY = {"Fn::If": ["RequireKey", {"api_key": []}, {"Ref": "AWS::NoValue"}]}
NEEDS_KEY = [
    {
        "Fn::If": [
            "RequireBoth",
            {"api_key": [], "iam": []},
            {"Fn::If": ["RequireIam", {"iam": []}, BY_KEY]},
        ]
    }
]
SAFE = {
    "X-Content-Type-Options": "'nosniff'",
    "Cache-Control": "'no-store'",
    "Strict-Transport-Security": f"'{HTTPS_ONLY}'",
}


def method_for(path: str, verb: str) -> Any:
    """The method that the gateway picks: the exact path, else the longest greedy one."""
    greedy = sorted((p for p in PATHS if p.endswith("{proxy+}")), key=len, reverse=True)
    prefix = (p for p in greedy if path.startswith(p.removesuffix("{proxy+}")) and path != "/")
    found = PATHS[path] if path in PATHS else PATHS[next(prefix)]
    return found.get(verb) or found.get(ANY)


def test_rest_api_with_an_explicit_stage() -> None:
    assert RESOURCES["Api"]["Type"] == "AWS::Serverless::Api"
    assert API["StageName"] == {"Ref": "StageName"}
    assert TEMPLATE["Globals"]["Api"]["OpenApiVersion"] == "3.0.1"
    assert API["AlwaysDeploy"] is True


def test_binary_types_are_named() -> None:
    types = set(API["BinaryMediaTypes"])
    assert {"multipart~1form-data", "application~1pdf", "application~1octet-stream"} <= types
    pictures = {"*", "png", "jpeg", "bmp", "webp", "gif", "tiff", "heic"}
    assert {f"image~1{kind}" for kind in pictures} <= types
    assert not {"application~1json", "*~1*"} & types, "JSON must stay text"


@pytest.mark.parametrize(("path", "verb", "method"), METHODS)
def test_every_method_goes_to_the_api_function(path: str, verb: str, method: Any) -> None:
    integration = method["x-amazon-apigateway-integration"]
    assert integration["type"] == "aws_proxy"
    assert integration["httpMethod"] == "POST"
    assert "${ApiFunction.Arn}:live/invocations" in integration["uri"]["Fn::Sub"]


@pytest.mark.parametrize(
    ("path", "verb"),
    [
        ("/api/ocr", "post"),
        ("/api/jobs", "post"),
        ("/api/jobs/1", "get"),
        ("/api/jobs/1", "delete"),
    ],
)
def test_reading_needs_the_key(path: str, verb: str) -> None:
    assert method_for(path, verb)["security"] == NEEDS_KEY


@pytest.mark.parametrize("path", sorted(OPEN | {"/", "/index.html", "/js/app.js"}))
def test_page_and_what_tells_of_the_service_are_open(path: str) -> None:
    assert "security" not in method_for(path, "get")


def test_app_and_gateway_leave_the_same_addresses_open() -> None:
    auth = pytest.importorskip("wenyun.api.auth", reason="the HTTP app is not there yet")
    assert auth.OPEN == OPEN


@pytest.mark.parametrize("path", ["/api/ocr", "/api/jobs/1", "/", "/x", *sorted(OPEN)])
def test_preflights_need_no_key(path: str) -> None:
    assert "security" not in method_for(path, "options")


def test_paths_beside_the_api_take_no_uploads() -> None:
    # However a path is written, an open route must not reach what needs the key.
    assert set(PATHS["/{proxy+}"]) == {"get", "head", "options"}


def test_signed_requests_can_be_asked_for() -> None:
    scheme = API["DefinitionBody"]["components"]["securitySchemes"]["iam"]
    assert scheme["x-amazon-apigateway-authtype"] == "awsSigv4"
    assert (scheme["name"], scheme["in"]) == ("Authorization", "header")
    assert TEMPLATE["Parameters"]["RequireIam"]["Default"] == "false"
    assert TEMPLATE["Conditions"]["RequireBoth"] == {
        "Fn::And": [{"Condition": "RequireKey"}, {"Condition": "RequireIam"}]
    }


def test_key_is_sent_as_the_contract_says() -> None:
    scheme = API["DefinitionBody"]["components"]["securitySchemes"]["api_key"]
    assert scheme == {"type": "apiKey", "name": "x-api-key", "in": "header"}
    assert TEMPLATE["Parameters"]["RequireApiKey"]["Default"] == "true"


def test_usage_plan_joins_key_and_stage() -> None:
    plan = RESOURCES["UsagePlan"]["Properties"]
    assert plan["ApiStages"] == [{"ApiId": {"Ref": "Api"}, "Stage": {"Ref": "Api.Stage"}}]
    assert set(plan["Throttle"]) == {"RateLimit", "BurstLimit"}
    assert RESOURCES["UsagePlanKey"]["Properties"]["KeyId"] == {"Ref": "ApiKey"}
    for name in ("ApiKey", "UsagePlan", "UsagePlanKey"):
        assert RESOURCES[name]["Condition"] == "RequireKey"


def test_everyone_is_throttled() -> None:
    (settings,) = API["MethodSettings"]
    assert (settings["ResourcePath"], settings["HttpMethod"]) == ("/*", "*")
    assert settings["ThrottlingRateLimit"] == {"Ref": "RateLimit"}


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_gateway_speaks_as_the_contract_does(name: str) -> None:
    response = RESPONSES[name]
    headers = response["ResponseParameters"]["Headers"]
    assert headers["Access-Control-Allow-Origin"] == "'*'"
    assert headers["x-request-id"] == "context.requestId"
    assert headers.items() >= SAFE.items()
    for template in said_by(name):
        said = json.loads(template)
        assert said["success"] is False
        assert said["request_id"] == "$context.requestId"
        assert set(said["error"]) == {"code", "message", "message_zh"}
        assert said["error"]["code"] in KINDS
        assert not any("'" in text for text in said["error"].values())


def said_by(name: str) -> list[str]:
    """What the gateway may say: one text, or one for either side of a condition."""
    template = RESPONSES[name]["ResponseTemplates"]["application/json"]
    return [template] if isinstance(template, str) else template["Fn::If"][1:]


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("ACCESS_DENIED", 403, "unauthorized"),
        ("INVALID_API_KEY", 401, "unauthorized"),
        ("MISSING_AUTHENTICATION_TOKEN", 404, "not_found"),
        ("REQUEST_TOO_LARGE", 413, "file_too_large"),
        ("THROTTLED", 429, "throttled"),
        ("QUOTA_EXCEEDED", 429, "throttled"),
        ("INTEGRATION_FAILURE", 502, "internal"),
        ("INTEGRATION_TIMEOUT", 504, "time_limit"),
        ("DEFAULT_4XX", None, "unauthorized"),
        ("DEFAULT_5XX", None, "internal"),
    ],
)
def test_each_answer_has_its_code(name: str, status: int | None, code: str) -> None:
    response = RESPONSES[name]
    assert response.get("StatusCode") == status
    assert {json.loads(text)["error"]["code"] for text in said_by(name)} == {code}


def test_gateway_alone_may_call_the_function() -> None:
    permission = RESOURCES["ApiPermission"]["Properties"]
    assert permission["Principal"] == "apigateway.amazonaws.com"
    assert permission["SourceArn"]["Fn::Sub"].endswith(":${AWS::AccountId}:${Api}/*")


def test_address_of_the_page_ends_with_its_slash() -> None:
    address = TEMPLATE["Outputs"]["PageUrl"]["Value"]["Fn::Sub"]
    assert address.endswith(".${AWS::URLSuffix}/${StageName}/")


def test_answer_comes_before_the_gateway_gives_up() -> None:
    assert RESOURCES["ApiFunction"]["Properties"]["Timeout"] < 29


def test_api_knows_its_role_and_its_base_path() -> None:
    variables = RESOURCES["ApiFunction"]["Properties"]["Environment"]["Variables"]
    assert variables["OCR_ROLE"] == "api"
    assert variables["OCR_BASE_PATH"] == {
        "Fn::If": ["HasBasePath", {"Ref": "BasePath"}, {"Fn::Sub": "/${StageName}"}]
    }
