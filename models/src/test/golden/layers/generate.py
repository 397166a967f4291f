"""Packs golden cases of layers and models for GoldenLayersTest.

    python generate.py CASES OUT

CASES has a folder per case, CASES/<category>/<case>/, made by Keras 3.15.1 (TensorFlow backend, float32): model.keras, io.h5
(input_i, output_i, cotangent_i, grad_input_i, grad_weight_j: the vector-Jacobian products of sum <output_i, cotangent_i>
with training=False, j counting trainable_weights) and meta.json (tolerance, trainable_weights).
OUT gets a <category>.bin.gz each: for every case the length of a JSON header (4 bytes, big-endian), the header, and
the elements of the arrays that it lists, little-endian in row-major order. Weights are in the order of model.weights.
"""

import gzip
import json
import os
import sys
import zipfile

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy as np

CATEGORIES = [
    "activations", "conv", "pooling", "norm", "reshaping", "regularization",
    "merging", "core", "attention", "recurrent", "models", "channels_first", "preprocessing", "augmentation",
]
# What the names of cases begin with, for categories with layers that are not there.
ONLY = {
    "preprocessing": ("resizing", "center_crop", "category_encoding", "normalization"),
    "augmentation": ("aug_random_flip", "aug_random_rotation", "aug_random_translation", "aug_random_zoom",
                     "aug_random_brightness", "aug_random_contrast"),
}


def weights_of(path):
    model = keras.saving.load_model(path, compile=False)
    return [np.asarray(keras.ops.convert_to_numpy(keras.ops.cast(w, "float32") if "float16" in w.dtype else w))
            for w in model.weights]


def arrays_of(case):
    arrays = {}
    with h5py.File(os.path.join(case, "io.h5")) as io:
        for name in io:
            array = io[name][()]
            if array.dtype.kind not in "fiub":
                raise ValueError(f"{name} has elements of type {array.dtype}")
            arrays[name] = array
    for i, weight in enumerate(weights_of(os.path.join(case, "model.keras"))):
        arrays[f"weight_{i}"] = weight
    return arrays


def pack(case, category, out):
    with zipfile.ZipFile(os.path.join(case, "model.keras")) as archive:
        config = json.loads(archive.read("config.json"))
    with open(os.path.join(case, "meta.json")) as file:
        meta = json.load(file)
    arrays = arrays_of(case)
    booleans = {i["dataset"] for i in meta["inputs"] + meta["outputs"] if i["dtype"].startswith("bool")}
    header = {
        "name": f"{category}/{meta['name']}",
        "config": config,
        "tolerance": meta["tolerance"],
        "arrays": [{"name": n, "dtype": "bool" if n in booleans else str(a.dtype), "shape": list(a.shape)}
                   for n, a in arrays.items()],
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    out.write(len(text).to_bytes(4, "big"))
    out.write(text)
    for array in arrays.values():
        out.write(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())


def main(cases, target):
    for category in CATEGORIES:
        path = os.path.join(target, f"{category}.bin.gz")
        packed = 0
        with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as out:
            for name in sorted(os.listdir(os.path.join(cases, category))):
                case = os.path.join(cases, category, name)
                if not name.startswith(ONLY.get(category, "")):
                    continue
                try:
                    pack(case, category, out)
                    packed += 1
                except Exception as e:  # a case that Keras itself can't load again, or with strings
                    print(f"left out: {category}/{name}: {type(e).__name__}: {str(e)[:200]}")
        print(f"{category}: {packed} cases, {os.path.getsize(path)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
