"""What Keras's progress bar prints, for ProgressBarTest.

    python generate.py > ../../resources/dev/keratin/models/training/progress.json

Made by Keras 3.15.1. Each case has the parameters of the bar (steps 0: unknown), events with the seconds of the clock at
which they happen, and the text that Keras writes.
"""

import contextlib
import io
import json
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from keras.src.callbacks.progbar_logger import ProgbarLogger
from keras.src.utils import progbar

clock = [0.0]


class Time:
    @staticmethod
    def time():
        return clock[0]


progbar.time = Time


def text(verbose, epochs, steps, events):
    logger = ProgbarLogger()
    logger.set_params({"verbose": verbose, "epochs": epochs or 1, "steps": steps or None})
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        if epochs:
            logger.on_train_begin()
        for event in events:
            clock[0] = event["at"]
            tell(logger, event)
    return out.getvalue()


def tell(logger, event):
    name, index, logs = event["event"], event.get("index"), event.get("logs")
    if name == "on_epoch_begin":
        logger.on_epoch_begin(index)
    elif index is not None:
        getattr(logger, name)(index, logs)
    else:
        getattr(logger, name)(logs)


def at(seconds, name, index=None, **logs):
    event = {"at": seconds, "event": name}
    if index is not None:
        event["index"] = index
    if name not in ("on_epoch_begin", "on_test_begin", "on_predict_begin"):
        event["logs"] = logs
    return event


def epoch(index, start, times, logs, last):
    events = [at(start, "on_epoch_begin", index)]
    for step, (seconds, values) in enumerate(zip(times, logs)):
        events.append(at(seconds, "on_train_batch_end", step, **values))
    events.append(at(last[0], "on_epoch_end", index, **last[1]))
    return events


STEPS_45 = [10.9 + 0.0053 * i for i in range(45)]
LOGS_45 = [{"accuracy": 0.5 + i / 100, "loss": 2.0 / (i + 1)} for i in range(45)]
LAST_45 = (11.25, {"accuracy": 0.9491, "loss": 0.0461, "val_accuracy": 0.9375, "val_loss": 0.1718})
TWO_EPOCHS = (epoch(0, 10.0, STEPS_45, LOGS_45, LAST_45)
              + epoch(1, 12.0, [2 + s for s in STEPS_45], LOGS_45, (14.5, dict(LAST_45[1], loss=0.0009, val_loss=0.0))))
SLOW = epoch(0, 0.0, [3000.0, 6000.0, 9000.0, 9001.5], [{"loss": 1e5}, {"loss": 12.5}, {"loss": 0.5}, {"loss": 0.25}],
             (9061.5, {"loss": 0.25}))
MINUTES = epoch(0, 5.0, [65.5 + 20 * i for i in range(12)], [{"loss": -1.0 - i} for i in range(12)], (290.0, {"loss": -12.5}))
FAST = epoch(0, 1.0, [1.0002 + 0.0003 * i for i in range(100)], [{"loss": 1.0}] * 100, (1.03, {"loss": 0.00099}))
ONE_STEP = epoch(0, 1.0, [2.5], [{"loss": float("nan")}], (2.5, {"loss": float("nan")}))
INFINITE = epoch(0, 1.0, [1.2, 1.4], [{"loss": float("inf")}, {"loss": 3.0}], (1.4, {"loss": float("-inf")}))
EVALUATE = [at(1.0, "on_test_begin"), at(1.2, "on_test_batch_end", 0, loss=0.5), at(1.3, "on_test_batch_end", 1, loss=0.25),
            at(1.4, "on_test_end", loss=0.25)]
PREDICT = [at(1.0, "on_predict_begin"), at(1.2, "on_predict_batch_end", 0), at(1.3, "on_predict_batch_end", 1),
           at(1.9, "on_predict_batch_end", 2), at(1.9, "on_predict_end")]
VALIDATED = [at(0.0, "on_epoch_begin", 0), at(1.0, "on_train_batch_end", 0, loss=2.0), at(1.0, "on_test_begin"),
             at(1.5, "on_test_batch_end", 0, loss=9.0), at(1.5, "on_test_end", loss=9.0),
             at(1.5, "on_epoch_end", 0, loss=2.0, val_loss=9.0)]

CASES = [
    ("two epochs", 2, 45, TWO_EPOCHS), ("hours", 1, 4, SLOW), ("minutes", 3, 12, MINUTES), ("microseconds", 1, 100, FAST),
    ("one step", 1, 1, ONE_STEP), ("infinite", 1, 2, INFINITE), ("evaluate", 0, 2, EVALUATE), ("predict", 0, 3, PREDICT),
    ("validation within fit", 1, 1, VALIDATED), ("unknown number of steps", 2, 0, TWO_EPOCHS),
]


def main():
    cases = []
    for name, epochs, steps, events in CASES:
        for verbose in (1, 2):
            cases.append({"name": f"{name}, verbose {verbose}", "verbose": verbose, "epochs": epochs, "steps": steps,
                          "events": events, "text": text(verbose, epochs, steps, events)})
    print(json.dumps(cases, indent=None, separators=(",", ":"), allow_nan=True).replace('{"name"', '\n{"name"'))


if __name__ == "__main__":
    main()
