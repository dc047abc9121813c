"""A running average of the weights, which reads better than the last ones (Polyak 1992)."""

import copy
from typing import Any

import torch


class Average:
    """The average of a module's weights; statistics are taken as they are."""

    def __init__(self, module: Any, decay: float) -> None:
        self.module = copy.deepcopy(module).requires_grad_(False)
        self._decay = decay
        self._seen = 0

    def update(self, module: Any) -> None:
        """Take in the module's weights after a step."""
        self._seen += 1
        # Early on, what was learned long ago must not weigh much.
        decay = min(self._decay, (1 + self._seen) / (10 + self._seen))
        with torch.no_grad():
            pairs = zip(
                self.module.state_dict().values(), module.state_dict().values(), strict=True
            )
            for mine, theirs in pairs:
                if mine.is_floating_point() and mine.data_ptr() != theirs.data_ptr():
                    mine.lerp_(theirs, 1 - decay)
                else:
                    mine.copy_(theirs)

    def state(self) -> dict[str, Any]:
        """For a checkpoint."""
        return {"seen": self._seen, "module": self.module.state_dict()}

    def load(self, state: dict[str, Any]) -> None:
        """From a checkpoint."""
        self._seen = int(state["seen"])
        self.module.load_state_dict(state["module"])
