"""Scores of hand-made pages, and their sums."""

from pathlib import Path

import numpy as np
import pytest

from tests.bench.match import Quads
from tests.bench.samples import Sample
from tests.bench.score import Read, Score, Truth, score
from tests.bench.tally import tally


def _rows(*tops: float, height: float = 20) -> Quads:
    return np.array(
        [[[0, t], [200, t], [200, t + height], [0, t + height]] for t in tops], np.float32
    )


def test_a_page_read_without_fault() -> None:
    lines = ("发票号码：12", "Total  RM")
    got = score(Truth(lines), Read(("total rm", "发票号码:12")))
    assert (got.exact, got.lines, got.errors, got.extra) == (2, 2, 0, 0)
    assert got.accuracy == got.exact_share == 1


def test_each_line_read_counts_once() -> None:
    assert score(Truth(("a", "a", "b")), Read(("a", "b"))).exact == 2


def test_errors_are_edits_and_missing_lines() -> None:
    got = score(Truth(("abcd", "efgh")), Read(("abcx",)))
    assert (got.exact, got.errors, got.chars) == (0, 5, 8)


def test_a_wild_reading_costs_no_more_than_the_line() -> None:
    truth = Truth(("ab",), _rows(0))
    got = score(truth, Read(("xyzxyzxyz",), _rows(0)))
    assert got.errors == 2
    assert got.accuracy == 0


def test_a_line_read_in_parts_keeps_its_characters_but_is_not_exact() -> None:
    truth = Truth(("姓名王伟",), np.array([[[0, 0], [100, 0], [100, 20], [0, 20]]], np.float32))
    halves = np.array(
        [[[50, 0], [100, 0], [100, 20], [50, 20]], [[0, 0], [48, 0], [48, 20], [0, 20]]], np.float32
    )
    got = score(truth, Read(("王伟", "姓名"), halves))
    assert (got.exact, got.errors) == (0, 0)


def test_what_stands_nowhere_is_extra() -> None:
    truth = Truth(("ab",), _rows(0), ignore=_rows(100))
    read = Read(("ab", "seal", "ghost"), _rows(0, 100, 300))
    assert score(truth, read).extra == len("ghost")


def test_an_incomplete_truth_has_no_extra() -> None:
    assert score(Truth(("ab",), complete=False), Read(("ab", "more"))).extra == 0


def test_nothing_read_is_all_missing() -> None:
    got = score(Truth(("abc",), _rows(0)), Read(()))
    assert (got.errors, got.accuracy, got.read) == (3, 0, 0)


def test_verbatim_minds_spaces_and_case() -> None:
    truth = Truth(("Open Day", "Late Night"))
    assert score(truth, Read(("OpenDay", "Late Night"))).verbatim == 1
    assert score(truth, Read(("OpenDay", "Late Night"))).exact == 2


def test_scores_add_up() -> None:
    both = Score(pages=1, lines=2, exact=1, seconds=0.5) + Score(pages=1, lines=4, exact=4)
    assert (both.pages, both.lines, both.exact, both.seconds) == (2, 6, 5, 0.5)
    assert Score().exact_share == Score().accuracy == 0


def test_tally_sums_by_row_and_kind() -> None:
    samples = [
        Sample("menu", Path("a"), Truth(("x",))),
        Sample("menu", Path("b"), Truth(("y",))),
        Sample("book", Path("c"), Truth(("z",))),
        Sample("real shop", Path("d"), Truth(("w",))),
    ]
    rows = tally(samples, [Read(("x",)), Read(()), Read(("z",)), Read(("w",))])
    exact = {row: (s.exact, s.lines) for row, s in rows.items()}
    assert exact == {
        "menu": (1, 2),
        "book": (1, 1),
        "real shop": (1, 1),
        "all drawn": (2, 3),
        "all real": (1, 1),
    }


def test_every_page_needs_a_reading() -> None:
    with pytest.raises(ValueError, match="shorter"):
        tally([Sample("menu", Path("a"), Truth(("x",)))], [])
