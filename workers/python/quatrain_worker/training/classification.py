"""Trains a classifier: the whole of the server's TrainingConfig on one device."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Optional

import torch
from torch.utils.data import DataLoader

from .batches import PlacedBatches, epoch_batches, open_loader
from .channel import Channel
from .checkpoint import read_checkpoint
from .checkpointing import Checkpoints
from .effects import effects
from .epoch_end import EpochEnd
from .epoch_pass import train_epoch
from .failures import RunFailed
from .loss import class_weights, open_loss
from .material import Material, Picture
from .model import open_model
from .pictures import Pictures, evaluation_input, training_input
from .run_parts import RunParts


def train_classifier(
    channel: Channel, task: dict[str, Any], material: Material, folder: Path, progress: dict[str, Any]
) -> None:
    """Trains to the end, to a stop or to a failure; tells each epoch. `progress["epoch"]` is the one under way."""
    config, training, validation = task["config"], material.of_split("train"), material.of_split("val")
    parts = _open_parts(task, material, training)
    _tell_start(channel, parts, task, training, validation)
    labels = [picture.label for picture in training]
    weights = class_weights(config["classWeights"], labels, material.classes)
    loss = open_loss(config, weights, parts.device)
    placed, loader = _training_loader(parts, training, task["threads"])
    checkpoints = Checkpoints(channel, parts, material.classes, folder, task["attempt"])
    end = EpochEnd(channel, parts, material.classes, checkpoints, _validation(parts, validation, task["threads"]))
    standing, early = parts.standing, False
    while standing.epochs < config["epochs"] and not early:
        epoch = progress["epoch"] = standing.epochs + 1
        batches = epoch_batches(config["seed"], epoch, labels, config["batchSize"], config["balancedSampler"])
        placed.set(epoch, batches[standing.sums.batches :])
        if not train_epoch(parts, loss, loader, len(batches), epoch, channel):
            checkpoints.write(["last"], None)
            return channel.tell("stopped", epoch=standing.epochs)
        early = end.end_epoch(epoch)
        if channel.stop_asked.is_set() and not early and epoch < config["epochs"]:
            return channel.tell("stopped", epoch=epoch)
    channel.tell("completed", epochs=standing.epochs, earlyStopped=early)


def _open_parts(task: dict[str, Any], material: Material, training: list[Picture]) -> RunParts:
    config = task["config"]
    torch.set_num_threads(task["threads"])
    torch.backends.cudnn.deterministic = True
    if not training:
        raise RunFailed("There are no training pictures: add some, or choose another split", "no_images")
    if config["numClasses"] != len(material.classes):
        raise RunFailed(f"num_classes is {config['numClasses']}, but the dataset has {len(material.classes)}")
    labels = [picture.label for picture in training]
    batches = len(epoch_batches(config["seed"], 1, labels, config["batchSize"], False))
    model = open_model(config, material.initial_weights)
    parts = RunParts(config, model, math.ceil(batches / config["accumulationSteps"]))
    if material.resume_from is not None:
        parts.restore(read_checkpoint(material.resume_from, config))
    return parts


def _tell_start(
    channel: Channel,
    parts: RunParts,
    task: dict[str, Any],
    training: list[Picture],
    validation: list[Picture],
) -> None:
    cuda = parts.device.type == "cuda"
    device = torch.cuda.get_device_name() if cuda else f"the processor, {task['threads']} threads"
    channel.log(f"{parts.config['modelName']} of {parts.model.library}, torch {torch.__version__}, {device}")
    if not validation:
        channel.log("there are no validation pictures: no best checkpoint is chosen, nothing stops early", "warning")
    channel.tell(
        "started",
        parameters=sum(weight.numel() for weight in parts.weights),
        trainImages=len(training),
        validationImages=len(validation),
        stepsPerEpoch=parts.steps_per_epoch,
        firstEpoch=parts.standing.epochs + 1,
        effective=effects(parts, bool(validation)),
    )


def _training_loader(parts: RunParts, training: list[Picture], threads: int) -> tuple[PlacedBatches, DataLoader[Any]]:
    config, placed = parts.config, PlacedBatches()
    change = training_input(config["augmentation"], config["preprocessing"])
    pictures = Pictures(training, change, config["seed"])
    return placed, open_loader(pictures, placed, threads, parts.device.type == "cuda")


def _validation(
    parts: RunParts, validation: list[Picture], threads: int
) -> Optional[tuple[list[str], DataLoader[Any]]]:
    if not validation:
        return None
    config, placed, size = parts.config, PlacedBatches(), parts.config["batchSize"]
    order = list(range(len(validation)))
    placed.set(0, [order[at : at + size] for at in range(0, len(order), size)])
    pictures = Pictures(validation, evaluation_input(config["preprocessing"]), config["seed"])
    return [picture.path for picture in validation], open_loader(pictures, placed, threads, parts.device.type == "cuda")
