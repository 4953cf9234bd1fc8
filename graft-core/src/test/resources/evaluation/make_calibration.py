"""Makes calibration.json: temperatures, calibration errors and thresholds of drawn predictions, by NumPy and SciPy.

    pip install numpy==2.4.6 scipy==1.17.1
    python make_calibration.py

The Java tests read the JSON only. The temperature is found on the logits themselves, which Graft does not see.
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

random = np.random.default_rng(7)


def draw(examples, classes, honest, scale):
    """Logits whose softmax is right as often as it says once they are divided by scale; and true labels."""
    logits = random.normal(0, honest, (examples, classes))
    truth = [int(random.choice(classes, p=row)) for row in softmax(logits, axis=1)]
    return logits * scale, np.array(truth)


def one_logit(examples, honest, scale):
    """A head with a single logit for two classes: 0 stands for the other."""
    logits = random.normal(0, honest, (examples, 1))
    truth = (random.random((examples, 1)) < 1 / (1 + np.exp(-logits))).astype(int)[:, 0]
    return np.concatenate([np.zeros((examples, 1)), logits * scale], axis=1), truth


def loss(logits, truth, temperature):
    return float(-log_softmax(logits / temperature, axis=1)[np.arange(len(truth)), truth].mean())


def ece(probabilities, truth, bins=15):
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == truth
    total, rows = 0.0, []
    for low, high in zip(np.arange(bins) / bins, (np.arange(bins) + 1) / bins):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            gap = abs(confidence[inside].mean() - right[inside].mean())
            total += inside.mean() * gap
            rows.append([int(inside.sum()), float(confidence[inside].mean()), float(right[inside].mean())])
    return float(total), rows


def threshold(probabilities, share=0.05):
    confidence = probabilities.max(axis=1)
    steps = [step / 10_000 for step in range(1, 10_000)]
    return max((t for t in steps if (confidence < t).mean() <= share), default=steps[0])


def case(name, validation, test):
    fitted = minimize_scalar(
        lambda log_t: loss(*validation, np.exp(log_t)), bounds=(-3, 3), method="bounded", options={"xatol": 1e-10}
    )
    t = float(np.exp(fitted.x))
    single = lambda logits: softmax(logits, axis=1).astype(np.float32)
    before, after = single(test[0]).astype(float), softmax(test[0] / t, axis=1)
    limit = threshold(softmax(validation[0] / t, axis=1))
    accepted = after.max(axis=1) >= limit
    right = after.argmax(axis=1) == test[1]
    return {
        "name": name,
        "validation": [[float(f"{p:.9g}") for p in row] for row in single(validation[0])],
        "validationTruth": validation[1].tolist(),
        "test": [[float(f"{p:.9g}") for p in row] for row in single(test[0])],
        "testTruth": test[1].tolist(),
        "temperature": t,
        "lossBefore": loss(*test, 1),
        "lossAfter": loss(*test, t),
        "eceBefore": ece(before, test[1])[0],
        "eceAfter": ece(after, test[1])[0],
        "binsBefore": ece(before, test[1])[1],
        "binsAfter": ece(after, test[1])[1],
        "threshold": limit,
        "refused": int((~accepted).sum()),
        "acceptedAccuracy": float(right[accepted].mean()),
    }


cases = [
    case("three classes, far too sure", draw(80, 3, 2, 3), draw(120, 3, 2, 3)),
    case("five classes, not sure enough", draw(60, 5, 2, 0.4), draw(60, 5, 2, 0.4)),
    case("one logit for two classes, too sure", one_logit(80, 2, 2.5), one_logit(120, 2, 2.5)),
]
written = {"versions": {"numpy": np.__version__, "scipy": scipy.__version__}, "cases": cases}
Path(__file__).with_name("calibration.json").write_text(json.dumps(written, separators=(",", ":")) + "\n")
