"""The worker's own HTTP endpoints. See README.md for the protocol."""

from __future__ import annotations

import hmac
import json
import logging
import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Optional

from .job_table import JobTable
from .order import BadOrder, parse_order
from .probing import Probe

LOG = logging.getLogger(__name__)
BODY_LIMIT_BYTES = 4_000_000
CONNECTIONS = 64
_JOB = re.compile(r"/jobs/(\d{1,15})(/stop)?")


class Problem(Exception):
    """Becomes an answer with `detail`."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class Service(ThreadingHTTPServer):
    """Bounded: a connection beyond `CONNECTIONS` is closed at once."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._room = threading.BoundedSemaphore(CONNECTIONS)
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()


def open_service(address: tuple[str, int], token: str, jobs: JobTable, probe: Probe) -> Service:
    """Binds; `serve_forever` begins to answer."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "quatrain-python-worker"
        sys_version = ""
        timeout = 30

        def do_GET(self) -> None:
            self._respond("GET")

        def do_POST(self) -> None:
            self._respond("POST")

        def log_message(self, format: str, *args: Any) -> None:
            LOG.debug(format, *args)

        def _respond(self, method: str) -> None:
            try:
                if not _bears(self.headers.get("Authorization"), token):
                    # A body that was not read would be taken for the next request.
                    self.close_connection = True
                    raise Problem(401, "a bearer token is needed")
                status, body = self._route(method)
            except Problem as problem:
                status, body = problem.status, {"detail": str(problem)}
            except Exception:
                LOG.exception("%s %s", method, self.path)
                status, body = 500, {"detail": "the worker has failed: its log says how"}
            self._send(status, body)

        def _route(self, method: str) -> tuple[int, dict[str, Any]]:
            if self.path == "/health" and method == "GET":
                return 200, {**probe.health(), "jobs": jobs.alive()}
            if self.path == "/jobs" and method == "POST":
                return self._start()
            match = _JOB.fullmatch(self.path)
            if match is None or (match[2] is None) != (method == "GET"):
                self.close_connection = True
                raise Problem(404, "there is no such endpoint")
            if match[2] is not None:
                return self._stop(int(match[1]))
            return 200, _known(jobs.status(int(match[1])))

        def _start(self) -> tuple[int, dict[str, Any]]:
            try:
                order = parse_order(self._body())
            except BadOrder as error:
                raise Problem(422, str(error)) from error
            refusal = jobs.start(order)
            if refusal is not None:
                raise Problem(*refusal)
            return 202, _known(jobs.status(order.job_id))

        def _stop(self, job_id: int) -> tuple[int, dict[str, Any]]:
            grace_ms = self._body().get("grace_ms", 30_000)
            if not isinstance(grace_ms, (int, float)) or not 0 <= grace_ms <= 3_600_000:
                raise Problem(422, "grace_ms must be from 0 to 3600000")
            _known(jobs.status(job_id))
            jobs.stop(job_id, grace_ms / 1000)
            return 202, _known(jobs.status(job_id))

        def _body(self) -> dict[str, Any]:
            length = self.headers.get("Content-Length", "0")
            if not length.isdigit() or int(length) > BODY_LIMIT_BYTES or "Transfer-Encoding" in self.headers:
                self.close_connection = True
                raise Problem(413, f"bodies have a Content-Length of at most {BODY_LIMIT_BYTES}")
            try:
                body = json.loads(self.rfile.read(int(length)) or b"{}")
            except ValueError as error:
                raise Problem(400, f"the body is not JSON: {error}") from error
            if not isinstance(body, dict):
                raise Problem(422, "the body must be an object")
            return body

        def _send(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body, allow_nan=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            if status == 401:
                self.send_header("WWW-Authenticate", "Bearer")
            self.end_headers()
            self.wfile.write(data)

    return Service(address, Handler)


def _bears(header: Optional[str], token: str) -> bool:
    given = (header or "").encode("utf-8", "surrogateescape")
    return hmac.compare_digest(given, f"Bearer {token}".encode())


def _known(status: Optional[dict[str, Any]]) -> dict[str, Any]:
    if status is None:
        raise Problem(404, "this worker has no such job")
    return status
