"""Mixup and cutmix of a batch, as timm's `Mixup` in its batch mode."""

from __future__ import annotations

import math
import random
from typing import Any, Optional

import torch
from torch import Tensor
from torch.nn.functional import one_hot


def mix_batch(
    images: Tensor, labels: Tensor, classes: int, augmentation: Optional[dict[str, Any]], seed: int
) -> tuple[Tensor, Tensor]:
    """Each picture with the one at the same place from the end. Returns targets `[n]`, or `[n, classes]` if mixed.

    One share for the batch, drawn from Beta(alpha, alpha). With both, one of them is drawn per batch, evenly.
    """
    mixup: Any = augmentation["mixup"] if augmentation is not None else None
    cutmix: Any = augmentation["cutmix"] if augmentation is not None else None
    if mixup is None and cutmix is None:
        return images, labels
    draw = random.Random(seed)
    targets = one_hot(labels, classes).to(images.dtype)
    if mixup is None or (cutmix is not None and draw.random() < 0.5):
        share = _swap_boxes(images, draw.betavariate(cutmix["alpha"], cutmix["alpha"]), draw)
    else:
        share = draw.betavariate(mixup["alpha"], mixup["alpha"])
        images = share * images + (1 - share) * images.flip(0)
    return images, share * targets + (1 - share) * targets.flip(0)


def _swap_boxes(images: Tensor, share: float, draw: random.Random) -> float:
    """Swaps a box of `1 - share` of the area, cut at the border; the share that is left is returned."""
    size = images.shape[-1]
    half = math.floor(size * math.sqrt(1 - share)) // 2
    y, x = draw.randrange(size), draw.randrange(size)
    rows = slice(max(0, y - half), min(size, y + half))
    columns = slice(max(0, x - half), min(size, x + half))
    images[..., rows, columns] = torch.flip(images, [0])[..., rows, columns]
    return 1 - (rows.stop - rows.start) * (columns.stop - columns.start) / (size * size)
