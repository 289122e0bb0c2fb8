#!/usr/bin/env python3
"""Regenerates picture-resize.json: Pillow's resize of a small smooth picture with some noise.

Run with a Python that has Pillow and numpy:  python3 tests/vectors/regenerate-picture-resize.py
"""
import json
import pathlib

import numpy as np
import PIL
from PIL import Image

WIDTH, HEIGHT = 24, 18
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
noise = np.random.default_rng(3).integers(-20, 21, (HEIGHT, WIDTH, 3))
waves = np.stack([np.sin(x / 4) + np.cos(y / 5), np.sin((x + y) / 6), np.cos(x * y / 150)], axis=2)
picture = Image.fromarray(np.clip(128 + 60 * waves + noise, 0, 255).astype(np.uint8), "RGB")

FILTERS = {"bicubic": Image.BICUBIC, "bilinear": Image.BILINEAR}
cases = [
    {
        "filter": name,
        "width": width,
        "height": height,
        "rgb": np.asarray(picture.resize((width, height), kernel)).flatten().tolist(),
    }
    for name, kernel in FILTERS.items()
    for width, height in ((11, 9), (7, 5), (41, 25))
]
document = {
    "source": f"Pillow {PIL.__version__}",
    "width": WIDTH,
    "height": HEIGHT,
    "rgb": np.asarray(picture).flatten().tolist(),
    "cases": cases,
}
pathlib.Path(__file__).with_name("picture-resize.json").write_text(json.dumps(document) + "\n")
