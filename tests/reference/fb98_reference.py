"""The recipe of fb98 in NumPy and SciPy, written apart from the TypeScript: makes tests/vectors/inspection-fb98.json.

    python3 tests/reference/fb98_reference.py tests/vectors/inspection-fb98.json

Section 4 of the inspection specification; sizes are those of a strip of 448 x 48 pixels, which needs no resizing.
"""
import base64
import json
import sys

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.signal import fftconvolve

WIDTH, HEIGHT = 448, 48


def picture(number):
    """The same integers as in the test: tiles, stripes and a ramp."""
    y, x, c = np.mgrid[0:HEIGHT, 0:WIDTH, 0:3]
    tiles = ((x // (7 + number) + y // 5 + number) % 2) * 120
    return ((tiles + (x * 3 + y * 5 + c * 40 + number * 29 + (x * y) // 64) % 97) % 256).astype(np.uint8)


def gabor(wavelength, orientations, bandwidth):
    sigma = bandwidth * wavelength
    r = int(np.ceil(2 * sigma))
    y, x = np.mgrid[-r:r + 1, -r:r + 1].astype(float)
    window = np.exp(-(x * x + y * y) / (2 * sigma * sigma))
    bank = []
    for wave in (np.cos, np.sin):
        for index in range(orientations):
            angle = np.pi * index / orientations
            k = window * wave(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / wavelength)
            k -= window * k.sum() / window.sum()
            bank.append(2 * k / window.sum())
    return bank


def filtered(plane, kernel, stride=1):
    r = kernel.shape[0] // 2
    return fftconvolve(np.pad(plane, r, mode="edge"), kernel[::-1, ::-1], mode="valid")[::stride, ::stride]


def energies(plane, bank, stride=1):
    answers = [filtered(plane, k, stride) for k in bank]
    n = len(bank) // 2
    return np.stack([np.sqrt(answers[i] ** 2 + answers[n + i] ** 2 + 1e-12) for i in range(n)])


def tiles(x, size):
    c, h, w = x.shape
    return x.reshape(c, h // size, size, w // size, size)


def mean(x, size):
    return tiles(x, size).mean((2, 4))


def most(x, size):
    return tiles(x, size).max((2, 4))


def log_energy(x):
    return np.log(x + 0.004)


def around(x, mode):
    p = np.pad(x, ((0, 0), (1, 1), (1, 1)), mode=mode)
    h, w = x.shape[1:]
    return sum(p[:, dy:dy + h, dx:dx + w] for dy in range(3) for dx in range(3)) / 9


def deviation(m, squares):
    return np.sqrt(np.maximum(squares - m * m, 0) + 1e-8)


def blob(sigma):
    r = int(np.ceil(2.5 * 1.6 * sigma))
    y, x = np.mgrid[-r:r + 1, -r:r + 1].astype(float)
    bells = [np.exp(-(x * x + y * y) / (2 * s * s)) for s in (sigma, 1.6 * sigma)]
    return bells[0] / bells[0].sum() - bells[1] / bells[1].sum()


def second_order(energy):
    """energy: 8 orientations at a quarter of the size."""
    mixed = np.stack([0.5 * energy[2 * i] + 0.25 * (energy[2 * i + 1] + energy[2 * i - 1]) for i in range(4)])
    strength = mean(mixed, 2) + 0.004
    bank = gabor(3, 4, 0.56)
    answers = [mean(energies(plane, bank), 2) for plane in mixed]
    return np.concatenate(
        [np.log(np.stack([answers[i][(i + turn) % 4] / strength[i] for i in range(4)]) + 0.05) for turn in (0, 2)]
    )


def features(rgb):
    """rgb: [3, height, width] in 0..1 -> [98, height / 8, width / 8]"""
    red, green, blue = rgb
    colours = np.stack([(red + green + blue) / 3, (red - green) / 2, (red + green - 2 * blue) / 4])
    light = colours[0]
    half = mean(light[None], 2)[0]
    quarter = mean(half[None], 2)[0]
    wave3, wave6 = gabor(3, 8, 0.7), gabor(6, 8, 0.7)
    e3, e6 = energies(light, wave3), energies(light, wave6, 2)
    e12, e24 = energies(half, wave6, 2), energies(quarter, wave6, 2)
    m, squares = mean(colours, 8), mean(colours ** 2, 8)
    wide, wide_squares = around(m, "edge"), around(squares, "edge")
    parts = [m, deviation(m, squares), wide, deviation(wide, wide_squares)]
    parts += [log_energy(mean(e3, 8)), log_energy(mean(e6, 4)), log_energy(mean(e12, 2)), log_energy(e24)]
    parts += [log_energy(most(e3, 8)), log_energy(most(e6, 4))]
    for plane in mean(colours[1:], 2):
        parts.append(log_energy(mean(energies(plane, gabor(3, 4, 0.7)), 4)))
        parts.append(log_energy(mean(energies(plane, gabor(6, 4, 0.7), 2), 2)))
    for plane, cell in ((light, 8), (half, 4), (quarter, 2)):
        answer = filtered(plane, blob(1.2))[None]
        parts += [log_energy(most(np.maximum(sign * answer, 0), cell)) for sign in (1, -1)]
    parts += [second_order(mean(e3, 4)), second_order(mean(e6, 2))]
    return np.concatenate(parts)


def ridge_bank():
    r = int(np.ceil(2.2 * 3.5))
    y, x = np.mgrid[-r:r + 1, -r:r + 1].astype(float)
    bank = []
    for index in range(12):
        angle = np.pi * index / 12
        across, along = x * np.cos(angle) + y * np.sin(angle), -x * np.sin(angle) + y * np.cos(angle)
        window = np.exp(-across ** 2 / (2 * 0.9 ** 2) - along ** 2 / (2 * 3.5 ** 2))
        k = (1 - (across / 0.9) ** 2) * window
        k -= window * k.sum() / window.sum()
        bank.append(k / np.maximum(k, 0).sum())
    return bank


def ridge_features(light):
    half = mean(light[None], 2)[0]
    parts = []
    for plane, cell in ((light, 8), (half, 4), (mean(half[None], 2)[0], 2)):
        answers = np.stack([filtered(plane, k) for k in ridge_bank()])
        for sign in (1, -1):
            a = np.maximum(sign * answers, 0)
            t = most(a, cell)
            alone = np.maximum(a.max(0) - 2.5 * a.mean(0), 0)
            parts += [t.max(0)[None], most(alone[None], cell), np.stack([t[2 * i:2 * i + 2].max(0) for i in range(6)])]
    return log_energy(np.concatenate(parts))


def grids(number):
    rgb = picture(number).transpose(2, 0, 1) / 255.0
    fine = features(rgb)
    return {
        "fine": around(fine, "constant"),
        "coarse": around(mean(fine, 2), "constant"),
        "half": around(features(mean(rgb, 2)), "constant"),
        "ridge": around(ridge_features(rgb.mean(0)), "constant"),
    }


def patches(grid):
    return grid.reshape(grid.shape[0], -1).T


def scores(learnt, grid, kept):
    """learnt: the grids of two good pictures; every patch is in the bank."""
    both = [patches(g) for g in learnt]
    x = np.concatenate(both)
    values, vectors = np.linalg.eigh(np.cov(x.T))
    order = np.argsort(-values)[:kept]
    projection = vectors[:, order] / np.sqrt(values[order] + 0.01 * values.mean())
    banks = [(b - x.mean(0)) @ projection for b in both]
    distances = np.linalg.norm(banks[0][:, None] - banks[1][None], axis=2)
    reach = np.concatenate([np.sort(d, axis=1)[:, :3].mean(1) for d in (distances, distances.T)])
    z = (patches(grid) - x.mean(0)) @ projection
    d = np.linalg.norm(z[:, None] - np.concatenate(banks)[None], axis=2)
    near = np.argsort(d, axis=1)[:, :3]
    return ((d.min(1) - 0.6 * reach[near].mean(1)) / reach.mean()).reshape(grid.shape[1:])


def linear(cells, pixels):
    """Linear interpolation between centres of cells, as a matrix [pixels, cells]."""
    at = np.clip((np.arange(pixels) + 0.5) * cells / pixels - 0.5, 0, cells - 1)
    return np.maximum(0, 1 - np.abs(at[:, None] - np.arange(cells)[None]))


def heat(maps):
    middle = sum(linear(m.shape[0], HEIGHT // 2) @ m @ linear(m.shape[1], WIDTH // 2).T for m in maps)
    blurred = gaussian_filter(middle, 4, mode="reflect", truncate=4)
    return linear(HEIGHT // 2, HEIGHT) @ blurred @ linear(WIDTH // 2, WIDTH).T


def packed(x):
    return {"shape": list(x.shape), "float32": base64.b64encode(np.ascontiguousarray(x, "<f4").tobytes()).decode()}


def main(path):
    learnt, seen = [grids(0), grids(1)], grids(2)
    maps = {name: scores([g[name] for g in learnt], seen[name], 64) for name in ("fine", "coarse", "half")}
    document = {
        "note": "made by tests/reference/fb98_reference.py",
        "patchStep": 5,
        "patches": {name: packed(patches(grid)[::5]) for name, grid in seen.items()},
        "heatStep": 4,
        "heat": packed(heat(list(maps.values()))[::4, ::4]),
    }
    with open(path, "w") as file:
        json.dump(document, file, separators=(",", ":"))


if __name__ == "__main__":
    main(sys.argv[1])
