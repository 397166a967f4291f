"""Trains small models in Keras and keeps them with what they predict and the losses of two more steps.

Written with Keras 3.15.1 on TensorFlow 2.21, oneDNN off:  python make_models.py FOLDER
NAME.keras holds the state after two steps; NAME.io.h5 holds the inputs x*, targets y*, predictions p*
of that state, and the losses of the two steps that follow.
"""
import os
import sys

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
import h5py
import keras
import numpy as np
from keras import layers as L

random = np.random.RandomState(0)


def floats(*shape):
    return random.rand(*shape).astype("float32")


def cnn():
    model = keras.Sequential([
        L.Input((8, 8, 1)), L.Conv2D(4, 3, activation="relu"), L.BatchNormalization(), L.MaxPooling2D(2),
        L.Conv2D(3, 2), L.ReLU(), L.Flatten(), L.Dense(5, activation="softmax")], name="cnn")
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, [floats(4, 8, 8, 1)], [random.randint(0, 5, (4,)).astype("int32")]


def shared():
    left, right = L.Input((3,), name="left"), L.Input((3,), name="right")
    twin, other = L.Dense(4, activation="tanh", name="twin"), L.Dense(4, name="other")
    hidden = L.Concatenate()([twin(left), twin(right), other(left)])
    score, kind = L.Dense(1, name="score")(hidden), L.Dense(2, activation="softmax", name="kind")(hidden)
    model = keras.Model([left, right], [score, kind], name="shared")
    model.compile(keras.optimizers.RMSprop(0.01, momentum=0.9, centered=True),
                  ["mean_squared_error", keras.losses.CategoricalCrossentropy(label_smoothing=0.1)],
                  loss_weights=[1.0, 0.5])
    return model, [floats(4, 3), floats(4, 3)], [floats(4, 1), np.eye(2, dtype="float32")[[0, 1, 1, 0]]]


def nested():
    start = L.Input((4,))
    inner = keras.Model(start, L.Dense(3)(L.Dense(3, activation="relu")(start)), name="inner")
    stack = keras.Sequential([L.Input((3,)), L.Dense(3), L.BatchNormalization(), L.Dropout(0.0)], name="stack")
    outer = L.Input((4,))
    model = keras.Model(outer, L.Dense(2)(stack(inner(outer))), name="outer")
    rate = keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5)
    model.compile(keras.optimizers.SGD(rate, momentum=0.9), "mean_squared_error")
    return model, [floats(4, 4)], [floats(4, 2)]


def recurrent():
    words = L.Input((5,), dtype="int32")
    hidden = L.Bidirectional(L.LSTM(3, return_sequences=True))(L.Embedding(7, 4)(words))
    hidden = L.SimpleRNN(2)(L.GRU(3, return_sequences=True)(hidden))
    model = keras.Model(words, L.Dense(1)(hidden), name="recurrent")
    model.compile(keras.optimizers.AdamW(0.01, weight_decay=0.01, amsgrad=True), "mean_squared_error")
    return model, [random.randint(0, 7, (4, 5)).astype("int32")], [floats(4, 1)]


def attention():
    start = L.Input((4, 6))
    hidden = L.LayerNormalization()(L.Add()([start, L.MultiHeadAttention(2, 3)(start, start)]))
    model = keras.Model(start, L.Dense(1)(L.Flatten()(L.TimeDistributed(L.Dense(2))(hidden))), name="attention")
    model.compile("adam", "mean_squared_error")
    return model, [floats(4, 4, 6)], [floats(4, 1)]


def scaled():
    model = keras.Sequential([L.Input((4,)), L.Dense(3, activation="tanh"), L.Dense(2)], name="scaled")
    model.compile(keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam(0.01), dynamic_growth_steps=3), "mean_squared_error")
    return model, [floats(4, 4)], [floats(4, 2)]


def unwrap(values):
    return values if len(values) > 1 else values[0]


def total(logs):
    return float(logs[0] if isinstance(logs, (list, tuple)) else logs)


for make in (cnn, shared, nested, recurrent, attention, scaled):
    keras.utils.set_random_seed(3)
    model, x, y = make()
    path = os.path.join(sys.argv[1], make.__name__)
    for _ in range(2):
        model.train_on_batch(unwrap(x), unwrap(y))
    model.save(path + ".keras")
    predictions = model.predict(unwrap(x), verbose=0)
    with h5py.File(path + ".io.h5", "w") as io:
        for kind, values in (("x", x), ("y", y), ("p", predictions if isinstance(predictions, list) else [predictions])):
            for i, value in enumerate(values):
                io[f"{kind}{i}"] = np.asarray(value)
        losses = []
        for _ in range(2):
            model.reset_metrics()
            losses.append(total(model.train_on_batch(unwrap(x), unwrap(y))))
        io["losses"] = np.array(losses, "float32")
