"""Writes robust.json beside this file: linear heads by the Huber and the absolute loss, minimised by scipy and cvxpy.

    pip install numpy scipy cvxpy && python make_robust.py

Features and numbers are standardised first, as Graft does. Minimised is the sum of the losses and half the penalty times the squared norm of
the coefficients; a tenth of the numbers is far off.
"""

import json
import pathlib

import cvxpy
import numpy as np
from scipy.optimize import minimize
from scipy.special import huber

random = np.random.default_rng(8)
rows, width, penalty = 120, 8, 3.0
features = np.float32(random.normal(size=(rows, width)) * random.uniform(0.5, 3, width) + random.normal(size=width))
scaled = (features.astype(np.float64) - features.mean(0, dtype=np.float64)) / features.std(0, dtype=np.float64)
numbers = scaled @ random.normal(size=(width, 2)) * [30, 0.2] + random.normal(size=(rows, 2)) * [10, 0.05] + [500, 1]
wrong = random.choice(rows, rows // 10, replace=False)
numbers[wrong] += random.choice([-1, 1], (len(wrong), 2)) * [800, 6]
numbers = np.round(numbers, 4)
means, deviations = numbers.mean(0), numbers.std(0)
standardised = (numbers - means) / deviations


def by_huber(wanted):
    def objective(x):
        errors = scaled @ x[:-1] + x[-1] - wanted
        slopes = np.clip(errors, -1, 1)
        value = huber(1, errors).sum() + penalty / 2 * x[:-1] @ x[:-1]
        return value, np.append(scaled.T @ slopes + penalty * x[:-1], slopes.sum())

    x = minimize(objective, np.zeros(width + 1), jac=True, method="BFGS", options={"gtol": 1e-9, "maxiter": 10000}).x
    return scaled @ x[:-1] + x[-1]


def by_absolute(wanted):
    w, b = cvxpy.Variable(width), cvxpy.Variable()
    errors = scaled @ w + b - wanted
    cvxpy.Problem(cvxpy.Minimize(cvxpy.norm1(errors) + penalty / 2 * cvxpy.sum_squares(w))).solve()
    return scaled @ w.value + b.value


def told(head):
    return np.stack([head(standardised[:, k]) for k in range(2)], 1) * deviations + means


expected = {
    "features": features.tolist(),
    "penalty": penalty,
    "truth": numbers.tolist(),
    "huber": told(by_huber).tolist(),
    "absolute": told(by_absolute).tolist(),
}
path = pathlib.Path(__file__).with_name("robust.json")
path.write_text(json.dumps(expected) + "\n", encoding="utf-8")
