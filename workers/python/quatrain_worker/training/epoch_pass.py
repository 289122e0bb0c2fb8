"""One epoch of training."""

from __future__ import annotations

import math
import time
from typing import Any, Iterable

import torch
from torch import Tensor, nn

from .channel import Channel
from .failures import not_a_number
from .mixing import mix_batch
from .model import training_mode
from .run_parts import RunParts
from .seeds import seed_of


def train_epoch(
    parts: RunParts, loss_of: nn.Module, loader: Iterable[Any], batches: int, epoch: int, channel: Channel
) -> bool:
    """Trains what is left of an epoch of `batches` batches. False: a stop was asked for, after a whole step."""
    config, sums = parts.config, parts.standing.sums
    accumulation = config["accumulationSteps"]
    began = time.monotonic()
    earlier_seconds = sums.seconds
    parts.schedule.begin_epoch(epoch)
    if sums.batches == 0:
        sums.learning_rate = parts.schedule.learning_rate
    training_mode(parts.model, config["freezeBackbone"])
    parts.optimiser.zero_grad(set_to_none=True)
    for images, labels, _ in loader:
        in_step = sums.batches % accumulation
        group = min(accumulation, batches - sums.batches + in_step)
        _add_gradients(parts, loss_of, (images, labels), epoch, group)
        sums.batches += 1
        if in_step + 1 < group:
            continue
        _step(parts)
        sums.seconds = earlier_seconds + time.monotonic() - began
        channel.step(
            epoch=epoch,
            step=sums.steps,
            stepsPerEpoch=parts.steps_per_epoch,
            loss=sums.loss / sums.seen,
            learningRate=parts.schedule.learning_rate,
        )
        if channel.stop_asked.is_set():
            return False
    return True


def _add_gradients(parts: RunParts, loss_of: nn.Module, batch: tuple[Tensor, Tensor], epoch: int, group: int) -> None:
    config, sums = parts.config, parts.standing.sums
    images, labels = (part.to(parts.device, non_blocking=True) for part in batch)
    seed = seed_of(config["seed"], "mixing", epoch, sums.batches)
    # What the network itself draws (dropout) follows from the place too.
    torch.manual_seed(seed)
    images, targets = mix_batch(images, labels, config["numClasses"], config["augmentation"], seed)
    with parts.precision.autocast():
        logits = parts.model.network(images)
        loss = loss_of(logits.float(), targets)
    parts.precision.scaler.scale(loss / group).backward()
    value = float(loss.detach())
    if not math.isfinite(value):
        raise not_a_number(epoch, parts.schedule.learning_rate)
    sums.seen += len(labels)
    sums.loss += value * len(labels)
    sums.right += float((logits.detach().argmax(1) == labels).sum())


def _step(parts: RunParts) -> None:
    scaler, sums = parts.precision.scaler, parts.standing.sums
    scaler.unscale_(parts.optimiser)
    limit = parts.config["gradientClipNorm"]
    norm = float(nn.utils.clip_grad_norm_(parts.weights, math.inf if limit is None else limit))
    if math.isfinite(norm):
        sums.gradient_norm += norm
    scaler.step(parts.optimiser)
    scaler.update()
    parts.optimiser.zero_grad(set_to_none=True)
    if parts.average is not None:
        parts.average.update(parts.model.network)
    parts.schedule.step_done()
    sums.steps += 1
