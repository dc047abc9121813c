"""What the student is told: how far it is from the teacher, and what the line says."""

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


def ctc(scores: Any, texts: list[list[int]]) -> Any:
    """CTC (Graves et al. 2006) a character; (N, T, classes) scores, classes of each line.

    Lines with more characters than steps count nothing.
    """
    logs = scores.float().log_softmax(2).transpose(0, 1)
    lengths = torch.tensor([len(text) for text in texts])
    labels = torch.tensor([one for text in texts for one in text])
    steps = torch.full((len(texts),), logs.shape[0], dtype=torch.long)
    return functional.ctc_loss(
        logs, labels.to(logs.device), steps, lengths, blank=0, zero_infinity=True
    )
