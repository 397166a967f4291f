"""Writes odd calls of functions of keras.ops: equations of einsum, beam searches, loops and conditions.

    KERAS_BACKEND=tensorflow TF_ENABLE_ONEDNN_OPTS=0 python odd_op_cases.py ../resources/dev/keratin/goldens/ops_odd.json

Computed by Keras 3.15.1 on TensorFlow 2.21, in the format of op_cases.py.
"""

import json
import sys

import numpy as np
from op_cases import CASES, case, f


def beam_searches():
    for mask, width, paths in [(0, 100, 1), (2, 6, 3), (4, 3, 2)]:
        case("ctc_decode", 2 * f(3, 6, 5), np.array([6, 4, 1], "int32"), strategy="beam_search", beam_width=width, top_paths=paths,
             mask_index=mask)
    case("ctc_decode", np.repeat(f(1, 4, 3), 3, axis=1), np.array([12], "int32"), strategy="beam_search", beam_width=5, top_paths=5)


def equations():
    for equation, shapes in {
            # Ellipsis: in one operand only, stretched, in the middle, of different lengths, alone.
            "...ij,...jk->...ik": [(2, 1, 3, 4), (5, 4, 2)], "...ij,jk->...ik": [(2, 3, 4), (4, 2)], "i...j->j...i": [(2, 3, 4, 5)],
            "...i->...": [(2, 3, 4)], "...,...->...": [(2, 1, 3), (4, 1)], "ij...,jk...->ik...": [(2, 3), (3, 4)], "...ii->...i": [(2, 3, 3)],
            "...": [(2, 3)],
            # Repeated labels.
            "ii": [(3, 3)], "ii->i": [(3, 3)], "iij,ijj->ij": [(2, 2, 3), (2, 3, 3)], "iii->i": [(3, 3, 3)], "ijij->ij": [(2, 3, 2, 3)],
            # The output implied: labels that occur once, in the order of the alphabet.
            "ba,cb": [(2, 3), (4, 2)], "Ab,bC": [(2, 3), (3, 2)], "i,i": [(3,), (3,)],
            # One, three and four operands.
            "ijk->": [(2, 3, 4)], "ijk->kj": [(2, 3, 4)], "ij,jk,kl->il": [(2, 3), (3, 4), (4, 2)], "ij,jk,ki->": [(2, 3), (3, 4), (4, 2)],
            "ab,ab,ab->a": [(2, 3), (2, 3), (2, 3)], "a,b,c,d->dcba": [(2,), (3,), (2,), (2,)], "bi,bj,ijk->bk": [(2, 3), (2, 4), (3, 4, 5)],
            # Outer products, scalars, labels summed in one operand.
            "i,j->ij": [(2,), (3,)], "ij,kl->ikjl": [(2, 3), (3, 2)], ",ij->ji": [(), (2, 3)], "ij,k->i": [(2, 3), (4,)],
            "ij,ij->ji": [(2, 3), (2, 3)], "ab,cd->": [(2, 3), (2, 2)]}.items():
        case("einsum", equation, *[f(*shape) for shape in shapes])
    case("einsum", " i j , j k -> i k ", f(2, 3), f(3, 2))


def main(target):
    beam_searches()
    equations()
    with open(target, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in CASES) + "\n]\n")


if __name__ == "__main__":
    main(sys.argv[1])
