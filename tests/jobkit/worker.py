"""A worker whose reader does as the file says: `python -m tests.jobkit.worker NAME`.

`WENYUN_TEST_LOG` names a file to which every page is written as its reading begins.
"""

import os
import sys
from pathlib import Path

from tests.jobkit.reader import OrderReader
from wenyun import worker

if __name__ == "__main__":
    log = os.environ.get("WENYUN_TEST_LOG")
    sys.exit(worker.main(sys.argv[1:], lambda _: OrderReader(Path(log) if log else None)))
