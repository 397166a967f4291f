"""Writes calls of functions of keras.ops with what they gave, where the packed tables of pack_goldens.py leave gaps.

    KERAS_BACKEND=tensorflow TF_ENABLE_ONEDNN_OPTS=0 python op_cases.py ../resources/dev/keratin/goldens/ops_more.json

Computed by Keras 3.15.1 on TensorFlow 2.21. The format is that of the packed tables; in "args" and "kwargs" a text "$arg_k"
stands for array arg_k.
"""

import json
import sys

import keras
import numpy as np
from pack_goldens import packed

RANDOM = np.random.default_rng(7)
CASES = []


def f(*shape):
    return RANDOM.normal(size=shape).astype("float32")


def case(op, *args, **kwargs):
    arrays = []

    def named(value):
        if isinstance(value, np.ndarray):
            arrays.append(value)
            return "$arg_%d" % (len(arrays) - 1)
        return [named(each) for each in value] if isinstance(value, (list, tuple)) else value

    named_args = [named(each) for each in args]
    named_kwargs = {key: named(each) for key, each in kwargs.items()}
    function = keras.ops
    for part in op.split("."):
        function = getattr(function, part)
    result = function(*[tensor(each) for each in args], **{key: tensor(each) for key, each in kwargs.items()})
    results = list(result) if isinstance(result, (list, tuple)) else [result]
    data = {"arg_%d" % i: packed(each) for i, each in enumerate(arrays)}
    data.update({"out_%d" % i: packed(flat(keras.ops.convert_to_numpy(each))) for i, each in enumerate(results)})
    count = sum(each["op"] == "keras.ops." + op for each in CASES)
    CASES.append({"case": "%s_more_%d" % (op.replace(".", "_"), count), "op": "keras.ops." + op, "args": named_args,
                  "kwargs": named_kwargs, "arrays": data})


def tensor(value):
    if isinstance(value, tuple):
        return tuple(tensor(each) for each in value)
    return keras.ops.convert_to_tensor(value) if isinstance(value, np.ndarray) else value


def flat(array):
    return array.astype("uint8") if array.dtype == bool else array


def products():
    for equation, shapes in {"...ij,jk": [(2, 3, 4), (4, 5)], "bqhd,bkhd->bhqk": [(2, 5, 3, 4), (2, 6, 3, 4)],
                             "iij->ji": [(3, 3, 2)], "i,j,k->kji": [(2,), (3,), (4,)], "ij,ij->": [(2, 3), (2, 3)],
                             "a...b,b...->a...": [(2, 3, 4), (4, 3)], "abc,cd->abd": [(2, 3, 4), (4, 5)],
                             "aecd,abcd->acbe": [(2, 5, 3, 4), (2, 6, 3, 4)], "ab": [(3, 2)],
                             "abcd,abde->abce": [(2, 3, 4, 5), (2, 3, 5, 2)], "i,i->i": [(3,), (3,)]}.items():
        case("einsum", equation, *[f(*shape) for shape in shapes])
    case("matmul", f(4), f(4, 3))
    case("matmul", f(2, 1, 3, 4), f(5, 4, 2))


def convolutions():
    for kwargs in [dict(strides=2, padding="same"), dict(strides=2, padding="valid"), dict(padding="same", dilation_rate=2)]:
        case("conv", f(2, 7, 6, 4), f(3, 2, 4, 5), **kwargs)
    case("conv", f(2, 7, 6, 4), f(3, 3, 2, 6), padding="same")
    case("conv", f(2, 9, 3), f(4, 3, 2), padding="same", strides=3)
    case("conv", f(1, 5, 4, 6, 2), f(2, 3, 2, 2, 3), padding="same", strides=2)
    for kwargs in [dict(strides=2, padding="valid"), dict(strides=3, padding="same"), dict(strides=1, padding="valid"),
                   dict(strides=2, padding="same", output_padding=0), dict(strides=2, padding="valid", output_padding=1)]:
        case("conv_transpose", f(2, 4, 5, 3), f(3, 3, 4, 3), **kwargs)
    case("conv_transpose", f(2, 5, 3), f(4, 2, 3), strides=2, padding="same")
    case("depthwise_conv", f(2, 7, 6, 3), f(3, 3, 3, 2), strides=2, padding="same")
    case("depthwise_conv", f(2, 7, 3), f(3, 3, 2), padding="same", dilation_rate=2)
    for op in ["max_pool", "average_pool"]:
        case(op, f(2, 7, 6, 3), 3, strides=2, padding="same")
        case(op, f(2, 7, 6, 3), 2, strides=1, padding="valid")
        case(op, f(2, 9, 3), 4, strides=3, padding="same")
    case("adaptive_average_pool", f(2, 7, 6, 3), 4, data_format="channels_last")
    case("adaptive_max_pool", f(2, 7, 10, 3), 3, data_format="channels_last")


