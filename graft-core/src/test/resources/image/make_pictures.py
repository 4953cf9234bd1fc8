"""Writes the image files of this folder: small pictures of every form that the formats have.

    pip install pillow==13.0.0 numpy && python make_pictures.py

Expected samples are in ImageFilesTest, or as PNG in the folder expected: what Pillow makes of the file, upright and in
colour or grey. PNG files of unusual depth are written chunk by chunk, as Pillow cannot.
"""

import io
import pathlib
import struct
import zlib

import numpy
from PIL import Image, ImageCms, ImageOps

HERE = pathlib.Path(__file__).parent
GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(name, width, height, depth, color, rows, extra=b""):
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    (HERE / name).write_bytes(content)


def words(*values):
    return struct.pack(f">{len(values)}H", *values)


png("grey8.png", 16, 16, 8, GREY, [bytes(range(16 * y, 16 * y + 16)) for y in range(16)])
png("grey8-gamma.png", 16, 16, 8, GREY, [bytes(range(16 * y, 16 * y + 16)) for y in range(16)],
    chunk(b"gAMA", struct.pack(">I", 100000)))
png("grey1.png", 4, 1, 1, GREY, [bytes([0b01010000])])
png("grey2.png", 4, 1, 2, GREY, [bytes([0b00011011])])
png("grey4.png", 4, 1, 4, GREY, [bytes([0x05, 0xAF])])
png("grey16.png", 5, 1, 16, GREY, [words(0, 128, 129, 25700, 65535)])
png("grey-alpha8.png", 4, 1, 8, GREY_ALPHA, [bytes([100, 255, 100, 0, 200, 128, 255, 1])])
png("grey-alpha16.png", 3, 1, 16, GREY_ALPHA, [words(25700, 65535, 25700, 0, 65535, 32768)])
png("rgb8.png", 3, 1, 8, RGB, [bytes([255, 0, 0, 1, 2, 3, 100, 150, 200])])
png("rgb8-grey-pixels.png", 2, 1, 8, RGB, [bytes([7, 7, 7, 90, 90, 90])])
png("rgb16.png", 2, 1, 16, RGB, [words(65535, 0, 25700, 257, 514, 128)])
png("rgba8.png", 3, 1, 8, RGBA, [bytes([200, 100, 50, 255, 200, 100, 50, 0, 200, 100, 50, 128])])
png("rgba16.png", 2, 1, 16, RGBA, [words(25700, 51400, 65535, 65535, 25700, 51400, 65535, 0)])
COLORS = bytes([255, 0, 0, 0, 255, 0, 10, 20, 30])
png("palette.png", 3, 1, 8, PALETTE, [bytes([2, 0, 1])], chunk(b"PLTE", COLORS))
png("palette-alpha.png", 3, 1, 8, PALETTE, [bytes([2, 0, 1])],
    chunk(b"PLTE", COLORS) + chunk(b"tRNS", bytes([0, 128])))
png("palette-of-greys.png", 3, 1, 8, PALETTE, [bytes([2, 0, 1])], chunk(b"PLTE", bytes([9, 9, 9, 80, 80, 80, 255, 255, 255])))
png("one-pixel.png", 1, 1, 8, GREY, [bytes([42])])

