"""Makes the ONNX fixtures of this folder with the reference implementation.

    python -m venv venv && venv/bin/pip install onnx==1.23.2 numpy==2.4.6 ml_dtypes
    venv/bin/python generate.py

expected.json holds, for each fixture, every initialiser's type and shape and the bits of its values as float32, in
hexadecimal, or its integers. Graft's tests read these files and need no Python.
"""

import json
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save_model

HERE = Path(__file__).parent
NAMES = {1: "F32", 7: "I64", 6: "I32", 9: "BOOL", 10: "F16", 11: "F64", 16: "BF16"}


def describe(tensor):
    values = numpy_helper.to_array(tensor)
    entry = {"dtype": NAMES[tensor.data_type], "shape": list(values.shape)}
    if values.dtype.kind in "iub":
        entry["integers"] = [int(v) for v in values.ravel()]
    else:
        entry["bits"] = " ".join(format(b, "08x") for b in values.astype(np.float32).ravel().view(np.uint32))
    return entry


def save(name, nodes, initializers):
    graph = helper.make_graph(
        nodes,
        "main",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 4])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 3])],
        initializers,
    )
    model = helper.make_model(graph, producer_name="graft-fixtures", opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    save_model(model, HERE / name)
    return {tensor.name: describe(tensor) for tensor in initializers}


def main():
    random = np.random.default_rng(3)
    expected = {}
    matrix = random.normal(size=(4, 3)).astype(np.float32)
    expected["named-by-node.onnx"] = save(
        "named-by-node.onnx",
        [
            helper.make_node("MatMul", ["x", "onnx::MatMul_788"], ["h"], name="/encoder/layer.0/query/MatMul"),
            helper.make_node("Add", ["encoder.layer.0.query.bias", "h"], ["y"], name="/encoder/layer.0/query/Add"),
        ],
        [
            numpy_helper.from_array(random.normal(size=3).astype(np.float32), "encoder.layer.0.query.bias"),
            numpy_helper.from_array(matrix, "onnx::MatMul_788"),
        ],
    )
    values = [0.5, -0.0, 1e-40, 3.25, -2.0, 65504.0]
    make = helper.make_tensor
    expected["typed.onnx"] = save(
        "typed.onnx",
        [],
        [
            make("float", TensorProto.FLOAT, [2, 3], values),
            make("double", TensorProto.DOUBLE, [3, 2], values),
            make("half", TensorProto.FLOAT16, [6], values),
            make("brain", TensorProto.BFLOAT16, [6], values),
            make("long", TensorProto.INT64, [3], [-1, 2**40, 0]),
            make("int", TensorProto.INT32, [2], [-7, 7]),
            make("bool", TensorProto.BOOL, [2], [True, False]),
            make("scalar", TensorProto.FLOAT, [], [7.5]),
            make("empty", TensorProto.FLOAT, [0, 4], []),
        ],
    )
    expected["raw.onnx"] = save(
        "raw.onnx",
        [],
        [
            numpy_helper.from_array(np.array(values, np.float32).reshape(2, 3), "float"),
            numpy_helper.from_array(np.array(values, np.float64), "double"),
            numpy_helper.from_array(np.array(values, np.float16), "half"),
            numpy_helper.from_array(np.array([-1, 2**40], np.int64), "long"),
            numpy_helper.from_array(random.normal(size=(40, 50)).astype(np.float32), "large"),
        ],
    )
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
