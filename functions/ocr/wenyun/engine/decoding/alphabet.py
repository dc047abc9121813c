"""A recogniser's classes beside the characters that lists and patterns are written in."""

import unicodedata
from collections.abc import Sequence


class Alphabet:
    """Classes as characters of one width, and back.

    Args:
        characters: Of each class.
        allowed: Whether the language lets each through.
        blank: The blank's class.

    """

    def __init__(self, characters: Sequence[str], allowed: Sequence[bool], blank: int) -> None:
        self.blank = blank
        self.folded = [folded(mark) for mark in characters]
        self._exact: dict[str, int] = {}
        self._alike: dict[str, list[int]] = {}
        for label, mark in enumerate(characters):
            if label != blank and allowed[label]:
                self._exact.setdefault(mark, label)
                self._alike.setdefault(self.folded[label], []).append(label)

    def classes(self, mark: str) -> list[int]:
        """Every class that is this character, of whatever width."""
        return self._alike.get(mark, [])

    def spell(self, text: str) -> tuple[int, ...] | None:
        """A text's classes; None where a character is not among them. Spaces may be missing."""
        labels = []
        for mark in text:
            label = self._exact.get(mark)
            if label is None:
                label = next(iter(self.classes(folded(mark))), None)
            if label is not None:
                labels.append(label)
            elif not mark.isspace():
                return None
        return tuple(labels)

    def read(self, labels: Sequence[int]) -> str:
        """Classes as a text of one width, a character each."""
        return "".join(self.folded[label] for label in labels)


def folded(mark: str) -> str:
    """A character in its usual width; as it is where that would be several."""
    plain = unicodedata.normalize("NFKC", mark)
    return plain if len(plain) == 1 else mark[:1]
