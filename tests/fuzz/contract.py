"""Requests made up from the API's own description, right and wrong, and answers held against it."""

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
from hypothesis import strategies as st

from tests.fuzz.asgi import Answer
from tests.fuzz.corpus import files
from tests.fuzz.requests import ODD, Request
from tests.fuzz.shape import SAFE

Json = dict[str, Any]

FILES = (b"picture", b"", files("png")[0], files("pdf")[0], b"raise:corrupt_pdf", b"GIF89a")
"""What stands for a file: the fake reader takes any."""

KINDS = ("image/png", "application/pdf", "application/octet-stream", "text/html", "")


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    path: str
    method: str
    rules: Json
    document: Json

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def operations(document: Json) -> list[Operation]:
    """All that is described."""
    return [
        Operation(path, method.upper(), rules, document)
        for path, methods in document["paths"].items()
        for method, rules in methods.items()
    ]


def values(schema: Json) -> st.SearchStrategy[Any]:
    """Values that a schema allows, as far as schemas of this API go."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return st.one_of([values(option) for option in options])
    if schema.get("contentEncoding") == "base64":
        return st.sampled_from([base64.b64encode(data).decode() for data in FILES])
    if schema.get("format") == "binary":
        return st.sampled_from(FILES)
    if schema.get("type") == "object":
        return objects(schema)
    return _PLAIN.get(str(schema.get("type")), st.sampled_from(ODD))


_PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "boolean": st.booleans(),
    "integer": st.integers(min_value=1, max_value=5000),
    "string": st.sampled_from(["1", "1-2", "10,10,50,20", "0,0,5,5;1,1,2,2", "a.png", *ODD]),
    "array": st.lists(st.sampled_from(ODD), max_size=3),
}

_WRONG: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.sampled_from(ODD),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.sampled_from(["x", "image"]), st.integers(), max_size=2),
)


def objects(schema: Json) -> st.SearchStrategy[Json]:
    """Objects that mostly fit: a part may be missing, wrong, or unheard of."""
    known = schema.get("properties", {})
    parts = {name: st.one_of(values(rules), values(rules), _WRONG) for name, rules in known.items()}
    needed = {name: parts.pop(name) for name in schema.get("required", ())}
    sound = st.fixed_dictionaries(needed, optional=parts)
    return st.one_of(
        sound,
        sound,
        st.fixed_dictionaries({}, optional=needed | {"nope": _WRONG}),
    )


def requests(operation: Operation, ids: st.SearchStrategy[str]) -> st.SearchStrategy[Request]:
    """Requests to an operation.

    Args:
        operation: Which.
        ids: What goes in the place of `{job_id}`, some that are there and some that are not.

    """
    parameters = operation.rules.get("parameters", [])
    in_query = {
        one["name"]: st.one_of(values(one["schema"]), st.sampled_from(ODD))
        for one in parameters
        if one["in"] == "query"
    }
    query = st.fixed_dictionaries({}, optional=in_query | {"nope": st.just("1")})
    content = operation.rules.get("requestBody", {}).get("content", {})
    bodies = [_body(kind, one["schema"]) for kind, one in content.items()]
    body = st.one_of(bodies) if bodies else st.none()
    form = st.sampled_from(["json", "text", "pdf", "nope", "..", "%2e%2e"])
    return st.builds(
        lambda *parts: _request(operation, *parts), query, body, ids, form, st.integers(1, 3)
    )


def _body(kind: str, schema: Json) -> st.SearchStrategy[tuple[str, bytes]]:
    if kind == "multipart/form-data":
        return objects(schema).map(lambda found: (f"{kind}; boundary=x", _form(found)))
    if kind == "application/json":
        return objects(schema).map(lambda found: (kind, json.dumps(_plain(found)).encode()))
    return st.tuples(st.sampled_from(KINDS), st.sampled_from(FILES))


def _plain(value: Any) -> Any:
    return {
        name: base64.b64encode(one).decode() if isinstance(one, bytes) else one
        for name, one in value.items()
    }


def _form(found: Json) -> bytes:
    out = b""
    for name, value in found.items():
        is_file = isinstance(value, bytes)
        text = value if is_file else str(value).encode("utf-8", "surrogatepass")
        more = '; filename="a"' if is_file else ""
        out += f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        out += text + b"\r\n"
    return out + b"--x--\r\n"


def _request(
    operation: Operation,
    query: Json,
    body: tuple[str, bytes] | None,
    job: str,
    form: str,
    pieces: int,
) -> Request:
    path = operation.path.replace("{job_id}", quote(job, errors="replace"))
    kind, content = body or ("", b"")
    headers = ((b"content-type", kind.encode()),) if kind else ()
    return Request(
        content,
        headers,
        urlencode(query, errors="replace").encode(),
        path.replace("{format}", form),
        operation.method,
        pieces,
    )


def fault(operation: Operation, answer: Answer) -> str:
    """How an answer departs from the description; empty where it does not."""
    if answer.status == 500:
        return "500"
    described = operation.rules["responses"].get(str(answer.status))
    if described is None:
        return f"status {answer.status} is not described"
    wanted = {*SAFE, "x-request-id", "content-security-policy", "cache-control"}
    if missing := wanted - answer.headers.keys():
        return f"no {sorted(missing)}"
    return _content(operation, described, answer)


def _content(operation: Operation, described: Json, answer: Answer) -> str:
    content = described.get("content", {})
    if not content:
        return "a body that is not described" if answer.body else ""
    kind = answer.headers.get("content-type", "")
    found = content.get(kind) or content.get(kind.partition(";")[0]) or content.get("*/*")
    if found is None:
        return f"{kind} is not described"
    if "json" not in kind or "content-disposition" in answer.headers:
        return ""
    rules = {**operation.document, **found["schema"]}
    try:
        jsonschema.Draft202012Validator(rules).validate(answer.json)
    except (ValueError, jsonschema.ValidationError) as error:
        return f"{kind}: {str(error)[:300]}"
    return ""
