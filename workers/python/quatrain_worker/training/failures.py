"""How a run can fail, in the user's terms."""

from __future__ import annotations

import errno
import traceback
from typing import Any, Optional


class RunFailed(Exception):
    """`code` is one of the codes of `failed` events; the text says what to do."""

    def __init__(self, message: str, code: str = "trainer_fault", epoch: Optional[int] = None) -> None:
        super().__init__(message)
        self.code = code
        self.epoch = epoch


def failed_event(error: BaseException, epoch: Optional[int]) -> dict[str, Any]:
    """The fields of the `failed` event for anything raised."""
    told = isinstance(error, RunFailed)
    code, message = (error.code, str(error)) if isinstance(error, RunFailed) else _explained(error)
    trace = None if told else "".join(traceback.format_exception(type(error), error, error.__traceback__))[-8000:]
    where = error.epoch if isinstance(error, RunFailed) and error.epoch is not None else epoch
    return {"code": code, "message": message, "epoch": where, "traceback": trace, "lost": False}


def _explained(error: BaseException) -> tuple[str, str]:
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, MemoryError) or "out of memory" in str(error).lower():
        return "out_of_memory", f"Memory ran out: a smaller batch_size or image_size needs less. {text[:500]}"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            "disk_full",
            f"The worker's disk is full: free space in its folder and start again. {text[:500]}",
        )
    return "trainer_fault", f"The training program has failed: {text[:1000]}"


def not_a_number(epoch: int, learning_rate: float) -> RunFailed:
    """The loss is infinite or not a number."""
    return RunFailed(
        f"The loss is no longer a number in epoch {epoch} at a learning rate of {learning_rate:g}: "
        "try a smaller learning rate, warm-up epochs, gradient clipping, or mixed_precision off",
        "nan_loss",
        epoch,
    )
