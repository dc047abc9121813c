"""Where the parts are chosen and put together."""

from dataclasses import dataclass, replace
from time import perf_counter

from wenyun.deadline import Deadline
from wenyun.documents.decode import decode
from wenyun.documents.reader import Limits, Reader
from wenyun.engine.pipeline import Engine
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import SessionCache
from wenyun.options import Options
from wenyun.result import Document
from wenyun.settings import Settings


@dataclass(frozen=True, slots=True)
class PictureReader:
    """Reads picture files: decodes them and hands them to the engine."""

    engine: Engine
    limits: Limits

    def read(self, data: bytes, options: Options, deadline: Deadline) -> Document:
        """Read a picture; see `Reader`."""
        start = perf_counter()
        picture = decode(data, self.limits)
        decoding = perf_counter() - start
        page = self.engine.read(picture.pixels, options, deadline)
        timed = replace(page, timings={"decode": decoding, **page.timings})
        return Document((timed,), picture.warnings)

    def warm(self) -> None:
        """Open the CRNN and the detector."""
        self.engine.tools.warm()

    def models(self) -> dict[str, str]:
        """Role to name of each model of the layer."""
        models = self.engine.tools.sessions.manifest.models
        return {role: entry.name for role, entry in models.items()}


def make_reader(settings: Settings) -> Reader:
    """A reader over the model layer that the settings name.

    Raises:
        LayerError: If there is no usable layer.
    """
    sessions = SessionCache(load_manifest(settings.model_dir), settings.threads)
    engine = Engine(Toolbox(sessions, settings.threads))
    return PictureReader(engine, Limits(settings.max_bytes, settings.max_pixels))
