"""What each profile does: which detector looks, and which lines the second model reads."""

from dataclasses import dataclass

from wenyun.engine.lines import Line
from wenyun.engine.scale import ScaleSettings


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile.

    `send_below` is how likely a line has to be right not to go to the second model; 0 sends none,
    anything above 1 sends all. Where the first model is not calibrated its least certain character
    has to be as probable as `send_weakest`.
    """

    detector: str
    scale: ScaleSettings
    send_below: float
    send_weakest: float

    @property
    def sends_on(self) -> bool:
        """Whether it sends any line to the second model."""
        return max(self.send_below, self.send_weakest) > 0

    def sends(self, line: Line) -> bool:
        """Whether a line goes to the second model."""
        if line.calibrated:
            return line.likelihood < self.send_below
        return line.weakest < self.send_weakest


PROFILES = {
    "fast": Profile("detector", ScaleSettings(), send_below=0.0, send_weakest=0.0),
    "balanced": Profile("detector", ScaleSettings(), send_below=0.8, send_weakest=0.65),
    "accurate": Profile(
        "detector",
        ScaleSettings(text_height=28.0, max_pixels=2_400_000),
        send_below=1.1,
        send_weakest=1.1,
    ),
}
