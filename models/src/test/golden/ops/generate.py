"""Calls every operation of keras.ops in a functional model of its own, for OpGraphTest.

    python generate.py OUT

OUT gets ops.bin.gz in the form that ../layers/generate.py describes, one case for each operation, made by Keras 3.15.1
(TensorFlow backend): configuration, input_i and output_i. What takes a function, gives complex numbers or results whose
shape depends on elements is left out, as is what fails in Keras itself; see untried-ops.txt.
"""

import gzip
import importlib
import inspect
import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
from keras import ops
from keras.src.ops.operation import Operation

MODULES = ["ops.numpy", "ops.nn", "ops.core", "ops.math", "ops.linalg", "ops.image", "ops.einops", "activations.activations"]
RNG = np.random.default_rng(3)
NAN = RNG.uniform(0.1, 0.9, (2, 3, 4)).astype("float32")
NAN[0, 1, 2] = np.nan
SPD = RNG.normal(size=(2, 3, 3))
SPD = (SPD @ SPD.transpose(0, 2, 1) + 2 * np.eye(3)).astype("float32")
# What operations are called on, by the letter that the cases below name them with.
INPUTS = {
    "x": RNG.uniform(0.1, 0.9, (2, 3, 4)).astype("float32"),
    "y": RNG.uniform(0.1, 0.9, (2, 3, 4)).astype("float32"),
    "s": RNG.normal(size=(2, 3, 4)).astype("float32"),
    "n": NAN,
    "m": SPD,
    "c": RNG.normal(size=(2, 3, 2)).astype("float32"),
    "r": RNG.normal(size=(2, 3)).astype("float32"),
    "i": RNG.integers(0, 3, (2, 3)).astype("int32"),
    "j": RNG.integers(1, 5, (2, 3)).astype("int32"),
    "b": RNG.uniform(size=(2, 3, 4)) > 0.5,
    "p": RNG.uniform(0.1, 0.9, (2, 6, 6, 3)).astype("float32"),
    "q": RNG.uniform(0.1, 0.9, (2, 6, 6, 4)).astype("float32"),
    "h": RNG.normal(size=(2, 5, 2, 4)).astype("float32"),
    "l": np.array([2, 0.3], "float32"),
    "t": np.array([[1, 2], [2, 1]], "int32"),
    "u": np.array([2, 1], "int32"),
    "v": np.array([3, 3], "int32"),
}
KERNEL = RNG.normal(size=(2, 2, 3, 4)).astype("float32")
TABLE = RNG.normal(size=(4, 5)).astype("float32")
GRID = np.stack(np.meshgrid(np.arange(2.0), np.arange(3.0), np.arange(4.0), indexing="ij")).astype("float32")
POINTS = np.array([[0, 0], [5, 0], [0, 5], [5, 5]], "float32")
MOVED = np.array([[0, 1], [5, 0], [1, 5], [4, 4]], "float32")


class On:
    """Stands for an input in the arguments of a case."""

    def __init__(self, letter):
        self.letter = letter


def on(letters):
    return [On(letter) for letter in letters]


