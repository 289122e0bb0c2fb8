"""Cross-entropy with class weights and smoothing."""

from __future__ import annotations

from typing import Any, Optional

import torch
from torch import Tensor, nn


def class_weights(wanted: Any, labels: list[int], classes: tuple[str, ...]) -> Optional[Tensor]:
    """`balanced`: samples / (classes * samples of the class), 0 for a class without any; else by name, or 1."""
    if wanted is None:
        return None
    if wanted == "balanced":
        counts = torch.bincount(torch.tensor(labels), minlength=len(classes)).double()
        weights = len(labels) / (len(classes) * counts)
        return torch.where(counts > 0, weights, torch.zeros_like(weights)).float()
    return torch.tensor([float(wanted.get(name, 1.0)) for name in classes])


def open_loss(config: dict[str, Any], weights: Optional[Tensor], device: torch.device) -> nn.Module:
    """Takes labels `[n]`, or shares of classes `[n, classes]` where pictures were mixed."""
    return nn.CrossEntropyLoss(
        weight=None if weights is None else weights.to(device), label_smoothing=config["labelSmoothing"]
    )
