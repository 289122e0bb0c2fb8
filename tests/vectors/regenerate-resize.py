#!/usr/bin/env python3
"""Regenerates resize.json: torch.nn.functional.interpolate on a small drawn picture.

Run with a Python that has torch and numpy:  python3 tests/vectors/regenerate-resize.py
"""
import json
import pathlib

import numpy as np
import torch

HEIGHT, WIDTH = 9, 7
picture = np.random.default_rng(7).random((1, 1, HEIGHT, WIDTH)).astype(np.float32)


def resized(mode, antialias, size):
    result = torch.nn.functional.interpolate(
        torch.from_numpy(picture), size=size, mode=mode, antialias=antialias, align_corners=False
    )
    return {
        "mode": "linear" if mode == "bilinear" else "cubic",
        "antialias": antialias,
        "size": list(size),
        "values": [round(float(value), 6) for value in result.flatten()],
    }


cases = [
    resized(mode, antialias, size)
    for mode in ("bilinear", "bicubic")
    for antialias in (False, True)
    for size in ((4, 3), (13, 11), (5, 7))
]
document = {
    "source": f"torch {torch.__version__.split('+')[0]}, interpolate, align_corners=False",
    "size": [HEIGHT, WIDTH],
    "picture": [round(float(value), 6) for value in picture.flatten()],
    "cases": cases,
}
pathlib.Path(__file__).with_name("resize.json").write_text(json.dumps(document) + "\n")
