"""What a keeper is told: how far it is from the published reader, and what the line says."""

import math
from typing import Any

import torch
from torch.nn import functional


def kept(logs: Any, origin: Any, weights: Any) -> Any:
    """Mean over steps of KL(origin ‖ keeper), the blank and the space being one class.

    The idea is Hinton's (Hinton et al. 2015).

    Args:
        logs: The keeper's log-probabilities, (N, T, C).
        origin: The published reader's scores for the first of these classes, the blank foremost
            and the space last: (N, T, K).
        weights: What each line counts, (N,).
    """
    goal = origin.float().log_softmax(2)
    inner = slice(1, origin.shape[2] - 1)
    apart = (goal[..., inner].exp() * (goal[..., inner] - logs[..., inner])).sum(2)
    gap = torch.logaddexp(goal[..., 0], goal[..., -1])
    apart = apart + gap.exp() * (gap - torch.logaddexp(logs[..., 0], logs[..., inner.stop]))
    return (apart.mean(1) * weights).mean()


def ctc(logs: Any, texts: list[list[int]], hopeless: float = math.inf) -> Any:
    """CTC (Graves et al. 2006) a character; (N, T, classes) log-probabilities, classes of lines.

    Lines with more characters than steps count nothing. A line that costs `hopeless` a character
    pulls half as hard as one that costs nothing: what nobody can read must not teach guessing.
    """
    logs = logs.transpose(0, 1)
    lengths = torch.tensor([len(text) for text in texts])
    labels = torch.tensor([one for text in texts for one in text])
    steps = torch.full((len(texts),), logs.shape[0], dtype=torch.long)
    lines = functional.ctc_loss(
        logs, labels.to(logs.device), steps, lengths, 0, reduction="none", zero_infinity=True
    )
    cost = lines / lengths.clamp_min(1).to(logs.device)
    return (hopeless * (cost / hopeless).log1p() if hopeless < math.inf else cost).mean()
