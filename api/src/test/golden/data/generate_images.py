"""Images in folders and what Keras makes of them, for ImageFolderTest.

    python generate_images.py ../../resources/dev/keratin/goldens/images

Made by Keras 3.15.1 and Pillow.
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
from PIL import Image

CASES = [
    {"image_size": [2, 3]},
    {"image_size": [6, 5], "label_mode": "categorical", "batch_size": 2},
    {"image_size": [3, 2], "label_mode": "binary", "crop_to_aspect_ratio": True},
    # Of bitmaps TensorFlow makes up the fourth channel.
    {"image_size": [3, 3], "class_names": ["cats"], "color_mode": "rgba"},
    {"image_size": [4, 4], "label_mode": None, "interpolation": "nearest"},
    {"image_size": [2, 2], "class_names": ["dogs", "cats"], "validation_split": 0.4, "subset": "training"},
    {"image_size": [2, 2], "class_names": ["dogs", "cats"], "validation_split": 0.4, "subset": "validation"},
]


def pixels(height, width, channels):
    n = np.arange(height * width * channels).reshape(height, width, channels)
    return ((n * 37 + n * n) % 256).astype(np.uint8)


def write(folder):
    for name in ("cats", "dogs"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    at = lambda name: os.path.join(folder, name)
    Image.fromarray(pixels(5, 4, 3)).save(at("cats/b.png"))
    Image.fromarray(pixels(3, 6, 1)[..., 0]).save(at("cats/a.png"))
    Image.fromarray(pixels(4, 4, 4), "RGBA").save(at("cats/c.png"))
    Image.fromarray(pixels(4, 5, 3)).quantize(16).save(at("dogs/d.png"))
    Image.fromarray(pixels(3, 3, 3)).save(at("dogs/e.bmp"))


def numbers(batch, labelled):
    return [np.asarray(t).ravel().astype("float64").round(4).tolist() for t in (batch if labelled else [batch])]


def main(folder):
    write(folder)
    results = []
    for case in CASES:
        batches = keras.utils.image_dataset_from_directory(folder, shuffle=False, verbose=False, **case)
        labelled = case.get("label_mode", "int") is not None
        results.append({"options": case, "names": batches.class_names,
                        "files": [os.path.relpath(f, folder) for f in batches.file_paths],
                        "batches": [numbers(b, labelled) for b in batches]})
    with open(os.path.join(folder, "images.json"), "w") as out:
        json.dump(results, out)


main(sys.argv[1])
