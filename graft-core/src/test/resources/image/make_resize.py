"""Writes resize.json: what Pillow's antialiased bilinear and bicubic filters make of pseudo-random float images.

    pip install pillow==13.0.0 numpy && python make_resize.py

Mode "F" keeps floats, so that only the filter is compared and not Pillow's rounding to 8 bits. What
bicubic overshoots is clipped here as Pillow clips it for 8 bits: after each of its two passes, horizontal first.
The input is not stored: sample i of a case is the top byte of a linear congruential generator (Numerical Recipes).
"""

import json
import pathlib

import numpy
from PIL import Image

CASES = [  # height, width, channels, new height, new width
    (56, 56, 1, 28, 28),
    (61, 47, 1, 28, 28),
    (28, 28, 1, 61, 47),
    (33, 90, 3, 28, 28),
    (7, 5, 3, 32, 32),
    (3, 200, 1, 28, 5),
    (200, 3, 3, 5, 28),
    (1, 1, 1, 6, 7),
    (1, 9, 3, 4, 4),
    (28, 40, 1, 28, 28),
    (40, 28, 1, 28, 28),
    (2, 2, 1, 3, 3),
]


def samples(count, seed):
    state, values = seed, []
    for _ in range(count):
        state = (1664525 * state + 1013904223) % 2**32
        values.append(state >> 24)
    return values


def one(plane, new_height, new_width, method):
    picture = Image.fromarray(plane)
    for size in ((new_width, plane.shape[0]), (new_width, new_height)):
        picture = Image.fromarray(numpy.clip(numpy.asarray(picture.resize(size, method)), 0, 255))
    return numpy.asarray(picture)


def resized(height, width, channels, new_height, new_width, seed, method):
    pixels = numpy.array(samples(height * width * channels, seed), numpy.float32)
    planes = pixels.reshape(height, width, channels)
    made = [
        one(planes[:, :, c], new_height, new_width, method)
        for c in range(channels)
    ]
    return numpy.stack(made, axis=2).reshape(-1)


if __name__ == "__main__":
    cases = []
    for method in (Image.Resampling.BILINEAR, Image.Resampling.BICUBIC):
        for seed, case in enumerate(CASES, start=1):
            values = [round(float(value), 3) for value in resized(*case, seed, method)]
            keys = ("height", "width", "channels", "newHeight", "newWidth")
            cases.append(dict(zip(keys, case), seed=seed, filter=method.name, values=values))
    pathlib.Path(__file__).with_name("resize.json").write_text(
        "[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n"
    )
