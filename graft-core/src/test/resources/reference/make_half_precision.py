"""Makes half_precision.json beside it: float32 numbers, and what NumPy makes of them in 16 bits.

    pip install numpy==2.4.6
    python make_half_precision.py

All bit patterns are written as integers.
"""

import json
from pathlib import Path

import numpy as np

random = np.random.default_rng(38)
every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
finite = np.sort(every[np.isfinite(every)].astype(np.float32))
# Halfway between neighbours, and one bit of float32 to either side of it.
middle = random.choice(((finite[:-1].astype(np.float64) + finite[1:]) / 2).astype(np.float32), 400)
values = np.concatenate(
    [
        np.array([0.0, -0.0, 1.0, -1.0, 0.1, 65503.0, 65504.0, 65519.0, -65519.0, 5.9e-8, 2.9e-8, 3.0e-8, 1e-30], np.float32),
        middle,
        np.nextafter(middle, np.float32(np.inf)),
        np.nextafter(middle, np.float32(-np.inf)),
        random.standard_normal(400).astype(np.float32),
        (random.standard_normal(400) * 10.0 ** random.uniform(-9, 4, 400)).astype(np.float32),
    ]
)
values = values[np.abs(values) < 65520]
Path(__file__).with_name("half_precision.json").write_text(
    json.dumps(
        {
            "float32": values.view(np.uint32).tolist(),
            "float16": values.astype(np.float16).view(np.uint16).tolist(),
        }
    )
)
