"""Prints what the bundle v1 predicts for the images of ReleasedBundles.java, computed with NumPy and Pillow alone.

    pip install pillow==13.0.0 numpy && python expected_v1.py
"""

import json
import pathlib
import struct

import numpy
from PIL import Image

BUNDLE = pathlib.Path(__file__).parent / "v1"


def weights():
    content = (BUNDLE / "model.safetensors").read_bytes()
    size = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8 : 8 + size])
    data = content[8 + size :]
    return {
        name: numpy.frombuffer(data[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]).astype(float)
        for name, entry in header.items()
        if name != "__metadata__"
    }


def images():
    index = numpy.arange(28 * 28)
    row, column = index // 28, index % 28
    ramp = (column * 9).astype(float)
    square = numpy.where((row >= 8) & (row < 19) & (column >= 8) & (column < 19), 255.0, 0.0)
    color = (numpy.arange(5 * 9 * 3) * 37 % 256).reshape(5, 9, 3)
    grey = (color @ numpy.array([0.299, 0.587, 0.114])).astype(numpy.float32)
    resized = Image.fromarray(grey).resize((28, 28), Image.Resampling.BILINEAR)
    return [ramp.reshape(28, 28), square.reshape(28, 28), numpy.asarray(resized, float)]


tensors = weights()
for image in images():
    windows = numpy.lib.stride_tricks.sliding_window_view(image / 255, (3, 3))
    maps = numpy.einsum("ijkl,ckl->cij", windows, tensors["conv1.weight"][:, 0])
    maps = numpy.maximum(maps + tensors["conv1.bias"][:, None, None], 0).reshape(32, -1)
    features = numpy.concatenate([maps.mean(1), maps.max(1), maps.std(1)])
    logits = tensors["head.logits.weight"] @ features + tensors["head.logits.bias"]
    odds = numpy.exp(logits - logits.max())
    print(", ".join(f"{value:.7f}f" for value in odds / odds.sum()))
