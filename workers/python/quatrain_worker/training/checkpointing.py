"""The files of a run, announced as they are written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterable, Optional

from .. import __version__
from .channel import Channel
from .checkpoint import sha256_of, write_checkpoint
from .onnx_export import export_onnx
from .run_parts import RunParts


class Checkpoints:
    """Names hold the attempt: what an earlier one has stored is not overwritten."""

    def __init__(self, channel: Channel, parts: RunParts, classes: tuple[str, ...], folder: Path, attempt: int) -> None:
        self._channel = channel
        self._parts = parts
        self._classes = classes
        self._folder = folder
        self._attempt = attempt
        self._export_works = True

    def write(self, roles: list[str], metric: Optional[float]) -> None:
        """The file to continue from, and the network as ONNX beside it."""
        standing = self._parts.standing
        batches = f"-batch-{standing.sums.batches:06d}" if standing.sums.batches else ""
        file = self._folder / f"{self._name(standing.epochs)}{batches}.pth"
        self._channel.may_write_file()
        write_checkpoint(self._parts.state(), file)
        self._channel.tell(
            "checkpoint",
            roles=roles,
            epoch=standing.epochs,
            file=str(file),
            sha256=sha256_of(file),
            bytes=file.stat().st_size,
            metric=metric,
            **self._onnx(file.with_suffix(".onnx"), metric),
        )

    def write_results(self, epoch: int, results: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """JSON lines, one picture each. Returns the fields that announce the file."""
        file = self._folder / f"{self._name(epoch)}.images.jsonl"
        self._channel.may_write_file()
        with file.open("w", encoding="utf-8") as stream:
            for result in results:
                stream.write(json.dumps(result, allow_nan=False) + "\n")
        return {"imagesFile": str(file), "imagesFileSha256": sha256_of(file)}

    def _name(self, epoch: int) -> str:
        return f"attempt-{self._attempt}-epoch-{epoch:04d}"

    def _onnx(self, file: Path, metric: Optional[float]) -> dict[str, Any]:
        if self._export_works:
            size = self._parts.config["preprocessing"]["imageSize"]
            try:
                export_onnx(self._parts.best_network, size, self._facts(metric), file)
                return {
                    "onnxFile": str(file),
                    "onnxFileSha256": sha256_of(file),
                    "onnxBytes": file.stat().st_size,
                }
            except Exception as error:  # exporters raise anything
                self._export_works = False
                why = (str(error).splitlines() or [type(error).__name__])[0][:300]
                self._channel.log(f"the model cannot be exported as ONNX: {why}", "warning")
        return {"onnxFile": None, "onnxFileSha256": None, "onnxBytes": None}

    def _facts(self, metric: Optional[float]) -> dict[str, str]:
        """The same texts as in the server's own exports."""
        config, preprocessing = self._parts.config, self._parts.config["preprocessing"]
        facts = {
            "classes": json.dumps(list(self._classes), ensure_ascii=False),
            "image_size": str(preprocessing["imageSize"]),
            "resize_mode": preprocessing["resizeMode"],
            "mean": json.dumps(preprocessing["mean"]),
            "std": json.dumps(preprocessing["std"]),
            "framework": config["framework"],
            "model_name": config["modelName"],
            "task_type": config["taskType"],
            "epoch": str(self._parts.standing.epochs),
            "quatrain_worker_version": __version__,
        }
        if metric is not None:
            facts.update(metric_name=config["validation"]["saveBest"]["metric"], metric_value=repr(metric))
        return facts
