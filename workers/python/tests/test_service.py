"""The service's endpoints, over real HTTP, without a job."""

from __future__ import annotations

import http.client
import json
import os
import tempfile
import threading
import unittest
import unittest.mock
from pathlib import Path
from typing import Any, Optional

from quatrain_worker.server_link import GivenUp, Refused, Unreachable, with_patience
from quatrain_worker.service.http_service import open_service
from quatrain_worker.service.job_table import JobTable, Limits
from quatrain_worker.service.order import BadOrder, parse_order
from quatrain_worker.service.surroundings import job_environment
from quatrain_worker.training.material import shrink_cache

TOKEN = "a-token-of-the-worker"
ORDER: dict[str, Any] = {
    "task": {
        "jobId": 1,
        "attempt": 1,
        "threads": 1,
        "resumeFrom": None,
        "initialWeights": None,
        "config": {"framework": "timm"},
    },
    "server_url": "http://127.0.0.1:9",
    "callback_token": "t",
}


class KnownHealth:
    """In the place of the probe."""

    def health(self) -> dict[str, Any]:
        """Always the same."""
        return {"version": "0", "devices": []}


class Endpoints(unittest.TestCase):
    """Answers and refusals."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        limits = Limits(jobs=0, cache_bytes=0, patience_s=1)
        self.jobs = JobTable(Path(folder.name), limits, lambda: 0)
        self.service = open_service(("127.0.0.1", 0), TOKEN, self.jobs, KnownHealth())  # type: ignore[arg-type]
        threading.Thread(target=self.service.serve_forever, daemon=True).start()
        self.addCleanup(self.service.server_close)
        self.addCleanup(self.service.shutdown)

    def test_wants_the_token(self) -> None:
        """For everything."""
        for token in (None, "", "x", TOKEN[:-1], f"{TOKEN}x", "\u00e9"):
            for method, path in (("GET", "/health"), ("POST", "/jobs"), ("GET", "/nowhere")):
                self.assertEqual(self._ask(method, path, token=token)[0], 401)
        self.assertEqual(self._ask("GET", "/health")[0], 200)

    def test_knows_its_paths(self) -> None:
        """And the methods of each."""
        for method, path in (("GET", "/"), ("GET", "/jobs"), ("POST", "/jobs/1"), ("GET", "/jobs/1/stop")):
            self.assertEqual(self._ask(method, path, {})[0], 404)
        for method, path in (("GET", "/jobs/5"), ("POST", "/jobs/5/stop"), ("GET", "/jobs/../health")):
            self.assertEqual(self._ask(method, path, {})[0], 404)

    def test_refuses_bodies_that_are_too_long_or_none(self) -> None:
        """Without reading them."""
        self.assertEqual(self._ask("POST", "/jobs", raw=b"{")[0], 400)
        self.assertEqual(self._ask("POST", "/jobs", raw=b"[]")[0], 422)
        self.assertEqual(self._ask("POST", "/jobs", {}, length="999999999")[0], 413)
        self.assertEqual(self._ask("POST", "/jobs", {}, length="-1")[0], 413)

    def test_has_no_room_beyond_its_limit(self) -> None:
        """And says how to make some."""
        status, body = self._ask("POST", "/jobs", ORDER)
        self.assertEqual(status, 429)
        self.assertIn("--max-jobs", body["detail"])

    def _ask(
        self,
        method: str,
        path: str,
        body: Optional[dict[str, Any]] = None,
        *,
        token: Optional[str] = TOKEN,
        raw: Optional[bytes] = None,
        length: Optional[str] = None,
    ) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(*self.service.server_address[:2], timeout=10)  # type: ignore[arg-type]
        data = raw if raw is not None else json.dumps(body or {}).encode()
        headers = {"Content-Length": length or str(len(data))}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}".encode().decode("latin-1")
        try:
            connection.request(method, path, body=data, headers=headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()


class Orders(unittest.TestCase):
    """What a job may be asked for with."""

    def test_takes_a_whole_order(self) -> None:
        """And knows whose it is."""
        self.assertEqual(parse_order(ORDER).job_id, 1)

    def test_refuses_others(self) -> None:
        """With the field that is wrong."""
        task = ORDER["task"]
        for changed in (
            {"task": None},
            {"task": {**task, "jobId": "1"}},
            {"task": {**task, "attempt": 0}},
            {"task": {**task, "threads": True}},
            {"task": {**task, "resumeFrom": 3}},
            {"task": {**task, "config": {"framework": "quatrain"}}},
            {"server_url": "file:///etc/passwd"},
            {"server_url": "http://"},
            {"callback_token": ""},
        ):
            with self.assertRaises(BadOrder):
                parse_order({**ORDER, **changed})


class Patience(unittest.TestCase):
    """Of requests to a server that is away."""

    def test_repeats_until_there_is_an_answer(self) -> None:
        """In the meantime it waits."""
        answers: list[Any] = [Unreachable("1"), "answer"]

        def action() -> str:
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return str(answer)

        self.assertEqual(with_patience(action, "asking", threading.Event(), 60), "answer")

    def test_does_not_repeat_what_was_refused(self) -> None:
        """Nor waits when nobody does."""

        def refuse() -> None:
            raise Refused(404, "no")

        def be_away() -> None:
            raise Unreachable("away")

        with self.assertRaises(Refused):
            with_patience(refuse, "asking", threading.Event(), 60)
        ended = threading.Event()
        ended.set()
        with self.assertRaises(GivenUp):
            with_patience(be_away, "asking", ended, 60)
        with self.assertRaises(GivenUp):
            with_patience(be_away, "asking", threading.Event(), 0)


class Surroundings(unittest.TestCase):
    """Of the processes of jobs."""

    def test_secrets_stay_outside(self) -> None:
        """What libraries need goes in."""
        with unittest.mock.patch.dict(
            "os.environ", {"DATABASE_URL": "x", "QUATRAIN_S3_SECRET_KEY": "x", "HF_HOME": "/models"}
        ):
            names = job_environment().keys()
        self.assertIn("HF_HOME", names)
        self.assertFalse({"DATABASE_URL", "QUATRAIN_S3_SECRET_KEY"} & names)

    def test_one_device_is_visible(self) -> None:
        """Of those that the service may use."""
        with unittest.mock.patch.dict("os.environ", {"CUDA_VISIBLE_DEVICES": "4,6"}):
            self.assertEqual(job_environment(1)["CUDA_VISIBLE_DEVICES"], "6")

    def test_the_cache_loses_what_was_used_longest_ago(self) -> None:
        """Until the rest fits."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "aa"
            folder.mkdir()
            for age, letter in enumerate("abc"):
                (folder / letter).write_bytes(b"1234567890")
                os.utime(folder / letter, (1000 - age, 1000 - age))
            shrink_cache(Path(name), 20)
            self.assertEqual(sorted(file.name for file in folder.iterdir()), ["a", "b"])


if __name__ == "__main__":
    unittest.main()
