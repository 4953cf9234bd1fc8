"""Makes the reference files beside it: what PyTorch and scikit-learn say about the same networks and numbers.

    pip install torch==2.15.0 numpy==2.4.6 safetensors==0.8.0 scikit-learn==1.9.1
    python make_reference.py

Everything is computed in float64 and written as float32. The Java tests read the files only.
"""

import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

HERE = Path(__file__).parent
torch.set_default_dtype(torch.float64)
random = np.random.default_rng(20240607)


def draw(*shape, scale=1.0, offset=0.0):
    """Random numbers that float32 holds exactly, so that both sides start from the same bits."""
    values = (random.standard_normal(shape) * scale + offset).astype(np.float32)
    return torch.tensor(values.astype(np.float64))


def write(name, tensors):
    arrays = {key: np.ascontiguousarray(value.detach().numpy().astype(np.float32)) for key, value in tensors.items()}
    save_file(arrays, HERE / name)


def pooled(activation):
    """Features of one cut by pooling: mean, max and population standard deviation over height and width."""
    if activation.dim() == 2:
        return {"none": activation}
    mean, high = activation.mean((2, 3)), activation.amax((2, 3))
    std = activation.std((2, 3), correction=0)
    return {
        "none": activation.flatten(1),  # channels outermost
        "mean": mean,
        "max": high,
        "mean+max": torch.cat([mean, high], 1),
        "mean+max+std": torch.cat([mean, high, std], 1),
    }


def rows(images):
    """(batch, channels, height, width) as Graft's rows: (batch, height, width, channels)."""
    return images.permute(0, 2, 3, 1).flatten(1)


def cuts(activations):
    found = {}
    for stage, activation in activations.items():
        found |= {f"cut.{stage}.{pooling}": value for pooling, value in pooled(activation).items()}
    return found


def digits_cnn():
    w = {
        "conv1.weight": draw(32, 1, 3, 3, scale=0.4),
        "conv1.bias": draw(32, scale=0.2),
        "conv2.weight": draw(64, 32, 3, 3, scale=0.08),
        "conv2.bias": draw(64, scale=0.2),
        "dense.weight": draw(64, 1600, scale=0.03),
        "dense.bias": draw(64, scale=0.2),
        "logits.weight": draw(10, 64, scale=0.15),
        "logits.bias": draw(10, scale=0.2),
    }
    images = torch.tensor(random.uniform(0, 1, (3, 1, 28, 28)).astype(np.float32).astype(np.float64))
    stages = {}
    stages["conv1"] = F.relu(F.conv2d(images, w["conv1.weight"], w["conv1.bias"]))
    stages["pool1"] = F.max_pool2d(stages["conv1"], 2)
    stages["conv2"] = F.relu(F.conv2d(stages["pool1"], w["conv2.weight"], w["conv2.bias"]))
    stages["pool2"] = F.max_pool2d(stages["conv2"], 2)
    stages["flatten"] = stages["pool2"].flatten(1)
    stages["dense"] = F.relu(F.linear(stages["flatten"], w["dense.weight"], w["dense.bias"]))
    stages["logits"] = F.linear(stages["dense"], w["logits.weight"], w["logits.bias"])
    expected = cuts({stage: stages[stage] for stage in ("conv1", "pool1", "conv2", "pool2", "flatten", "dense")})
    write("digits-cnn-weights.safetensors", w)
    write("digits-cnn-expected.safetensors", expected | {"input": rows(images), "logits": stages["logits"]})


def norm_names(name):
    return [f"{name}.{part}" for part in ("weight", "bias", "running_mean", "running_var")]


