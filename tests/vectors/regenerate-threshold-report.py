"""Writes threshold-report.json: AUROC, best F1, thresholds by false alarms and histograms of scores, by NumPy.

    python3 tests/vectors/regenerate-threshold-report.py

Uses scikit-learn where it is installed, else the definitions by hand: AUROC as the share of pairs that are in order,
F1 at every score as a threshold (predicted positive where score >= threshold).
"""
import json
import pathlib

import numpy as np


def auroc(ok, ng):
    try:
        from sklearn.metrics import roc_auc_score

        return float(roc_auc_score([0] * len(ok) + [1] * len(ng), list(ok) + list(ng)))
    except ImportError:
        wins = (ng[:, None] > ok[None, :]).sum() + 0.5 * (ng[:, None] == ok[None, :]).sum()
        return float(wins / (len(ok) * len(ng)))


def best_f1(ok, ng):
    best = 0.0
    for threshold in np.concatenate([ok, ng]):
        tp = int((ng >= threshold).sum())
        fp = int((ok >= threshold).sum())
        fn = len(ng) - tp
        best = max(best, 2 * tp / (2 * tp + fp + fn))
    return best


def false_alarm_threshold(ok, rate):
    # the lowest score t with mean(ok > t) <= rate
    return float(min(t for t in ok if (ok > t).mean() <= rate + 1e-12))


def modified_z(scores):
    middle = np.median(scores)
    deviations = np.abs(scores - middle)
    mad = np.median(deviations)
    unit = mad / 0.6745 if mad > 0 else deviations.mean() / 0.7979
    return ((scores - middle) / unit if unit > 0 else scores * 0).tolist()


def case(name, ok, ng, bins, rate):
    both = np.concatenate([ok, ng])
    edges = np.histogram_bin_edges(both, bins=bins)
    return {
        "name": name,
        "ok": ok.tolist(),
        "ng": ng.tolist(),
        "bins": bins,
        "rate": rate,
        "auroc": auroc(ok, ng),
        "bestF1": best_f1(ok, ng),
        "falseAlarmThreshold": false_alarm_threshold(ok, rate),
        "histogram": {
            "edges": edges.tolist(),
            "ok": np.histogram(ok, bins=edges)[0].tolist(),
            "ng": np.histogram(ng, bins=edges)[0].tolist(),
        },
        "modifiedZ": modified_z(ok),
    }


random = np.random.default_rng(7)
cases = [
    case("apart", random.normal(1, 0.2, 40), random.normal(4, 0.5, 15), 12, 0.05),
    case("overlapping", random.normal(1, 0.5, 60), random.normal(1.6, 0.7, 25), 20, 0.1),
    case("reversed", random.normal(3, 0.5, 12), random.normal(1, 0.5, 9), 7, 0.2),
    case("ties", random.integers(0, 5, 30).astype(float), random.integers(2, 7, 20).astype(float), 5, 0.07),
    case("more than half equal", np.array([1.0] * 9 + [1.2, 5.0]), np.array([2.0, 2.0]), 3, 0.0),
    case("all alike", np.full(6, 0.25), np.full(3, 0.25), 4, 0.01),
]
target = pathlib.Path(__file__).parent / "threshold-report.json"
target.write_text(json.dumps({"cases": cases}))
