"""Serves the fake reader: `python serve_fake.py '{"port": 1234, …}' [seconds]`.

The seconds are those after which it gives up requests that do not come, uploads that stall and
answers that nobody reads.
"""

import json
import sys

from tests.api_fakes import FakeReader
from wenyun import connections, serving
from wenyun.api import limits
from wenyun.listening import listen
from wenyun.settings import Settings


class CountingReader(FakeReader):
    """Says in `/api/health` how many files it has begun."""

    def models(self) -> dict[str, str]:
        return {"begun": str(len(self.seen))}


if __name__ == "__main__":
    if len(sys.argv) > 2:
        serving.IDLE_SECONDS = int(sys.argv[2])
        connections.UNREAD_SECONDS = limits.STALL_SECONDS = float(sys.argv[2])
    settings = Settings(**json.loads(sys.argv[1]))
    sys.exit(serving.serve(settings, CountingReader(), listen(settings)))
