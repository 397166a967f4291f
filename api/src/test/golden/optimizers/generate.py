"""Computes trajectories of variables under the optimizers of Keras (3.15.1, TensorFlow backend).

Usage: KERAS_BACKEND=tensorflow python generate.py > ../../resources/dev/keratin/optimizers/trajectories.json

Three variables take ten steps with given gradients. The file holds, for each case: the optimizer as Keras serializes it,
the variables after the first, the third and the last step, and the optimizer's own variables at the end.
"""
import json
import sys

import numpy as np
import keras
from keras import optimizers as o
from keras.optimizers import schedules as s

STEPS = 10
KEPT = [0, 2, 9]
SHAPES = [("dense/kernel", (4, 3)), ("dense/bias", (3,)), ("mixer/kernel", (2, 2, 3))]


def cases():
    yield "sgd", lambda: o.SGD(0.1)
    yield "sgd_momentum", lambda: o.SGD(0.05, momentum=0.9)
    yield "sgd_nesterov", lambda: o.SGD(0.05, momentum=0.9, nesterov=True)
    yield "sgd_weight_decay", lambda: o.SGD(0.1, weight_decay=0.2)
    yield "sgd_clipnorm", lambda: o.SGD(0.1, clipnorm=0.7)
    yield "sgd_clipvalue", lambda: o.SGD(0.1, clipvalue=0.3)
    yield "sgd_global_clipnorm", lambda: o.SGD(0.1, global_clipnorm=0.9)
    yield "sgd_ema", lambda: o.SGD(0.1, use_ema=True, ema_momentum=0.8)
    yield "sgd_ema_overwrite", lambda: o.SGD(0.1, momentum=0.5, use_ema=True, ema_momentum=0.7, ema_overwrite_frequency=3)
    yield "sgd_accumulation", lambda: o.SGD(0.1, momentum=0.9, gradient_accumulation_steps=3)
    yield "sgd_loss_scale", lambda: o.SGD(0.1, loss_scale_factor=16.0)
    yield "rmsprop", lambda: o.RMSprop(0.01)
    yield "rmsprop_momentum", lambda: o.RMSprop(0.01, rho=0.8, momentum=0.9)
    yield "rmsprop_centered", lambda: o.RMSprop(0.01, centered=True, epsilon=1e-5)
    yield "rmsprop_centered_momentum", lambda: o.RMSprop(0.01, momentum=0.5, centered=True, weight_decay=0.01)
    yield "adam", lambda: o.Adam()
    yield "adam_betas", lambda: o.Adam(0.01, beta_1=0.8, beta_2=0.95, epsilon=1e-3)
    yield "adam_amsgrad", lambda: o.Adam(0.01, amsgrad=True, global_clipnorm=1.0)
    yield "adam_ema_accumulation", lambda: o.Adam(
        0.02, use_ema=True, ema_momentum=0.6, ema_overwrite_frequency=2, gradient_accumulation_steps=2)
    yield "adam_accumulation_options", lambda: o.Adam(
        0.02, gradient_accumulation_steps=3, clipnorm=0.5, weight_decay=0.1, loss_scale_factor=8.0)
    yield "adam_schedule", lambda: o.Adam(s.ExponentialDecay(0.05, 3, 0.5))
    yield "sgd_schedule_accumulation", lambda: o.SGD(
        s.PolynomialDecay(0.1, 8, 0.01, power=2.0), gradient_accumulation_steps=2)
    yield "adamw", lambda: o.AdamW()
    yield "adamw_decay", lambda: o.AdamW(0.01, weight_decay=0.3, amsgrad=True)
    yield "adagrad", lambda: o.Adagrad(0.05)
    yield "adagrad_initial", lambda: o.Adagrad(0.05, initial_accumulator_value=0.5, epsilon=1e-3)
    yield "adadelta", lambda: o.Adadelta(1.0)
    yield "adadelta_rho", lambda: o.Adadelta(0.5, rho=0.8, epsilon=1e-4, clipvalue=0.5)
    yield "adamax", lambda: o.Adamax(0.01)
    yield "adamax_betas", lambda: o.Adamax(0.01, beta_1=0.7, beta_2=0.9, weight_decay=0.05)
    yield "nadam", lambda: o.Nadam(0.01)
    yield "nadam_accumulation", lambda: o.Nadam(0.01, beta_1=0.8, gradient_accumulation_steps=2)
    yield "ftrl", lambda: o.Ftrl(0.05)
    yield "ftrl_regularized", lambda: o.Ftrl(
        0.1, learning_rate_power=-0.4, l1_regularization_strength=0.02, l2_regularization_strength=0.03,
        l2_shrinkage_regularization_strength=0.01, beta=0.1)
    yield "lion", lambda: o.Lion(0.003)
    yield "lion_decay", lambda: o.Lion(0.003, beta_1=0.8, beta_2=0.95, weight_decay=0.1)
    yield "lamb", lambda: o.Lamb(0.01)
    yield "lamb_decay", lambda: o.Lamb(0.01, beta_1=0.8, weight_decay=0.1)
    yield "adafactor", lambda: o.Adafactor(0.02)
    yield "adafactor_fixed", lambda: o.Adafactor(0.5, relative_step=False, clip_threshold=0.5, beta_2_decay=-0.6)
    yield "adafactor_schedule", lambda: o.Adafactor(s.InverseTimeDecay(0.5, 3, 0.5))
    yield "muon", lambda: o.Muon(0.01)
    yield "muon_plain", lambda: o.Muon(
        0.02, nesterov=False, ns_steps=3, rms_rate=None, adam_lr_ratio=0.5, exclude_layers=["mixer"], weight_decay=None)
    yield "schedule_free_adamw", lambda: o.ScheduleFreeAdamW()
    yield "schedule_free_adamw_warmup", lambda: o.ScheduleFreeAdamW(0.02, warmup_steps=4, beta_1=0.8, weight_decay=0.1)
    yield "loss_scale", lambda: o.LossScaleOptimizer(o.Adam(0.02), initial_scale=128.0, dynamic_growth_steps=4)
    yield "multi", multi


