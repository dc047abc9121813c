"""What the characters of a text layer mean, as people type them."""

import unicodedata

_SOUND_PRIVATE = {
    0xF0A7: "▪",
    0xF0A8: "▫",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0FC: "✓",
    0xF06C: "●",
    0xF06E: "■",
    0xF075: "◆",
    0xF076: "❖",
}
"""Bullets of Symbol and Wingdings, which word processors write at private places."""

_DROPPED = {0xAD, 0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF}
"""Characters without ink: soft hyphens, joiners, marks of direction."""


def meaning(code: int, hyphen: bool = False) -> tuple[str, bool]:
    """The text of a character as people type it, and whether it is one at all.

    Ligatures are taken apart, and radicals and compatibility forms become the characters that they
    stand for: fonts mix them up, and nobody could search for them.
    """
    if hyphen:
        return "-", True
    if code in _DROPPED:
        return "", True
    if code in _SOUND_PRIVATE:
        return _SOUND_PRIVATE[code], True
    if code > 0x10FFFF:
        return "\ufffd", False
    char = chr(code)
    if char in "\t\xa0" or unicodedata.category(char) in ("Zs", "Zl", "Zp"):
        return ("\u3000" if code == 0x3000 else " "), True
    if unicodedata.category(char)[0] == "C" or code == 0xFFFD:
        return "\ufffd", False
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB07:
        return unicodedata.normalize("NFKC", char), True
    return char, True
