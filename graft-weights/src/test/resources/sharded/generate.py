"""Makes the sharded fixture of this folder, and the indexes of ../crashers-index, each of which breaks one rule.

    venv/bin/pip install safetensors==0.8.0 numpy==2.4.6
    venv/bin/python generate.py

Files that a fuzzer found lie in ../crashers-index under names that begin with "fuzz-".
"""

import json
import shutil
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

HERE = Path(__file__).parent
BAD = HERE.parent / "crashers-index"
FIRST, SECOND = "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"


def index(weight_map, **more):
    return json.dumps({"metadata": {"total_size": 40}, "weight_map": weight_map, **more}, indent=2) + "\n"


def main():
    BAD.mkdir(exist_ok=True)
    save_file({"conv.weight": np.arange(6, dtype="float32"), "bn.num_batches_tracked": np.array(3)}, HERE / FIRST)
    save_file({"fc.bias": np.array([0.5, -0.5], "float16")}, HERE / SECOND)
    good = {"conv.weight": FIRST, "fc.bias": SECOND, "bn.num_batches_tracked": FIRST}
    (HERE / "model.safetensors.index.json").write_text(index(good))
    for shard in (FIRST, SECOND):
        shutil.copy(HERE / shard, BAD / shard)

    def bad(name, content):
        (BAD / f"{name}.json").write_text(content)

    for name, path in {
        "escapes": "../safetensors/f32.safetensors",
        "escapes-below": "sub/../../safetensors/f32.safetensors",
        "absolute": "/etc/passwd.safetensors",
        "backslash": "..\\safetensors\\f32.safetensors",
        "drive": "C:model.safetensors",
        "sub-folder": "sub/model.safetensors",
        "hidden": "..safetensors",
        "address": "https://example.org/model.safetensors",
        "zero-byte": "model\0.safetensors",
        "empty-path": "",
        "other-format": "model.bin",
    }.items():
        bad(f"path-{name}", index({**good, "fc.weight": path}))
    bad("shard-missing", index({**good, "fc.weight": "model-00003-of-00003.safetensors"}))
    bad("tensor-missing", index({**good, "fc.weight": SECOND}))
    bad("tensor-elsewhere", index({**good, "fc.bias": FIRST}))
    bad("tensor-unlisted", index({"conv.weight": FIRST, "fc.bias": SECOND}))
    bad("no-weight-map", json.dumps({"metadata": {}}))
    bad("weight-map-list", index([FIRST]))
    bad("shard-number", index({**good, "fc.weight": 3}))
    bad("list", "[]")
    bad("empty", "")
    bad("cut-short", index(good)[:60])
    bad("trailing", index(good) + "{}")
    bad("duplicate", '{"weight_map": {"a": "%s", "a": "%s"}}' % (FIRST, SECOND))
    bad("duplicate-weight-map", '{"weight_map": {}, "weight_map": {}}')
    bad("deep", '{"metadata": ' + "[" * 5000 + "]" * 5000 + "}")
    bad("name-too-long", index({"n" * 600: FIRST}))
    bad("name-lone-surrogate", '{"weight_map": {"\\ud800": "%s"}}' % FIRST)
    bad("git-lfs-pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 9000\n")
    bad("web-page", "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body></body></html>\n")


if __name__ == "__main__":
    main()
