"""Writes the operations of keras.ops with their arguments: python operations.py > operations.txt"""
import os
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import importlib, inspect, json
import keras
from keras.src.ops.operation import Operation

MODULES = ["ops.numpy", "ops.nn", "ops.core", "ops.math", "ops.linalg", "ops.image", "ops.einops", "activations.activations"]

def parameters(function):
    named = list(inspect.signature(function).parameters.values())[1:]
    return ", ".join(written(p) for p in named if p.name not in ("name", "kwargs"))

def written(p):
    star = {p.VAR_POSITIONAL: "*", p.VAR_KEYWORD: "**"}.get(p.kind, "")
    default = "" if p.default is p.empty else "=" + json.dumps(p.default, separators=(",", ":"))
    return star + p.name + default

print(f"# Written by operations.py from Keras {keras.__version__}: module.Class(arguments of a call | arguments of the operation)")
for name in MODULES:
    module = importlib.import_module("keras.src." + name)
    for cls in vars(module).values():
        if inspect.isclass(cls) and issubclass(cls, Operation) and cls.__module__ == module.__name__:
            own = "" if cls.__init__ is Operation.__init__ else parameters(cls.__init__)
            print(f"keras.src.{name}.{cls.__name__}({parameters(cls.call)} | {own})".replace("(|", "( |"))
