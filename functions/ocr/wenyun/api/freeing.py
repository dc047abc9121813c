"""Failures that keep nothing in memory."""

import traceback


def freed(error: BaseException) -> BaseException:
    """The same failure without the variables of the frames that it went through.

    A failure holds every frame between where it arose and where it was caught, and so the pixels
    of the page. What stays are the places below the one where it was caught, for the log.
    """
    if error.__traceback__ is not None:
        # The frame that calls this is still at work and cannot be cleared.
        error.__traceback__ = error.__traceback__.tb_next
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        traceback.clear_frames(one.__traceback__)
        one = one.__cause__ or one.__context__
    return error
