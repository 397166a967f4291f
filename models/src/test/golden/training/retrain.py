"""Trains cases once more in Keras on PyTorch, where its backends don't agree.

    KERAS_BACKEND=torch python retrain.py CASES OUT NAME...

OUT gets a copy of each named case of CASES (see generate.py) with the losses, final weights and outputs that the same
weights, batches and optimizer give on PyTorch, and "backend": "torch" in its meta.json. The cases of the project are
- embedding_lstm_adam: TensorFlow keeps an embedding's gradient as a row per token and squares row by row,
- schedule_free_adamw: built within the first step on TensorFlow, the optimizer's z starts at 0 instead of at the weights.
"""

import json
import os
import shutil
import sys

import h5py
import keras
import numpy as np


def numpy_of(value):
    return keras.ops.convert_to_numpy(value)


def retrain(case):
    with open(os.path.join(case, "meta.json")) as file:
        meta = json.load(file)
    model = keras.saving.load_model(os.path.join(case, "initial.keras"), compile=False)
    loss = getattr(keras.losses, meta["loss"]["class_name"])(**meta["loss"]["kwargs"])
    model.compile(keras.optimizers.deserialize(meta["optimizer"]), loss)
    with h5py.File(os.path.join(case, "io.h5"), "r+") as io:
        x, y = io["x_0"][()], io["y_0"][()]
        for step in range(len(x)):
            model.reset_metrics()
            io["losses"][step] = np.ravel(model.train_on_batch(x[step], y[step]))[0]
        for k, weight in enumerate(model.weights):
            io[f"final_{k}"][...] = numpy_of(weight.value)
        io["output_0"][...] = numpy_of(model(x[0], training=False))
    meta["backend"] = keras.backend.backend()
    with open(os.path.join(case, "meta.json"), "w") as file:
        json.dump(meta, file)


def main(cases, target, *names):
    for name in names:
        case = os.path.join(target, name)
        shutil.copytree(os.path.join(cases, name), case)
        retrain(case)


if __name__ == "__main__":
    main(*sys.argv[1:])
