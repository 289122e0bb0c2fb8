"""The peer of peers.ts: PatchCore in plain torch and NumPy with the vision transformer of regenerate-dinov2.py.

    peers.py WEIGHTS.safetensors PICTURES.raw COUNT   ->  one line of JSON with CPU and wall seconds

Pictures are COUNT x 448 x 448 x 3 bytes. Greedy k-center is timed over 128 centres and scaled to all of them: every
centre costs the same.
"""
import importlib.util
import json
import pathlib
import sys
import time

import numpy as np
import torch
from scipy.ndimage import gaussian_filter

HERE = pathlib.Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("vit", HERE.parent.parent / "tests/vectors/regenerate-dinov2.py")
vit = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(vit)

SIDE, RATE, TIMED_CENTRES, ROUNDS = 448, 0.1, 128, 5


def timed(work):
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return result, {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}


def embed(weights, picture):
    with torch.no_grad():
        found = vit.tokens(weights, vit.SMALL_MODEL, torch.from_numpy(picture[None]).double())[0].numpy()
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def centres_plain(tokens, count):
    """As it is written in most programs: the differences to the newest centre, every time."""
    least, chosen = np.full(len(tokens), np.inf, np.float32), [0]
    for _ in range(count):
        least = np.minimum(least, np.linalg.norm(tokens - tokens[chosen[-1]], axis=1))
        chosen.append(int(least.argmax()))
    return chosen


def centres_products(tokens, count):
    """The same by dot products: rows have length 1."""
    least, chosen = np.full(len(tokens), np.inf, np.float32), [0]
    for _ in range(count):
        least = np.minimum(least, 2 - 2 * (tokens @ tokens[chosen[-1]]))
        chosen.append(int(least.argmax()))
    return chosen


def inspect(weights, bank, picture):
    nearest = np.sqrt(np.maximum(0, 2 - 2 * (embed(weights, picture) @ bank.T).max(axis=1)))
    grid = torch.from_numpy(nearest.reshape(1, 1, 32, 32))
    heat = torch.nn.functional.interpolate(grid, size=(SIDE, SIDE), mode="bilinear")[0, 0].numpy()
    return float(np.percentile(gaussian_filter(heat, 1), 99))


def main(weights_path, pictures_path, count):
    weights = vit.read_safetensors(weights_path)
    pictures = np.fromfile(pictures_path, dtype=np.uint8).reshape(int(count), SIDE, SIDE, 3)
    embed(weights, pictures[0])
    tokens, embedding = timed(lambda: np.concatenate([embed(weights, picture) for picture in pictures]))
    wanted = int(np.ceil(RATE * len(tokens)))
    _, plain = timed(lambda: centres_plain(tokens, TIMED_CENTRES))
    _, products = timed(lambda: centres_products(tokens, TIMED_CENTRES))
    bank = tokens[:wanted]
    inspect(weights, bank, pictures[0])
    _, inference = timed(lambda: [inspect(weights, bank, pictures[at % len(pictures)]) for at in range(ROUNDS)])
    share = wanted / TIMED_CENTRES
    scale = lambda part, factor: {key: value * factor for key, value in part.items()}
    print(json.dumps({
        "threads": torch.get_num_threads(),
        "embedding": embedding,
        "plain": scale(plain, share),
        "products": scale(products, share),
        "inference": scale(inference, 1 / ROUNDS),
    }))  # fmt: skip


main(*sys.argv[1:4])
