"""How good a classifier is: the numbers of the server's own engine (algorithms/learning/evaluation)."""

from __future__ import annotations

from typing import Any, Iterator

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

#: Levels of recall, in per cent, at which a curve has a point: where each is reached first.
LEVELS = 100
CALIBRATION_BINS = 15
MOST_TOLD = 5


def validation_report(logits: Tensor, labels: Tensor, classes: tuple[str, ...]) -> dict[str, Any]:
    """`logits` `[n, classes]`, `labels` `[n]`, n at least 1."""
    count = len(classes)
    logarithms = logits.double().log_softmax(1)
    ranked = _ranked(logarithms)
    predicted = ranked[:, 0]
    confusion = torch.bincount(labels * count + predicted, minlength=count * count).reshape(count, count)
    curves = [_curve(logarithms[:, index], labels == index) for index in range(count)]
    reports = [
        {**_class_report(confusion, index), "averagePrecision": curves[index].pop("averagePrecision")}
        for index in range(count)
    ]
    # Macro averages are over the classes that occur, as scikit-learn takes them from truth and prediction.
    occurring = (confusion.sum(0) + confusion.sum(1)).nonzero()[:, 0].tolist()
    return {
        "loss": float(cross_entropy(logits.double(), labels)),
        "metrics": {
            "accuracy": _share(predicted == labels),
            **{
                name: sum(reports[i][name] for i in occurring) / len(occurring)
                for name in ("precision", "recall", "f1")
            },
            "top5_accuracy": _share((ranked[:, :MOST_TOLD] == labels[:, None]).any(1)),
        },
        "perClass": dict(zip(classes, reports)),
        "confusion": confusion.tolist(),
        "prCurves": dict(zip(classes, curves)),
        "calibrationError": calibration_error(logarithms, labels),
    }


def image_results(logits: Tensor, labels: Tensor, paths: list[str]) -> Iterator[dict[str, Any]]:
    """How each picture went, in order; of equally likely classes the lower label comes first."""
    logarithms = logits.double().log_softmax(1)
    ranked = _ranked(logarithms)[:, :MOST_TOLD]
    losses = (-logarithms.gather(1, labels[:, None])[:, 0]).tolist()
    confidences = logarithms.gather(1, ranked).exp().tolist()
    for path, true, loss, top, shares in zip(paths, labels.tolist(), losses, ranked.tolist(), confidences):
        yield {
            "path": path,
            "trueLabel": true,
            "predictedLabel": top[0],
            "confidence": shares[0],
            "loss": loss,
            "top": [{"label": label, "confidence": share} for label, share in zip(top, shares)],
        }


def calibration_error(logarithms: Tensor, labels: Tensor) -> float:
    """Expected calibration error over 15 bins of equal width, (i/15, (i+1)/15] (Guo et al. 2017, equation 3)."""
    predicted = _ranked(logarithms)[:, 0]
    confidence = logarithms.gather(1, predicted[:, None])[:, 0].exp()
    bins = torch.clamp((confidence * CALIBRATION_BINS).ceil().long() - 1, 0, CALIBRATION_BINS - 1)
    excess = (predicted == labels).double() - confidence
    return float(
        torch.zeros(CALIBRATION_BINS, dtype=torch.double).index_add_(0, bins, excess).abs().sum() / len(labels)
    )


def _ranked(logarithms: Tensor) -> Tensor:
    return logarithms.sort(dim=1, descending=True, stable=True).indices


def _share(hits: Tensor) -> float:
    return float(hits.double().mean())


def _class_report(confusion: Tensor, index: int) -> dict[str, Any]:
    hits = int(confusion[index, index])
    told, support = int(confusion[:, index].sum()), int(confusion[index].sum())
    return {
        "precision": hits / told if told else 0.0,
        "recall": hits / support if support else 0.0,
        "f1": 2 * hits / (told + support) if told + support else 0.0,
        "support": support,
    }


def _curve(scores: Tensor, positive: Tensor) -> dict[str, Any]:
    """At falling thresholds; average precision as scikit-learn's. Pictures of the same probability come together."""
    total = int(positive.sum())
    if total == 0:
        return {"averagePrecision": 0.0, "precision": [], "recall": [], "thresholds": []}
    ordered, order = scores.sort(descending=True)
    last = torch.cat([ordered[1:] != ordered[:-1], torch.ones(1, dtype=torch.bool)]).nonzero()[:, 0]
    hits = positive[order].long().cumsum(0)[last]
    precision, recall = hits.double() / (last + 1), hits.double() / total
    steps = torch.diff(recall, prepend=torch.zeros(1, dtype=torch.double))
    levels = torch.div(hits * LEVELS, total, rounding_mode="floor")
    reached = torch.cat([torch.ones(1, dtype=torch.bool), levels[1:] != levels[:-1]])
    return {
        "averagePrecision": float((precision * steps).sum()),
        "precision": precision[reached].tolist(),
        "recall": recall[reached].tolist(),
        "thresholds": ordered[last][reached].exp().tolist(),
    }
