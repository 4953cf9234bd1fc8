"""Makes distances.json: statistics of classes, and distances to them, with NumPy alone (2.4.6), and Kolmogorov-Smirnov tests
with SciPy (1.17.1). Run in this directory."""

import json

import numpy as np
from scipy.stats import ks_2samp, kstwobign

random = np.random.default_rng(5)


def case(count, blocks, classes, shrinkage):
    width = sum(blocks)
    mixing = random.normal(size=(width, width)) / np.sqrt(width)
    labels = np.arange(count) % classes
    centres = 2 * random.normal(size=(classes, width))
    scales = 10.0 ** random.integers(-2, 3, size=width)
    rows = ((random.normal(size=(count, width)) @ mixing + centres[labels]) * scales + 3 * scales).astype(np.float32)
    rows[:, width - 1] = 7  # constant: says nothing
    asked = ((random.normal(size=(6, width)) * 2) * scales + 3 * scales).astype(np.float32)
    asked[:, width - 1] = 7
    x = rows.astype(float)
    mean, deviation = x.mean(0), x.std(0)
    used = deviation > 1e-7 * np.maximum(1, np.abs(mean))
    weight = np.concatenate([np.full(b, 1 / np.sqrt(b * len(blocks))) for b in blocks])

    def scaled(values):
        return ((values.astype(float) - mean) / np.where(used, deviation, 1) * weight)[:, used]

    a, q = scaled(rows), scaled(asked)
    means = np.stack([a[labels == k].mean(0) for k in range(classes)])
    within = a - means[labels]
    covariance = within.T @ within / (count - classes)
    size = covariance.shape[0]
    covariance = (1 - shrinkage) * covariance + shrinkage * np.trace(covariance) / size * np.eye(size)
    inverse = np.linalg.inv(covariance)
    squared = np.stack([np.einsum("ij,jk,ik->i", q - m, inverse, q - m) for m in means], 1)
    between = sum((labels == k).mean() * np.outer(means[k], means[k]) for k in range(classes))
    everything = np.linalg.inv(covariance + between)
    background = np.einsum("ij,jk,ik->i", q, everything, q)
    return {
        "rows": rows.ravel().tolist(),
        "width": width,
        "labels": labels.tolist(),
        "classes": classes,
        "blocks": blocks,
        "shrinkage": shrinkage,
        "asked": asked.ravel().tolist(),
        "nearest": squared.argmin(1).tolist(),
        "distances": squared.min(1).tolist(),
        "relative": (squared.min(1) - background).tolist(),
        # Logits of the classes, each less that of the first.
        "logits": (-(squared - squared[:, :1]) / 2).ravel().tolist(),
    }


def drift(first, second):
    found = ks_2samp(first, second)
    root = np.sqrt(len(first) * len(second) / (len(first) + len(second)))
    return {
        "first": first.tolist(),
        "second": second.tolist(),
        "statistic": float(found.statistic),
        "probability": float(kstwobign.sf((root + 0.12 + 0.11 / root) * found.statistic)),
        "exact": float(found.pvalue),
    }


json.dump(
    {
        "distances": [case(40, [3, 4], 3, 0.2), case(12, [5, 9, 2], 2, 0.05), case(60, [40], 4, 0.9)],
        "drift": [
            drift(random.normal(size=50), random.normal(size=80)),
            drift(random.normal(size=50), random.normal(size=80) + 1),
            drift(np.round(random.normal(size=30), 1), np.round(random.normal(size=200) + 0.4, 1)),
        ],
    },
    open("distances.json", "w"),
)
