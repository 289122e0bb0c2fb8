"""Messages between a job's process and the service: JSON lines, orders in, events out (see engine/port.ts)."""

from __future__ import annotations

import json
import os
import threading
import time
from typing import IO, Any

STEPS_EVERY_S = 0.25
ORPHANED = 70
#: Results of the pictures and checkpoint of one epoch.
FILES_UNDER_WAY = 2


class Channel:
    """Takes standard output for itself: what libraries print goes to standard error from then on."""

    def __init__(self) -> None:
        self._events = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)
        # Unbuffered: a thread that waits in a buffered reader would break down the interpreter's end.
        self._orders = open(0, "rb", buffering=0, closefd=False)
        self._writing = threading.Lock()
        self._files_may_be_written = threading.Semaphore(FILES_UNDER_WAY)
        self._last_step_s = 0.0
        self.stop_asked = threading.Event()

    def first_order(self) -> dict[str, Any]:
        """What to train. Further orders are heard in the background; without the service the process ends."""
        order = self._next_order()
        threading.Thread(target=self._listen, daemon=True).start()
        return order

    def tell(self, event_type: str, **fields: Any) -> None:
        """Sends an event."""
        line = json.dumps({"type": event_type, **fields}, allow_nan=False).encode() + b"\n"
        with self._writing:
            _write_all(self._events, line)

    def log(self, message: str, level: str = "info") -> None:
        """A line of the job's log."""
        self.tell("log", level=level, message=message)

    def step(self, **fields: Any) -> None:
        """Progress within an epoch, a few times a second at most."""
        if time.monotonic() - self._last_step_s >= STEPS_EVERY_S:
            self._last_step_s = time.monotonic()
            self.tell("step", **fields)

    def may_write_file(self) -> None:
        """Waits until the server has taken earlier files: one that is away does not fill this disk."""
        self._files_may_be_written.acquire()

    def _listen(self) -> None:
        while True:
            order = self._next_order()
            if order["type"] == "stop":
                self.stop_asked.set()
            elif order["type"] == "taken":
                self._files_may_be_written.release()

    def _next_order(self) -> dict[str, Any]:
        line = self._orders.readline()
        if not line:
            os._exit(ORPHANED)
        order: dict[str, Any] = json.loads(line)
        return order


def _write_all(file: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
