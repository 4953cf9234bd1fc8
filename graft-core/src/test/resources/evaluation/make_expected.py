"""Makes expected.json: what SciPy, statsmodels and scikit-learn say about the same numbers.

    pip install scipy==1.17.1 statsmodels==0.15.0 scikit-learn==1.9.1
    python make_expected.py

The Java tests read the JSON only.
"""

import json
import math
import warnings
from pathlib import Path

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import norm, t, ttest_rel
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss, precision_recall_fscore_support
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

random = np.random.default_rng(1)
warnings.filterwarnings("ignore")


def wilson():
    for successes, trials in [(0, 1), (1, 1), (0, 200), (200, 200), (121, 200), (9890, 10000), (1, 3), (5, 10)]:
        lower, upper = proportion_confint(successes, trials, alpha=0.05, method="wilson")
        yield {"successes": successes, "trials": trials, "interval": [float(lower), float(upper)]}


def student():
    for size in [2, 3, 4, 5, 8, 30, 200]:
        values = np.round(random.normal(0.8, 0.02, size), 4)
        interval = t.interval(0.95, size - 1, loc=values.mean(), scale=values.std(ddof=1) / math.sqrt(size))
        yield {"values": values.tolist(), "interval": [float(end) for end in interval]}


def paired_seeds():
    for size in [2, 3, 5, 8]:
        first = np.round(random.normal(0.95, 0.003, size), 4)
        second = np.round(random.normal(0.90, 0.003, size), 4)
        interval = ttest_rel(first, second).confidence_interval(0.95)
        yield {
            "first": first.tolist(),
            "second": second.tolist(),
            "mean": float((first - second).mean()),
            "interval": [float(interval.low), float(interval.high)],
        }


def score(delta, only_first, only_second, examples):
    """Tango's statistic, its nuisance parameter found by maximising the likelihood, not by his closed form."""

    def loss(q):
        rest = 1 - 2 * q - delta
        terms = [(only_first, q + delta), (only_second, q), (examples - only_first - only_second, rest)]
        return -sum(count * math.log(max(p, 1e-300)) for count, p in terms if count > 0)

    lowest, highest = max(0.0, -delta), (1 - delta) / 2
    q = minimize_scalar(loss, bounds=(lowest, highest), method="bounded", options={"xatol": 1e-13}).x
    q = min([q, lowest, highest], key=loss)
    variance = examples * (2 * q + delta - delta * delta)
    return (only_first - only_second - examples * delta) / math.sqrt(variance)


def paired_examples():
    z = norm.ppf(0.975)
    for only_first, only_second, examples in [
        (1, 7, 21), (0, 0, 50), (0, 5, 44), (3, 8, 50), (20, 3, 200), (3, 20, 200), (79, 0, 200), (12, 12, 30), (2, 9, 10000),
    ]:  # fmt: skip
        estimate = (only_first - only_second) / examples
        ends = [
            brentq(lambda d: score(d, only_first, only_second, examples) - sign * z, *bracket, xtol=1e-14)
            for sign, bracket in [(1, (-1 + 1e-9, estimate - 1e-9)), (-1, (estimate + 1e-9, 1 - 1e-9))]
        ]
        test = mcnemar([[0, only_first], [only_second, 0]], exact=False, correction=False)
        yield {
            "onlyFirst": only_first,
            "onlySecond": only_second,
            "examples": examples,
            "interval": ends,
            "significant": bool(only_first + only_second > 0 and test.pvalue < 0.05),
        }


def classification(truth, predicted, classes):
    labels = list(range(classes))
    precision, recall, f1, support = precision_recall_fscore_support(
        truth, predicted, labels=labels, zero_division=np.nan
    )
    # A class with examples that nothing was taken for has found none of them: no excuse for its precision.
    precision = np.where(np.isnan(precision) & (support > 0), 0, precision)
    return {
        "truth": truth,
        "predicted": predicted,
        "classes": classes,
        "accuracy": float(accuracy_score(truth, predicted)),
        "confusion": confusion_matrix(truth, predicted, labels=labels).tolist(),
        "precision": numbers(precision),
        "recall": numbers(recall),
        "f1": numbers(f1),
        "support": support.tolist(),
        "macro": numbers([np.nanmean(precision), np.nanmean(recall), np.nanmean(f1)]),
    }


def numbers(values):
    """null for what is not defined."""
    return [None if math.isnan(value) else float(value) for value in values]


def classifications():
    truth = random.integers(0, 4, 60)
    predicted = np.where(random.random(60) < 0.7, truth, random.integers(0, 4, 60))
    yield classification(truth.tolist(), predicted.tolist(), 4)
    yield classification([0, 0, 1, 1, 1], [0, 0, 0, 0, 0], 3)
    yield classification([0, 1], [0, 1], 2)


def cross_entropy():
    logits = random.normal(0, 2, (20, 3))
    probabilities = (np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)).astype(np.float32)
    truth = random.integers(0, 3, 20)
    nats = log_loss(truth, probabilities.astype(np.float64), labels=[0, 1, 2])
    return {"probabilities": probabilities.tolist(), "truth": truth.tolist(), "nats": float(nats)}


expected = {
    "versions": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "sklearn": sklearn.__version__},
    "wilson": list(wilson()),
    "student": list(student()),
    "pairedSeeds": list(paired_seeds()),
    "pairedExamples": list(paired_examples()),
    "classifications": list(classifications()),
    "crossEntropy": cross_entropy(),
}
Path(__file__).with_name("expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")
