"""Writes which element type each function of keras.ops gives for operands of each type.

    KERAS_BACKEND=tensorflow python op_dtypes.py ../resources/dev/keratin/goldens/op_dtypes.json

Computed by Keras 3.15.1 on TensorFlow 2.21. A type that Keratin lacks is replaced by the next wider signed one; a call
that Keras refuses is left out.
"""

import json
import sys

import keras
import numpy as np

TYPES = ["bool", "int8", "uint8", "int32", "int64", "float16", "bfloat16", "float32", "float64"]
REPLACED = {"int16": "int32", "uint16": "int32", "uint32": "int32", "uint64": "int64"}
UNARY = """abs sign square negative sqrt rsqrt exp expm1 log log1p log2 log10 sin cos tan tanh sinh cosh arcsin arctan
    arcsinh erf floor ceil round trunc reciprocal isnan isinf isfinite logical_not sum mean prod max min all any var std
    argmax argmin count_nonzero cumsum cumprod sort argsort ones_like zeros_like relu sigmoid softmax gelu silu
    softplus median logsumexp nan_to_num deg2rad signbit nansum nanmean nanmax ptp sinc angle cbrt exp2 fabs isposinf diff
    average""".split()
BINARY = """add subtract multiply divide floor_divide mod power maximum minimum equal less logical_and matmul arctan2
    logaddexp hypot fmax fmod heaviside""".split()
NUMBERS = {"add": [2, 0.5], "multiply": [2, 0.5], "divide": [2, 0.5], "power": [2, 0.5], "maximum": [2, 0.5], "subtract": [2, 0.5],
           "floor_divide": [2, 0.5], "mod": [2, 0.5], "less": [2, 0.5]}


def operand(dtype):
    return keras.ops.cast(keras.ops.convert_to_tensor(np.array([[1, 1], [0, 1]])), dtype)


def result(name, *operands):
    try:
        dtype = keras.backend.standardize_dtype(getattr(keras.ops, name)(*operands).dtype)
    except Exception:
        return None
    return REPLACED.get(dtype, dtype)


def main(target):
    rows = [[name, [a], result(name, operand(a))] for name in UNARY for a in TYPES]
    rows += [[name, [a, b], result(name, operand(a), operand(b))] for name in BINARY for a in TYPES for b in TYPES]
    rows += [[name, [a, number], result(name, operand(a), number)] for name in NUMBERS for a in TYPES for number in NUMBERS[name]]
    with open(target, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row) for row in rows if row[2]) + "\n]\n")


if __name__ == "__main__":
    main(sys.argv[1])
