"""Whether what a text layer says is what the page shows.

A layer is not trusted where its file does not know what the glyphs mean (characters without a
mapping, private or unassigned ones, control characters), where its mapping is wrong in a way that
shows (the bytes of a Chinese encoding taken for Latin letters, Han characters that nobody uses),
or where nobody sees it: invisible text is another program's reading of the picture, and ours is
made from the picture itself.
"""

import codecs
from collections.abc import Sequence

from wenyun.documents.pdf.spans import TextLine

SOUND_SHARE = 0.8
"""Below this share of characters in sound lines, the sound ones are not trusted either."""

MIN_HAN = 8
COMMON_SHARE = 0.75
"""Of the different Han characters of a page, those in GB 2312 or Big5: nearly all, in real text."""

MIN_LATIN = 12
MOJIBAKE_SHARE = 0.4
"""Of a page's letters beyond ASCII and Han, those of Latin-1: GBK bytes read as Latin letters."""


def trusted(lines: Sequence[TextLine]) -> bool:
    """Whether the lines of a page may be taken instead of reading its picture."""
    whole = sum(len(line.text) for line in lines)
    sound = "".join(line.text for line in lines if line.sound)
    if not whole or len(sound) < SOUND_SHARE * whole:
        return False
    return _uses_common_han(sound) and not _is_mojibake(sound)


def _uses_common_han(text: str) -> bool:
    han = {char for char in text if "\u3400" <= char <= "\u9fff" or char >= "\U00020000"}
    if len(han) < MIN_HAN:
        return True
    return sum(map(_is_common, han)) >= COMMON_SHARE * len(han)


def _is_common(char: str) -> bool:
    return any(_encodes(char, code) for code in ("gb2312", "big5"))


def _encodes(char: str, code: str) -> bool:
    try:
        codecs.encode(char, code)
    except UnicodeEncodeError:
        return False
    return True


def _is_mojibake(text: str) -> bool:
    """French has an accent in twenty letters; bytes of GBK give hardly anything else."""
    strange = sum("\xa1" <= char <= "\xff" for char in text)
    letters = sum(not char.isspace() for char in text)
    return strange >= MIN_LATIN and strange > MOJIBAKE_SHARE * letters