def residual_weights():
    w = {}

    def conv(name, out, into, kernel):
        w[f"{name}.weight"] = draw(out, into, kernel, kernel, scale=1 / math.sqrt(into * kernel * kernel))

    def norm(name, channels):
        w[f"{name}.weight"] = draw(channels, scale=0.2, offset=1)
        w[f"{name}.bias"] = draw(channels, scale=0.2)
        w[f"{name}.running_mean"] = draw(channels, scale=0.2)
        w[f"{name}.running_var"] = draw(channels, scale=0.1, offset=1).abs()

    conv("stem.conv", 6, 3, 3)
    norm("stem.norm", 6)
    conv("block1.conv1", 6, 6, 3)
    norm("block1.norm1", 6)
    conv("block1.conv2", 6, 6, 3)
    norm("block1.norm2", 6)
    conv("block2.conv1", 8, 6, 3)
    norm("block2.norm1", 8)
    conv("block2.conv2", 8, 8, 3)
    norm("block2.norm2", 8)
    conv("block2.down", 8, 6, 1)
    norm("block2.downnorm", 8)
    w["logits.weight"] = draw(3, 8, scale=0.5)
    w["logits.bias"] = draw(3, scale=0.2)
    return w


def residual_forward(w, images, training):
    """The stages' outputs; in training the running statistics in w move, as PyTorch moves them."""

    def norm(name, x):
        weight, bias, mean, var = (w[part] for part in norm_names(name))
        return F.batch_norm(x, mean, var, weight, bias, training, 0.1, 1e-5)

    def conv(name, x, **options):
        return F.conv2d(x, w[f"{name}.weight"], **options)

    stages = {}
    x = F.max_pool2d(F.relu(norm("stem.norm", conv("stem.conv", images, padding=1))), 2)
    stages["stem"] = x
    body = F.relu(norm("block1.norm1", conv("block1.conv1", x, padding=1)))
    body = norm("block1.norm2", conv("block1.conv2", body, padding=1))
    x = F.relu(body + x)
    stages["block1"] = x
    body = F.relu(norm("block2.norm1", conv("block2.conv1", x, padding=1, stride=2)))
    body = norm("block2.norm2", conv("block2.conv2", body, padding=1))
    x = F.relu(body + norm("block2.downnorm", conv("block2.down", x, stride=2)))
    stages["block2"] = x
    stages["pool"] = x.mean((2, 3))
    stages["logits"] = F.linear(stages["pool"], w["logits.weight"], w["logits.bias"])
    return stages


BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-7


def train(w, images, labels, steps, rate, decay=0.0, decoupled=False, clip=math.inf):
    """Adam as Graft documents it; only kernels and matrices decay."""
    w = {name: value.clone() for name, value in w.items()}
    learned = [name for name in w if "running" not in name]
    moments = {name: (torch.zeros_like(w[name]), torch.zeros_like(w[name])) for name in learned}
    losses, snapshots, batch = [], {}, len(labels) // 2
    for step in range(1, steps + 1):
        for name in learned:
            w[name] = w[name].detach().requires_grad_()
        half = slice(0, batch) if step % 2 else slice(batch, None)
        logits = residual_forward(w, images[half], True)["logits"]
        loss = F.cross_entropy(logits, labels[half])
        gradients = torch.autograd.grad(loss, [w[name] for name in learned])
        losses.append(loss.item())
        norm = math.sqrt(sum((g * g).sum().item() for g in gradients))
        factor = min(1.0, clip / norm)
        with torch.no_grad():
            for name, gradient in zip(learned, gradients):
                decays = decay if w[name].dim() > 1 else 0.0
                weight, gradient = w[name].detach(), gradient * factor
                if decoupled:
                    weight = weight - rate * decays * weight
                else:
                    gradient = gradient + decays * weight
                m, v = moments[name]
                m = BETA1 * m + (1 - BETA1) * gradient
                v = BETA2 * v + (1 - BETA2) * gradient * gradient
                moments[name] = (m, v)
                corrected = rate * math.sqrt(1 - BETA2**step) / (1 - BETA1**step)
                w[name] = weight - corrected * m / (v.sqrt() + EPSILON)
        if step in (1, 5):
            snapshots |= {f"step{step}.{name}": value.detach().clone() for name, value in w.items()}
    return snapshots | {"losses": torch.tensor(losses)}