# A header that promises 30,000 x 30,000 pixels, and a start of the data.
header = struct.pack(">IIBBBBB", 30000, 30000, 8, GREY, 0, 0, 0)
(HERE / "bomb.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(30001))) + chunk(b"IEND", b""))

grey = numpy.full((16, 16), 100, numpy.uint8)
Image.fromarray(grey).save(HERE / "grey.jpg", quality=95)
color = numpy.zeros((16, 16, 3), numpy.uint8)
color[:, :] = (200, 100, 50)
Image.fromarray(color).save(HERE / "color.jpg", quality=95)
cmyk = numpy.zeros((16, 16, 4), numpy.uint8)
cmyk[:, :] = (55, 155, 205, 0)
Image.fromarray(cmyk, mode="CMYK").save(HERE / "cmyk.jpg", quality=95)
noise = numpy.random.default_rng(1).integers(0, 256, (48, 48, 3), dtype=numpy.uint8)
Image.fromarray(noise).save(HERE / "noise.jpg", quality=90)
Image.fromarray(noise).save(HERE / "noise.png")
Image.fromarray(noise).quantize(64).save(HERE / "noise.gif")
pixels = numpy.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [10, 20, 30]]], numpy.uint8)
Image.fromarray(pixels).save(HERE / "rgb.bmp")
Image.fromarray(pixels).quantize(4).save(HERE / "palette.gif")
Image.fromarray(numpy.array([[0, 100], [200, 255]], numpy.uint8)).save(HERE / "grey.bmp")
Image.fromarray(numpy.array([[0, 100], [200, 255]], numpy.uint8)).save(HERE / "grey.gif")
first, second = Image.new("RGB", (4, 4), (255, 0, 0)), Image.new("RGB", (4, 4), (0, 0, 255))
first.save(HERE / "animated.gif", save_all=True, append_images=[second])
Image.fromarray(pixels).save(HERE / "rgb.tiff")
exif = Image.Exif()
exif[0x0112] = 6
turned = numpy.zeros((16, 32, 3), numpy.uint8)
turned[:, :16] = (200, 0, 0)
Image.fromarray(turned).save(HERE / "turned.jpg", quality=95, exif=exif)


# A picture without any symmetry, smooth as photographs are.
y, x = numpy.mgrid[0:16, 0:24]
smooth = numpy.stack([40 + 8 * x, 230 - 12 * y, 20 + 3 * x + 6 * y], axis=2).astype(numpy.uint8)
PICTURE = Image.fromarray(smooth)


def turned_by(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


def save(name, picture, **options):
    picture.save(HERE / name, **options)
    expect(name)


def patched(name, content):
    (HERE / name).write_bytes(content)
    expect(name)


def expect(name):
    """Keeps what Pillow reads, its rounding of 16 bits and its alpha aside."""
    picture = ImageOps.exif_transpose(Image.open(HERE / name))
    if picture.mode == "RGBA":
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, (0, 0, 0, 255)), picture)
    picture = picture.convert("L" if picture.mode in ("1", "L") else "RGB")
    (HERE / "expected").mkdir(exist_ok=True)
    picture.save(HERE / "expected" / (name + ".png"), optimize=True)


def encoded(picture, **options):
    target = io.BytesIO()
    picture.save(target, **options)
    return bytearray(target.getvalue())


for orientation in range(1, 9):
    save(f"exif-{orientation}.jpg", PICTURE, quality=92, subsampling=0, exif=turned_by(orientation))
save("exif-6.png", PICTURE, exif=turned_by(6))
save("exif-8.webp", PICTURE, lossless=True, exif=turned_by(8))
save("exif-3.tiff", PICTURE, exif=turned_by(3))
save("progressive.jpg", PICTURE, quality=90, progressive=True)
save("subsampled.jpg", PICTURE, quality=90, subsampling=2)
save("rgb.jpg", PICTURE, quality=92, keep_rgb=True)

# Swapped primaries: a reader that follows the profile swaps red and green.
profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
places = {}
for tag in range(struct.unpack(">I", profile[128:132])[0]):
    kind, place, length = struct.unpack(">4sII", profile[132 + 12 * tag : 144 + 12 * tag])
    places[kind] = (place, length)
(red, length), (green, _) = places[b"rXYZ"], places[b"gXYZ"]
profile[red : red + length], profile[green : green + length] = (
    profile[green : green + length],
    profile[red : red + length],
)
save("profile.jpg", PICTURE, quality=92, icc_profile=bytes(profile))

# Without a JFIF marker and without subsampling Java's own conversion takes luma and chroma for red, green and blue.
plain = encoded(PICTURE, format="JPEG", quality=92, subsampling=0)
assert plain[2:4] == b"\xff\xe0"
patched("no-marker.jpg", plain[:2] + plain[4 + struct.unpack(">H", plain[4:6])[0] :])

