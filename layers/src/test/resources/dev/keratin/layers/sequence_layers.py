"""Writes sequence_layers.json: what layers of Keras 3.15.1 (TensorFlow backend) give for random weights and inputs.

Usage: python sequence_layers.py > sequence_layers.json
"""
import json
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf
from keras import layers as L

rng = np.random.default_rng(7)
HOLES = np.array([[0, 1, 1, 0, 1, 0], [1, 1, 0, 0, 1, 1], [1, 1, 1, 0, 0, 0]], bool)


def number(x):
    return float(f"{float(x):.7g}")


def pack(array):
    array = np.asarray(array)
    kind = str(array.dtype)
    data = [bool(v) if kind == "bool" else int(v) if "int" in kind else number(v) for v in array.ravel()]
    return {"shape": list(array.shape), "dtype": kind, "data": data}


def flat(result):
    return [t for t in tf.nest.flatten(result)]


def case(name, layer, inputs, masks=None, call=None, **kwargs):
    tensors = [tf.constant(x) for x in inputs]
    masks = masks or [None] * len(inputs)

    def run():
        for tensor, mask in zip(tensors, masks):
            if mask is not None:
                keras.src.backend.set_keras_mask(tensor, tf.constant(mask))
        return flat(call(layer, tensors, **kwargs) if call else layer(*tensors, **kwargs))

    run()
    for weight in layer.weights:
        weight.assign(rng.normal(0, 0.5, weight.shape).astype("float32"))
    real = [t for t in tensors if t.dtype.is_floating]
    with tf.GradientTape() as tape:
        tape.watch(real)
        outputs = run()
        cotangents = [rng.normal(size=o.shape).astype("float32") for o in outputs]
        total = sum(tf.reduce_sum(o * c) for o, c in zip(outputs, cotangents))
    sources = real + [w.value for w in layer.trainable_weights]
    gradients = [np.zeros(s.shape, "float32") if g is None else tf.convert_to_tensor(g).numpy()
                 for g, s in zip(tape.gradient(total, sources), sources)]
    return {
        "name": name,
        "layer": keras.saving.serialize_keras_object(layer),
        "call": kwargs,
        "inputs": [pack(x) for x in inputs],
        "masks": [None if m is None else pack(m) for m in masks],
        "weights": [pack(w) for w in layer.weights],
        "outputs": [pack(o) for o in outputs],
        "cotangents": [pack(c) for c in cotangents],
        "gradients": [pack(g) for g in gradients],
    }


def normal(*shape):
    return rng.normal(size=shape).astype("float32")


def recurrent():
    x = normal(3, 6, 4)
    for name, make, states in (("simple_rnn", L.SimpleRNN, 1), ("lstm", L.LSTM, 2), ("gru", L.GRU, 1)):
        start = [normal(3, 2) for _ in range(states)]
        yield case(f"{name}_last", make(2), [x])
        yield case(f"{name}_all", make(2, return_sequences=True, return_state=True), [x])
        yield case(f"{name}_backwards", make(2, return_sequences=True, go_backwards=True), [x])
        yield case(f"{name}_holes", make(2, return_sequences=True, return_state=True), [x], [HOLES])
        yield case(f"{name}_holes_last_backwards", make(2, go_backwards=True), [x], [HOLES])
        yield case(f"{name}_zero_output", make(2, return_sequences=True, zero_output_for_mask=True), [x], [HOLES])
        yield case(f"{name}_initial_holes", make(2, return_sequences=True, return_state=True), [x, *start],
                   [HOLES] + [None] * states, call=lambda layer, t: layer(t[0], initial_state=t[1:]))
        yield case(f"{name}_relu_nobias", make(2, activation="relu", use_bias=False, return_sequences=True), [x], [HOLES])
        yield case(f"{name}_unroll", make(2, unroll=True, activation="softsign", return_sequences=True), [x], [HOLES])
    yield case("lstm_hard", L.LSTM(2, recurrent_activation="hard_sigmoid"), [x])
    yield case("gru_hard", L.GRU(2, recurrent_activation="hard_sigmoid", return_sequences=True), [x])
    yield case("gru_nobias", L.GRU(2, use_bias=False), [x])
    yield case("gru_before", L.GRU(2, reset_after=False, return_sequences=True), [x])
    yield case("gru_before_nobias", L.GRU(2, reset_after=False, use_bias=False), [x], [HOLES])
    yield case("rnn_lstm_cell", L.RNN(L.LSTMCell(2), return_state=True), [x], [HOLES])
    yield case("rnn_gru_cell", L.RNN(L.GRUCell(3), return_sequences=True), [x])


