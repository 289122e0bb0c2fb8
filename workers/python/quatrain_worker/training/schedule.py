"""Learning rates of a run: torch's schedulers behind a linear warm-up."""

from __future__ import annotations

import warnings
from typing import Any, Optional

import torch
from torch.optim import lr_scheduler


class Schedule:
    """Sets the optimiser's learning rate. In epoch e of W warm-up epochs: `warmup + (lr - warmup) * (e - 1) / W`.

    The scheduler's own epoch 0 is e = W + 1. A run is continued by playing its past again (`replay`): the
    schedulers' states are what it makes of them, to the last bit.
    """

    def __init__(self, config: dict[str, Any], optimiser: torch.optim.Optimizer, steps_per_epoch: int) -> None:
        self._options = config["schedule"]
        self._warmup = config["warmup"]
        self._base = config["optimiser"]["learningRate"]
        self._optimiser = optimiser
        self._steps = max(1, (config["epochs"] - self._warmup["epochs"]) * steps_per_epoch)
        self._scheduler: Any = None

    @property
    def learning_rate(self) -> float:
        """Of the next step."""
        return float(self._optimiser.param_groups[0]["lr"])

    def begin_epoch(self, epoch: int) -> None:
        """Before the first step of an epoch, from 1."""
        if epoch <= self._warmup["epochs"]:
            start = self._warmup["learningRate"]
            self._set(start + (self._base - start) * (epoch - 1) / self._warmup["epochs"])
        elif self._scheduler is None:
            self._set(self._base)
            with _quiet():
                self._scheduler = self._open()

    def step_done(self) -> None:
        """After a step of the optimiser."""
        if self._scheduler is not None and self._options["type"] == "one_cycle":
            # The step after the last one of the run is not in the cycle.
            if self._scheduler.last_epoch + 1 < self._steps:
                with _quiet():
                    self._scheduler.step()

    def end_epoch(self, validation_loss: Optional[float]) -> None:
        """After an epoch; the loss is None where it was not validated."""
        if self._scheduler is None or self._options["type"] == "one_cycle":
            return
        with _quiet():
            if self._options["type"] != "reduce_on_plateau":
                self._scheduler.step()
            elif validation_loss is not None:
                self._scheduler.step(validation_loss)

    def replay(self, validation_losses: list[Optional[float]], steps_per_epoch: int, steps: int) -> None:
        """Plays whole epochs, and steps of the one after, that an earlier process has trained."""
        for epoch, loss in enumerate(validation_losses, 1):
            self.begin_epoch(epoch)
            for _ in range(steps_per_epoch):
                self.step_done()
            self.end_epoch(loss)
        if steps > 0:
            self.begin_epoch(len(validation_losses) + 1)
            for _ in range(steps):
                self.step_done()

    def _set(self, learning_rate: float) -> None:
        for group in self._optimiser.param_groups:
            group["lr"] = learning_rate
            group.pop("initial_lr", None)

    def _open(self) -> Any:
        o, optimiser = self._options, self._optimiser
        kind = o["type"]
        if kind == "step":
            return lr_scheduler.StepLR(optimiser, o["stepSize"], o["gamma"])
        if kind == "multistep":
            return lr_scheduler.MultiStepLR(optimiser, sorted(o["milestones"]), o["gamma"])
        if kind == "exponential":
            return lr_scheduler.ExponentialLR(optimiser, o["gamma"])
        if kind == "cosine":
            return lr_scheduler.CosineAnnealingLR(optimiser, o["tMax"], o["etaMin"])
        if kind == "cosine_warm_restarts":
            return lr_scheduler.CosineAnnealingWarmRestarts(optimiser, o["t0"], o["tMult"], o["etaMin"])
        if kind == "reduce_on_plateau":
            return lr_scheduler.ReduceLROnPlateau(
                optimiser,
                mode=o["mode"],
                factor=o["factor"],
                patience=o["patience"],
                threshold=o["threshold"],
                threshold_mode=o["thresholdMode"],
                cooldown=o["cooldown"],
                min_lr=o["minLr"],
            )
        if kind == "one_cycle":
            return self._one_cycle()
        return lr_scheduler.LambdaLR(optimiser, lambda _: 1.0)

    def _one_cycle(self) -> Any:
        o = self._options
        return lr_scheduler.OneCycleLR(
            self._optimiser,
            max_lr=o["maxLr"],
            total_steps=self._steps,
            pct_start=float(o["pctStart"]),
            anneal_strategy=o["annealStrategy"],
            div_factor=o["divFactor"],
            final_div_factor=o["finalDivFactor"],
            three_phase=o["threePhase"],
            cycle_momentum=o["cycleMomentum"] and has_momentum(self._optimiser),
            base_momentum=o["baseMomentum"],
            max_momentum=o["maxMomentum"],
        )


def has_momentum(optimiser: torch.optim.Optimizer) -> bool:
    """Whether there is something that one_cycle can cycle."""
    return "momentum" in optimiser.defaults or "betas" in optimiser.defaults


class _quiet(warnings.catch_warnings):
    """torch warns of steps without an optimiser's step: replays, and steps that a gradient scaler has left out."""

    def __enter__(self) -> None:
        super().__enter__()
        warnings.simplefilter("ignore")
