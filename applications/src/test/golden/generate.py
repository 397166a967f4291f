"""Describes the models of keras.applications and computes with them, for ApplicationsGoldenTest.

    python generate.py OUT [NAME...]

OUT gets for each architecture, or each of the named ones, with Keras's default settings, layers/<name>.txt: the numbers of
parameters, then a line per layer: its name, class, output shape, the layers and ops it is called on, and its weights with
their shapes. Of the larger tables, and of those for other settings, digests.json keeps the first line and the SHA-256 only.
formula.json gets the outputs for weights and inputs that follow from a formula, so that no weights have to be kept.

The formula: element i of weight number t has z = seed * 0x9E3779B97F4A7C15 + t * 0xBF58476D1CE4E5B9 + i (mod 2^64), which
goes through the finaliser of splitmix64; u is its upper 24 bits as a fraction. gamma and moving_variance are 0.5 + u; bias,
beta and moving_mean (2u - 1) / 10; weights of Normalization keep their values; all others
(2u - 1) * sqrt(6 / fan_in) * gain, where fan_in is the product of all lengths but the last one, two for a depthwise
kernel. Inputs have t = 1000003: floor(256 u) for models that rescale bytes, otherwise 2u - 1. Computed in double, rounded to
float.
"""

import hashlib
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np

# In the order of the seeds.
NAMES = (["ResNet50", "ResNet101", "ResNet152", "ResNet50V2", "ResNet101V2", "ResNet152V2", "VGG16", "VGG19", "MobileNet",
          "MobileNetV2", "DenseNet121", "DenseNet169", "DenseNet201", "Xception", "MobileNetV3Small", "MobileNetV3Large"]
         + [f"EfficientNetB{i}" for i in range(8)] + [f"EfficientNetV2{kind}" for kind in ("B0", "B1", "B2", "B3", "S", "M", "L")]
         + ["InceptionV3", "InceptionResNetV2", "NASNetMobile", "NASNetLarge"]
         + [f"ConvNeXt{size}" for size in ("Tiny", "Small", "Base", "Large", "XLarge")])
FEATURES = {"include_top": False, "pooling": "avg"}
# Settings other than the default ones of which there is a digest.
VARIANTS = [
    ("MobileNetV3Small", {"minimalistic": True, "alpha": 0.75, "include_preprocessing": False, "dropout_rate": 0}),
    ("MobileNetV3Large", dict(FEATURES, alpha=1.25)),
    ("MobileNetV3Small", {"input_shape": [65, 97, 3], "classes": 10, "name": "small"}),
    ("EfficientNetB0", FEATURES), ("EfficientNetB0", {"input_shape": [65, 97, 1]}),
    ("EfficientNetV2B0", FEATURES), ("EfficientNetV2B0", {"input_shape": [65, 97, 1]}),
    ("EfficientNetV2B1", {"include_preprocessing": False}), ("EfficientNetV2S", {"include_top": False, "pooling": "max"}),
    ("InceptionV3", FEATURES), ("InceptionResNetV2", {"include_top": False, "pooling": "max"}), ("Xception", FEATURES),
    ("NASNetMobile", FEATURES), ("NASNetMobile", {"input_shape": [65, 97, 3]}),
    ("ConvNeXtTiny", FEATURES), ("ConvNeXtTiny", {"include_preprocessing": False, "name": "tiny"}),
    ("ConvNeXtTiny", {"input_shape": [65, 97, 1]}),
]
# Of these the whole table is kept, with the default settings.
TABLES = NAMES[:15] + ["EfficientNetB0", "EfficientNetV2B0", "InceptionV3", "ConvNeXtTiny"]
SMALL = {"input_shape": [32, 32, 3], "classes": 10, "classifier_activation": None}
BYTES = ("EfficientNet", "MobileNetV3", "ConvNeXt")
# Where the outputs of the standard formula vanish or overflow.
GAINS = {"MobileNetV2": 0.8, "MobileNetV3Large": 0.8, "EfficientNetV2": 0.8}
LARGE_INPUTS = {"InceptionV3": 75, "InceptionResNetV2": 75, "Xception": 71}
# Too many weights to be made up in a test, or more of the same.
NOT_COMPUTED = (["VGG19", "NASNetLarge"] + [f"EfficientNetB{i}" for i in range(1, 8)]
                + [f"EfficientNetV2{kind}" for kind in ("B1", "B2", "B3", "M", "L")]
                + [f"ConvNeXt{size}" for size in ("Small", "Base", "Large", "XLarge")])


