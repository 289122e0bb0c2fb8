"""The process of one job. Run by the service, which speaks to it over its standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..server_link import GivenUp, Refused, ServerLink
from .channel import Channel
from .failures import RunFailed, failed_event
from .material import fetch_material


def main() -> int:
    """Trains, or says why not."""
    channel = Channel()
    order = channel.first_order()
    progress: dict[str, Any] = {"epoch": None}
    try:
        _train(channel, order, progress)
    except (GivenUp, Refused) as error:
        if channel.stop_asked.is_set():
            channel.tell("stopped", epoch=0)
            return 0
        failure = RunFailed(f"The pictures could not be fetched from the server: {error}")
        channel.tell("failed", **failed_event(failure, None))
    except BaseException as error:
        channel.tell("failed", **failed_event(error, progress["epoch"]))
        return 1
    return 0


def _train(channel: Channel, order: dict[str, Any], progress: dict[str, Any]) -> None:
    task, folder = order["task"], Path(order["folder"])
    link = ServerLink(order["serverUrl"], task["jobId"], order["token"])
    material = fetch_material(
        link,
        task,
        folder,
        cache=Path(order["cacheFolder"]),
        cache_bytes=order["cacheBytes"],
        patience_s=order["patienceS"],
        stop_asked=channel.stop_asked,
    )
    if task["config"]["framework"] == "ultralytics":
        from .detection import train_detector

        train_detector(channel, task, material, folder, progress)
    else:
        from .classification import train_classifier

        train_classifier(channel, task, material, folder, progress)


if __name__ == "__main__":
    raise SystemExit(main())