def residual():
    w = residual_weights()
    images = draw(12, 3, 12, 12)
    labels = torch.tensor(random.integers(0, 3, 12))
    stages = residual_forward(w, images, False)
    expected = cuts({stage: stages[stage] for stage in ("stem", "block1", "block2", "pool")})
    expected |= {"input": rows(images), "labels": labels, "logits": stages["logits"]}
    write("residual-weights.safetensors", w)
    write("residual-expected.safetensors", expected)
    trained = {
        "adam": train(w, images, labels, 5, 0.002),
        "adam-l2": train(w, images, labels, 5, 0.002, decay=0.2),
        "adamw": train(w, images, labels, 5, 0.002, decay=2.0, decoupled=True),
        # Adam does not feel the gradient's size, unless it is next to epsilon: the decay makes clipping visible.
        "clipped": train(w, images, labels, 5, 0.002, decay=0.2, clip=0.1),
    }
    everything = {}
    for name, values in trained.items():
        everything |= {f"{name}.{key}": value for key, value in values.items()}
    write("residual-trained.safetensors", everything)


def regression(classes, penalty):
    rows_, width = 60, 5
    scale, offset = np.array([1, 100, 0.01, 3, 0]), np.array([0, -500, 2, 10, 7])
    features = (random.standard_normal((rows_, width)) * scale + offset).astype(np.float32)
    noise = random.standard_normal((rows_, classes)) * 0.7
    standard = (features.astype(np.float64) - offset) / np.where(scale == 0, 1, scale)
    labels = np.argmax(standard @ random.standard_normal((width, classes)) + noise, axis=1)
    scaler = StandardScaler().fit(features.astype(np.float64))
    model = LogisticRegression(C=1 / penalty, tol=1e-12, max_iter=100000)
    model.fit(scaler.transform(features.astype(np.float64)), labels)
    weights = model.coef_ / scaler.scale_
    biases = model.intercept_ - weights @ scaler.mean_
    return {
        "classes": classes,
        "penalty": penalty,
        "width": width,
        "features": features.flatten().tolist(),
        "labels": labels.tolist(),
        "scale": scaler.scale_.tolist(),
        "weights": weights.flatten().tolist(),
        "biases": biases.tolist(),
        "probabilities": model.predict_proba(scaler.transform(features.astype(np.float64))).flatten().tolist(),
    }


def cross_entropy(width):
    extremes = [[0.0] * max(1, width), [1e4] + [-1e4] * (width - 1), [-1e4] + [1e4] * (width - 1), [88.8] * width]
    usual = random.standard_normal((6, width)) * 3
    logits = np.vstack([np.array(extremes), usual, np.full((1, width), 3e38), [[-3e38] * width]]).astype(np.float32)
    labels = random.integers(0, max(2, width), len(logits))
    z = torch.tensor(logits.astype(np.float64), requires_grad=True)
    target = torch.tensor(labels)
    if width == 1:
        losses = F.binary_cross_entropy_with_logits(z[:, 0], target.double(), reduction="none")
    else:
        losses = F.cross_entropy(z, target, reduction="none")
    losses.mean().backward()
    return {
        "width": width,
        "logits": logits.astype(np.float64).flatten().tolist(),
        "labels": labels.tolist(),
        "losses": losses.tolist(),
        "gradient": z.grad.flatten().tolist(),
    }


digits_cnn()
residual()
numbers = {
    "regressions": [regression(2, 1.0), regression(2, 0.05), regression(4, 1.0), regression(3, 10.0)],
    "crossEntropies": [cross_entropy(1), cross_entropy(2), cross_entropy(5)],
}
(HERE / "optimization.json").write_text(json.dumps(numbers) + "\n")