def statistics():
    x = f(3, 7)
    x[1, 2] = np.nan
    for op in ["nanmax", "nanmin", "nanmean", "nanvar", "nanstd", "nansum", "nanprod", "nanmedian", "median", "max", "std"]:
        case(op, x, axis=1)
    for method in ["linear", "lower", "higher", "nearest", "midpoint"]:
        case("quantile", f(4, 6), np.array([0.1, 0.5, 0.77], "float32"), axis=1, method=method)
    case("logaddexp2", f(3), f(3))
    case("i0", f(6) * 4)
    case("gcd", np.array([12, -18, 0], "int32"), np.array([8, 27, 5], "int32"))
    case("lcm", np.array([12, -18, 0], "int32"), np.array([8, 27, 5], "int32"))
    case("corrcoef", f(3, 8))
    case("isin", np.array([1, 2, 3], "int32"), np.array([3, 1], "int32"))
    case("angle", f(5))
    case("fmax", x, f(3, 7))
    case("fmin", x, f(3, 7))
    case("ldexp", f(3), np.array([1, -2, 3], "int32"))
    case("trapezoid", f(3, 4), axis=1)
    case("vander", f(3))
    case("cdist", f(3, 2), f(4, 2))
    for mode in ["full", "same"]:
        case("correlate", f(7), f(4), mode=mode)


def networks():
    logits = f(2, 6, 5)
    case("ctc_loss", np.array([[1, 2, 2], [3, 1, 0]], "int32"), logits, np.array([3, 2], "int32"), np.array([6, 4], "int32"))
    case("ctc_decode", logits, np.array([6, 4], "int32"))
    case("unfold", f(2, 3, 6, 5), [3, 2], dilation=[1, 2], padding=[1, 0], stride=[2, 1])
    case("fold", f(2, 18, 9), [6, 5], [3, 2], dilation=[1, 2], padding=[1, 0], stride=[2, 1])
    case("depth_to_space", f(2, 3, 4, 8), 2)
    case("space_to_depth", f(2, 4, 6, 3), 2)
    case("softmax", f(2, 3, 4), axis=1)
    case("gelu", f(8), approximate=False)
    case("binary_crossentropy", np.array([0, 1, 1], "float32"), f(3), from_logits=True)
    case("categorical_crossentropy", np.eye(3, dtype="float32"), f(3, 3), from_logits=True)
    case("layer_normalization", f(2, 3, 4), gamma=f(3, 4), beta=f(3, 4), axis=[1, 2], epsilon=1e-3)
    case("dot_product_attention", f(2, 3, 4, 5), f(2, 6, 2, 5), f(2, 6, 2, 5))


def images():
    case("image.sobel_edges", f(2, 5, 6, 3))
    case("image.ssim", RANDOM.random((2, 14, 13, 3)).astype("float32"), RANDOM.random((2, 14, 13, 3)).astype("float32"))
    picture = RANDOM.random((1, 5, 7, 2)).astype("float32")
    for interpolation in ["bilinear", "bicubic", "lanczos3", "lanczos5", "area", "nearest"]:
        case("image.resize", picture, [8, 3], interpolation=interpolation)
        case("image.resize", picture, [2, 12], interpolation=interpolation, antialias=True)


def transforms():
    case("fft", (f(2, 3, 60), f(2, 3, 60)))
    case("fft", (f(97), f(97)))
    case("rfft", f(2, 64), fft_length=40)
    case("rfft", f(2, 20), fft_length=45)
    case("irfft", (f(2, 9), f(2, 9)), fft_length=15)
    for center in [True, False]:
        for window in ["hann", "hamming"]:
            case("stft", f(2, 100), sequence_length=24, sequence_stride=8, fft_length=32, window=window, center=center)
    case("istft", (f(2, 9, 17), f(2, 9, 17)), sequence_length=24, sequence_stride=8, fft_length=32)
    case("istft", (f(2, 9, 17), f(2, 9, 17)), sequence_length=32, sequence_stride=16, fft_length=32, length=100, window="hamming",
         center=False)


def linear_algebra():
    a = f(2, 5, 5)
    positive = np.matmul(a, a.transpose(0, 2, 1)) + np.eye(5, dtype="float32")
    case("cholesky", positive)
    case("cholesky_inverse", np.tril(f(4, 4)) + 3 * np.eye(4, dtype="float32"))
    case("lu_factor", f(5, 5))
    for op in ["det", "inv", "slogdet"]:
        case(op, a)
    case("solve", a, f(2, 5, 3))
    case("solve_triangular", np.triu(a) + 3 * np.eye(5, dtype="float32"), f(2, 5, 3), lower=False)
    for shape in [(2, 6, 4), (3, 5), (4, 4)]:
        case("qr", f(*shape))
    case("pinv", f(6, 4))
    case("lstsq", f(6, 4), f(6, 2))
    case("matrix_rank", np.matmul(f(5, 2), f(2, 5)))
    for order in ["nuc", "fro", 1, -1, 2, -2]:
        case("norm", f(4, 6), ord=order)


def main(target):
    products()
    convolutions()
    statistics()
    networks()
    images()
    transforms()
    linear_algebra()
    with open(target, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in CASES) + "\n]\n")


if __name__ == "__main__":
    main(sys.argv[1])
