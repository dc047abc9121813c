"""Bodies in JSON that are almost right."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api_fakes import refusal
from wenyun.api.jsonbody import decode_image, parse_json
from wenyun.errors import WenyunError


@given(st.binary(min_size=1, max_size=200), st.booleans(), st.integers(1, 80))
def test_what_went_in_comes_out(data: bytes, url_safe: bool, line: int) -> None:
    encode = base64.urlsafe_b64encode if url_safe else base64.b64encode
    text = encode(data).decode().rstrip("=" if url_safe else "")
    broken = "\n".join(text[at : at + line] for at in range(0, len(text), line))
    assert decode_image(broken, 200) == data


@given(st.text(max_size=60))
def test_any_text_decodes_or_is_refused(text: str) -> None:
    assert refusal(lambda: decode_image(text, 1000)) in (None, "corrupt_image")


@given(st.binary(max_size=60))
def test_any_bytes_parse_or_are_refused(body: bytes) -> None:
    assert refusal(lambda: parse_json(body, 1000)) in ("missing_image", "corrupt_image")


@given(st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8), max_size=4))
def test_everything_but_the_image_is_an_option(options: dict[str, object]) -> None:
    options.pop("image", None)
    body = json.dumps({"image": "AAAA", **options}).encode()
    assert parse_json(body, 1000) == (b"\0\0\0", options)


def test_line_breaks_may_stand_raw_between_the_quotes() -> None:
    assert parse_json(b'{"image": "AA\r\nAA\n"}', 1000) == (b"\0\0\0", {})


def test_the_decoded_size_counts() -> None:
    assert decode_image("AAAA", 3) == b"\0\0\0"
    with pytest.raises(WenyunError) as refused:
        decode_image("AAAAAAAA", 3)
    assert refused.value.code == "file_too_large"


@pytest.mark.parametrize(
    "body",
    [
        b'{"image": "AAAA", "pages": [' + b"[]," * 30_000 + b"[]]}",
        b'{"image": "AAAA", "pages": [' + b"{}," * 30_000 + b"{}]}",
        b"{" + b",".join(b'"k%d":0' % n for n in range(30_000)) + b"}",
        b"[" * 30_000,
    ],
)
def test_a_body_of_countless_values_is_not_unpacked(
    body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json, "loads", lambda *_, **__: pytest.fail("it was unpacked"))
    with pytest.raises(WenyunError, match="more than 20,000 values") as caught:
        parse_json(body, 1000)
    assert caught.value.code == "missing_image"


def test_the_longest_lists_that_are_read_are_unpacked() -> None:
    options = {"lexicon": ["a,b"] * 1000, "ignore": [[1, 2, 3, 4]] * 100}
    body = json.dumps({"image": "AAAA", **options}).encode()
    assert parse_json(body, 1000) == (b"\0\0\0", options)
