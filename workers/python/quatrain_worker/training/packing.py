"""Nested values as JSON text and tensors apart: what every `torch.load` reads without executing anything."""

from __future__ import annotations

import json
from typing import Any

from torch import Tensor


def pack(value: Any) -> tuple[str, dict[str, Tensor]]:
    """Of dictionaries (with any plain keys), lists, tensors, numbers, texts and None. Tuples become lists."""
    tensors: dict[str, Tensor] = {}
    return json.dumps(_packed(value, tensors)), tensors


def unpack(text: str, tensors: dict[str, Tensor]) -> Any:
    """What `pack` was given."""
    return _unpacked(json.loads(text), tensors)


def _packed(value: Any, tensors: dict[str, Tensor]) -> Any:
    if isinstance(value, Tensor):
        name = str(len(tensors))
        tensors[name] = value.detach()
        return {"tensor": name}
    if isinstance(value, dict):
        return {"pairs": [[key, _packed(part, tensors)] for key, part in value.items()]}
    if isinstance(value, (list, tuple)):
        return [_packed(part, tensors) for part in value]
    return value


def _unpacked(value: Any, tensors: dict[str, Tensor]) -> Any:
    if isinstance(value, list):
        return [_unpacked(part, tensors) for part in value]
    if not isinstance(value, dict):
        return value
    if "tensor" in value:
        return tensors[value["tensor"]]
    return {key: _unpacked(part, tensors) for key, part in value["pairs"]}
