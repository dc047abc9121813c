"""Damaged requests: forms, JSON, raw bodies, options, queries and headers around a sound file."""

import base64
import json
import random
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from tests.fuzz.damage import cut, extreme, plain, splice
from wenyun.options import SPECS

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sends, as the app sees it; the body comes in `pieces` of equal size."""

    body: bytes
    headers: Headers
    query: bytes = b""
    path: str = "/api/ocr"
    method: str = "POST"
    pieces: int = 1


ODD = (
    *("", " ", "0", "-1", "1e9", "NaN", "inf", "null", "true", "[]", "{}", "1,2,3,4", "1,2,3"),
    *("0,0,99999999,1", "-5,-5,10,10", "1-", "-3", "3-1", "0", "1-999999", "９", "²", "٣"),
    *("json,json", "JSON", "pdf,alto", "../../etc/passwd", "http://169.254.169.254/", "file:///x"),
    *("a" * 300, "1," * 3000, "1,1,1,1;" * 200, "\0", "\u202egnp.exe", "\ufeff", "😀", "\ud800"),
    *(
        "'; DROP TABLE jobs; --",
        "${jndi:ldap://x}",
        "{{7*7}}",
        "<script>",
        "%00",
        "%s%n",
        "\r\nA: b",
    ),
)
"""Values that have broken somebody's parser."""

_SOUND = {
    "lang": ("zh", "en", "mix"),
    "profile": ("fast", "fast", "balanced", "accurate"),
    "enhance": ("auto", "on", "off"),
    "direction": ("auto", "horizontal", "vertical"),
    "region": ("0,0,100,30", "10,10,1,1", "199,63,1,1", "0,0,1000000,1000000", "150,0,9,64"),
    "ignore": ("0,0,5,5", "0,0,200,64", "1,1,1,1;2,2,2,2"),
    "timings": ("true", "false"),
    "detail": ("line", "word", "char"),
    "format": ("json", "text", "markdown", "hocr", "alto", "csv", "pdf"),
    "pages": ("1", "1-2", "2-", "1,1,1", "9"),
    "password": ("secret", "密码"),
    "pdf_mode": ("mixed", "full", "text"),
    "lexicon": ("No.,2024", "宫保鸡丁\n麻婆豆腐", '["page 1", "2024-11"]', "a", "a,b,c,d"),
    "expect": ("none", "date", "amount", "id_number", "date,amount,id_number"),
}
assert set(_SOUND) == set(SPECS)


def raw(data: bytes, rng: random.Random) -> Request:
    """The file as the body, with options in the query now and then."""
    query = _query(rng) if rng.random() < 0.1 else b"profile=fast" * rng.randrange(2)
    kind = rng.choice((b"image/png", b"application/octet-stream", b"application/pdf", b""))
    headers = ((b"content-type", kind),) if kind else ()
    return Request(data, headers, query, pieces=rng.choice((1, 1, 3)))


def form(data: bytes, rng: random.Random) -> Request:
    """A multipart body, more often damaged than not."""
    boundary = rng.choice((b"x", b"----WebKitFormBoundary7MA4", b"a" * 70, b"--"))
    parts = [_file_part(data, rng)]
    for _ in range(rng.choice((0, 1, 1, 2, 2, 5, 300))):
        parts.insert(rng.randrange(len(parts) + 1), _field(rng))
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    body += b"--" + boundary + rng.choice((b"--\r\n",) * 5 + (b"--", b"", b"-"))
    kind = b"multipart/form-data; boundary=" + rng.choice((boundary,) * 8 + (b'"x"', b""))
    return Request(_hurt(body, rng), ((b"content-type", kind),), pieces=rng.choice((1, 7)))


def _file_part(data: bytes, rng: random.Random) -> bytes:
    name = rng.choice(("image",) * 9 + ("file", "Image", ""))
    file_name = rng.choice(
        ("a.png", "", "../../../etc/passwd", "a\0.png", "\u202egnp.a", "a" * 5000)
    )
    head = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"'.encode()
    more = rng.choice((b"", b"\r\nContent-Type: image/png", b"\r\nX: " + b"y" * 9000))
    return head + more + b"\r\n\r\n" + data


