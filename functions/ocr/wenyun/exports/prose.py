"""Lines of a paragraph joined to running text, as a typesetter's line breaks are undone.

House rules: nothing between Han characters or beside full-width marks; a space between Latin
words; between Han and Latin what the paragraph itself does elsewhere, nothing if it does not say.
A hyphen at a line's end goes only where it was put there by the break: before a lower-case letter,
behind a word that has no other hyphen. Web and mail addresses are joined without a space.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WIDE = re.compile(f"[{HAN}\u3000-\u3004\u3008-\u3020\uff00-\uff9f\U00020000-\U0003ffff]")
"""Written without spaces: Han, kana, and marks of full width."""

DOUBLE = "“”‘’…—·"
"""Marks of both scripts: beside Han they are of full width."""

LETTER = re.compile(f"[{HAN}\U00020000-\U0003ffff]")
BOUNDARY = re.compile(f"[{HAN}]( ?)[A-Za-z0-9]|[A-Za-z0-9%]( ?)[{HAN}]")
HYPHENS = "-\u2010"
SOFT = "\u00ad"
BROKEN = re.compile(rf"(?:^|[\s(\[“\"'/])([^\W\d_]+)[{HYPHENS}]$")
"""A line that ends with a word of letters alone and a hyphen."""

KEPT_PREFIXES = frozenset({"all", "cross", "ex", "half", "quasi", "self", "well"})
"""Words that keep their hyphen before another: self-, well-."""

ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)\S*$|\S+@\S*$", re.IGNORECASE)
OPEN_END = re.compile(r"[/.?#=&_%@~+:-]$")
OPEN_START = re.compile(r"^[/?#=&_%@~+.][\w/%]")


def join_lines(texts: Sequence[str]) -> str:
    """One paragraph of the lines' texts."""
    lines = [stripped for text in texts if (stripped := text.strip())]
    if not lines:
        return ""
    spaced = _spaced_boundaries(lines)
    words = frozenset(re.findall(rf"[^\W\d_]+(?:[{HYPHENS}][^\W\d_]+)+", " ".join(lines)))
    joined = [lines[0]]
    for before, after in pairwise(lines):
        kept, between = _seam(before, after, spaced, words)
        joined[-1] = joined[-1][: len(joined[-1]) - (len(before) - len(kept))]
        joined += [between, after]
    return "".join(joined)


def _seam(before: str, after: str, spaced: bool, words: frozenset[str]) -> tuple[str, str]:
    """The first line without a hyphen that goes, and what stands between it and the next."""
    if before.endswith(SOFT):
        return before[:-1], ""
    if _in_address(before, after):
        return before, ""
    if before[-1] in HYPHENS and len(before) > 1 and not before[-2].isspace():
        return (before[:-1] if _hyphen_goes(before, after, words) else before), ""
    return before, _between(before, after, spaced)


def _between(before: str, after: str, spaced: bool) -> str:
    left, right = bool(WIDE.match(before[-1])), bool(WIDE.match(after[0]))
    if left or right:
        pair = (before[-1], after[0])
        return " " if left != right and spaced and all(map(_speaks, pair)) else ""
    if before[-1] in DOUBLE or after[0] in DOUBLE:
        return "" if LETTER.search(before[-4:]) and LETTER.search(after[:4]) else _dash(before)
    return "" if before[-1] == "/" and not before[-2:-1].isspace() else " "


def _dash(before: str) -> str:
    """Nothing behind a dash that leans on its word: "quick—and", else a space."""
    return "" if before[-1] == "—" and not before[-2:-1].isspace() else " "


def _speaks(char: str) -> bool:
    """Whether a character is a letter, a digit or what stands close to one."""
    return char.isalnum() or char in "%("


def _hyphen_goes(before: str, after: str, words: frozenset[str]) -> bool:
    """Whether the break put the hyphen there: "recog-" before "nised"."""
    broken = BROKEN.search(before)
    rest = re.match(r"[^\W\d_]+", after)
    if not broken or not rest or not after[0].islower():
        return False
    if after[rest.end() : rest.end() + 1] in tuple(HYPHENS):
        return False
    word = broken.group(1)
    return word.lower() not in KEPT_PREFIXES and f"{word}-{rest.group()}" not in words


def _in_address(before: str, after: str) -> bool:
    """Whether a web or mail address runs over the break."""
    if not ADDRESS.search(before) or not after[0].isascii():
        return bool(re.search(r"\S@$", before) or re.match(r"@\w+\.\w", after))
    return bool(OPEN_END.search(before) or OPEN_START.match(after)) and not before.endswith(":")


def _spaced_boundaries(lines: Sequence[str]) -> bool:
    """Whether the paragraph puts spaces between Han and Latin more often than not."""
    spaced = plain = 0
    for line in lines:
        for found in BOUNDARY.finditer(line):
            has = bool(found.group(1) or found.group(2))
            spaced, plain = spaced + has, plain + (not has)
    return spaced > plain
