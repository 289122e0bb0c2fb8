"""Reads safetensors files (https://github.com/huggingface/safetensors, section Format)."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor

HEADER_LIMIT_BYTES = 100_000_000
_TYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "U8": torch.uint8,
}


def read_safetensors(file: Path) -> dict[str, Tensor]:
    """Tensors by name. Raises `ValueError` where it is no such file."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if not 2 <= length <= min(HEADER_LIMIT_BYTES, file.stat().st_size):
            raise ValueError("it is not a safetensors file")
        header = json.loads(stream.read(length))
        data = bytearray(stream.read())
    return {name: _tensor(entry, data) for name, entry in header.items() if name != "__metadata__"}


def _tensor(entry: dict[str, object], data: bytearray) -> Tensor:
    kind = _TYPES.get(str(entry["dtype"]))
    shape = [int(size) for size in entry["shape"]]  # type: ignore[attr-defined]
    begin, end = (int(offset) for offset in entry["data_offsets"])  # type: ignore[attr-defined]
    if kind is None or not 0 <= begin <= end <= len(data):
        raise ValueError(f"it has a tensor of type {entry['dtype']} at {begin}..{end}")
    if begin == end:
        return torch.zeros(shape, dtype=kind)
    return torch.frombuffer(memoryview(data)[begin:end], dtype=kind).reshape(shape).clone()
