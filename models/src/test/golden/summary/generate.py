"""The tables that Keras's summary prints, for SummaryGoldenTest.

    python generate.py > ../../resources/dev/keratin/models/summary.json

Made by Keras 3.15.1. The models are those that SummaryGoldenTest makes, under the same names.
"""

import json
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["COLUMNS"] = "240"

import keras
from keras import layers


def stack():
    model = keras.Sequential(
        [
            layers.Input((8, 8, 1)),
            layers.Conv2D(4, 3, name="conv"),
            layers.BatchNormalization(name="norm"),
            layers.Flatten(name="flat"),
            layers.Dense(10, name="a_layer_with_a_rather_long_name_that_does_not_fit"),
        ],
        name="stack",
    )
    model.layers[0].trainable = False
    return model


def compiled():
    model = stack()
    model.compile("adam", "mse")
    model.optimizer.build(model.trainable_variables)
    return model


def branches():
    query, text = layers.Input((16,), name="query"), layers.Input((16,), name="text")
    encoder = layers.Dense(8, name="encoder")
    joined = layers.Concatenate(name="joined")([encoder(query), encoder(text)])
    total = keras.ops.sum(joined, axis=1)
    return keras.Model([query, text], [layers.Dense(1, name="score")(joined), total], name="branches")


def states():
    x = layers.Input((5, 3), name="steps")
    return keras.Model(x, layers.LSTM(4, return_state=True, name="memory")(x), name="states")


def nested():
    inner_in = layers.Input((8,), name="inner_in")
    inner = keras.Model(inner_in, layers.Dense(4, name="deep")(layers.Dense(8, name="wide")(inner_in)), name="inner")
    middle = keras.Sequential([layers.Input((8,)), inner, layers.Dropout(0.5, name="drop")], name="middle")
    x = layers.Input((8,), name="x")
    inner.trainable = False
    return keras.Model(x, layers.Add(name="sum")([middle(x), layers.Dense(4, name="side")(x)]), name="outer")


CASES = [
    ("stack", stack, {}),
    ("stack", stack, {"line_length": 50}),
    ("stack", stack, {"line_length": 121, "show_trainable": True}),
    ("stack", stack, {"line_length": 100, "positions": [0.2, 0.5, 0.9]}),
    ("stack", stack, {"layer_range": ["norm", "flat"]}),
    ("stack", stack, {"layer_range": ["fl", "con"]}),
    ("compiled", compiled, {}),
    ("branches", branches, {}),
    ("branches", branches, {"line_length": 97}),
    ("branches", branches, {"show_trainable": True}),
    ("branches", branches, {"positions": [0.4, 0.6, 0.7, 1.0], "line_length": 110}),
    ("states", states, {}),
    ("nested", nested, {}),
    ("nested", nested, {"expand_nested": True}),
    ("nested", nested, {"expand_nested": True, "show_trainable": True, "line_length": 140}),
    ("nested", nested, {"expand_nested": True, "layer_range": ["middle", "s.*"], "line_length": 60}),
]


def main():
    results = []
    for name, make, options in CASES:
        keras.backend.clear_session()
        lines = []
        make().summary(**{"line_length": 76, **options}, print_fn=lines.append)
        results.append({"model": name, "options": options, "text": "".join(lines)})
    print(json.dumps(results, ensure_ascii=False, indent=1))


main()
