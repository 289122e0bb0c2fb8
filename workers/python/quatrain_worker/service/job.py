"""One job: its process group, what it says, and how it ends."""

from __future__ import annotations

import collections
import json
import logging
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any, Optional

from .order import Order
from .process_group import end_group
from .relay import FINAL_EVENTS, Relay
from .surroundings import job_environment

LOG = logging.getLogger(__name__)
LONGEST_EVENT_BYTES = 64_000_000
LONGEST_LOG_BYTES = 4_000
LAST_LINES = 40
#: For a process that has said its last word.
OWN_END_S = 30.0


class Job:
    """Runs from its creation on. `alive` until no process of the group is left."""

    def __init__(
        self,
        order: Order,
        *,
        folder: Path,
        cache: Path,
        cache_bytes: int,
        patience_s: float,
        gpu: Optional[int],
    ) -> None:
        self.attempt = order.attempt
        self.gpu = gpu
        self.alive = True
        self._order = order
        self._folder = folder
        self._progress: dict[str, Any] = {"epoch": 0}
        self._epochs_done = 0
        self._last_lines: collections.deque[str] = collections.deque(maxlen=LAST_LINES)
        self._writing = threading.Lock()
        self._timers: list[threading.Timer] = []
        self._stopping = False
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        cache.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "quatrain_worker.training.job_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=job_environment(gpu),
            start_new_session=True,
        )
        self._relay = Relay(order, patience_s, on_taken=self._taken, on_unwanted=self.abandon)
        self._tell(
            {
                "type": "train",
                "task": order.task,
                "serverUrl": order.server_url,
                "token": order.callback_token,
                "folder": str(folder),
                "cacheFolder": str(cache),
                "cacheBytes": cache_bytes,
                "patienceS": patience_s,
            }
        )
        self._errors = threading.Thread(target=self._read_log, args=(self._process.stderr,), daemon=True)
        self._errors.start()
        threading.Thread(target=self._follow_process, daemon=True).start()
        self._watch = threading.Thread(target=self._read_events, args=(self._process.stdout,), daemon=True)
        self._watch.start()

    @property
    def settled(self) -> bool:
        """Nothing runs and nothing is left to be told."""
        return not self.alive and not self._watch.is_alive()

    def status(self) -> dict[str, Any]:
        """What `GET /jobs/{id}` answers."""
        return {
            "job_id": self._order.job_id,
            "attempt": self.attempt,
            "alive": self.alive,
            "pending": self._relay.pending,
            **self._progress,
        }

    def stop(self, grace_s: float) -> None:
        """Asks for a checkpoint and an end, kills the group after the grace."""
        if not self.alive:
            return
        self._stopping = True
        self._tell({"type": "stop"})
        self._kill_after(grace_s)

    def abandon(self) -> None:
        """Kills everything and tells nobody."""
        self._relay.give_up()
        if self.alive:
            end_group(self._process)

    def join(self, timeout_s: float) -> None:
        """Waits until nothing of it runs and nothing is left to be told."""
        self._watch.join(timeout_s)

    def _kill_after(self, seconds: float) -> None:
        timer = threading.Timer(seconds, end_group, (self._process,))
        timer.daemon = True
        self._timers.append(timer)
        timer.start()

    def _taken(self) -> None:
        self._tell({"type": "taken"})

    def _tell(self, order: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            with self._writing:
                self._process.stdin.write(json.dumps(order).encode() + b"\n")
                self._process.stdin.flush()
        except (OSError, ValueError):
            LOG.info("job %d no longer listens", self._order.job_id)

    def _follow_process(self) -> None:
        """What a process has started does not outlive it, and keeps no pipe of it open."""
        self._process.wait()
        end_group(self._process)

    def _read_events(self, events: Optional[IO[bytes]]) -> None:
        assert events is not None
        final = False
        try:
            while line := events.readline(LONGEST_EVENT_BYTES):
                event = json.loads(line)
                self._follow(event)
                self._relay.put(event)
                if event["type"] in FINAL_EVENTS and not final:
                    final = True
                    self._kill_after(OWN_END_S)
        except (ValueError, KeyError, TypeError):
            LOG.exception("job %d said what is no event", self._order.job_id)
        end_group(self._process)
        self._errors.join(5.0)
        for timer in self._timers:
            timer.cancel()
        if not final:
            self._relay.put(self._untold_end())
        self.alive = False
        self._relay.finish()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _follow(self, event: dict[str, Any]) -> None:
        fields = {
            "step": ("epoch", "step", "stepsPerEpoch", "loss", "learningRate"),
            "epoch": ("epoch", "loss"),
        }
        names = fields.get(event["type"], ())
        self._progress = {**self._progress, **{_snake(name): event[name] for name in names}}
        if event["type"] == "epoch":
            self._epochs_done = event["epoch"]

    def _untold_end(self) -> dict[str, Any]:
        if self._stopping:
            return {"type": "stopped", "epoch": self._epochs_done}
        code = self._process.returncode
        if code is not None and code < 0:
            why = f"was ended by signal {-code} ({_signal_name(-code)})"
            if code == -signal.SIGKILL:
                why += ", as the system does when memory runs out: a smaller batch_size or image_size may help"
        else:
            why = f"ended with exit code {code} without saying why"
        return {
            "type": "failed",
            "code": "trainer_fault",
            "message": f"The training process {why}",
            "epoch": self._progress["epoch"] or None,
            "traceback": "\n".join(self._last_lines) or None,
            "lost": True,
        }

    def _read_log(self, lines: Optional[IO[bytes]]) -> None:
        assert lines is not None
        while line := lines.readline(LONGEST_LOG_BYTES):
            # Progress bars return to the start of the line: what they said last is the line.
            text = line.decode("utf-8", "replace").rstrip("\r\n").rsplit("\r", 1)[-1].rstrip()
            if text:
                self._last_lines.append(text)
                self._relay.put({"type": "log", "level": "info", "message": text}, stream="stderr")


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
