"""Headers and footers as one page shows them."""

import numpy as np

from wenyun.engine.layout.margins import margins

SIZE = (1000.0, 1400.0)
BODY = [(100.0, 150.0 + 30 * n, 900.0, 170.0 + 30 * n) for n in range(36)]


def found(
    *more: tuple[float, float, float, float],
    texts: list[str],
    size: float = 18,
    body: list[tuple[float, float, float, float]] = BODY,
) -> tuple[list[str], list[str]]:
    rects = np.array([*body, *more], np.float32)
    said = ["prose"] * len(body) + texts
    sizes = np.array([20] * len(body) + [size] * len(more), np.float32)
    head, foot = margins(rects, sizes, said, SIZE, 20.0)
    return [said[i] for i in head], [said[i] for i in foot]


def test_a_running_title_with_its_number() -> None:
    more = [(800.0, 60.0, 830.0, 80.0), (100.0, 62.0, 300.0, 82.0)]
    assert found(*more, texts=["12", "渡口旧事"]) == (["渡口旧事", "12"], [])


def test_a_page_number_below() -> None:
    assert found((490.0, 1330.0, 510.0, 1350.0), texts=["12"]) == ([], ["12"])


def test_a_line_close_to_the_text_is_text() -> None:
    assert found((100.0, 120.0, 500.0, 140.0), texts=["渡口旧事"]) == ([], [])


def test_a_large_line_at_the_top_is_a_title() -> None:
    assert found((300.0, 50.0, 700.0, 90.0), texts=["渡口旧事"], size=40) == ([], [])


def test_a_full_line_at_the_bottom_is_text() -> None:
    assert found((100.0, 1330.0, 900.0, 1350.0), texts=["and so it ended."]) == ([], [])


def test_a_last_line_in_the_middle_of_the_page_is_text() -> None:
    assert found((100.0, 300.0, 300.0, 320.0), texts=["12"], body=BODY[:4] * 3) == ([], [])


def test_a_page_of_few_lines_has_no_margins() -> None:
    assert found((490.0, 1330.0, 510.0, 1350.0), texts=["12"], body=BODY[:5]) == ([], [])
