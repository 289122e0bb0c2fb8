"""The network as an ONNX file that stands alone, so that the server can predict without Python."""

from __future__ import annotations

import contextlib
import copy
import inspect
import io
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

OPSET = 17
METADATA_PROPS = 14


class _WithProbabilities(nn.Module):
    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        logits = self.network(images)
        return logits, logits.softmax(1)


def export_onnx(network: nn.Module, image_size: int, metadata: dict[str, str], file: Path) -> None:
    """`images` `[batch, 3, S, S]` (normalised) -> `logits` and `probabilities` `[batch, classes]`, for any batch.

    Raises what torch raises for networks that cannot be exported, or without the package `onnx` from torch 2 on.
    """
    model = _WithProbabilities(copy.deepcopy(network).float().cpu()).eval()
    options: dict[str, Any] = {}
    if "dynamo" in inspect.signature(torch.onnx.export).parameters:
        options["dynamo"] = False
    any_batch = {0: "batch"}
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (torch.zeros(1, 3, image_size, image_size),),
            str(file),
            opset_version=OPSET,
            input_names=["images"],
            output_names=["logits", "probabilities"],
            dynamic_axes={"images": any_batch, "logits": any_batch, "probabilities": any_batch},
            **options,
        )
    with file.open("ab") as stream:
        # Fields of a protobuf message may follow each other in any order: more of them can be added at its end.
        for name, text in metadata.items():
            stream.write(_field(METADATA_PROPS, _field(1, name.encode()) + _field(2, text.encode())))


def _field(number: int, data: bytes) -> bytes:
    """A length-delimited field of a protobuf message."""
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    groups = bytearray()
    while value > 127:
        groups.append(value & 127 | 128)
        value >>= 7
    return bytes([*groups, value])