def _field(rng: random.Random) -> bytes:
    name, value = _option(rng)
    head = f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'
    return head.encode("utf-8", "surrogatepass")


def document(data: bytes, rng: random.Random) -> Request:
    """A JSON body: odd values, odd pictures, deep nesting, or damage to its text."""
    found: dict[str, Any] = {"image": _picture(data, rng)}
    for _ in range(rng.randrange(4)):
        name, value = _option(rng)
        found[name] = rng.choice((value, value, [value] * rng.randrange(4), _tree(rng)))
    body = json.dumps(found).encode()
    if rng.random() < 0.1:
        deep = b"[" * rng.choice((50, 2000, 100_000))
        body = b'{"image": "", "region": ' + deep + b"]" * len(deep) + b"}"
    kind = rng.choice((b"application/json", b"application/json; charset=utf-16", b"a/b+json"))
    return Request(_hurt(body, rng), ((b"content-type", kind),))


def _picture(data: bytes, rng: random.Random) -> Any:
    text = base64.b64encode(data).decode()
    uris = ("data:image/png;base64,", "data:,", "DATA:;BASE64,", "http://x/", "file:///etc/passwd")
    uri = rng.choice(uris)
    odd: tuple[Any, ...] = (None, 7, [], {}, True, "", "=", uri, uri + text, text[:-1])
    return text if rng.random() < 0.7 else rng.choice(odd)


def _tree(rng: random.Random, depth: int = 0) -> Any:
    leaf = (None, True, 0, -1, 1e308, 10**30, extreme(rng, 4), rng.choice(ODD))
    if depth > 3 or rng.random() < 0.5:
        return rng.choice(leaf)
    inner = [_tree(rng, depth + 1) for _ in range(rng.randrange(5))]
    return inner if rng.random() < 0.5 else {rng.choice(("x", "y", "w", "h")): v for v in inner}


def query(data: bytes, rng: random.Random) -> Request:
    """The file as the body under a query that is more than odd."""
    sound = _query(rng)
    found = rng.choice((sound, sound, sound, plain(sound, rng), rng.randbytes(40)))
    if rng.random() < 0.1:
        found = b"&".join([b"lang=zh"] * rng.choice((2, 1500)))
    return Request(data, ((b"content-type", b"image/png"),), found)


def headers(data: bytes, rng: random.Random) -> Request:
    """Odd headers and addresses."""
    names = (b"content-type", b"content-length", b"host", b"origin", b"x-api-key", b"accept")
    values = (b"", b"-1", b"9" * 30, b"\xff\xfe", b"a" * 9000, b"multipart/form-data", b"*/*;q=x")
    found = tuple((rng.choice(names), rng.choice(values)) for _ in range(rng.randrange(8)))
    paths = (
        *["/api/ocr"] * 9,
        "/api/ocr/",
        "/api//ocr",
        "/api/jobs/../ocr",
        "/%2e%2e/x",
        "/\0",
        "/" * 900,
    )
    method = rng.choice((*["POST"] * 12, "GET", "HEAD", "PUT", "OPTIONS", "DELETE", "BREW"))
    return Request(data, found, path=rng.choice(paths), method=method)


def _hurt(body: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.7:
        return body
    return rng.choice((plain, cut, lambda b, r: splice(b, b, r)))(body, rng)


def _option(rng: random.Random) -> tuple[str, str]:
    name = rng.choice(tuple(SPECS))
    if rng.random() < 0.85:
        return name, rng.choice(_SOUND[name])
    if rng.random() < 0.2:
        name = rng.choice(("nope", "", "image", "\0", "a" * 200))
    return name, rng.choice(ODD)


def _query(rng: random.Random) -> bytes:
    pairs = [_option(rng) for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.2:
        return quote("&".join(map("=".join, pairs)), safe="&=%", errors="replace").encode()
    return urlencode(pairs, errors="replace").encode()
