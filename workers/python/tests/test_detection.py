"""What is prepared for Ultralytics; the training itself needs the library."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

from quatrain_worker.training.detection import write_dataset
from quatrain_worker.training.material import Material, Picture


class Dataset(unittest.TestCase):
    """In Ultralytics' layout."""

    def test_boxes_become_shares_of_the_picture(self) -> None:
        """Centre and size."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            picture = folder / "a.png"
            picture.write_bytes(b"picture")
            box = {"label": 1, "x": 10.0, "y": 20.0, "width": 20.0, "height": 10.0}
            rows = tuple(Picture("a.png", picture, split, 1, 100, 50, (box,)) for split in ("train", "val"))
            data = json.loads(write_dataset(Material(("a", "b"), rows, None, None), folder / "set").read_text())
            self.assertEqual(data["names"], ["a", "b"])
            for split in ("train", "val"):
                label = folder / "set" / "labels" / split / "0000000.txt"
                self.assertEqual(label.read_text(), "1 0.200000 0.500000 0.200000 0.200000\n")
                self.assertEqual((folder / "set" / "images" / split / "0000000.png").read_bytes(), b"picture")


if __name__ == "__main__":
    unittest.main()
