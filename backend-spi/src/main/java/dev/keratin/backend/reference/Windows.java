package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.PoolSpec;
import java.util.Collections;
import java.util.List;

/**
 * Windows that slide over 1 to 3 spatial axes; fewer than 3 are taken as 3 of which the first have length 1.
 *
 * @param input lengths of the input
 * @param window lengths of the window
 * @param output how often the window is placed
 * @param strides steps between places
 * @param lows positions of padding before the input
 * @param dilations distance between neighbours in a window
 */
record Windows(int[] input, int[] window, int[] output, int[] strides, int[] lows, int[] dilations) {
    /** Receives a place of the window, an element of the window, and the input element found there. */
    interface Visitor {
        void visit(int output, int window, int input);
    }

    static Windows of(ConvSpec spec, Shape input, Shape kernel, Shape output) {
        int n = spec.spatialRank();
        return new Windows(three(input.subShape(1, n + 1).toList(), 1), three(kernel.subShape(0, n).toList(), 1),
                three(output.subShape(1, n + 1).toList(), 1), three(spec.strides(), 1), three(spec.lows(), 0),
                three(spec.dilations(), 1));
    }

    static Windows of(PoolSpec spec, Shape input, Shape output) {
        int n = spec.spatialRank();
        return new Windows(three(input.subShape(1, n + 1).toList(), 1), three(spec.window(), 1),
                three(output.subShape(1, n + 1).toList(), 1), three(spec.strides(), 1), three(spec.lows(), 0),
                three(Collections.nCopies(n, 1), 1));
    }

    private static int[] three(List<? extends Number> values, int filler) {
        int[] three = {filler, filler, filler};
        for (int i = 0; i < values.size(); i++) {
            three[3 - values.size() + i] = values.get(i).intValue();
        }
        return three;
    }

    /** The number of positions in the input. */
    int inputSize() {
        return input[0] * input[1] * input[2];
    }

    /** The number of places of the window. */
    int outputSize() {
        return output[0] * output[1] * output[2];
    }

    /** Visits all pairs that lie in the input, place by place, in row-major order of the window. */
    void forEach(Visitor visitor) {
        for (int o0 = 0; o0 < output[0]; o0++) {
            for (int o1 = 0; o1 < output[1]; o1++) {
                for (int o2 = 0; o2 < output[2]; o2++) {
                    visit(o0, o1, o2, visitor);
                }
            }
        }
    }

    private void visit(int o0, int o1, int o2, Visitor visitor) {
        int place = (o0 * output[1] + o1) * output[2] + o2;
        for (int w0 = 0; w0 < window[0]; w0++) {
            int i0 = position(0, o0, w0);
            for (int w1 = 0; w1 < window[1] && inside(0, i0); w1++) {
                int i1 = position(1, o1, w1);
                for (int w2 = 0; w2 < window[2] && inside(1, i1); w2++) {
                    int i2 = position(2, o2, w2);
                    if (inside(2, i2)) {
                        visitor.visit(place, (w0 * window[1] + w1) * window[2] + w2, (i0 * input[1] + i1) * input[2] + i2);
                    }
                }
            }
        }
    }

    private int position(int axis, int place, int element) {
        return place * strides[axis] - lows[axis] + element * dilations[axis];
    }

    private boolean inside(int axis, int position) {
        return position >= 0 && position < input[axis];
    }
}