def wrappers():
    x = normal(3, 6, 4)
    for mode in ("concat", "sum", "mul", "ave", None):
        yield case(f"bidirectional_{mode}", L.Bidirectional(L.LSTM(2, return_sequences=True), merge_mode=mode), [x])
    yield case("bidirectional_last", L.Bidirectional(L.GRU(2)), [x], [HOLES])
    yield case("bidirectional_holes", L.Bidirectional(L.LSTM(2, return_sequences=True, return_state=True)), [x], [HOLES])
    yield case("bidirectional_none_state", L.Bidirectional(L.SimpleRNN(2, return_state=True), merge_mode=None), [x])
    yield case("bidirectional_start", L.Bidirectional(L.GRU(2, return_sequences=True)), [x, normal(3, 2), normal(3, 2)],
               call=lambda layer, t: layer(t[0], initial_state=t[1:]))
    yield case("bidirectional_other", L.Bidirectional(
        L.LSTM(2, return_sequences=True), backward_layer=L.LSTM(2, return_sequences=True, go_backwards=True, activation="relu")), [x])
    yield case("time_distributed_dense", L.TimeDistributed(L.Dense(3, activation="tanh")), [x])


def attention():
    q, v, k = normal(2, 5, 6), normal(2, 4, 6), normal(2, 4, 3)
    on = np.array([[1, 1, 1, 1, 0], [1, 1, 1, 0, 0]], bool)
    off = np.array([[0, 1, 1, 1], [1, 1, 0, 0]], bool)
    allowed = rng.integers(0, 2, (2, 5, 4)).astype(bool)
    mha = L.MultiHeadAttention
    yield case("mha", mha(2, 3), [q, v])
    yield case("mha_key", mha(2, 3, value_dim=4, output_shape=7), [q, v, k])
    yield case("mha_nobias", mha(2, 3, use_bias=False, output_shape=(2, 3)), [q, v])
    yield case("mha_masks", mha(2, 3), [q, v, k], [on, off, None])
    yield case("mha_allowed", mha(2, 3), [q, v, v, allowed], call=lambda m, t: m(t[0], t[1], t[2], attention_mask=t[3]))
    yield case("mha_causal", mha(2, 3), [q, q], use_causal_mask=True)
    yield case("mha_causal_masks", mha(2, 3), [q, v], [on, off], use_causal_mask=True)
    yield case("mha_scores", mha(2, 3), [q, v], return_attention_scores=True)
    yield case("mha_scores_masks", mha(2, 3), [q, v], [on, off], return_attention_scores=True)
    yield case("mha_axes", mha(2, 3, attention_axes=2), [normal(2, 3, 4, 5), normal(2, 3, 2, 5)])
    yield case("mha_axes_all", mha(2, 3), [normal(2, 3, 2, 5), normal(2, 2, 2, 5)], return_attention_scores=True)
    yield case("mha_gate", mha(2, 3, use_gate=True), [q, v])
    yield case("mha_window", mha(2, 3, sliding_window=2), [q, q])
    for name, make in (("attention", L.Attention), ("additive_attention", L.AdditiveAttention)):
        both = lambda layer, t, **kwargs: layer(t, **kwargs)
        yield case(name, make(), [q, v], call=both)
        yield case(f"{name}_masks", make(use_scale=True), [q, v], [on, off], call=lambda layer, t: layer(
            t, mask=[tf.constant(on), tf.constant(off)]))
        yield case(f"{name}_key", make(use_scale=False), [q, v, normal(2, 4, 6)], call=both)
        yield case(f"{name}_causal", make(), [q, normal(2, 5, 6)], call=both, use_causal_mask=True,
                   return_attention_scores=True)
    yield case("attention_concat", L.Attention(score_mode="concat", use_scale=True), [q, v], call=lambda layer, t: layer(t))
    gqa = L.GroupedQueryAttention if hasattr(L, "GroupedQueryAttention") else L.GroupQueryAttention
    yield case("gqa", gqa(3, 4, 2), [q, v])
    yield case("gqa_causal", gqa(3, 4, 2, use_bias=False), [q, q], [on, None], use_causal_mask=True)
    yield case("gqa_scores", gqa(3, 4, 2), [q, v, k], return_attention_scores=True)


def others():
    yield case("einsum_dense", L.EinsumDense("abc,cd->abd", output_shape=(None, 4), bias_axes="d", activation="tanh"), [normal(2, 3, 5)])
    yield case("einsum_dense_heads", L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de"), [normal(2, 3, 5)])
    yield case("einsum_dense_ellipsis", L.EinsumDense("...x,xy->...y", output_shape=4, bias_axes="y"), [normal(2, 3, 5)])
    yield case("einsum_dense_swap", L.EinsumDense("ab,cb->ac", output_shape=4, bias_axes="c"), [normal(2, 3)])
    yield case("dot", L.Dot(axes=1), [normal(2, 4), normal(2, 4)], call=lambda layer, t: layer(t))
    yield case("dot_axes", L.Dot(axes=(2, 1)), [normal(2, 3, 4), normal(2, 4, 5)], call=lambda layer, t: layer(t))
    yield case("dot_normalized", L.Dot(axes=-1, normalize=True), [normal(2, 4), normal(2, 4)], call=lambda layer, t: layer(t))


def main():
    cases = [*recurrent(), *wrappers(), *attention(), *others()]
    print(json.dumps({"keras": keras.__version__, "cases": cases}, separators=(",", ":")).replace('},{"name":', '},\n{"name":'))


if __name__ == "__main__":
    main()
