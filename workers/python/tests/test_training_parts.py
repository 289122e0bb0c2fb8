"""Losses, batches, mixtures and pictures."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

import torch

from quatrain_worker.training.batches import epoch_batches
from quatrain_worker.training.loss import class_weights, open_loss
from quatrain_worker.training.mixing import mix_batch
from quatrain_worker.training.model import freeze_backbone, open_model, training_mode

VECTORS = Path(__file__).resolve().parents[3] / "tests" / "vectors" / "learning-updates.json"


class Losses(unittest.TestCase):
    """As the server's own engine computes them."""

    def test_has_the_losses_of_the_reference(self) -> None:
        """With smoothing, class weights and shares of classes."""
        for index, case in enumerate(json.loads(VECTORS.read_text(encoding="utf-8"))["losses"]):
            with self.subTest(index=index):
                weights = case["classWeights"]
                loss = open_loss(
                    {"labelSmoothing": case["smoothing"]},
                    None if weights is None else torch.tensor(weights, dtype=torch.float32),
                    torch.device("cpu"),
                )
                shares = case["probabilities"]
                targets = torch.tensor(case["labels"]) if shares is None else torch.tensor(shares)
                value = float(loss(torch.tensor(case["logits"]), targets))
                self.assertAlmostEqual(value, case["answer"]["loss"], delta=1e-5)

    def test_balances_classes(self) -> None:
        """samples / (classes * samples of the class); by name otherwise."""
        balanced = class_weights("balanced", [0, 0, 0, 1], ("a", "b", "c"))
        assert balanced is not None
        self.assertEqual([round(weight, 6) for weight in balanced.tolist()], [0.444444, 1.333333, 0.0])
        named = class_weights({"b": 3}, [0, 1], ("a", "b"))
        assert named is not None
        self.assertEqual(named.tolist(), [1.0, 3.0])
        self.assertIsNone(class_weights(None, [0], ("a",)))


class Batches(unittest.TestCase):
    """The order of an epoch."""

    def test_has_every_picture_once_and_no_batch_of_one(self) -> None:
        """Whatever the numbers."""
        for count in range(1, 40):
            for size in range(2, 9):
                batches = epoch_batches(1, 1, [0] * count, size, balanced=False)
                self.assertEqual(sorted(sum(batches, [])), list(range(count)))
                self.assertTrue(count == 1 or all(len(batch) > 1 for batch in batches))

    def test_follows_from_seed_and_epoch(self) -> None:
        """And from nothing else."""
        labels = [0, 1] * 20
        first = epoch_batches(7, 1, labels, 8, balanced=False)
        self.assertEqual(first, epoch_batches(7, 1, labels, 8, balanced=False))
        self.assertNotEqual(first, epoch_batches(7, 2, labels, 8, balanced=False))
        self.assertNotEqual(first, epoch_batches(8, 1, labels, 8, balanced=False))

    def test_draws_rare_classes_as_often_as_others(self) -> None:
        """With replacement."""
        labels = [0] * 950 + [1] * 50
        drawn = sum(epoch_batches(3, 1, labels, 32, balanced=True), [])
        self.assertEqual(len(drawn), 1000)
        self.assertAlmostEqual(sum(index >= 950 for index in drawn) / 1000, 0.5, delta=0.08)


class Mixtures(unittest.TestCase):
    """Mixup and cutmix."""

    def test_shares_of_labels_are_shares_of_pictures(self) -> None:
        """Black pictures of class 0 and white ones of class 1: brightness is the share of class 1."""
        for seed in range(40):
            for augmentation in self._all():
                images = torch.cat([torch.zeros(2, 3, 16, 16), torch.ones(2, 3, 16, 16)])
                labels = torch.tensor([0, 0, 1, 1])
                mixed, targets = mix_batch(images, labels, 2, augmentation, seed)
                self.assertTrue(torch.allclose(mixed.mean((1, 2, 3)), targets[:, 1], atol=1e-5))
                self.assertTrue(torch.allclose(targets.sum(1), torch.ones(4)))

    def test_does_nothing_where_it_is_off(self) -> None:
        """Labels stay labels."""
        images, labels = torch.rand(2, 3, 4, 4), torch.tensor([0, 1])
        for augmentation in (None, {"mixup": None, "cutmix": None}):
            self.assertIs(mix_batch(images, labels, 2, augmentation, 1)[1], labels)

    def _all(self) -> list[dict[str, Any]]:
        mixup, cutmix = {"alpha": 0.4}, {"alpha": 1.0}
        pairs = ((mixup, None), (None, cutmix), (mixup, cutmix))
        return [{"mixup": one, "cutmix": other} for one, other in pairs]


class Models(unittest.TestCase):
    """Networks."""

    def test_a_frozen_backbone_stays_as_it_is(self) -> None:
        """Weights and statistics, but for the classifier."""
        config = {
            "seed": 1,
            "modelName": "resnet18",
            "numClasses": 3,
            "freezeBackbone": True,
            "pretrained": False,
        }
        model = open_model(config, None)
        freeze_backbone(model)
        training_mode(model, frozen=True)
        before = {name: value.clone() for name, value in model.network.state_dict().items()}
        weights = [weight for weight in model.network.parameters() if weight.requires_grad]
        optimiser = torch.optim.SGD(weights, lr=0.1)
        model.network(torch.rand(4, 3, 32, 32)).sum().backward()
        optimiser.step()
        after = model.network.state_dict()
        changed = {name for name in before if not torch.equal(before[name], after[name])}
        self.assertEqual(changed, {"fc.weight", "fc.bias"})

    def test_weights_follow_from_the_seed(self) -> None:
        """The same seed, the same weights."""
        config = {"seed": 1, "modelName": "resnet18", "numClasses": 3, "freezeBackbone": False, "pretrained": False}
        one, same = open_model(config, None).network, open_model(config, None).network
        other = open_model({**config, "seed": 2}, None).network
        weight = "layer1.0.conv1.weight"
        self.assertTrue(torch.equal(one.state_dict()[weight], same.state_dict()[weight]))
        self.assertFalse(torch.equal(one.state_dict()[weight], other.state_dict()[weight]))


if __name__ == "__main__":
    unittest.main()