x, y, s, n, m, c, r, i, j, b, p, q, h, l, t, u, v = on("xysnmcrijbpqhltuv")
# Arguments of the call, then of the operation; several cases are a list.
CASES = {
    "Arccosh": ([[j], {}]), "Rot90": ([[x], {"k": 3, "axes": (1, 2)}]), "Average": [([x, y], {"axis": 2}), ([x], {"axis": None})],
    "Bincount": ([[i], {"minlength": 4}]), "BroadcastTo": ([[x], {"shape": (2, 2, 3, 4)}]), "Clip": [([s], {"x_min": -0.5, "x_max": 1})],
    "Concatenate": ([[[x, y, s]], {"axis": 1}]), "Cross": ([[m, m], {"axis": 1}]), "Digitize": ([[x, np.array([0.2, 0.5, 0.8])], {}]),
    "Diag": ([[r], {"k": 1}]), "Diagflat": ([[r], {"k": 0}]), "Diagonal": ([[x], {"offset": 1, "axis1": 1, "axis2": 2}]),
    "Einsum": ([[x, y], {"subscripts": "bij,bkj->bik"}]), "ExpandDims": [([x], {"axis": -1}), ([x], {"axis": (1, 3)})],
    "Full": None, "FullLike": [([x, 2], {}), ([x, TABLE[:, 0]], {})], "Arange": None, "Linspace": None, "Logspace": None, "Geomspace": None,
    "GetItem": [([x, (slice(None), slice(1, None), -1)], {}), ([x, (Ellipsis, None, slice(None, None, -2))], {}), ([x, 0], {})],
    "Hsplit": ([[x], {"indices_or_sections": [1]}]), "Vsplit": ([[x], {"indices_or_sections": [1]}]), "Dsplit": ([[x], {"indices_or_sections": 2}]),
    "Split": [([x], {"indices_or_sections": 2, "axis": 2}), ([x], {"indices_or_sections": [1, 3], "axis": -1})],
    "ArraySplit": ([[x], {"indices_or_sections": 3, "axis": 2}]), "Ldexp": ([[r, i], {}]), "Gcd": ([[i, j], {}]), "Lcm": ([[i, j], {}]),
    "IsIn": ([[i, [0, 2]], {"invert": True}]), "Kron": ([[r, r], {}]), "Meshgrid": ([[r, r], {"indexing": "ij"}]),
    "Moveaxis": ([[x], {"source": 1, "destination": -1}]), "NanToNum": ([[n], {"nan": 0.5}]), "Nonzero": None, "Ndim": None, "Size": None,
    "Nanpercentile": ([[n, 30.0], {"axis": 1}]), "Nanquantile": ([[n, [0.2, 0.5]], {"axis": 1, "keepdims": True}]),
    "Percentile": ([[x, 30.0], {"axis": 1}]), "Quantile": [([x, [0.2, 0.5]], {"axis": [1, 2], "keepdims": True}), ([x, 0.5], {})],
    "Pad": [([x], {"pad_width": [[0, 0], [1, 2], [0, 1]]}), ([x, 3.0], {"pad_width": ((0, 0), (1, 0), (0, 0))}),
            ([x], {"pad_width": [[0, 0], [1, 1], [2, 1]], "mode": "reflect"})],
    "Repeat": [([x], {"repeats": [2, 0, 1], "axis": 1}), ([x], {"repeats": 2, "axis": 1}), ([x], {"repeats": 2})], "Reshape": ([[x], {"newshape": (-1, 6)}]),
    "Roll": [([x], {"shift": (1, 2), "axis": (1, 2)}), ([x], {"shift": 2, "axis": 1}), ([x], {"shift": -3})], "Round": ([[x], {"decimals": 1}]),
    "SearchSorted": ([[np.array([0.1, 2.0, 2.5], "float32"), l], {"side": "right"}]),
    "Select": ([[[b, b], [x, y], 3], {}]), "Slogdet": ([[m], {}]), "Stack": ([[[x, y]], {"axis": -1}]), "Dstack": ([[[x, y]], {}]),
    "Hstack": ([[[x, y]], {}]), "Vstack": ([[[x, y]], {}]), "Squeeze": None, "Swapaxes": ([[x], {"axis1": 1, "axis2": -1}]),
    "Take": [([x, [0, -1]], {"axis": 2}), ([x, 1], {"axis": 1}), ([np.arange(8.0).astype("float32"), i], {"axis": None})],
    "TakeAlongAxis": ([[r, i], {"axis": 1}]), "Tensordot": [([x, TABLE], {"axes": 1}), ([x, TABLE], {"axes": [[2], [0]]})],
    "Tile": ([[x], {"repeats": [1, 2, 1]}]), "Trapezoid": ([[x], {"dx": 0.5}]), "Transpose": [([x], {"axes": (0, 2, 1)}), ([x], {})],
    "Unique": None, "UnravelIndex": None, "Vander": None, "Vdot": ([[x, y], {}]),
    "Where": [([b, x, 0.0], {}), ([b, x, y], {}), ([b, -float("inf"), x], {})], "Add": [([x, y], {}), ([x, 1.5], {}), ([i, 2], {}), ([i, 0.5], {})],
    "Subtract": [([x, y], {}), ([2, x], {})], "Power": [([x, y], {}), ([x, 2], {})], "Matmul": ([[x, TABLE], {}]), "Dot": ([[x, TABLE], {}]),
    "Inner": ([[x, x], {}]), "Correlate": None, "Corrcoef": ([[r], {}]), "Glu": ([[s], {}]), "Logdet": ([[m], {}]),
    "Histogram": None, "Argpartition": None, "Cumsum": [([x], {"axis": 1}), ([x], {})],
    "Isclose": [([x, y], {}), ([n, n], {"equal_nan": True})], "Max": [([x], {"axis": (1, 2), "keepdims": True}), ([x], {"axis": -1}), ([s], {"axis": 1, "initial": 0.5})],
    "Min": [([s], {"axis": 1}), ([s], {"axis": 1, "initial": 0.5})], "Sort": [([s], {"axis": 1}), ([s], {"axis": None})],
    "Cumprod": [([s], {"axis": 1}), ([j], {"axis": 1, "dtype": "float32"})],
    "Nanargmax": [([n], {"axis": 1}), ([n], {"axis": 1, "keepdims": True})],
    "Trace": ([[x], {"axis1": 1, "axis2": 2}]), "View": ([[x], {"dtype": "int32"}]), "Array": ([[x], {"dtype": "int32"}]),
    "ConvertToTensor": ([[x], {}]), "Cast": ([[x], {"dtype": "float16"}]), "SaturateCast": ([[x], {"dtype": "uint8"}]),
    "Threshold": ([[s], {"threshold": 0.3, "default_value": -1.0}]), "OneHot": ([[i], {"num_classes": 3, "dtype": "float32"}]),
    "MultiHot": ([[i], {"num_classes": 3, "dtype": "float32"}]), "MaxPool": [([p], {"pool_size": 2}), ([p], {"pool_size": (3, 2), "strides": (2, 1), "padding": "same"})],
    "AveragePool": ([[p], {"pool_size": 2, "strides": 1, "padding": "same"}]), "AdaptiveMaxPool": ([[p], {"output_size": (2, 3)}]),
    "AdaptiveAveragePool": ([[p], {"output_size": (2, 4)}]), "Conv": [([p, KERNEL], {"strides": (2, 1), "padding": "same"}), ([p, KERNEL], {"dilation_rate": 2})],
    "DepthwiseConv": ([[p, KERNEL[..., :2]], {}]), "SeparableConv": ([[p, KERNEL[..., :2], np.ones((1, 1, 6, 2), "float32")], {"padding": "same"}]),
    "ConvTranspose": None, "BinaryCrossentropy": ([[y, x], {}]),
    "CategoricalCrossentropy": ([[y, x], {"from_logits": True}]), "SparseCategoricalCrossentropy": ([[i, x], {}]),
    "Moments": [([x], {"axes": [1]}), ([x], {"axes": [0, 2], "keepdims": True})],
    "BatchNorm": [([x, np.zeros(4, "float32"), np.full(4, 2.0, "float32"), None, None], {"axis": -1}), ([x, np.zeros(3, "float32"), np.ones(3, "float32"), np.ones(3, "float32"), np.arange(3.0).astype("float32")], {"axis": 1, "epsilon": 0.1})],
    "LayerNorm": [([x, None, None], {}), ([x, np.full(4, 2.0, "float32"), np.ones(4, "float32")], {"epsilon": 0.01})], "RMSNorm": [([x, None], {}), ([x, np.full(4, 2.0, "float32")], {})],
    "Normalize": [([x], {}), ([x], {"axis": 1, "order": 1})], "PSNR": ([[x, y], {"max_val": 1.0}]),
    "DotProductAttention": [([h, h, h], {}), ([h, h, h, None, None, 0.3], {"is_causal": True})],
    "CTCLoss": ([[t, x, u, v], {}]),
    "CTCDecode": ([[x, v], {"mask_index": 0}]), "Polar": None, "Unfold": ([[p], {"kernel_size": 2, "stride": 2}]),
    "Fold": None, "DepthToSpace": ([[q], {"block_size": 2}]), "SpaceToDepth": ([[p], {"block_size": 2}]),
    "Scatter": ([[[[0], [2]], r], {"shape": (4, 3)}]), "ScatterUpdate": [([x, [[0, 1], [1, 2]], np.ones((2, 4), "float32")], {}), ([x, [[0, 1], [0, 1]], np.ones((2, 4), "float32")], {"reduction": "add"})],
    "Slice": ([[x, [0, 1, 1]], {"shape": (1, 2, 3)}]), "SliceUpdate": ([[x, [0, 1, 0], np.ones((1, 2, 2), "float32")], {}]), "Unstack": ([[x], {"axis": 1}]),
    "SegmentSum": ([[x, np.array([1, 0], "int32")], {"num_segments": 3}]), "SegmentMax": ([[x, np.array([1, 0], "int32")], {"num_segments": 2}]),
    "SegmentMin": ([[x, np.array([1, 1], "int32")], {"num_segments": 2}]), "SegmentProd": ([[x, np.array([1, 1], "int32")], {"num_segments": 2}]),
    "SegmentReduction": None, "TopK": ([[s], {"k": 2}]), "InTopK": ([[np.array([1, 2], "int32"), r], {"k": 1}]), "CDist": ([[x, y], {}]),
    "ExtractSequences": ([[x], {"sequence_length": 2, "sequence_stride": 1}]), "FFT": None, "FFT2": None, "IFFT2": None, "RFFT": None, "IRFFT": None, "STFT": None,
    "ISTFT": None, "ViewAsComplex": None, "ViewAsReal": None, "Cholesky": [([m], {}), ([m], {"upper": True})], "CholeskyInverse": ([[m], {}]), "Eig": None,
    "Norm": [([r], {}), ([x], {"axis": -1, "keepdims": True}), ([x], {"ord": "fro", "axis": (1, 2)}), ([x], {"ord": 1, "axis": 1}), ([x], {"ord": 2, "axis": (1, 2)})],
    "Qr": ([[m], {}]), "Solve": ([[m, c], {}]), "SolveTriangular": ([[m, c], {"lower": True}]), "SVD": None, "Lstsq": None, "JVP": None,
    "LuFactor": None, "Resize": [([p], {"size": (4, 8)}), ([p], {"size": (3, 3), "interpolation": "bicubic", "antialias": True})],
    "AffineTransform": ([[p, np.array([1, 0.1, 0.5, 0, 1, 0.2, 0, 0], "float32")], {}]), "ExtractPatches": ([[p], {"size": (2, 3), "strides": 2, "padding": "same"}]),
    "MapCoordinates": ([[x, GRID * 0.9], {"order": 1}]), "PadImages": ([[p], {"top_padding": 1, "left_padding": 2, "bottom_padding": 0, "right_padding": 1}]),
    "CropImages": ([[p], {"top_cropping": 1, "left_cropping": 2, "target_height": 3, "target_width": 2}]),
    "PerspectiveTransform": ([[p, np.stack([POINTS] * 2), np.stack([MOVED] * 2)], {}]), "ElasticTransform": None, "ScaleAndTranslate": None,
    "SSIM": None, "SobelEdges": ([[p], {}]), "Rearrange": None, "Map": None, "Scan": None, "AssociativeScan": None, "Switch": None, "WhileLoop": None,
    "ForiLoop": None, "Cond": None, "VectorizedMap": None, "ReLU": ([[s], {"negative_slope": 0.1, "max_value": 1.0, "threshold": 0.2}]),
    "Eigh": None, "GaussianBlur": ([[p], {}]), "Angle": ([[s], {}]), "Real": ([[s], {}]), "LogicalNot": ([[b], {}]), "Softmax": ([[s], {"axis": 1}]),
}
IMAGES = {"RGBToGrayscale", "RGBToHSV", "HSVToRGB"}
MATRICES = {"Det", "Logdet", "Inv", "Pinv", "MatrixRank"}
# Called on inputs of a known batch, which the constants of their cases have.
KNOWN_BATCH = {"BroadcastTo", "Scatter", "SegmentSum", "SegmentMax", "SegmentMin", "SegmentProd", "InTopK", "PerspectiveTransform"}
INTEGERS = {"BitwiseAnd", "BitwiseOr", "BitwiseXor", "BitwiseLeftShift", "LeftShift", "BitwiseRightShift", "RightShift", "BitwiseNot", "BitwiseInvert"}


