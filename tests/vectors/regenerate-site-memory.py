"""Writes site-memory.json: memories as an older site keeps them, written by NumPy, in base64, and what they hold.

    python3 tests/vectors/regenerate-site-memory.py
"""
import base64
import io
import json
import pathlib

import numpy as np

random = np.random.default_rng(3)


def npy(array, **options):
    file = io.BytesIO()
    np.save(file, array, **options)
    return base64.b64encode(file.getvalue()).decode()


def npz(save, **arrays):
    file = io.BytesIO()
    save(file, **arrays)
    return base64.b64encode(file.getvalue()).decode()


emb = random.normal(size=(4, 1152)).astype("<f4")
emb /= np.linalg.norm(emb, axis=1, keepdims=True)
short = emb[:, :100] / np.linalg.norm(emb[:, :100], axis=1, keepdims=True)
metadata = json.dumps({"model": "vit_small_patch14_dinov2.lvd142m", "mm_per_px": 0.2, "note": "ñ 🚀"})
common = {"token_h": np.int64(32), "token_w": np.int64(32)}
arrays = [
    (np.array([[1.5, -2.0], [0.25, 3.0]], "<f4"), None),
    (np.array([1.5, 65504.0], "<f2"), None),
    (np.array([1.5, 2.5, -1e30], "<f8"), None),
    (np.array(32, "<i8"), None),
    (np.array([[7]], "<i4"), None),
    (np.array("ñ 🚀"), "ñ 🚀"),
]
target = pathlib.Path(__file__).parent / "site-memory.json"
target.write_text(
    json.dumps(
        {
            "arrays": [
                {"npy": npy(a), "shape": list(a.shape), "data": text if text else a.astype("<f4").ravel().tolist()}
                for a, text in arrays
            ],
            "refused": {
                "objects": npy(np.array([{"a": 1}], object), allow_pickle=True),
                "fortran": npy(np.asfortranarray(np.ones((2, 3), "<f4"))),
                "bigEndian": npy(np.ones(2, ">f4")),
                "structured": npy(np.zeros(1, [("a", "<f4")])),
                "complex": npy(np.ones(1, "<c8")),
            },
            "dinov2": npz(np.savez_compressed, emb=emb, metadata=np.array(metadata), **common),
            "dinov2Half": npz(np.savez, emb=emb.astype("<f2"), metadata=np.array({"a": 1}, object), **common),
            "otherDim": npz(np.savez, emb=short, **common),
            "emb": emb.ravel().tolist()[:8],
        }
    )
)
