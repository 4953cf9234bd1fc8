"""Makes scores.json: transferability scores of drawn features, from the formulas of the papers, by NumPy and scikit-learn.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python make_scores.py

LogME is computed as its paper writes it, with the posterior's whole matrix A and no singular values (You et al. 2021,
arXiv 2102.11005, section 4); rounds, tolerance and the smallest denominator are those of the authors' release, thuml/LogME,
which gives the same numbers to 1e-10 wherever F'F has full rank. Where it has not, the release's faster version leaves the
zero eigenvalues out of log |A|; the paper and the release's first version do not, and that one agrees everywhere. LEEP is Nguyen et al. 2020 (arXiv 2002.12462), the H-score is Bao et al. 2019 with
scikit-learn's Ledoit-Wolf covariance as in Ibrahim et al. 2021 (arXiv 2110.06893). The Java tests read the JSON only.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.covariance import LedoitWolf

random = np.random.default_rng(11)


def logme(f, y, classes):
    n, d = f.shape
    scores = []
    for c in sorted(set(y.tolist())):
        t = (y == c).astype(float)
        alpha = beta = 1.0
        for _ in range(11):
            ratio = alpha / beta
            a = alpha * np.eye(d) + beta * f.T @ f
            m = beta * np.linalg.solve(a, f.T @ t)
            gamma = np.trace(np.linalg.solve(a, beta * f.T @ f))
            m2, residual = m @ m, np.sum((f @ m - t) ** 2)
            alpha = gamma / (m2 + 1e-5)
            beta = (n - gamma) / (residual + 1e-5)
            if abs(alpha / beta - ratio) / ratio <= 1e-3:
                break
        sign, determinant = np.linalg.slogdet(alpha * np.eye(d) + beta * f.T @ f)
        assert sign == 1
        evidence = (d * np.log(alpha) + n * np.log(beta) - n * np.log(2 * np.pi) - determinant) / 2
        scores.append((evidence - beta * residual / 2 - alpha * m2 / 2) / n)
    return float(np.mean(scores))


def h_score(f, y):
    f = f - f.mean(axis=0)
    fitted = LedoitWolf(assume_centered=True).fit(f)
    g = np.zeros_like(f)
    for c in set(y.tolist()):
        g[y == c] = f[y == c].mean(axis=0)
    between = g.T @ g / len(g)
    score = np.trace(np.linalg.pinv(fitted.covariance_, rcond=1e-12) @ ((1 - fitted.shrinkage_) * between))
    return float(score), float(fitted.shrinkage_)


def leep(theta, y, classes):
    joint = np.array([theta[y == c].sum(axis=0) for c in range(classes)]) / len(y)
    conditional = joint / np.maximum(joint.sum(axis=0), 1e-300)
    return float(np.mean(np.log(np.sum(conditional[y] * theta, axis=1))))


def softmax(logits):
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def rounded(array, digits):
    return np.round(array, digits).astype(np.float32)


def case(name, f, y, classes, source_classes=7):
    f, y = rounded(f, 2), np.asarray(y)
    theta = rounded(softmax(random.normal(0, 1.5, (len(y), source_classes)) + 2 * np.eye(classes, source_classes)[y]), 4)
    score, shrinkage = h_score(f.astype(float), y)
    return {
        "name": name,
        "width": f.shape[1],
        "classes": classes,
        "labels": y.tolist(),
        "features": [float(f"{v:.2f}") for v in f.ravel()],
        "sourceClasses": source_classes,
        "probabilities": [float(f"{v:.4f}") for v in theta.ravel()],
        "logMe": logme(f.astype(float), y, classes),
        "hScore": score,
        "shrinkage": shrinkage,
        "leep": leep(theta.astype(float), y, classes),
    }


def draw(n, d, classes, signal, positive=False):
    y = np.arange(n) % classes
    f = random.normal(0, 1, (classes, d))[y] * signal + random.normal(0, 1, (n, d)) @ np.diag(random.uniform(0.2, 2, d))
    return (np.maximum(f, 0) if positive else f), y


def cases():
    yield case("more rows than features, 2 classes", *draw(60, 8, 2, 1), 2)
    yield case("more rows than features, 10 classes", *draw(90, 12, 10, 1, True), 10)
    yield case("fewer rows than features, 2 classes", *draw(17, 30, 2, 1, True), 2)
    yield case("fewer rows than features, 10 classes", *draw(30, 41, 10, 0.7), 10)
    yield case("as many rows as features", *draw(20, 20, 4, 1), 4)
    yield case("features that say nothing", *draw(50, 6, 3, 0), 3)
    yield case("one feature", *draw(21, 1, 2, 1), 2)
    f, y = draw(40, 6, 3, 1)
    f[:, 2] = 3.5
    yield case("a constant feature", f, y, 3)
    f[:, 4] = 0
    yield case("a constant feature and one that is zero", f, y, 3)
    f, y = draw(12, 7, 3, 1)
    yield case("every row three times", np.tile(f, (3, 1)), np.tile(y, 3), 3)
    f, y = draw(6, 9, 2, 1)
    yield case("rows repeated, and fewer than features", np.tile(f, (3, 1))[:8], np.tile(y, 3)[:8], 2)
    f, y = draw(30, 5, 3, 1)
    f[:, 3] = f[:, 0] * 2
    yield case("a feature that another one implies", f, y, 3)
    yield case("a class without rows", *draw(30, 5, 3, 1), 5)
    f = np.array([[1.0, 2.0, -1.0], [3.0, 1.0, 0.5]])[np.arange(8) % 2]
    yield case("two points, four times each", f, np.arange(8) % 2, 2)
    f, y = draw(40, 6, 3, 3)
    yield case("large values", f * 1000, y, 3)


if __name__ == "__main__":
    Path(__file__).with_name("scores.json").write_text(
        "[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases()) + "\n]\n"
    )
