"""A run: steps, checkpoints, validation; stopped at any time, it goes on where it was."""

import math
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.average import Average
from training.batches import Batch, Batches
from training.config import Config, Phase
from training.lesson import Lesson
from training.log import Log
from training.validate import validate

CHECKPOINT = "checkpoint.pt"
BEST = "best.pt"
CLIP = 5.0
"""Length that a gradient is cut to: LSTMs now and then give a huge one."""

EVERY = 50
"""Steps between two entries of the log."""


class Trainer:
    """Trains one keeper in a folder.

    Args:
        config: The keeper and its phases.
        data: Folder with the shards `train` and `validation`.
        run: Folder for checkpoints and log.
        device: cpu or cuda.
    """

    def __init__(self, config: Config, data: Path, run: Path, device: str) -> None:
        self._config = config
        self._data = data
        self._run = run
        self._device = device
        torch.manual_seed(1)
        self._lesson = Lesson(config, device)
        self._keeper = self._lesson.keeper
        self._average = Average(self._keeper, config.average)
        self._log = Log(run)
        self._step = 0
        self._best = -1.0
        self._phase: Phase | None = None
        self._optimiser: Any = None
        run.mkdir(parents=True, exist_ok=True)
        if (run / CHECKPOINT).exists():
            self._load()

    def train(self, minutes: float, save_every: float, validate_every: float) -> None:
        """Train for so many minutes; the intervals are minutes too. The end is saved."""
        config = self._config
        batches = self._batches("train", config.joined)
        rng = np.random.default_rng(self._step)
        start = saved = validated = time.monotonic()
        tally = _Tally()
        try:
            for batch in batches.endless(rng):
                tally.add(self._learn(batch), len(batch.texts))
                now = time.monotonic()
                if self._step % EVERY == 0:
                    self._log.write({"step": self._step, **tally.take()})
                if now - validated > validate_every * 60:
                    self._judge()
                    validated = time.monotonic()
                if now - saved > save_every * 60:
                    self._save()
                    saved = time.monotonic()
                if now - start > minutes * 60 or self._step >= self._config.phases[-1].until:
                    break
        finally:
            self._save()
        self._judge()
        self._save()

    def _batches(self, split: str, joined: float = 0.0) -> Batches:
        config = self._config
        return Batches(self._data / split, config.source, config.steps_a_batch, joined)

    def _learn(self, batch: Batch) -> dict[str, float]:
        phase, share = self._config.phase(self._step)
        if self._phase is None or phase.name != self._phase.name:
            self._enter(phase)
        self._pace(phase, share)
        with torch.autocast(self._device, torch.bfloat16, enabled=self._config.bfloat16):
            parts = self._lesson.losses(batch)
        loss = parts["distil"] * phase.distil + parts["ctc"] * phase.ctc
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._trained(), CLIP)
        self._optimiser.step()
        self._average.update(self._keeper)
        self._step += 1
        return {"loss": float(loss.detach()), **{k: float(v.detach()) for k, v in parts.items()}}

    def _enter(self, phase: Phase, state: dict[str, Any] | None = None) -> None:
        self._phase = phase
        groups = self._keeper.groups(phase.classifier_rate)
        self._keeper.train()
        self._optimiser = torch.optim.AdamW(
            groups, lr=phase.rate, weight_decay=self._config.weight_decay
        )
        if state is not None:
            self._optimiser.load_state_dict(state)

    def _pace(self, phase: Phase, share: float) -> None:
        """A warm start, then a cosine down to a fiftieth (Loshchilov and Hutter 2017)."""
        warm = min(1.0, (self._step + 1) / self._config.warmup)
        rate = phase.rate * warm * (0.02 + 0.98 * (1 + math.cos(math.pi * share)) / 2)
        for group in self._optimiser.param_groups:
            group["lr"] = rate * group["scale"]

    def _trained(self) -> list[Any]:
        return [one for one in self._keeper.parameters() if one.requires_grad]

    def _judge(self) -> None:
        """Validate the averaged weights and keep them when they are the best so far."""
        config = self._config
        module = self._average.module
        found = validate(module, self._batches("validation").once(), self._device)
        self._log.write({"step": self._step, **found})
        self._log.draw()
        told = {k: v for k, v in found.items() if "/" not in k}
        print(f"step {self._step}: {told}", flush=True)
        if found["exact"] + found["spaced"] > self._best:
            self._best = found["exact"] + found["spaced"]
            kept = {"config": config.name, "step": self._step, "found": found}
            torch.save({**kept, "student": module.state_dict()}, self._run / BEST)

    def _save(self) -> None:
        fresh = self._run / (CHECKPOINT + ".new")
        state = {
            "step": self._step,
            "best": self._best,
            "student": self._keeper.state_dict(),
            "average": self._average.state(),
            "optimiser": self._optimiser.state_dict() if self._optimiser else None,
            "phase": self._phase.name if self._phase else None,
        }
        torch.save(state, fresh)
        fresh.replace(self._run / CHECKPOINT)

    def _load(self) -> None:
        state = torch.load(self._run / CHECKPOINT, map_location=self._device, weights_only=True)
        self._step, self._best = int(state["step"]), float(state["best"])
        self._keeper.load_state_dict(state["student"])
        self._average.load(state["average"])
        # The step just done decides which weights the optimiser knows. With other phases than
        # before (another --scale, say) it begins anew.
        phase, _ = self._config.phase(max(0, self._step - 1))
        if state["optimiser"] is not None and phase.name == state["phase"]:
            self._enter(phase, state["optimiser"])
        print(f"going on from step {self._step}", flush=True)


class _Tally:
    """Means between two entries of the log."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._steps = self._lines = 0
        self._start = time.monotonic()

    def add(self, parts: dict[str, float], lines: int) -> None:
        for name, value in parts.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self._steps += 1
        self._lines += lines

    def take(self) -> dict[str, float]:
        means = {name: round(value / self._steps, 5) for name, value in self._sums.items()}
        pace = self._lines / max(1e-6, time.monotonic() - self._start)
        self.__init__()  # type: ignore[misc]
        return {**means, "lines_a_second": round(pace, 1)}
