"""Files to continue from."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import torch

from .failures import RunFailed
from .packing import pack, unpack

FORMAT = "quatrain-python-worker/1"
#: Without these the rest of a checkpoint means nothing.
MUST_MATCH = ("framework", "modelName", "numClasses", "batchSize", "accumulationSteps", "freezeBackbone")


def write_checkpoint(state: dict[str, Any], file: Path) -> None:
    """Whole and synced, or not there."""
    part = file.with_suffix(".part")
    values, tensors = pack(state)
    with part.open("wb") as stream:
        torch.save({"format": FORMAT, "values": values, "tensors": tensors}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)


def read_checkpoint(file: Path, config: dict[str, Any]) -> dict[str, Any]:
    """A state that `write_checkpoint` was given, by a run of the same shape. Nothing in the file is executed."""
    try:
        stored = torch.load(file, map_location="cpu", weights_only=True)
        written_here = isinstance(stored, dict) and stored.get("format") == FORMAT
        state: dict[str, Any] = unpack(stored["values"], stored["tensors"]) if written_here else {}
    except Exception as error:  # unpicklers raise anything
        raise _unreadable(f"it cannot be read ({str(error)[:200]})") from error
    if not written_here:
        raise _unreadable("it was not written by this worker")
    for name in MUST_MATCH:
        if state["config"].get(name) != config[name]:
            raise _unreadable(f"{name} was {state['config'].get(name)} then and is {config[name]} now")
    if state["config"]["optimiser"]["type"] != config["optimiser"]["type"]:
        raise _unreadable("it is of another optimiser")
    return state


def sha256_of(file: Path) -> str:
    """Hex."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _unreadable(problem: str) -> RunFailed:
    return RunFailed(
        f"The checkpoint cannot be used: {problem}. Choose another of the job, or start it from the beginning",
        "checkpoint_unreadable",
    )
