"""Computes learning rates of the schedules of Keras (3.15.1, TensorFlow backend) for 50 steps.

Usage: KERAS_BACKEND=tensorflow python generate_schedules.py > ../../resources/dev/keratin/optimizers/schedules/schedules.json
"""
import json

import keras
from keras.optimizers import schedules as s

CASES = [
    s.ExponentialDecay(0.1, 10, 0.9),
    s.ExponentialDecay(0.1, 8, 0.8, staircase=True),
    s.PiecewiseConstantDecay([10, 25], [1.0, 0.5, 0.1]),
    s.PolynomialDecay(0.1, 20, 0.01),
    s.PolynomialDecay(0.1, 12, 0.001, power=2.0, cycle=True),
    s.InverseTimeDecay(0.1, 5, 0.5),
    s.InverseTimeDecay(0.1, 6, 0.3, staircase=True),
    s.CosineDecay(0.1, 30),
    s.CosineDecay(0.01, 25, alpha=0.05, warmup_target=0.1, warmup_steps=10),
    s.CosineDecayRestarts(0.1, 8),
    s.CosineDecayRestarts(0.1, 6, t_mul=1.5, m_mul=0.8, alpha=0.02),
    s.CosineDecayRestarts(0.1, 7, t_mul=1.0, m_mul=0.5),
]


def number(tensor):
    return float(str(keras.ops.convert_to_numpy(tensor)[()]))


def row(schedule):
    values = [number(schedule(keras.ops.convert_to_tensor(step, "int64"))) for step in range(50)]
    return json.dumps({"schedule": s.serialize(schedule), "values": values})


print("[\n " + ",\n ".join(row(schedule) for schedule in CASES) + "\n]")
