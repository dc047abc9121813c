"""What the server tells people to open."""

import pytest

from wenyun.listening import url
from wenyun.settings import Settings


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(), "http://localhost:5000"),
        (Settings(host="0.0.0.0", port=80), "http://localhost:80"),
        (Settings(host="::1"), "http://localhost:5000"),
        (Settings(host="192.0.2.7"), "http://192.0.2.7:5000"),
        (Settings(host="2001:db8::7"), "http://[2001:db8::7]:5000"),
        (Settings(base_path="/Prod"), "http://localhost:5000/Prod/"),
    ],
)
def test_the_address_to_open(settings: Settings, expected: str) -> None:
    assert url(settings) == expected


@pytest.mark.parametrize(
    ("text", "base_path"), [("", ""), ("/", ""), ("Prod", "/Prod"), ("/Prod/", "/Prod")]
)
def test_the_base_path_as_people_write_it(text: str, base_path: str) -> None:
    assert Settings.from_env({"OCR_BASE_PATH": text}).base_path == base_path
