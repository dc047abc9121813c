"""One onnxruntime session a model for the life of the process."""

import os
import threading
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from wenyun.deadline import NEVER, Deadline
from wenyun.models.manifest import LayerError, Manifest, ModelEntry

FloatArray = npt.NDArray[np.float32]

ARENA = (0, 0, -1, -1)
"""No ceiling (shapes are bounded), growth by powers of two, onnxruntime's own chunk sizes."""

SMALLEST = 32
"""Pixels of a side that every model takes."""


class Session(Protocol):
    """An open model."""

    def run(self, batch: FloatArray, deadline: Deadline = NEVER) -> FloatArray:
        """Run the model on (N, 3, H, W) float32; safe to call from several threads.

        Raises:
            WenyunError: `time_limit`, also in the middle of the run.

        """

    def shrink(self) -> None:
        """Give back what the runtime keeps for the next run; safe while others run."""


Opener = Callable[[ModelEntry, int], Session]


class SessionCache:
    """Opens each model once, by one thread while others wait; a failure is not remembered.

    Args:
        manifest: The layer.
        threads: CPU threads that a deployment pays for.
        opener: Opens a model with so many threads.
    """

    def __init__(self, manifest: Manifest, threads: int, opener: Opener | None = None) -> None:
        self.manifest = manifest
        self._threads = threads
        self._opener = opener or open_session
        self._open: dict[str, Session] = {}
        self._locks = {role: threading.Lock() for role in manifest.models}

    def get(self, role: str) -> Session:
        """The session of a role, opened at first need.

        Raises:
            LayerError: If the layer has no such model or it does not open.
        """
        if (session := self._open.get(role)) is not None:
            return session
        entry = self.manifest.entry(role)
        with self._locks[role]:
            if role not in self._open:
                self._open[role] = self._opener(entry, self._threads_for(entry))
            return self._open[role]

    def is_open(self, role: str) -> bool:
        """Whether a role needs no opening: its session is there, or the layer has no such model."""
        return role in self._open or role not in self.manifest.models

    def shrink(self) -> None:
        """Give back what the arena keeps for the next run; nothing where no model is open."""
        # One is enough, as all draw on the same arena.
        for session in list(self._open.values())[:1]:
            session.shrink()

    def _threads_for(self, entry: ModelEntry) -> int:
        """Lines are read side by side, one thread each: that beats threads inside a run."""
        return 1 if entry.kind == "recogniser" else self._threads


class OnnxSession:
    """A model open in onnxruntime."""

    def __init__(self, entry: ModelEntry, session: Any) -> None:
        self._entry = entry
        self._outputs = [entry.output]
        self._session = session

    def run(self, batch: FloatArray, deadline: Deadline = NEVER) -> FloatArray:
        """Run the model on (N, 3, H, W) float32; the deadline ends the run between two nodes."""
        options = load_runtime().RunOptions()

        def stop() -> None:
            options.terminate = True

        with deadline.ending(stop):
            try:
                found = self._session.run(self._outputs, {self._entry.input: batch}, options)
            except Exception:
                # A run that was ended fails like one that is broken.
                deadline.check()
                raise
        result: FloatArray = found[0]
        return result

    def shrink(self) -> None:
        """Give back the regions of the arena in which nothing is in use.

        onnxruntime does so at the end of a run that asks for it, so this is the smallest run there
        is. Regions that other runs are using stay.
        """
        options = load_runtime().RunOptions()
        options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        height, width = self._entry.height or SMALLEST, self._entry.width or SMALLEST
        batch = np.zeros((1, 3, height, width), np.float32)
        self._session.run(self._outputs, {self._entry.input: batch}, options)


def load_runtime() -> Any:
    """Import onnxruntime, told to keep to itself.

    Its published builds send usage data to their maker and keep an identifier of the machine in
    the home folder, unless this variable is set before it starts.
    """
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    return onnxruntime


def open_session(entry: ModelEntry, threads: int) -> Session:
    """Open a model of the layer.

    Its graph comes optimised from the layer. What is left to do here is the host's own memory
    layout (level LAYOUT): it costs some 5 ms a model and makes a run a third faster, and it may
    not be stored, for it differs from CPU to CPU.

    Raises:
        LayerError: If the file is missing or onnxruntime refuses it.
    """
    ort = load_runtime()
    share_arena()
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_LAYOUT
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.use_env_allocators", "1")
    # A waiting thread that spins burns CPU credit which Lambda counts against the request.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        session = ort.InferenceSession(str(entry.path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise LayerError(f"the model {entry.path} does not open: {error}") from error
    return OnnxSession(entry, session)


@cache
def share_arena() -> None:
    """Let all sessions of the process draw on one arena.

    With an arena each, every model keeps the most memory that it ever needed; without any, the
    C library's heap fragments and a run is slower by a third. One arena is as large as the
    largest single run, and what bounds that are the bounded shapes of detector and recogniser.
    """
    ort = load_runtime()
    memory = ort.OrtMemoryInfo(
        "Cpu", ort.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, ort.OrtMemType.DEFAULT
    )
    ort.create_and_register_allocator(memory, ort.OrtArenaCfg(*ARENA))
