"""Makes regressions.json: ridge regression of targets that stand behind features, with scikit-learn (1.9.1). Run in this directory."""

import json

import numpy as np
from sklearn.linear_model import Ridge

random = np.random.default_rng(7)


def case(count, blocks, targets, shrinkage):
    width = sum(blocks)
    scales = 10.0 ** random.integers(-2, 3, size=width)
    plain = random.normal(size=(count, width))
    rows = (plain * scales + 3 * scales).astype(np.float32)
    rows[:, width - 1] = 7  # constant: says nothing
    units = 10.0 ** random.integers(-3, 6, size=targets)
    told = plain @ random.normal(size=(width, targets)) + random.normal(size=(count, targets)) + 1
    told = (told * units).astype(np.float32)
    asked = (random.normal(size=(6, width)) * scales + 3 * scales).astype(np.float32)
    asked[:, width - 1] = 7
    x = rows.astype(float)
    mean, deviation = x.mean(0), x.std(0)
    used = deviation > 1e-7 * np.maximum(1, np.abs(mean))
    weight = np.concatenate([np.full(b, 1 / np.sqrt(b * len(blocks))) for b in blocks])

    def scaled(values):
        return ((values.astype(float) - mean) / np.where(used, deviation, 1) * weight)[:, used]

    a = scaled(rows)
    penalty = shrinkage / (1 - shrinkage) * np.trace(a.T @ a) / a.shape[1]
    found = Ridge(alpha=penalty).fit(a, told.astype(float)).predict(scaled(asked))
    return {
        "rows": rows.ravel().tolist(),
        "targets": told.ravel().tolist(),
        "width": width,
        "count": targets,
        "blocks": blocks,
        "shrinkage": shrinkage,
        "asked": asked.ravel().tolist(),
        "found": found.reshape(6, targets).ravel().tolist(),
        "units": units.tolist(),
    }


json.dump(
    {"regressions": [case(40, [3, 4], 1, 0.2), case(12, [5, 9, 2], 3, 0.05), case(60, [40], 2, 0.9)]},
    open("regressions.json", "w"),
)
