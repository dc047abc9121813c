"""`handler.handler` over a reader that needs no models; run with this folder on the path.

The event `{"probe": "modules"}` is answered with what has been imported so far.
"""

import hashlib
import importlib.util
import os
import sys
import types
from pathlib import Path
from typing import Any

from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.options import Options
from wenyun.result import Block, Document, Line, Page
from wenyun.settings import Settings

BOX = ((1.0, 1.0), (9.0, 1.0), (9.0, 5.0), (1.0, 5.0))


class FakeReader:
    """Its one line is the digest of the bytes that came; what is no PNG is a bad picture."""

    def read(self, data: bytes, options: Options, deadline: Deadline, **more: Any) -> Document:
        """As in `Reader`."""
        deadline.check()
        if not data.startswith(b"\x89PNG"):
            raise WenyunError("unsupported_image")
        line = Line(hashlib.sha256(data).hexdigest(), 0.987, BOX, options.lang)
        return Document((Page(1, 10, 6, 0, (Block("text", BOX, (line,)),)),))

    def count(self, data: bytes, options: Options, deadline: Deadline) -> int:
        """As in `Reader`."""
        return 1

    def warm(self) -> None:
        """Fails where the test asks for a broken layer."""
        if os.environ.get("FAKE_BROKEN_LAYER"):
            raise FileNotFoundError("crnn.onnx is not there")

    def models(self) -> dict[str, str]:
        """As in `Reader`."""
        return {"crnn": "fake"}


def _make_reader(settings: Settings) -> FakeReader:
    return FakeReader()


def _real_wiring() -> Any:
    """The module itself, which knows the engine and is loaded when it is needed."""
    home = Path(product.__file__).parent
    spec = importlib.util.spec_from_file_location("real_wiring", home / "wenyun/wiring.py")
    assert spec
    assert spec.loader
    real = importlib.util.module_from_spec(spec)
    sys.modules["real_wiring"] = real
    spec.loader.exec_module(real)
    return real


def _make_cloud_jobs(settings: Settings) -> Any:
    from wenyun.jobs.cloud import CloudJobs

    return CloudJobs(lambda: _real_wiring().open_cloud(settings))


_wiring = types.ModuleType("wenyun.wiring")
_wiring.make_reader = _make_reader  # type: ignore[attr-defined]
_wiring.open_aws_ports = lambda settings: _real_wiring().open_aws_ports(settings)  # type: ignore[attr-defined]
_wiring.make_cloud_jobs = _make_cloud_jobs  # type: ignore[attr-defined]
sys.modules["wenyun.wiring"] = _wiring

import handler as product  # noqa: E402  (INIT runs here, over the reader above)


def handler(event: Any, context: Any) -> Any:
    """The product's handler, and the probe."""
    if event == {"probe": "modules"}:
        return sorted(sys.modules)
    return product.handler(event, context)
