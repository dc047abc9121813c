"""The engine's models by role and language, without any real model."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.enginekit.entries import entry, manifest
from tests.enginekit.fakes import CountingOpener
from wenyun.engine.decoding.aids import Wishes
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import LayerError
from wenyun.models.sessions import SessionCache


@pytest.fixture
def charset(tmp_path: Path) -> Path:
    path = tmp_path / "charset.txt"
    path.write_text("a\n发\nか\n", encoding="utf-8")
    return path


def toolbox(charset: Path | None, *roles: str, threads: int = 2) -> Toolbox:
    entries = [entry(role, charset=charset) for role in roles]
    return Toolbox(SessionCache(manifest(*entries), threads, CountingOpener()), threads)


def test_a_detector_that_the_layer_lacks(charset: Path) -> None:
    with pytest.raises(LayerError, match="detector_accurate"):
        toolbox(charset, "recogniser", "detector").detector("detector_accurate")


def test_a_detector_by_its_role(charset: Path) -> None:
    tools = toolbox(charset, "recogniser", "detector", "detector_accurate")
    tools.detector("detector_accurate")
    opener = tools.sessions._opener
    assert isinstance(opener, CountingOpener)
    assert opener.opened == {"detector_accurate": 1}


def test_a_layer_without_the_rest(charset: Path) -> None:
    tools = toolbox(charset, "recogniser", "detector")
    assert tools.line_angle() is None
    assert tools.has_second() is False


def test_a_layer_with_the_rest(charset: Path) -> None:
    tools = toolbox(charset, "recogniser", "detector", "second", "line_angle")
    assert tools.line_angle() is not None
    assert tools.has_second() is True


def test_a_charset_is_read_once(charset: Path) -> None:
    tools = toolbox(charset, "recogniser", "detector")
    tools.warm()
    charset.unlink()
    for lang in ("zh", "en", "mix"):
        assert tools.recogniser("recogniser", lang)


def test_a_recogniser_that_names_no_charset() -> None:
    with pytest.raises(LayerError, match="'recogniser' names no charset"):
        toolbox(None, "recogniser", "detector").warm()


def test_a_charset_that_is_missing(tmp_path: Path) -> None:
    lost = tmp_path / "lost.txt"
    with pytest.raises(LayerError, match=re.escape(str(lost))):
        toolbox(lost, "recogniser", "detector").warm()


def test_a_charset_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "charset.txt"
    path.write_bytes(b"a\n\xff\xfe\n")
    with pytest.raises(LayerError, match=re.escape(str(path))):
        toolbox(path, "recogniser", "detector").warm()


def test_as_many_lines_at_once_as_there_are_threads(charset: Path) -> None:
    tools = toolbox(charset, "recogniser", "detector", threads=3)
    assert tools.executor is tools.executor
    assert tools.executor.threads == 3
    tools.executor.shutdown()


def test_what_a_request_knows_is_known_to_its_recogniser_alone(charset: Path) -> None:
    tools = toolbox(charset, "recogniser", "detector")
    wishes = Wishes(lexicon=("a发",), expect=("date",))
    plain = tools.recogniser("recogniser", "mix")
    assert len(tools.recogniser("recogniser", "mix", wishes)._decoder._aids) == 2
    assert plain._decoder._aids == ()
    assert tools.recogniser("recogniser", "mix")._decoder._aids == ()


def test_n_grams_count_where_the_layer_says_so(charset: Path) -> None:
    entries = [entry("recogniser", charset=charset, language_weight=0.2), entry("detector")]
    layer = replace(manifest(*entries), language=charset.with_name("none.ngrams"))
    tools = Toolbox(SessionCache(layer, 1, CountingOpener()), 1)
    with pytest.raises(LayerError, match=r"none\.ngrams"):
        tools.recogniser("recogniser", "zh")
    silent = replace(layer, models={"recogniser": entry(charset=charset)})
    assert Toolbox(SessionCache(silent, 1, CountingOpener()), 1).recogniser("recogniser", "zh")
