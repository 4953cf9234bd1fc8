"""Writes the WebP files of the folder webp, and into expected/webp what libwebp reads of them, transparent parts over black.

    pip install pillow==13.0.0 numpy==2.4.6 webp==0.4.0 && python make_webp.py

Lossy ones are of every size around the 16 pixels of a macroblock and of every strength of the loop filter; lossless ones go
through every transform. Chunks that Pillow does not write are put together here.
"""

import io
import pathlib
import shutil
import struct

import numpy as np
import webp
from PIL import Image

HERE = pathlib.Path(__file__).parent
FOLDER, EXPECTED = HERE / "webp", HERE / "expected" / "webp"
random = np.random.default_rng(3)


def picture(kind, height, width):
    y, x = np.mgrid[0:height, 0:width]
    if kind == "noise":
        return random.integers(0, 256, (height, width, 3), dtype=np.uint8)
    if kind == "smooth":
        return np.stack([(40 + 5 * x) % 256, (230 - 3 * y) % 256, (20 + 3 * x + 2 * y) % 256], 2).astype(np.uint8)
    if kind == "edges":
        pixels = np.zeros((height, width, 3), np.uint8)
        pixels[(x // 3 + y // 2) % 2 == 0] = (255, 0, 0)
        pixels[(x // 5) % 3 == 1] = (0, 0, 255)
        return pixels
    coarse = random.integers(0, 256, ((height + 7) // 8, (width + 7) // 8, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))


def over_black(colors, alpha):
    return ((colors.astype(int) * alpha.astype(int)[:, :, None] * 2 + 255) // 510).astype(np.uint8)


def reread(name):
    pixels = np.asarray(Image.open(FOLDER / name).convert("RGBA"))
    expect(name, over_black(pixels[:, :, :3], pixels[:, :, 3]))


def expect(name, pixels):
    Image.fromarray(pixels).save(EXPECTED / (name + ".png"), optimize=True)


def save(name, pixels, **options):
    Image.fromarray(pixels).save(FOLDER / name, **options)
    reread(name)


def chunks(content):
    place, found = 12, []
    while place + 8 <= len(content):
        kind, length = struct.unpack("<4sI", content[place : place + 8])
        found.append((kind, content[place + 8 : place + 8 + length]))
        place += 8 + length + length % 2
    return found


def encoded(pixels, **options):
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "WEBP", **options)
    return target.getvalue()


def chunk(kind, content):
    return struct.pack("<4sI", kind, len(content)) + content + b"\0" * (len(content) % 2)


def riff(name, *parts):
    body = b"WEBP" + b"".join(parts)
    (FOLDER / name).write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)


def extended(flags, width, height):
    return chunk(b"VP8X", struct.pack("<I", flags) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3])


for folder in (FOLDER, EXPECTED):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

method = 0
for kind in ("noise", "smooth", "edges", "blobs"):
    for height, width in ((1, 1), (2, 1), (1, 2), (3, 5), (16, 16), (17, 33), (40, 31)):
        for quality in (0, 40, 90):
            if (height, width) in ((17, 33), (40, 31)) or quality == 40:
                save(f"lossy-{kind}-{height}x{width}-{quality}.webp", picture(kind, height, width), quality=quality,
                     method=method % 7)
                method += 1
    for height, width, strength in ((1, 1, 6), (3, 5, 0), (33, 29, 3), (40, 70, 6)):
        save(f"lossless-{kind}-{height}x{width}.webp", picture(kind, height, width), lossless=True, method=strength,
             quality=100)
for colors in (1, 2, 3, 4, 5, 16, 17, 256):
    table = random.integers(0, 256, (colors, 4)).astype(np.uint8)
    save(f"lossless-colors-{colors}.webp", table[random.integers(0, colors, (21, 27))], lossless=True, exact=True)
shape = np.dstack([picture("blobs", 31, 45), picture("smooth", 31, 45)[:, :, 0]])
for quality in (0, 40, 100):
    save(f"alpha-{quality}.webp", shape, quality=70, alpha_quality=quality)
save("alpha-lossless.webp", shape, lossless=True, exact=True)

# The simple filter, sharpness, segments and partitions, which Pillow leaves at their defaults.
photo = np.asarray(Image.fromarray(picture("blobs", 12, 10)).resize((70, 90), Image.Resampling.BICUBIC))
photo = (photo.astype(int) + random.integers(-20, 21, photo.shape)).clip(0, 255).astype(np.uint8)
for simple in (0, 1):
    for sharpness in (0, 3, 7):
        for segments, partitions in ((1, 0), (4, 2), (3, 3)):
            config = webp.WebPConfig.new(quality=25)
            config.ptr.filter_type, config.ptr.filter_sharpness, config.ptr.segments = simple, sharpness, segments
            config.ptr.filter_strength, config.ptr.sns_strength = 90, 90
            # Not in the binding, but three numbers behind one that is.
            webp.ffi.addressof(config.ptr[0], "pass")[3] = partitions
            name = f"filter-{simple}-sharpness-{sharpness}-segments-{segments}-partitions-{partitions}.webp"
            data = webp.WebPPicture.from_pil(Image.fromarray(photo)).encode(config)
            (FOLDER / name).write_bytes(bytes(data.buffer()))
            reread(name)

# Opacities without compression, and with each of the filters.
lossy = dict(chunks(encoded(shape[:, :, :3].copy(), quality=70)))[b"VP8 "]
alpha = shape[:, :, 3].astype(int)
for number, name in enumerate(("plain", "horizontal", "vertical", "gradient")):
    predicted = np.zeros_like(alpha)
    predicted[0, 1:] = alpha[0, :-1]
    predicted[1:, 0] = alpha[:-1, 0]
    if number == 1:
        predicted[1:, 1:] = alpha[1:, :-1]
    elif number == 2:
        predicted[1:, 1:] = alpha[:-1, 1:]
    elif number == 3:
        predicted[1:, 1:] = (alpha[1:, :-1] + alpha[:-1, 1:] - alpha[:-1, :-1]).clip(0, 255)
    stored = alpha if number == 0 else (alpha - predicted) % 256
    riff(f"alpha-{name}.webp", extended(0x10, 45, 31),
         chunk(b"ALPH", bytes([number << 2]) + stored.astype(np.uint8).tobytes()), chunk(b"VP8 ", lossy))
    reread(f"alpha-{name}.webp")

# An animation whose first frame covers a part of its canvas.
part = picture("blobs", 15, 21)
frame = dict(chunks(encoded(part, lossless=True)))[b"VP8L"]
place = struct.pack("<I", 3)[:3] + struct.pack("<I", 5)[:3] + struct.pack("<I", 20)[:3] + struct.pack("<I", 14)[:3]
riff("frame-on-canvas.webp", extended(0x02, 50, 40), chunk(b"ANIM", bytes(6)),
     chunk(b"ANMF", place + bytes([100, 0, 0, 0]) + chunk(b"VP8L", frame)),
     chunk(b"ANMF", bytes(6) + place[6:] + bytes([100, 0, 0, 0]) + chunk(b"VP8L", frame)))
canvas = np.zeros((40, 50, 3), np.uint8)
canvas[10:25, 6:27] = part
expect("frame-on-canvas.webp", canvas)
save("animation.webp", picture("blobs", 20, 24), save_all=True, quality=60,
     append_images=[Image.fromarray(picture("noise", 20, 24))])

exif = Image.Exif()
exif[0x0112] = 6
Image.fromarray(picture("smooth", 20, 24)).save(FOLDER / "turned-6.webp", lossless=True, exif=exif)
expect("turned-6.webp", np.ascontiguousarray(np.rot90(picture("smooth", 20, 24), -1)))
save("profile.webp", picture("smooth", 20, 24), lossless=True, icc_profile=b"Adobe RGB (1998)".ljust(128, b"\0"))
