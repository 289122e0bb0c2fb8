"""Trains detectors of Ultralytics, through its own API. Not covered by tests: see README.md."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

from .channel import Channel
from .checkpoint import sha256_of
from .failures import RunFailed, not_a_number
from .material import Material, Picture

MODELS = tuple(f"{family}{size}" for family in ("yolov8", "yolo11") for size in "nsmlx")
OPTIMISERS = {"adam": "Adam", "adamw": "AdamW", "sgd": "SGD", "rmsprop": "RMSProp"}
#: Layers of the backbone of YOLOv8 and YOLO11.
BACKBONE_LAYERS = {"yolov8": 10, "yolo11": 11}
METRICS = {
    "metrics/mAP50(B)": "map50",
    "metrics/mAP50-95(B)": "map50_95",
    "metrics/precision(B)": "precision",
    "metrics/recall(B)": "recall",
}


def train_detector(
    channel: Channel, task: dict[str, Any], material: Material, folder: Path, progress: dict[str, Any]
) -> None:
    """As `train_classifier`; what of a setting Ultralytics does not heed the server has said before."""
    from ultralytics import YOLO

    config = task["config"]
    if config["taskType"] != "object_detection":
        raise RunFailed("This worker trains ultralytics for object_detection only: take timm for classification")
    data = write_dataset(material, folder / "dataset")
    if material.resume_from is not None:
        model = YOLO(str(material.resume_from))
    else:
        model = YOLO(f"{config['modelName']}.{'pt' if config['pretrained'] else 'yaml'}")
    reports = _Reports(channel, task, material, folder, progress)
    model.add_callback("on_train_start", reports.on_train_start)
    model.add_callback("on_train_batch_end", reports.on_train_batch_end)
    model.add_callback("on_model_save", reports.on_model_save)
    options = {"resume": True} if material.resume_from is not None else train_options(config, task["threads"])
    model.train(data=str(data), project=str(folder / "runs"), name="run", exist_ok=True, plots=False, **options)
    if reports.stopped:
        return channel.tell("stopped", epoch=reports.epoch)
    channel.tell("completed", epochs=reports.epoch, earlyStopped=reports.epoch < config["epochs"])


def write_dataset(material: Material, folder: Path) -> Path:
    """Ultralytics' layout: `images/<split>`, `labels/<split>` with normalised boxes, and a data.yaml (JSON is YAML)."""
    for split in ("train", "val"):
        (folder / "images" / split).mkdir(parents=True)
        (folder / "labels" / split).mkdir(parents=True)
        for index, picture in enumerate(material.of_split(split)):
            name = f"{index:07d}"
            os.link(picture.file, folder / "images" / split / f"{name}{picture.file.suffix}")
            (folder / "labels" / split / f"{name}.txt").write_text("".join(_box_lines(picture)))
    if not material.of_split("train"):
        raise RunFailed("There are no training pictures: add some, or choose another split", "no_images")
    if not material.of_split("val"):
        raise RunFailed("Ultralytics cannot train without validation pictures: choose another split", "no_images")
    data = folder / "data.yaml"
    data.write_text(
        json.dumps({"path": str(folder), "train": "images/train", "val": "images/val", "names": list(material.classes)})
    )
    return data


def train_options(config: dict[str, Any], threads: int) -> dict[str, Any]:
    """Ultralytics' names of the settings that it heeds."""
    optimiser, schedule, warmup = config["optimiser"], config["schedule"], config["warmup"]
    cosine = schedule["type"] == "cosine"
    stopping = config["validation"]["earlyStopping"]
    adaptive = optimiser["type"] in ("adam", "adamw")
    return {
        "epochs": config["epochs"],
        "batch": config["batchSize"],
        "imgsz": config["preprocessing"]["imageSize"],
        "optimizer": OPTIMISERS[optimiser["type"]],
        "lr0": optimiser["learningRate"],
        "lrf": schedule["etaMin"] / optimiser["learningRate"] if cosine else 1.0,
        "cos_lr": cosine,
        "momentum": optimiser["betas"][0] if adaptive else optimiser["momentum"],
        "weight_decay": optimiser["weightDecay"],
        "warmup_epochs": warmup["epochs"],
        "patience": stopping["patience"] if stopping is not None else config["epochs"] + 1,
        "save_period": config["checkpointInterval"] or -1,
        "freeze": BACKBONE_LAYERS[config["modelName"][:6]] if config["freezeBackbone"] else None,
        "amp": config["mixedPrecision"],
        "seed": config["seed"],
        "deterministic": True,
        "workers": min(8, threads),
        **_augmentation(config["augmentation"]),
    }


