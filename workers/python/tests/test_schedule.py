"""Rates of a run, by the vectors that the server's own schedules are tested with."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any, Optional

import torch

from quatrain_worker.training.schedule import Schedule

VECTORS = Path(__file__).resolve().parents[3] / "tests" / "vectors" / "learning-updates.json"


def _open(case: dict[str, Any]) -> tuple[Schedule, torch.optim.Optimizer]:
    run = case["run"]
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=run["learningRate"], momentum=0.9)
    config = {**case, "epochs": run["epochs"], "optimiser": {"learningRate": run["learningRate"]}}
    return Schedule(config, optimiser, run["stepsPerEpoch"]), optimiser


def _rates(schedule: Schedule, optimiser: torch.optim.Optimizer, case: dict[str, Any], first: int) -> list[Any]:
    cycled = case["schedule"]["type"] == "one_cycle" and case["schedule"]["cycleMomentum"]
    rows = []
    for epoch in range(first, case["run"]["epochs"] + 1):
        schedule.begin_epoch(epoch)
        row = []
        for _ in range(case["run"]["stepsPerEpoch"]):
            after = cycled and epoch > case["warmup"]["epochs"]
            row.append([schedule.learning_rate, optimiser.param_groups[0]["momentum"] if after else None])
            schedule.step_done()
        rows.append(row)
        schedule.end_epoch(_loss(case, epoch))
    return rows


def _loss(case: dict[str, Any], epoch: int) -> Optional[float]:
    losses = case["losses"]
    return None if losses is None else losses[epoch - 1]


class Schedules(unittest.TestCase):
    """Each case of the vectors."""

    def setUp(self) -> None:
        self.cases = json.loads(VECTORS.read_text(encoding="utf-8"))["schedules"]

    def test_has_the_rates_of_the_reference(self) -> None:
        """From beginning to end."""
        for index, case in enumerate(self.cases):
            with self.subTest(index=index, type=case["schedule"]["type"]):
                self._close(_rates(*_open(case), case, 1), case["answer"])

    def test_goes_on_where_it_was(self) -> None:
        """In the middle of a run, in a schedule that was made anew."""
        for index, case in enumerate(self.cases):
            with self.subTest(index=index, type=case["schedule"]["type"]):
                schedule, optimiser = _open(case)
                done = case["run"]["epochs"] // 2
                losses = [_loss(case, epoch) for epoch in range(1, done + 1)]
                schedule.replay(losses, case["run"]["stepsPerEpoch"], 0)
                self._close(_rates(schedule, optimiser, case, done + 1), case["answer"][done:])

    def _close(self, actual: list[Any], expected: list[Any]) -> None:
        self.assertEqual(len(actual), len(expected))
        for one, other in zip(actual, expected):
            if isinstance(other, list):
                self._close(one, other)
            elif other is None:
                self.assertIsNone(one)
            else:
                self.assertAlmostEqual(one, other, delta=1e-6 * abs(other) + 1e-12)


if __name__ == "__main__":
    unittest.main()
