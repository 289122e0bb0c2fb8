"""Requests to the Quatrain server that a job belongs to."""

from __future__ import annotations

import hashlib
import http.client
import json
import logging
import os
import random
import socket
import threading
import time
import urllib.parse
from pathlib import Path
from typing import Any, Callable, Optional, TypeVar

LOG = logging.getLogger(__name__)
PIECE_BYTES = 1 << 20
#: Answers that may be otherwise next time.
PASSING = frozenset([408, 425, 429, 500, 502, 503, 504])
Answer = TypeVar("Answer")


class Refused(Exception):
    """The server has answered that it does not want this, and will not want it next time either."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"the server answered {status}: {detail}")
        self.status = status
        self.detail = detail


class Unreachable(Exception):
    """No answer, or one that may be otherwise next time."""


class GivenUp(Exception):
    """The server could not be reached for as long as there was patience, or nobody waits any longer."""


class ServerLink:
    """One server, one job. Every request has a connection of its own; redirects are not followed."""

    def __init__(self, server_url: str, job_id: int, token: str, timeout_s: float = 60.0) -> None:
        parts = urllib.parse.urlsplit(server_url)
        if parts.scheme not in ("http", "https") or parts.hostname is None:
            raise ValueError("server_url must begin with http:// or https://")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._prefix = f"{parts.path.rstrip('/')}/api/v1/internal/training"
        self._job_id = job_id
        self._token = token
        self._timeout_s = timeout_s

    def manifest(self, limit_bytes: int = 1 << 30) -> Any:
        """The frozen dataset: classes and pictures."""
        with _Request(self._open(), "GET", self._of_job("manifest"), self._headers()) as response:
            return json.loads(_read_bounded(response, limit_bytes))

    def fetch_blob(self, sha256: str, target: Path) -> None:
        """A picture, checked against its hash; `target` appears whole or not at all."""
        self._fetch(self._of_job(f"blobs/{sha256}"), target, sha256)

    def fetch_checkpoint(self, name: str, target: Path) -> None:
        """A file that an earlier attempt of the job has uploaded."""
        self._fetch(self._of_job(f"checkpoints/{urllib.parse.quote(name, safe='')}"), target, None)

    def put_checkpoint(self, name: str, file: Path, sha256: str) -> None:
        """Uploads a file of the run: checkpoint, ONNX export or results of pictures."""
        headers = {
            **self._headers(),
            "Content-Type": "application/octet-stream",
            "Content-Length": str(file.stat().st_size),
            "X-Content-SHA256": sha256,
        }
        path = self._of_job(f"checkpoints/{urllib.parse.quote(name, safe='')}")
        with file.open("rb") as body, _Request(self._open(), "PUT", path, headers, body):
            pass

    def post_callback(self, body: dict[str, Any]) -> None:
        """Tells an event."""
        data = json.dumps(body, allow_nan=False, ensure_ascii=False).encode()
        headers = {**self._headers(), "Content-Type": "application/json"}
        with _Request(self._open(), "POST", f"{self._prefix}/callback", headers, data):
            pass

    def _of_job(self, rest: str) -> str:
        return f"{self._prefix}/{self._job_id}/{rest}"

    def _headers(self) -> dict[str, str]:
        return {"X-Internal-Auth": self._token, "User-Agent": "quatrain-python-worker"}

    def _open(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        return kind(self._host, self._port, timeout=self._timeout_s, blocksize=PIECE_BYTES)

    def _fetch(self, path: str, target: Path, sha256: Optional[str]) -> None:
        part = target.with_name(f"{target.name}.{os.getpid()}.{threading.get_ident()}.part")
        digest = hashlib.sha256()
        try:
            with _Request(self._open(), "GET", path, self._headers()) as response, part.open("wb") as file:
                length = response.getheader("Content-Length")
                while piece := response.read(PIECE_BYTES):
                    digest.update(piece)
                    file.write(piece)
                if length is not None and file.tell() != int(length):
                    raise Unreachable(f"{path} broke off after {file.tell()} of {length} bytes")
            if sha256 is not None and digest.hexdigest() != sha256:
                raise Refused(200, f"{path} arrived with another hash")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


class _Request:
    """Sends, checks the status, closes."""

    def __init__(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        headers: dict[str, str],
        body: Any = None,
    ) -> None:
        self._connection = connection
        self._send: Callable[[], None] = lambda: connection.request(method, path, body=body, headers=headers)

    def __enter__(self) -> http.client.HTTPResponse:
        try:
            response = self._answer()
            if 200 <= response.status < 300:
                return response
            raise _failure(response)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        except BaseException:
            self._connection.close()
            raise

    def _answer(self) -> http.client.HTTPResponse:
        try:
            self._send()
        except (BrokenPipeError, ConnectionResetError):
            # A server that refuses an upload answers before it has read everything.
            return self._connection.getresponse()
        return self._connection.getresponse()

    def __exit__(self, kind: Optional[type], error: Optional[BaseException], trace: object) -> None:
        self._connection.close()
        if isinstance(error, http.client.HTTPException) or isinstance(
            error, (ConnectionError, TimeoutError, socket.timeout)
        ):
            raise Unreachable(f"{type(error).__name__}: {error}") from error


def _failure(response: http.client.HTTPResponse) -> Exception:
    text = response.read(4000).decode("utf-8", "replace")
    try:
        detail = str(json.loads(text)["detail"])
    except (ValueError, KeyError, TypeError):
        detail = text.strip()[:300] or response.reason
    if response.status in PASSING:
        return Unreachable(f"the server answered {response.status}: {detail}")
    return Refused(response.status, detail)


def _read_bounded(response: http.client.HTTPResponse, limit_bytes: int) -> bytes:
    data = response.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        raise Refused(200, f"the answer is larger than {limit_bytes} bytes")
    return data


def with_patience(
    action: Callable[[], Answer],
    what: str,
    nobody_waits: threading.Event,
    patience_s: float,
    longest_wait_s: float = 30.0,
) -> Answer:
    """Repeats an action while the server is away, with waits that double.

    Raises `Refused` at once, `GivenUp` after `patience_s` seconds or once `nobody_waits` is set.
    """
    give_up_at = time.monotonic() + patience_s
    wait_s = 0.25
    while True:
        try:
            return action()
        except Unreachable as error:
            if time.monotonic() + wait_s > give_up_at:
                raise GivenUp(f"{what}: {error}") from error
            LOG.warning("%s: %s; again in %.1f s", what, error, wait_s)
        if nobody_waits.wait(wait_s * random.uniform(0.75, 1.25)):
            raise GivenUp(f"{what}: nobody waits for it any longer")
        wait_s = min(2 * wait_s, longest_wait_s)
