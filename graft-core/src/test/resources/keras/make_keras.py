"""Makes the Keras files of this folder: the digits CNN with seeded weights, as two generations of Keras save it.

    python -m venv two && two/bin/pip install tensorflow-cpu==2.15.1
    two/bin/python make_keras.py 2        writes keras2.h5.gz, keras2.weights.h5.gz and expected.json
    python -m venv three && three/bin/pip install keras==3.15.1 jax==0.10.2 h5py==3.16.0 scipy
    KERAS_BACKEND=jax three/bin/python make_keras.py 3        writes keras3.h5.gz and keras3.weights.h5.gz

Most weights are zero, so that the files are small when they are compressed. The layers' names are none that say their
order. expected.json holds the logits for four images, whose pixel in row y and column x of image n is
((7 x + 13 y + 29 n) mod 17) / 16. Graft's tests read these files and need no Python.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np

if sys.argv[1] == "2":
    from tensorflow import keras
else:
    import keras

HERE = Path(__file__).parent


def model(names):
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu", name=names[0]),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu", name=names[1]),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(64, activation="relu", name=names[2]),
            layers.Dropout(0.5),
            layers.Dense(10, name=names[3]),
        ]
    )


def seeded(shapes):
    random = np.random.default_rng(11)
    scales = [0.25, 0.1, 0.15, 0.1, 0.1, 0.1, 0.3, 0.1]
    for shape, scale in zip(shapes, scales):
        signs = random.integers(-1, 2, shape)
        kept = random.random(shape) < (0.06 if np.prod(shape) > 10_000 else 0.5)
        yield (signs * kept * scale).astype(np.float32)


def pack(path):
    (HERE / (path.name + ".gz")).write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    path.unlink()


def main():
    generation = sys.argv[1]
    network = model(("zeta", "eta", "theta", "alpha"))
    network.set_weights(list(seeded([w.shape for w in network.get_weights()])))
    plain = HERE / f"keras{generation}.h5"
    numbered = HERE / f"keras{generation}.weights.h5"
    network.save(plain)
    network.save_weights(numbered)
    pack(plain)
    pack(numbered)
    n, y, x = np.ogrid[:4, :28, :28]
    images = (((7 * x + 13 * y + 29 * n) % 17) / 16).astype(np.float32)[..., None]
    logits = network.predict(images, verbose=0)
    if generation == "2":
        (HERE / "expected.json").write_text(json.dumps({"logits": [float(v) for v in logits.ravel()]}) + "\n")
    else:
        expected = json.loads((HERE / "expected.json").read_text())["logits"]
        assert np.allclose(logits.ravel(), expected, atol=1e-5), "the two generations disagree"


if __name__ == "__main__":
    main()
