"""A server whose workers do as the file says: `python -m tests.jobkit.serve '{"port": 1, …}'`."""

import json
import sys
from pathlib import Path

from tests.jobkit.reader import OrderReader
from wenyun import wiring
from wenyun.listening import listen
from wenyun.serving import serve
from wenyun.settings import Settings

if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    settings = Settings(**given | {"data_dir": Path(given["data_dir"])})
    jobs = wiring.make_jobs(settings, [sys.executable, "-m", "tests.jobkit.worker"])
    sys.exit(serve(settings, OrderReader(), listen(settings), jobs))
