"""What a run is told by its TOML file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

CONFIGS = Path(__file__).resolve().parent / "configs"


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of training with weights for its losses.

    `until` is the step at which it ends; `distil` is the price of leaving the published reader,
    `classifier_rate` the share of the rate for its last layer, which 0 leaves as it is.
    """

    name: str
    until: int
    rate: float
    distil: float
    ctc: float
    classifier_rate: float


@dataclass(frozen=True, slots=True)
class Config:
    """A keeper and the way it is trained.

    `source` is the published reader that it starts as, `tiny` or `small`; `hidden` and `layers` are
    the BiLSTM's cells a direction and its depth; `joined` is the share of batches whose lines are
    joined to longer ones, `shake` how far features are moved at random.
    """

    name: str
    hidden: int
    layers: int
    source: str
    steps_a_batch: int
    warmup: int
    average: float
    weight_decay: float
    bfloat16: bool
    joined: float
    shake: float
    phases: list[Phase]

    def phase(self, step: int) -> tuple[Phase, float]:
        """The phase of a step and how much of it is over, 0-1; the last goes on for ever."""
        start = 0
        for phase in self.phases:
            if step < phase.until:
                return phase, (step - start) / (phase.until - start)
            start = phase.until
        return self.phases[-1], 1.0


def load_config(name: str, scale: float = 1.0) -> Config:
    """A file of configs/, or a path, with every phase so many times as long as it says.

    Raises:
        FileNotFoundError: When there is none.
    """
    path = Path(name) if name.endswith(".toml") else CONFIGS / f"{name}.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    return Config(
        name=path.stem,
        hidden=int(table["hidden"]),
        layers=int(table["layers"]),
        source=table["source"],
        steps_a_batch=int(table["steps_a_batch"]),
        warmup=int(table["warmup"]),
        average=float(table["average"]),
        weight_decay=float(table["weight_decay"]),
        bfloat16=bool(table["bfloat16"]),
        joined=float(table.get("joined", 0.0)),
        shake=float(table.get("shake", 0.0)),
        phases=[_phase(one, scale) for one in table["phase"]],
    )


def _phase(table: dict[str, object], scale: float) -> Phase:
    return Phase(
        name=str(table["name"]),
        until=round(int(str(table["until"])) * scale),
        rate=float(str(table["rate"])),
        distil=float(str(table["distil"])),
        ctc=float(str(table["ctc"])),
        classifier_rate=float(str(table["classifier_rate"])),
    )
