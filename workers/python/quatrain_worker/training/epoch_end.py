"""What follows the training of an epoch: validation, the figures, the judgement, the checkpoint."""

from __future__ import annotations

from typing import Any, Optional

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from .channel import Channel
from .checkpointing import Checkpoints
from .evaluation import image_results, validation_report
from .failures import not_a_number
from .run_parts import EpochSums, RunParts


class EpochEnd:
    """`validation` is paths and pictures in the same order; None: there are none."""

    def __init__(
        self,
        channel: Channel,
        parts: RunParts,
        classes: tuple[str, ...],
        checkpoints: Checkpoints,
        validation: Optional[tuple[list[str], DataLoader[Any]]],
    ) -> None:
        self._channel = channel
        self._parts = parts
        self._classes = classes
        self._checkpoints = checkpoints
        self._validation = validation

    def end_epoch(self, epoch: int) -> bool:
        """True: it is time to stop early."""
        config, standing = self._parts.config, self._parts.standing
        sums, standing.sums = standing.sums, EpochSums()
        report = self._validate(epoch)
        loss = None if report is None else report["loss"]
        standing.validation_losses.append(loss)
        self._parts.schedule.end_epoch(loss)
        self._tell(epoch, sums, report)
        metric = _metric(report, config["validation"]["saveBest"]["metric"])
        roles = ["last"]
        if metric is not None and self._judge(metric):
            roles.append("best")
        if config["checkpointInterval"] is not None and epoch % config["checkpointInterval"] == 0:
            roles.append("periodic")
        self._checkpoints.write(roles, metric)
        stopping = config["validation"]["earlyStopping"]
        return stopping is not None and metric is not None and standing.waited >= stopping["patience"]

    def _validate(self, epoch: int) -> Optional[dict[str, Any]]:
        config = self._parts.config
        due = epoch == config["epochs"] or epoch % config["validation"]["interval"] == 0
        if self._validation is None or not due:
            return None
        paths, loader = self._validation
        logits, labels = _predict(self._parts, loader)
        if not bool(torch.isfinite(logits).all()):
            raise not_a_number(epoch, self._parts.schedule.learning_rate)
        report = validation_report(logits, labels, self._classes)
        results = image_results(logits, labels, paths)
        self._channel.tell("validation", epoch=epoch, report=report, **self._checkpoints.write_results(epoch, results))
        return report

    def _tell(self, epoch: int, sums: EpochSums, report: Optional[dict[str, Any]]) -> None:
        loss, accuracy = sums.loss / sums.seen, sums.right / sums.seen
        extra = {
            "train_accuracy": accuracy,
            "grad_norm": sums.gradient_norm / sums.steps,
            "seconds": round(sums.seconds, 3),
        }
        heard = ""
        if report is not None:
            accuracy = report["metrics"]["accuracy"]
            extra.update(report["metrics"], val_loss=report["loss"], val_accuracy=accuracy)
            del extra["accuracy"]
            heard = f", validation loss {report['loss']:.4f}, accuracy {accuracy:.4f}"
        self._channel.tell(
            "epoch", epoch=epoch, loss=loss, accuracy=accuracy, learningRate=sums.learning_rate, extra=extra
        )
        self._channel.log(f"epoch {epoch}/{self._parts.config['epochs']}: loss {loss:.4f}{heard}")

    def _judge(self, metric: float) -> bool:
        """Whether this is the best so far; counts validations without improvement."""
        options, standing = self._parts.config["validation"], self._parts.standing
        sign = 1 if options["saveBest"]["mode"] == "max" else -1
        delta = (options["earlyStopping"] or {"minDelta": 0})["minDelta"]
        if standing.patience_best is None or sign * (metric - standing.patience_best) > delta:
            standing.patience_best, standing.waited = metric, 0
        else:
            standing.waited += 1
        best = standing.best is None or sign * (metric - standing.best) > 0
        standing.best = metric if best else standing.best
        return best


@torch.no_grad()
def _predict(parts: RunParts, loader: DataLoader[Any]) -> tuple[Tensor, Tensor]:
    network = parts.best_network.eval()
    rows = [(network(images.to(parts.device)).float().cpu(), labels) for images, labels, _ in loader]
    return torch.cat([logits for logits, _ in rows]), torch.cat([labels for _, labels in rows])


def _metric(report: Optional[dict[str, Any]], name: str) -> Optional[float]:
    if report is None:
        return None
    return float(report["loss"] if name == "loss" else report["metrics"][name])
