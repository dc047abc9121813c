"""Breaking prose into lines."""

from tests.scenes.fonts import Face

NOT_FIRST = "，。、；：？！”’）》」』…—%"
NOT_LAST = "“‘（《「『"


def chinese(text: str, face: Face, size: int, width: float, first: float = 0) -> list[str]:
    """Lines of at most `width` pixels; the first is `first` shorter; no stop begins a line."""
    lines, line, room = [], "", width - first
    for char in text:
        if face.at(size).getlength(line + char) > room and char not in NOT_FIRST:
            kept = line.rstrip(NOT_LAST)
            lines.append(kept)
            line, room = line[len(kept) :], width
        line += char
    return [*lines, line] if line else lines


def latin(text: str, face: Face, size: int, width: float) -> list[str]:
    """Lines of whole words of at most `width` pixels."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.at(size).getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
