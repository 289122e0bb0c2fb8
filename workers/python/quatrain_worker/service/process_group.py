"""Ending a process and everything that it has started."""

from __future__ import annotations

import os
import signal
import subprocess
import time

GONE_S = 10.0


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kills the group that the process leads; returns once nothing of it is left, or after `GONE_S` seconds."""
    give_up_at = time.monotonic() + GONE_S
    while _kill_group(process.pid) and time.monotonic() < give_up_at:
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        # The leader is gone; its children may take a moment until the system has cleared them away.
        time.sleep(0.01)
    process.wait(GONE_S)


def _kill_group(group: int) -> bool:
    """Whether there was anybody left in the group."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        # macOS answers with the latter for groups of processes that have ended.
        return False
    return True