def _augmentation(options: Any) -> dict[str, float]:
    o = options or {"flip": None, "rotation": None, "colourJitter": None, "mixup": None}
    jitter = o["colourJitter"] or {"hue": 0.0, "saturation": 0.0, "brightness": 0.0}
    off = {} if options is not None else {"mosaic": 0.0, "scale": 0.0, "translate": 0.0}
    return {
        "fliplr": o["flip"]["probability"] if o["flip"] else 0.0,
        "degrees": o["rotation"]["degrees"] if o["rotation"] else 0.0,
        "hsv_h": jitter["hue"],
        "hsv_s": jitter["saturation"],
        "hsv_v": jitter["brightness"],
        "mixup": 1.0 if o["mixup"] else 0.0,
        **off,
    }


def _box_lines(picture: Picture) -> list[str]:
    return [
        f"{int(box['label'])} {(box['x'] + box['width'] / 2) / picture.width:.6f} "
        f"{(box['y'] + box['height'] / 2) / picture.height:.6f} "
        f"{box['width'] / picture.width:.6f} {box['height'] / picture.height:.6f}\n"
        for box in picture.boxes
    ]


class _Reports:
    """Ultralytics' callbacks: they are given its trainer."""

    def __init__(
        self,
        channel: Channel,
        task: dict[str, Any],
        material: Material,
        folder: Path,
        progress: dict[str, Any],
    ) -> None:
        self.stopped = False
        self.epoch = 0
        self._channel = channel
        self._task = task
        self._material = material
        self._folder = folder
        self._progress = progress

    def on_train_start(self, trainer: Any) -> None:
        """Everything is set up."""
        amp = {"requested": self._task["config"]["mixedPrecision"], "effective": bool(trainer.amp)}
        if amp["requested"] and not amp["effective"]:
            amp["reason"] = "Ultralytics has found that this device does not compute it"
        self._channel.tell(
            "started",
            parameters=sum(weight.numel() for weight in trainer.model.parameters() if weight.requires_grad),
            trainImages=len(self._material.of_split("train")),
            validationImages=len(self._material.of_split("val")),
            stepsPerEpoch=len(trainer.train_loader),
            firstEpoch=trainer.start_epoch + 1,
            effective={"mixed_precision": amp},
        )

    def on_train_batch_end(self, trainer: Any) -> None:
        """Between two steps: the place to stop at. Ultralytics then ends the epoch early and saves."""
        self._progress["epoch"] = trainer.epoch + 1
        loss = float(trainer.loss)
        if not math.isfinite(loss):
            raise not_a_number(trainer.epoch + 1, trainer.optimizer.param_groups[0]["lr"])

    def on_model_save(self, trainer: Any) -> None:
        """An epoch is over, validated and saved."""
        self.epoch = trainer.epoch + 1
        figures = {name: float(trainer.metrics[key]) for key, name in METRICS.items() if key in trainer.metrics}
        self._channel.tell(
            "epoch",
            epoch=self.epoch,
            loss=float(trainer.tloss.sum()),
            accuracy=figures.get("map50", 0.0),
            learningRate=float(trainer.optimizer.param_groups[0]["lr"]),
            extra=figures,
        )
        best = trainer.best_fitness == trainer.fitness
        self._tell_checkpoint(Path(trainer.last), ["last", "best"] if best else ["last"], figures.get("map50"))
        if self._channel.stop_asked.is_set():
            self.stopped = trainer.stop = True

    def _tell_checkpoint(self, saved: Path, roles: list[str], metric: Any) -> None:
        self._channel.may_write_file()
        file = self._folder / f"attempt-{self._task['attempt']}-epoch-{self.epoch:04d}.pt"
        file.write_bytes(saved.read_bytes())
        onnx: dict[str, Any] = {"onnxFile": None, "onnxFileSha256": None, "onnxBytes": None}
        if "best" in roles:
            onnx = self._export(file)
        self._channel.tell(
            "checkpoint",
            roles=roles,
            epoch=self.epoch,
            file=str(file),
            sha256=sha256_of(file),
            bytes=file.stat().st_size,
            metric=metric,
            **onnx,
        )

    def _export(self, file: Path) -> dict[str, Any]:
        from ultralytics import YOLO

        try:
            exported = Path(
                YOLO(str(file)).export(format="onnx", imgsz=self._task["config"]["preprocessing"]["imageSize"])
            )
        except Exception as error:  # exporters raise anything
            self._channel.log(f"the model cannot be exported as ONNX: {error}", "warning")
            return {"onnxFile": None, "onnxFileSha256": None, "onnxBytes": None}
        return {
            "onnxFile": str(exported),
            "onnxFileSha256": sha256_of(exported),
            "onnxBytes": exported.stat().st_size,
        }
