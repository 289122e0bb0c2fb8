#!/usr/bin/env python3
"""Regenerates perceptual-hash.json: 64 bit DCT hashes of drawn pictures, by SciPy's transform and NumPy's median.

The pictures are drawn by whole numbers only, so that perceptual-hash.test.ts draws the very same.
Run with a Python that has numpy and scipy:  python3 tests/vectors/regenerate-perceptual-hash.py
"""
import json
import pathlib

import numpy as np
import scipy
from scipy.fft import dctn

SIDE, LOW = 32, 8


def draw(width, height, a, b, c):
    """[height, width, 3]: triangle waves along both axes, and a checked board."""
    y, x = np.mgrid[0:height, 0:width]
    u, v = 1024 * x // width, 1024 * y // height
    wave = np.abs((a * u + b * v) % 1022 - 511) // 2
    board = ((u // c + v // c) % 2) * 60
    channels = [wave, (wave + board) % 256, (255 - wave + 2 * board) % 256]
    return np.stack(channels, axis=2).astype(np.uint8)


def shares(length):
    """[SIDE, length]: how much of each pixel lies in each cell."""
    pixel, cell = np.arange(length), np.arange(SIDE)[:, None]
    low, high = cell * length / SIDE, (cell + 1) * length / SIDE
    return np.clip(np.minimum(high, pixel + 1) - np.maximum(low, pixel), 0, 1)


def phash(picture):
    height, width, _ = picture.shape
    light = picture @ np.array([0.299, 0.587, 0.114])
    small = shares(height) @ light @ shares(width).T / (height / SIDE * (width / SIDE))
    if small.std() < 3:
        return None
    low = np.floor(dctn(small, norm="ortho")[:LOW, :LOW] * 1000 + 0.5)
    bits = "".join("1" if bit else "0" for bit in (low > np.median(low)).flatten())
    return f"{int(bits, 2):016x}"


PICTURES = [
    (32, 32, 1, 2, 100),
    (48, 64, 1, 0, 128),
    (33, 97, 0, 1, 61),
    (200, 150, 3, 1, 90),
    (150, 200, 1, 3, 333),
    (640, 481, 2, 5, 170),
    (301, 299, 5, 2, 50),
    (64, 64, 0, 0, 512),
    (64, 64, 0, 0, 1),
    (999, 40, 7, 1, 211),
]
cases = [
    {"width": w, "height": h, "a": a, "b": b, "c": c, "hash": phash(draw(w, h, a, b, c))}
    for w, h, a, b, c in PICTURES
]
document = {"source": f"NumPy {np.__version__}, SciPy {scipy.__version__}", "cases": cases}
pathlib.Path(__file__).with_name("perceptual-hash.json").write_text(json.dumps(document, indent=1) + "\n")
