"""Trains small models under mixed dtype policies, for GoldenMixedTest.

    python generate_training.py OUT

OUT gets training.bin.gz in the form that ../layers/generate.py describes, one case for each policy and model, made by
Keras 3.15.1 (TensorFlow backend): configuration of the model and of compile; x and y [steps, batch, ...]; weight_i before
and final_weight_i after the steps; loss [steps]; under mixed_float16 also scale and counter [steps] after each step and
iterations, the number of steps that were not skipped.
"""

import gzip
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
from keras import layers

STEPS = 16
BATCH = 8


def dense():
    return [keras.Input((6,)), layers.Dense(16, activation="tanh"), layers.Dense(8, activation="gelu"), layers.Dense(3)]


def convnet():
    return [keras.Input((8, 8, 1)), layers.Conv2D(8, 3, activation="relu"), layers.BatchNormalization(),
            layers.MaxPooling2D(2), layers.Flatten(), layers.Dense(10, activation="softmax")]


def normalized():
    return [keras.Input((5, 6)), layers.LayerNormalization(), layers.LSTM(8), layers.Dense(3, dtype="float32")]


def data(model, rng):
    shape = (STEPS, BATCH, *model.input_shape[1:])
    x = rng.integers(0, 17, shape) / 16 if len(shape) == 5 else rng.normal(size=shape)
    return x.astype("float32"), rng.integers(0, model.output_shape[-1], (STEPS, BATCH)).astype("int32")


def cases():
    logits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    yield "dense", dense, keras.optimizers.SGD(0.1, momentum=0.9), logits
    yield "convnet", convnet, keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy"
    yield "normalized", normalized, keras.optimizers.Adam(0.01), logits
    # Gradients overflow at the first scales, and later the scale grows once.
    yield "overflow", dense, keras.optimizers.SGD(0.05), logits


def run(name, policy, make, optimizer, loss):
    keras.config.set_dtype_policy(policy)
    keras.utils.set_random_seed(11)
    model = keras.Sequential(make())
    keras.config.set_dtype_policy("float32")
    optimizer = optimizer.__class__.from_config(optimizer.get_config())
    if name == "overflow" and policy == "mixed_float16":
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer, initial_scale=2.0**21, dynamic_growth_steps=5)
    model.compile(optimizer, loss)
    x, y = data(model, np.random.default_rng(5))
    arrays = {"x": x, "y": y}
    arrays.update({f"weight_{i}": w for i, w in enumerate(model.get_weights())})
    losses, scales, counters = [], [], []
    for step in range(STEPS):
        model.reset_metrics()
        losses.append(model.train_on_batch(x[step], y[step]))
        if policy == "mixed_float16":
            scales.append(float(model.optimizer.dynamic_scale))
            counters.append(int(model.optimizer.step_counter))
    arrays["loss"] = np.array(losses, "float32")
    arrays.update({f"final_weight_{i}": w for i, w in enumerate(model.get_weights())})
    if policy == "mixed_float16":
        arrays["scale"] = np.array(scales, "float32")
        arrays["counter"] = np.array(counters, "int64")
        arrays["iterations"] = np.array(int(model.optimizer.iterations), "int64")
    config = {"model": keras.saving.serialize_keras_object(model), "compile": model.get_compile_config()}
    return config, arrays


def main(target):
    path = os.path.join(target, "training.bin.gz")
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as out:
        for name, make, optimizer, loss in cases():
            for policy in ["mixed_float16", "mixed_bfloat16"]:
                config, arrays = run(name, policy, make, optimizer, loss)
                arrays = {key: np.asarray(value) for key, value in arrays.items()}
                header = {
                    "name": f"{policy}/{name}",
                    "config": config,
                    "tolerance": {},
                    "arrays": [{"name": n, "dtype": str(a.dtype), "shape": list(a.shape)} for n, a in arrays.items()],
                }
                text = json.dumps(header, separators=(",", ":")).encode()
                out.write(len(text).to_bytes(4, "big") + text)
                for array in arrays.values():
                    out.write(np.ascontiguousarray(array).tobytes())
                print(name, policy, arrays["loss"].tolist(), arrays.get("scale", np.zeros(0)).tolist())
    print(os.path.getsize(path), "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