def operations():
    for name in MODULES:
        module = importlib.import_module("keras.src." + name)
        for cls in list(vars(module).values()):
            if inspect.isclass(cls) and issubclass(cls, Operation) and cls.__module__ == module.__name__:
                yield cls


def arguments(cls):
    """The cases of an operation: those listed, else a call on the inputs that fit most."""
    name = cls.__name__
    if name in CASES:
        listed = CASES[name]
        return [] if listed is None else [listed] if isinstance(listed[0], list) else listed
    first = p if name in IMAGES else m if name in MATRICES else n if name.startswith("Nan") else i if name in INTEGERS else s
    named = [each for each in inspect.signature(cls.call).parameters.values()][1:]
    positive = name.startswith(("Log", "Arc", "Sqrt", "Rsqrt", "Erfinv"))
    call = [x if positive else first] + [j if name in INTEGERS else y] * (len([each for each in named if each.default is each.empty]) - 1)
    init = {"axis": 1} if "axis" in inspect.signature(cls.__init__).parameters else {}
    return [(call, init)]


def mapped(value, function):
    if isinstance(value, (list, tuple)):
        return type(value)(mapped(each, function) for each in value)
    return function(value) if isinstance(value, On) else value


def case(name, call, init, cls):
    used = []
    mapped(call, lambda each: used.append(each.letter) if each.letter not in used else None)
    batch = 2 if cls.__name__ in KNOWN_BATCH else None
    tensors = {letter: keras.Input(batch_shape=(batch, *INPUTS[letter].shape[1:]), dtype=str(INPUTS[letter].dtype)) for letter in used}
    result = cls(**init)(*mapped(call, lambda each: tensors[each.letter]))
    model = keras.Model([tensors[letter] for letter in used], result)
    outputs = keras.tree.flatten(model([INPUTS[letter] for letter in used]))
    arrays = {f"input_{k}": INPUTS[letter] for k, letter in enumerate(used)}
    arrays.update({f"output_{k}": np.asarray(each) for k, each in enumerate(outputs)})
    config = json.loads(model.to_json())
    tolerance = {"rtol": 2e-4, "atol": 2e-5, "grad_rtol": 1e-3, "grad_atol": 1e-4}
    described = [{"name": key, "dtype": str(each.dtype), "shape": list(each.shape)} for key, each in arrays.items()]
    header = json.dumps({"name": name, "config": config, "tolerance": tolerance, "arrays": described}).encode()
    return len(header).to_bytes(4, "big") + header + b"".join(np.ascontiguousarray(each).tobytes() for each in arrays.values())


def main(out):
    count = 0
    with open(os.path.join(out, "ops.bin.gz"), "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        for cls in operations():
            for k, (call, init) in enumerate(arguments(cls)):
                try:
                    keras.backend.clear_session()
                    file.write(case(f"ops/{cls.__name__}_{k}", call, init, cls))
                    count += 1
                except Exception as error:
                    print(cls.__name__, k, type(error).__name__, str(error)[:300], file=sys.stderr)
    print(count, "cases")


if __name__ == "__main__":
    main(sys.argv[1])
