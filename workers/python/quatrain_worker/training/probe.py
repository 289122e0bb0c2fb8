"""Prints, as one line of JSON, what can be trained with this Python. Run by the service."""

from __future__ import annotations

import importlib
import json
import os
from typing import Any, Optional

CLASSIFICATION = "image_classification"
DETECTION = "object_detection"


def probe() -> dict[str, Any]:
    """Versions, devices, frameworks with their models or the reason why there are none."""
    torch_reason = why_not("torch")
    if torch_reason is not None:
        return {"torch": None, "cuda": None, "devices": [], "frameworks": [], "reason": torch_reason}
    import torch

    return {
        "torch": torch.__version__,
        "cuda": torch.version.cuda if torch.cuda.is_available() else None,
        "devices": [_device(torch, index) for index in range(torch.cuda.device_count())],
        "frameworks": [_timm(), _ultralytics()],
        "reason": None,
    }


def why_not(module: str) -> Optional[str]:
    """None where a module can be imported, else the reason."""
    try:
        importlib.import_module(module)
    except Exception as error:  # a broken installation raises anything
        return f"{module} cannot be imported: {error}"
    return None


def _device(torch: Any, index: int) -> dict[str, Any]:
    facts = torch.cuda.get_device_properties(index)
    return {"name": facts.name, "memory_bytes": facts.total_memory}


def _timm() -> dict[str, Any]:
    from .model import TORCHVISION_MODELS

    reason = why_not("torchvision")
    if reason is not None:
        return _framework("timm", CLASSIFICATION, [], reason, None)
    missing = why_not("timm")
    if missing is None:
        import timm

        return _framework("timm", CLASSIFICATION, sorted(timm.list_models()), None, f"timm {timm.__version__}")
    note = f"torchvision; more models with timm ({missing})"
    return _framework("timm", CLASSIFICATION, list(TORCHVISION_MODELS), None, note)


def _ultralytics() -> dict[str, Any]:
    from .detection import MODELS

    reason = why_not("ultralytics")
    return _framework("ultralytics", DETECTION, [] if reason else list(MODELS), reason, None)


def _framework(
    name: str, task_type: str, models: list[str], reason: Optional[str], note: Optional[str]
) -> dict[str, Any]:
    return {"name": name, "task_types": [task_type], "models": models, "reason": reason, "note": note}


if __name__ == "__main__":
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    print(json.dumps(probe()))
