#!/usr/bin/env python3
"""Regenerates resnet.json: what torchvision's ResNets answer, and their gradients, with weights that a hash makes.

Run with a Python that has torch, torchvision and numpy:  python3 tests/vectors/regenerate-resnet.py
"""
import json
import pathlib

import numpy as np
import torch
import torchvision

CLASSES, SIZE, BATCH = 10, 64, 4


def hashed(place, count):
    """Uniform numbers in -1..1: murmur3's finaliser of the index, as in resnets.test.ts."""
    x = np.arange(count, dtype=np.uint32) + np.uint32(place * 0x9E3779B1 & 0xFFFFFFFF)
    with np.errstate(over="ignore"):
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x85EBCA6B)
        x ^= x >> np.uint32(13)
        x *= np.uint32(0xC2B2AE35)
        x ^= x >> np.uint32(16)
    return x.astype(np.float64) / 2**31 - 1


def scaled(name, shape, place):
    """Numbers of a usual size; float32, because that is what is compared."""
    values = hashed(place, int(np.prod(shape))).reshape(shape)
    if name.endswith("running_var") or (len(shape) == 1 and name.endswith("weight")):
        values = 1 + 0.3 * values
    elif len(shape) == 4:
        values = values * np.sqrt(6 / (shape[0] * shape[2] * shape[3]))
    elif len(shape) == 2:
        values = values / np.sqrt(shape[1])
    else:
        values = 0.3 * values
    return torch.from_numpy(values.astype(np.float32)).double()


def network(name):
    model = getattr(torchvision.models, name)(num_classes=CLASSES).double()
    state = model.state_dict()
    names = [key for key in state if not key.endswith("num_batches_tracked")]
    for place, key in enumerate(names):
        state[key] = scaled(key, state[key].shape, place + 1)
    model.load_state_dict(state)
    return model, [f"{key} {list(state[key].shape)}" for key in names]


images = torch.from_numpy(
    (2 * hashed(0, BATCH * 3 * SIZE * SIZE)).astype(np.float32).reshape(BATCH, 3, SIZE, SIZE)
).double()
labels = torch.arange(BATCH) % CLASSES


def figures(values):
    return [float(f"{float(value):.8g}") for value in values]


def sample(gradient):
    flat = gradient.flatten()
    return {"norm": figures([flat.norm()])[0], "entries": figures(flat[[0, len(flat) // 3, -1]])}


def run(model, training):
    model.train(training)
    model.zero_grad()
    logits = model(images)
    loss = torch.nn.functional.cross_entropy(logits, labels)
    loss.backward()
    gradients = {name: sample(parameter.grad) for name, parameter in model.named_parameters()}
    return {"logits": figures(logits.flatten()), "loss": figures([loss])[0], "gradients": gradients}


def described(name):
    model, weights = network(name)
    evaluation = run(model, training=False)
    head = {key: value for key, value in evaluation["gradients"].items() if key.startswith("fc.")}
    found = {"weights": weights, "evaluation": {**evaluation, "gradients": head}}
    if name == "resnet18":
        found["training"] = run(model, training=True)
        state = model.state_dict()
        found["statistics"] = {
            key: sample(state[key]) for key in state if key.endswith(("running_mean", "running_var"))
        }
    return found


document = {
    "source": f"torchvision {torchvision.__version__.split('a')[0]} in float64",
    "classes": CLASSES,
    "size": SIZE,
    "batch": BATCH,
    "models": {name: described(name) for name in ("resnet18", "resnet34", "resnet50")},
}
pathlib.Path(__file__).with_name("resnet.json").write_text(json.dumps(document) + "\n")
