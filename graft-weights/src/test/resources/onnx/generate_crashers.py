"""Makes the files of ../crashers-onnx by hand: each breaks one rule, or is another format.

Needs nothing but Python. Files that a fuzzer found lie in the same folder under names that begin with "fuzz-".
"""

import struct
from pathlib import Path

OUT = Path(__file__).parent.parent / "crashers-onnx"


def varint(value):
    value &= 2**64 - 1
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def number(field, value):
    return varint(field << 3) + varint(value)


def field(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def tensor(dims=(2,), kind=1, name="w", raw=b"\0" * 8, more=b""):
    body = b"".join(number(1, d) for d in dims) + number(2, kind)
    return body + (field(8, name) if name else b"") + (field(9, raw) if raw is not None else b"") + more


def model(*tensors, nodes=()):
    graph = b"".join(field(1, n) for n in nodes) + field(2, "main") + b"".join(field(5, t) for t in tensors)
    return number(1, 8) + field(2, "graft-fixtures") + field(7, graph)


def raw(name, content):
    (OUT / name).write_bytes(content)


def main():
    OUT.mkdir(exist_ok=True)
    good = model(tensor())
    raw("zero-bytes", b"")
    raw("cut-short", good[:-3])
    raw("no-graph", number(1, 8) + field(2, "graft-fixtures"))
    raw("text", b"these are not the weights that you look for")
    raw("varint-endless", b"\x08" + b"\xff" * 20)
    raw("varint-cut-off", number(1, 8) + b"\x3a\x80")
    raw("field-zero", number(1, 8) + field(2, "x") + b"\x02\x00")
    raw("wire-type-group", number(1, 8) + field(2, "x") + b"\x3b\x3c")
    raw("wire-type-wrong", number(1, 8) + field(2, "x") + number(7, 5))
    raw("length-past-end", number(1, 8) + field(2, "x") + varint(7 << 3 | 2) + varint(2**40) + b"\0")
    raw("length-negative", number(1, 8) + field(2, "x") + varint(7 << 3 | 2) + varint(-1) + b"\0")
    raw("tensor-past-graph", number(1, 8) + field(2, "x") + field(7, varint(5 << 3 | 2) + varint(100) + tensor())
        + bytes(200))
    raw("shape-too-large", model(tensor(dims=(2**31, 2**20))))
    raw("shape-product-overflow", model(tensor(dims=(2**32, 2**32))))
    raw("shape-bytes-overflow", model(tensor(dims=(2**61,))))
    raw("shape-negative", model(tensor(dims=(-2,))))
    raw("shape-too-many-axes", model(tensor(dims=[1] * 65 + [2])))
    raw("shape-bomb-varints", model(tensor(dims=(2**40,), kind=7, raw=None, more=field(7, b"\1"))))
    raw("raw-too-short", model(tensor(dims=(3,))))
    raw("raw-too-long", model(tensor(dims=(1,))))
    raw("no-values", model(tensor(raw=None)))
    raw("two-fields-of-values", model(tensor(more=field(4, bytes(8)))))
    raw("float-data-of-double", model(tensor(dims=(1,), kind=11, raw=None, more=field(4, bytes(8)))))
    raw("values-not-packed", model(tensor(dims=(1,), raw=None, more=varint(4 << 3 | 5) + bytes(4))))
    raw("varints-too-few", model(tensor(dims=(3,), kind=7, raw=None, more=field(7, b"\1\2"))))
    raw("varints-too-many", model(tensor(dims=(1,), kind=7, raw=None, more=field(7, b"\1\2"))))
    raw("type-missing", model(field(8, "w")))
    raw("type-string", model(tensor(kind=8)))
    raw("type-unknown", model(tensor(kind=77)))
    raw("type-negative", model(tensor(kind=-1)))
    raw("name-missing", model(tensor(name=None)))
    raw("name-not-utf8", model(tensor(name=b"\xff\xfe")))
    raw("name-too-long", model(tensor(name="n" * 600)))
    raw("duplicate-name", model(tensor(), tensor()))
    raw("sparse", number(1, 8) + field(2, "x") + field(7, field(15, b"")))
    raw("segment", model(tensor(more=field(3, b""))))
    external = field(13, field(1, "location") + field(2, "../../etc/passwd")) + number(14, 1)
    raw("external-path-escapes", model(tensor(raw=None, more=external)))
    external = field(13, field(1, "location") + field(2, "model.onnx_data")) + number(14, 1)
    raw("external-path", model(tensor(raw=None, more=external)))
    raw("external-without-path", model(tensor(more=number(14, 1))))
    raw("node-cut-short", model(nodes=[field(4, "MatMul") + b"\x0a\x70x"]))
    raw("git-lfs-pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 90387606\n")
    raw("web-page", b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body></body></html>\n")
    raw("hdf5", b"\x89HDF\r\n\x1a\n" + bytes(88))
    raw("safetensors", struct.pack("<Q", 2) + b"{}")


if __name__ == "__main__":
    main()
