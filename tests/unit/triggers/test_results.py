import json

import pytest

from wenyun.errors import WenyunError
from wenyun.exports.render import Rendered
from wenyun.triggers.results import error_file, result_key, success_file


@pytest.mark.parametrize(
    ("key", "form", "result"),
    [
        ("inbox/a/b.jpg", "json", "a/b.jpg.json"),
        ("inbox/a/b.jpg", "error.json", "a/b.jpg.error.json"),
        ("inbox/收据.PNG", "txt", "收据.PNG.txt"),
        ("inbox/inbox/a", "json", "inbox/a.json"),
    ],
)
def test_results_lie_where_the_object_lay_below_the_inbox(key: str, form: str, result: str) -> None:
    assert result_key(key, form) == result


def test_a_result_keeps_its_type_and_gets_its_ending() -> None:
    file = success_file("inbox/a", Rendered("文云\n".encode(), "text/plain; charset=utf-8", ".txt"))
    assert file.key == "a.txt"
    assert file.data.decode() == "文云\n"
    assert file.content_type == "text/plain; charset=utf-8"


def test_error_has_the_contracts_shape() -> None:
    file = error_file("inbox/a", WenyunError("invalid_option", field="lang"), "id-1")
    assert file.key == "a.error.json"
    assert json.loads(file.data) == {
        "success": False,
        "error": {
            "code": "invalid_option",
            "message": "The option has a bad value.",
            "message_zh": "选项的值不正确。",
            "field": "lang",
        },
        "request_id": "id-1",
    }


def test_error_without_a_field_names_none() -> None:
    file = error_file("inbox/a", WenyunError("empty_file"), "id-1")
    assert "field" not in json.loads(file.data)["error"]
