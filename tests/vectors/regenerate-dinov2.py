#!/usr/bin/env python3
"""Regenerates dinov2.json: tokens of small vision transformers of DINOv2's shape, with weights that a hash makes.

The transformer is written out in torch's plainest terms, in float64; position embeddings are resampled by
torch.nn.functional.interpolate(bicubic, antialias), as timm's resample_abs_pos_embed does (in float32, then too).

Run with a Python that has torch and numpy:  python3 tests/vectors/regenerate-dinov2.py

With `--full FILE.safetensors PICTURE OUT` it runs vit_small_patch14_dinov2 with the file's weights (timm's names,
float32) on a raw picture of 448 x 448 x 3 bytes and writes its tokens as raw float32: bench/inspection/parity.ts.
"""
import json
import pathlib
import struct
import sys

import numpy as np
import torch
from torch.nn.functional import conv2d, gelu, interpolate, layer_norm, linear

MEAN = torch.tensor([0.485, 0.456, 0.406], dtype=torch.float64)
DEVIATION = torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64)


def hashed(place, count):
    """Uniform numbers in -1..1: murmur3's finaliser of the index, as in dinov2/drawn-weights.ts."""
    x = np.arange(count, dtype=np.uint32) + np.uint32(place * 0x9E3779B1 & 0xFFFFFFFF)
    with np.errstate(over="ignore"):
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x85EBCA6B)
        x ^= x >> np.uint32(13)
        x *= np.uint32(0xC2B2AE35)
        x ^= x >> np.uint32(16)
    return x.astype(np.float64) / 2**31 - 1


def shapes(c):
    dim, hidden, patch = c["dim"], c["hidden"], c["patch"]
    yield "cls_token", [1, 1, dim]
    if c["registers"] > 0:
        yield "reg_token", [1, c["registers"], dim]
    yield "pos_embed", [1, c["trainedGrid"] ** 2 + (c["registers"] == 0), dim]
    yield "patch_embed.proj.weight", [dim, 3, patch, patch]
    yield "patch_embed.proj.bias", [dim]
    for index in range(c["depth"]):
        for name, shape in (
            ("norm1.weight", [dim]),
            ("norm1.bias", [dim]),
            ("attn.qkv.weight", [3 * dim, dim]),
            ("attn.qkv.bias", [3 * dim]),
            ("attn.proj.weight", [dim, dim]),
            ("attn.proj.bias", [dim]),
            ("ls1.gamma", [dim]),
            ("norm2.weight", [dim]),
            ("norm2.bias", [dim]),
            ("mlp.fc1.weight", [hidden, dim]),
            ("mlp.fc1.bias", [hidden]),
            ("mlp.fc2.weight", [dim, hidden]),
            ("mlp.fc2.bias", [dim]),
            ("ls2.gamma", [dim]),
        ):
            yield f"blocks.{index}.{name}", shape


def drawn(name, shape, place):
    values = hashed(place, int(np.prod(shape))).reshape(shape)
    if name.endswith("gamma") or (".norm" in name and name.endswith("weight")):
        values = 1 + 0.3 * values
    elif len(shape) == 4 or len(shape) == 2:
        values = values * np.sqrt(3 / np.prod(shape[1:]))
    else:
        values = 0.3 * values
    return torch.from_numpy(values.astype(np.float32)).double()


def positions(w, c, rows, columns):
    """timm: prefix tokens apart, the rest resampled in float32."""
    dim, old = c["dim"], c["trainedGrid"]
    table = w["pos_embed"]
    own, grid = (table[:, :1], table[:, 1:]) if c["registers"] == 0 else (None, table)
    if (rows, columns) != (old, old):
        square = grid.reshape(1, old, old, dim).permute(0, 3, 1, 2).float()
        square = interpolate(square, size=(rows, columns), mode="bicubic", antialias=True, align_corners=False)
        grid = square.permute(0, 2, 3, 1).reshape(1, rows * columns, dim).double()
    return own, grid


