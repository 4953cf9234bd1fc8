"""Writes the TIFF files of the folders tiff and refused: every form that the tags can give a small picture.

    pip install pillow==13.0.0 numpy==2.4.6 tifffile==2026.3.3 imagecodecs==2026.3.6 && python make_tiff.py

What the files of the folder tiff must give is in expected/tiff as PNG. It is computed here from the samples by the
definitions of TIFF 6.0: samples of n bits are scaled to 0 to 255 and rounded, transparent parts laid over black, premultiplied
ones taken as they are, samples beside colour and alpha left out. Where a codec loses something (JPEG) or chroma is spread
(YCbCr), it is what Pillow's libtiff reads. The names of those begin with "near".
"""

import io
import pathlib
import shutil
import struct

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

HERE = pathlib.Path(__file__).parent
TIFF, EXPECTED, REFUSED = HERE / "tiff", HERE / "expected" / "tiff", HERE / "refused"
HEIGHT, WIDTH = 11, 19

y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
RGB = np.stack([40 + 9 * x, 230 - 17 * y, 20 + 5 * x + 9 * y], 2).clip(0, 255).astype(np.uint8)
RGB16 = (RGB.astype(np.uint16) * 257 - (x % 7)[:, :, None].astype(np.uint16) * 11).astype(np.uint16)
GREY, GREY16 = RGB[:, :, 0], RGB16[:, :, 0]
ALPHA = (x * 14).clip(0, 255).astype(np.uint8)
BITS = GREY > 120
INKS = np.dstack([RGB, (10 + 9 * x + 2 * y).clip(0, 255).astype(np.uint8)])


