"""Computes layer cases once more in Keras on PyTorch, where TensorFlow on the CPU is wrong.

    KERAS_BACKEND=torch python recompute.py CASES NAME...

io.h5 of each named case of CASES (see generate.py) gets the outputs, and the gradients for its cotangents, that PyTorch
gives. The cases of the project are channels_first/conv3d_same_s2, channels_first/conv3d_valid and
channels_first/depthwise_conv2d: for the same weights on channels last both backends give PyTorch's numbers, on channels
first TensorFlow adds the bias along another axis.
"""

import os
import sys

import h5py
import keras
import torch


def recompute(case):
    model = keras.saving.load_model(os.path.join(case, "model.keras"), compile=False)
    with h5py.File(os.path.join(case, "io.h5"), "r+") as io:
        x = torch.tensor(io["input_0"][()], requires_grad=True)
        y = model(x, training=False)
        y.backward(torch.tensor(io["cotangent_0"][()]))
        io["output_0"][...] = y.detach().numpy()
        io["grad_input_0"][...] = x.grad.numpy()
        for k, weight in enumerate(model.trainable_weights):
            io[f"grad_weight_{k}"][...] = weight.value.grad.numpy()


def main(cases, *names):
    for name in names:
        recompute(os.path.join(cases, name))


if __name__ == "__main__":
    main(*sys.argv[1:])