def tokens(w, c, pictures):
    """`pictures` [n, height, width, 3] of 0..255."""
    dim, heads, patch = c["dim"], c["heads"], c["patch"]
    x = ((pictures / 255 - MEAN) / DEVIATION).permute(0, 3, 1, 2).to(w["cls_token"].dtype)
    x = conv2d(x, w["patch_embed.proj.weight"], w["patch_embed.proj.bias"], stride=patch)
    n, _, rows, columns = x.shape
    own, grid = positions(w, c, rows, columns)
    x = x.flatten(2).transpose(1, 2) + grid.to(x.dtype)
    front = [w["cls_token"] if own is None else w["cls_token"] + own]
    if c["registers"] > 0:
        front.append(w["reg_token"])
    x = torch.cat([part.expand(n, -1, -1) for part in front] + [x], dim=1)
    prefix = 1 + c["registers"]
    taps = []
    for index in range(c["depth"]):
        part = {key.split(".", 2)[2]: value for key, value in w.items() if key.startswith(f"blocks.{index}.")}
        y = layer_norm(x, [dim], part["norm1.weight"], part["norm1.bias"], 1e-6)
        q, k, v = linear(y, part["attn.qkv.weight"], part["attn.qkv.bias"]).reshape(
            n, -1, 3, heads, dim // heads
        ).permute(2, 0, 3, 1, 4)
        attention = (q @ k.transpose(-2, -1) * (dim // heads) ** -0.5).softmax(dim=-1)
        y = (attention @ v).transpose(1, 2).reshape(n, -1, dim)
        x = x + part["ls1.gamma"] * linear(y, part["attn.proj.weight"], part["attn.proj.bias"])
        y = layer_norm(x, [dim], part["norm2.weight"], part["norm2.bias"], 1e-6)
        y = linear(gelu(linear(y, part["mlp.fc1.weight"], part["mlp.fc1.bias"])), part["mlp.fc2.weight"], part["mlp.fc2.bias"])
        x = x + part["ls2.gamma"] * y
        if index in c["taps"]:
            taps.append(x[:, prefix:])
    return torch.cat(taps, dim=-1)


def figures(values):
    return [float(f"{float(value):.7g}") for value in values]


def small(**changes):
    return {
        "dim": 24, "heads": 3, "depth": 4, "hidden": 96, "registers": 0, "patch": 14, "trainedGrid": 7,
        "taps": [1, 2, 3], **changes,
    }  # fmt: skip


def case(name, c, batch, height, width):
    w = {key: drawn(key, shape, place + 1) for place, (key, shape) in enumerate(shapes(c))}
    count = batch * height * width * 3
    pictures = torch.from_numpy(np.floor((hashed(0, count) + 1) * 127.99).reshape(batch, height, width, 3))
    found = tokens(w, c, pictures)
    return {
        "name": name, "configuration": c, "batch": batch, "height": height, "width": width,
        "tokens": figures(found.flatten()),
    }  # fmt: skip


def read_safetensors(path):
    data = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    body = np.frombuffer(data, dtype=np.uint8, offset=8 + length)
    return {
        name: torch.from_numpy(
            body[entry["data_offsets"][0] : entry["data_offsets"][1]].view(np.float32).reshape(entry["shape"]).copy()
        )
        for name, entry in header.items()
    }


SMALL_MODEL = {
    "dim": 384, "heads": 6, "depth": 12, "hidden": 1536, "registers": 0, "patch": 14, "trainedGrid": 37,
    "taps": [9, 10, 11],
}  # fmt: skip


def full(weights, picture, out):
    torch.set_num_threads(1)
    pixels = np.frombuffer(pathlib.Path(picture).read_bytes(), dtype=np.uint8).reshape(1, 448, 448, 3).copy()
    with torch.no_grad():
        tokens(read_safetensors(weights), SMALL_MODEL, torch.from_numpy(pixels).double()).numpy().astype("<f4").tofile(out)


def main():
    cases = [
        case("the trained grid, a batch of two", small(trainedGrid=3), 2, 42, 42),
        case("positions for a smaller grid", small(), 1, 56, 70),
        case("positions for a larger grid", small(trainedGrid=3), 1, 56, 70),
        case("registers", small(registers=4), 1, 70, 42),
        case("taps that are not the last blocks", small(taps=[0, 2]), 1, 28, 42),
    ]
    document = {"source": f"torch {torch.__version__.split('a')[0]} in float64", "cases": cases}
    pathlib.Path(__file__).with_name("dinov2.json").write_text(json.dumps(document) + "\n")


if __name__ == "__main__":
    full(*sys.argv[2:5]) if sys.argv[1:2] == ["--full"] else main()
