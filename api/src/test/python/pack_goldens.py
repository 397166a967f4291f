"""Packs golden tables made by Keras into the JSON resources of the tests.

    python pack_goldens.py TABLES_DIR ../resources/dev/keratin/goldens

A table is NAME.json (a list of cases) with NAME.h5 (a group for each case, its arrays as datasets); the ones packed were
computed by Keras 3.15.1 on TensorFlow 2.21, CPU, float32. A packed case has its arrays under "arrays", each as
{"dtype", "shape", "data"} with the data as base64 of little-endian elements.
"""

import base64
import json
import os
import sys

import h5py
import numpy as np

NAMES = ["ops", "initializers", "activations", "losses", "metrics", "regularizers", "constraints"]
DROPPED = ("note", "datasets", "same_seed_same_values", "q05", "median", "q95", "var", "n", "gram", "gram_expected",
           "gram_maxerr")


def packed(array):
    array = np.asarray(array)
    little = array.astype(array.dtype.newbyteorder("<"), order="C")
    return {"dtype": str(array.dtype), "shape": list(array.shape), "data": base64.b64encode(little.tobytes()).decode()}


def pack(folder, name):
    with open(os.path.join(folder, name + ".json")) as file:
        cases = json.load(file)
    with h5py.File(os.path.join(folder, name + ".h5")) as arrays:
        for case in cases:
            if "case" in case and case.get("datasets"):
                case["arrays"] = {key: packed(arrays[case["case"]][key][()]) for key in case["datasets"]}
            for key in DROPPED:
                case.pop(key, None)
    return cases


def main(folder, target):
    for name in NAMES:
        lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in pack(folder, name))
        with open(os.path.join(target, name + ".json"), "w") as file:
            file.write("[\n" + lines + "\n]\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
