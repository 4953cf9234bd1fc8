"""Writes expected.json beside this file: linear heads and measures of labels, numbers and grades by scikit-learn.

    pip install scikit-learn numpy && python make_expected.py

The features are standardised first, as Graft does; the penalty is the weight of half the squared norm beside the sum of the losses.
"""

import json
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import (
    average_precision_score,
    cohen_kappa_score,
    f1_score,
    mean_absolute_error,
    mean_squared_error,
    r2_score,
)

random = np.random.default_rng(5)
rows, width, penalty = 160, 12, 4.0
features = np.float32(random.normal(size=(rows, width)) * random.uniform(0.5, 3, width) + random.normal(size=width))
scaled = (features.astype(np.float64) - features.mean(0, dtype=np.float64)) / features.std(0, dtype=np.float64)

directions = random.normal(size=(width, 4))
labels = (scaled @ directions + random.normal(size=(rows, 4)) > [0, 0.5, -1, 4]).astype(int)
regressions = [LogisticRegression(C=1 / penalty, tol=1e-10, max_iter=10000).fit(scaled, labels[:, k]) for k in range(4)]
label_probabilities = np.stack([one.predict_proba(scaled)[:, 1] for one in regressions], 1)

numbers = np.round(scaled @ random.normal(size=(width, 2)) * [30, 0.2] + random.normal(size=(rows, 2)) * [20, 0.1] + [500, 1], 4)
means, deviations = numbers.mean(0), numbers.std(0)
told_numbers = Ridge(alpha=penalty).fit(scaled, (numbers - means) / deviations).predict(scaled) * deviations + means

grades = np.clip(np.round(scaled[:, 0] + random.normal(size=rows) * 0.7 + 2), 0, 4).astype(int)
grade_probabilities = np.float32(random.dirichlet(np.ones(5) * 0.5, rows) * 0.6 + np.eye(5)[grades] * 0.4)
told_grades = (np.cumsum(grade_probabilities.astype(np.float64), 1) < 0.5).sum(1)

told_labels = (label_probabilities >= 0.5).astype(int)
expected = {
    "features": features.tolist(),
    "penalty": penalty,
    "labels": {
        "truth": labels.tolist(),
        "probabilities": label_probabilities.tolist(),
        "micro F1": f1_score(labels, told_labels, average="micro"),
        "macro F1": f1_score(labels, told_labels, average="macro"),
        "samples F1": f1_score(labels, told_labels, average="samples", zero_division=1.0),
        "mean average precision": average_precision_score(labels, label_probabilities, average="macro"),
        "all labels right": float((labels == told_labels).all(1).mean()),
    },
    "numbers": {
        "truth": numbers.tolist(),
        "told": told_numbers.tolist(),
        "R²": r2_score(numbers, told_numbers),
        "mean absolute error": mean_absolute_error(numbers, told_numbers, multioutput="raw_values").tolist(),
        "root mean squared error": np.sqrt(mean_squared_error(numbers, told_numbers, multioutput="raw_values")).tolist(),
    },
    "grades": {
        "truth": grades.tolist(),
        "probabilities": grade_probabilities.tolist(),
        "told": told_grades.tolist(),
        "quadratic kappa": cohen_kappa_score(grades, told_grades, weights="quadratic"),
        "mean absolute error": mean_absolute_error(grades, told_grades),
    },
}
path = pathlib.Path(__file__).with_name("expected.json")
path.write_text(json.dumps(expected, ensure_ascii=False) + "\n", encoding="utf-8")
