"""Vectors for src/algorithms/image/quality: what OpenCV says.

    python3 tests/vectors/regenerate-picture-quality.py
"""
import json
import pathlib

import cv2
import numpy as np

random = np.random.default_rng(7)


def windows(side, dx, dy, noise):
    """Two windows on one rough field, the second moved by whole pixels and with noise of its own."""
    field = cv2.GaussianBlur(random.uniform(0, 255, (2 * side, 2 * side)), (0, 0), 0.7)
    at = side // 2
    moved = field[at - dy : at - dy + side, at - dx : at - dx + side]
    return field[at : at + side, at : at + side], moved + noise * random.standard_normal((side, side))


def rounded(picture):
    return np.round(picture, 3)


sharpness = []
for width, height in [(7, 5), (16, 16), (31, 12)]:
    plane = rounded(random.uniform(0, 255, (height, width)))
    sharpness.append({
        "width": width, "height": height, "data": plane.ravel().tolist(),
        "variance": float(cv2.Laplacian(plane, cv2.CV_64F).var()),
    })

offsets = []
for side, dx, dy, noise in [(16, 2, 0, 0), (16, -3, 2, 1), (32, 3, -2, 2), (32, -9, 7, 5)]:
    first, second = map(rounded, windows(side, dx, dy, noise))
    window = cv2.createHanningWindow((side, side), cv2.CV_64F)
    (x, y), response = cv2.phaseCorrelate(first.copy(), second.copy(), window)  # it works in place
    offsets.append({
        "side": side, "first": first.ravel().tolist(), "second": second.ravel().tolist(),
        "dx": x, "dy": y, "response": response,
    })

vectors = {"opencv": cv2.__version__, "sharpness": sharpness, "offsets": offsets}
pathlib.Path(__file__).with_name("picture-quality.json").write_text(json.dumps(vectors) + "\n")
