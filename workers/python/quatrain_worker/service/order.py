"""What is asked for with `POST /jobs`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..server_link import ServerLink

FRAMEWORKS = ("timm", "ultralytics")


class BadOrder(Exception):
    """The order cannot be followed; the text says why."""


@dataclass(frozen=True)
class Order:
    """A run of a job. `task` is the server's TrainerTask without its pictures and folders."""

    task: dict[str, Any]
    server_url: str
    callback_token: str

    @property
    def job_id(self) -> int:
        return int(self.task["jobId"])

    @property
    def attempt(self) -> int:
        return int(self.task["attempt"])

    def link(self) -> ServerLink:
        """To the server that gave the order."""
        return ServerLink(self.server_url, self.job_id, self.callback_token)


def parse_order(body: dict[str, Any]) -> Order:
    """Checks what the service itself relies on; the configuration was checked by the server."""
    task = body.get("task")
    if not isinstance(task, dict):
        raise BadOrder("task must be an object")
    for name in ("jobId", "attempt", "threads"):
        if not isinstance(task.get(name), int) or isinstance(task[name], bool) or not 1 <= task[name] < 2**50:
            raise BadOrder(f"task.{name} must be a whole number from 1")
    for name in ("resumeFrom", "initialWeights"):
        if not isinstance(task.get(name), (str, type(None))):
            raise BadOrder(f"task.{name} must be a name or null")
    config = task.get("config")
    if not isinstance(config, dict):
        raise BadOrder("task.config must be an object")
    if config.get("framework") not in FRAMEWORKS:
        raise BadOrder(f"task.config.framework must be one of {', '.join(FRAMEWORKS)}")
    for name in ("server_url", "callback_token"):
        if not isinstance(body.get(name), str) or not body[name]:
            raise BadOrder(f"{name} is needed")
    order = Order(task, body["server_url"], body["callback_token"])
    try:
        order.link()
    except ValueError as error:
        raise BadOrder(str(error)) from error
    return order
