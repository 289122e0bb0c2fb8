#!/usr/bin/env python3
"""Regenerates pictures.json: small files that Pillow wrote, and what Pillow's convert("RGB") makes of them.

Run with a Python that has Pillow and numpy:  python3 tests/vectors/regenerate-pictures.py
"""
import base64
import io
import json
import pathlib

import numpy as np
import PIL
from PIL import Image

WIDTH, HEIGHT = 7, 5
random = np.random.default_rng(11)
rgba = Image.fromarray(random.integers(0, 256, (HEIGHT, WIDTH, 4), dtype=np.uint8), "RGBA")
rgb = Image.fromarray(np.ascontiguousarray(np.asarray(rgba)[:, :, :3]), "RGB")
gray = rgb.convert("L")
palette = rgb.quantize(13)


def file(name, picture, **options):
    buffer = io.BytesIO()
    picture.save(buffer, **options)
    with Image.open(io.BytesIO(buffer.getvalue())) as read:
        expected = np.asarray(read.convert("RGB")).flatten().tolist()
    return {"name": name, "file": base64.b64encode(buffer.getvalue()).decode(), "rgb": expected}


files = [
    file("png, gray", gray, format="PNG"),
    file("png, gray and alpha", Image.merge("LA", (gray, rgba.getchannel("A"))), format="PNG"),
    file("png, RGB", rgb, format="PNG"),
    file("png, RGBA", rgba, format="PNG"),
    file("png, palette with a transparent colour", palette, format="PNG", transparency=3),
    file("png, black and white", gray.convert("1"), format="PNG"),
    file("bmp, 1 bit", gray.convert("1"), format="BMP"),
    file("bmp, 8 bit gray", gray, format="BMP"),
    file("bmp, 8 bit palette", palette, format="BMP"),
    file("bmp, 24 bit", rgb, format="BMP"),
    file("bmp, 32 bit", rgba, format="BMP"),
    file("tiff, RGB, LZW", rgb, format="TIFF", compression="tiff_lzw"),
    file("tiff, gray", gray, format="TIFF"),
    file("gif, palette", palette, format="GIF"),
    file("webp, lossless RGBA", rgba, format="WEBP", lossless=True, exact=True),
]
document = {"source": f"Pillow {PIL.__version__}", "width": WIDTH, "height": HEIGHT, "files": files}
pathlib.Path(__file__).with_name("pictures.json").write_text(json.dumps(document) + "\n")
