"""Which pictures follow each other."""

from __future__ import annotations

import os
from typing import Iterator

import torch
from torch.utils.data import DataLoader, Sampler

from .pictures import Pictures, Place
from .seeds import seed_of

LARGEST_LOADERS = 8


def epoch_batches(seed: int, epoch: int, labels: list[int], batch_size: int, balanced: bool) -> list[list[int]]:
    """The batches of an epoch: shuffled, or drawn with replacement so that each class comes as often.

    A last batch of one picture, of which batch norms can make nothing, joins the one before.
    """
    order = _order(seed_of(seed, "order", epoch), labels, balanced)
    batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    if len(batches) > 1 and len(batches[-1]) == 1:
        last = batches.pop()
        batches[-1] = batches[-1] + last
    return batches


def _order(seed: int, labels: list[int], balanced: bool) -> list[int]:
    generator = torch.Generator().manual_seed(seed)
    if not balanced:
        return torch.randperm(len(labels), generator=generator).tolist()
    counts = torch.bincount(torch.tensor(labels))
    weights = 1.0 / counts[torch.tensor(labels)].double()
    return torch.multinomial(weights, len(labels), replacement=True, generator=generator).tolist()


class PlacedBatches(Sampler[list[Place]]):
    """Batches of one epoch, set anew for each: the loader's processes live as long as the run."""

    def __init__(self) -> None:
        self._epoch = 0
        self._batches: list[list[int]] = []

    def set(self, epoch: int, batches: list[list[int]]) -> None:
        """What comes next."""
        self._epoch, self._batches = epoch, batches

    def __iter__(self) -> Iterator[list[Place]]:
        return iter([[(self._epoch, index) for index in batch] for batch in self._batches])

    def __len__(self) -> int:
        return len(self._batches)


def open_loader(pictures: Pictures, batches: PlacedBatches, threads: int, cuda: bool) -> DataLoader[object]:
    """Beside a GPU pictures are read by processes of their own; on a processor they would only be in the way."""
    workers = min(LARGEST_LOADERS, max(1, (os.cpu_count() or 2) - 1)) if cuda else 0 if threads <= 2 else 2
    return DataLoader(
        pictures, batch_sampler=batches, num_workers=workers, pin_memory=cuda, persistent_workers=workers > 0
    )
