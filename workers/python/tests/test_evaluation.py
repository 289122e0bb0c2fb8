"""The same numbers as the server's own engine, by the vectors that it is tested with."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

import torch

from quatrain_worker.training.evaluation import image_results, validation_report

VECTORS = Path(__file__).resolve().parents[3] / "tests" / "vectors" / "learning-evaluation.json"


class Evaluation(unittest.TestCase):
    """Each case of the vectors."""

    def test_has_the_reference_numbers(self) -> None:
        """Report, classes, curves and pictures."""
        for name, case in json.loads(VECTORS.read_text(encoding="utf-8"))["cases"].items():
            with self.subTest(name):
                self._check(case)

    def _check(self, case: dict[str, Any]) -> None:
        answer, labels = case["answer"], torch.tensor(case["labels"])
        classes = tuple(f"class {index}" for index in range(len(answer["perClass"])))
        logits = torch.tensor(case["logits"], dtype=torch.float32).reshape(len(labels), len(classes))
        report = validation_report(logits, labels, classes)
        for field in ("loss", "metrics", "calibrationError", "confusion"):
            self._close(report[field], answer[field])
        for name, expected in zip(classes, answer["perClass"]):
            curve = report["prCurves"][name]
            points = [list(point) for point in zip(curve["recall"], curve["precision"], curve["thresholds"])]
            self._close(points, expected.pop("curve"))
            self._close(report["perClass"][name], expected)
        pictures = list(image_results(logits, labels, [str(row) for row in range(len(labels))]))
        self._close([picture["loss"] for picture in pictures], answer["losses"])
        self._close([picture["confidence"] for picture in pictures], answer["confidences"])
        self.assertEqual([[one["label"] for one in picture["top"]] for picture in pictures], answer["top"])

    def _close(self, actual: Any, expected: Any) -> None:
        if isinstance(expected, dict):
            self.assertEqual(actual.keys(), expected.keys())
            for name in expected:
                self._close(actual[name], expected[name])
        elif isinstance(expected, list):
            self.assertEqual(len(actual), len(expected))
            for one, other in zip(actual, expected):
                self._close(one, other)
        else:
            self.assertAlmostEqual(actual, expected, delta=1e-6 * max(1.0, abs(expected)))


if __name__ == "__main__":
    unittest.main()
