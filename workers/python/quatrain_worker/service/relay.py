"""Tells the server what a job says: in order, each event once it is answered, however long the server is away."""

from __future__ import annotations

import collections
import logging
import threading
from pathlib import Path
from typing import Any, Callable, Optional

from ..server_link import GivenUp, Refused, with_patience
from .order import Order

LOG = logging.getLogger(__name__)
FINAL_EVENTS = frozenset(["completed", "stopped", "failed"])
#: Log lines that wait; more of them are counted and left out. All other events are few.
WAITING_LINES = 1000
#: Answers to a callback that mean: nobody wants this job here any longer.
UNWANTED = frozenset([401, 403, 404, 410])
NAMES = {"epoch": "epoch_complete"}
#: Events with files, and the field that names each.
FILES = {"validation": ("imagesFile",), "checkpoint": ("file", "onnxFile")}


class Relay:
    """A queue with a thread that empties it. Files are uploaded before the event that names them is told."""

    def __init__(
        self, order: Order, patience_s: float, on_taken: Callable[[], None], on_unwanted: Callable[[], None]
    ) -> None:
        self._order = order
        self._link = order.link()
        self._patience_s = patience_s
        self._on_taken = on_taken
        self._on_unwanted = on_unwanted
        self._queue: collections.deque[dict[str, Any]] = collections.deque()
        self._lines = 0
        self._left_out = 0
        self._sequence = 0
        self._changed = threading.Condition()
        self._ended = False
        self._finishing = False
        self._given_up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """Events that the server has not confirmed."""
        return len(self._queue)

    def put(self, event: dict[str, Any], stream: str = "stdout") -> None:
        """Queues an event; steps are not told, the server asks for them. Nothing follows the last word."""
        if event["type"] == "step" or self._ended or self._given_up.is_set():
            return
        self._ended = event["type"] in FINAL_EVENTS
        item: dict[str, Any] = {"event": event, "stream": stream}
        with self._changed:
            if event["type"] == "log":
                if self._lines >= WAITING_LINES:
                    self._left_out += 1
                    return
                self._lines += 1
                item["left_out"], self._left_out = self._left_out, 0
            self._queue.append(item)
            self._changed.notify()

    def finish(self) -> None:
        """Returns once everything is told, or given up."""
        with self._changed:
            self._finishing = True
            self._changed.notify()
        self._thread.join()

    def give_up(self) -> None:
        """Nothing more is told."""
        self._given_up.set()
        with self._changed:
            self._changed.notify()

    def _run(self) -> None:
        while (item := self._next()) is not None:
            event = item["event"]
            try:
                self._deliver(item)
            except GivenUp as error:
                LOG.warning("job %d: %s", self._order.job_id, error)
                self._abandon()
            except Refused as error:
                LOG.error("job %d: %s to %s", self._order.job_id, error, event["type"])
                if error.status in UNWANTED:
                    self._abandon()
            with self._changed:
                self._queue.popleft()
                self._lines -= event["type"] == "log"
            if event["type"] in FILES:
                self._on_taken()

    def _next(self) -> Optional[dict[str, Any]]:
        with self._changed:
            while not self._queue and not self._finishing and not self._given_up.is_set():
                self._changed.wait()
            if self._given_up.is_set():
                self._queue.clear()
            return self._queue[0] if self._queue else None

    def _abandon(self) -> None:
        if not self._given_up.is_set():
            self._given_up.set()
            self._on_unwanted()

    def _deliver(self, item: dict[str, Any]) -> None:
        event = item["event"]
        if event["type"] in FILES:
            try:
                event = self._upload(event)
            except (Refused, OSError) as error:
                if isinstance(error, Refused) and error.status in UNWANTED:
                    raise
                self._post(_lost_file(event, error), item["stream"])
                return self._abandon()
        if item.get("left_out"):
            event = {**event, "message": f"({item['left_out']} lines left out) {event['message']}"}
        self._post(event, item["stream"])

    def _post(self, event: dict[str, Any], stream: str) -> None:
        self._sequence += 1
        body = {
            "job_id": self._order.job_id,
            "attempt": self._order.attempt,
            "sequence": self._sequence,
            "event": NAMES.get(event["type"], event["type"]),
            "data": {"event": event, **_plain(event, stream)},
        }
        with_patience(
            lambda: self._link.post_callback(body),
            f"telling {event['type']}",
            self._given_up,
            self._patience_s,
        )

    def _upload(self, event: dict[str, Any]) -> dict[str, Any]:
        named = dict(event)
        for field in FILES[event["type"]]:
            if event.get(field) is not None:
                self._upload_file(Path(event[field]), event["sha256" if field == "file" else f"{field}Sha256"])
                named[field] = Path(event[field]).name
        return named

    def _upload_file(self, file: Path, sha256: str) -> None:
        with_patience(
            lambda: self._link.put_checkpoint(file.name, file, sha256),
            f"uploading {file.name}",
            self._given_up,
            self._patience_s,
        )
        file.unlink(missing_ok=True)


def _plain(event: dict[str, Any], stream: str) -> dict[str, Any]:
    """The fields that the contract names itself."""
    if event["type"] == "epoch":
        return {
            "epoch": event["epoch"],
            "loss": event["loss"],
            "accuracy": event["accuracy"],
            "learning_rate": event["learningRate"],
        }
    if event["type"] == "log":
        return {"log_type": "stderr" if event["level"] == "error" else stream, "message": event["message"]}
    return {}


def _lost_file(event: dict[str, Any], error: Exception) -> dict[str, Any]:
    full = isinstance(error, Refused) and error.status in (413, 507)
    why = error.detail if isinstance(error, Refused) else str(error)
    return {
        "type": "failed",
        "code": "disk_full" if full else "trainer_fault",
        "message": f"The server could not be given a file of epoch {event['epoch']}: {why}",
        "epoch": event["epoch"],
        "traceback": None,
        "lost": False,
    }
