"""Where the parts are chosen and put together."""

from wenyun.documents.reader import Limits, Reader
from wenyun.documents.reading import DocumentReader
from wenyun.engine.pipeline import Engine
from wenyun.engine.toolbox import Toolbox
from wenyun.models.manifest import load_manifest
from wenyun.models.sessions import SessionCache
from wenyun.settings import Settings


def make_reader(settings: Settings) -> Reader:
    """A reader over the model layer that the settings name.

    Raises:
        LayerError: If there is no usable layer.
    """
    sessions = SessionCache(load_manifest(settings.model_dir), settings.threads)
    engine = Engine(Toolbox(sessions, settings.threads))
    return DocumentReader(engine, Limits(settings.max_bytes, settings.max_pixels))
