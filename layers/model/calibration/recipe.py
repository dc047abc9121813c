"""A recogniser's calibration in `models.toml`: a table of its own, right behind its entry."""

import re
from collections.abc import Mapping

TABLE = re.compile(r"\n\[model\.calibration\]\n(?:[a-z_]+ = \S+\n)*")


def entry_text(role: str, weights: Mapping[str, float]) -> str:
    """The table, with a word on whose it is."""
    rows = "".join(f"{name} = {value}\n" for name, value in weights.items())
    return f"# {role}\n[model.calibration]\n{rows}"


def written(text: str, role: str, weights: Mapping[str, float]) -> str:
    """`models.toml` with a role's table put in, in the place of the one it had.

    Raises:
        ValueError: No model plays the role.

    """
    parts = re.split(r"(?m)^(?=\[\[)", text)
    for place, part in enumerate(parts):
        if part.startswith("[[model]]") and re.search(rf'(?m)^role = "{role}"$', part):
            plain = TABLE.sub("\n", part)
            body = plain.rstrip("\n")
            # A comment before the next entry stays behind the table.
            comment = re.search(r"(?:\n#[^\n]*)+$", body)
            tail = comment.group() if comment else ""
            body = body.removesuffix(tail).rstrip("\n")
            rows = "".join(f"{name} = {value}\n" for name, value in weights.items())
            parts[place] = f"{body}\n\n[model.calibration]\n{rows}" + (
                f"{tail}\n" if tail else "\n"
            )
            return "".join(parts)
    raise ValueError(f"no model plays {role}")
