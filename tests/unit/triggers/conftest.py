"""A trigger over buckets in memory and a reader that does as it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from wenyun.deadline import Deadline
from wenyun.options import Options
from wenyun.result import Block, Document, Line, Page
from wenyun.settings import Settings
from wenyun.stores.objects import ObjectMissingError, ObjectTooLargeError, StoredObject
from wenyun.triggers.inbox import Inbox
from wenyun.triggers.picture import PictureTrigger

BOX = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@dataclass
class MemoryStore:
    """Objects by (bucket, key); `faults` are raised instead of the operation on a key."""

    objects: dict[tuple[str, str], StoredObject] = field(default_factory=dict)
    faults: dict[str, Exception] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def get(self, bucket: str, key: str, max_bytes: int) -> StoredObject:
        self._fail(key)
        found = self.objects.get((bucket, key))
        if found is None:
            raise ObjectMissingError(key)
        if len(found.data) > max_bytes:
            raise ObjectTooLargeError(len(found.data))
        return found

    def put(self, bucket: str, key: str, data: bytes, content_type: str) -> None:
        self._fail(key)
        self.objects[bucket, key] = StoredObject(data)
        self.types[key] = content_type

    def delete(self, bucket: str, key: str) -> None:
        self._fail(key)
        self.objects.pop((bucket, key), None)

    def keys(self, bucket: str) -> list[str]:
        return sorted(key for held, key in self.objects if held == bucket)

    def _fail(self, key: str) -> None:
        if key in self.faults:
            raise self.faults[key]


@dataclass
class TellReader:
    """Says what bytes it was given; raises what stands under those bytes."""

    faults: dict[bytes, Exception] = field(default_factory=dict)
    asked: list[Options] = field(default_factory=list)
    unit: str = "px"

    def read(self, data: bytes, options: Options, deadline: Deadline, **more: Any) -> Document:
        self.asked.append(options)
        if data in self.faults:
            raise self.faults[data]
        line = Line(data.decode("latin-1"), 0.9, BOX, "crnn")
        return Document((Page(1, 1, 1, 0, (Block("text", BOX, (line,)),), {}, self.unit),))

    def count(self, data: bytes, options: Options, deadline: Deadline) -> int:
        return 1

    def warm(self) -> None:
        """Nothing to open."""

    def models(self) -> dict[str, str]:
        return {}


@dataclass
class Desk:
    """A trigger with its store and reader in hand."""

    store: MemoryStore
    reader: TellReader
    trigger: PictureTrigger

    @property
    def inbox(self) -> Inbox:
        """The trigger behind a door that keeps no order."""
        return Inbox(self.trigger)

    def upload(self, key: str, data: bytes = b"text", **metadata: str) -> None:
        self.store.objects["in", key] = StoredObject(data, metadata)

    def results(self) -> list[str]:
        return self.store.keys(self.trigger.settings.result_bucket)


@pytest.fixture
def make_desk() -> Callable[..., Desk]:
    def make(**changes: object) -> Desk:
        settings = Settings(**{"result_bucket": "out", "max_bytes": 100, **changes})  # type: ignore[arg-type]
        store, reader = MemoryStore(), TellReader()
        return Desk(store, reader, PictureTrigger(store, reader, settings))

    return make


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()
