"""Makes reference.json: what other programs find in random vectors. Made with scikit-learn 1.9.1 and cleanlab 2.9.0."""
import json
import numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from sklearn.cluster import KMeans
from sklearn.metrics import average_precision_score
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(7)
n, d, k = 60, 6, 4
centers = rng.normal(size=(k, d))
groups = rng.integers(0, k, n)
vectors = (centers[groups] + 0.25 * rng.normal(size=(n, d))).astype(np.float32)
unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

distances, indexes = NearestNeighbors(n_neighbors=6, metric="cosine", algorithm="brute").fit(unit).kneighbors(unit)
means = KMeans(k, n_init=20, random_state=1).fit(unit)

# The typical example of each cluster: the smallest mean distance to its 20 nearest neighbours in the cluster.
typical = []
for c in sorted(range(k), key=lambda c: -(means.labels_ == c).sum()):
    own = np.flatnonzero(means.labels_ == c)
    neighbors = min(21, len(own))
    far, _ = NearestNeighbors(n_neighbors=neighbors).fit(unit[own]).kneighbors(unit[own])
    typical.append(int(own[far[:, 1:].mean(axis=1).argmin()]))

classes = 3
labels = rng.integers(0, classes, n)
logits = 1.5 * rng.normal(size=(n, classes)) + 1.5 * np.eye(classes)[labels]
p = (np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)).astype(np.float32)
issues = find_label_issues(labels, p, filter_by="confident_learning", return_indices_ranked_by="self_confidence")
wrong = np.zeros(n, bool)
wrong[issues] = True


def scores(method, adjust=False):
    return get_label_quality_scores(labels, p, method=method, adjust_pred_probs=adjust).tolist()


json.dump({
    "vectors": vectors.tolist(),
    "neighbors": indexes[:, 1:].tolist(),
    "similarities": (1 - distances[:, 1:]).tolist(),
    "clusters": k,
    "assigned": means.labels_.tolist(),
    "typical": typical,
    "probabilities": p.tolist(),
    "labels": labels.tolist(),
    "flagged": issues.tolist(),
    "selfConfidence": scores("self_confidence"),
    "normalizedMargin": scores("normalized_margin"),
    "averagePrecision": float(average_precision_score(wrong, -np.array(scores("self_confidence")))),
}, open("reference.json", "w"))
