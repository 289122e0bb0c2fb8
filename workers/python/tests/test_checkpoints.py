"""Files to continue from, and weights to begin with."""

from __future__ import annotations

import json
import pickle
import tempfile
import unittest
from pathlib import Path
from typing import Any

import torch

from quatrain_worker.training.checkpoint import read_checkpoint, write_checkpoint
from quatrain_worker.training.failures import RunFailed
from quatrain_worker.training.safetensors_file import read_safetensors

CONFIG: dict[str, Any] = {
    "framework": "timm",
    "modelName": "resnet18",
    "numClasses": 2,
    "batchSize": 4,
    "accumulationSteps": 1,
    "freezeBackbone": False,
    "optimiser": {"type": "sgd"},
}


class Executed:
    """Would be executed by a reader that trusts its files."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (exec, ("raise SystemError('executed')",))


class Checkpoints(unittest.TestCase):
    """Written and read."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "a.pth"

    def test_gives_back_what_was_written(self) -> None:
        """Numbers to the last bit, keys that are numbers, tensors."""
        state = {"config": CONFIG, "rate": 0.1 + 0.2, "none": None, "optimiser": {0: {"step": torch.tensor(3.0)}}}
        write_checkpoint(state, self.file)
        read = read_checkpoint(self.file, CONFIG)
        self.assertEqual(read["rate"], 0.1 + 0.2)
        self.assertEqual(float(read["optimiser"][0]["step"]), 3.0)
        self.assertIsNone(read["none"])
        self.assertEqual([file.name for file in self.file.parent.iterdir()], ["a.pth"])

    def test_refuses_a_run_of_another_shape(self) -> None:
        """Says what has changed."""
        write_checkpoint({"config": CONFIG}, self.file)
        with self.assertRaisesRegex(RunFailed, "batchSize was 4 then and is 8 now") as raised:
            read_checkpoint(self.file, {**CONFIG, "batchSize": 8})
        self.assertEqual(raised.exception.code, "checkpoint_unreadable")

    def test_executes_nothing(self) -> None:
        """Neither in a pickle nor in a file of torch."""
        for write in (self._pickled, self._saved):
            write()
            with self.assertRaises(RunFailed):
                read_checkpoint(self.file, CONFIG)

    def test_refuses_what_is_cut_off(self) -> None:
        """Anywhere."""
        write_checkpoint({"config": CONFIG, "model": {"a": torch.zeros(100)}}, self.file)
        whole = self.file.read_bytes()
        for length in (0, 1, len(whole) // 2, len(whole) - 1):
            self.file.write_bytes(whole[:length])
            with self.assertRaises(RunFailed):
                read_checkpoint(self.file, CONFIG)

    def _pickled(self) -> None:
        self.file.write_bytes(pickle.dumps(Executed()))

    def _saved(self) -> None:
        torch.save({"format": Executed()}, self.file)


class Safetensors(unittest.TestCase):
    """Files of the framework's own weights."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "a.safetensors"

    def test_reads_tensors_of_several_types(self) -> None:
        """In any order."""
        parts = {"b": torch.arange(6.0).reshape(2, 3), "a": torch.tensor([1, 2], dtype=torch.int64)}
        header, data = {}, b""
        for name, kind in (("b", "F32"), ("a", "I64")):
            raw = parts[name].numpy().tobytes()
            offsets = [len(data), len(data) + len(raw)]
            header[name] = {"dtype": kind, "shape": list(parts[name].shape), "data_offsets": offsets}
            data += raw
        self._write(json.dumps({**header, "__metadata__": {"format": "pt"}}).encode(), data)
        read = read_safetensors(self.file)
        self.assertEqual(read.keys(), {"a", "b"})
        for name in parts:
            self.assertTrue(torch.equal(read[name], parts[name]))

    def test_refuses_what_is_none(self) -> None:
        """Too long a header, offsets outside, unknown types."""
        self.file.write_bytes(b"\xff" * 20)
        with self.assertRaises(ValueError):
            read_safetensors(self.file)
        for kind, offsets in (("F32", [0, 400]), ("X9", [0, 4]), ("F32", [4, 0])):
            header = {"a": {"dtype": kind, "shape": [1], "data_offsets": offsets}}
            self._write(json.dumps(header).encode(), b"\0\0\0\0")
            with self.assertRaises(ValueError):
                read_safetensors(self.file)

    def _write(self, header: bytes, data: bytes) -> None:
        self.file.write_bytes(len(header).to_bytes(8, "little") + header + data)


if __name__ == "__main__":
    unittest.main()
