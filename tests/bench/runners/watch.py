"""Looks over our engine's shoulder: which models it opens, how many lines it sends on."""

import functools
from typing import Any


class Watch:
    """Counts from the moment it is made.

    `used` holds the roles that were asked for, `sent` counts lines given to the second model.
    """

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.sent = 0
        self._watch_cache()
        self._watch_recogniser()

    def _watch_cache(self) -> None:
        from wenyun.models.sessions import SessionCache

        get = SessionCache.get

        @functools.wraps(get)
        def noted(cache: SessionCache, role: str) -> Any:
            self.used.add(role)
            return get(cache, role)

        SessionCache.get = noted  # type: ignore[method-assign]

    def _watch_recogniser(self) -> None:
        from wenyun.engine.recognise import Recogniser

        read = Recogniser.read

        @functools.wraps(read)
        def noted(recogniser: Recogniser, crops: Any, *rest: Any, **named: Any) -> Any:
            if recogniser._entry.role == "second":
                self.sent += len(crops)
            return read(recogniser, crops, *rest, **named)

        Recogniser.read = noted  # type: ignore[method-assign]
