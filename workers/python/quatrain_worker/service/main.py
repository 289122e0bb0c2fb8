"""Command line of the worker."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Optional

from .http_service import open_service
from .job_table import JobTable, Limits
from .probing import Probe

LOG = logging.getLogger(__name__)
SHORTEST_TOKEN = 16


def main() -> int:
    """Serves until standard input closes (with `--token-stdin`) or a signal comes."""
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    token = _token(options)
    if token is None or len(token) < SHORTEST_TOKEN:
        print(f"a token of at least {SHORTEST_TOKEN} characters is needed: see --help", file=sys.stderr)
        return 2
    folder, own = _folder(options.folder)
    probe = Probe()
    limits = Limits(
        jobs=options.max_jobs,
        cache_bytes=int(options.cache_gb * 1e9),
        patience_s=options.patience_hours * 3600,
    )
    jobs = JobTable(folder, limits, probe.gpu_count)
    service = open_service((options.host, options.port), token, jobs, probe)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    if options.token_stdin:
        threading.Thread(target=_end_with_input, args=(ended,), daemon=True).start()
    threading.Thread(target=service.serve_forever, daemon=True).start()
    host, port = service.server_address[:2]
    print(f"quatrain python worker listens on http://{_bracketed(str(host))}:{port}", flush=True)
    ended.wait()
    service.shutdown()
    jobs.close()
    probe.close()
    if own:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains models with torch for a Quatrain server.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=9000, help="0: a free one (9000)")
    tokens = parser.add_mutually_exclusive_group()
    tokens.add_argument("--token", help="what callers must bear; other users of this machine can see it")
    tokens.add_argument("--token-file", type=Path, help="a file with the token")
    tokens.add_argument("--token-stdin", action="store_true", help="first line of the input; ends when the input does")
    parser.add_argument("--folder", type=Path, help="pictures and work in progress (a temporary folder)")
    parser.add_argument("--cache-gb", type=float, default=20.0, help="pictures kept between jobs (20)")
    parser.add_argument("--max-jobs", type=int, default=4, help="jobs at the same time (4)")
    parser.add_argument("--patience-hours", type=float, default=24.0, help="for a server that is away (24)")
    parser.epilog = "Without a --token option, QUATRAIN_WORKER_TOKEN of the environment is taken."
    return parser.parse_args()


def _token(options: argparse.Namespace) -> Optional[str]:
    if options.token_stdin:
        return sys.stdin.readline(1000).strip()
    if options.token_file is not None:
        return str(options.token_file.read_text(encoding="utf-8")).strip()
    return options.token or os.environ.get("QUATRAIN_WORKER_TOKEN")


def _folder(given: Optional[Path]) -> tuple[Path, bool]:
    if given is None:
        return Path(tempfile.mkdtemp(prefix="quatrain-worker-")), True
    given.mkdir(parents=True, exist_ok=True)
    return given.resolve(), False


def _end_with_input(ended: threading.Event) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    ended.set()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
