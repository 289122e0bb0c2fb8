#!/usr/bin/env python3
"""Regenerates learning-evaluation.json: scikit-learn's definitions (precision_recall_fscore_support and
average_precision_score with zero_division=0, top_k_accuracy_score) and Guo et al.'s calibration error, written out in NumPy.

Run with a Python that has numpy:  python3 tests/vectors/regenerate-evaluation.py
"""
import json
import pathlib

import numpy as np

random = np.random.default_rng(12)


def divided(a, b):
    return float(a / b) if b else 0.0


def curve(scores, truth):
    """Every distinct threshold, falling: recall, precision, threshold."""
    points = []
    for threshold in np.unique(scores)[::-1]:
        chosen = scores >= threshold
        hits = (chosen & truth).sum()
        points.append((hits / truth.sum(), hits / chosen.sum(), threshold))
    return points


def thinned(points, positives):
    """Where each per cent of recall is reached first; hits are counted, so that 0.07 * 100 is 7."""
    kept = []
    for percent in range(101):
        first = next(at for at, (recall, _, _) in enumerate(points) if round(recall * positives) * 100 >= percent * positives)
        if first not in kept:
            kept.append(first)
    return [points[at] for at in kept]


def evaluated(logits, labels):
    rows, classes = logits.shape
    wide = logits.astype(np.float64)
    shifted = np.exp(wide - wide.max(axis=1, keepdims=True))
    share = shifted / shifted.sum(axis=1, keepdims=True)
    predicted = wide.argmax(axis=1)
    confidence = share[np.arange(rows), predicted]
    losses = -np.log(share[np.arange(rows), labels])
    confusion = np.zeros((classes, classes), int)
    np.add.at(confusion, (labels, predicted), 1)
    per_class = []
    for label in range(classes):
        hits = confusion[label, label]
        precision = divided(hits, confusion[:, label].sum())
        recall = divided(hits, confusion[label].sum())
        truth = labels == label
        points = curve(share[:, label], truth) if truth.any() else []
        before = [0.0] + [recall for recall, _, _ in points]
        shown = thinned(points, truth.sum()) if points else []
        per_class.append(
            {
                "precision": precision,
                "recall": recall,
                "f1": divided(2 * precision * recall, precision + recall),
                "support": int(truth.sum()),
                "averagePrecision": sum((r - was) * p for (r, p, _), was in zip(points, before)),
                "curve": [[float(value) for value in point] for point in shown],
            }
        )
    occurring = [entry for label, entry in enumerate(per_class) if confusion[label].sum() + confusion[:, label].sum()]
    ranks = (wide > wide[np.arange(rows), labels][:, None]).sum(axis=1)
    correct = predicted == labels
    bins = np.digitize(confidence, np.arange(1, 15) / 15, right=True)
    calibration = sum(
        (bins == b).mean() * abs(correct[bins == b].mean() - confidence[bins == b].mean()) for b in np.unique(bins)
    )
    return {
        "loss": float(losses.mean()),
        "metrics": {
            "accuracy": float(correct.mean()),
            **{name: float(np.mean([entry[name] for entry in occurring])) for name in ("precision", "recall", "f1")},
            "top5_accuracy": float((ranks < 5).mean()),
        },
        "calibrationError": float(calibration),
        "confusion": confusion.tolist(),
        "perClass": per_class,
        "losses": losses.tolist(),
        "confidences": confidence.tolist(),
        "top": np.argsort(-wide, axis=1, kind="stable")[:, :5].tolist(),
    }


def case(rows, classes, labels, lift=1.5, copies=0):
    logits = np.round(random.normal(size=(rows, classes)) * 1.5, 3)
    logits[np.arange(rows), labels] += lift
    for copy in range(copies):  # equal pictures: thresholds at which several come together
        logits[rows - 1 - copy] = logits[copy % 3]
    logits = np.round(logits, 3).astype(np.float32)
    answer = evaluated(logits, labels)
    return {"logits": [float(f"{value:.4f}") for value in logits.flatten()], "labels": labels.tolist(), "answer": answer}


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, list):
        return [rounded(entry) for entry in value]
    return {key: rounded(entry) for key, entry in value.items()} if isinstance(value, dict) else value


cases = {
    "seven classes, two of them without pictures": case(60, 7, random.choice([0, 1, 2, 4, 5], 60), copies=9),
    "a class that is neither there nor predicted": case(6, 8, np.array([0, 1, 2, 0, 1, 2]), lift=30),
    "two classes": case(40, 2, random.integers(0, 2, 40), copies=6),
    "more pictures of a class than points of a curve": case(420, 3, random.choice(3, 420, p=[0.6, 0.35, 0.05]), lift=0.7),
    "one class": case(5, 1, np.zeros(5, int)),
    "one picture": case(1, 3, np.array([2])),
    "everything wrong": case(12, 4, random.integers(0, 4, 12), lift=-20),
}
path = pathlib.Path(__file__).with_name("learning-evaluation.json")
path.write_text(json.dumps({"source": f"NumPy {np.__version__}", "cases": rounded(cases)}) + "\n")
