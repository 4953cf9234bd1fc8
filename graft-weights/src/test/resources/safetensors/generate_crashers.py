"""Makes the files of ../crashers by hand: each breaks one rule of the safetensors format, or is another format.

Needs nothing but Python. Files that a fuzzer found lie in the same folder under names that begin with "fuzz-".
"""

import json
import pickle
import struct
import zipfile
from pathlib import Path

OUT = Path(__file__).parent.parent / "crashers"


def entry(dtype="F32", shape=(2,), offsets=(0, 8)):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": list(offsets)}


def file(name, header, data=b"\0" * 8):
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    (OUT / name).write_bytes(struct.pack("<Q", len(raw)) + raw + data)


def raw(name, content):
    (OUT / name).write_bytes(content)


def main():
    OUT.mkdir(exist_ok=True)
    raw("zero-bytes", b"")
    raw("three-bytes", b"\1\0\0")
    raw("length-only", struct.pack("<Q", 100))
    raw("header-length-negative", b"\xff" * 8 + b"{}")
    raw("header-over-cap", struct.pack("<Q", 100_000_001) + b"{}")
    raw("header-past-end", struct.pack("<Q", 99_999_999) + b"{}")
    raw("header-length-zero", struct.pack("<Q", 0) + b"{}")
    file("header-not-brace", b'["a"]   ', b"")
    file("header-starts-with-space", b" {}     ", b"")
    file("header-not-json", b'{"a": nope}', b"")
    file("header-cut-off", b'{"w":{"dtype":"F32","sha', b"")
    file("header-utf16", '{"w":1}'.encode("utf-16-le"), b"")
    file("header-not-utf8", b'{"\xff\xfe":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}')
    file("header-overlong-utf8", b'{"\xc0\x80":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}')
    file("header-two-objects", b'{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}{}')
    file("header-zero-padded", b'{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}\0\0')
    file("header-deep", b'{"w":' + b"[" * 5000 + b"]" * 5000 + b"}", b"")
    file("name-lone-surrogate", b'{"\\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}')
    file("name-too-long", {"n" * 600: entry()})
    file("metadata-number", {"__metadata__": {"a": 1}, "w": entry()})
    file("metadata-list", {"__metadata__": [], "w": entry()})
    file("metadata-nested", {"__metadata__": {"a": {"b": "c"}}, "w": entry()})
    file("metadata-duplicate-key", b'{"__metadata__":{"a":"1","a":"2"}}', b"")
    file("duplicate-tensor", b'{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},'
                             b'"w":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}')
    file("duplicate-field", b'{"w":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}')
    file("tensor-not-object", {"w": 3})
    file("tensor-null", {"w": None})
    file("tensor-extra-field", {"w": {**entry(), "stride": [1]}})
    for missing in ("dtype", "shape", "data_offsets"):
        file(f"tensor-without-{missing}", {"w": {k: v for k, v in entry().items() if k != missing}})
    file("dtype-unknown", {"w": entry(dtype="F31")})
    file("dtype-lower-case", {"w": entry(dtype="f32")})
    file("dtype-number", {"w": entry(dtype=32)})
    file("shape-negative", {"w": entry(shape=(-2,))})
    file("shape-two-negatives", {"w": entry(shape=(-1, -2))})
    file("shape-fraction", {"w": entry(shape=(2.0,))})
    file("shape-string", {"w": entry(shape=("2",))})
    file("shape-beyond-long", {"w": entry(shape=(2**64 + 2,))})
    file("shape-endless-number", b'{"w":{"dtype":"F32","shape":[' + b"9" * 5000 + b'],"data_offsets":[0,8]}}')
    file("shape-product-overflow", {"w": entry(shape=(2**32, 2**32))})
    file("shape-product-wraps-to-2", {"w": entry(shape=(2**63 - 1, 2**63 - 1, 2))})
    file("shape-bytes-overflow", {"w": entry(shape=(2**61,))})
    file("shape-huge", {"w": entry(shape=(2**31, 2**20), offsets=(0, 2**53))})
    file("shape-too-many-axes", {"w": entry(shape=[1] * 65 + [2])})
    file("offsets-reversed", {"w": entry(offsets=(8, 0))})
    file("offsets-negative", {"w": entry(offsets=(-8, 0))})
    file("offsets-one", {"w": entry(offsets=(8,))})
    file("offsets-three", {"w": entry(offsets=(0, 8, 8))})
    file("offsets-near-long-max", {"w": entry(offsets=(2**63 - 9, 2**63 - 1))})
    file("range-too-small", {"w": entry(shape=(3,))})
    file("range-too-large", {"w": entry(shape=(1,))})
    file("data-cut-short", {"w": entry(shape=(4,), offsets=(0, 16))})
    file("data-missing", {"w": entry()}, b"")
    file("data-trailing", {"w": entry()}, b"\0" * 9)
    file("data-without-tensors", {}, b"\0")
    file("overlap", {"a": entry(), "b": entry(offsets=(4, 12))}, b"\0" * 12)
    file("overlap-same-range", {"a": entry(), "b": entry()})
    file("hole", {"a": entry(), "b": entry(offsets=(12, 20))}, b"\0" * 20)
    file("hole-at-start", {"a": entry(offsets=(4, 12))}, b"\0" * 12)

    raw("pickle", pickle.dumps({"weight": [1.0, 2.0]}, protocol=2))
    raw("pickle-pytorch-legacy", bytes.fromhex("80028a0a6cfc9c46f9206aa850192e80024de903"))
    with zipfile.ZipFile(OUT / "pytorch.pt", "w") as archive:
        archive.writestr(zipfile.ZipInfo("archive/data.pkl"), pickle.dumps({}, protocol=2))
    with zipfile.ZipFile(OUT / "zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("weight.npy"), b"\x93NUMPY")
    raw("git-lfs-pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 46807446\n")
    raw("web-page", b"\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body></body></html>\n")
    raw("hdf5", b"\x89HDF\r\n\x1a\n" + bytes(88))
    raw("onnx", b"\x08\x07\x12\x07pytorch\x1a\x052.7.1:\x02\x0a\x00")
    raw("gguf", b"GGUF" + bytes(20))
    raw("numpy", b"\x93NUMPY\x01\x00v\x00{'descr': '<f4'}")
    raw("gzip", b"\x1f\x8b\x08\x00" + bytes(16))
    raw("index-json", b'{\n  "metadata": {"total_size": 8},\n  "weight_map": {}\n}\n')


if __name__ == "__main__":
    main()
