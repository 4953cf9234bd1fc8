"""Makes the safetensors fixtures of this folder with the reference implementation.

    python -m venv venv && venv/bin/pip install safetensors==0.8.0 numpy==2.4.6
    venv/bin/python generate.py            writes the fixtures beside this script
    venv/bin/python generate.py --check F  reads the file F, which Graft wrote, and prints what it holds

expected.json holds, for each fixture, its metadata and every tensor's type, shape and the bits of its values as
float32, in hexadecimal. Graft's tests read these files and need no Python.
"""

import json
import sys
from pathlib import Path

import numpy as np
from safetensors import TensorSpec, safe_open, serialize_file
from safetensors.numpy import load_file, save_file

HERE = Path(__file__).parent
TYPES = {"float16": "F16", "float32": "F32", "float64": "F64", "int64": "I64", "bool": "BOOL", "uint8": "U8"}


def bits(values):
    with np.errstate(over="ignore"):
        return " ".join(format(b, "08x") for b in np.asarray(values).astype(np.float32).ravel().view(np.uint32))


def describe(array):
    readable = array.dtype.kind == "f"
    return {
        "dtype": TYPES[array.dtype.name],
        "shape": list(array.shape),
        "bits": bits(array) if readable else None,
    }


def save(name, tensors, metadata=None):
    save_file(tensors, HERE / name, metadata=metadata)
    return {"metadata": metadata or {}, "tensors": {k: describe(v) for k, v in tensors.items()}}


def save_bfloat16(name):
    halves = np.array([0x3F80, 0xBF80, 0x4049, 0x0000, 0x8000, 0x0001, 0x7F7F], dtype=np.uint16)
    raw = halves.tobytes()
    spec = TensorSpec(dtype="bfloat16", shape=[7], data_ptr=halves.ctypes.data, data_len=len(raw))
    serialize_file({"weight": spec}, str(HERE / name), None)
    widened = " ".join(format(int(h) << 16, "08x") for h in halves)
    return {"metadata": {}, "tensors": {"weight": {"dtype": "BF16", "shape": [7], "bits": widened}}}


def generate():
    # Every 61st half, all subnormal powers of two, and both sides of each change of exponent.
    corners = [b + d for b in range(0, 65536, 1024) for d in (-1, 0, 1) if 0 <= b + d < 65536]
    chosen = sorted({*range(0, 65536, 61), *corners, *(1 << i for i in range(10))})
    halves = np.array(chosen, dtype=np.uint16).view(np.float16)
    finite = halves[np.isfinite(halves)]
    grid = np.arange(6, dtype=np.float32).reshape(2, 3)
    expected = {
        "f32.safetensors": save("f32.safetensors", {
            "conv.bias": np.array([0.5, -0.0, 1e-45], dtype=np.float32),
            "conv.weight": np.linspace(-1, 1, 3 * 2 * 3 * 3, dtype=np.float32).reshape(3, 2, 3, 3),
        }, {"format": "np"}),
        "f16.safetensors": save("f16.safetensors", {"weight": finite}),
        "bf16.safetensors": save_bfloat16("bf16.safetensors"),
        "f64.safetensors": save("f64.safetensors", {
            "weight": np.array([[np.pi, -np.e], [1e-300, 2.0**127]], dtype=np.float64)}),
        "scalar.safetensors": save("scalar.safetensors", {"scale": np.array(2.5, dtype=np.float32)}),
        "empty-tensor.safetensors": save("empty-tensor.safetensors", {
            "after": grid, "none": np.zeros((0, 4), dtype=np.float32), "zero": np.zeros((2, 0), dtype=np.float32)}),
        "no-tensors.safetensors": save("no-tensors.safetensors", {}),
        "metadata.safetensors": save("metadata.safetensors", {"weight": grid}, {
            "format": "pt", "licence": "Apache-2.0", "note": "line\nbreak, \"quotes\", 举一反三"}),
        "unicode.safetensors": save("unicode.safetensors", {
            "层.权重": grid, "naïve \"quoted\"\t": grid + 1, "emoji 🌱": grid + 2}),
        "mixed.safetensors": save("mixed.safetensors", {
            "counter": np.array(7, dtype=np.int64), "mask": np.array([True, False]),
            "half": np.array([1, 2], dtype=np.float16), "single": grid, "double": np.array([3.0])}),
    }
    nan = {"good": grid, "weight": np.array([1, np.nan, np.inf], dtype=np.float32)}
    expected["not-finite.safetensors"] = save("not-finite.safetensors", nan)
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def check(path):
    with safe_open(path, framework="np") as file:
        print(json.dumps(file.metadata(), ensure_ascii=False))
    for name, array in load_file(path).items():
        print(name, array.dtype, array.shape, bits(array)[:71])


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--check":
        check(sys.argv[2])
    else:
        generate()
