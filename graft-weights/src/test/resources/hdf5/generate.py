"""Makes the HDF5 fixtures of this folder with the reference implementation.

    python -m venv venv && venv/bin/pip install h5py==3.16.0 numpy==2.4.6
    venv/bin/python generate.py

expected.json holds, for each fixture, every data set's type and shape and the bits of its values as float32, in
hexadecimal, or its integers. Graft's tests read these files and need no Python.
"""

import json
from pathlib import Path

import h5py
import numpy as np

HERE = Path(__file__).parent
TYPES = {"float16": "F16", "float32": "F32", "float64": "F64", "int64": "I64", "int32": "I32", "uint8": "U8"}


def describe(data_set):
    values = data_set[()]
    entry = {"dtype": TYPES[data_set.dtype.name], "shape": list(data_set.shape)}
    if data_set.dtype.kind in "iu":
        entry["integers"] = [int(v) for v in np.asarray(values).ravel()]
    else:
        entry["bits"] = " ".join(format(b, "08x") for b in np.asarray(values).astype(np.float32).ravel().view(np.uint32))
    return entry


def save(name, fill, **settings):
    with h5py.File(HERE / name, "w", **settings) as file:
        fill(file)
    expected = {}
    with h5py.File(HERE / name) as file:
        file.visititems(lambda path, item: expected.update({path: describe(item)} if isinstance(item, h5py.Dataset) else {}))
    return expected


def types(file):
    values = [0.5, -0.0, 1e-40, 3.25, -2.0, 65504.0]
    for name in ("float16", "float32", "float64"):
        file[name] = np.array(values, name).reshape(2, 3)
    file["int64"] = np.array([-1, 2**40])
    file["int32"] = np.array([-7, 7], "int32")
    file["uint8"] = np.array([255, 1], "uint8")
    file["scalar"] = np.float32(7.5)
    file["empty"] = np.zeros((0, 4), "float32")


def groups(file):
    for layer in range(12):
        file[f"layers/dense_{layer}"] = np.full((2,), layer, "float32")


def two_levels(file):
    """So many names in one group that its tree has an inner node."""
    for i in range(140):
        file[f"d{i:03}"] = np.float32(i)


def attributes(file):
    file.attrs["layer_names"] = [b"conv2d", b"dense", b"a_much_longer_name"]
    file.attrs["keras_version"] = "2.15.0"
    file.attrs["note"] = "grün"
    group = file.create_group("model_weights")
    group.attrs["layer_names"] = ["second", "first"]
    group.attrs["empty"] = np.zeros((0,))
    group.attrs["numbers"] = [1, 2]
    for i in range(30):
        group.attrs[f"filler_{i}"] = "x" * 100
    group.attrs["last"] = ["after", "a", "continuation"]


def compact(file):
    space = h5py.h5s.create_simple((3,))
    settings = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    settings.set_layout(h5py.h5d.COMPACT)
    identifier = h5py.h5d.create(file.id, b"compact", h5py.h5t.IEEE_F32LE, space, settings)
    h5py.Dataset(identifier)[...] = [1, 2, 3]
    ordered = file.create_group("ordered", track_order=True)
    ordered["z"] = np.float32([9])
    ordered["a"] = np.float32([8])


def main():
    expected = {
        "types.h5": save("types.h5", types),
        "groups.h5": save("groups.h5", groups),
        "two-levels.h5": save("two-levels.h5", two_levels),
        "attributes.h5": save("attributes.h5", attributes),
        "compact.h5": save("compact.h5", compact),
        "latest.h5": save("latest.h5", types, libver="latest"),
    }
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
