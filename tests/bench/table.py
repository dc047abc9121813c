"""Plain tables."""

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its columns aligned: the first to the left, the others to the right."""
    cells = [list(head), *map(list, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    rule = [("-" if c == 0 else "-:").rjust(w, "-") for c, w in enumerate(map(_least, widths))]
    return "\n".join(_row(row, [_least(w) for w in widths]) for row in [cells[0], rule, *cells[1:]])


def percent(part: float) -> str:
    """A share with one decimal."""
    return f"{100 * part:.1f}"


def ratio(value: float | None, base: float | None) -> str:
    """How many times the base; a dash where either is unknown."""
    return f"{value / base:.2f}" if value is not None and base else "-"


def _least(width: int) -> int:
    return max(2, width)


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        cell.ljust(w) if column == 0 else cell.rjust(w)
        for column, (cell, w) in enumerate(zip(row, widths, strict=True))
    )
    return "| " + " | ".join([first, *rest]) + " |"
