"""Packs training trajectories of Keras for GoldenTrainingTest.

    python generate.py CASES OUT

CASES has a folder per case, made by Keras 3.15.1 (float32, TensorFlow backend but for the two cases of retrain.py):
initial.keras, meta.json (optimizer, loss, loss weights, tolerances) and io.h5: x_i, y_i and sample_weight of ten steps,
losses (metrics reset before each step), initial_k and final_k in the order of model.weights, output_i: the inference of the
final weights on the first x.
OUT/trajectories.bin.gz has for each case the length of a JSON header (4 bytes, big-endian), the header, and the elements of the
arrays that it lists, little-endian in row-major order.
"""

import gzip
import json
import os
import re
import sys
import zipfile

import h5py
import numpy as np

KEPT = re.compile(r"(x|y|initial|final|output)_\d+|sample_weight|losses")
SETTINGS = ["optimizer", "loss", "loss_weights"]


def arrays_of(case):
    with h5py.File(os.path.join(case, "io.h5")) as io:
        return {name: io[name][()] for name in io if KEPT.fullmatch(name)}


def pack(case, out):
    with zipfile.ZipFile(os.path.join(case, "initial.keras")) as archive:
        config = json.loads(archive.read("config.json"))
    with open(os.path.join(case, "meta.json")) as file:
        meta = json.load(file)
    arrays = arrays_of(case)
    header = {
        "name": meta["name"], "config": config, "tolerance": meta["tolerance"],
        "training": {key: meta[key] for key in SETTINGS if meta.get(key)},
        "arrays": [{"name": n, "dtype": str(a.dtype), "shape": list(a.shape)} for n, a in arrays.items()],
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    out.write(len(text).to_bytes(4, "big"))
    out.write(text)
    for array in arrays.values():
        out.write(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())


def main(cases, target):
    path = os.path.join(target, "trajectories.bin.gz")
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as out:
        for name in sorted(os.listdir(cases)):
            pack(os.path.join(cases, name), out)
    print(f"{len(os.listdir(cases))} cases, {os.path.getsize(path)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
