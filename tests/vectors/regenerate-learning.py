#!/usr/bin/env python3
"""Regenerates learning-updates.json: torch's optimiser steps, learning rates, losses and clipping.

Run with a Python that has torch and numpy:  python3 tests/vectors/regenerate-learning.py
"""
import json
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "reference"))
import learning_torch  # noqa: E402

random = np.random.default_rng(4)
STEPS, SHOWN = 50, [1, 2, 10, 50]
SIZES = {"conv.weight": 5, "conv.bias": 2}
OPTIONS = {
    "learningRate": 0.01,
    "weightDecay": 0,
    "betas": [0.9, 0.999],
    "eps": 1e-8,
    "amsgrad": False,
    "momentum": 0,
    "nesterov": False,
    "alpha": 0.99,
}


def numbers(*shape, scale=1.0, digits=4):
    return np.round(random.normal(size=shape) * scale, digits).tolist()


WEIGHTS = {name: numbers(size) for name, size in SIZES.items()}
# the scale wanders, so that amsgrad's maximum is not always the newest; one gradient is always 0
SCALES = np.exp(np.sin(np.arange(STEPS) / 4))
GRADIENTS = [{name: numbers(size, scale=scale) for name, size in SIZES.items()} for scale in SCALES]
for gradients in GRADIENTS:
    gradients["conv.weight"][2] = 0.0
STEADY = [{"learningRate": 0.01, "momentum": None}] * STEPS
CYCLED = [
    {"learningRate": round(0.002 + 0.0005 * step, 4), "momentum": round(0.95 - 0.002 * step, 4)} for step in range(STEPS)
]


def stepping(kind, rates=STEADY, **options):
    return {"options": {**OPTIONS, "type": kind, **options}, "rates": rates}


optimisers = [
    *(stepping(kind) for kind in ("adam", "adamw", "sgd", "rmsprop", "adagrad")),
    *(stepping(kind, weightDecay=0.1) for kind in ("adam", "adamw", "sgd", "rmsprop", "adagrad")),
    stepping("adam", amsgrad=True, weightDecay=0.05, betas=[0.8, 0.9]),
    stepping("adamw", amsgrad=True, weightDecay=0.05, eps=1e-3),
    stepping("sgd", momentum=0.9),
    stepping("sgd", momentum=0.9, nesterov=True, weightDecay=0.01),
    stepping("rmsprop", momentum=0.9, alpha=0.9, weightDecay=0.01, eps=1e-4),
    stepping("adam", CYCLED, weightDecay=0.01),
    stepping("adamw", CYCLED, weightDecay=0.01),
    stepping("sgd", CYCLED, momentum=0.9, nesterov=True),
    stepping("rmsprop", CYCLED, momentum=0.9),
]

ONE_CYCLE = {
    "type": "one_cycle",
    "maxLr": 0.1,
    "pctStart": 0.3,
    "annealStrategy": "cos",
    "divFactor": 25,
    "finalDivFactor": 1e4,
    "threePhase": False,
    "cycleMomentum": True,
    "baseMomentum": 0.85,
    "maxMomentum": 0.95,
}
PLATEAU = {
    "type": "reduce_on_plateau",
    "mode": "min",
    "factor": 0.5,
    "patience": 2,
    "threshold": 1e-4,
    "thresholdMode": "rel",
    "cooldown": 0,
    "minLr": 0,
}
FALLING = [round(2 / (1 + 0.3 * min(epoch, 9)) + 0.01 * (epoch % 3), 4) for epoch in range(40)]
FALLING[3] = FALLING[20] = None


def scheduled(schedule, epochs=24, steps=1, warmup=0, losses=None):
    return {
        "schedule": schedule,
        "warmup": {"epochs": warmup, "learningRate": 1e-6},
        "run": {"learningRate": 0.05, "epochs": epochs, "stepsPerEpoch": steps},
        "losses": losses,
    }


