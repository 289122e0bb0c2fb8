#!/usr/bin/env python3
"""Regenerates augmentation.json: resizing by Pillow, and torchvision's operations on Pillow pictures at fixed values.

Run with a Python that has torchvision, Pillow and numpy:  python3 tests/vectors/regenerate-augmentation.py
"""
import base64
import json
import pathlib

import numpy as np
import PIL
import torch
import torchvision
from PIL import Image, ImageOps
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F


def packed(picture):
    return base64.b64encode(np.asarray(picture, dtype=np.uint8).tobytes()).decode()


def drawn(width, height, seed):
    """Smooth waves with noise, and every eighth pixel of any colour."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    waves = np.stack([np.sin(x / 4) + np.cos(y / 5), np.sin((x + y) / 6), np.cos(x * y / 150)], axis=2)
    noise = random.integers(-20, 21, (height, width, 3))
    pixels = np.clip(128 + 70 * waves + noise, 0, 255).astype(np.uint8)
    pixels[random.random((height, width)) < 0.125] = random.integers(0, 256, 3)
    any_colour = random.random((height, width)) < 0.125
    pixels[any_colour] = random.integers(0, 256, (any_colour.sum(), 3))
    return Image.fromarray(pixels, "RGB")


def described(picture):
    return {"width": picture.width, "height": picture.height, "rgb": packed(picture)}


picture = drawn(30, 22, 3)
tall = drawn(13, 41, 4)

resizes = [
    {"picture": name, "source": source, **described(image.crop(source).resize(size, Image.BILINEAR))}
    for name, image, source, size in [
        ("wide", picture, (0, 0, 30, 22), (11, 9)),
        ("wide", picture, (0, 0, 30, 22), (1, 1)),
        ("wide", picture, (0, 0, 30, 22), (47, 33)),
        ("wide", picture, (0, 0, 30, 22), (30, 8)),
        ("wide", picture, (0, 0, 30, 22), (45, 22)),
        ("wide", picture, (4, 3, 27, 19), (16, 16)),
        ("wide", picture, (4, 3, 27, 19), (23, 16)),
        ("wide", picture, (29, 0, 30, 22), (5, 7)),
        ("tall", tall, (0, 0, 13, 41), (24, 10)),
        ("tall", tall, (2, 5, 12, 8), (6, 31)),
    ]
]


def resize_crop(image, size):
    return F.center_crop(F.resize(image, int(size / 0.875)), size)


squares = [
    {"picture": name, "mode": mode, "size": size, "rgb": packed(make(image, size))}
    for mode, make in [
        ("resize", lambda image, size: F.resize(image, [size, size])),
        ("resize_crop", resize_crop),
        ("pad", lambda image, size: ImageOps.pad(image, (size, size), Image.BILINEAR)),
    ]
    for name, image in [("wide", picture), ("tall", tall)]
    for size in (14, 33)
]

OPERATIONS = {
    "rotate": (lambda angle: F.rotate(picture, angle, InterpolationMode.BILINEAR), (15, -33.3, 90, 180, 0.4)),
    "brightness": (lambda factor: F.adjust_brightness(picture, factor), (0, 0.37, 1, 1.3, 2.6)),
    "contrast": (lambda factor: F.adjust_contrast(picture, factor), (0, 0.37, 1, 1.3, 2.6)),
    "saturation": (lambda factor: F.adjust_saturation(picture, factor), (0, 0.37, 1, 1.3, 2.6)),
    "hue": (lambda turns: F.adjust_hue(picture, turns), (-0.5, -0.13, 0, 0.07, 0.31, 0.5)),
    "gray": (lambda _: F.to_grayscale(picture, 3), (0,)),
    "flip": (lambda _: F.hflip(picture), (0,)),
    "blur": (
        lambda sigma: F.gaussian_blur(picture, 2 * int(np.ceil(3 * sigma)) + 1, sigma),
        (0.1, 0.8, 2.0, 5.5),
    ),
}
operations = [
    {"operation": name, "value": value, "rgb": packed(work(value))}
    for name, (work, values) in OPERATIONS.items()
    for value in values
]

mean, std = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
normalised = F.normalize(F.to_tensor(picture), mean, std)
document = {
    "source": f"Pillow {PIL.__version__}, torchvision {torchvision.__version__}, torch {torch.__version__}",
    "pictures": {"wide": described(picture), "tall": described(tall)},
    "resizes": resizes,
    "squares": squares,
    "operations": operations,
    "normalised": {
        "mean": mean,
        "std": std,
        "input": base64.b64encode(normalised.numpy().astype("<f4").tobytes()).decode(),
    },
}
pathlib.Path(__file__).with_name("augmentation.json").write_text(json.dumps(document) + "\n")