def multi():
    parts = o.OptimizerMap(o.SGD(0.1, momentum=0.9))
    parts["dense/.*"] = o.Adam(0.02)
    return o.MultiOptimizer(parts)


def numbers(array):
    return [float(str(x)) for x in np.asarray(array, "float32").ravel()]


def run(make, initial, gradients):
    keras.backend.clear_session()
    variables = []
    for (path, _), value in zip(SHAPES, initial):
        scope, name = path.split("/")
        with keras.name_scope(scope):
            variables.append(keras.Variable(value, name=name))
    optimizer = make()
    optimizer.build(variables)
    kept = []
    for step in range(STEPS):
        optimizer.apply([keras.ops.convert_to_tensor(g) for g in gradients[step]], variables)
        if step in KEPT:
            kept.append([numbers(v) for v in variables])
    return {
        "optimizer": keras.optimizers.serialize(optimizer),
        "kept": kept,
        "state": [
            {"name": v.name, "shape": list(v.shape), "dtype": v.dtype, "values": numbers(v)} for v in optimizer.variables
        ],
    }


def main():
    random = np.random.RandomState(7)
    initial = [random.uniform(-1, 1, shape).astype("float32") for _, shape in SHAPES]
    gradients = [[random.normal(0, 0.6, shape).astype("float32") for _, shape in SHAPES] for _ in range(STEPS)]
    result = {
        "keras": keras.__version__,
        "shapes": {path: list(shape) for path, shape in SHAPES},
        "kept_steps": KEPT,
        "initial": [numbers(v) for v in initial],
        "gradients": [[numbers(g) for g in step] for step in gradients],
    }
    lines = [f" {json.dumps(k)}: {json.dumps(v)}" for k, v in result.items()]
    rows = [f"  {json.dumps(name)}: {json.dumps(run(make, initial, gradients))}" for name, make in cases()]
    lines.append(' "cases": {\n' + ",\n".join(rows) + "\n }")
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")


main()
