"""Exponential moving average of a model, as timm's `ModelEmaV2`."""

from __future__ import annotations

import copy

import torch
from torch import nn


class MovingAverage:
    """`average = decay * average + (1 - decay) * weight` after each step, buffers included; counters are copied."""

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.model = copy.deepcopy(model).eval()
        self._decay = decay
        for weight in self.model.parameters():
            weight.requires_grad_(False)

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """After a step of the optimiser."""
        for average, weight in zip(self.model.state_dict().values(), model.state_dict().values()):
            if average.is_floating_point():
                average.copy_(self._decay * average + (1 - self._decay) * weight)
            else:
                average.copy_(weight)
