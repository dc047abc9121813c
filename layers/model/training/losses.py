"""What the student is told: how far it is from the teacher, and what the line says."""

import math
from typing import Any

import torch
from torch.nn import functional


def relative_error(given: Any, wanted: Any) -> Any:
    """Mean over lines of |given - wanted|² / |wanted|²; (N, T, C) each."""
    gap = (given - wanted).square().sum((1, 2))
    return (gap / wanted.square().sum((1, 2))).mean()


def divergence(given: Any, classes: Any, logits: Any, classifier: Any) -> Any:
    """Mean over steps of KL(teacher ‖ student) among the teacher's likeliest classes.

    The idea is Hinton's (Hinton et al. 2015).

    Args:
        given: The student's neck, (N, T, C).
        classes: The teacher's likeliest classes, (N, T, K).
        logits: What it gives them, (N, T, K).
        classifier: The student's last layer.
    """
    classes = classes.flatten(0, 1)
    scores = torch.einsum("sc,skc->sk", given.flatten(0, 1), classifier.weight[classes])
    guess = (scores + classifier.bias[classes]).float().log_softmax(1)
    goal = logits.flatten(0, 1).float().log_softmax(1)
    return functional.kl_div(guess, goal, reduction="batchmean", log_target=True)


def kept(logs: Any, origin: Any, weights: Any) -> Any:
    """Mean over steps of KL(origin ‖ student), the blank and the space being one class.

    Args:
        logs: The student's log-probabilities, (N, T, C).
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