schedules = [
    scheduled({"type": "none"}, epochs=5),
    scheduled({"type": "none"}, epochs=8, warmup=5, steps=2),
    scheduled({"type": "step", "stepSize": 4, "gamma": 0.3}, warmup=3),
    scheduled({"type": "multistep", "milestones": [9, 2, 9, 15], "gamma": 0.5}),
    scheduled({"type": "multistep", "milestones": [0, 4], "gamma": 0.1}, warmup=2),
    scheduled({"type": "exponential", "gamma": 0.9}, warmup=1),
    scheduled({"type": "cosine", "tMax": 24, "etaMin": 1e-6}, warmup=5),
    scheduled({"type": "cosine", "tMax": 7, "etaMin": 0.001}, epochs=40),
    scheduled({"type": "cosine", "tMax": 1, "etaMin": 0}, epochs=6),
    scheduled({"type": "cosine_warm_restarts", "t0": 10, "tMult": 2, "etaMin": 0}, epochs=75, warmup=3),
    scheduled({"type": "cosine_warm_restarts", "t0": 6, "tMult": 1, "etaMin": 1e-4}, epochs=20),
    scheduled({"type": "cosine_warm_restarts", "t0": 1, "tMult": 3, "etaMin": 1e-4}, epochs=20),
    scheduled(PLATEAU, epochs=40, losses=FALLING),
    scheduled({**PLATEAU, "cooldown": 3, "patience": 0, "minLr": 0.004}, epochs=40, warmup=4, losses=FALLING),
    scheduled({**PLATEAU, "mode": "max", "threshold": 0.1}, epochs=40, losses=FALLING),
    scheduled({**PLATEAU, "thresholdMode": "abs", "threshold": 0.05}, epochs=40, losses=FALLING),
    scheduled({**PLATEAU, "mode": "max", "thresholdMode": "abs"}, epochs=40, losses=FALLING),
    scheduled({**PLATEAU, "factor": 0.001, "patience": 0}, epochs=40, losses=FALLING),
    scheduled(ONE_CYCLE, epochs=6, steps=9),
    scheduled({**ONE_CYCLE, "annealStrategy": "linear"}, epochs=7, steps=5, warmup=2),
    scheduled({**ONE_CYCLE, "threePhase": True, "divFactor": 10}, epochs=8, steps=6),
    scheduled({**ONE_CYCLE, "threePhase": True, "annealStrategy": "linear", "pctStart": 0.45}, epochs=8, steps=6),
    scheduled({**ONE_CYCLE, "cycleMomentum": False, "pctStart": 0.1}, epochs=2, steps=4),
    scheduled({**ONE_CYCLE, "pctStart": 1}, epochs=2, steps=4),
    scheduled({**ONE_CYCLE, "pctStart": 0}, epochs=2, steps=4),
    scheduled(ONE_CYCLE, epochs=1, steps=1),
]


def lost(soft, smoothing, weighted, max_norm, rows=6, classes=4):
    share = random.random((rows, classes)) ** 3
    return {
        "logits": numbers(rows, classes, scale=2),
        "labels": random.integers(0, classes, rows).tolist(),
        "probabilities": (share / share.sum(axis=1, keepdims=True)).tolist() if soft else None,
        "smoothing": smoothing,
        "classWeights": [0.5, 2.0, 1.25, 0.75] if weighted else None,
        "maxNorm": max_norm,
    }


losses = [
    lost(soft, smoothing, weighted, max_norm)
    for soft in (False, True)
    for smoothing in (0, 0.1, 1)
    for weighted, max_norm in ((False, 0.05), (True, 10))
]


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [rounded(entry) for entry in value]
    return {key: rounded(entry) for key, entry in value.items()} if isinstance(value, dict) else value


shared = {"weights": WEIGHTS, "gradients": GRADIENTS, "shown": SHOWN}
found = learning_torch.answers(
    {"optimisers": [{**case, **shared} for case in optimisers], "schedules": schedules, "losses": losses}
)
cases = {"optimisers": optimisers, "schedules": schedules, "losses": losses}
document = {
    "source": found["source"],
    **shared,
    **{key: [{**case, "answer": answer} for case, answer in zip(cases[key], found[key])] for key in cases},
}
(HERE / "learning-updates.json").write_text(json.dumps(rounded(document)) + "\n")
