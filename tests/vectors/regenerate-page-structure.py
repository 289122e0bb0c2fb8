#!/usr/bin/env python3
"""Regenerates page-structure.json: the structure check of drawn pages by OpenCV's own functions.

The pages are drawn by whole numbers only, so that structure-check.test.ts draws the very same. Masks are stored as
counts of set pixels and a checksum over their places.
Run with a Python that has opencv and numpy:  python3 tests/vectors/regenerate-page-structure.py
"""
import json
import pathlib

import cv2
import numpy as np

TOLERANCE = 10


def draw(width, height, panels, strokes, seed):
    """[height, width, 3]: boxes with frames and shading, strokes of noise-like colour within."""
    page = np.full((height, width, 3), 255, np.uint8)
    y, x = np.mgrid[0:height, 0:width]
    for px, py, pw, ph in panels:
        inside = (x >= px) & (x < px + pw) & (y >= py) & (y < py + ph)
        frame = inside & ((x < px + 3) | (x >= px + pw - 3) | (y < py + 3) | (y >= py + ph - 3))
        shade = 150 + (x + y * 2 + seed * 7) % 9
        for channel in range(3):
            page[..., channel] = np.where(inside, np.minimum(255, shade + 11 * channel), page[..., channel])
        page[frame] = 10
    for sx, sy, radius, thick, gray in strokes:
        squared = (x - sx) ** 2 + (y - sy) ** 2
        ring = (squared <= radius * radius) & (squared >= (radius - thick) * (radius - thick))
        page[ring] = (gray, min(255, gray + 20), gray // 2)
    return page


def checksum(mask):
    places = np.flatnonzero(mask)
    return [int(places.size), int((places.astype(np.int64) * 2654435761 % 1000003).sum() % 1000003)]


def lines(gray):
    edges = cv2.Canny(cv2.GaussianBlur(gray, (3, 3), 0), 50, 150)
    return cv2.dilate(edges, np.ones((2, 2), np.uint8)) > 0


def beyond(mask, other):
    if not other.any():
        return mask.copy()
    distance = cv2.distanceTransform((~other).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return mask & (np.round(distance.astype(np.float64) ** 2) > TOLERANCE**2)


def panels_of(gray):
    height, width = gray.shape
    _, dark = cv2.threshold(gray, 200, 255, cv2.THRESH_BINARY_INV)
    dark = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    found = []
    for contour in cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, w, h = cv2.boundingRect(contour)
        if 0.02 * width * height <= w * h <= 0.95 * width * height:
            found.append([x, y, w, h])
    return sorted(found, key=lambda box: (box[1], box[0])) or [[0, 0, width, height]]


def check(original, result):
    before, after = (cv2.cvtColor(page, cv2.COLOR_RGB2GRAY) for page in (original, result))
    first, second = lines(before), lines(after)
    lost, added = beyond(first, second), beyond(second, first)
    drifted = lost | added
    reach = np.zeros_like(drifted)
    if drifted.any():
        away = cv2.distanceTransform((~drifted).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        reach = np.round(away.astype(np.float64) ** 2) <= TOLERANCE**2
    both, either = (first & second).sum(), (first | second).sum()
    panels = panels_of(before)
    return {
        "gray": [int(before.astype(np.int64).sum()), int(after.astype(np.int64).sum())],
        "lines": [checksum(first), checksum(second)],
        "lost": checksum(lost),
        "added": checksum(added),
        "inpaint": checksum(reach),
        "iou": float(both / either) if either else 1.0,
        "dice": float(2 * both / (both + either)) if either else 1.0,
        "panels": [[*box, float(100 * reach[box[1] : box[1] + box[3], box[0] : box[0] + box[2]].mean())] for box in panels],
    }


PAGES = [
    (160, 220, [(8, 8, 144, 90), (8, 108, 68, 100), (84, 108, 68, 100)]),
    (97, 131, [(0, 0, 97, 60), (5, 66, 80, 60)]),
    (64, 64, []),
    (240, 90, [(4, 4, 110, 82), (122, 4, 114, 82)]),
]
STROKES = [
    [(60, 50, 30, 4, 20), (40, 150, 22, 3, 60), (110, 150, 25, 9, 0)],
    [(60, 50, 30, 4, 20), (40, 150, 22, 3, 60)],
    [(66, 50, 30, 4, 20), (110, 150, 25, 9, 0), (70, 30, 12, 2, 90)],
    [(30, 30, 18, 3, 10), (180, 40, 30, 5, 30), (80, 60, 20, 20, 70)],
    [],
]
cases = []
for width, height, panels in PAGES:
    for a, b in [(0, 0), (0, 1), (0, 2), (1, 2), (3, 0), (4, 3), (3, 4), (4, 4)]:
        pages = [draw(width, height, panels, STROKES[a], 1), draw(width, height, panels, STROKES[b], 2)]
        inputs = {"width": width, "height": height, "panels_drawn": panels, "before": STROKES[a], "after": STROKES[b]}
        cases.append({**inputs, "expected": check(*pages)})
document = {"source": f"OpenCV {cv2.__version__}, NumPy {np.__version__}", "cases": cases}
pathlib.Path(__file__).with_name("page-structure.json").write_text(json.dumps(document) + "\n")
