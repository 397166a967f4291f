"""Writes the list of the files with ImageNet's weights that keras.applications fetches.

    python published.py > published.txt

A line per file: what is asked for, "top" or "notop", the hash that Keras checks it by or "-", and its address. Nothing is fetched, and
no model is built: all layers give back the same tensor.
"""

import inspect
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import warnings

import keras
from keras.src.utils import file_utils

from generate import NAMES


class Asked(Exception):
    pass


def ask(fname, origin, file_hash=None, md5_hash=None, **kwargs):
    raise Asked(f"{file_hash or md5_hash or '-'} {origin}")


class Tensor:
    shape = (None, 32, 32, 32)

    def __add__(self, other):
        return self

    __mul__ = __add__


class Layers:
    def __getattr__(self, name):
        return lambda *args, **kwargs: lambda *inputs, **more: Tensor()

    def add(self, *args, **kwargs):
        return Tensor()

    Input = multiply = concatenate = add


def build_nothing(module):
    layers = Layers()
    module.layers = layers
    module.Functional = lambda *args, **kwargs: None
    for name in ("Sequential", "LayerScale", "CustomScaleLayer"):
        setattr(module, name, getattr(layers, name))


def variants(app):
    if app == "MobileNet":
        return [(f"mobilenet_{a:.2f}_{r}", {"alpha": a, "input_shape": (r, r, 3)})
                for a in (0.25, 0.5, 0.75, 1.0) for r in (128, 160, 192, 224)]
    if app == "MobileNetV2":
        return [(f"mobilenetv2_{a:.2f}_{r}", {"alpha": a, "input_shape": (r, r, 3)})
                for a in (0.35, 0.5, 0.75, 1.0, 1.3, 1.4) for r in (96, 128, 160, 192, 224)]
    if app.startswith("MobileNetV3"):
        return [(f"{app}_0.75", {"alpha": 0.75}), (f"{app}_1.00", {}), (f"{app}_minimalistic_1.00", {"minimalistic": True})]
    return [(None, {})]


def main():
    warnings.simplefilter("ignore")
    file_utils.get_file = ask
    for app in NAMES:
        factory = getattr(keras.applications, app)
        for key, arguments in variants(app):
            for top in (True, False):
                build_nothing(sys.modules[factory.__module__])
                try:
                    factory(weights="imagenet", include_top=top, **arguments)
                except Asked as asked:
                    print(key or default_name(factory), "top" if top else "notop", asked, flush=True)


def default_name(factory):
    return inspect.signature(factory).parameters["name"].default


main()
