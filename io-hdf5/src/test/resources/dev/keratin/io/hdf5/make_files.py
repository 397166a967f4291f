"""Makes the files of this folder that come from Keras and h5py directly. Run with Keras 3.15.1, h5py 3.14 and HDF5 1.14.6."""
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
import h5py
import keras
import numpy as np


def unicode_names():
    # More than 8 children with a name that isn't ASCII: h5py turns the group into the newer, dense layout.
    names = [f"d{i}" for i in range(9)] + ["größe", "層", "слой"]
    model = keras.Sequential([keras.Input((2,))] + [keras.layers.Dense(2, name=n) for n in names])
    model.save("keras3-unicode.h5")


def bfloat16():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, dtype="bfloat16")])
    model.layers[0].set_weights([np.array([[1, 2], [-0.5, 4], [0.25, 3]], "float32"), np.array([8, -16], "float32")])
    model.save_weights("keras3-bfloat16.weights.h5")


def everything(path, libver):
    rng = np.random.default_rng(1)
    with h5py.File(path, "w", libver=libver) as f:
        for dtype in "f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 >f2 >f4 >f8 >i2 >i4 >u8".split():
            f.create_dataset("n/" + dtype.replace(">", "big_"), data=np.array([[0, 1, 2], [3, 100, 7]], dtype))
        f.create_dataset("scalar", data=3.5)
        f.create_dataset("bool", data=np.array([True, False, True]))
        f.create_dataset("none", data=h5py.Empty("f4"))
        f.create_dataset("length0", data=np.zeros((0, 3), "f4"))
        f.create_dataset("texts", data=["a", "üb層", ""], dtype=h5py.string_dtype())
        f.create_dataset("fixed", data=np.array([b"ab", b"c", b""]))
        f.create_dataset("never_written", (5,), "i2", fillvalue=7)
        many = f.create_group("many")
        for i in range(40):
            many.create_group(f"ü_{i}" if i % 3 == 0 else f"child_{i}")
            many.attrs[f"attribute_{i}"] = f"value {i}"
        a = f.attrs
        a["str"], a["bytes"], a["empty_str"] = "grün", b"bytes", ""
        a["list"], a["strs"], a["fixed"] = [], ["a", "bc", ""], np.array([b"x", b"yz"])
        a["bool"], a["int"], a["float"], a["ints"] = True, -5, 1.5, np.array([[1, 2], [3, 4]], "u1")
        a["none"] = h5py.Empty("f4")
        if libver == "earliest":
            f.create_dataset("packed", data=rng.random((13, 7, 5), "f4"), chunks=(4, 3, 2), compression="gzip",
                             shuffle=True, fletcher32=True)
            f.create_dataset("chunks", data=np.arange(100), chunks=(7,), fletcher32=True)
            f.create_dataset("sparse", (20, 20), "f8", chunks=(7, 9), fillvalue=3.25)[8:12, 3:10] = 1
            properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            properties.set_layout(h5py.h5d.COMPACT)
            space = h5py.h5s.create_simple((3,))
            compact = h5py.h5d.create(f.id, b"compact", h5py.h5t.STD_I16LE, space, properties)
            compact.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([1, 2, 3], "i2"))


unicode_names()
bfloat16()
everything("h5py-earliest.h5", "earliest")
everything("h5py-latest.h5", "latest")
