"""The environment of the processes that the service starts."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Optional

#: Settings of a server that has started this worker, and secrets that are not for the libraries of a job.
_NOT_FOR_JOBS = re.compile(
    r"(QUATRAIN|MLFLOW|INTEGRITY|INSPECTION|BDI|AWS)_|DATABASE_URL$|API_KEY$|INTERNAL_AUTH_TOKEN$"
)
_PACKAGES = str(Path(__file__).resolve().parents[2])


def job_environment(gpu: Optional[int] = None) -> dict[str, str]:
    """Ours without secrets, with this package importable, and at most one device visible.

    `gpu` counts from 0 among the devices that are visible to the service.
    """
    environment = {name: value for name, value in os.environ.items() if not _NOT_FOR_JOBS.match(name)}
    paths = [_PACKAGES, environment.get("PYTHONPATH", "")]
    environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    environment["PYTHONUNBUFFERED"] = "1"
    if gpu is not None:
        visible = environment.get("CUDA_VISIBLE_DEVICES", "").split(",")
        environment["CUDA_VISIBLE_DEVICES"] = visible[gpu] if len(visible) > gpu and visible[gpu] else str(gpu)
    return environment