inks = numpy.concatenate([smooth, (10 + 5 * x + 2 * y)[:, :, None].astype(numpy.uint8)], axis=2)
INKS = Image.fromarray(inks, mode="CMYK")
save("cmyk-smooth.jpg", INKS, quality=92)
ycck = encoded(INKS, format="JPEG", quality=92)
adobe = ycck.index(b"Adobe")
assert ycck[adobe + 11] == 0
ycck[adobe + 11] = 2
patched("ycck.jpg", ycck)
save("cmyk.tiff", INKS, compression="tiff_lzw")

save("lossy.webp", PICTURE, quality=90)
save("lossless.webp", PICTURE, lossless=True)
alpha = PICTURE.copy()
alpha.putalpha(Image.fromarray((10 * x).astype(numpy.uint8)))
save("alpha.webp", alpha, lossless=True, exact=True)
save("animated.webp", PICTURE, lossless=True, save_all=True, append_images=[Image.new("RGB", (24, 16))])
save("deflated.tiff", PICTURE, compression="tiff_adobe_deflate")
save("bilevel.tiff", Image.fromarray(smooth[:, :, 0] > 120), compression="group4")
save("pages.tiff", PICTURE.convert("L"), save_all=True, append_images=[Image.new("L", (4, 4))])
save("pixel.jpg", Image.new("RGB", (1, 1), (10, 200, 90)), quality=95)
save("pixel.webp", Image.new("RGB", (1, 1), (10, 200, 90)), lossless=True)

# Headers that promise 30,000 x 30,000 pixels (fewer where the format or its reader ends there).
SIDE = 30000
bomb = bytearray(plain)
frame = bomb.index(b"\xff\xc0")
bomb[frame + 5 : frame + 9] = struct.pack(">HH", SIDE, SIDE)
(HERE / "bomb.jpg").write_bytes(bomb)
bomb = encoded(alpha, format="WEBP", lossless=True, exif=turned_by(1))
assert bomb[12:16] == b"VP8X"
bomb[24:30] = struct.pack("<I", SIDE - 1)[:3] * 2
(HERE / "bomb-extended.webp").write_bytes(bomb)
bomb = encoded(PICTURE, format="WEBP", quality=90)
assert bomb[12:16] == b"VP8 "
bomb[26:30] = struct.pack("<HH", 16383, 16383)
(HERE / "bomb-lossy.webp").write_bytes(bomb)
bomb = encoded(PICTURE, format="WEBP", lossless=True)
assert bomb[12:16] == b"VP8L"
bomb[21:25] = struct.pack("<I", 16382 | 16382 << 14)
(HERE / "bomb-lossless.webp").write_bytes(bomb)
bomb = encoded(PICTURE, format="GIF")
bomb[6:10] = struct.pack("<HH", SIDE, SIDE)
at = bomb.index(b"\x2c\0\0\0\0")
bomb[at + 5 : at + 9] = struct.pack("<HH", SIDE, SIDE)
(HERE / "bomb.gif").write_bytes(bomb)
tiff = encoded(PICTURE, format="TIFF")
directory = struct.unpack("<I", tiff[4:8])[0]
for entry in range(struct.unpack("<H", tiff[directory : directory + 2])[0]):
    at = directory + 2 + 12 * entry
    if struct.unpack("<H", tiff[at : at + 2])[0] in (256, 257):
        tiff[at + 2 : at + 12] = struct.pack("<HII", 4, 1, SIDE)
(HERE / "bomb.tiff").write_bytes(tiff)

# A larger one, so that cutting it short loses pixels.
save("noise.webp", Image.fromarray(noise), lossless=True)
Image.fromarray(noise).save(HERE / "noise-lossy.webp", quality=80)
save("noise.tiff", Image.fromarray(noise), compression="tiff_adobe_deflate")
save("noise-progressive.jpg", Image.fromarray(noise), quality=90, progressive=True)
