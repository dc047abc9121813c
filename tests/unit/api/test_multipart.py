"""The streaming form: pieces of any size, early refusals, and forms that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api_fakes import refusal
from wenyun.api.multipart import MAX_PARTS, Form
from wenyun.errors import WenyunError

TYPE = "multipart/form-data; boundary=xYz"


def part(name: str, data: bytes, filename: str | None = None) -> bytes:
    file = f'; filename="{filename}"' if filename is not None else ""
    head = f'--xYz\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + data + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--xYz--\r\n"


def parse(body: bytes, step: int = 65_536, max_bytes: int = 1000) -> Form:
    found = Form(TYPE, max_bytes)
    for start in range(0, len(body), step):
        found.write(body[start : start + step])
    return found


def code_of(body: bytes, step: int = 65_536) -> str:
    with pytest.raises(WenyunError) as refused:
        parse(body, step).file()
    return refused.value.code


WHOLE = form(
    part("lang", b"zh"),
    part("image", b"\x00\r\n--xY\r\n--x\xff", "a.png"),
    part("ignore", b"1,2,3,4"),
    part("ignore", b"5,6,7,8"),
)


@pytest.mark.parametrize("step", [1, 2, 3, 7, 64, 65_536])
def test_pieces_of_any_size_give_the_same(step: int) -> None:
    found = parse(WHOLE, step)
    assert found.file() == b"\x00\r\n--xY\r\n--x\xff"
    assert found.options() == {"lang": "zh", "ignore": ["1,2,3,4", "5,6,7,8"]}


def test_a_picture_without_a_file_name_is_taken() -> None:
    assert parse(form(part("image", b"bytes"))).file() == b"bytes"


def test_a_file_that_nobody_chose_is_missing() -> None:
    assert code_of(form(part("image", b"", ""))) == "missing_image"


def test_a_chosen_empty_file_is_empty_not_missing() -> None:
    assert parse(form(part("image", b"", "a.png"))).file() == b""


@pytest.mark.parametrize(
    "body",
    [
        WHOLE[: len(WHOLE) // 2],
        WHOLE[:-6],
        b"",
        b"\r\n",
        b"--other--\r\n",
        b"--xYz\r\nno header\r\n\r\n",
        b"--xYz\r\nContent-Disposition: form-data\r\n" + b"a: b\r\n" * 100,
        b"--xYz\r\nA: " + b"b" * 100_000,
        form(*(part("ignore", b"1,2,3,4") for _ in range(MAX_PARTS + 1))),
    ],
)
def test_what_is_no_whole_form(body: bytes) -> None:
    assert code_of(body) == "missing_image"


def test_a_part_without_a_name_is_unknown() -> None:
    assert code_of(b"--xYz\r\nA: b\r\n\r\nx\r\n--xYz--") == "unknown_option"


def test_thousands_of_parts_end_at_the_limit() -> None:
    found = Form(TYPE, 1000)
    for _ in range(MAX_PARTS):
        found.write(part("ignore", b"1,1,1,1"))
    with pytest.raises(WenyunError, match=f"more than {MAX_PARTS} parts"):
        found.write(part("ignore", b"1,1,1,1"))


def test_a_wrong_field_is_refused_before_its_data_comes() -> None:
    with pytest.raises(WenyunError) as refused:
        Form(TYPE, 1000).write(part("movie", b"", "a.mp4")[:-2])
    assert (refused.value.code, refused.value.field) == ("unknown_option", "movie")


def test_a_file_over_the_limit_is_refused_as_it_comes() -> None:
    found = Form(TYPE, 1000)
    found.write(part("image", b"a" * 990, "a.png")[:-2])
    with pytest.raises(WenyunError) as refused:
        found.write(b"a" * 11)
    assert refused.value.code == "file_too_large"


def test_a_field_over_the_limit_names_itself() -> None:
    with pytest.raises(WenyunError) as refused:
        parse(form(part("lang", b"a"), part("region", b"1" * 10_001)))
    assert (refused.value.code, refused.value.field) == ("invalid_option", "region")


@given(st.data())
def test_damaged_forms_are_refused_with_a_code(data: st.DataObject) -> None:
    body = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        if data.draw(st.booleans()):
            body[at] = data.draw(st.integers(0, 255))
        else:
            del body[at : at + data.draw(st.integers(1, 40))]
        if not body:
            break
    step = data.draw(st.integers(1, 50))
    code = refusal(lambda: parse(bytes(body), step).file())
    assert code in (None, "missing_image", "unknown_option", "invalid_option")
