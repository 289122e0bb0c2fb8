"""torch's optimisers by the server's options."""

from __future__ import annotations

from typing import Any, Iterable

import torch
from torch import nn


def open_optimiser(options: dict[str, Any], weights: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
    """Each type heeds what torch's optimiser of that name has, and nothing else."""
    shared = {"lr": options["learningRate"], "weight_decay": options["weightDecay"]}
    kind = options["type"]
    if kind == "sgd":
        return torch.optim.SGD(
            weights,
            momentum=options["momentum"],
            nesterov=options["nesterov"] and options["momentum"] > 0,
            **shared,
        )
    if kind == "rmsprop":
        return torch.optim.RMSprop(
            weights, alpha=options["alpha"], eps=options["eps"], momentum=options["momentum"], **shared
        )
    if kind == "adagrad":
        return torch.optim.Adagrad(weights, eps=options["eps"], **shared)
    adaptive: Any = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[kind]
    optimiser: torch.optim.Optimizer = adaptive(
        weights, betas=tuple(options["betas"]), eps=options["eps"], amsgrad=options["amsgrad"], **shared
    )
    return optimiser
