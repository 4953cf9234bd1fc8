"""Writes the PNG, BMP, GIF and JPEG files of the folder forms: what each of these formats can do beside the usual.

    pip install pillow==13.0.0 numpy==2.4.6 imagecodecs==2026.3.6 && python make_forms.py

What they must give is in expected/forms, computed from the samples by the formats' definitions, transparent parts over black;
of JPEG files it is what Pillow reads. The folder refused gets what is not read.
"""

import io
import pathlib
import shutil
import struct
import zlib

import imagecodecs
import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent
FOLDER, EXPECTED, REFUSED = HERE / "forms", HERE / "expected" / "forms", HERE / "refused"
HEIGHT, WIDTH = 11, 19

y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
RGB = np.stack([40 + 9 * x, 230 - 17 * y, 20 + 5 * x + 9 * y], 2).clip(0, 255).astype(np.uint8)
RGB16 = (RGB.astype(np.uint16) * 257 - (x % 7)[:, :, None].astype(np.uint16) * 11).astype(np.uint16)
GREY, GREY16 = RGB[:, :, 0], RGB16[:, :, 0]
ALPHA = (x * 14).clip(0, 255).astype(np.uint8)
TABLE = np.stack([np.arange(256), 255 - np.arange(256), np.arange(256) * 3 % 256], 1).astype(np.uint8)
COLORS = TABLE[GREY]


def scaled(samples, largest):
    return ((samples.astype(np.int64) * 510 + largest) // (2 * largest)).astype(np.uint8)


def over_black(colors, alpha):
    return ((colors.astype(int) * alpha.astype(int)[:, :, None] * 2 + 255) // 510).astype(np.uint8)


def expect(name, expected):
    Image.fromarray(expected).save(EXPECTED / (name + ".png"), optimize=True)


for folder in (FOLDER, EXPECTED):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
REFUSED.mkdir(exist_ok=True)


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def png(name, samples, depth, color, expected, extra=b"", interlaced=False):
    samples = samples.reshape(*samples.shape[:2], -1)

    def packed(part):
        lines = b""
        for row in part if part.shape[1] else ():
            if depth == 16:
                line = row.astype(">u2").tobytes()
            elif depth == 8:
                line = row.astype(np.uint8).tobytes()
            else:
                bits = np.unpackbits(row.astype(np.uint8).reshape(-1, 1), axis=1)[:, 8 - depth :]
                line = np.packbits(bits.reshape(-1)).tobytes()
            lines += b"\0" + line
        return lines

    data = b"".join(packed(samples[top::down, left::across]) for left, top, across, down in PASSES) \
        if interlaced else packed(samples)
    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], depth, color, 0, 0, int(interlaced))
    (FOLDER / name).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data))
                                + chunk(b"IEND", b""))
    expect(name, expected)


png("interlaced.png", RGB, 8, 2, RGB, interlaced=True)
png("interlaced16.png", RGB16, 16, 2, scaled(RGB16, 65535), interlaced=True)
png("interlaced-grey16.png", GREY16, 16, 0, scaled(GREY16, 65535), interlaced=True)
png("interlaced-alpha.png", np.dstack([RGB, ALPHA]), 8, 6, over_black(RGB, ALPHA), interlaced=True)
png("grey-alpha.png", np.dstack([GREY, ALPHA]), 8, 4, over_black(GREY[:, :, None], ALPHA)[:, :, 0])
for depth in (1, 2, 4):
    largest = (1 << depth) - 1
    grey = GREY.astype(int) * largest // 255
    png(f"grey{depth}-interlaced.png", grey, depth, 0, scaled(grey, largest), interlaced=True)
    for value in (0, largest, largest // 2 + 1):
        clear = scaled(grey, largest).copy()
        clear[grey == value] = 0
        png(f"grey{depth}-clear-{value}.png", grey, depth, 0, clear, chunk(b"tRNS", struct.pack(">H", value)))
    for interlaced in (False, True):
        png(f"palette{depth}-{interlaced}.png", grey, depth, 3, TABLE[grey * 5],
            chunk(b"PLTE", TABLE[::5][: largest + 1].tobytes()), interlaced)


def clear_of(samples, largest, color):
    expected = scaled(samples, largest).copy()
    expected[(samples == color).all(2) if samples.ndim == 3 else samples == color] = 0
    return expected


for name, samples, depth, color, largest in (("grey8", GREY, 8, 0, 255), ("grey16", GREY16, 16, 0, 65535),
                                             ("rgb8", RGB, 8, 2, 255), ("rgb16", RGB16, 16, 2, 65535)):
    one = np.atleast_1d(samples[5, 5])
    png(f"{name}-clear.png", samples, depth, color, clear_of(samples, largest, samples[5, 5]),
        chunk(b"tRNS", struct.pack(f">{len(one)}H", *map(int, one))))
png("told-colors.png", RGB, 8, 2, RGB, chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"sRGB", b"\0")
    + chunk(b"cHRM", struct.pack(">8I", *range(31270, 31278))) + chunk(b"sBIT", bytes([5, 6, 5])))
