"""Everything of a run that changes with training, and how it is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Optional

import torch
from torch import nn

from .model import OpenModel, freeze_backbone
from .moving_average import MovingAverage
from .optimiser import open_optimiser
from .precision import Precision
from .schedule import Schedule


@dataclass
class EpochSums:
    """Over the batches of an epoch that has begun. `batches` of it are trained, in `steps` steps of the optimiser."""

    batches: int = 0
    steps: int = 0
    seen: int = 0
    loss: float = 0.0
    right: float = 0.0
    gradient_norm: float = 0.0
    learning_rate: float = 0.0
    seconds: float = 0.0


@dataclass
class Standing:
    """What has been reached. `validation_losses` has a place for each whole epoch."""

    validation_losses: list[Optional[float]] = field(default_factory=list)
    best: Optional[float] = None
    patience_best: Optional[float] = None
    waited: int = 0
    sums: EpochSums = field(default_factory=EpochSums)

    @property
    def epochs(self) -> int:
        """Whole ones."""
        return len(self.validation_losses)


class RunParts:
    """Model, optimiser, schedule, precision and moving average of a run on one device."""

    def __init__(self, config: dict[str, Any], model: OpenModel, steps_per_epoch: int) -> None:
        self.config = config
        self.steps_per_epoch = steps_per_epoch
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = model
        self.standing = Standing()
        if config["freezeBackbone"]:
            freeze_backbone(model)
        model.network.to(self.device)
        self.weights = [weight for weight in model.network.parameters() if weight.requires_grad]
        self.optimiser = open_optimiser(config["optimiser"], self.weights)
        self.schedule = Schedule(config, self.optimiser, steps_per_epoch)
        self.precision = Precision(config["mixedPrecision"], self.device)
        decay = config["emaDecay"]
        self.average = None if decay is None else MovingAverage(model.network, decay)

    @property
    def best_network(self) -> nn.Module:
        """What is validated and exported: the moving average where there is one."""
        return self.model.network if self.average is None else self.average.model

    def state(self) -> dict[str, Any]:
        """Plain values and tensors."""
        return {
            "config": self.config,
            "model": self.model.network.state_dict(),
            "average": None if self.average is None else self.average.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "scaler": self.precision.scaler.state_dict(),
            "standing": asdict(self.standing),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on where `state` was taken."""
        standing = dict(state["standing"])
        self.standing = Standing(**{**standing, "sums": EpochSums(**standing["sums"])})
        self.model.network.load_state_dict(state["model"])
        if self.average is not None:
            self.average.model.load_state_dict(state["average"] or state["model"])
        self.schedule.replay(self.standing.validation_losses, self.steps_per_epoch, self.standing.sums.steps)
        rates = [(group["lr"], group.get("initial_lr")) for group in self.optimiser.param_groups]
        self.optimiser.load_state_dict(state["optimiser"])
        for group, (rate, initial) in zip(self.optimiser.param_groups, rates):
            group["lr"] = rate
            if initial is not None:
                group["initial_lr"] = initial
        if state["scaler"]:
            self.precision.scaler.load_state_dict(state["scaler"])
