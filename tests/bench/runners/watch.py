"""Looks over our engine's shoulder: which models it opens, how many lines it sends on."""

from collections.abc import Sequence

from wenyun.deadline import Deadline
from wenyun.engine.ctc import Reading
from wenyun.engine.lanes import Lanes
from wenyun.engine.recognise import LineCrop, Recogniser
from wenyun.engine.toolbox import SECOND
from wenyun.models.sessions import Session, SessionCache


class Watch:
    """Counts in this process from the moment it is made.

    `used` holds the roles that were asked for, `sent` counts lines given to the second model.
    """

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.sent = 0
        self._watch_cache()
        self._watch_recogniser()

    def _watch_cache(self) -> None:
        get = SessionCache.get

        def noted(cache: SessionCache, role: str) -> Session:
            self.used.add(role)
            return get(cache, role)

        SessionCache.get = noted  # type: ignore[method-assign, assignment]

    def _watch_recogniser(self) -> None:
        read = Recogniser.read

        def noted(
            recogniser: Recogniser,
            crops: Sequence[LineCrop],
            executor: Lanes,
            deadline: Deadline,
        ) -> list[Reading]:
            if recogniser._entry.role == SECOND:
                self.sent += len(crops)
            return read(recogniser, crops, executor, deadline)

        Recogniser.read = noted  # type: ignore[method-assign, assignment]
