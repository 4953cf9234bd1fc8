"""Writes preprocessing.json: what torchvision's transforms make of pseudo-random pictures.

    pip install torch==2.15.0 torchvision==0.29.2 pillow==13.0.0 numpy && python make_preprocessing.py

Resize, CenterCrop, ToTensor and Normalize with ImageNet's statistics, as the recipes beside ImageNet weights have them.
The input is not stored: it is made as in make_resize.py, then smoothed by averaging four neighbours, so that it looks
more like a picture than noise does. Values are (height, width, channels).
"""

import json
import pathlib

import numpy
from PIL import Image
from torchvision import transforms

from make_resize import samples

CASES = [  # height, width, channels, shorter side (0: stretched), size, interpolation
    (40, 61, 3, 16, 14, "bilinear"),
    (61, 40, 3, 16, 14, "bicubic"),
    (33, 50, 3, 17, 12, "bilinear"),
    (50, 33, 3, 18, 13, "bicubic"),
    (31, 31, 3, 14, 14, "bilinear"),
    (16, 23, 3, 16, 12, "bicubic"),
    (9, 7, 3, 20, 12, "bicubic"),
    (30, 41, 1, 16, 12, "bilinear"),
    (45, 37, 3, 0, 12, "bilinear"),
    (45, 37, 3, 0, 12, "bicubic"),
]
NORMALIZE = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


def picture(height, width, channels, seed):
    noise = numpy.array(samples((height + 1) * (width + 1) * channels, seed)).reshape(height + 1, width + 1, channels)
    smooth = (noise[:-1, :-1] + noise[1:, :-1] + noise[:-1, 1:] + noise[1:, 1:]) // 4
    pixels = smooth.astype(numpy.uint8)
    return Image.fromarray(pixels[:, :, 0] if channels == 1 else pixels).convert("RGB")


cases = []
for seed, (height, width, channels, shorter, size, name) in enumerate(CASES, start=1):
    method = transforms.InterpolationMode(name)
    steps = (
        [transforms.Resize(shorter, method), transforms.CenterCrop(size)]
        if shorter
        else [transforms.Resize((size, size), method)]
    )
    prepare = transforms.Compose([*steps, transforms.ToTensor(), NORMALIZE])
    values = prepare(picture(height, width, channels, seed)).permute(1, 2, 0).reshape(-1).tolist()
    keys = ("height", "width", "channels", "shorterSide", "size", "interpolation")
    case = dict(zip(keys, (height, width, channels, shorter, size, name)), seed=seed)
    cases.append(dict(case, values=[round(value, 3) for value in values]))
pathlib.Path(__file__).with_name("preprocessing.json").write_text(
    "[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n"
)
