#!/usr/bin/env python3
"""Regenerates distributions.json: tail probabilities of SciPy, over small and large degrees of freedom, near and far tails.

Run with a Python that has scipy:  python3 tests/vectors/regenerate-distributions.py
"""
import itertools
import json
import pathlib

import scipy
from scipy import stats

DFS = (0.5, 1, 2, 3.7, 8, 28, 57.3, 200, 1500, 40000)
T = (0, 1e-4, 0.05, 0.8, 1.3, 2.2, 3.5, 7, 20, 45)
F = (0, 1e-3, 0.2, 0.95, 1, 1.6, 4.1, 11, 60, 400)
R = (0, 1e-3, 0.09, 0.31, 0.62, 0.9, 0.995)

cases = {
    "normal": [[z, 2 * stats.norm.sf(z)] for z in (*T[:8], 12, 30)],
    "student": [[t, df, 2 * stats.t.sf(t, df)] for t, df in itertools.product(T, DFS)],
    "fisher": [[f, a, b, stats.f.sf(f, a, b)] for f, a, b in itertools.product(F, DFS[1:], DFS[1:])],
    "chiSquared": [
        [x, df, stats.chi2.sf(x, df)]
        for df in DFS
        for x in sorted({0, 0.01, 3.84, 9.2, 47.5, 0.9 * df, df, 1.02 * df, 1.2 * df})
    ],
    "correlation": [
        [r, df, 2 * stats.beta.sf((1 + r) / 2, df / 2, df / 2)] for r, df in itertools.product(R, DFS[1:])
    ],
}
rounded = {name: [[float(f"{v:.17g}") for v in case] for case in rows] for name, rows in cases.items()}
document = {"source": f"SciPy {scipy.__version__}", **rounded}
pathlib.Path(__file__).with_name("distributions.json").write_text(json.dumps(document) + "\n")
