"""Settings from the environment."""

import os
from pathlib import Path

import pytest

from wenyun.settings import LAMBDA_BODY_BYTES, Settings, default_threads, find_model_dir

ON_LAMBDA = {"AWS_LAMBDA_FUNCTION_NAME": "ocr"}
NUMBERS = {
    "PORT": "port",
    "OCR_MAX_BYTES": "max_bytes",
    "OCR_MAX_PIXELS": "max_pixels",
    "OCR_SYNC_PAGES": "sync_pages",
    "OCR_THREADS": "threads",
    "OCR_WORKERS": "workers",
}
CHOICES = {
    "OCR_ROLE": ("role", ["api", "worker"]),
    "OCR_STORE": ("store", ["embedded", "aws"]),
    "OCR_PROFILE": ("profile", ["fast", "balanced", "accurate"]),
}


def test_an_empty_environment() -> None:
    found = Settings.from_env({})
    assert (found.host, found.port, found.role, found.store) == (
        "127.0.0.1",
        5000,
        "api",
        "embedded",
    )
    assert (found.profile, found.api_key, found.cors_origins) == ("balanced", "", ("*",))
    assert (found.max_bytes, found.sync_pages, found.base_path) == (20_000_000, 5, "")


def test_empty_values_are_as_if_not_set() -> None:
    names = [*NUMBERS, *CHOICES, "HOST", "OCR_MODEL_DIR", "OCR_API_KEY", "OCR_BASE_PATH"]
    assert Settings.from_env(dict.fromkeys(names, "")) == Settings.from_env({})


def test_on_lambda() -> None:
    found = Settings.from_env(ON_LAMBDA)
    assert found.store == "aws"
    assert found.max_bytes == LAMBDA_BODY_BYTES
    assert found.data_dir == Path("/tmp/wenyun")


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers(name: str) -> None:
    assert getattr(Settings.from_env({name: "7"}), NUMBERS[name]) == 7


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", " 5", "²", "1e3", "0x10"])
@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_no_number_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be a whole number of at least 1"):
        Settings.from_env({name: value})


@pytest.mark.parametrize("name", CHOICES)
def test_choices(name: str) -> None:
    field, allowed = CHOICES[name]
    for value in allowed:
        assert getattr(Settings.from_env({name: value}), field) == value
    with pytest.raises(ValueError, match=f"^{name} must be one of .* not 'other'$"):
        Settings.from_env({name: "other"})


@pytest.mark.parametrize(
    ("text", "base"),
    [("", ""), ("/", ""), ("Prod", "/Prod"), ("/Prod", "/Prod"), ("/a/b/", "/a/b"), (" p ", "/p")],
)
def test_base_paths(text: str, base: str) -> None:
    assert Settings.from_env({"OCR_BASE_PATH": text}).base_path == base


def test_origins() -> None:
    said = {"OCR_CORS_ORIGINS": " https://a.example ,, https://b.example,"}
    assert Settings.from_env(said).cors_origins == ("https://a.example", "https://b.example")


@pytest.mark.parametrize(
    ("memory", "threads"), [("128", 1), ("1769", 1), ("1770", 2), ("3538", 2), ("10240", 6)]
)
def test_threads_follow_the_memory_that_is_paid_for(
    memory: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert default_threads({"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": memory}) == threads


@pytest.mark.parametrize("memory", ["", "much", "²"])
@pytest.mark.parametrize(("visible", "threads"), [(1, 1), (2, 2), (64, 4), (None, 1)])
def test_threads_elsewhere_follow_the_cpus(
    visible: int | None, threads: int, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: visible)
    assert default_threads({"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": memory}) == threads


def test_never_more_threads_than_cpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert default_threads({"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "10240"}) == 2


def test_workers_follow_the_threads() -> None:
    assert Settings.from_env({"OCR_THREADS": "3"}).workers == 3
    assert Settings.from_env({"OCR_THREADS": "30"}).workers == 4
    assert Settings.from_env({"OCR_THREADS": "3", "OCR_WORKERS": "1"}).workers == 1


def test_the_model_folder_that_is_named() -> None:
    assert find_model_dir({"OCR_MODEL_DIR": "/somewhere/else"}) == Path("/somewhere/else")


@pytest.mark.parametrize("place", ["/app/wenyun", "/var/task/wenyun", "/wenyun"])
def test_the_model_folder_of_an_image(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """However few folders there are above the package."""
    monkeypatch.setattr("wenyun.settings.__file__", f"{place}/settings.py")
    assert find_model_dir({}) == Path("/opt/models")


def test_the_model_folder_of_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where the layer's own place is not there."""
    monkeypatch.setattr(Path, "is_dir", lambda self: "build" in self.parts)
    assert find_model_dir({}).parts[-5:] == ("layers", "model", "build", "opt", "models")[-5:]
    monkeypatch.setattr(Path, "is_dir", lambda self: True)
    assert find_model_dir({}) == Path("/opt/models")
    monkeypatch.setattr(Path, "is_dir", lambda self: False)
    assert find_model_dir({}) == Path("/opt/models")


def test_jobs_on_aws_need_every_store() -> None:
    named = {
        "OCR_TABLE": "t",
        "OCR_QUEUE_URL": "q",
        "OCR_UPLOAD_BUCKET": "u",
        "OCR_RESULT_BUCKET": "r",
    }
    assert Settings.from_env(ON_LAMBDA | named).aws_jobs
    assert not Settings.from_env(named).aws_jobs, "the embedded server has its own"
    for name in named:
        assert not Settings.from_env(ON_LAMBDA | named | {name: ""}).aws_jobs


def test_who_accepts_jobs_and_who_reads_them_agree_on_their_size() -> None:
    accepting = Settings.from_env(ON_LAMBDA)
    reading = Settings.from_env(ON_LAMBDA | {"OCR_ROLE": "worker", "OCR_MAX_BYTES": "20000000"})
    assert accepting.job_bytes == reading.job_bytes == 100_000_000
    larger = Settings.from_env(ON_LAMBDA | {"OCR_MAX_BYTES": "40000000"})
    assert larger.job_bytes == 200_000_000
    assert Settings.from_env({"OCR_MAX_BYTES": "1000"}).job_bytes == 5000