png("background.png", np.dstack([RGB, ALPHA]), 8, 6, over_black(RGB, ALPHA), chunk(b"bKGD", struct.pack(">HHH", 255, 255, 255)))
png("broken-profile.png", RGB, 8, 2, RGB, chunk(b"iCCP", b"broken\0\0garbage"))
png("profile.png", RGB, 8, 2, RGB, chunk(b"iCCP", b"Adobe RGB\0\0" + zlib.compress(b"x" * 300)))
png("srgb-profile.png", RGB, 8, 2, RGB, chunk(b"iCCP", b"ICC Profile\0\0" + zlib.compress(b"sRGB IEC61966-2.1")))
png("broken-texts.png", RGB, 8, 2, RGB,
    chunk(b"vpAg", b"abc") + chunk(b"tEXt", b"no end") + chunk(b"tIME", b"\0") + chunk(b"pHYs", b"\0" * 3))
Image.fromarray(RGB).save(FOLDER / "animation.png", save_all=True, append_images=[Image.fromarray(255 - RGB)])
expect("animation.png", RGB)


def lines(rows):
    return b"".join(row.tobytes() + b"\0" * (-len(row.tobytes()) % 4) for row in rows)


def bmp(name, header, data, expected, table=b"", masks=b"", folder=FOLDER):
    offset = 14 + len(header) + len(masks) + len(table)
    (folder / name).write_bytes(
        b"BM" + struct.pack("<IHHI", offset + len(data), 0, 0, offset) + header + masks + table + data)
    if expected is not None:
        expect(name, expected)


def header(bits, compression=0, used=0, size=40, more=b"", height=HEIGHT):
    return struct.pack("<IiiHHIIiiII", size, WIDTH, height, 1, bits, compression, 0, 0, 0, used, 0) + more


