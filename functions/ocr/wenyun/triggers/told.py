"""One log line an object that arrived."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from wenyun.errors import WenyunError
from wenyun.observe.facts import mark, milliseconds, noted, tell
from wenyun.stores.objects import StoreFaultError
from wenyun.triggers.events import Arrival

log = logging.getLogger(__name__)


@contextmanager
def told(arrival: Arrival, request_id: str, attempts: int) -> Iterator[None]:
    """Tell what became of an object in the block; what leaves it as an error is tried again."""
    begun, again = time.monotonic(), True
    with noted() as facts:
        facts["code"] = "ok"
        try:
            yield
            again = False
        except WenyunError as error:
            facts["code"] = error.code
            raise
        except StoreFaultError:
            facts["code"] = "store"
            raise
        except Exception:
            facts["code"] = "internal"
            raise
        finally:
            seconds = time.monotonic() - begun
            known = {
                "request_id": request_id,
                "object": mark(arrival.bucket, arrival.key),
                "attempt": attempts,
                "again": int(again),
                **facts,
                "task_ms": milliseconds(seconds),
                "task_faults": int(again),
            }
            shown = f"{arrival.shown}, attempt {attempts}: {facts['code']} {seconds:.3f} s"
            tell(log, "object", shown, known)