def shape(dims):
    return "(" + ",".join("?" if d is None else str(d) for d in dims) + ")"


def line(layer):
    inputs = [t._keras_history.operation.name for node in layer._inbound_nodes[:1] for t in node.input_tensors]
    weights = [w.name + shape(w.shape) for w in layer.weights]
    return " ".join([layer.name, type(layer).__name__, shape(layer.output.shape), "<-", ",".join(inputs), "|"] + weights).strip()


def describe(app, arguments):
    keras.backend.clear_session()
    model = getattr(keras.applications, app)(weights=None, **arguments)
    trainable = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
    head = f"{model.name} {model.count_params()} parameters, {trainable} trainable"
    return "\n".join([head] + [line(layer) for layer in model.layers]) + "\n"


def uniform(seed, t, size):
    with np.errstate(over="ignore"):
        z = (np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(t) * np.uint64(0xBF58476D1CE4E5B9)
             + np.arange(size, dtype=np.uint64))
        z += np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) * 2.0**-24


def value(weight, depthwise, u, gain):
    name = weight.path.split("/")[-1]
    if name in ("gamma", "moving_variance"):
        return 0.5 + u
    if name in ("bias", "beta", "moving_mean"):
        return (2 * u - 1) * 0.1
    fan_in = np.prod(weight.shape[:-2] if depthwise or name == "depthwise_kernel" else weight.shape[:-1])
    return (2 * u - 1) * np.sqrt(6 / fan_in) * gain


def compute(app, seed):
    size = LARGE_INPUTS.get(app, 32)
    kwargs = dict(SMALL, input_shape=[size, size, 3])
    if app.startswith("VGG"):
        kwargs = {"input_shape": [size, size, 3], "include_top": False, "pooling": "avg"}
    keras.backend.clear_session()
    model = getattr(keras.applications, app)(weights=None, **kwargs)
    owners = {id(w): layer for layer in model._flatten_layers() for w in layer.weights}
    gain = next((g for name, g in GAINS.items() if app.startswith(name)), 1.0)
    for t, weight in enumerate(model.weights):
        kind = type(owners[id(weight)]).__name__
        if kind != "Normalization":
            u = uniform(seed, t, int(np.prod(weight.shape)))
            weight.assign(value(weight, kind.startswith("DepthwiseConv"), u, gain).astype("float32").reshape(weight.shape))
    u = uniform(seed, 1000003, 2 * size * size * 3)
    x = (np.floor(256 * u) if app.startswith(BYTES) else 2 * u - 1).astype("float32").reshape(2, size, size, 3)
    y = np.asarray(model(x, training=False))
    return {"application": app, "size": size, "top": "include_top" not in kwargs, "seed": seed, "gain": gain,
            "bytes": app.startswith(BYTES), "output": [float(f"{v:.9g}") for v in y.flatten()]}


def digest(app, arguments):
    table = describe(app, arguments)
    return {"application": app, "arguments": arguments, "head": table.split("\n")[0],
            "sha256": hashlib.sha256(table.encode()).hexdigest()}


def write(out, name, cases):
    with open(os.path.join(out, name), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


def main(out, names):
    os.makedirs(os.path.join(out, "layers"), exist_ok=True)
    for app in [name for name in TABLES if name in names]:
        with open(os.path.join(out, "layers", app.lower() + ".txt"), "w") as file:
            file.write(describe(app, {}))
    settings = [(app, {}) for app in NAMES if app not in TABLES] + VARIANTS
    write(out, "digests.json", [digest(*each) for each in settings if each[0] in names])
    write(out, "formula.json", [compute(app, 100 + i) for i, app in enumerate(NAMES) if app in names and app not in NOT_COMPUTED])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] or NAMES)
