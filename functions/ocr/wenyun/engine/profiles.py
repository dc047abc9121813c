"""What each profile does: which detector looks, and which lines the second model reads."""

from dataclasses import dataclass

from wenyun.engine.scale import ScaleSettings


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile.

    `send_below` is the probability of a line's least certain character under which the line goes
    to the second model; 0 sends none, anything above 1 sends all.
    """

    detector: str
    scale: ScaleSettings
    send_below: float


PROFILES = {
    "fast": Profile("detector", ScaleSettings(), send_below=0.0),
    "balanced": Profile("detector", ScaleSettings(), send_below=0.65),
    "accurate": Profile(
        "detector", ScaleSettings(text_height=28.0, max_pixels=2_400_000), send_below=1.1
    ),
}
