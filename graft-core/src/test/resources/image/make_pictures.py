"""Writes the image files of this folder: small pictures of every form that the formats have.

    pip install pillow==13.0.0 numpy && python make_pictures.py

Expected samples are in ImageFilesTest. PNG files of unusual depth are written chunk by chunk, as Pillow cannot.
"""

import pathlib
import struct
import zlib

import numpy
from PIL import Image

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
