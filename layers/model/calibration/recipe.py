"""What is measured of a model, in `models.toml`: tables of their own, right behind its entry."""

import re
from collections.abc import Callable, Mapping, Sequence


def entry_text(role: str, weights: Mapping[str, float]) -> str:
    """The table, with a word on whose it is."""
    rows = "".join(f"{name} = {value}\n" for name, value in weights.items())
    return f"# {role}\n[model.calibration]\n{rows}"


def written(text: str, role: str, weights: Mapping[str, float]) -> str:
    """`models.toml` with a role's calibration put in, in the place of the one it had.

    Raises:
        ValueError: No model plays the role.

    """
    return with_table(
        text, role, "calibration", [f"{key} = {value}" for key, value in weights.items()]
    )


def with_ranges(text: str, role: str, ranges: Mapping[str, tuple[float, float]]) -> str:
    """`models.toml` with the ranges of a role's tensors put in, in the place of those it had.

    Raises:
        ValueError: No model plays the role.

    """
    return with_table(text, role, "eight_bit", range_rows(ranges))


def range_rows(ranges: Mapping[str, tuple[float, float]]) -> list[str]:
    """The rows of a table of ranges."""
    return [f'"{name}" = [{low}, {high}]' for name, (low, high) in ranges.items()]


def with_means(text: str, role: str, where: str, sha256: str) -> str:
    """`models.toml` with the file of a role's means named, in the place of the one it had.

    Raises:
        ValueError: No model plays the role.

    """
    own = f'means = "{where}"\nmeans_sha256 = "{sha256}"\n'

    def change(part: str) -> str:
        rest = re.sub(r"(?m)^means(_sha256)? = .*\n", "", part)
        return re.sub(r"(?m)^(licence = .*\n)", rf"\g<1>{own}", rest)

    return _changed(text, role, change)


def with_table(text: str, role: str, name: str, rows: Sequence[str]) -> str:
    """`models.toml` with a table of a role's entry put in, in the place of the one it had.

    Raises:
        ValueError: No model plays the role.

    """
    own = re.compile(rf"\n\[model\.{name}\]\n(?:[^\[#\n].*\n)*")
    table = "".join(f"{row}\n" for row in rows)

    def change(part: str) -> str:
        body = own.sub("\n", part).rstrip("\n")
        # A comment before the next entry stays behind the table.
        comment = re.search(r"(?:\n#[^\n]*)+$", body)
        tail = comment.group() if comment else ""
        body = body.removesuffix(tail).rstrip("\n")
        return f"{body}\n\n[model.{name}]\n{table}" + (f"{tail}\n" if tail else "\n")

    return _changed(text, role, change)


def _changed(text: str, role: str, change: Callable[[str], str]) -> str:
    """`models.toml` with the entry of the model that plays a role changed."""
    parts = re.split(r"(?m)^(?=\[\[)", text)
    for place, part in enumerate(parts):
        if part.startswith("[[model]]") and re.search(rf'(?m)^role = "{role}"$', part):
            parts[place] = change(part)
            return "".join(parts)
    raise ValueError(f"no model plays {role}")
