"""COCO's compressed run lengths of small masks, written after the C of cocodataset/cocoapi (maskApi.c) in numpy terms.

python3 tests/vectors/regenerate-mask-rle.py
"""
import itertools
import json
from pathlib import Path

import numpy as np


def counts(mask):
    flat = np.asfortranarray(mask).ravel(order="F")
    groups = [(value, len(list(group))) for value, group in itertools.groupby(flat.tolist())]
    runs = [length for _, length in groups]
    return runs if groups[0][0] == 0 else [0, *runs]


def compressed(runs):
    text = ""
    for at, run in enumerate(runs):
        x = run - runs[at - 2] if at > 2 else run
        more = True
        while more:
            c = x & 0x1F
            x >>= 5
            more = x != -1 if c & 0x10 else x != 0
            text += chr((c | 0x20 if more else c) + 48)
    return text


random = np.random.default_rng(5)
cases = []
for height, width, share in [(1, 1, 0.0), (1, 1, 1.0), (3, 5, 0.5), (7, 4, 0.2), (40, 31, 0.02), (64, 48, 0.9)]:
    mask = (random.random((height, width)) < share).astype(int)
    cases.append({"shape": [height, width], "mask": "".join(map(str, mask.ravel().tolist())), "rle": compressed(counts(mask))})
block = np.zeros((120, 90), int)
block[20:100, 11:70] = 1
cases.append({"shape": [120, 90], "mask": "".join(map(str, block.ravel().tolist())), "rle": compressed(counts(block))})
Path(__file__).with_name("mask-rle.json").write_text(json.dumps(cases) + "\n")
