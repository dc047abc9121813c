"""What a request knows of its lines, as aids to the decoder."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from wenyun.engine.decoding.alphabet import Alphabet
from wenyun.engine.decoding.draft import Draft
from wenyun.options import Options

Aid = Callable[[Draft, npt.NDArray[np.float32]], Draft]


@dataclass(frozen=True, slots=True)
class Wishes:
    """The words that may stand in lines, and what lines are expected to hold."""

    lexicon: tuple[str, ...] = ()
    expect: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lexicon or self.expect)


NOTHING = Wishes()


def wishes_of(options: Options) -> Wishes:
    """What a request knows."""
    return Wishes(options.lexicon, options.expect)


@lru_cache(8)
def aids_of(wishes: Wishes, alphabet: Alphabet) -> tuple[Aid, ...]:
    """The aids of a request for one recogniser; pages of a document share them."""
    aids: list[Aid] = []
    if wishes.expect:
        from wenyun.engine.decoding.fields import FieldReader, field_of

        aids += [FieldReader(field_of(kind), alphabet) for kind in wishes.expect]
    if wishes.lexicon:
        from wenyun.engine.decoding.lexicon import Lexicon

        aids.append(Lexicon(wishes.lexicon, alphabet))
    return tuple(aids)
