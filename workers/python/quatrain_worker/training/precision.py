"""Mixed precision, where the device computes it."""

from __future__ import annotations

import contextlib
from typing import Any, ContextManager, Optional

import torch


class Precision:
    """float16 with scaled gradients on CUDA, bfloat16 on processors that compute it, else float32 with the reason."""

    def __init__(self, requested: bool, device: torch.device) -> None:
        self._device = device
        self._type: Optional[torch.dtype] = None
        self.effect: dict[str, Any] = {"requested": requested, "effective": requested}
        if requested and device.type == "cuda":
            self._type = torch.float16
        elif requested:
            reason = _no_bfloat16()
            if reason is None:
                self._type = torch.bfloat16
                self.effect.update(effective="bfloat16", reason="half precision on a processor is bfloat16")
            else:
                self.effect.update(effective=False, reason=reason)
        self.scaler = _open_scaler(self._type == torch.float16)

    def autocast(self) -> ContextManager[Any]:
        """Around the forward pass and the loss."""
        if self._type is None:
            return contextlib.nullcontext()
        return torch.autocast(self._device.type, dtype=self._type)


def _open_scaler(enabled: bool) -> Any:
    """Does nothing where it is not enabled."""
    if hasattr(torch.amp, "GradScaler"):
        return torch.amp.GradScaler("cuda", enabled=enabled)
    return torch.cuda.amp.GradScaler(enabled=enabled)


def _no_bfloat16() -> Optional[str]:
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return "this torch is built without oneDNN, which computes bfloat16 on processors: a CUDA device is needed"
    supported = getattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", None)
    if supported is None:
        return f"torch {torch.__version__} does not say whether this processor computes bfloat16: take torch 2 or a GPU"
    if not supported():
        return "this processor does not compute bfloat16: a CUDA device is needed"
    return None
