"""Writes into expected/seen what the files of the folder seen must give: images that were once read wrongly.

    pip install pillow==13.0.0 numpy==2.4.6 tifffile==2026.3.3 && python make_seen.py

TIFF files: their first three samples, or the grey one, of 16 bits scaled to 8. The others: what Pillow reads.
"""

import pathlib

import numpy as np
import tifffile
from PIL import Image

HERE = pathlib.Path(__file__).parent
EXPECTED = HERE / "expected" / "seen"
EXPECTED.mkdir(exist_ok=True)
for file in sorted((HERE / "seen").iterdir()):
    if file.suffix == ".tif":
        samples = tifffile.imread(file)
        samples = samples[:, :, :3] if samples.shape[2] > 3 else samples[:, :, 0]
        pixels = samples if samples.dtype == np.uint8 else ((samples.astype(int) * 510 + 65535) // 131070).astype(np.uint8)
    else:
        pixels = np.asarray(Image.open(file).convert("RGB"))
    Image.fromarray(pixels).save(EXPECTED / (file.name + ".png"), optimize=True)