def scaled(samples, largest):
    return ((samples.astype(np.int64) * 510 + largest) // (2 * largest)).astype(np.uint8)


def over_black(colors, alpha, largest=255, opaque=255):
    whole = largest * opaque
    return ((255 * colors.astype(np.int64) * alpha.astype(np.int64)[:, :, None] + whole // 2) // whole).astype(np.uint8)


def light(inks):
    no_black = 255 - inks[:, :, 3:4].astype(int)
    return (no_black - (2 * inks[:, :, :3].astype(int) * no_black + 255) // 510).astype(np.uint8)


def write(name, samples, expected, **options):
    options.setdefault("metadata", None)
    options.setdefault("software", "")
    tifffile.imwrite(TIFF / f"{name}.tif", samples, **options)
    expect(name, expected)


def expect(name, expected):
    Image.fromarray(expected).save(EXPECTED / f"{name}.tif.png", optimize=True)


def refuse(name, samples, **options):
    tifffile.imwrite(REFUSED / f"{name}.tif", samples, metadata=None, software="", **options)


for folder in (TIFF, EXPECTED):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
REFUSED.mkdir(exist_ok=True)

for compression in (None, "packbits", "lzw", "deflate", "adobe_deflate"):
    write(f"rgb-{compression}", RGB, RGB, photometric="rgb", compression=compression)
    write(f"grey-{compression}", GREY, GREY, photometric="minisblack", compression=compression)
    write(f"rgb-rows-{compression}", RGB, RGB, photometric="rgb", compression=compression, rowsperstrip=3)
for compression in ("lzw", "deflate"):
    write(f"differences-{compression}", RGB, RGB, photometric="rgb", compression=compression, predictor=True)
    for order, label in (("<", "little"), (">", "big")):
        write(f"differences16-{label}-{compression}", RGB16, scaled(RGB16, 65535), photometric="rgb",
              compression=compression, predictor=True, byteorder=order)
    write(f"differences-planes-{compression}", RGB.transpose(2, 0, 1), RGB, photometric="rgb",
          planarconfig="separate", compression=compression, predictor=True)
for order, label in (("<", "little"), (">", "big")):
    write(f"rgb16-{label}", RGB16, scaled(RGB16, 65535), photometric="rgb", byteorder=order)
    write(f"grey16-{label}", GREY16, scaled(GREY16, 65535), photometric="minisblack", byteorder=order)
    write(f"white16-{label}", GREY16, 255 - scaled(GREY16, 65535), photometric="miniswhite", byteorder=order)
    write(f"bigtiff-{label}", RGB, RGB, photometric="rgb", byteorder=order, bigtiff=True)
# A longer one, so that codes of 9 to 12 bits and a full table occur.
noise = np.random.default_rng(1).integers(0, 256, (90, 60), dtype=np.uint8)
write("noise-lzw", noise, noise, photometric="minisblack", compression="lzw", rowsperstrip=90)
write("white8", GREY, 255 - GREY, photometric="miniswhite")
write("tiles", RGB, RGB, photometric="rgb", tile=(16, 16))
write("tiles16", RGB16, scaled(RGB16, 65535), photometric="rgb", tile=(16, 16), compression="deflate", predictor=True)
write("planes", RGB.transpose(2, 0, 1), RGB, photometric="rgb", planarconfig="separate")
write("planes-rows", RGB.transpose(2, 0, 1), RGB, photometric="rgb", planarconfig="separate", rowsperstrip=4)
write("planes-tiles", RGB.transpose(2, 0, 1), RGB, photometric="rgb", planarconfig="separate", tile=(16, 16))
write("planes16", RGB16.transpose(2, 0, 1), scaled(RGB16, 65535), photometric="rgb", planarconfig="separate")
bilevel = (BITS * 255).astype(np.uint8)
write("bits-black", BITS, bilevel, photometric="minisblack")
write("bits-white", BITS, 255 - bilevel, photometric="miniswhite")
for bits in (2, 4, 6, 10, 12, 14):
    largest = (1 << bits) - 1
    kind = np.uint8 if bits <= 8 else np.uint16
    grey = (GREY.astype(np.int64) * largest // 255).astype(kind)
    color = (RGB.astype(np.int64) * largest // 255).astype(kind)
    write(f"grey{bits}", grey, scaled(grey, largest), photometric="minisblack", bitspersample=bits)
    write(f"white{bits}", grey, 255 - scaled(grey, largest), photometric="miniswhite", bitspersample=bits)
    write(f"rgb{bits}", color, scaled(color, largest), photometric="rgb", bitspersample=bits)

rgba = np.dstack([RGB, ALPHA])
premultiplied = over_black(RGB, ALPHA)
grey_alpha = np.dstack([GREY, ALPHA])
grey_over = over_black(GREY[:, :, None], ALPHA)[:, :, 0]
write("alpha", rgba, premultiplied, photometric="rgb", extrasamples=["unassalpha"])
write("alpha-premultiplied", np.dstack([premultiplied, ALPHA]), premultiplied, photometric="rgb",
      extrasamples=["assocalpha"])
write("extra", rgba, RGB, photometric="rgb", extrasamples=["unspecified"])
write("extra-lzw", rgba, RGB, photometric="rgb", extrasamples=["unspecified"], compression="lzw", predictor=True)
write("extra-two", np.dstack([rgba, 255 - ALPHA]), RGB, photometric="rgb", extrasamples=["unspecified"] * 2)
write("extra-three", np.dstack([rgba, ALPHA, ALPHA]), RGB, photometric="rgb", extrasamples=["unspecified"] * 3)
write("alpha-and-extra", np.dstack([rgba, 255 - ALPHA]), premultiplied, photometric="rgb",
      extrasamples=["unassalpha", "unspecified"])
write("extra-and-alpha", np.dstack([RGB, 255 - ALPHA, ALPHA]), premultiplied, photometric="rgb",
      extrasamples=["unspecified", "unassalpha"])
alpha16 = ALPHA.astype(np.uint16) * 257
write("alpha16", np.dstack([RGB16, alpha16]), over_black(RGB16, alpha16, 65535, 65535), photometric="rgb",
      extrasamples=["unassalpha"])
write("extra16", np.dstack([RGB16, alpha16]), scaled(RGB16, 65535), photometric="rgb", extrasamples=["unspecified"])
write("extra-planes", rgba.transpose(2, 0, 1), RGB, photometric="rgb", extrasamples=["unspecified"],
      planarconfig="separate")
write("alpha-planes", rgba.transpose(2, 0, 1), premultiplied, photometric="rgb", extrasamples=["unassalpha"],
      planarconfig="separate")
write("grey-alpha", grey_alpha, grey_over, photometric="minisblack", extrasamples=["unassalpha"], planarconfig="contig")
write("grey-premultiplied", np.dstack([grey_over, ALPHA]), grey_over, photometric="minisblack",
      extrasamples=["assocalpha"], planarconfig="contig")
for count in (1, 2, 3):
    write(f"grey-extra-{count}", np.dstack([GREY] + [ALPHA] * count), GREY, photometric="minisblack",
          extrasamples=["unspecified"] * count, planarconfig="contig")
write("grey16-extra", np.dstack([GREY16, GREY16 // 3]), scaled(GREY16, 65535), photometric="minisblack",
      extrasamples=["unspecified"], planarconfig="contig")
write("white-alpha", grey_alpha, over_black(255 - GREY[:, :, None], ALPHA)[:, :, 0], photometric="miniswhite",
      extrasamples=["unassalpha"], planarconfig="contig")

table = np.stack([np.arange(256), 255 - np.arange(256), np.arange(256) * 7 % 256]).astype(np.uint16)
write("palette", GREY, table.T[GREY].astype(np.uint8), photometric="palette", colormap=table * 257)
greys = np.stack([np.arange(255, -1, -1)] * 3).astype(np.uint16)
write("palette-of-greys", GREY, 255 - GREY, photometric="palette", colormap=greys * 257)
write("inks", INKS, light(INKS), photometric="separated")
write("inks-planes", INKS.transpose(2, 0, 1), light(INKS), photometric="separated", planarconfig="separate")
write("inks16", INKS.astype(np.uint16) * 257, light(INKS), photometric="separated")
write("inks-extra", np.dstack([INKS, ALPHA]), light(INKS), photometric="separated", extrasamples=["unspecified"])
write("inks-alpha", np.dstack([INKS, ALPHA]), over_black(light(INKS), ALPHA), photometric="separated",
      extrasamples=["unassalpha"])
turned = {1: RGB, 2: RGB[:, ::-1], 3: RGB[::-1, ::-1], 4: RGB[::-1], 5: RGB.transpose(1, 0, 2),
          6: np.rot90(RGB, -1), 7: RGB[::-1, ::-1].transpose(1, 0, 2), 8: np.rot90(RGB)}
for orientation, upright in turned.items():
    write(f"turned-{orientation}", RGB, np.ascontiguousarray(upright), photometric="rgb",
          extratags=[(274, "H", 1, orientation, True)])
with tifffile.TiffWriter(TIFF / "pages.tif") as pages:
    pages.write(RGB, photometric="rgb", metadata=None, software="")
    pages.write(GREY, photometric="minisblack", metadata=None, software="")
expect("pages", RGB)
write("profile", RGB, RGB, photometric="rgb", iccprofile=b"Adobe RGB (1998)".ljust(128, b"\0"))
write("srgb-profile", RGB, RGB, photometric="rgb", iccprofile=b"sRGB IEC61966-2.1".ljust(128, b"\0"))


def reread(name):
    """Keeps what libtiff reads."""
    picture = Image.open(TIFF / f"{name}.tif")
    expect(name, np.asarray(picture if picture.mode == "L" else picture.convert("RGB")))


for compression in ("group3", "group4", "tiff_ccitt"):
    Image.fromarray(BITS).save(TIFF / f"fax-{compression}.tif", compression=compression)
    expect(f"fax-{compression}", bilevel)
    Image.fromarray(~BITS).save(TIFF / f"fax-inverse-{compression}.tif", compression=compression)
    expect(f"fax-inverse-{compression}", 255 - bilevel)
smooth = np.asarray(Image.fromarray(RGB).resize((60, 40), Image.Resampling.BICUBIC))
for name, samples, options in (
        ("near-jpeg", smooth, {"photometric": "ycbcr"}),
        ("near-jpeg-rgb", smooth, {"photometric": "rgb"}),
        ("near-jpeg-grey", smooth[:, :, 0], {"photometric": "minisblack"}),
        ("near-jpeg-tiles", np.pad(smooth, ((0, 24), (0, 4), (0, 0)), "edge"),
         {"photometric": "ycbcr", "tile": (32, 32), "subsampling": (2, 2)})):
    tifffile.imwrite(TIFF / f"{name}.tif", samples, compression="jpeg", metadata=None, software="", **options)
    reread(name)
for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate"):
    Image.fromarray(RGB).convert("YCbCr").save(TIFF / f"near-ycbcr-{compression}.tif", compression=compression)
    reread(f"near-ycbcr-{compression}")


def directory(entries, data):
    """A little-endian TIFF of one directory: entries of (tag, type, values), data behind it at the place None."""
    place = 8 + 2 + 12 * len(entries) + 4
    longs = [entry for entry in entries if len(entry[2]) * (2 if entry[1] == 3 else 4) > 4]
    data_at = place + sum(len(entry[2]) * (2 if entry[1] == 3 else 4) for entry in longs)
    body, more = b"", b""
    for tag, kind, values in entries:
        values = [data_at if value is None else value for value in values]
        packed = struct.pack(f"<{len(values)}{'H' if kind == 3 else 'I'}", *values)
        if len(packed) > 4:
            body += struct.pack("<HHII", tag, kind, len(values), place + len(more))
            more += packed
        else:
            body += struct.pack("<HHI", tag, kind, len(values)) + packed.ljust(4, b"\0")
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + body + b"\0\0\0\0" + more + data


# Chroma of half the width and height: 2 x 2 of luma, then one of each chroma.
height, width = 10, 18
ycc = np.asarray(Image.fromarray(RGB[:height, :width]).convert("YCbCr")).astype(int)
units = b""
for row in range(0, height, 2):
    for column in range(0, width, 2):
        square = ycc[row : row + 2, column : column + 2]
        units += bytes([*square[:, :, 0].ravel(), square[:, :, 1].mean().round().astype(int),
                        square[:, :, 2].mean().round().astype(int)])
(TIFF / "near-ycbcr-subsampled.tif").write_bytes(directory([
    (256, 3, [width]), (257, 3, [height]), (258, 3, [8, 8, 8]), (259, 3, [1]), (262, 3, [6]), (273, 4, [None]),
    (277, 3, [3]), (278, 3, [height]), (279, 4, [len(units)]), (530, 3, [2, 2])], units))
expect("near-ycbcr-subsampled", imagecodecs.tiff_decode((TIFF / "near-ycbcr-subsampled.tif").read_bytes(), asrgb=True)[:, :, :3])

# The first way of TIFF to hold JPEG: a whole file inside.
target = io.BytesIO()
Image.fromarray(smooth).save(target, "JPEG", quality=92, subsampling=0)
jpeg = target.getvalue()
(TIFF / "near-old-jpeg.tif").write_bytes(directory([
    (256, 3, [60]), (257, 3, [40]), (258, 3, [8, 8, 8]), (259, 3, [6]), (262, 3, [6]), (273, 4, [None]), (277, 3, [3]),
    (278, 3, [40]), (279, 4, [len(jpeg)]), (513, 4, [None]), (514, 4, [len(jpeg)]), (530, 3, [1, 1])], jpeg))
reread("near-old-jpeg")

# Bits of a byte the other way round.
reversed_bits = bytes(int(f"{byte:08b}"[::-1], 2) for byte in np.packbits(BITS, axis=1).tobytes())
(TIFF / "bits-reversed.tif").write_bytes(directory([
    (256, 3, [WIDTH]), (257, 3, [HEIGHT]), (258, 3, [1]), (259, 3, [1]), (262, 3, [1]), (266, 3, [2]), (273, 4, [None]),
    (277, 3, [1]), (278, 3, [HEIGHT]), (279, 4, [len(reversed_bits)])], reversed_bits))
expect("bits-reversed", bilevel)
# Four samples without a word on what the fourth is.
(TIFF / "extra-unsaid.tif").write_bytes(directory([
    (256, 3, [WIDTH]), (257, 3, [HEIGHT]), (258, 3, [8, 8, 8, 8]), (259, 3, [1]), (262, 3, [2]), (273, 4, [None]),
    (277, 3, [4]), (278, 3, [HEIGHT]), (279, 4, [rgba.nbytes])], rgba.tobytes()))
expect("extra-unsaid", RGB)
# 5, 6 and 5 bits.
packed = ((RGB[:, :, 0].astype(int) >> 3) << 11) | ((RGB[:, :, 1].astype(int) >> 2) << 5) | (RGB[:, :, 2].astype(int) >> 3)
(TIFF / "bits565.tif").write_bytes(directory([
    (256, 3, [WIDTH]), (257, 3, [HEIGHT]), (258, 3, [5, 6, 5]), (259, 3, [1]), (262, 3, [2]), (273, 4, [None]),
    (277, 3, [3]), (278, 3, [HEIGHT]), (279, 4, [2 * packed.size])], packed.astype(">u2").tobytes()))
expect("bits565", np.dstack([scaled(RGB[:, :, 0] >> 3, 31), scaled(RGB[:, :, 1] >> 2, 63), scaled(RGB[:, :, 2] >> 3, 31)]))

for kind in ("float16", "float32", "float64", "complex64"):
    refuse(kind, (RGB / 255).astype(kind), photometric="rgb")
refuse("float-differences", (RGB / 255).astype("float32"), photometric="rgb", compression="deflate", predictor=True)
for kind in ("int8", "int16", "int32"):
    refuse(kind, GREY.astype(int).astype(kind), photometric="minisblack")
for kind in ("uint32", "uint64"):
    refuse(kind, GREY.astype(kind), photometric="minisblack")
for photometric in ("cielab", "icclab", "logluv", "linear_raw"):
    refuse(photometric, RGB, photometric=photometric)
refuse("cfa", GREY, photometric="cfa")
refuse("mask", BITS, photometric="mask")
for compression in ("zstd", "lzma", "webp", "jpeg2000", "jpegxl", "lerc", "png"):
    refuse(compression, RGB, photometric="rgb", compression=compression)
refuse("premultiplied-inks", np.dstack([INKS, ALPHA]), photometric="separated", extrasamples=["assocalpha"])
Image.fromarray(INKS, mode="CMYK").save(REFUSED / "jpeg-inks.tif", compression="jpeg")
refuse("bigtiff-jpeg", smooth, photometric="rgb", compression="jpeg", bigtiff=True)
refuse("dng", GREY, photometric="minisblack", extratags=[(50706, "B", 4, (1, 4, 0, 0), True)])
with tifffile.TiffWriter(REFUSED / "camera.tif") as camera:
    camera.write(RGB, photometric="rgb", subifds=1, metadata=None, software="", extratags=[(271, "s", 0, "NIKON", True)])
    camera.write(GREY16, photometric="cfa", metadata=None, software="")
(REFUSED / "five-inks.tif").write_bytes(directory([
    (256, 3, [WIDTH]), (257, 3, [HEIGHT]), (258, 3, [8, 8, 8, 8]), (259, 3, [1]), (262, 3, [5]), (273, 4, [None]),
    (277, 3, [4]), (278, 3, [HEIGHT]), (279, 4, [rgba.nbytes]), (332, 3, [2])], rgba.tobytes()))
