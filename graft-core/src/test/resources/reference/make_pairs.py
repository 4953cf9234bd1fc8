"""Makes pairs.json beside it: what PyTorch says about the squared error of the cosine similarity of all pairs of a batch.

    pip install torch==2.15.0 numpy==2.4.6
    python make_pairs.py

Computed in float64 from numbers that float32 holds exactly. Every pair goes through torch.nn.CosineSimilarity by itself; pairs of
one class have target 1 and count a half together, pairs of two classes have target 0 and count the other half. With class
weights, a pair counts as the product of its two.
"""

import itertools
import json
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).parent
torch.set_default_dtype(torch.float64)
random = np.random.default_rng(20221)


def draw(*shape, scale=1.0):
    return torch.tensor((random.standard_normal(shape) * scale).astype(np.float32).astype(np.float64))


def loss(features, labels, weights):
    cosine = torch.nn.CosineSimilarity(dim=0)
    kinds = {True: [], False: []}
    for i, j in itertools.combinations(range(len(labels)), 2):
        same = labels[i] == labels[j]
        error = (cosine(features[i], features[j]) - (1.0 if same else 0.0)) ** 2
        kinds[same].append((weights[labels[i]] * weights[labels[j]], error))
    means = [sum(w * e for w, e in kind) / sum(w for w, _ in kind) for kind in kinds.values() if kind]
    return sum(means) / len(means)


def case(labels, width, weights, scale=1.0):
    features = draw(len(labels), width, scale=scale).requires_grad_()
    plain = loss(features, labels, [1.0] * 9)
    (gradient,) = torch.autograd.grad(loss(features, labels, weights or [1.0] * 9), features)
    return {
        "width": width,
        "labels": labels,
        "weights": weights,
        "features": features.flatten().tolist(),
        "loss": plain.item(),
        "gradient": gradient.flatten().tolist(),
    }


def training():
    """Three steps of Adam (the last formula of section 2 of the paper) on two dense layers, all 20 examples in each batch."""
    labels = [i * 5 % 3 for i in range(20)]
    inputs = draw(20, 6)
    start = {"one.weight": draw(8, 6), "one.bias": draw(8), "two.weight": draw(5, 8), "two.bias": draw(5)}
    now = {name: value.clone().requires_grad_() for name, value in start.items()}
    moments = {name: (torch.zeros_like(value), torch.zeros_like(value)) for name, value in start.items()}
    losses = []
    for step in range(1, 4):
        hidden = torch.relu(inputs @ now["one.weight"].T + now["one.bias"])
        value = loss(hidden @ now["two.weight"].T + now["two.bias"], labels, [1.0] * 9)
        losses.append(value.item())
        rate = 0.01 * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
        for name, gradient in zip(now, torch.autograd.grad(value, now.values())):
            first, second = moments[name]
            first.mul_(0.9).add_(0.1 * gradient)
            second.mul_(0.999).add_(0.001 * gradient**2)
            with torch.no_grad():
                now[name].sub_(rate * first / (second.sqrt() + 1e-3))
    return {
        "labels": labels,
        "inputs": inputs.flatten().tolist(),
        "start": {name: value.flatten().tolist() for name, value in start.items()},
        "losses": losses,
        "end": {name: value.detach().flatten().tolist() for name, value in now.items()},
    }


cases = [
    case([0, 1, 0, 1, 1, 0], 5, []),
    case([2, 0, 1, 2, 2, 0, 1], 3, [0.5, 2.0, 1.25]),
    case([1, 1, 1], 4, []),
    case([0, 1, 2], 4, [1.0, 3.0, 0.25], scale=100.0),
]
(HERE / "pairs.json").write_text(json.dumps({"cases": cases, "training": training()}) + "\n")
