"""What Keras makes of sequences and series, for SequencesGoldenTest.

    python generate.py > ../../resources/dev/keratin/goldens/sequences.json

Made by Keras 3.15.1.
"""

import json
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

SEQUENCES = [[1, 2, 3, 4, 5], [6], [], [7, 8, 9]]
PADDED = [
    {},
    {"padding": "post"},
    {"maxlen": 3},
    {"maxlen": 3, "truncating": "post", "value": -1},
    {"maxlen": 7, "padding": "post", "value": 9},
]
LENGTH = 20
SERIES = [
    {"sequence_length": 5},
    {"sequence_length": 5, "targets": 16},
    {"sequence_length": 3, "targets": 20, "sequence_stride": 4, "batch_size": 2},
    {"sequence_length": 4, "targets": 20, "sampling_rate": 3, "batch_size": 3, "start_index": 2, "end_index": 17},
    {"sequence_length": 2, "targets": 9, "sequence_stride": 3},
]


def windows(case):
    options = {key: value for key, value in case.items() if key != "targets"}
    data = np.arange(2 * LENGTH).reshape(LENGTH, 2)
    targets = np.arange(case["targets"]) * 100 if "targets" in case else None
    batches = keras.utils.timeseries_dataset_from_array(data, targets, **options)
    return [[t.numpy().tolist() for t in (batch if targets is not None else [batch])] for batch in batches]


def main():
    print(json.dumps({
        "sequences": SEQUENCES,
        "padded": [{"options": o, "rows": keras.utils.pad_sequences(SEQUENCES, **o).tolist()} for o in PADDED],
        "series": [{"options": o, "batches": windows(o)} for o in SERIES],
    }))


main()
