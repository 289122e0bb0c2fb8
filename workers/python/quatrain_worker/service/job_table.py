"""The jobs of a worker."""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional

from .job import Job
from .order import Order

#: Ended jobs of which it is still known how they ended.
REMEMBERED = 200


@dataclass(frozen=True)
class Limits:
    """`patience_s` is how long a server may be away before its job is given up."""

    jobs: int
    cache_bytes: int
    patience_s: float


class JobTable:
    """Starts and stops; thread-safe."""

    def __init__(self, folder: Path, limits: Limits, gpu_count: Callable[[], int]) -> None:
        self._folder = folder
        self._limits = limits
        self._gpu_count = gpu_count
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._closed = False
        # What an earlier worker left behind.
        shutil.rmtree(folder / "jobs", ignore_errors=True)

    def start(self, order: Order) -> Optional[tuple[int, str]]:
        """Starts a job; the same attempt again is the same job. Returns status and reason of a refusal, else None."""
        gpus = self._gpu_count()
        with self._lock:
            known = self._jobs.get(order.job_id)
            if known is not None and known.attempt == order.attempt:
                return None
            if known is not None and (known.alive or known.attempt > order.attempt):
                return (
                    409,
                    f"attempt {known.attempt} of this job {'runs' if known.alive else 'has been here'}",
                )
            if self._closed:
                return 503, "the worker is ending"
            living = [job for job in self._jobs.values() if job.alive]
            if len(living) >= self._limits.jobs:
                return (
                    429,
                    f"{len(living)} jobs run already: wait for one to end, or start the worker with --max-jobs",
                )
            self._forget_oldest()
            self._jobs.pop(order.job_id, None)
            self._jobs[order.job_id] = Job(
                order,
                folder=self._folder / "jobs" / f"{order.job_id}-{order.attempt}",
                cache=self._folder / "blobs",
                cache_bytes=self._limits.cache_bytes,
                patience_s=self._limits.patience_s,
                gpu=_freest(gpus, living),
            )
        return None

    def stop(self, job_id: int, grace_s: float) -> None:
        """Asks for a checkpoint and an end; after the grace the process group is killed."""
        with self._lock:
            job = self._jobs.get(job_id)
        if job is not None:
            job.stop(grace_s)

    def status(self, job_id: int) -> Optional[dict[str, Any]]:
        """Where a job stands; None where it is not known."""
        with self._lock:
            job = self._jobs.get(job_id)
        return None if job is None else job.status()

    def alive(self) -> list[int]:
        """Ids of the jobs that run."""
        with self._lock:
            return [job_id for job_id, job in self._jobs.items() if job.alive]

    def close(self) -> None:
        """Kills everything at once and tells nobody: the server begins such jobs again from their last checkpoint."""
        with self._lock:
            self._closed = True
            jobs = list(self._jobs.values())
        for job in jobs:
            job.abandon()
        for job in jobs:
            job.join(10.0)

    def _forget_oldest(self) -> None:
        ended = [job_id for job_id, job in self._jobs.items() if job.settled]
        for job_id in ended[: max(0, len(ended) - REMEMBERED)]:
            del self._jobs[job_id]


def _freest(gpus: int, living: list[Job]) -> Optional[int]:
    if gpus == 0:
        return None
    return min(range(gpus), key=lambda gpu: sum(job.gpu == gpu for job in living))
