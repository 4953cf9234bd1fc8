"""Prints what the bundle v1-confidence predicts, from what expected_v1.py printed: logits divided by the temperature.

    pip install numpy==2.4.6 && python expected_v1_confidence.py
"""

import json
import pathlib

import numpy

BUNDLE = pathlib.Path(__file__).parent / "v1-confidence"
RAW = [
    [0.3817380, 0.5767490, 0.0415130],
    [0.4354080, 0.5047283, 0.0598637],
    [0.3784457, 0.5708058, 0.0507486],
]

confidence = json.loads((BUNDLE / "config.json").read_text())["confidence"]
for row in RAW:
    odds = numpy.power(row, 1 / confidence["temperature"])
    shares = odds / odds.sum()
    print(", ".join(f"{share:.7f}f" for share in shares), bool(shares.max() < confidence["threshold"]))
