"""What became of settings of which the server cannot know it."""

from __future__ import annotations

from typing import Any

from .run_parts import RunParts
from .schedule import has_momentum


def effects(parts: RunParts, validated: bool) -> dict[str, Any]:
    """By dotted names, as `effective_config` shows them; the server lays them over what it knew before."""
    config, schedule = parts.config, parts.config["schedule"]
    effect = {"mixed_precision": parts.precision.effect, "pretrained": parts.model.pretrained_effect}
    if config["validation"]["earlyStopping"] is not None and not validated:
        effect["validation.early_stopping"] = _without("there are no validation pictures")
    if schedule["type"] == "one_cycle" and schedule["cycleMomentum"] and not has_momentum(parts.optimiser):
        effect["scheduler.cycle_momentum"] = _without(f"{config['optimiser']['type']} has no momentum")
    return effect


def _without(reason: str) -> dict[str, Any]:
    return {"requested": True, "effective": False, "reason": reason}
