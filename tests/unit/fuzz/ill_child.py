"""A child that crashes on 3, hangs on 5, is late once on 7, and kept waiting on 9."""

import json
import os
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    seen = Path(sys.argv[1])
    for line in sys.stdin:
        number = int(line)
        if number == 3:
            os.abort()
        if number == 5:
            time.sleep(60)
        first = number == 7 and not seen.exists()
        if first:
            seen.touch()
        outcome = {
            "number": number,
            "kind": "png",
            "status": 500 if number == 8 else 200,
            "code": "internal" if number == 8 else "",
            "fault": "",
            "seconds": 21.0 if first or number == 9 else 0.1,
            "cpu": 1.0,
            "stood": 15.0 if number == 9 else 0.0,
            "megabytes": 100 + number,
            "peak": 200,
        }
        sys.stdout.write(json.dumps(outcome) + "\n")
        sys.stdout.flush()
