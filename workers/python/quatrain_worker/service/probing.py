"""What can be trained here, found out once by a process that imports torch so that the service need not."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from typing import Any, Optional

from .. import __version__
from .surroundings import job_environment

LOG = logging.getLogger(__name__)
LONGEST_S = 120.0


class Probe:
    """Runs in the background from its creation on."""

    def __init__(self) -> None:
        self._found: dict[str, Any] = {}
        self._ready = threading.Event()
        self._process: Optional[subprocess.Popen[bytes]] = None
        threading.Thread(target=self._run, daemon=True).start()

    def health(self) -> dict[str, Any]:
        """What was found; waits for it. `reason` says why nothing can be trained."""
        self._ready.wait(LONGEST_S)
        return {"version": __version__, **(self._found or _nothing("torch could not be imported in time"))}

    def gpu_count(self) -> int:
        """Devices among which jobs are spread; 0: the processor only."""
        return len(self.health()["devices"])

    def close(self) -> None:
        """Ends the process if it still looks."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    def _run(self) -> None:
        command = [sys.executable, "-m", "quatrain_worker.training.probe"]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=job_environment(),
            )
            output, errors = self._process.communicate(timeout=LONGEST_S)
            # Libraries may print while they are imported: the last line is ours.
            self._found = json.loads(output.splitlines()[-1])
        except (OSError, subprocess.TimeoutExpired, ValueError, IndexError):
            self.close()
            self._found = _nothing(_last_line(locals().get("errors", b"")))
        if self._found["reason"] is not None:
            LOG.warning("nothing can be trained here: %s", self._found["reason"])
        self._ready.set()


def _last_line(errors: bytes) -> str:
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "python could not import torch"


def _nothing(reason: str) -> dict[str, Any]:
    return {"torch": None, "cuda": None, "devices": [], "frameworks": [], "reason": reason}
