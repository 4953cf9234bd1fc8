"""Makes the files of ../crashers-hdf5: what Graft does not follow or read, and damaged copies of a small good file.

    venv/bin/pip install h5py==3.16.0 numpy==2.4.6
    venv/bin/python generate_crashers.py

Files that a fuzzer found lie in the same folder under names that begin with "fuzz-".
"""

import struct
from pathlib import Path

import h5py
import numpy as np

OUT = Path(__file__).parent.parent / "crashers-hdf5"
ONES = np.ones((2,), "float32")


def raw(name, content):
    (OUT / name).write_bytes(content)


def save(name, fill, **settings):
    with h5py.File(OUT / name, "w", **settings) as file:
        fill(file)


def linked(make):
    def fill(file):
        file["real"] = ONES
        file["link"] = make(file)

    return fill


def external_storage(file):
    file.create_dataset("w", shape=(2,), dtype="float32", external=[("/etc/passwd", 0, 8)])


def virtual(file):
    layout = h5py.VirtualLayout(shape=(2,), dtype="float32")
    layout[:] = h5py.VirtualSource("/etc/other.h5", "w", shape=(2,))
    file.create_virtual_dataset("w", layout)


def dense_links(file):
    group = file.create_group("many", track_order=True)
    for i in range(12):
        group[f"w{i}"] = np.float32([i])


def loop(file):
    file.create_group("a")["back"] = file["/"]


def deep(file):
    group = file
    for _ in range(40):
        group = group.create_group("g")
    group["w"] = ONES


def patched(good, at, content):
    return good[:at] + content + good[at + len(content) :]


def damaged():
    """Copies of a file with one data set of shape (1234567,) in which one number is another."""
    path = OUT / "good"
    with h5py.File(path, "w") as file:
        file.create_dataset("w", data=np.arange(50, dtype="float32"))
    good = path.read_bytes()
    path.unlink()
    dimension = good.index(struct.pack("<QQ", 50, 50))
    size = good.index(struct.pack("<Q", 200), dimension)
    tree = good.index(b"TREE")
    heap = good.index(b"HEAP")
    symbols = good.index(b"SNOD")
    yield "cut-short", good[:-8]
    yield "cut-in-superblock", good[:40]
    yield "superblock-version", patched(good, 8, b"\x09")
    yield "superblock-offset-size", patched(good, 13, b"\x04")
    yield "superblock-base", patched(good, 24, struct.pack("<Q", 512))
    yield "root-past-end", patched(good, 64, struct.pack("<Q", 2**40))
    yield "root-negative", patched(good, 64, struct.pack("<q", -5))
    yield "root-not-a-header", patched(good, 64, struct.pack("<Q", 3))
    yield "shape-bomb", patched(good, dimension, struct.pack("<QQ", 2**40, 2**40))
    yield "shape-bomb-with-size", patched(
        patched(good, dimension, struct.pack("<QQ", 2**40, 2**40)), size, struct.pack("<Q", 2**42)
    )
    yield "shape-bytes-overflow", patched(good, dimension, struct.pack("<QQ", 2**62, 2**62))
    yield "shape-negative", patched(good, dimension, struct.pack("<qq", -50, -50))
    yield "shape-too-small", patched(good, dimension, struct.pack("<QQ", 49, 49))
    yield "data-past-end", patched(good, size - 8, struct.pack("<Q", len(good) - 100))
    yield "data-negative", patched(good, size - 8, struct.pack("<q", -100))
    yield "data-never-written", patched(good, size - 8, struct.pack("<q", -1))
    yield "layout-unknown", patched(good, size - 9, b"\x07")
    yield "layout-old", patched(good, size - 10, b"\x01")
    yield "tree-signature", patched(good, tree, b"TREX")
    yield "tree-kind", patched(good, tree + 4, b"\x01")
    yield "tree-entries", patched(good, tree + 6, b"\xff\xff")
    yield "tree-of-itself", patched(patched(good, tree + 5, b"\x01"), tree + 32, struct.pack("<Q", tree))
    yield "heap-signature", patched(good, heap, b"HEAX")
    yield "heap-past-end", patched(good, heap + 24, struct.pack("<Q", 2**50))
    yield "symbols-signature", patched(good, symbols, b"SNOX")
    yield "symbols-count", patched(good, symbols + 6, b"\xff\xff")
    yield "name-past-end", patched(good, symbols + 8, struct.pack("<Q", 2**50))
    yield "header-messages-past-end", patched(good, 96 + 8, struct.pack("<I", 2**31))


def main():
    OUT.mkdir(exist_ok=True)
    save("soft-link", linked(lambda file: h5py.SoftLink("/real")))
    save("soft-link-newer", linked(lambda file: h5py.SoftLink("/real")), libver="latest")
    save("external-link", linked(lambda file: h5py.ExternalLink("/etc/other.h5", "/w")))
    save("external-link-newer", linked(lambda file: h5py.ExternalLink("../other.h5", "/w")), libver="latest")
    save("hard-link-twice", linked(lambda file: file["real"]))
    save("hard-link-loop", loop)
    save("groups-too-deep", deep)
    save("external-storage", external_storage)
    save("virtual-data-set", virtual, libver="latest")
    save("dense-links", dense_links)
    save("chunked", lambda file: file.create_dataset("w", data=ONES, chunks=(1,)))
    save("gzip", lambda file: file.create_dataset("w", data=ONES, compression="gzip"))
    save("big-endian", lambda file: file.create_dataset("w", data=ONES.astype(">f4")))
    save("strings", lambda file: file.create_dataset("w", data=np.array([b"a", b"bc"], "S2")))
    save("variable-strings", lambda file: file.create_dataset("w", data=["a", "bc"]))
    save("compound", lambda file: file.create_dataset("w", data=np.zeros(2, [("a", "f4"), ("b", "f4")])))
    save("booleans", lambda file: file.create_dataset("w", data=[True, False]))
    for name, content in damaged():
        raw(name, content)
    raw("zero-bytes", b"")
    raw("signature-only", b"\x89HDF\r\n\x1a\n")
    raw("text", b"these are not the weights that you look for")
    raw("git-lfs-pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 46807446\n")
    raw("web-page", b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body></body></html>\n")


if __name__ == "__main__":
    main()
