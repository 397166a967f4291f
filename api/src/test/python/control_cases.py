"""Writes what loops, conditions and functions of functions give in Keras, with gradients.

    KERAS_BACKEND=tensorflow python control_cases.py ../resources/dev/keratin/goldens/control.json

Computed by Keras 3.15.1 on TensorFlow 2.21. A case is a name, which ControlGoldenTest calls alike, with the arrays that go in
("arg_k") and come out ("out_k").
"""

import json
import sys

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from pack_goldens import packed

RANDOM = np.random.default_rng(5)
CASES = []


def f(*shape):
    return RANDOM.normal(size=shape).astype("float32")


def case(name, function, *arrays):
    results = function(*[ops.convert_to_tensor(each) for each in arrays])
    data = {"arg_%d" % i: packed(each) for i, each in enumerate(arrays)}
    data.update({"out_%d" % i: packed(ops.convert_to_numpy(each)) for i, each in enumerate(keras.tree.flatten(results))})
    CASES.append({"case": name, "kwargs": {}, "arrays": data})


def with_gradients(function):
    def both(*inputs):
        with tf.GradientTape() as tape:
            for each in inputs:
                tape.watch(each)
            results = keras.tree.flatten(function(*inputs))
            target = sum(ops.sum(each) for each in results)
        return results + list(tape.gradient(target, inputs))

    return both


def decayed(carry, x):
    total = carry * 0.5 + x
    return total, ops.tanh(total)


def two(carry, xs):
    a, b = carry
    x, y = xs
    return (b, a + x * y), (a * y, b)


@ops.custom_gradient
def straight(x):
    return ops.round(x), lambda g: 2.0 * g


@ops.custom_gradient
def around(x):
    return ops.square(straight(x)), lambda g: 3.0 * g * x


def scans():
    case("scan", with_gradients(lambda c, x: ops.scan(decayed, c, x)), f(2), f(4, 2))
    case("scan reversed", with_gradients(lambda c, x: ops.scan(decayed, c, x, reverse=True)), f(2), f(4, 2))
    case("scan unrolled", lambda c, x: ops.scan(decayed, c, x, unroll=2), f(2), f(5, 2))
    case("scan nested", lambda a, b, x, y: ops.scan(two, (a, b), (x, y), reverse=True), f(2), f(2), f(3, 2), f(3))
    case("scan without sequences", lambda c: ops.scan(lambda c, none: (c * 2 + 1, c), c, None, length=4)[0], f(3))
    case("scan of one step", lambda c, x: ops.scan(decayed, c, x), f(2), f(1, 2))
    case("scan of steps", lambda c, x: ops.scan(lambda c, row: (ops.scan(decayed, c, row)[0], c), c, x), f(), f(3, 2))
    case("associativeScan", lambda x: ops.associative_scan(lambda a, b: a + b, x, reverse=True, axis=1), f(2, 5))
    case("associativeScan of pairs", lambda a, b: ops.associative_scan(
        lambda p, q: (p[0] * q[0], p[1] * q[0] + q[1]), (a, b)), f(6, 2), f(6, 2))


def loops():
    case("whileLoop", lambda x, y: ops.while_loop(lambda x, y: ops.sum(x) < 20, lambda x, y: (x * 2 + y, y + 1), (x, y)), abs(f(2)), abs(f(2)))
    case("whileLoop at most", lambda x: ops.while_loop(lambda x: ops.sum(x) < 1e9, lambda x: (x * 2,), (x,), maximum_iterations=3), abs(f(2)))
    case("whileLoop never", lambda x: ops.while_loop(lambda x: ops.sum(x) < -1e9, lambda x: (x * 2,), (x,)), f(2))
    case("whileLoop in a loop", lambda x: ops.while_loop(lambda x: ops.sum(x) < 100, lambda x: (ops.while_loop(
        lambda y: ops.max(y) < 7, lambda y: (y + 1,), (x,))[0] * 3,), (x,)), f(2))
    case("foriLoop", with_gradients(lambda x: ops.fori_loop(2, 5, lambda i, s: s * x + ops.cast(i, "float32"), x)), f(3))
    case("foriLoop of none", lambda x: ops.fori_loop(4, 4, lambda i, s: -s, x), f(3))
    case("map", with_gradients(lambda x: ops.map(lambda row: ops.sum(row * row), x)), f(3, 2))
    case("map of many", lambda x, y: ops.map(lambda each: (each[0] * each[1], ops.max(each[0])), (x, y)), f(3, 2), f(3))
    case("vectorizedMap", lambda x: ops.vectorized_map(lambda row: ops.cumsum(row), x), f(3, 4))


def conditions():
    for name, sign in [("cond then", 1), ("cond otherwise", -1)]:
        case(name, with_gradients(lambda x: ops.cond(ops.sum(x) > 0, lambda: (x * 2, {"b": ops.exp(x)}), lambda: (x * x, {"b": -x}))),
             sign * abs(f(3)))
    case("cond nested", lambda x: ops.cond(ops.sum(x) > 0, lambda: ops.cond(ops.max(x) > 100, lambda: x, lambda: x + 1), lambda: -x), abs(f(3)))
    for index in [-3, 1, 9]:
        case("switchCase", lambda i, x, y: ops.switch(i, [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b], x, y),
             np.array(index, "int32"), f(2), f(2))


def functions():
    case("customGradient", with_gradients(lambda x: straight(x * 3) * 5), f(4))
    case("customGradient nested", with_gradients(lambda x: around(x * 2)), f(4))
    # Keras's own vectorize does not work on TensorFlow; on NumPy it is this one.
    case("vectorize", lambda a, b: np.vectorize(lambda a, b: a * b + a)(a, b), f(3, 1), f(2))
    product = np.vectorize(lambda m, v: np.matmul(m, v), signature="(m,n),(n)->(m)")
    case("vectorize signature", lambda m, v: product(m.numpy(), v.numpy()), f(2, 1, 3, 4), f(5, 4))
    case("jvp", lambda x, v: ops.jvp(lambda y: ops.tanh(y) * ops.sum(y), (x,), (v,)), f(3), f(3))


def main(target):
    for part in [scans, loops, conditions, functions]:
        part()
    with open(target, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in CASES) + "\n]\n")


if __name__ == "__main__":
    main(sys.argv[1])
