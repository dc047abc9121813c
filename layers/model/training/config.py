"""What a run is told by its TOML file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from training.net.student import Block

CONFIGS = Path(__file__).resolve().parent / "configs"


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of training with weights for its losses.

    `until` is the step at which it ends; `eyes` and `classifier` say whether the teacher's
    convolutions and last layer are trained too, `classifier_rate` how fast the latter.
    """

    name: str
    until: int
    rate: float
    distil: float
    ctc: float
    eyes: bool
    eyes_rate: float
    classifier: bool
    classifier_rate: float


@dataclass(frozen=True, slots=True)
class Config:
    """A student and the way it is trained.

    `source` is what the shards give: pictures, features, or those of `tiny`; `joined` the share of
    batches whose lines are joined to longer ones. `keeps` says that the student starts as PP-OCRv6
    tiny and `distil` is the price of leaving it; `shake` is how far features are moved at random.
    """

    name: str
    cut: str
    blocks: list[Block]
    hidden: int
    layers: int
    source: str
    steps_a_batch: int
    warmup: int
    average: float
    weight_decay: float
    bfloat16: bool
    joined: float
    keeps: bool
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
        cut=str(table.get("cut", "full")),
        blocks=[Block(int(one[0]), (int(one[1]), int(one[2]))) for one in table.get("blocks", [])],
        hidden=int(table["hidden"]),
        layers=int(table["layers"]),
        source=table["source"],
        steps_a_batch=int(table["steps_a_batch"]),
        warmup=int(table["warmup"]),
        average=float(table["average"]),
        weight_decay=float(table["weight_decay"]),
        bfloat16=bool(table["bfloat16"]),
        joined=float(table.get("joined", 0.0)),
        keeps=bool(table.get("keeps", False)),
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
        eyes=bool(table.get("eyes", False)),
        eyes_rate=float(str(table.get("eyes_rate", 0.1))),
        classifier=bool(table.get("classifier", False)),
        classifier_rate=float(str(table.get("classifier_rate", 1.0))),
    )