BGR = RGB[:, :, ::-1]
ZEROS = np.zeros((HEIGHT, WIDTH), np.uint8)
bmp("rgb24.bmp", header(24), lines(BGR[::-1]), RGB)
bmp("rgb24-top-down.bmp", header(24, height=-HEIGHT), lines(BGR), RGB)
bmp("rgb24-core.bmp", struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, 24), lines(BGR[::-1]), RGB)
bmp("rgb32.bmp", header(32), lines(np.dstack([BGR, ZEROS])[::-1]), RGB)
bmp("rgb32-fourth.bmp", header(32), lines(np.dstack([BGR, ALPHA])[::-1]), RGB)
red, green, blue = (RGB[:, :, c].astype(np.uint16) for c in range(3))
bmp("rgb555.bmp", header(16), lines((red >> 3 << 10 | green >> 3 << 5 | blue >> 3).astype("<u2")[::-1]), scaled(RGB >> 3, 31))
bmp("rgb565.bmp", header(16, 3), lines((red >> 3 << 11 | green >> 2 << 5 | blue >> 3).astype("<u2")[::-1]),
    np.dstack([scaled(red >> 3, 31), scaled(green >> 2, 63), scaled(blue >> 3, 31)]), masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
bmp("masks32.bmp", header(32, 3), lines(np.dstack([RGB, ZEROS])[::-1]), RGB, masks=struct.pack("<III", 0xFF, 0xFF00, 0xFF0000))
MASKS = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs"
bmp("alpha-version4.bmp", header(32, 3, size=108, more=MASKS + bytes(48)), lines(np.dstack([BGR, ALPHA])[::-1]),
    over_black(RGB, ALPHA))
bmp("alpha-version5.bmp", header(32, 3, size=124, more=MASKS + bytes(64)), lines(np.dstack([BGR, ALPHA])[::-1]),
    over_black(RGB, ALPHA))
bmp("rgb24-version5.bmp", header(24, size=124, more=bytes(16) + b"BGRs" + bytes(64)), lines(BGR[::-1]), RGB)
QUADS = np.dstack([TABLE[:, 2], TABLE[:, 1], TABLE[:, 0], TABLE[:, 0] * 0])[0].tobytes()
bmp("palette8.bmp", header(8), lines(GREY[::-1]), COLORS, QUADS)
bmp("palette8-core.bmp", struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, 8), lines(GREY[::-1]), COLORS, TABLE[:, ::-1].tobytes())
nibbles = GREY >> 4
pairs = np.pad(nibbles, ((0, 0), (0, 1)))
bmp("palette4.bmp", header(4, used=16), lines((pairs[:, ::2] << 4 | pairs[:, 1::2]).astype(np.uint8)[::-1]), TABLE[nibbles], QUADS[:64])
bits = (GREY > 120).astype(np.uint8)
bmp("palette1.bmp", header(1, used=2), lines(np.packbits(bits, axis=1)[::-1]), TABLE[bits], QUADS[:8])


def runs(rows, value):
    coded = b""
    for row in rows[::-1]:
        at = 0
        while at < WIDTH:
            count = 1
            while at + count < WIDTH and row[at + count] == row[at]:
                count += 1
            coded += bytes([count, value(int(row[at]))])
            at += count
        coded += b"\0\0"
    return coded + b"\0\1"


bmp("runs8.bmp", header(8, 1), runs(GREY, lambda index: index), COLORS, QUADS)
bmp("runs4.bmp", header(4, 2), runs(nibbles, lambda index: index << 4 | index), TABLE[nibbles], QUADS[:64])
for number, kind in ((4, "JPEG"), (5, "PNG")):
    target = io.BytesIO()
    Image.fromarray(RGB).save(target, kind)
    bmp(f"{kind.lower()}-inside.bmp", header(0, number), target.getvalue(), None, folder=REFUSED)


def lzw(indexes):
    held, count, found = 0, 0, bytearray()

    def emit(code):
        nonlocal held, count
        held |= code << count
        count += 9
        while count >= 8:
            found.append(held & 255)
            held >>= 8
            count -= 8

    for i, index in enumerate(indexes):
        # Cleared so often that codes keep their 9 bits.
        if i % 250 == 0:
            emit(256)
        emit(int(index))
    emit(257)
    if count:
        found.append(held & 255)
    return b"\x08" + b"".join(bytes([len(found[i : i + 255])]) + bytes(found[i : i + 255])
                              for i in range(0, len(found), 255)) + b"\0"


def gif(name, width, height, frames, expected, table=None, background=0):
    content = b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7 if table is not None else 0x70, background, 0)
    content += b"" if table is None else table.tobytes()
    for left, top, indexes, own, clear, interlaced in frames:
        if clear is not None:
            content += b"\x21\xf9\x04" + bytes([1, 0, 0, clear, 0])
        flags = (0x87 if own is not None else 0) | (0x40 if interlaced else 0)
        content += b"\x2c" + struct.pack("<HHHHB", left, top, indexes.shape[1], indexes.shape[0], flags)
        content += b"" if own is None else own.tobytes()
        if interlaced:
            indexes = np.concatenate([indexes[0::8], indexes[4::8], indexes[2::4], indexes[1::2]])
        content += lzw(indexes.reshape(-1))
    (FOLDER / name).write_bytes(content + b";")
    expect(name, expected)


def screen(width, height, color, left, top, frame):
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:] = color
    pixels[top : top + HEIGHT, left : left + WIDTH] = frame
    return pixels


clear = int(GREY[3, 3])
seen = COLORS.copy()
seen[GREY == clear] = 0
gif("whole.gif", WIDTH, HEIGHT, [(0, 0, GREY, None, None, False)], COLORS, TABLE)
gif("interlaced.gif", WIDTH, HEIGHT, [(0, 0, GREY, None, None, True)], COLORS, TABLE)
gif("own-table.gif", WIDTH, HEIGHT, [(0, 0, GREY, TABLE, None, False)], COLORS, TABLE[::-1])
gif("clear.gif", WIDTH, HEIGHT, [(0, 0, GREY, None, clear, False)], seen, TABLE)
gif("background.gif", 30, 25, [(7, 5, GREY, None, None, False)], screen(30, 25, TABLE[9], 7, 5, COLORS), TABLE, 9)
gif("clear-around.gif", 30, 25, [(7, 5, GREY, None, clear, False)], screen(30, 25, 0, 7, 5, seen), TABLE, 9)
gif("no-table-around.gif", 30, 25, [(7, 5, GREY, TABLE, None, False)], screen(30, 25, 0, 7, 5, COLORS))
gif("no-screen.gif", 0, 0, [(0, 0, GREY, None, None, False)], COLORS, TABLE)
gif("beyond-the-screen.gif", 8, 8, [(7, 5, GREY, None, None, False)], screen(7 + WIDTH, 5 + HEIGHT, TABLE[0], 7, 5, COLORS), TABLE)
gif("two-frames.gif", WIDTH, HEIGHT, [(0, 0, GREY, None, None, False), (3, 3, GREY[:5, :5], None, None, False)], COLORS, TABLE)

smooth = Image.fromarray(RGB).resize((60, 40), Image.Resampling.BICUBIC)
for name, options in (("444", {"subsampling": "4:4:4"}), ("422", {"subsampling": "4:2:2"}), ("420", {"subsampling": "4:2:0"}),
                      ("411", {"subsampling": "4:1:1"}), ("progressive", {"progressive": True}),
                      ("restart", {"restart_marker_blocks": 1})):
    smooth.save(FOLDER / f"near-{name}.jpg", quality=85, **options)
    expect(f"near-{name}.jpg", np.asarray(Image.open(FOLDER / f"near-{name}.jpg")))
smooth.save(FOLDER / "near-profile.jpg", quality=85, icc_profile=b"Adobe RGB (1998)".ljust(128, b"\0"))
expect("near-profile.jpg", np.asarray(Image.open(FOLDER / "near-profile.jpg")))
smooth.save(FOLDER / "near-srgb-profile.jpg", quality=85, icc_profile=b"sRGB IEC61966-2.1".ljust(128, b"\0"))
expect("near-srgb-profile.jpg", np.asarray(Image.open(FOLDER / "near-srgb-profile.jpg")))

samples = np.asarray(smooth)
(REFUSED / "lossless.jpg").write_bytes(imagecodecs.jpeg8_encode(samples, lossless=True))
(REFUSED / "deep.jpg").write_bytes(imagecodecs.jpeg8_encode(samples.astype(np.uint16) * 16, bitspersample=12))
(REFUSED / "jpeg-ls.jpg").write_bytes(imagecodecs.jpegls_encode(samples))
target = io.BytesIO()
smooth.save(target, "JPEG", quality=85)
plain = bytearray(target.getvalue())
frame = plain.index(b"\xff\xc0")
for name, place, value in (("arithmetic.jpg", 1, 0xC9), ("hierarchical.jpg", 1, 0xC5), ("odd-sampling.jpg", 11, 0x32),
                           ("two-components.jpg", 9, 2)):
    other = bytearray(plain)
    other[frame + place] = value
    if name == "odd-sampling.jpg":
        other[frame + 14] = 0x22
    (REFUSED / name).write_bytes(other)
